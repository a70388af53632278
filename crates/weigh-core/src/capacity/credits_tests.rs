//! Tests of the credits: what a plan refuses, steps of any length, and what must hold at any demand.

use proptest::prelude::{ProptestConfig, prop_assert, proptest};

use super::{CreditMode, CreditPlan, Credits};

fn plan(launch_credits: f64, mode: CreditMode) -> CreditPlan {
    CreditPlan::new(2.0, 24.0, 576.0, launch_credits, mode).expect("a plan")
}

/// The largest difference in any part of two accounts.
fn apart(one: Credits, other: Credits) -> f64 {
    let parts = [
        one.balance - other.balance,
        one.launch - other.launch,
        one.surplus - other.surplus,
        one.charged - other.charged,
    ];
    parts.into_iter().map(f64::abs).fold(0.0, f64::max)
}

#[test]
fn each_refusal_names_its_field_and_its_remedy() {
    let table = [
        (0.0, 1.0, 1.0, 0.0, "processors is 0, but must be a finite number above 0"),
        (f64::NAN, 1.0, 1.0, 0.0, "processors is NaN, but must be a finite number, at least 0"),
        (1.0, -1.0, 1.0, 0.0, "earned_per_hour is -1, but must be a finite number, at least 0"),
        (1.0, 61.0, 1.0, 0.0, "earned_per_hour is 61, but must be at most 60 for each processor"),
        (1.0, 1.0, f64::INFINITY, 0.0, "cap is inf, but must be a finite number, at least 0"),
        (1.0, 1.0, 1.0, -2.0, "launch_credits is -2, but must be a finite number, at least 0"),
    ];
    for (processors, earned_per_hour, cap, launch, message) in table {
        let plan = CreditPlan::new(processors, earned_per_hour, cap, launch, CreditMode::Standard);
        assert_eq!(plan.expect_err(message).to_string(), message);
    }
}

#[test]
fn what_is_earned_while_launch_credits_are_spent_may_find_the_account_full() {
    let plan = CreditPlan::new(1.0, 3.0, 72.0, 30.0, CreditMode::Standard).expect("a plan");
    let full = plan.step(plan.start(), 24.0 * 60.0, 0.0).credits;
    let worked = plan.step(full, 60.0, 60.0);
    // 30 minutes on launch credits, in which 1.5 earned credits are lost; then 30 minutes on 72 and 1.5 more.
    assert!((worked.credits.balance - 43.5).abs() < 1e-12 && worked.credits.launch < 1e-12);
    assert!(worked.unserved < 1e-12);
}

#[test]
fn a_surplus_is_charged_when_the_mode_no_longer_allows_it() {
    let credits = Credits { surplus: 40.0, charged: 2.0, ..Credits::default() };
    let standard = plan(0.0, CreditMode::Standard).step(credits, 60.0, 0.0).credits;
    assert!(apart(standard, Credits { balance: 24.0, charged: 42.0, ..Credits::default() }) < 1e-12);
    let unlimited = plan(0.0, CreditMode::Unlimited).step(credits, 60.0, 0.0).credits;
    assert!(apart(unlimited, Credits { surplus: 16.0, charged: 2.0, ..Credits::default() }) < 1e-12);
}

#[test]
fn no_time_and_no_number_change_nothing() {
    for mode in [CreditMode::Standard, CreditMode::Unlimited] {
        let credits = Credits { balance: 7.0, launch: 3.0, ..Credits::default() };
        for (minutes, demand) in [(0.0, 0.0), (f64::NAN, 0.0), (-5.0, f64::NAN)] {
            let spent = plan(3.0, mode).step(credits, minutes, demand);
            assert!(apart(spent.credits, credits) + spent.used + spent.unserved < f64::MIN_POSITIVE);
        }
        let spent = plan(3.0, mode).step(credits, 0.0, 5.0);
        assert!(apart(spent.credits, credits) + spent.used < f64::MIN_POSITIVE);
        assert!((spent.unserved - 5.0).abs() < 1e-15);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn steps_of_any_length_give_the_same(
        shares in proptest::collection::vec((1_u32..200, 0.0..1.2), 1..6), launch in 0.0..60.0, unlimited: bool,
    ) {
        let plan = plan(launch, if unlimited { CreditMode::Unlimited } else { CreditMode::Standard });
        let (mut long, mut five, mut one) = (plan.start(), plan.start(), plan.start());
        for (fives, share) in shares {
            let demand = |minutes: f64| 2.0 * share * minutes;
            let whole = plan.step(long, f64::from(fives) * 5.0, demand(f64::from(fives) * 5.0));
            long = whole.credits;
            let (mut used, mut unserved) = (0.0, 0.0);
            for _ in 0..fives {
                let spent = plan.step(five, 5.0, demand(5.0));
                (five, used, unserved) = (spent.credits, used + spent.used, unserved + spent.unserved);
                for _ in 0..5 {
                    one = plan.step(one, 1.0, demand(1.0)).credits;
                }
            }
            prop_assert!(apart(long, five) < 1e-9 && apart(long, one) < 1e-9, "{long:?} {five:?} {one:?}");
            prop_assert!((used - whole.used).abs() < 1e-9 && (unserved - whole.unserved).abs() < 1e-9);
        }
    }

    #[test]
    fn the_account_stays_in_its_bounds_and_loses_no_work(
        balance in 0.0..576.0, launch in 0.0..60.0, minutes in 0.0..2000.0, share in 0.0..1.5, unlimited: bool,
    ) {
        let plan = plan(launch, if unlimited { CreditMode::Unlimited } else { CreditMode::Standard });
        let demand = share * 2.0 * minutes;
        let spent = plan.step(Credits { balance, launch, ..Credits::default() }, minutes, demand);
        let Credits { balance, launch, surplus, charged } = spent.credits;
        prop_assert!((0.0..=576.0).contains(&balance) && (0.0..=576.0).contains(&surplus));
        prop_assert!(launch >= 0.0 && charged >= 0.0 && !(balance > 0.0 && surplus > 0.0));
        prop_assert!((spent.used + spent.unserved - demand).abs() < 1e-9 && spent.unserved >= -1e-9);
        let baseline = demand.min(plan.baseline_share() * 2.0 * minutes);
        prop_assert!(spent.used >= baseline - 1e-9);
        prop_assert!(!unlimited || (spent.used - demand.min(2.0 * minutes)).abs() < 1e-9);
    }
}
