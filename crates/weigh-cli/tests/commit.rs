//! `weigh commit`: what to commit to, what has nothing to commit, what is refused; and commitments that a scenario states.

mod support;

use serde_json::Value;
use support::{Answer, GOOD, ask, ask_plainly, with};

/// Rates of commitments, which the frozen book has none of.
const RATES: &str = "crates/weigh-core/tests/data/commitments.csv";

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
min_capacity = 6

[[option]]
platform = "ecs-ec2"
instance_type = "t3.medium"
min_capacity = 6

[[option]]
name = "all-spot"
platform = "fargate"
min_capacity = 6
spot_share = 1.0

[[option]]
platform = "lightsail"
power = "large"
"#;

const STATED: &str = r#"
[[commitment]]
kind = "compute-savings-plan"
hourly = "$0.10"
term = "1-year"
payment = "no-upfront"

[[commitment]]
kind = "reserved-instance"
instance_type = "t3.medium"
count = 2
term = "3-years"
payment = "all-upfront"
option = "ecs-ec2"
"#;

fn with_rates(command: &str, scenario: &str, words: &str) -> Answer {
    ask(&format!("{command} - --prices {RATES} {words}"), scenario.as_bytes())
}

fn json(command: &str, scenario: &str, words: &str) -> Value {
    let answer = with_rates(command, scenario, &format!("{words} --format json"));
    serde_json::from_str(&answer.stdout).unwrap_or_else(|error| panic!("{error}: {}", answer.transcript()))
}

/// A decimal string of a report, in cents.
fn cents(value: &Value) -> i64 {
    let dollars: f64 = value.as_str().and_then(|text| text.parse().ok()).expect("a decimal string");
    #[allow(clippy::cast_possible_truncation, reason = "amounts of a test")]
    let cents = (dollars * 100.0).round() as i64;
    cents
}

#[test]
fn each_option_has_its_best_levels() {
    insta::assert_snapshot!(with_rates("commit", DAILY, "").transcript());
}

#[test]
fn other_formats() {
    for format in ["json", "markdown", "csv"] {
        let words = format!("--option ecs-ec2 --term 1-year --falls 50% --format {format}");
        insta::assert_snapshot!(
            format!("ecs-ec2_{format}"),
            with_rates("commit", DAILY, &words).transcript()
        );
    }
}

#[test]
fn the_figures_of_a_level_belong_together() {
    let told = json("commit", DAILY, "");
    let mut levels = 0;
    for option in told["options"].as_array().expect("options") {
        let (without, falls) = (&option["monthly_cost"], &option["monthly_cost_if_falls"]);
        for level in option["levels"].as_array().expect("levels") {
            levels += 1;
            assert!((cents(without) - cents(&level["monthly_cost"]) - cents(&level["saving"])).abs() <= 1);
            let then =
                cents(falls) - cents(&level["monthly_cost_if_falls"]) - cents(&level["saving_if_falls"]);
            assert!(then.abs() <= 1, "{level}");
            assert!(cents(&level["saving"]) > 0, "{level}");
            for each in level["commitments"].as_array().expect("commitments") {
                let (used, break_even) = (&each["utilisation"], &each["break_even"]);
                assert!(used.as_f64() > break_even.as_f64(), "{each}");
                // Paid at once and month by month is the fee over the term.
                let months = if each["term"] == "1-year" { 8_760 / 720 } else { 26_280 / 720 };
                let paid = cents(&each["upfront"]) + cents(&each["then_monthly"]) * months;
                let hours = if each["term"] == "1-year" { 8_760.0 / 720.0 } else { 26_280.0 / 720.0 };
                let fee: f64 = cents(&each["monthly_fee"]) as f64 * hours;
                assert!((paid as f64 - fee).abs() <= fee * 0.03 + 100.0, "{each}");
            }
        }
    }
    assert!(levels > 8, "{told}");
}

#[test]
fn what_has_nothing_to_commit_to_says_so() {
    let told = json("commit", DAILY, "");
    for name in ["all-spot", "lightsail"] {
        let options = told["options"].as_array().expect("options");
        let option = options.iter().find(|option| option["name"] == name).expect("the option");
        assert_eq!(option["levels"], Value::Array(Vec::new()), "{name}");
        assert_eq!(option["notes"][0], "nothing to commit to: no commitment covers what it uses", "{name}");
    }
    // Without any rate every commitment is named with the price that it lacks, and nothing is zero.
    let lacking = ask("commit - --option ecs-ec2", DAILY.as_bytes());
    assert_eq!(lacking.code, 0, "{}", lacking.transcript());
    let flowing = lacking.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for wanted in [
        "no price for ec2-reserved/instance-hours/t3.medium/standard-1-year-no-upfront in us-east-1",
        "no price for compute-savings-plan/instance-hours/t3.medium/3-years-all-upfront in us-east-1",
        "add it to crates/weigh-core/tests/book/aws/us-east-1/ec2-reserved.csv",
    ] {
        assert!(flowing.contains(wanted), "{wanted}: {}", lacking.stdout);
    }
}

#[test]
fn stated_commitments_are_explained_charge_by_charge() {
    let stated = format!("{DAILY}{STATED}");
    insta::assert_snapshot!(with_rates("explain", &stated, "--option ecs-ec2").transcript());
    let option = &json("explain", &stated, "--option ecs-ec2")["option"];
    let charges = option["charges"].as_array().expect("charges");
    let sum: f64 =
        charges.iter().map(|charge| charge["cost"].as_str().unwrap().parse::<f64>().unwrap()).sum();
    assert!((sum - option["monthly_cost"].as_str().unwrap().parse::<f64>().unwrap()).abs() < 1e-9);
    assert_eq!(option["commitments"][0]["utilisation"], 1.0);
    // The comparison, the simulation and the explanation say the same.
    let compared = json("compare", &stated, "");
    let same = compared["options"].as_array().unwrap().iter().find(|each| each["name"] == "ecs-ec2").unwrap();
    assert_eq!(same["monthly_cost"], option["monthly_cost"]);
    let simulated = json("simulate", &stated, "--option ecs-ec2");
    assert_eq!(simulated["option"]["monthly_cost"], option["monthly_cost"]);
    let given: Vec<&str> =
        compared["assumptions"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for wanted in [
        "Committed to Compute Savings Plan of $0.10/h, 1-year, no-upfront: paid by every option in each hour, used or not.",
        "Committed to 2 reserved t3.medium, standard, 3-years, all-upfront: paid by ecs-ec2 alone in each hour, used or not.",
    ] {
        assert!(given.contains(&wanted), "{given:?}");
    }
}

/// One wrong table: what it says, and what is told.
#[test]
fn wrong_commitments_are_told_at_their_place() {
    let plan = "kind = \"compute-savings-plan\"\nhourly = \"$1\"";
    let reserved = "kind = \"reserved-instance\"\ninstance_type = \"t3.medium\"";
    let terms = "term = \"1-year\"\npayment = \"no-upfront\"";
    let mut told = String::new();
    for wrong in [
        "kind = \"savings-plan\"\nterm = \"1-year\"\npayment = \"no-upfront\"".to_owned(),
        format!("kind = \"compute-savings-plan\"\n{terms}"),
        format!("{plan}\ncount = 2\n{terms}"),
        format!("{plan}\nterm = \"2-years\"\npayment = \"no-upfront\""),
        format!("{plan}\nterm = \"1-year\""),
        format!("kind = \"compute-savings-plan\"\nhourly = 1\n{terms}"),
        format!("kind = \"compute-savings-plan\"\nhourly = \"$0\"\n{terms}"),
        format!("kind = \"reserved-instance\"\ninstance_type = \"t3.medum\"\n{terms}"),
        format!("{reserved}\ncount = 0\n{terms}"),
        format!("{reserved}\nclass = \"flexible\"\n{terms}"),
        format!("{reserved}\n{terms}\noption = \"fargat\""),
        format!("kind = \"reserved-database\"\ndatabase_type = \"t4g.medium\"\n{terms}"),
        format!("kind = \"reserved-cache-node\"\nnode_type = \"cache.t4g.mikro\"\n{terms}"),
        format!(
            "kind = \"reserved-cache-node\"\nnode_type = \"cache.t4g.micro\"\nengine = \"reddis\"\n{terms}"
        ),
        format!("{plan}\n{terms}\nhorly = \"$1\""),
    ] {
        let text = with("[needs]", &format!("[[commitment]]\n{wrong}\n\n[needs]"));
        let answer = with_rates("compare", &text, "");
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{}", answer.transcript());
        told += &format!("{}\n", answer.stderr);
    }
    insta::assert_snapshot!(told);
}

#[test]
fn reservations_that_the_book_has_no_rate_for_are_named() {
    let reserved = "[[commitment]]\nkind = \"reserved-database\"\ndatabase_type = \"db.t4g.medium\"\nterm = \"1-year\"\npayment = \"no-upfront\"\n\n[needs]";
    let answer = ask("compare -", with("[needs]", reserved).as_bytes());
    let flowing = answer.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = "no price for rds-reserved/postgresql-instance-hours/db.t4g.medium/single-az/1-year-no-upfront in us-east-1";
    assert!(answer.code == 2 && flowing.contains(wanted), "{}", answer.transcript());
}

#[test]
fn wrong_usage_is_refused() {
    let mut told = String::new();
    for words in ["--option fargat", "--term 2-years", "--falls 100%", "--falls 0", "--falls a-fifth"] {
        let answer = ask(&format!("commit - {words}"), GOOD.as_bytes());
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{}", answer.transcript());
        told += &format!("$ {words}\n{}\n", answer.stderr);
    }
    told += &ask_plainly("commit").transcript();
    insta::assert_snapshot!(told);
}

#[test]
fn no_option_to_commit_for_fails_the_gate() {
    let answer = ask("commit - --as-of 2015-01-01", GOOD.as_bytes());
    assert_eq!(answer.code, 2, "{}", answer.transcript());
    assert!(answer.stdout.contains("cannot be priced"), "{}", answer.transcript());
}
