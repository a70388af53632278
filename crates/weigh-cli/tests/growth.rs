//! Growing traffic through the binary: where another option leads, and the month in which growth brings it there.

mod support;

use support::{ask, run};

const SHOP: &str = r#"
[scenario]
name = "Shop that grows"
region = "us-east-1"
[traffic]
rate = "1_000/day"
growth = "20 %"
months_ahead = 0
[[component]]
name = "api"
vcpu = 1
memory = "2 GiB"
cpu_time = "200 ms"
wait_time = "1.8 s"
concurrency = 4
start_up_time = "4 s"
[[option]]
platform = "lambda"
[[option]]
platform = "fargate"
"#;

#[test]
fn the_month_of_each_break_even_is_told() {
    insta::assert_snapshot!(run("compare - --break-even", SHOP));
}

/// 0 months ahead is the traffic of today: everything but the words for it is as without growth.
#[test]
fn growth_from_now_changes_no_bill() {
    let steady = SHOP.replace("growth = \"20 %\"\nmonths_ahead = 0\n", "");
    let csv = |text: &str| run("compare - --format csv", text);
    assert_eq!(csv(SHOP), csv(&steady));
}

/// The months are those after which the rate, 20 % more from month to month, has reached the height.
#[test]
fn months_are_counted_by_the_growth() {
    let answer = ask("compare - --break-even --format json", SHOP.as_bytes());
    let report: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let reached: Vec<(f64, u64)> = ["leaders", "cheapest"]
        .iter()
        .flat_map(|who| report["break_even"][who].as_array().unwrap())
        .filter_map(|span| {
            let from: f64 = span["requests_per_day"]["from"].as_str()?.parse().ok()?;
            Some((from, span["from_month"].as_u64()?))
        })
        .collect();
    assert!(!reached.is_empty(), "no break-even is reached");
    for (from, months) in reached {
        let at = |months: u64| 1_000.0 * 1.2_f64.powi(i32::try_from(months).unwrap());
        // Heights are shown with three digits.
        assert!(at(months) >= from * 0.995, "{from} {months}");
        assert!(months == 0 || at(months - 1) < from * 1.005, "{from} {months}");
    }
}
