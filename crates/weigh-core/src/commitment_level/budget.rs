//! A commitment to spend so much in each slot, on whatever of several uses saves most.

use super::{Eligible, in_order};
use crate::capacity::whole;

/// The best amount to spend in each slot, and what it comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BudgetLevel {
    /// The amount committed to in each slot; 0 where none is worth it.
    pub level: f64,
    /// The cost of all slots with it.
    pub cost: f64,
    /// The cost of all slots without it.
    pub without: f64,
}

/// The amount that makes the cost of all slots smallest; the smaller one where two do.
///
/// With amount `c` and `n` slots the cost is `n × c` and what is left over at the full rates. One more dollar in each slot
/// saves, in each slot that it is used in, what it buys at the full rate; so the answer is where that falls to `n`. It is
/// found by selection among the points where a slot goes from one use to the next, in time proportional to their number.
///
/// ```
/// use weigh_core::commitment_level::{Eligible, best_budget};
/// // Used at 3 in three quarters of the time and at 7 in the rest; the plan costs 80 %: 7 would be used too seldom.
/// let tasks = Eligible { quantities: &[3.0, 3.0, 3.0, 7.0], rate: 1.0, plan_rate: 0.8 };
/// let best = best_budget(&[tasks]);
/// assert!((best.level - 2.4).abs() < 1e-12);
/// assert!((best.without - 16.0).abs() < 1e-12 && (best.cost - 13.6).abs() < 1e-12);
/// ```
#[must_use]
pub fn best_budget(uses: &[Eligible<'_>]) -> BudgetLevel {
    let without = uses.iter().map(Eligible::cost).sum();
    let worth = in_order(uses);
    let level = level(&worth, &mut Vec::new());
    BudgetLevel { level, cost: cost_of(without, slots(uses), &worth, level), without }
}

/// What all slots cost with a commitment to spend `level` in each.
///
/// ```
/// use weigh_core::commitment_level::{Eligible, cost_at_budget};
/// let tasks = Eligible { quantities: &[3.0, 7.0], rate: 1.0, plan_rate: 0.5 };
/// // Two dollars pay for four: one of them is lost in the first slot, and three are left over in the second.
/// assert!((cost_at_budget(&[tasks], 2.0) - (4.0 + 3.0)).abs() < 1e-12);
/// ```
#[must_use]
pub fn cost_at_budget(uses: &[Eligible<'_>], level: f64) -> f64 {
    cost_of(uses.iter().map(Eligible::cost).sum(), slots(uses), &in_order(uses), level)
}

/// The best amount among multiples of a step: as the cost is convex, one of the two around the best of all.
///
/// ```
/// use weigh_core::commitment_level::{Eligible, best_budget, in_steps};
/// let tasks = Eligible { quantities: &[0.0123], rate: 1.0, plan_rate: 0.5 };
/// let best = in_steps(&[tasks], best_budget(&[tasks]), 0.001);
/// assert!((best.level - 0.006).abs() < 1e-12);
/// ```
#[must_use]
pub fn in_steps(uses: &[Eligible<'_>], best: BudgetLevel, step: f64) -> BudgetLevel {
    let worth = in_order(uses);
    let steps = best.level / step;
    // A level that is a multiple but for its last digit is that multiple.
    let near = steps.round();
    let around = if (steps - near).abs() < 1e-9 { [near, near] } else { [steps.floor(), steps.ceil()] };
    let at = |count: f64| (count * step, cost_of(best.without, slots(uses), &worth, count * step));
    let lower = at(around[0]);
    let upper = if around[1] > around[0] { at(around[1]) } else { lower };
    let (level, cost) = if upper.1 < lower.1 { upper } else { lower };
    BudgetLevel { level, cost, ..best }
}

/// How many slots there are.
fn slots(uses: &[Eligible<'_>]) -> usize {
    uses.first().map_or(0, |each| each.quantities.len())
}

/// The cost of all slots, those uses included that no commitment pays: together they cost `without`.
pub(super) fn cost_of(without: f64, slots: usize, worth: &[Eligible<'_>], level: f64) -> f64 {
    let gains: Vec<f64> = worth.iter().map(|each| each.rate / each.plan_rate).collect();
    let mut saved = 0.0;
    for slot in (0..slots).filter(|_| !worth.is_empty()) {
        let mut left = level;
        for (each, gain) in worth.iter().zip(&gains) {
            let spent = left.min(each.quantities[slot] * each.plan_rate);
            left -= spent;
            saved += spent * gain;
        }
    }
    without - saved + level * slots as f64
}

/// Where one more dollar in each slot saves no more than it costs. `points` is room that is used again.
///
/// In a slot the first use ends at what it takes in dollars, the next one so much further, and so on; there a dollar saves less
/// by a drop that is the same in all slots.
pub(super) fn level(worth: &[Eligible<'_>], points: &mut Vec<f64>) -> f64 {
    let slots = slots(worth);
    points.clear();
    points.reserve(slots * worth.len());
    for (at, each) in worth.iter().enumerate() {
        for (slot, used) in each.quantities.iter().enumerate() {
            let before = if at > 0 { points[(at - 1) * slots + slot] } else { 0.0 };
            points.push(before + used * each.plan_rate);
        }
    }
    let gain = |at: usize| worth.get(at).map_or(0.0, |each| each.rate / each.plan_rate);
    let drops: Vec<f64> = (0..worth.len()).map(|at| gain(at) - gain(at + 1)).collect();
    // Sums in another order differ in their last digits: what is within them of the bound is at it.
    let bound = slots as f64 * (1.0 + 1e-12);
    let (beyond, mut near) = narrowed(points, &drops, slots, bound);
    select(&mut near, beyond, bound)
}

/// The points among which the answer is, and the drops beyond them: first in parts of equal length, to order few of them.
fn narrowed(points: &[f64], drops: &[f64], slots: usize, bound: f64) -> (f64, Vec<(f64, f64)>) {
    const PARTS: usize = 512;
    let highest = points.iter().copied().fold(0.0, f64::max);
    #[allow(clippy::cast_precision_loss, reason = "a small number")]
    let scale = if highest > 0.0 { (PARTS - 1) as f64 / highest } else { 0.0 };
    let part = |point: f64| (whole(point * scale) as usize).min(PARTS - 1);
    let rows = || points.chunks(slots.max(1)).zip(drops);
    let mut sums = [0.0_f64; PARTS];
    for (row, drop) in rows() {
        let mut counts = [0_u32; PARTS];
        row.iter().for_each(|point| counts[part(*point)] += 1);
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += drop * f64::from(count));
    }
    let mut beyond = 0.0;
    for at in (0..PARTS).rev() {
        if beyond + sums[at] > bound {
            let near = rows().flat_map(|(row, drop)| row.iter().map(move |point| (*point, *drop)));
            return (beyond, near.filter(|(point, _)| part(*point) == at).collect());
        }
        beyond += sums[at];
    }
    (beyond, Vec::new())
}

/// The smallest point beyond which the drops, with those that are beyond all points, add up to `bound` or less; 0 when all of
/// them do.
fn select(points: &mut [(f64, f64)], mut beyond: f64, bound: f64) -> f64 {
    let mut rest = points;
    loop {
        let Some(pivot) = pivot(rest) else { return 0.0 };
        // Smaller ones first, then equal ones, then larger ones.
        let (mut smaller, mut at, mut larger) = (0, 0, rest.len());
        let (mut equal_drop, mut larger_drop) = (0.0, 0.0);
        while at < larger {
            let (point, drop) = rest[at];
            if point < pivot {
                rest.swap(smaller, at);
                smaller += 1;
                at += 1;
            } else if point > pivot {
                larger -= 1;
                rest.swap(at, larger);
                larger_drop += drop;
            } else {
                equal_drop += drop;
                at += 1;
            }
        }
        if beyond + larger_drop > bound {
            rest = &mut rest[larger..];
        } else if beyond + larger_drop + equal_drop > bound {
            return pivot;
        } else {
            beyond += larger_drop + equal_drop;
            rest = &mut rest[..smaller];
        }
    }
}

/// The middle one of three points; nothing where there is none.
fn pivot(points: &[(f64, f64)]) -> Option<f64> {
    let (first, middle, last) = (points.first()?.0, points[points.len() / 2].0, points.last()?.0);
    Some(first.min(last).max(middle.min(first.max(last))))
}
