//! From a month to its report.

use super::findings::findings;
use super::timeline::rows;
use super::{
    ColdStartsReport, ComponentMonthReport, FleetMonthReport, HostsMonthReport, LoadReport, RefusalReport,
    SimulationReport, fleet_names,
};
use crate::capacity::{ColdMethod, PerRequest, PerRequestOutcome, ServiceOutcome, Simulation};
use crate::compare::OptionMonth;
use crate::evaluate::ComponentServed;
use crate::platforms::{Platform, Setup};
use crate::report::LatencyReport;
use crate::report::components::told;
use crate::report::lines::NeedReport;
use crate::scenario::Scenario;

/// Adds what a month shows.
pub(super) fn add_month(
    report: &mut SimulationReport,
    scenario: &Scenario,
    platform: &Platform,
    month: &OptionMonth,
) {
    let evaluation = &month.evaluation;
    let option = &mut report.option;
    option.status = if month.failed.is_empty() { "simulated" } else { "rejected" };
    option.failed_needs = month.failed.iter().map(NeedReport::from).collect();
    option.size = Some(evaluation.size.clone());
    option.monthly_cost = Some(evaluation.bill.total().normalize().to_string());
    let list = evaluation.bill_without_allowances.total();
    option.monthly_cost_without_allowances = Some(list.normalize().to_string());
    option.latency = evaluation.latency().map(LatencyReport::from);
    option.cold_start_share = Some(evaluation.cold_start_share());
    option.notes.clone_from(&evaluation.notes);
    report.steady = month.is_steady;
    let rows = rows(scenario, month);
    let names = fleet_names(scenario, &month.setup);
    match (&month.setup, &month.serving.simulation) {
        (Setup::Fleets { fleets, hosts }, Some(simulation)) => {
            let hours = simulation.simulated_s / 3_600.0;
            let did = fleets.iter().zip(&simulation.fleets).zip(&names);
            let did = did.map(|((fleet, did), name)| FleetMonthReport::of(name, fleet, did, hours, &rows));
            report.fleets = did.collect();
            let hosts = hosts.as_ref().zip(simulation.hosts.as_ref());
            report.hosts = hosts.map(|(hosts, did)| HostsMonthReport::of(did, hosts.most, hours));
            report.components = of_services(&evaluation.components, simulation);
        }
        (Setup::PerRequest(servers), _) => {
            let each = evaluation.components.iter().zip(servers).zip(&month.serving.per_request);
            let each =
                each.map(|((component, servers), did)| of_requests(component, servers, did, month.is_steady));
            report.components = each.collect();
        }
        (Setup::Fleets { .. }, None) => {}
    }
    report.load = names.iter().map(|name| LoadReport::of(name, &rows)).collect();
    report.findings = findings(report, scenario.header.month, platform);
}

/// Requests to a millionth: what a sum of minutes has beyond that is rounding.
fn rounded(requests: f64) -> f64 {
    libm::round(requests * 1e6) / 1e6
}

fn of_services(components: &[ComponentServed], simulation: &Simulation) -> Vec<ComponentMonthReport> {
    let services = simulation.fleets.iter().flat_map(|fleet| &fleet.services);
    let each = components.iter().zip(services).map(|(component, did): (_, &ServiceOutcome)| {
        let served = &component.served;
        ComponentMonthReport {
            component: component.component.clone(),
            arrived: rounded(did.arrived),
            served: rounded(did.served),
            dropped: rounded(did.dropped),
            waiting: rounded(did.waiting),
            delayed: rounded(did.delayed),
            latency: served.latency().map(LatencyReport::from),
            utilisation_highest: did.peak_utilisation,
            mean_concurrency: served.mean_concurrency,
            cold_start_share: served.cold_start_share,
            cold_starts: None,
        }
    });
    each.collect()
}

fn of_requests(
    component: &ComponentServed,
    servers: &PerRequest,
    did: &PerRequestOutcome,
    is_steady: bool,
) -> ComponentMonthReport {
    let served = &component.served;
    let (method, simulated_requests, half_width) =
        told(if is_steady { ColdMethod::Formula } else { did.method });
    ComponentMonthReport {
        component: component.component.clone(),
        arrived: rounded(did.arrived),
        served: rounded(did.arrived - did.refused),
        dropped: rounded(did.refused),
        waiting: 0.0,
        delayed: 0.0,
        latency: served.latency().map(LatencyReport::from),
        utilisation_highest: served.utilisation,
        mean_concurrency: served.mean_concurrency,
        cold_start_share: served.cold_start_share,
        cold_starts: Some(ColdStartsReport {
            method,
            simulated_requests,
            half_width,
            latency_without: LatencyReport::from(did.warm_latency),
            mean_idle: served.mean_idle_servers,
            mean_ready: did.mean_ready,
            peak_concurrency: did.peak_concurrency,
            refusal: RefusalReport::of(servers, did),
        }),
    }
}
