//! What could be saved, over scenarios drawn at random: each amount is that of an evaluation, and the combination is at least
//! as good as the best one alone, and never more than the bill.

use proptest::prelude::*;
use rust_decimal::Decimal;
use weigh_core::catalog::Catalog;
use weigh_core::compare::{Verdict, compare, vocabulary};
use weigh_core::pricebook::RegionPrices;
use weigh_core::savings::{Found, STRATEGIES, SavingsQuestion, TriedOutcome, exclusion, savings};
use weigh_core::scenario::Scenario;

struct World {
    catalog: Catalog,
    book: RegionPrices,
}

fn world() -> World {
    let catalog = Catalog::open(&weigh_prices::files()).expect("the embedded catalog");
    let book = weigh_prices::book().open("us-east-1", None).expect("the embedded book");
    World { catalog, book }
}

fn scenario(world: &World, option: &str, retention: u32, rate: u32) -> Scenario {
    let text = format!(
        "scenario = {{ name = \"Shop\", region = \"us-east-1\" }}\n\
         traffic = {{ rate = \"{rate}/s\" }}\n\
         supporting = {{ log_retention = \"{retention} d\", image_versions = 3 }}\n\
         component = [{{ name = \"api\", vcpu = 0.5, memory = \"1 GiB\", cpu_time = \"20 ms\", start_up_time = \"1 s\", \
         image_size = \"500 MB\", log_size = \"2 KB\" }}]\n\
         option = [{option}]\n"
    );
    let words = vocabulary(&world.catalog, &weigh_prices::book());
    Scenario::parse(&text, &words).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

fn found(world: &World, scenario: &Scenario, question: &SavingsQuestion) -> Option<Found> {
    let savings = savings(scenario, &world.catalog, &world.book, question).expect("one option");
    savings.options.into_iter().next().and_then(|option| option.outcome.ok())
}

fn total(world: &World, scenario: &Scenario) -> Option<Decimal> {
    let comparison = compare(scenario, &world.catalog, &world.book).expect("a scale");
    match comparison.options.into_iter().next()?.verdict {
        Verdict::Ranked(ranked) => Some(ranked.evaluation.bill.total()),
        _ => None,
    }
}

fn options() -> impl Strategy<Value = String> {
    let network = prop_oneof![Just("public"), Just("nat"), Just("private")];
    prop_oneof![
        (2_u32..8, network.clone())
            .prop_map(|(tasks, network)| format!("{{ platform = \"fargate\", tasks = {tasks}, network = \"{network}\" }}")),
        (2_u32..6, network).prop_map(|(tasks, network)| format!(
            "{{ platform = \"ecs-ec2\", instance_type = \"m5.large\", tasks = {tasks}, network = \"{network}\", snapshots = 4 }}"
        )),
        (2_u32..5).prop_map(|count| format!(
            "{{ platform = \"ec2-compose\", instance_type = \"t3.medium\", instances = {count} }}"
        )),
        (512_u32..3_000).prop_map(|memory| format!("{{ platform = \"lambda\", memory = \"{memory} MB\" }}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_combination_holds_together(option in options(), retention in 1_u32..60, rate in 1_u32..12, asked: bool) {
        let world = world();
        let scenario = scenario(&world, &option, retention, rate);
        let question = match asked {
            true => SavingsQuestion { days: Some("mon-fri".parse().expect("days")), ..SavingsQuestion::default() },
            false => SavingsQuestion::default(),
        };
        let Some(found) = found(&world, &scenario, &question) else { return Ok(()) };
        let base = found.base.bill.total();
        prop_assert_eq!(Some(base), total(&world, &scenario));
        let combined = &found.combined;
        let after = combined.change.bill.total();
        prop_assert!(after <= base && after >= Decimal::ZERO);
        prop_assert_eq!(combined.change.saving, base - after);
        prop_assert!(combined.change.failed.is_empty());
        for (strategy, tried) in STRATEGIES.iter().zip(&found.strategies) {
            prop_assert_eq!(strategy.id, tried.id);
            if let TriedOutcome::Priced(change) = &tried.outcome {
                prop_assert_eq!(change.saving, base - change.bill.total());
            }
            let counts = asked || !strategy.only_if_asked;
            let saving = tried.saving().filter(|_| counts).unwrap_or_default();
            prop_assert!(combined.change.saving >= saving, "{} alone saves more", tried.id);
            prop_assert!(counts || !combined.strategies.contains(&tried.id));
        }
        for one in &combined.strategies {
            prop_assert!(combined.strategies.iter().all(|other| exclusion(one, other).is_none()));
        }
    }
}

#[test]
fn a_strategy_costs_what_the_scenario_costs_that_states_it() {
    let world = world();
    let option = |more: &str| format!("{{ platform = \"fargate\", tasks = 6{more} }}");
    let stated = |more: &str, retention| total(&world, &scenario(&world, &option(more), retention, 8));
    let found =
        found(&world, &scenario(&world, &option(""), 30, 8), &SavingsQuestion::default()).expect("a bill");
    let alone = |id: &str| {
        let tried = found.strategies.iter().find(|tried| tried.id == id).expect("a strategy");
        match &tried.outcome {
            TriedOutcome::Priced(change) => Some(change.bill.total()),
            _ => None,
        }
    };
    assert_eq!(alone("spot"), stated(", spot_share = 1.0, on_demand_base = 1", 30));
    assert_eq!(alone("graviton"), stated(", architecture = \"arm\"", 30));
    assert_eq!(alone("log-retention"), stated("", 7));
    let tracking = ", scaling = \"target-tracking\", min_capacity = 1, max_capacity = 6";
    assert_eq!(alone("autoscaling"), stated(tracking, 30));
}

#[test]
fn one_task_on_its_base_has_nothing_for_spot() {
    // Document 004 of the mission (lines 593 to 611): base 1 and one task leave no task for Spot.
    let world = world();
    let scenario = scenario(&world, "{ platform = \"fargate\", tasks = 1 }", 30, 1);
    let found = found(&world, &scenario, &SavingsQuestion::default()).expect("a bill");
    let spot = found.strategies.iter().find(|tried| tried.id == "spot").expect("spot");
    assert_eq!(spot.saving(), Some(Decimal::ZERO));
    assert!(!found.combined.strategies.contains(&"spot"));
}

#[test]
fn stopped_servers_cost_their_hours_and_nothing_else_changes() {
    let world = world();
    let mut scenario = scenario(&world, "{ platform = \"fargate\", tasks = 4 }", 30, 2);
    let whole = compare(&scenario, &world.catalog, &world.book).expect("a scale");
    let hours = weigh_core::traffic::Hours::list("08:00-20:00").expect("hours");
    let days = weigh_core::traffic::Days::ALL;
    scenario.server_hours = Some(weigh_core::scenario::ServerHours { hours, days });
    let half = compare(&scenario, &world.catalog, &world.book).expect("a scale");
    let bills = [&whole, &half].map(|comparison| match &comparison.options[0].verdict {
        Verdict::Ranked(ranked) => ranked.evaluation.bill.clone(),
        other => panic!("{other:?}"),
    });
    // The month of 730 hours begins at midnight: 30 days and 10 hours hold 30 × 12 + 2 hours from 8 to 20.
    let share = Decimal::from(362) / Decimal::from(730);
    for (before, after) in bills[0].charges().iter().zip(bills[1].charges()) {
        let stops = before.price_id.starts_with("fargate/")
            || (before.price_id == "vpc/public-ipv4-hours" && before.description.contains("tasks"));
        let expected = if stops { before.cost * share } else { before.cost };
        assert!(
            (after.cost - expected).abs() < Decimal::new(1, 6),
            "{}: {} {expected}",
            before.price_id,
            after.cost
        );
    }
    assert!(bills[1].total() < bills[0].total());
}

#[test]
fn parts_of_an_option_are_changed_each_on_its_platform() {
    let world = world();
    let parts = "{ name = \"both\", part = [{ platform = \"fargate\", tasks = 4 }] }";
    let found = found(&world, &scenario(&world, parts, 30, 2), &SavingsQuestion::default()).expect("a bill");
    let spot = found.strategies.iter().find(|tried| tried.id == "spot").expect("spot");
    assert!(spot.saving() > Some(Decimal::ZERO));
}

#[test]
fn the_arm_type_is_of_the_same_size_and_the_next_generation() {
    let world = world();
    // T2 has a small with 1 vCPU; no Graviton type of the T family has so few.
    for (stated, told) in [
        ("t3.medium", "t4g.medium in place of t3.medium"),
        ("m5.large", "m6g.large in place of m5.large"),
        ("c7i.xlarge", "c7g.xlarge in place of c7i.xlarge"),
        ("t2.small", "there is no ARM type like t2.small"),
    ] {
        let option = format!("{{ platform = \"ec2-compose\", instance_type = \"{stated}\" }}");
        let found =
            found(&world, &scenario(&world, &option, 30, 1), &SavingsQuestion::default()).expect("a bill");
        let graviton = found.strategies.iter().find(|tried| tried.id == "graviton").expect("graviton");
        let words = match &graviton.outcome {
            TriedOutcome::NotApplicable(why) => why,
            TriedOutcome::Priced(change) => &change.what,
            other => panic!("{other:?}"),
        };
        assert!(words.starts_with(told), "{words}");
    }
}
