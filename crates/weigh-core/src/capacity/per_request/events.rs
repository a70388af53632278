//! The cold starts of a month, request by request, for what no formula holds for.

use super::PerRequest;
use crate::capacity::on_demand::{self, Arrivals, OnDemand, ServiceTime, Stop, WarmUp};
use crate::capacity::simulation::Demand;
use crate::capacity::whole;

/// What was simulated of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Simulated {
    /// The share of requests that started a server.
    pub(super) cold_share: f64,
    /// Servers warm and idle on average; the ready ones included.
    pub(super) mean_idle: f64,
    /// Half the width of the 95 % interval of the share.
    pub(super) half_width: f64,
    /// Requests simulated.
    pub(super) requests: u64,
}

/// Days are taken whole: their hours differ.
const DAY_S: f64 = 86_400.0;
/// Where a month holds fewer requests, it is simulated again and again, up to so many times.
const MONTHS_MOST: f64 = 24.0;

/// The steps of the first whole days of a month that hold at most so many requests; one day at least.
pub(super) fn steps_within(demand: &Demand<'_>, share: f64, requests_most: f64) -> usize {
    let day = whole(libm::ceil(DAY_S / demand.step_s)).max(1) as usize;
    let (mut taken, mut requests) = (0, 0.0);
    for steps in demand.rates_per_s.chunks(day) {
        requests += steps.iter().sum::<f64>() * share * demand.step_s;
        if taken > 0 && requests > requests_most {
            break;
        }
        taken += steps.len();
    }
    taken
}

/// Simulates the first steps of a month, at most about `requests_most` requests and at least those of one pass;
/// nothing where hardly any request comes, or more servers than a simulation holds.
pub(super) fn simulate(
    servers: &PerRequest,
    demand: &Demand<'_>,
    steps: usize,
    requests_most: f64,
    seed: u64,
) -> Option<Simulated> {
    let rates: Vec<f64> = demand.rates_per_s.iter().take(steps).map(|rate| rate * servers.share).collect();
    let requests = rates.iter().sum::<f64>() * demand.step_s;
    if requests < 1.0 {
        return None;
    }
    #[allow(clippy::cast_precision_loss, reason = "steps of a month are far below 2^52")]
    let span_s = rates.len() as f64 * demand.step_s;
    let passes = libm::floor((requests_most / requests).min(MONTHS_MOST)).max(1.0);
    let arrivals = match varies_otherwise(demand) {
        // Of arrivals with a variability ca², those that come here by a share `p` have 1 + p (ca² - 1).
        true => Arrivals::Lognormal {
            rate_per_s: rates[0],
            variation: (1.0 + servers.share.min(1.0) * (demand.arrival_variability - 1.0)).sqrt(),
        },
        false => Arrivals::Steps { step_s: demand.step_s, rates_per_s: rates, repeats: true },
    };
    let service = ServiceTime::Exponential { mean_s: servers.service_time_s };
    let at_start = servers.ready.first().filter(|(from_s, _)| *from_s <= 0.0);
    let mut setting = OnDemand {
        start_up_s: servers.start_up_s,
        keep_alive: servers.keep_alive.clone(),
        dispatch: servers.dispatch,
        max_lifetime_s: servers.max_lifetime_s,
        limit: servers.own_servers(),
        ramp: Some(servers.ramp),
        always_ready: at_start.map_or(0, |(_, count)| (*count).min(servers.own_servers())),
        ..OnDemand::new(arrivals, service, 0.0)
    };
    let until_s = setting.settling_s() + passes * span_s;
    setting.ready_later = repeated(&servers.ready, servers.own_servers(), span_s, until_s);
    let run = on_demand::simulate(&setting, WarmUp::Settled, Stop::Seconds(passes * span_s), seed).ok()?;
    Some(Simulated {
        cold_share: run.cold_share(),
        mean_idle: run.mean_idle,
        half_width: run.cold_share_half_width,
        requests: run.requests,
    })
}

/// Whether arrivals at one rate, all month long, vary more or less than at random; within steps of several rates they are
/// taken as random.
pub(super) fn varies_otherwise(demand: &Demand<'_>) -> bool {
    let alike = demand.rates_per_s.windows(2).all(|rates| rates[0].to_bits() == rates[1].to_bits());
    alike && (demand.arrival_variability - 1.0).abs() > 1e-9
}

/// The changes of the ready servers, as they come again with the steps.
fn repeated(ready: &[(f64, u32)], limit: u32, span_s: f64, until_s: f64) -> Vec<(f64, u32)> {
    let mut changes: Vec<(f64, u32)> = Vec::new();
    let mut from_s = 0.0;
    while from_s < until_s {
        for (at_s, count) in ready.iter().filter(|(at_s, _)| *at_s < span_s) {
            let (change_s, count) = (from_s + at_s.max(0.0), (*count).min(limit));
            let last = changes.last().map(|(_, count)| *count);
            if change_s > 0.0 && last != Some(count) {
                changes.push((change_s, count));
            }
        }
        from_s += span_s;
    }
    changes
}
