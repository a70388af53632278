//! Ranges: quantities as `low..high`, from the file to the reports.

mod support;

use rust_decimal::Decimal;
use serde_json::Value;
use support::{GOOD, ask, run};

/// A scenario with ranges of every kind that a component may have.
const RANGED: &str = r#"[scenario]
name = "Shop"
region = "us-east-1"

[traffic]
rate = "5_000..200_000/day"

[[component]]
name = "api"
vcpu = 0.5
memory = "1 GiB"
cpu_time = "50..60..80 ms"
response_size = "10..60 KB"
concurrency = "2..8"
start_up_time = "1 s"

[needs]
monthly_budget = "$60"
"#;

fn json(command: &str, text: &str) -> Value {
    let answer = ask(command, text.as_bytes());
    assert_ne!(answer.code, 1, "{}", answer.stderr);
    serde_json::from_str(&answer.stdout).expect("JSON")
}

fn amount(value: &Value) -> Option<Decimal> {
    value.as_str().map(|text| text.parse().expect("a decimal"))
}

#[test]
fn a_comparison_has_both_ends() {
    insta::assert_snapshot!("compare_text", run("compare -", RANGED));
    insta::assert_snapshot!("compare_csv", run("compare - --format csv", RANGED));
}

#[test]
fn an_explanation_has_both_ends() {
    insta::assert_snapshot!("explain_text", run("explain - --option fargate", RANGED));
    insta::assert_snapshot!("explain_csv", run("explain - --option fargate --format csv", RANGED));
}

#[test]
fn a_simulation_says_what_it_takes() {
    let answer = ask("simulate - --option fargate", RANGED.as_bytes());
    assert!(answer.stdout.contains("ranges are taken at what is expected"), "{}", answer.stdout);
}

#[test]
fn every_amount_lies_between_its_ends() {
    let report = json("compare - --format json", RANGED);
    assert_eq!(report["ranges"]["quantities"].as_array().unwrap().len(), 4);
    let mut amounts = 0;
    for option in report["options"].as_array().unwrap() {
        let ranges = ["monthly_cost", "annual_cost", "three_year_cost"].map(|key| &option["range"][key]);
        assert_eq!(ranges[0]["expected"], option["monthly_cost"], "{option}");
        let charges = option["charges"].as_array().unwrap().iter().map(|charge| &charge["range"]);
        for range in ranges.into_iter().chain(charges) {
            let [low, expected, high] = ["low", "expected", "high"].map(|end| amount(&range[end]));
            let expected = expected.unwrap();
            assert!(low.is_none_or(|low| low <= expected), "{range}");
            assert!(high.is_none_or(|high| expected <= high), "{range}");
            amounts += 1;
        }
        let times = |months: u32| amount(&option["monthly_cost"]).unwrap() * Decimal::from(months);
        assert_eq!(amount(&option["annual_cost"]), Some(times(12)));
        assert_eq!(amount(&option["three_year_cost"]), Some(times(36)));
        let high = amount(&option["range"]["monthly_cost"]["high"]).unwrap() * Decimal::from(12);
        assert_eq!(amount(&option["range"]["annual_cost"]["high"]), Some(high));
    }
    assert!(amounts > 20, "{amounts}");
}

/// Each end of the report is what a scenario with the end's values comes to.
#[test]
fn an_end_is_the_scenario_with_its_values() {
    let point = |rate: &str, cpu: &str, size: &str, concurrency: &str| {
        let text = RANGED.replace("5_000..200_000/day", rate).replace("50..60..80 ms", cpu);
        json("compare - --format json", &text.replace("10..60 KB", size).replace("\"2..8\"", concurrency))
    };
    let report = json("compare - --format json", RANGED);
    let costs = |report: &Value, name: &str| {
        let options = report["options"].as_array().unwrap();
        options.iter().find(|option| option["name"] == name).unwrap()["monthly_cost"].clone()
    };
    let low = point("5_000/day", "50 ms", "10 KB", "8");
    let expected = point("102_500/day", "60 ms", "35 KB", "5");
    let high = point("200_000/day", "80 ms", "60 KB", "2");
    for option in report["options"].as_array().unwrap() {
        let name = option["name"].as_str().unwrap();
        let mut ends = [&low, &expected, &high].map(|end| costs(end, name));
        assert_eq!(option["monthly_cost"], ends[1], "{name}");
        ends.sort_by_key(amount);
        assert_eq!(option["range"]["monthly_cost"]["low"], ends[0], "{name}");
        assert_eq!(option["range"]["monthly_cost"]["high"], ends[2], "{name}");
    }
    assert_eq!(report["ranges"]["recommended_low"], low["recommended"]);
    assert_eq!(report["ranges"]["recommended_high"], high["recommended"]);
}

#[test]
fn what_is_otherwise_at_an_end_is_told() {
    let report = json("compare - --format json", RANGED);
    let findings: Vec<&str> =
        report["ranges"]["findings"].as_array().unwrap().iter().map(|each| each.as_str().unwrap()).collect();
    let told = |part: &str| findings.iter().any(|finding| finding.contains(part));
    assert!(told("At the high end fargate is rejected: monthly_budget"), "{findings:#?}");
    let wide = RANGED.replace("5_000..200_000", "1_000..5_000_000").replace("monthly_budget = \"$60\"", "");
    let report = json("compare - --format json", &wide);
    let otherwise = "At the low end of the ranges lambda is recommended, not fargate.";
    assert_eq!(report["ranges"]["findings"][0], otherwise);
    // A need that only the low end meets.
    let tight = RANGED.replace("$60", "$47");
    let report = json("compare - --format json", &tight);
    let findings = report["ranges"]["findings"].to_string();
    assert!(
        findings.contains("At the low end fargate is ranked, although it is rejected here."),
        "{findings}"
    );
    let fargate = report["options"].as_array().unwrap().iter().find(|option| option["name"] == "fargate");
    let high = &fargate.unwrap()["range"]["high"];
    assert_eq!(high["status"], "rejected");
    assert!(
        high["reasons"][0].as_str().unwrap().starts_with("monthly_budget: needs at most $47.00"),
        "{high}"
    );
}

#[test]
fn equal_ends_are_the_value() {
    let point = json("compare - --format json", GOOD);
    let text = GOOD.replace("10_000/day", "10_000..10_000/day").replace("\"1 GiB\"", "\"1..1 GiB\"");
    let mut ranged = json("compare - --format json", &text);
    assert!(ranged["ranges"]["findings"].as_array().unwrap().is_empty());
    for option in ranged["options"].as_array_mut().unwrap() {
        let range = option.as_object_mut().unwrap().remove("range").unwrap();
        let cost = &range["monthly_cost"];
        assert_eq!([&cost["low"], &cost["high"]], [&option["monthly_cost"]; 2]);
        for charge in option["charges"].as_array_mut().unwrap() {
            let range = charge.as_object_mut().unwrap().remove("range").unwrap();
            assert_eq!([&range["low"], &range["high"]], [&charge["cost"]; 2]);
        }
    }
    ranged.as_object_mut().unwrap().remove("ranges");
    assert_eq!(ranged, point, "without the ranges it is the same report");
    assert!(point.get("ranges").is_none() && point["options"][0].get("range").is_none());
}

#[test]
fn wrong_ranges_are_refused_at_their_place() {
    insta::assert_snapshot!("refused", {
        let lines = [
            "memory = \"2..1 GiB\"",
            "memory = \"1..3..2 GiB\"",
            "memory = \"1 GiB..\"",
            "memory = \"1 GiB..2\"",
            "memory = \"1..2..3..4 GiB\"",
            "memory = \"1...5 GiB\"",
            "memory = \"1 GiB\"\nconcurrency = \"0..4\"",
            "memory = \"1 GiB\"\nstate = \"none..session\"",
            "memory = \"1 GiB\"\ninternal = \"false..true\"",
            "memory = \"1 GiB\"\nidle_memory = \"600..900 MB\"\nmemory_per_request = \"200..300 MB\"",
        ];
        let tried = lines.map(|line| ask("compare -", GOOD.replace("memory = \"1 GiB\"", line).as_bytes()));
        tried
            .iter()
            .map(|answer| {
                assert_eq!(answer.code, 1, "{}", answer.stdout);
                answer.stderr.clone()
            })
            .collect::<Vec<_>>()
            .join("\n")
    });
}

/// The one place that says of what more is cheaper names only what scenarios have.
#[test]
fn what_is_cheaper_with_more_is_a_key() {
    let schema = ask("schema", b"").stdout;
    for (_, key, why) in weigh_core::scenario::CHEAPER_WITH_MORE {
        assert!(schema.contains(&format!("\"{key}\": {{")), "{key}: {why}");
    }
}
