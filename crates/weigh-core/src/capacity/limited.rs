//! Servers that share a queue of limited length: what they refuse, and how long the others wait.

use super::erlang::inverse_blocking;

/// A station of servers with room for a limited number of requests, those in service included (M/M/c/K).
///
/// A request that finds no room is refused. Poisson arrivals, exponential service, first come first served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limited {
    /// The probability that a request finds no room, in `[0, 1]`.
    pub refused_share: f64,
    /// Requests waiting for a server, on average.
    pub mean_queue: f64,
    /// The mean wait of the requests that are let in, in seconds.
    pub mean_wait_s: f64,
    /// The share of the servers that is busy, in `[0, 1]`.
    pub utilisation: f64,
}

/// How servers that share a queue of limited length fare in the long run.
///
/// * `servers`: servers of the station, at least 1.
/// * `room`: requests in service and waiting there may be, at least `servers`.
/// * `arrival_rate_per_s`: requests a second, at least 0; may be more than can be served.
/// * `service_time_s`: mean time a request keeps its server, in seconds, above 0.
///
/// Formula: with `a = λS`, `ρ = a/c`, `B` from Erlang for `c` servers and `i = 1..K-c`, all
/// servers are taken and `i` requests wait with the probability `B ρ^i / (1 + B Σ ρ^i)`. That of the last `i`
/// is the share refused, the mean of `i` the queue, and the wait is the queue over the rate let in (Little).
/// With `room = servers` it is Erlang's loss system.
/// Source: Gross et al., *Fundamentals of Queueing Theory*, section 3.5.
///
/// The work grows with `room - servers`, at most to where the terms no longer matter.
///
/// # Errors
///
/// `None` when there is no server, `room` is less than `servers`, or a number is NaN, infinite or negative,
/// or the service time 0.
///
/// # Example: one server with room for 20, offered 1.2 times what it can do
///
/// ```
/// use weigh_core::capacity::limited_queue;
///
/// let full = limited_queue(1, 20, 1.2, 1.0).expect("room for the one in service");
/// assert!((full.refused_share - 0.17037).abs() < 1e-5);
/// assert!((full.mean_wait_s - 14.5357).abs() < 1e-4);
/// assert!(limited_queue(2, 1, 1.2, 1.0).is_none());
/// ```
#[must_use]
pub fn limited_queue(
    servers: u32,
    room: u32,
    arrival_rate_per_s: f64,
    service_time_s: f64,
) -> Option<Limited> {
    let places = room.checked_sub(servers)?;
    let load = arrival_rate_per_s * service_time_s;
    let valid = servers > 0 && arrival_rate_per_s >= 0.0 && service_time_s > 0.0;
    if !(valid && load.is_finite() && service_time_s.is_finite() && arrival_rate_per_s.is_finite()) {
        return None;
    }
    let count = f64::from(servers);
    let offered = load / count;
    let fewer_inverse = inverse_blocking(count - 1.0, load);
    let inverse = 1.0 + fewer_inverse / offered;
    // Requests so rare that none meets another.
    if inverse.is_infinite() {
        return Some(Limited { refused_share: 0.0, mean_queue: 0.0, mean_wait_s: 0.0, utilisation: offered });
    }
    let Queue { none, last, some, waiting } = Queue::new(offered, places);
    let total = none * inverse + some;
    let utilisation = (none * fewer_inverse + some) / total;
    let mean_queue = waiting / total;
    Some(Limited {
        refused_share: last / total,
        mean_queue,
        mean_wait_s: mean_queue / (utilisation * count) * service_time_s,
        utilisation,
    })
}

/// How many wait while all servers are taken: `ρ^i` for `i` of up to `places`, in units of the largest of
/// them.
struct Queue {
    /// `ρ^0`.
    none: f64,
    /// `ρ^places`.
    last: f64,
    /// `Σ ρ^i` from 1 on.
    some: f64,
    /// `Σ i ρ^i`.
    waiting: f64,
}

impl Queue {
    /// The sums run from the largest term, which is the last one when more comes than can be served.
    fn new(offered: f64, places: u32) -> Queue {
        /// A term this small beside the sum ends it.
        const NEGLIGIBLE: f64 = 1e-18;
        let grows = offered > 1.0;
        let ratio = if grows { 1.0 / offered } else { offered };
        let smallest = libm::pow(ratio, f64::from(places));
        let (none, last) = if grows { (smallest, 1.0) } else { (1.0, smallest) };
        let (mut term, mut some, mut waiting) = (if grows { 1.0 } else { ratio }, 0.0, 0.0);
        for step in 0..places {
            let place = if grows { places - step } else { step + 1 };
            some += term;
            waiting += term * f64::from(place);
            term *= ratio;
            if f64::from(places) * term < NEGLIGIBLE * waiting {
                break;
            }
        }
        Queue { none, last, some, waiting }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    use super::limited_queue;
    use crate::capacity::{Sojourn, erlang_b};

    #[test]
    fn what_is_no_station_is_refused() {
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            assert!(limited_queue(1, 2, bad, 1.0).is_none() && limited_queue(1, 2, 1.0, bad).is_none());
        }
        assert!(limited_queue(0, 2, 1.0, 1.0).is_none() && limited_queue(3, 2, 1.0, 1.0).is_none());
        assert!(limited_queue(1, 2, 1.0, 0.0).is_none() && limited_queue(1, 2, 1e300, 1e300).is_none());
    }

    #[test]
    fn the_ends_of_the_load_are_defined() {
        for rate in [0.0, 1e-320, 1e-200] {
            let idle = limited_queue(3, 9, rate, 1.0).expect("a station");
            assert!(idle.refused_share + idle.mean_queue + idle.mean_wait_s < 1e-150);
        }
        let full = limited_queue(2, 10, 1e200, 1.0).expect("a station");
        assert!((full.refused_share - 1.0).abs() < 1e-15 && (full.utilisation - 1.0).abs() < 1e-15);
        assert!((full.mean_queue - 8.0).abs() < 1e-14 && (full.mean_wait_s - 4.0).abs() < 1e-14);
    }

    #[test]
    fn a_limit_that_is_never_reached_leaves_the_queue_without_one() {
        for (servers, load) in [(1, 0.9), (4, 3.2), (50, 40.0)] {
            let (found, free) = (
                limited_queue(servers, u32::MAX, load, 1.0).expect("a station"),
                Sojourn::new(servers, load, 1.0).expect("stable"),
            );
            assert!((found.mean_wait_s / free.mean_wait_s() - 1.0).abs() < 1e-12);
            assert!(found.refused_share < f64::MIN_POSITIVE);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn requests_are_refused_or_served(servers in 1_u32..300, places in 0_u32..500, offered in 0.01_f64..5.0) {
            let load = offered * f64::from(servers);
            let found = limited_queue(servers, servers + places, load, 1.0).expect("a station");
            prop_assert!((found.utilisation - offered * (1.0 - found.refused_share)).abs() < 1e-12 * offered);
            prop_assert!((0.0..=1.0).contains(&found.refused_share) && found.utilisation <= 1.0 + 1e-14);
            prop_assert!(found.mean_queue <= f64::from(places) * (1.0 + 1e-14));
            let more = limited_queue(servers, servers + places + 1, load, 1.0).expect("a station");
            prop_assert!(more.refused_share <= found.refused_share * (1.0 + 1e-12));
            if places == 0 {
                prop_assert!((found.refused_share - erlang_b(servers, load)).abs() < 1e-13);
            }
        }
    }
}
