//! `weigh explain --month`: a month of the calendar beside 730 hours, through the program.

mod support;

use std::fs;

use rust_decimal::Decimal;
use serde_json::Value;
use support::{GOOD, ask, ask_plainly, root, run};

/// A shop of two environments with shared services, in euros.
const SEVERAL: &str = r#"[scenario]
name = "Shop"
region = "us-east-1"
currency = { code = "EUR", rate = "0.92", as_of = 2026-11-01 }

[traffic]
rate = "100_000/day"

[[component]]
name = "api"
vcpu = 0.25
memory = "512 MB"
cpu_time = "20 ms"
response_size = "100 KB"
start_up_time = "1 s"
tag = "front"

[[service]]
kind = "secrets-manager"
secrets = 3
calls = "5_000/month"

[[environment]]
name = "production"

[[environment]]
name = "staging"
rate = "1_000/day"

[[option]]
platform = "fargate"
"#;

fn json(words: &str, text: &str) -> Value {
    let answer = ask(words, text.as_bytes());
    assert_ne!(answer.code, 1, "{}", answer.stderr);
    serde_json::from_str(&answer.stdout).expect("JSON")
}

fn number(value: &Value) -> Decimal {
    value.as_str().expect("a decimal string").parse().expect("a decimal")
}

fn sum(list: &Value, key: &str) -> Decimal {
    list.as_array().expect("a list").iter().map(|each| number(&each[key])).sum()
}

#[test]
fn every_platform_is_held_against_february() {
    let (staging, shop) = ("scenarios/aldeia-staging.toml", "crates/weigh-cli/tests/data/services.toml");
    let options = [
        ("fargate", staging),
        ("ecs-ec2", staging),
        ("ec2-compose", staging),
        ("lambda", shop),
        ("lightsail", shop),
    ];
    for (option, file) in options {
        let words = format!("explain {file} --option {option} --month 2026-02");
        insta::assert_snapshot!(format!("february_{option}"), run(&words, ""));
    }
}

#[test]
fn other_formats() {
    for format in ["markdown", "csv", "json"] {
        let words = format!("explain - --option fargate --month 2026-12 --format {format}");
        insta::assert_snapshot!(format!("december_{format}"), run(&words, GOOD));
    }
}

#[test]
fn environments_currencies_and_groups_are_shown() {
    for by in ["component", "environment"] {
        let words = format!("explain - --option fargate --month 2026-02 --by {by}");
        insta::assert_snapshot!(format!("several_by_{by}"), run(&words, SEVERAL));
    }
    let words = "explain - --option fargate --month 2026-02 --by service --format csv";
    insta::assert_snapshot!("several_csv", run(words, SEVERAL));
}

#[test]
fn ranges_have_both_months_at_both_ends() {
    let ranged = GOOD.replace("10_000/day", "50_000..200_000/day");
    insta::assert_snapshot!("ranges", run("explain - --option fargate --month 2026-02", &ranged));
    let report = json("explain - --option fargate --month 2026-02 --format json", &ranged);
    for end in ["low", "high"] {
        let end = &report["ranges"][end];
        let apart = number(&end["calendar_cost"]) - number(&end["average_cost"]);
        assert_eq!(number(&end["difference"]), apart);
    }
}

/// Totals, reasons, groups and rows of CSV tell one difference, to the last digit.
#[test]
fn all_formats_tell_the_same_difference() {
    for (text, option) in [(SEVERAL, "fargate"), (GOOD, "fargate")] {
        for by in ["component", "service", "tag", "environment"] {
            let words = format!("explain - --option {option} --month 2024-02 --by {by}");
            let report = json(&format!("{words} --format json"), text);
            let whole = number(&report["difference"]);
            let cost = |side: &str| number(&report[side]["monthly_cost"]);
            assert_eq!(cost("calendar") - cost("average"), whole);
            for list in ["charges", "reasons", "groups"] {
                assert_eq!(sum(&report[list], "difference"), whole, "{list}");
            }
            let csv = ask(&format!("{words} --format csv"), text.as_bytes()).stdout;
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            let columns = reader.headers().expect("columns").clone();
            let place = |name: &str| columns.iter().position(|column| column == name).expect("a column");
            let [all, first, further] =
                ["difference_usd", "reason_difference_usd", "further_difference_usd"].map(place);
            let (mut told, mut reasons) = (Decimal::ZERO, Decimal::ZERO);
            for row in reader.records() {
                let row = row.expect("a row");
                let amount = |at: usize| row[at].parse::<Decimal>().unwrap_or_default();
                told += amount(all);
                reasons += amount(first) + amount(further);
            }
            assert_eq!((told, reasons), (whole, whole));
        }
    }
}

/// The month of the scenario is what `explain` says without `--month`.
#[test]
fn the_stated_month_is_the_one_of_explain() {
    for month in ["730h", "2026-02"] {
        let text = GOOD.replace("region =", &format!("month = \"{month}\"\nregion ="));
        let alone = json("explain - --option fargate --format json", &text);
        let both = json("explain - --option fargate --month 2026-02 --format json", &text);
        let side = if month == "730h" { "average" } else { "calendar" };
        assert_eq!(both[side]["monthly_cost"], alone["option"]["monthly_cost"], "{month}");
        assert_eq!(both["size"], alone["option"]["size"]);
    }
}

#[test]
fn several_scenarios_are_held_against_the_same_month() {
    let files = "scenarios/aldeia-staging.toml scenarios/ai-prism.toml";
    let answer = ask(&format!("explain {files} --option fargate --month 2026-02"), b"");
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    for name in ["Aldeia staging", "AI-Prism"] {
        assert!(
            answer.stdout.contains(&format!("{name}: fargate in 2026-02 and in 730 h")),
            "{}",
            answer.stdout
        );
    }
}

#[test]
fn an_option_without_a_price_has_no_months() {
    let words = "explain scenarios/ai-prism.toml --option fargate --region ap-south-1 --month 2026-02";
    let answer = ask(words, b"");
    assert_eq!(answer.code, 0, "other options can be priced: {}", answer.stderr);
    insta::assert_snapshot!("unpriced", answer.transcript());
}

#[test]
fn a_gate_that_fails_still_has_a_report() {
    let text = GOOD.replace("min_replicas = 2", "monthly_budget = \"$5\"");
    let answer = ask("explain - --option fargate --month 2026-02", text.as_bytes());
    assert_eq!(answer.code, 2, "{}", answer.stderr);
    assert!(
        answer.stdout.contains("Rejected") && answer.stdout.contains("Why they differ"),
        "{}",
        answer.stdout
    );
}

#[test]
fn wrong_months_are_refused_with_what_was_meant() {
    let mut all = String::new();
    for (month, told) in [
        ("2026-13", "a year has the months 01 to 12"),
        ("Feb", "of which year"),
        ("2026-2", "did you mean `2026-02`?"),
        ("february-2026", "did you mean `2026-02`?"),
        ("730h", "held against"),
        ("2026-02-10", "is a day"),
        ("2026-02-10..2026-02-20", "part of a month"),
    ] {
        let answer = ask_plainly(&format!("explain x --option fargate --month {month}"));
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{month}");
        assert!(answer.stderr.contains(told), "{month}: {}", answer.stderr);
        all.push_str(&answer.transcript());
    }
    let answer = ask_plainly("explain x --option fargate --month 2026-02 --focus");
    assert_eq!((answer.code, answer.stdout.as_str()), (1, ""));
    all.push_str(&answer.transcript());
    insta::assert_snapshot!("refused", all);
}

#[test]
fn what_a_month_cannot_hold_is_refused_with_help() {
    let part = GOOD.replace("region =", "month = \"2026-02-10..2026-02-20\"\nregion =");
    let launch = GOOD.replace("/day\"", "/day\"\nlaunch = { factor = 3, length = \"1 day\", on_day = 30 }");
    let told = [(part, "fargate"), (launch, "fargate"), (GOOD.to_owned(), "fargat")].map(|(text, option)| {
        let answer = ask(&format!("explain - --option {option} --month 2026-02"), text.as_bytes());
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{}", answer.stderr);
        answer.stderr
    });
    insta::assert_snapshot!("cannot_hold", told.join("\n"));
}

#[test]
fn the_json_page_names_every_field() {
    let page = fs::read_to_string(root().join("docs/json.md")).expect("docs/json.md");
    let ranged = SEVERAL.replace("100_000/day", "50_000..200_000/day");
    let report = json("explain - --option fargate --month 2026-02 --by tag --format json", &ranged);
    let mut fields = Vec::new();
    collect(&report, &mut fields);
    for field in fields {
        assert!(page.contains(&format!("`{field}`")), "docs/json.md does not name `{field}`");
    }
}

fn collect(value: &Value, fields: &mut Vec<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(key, inner)| {
            fields.push(key.clone());
            collect(inner, fields);
        }),
        Value::Array(list) => list.iter().for_each(|inner| collect(inner, fields)),
        _ => {}
    }
}
