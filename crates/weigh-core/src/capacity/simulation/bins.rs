//! All requests of a month, sorted by what they met, and from that their mean time and its percentiles.

use super::Service;
use crate::capacity::latency::Latency;
use crate::capacity::parts::{Part, latency_of};
use crate::capacity::pool::Pool;
use crate::capacity::sojourn::Sojourn;
use crate::capacity::whole;

/// Loads told apart for each number of replicas; closer together near saturation.
const LOADS: usize = 96;
/// Speeds of throttled processors told apart: full speed has so many parts.
pub(super) const SPEEDS: u32 = 64;
/// Waits in a backlog told apart: eight to a doubling, from a millisecond on.
const WAITS_PER_DOUBLING: f64 = 8.0;
/// No load is taken to last longer than this, in seconds, so that a queue near saturation is bounded by what can
/// gather in that time: the mean wait by `√(2 (ca² + cs²) S τ / (π c))`, the mean of reflected Brownian motion.
const LONGEST_AT_ONE_LOAD_S: f64 = 3_600.0;

#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    requests: f64,
    /// Sum of requests × rate, for the mean rate.
    rate_per_s: f64,
}

#[derive(Clone, Debug)]
struct Row {
    /// Replicas, and their speed.
    serving: (u32, u32),
    bins: [Bin; LOADS],
}

/// Requests that waited in a backlog.
#[derive(Clone, Copy, Debug)]
struct Delayed {
    /// Whether the wait is one of chance, and which part of a doubling it is in.
    key: (bool, i32),
    requests: f64,
    /// Sum of requests × wait.
    wait_s: f64,
    /// Sum of requests × time in service.
    service_s: f64,
}

/// Requests by the number of replicas, their speed and their load; and those that met a backlog, by their wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Bins {
    rows: Vec<Row>,
    last: usize,
    delayed: Vec<Delayed>,
}

impl Bins {
    /// Counts requests that met so many replicas at a speed, at a rate below capacity.
    pub(super) fn stationary(&mut self, serving: (u32, u32), rate_per_s: f64, load: f64, requests: f64) {
        let index = LOADS as f64 * (1.0 - (1.0 - load).sqrt());
        let index = (whole(index) as usize).min(LOADS - 1);
        if self.rows.get(self.last).is_none_or(|row| row.serving != serving) {
            self.last = self.row_of(serving);
        }
        let bin = &mut self.rows[self.last].bins[index];
        bin.requests += requests;
        bin.rate_per_s += requests * rate_per_s;
    }

    #[cold]
    fn row_of(&mut self, serving: (u32, u32)) -> usize {
        self.rows.iter().position(|row| row.serving == serving).unwrap_or_else(|| {
            self.rows.push(Row { serving, bins: [Bin::default(); LOADS] });
            self.rows.len() - 1
        })
    }

    /// Counts requests that waited in a backlog before they were served: behind those who were too many, or, where that is
    /// more, behind those whom chance has gathered while as many came as could be served.
    pub(super) fn delayed(&mut self, (backlog_s, gathered_s): (f64, f64), service_s: f64, requests: f64) {
        let by_chance = gathered_s > backlog_s;
        let wait_s = backlog_s.max(gathered_s);
        #[allow(clippy::cast_possible_truncation, reason = "float casts saturate")]
        let part = libm::floor(libm::log2(wait_s.max(1e-3)) * WAITS_PER_DOUBLING) as i32;
        let key = (by_chance, part);
        let known = self.delayed.iter_mut().find(|delayed| delayed.key == key);
        let more = Delayed { key, requests, wait_s: requests * wait_s, service_s: requests * service_s };
        match known {
            Some(known) => {
                known.requests += more.requests;
                known.wait_s += more.wait_s;
                known.service_s += more.service_s;
            }
            None => self.delayed.push(more),
        }
    }

    /// Mean and percentiles over all requests counted; nothing when there are none.
    pub(super) fn latency(&self, service: &Service, arrival_variability: f64) -> Option<Latency> {
        let mut parts: Vec<Part> = Vec::new();
        for row in &self.rows {
            let (replicas, speed) = row.serving;
            let Ok(replica) = service.replica.with_speed(f64::from(speed) / f64::from(SPEEDS)) else {
                continue;
            };
            let pool = Pool { replica, replicas };
            let capacity = pool.capacity_per_s();
            let servers = f64::from(replica.workers()) * f64::from(replicas);
            let highest = 1.0 - nearest_to_saturation(servers, capacity, service, arrival_variability);
            for bin in row.bins.iter().filter(|bin| bin.requests > 0.0) {
                let rate = (bin.rate_per_s / bin.requests).min(capacity * highest);
                if let Some(sojourn) = pool.sojourn(rate, arrival_variability, service.service_variability) {
                    parts.extend(Part::queue(bin.requests, sojourn, &service.kinds));
                }
            }
        }
        for delayed in &self.delayed {
            let (wait_s, service_s) =
                (delayed.wait_s / delayed.requests, delayed.service_s / delayed.requests);
            match delayed.key.0 {
                true => {
                    let sojourn = Sojourn::of_queue(service_s, 1.0, 1.0 / wait_s);
                    parts.extend(Part::queue(delayed.requests, sojourn, &service.kinds));
                }
                false => parts.extend(Part::after(delayed.requests, wait_s, service_s, &service.kinds)),
            }
        }
        latency_of(&parts)
    }
}

/// The mean wait that chance has gathered when for a time as many came as could be served: `√(2 (ca² + cs²) τ / (π λ))`
/// at the rate `λ`, the mean of reflected Brownian motion, up to the longest time at one load.
pub(super) fn gathered_wait_s(variability: f64, time_s: f64, capacity_per_s: f64) -> f64 {
    let time_s = time_s.min(LONGEST_AT_ONE_LOAD_S);
    (2.0 * variability * time_s / (std::f64::consts::PI * capacity_per_s)).sqrt()
}

/// `1 - ρ` at which the stationary mean wait is what can gather in the longest time at one load.
fn nearest_to_saturation(
    servers: f64,
    capacity_per_s: f64,
    service: &Service,
    arrival_variability: f64,
) -> f64 {
    let variability = arrival_variability + service.service_variability;
    let service_s = servers / capacity_per_s;
    let spare = std::f64::consts::PI * variability * service_s / (8.0 * LONGEST_AT_ONE_LOAD_S * servers);
    spare.sqrt().clamp(1e-9, 0.5)
}
