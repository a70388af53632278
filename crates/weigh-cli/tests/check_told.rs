//! `weigh check`, end to end: how findings are told to the cent and in every format, and snapshots that were edited.

mod support;

use rust_decimal::Decimal;
use serde_json::Value;
use support::check::{SHOP, amount, check, covered, dearer, edit, folder, found, json, snapshot, transcript};
use support::folder::Folder;

#[test]
fn an_edited_snapshot_is_refused_at_its_place() {
    type Edit = fn(&mut Value);
    let rows: [(&str, Edit); 7] = [
        ("cost", |shop| shop["options"][0]["monthly_cost"] = "66".into()),
        ("huge", |shop| shop["options"][0]["monthly_cost"] = "-79228162514264337593543950335".into()),
        ("no_cost", |shop| shop["options"][0]["monthly_cost"] = Value::Null),
        ("charge", |shop| shop["options"][0]["charges"][0]["cost"] = "0".into()),
        ("charge_twice", |shop| {
            let charges = shop["options"][0]["charges"].as_array_mut().expect("charges");
            charges.insert(0, charges[0].clone());
        }),
        ("option_twice", |shop| {
            let options = shop["options"].as_array_mut().expect("options");
            options.insert(0, options[0].clone());
        }),
        ("inputs", |shop| shop["inputs"][1] = "name = 'Shops'".into()),
    ];
    let mut told = String::new();
    for (name, change) in rows {
        let folder = folder();
        edit(&folder, change);
        let answer = check(&folder, "");
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{name}");
        assert_eq!(folder.ask("diff weigh.snapshot.json scenarios --prices book").code, 1, "{name}");
        told.push_str(&format!("--- {name}\n{}", answer.stderr));
    }
    insta::assert_snapshot!("edited", covered(&told));
    // Laid out otherwise, it is refused without a place.
    let folder = folder();
    edit(&folder, |shop| shop["options"][0]["monthly_cost"] = "66".into());
    folder.write("weigh.snapshot.json", folder.read("weigh.snapshot.json").replace("\": ", "\":"));
    let answer = check(&folder, "");
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("and not to the monthly_cost 66"), "{}", answer.stderr);
}

#[test]
fn an_edited_rank_is_a_drift() {
    let folder = folder();
    edit(&folder, |shop| shop["options"][0]["rank"] = 7.into());
    let (code, report) = json(&folder, "");
    assert_eq!((code, found(&report, "drift/decision")[0]["figure"].as_str()), (2, Some("rank")));
}

/// What is shown adds up, too: the change to what before and after differ by, causes and charges to the change; as `weigh diff`
/// shows it.
#[test]
fn what_is_shown_adds_up_and_is_what_diff_shows() {
    let folder = folder();
    for rate in ["23_456/day", "40_000/day", "50_000/day", "1_000_000/day"] {
        folder.write("scenarios/shop.toml", SHOP.replace("10_000/day", rate));
        let (_, report) = json(&folder, "");
        let diff = folder.ask("diff weigh.snapshot.json scenarios --prices book --format json").stdout;
        let diff: Value = serde_json::from_str(&diff).expect("JSON");
        for total in found(&report, "drift/total") {
            let shown = |key: &str| {
                amount(&total[key])
                    .round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            };
            let change = amount(&total["difference_shown"]);
            assert_eq!(shown("after") - shown("before"), change, "{rate}");
            let sum =
                |values: &[Value], key: &str| values.iter().map(|each| amount(&each[key])).sum::<Decimal>();
            assert_eq!(sum(total["causes"].as_array().expect("causes"), "shown"), change);
            let findings = report["findings"].as_array().expect("findings").iter();
            let charges =
                findings.filter(|each| each["option"] == total["option"] && !each["charge"].is_null());
            let charges: Vec<Value> = charges.cloned().collect();
            assert_eq!(sum(&charges, "difference_shown"), change);
            let options = diff["scenarios"][0]["options"].as_array().expect("options");
            let same = options.iter().find(|each| each["option"] == total["option"]).expect("an option");
            assert_eq!(
                (&same["cost"]["shown"], &same["effects"]),
                (&total["difference_shown"], &total["causes"])
            );
        }
        snapshot(&folder);
    }
}

/// Whoever reads a format sees why, of charges that came as of those that moved.
#[test]
fn every_format_names_the_cause() {
    let folder = folder();
    // The first tier of what leaves AWS is free.
    folder.write("scenarios/shop.toml", SHOP.replace("10_000/day", "400_000/day"));
    for format in ["text", "markdown", "github", "junit", "sarif"] {
        let told = check(&folder, &format!("--format {format}")).stdout;
        assert!(told.contains("traffic (structure +"), "{told}");
    }
    insta::assert_snapshot!("added_charge", transcript(&folder, ""));
}

#[test]
fn what_could_not_be_told_apart_is_a_note_in_every_format() {
    let folder = folder();
    edit(&folder, |shop| shop["options"][0]["served"]["utilisation"] = 0.25.into());
    for format in ["text", "markdown", "json", "jsonl", "github", "junit", "sarif"] {
        let told = check(&folder, &format!("--format {format}")).stdout;
        let words: Vec<&str> = told.split_whitespace().collect();
        assert!(words.join(" ").contains("should have grown, or a snapshot was edited"), "{told}");
    }
    let (_, report) = json(&folder, "");
    assert!(report["method"][0].as_str().expect("a sentence").contains("path of states"));
}

#[test]
fn a_free_allowance_passes_as_a_note_where_a_tolerance_is_about_it() {
    let folder = folder();
    folder.write("scenarios/shop.toml", SHOP.replace("10_000/day", "10_001/day"));
    let free = |words: &str| -> Vec<String> {
        let (_, report) = json(&folder, words);
        let all = found(&report, "drift/quantity").into_iter();
        let free =
            all.filter(|each| each["charge"]["part"].as_str().is_some_and(|part| part.contains("free")));
        free.map(|each| each["severity"].as_str().expect("a word").to_owned()).collect()
    };
    assert!(!free("").is_empty() && free("").iter().all(|severity| severity == "fail"));
    for words in ["--tolerance 50%", "--tolerance 100000"] {
        assert!(free(words).iter().all(|severity| severity == "note"), "{words}");
    }
}

/// A value that is long is told in a sentence; a table has a row for each further cause.
#[test]
fn tables_stay_narrow() {
    let folder = folder();
    dearer(&folder);
    let changed = SHOP.replace("10_000/day", "900_000/day").replace("\"1 GiB\"", "\"2 GiB\"");
    folder.write("scenarios/shop.toml", changed);
    for words in ["", "--as-of 1900-01-01"] {
        let told = check(&folder, words).stdout;
        let wide: Vec<&str> = told.lines().filter(|line| line.chars().count() > 215).collect();
        assert!(wide.is_empty(), "{words}: {wide:#?}");
    }
}

#[test]
fn a_trace_that_moves_no_figure_is_a_warning() {
    let folder = Folder::with_book();
    folder.write("scenarios/day.csv", "120\n60\n");
    folder.write("scenarios/shop.toml", SHOP.replace("rate = \"10_000/day\"", "trace = \"day.csv\""));
    snapshot(&folder);
    assert_eq!(check(&folder, "").code, 0);
    folder.write("scenarios/day.csv", "120\r\n60\r\n");
    let (code, report) = json(&folder, "");
    let told = found(&report, "drift/scenario");
    assert_eq!((code, report["counts"]["warnings"].as_u64()), (0, Some(1)), "{report:#}");
    assert!(told[0]["message"].as_str().expect("a sentence").ends_with("the trace day.csv is another"));
}
