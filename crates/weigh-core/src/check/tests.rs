//! Drifts of small snapshots, one thing changed at a time.

use rust_decimal::Decimal;

use super::{Allows, Cause, Drift, Weight, drifts};
use crate::difference::{Driver, Drivers, Path};
use crate::snapshot::{
    ChargeSnapshot, DecisionSnapshot, OptionSnapshot, ScenarioSnapshot, ServedSnapshot, TraceSnapshot,
};

const EXACT: Allows<'static> = &|_, _, _| false;

fn usd(text: &str) -> Decimal {
    text.parse().expect("an amount")
}

fn charge(price_id: &str, part: &str, quantity: &str, rate: &str) -> ChargeSnapshot {
    ChargeSnapshot {
        price_id: price_id.to_owned(),
        component: "api".to_owned(),
        environment: String::new(),
        part: part.to_owned(),
        commitment: None,
        quantity: usd(quantity),
        unit: "Hours".to_owned(),
        rate: usd(rate),
        cost: usd(quantity) * usd(rate),
    }
}

fn option(name: &str, charges: Vec<ChargeSnapshot>) -> OptionSnapshot {
    OptionSnapshot {
        option: name.to_owned(),
        platform: name.to_owned(),
        status: "ranked".to_owned(),
        rank: Some(1),
        score: Some(0.5),
        size: Some("1 vCPU".to_owned()),
        monthly_cost: Some(charges.iter().map(|charge| charge.cost).sum()),
        served: Some(ServedSnapshot {
            latency_p95_ms: Some(120.0),
            utilisation: 0.2,
            cold_start_share: 0.0,
            availability: None,
        }),
        failed_needs: Vec::new(),
        missing_prices: Vec::new(),
        charges,
    }
}

fn state(options: Vec<OptionSnapshot>) -> ScenarioSnapshot {
    let ranking: Vec<String> = options.iter().map(|option| option.option.clone()).collect();
    ScenarioSnapshot {
        file: "shop.toml".to_owned(),
        name: "Shop".to_owned(),
        scenario_hash: "ab".to_owned(),
        region: "us-east-1".to_owned(),
        as_of: "2026-10-07".to_owned(),
        decision: DecisionSnapshot {
            recommended: ranking.first().cloned(),
            method: None,
            ranking,
            weights: Vec::new(),
        },
        options,
        inputs: vec!["[scenario]".to_owned(), "name = 'Shop'".to_owned()],
        traces: Vec::new(),
    }
}

/// An hour of servers and a free allowance, at 10 dollars.
fn shop() -> ScenarioSnapshot {
    let charges = vec![charge("a/hours", "", "100", "0.1"), charge("b/free", "free allowance", "5", "0")];
    state(vec![option("fargate", charges)])
}

fn found(driver: Driver, after: ScenarioSnapshot, allows: Allows<'_>) -> Vec<Drift> {
    drifts(&Path::from(shop()).then(Drivers::of(&[driver]), after), allows)
}

fn rules(found: &[Drift]) -> Vec<&str> {
    found.iter().map(|drift| drift.rule).collect()
}

/// The shop with its option changed.
fn with(change: impl FnOnce(&mut OptionSnapshot)) -> ScenarioSnapshot {
    let mut after = shop();
    change(&mut after.options[0]);
    after.options[0].monthly_cost = after.options[0]
        .monthly_cost
        .map(|_| after.options[0].charges.iter().map(|charge| charge.cost).sum());
    after
}

#[test]
fn what_is_the_same_has_no_drift() {
    assert_eq!(found(Driver::Model, shop(), EXACT), Vec::new());
}

#[test]
fn rate_and_quantity_are_drifts_of_their_own_and_add_up() {
    let after = with(|option| option.charges[0] = charge("a/hours", "", "120", "0.2"));
    let found = found(Driver::Prices, after, EXACT);
    assert_eq!(rules(&found), ["drift/total", "drift/price", "drift/quantity"]);
    let amounts: Vec<Option<Decimal>> = found.iter().map(|drift| drift.difference).collect();
    // 100 hours at 0.1 more; 20 hours more at 0.2, of which 20 at 0.1 more are the interaction.
    assert_eq!(amounts, [Some(usd("14")), Some(usd("10")), Some(usd("4"))]);
    let interactions: Vec<Decimal> = found.iter().map(|drift| drift.interaction).collect();
    assert_eq!(interactions, [usd("2"), usd("0"), usd("2")]);
    assert_eq!(found[0].message, "fargate costs $24.00 a month in place of $10.00 (+$14.00, +140 %)");
}

#[test]
fn a_free_allowance_drifts_though_it_costs_nothing() {
    let after = with(|option| option.charges[1] = charge("b/free", "free allowance", "6", "0"));
    let found = found(Driver::Traffic, after, EXACT);
    assert_eq!(rules(&found), ["drift/quantity"]);
    assert_eq!((found[0].difference, found[0].weight), (Some(Decimal::ZERO), Weight::Fails));
    assert_eq!((found[0].before.as_deref(), found[0].after.as_deref()), (Some("5"), Some("6")));
    // Whatever tolerance is about it lets it pass, however little it allows.
    let tolerances: [(Allows<'_>, Weight); 3] = [
        (&|_, before, after| before == after, Weight::LetPass),
        (&|price, _, _| price == Some("b/free"), Weight::LetPass),
        (&|price, _, _| price == Some("a/hours"), Weight::Fails),
    ];
    for (allows, weight) in tolerances {
        let after = with(|option| option.charges[1] = charge("b/free", "free allowance", "6", "0"));
        let found = drifts(&Path::from(shop()).then(Drivers::of(&[Driver::Traffic]), after), allows);
        assert_eq!(found[0].weight, weight);
    }
}

/// What is shown of a total is what its costs differ by as they are shown; causes and charges add up to it.
#[test]
fn what_is_shown_adds_up_to_the_cent() {
    let cents = |charges: &[(&str, &str)]| {
        let each = charges.iter().map(|(price_id, cost)| charge(price_id, "", cost, "1"));
        state(vec![option("fargate", each.collect())])
    };
    let before = cents(&[("a", "0.004"), ("b", "1")]);
    // 1.004 -> 1.725: 0.721 more, of which 0.0555 and 0.6655.
    let after = cents(&[("a", "0.0595"), ("b", "1.6655")]);
    let path = Path::from(before).then(Drivers::of(&[Driver::Traffic]), after);
    let found = drifts(&path, EXACT);
    let shown: Vec<_> = found.iter().map(|drift| drift.shown).collect();
    assert_eq!(shown, [Some(usd("0.73")), Some(usd("0.06")), Some(usd("0.67"))]);
    assert_eq!(found[0].message, "fargate costs $1.73 a month in place of $1.00 (+$0.73, +71.8 %)");
    for drift in &found {
        let causes = drift.causes.iter().map(|cause| match cause {
            super::Cause::Effect(_, shown) => *shown,
            super::Cause::Driver(_) => Decimal::ZERO,
        });
        assert_eq!(Some(causes.sum::<Decimal>()), drift.shown);
    }
}

/// A price that moved before its charge went: the new rate is that of the step.
/// The causes of a total show what its charges show.
#[test]
fn causes_of_a_total_show_what_its_charges_do() {
    let charges = |rate: &str, quantity: &str| {
        vec![charge("a", "", "1", rate), charge("b", "", quantity, "1"), charge("c", "", quantity, "1")]
    };
    let [before, after] = [charges("1", "1"), charges("1.104", "1.1035")]
        .map(|charges| state(vec![option("fargate", charges)]));
    let found = drifts(&Path::from(before).then(Drivers::of(&[Driver::Scenario]), after), EXACT);
    let cents = |drift: &Drift| -> Vec<String> {
        let causes = drift.causes.iter().filter_map(|cause| match cause {
            Cause::Effect(_, cents) => Some(format!("{cents:.2}")),
            Cause::Driver(_) => None,
        });
        causes.collect()
    };
    let told: Vec<Vec<String>> = found.iter().map(cents).collect();
    assert_eq!(told, [vec!["0.11", "0.20"], vec!["0.11"], vec!["0.10"], vec!["0.10"]]);
}

#[test]
fn a_rate_of_a_charge_that_went_is_told_as_it_was_then() {
    let dearer = with(|option| option.charges[0] = charge("a/hours", "", "100", "0.2"));
    let without = with(|option| drop(option.charges.remove(0)));
    let path = Path::from(shop())
        .then(Drivers::of(&[Driver::Prices]), dearer)
        .then(Drivers::of(&[Driver::Scenario]), without);
    let found = drifts(&path, EXACT);
    assert_eq!(rules(&found), ["drift/total", "drift/price", "drift/structure"]);
    assert_eq!((found[1].before.as_deref(), found[1].after.as_deref()), (Some("0.1"), Some("0.2")));
    assert_eq!((found[2].before.as_deref(), found[2].after.as_deref()), (Some("10"), None));
}

/// A total counts without what a tolerance for its price lets pass, and not without what one for everything does.
#[test]
fn what_is_let_pass_for_a_price_is_let_pass_in_the_total() {
    let after = || with(|option| option.charges[0].rate = usd("0.11"));
    let after = || {
        let mut after = after();
        after.options[0].charges[0].cost = usd("11");
        after.options[0].monthly_cost = Some(usd("11"));
        after
    };
    let for_price: Allows<'_> = &|price, _, _| price == Some("a/hours");
    let weights = |allows: Allows<'_>| -> Vec<Weight> {
        found(Driver::Prices, after(), allows).iter().map(|drift| drift.weight).collect()
    };
    assert_eq!(weights(for_price), [Weight::LetPass, Weight::LetPass]);
    let for_another: Allows<'_> = &|price, _, _| price == Some("b/free");
    assert_eq!(weights(for_another), [Weight::Fails, Weight::Fails]);
    let for_all: Allows<'_> = &|_, before, after| (after - before).abs() <= usd("1");
    assert_eq!(weights(for_all), [Weight::LetPass, Weight::LetPass]);
}

#[test]
fn an_option_that_lost_its_price_is_no_drift_of_cost() {
    let after = with(|option| {
        option.status = "unpriced".to_owned();
        (option.monthly_cost, option.rank, option.score, option.served) = (None, None, None, None);
        option.charges.clear();
        option.missing_prices = vec!["a/hours".to_owned()];
    });
    let found = found(Driver::Prices, after, EXACT);
    assert_eq!(rules(&found), ["drift/status"]);
    assert_eq!(found[0].message, "fargate is unpriced (no price for a/hours) in place of ranked");
}

#[test]
fn options_that_come_and_go_are_told_whole() {
    let mut after = shop();
    after.options.push(option("lambda", vec![charge("c/requests", "", "10", "0.5")]));
    let came = found(Driver::Scenario, after.clone(), EXACT);
    assert_eq!(rules(&came), ["drift/option"]);
    assert_eq!((came[0].difference, came[0].before.as_deref()), (Some(usd("5")), None));
    let back = Path::from(after).then(Drivers::of(&[Driver::Scenario]), shop());
    let went = drifts(&back, EXACT);
    assert_eq!((rules(&went), went[0].difference), (vec!["drift/option"], Some(usd("-5"))));
}

#[test]
fn a_score_is_told_only_where_nothing_else_moved() {
    let after = with(|option| option.score = Some(0.6));
    assert_eq!(rules(&found(Driver::Model, after.clone(), EXACT)), ["drift/score"]);
    let mut slower = after;
    slower.options[0].served.as_mut().expect("served").latency_p95_ms = None;
    let found = found(Driver::Model, slower, EXACT);
    assert_eq!(rules(&found), ["drift/served"]);
    assert_eq!((found[0].before.as_deref(), found[0].after.as_deref()), (Some("120"), Some("none")));
}

/// What a snapshot may say otherwise though status and order are the same.
#[test]
fn a_rank_a_cost_and_how_it_serves_do_not_change_unseen() {
    let mut after = shop();
    after.options[0].rank = Some(2);
    assert_eq!(rules(&found(Driver::Model, after, EXACT)), ["drift/decision"]);
    let mut after = shop();
    after.options[0].served = None;
    assert_eq!(rules(&found(Driver::Model, after, EXACT)), ["drift/served"]);
    let mut after = shop();
    (after.options[0].monthly_cost, after.options[0].charges) = (None, Vec::new());
    let found = found(Driver::Model, after, EXACT);
    assert_eq!((rules(&found), found[0].figure), (vec!["drift/status"], Some("monthly_cost")));
    assert_eq!((found[0].before.as_deref(), found[0].after.as_deref()), (Some("10"), Some("none")));
}

#[test]
fn another_scenario_with_the_same_figures_warns() {
    let mut after = shop();
    after.scenario_hash = "cd".to_owned();
    after.inputs[1] = "name = 'Shops'".to_owned();
    let found = found(Driver::Scenario, after, EXACT);
    assert_eq!((rules(&found), found[0].weight), (vec!["drift/scenario"], Weight::Warns));
    assert!(found[0].message.contains("Shops"), "{}", found[0].message);
    let mut after = shop();
    after.scenario_hash = "cd".to_owned();
    after.traces.push(TraceSnapshot { file: "day.csv".to_owned(), hash: String::new() });
    let found = self::found(Driver::Traffic, after, EXACT);
    assert!(found[0].message.ends_with("the trace day.csv is another"), "{}", found[0].message);
}

#[test]
fn another_recommendation_is_told_with_what_turned_it() {
    let two = |first: &str, second: &str| {
        let mut both = state(vec![option("fargate", Vec::new()), option("lambda", Vec::new())]);
        both.decision.recommended = Some(first.to_owned());
        both.decision.ranking = vec![first.to_owned(), second.to_owned()];
        both
    };
    let path =
        Path::from(two("fargate", "lambda")).then(Drivers::of(&[Driver::Traffic]), two("lambda", "fargate"));
    let found = drifts(&path, EXACT);
    assert_eq!((rules(&found), found[0].figure), (vec!["drift/decision"], Some("recommended")));
    assert_eq!(found[0].causes, [super::Cause::Driver(Driver::Traffic)]);
}
