//! A commitment to whole units, which are paid in every slot and used as far as there is use for them.

use rust_decimal::prelude::ToPrimitive;

use super::Eligible;

/// The best number of units, and what it comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountLevel {
    /// The units; 0 where none is worth it.
    pub count: u32,
    /// The cost of all slots with them.
    pub cost: f64,
    /// The cost of all slots without them.
    pub without: f64,
}

/// The number of units that makes the cost of all slots smallest; the smaller one where two do.
///
/// The `k`-th unit is used by what goes beyond `k - 1` in each slot, at most one. That falls with `k`: the best number is
/// that of the last unit which saves more than it costs.
///
/// ```
/// use weigh_core::commitment_level::{Eligible, best_count};
/// // The third unit is used in half of the slots, which is less than the 60 % that it costs.
/// let servers = Eligible { quantities: &[2.0, 2.0, 3.0, 4.0], rate: 1.0, plan_rate: 0.6 };
/// let best = best_count(servers);
/// assert_eq!(best.count, 2);
/// assert!((best.without - 11.0).abs() < 1e-12 && (best.cost - (4.8 + 3.0)).abs() < 1e-12);
/// ```
#[must_use]
pub fn best_count(units: Eligible<'_>) -> CountLevel {
    let worth_one = units.quantities.len() as f64 * units.plan_rate * (1.0 + 1e-12);
    let worth = |count: u32| {
        let used = units.quantities.iter().map(|used| (used - f64::from(count - 1)).clamp(0.0, 1.0));
        used.sum::<f64>() * units.rate > worth_one
    };
    let count = last(most(units.quantities), worth);
    CountLevel { count, cost: cost_at_count(units, count), without: units.cost() }
}

/// What all slots cost with so many units.
///
/// ```
/// use weigh_core::commitment_level::{Eligible, cost_at_count};
/// let servers = Eligible { quantities: &[0.5, 3.0], rate: 1.0, plan_rate: 0.6 };
/// assert!((cost_at_count(servers, 1) - (1.2 + 2.0)).abs() < 1e-12);
/// ```
#[must_use]
pub fn cost_at_count(units: Eligible<'_>, count: u32) -> f64 {
    let count = f64::from(count);
    let beyond: f64 = units.quantities.iter().map(|used| (used - count).max(0.0)).sum();
    units.quantities.len() as f64 * count * units.plan_rate + beyond * units.rate
}

/// As many units as are ever used at once.
fn most(quantities: &[f64]) -> u32 {
    quantities.iter().copied().fold(0.0, f64::max).ceil().to_u32().unwrap_or(u32::MAX)
}

/// The last number from 1 on that is worth it, where none is behind one that is not; 0 when not even 1 is.
pub(super) fn last(most: u32, mut worth: impl FnMut(u32) -> bool) -> u32 {
    let (mut known, mut beyond) = (0, most);
    while known < beyond {
        let middle = known + (beyond - known).div_ceil(2);
        match worth(middle) {
            true => known = middle,
            false => beyond = middle - 1,
        }
    }
    known
}
