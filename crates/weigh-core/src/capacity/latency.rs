//! How long requests take: the mean, three percentiles, and what a start-up before some of them makes of it.

use super::mixture::RequestKind;
use super::parts::{Part, latency_of};

/// How long requests take from arrival to completion, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Latency {
    /// The mean.
    pub mean_s: f64,
    /// What half of the requests do not exceed.
    pub p50_s: f64,
    /// What 95 of 100 requests do not exceed.
    pub p95_s: f64,
    /// What 99 of 100 requests do not exceed.
    pub p99_s: f64,
}

/// Exponential service of each kind, after a start-up for the share `cold` of the requests.
pub(super) fn latency_with_start_up(
    service_time_s: f64,
    cold: f64,
    start_up_s: f64,
    kinds: &[RequestKind],
) -> Latency {
    let service = service_time_s;
    if !kinds.is_empty() {
        let warm = Part::after(1.0 - cold, 0.0, service, kinds);
        let parts: Vec<Part> = warm.chain(Part::after(cold, start_up_s, service, kinds)).collect();
        if let Some(latency) = latency_of(&parts) {
            return latency;
        }
    }
    // P(T > start-up), before which the cold requests are all still there.
    let at_start_up = (1.0 - cold) * libm::exp(-start_up_s / service) + cold;
    latency(service + cold * start_up_s, |p| {
        let beyond = 1.0 - p;
        if beyond > at_start_up {
            -service * libm::log((beyond - cold) / (1.0 - cold))
        } else {
            start_up_s + service * libm::log(at_start_up / beyond)
        }
    })
}

/// A mean and three quantiles.
pub(super) fn latency(mean_s: f64, quantile_s: impl Fn(f64) -> f64) -> Latency {
    Latency { mean_s, p50_s: quantile_s(0.50), p95_s: quantile_s(0.95), p99_s: quantile_s(0.99) }
}
