//! How many requests find no warm server, when servers start on demand and stay warm for a while.

use super::erlang::{carried_load, erlang_b, inverse_blocking};

/// What keeping servers warm achieves: the requests it does not save, and the servers it keeps idle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColdStarts {
    /// The share of requests that find no idle warm server, and start one; in `[0, 1]`.
    pub share: f64,
    /// Servers warm and idle, on average over time; at least 0.
    pub mean_idle_servers: f64,
}

/// The share of cold starts and the mean number of idle servers of a station that starts servers on demand.
///
/// * `arrival_rate_per_s`: requests a second, at least 0. At rate 0 the share is 1: whatever comes, after
///   however long a time, finds nothing warm.
/// * `service_time_s`: mean time a request keeps its server, in seconds, at least 0.
/// * `keep_alive_s`: how long an idle server stays warm after its last request, in seconds, at least 0. At 0
///   every request is cold.
///
/// Assumes Poisson arrivals, no limit on servers, start-up times short beside `keep_alive_s`, and that a
/// request takes the **most recently used** idle server. Taking the longest idle one instead keeps more
/// servers warm, and has far fewer cold starts. Arrivals on a timer are not Poisson: at a period below
/// `keep_alive_s` none is cold.
///
/// The share need not fall as the rate rises: while keep-alive holds just one server warm, the share is about
/// the load, the chance that the request before still has it.
///
/// Formula: with `a = λS`, `π_n` the Poisson probability of `n` busy servers and `Π_n` that of at most `n`,
/// `share = (1/λ) Σ_n Π_n θ_n e^{-θ_n T}` and `idle = Σ_n Π_n (1 - e^{-θ_n T})`, where
/// `θ_n = λ Π_n / Σ_{j<=n} Π_j²/π_j`. The request that makes `n` busy servers `n + 1` is cold when it is
/// longer than `T` since there last were `n + 1`. That time is taken as 0 or exponential at the rate `θ_n`,
/// in the proportion that gives it its true first two moments.
///
/// Source: derived for this project from the first-passage moments of the M/M/∞ queue (for these, Keilson,
/// *Markov Chain Models: Rarity and Exponentiality*, 1979), and checked against the exact first-passage
/// probabilities and against SimFaaS (Mahmoudi and Khazaei, 2020).
///
/// Bounds of error against the exact share: about 0.02 % where `keep_alive_s` is hundreds of service times,
/// below 1 % from 10 service times on, at worst 9 % when `keep_alive_s <= 2 * service_time_s`. Service that
/// is constant or lognormal, not exponential, moves the share by up to 3 %. The work grows as `√a`; a load
/// above 1e9 erlangs is computed as 1e9, which gives too large a share and too few idle servers.
///
/// # Errors
///
/// None; both fields are NaN when an argument is NaN, infinite or negative.
///
/// # Example: one request a minute of 0.2 s, kept warm for six minutes
///
/// ```
/// use weigh_core::capacity::cold_starts;
///
/// let minutely = cold_starts(1.0 / 60.0, 0.2, 360.0);
/// assert!((minutely.share - 0.0057222).abs() < 1e-7);
/// assert!((minutely.mean_idle_servers - 1.0).abs() < 0.02);
/// assert_eq!(cold_starts(0.0, 0.2, 360.0).share, 1.0);
/// ```
#[must_use]
pub fn cold_starts(arrival_rate_per_s: f64, service_time_s: f64, keep_alive_s: f64) -> ColdStarts {
    cold_starts_beside_ready(arrival_rate_per_s, service_time_s, keep_alive_s, 0)
}

/// [`cold_starts`] of a station where `always_ready` servers are warm at all times, and serve first.
///
/// The arguments, the assumptions and the units are those of [`cold_starts`]; the share is still one of all
/// requests, and the ready servers without a request count as idle. At rate 0 the share is 0 as soon as one
/// server is ready; at a keep-alive of 0 it is [`erlang_b`]`(always_ready, a)`, the share that overflows.
///
/// Ready servers help little until they reach the number that keep-alive holds warm anyway: the few requests
/// that are cold are those that come when more are busy than for a long time.
///
/// Formula: that of [`cold_starts`], where the levels `n < m` of `m = always_ready` have no cold starts and
/// are always warm: `share = (1/λ) Σ_{n>=m} Π_n θ_n e^{-θ_n T}` and
/// `idle = Σ_{n<m} Π_n + Σ_{n>=m} Π_n (1 - e^{-θ_n T})`.
///
/// Source: derived for this project; within 2 % of event-by-event simulation in nine cases (loads 0.025 to
/// 50, keep-alive 20 to 1800 service times). To take the overflow of the ready servers as Poisson instead
/// gives up to 70 % too few cold starts.
///
/// # Errors
///
/// None; both fields are NaN when an argument is NaN, infinite or negative.
///
/// # Example: 10 requests a second of 1 s each: 18 servers ready save nothing, 30 nearly all
///
/// ```
/// use weigh_core::capacity::cold_starts_beside_ready;
///
/// let share = |always_ready| cold_starts_beside_ready(10.0, 1.0, 360.0, always_ready).share;
/// assert!((share(0) - 3.6e-4).abs() < 1e-6 && (share(18) - 3.6e-4).abs() < 1e-6);
/// assert!(share(30) < 1e-6);
/// ```
#[must_use]
pub fn cold_starts_beside_ready(
    arrival_rate_per_s: f64,
    service_time_s: f64,
    keep_alive_s: f64,
    always_ready: u32,
) -> ColdStarts {
    /// The largest load computed as it is: its sum has about 2 million terms.
    const LOAD_MAX: f64 = 1e9;
    let arguments = [arrival_rate_per_s, service_time_s, keep_alive_s];
    if !arguments.iter().all(|value| value.is_finite() && *value >= 0.0) {
        return ColdStarts { share: f64::NAN, mean_idle_servers: f64::NAN };
    }
    let load = (arrival_rate_per_s * service_time_s).min(LOAD_MAX);
    let kept = (arrival_rate_per_s * keep_alive_s).min(f64::MAX);
    // No arrival falls into the time a server stays warm: the rate is 0, or there is no such time.
    if kept <= 0.0 {
        let share = erlang_b(always_ready, load);
        let mean_idle_servers = f64::from(always_ready) - carried_load(always_ready, load);
        return ColdStarts { share, mean_idle_servers };
    }
    sum_over_levels(load, kept, f64::from(always_ready))
}

/// The two sums, for a load `a`, `kept = λT` arrivals while an idle server stays warm, and the levels always
/// ready.
///
/// All terms are positive and scaled. With `B_n = π_n / Π_n` (Erlang B), the sum `U_n = λ / θ_n` obeys
/// `U_n = 1/B_n + (1 - B_n) U_{n-1}`. `weight` is `Π_n` over that of the first level, so its last value,
/// where `Π_n` is 1, is what divides the sums. The first level lies 12 standard deviations below the load:
/// those under it have a probability of 1e-31 together, and their part of `U_n` fades as `Π_{n-1} / Π_n`
/// multiplies it.
fn sum_over_levels(load: f64, kept: f64, ready: f64) -> ColdStarts {
    const DEVIATIONS: f64 = 12.0;
    const NEGLIGIBLE: f64 = 1e-20;
    let mut level = libm::floor((load - DEVIATIONS * load.sqrt()).max(0.0));
    let mut inverse_b = inverse_blocking(level, load);
    let mut weight = 1.0;
    // The value at which the recurrence stands still; exact at level 0.
    let mut passage = inverse_b * inverse_b;
    let (mut share, mut idle) = (0.0, 0.0);
    loop {
        let (warm, cold) = if level < ready { (1.0, 0.0) } else { warm_and_cold(kept / passage) };
        share += weight / passage * cold;
        idle += weight * warm;
        if level > load && weight / passage <= NEGLIGIBLE * share {
            break;
        }
        level += 1.0;
        let ratio = level / load * inverse_b;
        inverse_b = 1.0 + ratio;
        // 1 - B, without the difference; 1 when the ratio is infinite.
        let below = if ratio < f64::MAX { ratio / inverse_b } else { 1.0 };
        weight /= below;
        passage = inverse_b + below * passage;
    }
    // Ready levels above the last one reached are idle all the time.
    let never_busy = (ready - level - 1.0).max(0.0);
    ColdStarts { share: (share / weight).clamp(0.0, 1.0), mean_idle_servers: idle / weight + never_busy }
}

/// `1 - e^{-x}` and `e^{-x}`, both to full relative accuracy, for `x >= 0`.
fn warm_and_cold(x: f64) -> (f64, f64) {
    if x < 0.5 {
        let change = libm::expm1(-x);
        (-change, 1.0 + change)
    } else {
        let cold = libm::exp(-x);
        (1.0 - cold, cold)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    use super::{cold_starts, cold_starts_beside_ready};
    use crate::capacity::erlang_b;

    #[test]
    fn arguments_that_are_no_quantities_give_no_number() {
        for value in [f64::NAN, f64::INFINITY, -1.0] {
            for answer in
                [cold_starts(value, 1.0, 1.0), cold_starts(1.0, value, 1.0), cold_starts(1.0, 1.0, value)]
            {
                assert!(answer.share.is_nan() && answer.mean_idle_servers.is_nan(), "value {value}");
            }
        }
    }

    #[test]
    fn nothing_is_warm_without_requests_or_without_keeping() {
        for answer in
            [cold_starts(0.0, 1.0, 600.0), cold_starts(5.0, 1.0, 0.0), cold_starts(1e-320, 1.0, 600.0)]
        {
            assert!((answer.share - 1.0).abs() < 1e-300 && answer.mean_idle_servers < 1e-300);
        }
    }

    #[test]
    fn instant_service_leaves_the_gap_between_arrivals() {
        for rate in [1e-6, 1e-3, 0.1, 1.0] {
            let (answer, expected) = (cold_starts(rate, 0.0, 600.0), libm::exp(-600.0 * rate));
            assert!((answer.share - expected).abs() <= 1e-15 * expected, "rate {rate}");
            assert!((answer.mean_idle_servers - (1.0 - expected)).abs() < 1e-15, "rate {rate}");
        }
    }

    #[test]
    fn extreme_arguments_stay_finite() {
        let extremes = [1e-300, 1e-30, 1e-6, 1.0, 1e6, 1e12, 1e300];
        for rate in extremes {
            for service in extremes {
                for keep_alive in extremes {
                    let large = rate * service > 1e7;
                    if large && rate > 1e9 && keep_alive > 1.0 {
                        continue; // the same capped load again: two million terms each
                    }
                    let answer = cold_starts(rate, service, keep_alive);
                    assert!((0.0..=1.0).contains(&answer.share), "{rate} {service} {keep_alive}: {answer:?}");
                    assert!(answer.mean_idle_servers.is_finite() && answer.mean_idle_servers >= 0.0);
                }
            }
        }
    }

    #[test]
    fn the_share_rises_with_the_load_while_one_server_stays_warm() {
        let service = 0.01;
        for rate in [0.005, 0.007, 0.01] {
            let share = cold_starts(rate, service, 3600.0).share;
            assert!((share / (rate * service) - 1.0).abs() < 5e-3, "rate {rate}: {share}");
        }
    }

    #[test]
    fn servers_always_ready_are_warm_at_the_edges_too() {
        let none = cold_starts_beside_ready(0.0, 1.0, 600.0, 3);
        assert!(none.share.abs() < 1e-300 && (none.mean_idle_servers - 3.0).abs() < 1e-15);
        let unkept = cold_starts_beside_ready(2.0, 1.0, 0.0, 3);
        assert!((unkept.share - erlang_b(3, 2.0)).abs() < 1e-15);
        for load in [0.0, 1e-9, 2.0, 300.0] {
            let plenty = cold_starts_beside_ready(1.0, load, 600.0, u32::MAX);
            assert!(plenty.share.abs() < 1e-300, "load {load}: {plenty:?}");
            assert!(
                (plenty.mean_idle_servers + load - f64::from(u32::MAX)).abs() < 1e-3,
                "load {load}: {plenty:?}"
            );
        }
    }

    #[test]
    fn the_sum_started_high_agrees_with_the_sum_from_level_0() {
        // The first level is 0 up to a load of 144; the share must pass that seam smoothly.
        let share = |load: f64| cold_starts(load, 1.0, 600.0).share;
        let bend = (share(143.9) + share(144.1) - 2.0 * share(144.0)).abs();
        assert!(bend < 1e-5 * share(144.0), "{bend}");
        let load = (0..=20).map(|step| 140.0 + f64::from(step));
        assert!(load.clone().zip(load.skip(1)).all(|(less, more)| share(less) > share(more)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn keeping_longer_has_fewer_cold_starts_and_more_idle(
            rate in 1e-4..500.0, service in 0.01..10.0, keep_alive in 10.0..3600.0, longer in 1.001..2.0,
        ) {
            let base = cold_starts(rate, service, keep_alive);
            let more = cold_starts(rate, service, keep_alive * longer);
            prop_assert!(more.share < base.share);
            prop_assert!(more.mean_idle_servers > base.mean_idle_servers);
        }

        #[test]
        fn more_traffic_keeps_more_warm_and_when_heavy_has_a_smaller_share(
            load in 1.0..500.0, service in 0.01..5.0, keep_alive in 10.0..3600.0, busier in 2.0..10.0,
        ) {
            let rate = load / service;
            let base = cold_starts(rate, service, keep_alive);
            let more = cold_starts(rate * busier, service, keep_alive);
            prop_assert!(more.mean_idle_servers > base.mean_idle_servers);
            prop_assert!(more.share < base.share);
        }

        #[test]
        fn a_further_ready_server_has_no_more_cold_starts(
            rate in 1e-3..200.0, service in 0.01..2.0, keep_alive in 10.0..3600.0, ready in 0_u32..600,
        ) {
            let fewer = cold_starts_beside_ready(rate, service, keep_alive, ready);
            let more = cold_starts_beside_ready(rate, service, keep_alive, ready + 1);
            prop_assert!(more.share <= fewer.share);
            prop_assert!(more.mean_idle_servers >= fewer.mean_idle_servers * (1.0 - 1e-12));
            prop_assert!(more.mean_idle_servers <= fewer.mean_idle_servers + 1.0 + 1e-9);
        }

        #[test]
        fn only_proportions_matter(rate in 1e-3..100.0, service in 0.01..5.0, keep_alive in 10.0..3600.0) {
            let seconds = cold_starts(rate, service, keep_alive);
            let halves = cold_starts(rate * 2.0, service / 2.0, keep_alive / 2.0);
            prop_assert!((seconds.share / halves.share - 1.0).abs() < 1e-13);
        }
    }
}
