//! Mean waits where arrivals are not Poisson or service times not exponential.

use super::erlang::erlang_c;

/// The mean wait before service of servers that share one queue, in seconds (G/G/c, approximately).
///
/// * `servers`: servers of the station, at least 1.
/// * `arrival_rate_per_s`: requests a second, at least 0; `service_time_s`: their mean time, at least 0.
/// * `arrival_variability`, `service_variability`: variance over squared mean of the time between two
///   arrivals, and of a service time; at least 0. A timer and a constant time have 0, Poisson arrivals and
///   exponential times 1, bursts and a mix of short and long requests more.
///
/// Formula: `C S / (c - a) * (ca² + cs²) / 2 * g`, with `C` from Erlang, and
/// `g = exp(-2 (1-ρ) (1-ca²)² / (3 C (ca²+cs²)))` for `ca² < 1`, `exp(-(1-ρ) (ca²-1) / (ca² + 4 cs²))` above.
/// Exact for `ca² = cs² = 1`, and for one server with Poisson arrivals ([`waiting_at_one_server`]).
/// Source: Allen, *Probability, Statistics and Queueing Theory* (1990), after Cunneen; `g` by Krämer and
/// Langenbach-Belz (1976).
///
/// Bounds of error, against simulation with Ciw 3.2.7: for `(ca², cs²) = (1, 4)` 1 % too small with one
/// server at 0.7 of its capacity, 3 % too large with 4 at 0.8, 10 % with 16 at 0.9 (all within the interval
/// of confidence); for `(0.25, 0.25)` 2 % too large with 4 at 0.8, where Allen and Cunneen's own is 31 % too
/// large; for `(4, 1)` with 4 at 0.8 16 % too small, where Allen and Cunneen's own is 10 %.
///
/// # Errors
///
/// None; infinite when the queue would grow without bound, NaN when an argument is NaN, infinite or negative.
///
/// # Example: constant service halves the wait, bursts double it
///
/// ```
/// use weigh_core::capacity::waiting_with_variability;
///
/// let wait = |arrivals, service| waiting_with_variability(1, 8.0, 0.1, arrivals, service);
/// assert!((wait(1.0, 1.0) - 0.4).abs() < 1e-14);
/// assert!((wait(1.0, 0.0) - 0.2).abs() < 1e-14);
/// assert!((wait(4.0, 1.0) - 0.928).abs() < 1e-3);
/// ```
#[must_use]
pub fn waiting_with_variability(
    servers: u32,
    arrival_rate_per_s: f64,
    service_time_s: f64,
    arrival_variability: f64,
    service_variability: f64,
) -> f64 {
    let variability = [arrival_variability, service_variability];
    waiting(servers, arrival_rate_per_s, service_time_s, variability, |utilisation, wait_probability| {
        let factor = wait_factor(utilisation, wait_probability, arrival_variability, service_variability);
        wait_probability * factor
    })
}

/// [`waiting_with_variability`] without the correction for arrivals that are not Poisson: `g = 1`.
///
/// Arguments, errors and source are the same. Beside it, this says how much the correction does.
///
/// ```
/// use weigh_core::capacity::waiting_by_allen_and_cunneen;
///
/// assert!((waiting_by_allen_and_cunneen(1, 8.0, 0.1, 4.0, 1.0) - 1.0).abs() < 1e-14);
/// ```
#[must_use]
pub fn waiting_by_allen_and_cunneen(
    servers: u32,
    arrival_rate_per_s: f64,
    service_time_s: f64,
    arrival_variability: f64,
    service_variability: f64,
) -> f64 {
    let variability = [arrival_variability, service_variability];
    let half = f64::midpoint(arrival_variability, service_variability);
    waiting(servers, arrival_rate_per_s, service_time_s, variability, |_, wait_probability| {
        wait_probability * half
    })
}

/// The mean wait of [`waiting_with_variability`] without a sum over servers, in seconds.
///
/// Arguments and errors are the same. It is Allen and Cunneen's wait with `ρ^(√(2(c+1)) - 1)` in place of
/// Erlang's `C`: exact for one server, too large for more (by 28 % for 4 servers at half their capacity, 1 %
/// at 0.9).
/// Source: Sakasegawa, *An approximation formula Lq = αρ^β/(1-ρ)* (1977).
///
/// ```
/// use weigh_core::capacity::waiting_by_sakasegawa;
///
/// assert!((waiting_by_sakasegawa(1, 8.0, 0.1, 1.0, 1.0) - 0.4).abs() < 1e-14);
/// assert!((waiting_by_sakasegawa(4, 20.0, 0.1, 1.0, 1.0) - 0.01117).abs() < 1e-5); // exact: 0.0087
/// ```
#[must_use]
pub fn waiting_by_sakasegawa(
    servers: u32,
    arrival_rate_per_s: f64,
    service_time_s: f64,
    arrival_variability: f64,
    service_variability: f64,
) -> f64 {
    let variability = [arrival_variability, service_variability];
    let half = f64::midpoint(arrival_variability, service_variability);
    let exponent = (2.0 * (f64::from(servers) + 1.0)).sqrt() - 1.0;
    waiting(servers, arrival_rate_per_s, service_time_s, variability, |utilisation, _| {
        libm::pow(utilisation, exponent) * half
    })
}

/// The mean wait at one server with Poisson arrivals and any service times, first come first served, in
/// seconds (M/G/1).
///
/// Arguments and errors are those of [`waiting_with_variability`].
///
/// Formula: `ρ S (1 + cs²) / (2 (1 - ρ))`; exact. Source: Pollaczek (1930), Khinchine (1932).
///
/// ```
/// use weigh_core::capacity::waiting_at_one_server;
///
/// assert!((waiting_at_one_server(8.0, 0.1, 4.0) - 1.0).abs() < 1e-14);
/// ```
#[must_use]
pub fn waiting_at_one_server(arrival_rate_per_s: f64, service_time_s: f64, service_variability: f64) -> f64 {
    let half = f64::midpoint(1.0, service_variability);
    waiting(1, arrival_rate_per_s, service_time_s, [1.0, service_variability], |utilisation, _| {
        utilisation * half
    })
}

/// The mean time of a request in one server that all requests present share equally, in seconds (M/G/1 with
/// processor sharing).
///
/// Arguments and errors are those of [`waiting_with_variability`]. How the service times vary has no
/// influence on the mean; a request of `x` seconds takes `x / (1 - ρ)`.
///
/// Formula: `S / (1 - ρ)`; exact. Source: Kleinrock (1967).
///
/// ```
/// use weigh_core::capacity::time_at_one_shared_server;
///
/// assert!((time_at_one_shared_server(8.0, 0.1) - 0.5).abs() < 1e-14);
/// ```
#[must_use]
pub fn time_at_one_shared_server(arrival_rate_per_s: f64, service_time_s: f64) -> f64 {
    service_time_s + waiting(1, arrival_rate_per_s, service_time_s, [1.0; 2], |utilisation, _| utilisation)
}

/// What variability multiplies the wait of M/M/c by: `(ca² + cs²) / 2 * g` of [`waiting_with_variability`];
/// exactly 1 for `ca² = cs² = 1`.
pub(super) fn wait_factor(
    utilisation: f64,
    wait_probability: f64,
    arrival_variability: f64,
    service_variability: f64,
) -> f64 {
    let sum = arrival_variability + service_variability;
    let beyond = arrival_variability - 1.0;
    // Nothing varies, or nobody waits: the quotients below would be 0 / 0.
    if sum <= 0.0 || (beyond < 0.0 && wait_probability <= 0.0) {
        return 0.0;
    }
    let spare = 1.0 - utilisation;
    let exponent = if beyond < 0.0 {
        2.0 * spare * beyond * beyond / (3.0 * wait_probability * sum)
    } else {
        spare * beyond / (arrival_variability + 4.0 * service_variability)
    };
    sum / 2.0 * libm::exp(-exponent)
}

/// `S / (c - a)` times what `numerator(ρ, C)` gives: the frame of all waits above.
fn waiting(
    servers: u32,
    arrival_rate_per_s: f64,
    service_time_s: f64,
    variability: [f64; 2],
    numerator: impl Fn(f64, f64) -> f64,
) -> f64 {
    let arguments = [arrival_rate_per_s, service_time_s, variability[0], variability[1]];
    if !arguments.iter().all(|value| value.is_finite() && *value >= 0.0) {
        return f64::NAN;
    }
    let (count, load) = (f64::from(servers), arrival_rate_per_s * service_time_s);
    if load >= count {
        return f64::INFINITY;
    }
    numerator(load / count, erlang_c(servers, load)) * service_time_s / (count - load)
}

#[cfg(test)]
mod tests {
    use super::{
        time_at_one_shared_server, waiting_at_one_server, waiting_by_allen_and_cunneen,
        waiting_by_sakasegawa, waiting_with_variability,
    };

    type Wait = fn(u32, f64, f64, f64, f64) -> f64;
    const WAITS: [Wait; 3] = [waiting_with_variability, waiting_by_allen_and_cunneen, waiting_by_sakasegawa];

    #[test]
    fn arguments_that_are_no_quantities_give_no_number() {
        for value in [f64::NAN, f64::INFINITY, -1.0] {
            for wait in WAITS {
                assert!(wait(2, value, 1.0, 1.0, 1.0).is_nan() && wait(2, 1.0, value, 1.0, 1.0).is_nan());
                assert!(wait(2, 1.0, 1.0, value, 1.0).is_nan() && wait(2, 1.0, 1.0, 1.0, value).is_nan());
            }
            assert!(waiting_at_one_server(0.5, 1.0, value).is_nan());
            assert!(time_at_one_shared_server(0.5, value).is_nan());
        }
    }

    #[test]
    fn a_queue_that_grows_is_waited_in_for_ever() {
        for wait in WAITS {
            assert!(wait(2, 2.0, 1.0, 0.5, 2.0).is_infinite() && wait(0, 0.0, 1.0, 1.0, 1.0).is_infinite());
        }
        assert!(waiting_at_one_server(1.0, 1.0, 0.0).is_infinite());
        assert!(time_at_one_shared_server(1.0, 1.0).is_infinite());
    }

    #[test]
    fn nothing_waits_without_requests_or_without_variation() {
        for wait in WAITS {
            assert!(wait(3, 0.0, 1.0, 0.5, 1.0).abs() < f64::MIN_POSITIVE);
            assert!(wait(3, 2.9, 1.0, 0.0, 0.0).abs() < f64::MIN_POSITIVE);
        }
    }

    #[test]
    fn at_one_server_with_poisson_arrivals_all_are_exact() {
        for service_variability in [0.0, 0.3, 1.0, 7.0] {
            let exact = waiting_at_one_server(0.7, 1.0, service_variability);
            for wait in WAITS {
                let close = (wait(1, 0.7, 1.0, 1.0, service_variability) / exact - 1.0).abs() < 1e-14;
                assert!(close, "service variability {service_variability}");
            }
        }
    }
}
