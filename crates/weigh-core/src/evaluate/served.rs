//! How each component of a deployment served, and how much it could.

use crate::capacity::{Pool, Served, Servers, Serving, Station};
use crate::money::approximate;
use crate::platforms::{Deployment, Layout, ReplicaGroup};
use crate::scenario::Scenario;

/// How one component of a deployment served.
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentServed {
    /// The component's name.
    pub component: String,
    /// Requests a second that came, on average over the month.
    pub arrival_rate_per_s: f64,
    /// Mean time of a request in service, in seconds.
    pub service_time_s: f64,
    /// Requests a second that can be finished at most, with the most replicas or servers that there may be.
    pub most_per_s: f64,
    /// What came out.
    pub served: Served,
}

/// How the components of a scenario served on a deployment.
pub(super) fn components_served(
    deployment: &dyn Deployment,
    layout: &Layout,
    serving: &Serving,
    scenario: &Scenario,
) -> Vec<ComponentServed> {
    let mean_per_s = scenario.traffic.mean_per_s(scenario.header.month);
    let components = scenario.components.iter().zip(deployment.stations()).zip(&serving.stations);
    let each = components.map(|((component, station), served)| ComponentServed {
        component: component.name.clone(),
        arrival_rate_per_s: mean_per_s * approximate(component.traffic_share),
        service_time_s: station.service_time_s(),
        most_per_s: most_per_s(layout, station, &component.name),
        served: *served,
    });
    each.collect()
}

/// Requests a second that a component's replicas can finish at most: those of the busy hour, or as many as there may be.
fn most_per_s(layout: &Layout, station: &Station, component: &str) -> f64 {
    let own = |group: &&ReplicaGroup| group.component.as_deref().is_none_or(|name| name == component);
    let most = layout.replicas.iter().find(own).map_or(0, |group| group.range.1);
    match station.servers() {
        Servers::Fixed { servers } => f64::from(servers.max(most)) / station.service_time_s(),
        Servers::Replicas { pool } => Pool { replicas: pool.replicas.max(most), ..pool }.capacity_per_s(),
        Servers::PerRequest { limit, .. } => f64::from(limit) / station.service_time_s(),
    }
}
