//! What a reader should know of a month as it was served: when more came than could be served, and what would have done.

use crate::capacity::{ColdMethod, FleetOutcome, PerRequestOutcome, Serving};
use crate::criteria::show_share;
use crate::evaluate::Evaluation;
use crate::report::simulation::words::{count, moment, span};
use crate::time::Month;

/// The notes on a served month.
pub(super) fn notes(evaluation: &Evaluation, month: Month) -> Vec<String> {
    let mut notes = Vec::new();
    let serving: &Serving = &evaluation.serving;
    if let Some(simulation) = &serving.simulation {
        let mut components = evaluation.components.iter().map(|each| each.component.as_str());
        for fleet in &simulation.fleets {
            let names: Vec<&str> = components.by_ref().take(fleet.services.len()).collect();
            fleet_notes(&names.join(" + "), fleet, month, &mut notes);
        }
        if let Some(hosts) = &simulation.hosts {
            credit_notes("the instances", hosts.throttled_share, hosts.surplus_processor_hours, &mut notes);
        }
    }
    for (component, outcome) in evaluation.components.iter().zip(&serving.per_request) {
        request_notes(&component.component, outcome, month, &mut notes);
    }
    notes
}

fn fleet_notes(name: &str, fleet: &FleetOutcome, month: Month, notes: &mut Vec<String>) {
    let saturation = &fleet.saturation;
    if saturation.duration_s > 0.0 {
        notes.push(format!(
            "{name}: more came than could be served for {} of the month{}, the longest for {} from {}: {} requests came meanwhile; {} would have served them",
            span(saturation.duration_s),
            if saturation.times == 1 { String::new() } else { format!(", {} times", saturation.times) },
            span(saturation.longest_s),
            moment(month, saturation.longest_from_s),
            count(saturation.requests),
            replicas(saturation.replicas_needed)
        ));
    }
    let limit = &fleet.at_limit;
    if limit.duration_s > 0.0 {
        notes.push(format!(
            "{name}: scaling wanted more than the most allowed for {}, first on {}, while {} requests came: raise `max_capacity`",
            span(limit.duration_s),
            moment(month, limit.first_s),
            count(limit.requests)
        ));
    }
    credit_notes(name, fleet.throttled_share, fleet.surplus_processor_hours, notes);
}

fn credit_notes(whose: &str, throttled_share: f64, surplus_hours: f64, notes: &mut Vec<String>) {
    if throttled_share > 0.0 {
        notes.push(format!(
            "CPU credits of {whose} were used up for {} of the month: the CPU ran at its baseline",
            show_share(throttled_share)
        ));
    }
    if surplus_hours > 0.0 {
        notes.push(format!(
            "{whose} used more CPU credits than were earned: {} vCPU-hours are charged",
            count(surplus_hours)
        ));
    }
}

fn request_notes(name: &str, outcome: &PerRequestOutcome, month: Month, notes: &mut Vec<String>) {
    if outcome.refusing_s > 0.0 {
        notes.push(format!(
            "{name}: requests were refused at the concurrency limit for {}, first on {}, {} of them; {} executions at once would have served them",
            span(outcome.refusing_s),
            moment(month, outcome.refusing_from_s),
            count(outcome.refused),
            outcome.limit_needed
        ));
    }
    if let ColdMethod::Events { requests, half_width } = outcome.method {
        notes.push(format!(
            "{name}: cold starts from {} requests simulated one by one, {} ± {}",
            count(f64::from(u32::try_from(requests).unwrap_or(u32::MAX))),
            show_share(outcome.served.cold_start_share),
            show_share(half_width)
        ));
    }
}

fn replicas(count: u32) -> String {
    if count == 1 { "1 replica".to_owned() } else { format!("{count} replicas") }
}
