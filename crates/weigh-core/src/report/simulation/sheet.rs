//! The simulated month as a table for programs: a row for each component.

use super::{ColdStartsReport, ComponentMonthReport, FleetMonthReport, SimulationReport};
use crate::report::{LatencyReport, Sheet};

impl SimulationReport {
    /// The components as a table for programs, each with the fleet that serves it; no row when there is no month.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "option",
            "status",
            "seed",
            "monthly_cost_usd",
            "component",
            "arrived",
            "served",
            "dropped",
            "waiting",
            "delayed",
            "mean_ms",
            "p50_ms",
            "p95_ms",
            "p99_ms",
            "cold_start_share",
            "cold_start_method",
            "cold_start_half_width",
            "p50_without_cold_starts_ms",
            "p95_without_cold_starts_ms",
            "p99_without_cold_starts_ms",
            "mean_idle",
            "mean_replicas",
            "fewest_replicas",
            "most_replicas",
            "replica_hours",
            "scalings",
            "saturated_s",
            "replicas_needed",
        ];
        let rows = self.components.iter().map(|component| self.values(component));
        Sheet { columns, rows: rows.collect() }
    }

    fn values(&self, component: &ComponentMonthReport) -> Vec<String> {
        let cold = component.cold_starts.as_ref();
        let fleet = self.fleets.iter().find(|fleet| {
            fleet.fleet == component.component
                || fleet.fleet.split(" + ").any(|name| name == component.component)
        });
        let latency = |pick: fn(LatencyReport) -> f64| shown(component.latency.map(pick));
        let without = |pick: fn(LatencyReport) -> f64| shown(cold.map(|cold| pick(cold.latency_without)));
        let of_fleet = |pick: fn(&FleetMonthReport) -> f64| shown(fleet.map(pick));
        let of_cold = |pick: fn(&ColdStartsReport) -> Option<f64>| shown(cold.and_then(pick));
        let saturation = fleet.and_then(|fleet| fleet.saturation);
        vec![
            self.option.name.clone(),
            self.option.status.to_owned(),
            self.seed.to_string(),
            shown(self.option.monthly_cost.clone()),
            component.component.clone(),
            component.arrived.to_string(),
            component.served.to_string(),
            component.dropped.to_string(),
            component.waiting.to_string(),
            component.delayed.to_string(),
            latency(|latency| latency.mean_ms),
            latency(|latency| latency.p50_ms),
            latency(|latency| latency.p95_ms),
            latency(|latency| latency.p99_ms),
            component.cold_start_share.to_string(),
            shown(cold.map(|cold| cold.method)),
            of_cold(|cold| cold.half_width),
            without(|latency| latency.p50_ms),
            without(|latency| latency.p95_ms),
            without(|latency| latency.p99_ms),
            of_cold(|cold| Some(cold.mean_idle)),
            of_fleet(|fleet| fleet.mean_present),
            of_fleet(|fleet| f64::from(fleet.fewest)),
            of_fleet(|fleet| f64::from(fleet.most)),
            of_fleet(|fleet| fleet.replica_hours),
            of_fleet(|fleet| f64::from(fleet.scalings)),
            shown(saturation.map(|saturation| saturation.duration_s)),
            shown(saturation.map(|saturation| saturation.replicas_needed)),
        ]
    }
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
