//! `weigh savings`: what each strategy saves, what it excludes, and the best together.

mod support;

use serde_json::Value;
use support::{Answer, ask};

/// Rates of commitments and of Fargate Spot, which the frozen book has none of.
const RATES: &str = "crates/weigh-core/tests/data/commitments.csv";

/// A shop that pays for more than it needs.
const SHOP: &str = r#"[scenario]
name = "Shop"
region = "us-east-1"
month = "2026-04"

[traffic]
rate = "20/s"
peak_hours = "09:00-17:00"
peak_days = "mon-fri"
peak_factor = 2

[supporting]
log_retention = "90 d"
image_versions = 10

[[component]]
name = "api"
vcpu = 0.5
memory = "1 GiB"
cpu_time = "20 ms"
wait_time = "100 ms"
concurrency = 8
start_up_time = "2 s"
image_size = "200 MB"
log_size = "2 KB"

[[option]]
platform = "fargate"
tasks = 12
network = "nat"

[[option]]
platform = "ecs-ec2"
instance_type = "t3.medium"
tasks = 12

[[option]]
platform = "lightsail"
power = "large"
"#;

fn with_rates(scenario: &str, words: &str) -> Answer {
    ask(&format!("savings - --prices {RATES} {words}"), scenario.as_bytes())
}

fn json(scenario: &str, words: &str) -> Value {
    let answer = with_rates(scenario, &format!("{words} --format json"));
    serde_json::from_str(&answer.stdout).unwrap_or_else(|error| panic!("{error}: {}", answer.transcript()))
}

fn strategy<'a>(option: &'a Value, id: &str) -> &'a Value {
    let all = option["strategies"].as_array().expect("strategies");
    all.iter().find(|each| each["strategy"] == id).unwrap_or_else(|| panic!("no {id}"))
}

fn amount(value: &Value) -> f64 {
    value.as_str().and_then(|text| text.parse().ok()).expect("a decimal string")
}

#[test]
fn each_option_tells_what_it_could_save() {
    insta::assert_snapshot!(with_rates(SHOP, "").transcript());
}

#[test]
fn other_formats() {
    for format in ["json", "markdown", "csv"] {
        let words = format!("--option ecs-ec2 --hours 07:00-19:00 --format {format}");
        insta::assert_snapshot!(format!("ecs-ec2_{format}"), with_rates(SHOP, &words).transcript());
    }
}

#[test]
fn the_total_is_no_sum_and_never_below_zero() {
    for words in ["", "--days mon-fri"] {
        for option in json(SHOP, words)["options"].as_array().expect("options") {
            let (base, combined) = (amount(&option["monthly_cost"]), &option["combined"]);
            let (after, saving) = (amount(&combined["monthly_cost"]), amount(&combined["saving"]));
            assert!((base - saving - after).abs() < 1e-9 && after >= 0.0 && saving >= 0.0, "{option}");
            assert!(saving <= amount(&combined["all_added_up"]) + 1e-9, "{option}");
            for each in option["strategies"].as_array().expect("strategies") {
                let alone = each["saving"].as_str().map_or(0.0, |_| amount(&each["saving"]));
                let counts =
                    each["status"] == "saves" && (each["only_if_asked"] == false || !words.is_empty());
                assert!(!counts || alone <= saving + 1e-9, "{each} saves more alone than {saving}");
                if each["combined"] == true {
                    for other in each["excludes"].as_array().expect("a list") {
                        let other = strategy(option, other["strategy"].as_str().expect("an id"));
                        assert_eq!(other["combined"], false, "{each} and {other}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_schedule_is_combined_only_when_asked_for() {
    let silent = json(SHOP, "--option fargate");
    let schedule = strategy(&silent["options"][0], "schedule").clone();
    assert_eq!((&schedule["status"], &schedule["combined"]), (&"saves".into(), &false.into()));
    let asked = json(SHOP, "--option fargate --hours 08:00-20:00");
    let told = strategy(&asked["options"][0], "schedule");
    assert_eq!((&told["saving"], &told["combined"]), (&schedule["saving"], &true.into()));
    assert_eq!(asked["schedule"]["stated"], true);
}

#[test]
fn a_strategy_that_fails_a_need_is_not_combined() {
    // Five times the traffic within a minute is more than one task and slow additions can take.
    let steep = SHOP.replace("peak_factor = 2", "peak_factor = 5").replace("\"20 ms\"", "\"50 ms\"");
    let told = json(&steep.replace("tasks = 12", "tasks = 18"), "--option fargate");
    let option = &told["options"][0];
    for each in option["strategies"].as_array().expect("strategies") {
        let failed = !each["failed_needs"].as_array().expect("a list").is_empty();
        assert_eq!(failed, each["status"] == "fails", "{each}");
        assert!(!failed || each["combined"] == false, "{each}");
    }
    let tracking = strategy(option, "autoscaling");
    assert_eq!(tracking["status"], "fails", "{tracking}");
}

#[test]
fn objects_that_age_move_to_colder_classes() {
    let bucket = "\n[[service]]\nkind = \"s3\"\nmonthly_upload = \"500 GB\"\nretention_days = 365\n";
    let told = json(&format!("{SHOP}{bucket}"), "--option lightsail");
    let lifecycle = strategy(&told["options"][0], "lifecycle");
    let change = lifecycle["change"].as_str().unwrap_or_default();
    assert_eq!(lifecycle["status"], "saves", "{lifecycle}");
    assert!(change.contains("objects of s3 move to colder classes after 30 days and 90 days"), "{change}");
}

#[test]
fn wrong_usage_is_refused() {
    let mut told = String::new();
    for words in ["--option fargat", "--hours 8-to-5", "--days mon-fry"] {
        told.push_str(&with_rates(SHOP, words).transcript());
    }
    insta::assert_snapshot!(told);
}

#[test]
fn no_bill_to_save_on_fails_the_gate() {
    let needs = SHOP.replace("[supporting]", "[needs]\np95_latency = \"1 ms\"\n\n[supporting]");
    let answer = with_rates(&needs, "--option fargate");
    assert_eq!(answer.code, 2, "{}", answer.transcript());
    assert!(answer.stdout.contains("rejected: there is no bill to save on"), "{}", answer.transcript());
}
