//! How the components of an option serve, and what cold starts make of it.

use schemars::JsonSchema;
use serde::Serialize;

use super::LatencyReport;
use crate::capacity::{ColdMethod, PerRequestOutcome};
use crate::criteria::{show_seconds, show_share};
use crate::evaluate::{ComponentServed, Evaluation};
use crate::money::number;

/// How a component serves.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ComponentReport {
    /// The component's name.
    pub component: String,
    /// Requests a second.
    pub arrival_rate_per_s: f64,
    /// Mean time in service, in milliseconds.
    pub service_time_ms: f64,
    /// The load offered to each server; 1 and more is unstable.
    pub utilisation: f64,
    /// Latency; null when unstable.
    pub latency: Option<LatencyReport>,
    /// The share of the requests that wait for a start.
    pub cold_start_share: f64,
    /// Requests in service at once, on average.
    pub mean_concurrency: f64,
    /// What cold starts make of it; null where servers are not started for requests.
    pub cold_starts: Option<ColdStartReport>,
}

/// Cold starts and what they change, for servers started for requests.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ColdStartReport {
    /// Latency if no request were cold.
    pub warm_latency: LatencyReport,
    /// Servers warm and idle, on average; those kept ready included.
    pub mean_idle: f64,
    /// Servers kept ready, on average.
    pub mean_ready: f64,
    /// `formula`, or `events` where requests were simulated too.
    #[schemars(extend("enum" = ["formula", "events"]))]
    pub method: &'static str,
    /// Requests simulated; null where none were.
    pub simulated_requests: Option<u64>,
    /// Half the width of the 95 % interval of the simulated share; null where none was simulated.
    pub half_width: Option<f64>,
}

/// How cold starts were found: a word for it, the requests simulated, and half the width of their interval.
pub(super) fn told(method: ColdMethod) -> (&'static str, Option<u64>, Option<f64>) {
    match method {
        ColdMethod::Formula => ("formula", None, None),
        ColdMethod::Events { requests, half_width } => ("events", Some(requests), Some(half_width)),
    }
}

impl From<&PerRequestOutcome> for ColdStartReport {
    fn from(outcome: &PerRequestOutcome) -> ColdStartReport {
        let (method, simulated_requests, half_width) = told(outcome.method);
        ColdStartReport {
            warm_latency: LatencyReport::from(outcome.warm_latency),
            mean_idle: outcome.served.mean_idle_servers,
            mean_ready: outcome.mean_ready,
            method,
            simulated_requests,
            half_width,
        }
    }
}

impl From<&ComponentServed> for ComponentReport {
    fn from(each: &ComponentServed) -> ComponentReport {
        ComponentReport {
            component: each.component.clone(),
            arrival_rate_per_s: each.arrival_rate_per_s,
            service_time_ms: libm::round(each.service_time_s * 1e9) / 1e6,
            utilisation: each.served.utilisation,
            latency: each.served.latency().map(LatencyReport::from),
            cold_start_share: each.served.cold_start_share,
            mean_concurrency: each.served.mean_concurrency,
            cold_starts: None,
        }
    }
}

impl ComponentReport {
    /// The components of an evaluation.
    pub(super) fn of(evaluation: &Evaluation) -> Vec<ComponentReport> {
        let mut reports: Vec<ComponentReport> =
            evaluation.components.iter().map(ComponentReport::from).collect();
        for (report, outcome) in reports.iter_mut().zip(&evaluation.serving.per_request) {
            report.cold_starts = Some(ColdStartReport::from(outcome));
        }
        reports
    }

    /// P50, P95 and P99 with and without cold starts, and the servers that wait, in a sentence.
    pub(super) fn cold_start_sentence(&self) -> Option<String> {
        let (cold, with) = (self.cold_starts.as_ref()?, self.latency?);
        let shown = |latency: LatencyReport| {
            let each = [latency.p50_ms, latency.p95_ms, latency.p99_ms];
            each.map(|time_ms| show_seconds(time_ms / 1_000.0)).join(", ")
        };
        let how = match (cold.simulated_requests, cold.half_width) {
            (Some(requests), Some(half_width)) => {
                let requests = number(requests.into(), 0);
                format!("with {requests} requests simulated, ± {}", show_share(half_width))
            }
            _ => "by formula".to_owned(),
        };
        let ready = match cold.mean_ready > 0.0 {
            true => format!(", and {:.1} are kept ready", cold.mean_ready),
            false => String::new(),
        };
        Some(format!(
            "{}: P50, P95, P99 are {} with cold starts and {} without; {} of the requests are cold ({how}); {:.1} environments are idle and warm on average{ready}",
            self.component,
            shown(with),
            shown(cold.warm_latency),
            show_share(self.cold_start_share),
            cold.mean_idle,
        ))
    }
}
