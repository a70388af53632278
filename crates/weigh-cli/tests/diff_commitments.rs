//! `weigh diff` and `weigh check` on scenarios with commitments: what moved is told as what it is, whatever a plan's fee or rate.

mod support;

use serde_json::Value;
use support::difference::{add_up, effects, exact, json, option};
use support::folder::Folder;
use support::{GOOD, root};

/// Rates of commitments, which the frozen book has none of.
const RATES: &str = "crates/weigh-core/tests/data/commitments.csv";

/// The shop with Savings Plans of so many dollars an hour.
fn shop(hourly: &[&str]) -> String {
    let plan = |hourly: &&str| {
        let terms = "term = \"1-year\"\npayment = \"no-upfront\"";
        format!("\n[[commitment]]\nkind = \"compute-savings-plan\"\nhourly = \"${hourly}\"\n{terms}\n")
    };
    format!("{GOOD}{}", hourly.iter().map(plan).collect::<String>())
}

/// A folder with the frozen book and the rates of commitments as `rates.csv`.
fn folder() -> Folder {
    let folder = Folder::with_book();
    folder.write("rates.csv", std::fs::read(root().join(RATES)).expect("rates"));
    folder
}

/// What became of the one option between two scenarios.
fn between(folder: &Folder, old: &[&str], new: &[&str]) -> Value {
    folder.write("old.toml", shop(old));
    folder.write("new.toml", shop(new));
    let report = json(folder, "old.toml new.toml --prices rates.csv");
    add_up(&report);
    option(&report, "fargate")
}

/// The charges that moved: price id, part, commitment, and what the quantity and the rate were and are.
fn charges(option: &Value) -> Vec<String> {
    let side = |side: &Value| match side.is_null() {
        true => "-".to_owned(),
        false => format!("{} at {}", side["quantity"], side["rate"]),
    };
    let charge = |charge: &Value| {
        let (part, commitment) = (&charge["part"], &charge["commitment"]);
        let told = [side(&charge["before"]), side(&charge["after"])].join(" -> ");
        format!("{} {part} {commitment}: {told}", charge["price_id"]).replace('"', "")
    };
    option["charges"].as_array().expect("a list").iter().map(charge).collect()
}

fn is_fee(charge: &str) -> bool {
    charge.contains(" fee: ")
}

#[test]
fn another_hourly_commitment_is_commitment_and_no_price() {
    let folder = folder();
    let fargate = between(&folder, &["0.01"], &["0.02"]);
    // 730 hours at a cent more, less the 0.01 / 0.8 that it takes off demand.
    let told = effects(&fargate);
    assert!(told.len() == 1 && told[0].starts_with("commitment by scenario -1.82"), "{told:?}");
    let fees: Vec<String> = charges(&fargate).into_iter().filter(|each| is_fee(each)).collect();
    let fee = "compute-savings-plan/commitment-hours/1-year-no-upfront  fee: 730 at 0.01 -> 730 at 0.02";
    assert_eq!(fees, [fee]);
}

#[test]
fn a_plan_that_is_added_moves_no_other() {
    let folder = folder();
    let fee = |told: &str| format!("compute-savings-plan/commitment-hours/1-year-no-upfront {told}");
    let fees = |old: &[&str], new: &[&str]| -> Vec<String> {
        let fargate = between(&folder, old, new);
        let told = effects(&fargate);
        assert!(told.iter().all(|effect| effect.starts_with("commitment by scenario")), "{told:?}");
        charges(&fargate).into_iter().filter(|each| is_fee(each)).collect()
    };
    let added = [fee("#3 fee: - -> 730 at 0.005")];
    for new in [["0.01", "0.02", "0.005"], ["0.005", "0.01", "0.02"], ["0.02", "0.005", "0.01"]] {
        assert_eq!(fees(&["0.01", "0.02"], &new), added, "{new:?}");
    }
    assert_eq!(fees(&["0.02", "0.01"], &["0.01"]), [fee(" fee: 730 at 0.02 -> -")]);
    // What is equal in none goes by the order of the scenario.
    let both = [fee(" fee: 730 at 0.01 -> 730 at 0.012"), fee("#2 fee: 730 at 0.02 -> 730 at 0.008")];
    assert_eq!(fees(&["0.01", "0.02"], &["0.012", "0.008"]), both);
    // Plans in another order are the same plans.
    assert_eq!(fees(&["0.01", "0.02"], &["0.02", "0.01"]), Vec::<String>::new());
}

/// Checks the shop of a snapshot with these plans, made with the rates as they are, and tells rules and charges.
fn drifts(folder: &Folder, old: &[&str], new: &[&str], prices: &str) -> Vec<String> {
    folder.write("shop.toml", shop(old));
    let taken = folder.ask("snapshot shop.toml --out kept.json --prices book --prices rates.csv");
    assert_eq!(taken.code, 0, "{}", taken.transcript());
    folder.write("shop.toml", shop(new));
    let answer = folder.ask(&format!("check shop.toml --against kept.json --format json {prices}"));
    let report: Value =
        serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.transcript()));
    let findings = report["findings"].as_array().expect("findings").iter();
    let told = findings.filter(|finding| !finding["charge"].is_null()).map(|finding| {
        let [rule, before, after] =
            ["rule", "before", "after"].map(|key| finding[key].as_str().unwrap_or("-"));
        let cause = &finding["causes"][0]["driver"];
        format!("{rule} {} {before} -> {after} by {cause}", finding["charge"]["commitment"]).replace('"', "")
    });
    told.collect()
}

#[test]
fn a_rate_of_a_plan_is_in_no_key() {
    let folder = folder();
    let rates = folder.read("rates.csv");
    // Both by a hundredth, so that the plan goes on to pay for the memory first.
    folder.write("dearer.csv", rates.replace("0.032384", "0.03270784").replace("0.003556", "0.00359156"));
    assert_ne!(folder.read("dearer.csv"), rates);
    // So much that both tasks are covered at either rate: nothing moved.
    let prices = "--prices book --prices dearer.csv";
    assert_eq!(drifts(&folder, &["0.1"], &["0.1"], prices), Vec::<String>::new());
    // A tolerance for what is left on demand is one for what is covered, too.
    drifts(&folder, &["0.03"], &["0.03"], prices);
    for (tolerance, code) in [("", 2), ("1%", 2), ("50%", 0)] {
        let tolerance = if tolerance.is_empty() { String::new() } else { format!("--tolerance {tolerance}") };
        let answer = folder.ask(&format!("check shop.toml --against kept.json {prices} {tolerance}"));
        assert_eq!(answer.code, code, "{}", answer.transcript());
    }
    // So little that dearer rates leave more on demand: the same charges in other quantities.
    let told = drifts(&folder, &["0.03"], &["0.03"], prices);
    assert!(!told.is_empty(), "{told:?}");
    for drift in &told {
        assert!(drift.starts_with("drift/commitment ") && drift.ends_with(" by prices"), "{told:?}");
        assert!(!drift.contains(" - ->") && !drift.contains("-> - "), "{told:?}");
    }
}

#[test]
fn what_a_plan_covers_drifts_as_commitment() {
    let folder = folder();
    let told = drifts(&folder, &["0.01"], &["0.02"], "--prices book --prices rates.csv");
    assert!(told.contains(&"drift/commitment fee 7.3 -> 14.6 by scenario".to_owned()), "{told:?}");
    assert!(told.iter().all(|drift| drift.starts_with("drift/commitment ")), "{told:?}");
    let covered: Vec<&String> = told.iter().filter(|drift| drift.contains(" covered ")).collect();
    assert_eq!(covered.len(), 1, "{told:?}");
    // What is left of 7.30 and of 14.60 dollars after the memory, in vCPU-hours at 0.032384.
    assert!(covered[0].contains(" 65.101284585 -> 290.521245059 "), "{covered:?}");
}

#[test]
fn a_discount_and_a_stated_price_are_prices_of_the_scenario() {
    let folder = folder();
    folder.write("old.toml", GOOD);
    folder.write("new.toml", format!("{GOOD}\n[[discount]]\nservice = \"fargate\"\noff = \"10 %\"\n"));
    let report = json(&folder, "old.toml new.toml");
    let told = effects(&option(&report, "fargate"));
    assert!(told.len() == 1 && told[0].starts_with("price by scenario -"), "{told:?}");
    add_up(&report);
    // A tenth of the vCPU-hours and of the memory.
    let fargate = option(&report, "fargate");
    assert_eq!(exact(&fargate["cost"]["exact"]), exact(&"-3.60401".into()));
}
