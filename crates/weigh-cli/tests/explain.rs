//! `weigh explain`: every charge of an option with its factors, rate, source and date.

mod support;

use rust_decimal::Decimal;
use serde_json::Value;
use support::{ask, run};

const RANKED: [&str; 4] = ["ec2-compose", "ecs-ec2", "fargate", "lightsail"];

#[test]
fn every_ranked_platform_is_explained() {
    for option in RANKED {
        let words = format!("explain scenarios/ai-prism.toml --option {option}");
        insta::assert_snapshot!(option, run(&words, ""));
    }
}

#[test]
fn a_rejected_option_says_which_needs_it_fails() {
    let answer = ask("explain scenarios/ai-prism.toml --option lambda", b"");
    assert_eq!(answer.code, 0, "other options meet the needs");
    insta::assert_snapshot!(answer.transcript());
}

#[test]
fn several_components_are_explained_one_by_one() {
    insta::assert_snapshot!(run("explain scenarios/aldeia-staging.toml --option fargate", ""));
}

#[test]
fn services_are_explained_behind_the_deployment() {
    let words = "explain crates/weigh-cli/tests/data/services.toml --option fargate";
    insta::assert_snapshot!(run(words, ""));
}

/// What the application uses beside its servers costs the same wherever it runs.
#[test]
fn every_option_is_billed_the_services_alike() {
    let of_services = |option: &str| {
        let words =
            format!("explain crates/weigh-cli/tests/data/services.toml --option {option} --format json");
        let report: Value = serde_json::from_str(&ask(&words, b"").stdout).unwrap();
        let charges = report["option"]["charges"].as_array().unwrap().clone();
        let is_service =
            |charge: &&Value| !["", "api", "worker"].contains(&charge["component"].as_str().unwrap());
        let lines = charges.iter().filter(is_service).map(|charge| charge.to_string().replace(option, ""));
        lines.collect::<Vec<_>>()
    };
    let fargate = of_services("fargate");
    assert!(fargate.len() > 20, "{fargate:?}");
    for option in ["lambda", "lightsail"] {
        assert_eq!(of_services(option), fargate, "{option}");
    }
}

#[test]
fn other_formats() {
    for format in ["markdown", "csv", "json"] {
        let words = format!("explain scenarios/ai-prism.toml --option fargate --format {format}");
        insta::assert_snapshot!(format!("fargate_{format}"), run(&words, ""));
    }
}

#[test]
fn json_explains_the_option_that_the_comparison_ranks() {
    let compared = ask("compare scenarios/ai-prism.toml --format json", b"").stdout;
    let compared: Value = serde_json::from_str(&compared).unwrap();
    for option in RANKED {
        let words = format!("explain scenarios/ai-prism.toml --option {option} --format json");
        let report: Value = serde_json::from_str(&ask(&words, b"").stdout).unwrap();
        assert_eq!(report["schema_version"], 1);
        assert_eq!(report["kind"], "explanation");
        let ranked = compared["options"].as_array().unwrap();
        let same = ranked.iter().find(|each| each["name"] == option).unwrap();
        assert_eq!(&report["option"], same, "{option}");
        let adds = report["score"].as_array().unwrap().iter().map(|each| each["adds"].as_f64().unwrap());
        assert!((adds.sum::<f64>() - same["score"].as_f64().unwrap()).abs() < 1e-12, "{option}");
        assert_eq!(report["components"][0]["component"], "app");
    }
}

#[test]
fn csv_sums_to_the_monthly_cost() {
    let csv = ask("explain scenarios/ai-prism.toml --option fargate --format csv", b"").stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let cost = reader.headers().unwrap().iter().position(|column| column == "cost_usd").unwrap();
    let costs: Vec<Decimal> = reader.records().map(|row| row.unwrap()[cost].parse().unwrap()).collect();
    let json = ask("explain scenarios/ai-prism.toml --option fargate --format json", b"").stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    let total: Decimal = json["option"]["monthly_cost"].as_str().unwrap().parse().unwrap();
    assert_eq!(costs.iter().sum::<Decimal>(), total);
}

#[test]
fn a_borrowed_price_is_marked() {
    let words = "--region ap-south-1 --assume-missing-from us-east-1 --option fargate";
    let answer = ask(&format!("explain scenarios/ai-prism.toml {words}"), b"");
    assert_eq!(answer.code, 0);
    let marked = |line: &&str| line.contains("borrowed from us-east-1");
    let lines: Vec<&str> = answer.stdout.lines().filter(marked).map(str::trim).collect();
    insta::assert_snapshot!(lines.join("\n"), @"elb/application-lcu-hours [3], seen 2026-10-07, borrowed from us-east-1");
    let csv = ask(&format!("explain scenarios/ai-prism.toml {words} --format csv"), b"").stdout;
    assert_eq!(csv.lines().filter(|line| line.ends_with(",us-east-1,")).count(), lines.len());
}

#[test]
fn an_option_that_cannot_be_priced_names_what_is_missing() {
    let answer = ask("explain scenarios/ai-prism.toml --option fargate --region ap-south-1", b"");
    assert_eq!(answer.code, 0, "other options can be priced");
    insta::assert_snapshot!(answer.transcript());
}

#[test]
fn an_unknown_option_is_answered_with_the_known_ones() {
    for (option, hint) in
        [("fargat", "did you mean `fargate`?"), ("kubernetes", "it has fargate, ec2-compose")]
    {
        let answer = ask(&format!("explain scenarios/ai-prism.toml --option {option}"), b"");
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{option}");
        assert!(answer.stderr.contains(hint), "{}", answer.stderr);
    }
}
