//! Whole units first, and a budget for what they leave over: the best of both together.

use super::budget::{self, BudgetLevel};
use super::count::{best_count, last};
use super::{Eligible, in_order};

/// The best number of units and the best budget beside them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MixLevel {
    /// The units.
    pub count: u32,
    /// The amount committed to in each slot for what they leave over.
    pub level: f64,
    /// The cost of all slots with both.
    pub cost: f64,
    /// The cost of all slots with neither.
    pub without: f64,
}

/// The units of one use, at `unit_rate` a slot each, and the budget over all uses that together cost least.
///
/// Units are used first, since they are good for one use only; the budget goes to what is left, the largest saving first.
/// That is the cheapest way to use what is committed to, so that the cost is the least value of a linear programme, and
/// convex in both commitments: the number of units is found by its slope, with the best budget of each number inside.
///
/// ```
/// use weigh_core::commitment_level::{Eligible, best_mix};
/// let servers = Eligible { quantities: &[2.0, 2.0, 2.5, 2.5], rate: 1.0, plan_rate: 0.7 };
/// let functions = Eligible { quantities: &[1.0, 1.0, 1.0, 1.0], rate: 1.0, plan_rate: 0.9 };
/// // Two units at 60 % are always used. The budget is what pays the functions all the time; where it pays the servers'
/// // half unit first, as that saves more, 0.35 of it are missing for the functions.
/// let best = best_mix(&[servers, functions], 0, 0.6);
/// assert_eq!(best.count, 2);
/// assert!((best.level - 0.9).abs() < 1e-12 && (best.cost - (4.8 + 3.6 + 2.0 * 0.35 / 0.9)).abs() < 1e-9);
/// ```
#[must_use]
pub fn best_mix(uses: &[Eligible<'_>], units: usize, unit_rate: f64) -> MixLevel {
    let without: f64 = uses.iter().map(Eligible::cost).sum();
    let Some(quantities) = uses.get(units).map(|each| each.quantities) else {
        let BudgetLevel { level, cost, .. } = budget::best_budget(uses);
        return MixLevel { count: 0, level, cost, without };
    };
    let slots = quantities.len() as f64;
    let mut points = Vec::new();
    let mut at = |count: u32| -> (f64, f64) {
        let left: Vec<f64> = quantities.iter().map(|used| (used - f64::from(count)).max(0.0)).collect();
        let mut rest = uses.to_vec();
        rest[units].quantities = &left;
        let worth = in_order(&rest);
        let level = budget::level(&worth, &mut points);
        let paid: f64 = (quantities.iter().sum::<f64>() - left.iter().sum::<f64>()) * uses[units].rate;
        (
            level,
            budget::cost_of(without - paid, quantities.len(), &worth, level)
                + slots * f64::from(count) * unit_rate,
        )
    };
    // Beside a budget a unit saves no more than without one: more than are best alone are never best.
    let alone = best_count(Eligible { plan_rate: unit_rate, ..uses[units] }).count;
    // Less than this is rounding.
    let noise = without * 1e-12;
    let mut best = (alone, at(alone));
    // The cost falls up to the best number and rises behind it, which is most often the one that is best alone.
    if alone > 0 && at(alone - 1).1 <= best.1.1 + noise {
        let fewer = last(alone - 1, |count| at(count).1 < at(count - 1).1 - noise);
        best = (fewer, at(fewer));
    }
    let (count, (level, cost)) = best;
    MixLevel { count, level, cost, without }
}
