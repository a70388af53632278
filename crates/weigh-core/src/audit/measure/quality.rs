//! Claims about how an option serves: latency, availability; and about the requests that come.

use rust_decimal::Decimal;

use super::option::Asked;
use super::{Hull, Measures, finite, not, unit_of};
use crate::audit::{Basis, Computed, NotComputed, Promise};
use crate::capacity::{Latency, Outcome};
use crate::claim::Dimension;
use crate::evaluate::ComponentServed;
use crate::money::number;
use crate::platforms::ServiceLevel;
use crate::scenario::{Claim, Component, OptionRequest, PartRequest, Scenario, Values};

/// A percentile of the latency, of the slowest component.
pub(super) fn latency(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    unit_of(claim, &[Dimension::Time])?;
    let of = claim.entry.of.as_deref().unwrap_or("p95");
    let asked = Asked::find(measures.subject(), claim.entry.option.as_deref())?;
    let (mut hull, mut words, mut times) = (Hull::default(), String::new(), Vec::new());
    for point in &asked.points {
        let deployed = point.deployed(asked.compared.platform, claim.entry.environment.as_deref(), None);
        let components = deployed.iter().flat_map(|each| &each.evaluation.components);
        let (slowest, latency) = slowest(components)?;
        let value = match of {
            "p50" => latency.p50_s,
            "p99" => latency.p99_s,
            _ => latency.p95_s,
        };
        hull.add(finite(value, of)?);
        if words.is_empty() {
            words = format!("{of} of {}: {} s", slowest.component, number(finite(value, of)?, 6));
            let service = finite(slowest.service_time_s, "time in service")?;
            let own = point.scenario.components.iter().find(|each| each.name == slowest.component);
            let waiting = own.map_or(Decimal::ZERO, Component::wait_s).min(service);
            times = vec![
                ("computing".to_owned(), service - waiting),
                ("waiting for others".to_owned(), waiting),
                ("queueing and chance".to_owned(), finite(value, of)? - service),
            ];
        }
    }
    hull.computed(asked.remarked(words), Basis::Times(times))
}

/// The component whose requests take longest.
fn slowest<'a>(
    components: impl Iterator<Item = &'a ComponentServed>,
) -> Result<(&'a ComponentServed, Latency), NotComputed> {
    let mut slowest: Option<(&ComponentServed, Latency)> = None;
    for component in components {
        match component.served.outcome {
            Outcome::Unstable { servers_needed } => {
                let name = &component.component;
                return Err(not(format!(
                    "{name} gets more than it can serve: it needs {servers_needed} servers"
                )));
            }
            Outcome::Stable(latency) => {
                if slowest.is_none_or(|(_, known)| latency.p95_s > known.p95_s) {
                    slowest = Some((component, latency));
                }
            }
        }
    }
    slowest.ok_or_else(|| not("no component serves requests"))
}

/// The share of the month that AWS promises, over everything that a request depends on.
pub(super) fn availability(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    unit_of(claim, &[Dimension::Percent])?;
    let asked = Asked::find(measures.subject(), claim.entry.option.as_deref())?;
    let environment = claim.entry.environment.as_deref();
    let (mut hull, mut words, mut sources) = (Hull::default(), String::new(), Vec::new());
    let mut promises: Vec<Promise> = Vec::new();
    for point in &asked.points {
        let levels: Vec<&ServiceLevel> = match environment {
            None => point.evaluation.service_levels.iter().collect(),
            Some(_) => {
                let deployed = point.deployed(asked.compared.platform, environment, None);
                deployed.iter().flat_map(|each| &each.evaluation.service_levels).collect()
            }
        };
        if levels.is_empty() {
            return Err(not("no promise of AWS is known for what it depends on"));
        }
        let (mut product, mut each) = (1.0, Vec::new());
        let first = words.is_empty();
        for level in levels {
            let Some(share) = level.share else {
                return Err(not(format!("no promise of AWS is known for {}", level.what)));
            };
            product *= share;
            let percent = finite(share * 100.0, &level.what)?;
            each.push(format!("{} % for {}", number(percent, 4), level.what));
            if first {
                let several = level.share_in_several_zones.filter(|several| *several > share);
                let several = several.map(|several| finite(several * 100.0, &level.what)).transpose()?;
                let what = level.what.clone();
                promises.push(Promise { what, percent, in_several_zones_percent: several });
            }
            let title = measures.subject().catalog.source_title(&level.source);
            if !sources.contains(&title) {
                sources.push(title);
            }
        }
        hull.add(finite(product * 100.0, "availability")?);
        if words.is_empty() {
            words = each.join(" × ");
            if environment.is_some() && point.scenario.services.iter().any(|service| service.enabled) {
                words.push_str(", its databases and caches left aside");
            }
        }
    }
    let computed = hull.computed(asked.remarked(words), Basis::Promises(promises))?;
    Ok(Computed { source: sources.join("; "), ..computed })
}

/// Requests that come.
pub(super) fn traffic(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    unit_of(claim, &[Dimension::Rate])?;
    let subject = measures.subject();
    let ends = subject.ranged.map(|ranged| [&ranged.low, &ranged.high]);
    let scenarios = [subject.scenario].into_iter().chain(ends.into_iter().flatten());
    let (mut hull, mut words) = (Hull::default(), String::new());
    for scenario in scenarios {
        let requests = match &claim.entry.environment {
            Some(name) => in_environment(scenario, name).requests(),
            None => scenario.requests(),
        };
        let component = claim.entry.component.as_ref();
        let component = component.and_then(|name| scenario.components.iter().find(|each| each.name == *name));
        let share = component.map_or(Decimal::ONE, |component| component.traffic_share);
        let hours = scenario.header.month.hours_exact();
        let of_day = requests * share * Decimal::from(24) / hours;
        hull.add(of_day.round_dp(9).normalize());
        if words.is_empty() {
            words = format!("{} requests in {} hours", number(requests * share, 0), number(hours, 0));
        }
    }
    hull.computed(words, Basis::Plain)
}

/// The scenario of one environment alone.
fn in_environment(scenario: &Scenario, name: &str) -> Scenario {
    let (platform, settings) = (String::new(), Values::default());
    scenario.of_part(&PartRequest {
        environment: name.to_owned(),
        components: (0..scenario.components.len()).collect(),
        is_first: true,
        request: OptionRequest { name: name.to_owned(), platform, settings, parts: Vec::new() },
    })
}
