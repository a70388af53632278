//! Requests whose times have unlike distributions, taken together: their mean time and its percentiles.

use super::latency::Latency;
use super::mixture::{RequestKind, times_of_kinds};
use super::sojourn::Sojourn;

/// Some requests whose time has one distribution.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// They share a queue.
    Queue { requests: f64, sojourn: Sojourn },
    /// They wait a fixed time before an exponential one.
    After { requests: f64, wait_s: f64, service_s: f64 },
}

impl Part {
    /// Requests at a queue, those of each kind with their own time in service.
    pub(super) fn queue(
        requests: f64,
        sojourn: Sojourn,
        kinds: &[RequestKind],
    ) -> impl Iterator<Item = Part> {
        let mean_s = sojourn.service_time_s();
        times_of_kinds(kinds, mean_s).map(move |(share, time_s)| Part::Queue {
            requests: requests * share,
            sojourn: sojourn.with_own_time(time_s / mean_s),
        })
    }

    /// Requests after a fixed wait, those of each kind with their own time in service.
    pub(super) fn after(
        requests: f64,
        wait_s: f64,
        mean_s: f64,
        kinds: &[RequestKind],
    ) -> impl Iterator<Item = Part> {
        times_of_kinds(kinds, mean_s).map(move |(share, service_s)| Part::After {
            requests: requests * share,
            wait_s,
            service_s,
        })
    }

    fn requests(&self) -> f64 {
        match self {
            Part::Queue { requests, .. } | Part::After { requests, .. } => *requests,
        }
    }

    fn mean_s(&self) -> f64 {
        match self {
            Part::Queue { sojourn, .. } => sojourn.mean_s(),
            Part::After { wait_s, service_s, .. } => wait_s + service_s,
        }
    }

    fn tail(&self, t_s: f64) -> f64 {
        match self {
            Part::Queue { sojourn, .. } => sojourn.tail(t_s),
            Part::After { wait_s, service_s, .. } => libm::exp(-((t_s - wait_s) / service_s).max(0.0)),
        }
    }
}

/// Mean and percentiles over all requests; nothing when there are none.
pub(super) fn latency_of(parts: &[Part]) -> Option<Latency> {
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
