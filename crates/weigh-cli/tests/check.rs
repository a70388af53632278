//! `weigh check`, end to end: what drifts and why, policies, tolerances, scenarios that come and go, and what can't be checked.

mod support;

use rust_decimal::Decimal;
use serde_json::Value;
use support::check::{SHOP, amount, check, dearer, drivers, folder, found, json, snapshot, transcript};
use support::folder::Folder;

#[test]
fn what_did_not_change_passes() {
    let folder = folder();
    insta::assert_snapshot!("same", transcript(&folder, ""));
    for format in ["json", "markdown", "csv", "junit", "sarif", "github", "jsonl"] {
        assert_eq!(check(&folder, &format!("--format {format}")).code, 0, "{format}");
    }
}

#[test]
fn a_changed_price_is_told_as_prices_in_every_format() {
    let folder = folder();
    dearer(&folder);
    let (code, report) = json(&folder, "");
    assert_eq!((code, drivers(&report)), (2, vec!["prices"]));
    for format in ["text", "json", "markdown", "csv", "junit", "sarif", "github", "jsonl"] {
        insta::assert_snapshot!(
            format!("price_{format}"),
            transcript(&folder, &format!("--format {format}"))
        );
    }
    // Two tasks of half a vCPU for 730 hours, each hour a cent dearer.
    let price = found(&report, "drift/price");
    assert_eq!(amount(&price[0]["difference"]), Decimal::new(730, 2));
    assert_eq!((price[0]["before"].as_str(), price[0]["after"].as_str()), (Some("0.04048"), Some("0.05048")));
}

#[test]
fn a_changed_scenario_is_told_as_scenario_and_its_traffic_as_traffic() {
    let folder = folder();
    folder.replace("scenarios/shop.toml", "tasks = 2", "tasks = 3");
    let (code, report) = json(&folder, "");
    assert_eq!((code, drivers(&report)), (2, vec!["scenario"]));
    insta::assert_snapshot!("scenario", transcript(&folder, ""));

    folder.write("scenarios/shop.toml", SHOP.replace("10_000/day", "20_000/day"));
    let (code, report) = json(&folder, "");
    assert_eq!((code, drivers(&report)), (2, vec!["traffic"]));
}

/// The amounts of the causes add up to the finding's, and those of the charges to that of the total.
#[test]
fn what_moved_adds_up_to_the_cent_and_further() {
    let folder = folder();
    dearer(&folder);
    folder.write(
        "scenarios/shop.toml",
        SHOP.replace("10_000/day", "25_000/day").replace("tasks = 2", "tasks = 3"),
    );
    let (_, report) = json(&folder, "");
    let totals = found(&report, "drift/total");
    assert_eq!(totals.len(), 2);
    for total in totals {
        let option = &total["option"];
        let sum = |values: Vec<&Value>| values.into_iter().map(amount).sum::<Decimal>();
        let causes =
            total["causes"].as_array().expect("causes").iter().map(|cause| &cause["amount"]).collect();
        assert_eq!(sum(causes), amount(&total["difference"]));
        assert_eq!(amount(&total["after"]) - amount(&total["before"]), amount(&total["difference"]));
        let findings = report["findings"].as_array().expect("findings").iter();
        let charges = findings.filter(|each| each["option"] == *option && !each["charge"].is_null());
        assert_eq!(sum(charges.map(|each| &each["difference"]).collect()), amount(&total["difference"]));
    }
    assert_eq!(drivers(&report), ["prices", "scenario", "traffic"]);
}

/// A snapshot of an older model, in which an option served otherwise and its tasks cost half.
#[test]
fn what_another_model_computed_is_told_as_model() {
    let folder = folder();
    let mut stored: Value = serde_json::from_str(&folder.read("weigh.snapshot.json")).expect("JSON");
    stored["model_version"] = 0.into();
    let option = &mut stored["scenarios"][0]["options"][0];
    assert_eq!(option["option"], "fargate");
    option["served"]["utilisation"] = 0.25.into();
    let charges = option["charges"].as_array_mut().expect("charges");
    let mut total = Decimal::ZERO;
    for charge in charges.iter_mut() {
        if charge["price_id"] == "fargate/vcpu-hours/linux-x86" {
            for key in ["quantity", "cost"] {
                charge[key] = (amount(&charge[key]) / Decimal::TWO).normalize().to_string().into();
            }
        }
        total += amount(&charge["cost"]);
    }
    option["monthly_cost"] = total.normalize().to_string().into();
    folder.write("weigh.snapshot.json", serde_json::to_string_pretty(&stored).expect("JSON"));
    let (code, report) = json(&folder, "");
    assert_eq!((code, drivers(&report)), (2, vec!["model"]));
    assert_eq!(found(&report, "drift/quantity").len(), 1);
    assert_eq!(found(&report, "drift/served")[0]["figure"], "utilisation");
    insta::assert_snapshot!("model", transcript(&folder, ""));
}

#[test]
fn tolerances_let_costs_pass() {
    let folder = folder();
    dearer(&folder);
    // $7.30 more of $29.55 in the vCPU-hours, and so 24.7 %.
    for (words, code) in [
        ("", 2),
        ("--tolerance 24%", 2),
        ("--tolerance 25%", 0),
        ("--tolerance 7.29", 2),
        ("--tolerance 7.30", 0),
        ("--tolerance 1% --tolerance $8", 0),
    ] {
        assert_eq!(check(&folder, words).code, code, "{words}");
    }
    insta::assert_snapshot!("tolerance", transcript(&folder, "--tolerance 25%"));
    let wrong = check(&folder, "--tolerance much");
    assert_eq!((wrong.code, wrong.stdout.as_str()), (1, ""));
    for value in ["-1", "-1%", "-$1", "-0.05"] {
        let negative = check(&folder, &format!("--tolerance {value}"));
        assert_eq!((negative.code, negative.stdout.as_str()), (1, ""), "{value}");
        let said = format!("invalid value '{value}' for '--tolerance <X>': ");
        assert!(negative.stderr.contains(&said), "{}", negative.stderr);
        assert!(!negative.stderr.contains("tip:"), "{}", negative.stderr);
    }

    // For one price: the total counts without it.
    let rule = "[[tolerance]]\nscenario = \"scenarios/*\"\nprice_id = \"fargate/vcpu-*\"\npercent = 25\n";
    folder.write("weigh.toml", rule);
    assert_eq!(check(&folder, "").code, 0);
    folder.write("weigh.toml", rule.replace("vcpu-*", "gb-*"));
    assert_eq!(check(&folder, "").code, 2);
    folder.write("weigh.toml", rule.replace("scenarios/*", "other/*"));
    assert_eq!(check(&folder, "").code, 2);
    // How an option serves has none.
    folder.write("weigh.toml", "");
    folder.write("scenarios/shop.toml", SHOP.replace("50 ms", "51 ms"));
    let (code, report) = json(&folder, "--tolerance 100%");
    assert_eq!(code, 2);
    assert!(!found(&report, "drift/served").is_empty());
}

#[test]
fn scenarios_come_and_go() {
    let folder = folder();
    folder.write("scenarios/new.toml", SHOP.replace("\"Shop\"", "\"New\""));
    insta::assert_snapshot!("added", transcript(&folder, ""));
    snapshot(&folder);
    assert_eq!(check(&folder, "").code, 0);
    std::fs::remove_file(folder.path.join("scenarios/new.toml")).expect("a file");
    insta::assert_snapshot!("removed", transcript(&folder, ""));
    // Who asks for one scenario is told of no other.
    assert_eq!(check(&folder, "scenarios/shop.toml").code, 0);
    assert_eq!(check(&folder, "scenarios/").code, 2);
}

#[test]
fn what_moves_no_figure_is_a_warning() {
    let folder = folder();
    folder.replace("scenarios/shop.toml", "\"Shop\"", "\"The shop\"");
    let (code, report) = json(&folder, "");
    assert_eq!((code, report["counts"]["warnings"].as_u64()), (0, Some(1)), "{report:#}");
    assert_eq!(found(&report, "drift/scenario").len(), 1);
}

const POLICIES: &str = r#"
[[policy]]
name = "Budget"
monthly_cost_max = 0.01

[[policy]]
name = "Target"
severity = "warn"
option = "fargate"
annual_cost_max = 100
monthly_cost_max = 1_000
"#;

#[test]
fn policies_fail_or_warn_at_their_place() {
    let folder = folder();
    folder.write("scenarios/shop.toml", SHOP.to_owned() + POLICIES);
    folder.write("weigh.toml", "[[policy]]\nname = \"Growth\"\noption = \"*\"\nincrease_max = \"5 %\"\n");
    snapshot(&folder);
    insta::assert_snapshot!("policies", transcript(&folder, ""));
    insta::assert_snapshot!("policies_github", transcript(&folder, "--format github"));
    let (code, report) = json(&folder, "");
    assert_eq!(code, 2);
    let counts = &report["counts"];
    let told = ["failures", "warnings", "passed"].map(|key| counts[key].as_u64());
    assert_eq!(told, [Some(1), Some(1), Some(3)], "{report:#}");
    // Warnings alone pass.
    folder.replace("scenarios/shop.toml", "monthly_cost_max = 0.01", "monthly_cost_max = 500");
    snapshot(&folder);
    assert_eq!(check(&folder, "").code, 0);
    dearer(&folder);
    let (_, report) = json(&folder, "");
    let increase = found(&report, "policy/increase_max");
    assert!(increase.iter().any(|result| result["verdict"] == "failed" && result["file"] == "weigh.toml"));
}

#[test]
fn policies_alone_need_no_snapshot() {
    let folder = Folder::with_book();
    folder.write("scenarios/shop.toml", SHOP.to_owned() + POLICIES);
    insta::assert_snapshot!("policies_only", transcript(&folder, "scenarios --policies-only"));
    insta::assert_snapshot!("policies_nothing", transcript(&folder, "--policies-only"));
}

#[test]
fn further_formats_go_to_files() {
    let folder = folder();
    dearer(&folder);
    let answer = check(&folder, "--also junit=report.xml --also sarif=out.sarif --also jsonl=lines.jsonl");
    assert_eq!((answer.code, answer.stderr.as_str()), (2, ""));
    for (file, format) in [("report.xml", "junit"), ("out.sarif", "sarif"), ("lines.jsonl", "jsonl")] {
        assert_eq!(folder.read(file), check(&folder, &format!("--format {format}")).stdout);
    }
    insta::assert_snapshot!("also_wrong", transcript(&folder, "--also html=x"));
}

/// Annotations and SARIF count from the root of the repository; the snapshot is found above.
#[test]
fn in_a_folder_of_a_repository() {
    let folder = Folder::with_book();
    folder.write(".git/HEAD", "ref: refs/heads/main\n");
    folder.write("infra/scenarios/shop.toml", SHOP);
    let run = |words: &str, below: &str| {
        let split: Vec<&str> = words.split_whitespace().collect();
        support::answer(
            support::program().current_dir(folder.path.join(below)).args(&split),
            words.to_owned(),
            b"",
        )
    };
    let taken = run("snapshot scenarios --out weigh.snapshot.json --prices ../book", "infra");
    assert_eq!((taken.code, taken.stderr.as_str()), (0, ""));
    folder.replace("infra/scenarios/shop.toml", "tasks = 2", "tasks = 3");
    let told = run("check --format github --today 2026-11-22 --prices ../../book", "infra/scenarios");
    assert_eq!(told.code, 2, "{}", told.stderr);
    assert!(told.stdout.starts_with("::error file=infra/scenarios/shop.toml,title="), "{}", told.stdout);
}

#[test]
fn what_cannot_be_checked_says_what_helps() {
    let folder = folder();
    let stored = folder.read("weigh.snapshot.json");
    folder
        .write("weigh.snapshot.json", stored.replacen("\"schema_version\": 1", "\"schema_version\": 99", 1));
    insta::assert_snapshot!("other_version", transcript(&folder, ""));
    folder.write("weigh.snapshot.json", &stored[..stored.len() / 2]);
    let torn = check(&folder, "--also json=report.json");
    assert_eq!((torn.code, torn.stdout.as_str()), (1, ""));
    assert!(
        torn.stderr.contains("weigh snapshot") && torn.stderr.contains("weigh.snapshot.json:"),
        "{}",
        torn.stderr
    );
    assert!(!folder.path.join("report.json").exists());
    folder.write("weigh.snapshot.json", "[]");
    assert_eq!(check(&folder, "").code, 1);
    std::fs::remove_file(folder.path.join("weigh.snapshot.json")).expect("a file");
    insta::assert_snapshot!("no_snapshot", transcript(&folder, ""));
    insta::assert_snapshot!("missing", transcript(&folder, "--against gone.json"));
    folder.write("weigh.snapshot.json", &stored);
    folder.write("scenarios/shop.toml", SHOP.replace("vcpu", "vcpus"));
    let wrong = check(&folder, "");
    assert_eq!((wrong.code, wrong.stdout.as_str()), (1, ""));
    assert!(wrong.stderr.contains("did you mean `vcpu`?"), "{}", wrong.stderr);
}
