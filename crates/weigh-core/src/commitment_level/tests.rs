//! Every answer against brute force on small profiles.

use proptest::prelude::*;

use super::*;

fn eligible(quantities: &[f64], rate: f64, share: f64) -> Eligible<'_> {
    Eligible { quantities, rate, plan_rate: rate * share }
}

/// The cost of one slot, in the plainest way: by the order of the saving, a dollar at a time.
fn slot_cost(uses: &[Eligible<'_>], slot: usize, level: f64) -> f64 {
    let mut order: Vec<&Eligible<'_>> = uses.iter().collect();
    order.sort_by(|one, other| (one.plan_rate / one.rate).total_cmp(&(other.plan_rate / other.rate)));
    let (mut left, mut cost) = (level, level);
    for each in order {
        let used = each.quantities[slot];
        let covered = if each.plan_rate < each.rate { used.min(left / each.plan_rate) } else { 0.0 };
        left -= covered * each.plan_rate;
        cost += (used - covered) * each.rate;
    }
    cost
}

fn plain_cost(uses: &[Eligible<'_>], level: f64) -> f64 {
    (0..uses[0].quantities.len()).map(|slot| slot_cost(uses, slot, level)).sum()
}

/// The least cost over every point where a slot could go from one use to the next.
fn least(uses: &[Eligible<'_>]) -> f64 {
    let mut levels = vec![0.0];
    for slot in 0..uses[0].quantities.len() {
        for taken in 0_u32..1 << uses.len() {
            let of = uses.iter().enumerate().filter(|(place, _)| taken & (1 << place) != 0);
            levels.push(of.map(|(_, each)| each.quantities[slot] * each.plan_rate).sum());
        }
    }
    levels.into_iter().map(|level| plain_cost(uses, level)).fold(f64::INFINITY, f64::min)
}

fn slots() -> impl Strategy<Value = Vec<(f64, f64, f64)>> {
    let quantity = || prop_oneof![Just(0.0), (0_u32..6).prop_map(f64::from), 0.0..6.0];
    prop::collection::vec((quantity(), quantity(), quantity()), 1..8)
}

fn columns(slots: &[(f64, f64, f64)]) -> [Vec<f64>; 3] {
    [
        slots.iter().map(|slot| slot.0).collect(),
        slots.iter().map(|slot| slot.1).collect(),
        slots.iter().map(|slot| slot.2).collect(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_budget_is_better_than_the_best(
        slots in slots(), rates in [0.1..3.0, 0.1..3.0, 0.1..3.0], shares in [0.2..1.2, 0.2..1.2, 0.2..1.2],
    ) {
        let quantities = columns(&slots);
        let uses: Vec<Eligible<'_>> =
            (0..3).map(|at| eligible(&quantities[at], rates[at], shares[at])).collect();
        let best = best_budget(&uses);
        prop_assert!((best.cost - least(&uses)).abs() < 1e-9, "{best:?} {}", least(&uses));
        prop_assert!((best.cost - plain_cost(&uses, best.level)).abs() < 1e-9);
        prop_assert!(best.cost <= best.without + 1e-9);
        let stepped = in_steps(&uses, best, 0.25);
        for steps in 0..200 {
            prop_assert!(stepped.cost <= plain_cost(&uses, f64::from(steps) * 0.25) + 1e-9);
        }
    }

    #[test]
    fn no_number_of_units_is_better_than_the_best(slots in slots(), rate in 0.1..3.0, share in 0.2..1.2) {
        let [quantities, ..] = columns(&slots);
        let units = eligible(&quantities, rate, share);
        let best = best_count(units);
        for count in 0..8 {
            prop_assert!(best.cost <= cost_at_count(units, count) + 1e-9, "{best:?} {count}");
        }
        prop_assert!((best.cost - cost_at_count(units, best.count)).abs() < 1e-12);
    }

    #[test]
    fn no_mix_is_better_than_the_best(
        slots in slots(), rates in [0.1..3.0, 0.1..3.0], shares in [0.2..1.2, 0.2..1.2], unit_share in 0.2..1.2,
    ) {
        let [servers, functions, _] = columns(&slots);
        let uses = [eligible(&servers, rates[0], shares[0]), eligible(&functions, rates[1], shares[1])];
        let unit_rate = rates[0] * unit_share;
        let best = best_mix(&uses, 0, unit_rate);
        let at = |count: u32| {
            let left: Vec<f64> = servers.iter().map(|used| (used - f64::from(count)).max(0.0)).collect();
            let rest = [eligible(&left, rates[0], shares[0]), uses[1]];
            least(&rest) + f64::from(count) * unit_rate * servers.len() as f64
        };
        let brute = (0..8).map(at).fold(f64::INFINITY, f64::min);
        prop_assert!((best.cost - brute).abs() < 1e-9, "{best:?} {brute}");
    }

    #[test]
    fn the_cost_is_convex_in_the_budget(slots in slots(), shares in [0.2..1.2, 0.2..1.2], level in 0.0..8.0, step in 0.01..2.0) {
        let [one, other, _] = columns(&slots);
        let uses = [eligible(&one, 1.0, shares[0]), eligible(&other, 2.0, shares[1])];
        let cost = |level| cost_at_budget(&uses, level);
        prop_assert!(cost(level) + cost(level + 2.0 * step) >= 2.0 * cost(level + step) - 1e-9);
    }
}

/// A newsvendor: the level is the quantile of the use at one less the ratio of the rates.
#[test]
fn the_level_of_one_use_is_a_quantile() {
    let quantities: Vec<f64> = (1..=100).map(f64::from).collect();
    for percent in [10, 25, 50, 75, 90] {
        let best = best_budget(&[eligible(&quantities, 1.0, f64::from(percent) / 100.0)]);
        let wanted = f64::from(100 - percent);
        assert!((best.level / (f64::from(percent) / 100.0) - wanted).abs() <= 1.0, "{percent}: {best:?}");
    }
}

#[test]
fn what_is_never_used_or_saves_nothing_is_not_committed_to() {
    assert_eq!(best_budget(&[]).level.to_bits(), 0.0_f64.to_bits());
    assert!(best_budget(&[eligible(&[0.0, 0.0], 1.0, 0.5)]).level.abs() < 1e-12);
    assert!(best_budget(&[eligible(&[5.0, 5.0], 1.0, 1.0)]).level.abs() < 1e-12);
    assert!((cost_at_budget(&[eligible(&[5.0, 5.0], 1.0, 1.0)], 2.0) - 14.0).abs() < 1e-12);
    assert_eq!(best_count(eligible(&[0.0], 1.0, 0.5)).count, 0);
    assert_eq!(best_count(eligible(&[5.0], 1.0, 1.0)).count, 0);
}
