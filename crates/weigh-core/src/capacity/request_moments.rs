//! What servers started on demand do in each step of a month, as the formulas tell it at the rate of the step.

use std::collections::BTreeMap;

use super::cold_start::cold_starts_beside_ready;
use super::per_request::PerRequest;
use super::simulation::Demand;

/// What servers started on demand do in one step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RequestMoment {
    /// Start of the step, in seconds from the start of the simulated time.
    pub start_s: f64,
    /// Length of the step, in seconds.
    pub step_s: f64,
    /// Requests a second that came.
    pub rate_per_s: f64,
    /// Requests in service at once, on average.
    pub concurrency: f64,
    /// Servers that are warm and idle, on average.
    pub idle: f64,
    /// Servers kept ready.
    pub ready: u32,
    /// Requests a second that the limits allow.
    pub capacity_per_s: f64,
    /// The share of the capacity that was asked for; above 1 more came than could be served.
    pub utilisation: f64,
    /// Requests refused in the step.
    pub refused: f64,
}

/// Each step of a month of servers started on demand, at the long run of its rate.
///
/// Capacity is the lower of `limit / service time` and `most_per_s`; refused is Erlang's loss at the limit, or what
/// comes beyond `most_per_s` where that is more. Idle servers follow [`cold_starts_beside_ready`]. How fast servers
/// start is told by the month as a whole, not here. Linear in the steps; each rate is computed once.
///
/// ```
/// use weigh_core::capacity::on_demand::{Dispatch, KeepAlive};
/// use weigh_core::capacity::{Demand, PerRequest, Ramp, request_moments};
///
/// let servers = PerRequest {
///     share: 1.0,
///     service_time_s: 0.5,
///     start_up_s: 0.3,
///     keep_alive: KeepAlive::Fixed { seconds: 360.0 },
///     dispatch: Dispatch::MostRecentlyUsed,
///     max_lifetime_s: None,
///     limit: 10,
///     ramp: Ramp { burst: 1_000.0, per_s: 100.0 },
///     most_per_s: f64::INFINITY,
///     beside: 0.0,
///     kinds: Vec::new(),
///     ready: Vec::new(),
/// };
/// let demand = Demand { step_s: 60.0, rates_per_s: &[2.0, 40.0], arrival_variability: 1.0 };
/// let [calm, busy] = request_moments(&servers, &demand)[..] else { panic!("two steps") };
/// assert_eq!((calm.utilisation, busy.utilisation, busy.capacity_per_s), (0.1, 2.0, 20.0));
/// // Of 20 servers' load 10 serve at most half: the rest is refused.
/// assert!(calm.refused < 0.01 && busy.refused > 1_200.0);
/// ```
#[must_use]
pub fn request_moments(servers: &PerRequest, demand: &Demand<'_>) -> Vec<RequestMoment> {
    let mut known: BTreeMap<(u64, u32), RequestMoment> = BTreeMap::new();
    let mut start_s = 0.0;
    let mut moments = Vec::with_capacity(demand.rates_per_s.len());
    for rate in demand.rates_per_s {
        let rate_per_s = rate * servers.share;
        let (ready, _) = servers.ready_at(start_s);
        let same = known.entry((rate_per_s.to_bits(), ready));
        let moment = *same.or_insert_with(|| at(servers, rate_per_s, ready, demand.step_s));
        moments.push(RequestMoment { start_s, ..moment });
        start_s += demand.step_s;
    }
    moments
}

/// One step at a rate, beside so many ready servers.
fn at(servers: &PerRequest, rate_per_s: f64, ready: u32, step_s: f64) -> RequestMoment {
    let load = rate_per_s * servers.service_time_s;
    let capacity_per_s = (servers.own_limit() / servers.service_time_s).min(servers.most_per_s);
    let refused_share = servers.refused_share(rate_per_s);
    let cold =
        cold_starts_beside_ready(rate_per_s, servers.service_time_s, servers.keep_alive.mean_s(), ready);
    RequestMoment {
        start_s: 0.0,
        step_s,
        rate_per_s,
        concurrency: load * (1.0 - refused_share),
        idle: cold.mean_idle_servers,
        ready,
        capacity_per_s,
        utilisation: rate_per_s / capacity_per_s,
        refused: rate_per_s * refused_share * step_s,
    }
}
