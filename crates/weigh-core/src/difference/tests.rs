//! Known answers of differences, on snapshots made by hand.

mod properties;

use rust_decimal::Decimal;

use super::*;
use crate::snapshot::{ChargeSnapshot, DecisionSnapshot, OptionSnapshot, ScenarioSnapshot};

fn usd(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A charge: `price_id`, `part`, quantity, rate; the word before a `!` in the part is its role in a commitment.
fn charge(price_id: &str, part: &str, quantity: Decimal, rate: Decimal) -> ChargeSnapshot {
    let (commitment, part) = part.split_once('!').map_or((None, part), |(role, part)| (Some(role), part));
    ChargeSnapshot {
        price_id: price_id.to_owned(),
        component: String::new(),
        environment: String::new(),
        part: part.to_owned(),
        commitment: commitment.map(str::to_owned),
        quantity,
        unit: "Hours".to_owned(),
        rate,
        cost: quantity * rate,
    }
}

/// An option with these charges, given as text: price id, part, quantity and rate, each line one.
fn option(name: &str, charges: &str) -> OptionSnapshot {
    let charges = charges.split(',').map(str::trim).filter(|line| !line.is_empty()).map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let [price_id, part, quantity, rate] = words[..] else { panic!("{line}") };
        charge(price_id, part.trim_matches('-'), usd(quantity), usd(rate))
    });
    priced(name, charges.collect())
}

fn priced(name: &str, mut charges: Vec<ChargeSnapshot>) -> OptionSnapshot {
    charges.sort_by(|a, b| a.key().cmp(&b.key()));
    OptionSnapshot {
        option: name.to_owned(),
        platform: "fargate".to_owned(),
        status: "ranked".to_owned(),
        rank: None,
        score: None,
        size: None,
        monthly_cost: Some(charges.iter().map(|charge| charge.cost).sum()),
        served: None,
        failed_needs: Vec::new(),
        missing_prices: Vec::new(),
        charges,
    }
}

fn unpriced(name: &str) -> OptionSnapshot {
    OptionSnapshot {
        status: "unpriced".to_owned(),
        monthly_cost: None,
        missing_prices: vec!["fargate/hours".to_owned()],
        ..option(name, "")
    }
}

/// A state with these options, of which the cheapest leads.
fn state(options: Vec<OptionSnapshot>) -> ScenarioSnapshot {
    let cheapest = options.iter().filter(|option| option.monthly_cost.is_some());
    let recommended = cheapest.min_by_key(|option| option.monthly_cost).map(|option| option.option.clone());
    ScenarioSnapshot {
        file: "shop.toml".to_owned(),
        name: "Shop".to_owned(),
        scenario_hash: String::new(),
        region: "us-east-1".to_owned(),
        as_of: "2026-10-07".to_owned(),
        decision: DecisionSnapshot {
            ranking: recommended.clone().into_iter().collect(),
            recommended,
            method: Some("weighted-sum".to_owned()),
            weights: Vec::new(),
        },
        options,
        inputs: Vec::new(),
        traces: Vec::new(),
    }
}

fn one(charges: &str) -> ScenarioSnapshot {
    state(vec![option("a", charges)])
}

/// The effects of option `a` over one step, as words.
fn told(before: &str, after: &str, driver: Driver) -> Vec<String> {
    let path = Path::from(one(before)).then(Drivers::of(&[driver]), one(after));
    let difference = ScenarioDifference::along(&path);
    let option = difference.option("a").unwrap();
    assert_eq!(option.change, Some(option.effects.total()));
    words(&option.effects)
}

fn words(effects: &Effects) -> Vec<String> {
    effects.iter().map(|each| format!("{} by {}: {}", each.kind, each.driver, each.amount)).collect()
}

#[test]
fn each_kind_of_change_has_its_name() {
    use Driver::{Model, Prices, Scenario, Traffic};
    let rows: [(&str, &str, Driver, &[&str]); 13] = [
        ("x - 10 2", "x - 10 2", Prices, &[]),
        ("x - 10 2", "x - 10 3", Prices, &["price by prices: 10"]),
        ("x - 10 2", "x - 12 2", Model, &["quantity by model: 4"]),
        // q0 × Δr = 10, Δq × r1 = 6, of which the interaction is 2.
        ("x - 10 2", "x - 12 3", Scenario, &["price by scenario: 10", "quantity by scenario: 6"]),
        ("x - 10 2", "x - 10 2, y - 1 5", Scenario, &["structure by scenario: 5"]),
        ("x - 10 2, y - 1 5", "x - 10 2", Scenario, &["structure by scenario: -5"]),
        // Into a second tier: one charge becomes two.
        ("x - 10 2", "x first 10 2, x above 5 1", Traffic, &["structure by traffic: 5"]),
        // A commitment takes 8 of 10 hours off demand, for a fee of 9.
        (
            "x - 10 2",
            "x - 2 2, x covered!plan 8 0, fee fee!plan 9 1",
            Scenario,
            &["commitment by scenario: -7"],
        ),
        // It takes all of them.
        ("x - 10 2", "x covered!plan 10 0, fee fee!plan 9 1", Scenario, &["commitment by scenario: -11"]),
        // Two hours more, all of them on demand.
        (
            "x - 2 2, x covered!plan 8 0, fee fee!plan 9 1",
            "x - 4 2, x covered!plan 8 0, fee fee!plan 9 1",
            Traffic,
            &["quantity by traffic: 4"],
        ),
        // Two hours more, which the commitment had room for.
        (
            "x - 2 2, x covered!plan 6 0, fee fee!plan 9 1",
            "x - 2 2, x covered!plan 8 0, fee fee!plan 9 1",
            Traffic,
            &["quantity by traffic: 4", "commitment by traffic: -4"],
        ),
        // A price or a discount that the scenario states.
        ("x - 10 2", "x - 10 1.5", Scenario, &["price by scenario: -5"]),
        // What a commitment covered is gone with it.
        (
            "x - 2 2, x covered!plan 8 0, fee fee!plan 9 1",
            "",
            Scenario,
            &["structure by scenario: -4", "commitment by scenario: -9"],
        ),
    ];
    for (before, after, driver, effects) in rows {
        assert_eq!(told(before, after, driver), effects, "{before} -> {after}");
    }
}

#[test]
fn a_fee_is_price_where_prices_moved_it_and_else_commitment() {
    use Driver::{Prices, Scenario, Traffic};
    let rows: [(&str, &str, Driver, &[&str]); 6] = [
        // A fee at another rate is a price.
        ("fee fee!plan 9 1", "fee fee!plan 9 2", Prices, &["price by prices: 9"]),
        // But not where the scenario says another one, and never that of a Savings Plan, which is what was committed to.
        ("fee fee!plan 9 1", "fee fee!plan 9 2", Scenario, &["commitment by scenario: 9"]),
        ("fee fee!plan 9 1", "fee fee!plan 8 2", Traffic, &["commitment by traffic: 7"]),
        (
            "compute-savings-plan/commitment-hours/1-year-no-upfront fee! 9 1",
            "compute-savings-plan/commitment-hours/1-year-no-upfront fee! 9 2",
            Prices,
            &["commitment by prices: 9"],
        ),
        // A third plan beside two of the same terms.
        (
            "fee fee! 9 1, fee fee!#2 9 2",
            "fee fee! 9 0.5, fee fee!#2 9 1, fee fee!#3 9 2",
            Scenario,
            &["commitment by scenario: 4.5"],
        ),
        // Fees that differ in rate, each dearer.
        (
            "fee fee! 9 1, fee fee!#2 9 2",
            "fee fee! 9 1.5, fee fee!#2 9 3",
            Prices,
            &["price by prices: 13.5"],
        ),
    ];
    for (before, after, driver, effects) in rows {
        assert_eq!(told(before, after, driver), effects, "{before} -> {after}");
    }
}

#[test]
fn a_tier_is_told_from_what_is_new() {
    let path = Path::from(one("x - 10 2"))
        .then(Drivers::of(&[Driver::Traffic]), one("x first 10 2, x above 5 1, y - 1 1"));
    let difference = ScenarioDifference::along(&path);
    let charges = &difference.option("a").unwrap().charges;
    let other: Vec<(&str, bool)> =
        charges.iter().map(|charge| (charge.price_id.as_str(), charge.other_part)).collect();
    assert_eq!(other, [("x", true), ("x", true), ("x", true), ("y", false)]);
}

#[test]
fn the_interaction_is_a_memo() {
    let path = Path::from(one("x - 10 2")).then(Drivers::of(&[Driver::Scenario]), one("x - 12 3"));
    let difference = ScenarioDifference::along(&path);
    let effects = &difference.option("a").unwrap().effects;
    assert_eq!((effects.total(), effects.interaction), (usd("16"), usd("2")));
}

#[test]
fn what_has_no_price_has_an_unknown_change() {
    let both = [
        (vec![unpriced("a")], vec![option("a", "x - 1 1")]),
        (vec![option("a", "x - 1 1")], vec![unpriced("a")]),
    ];
    for (before, after) in both {
        let path = Path::from(state(before)).then(Drivers::of(&[Driver::Prices]), state(after));
        let difference = ScenarioDifference::along(&path);
        let option = difference.option("a").unwrap();
        assert_eq!((option.change, option.mark), (None, Mark::Changed));
        assert!(option.effects.is_empty() && option.unknown().unwrap().contains("fargate/hours"));
        assert_eq!(difference.leading.change, None);
    }
}

#[test]
fn an_option_that_comes_and_one_that_goes_are_options() {
    let before = state(vec![option("a", "x - 1 9"), option("b", "x - 1 10")]);
    let today = state(vec![option("a", "x - 1 9"), option("b", "x - 1 12")]);
    let after = state(vec![option("a", "x - 1 9"), option("c", "x - 1 3, y - 1 1")]);
    let path = Path::from(before)
        .then(Drivers::of(&[Driver::Prices]), today)
        .then(Drivers::of(&[Driver::Scenario]), after);
    let difference = ScenarioDifference::along(&path);
    let of = |name: &str| {
        let option = difference.option(name).unwrap();
        (option.mark, words(&option.effects))
    };
    assert_eq!(of("a"), (Mark::Same, vec![]));
    // What became dearer on the way is gone all the same: its whole cost of before.
    assert_eq!(of("b"), (Mark::Removed, vec!["option by scenario: -10".to_owned()]));
    assert_eq!(of("c"), (Mark::Added, vec!["option by scenario: 4".to_owned()]));
    assert_eq!(words(&difference.leading.effects), ["option by scenario: -5"]);
    let flip = difference.leading.flip.unwrap();
    assert_eq!((flip.from.as_deref(), flip.to.as_deref()), (Some("a"), Some("c")));
    assert_eq!(flip.causes, ["c is new"]);
}

#[test]
fn the_step_that_turned_the_recommendation_is_named() {
    let a = |hours: &str| option("a", &format!("x - {hours} 1"));
    let b = || option("b", "y - 10 1");
    let path = Path::from(state(vec![a("8"), b()]))
        .then(Drivers::of(&[Driver::Prices]), state(vec![a("9"), b()]))
        .then(Drivers::of(&[Driver::Traffic]), state(vec![a("15"), b()]))
        .then(Drivers::of(&[Driver::Scenario]), state(vec![a("30"), b()]));
    let difference = ScenarioDifference::along(&path);
    let leading = &difference.leading;
    // 1 by prices, 6 by traffic less the 5 that the other is cheaper.
    assert_eq!(leading.change, Some(usd("2")));
    assert_eq!(
        words(&leading.effects),
        ["quantity by prices: 1", "quantity by traffic: 6", "option by traffic: -5"]
    );
    let flip = leading.flip.as_ref().unwrap();
    let (whose, largest) = flip.largest.clone().unwrap();
    assert_eq!((flip.drivers.told().as_str(), whose.as_str(), largest.amount), ("traffic", "a", usd("6")));
}
