//! All requests of a month, sorted by what they met, and from that their mean time and its percentiles.

use super::Service;
use crate::capacity::pool::Pool;
use crate::capacity::sojourn::Sojourn;
use crate::capacity::station::Latency;
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
    key: i32,
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

/// Some requests whose time has one distribution.
#[derive(Clone, Copy, Debug)]
enum Part {
    Queue { requests: f64, sojourn: Sojourn },
    Backlog { requests: f64, wait_s: f64, service_s: f64 },
}

impl Part {
    fn requests(&self) -> f64 {
        match self {
            Part::Queue { requests, .. } | Part::Backlog { requests, .. } => *requests,
        }
    }

    fn mean_s(&self) -> f64 {
        match self {
            Part::Queue { sojourn, .. } => sojourn.mean_s(),
            Part::Backlog { wait_s, service_s, .. } => wait_s + service_s,
        }
    }

    fn tail(&self, t_s: f64) -> f64 {
        match self {
            Part::Queue { sojourn, .. } => sojourn.tail(t_s),
            Part::Backlog { wait_s, service_s, .. } => libm::exp(-((t_s - wait_s) / service_s).max(0.0)),
        }
    }
}

impl Bins {
    /// Counts requests that met so many replicas at a speed, at a rate below capacity.
    pub(super) fn stationary(&mut self, serving: (u32, u32), rate_per_s: f64, load: f64, requests: f64) {
        let index = LOADS as f64 * (1.0 - (1.0 - load).max(0.0).sqrt());
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

    /// Counts requests that waited in a backlog before they were served.
    pub(super) fn delayed(&mut self, wait_s: f64, service_s: f64, requests: f64) {
        #[allow(clippy::cast_possible_truncation, reason = "float casts saturate")]
        let key = libm::floor(libm::log2(wait_s.max(1e-3)) * WAITS_PER_DOUBLING) as i32;
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
                    parts.push(Part::Queue { requests: bin.requests, sojourn });
                }
            }
        }
        parts.extend(self.delayed.iter().map(|delayed| Part::Backlog {
            requests: delayed.requests,
            wait_s: delayed.wait_s / delayed.requests,
            service_s: delayed.service_s / delayed.requests,
        }));
        mixture(&parts)
    }
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

/// Mean and percentiles of a mixture.
fn mixture(parts: &[Part]) -> Option<Latency> {
    let all: f64 = parts.iter().map(Part::requests).sum();
    if all <= 0.0 {
        return None;
    }
    let mean_s = parts.iter().map(|part| part.requests() * part.mean_s()).sum::<f64>() / all;
    let tail = |t_s: f64| parts.iter().map(|part| part.requests() * part.tail(t_s)).sum::<f64>() / all;
    let p50_s = quantile(&tail, 0.50, 0.0, mean_s);
    let p95_s = quantile(&tail, 0.95, p50_s, mean_s);
    let p99_s = quantile(&tail, 0.99, p95_s, mean_s);
    Some(Latency { mean_s, p50_s, p95_s, p99_s })
}

/// The time that a share `p` does not exceed, from `low` on: a bracket, then false position on the logarithm of the
/// tail, which is nearly straight (the Illinois rule keeps both ends moving).
fn quantile(tail: &impl Fn(f64) -> f64, p: f64, low: f64, mean_s: f64) -> f64 {
    const STEPS_MAX: u32 = 200;
    const TOLERANCE: f64 = 1e-12;
    let wanted = libm::log1p(-p);
    let excess = |t_s: f64| libm::log(tail(t_s).max(1e-300)) - wanted;
    let (mut low, mut above) = (low, excess(low));
    if above <= 0.0 {
        return low;
    }
    let mut high = (low + mean_s).max(low * 1.5);
    let mut below = excess(high);
    while below > 0.0 {
        (low, above) = (high, below);
        high *= 2.0;
        below = excess(high);
    }
    let mut last = 0_i8;
    for _ in 0..STEPS_MAX {
        let t_s = (low * -below + high * above) / (above - below);
        if high - low <= TOLERANCE * high || !(low < t_s && t_s < high) {
            break;
        }
        let value = excess(t_s);
        if value.abs() <= TOLERANCE {
            return t_s;
        }
        if value > 0.0 {
            (low, above) = (t_s, value);
            below = if last > 0 { below / 2.0 } else { below };
            last = 1;
        } else {
            (high, below) = (t_s, value);
            above = if last < 0 { above / 2.0 } else { above };
            last = -1;
        }
    }
    high
}
