//! The pages on audits against the program: the example of the README, every kind of claim, every verdict, every field.

mod support;

use std::collections::BTreeSet;

use serde_json::Value;
use support::{answer, program, root};
use weigh_core::report::VERDICTS;
use weigh_core::scenario::About;

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn ask(words: &str) -> String {
    let split: Vec<&str> = words.split_whitespace().collect();
    answer(program().args(&split), words.to_owned(), b"").stdout
}

/// The README runs on the real book: after a refresh of its prices its example is printed anew.
#[test]
fn the_readme_shows_how_an_estimate_is_audited() {
    let hash = regex_lite::Regex::new("Price book [0-9a-f]{12},").expect("an expression");
    let page = text("README.md");
    let words = "audit docs/examples/estimate.toml";
    let block = format!("```text\n$ weigh {words}\n{}```\n", ask(words));
    let hidden = |text: &str| hash.replace_all(text, "Price book …,").into_owned();
    assert!(hidden(&page).contains(&hidden(&block)), "the README does not show this:\n{block}");
    // What it shows of the file is in the file, up to its indent and remarks.
    let file = text("docs/examples/estimate.toml");
    let (_, rest) = page.split_once("```toml\n   [[claim]]").expect("the claims");
    let (shown, _) = rest.split_once("```").expect("their end");
    for line in shown.lines() {
        let line = line.split(" #").next().unwrap_or_default().trim();
        assert!(file.lines().any(|own| own == line), "the estimate has no line {line}");
    }
}

#[test]
fn the_page_on_audits_names_every_kind_of_claim() {
    let page = text("docs/audit.md");
    for (word, _) in About::CHOICES {
        assert!(page.contains(&format!("| `{word}` |")), "docs/audit.md does not name `{word}`");
    }
    for verdict in VERDICTS {
        assert!(page.contains(&format!("`{verdict}`")), "docs/audit.md does not name `{verdict}`");
    }
}

#[test]
fn the_page_on_audits_names_every_kind_of_cause() {
    let page = text("docs/audit.md");
    let report: Value = serde_json::from_str(&ask("audit scenarios --format json")).expect("JSON");
    let mut kinds = BTreeSet::new();
    for claim in report["claims"].as_array().expect("claims") {
        for check in claim["checks"].as_array().expect("checks") {
            let causes = check["causes"].as_array().expect("causes").iter();
            kinds.extend(causes.filter_map(|cause| cause["kind"].as_str().map(str::to_owned)));
        }
    }
    assert!(kinds.len() > 4, "{kinds:?}");
    for kind in kinds {
        assert!(page.contains(&format!("`{kind}`")), "docs/audit.md does not name `{kind}`");
    }
}

#[test]
fn the_scenario_page_names_every_key_of_a_claim() {
    let page = text("docs/scenario.md");
    let (_, page) = page.split_once("## `[[claim]]`").expect("the section");
    let schema: Value = serde_json::from_str(&ask("schema")).expect("JSON");
    let keys = schema.pointer("/properties/claim/items/properties").and_then(Value::as_object);
    for key in keys.expect("the keys of a claim").keys() {
        assert!(page.contains(&format!("| `{key}` |")), "docs/scenario.md does not name `{key}`");
    }
}

#[test]
fn the_json_page_names_every_field_of_an_audit() {
    let page = text("docs/json.md");
    let (_, page) = page.split_once("## `weigh audit").expect("the section");
    let (page, _) = page.split_once("## `weigh rank").expect("its end");
    let report: Value =
        serde_json::from_str(&ask("audit docs/examples/estimate.toml --format json")).expect("JSON");
    let mut fields = BTreeSet::new();
    gather(&report, &mut fields);
    assert!(fields.len() > 30, "{fields:?}");
    for field in fields {
        assert!(page.contains(&format!("`{field}`")), "docs/json.md does not name `{field}`");
    }
}

fn gather(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(field, value)| {
            fields.insert(field.clone());
            gather(value, fields);
        }),
        Value::Array(values) => values.iter().for_each(|value| gather(value, fields)),
        _ => {}
    }
}
