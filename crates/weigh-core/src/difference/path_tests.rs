//! Paths between snapshots, with a program made by hand that computes the states between.

use super::super::{Driver, Mark, ScenarioDifference};
use super::*;
use crate::snapshot::{ChargeSnapshot, DecisionSnapshot, OptionSnapshot, TraceSnapshot};
use rust_decimal::Decimal;

/// A model of which every part of a scenario is one quantity: hours = requests × milliseconds × factor.
fn computed(inputs: &[String], rate: i64, factor: i64) -> ScenarioSnapshot {
    let value = |key: &str| {
        let line = inputs.iter().find_map(|line| line.strip_prefix(&format!("{key} = ")));
        line.and_then(|value| value.trim_matches('\'').parse::<i64>().ok()).unwrap_or(0)
    };
    let quantity = Decimal::from(value("rate") * value("cpu_time") * factor);
    let cost = quantity * Decimal::from(rate);
    let charge = ChargeSnapshot {
        price_id: "hours".to_owned(),
        component: String::new(),
        environment: String::new(),
        part: String::new(),
        commitment: None,
        quantity,
        unit: "Hours".to_owned(),
        rate: rate.into(),
        cost,
    };
    let option = OptionSnapshot {
        option: "a".to_owned(),
        platform: "fargate".to_owned(),
        status: "ranked".to_owned(),
        rank: Some(1),
        score: Some(0.5),
        size: None,
        monthly_cost: Some(cost),
        served: None,
        failed_needs: Vec::new(),
        missing_prices: Vec::new(),
        charges: vec![charge],
    };
    ScenarioSnapshot {
        file: "shop.toml".to_owned(),
        name: "Shop".to_owned(),
        scenario_hash: String::new(),
        region: "us-east-1".to_owned(),
        as_of: "2026-10-07".to_owned(),
        decision: DecisionSnapshot {
            recommended: Some("a".to_owned()),
            method: None,
            ranking: vec!["a".to_owned()],
            weights: Vec::new(),
        },
        options: vec![option],
        inputs: inputs.to_vec(),
        traces: Vec::new(),
    }
}

fn inputs(requests: i64, cpu_time: i64) -> Vec<String> {
    let text = format!("[[component]]\ncpu_time = {cpu_time}\nname = 'api'\n\n[traffic]\nrate = {requests}");
    text.lines().map(str::to_owned).collect()
}

fn side<'a>(scenario: &'a ScenarioSnapshot, model_version: u32, book_hash: &'a str) -> Side<'a> {
    Side { scenario, model_version, book_hash }
}

fn told(path: &Path) -> Vec<String> {
    let difference = ScenarioDifference::along(path);
    let effects = &difference.option("a").unwrap().effects;
    effects.iter().map(|each| format!("{} by {}: {}", each.kind, each.driver, each.amount)).collect()
}

#[test]
fn everything_at_once_is_told_apart() {
    let before = computed(&inputs(10, 3), 2, 1);
    let after = computed(&inputs(20, 4), 3, 1);
    let mut evaluate = |inputs: &[String]| Ok(computed(inputs, 3, 1));
    let path = Path::between(&side(&before, 1, "old"), &side(&after, 1, "new"), Some(&mut evaluate));
    // 30 hours at 2; at 3 it is 30 more; 30 hours more for requests; 20 more for their time.
    let effects = ["price by prices: 30", "quantity by traffic: 90", "quantity by scenario: 60"];
    assert_eq!(told(&path), effects);
    assert!(path.notes().is_empty());
    let words: Vec<String> = path.inputs.iter().map(ToString::to_string).collect();
    assert_eq!(words, ["[[component]] api cpu_time: 3 -> 4", "[traffic] rate: 10 -> 20"]);
    let back = path.reversed();
    // Scenario, traffic and prices are taken back in the opposite order.
    assert_eq!(
        told(&back),
        ["price by prices: -30", "quantity by traffic: -90", "quantity by scenario: -60"]
    );
}

#[test]
fn one_change_needs_no_state_between() {
    let before = computed(&inputs(10, 3), 2, 1);
    let rows = [
        (computed(&inputs(20, 3), 2, 1), 1, "book", "quantity by traffic: 60"),
        (computed(&inputs(10, 4), 2, 1), 1, "book", "quantity by scenario: 20"),
        (computed(&inputs(10, 3), 3, 1), 1, "new", "price by prices: 30"),
        (computed(&inputs(10, 3), 2, 2), 2, "book", "quantity by model: 60"),
    ];
    for (after, model, book, effect) in rows {
        let path = Path::between(&side(&before, 1, "book"), &side(&after, model, book), None);
        assert_eq!((told(&path), path.notes()), (vec![effect.to_owned()], &[][..]));
    }
}

#[test]
fn what_cannot_be_computed_is_said() {
    let before = computed(&inputs(10, 3), 2, 1);
    let after = computed(&inputs(20, 4), 3, 1);
    let (old, new) = (side(&before, 1, "old"), side(&after, 1, "new"));
    let mut refused = |_: &[String]| Err("the platform is gone".to_owned());
    let path = Path::between(&old, &new, Some(&mut refused));
    assert_eq!(told(&path), ["price by prices: 30", "quantity by scenario: 150"]);
    assert_eq!(path.notes().len(), 3, "{:?}", path.notes());
    assert!(
        path.notes()[2].starts_with("The effects of prices, traffic and scenario could not be told apart")
    );
    let alone = Path::between(&old, &new, None);
    assert_eq!((told(&alone), alone.notes().len()), (told(&path), 1));
}

#[test]
fn a_model_that_moved_without_a_word_is_found() {
    let before = computed(&inputs(10, 3), 2, 1);
    let (same, other) = (computed(&inputs(10, 3), 2, 2), computed(&inputs(20, 3), 2, 2));
    let mut evaluate = |inputs: &[String]| Ok(computed(inputs, 2, 2));
    for (after, effects) in [
        (&same, vec!["quantity by model: 60"]),
        (&other, vec!["quantity by model: 60", "quantity by traffic: 120"]),
    ] {
        let path = Path::between(&side(&before, 1, "book"), &side(after, 1, "book"), Some(&mut evaluate));
        assert_eq!(told(&path), effects);
        assert_eq!(path.notes(), [UNEXPLAINED]);
    }
}

#[test]
fn a_trace_that_changed_is_traffic() {
    let trace = |hash: &str| TraceSnapshot { file: "requests.csv".to_owned(), hash: hash.to_owned() };
    let mut before = computed(&inputs(10, 3), 2, 1);
    before.traces = vec![trace("old")];
    let mut after = computed(&inputs(10, 3), 2, 2);
    after.traces = vec![trace("new")];
    let mut evaluate = |inputs: &[String]| {
        let mut state = computed(inputs, 2, 2);
        state.traces = vec![trace("new")];
        Ok(state)
    };
    let path = Path::between(&side(&before, 1, "book"), &side(&after, 1, "book"), Some(&mut evaluate));
    assert_eq!(told(&path), ["quantity by traffic: 60"]);
    assert!(path.notes()[0].contains("a trace that it reads has changed"), "{:?}", path.notes());
}

#[test]
fn another_day_of_the_book_is_prices() {
    let dated = |day: &str, rate: i64| {
        let mut lines = inputs(10, 3);
        lines.extend(["", "[scenario]"].map(str::to_owned));
        lines.push(format!("as_of = {day}"));
        let mut state = computed(&lines, rate, 1);
        state.as_of = day.to_owned();
        state
    };
    let (before, after) = (dated("2026-01-01", 2), dated("2026-10-07", 3));
    let path = Path::between(&side(&before, 1, "book"), &side(&after, 1, "book"), None);
    assert_eq!(told(&path), ["price by prices: 30"]);
    assert_eq!(path.inputs[0].driver, Driver::Prices);
    assert_eq!(path.inputs[0].mark(), Mark::Changed);
}
