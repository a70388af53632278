//! Known answers of commitments through the whole pipeline: what is advised is what is billed, and nothing near it is cheaper.

mod support;

use std::path::Path;
use std::sync::OnceLock;

use rust_decimal::Decimal;
use support::{catalog, cost, exactly, option_of, read, scenario, text, whole_book};
use weigh_core::bill::Bill;
use weigh_core::commitment::{Commitment, CommitmentKind};
use weigh_core::compare::{CommitmentQuestion, DeploymentCommitments, advise, compare, simulate_option};
use weigh_core::data::DataFile;
use weigh_core::evaluate::SEED;
use weigh_core::pricebook::{OwnSheet, RegionPrices};

/// The frozen book with rates of commitments laid over it.
fn book() -> &'static RegionPrices {
    static BOOK: OnceLock<RegionPrices> = OnceLock::new();
    BOOK.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/commitments.csv");
        let file = DataFile { path: "commitments.csv".into(), text: read(&path).into() };
        let sheet = OwnSheet::read(&file).expect("the sheet is right");
        whole_book().with_own_prices(&sheet).open("us-east-1", None).expect("the region is there")
    })
}

const FARGATE: &str = "min_capacity = 4";
const INSTANCES: &str = "instance_type = \"t3.medium\"; min_capacity = 6";
const LAMBDA: &str = "memory = \"1769 MB\"";

/// A shop whose busy hours bring five times the usual rate.
fn shop(rate: u32, platform: &str, settings: &str, commitments: &[Commitment]) -> String {
    let daily = "vcpu = 0.5; memory = \"1 GiB\"; wait_time = \"100 ms\"; concurrency = 8";
    let stated: String = commitments.iter().map(table).collect();
    let rest = format!("month = \"2026-04\"\n{}{stated}", option_of(platform, settings));
    let text = text(&format!("{rate}/s"), daily, &rest);
    text.replace("/s\"\n", "/s\"\npeak_hours = \"09:00-17:00\"\npeak_days = \"mon-fri\"\npeak_factor = 5\n")
}

/// A commitment as a scenario states it.
fn table(commitment: &Commitment) -> String {
    let of = match &commitment.kind {
        CommitmentKind::ComputeSavingsPlan { hourly } => {
            format!("kind = \"compute-savings-plan\"\nhourly = \"${hourly}\"")
        }
        CommitmentKind::ReservedInstance { instance_type, class, count } => format!(
            "kind = \"reserved-instance\"\ninstance_type = \"{instance_type}\"\nclass = \"{}\"\ncount = {count}",
            class.spelling()
        ),
        other => panic!("{other:?}"),
    };
    let (term, payment) = (commitment.term.spelling(), commitment.payment.spelling());
    format!("[[commitment]]\n{of}\nterm = \"{term}\"\npayment = \"{payment}\"\n")
}

fn advice(text: &str, falls: &str) -> DeploymentCommitments {
    let question = CommitmentQuestion { option: None, term: None, falls: falls.parse().expect("a share") };
    let advice = advise(&scenario(text), catalog(), book(), question).expect("an option");
    advice.options.into_iter().next().expect("an option").outcome.expect("a deployment")
}

/// The bill of the one option's month, as `simulate` follows it.
fn month(text: &str) -> Bill {
    let simulated =
        simulate_option(&scenario(text), catalog(), book(), "it", SEED, false).expect("an option");
    simulated.month.expect("a month").evaluation.bill
}

/// The same commitments, the last of them a step larger or smaller; nothing where there is no smaller one.
fn near(commitments: &[Commitment], larger: bool) -> Option<Vec<Commitment>> {
    let mut near = commitments.to_vec();
    match &mut near.last_mut()?.kind {
        CommitmentKind::ComputeSavingsPlan { hourly } => {
            *hourly += if larger { Decimal::new(1, 3) } else { Decimal::new(-1, 3) };
        }
        CommitmentKind::ReservedInstance { count, .. } => {
            *count = if larger { *count + 1 } else { *count - 1 }
        }
        other => panic!("{other:?}"),
    }
    let empty = matches!(&near.last()?.kind, CommitmentKind::ReservedInstance { count: 0, .. });
    (!empty).then_some(near)
}

#[test]
fn a_scenario_that_states_what_is_advised_costs_what_was_said() {
    for (platform, settings) in [("fargate", FARGATE), ("ecs-ec2", INSTANCES), ("lambda", LAMBDA)] {
        let bare = shop(20, platform, settings, &[]);
        let found = advice(&bare, "20%");
        assert_eq!(found.without, month(&bare), "{platform}");
        assert!(found.levels.len() >= 2, "{platform}: {:?}", found.missing);
        for level in &found.levels {
            let told: Vec<String> = level.commitments.iter().map(ToString::to_string).collect();
            let stated = month(&shop(20, platform, settings, &level.commitments));
            assert_eq!(stated.total(), level.with.total(), "{platform}: {told:?}");
            assert_eq!(stated.commitments(), level.with.commitments());
        }
    }
}

#[test]
fn no_level_near_the_best_is_cheaper() {
    for (platform, settings) in [("fargate", FARGATE), ("ecs-ec2", INSTANCES), ("lambda", LAMBDA)] {
        let found = advice(&shop(20, platform, settings, &[]), "20%");
        for level in &found.levels {
            for larger in [false, true] {
                let Some(near) = near(&level.commitments, larger) else { continue };
                let bill = month(&shop(20, platform, settings, &near));
                assert!(bill.total() >= level.with.total(), "{platform}: {near:?}");
            }
            assert!(level.saving(&found.without) > Decimal::ZERO);
        }
    }
}

/// With a fifth less traffic the same deployment serves: what functions cost then is what a scenario with less costs.
#[test]
fn less_traffic_is_served_anew() {
    let found = advice(&shop(20, "lambda", LAMBDA, &[]), "20%");
    let less = month(&shop(16, "lambda", LAMBDA, &[]));
    assert!((found.without_if_falls.total() - less.total()).abs() < exactly("0.01"));
    for level in &found.levels {
        let less = month(&shop(16, "lambda", LAMBDA, &level.commitments));
        assert!((level.with_if_falls.total() - less.total()).abs() < exactly("0.01"));
    }
    // The tasks that always run are enough for less: what is committed to is used as before.
    let tasks = advice(&shop(20, "fargate", FARGATE, &[]), "20%");
    assert!(tasks.without_if_falls.total() < tasks.without.total());
    let best = &tasks.levels[tasks.best().unwrap()];
    let saves_then = tasks.without_if_falls.total() - best.with_if_falls.total();
    assert!((saves_then - best.saving(&tasks.without)).abs() < exactly("1"));
}

#[test]
fn a_commitment_of_one_option_is_paid_by_that_option_alone() {
    let plan =
        "kind = \"compute-savings-plan\"\nhourly = \"$0.01\"\nterm = \"1-year\"\npayment = \"no-upfront\"\n";
    let options = "[[option]]\nname = \"one\"\nplatform = \"fargate\"\ntasks = 1\n[[option]]\nname = \"two\"\nplatform = \"fargate\"\ntasks = 1\n[[option]]\nplatform = \"lightsail\"\n";
    let fees = |restricted: &str| -> Vec<Decimal> {
        let rest = format!("[[commitment]]\n{plan}{restricted}{options}");
        let text = text("1/hour", "vcpu = 0.5; memory = \"512 MB\"", &rest);
        let comparison = compare(&scenario(&text), catalog(), book()).unwrap();
        let fee = |name: &str| {
            let option = comparison.options.iter().find(|option| option.name == name).unwrap();
            cost(&support::evaluation(option).unwrap().bill, "compute-savings-plan/commitment-hours/")
        };
        ["one", "two", "lightsail"].map(fee).to_vec()
    };
    let all = exactly("7.3");
    assert_eq!(fees("option = \"one\"\n"), [all, Decimal::ZERO, Decimal::ZERO]);
    // The account has it anyway, also where there is nothing that it could pay for.
    assert_eq!(fees(""), [all, all, all]);
}

#[test]
fn what_runs_on_spot_is_never_covered() {
    let found = advice(&shop(20, "fargate", "min_capacity = 4; spot_share = 1.0", &[]), "20%");
    assert!(found.eligible_worth.is_zero() && found.levels.is_empty() && found.missing.is_empty());
    let half = advice(&shop(20, "fargate", "min_capacity = 4; spot_share = 0.5", &[]), "20%");
    let worth = cost(&half.without, "fargate/vcpu-hours") + cost(&half.without, "fargate/memory-gb-hours");
    assert_eq!(half.eligible_worth, worth);
}

/// Document 004: with a base of one and a single task nothing runs on Spot, whatever the weights: they share what is above
/// the base. Weights of 1 on demand and 3 on Spot are a share of 75 %.
#[test]
fn a_base_of_one_and_one_replica_is_all_on_demand() {
    let spot = "on_demand_base = 1; spot_share = 0.75";
    for (platform, settings, count, spot_id, expected) in [
        ("fargate", "tasks = 1", "fargate/vcpu-hours", "fargate-spot/", "0"),
        (
            "ec2-compose",
            "instance_type = \"t3.medium\"; instances = 1",
            "ec2/instance-hours",
            "ec2-spot/",
            "0",
        ),
        (
            "ecs-ec2",
            "instance_type = \"t3.medium\"; instances = 1; tasks = 1",
            "ec2/instance-hours",
            "ec2-spot/",
            "0",
        ),
        // Four of five above the base of one: three run on Spot.
        ("fargate", "tasks = 5", "fargate/vcpu-hours", "fargate-spot/vcpu-hours", "2190"),
    ] {
        let rest = option_of(platform, &format!("{settings}; {spot}"));
        let bill = month(&text("1/hour", "vcpu = 1; memory = \"2 GiB\"", &rest));
        let hours = |price_id: &str| -> Decimal {
            let all = support::charges(&bill, price_id);
            all.iter().map(|charge| charge.quantity).sum()
        };
        assert_eq!(hours(spot_id).round_dp(0), exactly(expected), "{platform}, {settings}");
        assert!(hours(count) > Decimal::ZERO);
    }
}

/// Parts of an option share what is committed to: the fee is paid once, and pays for all of them.
#[test]
fn parts_of_an_option_share_a_commitment() {
    let parts = "[[environment]]\nname = \"staging\"\ntraffic_share = 0.1\n[[environment]]\nname = \"production\"\n[[option]]\nname = \"it\"\nplatform = \"fargate\"\ntasks = 1\n";
    let of =
        |commitments: &str| text("1/hour", "vcpu = 1; memory = \"2 GiB\"", &format!("{commitments}{parts}"));
    let found = advice(&of(""), "20%");
    let best = &found.levels[found.best().unwrap()];
    assert_eq!(best.with.commitments().len(), 1);
    let stated = of(&best.commitments.iter().map(table).collect::<String>());
    let comparison = compare(&scenario(&stated), catalog(), book()).unwrap();
    let bill = &support::evaluation(&comparison.options[0]).unwrap().bill;
    assert_eq!((bill.total(), bill.commitments()), (best.with.total(), best.with.commitments()));
    // Two tasks of one vCPU and 2 GB run all the time.
    let fees = support::charges(bill, "compute-savings-plan/commitment-hours/");
    assert_eq!((fees.len(), fees[0].quantity), (1, Decimal::from(730)));
    let covered = support::charges(bill, "fargate/vcpu-hours");
    assert_eq!(covered.iter().map(|charge| charge.quantity).sum::<Decimal>(), Decimal::from(1_460));
}

/// The services that a scenario states are on the bill that commitments are found for, once for each environment.
#[test]
fn what_to_commit_to_is_found_for_the_same_bill_as_a_comparison_has() {
    let service =
        "[[service]]\nkind = \"rds-postgresql\"\ninstance_type = \"db.t4g.medium\"\nstorage = \"100 GB\"\n";
    let environments =
        "[[environment]]\nname = \"staging\"\ntraffic_share = 0.1\n[[environment]]\nname = \"production\"\n";
    let option = "[[option]]\nname = \"it\"\nplatform = \"fargate\"\ntasks = 1\n";
    for rest in [format!("{service}{option}"), format!("{environments}{service}{option}")] {
        let all = text("1/hour", "vcpu = 1; memory = \"2 GiB\"", &rest);
        let comparison = compare(&scenario(&all), catalog(), book()).unwrap();
        let bill = &support::evaluation(&comparison.options[0]).unwrap().bill;
        assert!(!support::charges(bill, "rds/").is_empty());
        assert_eq!(advice(&all, "20%").without.total(), bill.total(), "{rest}");
    }
}
