//! Latency as reports have it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::capacity::Latency;

/// Latency in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, JsonSchema, Serialize)]
pub struct LatencyReport {
    /// The mean.
    pub mean_ms: f64,
    /// The median.
    pub p50_ms: f64,
    /// What 95 % do not exceed.
    pub p95_ms: f64,
    /// What 99 % do not exceed.
    pub p99_ms: f64,
}

impl From<Latency> for LatencyReport {
    fn from(latency: Latency) -> LatencyReport {
        // A millionth of a millisecond is below what any model here tells.
        let ms = |time_s: f64| libm::round(time_s * 1e9) / 1e6;
        LatencyReport {
            mean_ms: ms(latency.mean_s),
            p50_ms: ms(latency.p50_s),
            p95_ms: ms(latency.p95_s),
            p99_ms: ms(latency.p99_s),
        }
    }
}
