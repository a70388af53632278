//! The documents that the program comes from: their scenarios priced on a frozen book, their claims audited, and what is known of
//! both found again.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::OnceLock;

use serde_json::Value;
use support::{answer, program, root};

/// A cut of the price book as it stood on 2026-11-22; `documents/cut.py` makes it.
const BOOK: &str = "crates/weigh-cli/tests/documents/book";

fn ask(words: &str) -> support::Answer {
    let words: Vec<&str> = words.split_whitespace().collect();
    answer(program().args(&words).args(["--prices", BOOK]), words.join(" "), b"")
}

/// The audit of all scenarios as JSON, made once.
fn audit() -> &'static Value {
    static AUDIT: OnceLock<Value> = OnceLock::new();
    AUDIT.get_or_init(|| {
        let answer = ask("audit scenarios --format json");
        assert_eq!((answer.code, answer.stderr.as_str()), (0, ""));
        serde_json::from_str(&answer.stdout).expect("the audit is JSON")
    })
}

fn claims() -> BTreeMap<&'static str, &'static Value> {
    let claims = audit()["claims"].as_array().expect("the claims");
    claims.iter().map(|claim| (claim["id"].as_str().expect("an id"), claim)).collect()
}

/// The list of all scenarios as JSON, made once.
fn list() -> &'static Value {
    static LIST: OnceLock<Value> = OnceLock::new();
    LIST.get_or_init(|| {
        let answer = ask("list scenarios --format json");
        assert_eq!((answer.code, answer.stderr.as_str()), (0, ""));
        serde_json::from_str(&answer.stdout).expect("the list is JSON")
    })
}

#[test]
fn every_scenario_has_its_platform_its_cost_and_its_documents_figure() {
    insta::assert_snapshot!(ask("list scenarios").transcript());
}

#[test]
fn every_cost_is_exact() {
    insta::assert_snapshot!(ask("list scenarios --format csv").transcript());
}

#[test]
fn every_claim_is_audited() {
    insta::assert_snapshot!(ask("audit scenarios").transcript());
}

/// Everything that the five documents state is a claim of one scenario, and the audit counts each once.
#[test]
fn no_claim_of_the_documents_is_missing() {
    let known = claims();
    let missing: Vec<String> = (1..=655)
        .map(|number| format!("C{number:03}"))
        .filter(|id| !known.contains_key(id.as_str()))
        .collect();
    assert!(missing.is_empty(), "no scenario has {missing:?}");
    let counts = &audit()["counts"];
    let verdicts = ["within_1", "within_10", "contradict", "not_computed"];
    let sum: u64 = verdicts.iter().filter_map(|verdict| counts[verdict].as_u64()).sum();
    assert_eq!(Some(sum), counts["claims"].as_u64());
    // Beside them six claims say what a document chooses, and one the difference of two totals.
    let own: Vec<&str> = known.keys().copied().filter(|id| !id.starts_with('C')).collect();
    assert_eq!((own.len(), counts["claims"].as_u64()), (7, Some(662)), "{own:?}");
}

/// What a claim comes to by one of its checks, rounded to cents.
fn figure(id: &str, kind: &str) -> String {
    let checks = claims()[id]["checks"].as_array().expect("checks");
    let check = checks.iter().find(|check| check["kind"] == kind).expect("a check of this kind");
    let end =
        |end: &str| -> f64 { check["computed"][end].as_str().expect("an end").parse().expect("a number") };
    match (format!("{:.2}", end("low")), format!("{:.2}", end("high"))) {
        (low, high) if low == high => low,
        (low, high) => format!("{low} to {high}"),
    }
}

/// By the model.
fn computed(id: &str) -> String {
    figure(id, "model")
}

/// Figures that were reckoned from the documents' own rates by hand.
#[test]
fn known_answers_of_the_documents() {
    // Staging on Fargate, the sum of 18.02, 9.01 and 36.04; not 52.
    assert_eq!(computed("C038"), "63.07");
    assert_eq!(["C034", "C035", "C036"].map(computed), ["18.02", "9.01", "36.04"]);
    // Production on Fargate, six to ten tasks; not 210 to 300.
    assert_eq!(computed("C056"), "252.28 to 360.40");
    // The task of 1,536 CPU units and 2 GB: deployed at the next size that there is.
    assert_eq!(computed("C537"), "72.08");
    let cause = cause("C537");
    assert!(cause.contains("1.5 vCPU and 2 GB, which is no Fargate size"), "{cause}");
    assert_eq!(claims()["C537"]["stated"]["low"], "50.82");
    // Ten tasks for eight hours and two for sixteen; not 250 to 300.
    assert_eq!(computed("C226"), "168.19");
    // 2 vCPU and 4 GB on Fargate against a t3.medium; not 30 to 40 % more.
    assert_eq!(figure("C198", "equals"), "137.36");
    // Fargate and ECS on EC2 with equal services: 8.13 from the rounded figures of the document, 8.14 exactly.
    assert_eq!(computed("S08_S10_difference"), "8.14");
}

/// The words of the causes of a claim.
fn cause(id: &str) -> String {
    let checks = claims()[id]["checks"].as_array().expect("checks");
    let causes = checks.iter().filter_map(|check| check["causes"].as_array()).flatten();
    causes.filter_map(|cause| cause["words"].as_str()).collect::<Vec<_>>().join(" | ")
}

/// The claims whose statements of one thing do not agree.
fn disagreeing() -> BTreeSet<&'static str> {
    let groups = audit()["disagreements"].as_array().expect("groups");
    let statements = groups.iter().filter_map(|group| group["statements"].as_array()).flatten();
    let places = statements.filter_map(|statement| statement["places"].as_array()).flatten();
    places.filter_map(|place| place["id"].as_str()).collect()
}

/// The contradictions that reading the documents by hand gave, as far as they follow from figures, are found by the audit.
#[test]
fn the_contradictions_of_the_documents_are_found() {
    let page = fs::read_to_string(root().join("docs/contradictions.md")).expect("the page");
    let (found_at, rest) = page.split_once("## What does not follow from figures").expect("both tables");
    let (claims, disagreeing) = (claims(), disagreeing());
    let rows = |text: &'static str| text.lines().filter(|line| line.starts_with("| X"));
    let (found_at, rest): (&'static str, &'static str) =
        (Box::leak(found_at.to_owned().into_boxed_str()), Box::leak(rest.to_owned().into_boxed_str()));
    let mut wrong = Vec::new();
    for row in rows(found_at) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [number, _, ids, words] = cells.as_slice() else { panic!("{row}") };
        for id in ids.split(", ") {
            let contradicts = claims.get(id).is_some_and(|claim| claim["verdict"] == "contradicts");
            let found = match words.is_empty() {
                true => contradicts || disagreeing.contains(id),
                false => cause(id).contains(words),
            };
            if !found {
                wrong.push(format!("{number} is not found at {id}: {}", cause(id)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(rows(found_at).count() + rows(rest).count(), 96);
    assert_eq!(rows(found_at).count(), 67, "as many as are known to be found");
}

/// The thresholds of the documents' migration path stand beside those that the comparisons find.
#[test]
fn the_migration_path_is_held_against_its_thresholds() {
    let answer = ask("compare scenarios/ai-prism/migration.toml --break-even");
    let (_, told) = answer.stdout.split_once("Break-even over the traffic").expect("the break-even points");
    let (told, _) = told.split_once("\nMatrix\n").expect("the matrix behind them");
    insta::assert_snapshot!(told);
}

/// Every option of every scenario has a bill, or says why not.
#[test]
fn every_option_is_priced_or_says_why() {
    let mut unpriced = Vec::new();
    for scenario in list()["scenarios"].as_array().expect("scenarios") {
        let options = scenario["options"].as_array().expect("options");
        assert!(!options.is_empty(), "{scenario}");
        for option in options {
            match option["status"].as_str() {
                Some("ranked") => assert!(option["monthly_cost"].is_string(), "{option}"),
                Some("unpriced") => {
                    unpriced.push(format!("{} {}", scenario["file"], option["option"]).replace('"', ""));
                }
                _ => {}
            }
        }
    }
    // No source for the prices of reserved databases is known.
    let expected = [
        "scenarios/rag/minimal-committed.toml plan-and-reserved-database",
        "scenarios/rag/what-if/minimal-committed-ap-south-1.toml plan-and-reserved-database",
    ];
    assert_eq!(unpriced, expected);
}

/// The names of all fields of a value.
fn fields(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                found.insert(key.clone());
                fields(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, found)),
        _ => {}
    }
}

#[test]
fn the_json_page_names_every_field_of_a_list_and_of_a_break_even() {
    let page = fs::read_to_string(root().join("docs/json.md")).expect("the page");
    let section = |title: &str| {
        let (_, section) = page.split_once(title).expect("the section");
        section.split_once("\n## ").map_or(section, |(section, _)| section).to_owned()
    };
    let compared = ask("compare scenarios/ai-prism/migration.toml --break-even --format json");
    let compared: Value = serde_json::from_str(&compared.stdout).expect("the comparison is JSON");
    let sections = [("# `weigh list", list()), ("# `weigh compare", &compared["break_even"])];
    for (title, told) in sections {
        let section = section(title);
        let mut found = BTreeSet::new();
        fields(told, &mut found);
        assert!(found.len() > 15, "{found:?}");
        for field in found {
            assert!(
                section.contains(&format!("`{field}`")),
                "docs/json.md does not name `{field}` under {title}"
            );
        }
    }
}
