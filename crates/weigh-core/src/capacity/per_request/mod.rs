//! A month of servers started on demand: cold starts, refusals and idle servers under a rate that changes.

mod events;
mod levels;
mod month;
mod rates;
mod warmth;

use super::erlang::{erlang_b, servers_for_blocking};
use super::latency::{Latency, latency_with_start_up};
use super::mixture::RequestKind;
use super::on_demand::{Dispatch, KeepAlive, Ramp};
use super::simulation::Demand;
use super::station::{Outcome, Served};
use super::whole::{whole, whole_up};
use levels::{Grid, Levels, Recycling};
use month::Month;
use rates::Rates;
use warmth::{Months, Span, Warmth};

pub use rates::servers_ready_for;

/// Where more requests than this share are refused, or dropped, it is told: the servers can't carry the traffic.
pub(crate) const MOST_REFUSED: f64 = 1e-4;
/// Beyond so many standard deviations of the load below the limit none is refused: the chance is 1e-22.
const FAR_BELOW: f64 = 10.0;

/// Servers that each serve one request, started when none is idle.
#[derive(Clone, Debug, PartialEq)]
pub struct PerRequest {
    /// The share of the demand that comes here, at least 0.
    pub share: f64,
    /// Mean time of a request in service, in seconds, above 0.
    pub service_time_s: f64,
    /// What a cold request waits for its server, in seconds, at least 0.
    pub start_up_s: f64,
    /// How long an idle server stays warm.
    pub keep_alive: KeepAlive,
    /// Which of the idle servers a request takes.
    pub dispatch: Dispatch,
    /// The age from which on a server takes no further request, in seconds; nothing where servers don't age.
    pub max_lifetime_s: Option<f64>,
    /// Servers that may be busy at once, at least 1.
    pub limit: u32,
    /// How fast servers may start.
    pub ramp: Ramp,
    /// Requests a second beyond which requests are refused; infinite where there is no such limit.
    pub most_per_s: f64,
    /// Servers that others keep busy at the same limit for each one busy here, at least 0; 0 where the limit is theirs
    /// alone.
    pub beside: f64,
    /// The kinds of request, whose percentiles are those of the mixture; empty where all are of one.
    pub kinds: Vec<RequestKind>,
    /// Servers kept ready from a time on, in the order of time: seconds from the start, and how many.
    pub ready: Vec<(f64, u32)>,
}

/// How the share of cold starts came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColdMethod {
    /// From the first-passage formula over the whole month.
    Formula,
    /// From so many requests, simulated one by one.
    Events {
        /// Requests simulated.
        requests: u64,
        /// Half the width of the 95 % interval of the share, as simulated.
        half_width: f64,
    },
}

/// Whether requests are simulated one by one, and about how many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Events {
    /// About the most requests that are simulated; those of a day at least.
    pub most: f64,
    /// Also where the formula holds, and as they are: what was simulated is the answer.
    pub always: bool,
}

impl PerRequest {
    /// The share of the requests that is refused at a rate: Erlang's loss at the limit, or what comes beyond
    /// `most_per_s` where that is more.
    pub(super) fn refused_share(&self, rate_per_s: f64) -> f64 {
        let load = rate_per_s * self.service_time_s * (1.0 + self.beside);
        let too_often = if rate_per_s > 0.0 { (1.0 - self.most_per_s / rate_per_s).max(0.0) } else { 0.0 };
        let at_limit = match load + FAR_BELOW * load.sqrt() + FAR_BELOW < f64::from(self.limit) {
            true => 0.0,
            false => erlang_b(self.limit, load),
        };
        at_limit.max(too_often)
    }

    /// The part of the limit that is left for these servers while others are as busy.
    pub(super) fn own_limit(&self) -> f64 {
        f64::from(self.limit) / (1.0 + self.beside)
    }

    /// The same as whole servers, at least one.
    pub(super) fn own_servers(&self) -> u32 {
        whole(self.own_limit()).max(1)
    }

    /// The servers kept ready at a time, and until when.
    pub(super) fn ready_at(&self, now_s: f64) -> (u32, f64) {
        let next = self.ready.partition_point(|(from_s, _)| *from_s <= now_s + 1e-6);
        let count = next.checked_sub(1).and_then(|at| self.ready.get(at)).map_or(0, |(_, count)| *count);
        (count.min(self.limit), self.ready.get(next).map_or(f64::INFINITY, |(from_s, _)| *from_s))
    }
}

/// What a month of servers started on demand came to.
#[derive(Clone, Debug, PartialEq)]
pub struct PerRequestOutcome {
    /// How the station served.
    pub served: Served,
    /// How the cold starts were found.
    pub method: ColdMethod,
    /// The latency if no request were cold.
    pub warm_latency: Latency,
    /// Servers kept ready, on average.
    pub mean_ready: f64,
    /// The most servers kept ready.
    pub most_ready: u32,
    /// The mean number of requests in service, for each hour.
    pub concurrency_by_hour: Vec<f64>,
    /// Servers kept ready in each hour, on average.
    pub ready_by_hour: Vec<f64>,
    /// The highest mean concurrency in a step.
    pub peak_concurrency: f64,
    /// Requests that came.
    pub arrived: f64,
    /// Requests refused.
    pub refused: f64,
    /// When requests were refused beyond 1 in 10,000, in seconds in all.
    pub refusing_s: f64,
    /// When that first was so, in seconds from the start.
    pub refusing_from_s: f64,
    /// The limit with which fewer than 1 in 10,000 would have been refused at the highest rate.
    pub limit_needed: u32,
}

/// Serves a demand with servers started on demand.
///
/// * `events`: about how many requests are simulated one by one, where that is done; those of a day at least.
/// * `seed`: any number, for these.
///
/// The cold starts are those of the first-passage formula with the rates as they change: at each level `n` of
/// concurrency, `cold(t) = Σ_n Π_n θ_n exp(-∫ θ_n)` a second, where `Π_n` is the chance that at most `n` are busy, `θ_n`
/// the rate at which more come to be, and the integral is over the keep-alive before `t`. With one rate that is
/// [`cold_starts_beside_ready`](super::cold_starts_beside_ready). A keep-alive that is a distribution is the mean over it.
/// Where servers are given up at an age `L`, each level's server is also lost at that age, which gives a share between
/// that without an age and `pool / (λ L)` more. Requests come at random (Poisson) within each step.
///
/// Where rates change within twice the keep-alive (bursts, traces) requests are also simulated one by one, in the first
/// whole days of the month that hold at most `events.most` of them. What the formula says of the month is corrected by
/// what it is wrong by in those days, if the 95 % interval of the simulation excludes it. A day of more than twice as
/// many is not simulated. Rules of reuse other than the most recently used and the newest server have no formula, nor
/// have arrivals that vary otherwise than at random at one rate (lognormal gaps): the simulated days stand for the month.
///
/// Refused is Erlang's loss at the limit, what comes beyond `most_per_s`, and what comes faster than servers may start.
/// The same arguments give the same outcome, bit for bit.
///
/// Source: derived for this project from the first-passage times of the M/M/∞ queue, as
/// [`cold_starts`](super::cold_starts) is.
///
/// Bounds of error, measured against 60 simulations of 1.2e7 requests: over daily and hourly waves, office hours, quiet
/// nights, and bursts of 1 minute in 10 and 5 in 60, at loads from 0.004 to 250, the share is within 4 %, and within
/// 11 % where requests of 20 s meet steps of a minute. With an age of 6 to 120 keep-alives it is within 6 % (loads up to 5,
/// against 3 to 30 million requests one by one) and up to 26 % too small (a load of 100). Where there are more than 256 different rates, 240 stand for
/// them, each within 3 %.
///
/// # Example: a burst of five minutes every hour
///
/// ```
/// use weigh_core::capacity::on_demand::{Dispatch, KeepAlive};
/// use weigh_core::capacity::{Demand, Events, PerRequest, Ramp, serve_per_request};
///
/// let servers = PerRequest {
///     share: 1.0,
///     service_time_s: 0.2,
///     start_up_s: 0.5,
///     keep_alive: KeepAlive::Fixed { seconds: 360.0 },
///     dispatch: Dispatch::MostRecentlyUsed,
///     max_lifetime_s: None,
///     limit: 1_000,
///     ramp: Ramp { burst: 1_000.0, per_s: 100.0 },
///     most_per_s: 10_000.0,
///     beside: 0.0,
///     kinds: Vec::new(),
///     ready: vec![(0.0, 0)],
/// };
/// let hour = (0..60).map(|minute| if minute < 5 { 50.0 } else { 1.0 });
/// let rates_per_s: Vec<f64> = hour.cycle().take(24 * 60).collect();
/// let day = Demand { step_s: 60.0, rates_per_s: &rates_per_s, arrival_variability: 1.0 };
/// let events = Events { most: 1e6, always: false };
/// let bursts = serve_per_request(&servers, &day, events, 1);
/// let steady = serve_per_request(&servers, &Demand { rates_per_s: &[5.083; 1_440], ..day }, events, 1);
/// assert!(bursts.served.cold_start_share > 2.0 * steady.served.cold_start_share);
/// ```
#[must_use]
pub fn serve_per_request(
    servers: &PerRequest,
    demand: &Demand<'_>,
    events: Events,
    seed: u64,
) -> PerRequestOutcome {
    let rates = Rates::of(demand, servers.share);
    let month = Month::of(servers, demand, &rates);
    let found = cold(servers, demand, &rates, &month, (events, seed));
    outcome(servers, month, found)
}

/// The cold starts of a month, and how they were found.
#[derive(Clone, Copy)]
struct Found {
    share: f64,
    idle_s: f64,
    method: ColdMethod,
}

fn cold(
    servers: &PerRequest,
    demand: &Demand<'_>,
    rates: &Rates,
    month: &Month,
    (asked, seed): (Events, u64),
) -> Found {
    /// A day of more requests than this many times `events_max` takes too long to simulate.
    const DAY_MOST: f64 = 2.0;
    let has_formula = matches!(servers.dispatch, Dispatch::MostRecentlyUsed | Dispatch::NewestCreated)
        && !events::varies_otherwise(demand);
    let formula = Formula::new(servers, rates);
    let whole = formula.over(&month.spans);
    let by_formula = Found {
        share: if month.arrived > 0.0 { (whole.cold / month.arrived).min(1.0) } else { 0.0 },
        idle_s: whole.idle_s,
        method: ColdMethod::Formula,
    };
    let steps = events::steps_within(demand, servers.share, asked.most);
    let come: f64 = demand.rates_per_s.iter().take(steps).sum::<f64>() * servers.share * demand.step_s;
    let by_events = !has_formula || asked.always || (month.is_fast && come <= DAY_MOST * asked.most);
    if !by_events {
        return by_formula;
    }
    let Some(run) = events::simulate(servers, demand, steps, asked.most, seed) else { return by_formula };
    let method = ColdMethod::Events { requests: run.requests, half_width: run.half_width };
    if !has_formula || asked.always {
        return Found { share: run.cold_share, idle_s: run.mean_idle * month.length_s, method };
    }
    // The formula of the same days: a month is not as its first days are.
    let of_days = Demand { rates_per_s: &demand.rates_per_s[..steps], ..*demand };
    let days = Month::of(servers, &of_days, rates);
    let expected = formula.over(&days.spans).cold / days.arrived;
    if expected <= 0.0 || (run.cold_share - expected).abs() <= run.half_width {
        return Found { method, ..by_formula };
    }
    Found { share: (by_formula.share * run.cold_share / expected).min(1.0), method, ..by_formula }
}

/// The first-passage formula with the rates of a month.
struct Formula<'a> {
    servers: &'a PerRequest,
    grid: Grid,
    levels: Vec<Levels>,
}

impl Formula<'_> {
    fn new<'a>(servers: &'a PerRequest, rates: &Rates) -> Formula<'a> {
        let load = |rate: f64| (rate * servers.service_time_s).min(servers.own_limit());
        let highest = rates.known.iter().copied().fold(0.0, f64::max);
        let grid = Grid::up_to(load(highest), servers.own_servers());
        let levels = rates.known.iter().map(|rate| Levels::of(&grid, *rate, load(*rate))).collect();
        Formula { servers, grid, levels }
    }

    /// Cold starts and idle servers over some spans, as the mean over the keep-alives.
    fn over(&self, spans: &[Span]) -> Warmth {
        let mut mean = Warmth::default();
        for (keep_s, share) in self.servers.keep_alive.shares() {
            let PerRequest { start_up_s, service_time_s, .. } = *self.servers;
            let age_s = self.servers.max_lifetime_s;
            let recycling = age_s.map(|age_s| Recycling { age_s, start_ups: start_up_s / service_time_s });
            let run = Months::run(&self.grid, &self.levels, spans, keep_s, recycling);
            mean.cold += share * run.cold;
            mean.idle_s += share * run.idle_s;
        }
        mean
    }
}

fn outcome(servers: &PerRequest, month: Month, found: Found) -> PerRequestOutcome {
    let share = |part: f64| if month.arrived > 0.0 { (part / month.arrived).clamp(0.0, 1.0) } else { 0.0 };
    let mean = |total: f64| if month.length_s > 0.0 { total / month.length_s } else { 0.0 };
    let latency =
        |cold: f64| latency_with_start_up(servers.service_time_s, cold, servers.start_up_s, &servers.kinds);
    let mean_concurrency = mean(month.busy_s);
    let room = servers.own_limit() - mean_concurrency;
    // What may come a second grows with the servers that may be busy at once.
    let for_rate = whole_up(month.peak_per_s / servers.most_per_s * f64::from(servers.limit));
    let for_load =
        servers_for_blocking(month.peak * (1.0 + servers.beside), MOST_REFUSED).unwrap_or(u32::MAX);
    PerRequestOutcome {
        served: Served {
            utilisation: month.peak_served / servers.own_limit(),
            mean_concurrency,
            outcome: Outcome::Stable(latency(found.share)),
            cold_start_share: found.share,
            delayed_share: 0.0,
            ready_share: share(month.on_ready),
            mean_idle_servers: mean(found.idle_s).min(room).max(0.0),
            throttled_share: share(month.refused),
        },
        method: found.method,
        warm_latency: latency(0.0),
        mean_ready: mean(month.ready_s),
        most_ready: month.most_ready,
        concurrency_by_hour: month.hours,
        ready_by_hour: month.ready_hours,
        peak_concurrency: month.peak_served,
        arrived: month.arrived,
        refused: month.refused,
        refusing_s: month.refusing_s,
        refusing_from_s: month.refusing_from_s,
        limit_needed: for_load.max(for_rate),
    }
}

#[cfg(test)]
#[path = "per_request_tests.rs"]
mod tests;
