//! The rates of a month: each as it is where there are few, and the nearest of some hundred where there are many.

use crate::capacity::erlang::{erlang_b, servers_for_blocking};
use crate::capacity::simulation::Demand;
use crate::capacity::whole;

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
        let place = |rate: f64| match rate > 0.0 {
            true => 1 + whole(libm::round(libm::log(rate.max(lowest) / lowest) / step)) as usize,
            false => 0,
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 240")]
        let kept = (0..KEPT as u32).map(|index| lowest * libm::exp(step * f64::from(index)));
        let known = std::iter::once(0.0).chain(kept).collect();
        Rates { of_step: each().map(place).collect(), known }
    }
}

/// The fewest servers kept ready all the time that at most a share of all requests does not find idle.
///
/// * `rates_per_s`: the rates, each for as long as the others, each at least 0.
/// * `load_per_rate`: the load that a rate of 1 a second makes, in erlangs, at least 0.
/// * `most_share`: the share, in `(0, 1)`.
///
/// Requests that find none idle may still find a server that is warm from others: the answer holds whatever is kept
/// warm beside the ready ones. Nothing where no number of servers is enough, or an argument is no quantity.
///
/// Formula: `Σ λ B(c, λS) / Σ λ`, with Erlang's loss `B` at each rate.
///
/// # Example: for a peak that lasts an hour a day, nearly as many as for the peak alone
///
/// ```
/// use weigh_core::capacity::{servers_for_blocking, servers_ready_for};
///
/// let day: Vec<f64> = (0..24).map(|hour| if hour == 12 { 50.0 } else { 5.0 }).collect();
/// assert_eq!(servers_ready_for(&day, 1.0, 1e-4), Some(74));
/// assert_eq!(servers_for_blocking(50.0, 1e-4), Some(77));
/// ```
#[must_use]
pub fn servers_ready_for(rates_per_s: &[f64], load_per_rate: f64, most_share: f64) -> Option<u32> {
    let demand = Demand { step_s: 1.0, rates_per_s, arrival_variability: 1.0 };
    let quantities = rates_per_s.iter().all(|rate| rate.is_finite() && *rate >= 0.0);
    if !quantities || !load_per_rate.is_finite() || load_per_rate < 0.0 || most_share.is_nan() {
        return None;
    }
    let rates = Rates::of(&demand, 1.0);
    let mut times = vec![0.0; rates.known.len()];
    rates.of_step.iter().for_each(|place| times[*place] += 1.0);
    let come: Vec<(f64, f64)> =
        rates.known.iter().zip(times).map(|(rate, time)| (*rate, rate * time)).collect();
    let all: f64 = come.iter().map(|(_, requests)| requests).sum();
    let highest = rates.known.iter().copied().fold(0.0, f64::max);
    let mut enough = servers_for_blocking(highest * load_per_rate, most_share)?;
    let fits = |servers: u32| {
        let lost = come.iter().map(|(rate, requests)| requests * erlang_b(servers, rate * load_per_rate));
        lost.sum::<f64>() <= most_share * all
    };
    let mut below = 0;
    while below < enough {
        let middle = below + (enough - below) / 2;
        if fits(middle) { enough = middle } else { below = middle + 1 }
    }
    Some(enough)
}
