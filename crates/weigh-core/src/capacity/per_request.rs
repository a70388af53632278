//! A month of servers started on demand: cold starts, refusals and idle servers under a rate that changes.

use super::cold_start::cold_starts_beside_ready;
use super::erlang::erlang_b;
use super::on_demand::{self, Arrivals, OnDemand, Ramp, ServiceTime, Stop, WarmUp};
use super::simulation::Demand;
use super::station::{Outcome, Served, latency_with_start_up};

/// Servers that each serve one request, started when none is idle.
#[derive(Clone, Debug, PartialEq)]
pub struct PerRequest {
    /// The share of the demand that comes here, at least 0.
    pub share: f64,
    /// Mean time of a request in service, in seconds, above 0.
    pub service_time_s: f64,
    /// What a cold request waits for its server, in seconds, at least 0.
    pub start_up_s: f64,
    /// How long an idle server stays warm, in seconds, at least 0.
    pub keep_alive_s: f64,
    /// The age from which on a server takes no further request, in seconds; nothing where servers don't age.
    pub max_lifetime_s: Option<f64>,
    /// Servers that may be busy at once, at least 1.
    pub limit: u32,
    /// How fast servers may start.
    pub ramp: Ramp,
    /// Requests a second beyond which requests are refused; infinite where there is no such limit.
    pub most_per_s: f64,
    /// Servers kept ready from a time on, in the order of time: seconds from the start, and how many.
    pub ready: Vec<(f64, u32)>,
}

impl PerRequest {
    /// The servers kept ready at a time, and until when.
    pub(super) fn ready_at(&self, now_s: f64) -> (u32, f64) {
        let next = self.ready.partition_point(|(from_s, _)| *from_s <= now_s + 1e-6);
        let count = next.checked_sub(1).and_then(|at| self.ready.get(at)).map_or(0, |(_, count)| *count);
        (count.min(self.limit), self.ready.get(next).map_or(f64::INFINITY, |(from_s, _)| *from_s))
    }
}

/// How the share of cold starts came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColdMethod {
    /// From the formula at each rate, and the growth of the warm servers where the rate rises.
    Formula,
    /// From so many requests, simulated one by one.
    Events {
        /// Requests simulated.
        requests: u64,
        /// Half the width of the 95 % interval of the share.
        half_width: f64,
    },
}

/// Whether requests are simulated one by one, and how many at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Events {
    /// The most requests that are simulated; at least the whole first day is.
    pub most: f64,
    /// Also where the formula holds.
    pub always: bool,
}

/// What a month of servers started on demand came to.
#[derive(Clone, Debug, PartialEq)]
pub struct PerRequestOutcome {
    /// How the station served.
    pub served: Served,
    /// How the cold starts were found.
    pub method: ColdMethod,
    /// Servers kept ready, on average.
    pub mean_ready: f64,
    /// The mean number of requests in service, for each hour.
    pub concurrency_by_hour: Vec<f64>,
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
    /// Servers that would have served the highest rate with fewer than 1 in 10,000 refused.
    pub limit_needed: u32,
}

/// What one rate gives, beside so many ready servers.
#[derive(Clone, Copy)]
struct Level {
    rate_per_s: f64,
    ready: u32,
    cold_share: f64,
    idle: f64,
    refused_share: f64,
    on_ready_share: f64,
}

/// Serves a demand with servers started on demand.
///
/// While each rate lasts far longer than servers stay warm, the month is the mixture of its rates: the formula of
/// [`cold_starts_beside_ready`] at each, and where the rate rises so many more cold starts as the warm servers grow by
/// (`ΔN`, `N` busy and idle; what is warm from within the keep-alive counts). Measured against simulation, slow daily
/// waves are within 2 %. Where the rate changes faster (bursts, traces), requests are simulated one by one, at most
/// `events.most` of them: the first whole days of the month that hold no more, at least one day.
///
/// Refused is Erlang's loss at the limit, what comes beyond `most_per_s`, and what comes faster than servers may start.
/// The same arguments give the same outcome, bit for bit.
#[must_use]
pub fn serve_per_request(
    servers: &PerRequest,
    demand: &Demand<'_>,
    events: Events,
    seed: u64,
) -> PerRequestOutcome {
    let mut month = Sum::new(servers, demand);
    month.add_all();
    let mut method = ColdMethod::Formula;
    let mut cold_share = if month.arrived > 0.0 { (month.cold / month.arrived).min(1.0) } else { 0.0 };
    if (month.is_fast || events.always)
        && let Some((share, requests, half_width)) = one_by_one(servers, demand, events.most, seed)
    {
        (cold_share, method) = (share, ColdMethod::Events { requests, half_width });
    }
    month.finish(cold_share, method)
}

/// The month as it is added up.
struct Sum<'a> {
    servers: &'a PerRequest,
    demand: &'a Demand<'a>,
    levels: Vec<Level>,
    arrived: f64,
    cold: f64,
    refused: f64,
    on_ready: f64,
    busy_s: f64,
    idle_s: f64,
    ready_s: f64,
    is_fast: bool,
    hours: Vec<f64>,
    peak: f64,
    highest_rate_per_s: f64,
    refusing_s: f64,
    refusing_from_s: f64,
}

impl<'a> Sum<'a> {
    fn new(servers: &'a PerRequest, demand: &'a Demand<'a>) -> Sum<'a> {
        Sum {
            servers,
            demand,
            levels: Vec::new(),
            arrived: 0.0,
            cold: 0.0,
            refused: 0.0,
            on_ready: 0.0,
            busy_s: 0.0,
            idle_s: 0.0,
            ready_s: 0.0,
            is_fast: false,
            hours: Vec::new(),
            peak: 0.0,
            highest_rate_per_s: 0.0,
            refusing_s: 0.0,
            refusing_from_s: 0.0,
        }
    }

    fn add_all(&mut self) {
        let step_s = self.demand.step_s;
        let (mut now_s, mut warm_before, mut load_before) = (0.0, None::<f64>, None::<f64>);
        let mut hour_busy_s = 0.0;
        for same in self.demand.rates_per_s.chunk_by(|one, next| one.to_bits() == next.to_bits()) {
            let Some(rate) = same.first() else { continue };
            #[allow(clippy::cast_precision_loss, reason = "steps of a month are far below 2^52")]
            let length_s = same.len() as f64 * step_s;
            self.is_fast |=
                length_s < 2.0 * self.servers.keep_alive_s && same.len() < self.demand.rates_per_s.len();
            let end_s = now_s + length_s;
            while now_s < end_s - 1e-6 {
                let (ready, until_s) = self.servers.ready_at(now_s);
                let hour_s = libm::floor(now_s / 3_600.0 + 1e-9) * 3_600.0 + 3_600.0;
                let part_s = until_s.min(end_s).min(hour_s) - now_s;
                let level = self.level(rate * self.servers.share, ready);
                let load = level.rate_per_s * self.servers.service_time_s;
                let warm = load + level.idle;
                let growth =
                    warm_before.map_or(0.0, |before: f64| (warm - before.max(f64::from(ready))).max(0.0));
                self.ramp(load_before.unwrap_or(load), load);
                (warm_before, load_before) = (Some(warm), Some(load));
                self.add(&level, part_s, growth, now_s);
                hour_busy_s += load.min(f64::from(self.servers.limit)) * part_s;
                now_s += part_s;
                if now_s >= hour_s - 1e-6 {
                    self.hours.push(hour_busy_s / 3_600.0);
                    hour_busy_s = 0.0;
                }
            }
            now_s = end_s;
        }
    }

    /// What a rate gives; computed once for each.
    fn level(&mut self, rate_per_s: f64, ready: u32) -> Level {
        let same =
            |level: &&Level| level.rate_per_s.to_bits() == rate_per_s.to_bits() && level.ready == ready;
        if let Some(known) = self.levels.iter().find(same) {
            return *known;
        }
        let servers = self.servers;
        let load = rate_per_s * servers.service_time_s;
        let cold = cold_starts_beside_ready(rate_per_s, servers.service_time_s, servers.keep_alive_s, ready);
        let too_often = if rate_per_s > 0.0 { (1.0 - servers.most_per_s / rate_per_s).max(0.0) } else { 0.0 };
        let level = Level {
            rate_per_s,
            ready,
            cold_share: cold.share,
            idle: cold.mean_idle_servers,
            refused_share: erlang_b(servers.limit, load).max(too_often),
            on_ready_share: if ready > 0 { 1.0 - erlang_b(ready, load) } else { 0.0 },
        };
        // A trace has as many rates as minutes: those are not looked for again.
        const KEPT: usize = 512;
        if self.levels.len() < KEPT {
            self.levels.push(level);
        }
        level
    }

    /// Refuses what comes while servers start too slowly for a rise of the load.
    fn ramp(&mut self, before: f64, load: f64) {
        let ramp = self.servers.ramp;
        let missing = load - before - ramp.burst;
        if missing > 0.0 && ramp.per_s > 0.0 {
            self.refused += missing * missing / (2.0 * ramp.per_s) / self.servers.service_time_s;
        }
    }

    fn add(&mut self, level: &Level, time_s: f64, growth: f64, now_s: f64) {
        let requests = level.rate_per_s * time_s;
        self.arrived += requests;
        self.cold += requests * level.cold_share + growth;
        self.refused += requests * level.refused_share;
        self.on_ready += requests * level.on_ready_share;
        let load = level.rate_per_s * self.servers.service_time_s;
        self.busy_s += load * (1.0 - level.refused_share) * time_s;
        self.idle_s += level.idle * time_s;
        self.ready_s += f64::from(level.ready) * time_s;
        self.peak = self.peak.max(load);
        self.highest_rate_per_s = self.highest_rate_per_s.max(level.rate_per_s);
        if level.refused_share > REFUSED_MOST {
            if self.refusing_s <= 0.0 {
                self.refusing_from_s = now_s;
            }
            self.refusing_s += time_s;
        }
    }

    fn finish(self, cold_share: f64, method: ColdMethod) -> PerRequestOutcome {
        let servers = self.servers;
        #[allow(clippy::cast_precision_loss, reason = "steps of a month are far below 2^52")]
        let all_s = (self.demand.rates_per_s.len() as f64 * self.demand.step_s).max(1e-9);
        let share = |part: f64| if self.arrived > 0.0 { (part / self.arrived).clamp(0.0, 1.0) } else { 0.0 };
        let mean_concurrency = self.busy_s / all_s;
        let needed = super::erlang::servers_for_blocking(self.peak, REFUSED_MOST).unwrap_or(u32::MAX);
        PerRequestOutcome {
            served: Served {
                utilisation: self.peak / f64::from(servers.limit),
                mean_concurrency,
                outcome: Outcome::Stable(latency_with_start_up(
                    servers.service_time_s,
                    cold_share,
                    servers.start_up_s,
                )),
                cold_start_share: cold_share,
                delayed_share: 0.0,
                ready_share: share(self.on_ready),
                mean_idle_servers: self.idle_s / all_s,
                throttled_share: share(self.refused),
            },
            method,
            mean_ready: self.ready_s / all_s,
            concurrency_by_hour: self.hours,
            peak_concurrency: self.peak,
            arrived: self.arrived,
            refused: self.refused.min(self.arrived),
            refusing_s: self.refusing_s,
            refusing_from_s: self.refusing_from_s,
            limit_needed: needed,
        }
    }
}

/// More requests than this share refused are told.
const REFUSED_MOST: f64 = 1e-4;

/// The share of cold starts by simulation: of the first whole days that hold at most `events_max` requests.
fn one_by_one(
    servers: &PerRequest,
    demand: &Demand<'_>,
    events_max: f64,
    seed: u64,
) -> Option<(f64, u64, f64)> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "steps of a day")]
    let day = (libm::ceil(86_400.0 / demand.step_s) as usize).max(1);
    let mut taken = 0;
    let mut requests = 0.0;
    for steps in demand.rates_per_s.chunks(day) {
        let more = steps.iter().sum::<f64>() * servers.share * demand.step_s;
        if taken > 0 && requests + more > events_max {
            break;
        }
        requests += more;
        taken += steps.len();
    }
    if requests < 1.0 {
        return None;
    }
    let rates: Vec<f64> = demand.rates_per_s[..taken].iter().map(|rate| rate * servers.share).collect();
    let arrivals = Arrivals::Steps { step_s: demand.step_s, rates_per_s: rates, repeats: true };
    let service = ServiceTime::Exponential { mean_s: servers.service_time_s };
    #[allow(clippy::cast_precision_loss, reason = "steps of a month are far below 2^52")]
    let span_s = taken as f64 * demand.step_s;
    let run = OnDemand {
        start_up_s: servers.start_up_s,
        max_lifetime_s: servers.max_lifetime_s,
        limit: servers.limit,
        ramp: Some(servers.ramp),
        always_ready: servers.ready.first().map_or(0, |(_, count)| (*count).min(servers.limit)),
        ..OnDemand::new(arrivals, service, servers.keep_alive_s)
    };
    let run = on_demand::simulate(&run, WarmUp::Settled, Stop::Seconds(span_s), seed).ok()?;
    Some((run.cold_share(), run.requests, run.cold_share_half_width))
}
