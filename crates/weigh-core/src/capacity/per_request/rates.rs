//! The rates of a month: each as it is where there are few, and the nearest of some hundred where there are many.

use crate::capacity::simulation::Demand;

/// As many rates are kept as they are.
const EXACT: usize = 256;
/// As many stand for all where there are more, in equal ratios.
const KEPT: f64 = 240.0;
/// Rates below this share of the highest are taken as it.
const LEAST_SHARE: f64 = 1e-6;

/// The rates of the steps of a demand that comes here, and those that stand for them.
pub(super) struct Rates {
    /// Which of `known` each step has.
    pub(super) of_step: Vec<usize>,
    /// Requests a second.
    pub(super) known: Vec<f64>,
}

impl Rates {
    /// The rates of a share of the demand.
    ///
    /// Where there are more than 256, each stands within a ratio of `(highest / lowest)^(1 / 480)` to the one that is
    /// taken for it: 3 % where they differ by a million, 0.5 % where they differ by 10.
    pub(super) fn of(demand: &Demand<'_>, share: f64) -> Rates {
        let each = || demand.rates_per_s.iter().map(|rate| rate * share);
        let mut distinct: Vec<f64> = each().collect();
        distinct.sort_unstable_by(f64::total_cmp);
        distinct.dedup_by(|one, other| one.to_bits() == other.to_bits());
        if distinct.len() <= EXACT {
            let place = |rate: f64| distinct.partition_point(|known| *known < rate);
            return Rates { of_step: each().map(place).collect(), known: distinct };
        }
        let highest = distinct.last().copied().unwrap_or(0.0);
        let above_0 = distinct.iter().copied().find(|rate| *rate > 0.0).unwrap_or(highest);
        let lowest = above_0.max(highest * LEAST_SHARE);
        let step = libm::log(highest / lowest) / (KEPT - 1.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 240")]
        let place = |rate: f64| match rate > 0.0 {
            true => 1 + libm::round(libm::log(rate.max(lowest) / lowest) / step) as usize,
            false => 0,
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 240")]
        let kept = (0..KEPT as u32).map(|index| lowest * libm::exp(step * f64::from(index)));
        let known = std::iter::once(0.0).chain(kept).collect();
        Rates { of_step: each().map(place).collect(), known }
    }
}
