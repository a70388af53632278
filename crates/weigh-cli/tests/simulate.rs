//! `weigh simulate`: the month of an option, its charts, its timeline, and what it refuses.

mod support;

use serde_json::Value;
use support::folder::Folder;
use support::{Answer, GOOD, ask, with};

/// A shop whose busy hours bring five times the usual rate.
const DAILY: &str = r#"[scenario]
name = "Shop"
region = "us-east-1"
month = "2026-04"

[traffic]
rate = "20/s"
peak_hours = "09:00-17:00"
peak_days = "mon-fri"
peak_factor = 5

[[component]]
name = "api"
vcpu = 0.5
memory = "1 GiB"
cpu_time = "50 ms"
wait_time = "100 ms"
concurrency = 8
start_up_time = "2 s"
image_size = "200 MB"

[[option]]
platform = "fargate"
min_capacity = 1

[[option]]
name = "prepared"
platform = "fargate"
min_capacity = 6

[[option]]
name = "held-back"
platform = "fargate"
max_capacity = 4

[[option]]
platform = "ecs-ec2"
instance_type = "t3.medium"
min_capacity = 6
"#;

/// A function that bursts every six hours.
const BURSTS: &str = r#"[scenario]
name = "Nightly"
region = "us-east-1"

[traffic]
rate = "2/s"
[[traffic.burst]]
factor = 20
length = "5 min"
every = "6 h"

[[component]]
name = "resize"
vcpu = 1
memory = "1 GiB"
cpu_time = "200 ms"
runtime = "python3.13"
image_size = "20 MB"

[[option]]
platform = "lambda"
concurrency_quota = 12
"#;

/// The answer on a scenario of this text, from standard input.
fn simulate(scenario: &str, words: &str) -> Answer {
    ask(&format!("simulate - {words}"), scenario.as_bytes())
}

fn json(scenario: &str, words: &str) -> Value {
    let answer = simulate(scenario, &format!("{words} --format json"));
    serde_json::from_str(&answer.stdout).unwrap_or_else(|error| panic!("{error}: {}", answer.transcript()))
}

#[test]
fn a_steady_option_has_its_month() {
    insta::assert_snapshot!(ask("simulate scenarios/ai-prism.toml --option fargate", b"").transcript());
}

#[test]
fn tasks_that_follow_the_day_come_late_and_the_month_says_so() {
    let answer = simulate(DAILY, "--option fargate");
    assert_eq!(answer.code, 2, "requests are dropped");
    insta::assert_snapshot!(answer.transcript());
}

#[test]
fn an_upper_bound_in_the_way_is_told_with_what_would_have_served() {
    let answer = simulate(DAILY, "--option held-back");
    assert_eq!(answer.code, 2);
    let (_, findings) = answer.stdout.split_once("Findings\n").unwrap();
    let (findings, _) = findings.split_once("\n\n").unwrap();
    insta::assert_snapshot!(findings);
}

#[test]
fn tasks_on_instances_have_both_counted() {
    let answer = simulate(DAILY, "--option ecs-ec2");
    assert_eq!(answer.code, 0, "{}", answer.transcript());
    insta::assert_snapshot!(answer.transcript());
}

#[test]
fn functions_in_bursts_start_cold_and_are_refused_at_their_limit() {
    insta::assert_snapshot!(simulate(BURSTS, "--option lambda").transcript());
}

#[test]
fn other_formats() {
    for format in ["markdown", "csv", "json"] {
        let answer = simulate(DAILY, &format!("--option prepared --format {format}"));
        assert_eq!(answer.code, 0, "{}", answer.transcript());
        insta::assert_snapshot!(format!("prepared_{format}"), answer.stdout);
    }
    insta::assert_snapshot!("lambda_csv", simulate(BURSTS, "--option lambda --format csv").stdout);
}

/// Cost, latency and cold starts are those of the comparison.
#[test]
fn the_figures_are_those_of_the_comparison() {
    for scenario in [DAILY, BURSTS, GOOD] {
        let compared = ask("compare - --format json", scenario.as_bytes()).stdout;
        let compared: Value = serde_json::from_str(&compared).unwrap();
        for option in compared["options"].as_array().unwrap() {
            let name = option["name"].as_str().unwrap();
            let simulated = json(scenario, &format!("--option {name}"));
            for field in ["size", "monthly_cost", "latency", "cold_start_share", "failed_needs"] {
                assert_eq!(simulated["option"][field], option[field], "{name}: {field}");
            }
            // What a comparison says of the month stands among the findings of its simulation.
            let (own, all) = (&simulated["option"]["notes"], &option["notes"]);
            assert!(
                own.as_array().unwrap().iter().all(|note| all.as_array().unwrap().contains(note)),
                "{name}"
            );
            let ranked = option["status"] == "ranked";
            assert_eq!(simulated["option"]["status"] == "simulated", ranked, "{name}");
        }
    }
}

#[test]
fn one_seed_gives_the_same_bytes_twice() {
    let ask = |seed: &str| {
        let folder = Folder::with_book();
        folder.write("bursts.toml", BURSTS);
        let words = format!("--option lambda --prices book --out month.csv --seed {seed}");
        let answer = folder.ask(&format!("simulate bursts.toml {words}"));
        (answer.stdout, folder.read("month.csv"))
    };
    let (first, second, other) = (ask("7"), ask("7"), ask("8"));
    assert_eq!(first, second);
    assert_ne!(first.0, other.0, "another seed draws other requests");
}

#[test]
fn every_request_is_counted_by_asking() {
    let steady = with("platform", "platform = \"lambda\"");
    let formula = json(&steady, "--option lambda");
    let events = json(&steady, "--option lambda --events");
    let cold = |report: &Value| report["components"][0]["cold_starts"].clone();
    assert_eq!(
        (&formula["steady"], &cold(&formula)["method"]),
        (&Value::Bool(false), &Value::from("formula"))
    );
    assert_eq!((&events["steady"], &cold(&events)["method"]), (&Value::Bool(false), &Value::from("events")));
    let share = |report: &Value| report["option"]["cold_start_share"].as_f64().unwrap();
    assert!(cold(&events)["half_width"].as_f64().unwrap() < 0.05 * share(&events), "{events:#}");
    // The formula's bound of error where servers are given up at an age.
    assert!((share(&formula) / share(&events) - 1.0).abs() < 0.2, "{events:#}");
    let refused = simulate(DAILY, "--option fargate --events");
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    assert!(
        refused.stderr.contains("--events: Fargate starts no server for each request"),
        "{}",
        refused.stderr
    );
}

/// A timeline in a folder of its own, and everything else that lies there.
fn timeline(scenario: &str, option: &str, file: &str) -> (Answer, String) {
    let folder = Folder::with_book();
    folder.write("shop.toml", scenario);
    let answer = folder.ask(&format!("simulate shop.toml --option {option} --prices book --out {file}"));
    let mut expected = vec!["book".to_owned(), file.to_owned(), "shop.toml".to_owned()];
    expected.sort_unstable();
    assert_eq!(folder.names(), expected);
    (answer, folder.read(file))
}

#[test]
fn a_timeline_has_a_row_for_each_minute() {
    let first = |text: &str, lines: usize| text.lines().take(lines).collect::<Vec<_>>().join("\n");
    let (answer, csv) = timeline(DAILY, "ecs-ec2", "month.csv");
    assert_eq!(answer.code, 0);
    assert_eq!(csv.lines().count(), 30 * 24 * 60 + 1);
    insta::assert_snapshot!("timeline_fleet_csv", first(&csv, 3));
    let (_, csv) = timeline(BURSTS, "lambda", "month.csv");
    insta::assert_snapshot!("timeline_lambda_csv", first(&csv, 7));
    let (_, text) = timeline(DAILY, "prepared", "month.json");
    insta::assert_snapshot!("timeline_json", first(&text, 26));
    let timeline: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(timeline["rows"].as_array().unwrap().len(), 30 * 24 * 60);
}

#[test]
fn what_cannot_be_simulated_is_refused_and_nothing_is_written() {
    let mut catalogue = String::new();
    let folder = Folder::with_book();
    folder.write("shop.toml", DAILY);
    for words in [
        "--option fargat",
        "--option fargate --out month.txt",
        "--option fargate --out month",
        "--option fargate --out nowhere/month.csv",
        "--option fargate --out .",
        "--option fargate --seed many",
        "--option fargate --events --out month.csv",
        "",
    ] {
        let answer = folder.ask(&format!("simulate shop.toml --prices book {words}"));
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}");
        catalogue.push_str(&answer.transcript());
    }
    assert_eq!(folder.names(), ["book", "shop.toml"]);
    insta::assert_snapshot!(catalogue);
}

#[test]
fn an_option_without_a_deployment_or_a_price_is_told_and_fails_the_gate() {
    let folder = Folder::new();
    for words in [
        "--option lambda".to_owned(),
        format!("--option fargate --region ap-south-1 --out {}", folder.path.join("month.csv").display()),
    ] {
        let answer = ask(&format!("simulate scenarios/ai-prism.toml {words}"), b"");
        assert_eq!(answer.code, 2, "{}", answer.transcript());
        insta::assert_snapshot!(
            if words.contains("lambda") { "rejected" } else { "unpriced" },
            answer.stdout
        );
    }
    assert!(folder.names().is_empty(), "there is no month to write");
}
