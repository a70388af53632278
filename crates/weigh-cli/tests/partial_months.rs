//! Parts of a month, annual costs, and totals in another currency.

mod support;

use rust_decimal::Decimal;
use serde_json::Value;
use support::{GOOD, ask, run};

/// The good scenario on every platform, for a month without free allowances.
fn with_month(month: &str) -> String {
    let header = format!("region = \"us-east-1\"\nmonth = \"{month}\"\nfree_tier = false");
    let text =
        GOOD.replace("region = \"us-east-1\"", &header).replace("[[option]]\nplatform = \"fargate\"\n", "");
    text.replace("min_replicas = 2", "min_replicas = 1")
}

fn json(command: &str, text: &str) -> Value {
    let answer = ask(command, text.as_bytes());
    assert_ne!(answer.code, 1, "{}", answer.stderr);
    serde_json::from_str(&answer.stdout).expect("JSON")
}

fn option<'r>(report: &'r Value, name: &str) -> &'r Value {
    let mut options = report["options"].as_array().expect("options").iter();
    options.find(|option| option["name"] == name).expect("an option of this name")
}

fn charge(report: &Value, name: &str, price_id: &str) -> Value {
    let charges = option(report, name)["charges"].as_array().expect("charges");
    let is_meant = |charge: &&Value| charge["price_id"].as_str().is_some_and(|id| id.starts_with(price_id));
    charges.iter().find(is_meant).expect("a charge of this price").clone()
}

fn number(value: &Value) -> Decimal {
    value.as_str().expect("a decimal string").parse().expect("a decimal")
}

#[test]
fn a_part_of_a_month_is_compared_and_explained() {
    let text = with_month("2026-02-10..2026-02-20");
    insta::assert_snapshot!("compare_part", run("compare -", &text));
    insta::assert_snapshot!("explain_part", run("explain - --option lightsail", &text));
}

/// AWS Knowledge Center, "How are my EBS volumes charged" (2017-07-03): in a month of 31 days one GB-month is 31 GB for
/// 24 hours.
#[test]
fn a_day_of_thirty_one_gigabytes_is_one_gigabyte_month() {
    let option = "\n[[option]]\nplatform = \"ec2-compose\"\ninstances = 1\ndisk = \"31 GB\"\n";
    let report = json("compare - --format json", &(with_month("2026-01-05..2026-01-05") + option));
    let disk = charge(&report, "ec2-compose", "ebs/gp3-storage-gb-months");
    assert_eq!(disk["quantity"], "1");
    let instance = charge(&report, "ec2-compose", "ec2/instance-hours");
    assert_eq!(instance["quantity"], "24", "hours are those of the day");
}

/// Lightsail's price list has a nano node at 7 USD a month and 0.009408602 USD an hour (2026-09-16): 1/744 of it.
#[test]
fn lightsail_nodes_are_billed_by_the_hour_up_to_the_month() {
    let part = json("compare - --format json", &with_month("2026-02-10..2026-02-20"));
    let nodes = charge(&part, "lightsail", "lightsail/container-node-months");
    let each = number(&nodes["quantity"]) / Decimal::from(264);
    assert!((each * Decimal::from(744) - Decimal::ONE).abs() < Decimal::new(1, 8), "{nodes}");
    let whole = json("compare - --format json", &with_month("2026-02"));
    assert_eq!(charge(&whole, "lightsail", "lightsail/container-node-months")["quantity"], "1");
}

#[test]
fn all_days_of_a_month_are_the_month() {
    let whole = run("compare - --format json", &with_month("2026-02"));
    assert_eq!(whole, run("compare - --format json", &with_month("2026-02-01..2026-02-28")));
}

/// Wherever a month is cut, its parts cost what it costs; Lightsail's month of 28 days is dearer than its hours.
#[test]
fn the_parts_of_a_month_add_up() {
    let option_of = |platform: &str| format!("\n[[option]]\nplatform = \"{platform}\"\n");
    let options: String = ["fargate", "lambda", "ec2-compose"].map(option_of).concat();
    let report = |days: &str| json("compare - --format json", &(with_month(days) + &options));
    let cost = |report: &Value, name: &str| number(&option(report, name)["monthly_cost"]);
    let whole = report("2026-02");
    for cut in [1, 10, 27] {
        let first = report(&format!("2026-02-01..2026-02-{cut:02}"));
        let second = report(&format!("2026-02-{:02}..2026-02-28", cut + 1));
        for name in ["fargate", "lambda", "ec2-compose"] {
            let parts = cost(&first, name) + cost(&second, name);
            let apart = (parts - cost(&whole, name)).abs();
            assert!(apart < Decimal::new(1, 6), "{name} cut after day {cut}: {apart}");
        }
    }
}

#[test]
fn free_allowances_are_those_of_the_whole_month() {
    let text = with_month("2026-02-10..2026-02-20").replace("free_tier = false", "free_tier = true");
    let report = json("compare - --format json", &text.replace("10_000/day", "1_000_000/day"));
    let free = charge(&report, "fargate", "transfer/internet-out-gb");
    assert_eq!((free["part"].as_str(), free["quantity"].as_str()), (Some("free allowance"), Some("100")));
}

#[test]
fn a_part_of_a_month_has_no_year() {
    let report = json("compare - --format json", &with_month("2026-02-10..2026-02-20"));
    assert!(report["annual_basis"].as_str().unwrap().contains("part of a month"));
    let lightsail = option(&report, "lightsail");
    assert!(lightsail["annual_cost"].is_null() && lightsail["three_year_cost"].is_null());
    assert_eq!(report["scenario"]["partial_month"], "2026-02-10..2026-02-20 (264 h)");
}

/// month | what the traffic adds | a part of what the annual costs are said to rest on
#[test]
fn annual_costs_say_what_they_rest_on() {
    for (month, traffic, said) in [
        ("730h", "", "A year is 12 of these months"),
        ("2026-02", "", "2026-02 (672 h) stands for every month"),
        ("730h", "growth = \"5 %\"\nmonths_ahead = 6", "each counts as this one, with growth as it is here"),
        ("730h", "launch = { factor = 2, length = \"1 day\", on_day = 3 }", "with the launch as it is here"),
        ("2026-12", "season = [{ month = \"2026-12\", factor = 2 }]", "with the season as it is here"),
    ] {
        let text = with_month(month).replace("[traffic]", &format!("[traffic]\n{traffic}"));
        let report = json("compare - --format json", &text);
        let basis = report["annual_basis"].as_str().unwrap();
        assert!(basis.contains(said), "{month}: {basis}");
        assert!(report["assumptions"].as_array().unwrap().iter().any(|line| line == basis));
    }
}

#[test]
fn totals_are_shown_in_a_currency_too() {
    let currency = "month = \"730h\"\ncurrency = { code = \"EUR\", rate = \"0.92\", as_of = 2026-11-01 }";
    let text = with_month("730h").replace("month = \"730h\"", currency);
    insta::assert_snapshot!("compare_currency", run("compare -", &text));
    insta::assert_snapshot!("explain_currency", run("explain - --option fargate", &text));
    let mut report = json("compare - --format json", &text);
    let stated = report["scenario"].as_object_mut().unwrap().remove("currency").unwrap();
    assert_eq!(stated, serde_json::json!({"code": "EUR", "rate": "0.92", "as_of": "2026-11-01"}));
    assert_eq!(report, json("compare - --format json", &with_month("730h")), "amounts stay US dollars");
}

#[test]
fn wrong_months_and_currencies_are_refused_at_their_place() {
    let lines = [
        "month = \"2026-02-20..2026-02-10\"",
        "month = \"2026-02-20..2026-03-10\"",
        "month = \"2026-02-20..2026-02-30\"",
        "currency = \"EUR\"",
        "currency = { code = \"eur\", rate = 0.92, as_of = 2026-11-01 }",
        "currency = { code = \"USD\", rate = 1, as_of = 2026-11-01 }",
        "currency = { code = \"EUR\", rate = 0, as_of = 2026-11-01 }",
        "currency = { code = \"EUR\", rate = \"0.9..1\", as_of = 2026-11-01 }",
        "currency = { code = \"EUR\", rate = 0.92 }",
        "curency = { code = \"EUR\", rate = 0.92, as_of = 2026-11-01 }",
    ];
    let told = lines.map(|line| {
        let header = format!("region = \"us-east-1\"\n{line}");
        let answer = ask("compare -", GOOD.replace("region = \"us-east-1\"", &header).as_bytes());
        assert_eq!(answer.code, 1, "{line}: {}", answer.stdout);
        answer.stderr
    });
    insta::assert_snapshot!("refused", told.join("\n"));
}
