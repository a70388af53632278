//! What AWS promises of the services that a scenario states: they are in the chain that a request passes.

use crate::catalog::Catalog;
use crate::platforms::{ServiceLevel, service_level};
use crate::scenario::Scenario;
use crate::services::stated::{Zones, passed};

/// The promises of the services of an environment without which no request is served, as far as they are known.
pub(super) fn service_levels(scenario: &Scenario, catalog: &Catalog, environment: &str) -> Vec<ServiceLevel> {
    let each = passed(&scenario.services, environment).flat_map(|(service, kind, zones)| {
        let what = format!("{} {}", kind.title, service.name);
        service_level(scenario, catalog, kind.id, &what, zones == Zones::Several)
    });
    let known = each.filter(|level| level.share.is_some());
    // A second node of a database is not what `min_replicas` asks for.
    known.map(|level| ServiceLevel { more_in_two_zones: false, ..level }).collect()
}

/// Says of which services no promise is known, so that none is in the chain.
pub(super) fn left_out(scenario: &Scenario, catalog: &Catalog) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    let environments = scenario.environments.iter().map(|environment| environment.name.as_str());
    for environment in environments.chain([""]) {
        for (service, kind, _) in passed(&scenario.services, environment) {
            let note = format!(
                "{}: no service level of {} is known here; availability leaves it out",
                service.name, kind.title
            );
            if catalog.trait_of(kind.id, "sla-percent").is_none() && !told.contains(&note) {
                told.push(note);
            }
        }
    }
    told
}
