//! `weigh compare`: golden outputs on the frozen book, and what programs may rely on.

mod support;

use rust_decimal::Decimal;
use serde_json::Value;
use support::{GOOD, ask, run, with};

const BOTH: [&str; 2] = ["ai-prism", "aldeia-staging"];

#[test]
fn both_scenarios_in_every_format() {
    for name in BOTH {
        for format in ["text", "markdown", "csv", "json"] {
            let words = format!("compare scenarios/{name}.toml --format {format}");
            insta::assert_snapshot!(format!("{name}_{format}"), run(&words, ""));
        }
    }
}

#[test]
fn json_has_a_version_and_amounts_as_decimal_strings_that_add_up() {
    for name in BOTH {
        let answer = ask(&format!("compare scenarios/{name}.toml --format json"), b"");
        assert_eq!((answer.code, answer.stderr.as_str()), (0, ""), "{name}");
        let report: Value = serde_json::from_str(&answer.stdout).unwrap();
        assert_eq!(report["schema_version"], 1);
        assert_eq!(report["kind"], "comparison");
        amount(&report["scenario"]["requests_per_month"]);
        let options = report["options"].as_array().unwrap();
        let mut platforms: Vec<&str> =
            options.iter().map(|option| option["platform"].as_str().unwrap()).collect();
        platforms.sort_unstable();
        assert_eq!(platforms, ["ec2-compose", "ecs-ec2", "fargate", "lambda", "lightsail"], "{name}");
        assert_eq!(report["recommended"], options[0]["name"]);
        for option in options {
            adds_up(option);
        }
    }
}

/// The charges of a ranked option are quantity × rate and sum to its monthly cost; a rejected one says why.
fn adds_up(option: &Value) {
    let name = &option["name"];
    if option["status"] != "ranked" {
        assert_eq!(option["status"], "rejected", "{name}");
        assert!(option["rank"].is_null() && option["score"].is_null(), "{name}");
        assert!(!option["failed_needs"].as_array().expect("needs").is_empty(), "{name}");
        return;
    }
    let charges = option["charges"].as_array().expect("charges");
    let mut sum = Decimal::ZERO;
    for charge in charges {
        let cost = amount(&charge["cost"]);
        let product = amount(&charge["quantity"]) * amount(&charge["rate"]);
        assert!((product - cost).abs() < Decimal::new(1, 12), "{name}: {charge}");
        sum += cost;
    }
    assert!(!charges.is_empty(), "{name}");
    assert_eq!(sum.normalize(), amount(&option["monthly_cost"]).normalize(), "{name}");
    assert!(amount(&option["monthly_cost_without_allowances"]) >= sum, "{name}");
    let number = |value: &Value| value.as_f64().expect("a number");
    let adds: f64 = option["contributions"].as_array().expect("contributions").iter().map(number).sum();
    assert!((adds - number(&option["score"])).abs() < 1e-12, "{name}");
}

fn amount(value: &Value) -> Decimal {
    let text = value.as_str().unwrap_or_else(|| panic!("{value} is no string"));
    text.parse().unwrap_or_else(|_| panic!("{text} is no decimal"))
}

#[test]
fn another_region_has_its_own_prices() {
    insta::assert_snapshot!(run("compare scenarios/ai-prism.toml --region eu-west-1", ""));
}

#[test]
fn a_region_with_gaps_ranks_what_can_be_priced_and_names_the_rest() {
    let answer = ask("compare scenarios/ai-prism.toml --region ap-south-1", b"");
    assert_eq!(answer.code, 0);
    assert!(answer.stdout.contains("unpriced\n"));
    insta::assert_snapshot!(answer.transcript());
}

#[test]
fn borrowed_prices_fill_the_gaps_and_are_counted() {
    let words = "compare scenarios/ai-prism.toml --region ap-south-1 --assume-missing-from us-east-1";
    let answer = ask(words, b"");
    assert!(!answer.stdout.contains("Cannot be priced"));
    let flowing = answer.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flowing.contains("1 is borrowed from another region"));
    insta::assert_snapshot!(answer.transcript());
    // The scenario's own key does the same as the flag.
    let told = ask(
        "compare - --region ap-south-1 --assume-missing-from us-east-1 --format json",
        &with("[[opt", "[[option]]").into_bytes(),
    );
    let stated = with("region", "region = \"ap-south-1\"\nassume_missing_from = \"us-east-1\"");
    let stated = ask("compare - --format json", stated.as_bytes());
    assert_eq!(told.stdout, stated.stdout);
    let report: Value = serde_json::from_str(&stated.stdout).unwrap();
    assert_eq!(report["prices"]["borrowed"], 1);
}

#[test]
fn an_older_day_has_its_own_prices() {
    insta::assert_snapshot!(run("compare scenarios/ai-prism.toml --as-of 2024-10-01", ""));
}

#[test]
fn before_the_first_price_nothing_can_be_priced() {
    let answer = ask("compare scenarios/ai-prism.toml --as-of 2001-01-01", b"");
    assert_eq!(answer.code, 2);
    insta::assert_snapshot!(answer.transcript());
    let csv = ask("compare scenarios/ai-prism.toml --as-of 2001-01-01 --format csv", b"");
    assert_eq!(csv.code, 2);
}

#[test]
fn a_platform_stands_beside_itself_by_name() {
    let scenario = with(
        "platform",
        "name = \"x86\"\nplatform = \"fargate\"\n\n[[option]]\nname = \"arm\"\nplatform = \"fargate\"\narchitecture = \"arm\"",
    );
    insta::assert_snapshot!(run("compare -", &scenario));
}

#[test]
fn no_option_meets_the_needs() {
    let answer = ask("compare -", with("min_replicas", "monthly_budget = \"$1\"").as_bytes());
    assert_eq!(answer.code, 2);
    insta::assert_snapshot!(answer.transcript());
}

#[test]
fn every_format_says_that_no_option_meets_the_needs() {
    let scenario = with("min_replicas", "monthly_budget = \"$1\"");
    for format in ["json", "markdown", "csv"] {
        let answer = ask(&format!("compare - --format {format}"), scenario.as_bytes());
        assert_eq!((answer.code, answer.stderr.as_str()), (2, ""), "{format}");
        assert!(!answer.stdout.is_empty(), "{format}");
    }
}

#[test]
fn a_scenario_from_standard_input_is_that_of_the_file() {
    let file = std::fs::read(support::root().join("scenarios/ai-prism.toml")).unwrap();
    let piped = ask("compare -", &file);
    assert_eq!(piped.stdout, ask("compare scenarios/ai-prism.toml", b"").stdout);
    assert_eq!(piped.code, 0);
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let plain = ask("compare -", GOOD.as_bytes());
    assert_eq!((plain.code, plain.stderr.as_str()), (0, ""));
    assert_eq!(ask("compare -", GOOD.replace('\n', "\r\n").as_bytes()).stdout, plain.stdout);
    assert_eq!(ask("compare -", format!("\u{feff}{GOOD}").as_bytes()).stdout, plain.stdout);
}

#[test]
fn the_age_of_a_price_is_told_in_days_before_or_after() {
    for (words, said) in [
        ("--as-of 2026-10-09", "last confirmed on 2026-10-07 (2 days before the day of the prices)."),
        ("--as-of 2026-10-08", "last confirmed on 2026-10-07 (1 day before the day of the prices)."),
        ("--as-of 2026-10-07", "last confirmed on 2026-10-07 (the day of the prices)."),
        ("--as-of 2026-10-06", "last confirmed on 2026-10-07 (1 day after the day of the prices)."),
        ("--as-of 2024-10-01", "last confirmed on 2026-10-07 (736 days after the day of the prices)."),
    ] {
        let answer = ask(&format!("compare - {words}"), GOOD.as_bytes());
        assert!(answer.stdout.contains(said), "{}", answer.stdout);
    }
}

#[test]
fn one_request_a_month_is_one_request() {
    let answer = ask("compare -", with("rate", "rate = \"1/month\"").as_bytes());
    assert_eq!(answer.code, 0);
    assert!(answer.stdout.contains("1/month, steady · 1 request a month"), "{}", answer.stdout);
}

#[test]
fn csv_lists_every_option_with_its_status_and_reason() {
    let csv = ask("compare scenarios/ai-prism.toml --format csv", b"").stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), 5);
    let reason = reader.headers().unwrap().iter().position(|column| column == "reason").unwrap();
    let lambda = rows.iter().find(|row| &row[0] == "lambda").unwrap();
    assert_eq!(&lambda[2], "rejected");
    assert!(lambda[reason].starts_with("largest_upload: needs an upload of 10 MB"), "{}", &lambda[reason]);
}

const LONG: &str = r#"
    scenario = { name = "Long", region = "us-east-1" }
    traffic = { rate = "10_000/day" }
    component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "40 ms", start_up_time = "1 s" }]
    option = [{ platform = "lightsail" }, { platform = "lambda" }, { platform = "fargate" }]
    wishes = { longest_request = 1 }
"#;

#[test]
fn what_is_unlimited_is_best_and_leaves_the_limits_apart() {
    for method in ["weighted-sum", "topsis", "promethee-2"] {
        let words = format!("compare - --method {method} --format json");
        let answer = ask(&words, LONG.as_bytes());
        let report: serde_json::Value = serde_json::from_str(&answer.stdout).expect("a report");
        let longest = &report["decision"]["criteria"][0];
        assert_eq!(longest["best"], serde_json::json!(["lightsail"]), "{method}");
        let shown = longest["cells"].as_array().expect("cells").iter().map(|cell| cell["shown"].clone());
        let shown: Vec<_> = shown.collect();
        assert_eq!(shown, ["unlimited", "4000 s", "900 s"], "{method}");
        let scores = report["decision"]["scores"].as_array().expect("scores");
        assert!(scores[1].as_f64() > scores[2].as_f64() || method == "weighted-sum", "{method}: {scores:?}");
    }
}

#[test]
fn a_normalisation_that_would_change_nothing_is_refused() {
    let answer = ask("compare - --method vikor --normalisation sum", LONG.as_bytes());
    assert_eq!((answer.code, answer.stdout.as_str()), (1, ""));
    assert!(
        answer.stderr.contains("vikor: takes the values as they are, and no normalisation"),
        "{}",
        answer.stderr
    );
}
