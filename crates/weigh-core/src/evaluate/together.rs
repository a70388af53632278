//! Parts of one option, each served and metered by itself, and priced together: allowances and tiers are the account's.

use std::sync::Arc;

use super::levels::{left_out, service_levels};
use super::{Evaluation, SwitchedOff, Unpriced, bills, switched_on, terms};
use crate::capacity::Serving;
use crate::catalog::Catalog;
use crate::platforms::{Deployment, Layout};
use crate::pricebook::RegionPrices;
use crate::scenario::{OptionRequest, Scenario};
use crate::services::stated;
use crate::time::Date;
use crate::usage::{Usage, UsageLine};

/// A part of an option that stands by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct PartEvaluation {
    /// What it is called: `production on fargate`.
    pub name: String,
    /// The environment that it belongs to; empty where there is only one.
    pub environment: String,
    /// The platform's id.
    pub platform: &'static str,
    /// What it comes to alone.
    pub evaluation: Evaluation,
}

/// A part with what it was served by.
pub struct Part<'a> {
    /// The scenario of the part alone.
    pub scenario: &'a Scenario,
    /// What serves it.
    pub deployment: &'a dyn Deployment,
    /// What it comes to.
    pub part: PartEvaluation,
}

/// The parts of an option as one evaluation, priced together, with the commitments that the option pays for.
///
/// # Errors
/// Prices that the book lacks, and numbers that can't be billed.
pub fn together(
    parts: Vec<Part<'_>>,
    option: &OptionRequest,
    scenario: &Scenario,
    catalog: &Catalog,
    book: &RegionPrices,
    date: Date,
) -> Result<Evaluation, Unpriced> {
    let mut usage = Usage::default();
    for Part { scenario, deployment, part } in &parts {
        let metered = deployment.meter(&part.evaluation.serving).map_err(Unpriced::NotExact)?;
        let (own, _) = switched_on(metered, scenario)?;
        add_part(&mut usage, &own, &part.environment);
    }
    let served: Vec<ServedPart<'_>> = parts.iter().map(ServedPart::from).collect();
    meter_services(&served, scenario, catalog, &mut usage)?;
    let parts: Vec<PartEvaluation> = parts.into_iter().map(|part| part.part).collect();
    let size = if parts.len() == 1 { "1 part".to_owned() } else { format!("{} parts", parts.len()) };
    let (bill, bill_without_allowances) =
        bills(&size, &usage, &terms(scenario, date, &scenario.commitments_of(&option.name)), book)?;
    let mut whole = Evaluation {
        size,
        layout: Layout::default(),
        components: Vec::new(),
        serving: Serving::default(),
        bill,
        bill_without_allowances,
        service_levels: Vec::new(),
        longest_request: parts.iter().filter_map(|part| part.evaluation.longest_request).min(),
        largest_upload: parts.iter().filter_map(|part| part.evaluation.largest_upload).min(),
        off: Vec::new(),
        included: &[],
        notes: [stated::notes(scenario), left_out(scenario, catalog)].concat(),
        parts,
    };
    for part in &whole.parts {
        let own = &part.evaluation;
        for mut component in own.components.iter().cloned() {
            if !part.environment.is_empty() {
                component.component = format!("{} of {}", component.component, part.environment);
            }
            whole.components.push(component);
        }
        whole.serving.stations.extend(own.serving.stations.iter().copied());
        whole.notes.extend(own.notes.iter().map(|note| format!("{}: {note}", part.name)));
        own.off.iter().for_each(|off| add_off(&mut whole.off, off));
    }
    whole.service_levels = weakest(&whole.parts, scenario, catalog);
    Ok(whole)
}

/// Adds what a part uses in its environment. Images lie in the account's one registry: those that another environment has
/// already are not stored again.
pub(crate) fn add_part(all: &mut Usage, own: &Usage, environment: &str) {
    let environment: Arc<str> = environment.into();
    for line in own.lines() {
        let stored = line.scope.reason.as_ref().is_some_and(|reason| reason.service == "registry");
        let same = |known: &UsageLine| known.description == line.description && known.amount == line.amount;
        if stored && all.lines().iter().any(same) {
            continue;
        }
        let mut line = line.clone();
        line.scope.environment = Arc::clone(&environment);
        all.push(line);
    }
}

/// What a part served, in its environment.
pub(crate) struct ServedPart<'a> {
    pub(crate) environment: &'a str,
    pub(crate) scenario: &'a Scenario,
    pub(crate) serving: &'a Serving,
}

impl<'a> From<&'a Part<'_>> for ServedPart<'a> {
    fn from(part: &'a Part<'_>) -> ServedPart<'a> {
        let Part { scenario, part, .. } = part;
        ServedPart { environment: &part.environment, scenario, serving: &part.evaluation.serving }
    }
}

/// Adds the services of each environment, metered from what all its parts served.
pub(crate) fn meter_services(
    parts: &[ServedPart<'_>],
    scenario: &Scenario,
    catalog: &Catalog,
    usage: &mut Usage,
) -> Result<(), Unpriced> {
    let mut environments: Vec<&str> = Vec::new();
    for part in parts {
        if !environments.contains(&part.environment) {
            environments.push(part.environment);
        }
    }
    for environment in environments {
        let own = parts.iter().filter(|part| part.environment == environment);
        let own: Vec<_> = own.map(|part| (part.scenario, part.serving)).collect();
        let mut stated = Usage::default();
        stated::meter(&scenario.services, environment, &own, catalog, &mut stated)
            .map_err(Unpriced::NotExact)?;
        let name: Arc<str> = environment.into();
        for mut line in stated.lines().iter().cloned() {
            line.scope.environment = Arc::clone(&name);
            usage.push(line);
        }
    }
    Ok(())
}

fn add_off(all: &mut Vec<SwitchedOff>, off: &SwitchedOff) {
    match all.iter_mut().find(|known| known.service == off.service) {
        Some(known) => known.cost = known.cost.zip(off.cost).map(|(one, other)| one + other),
        None => all.push(off.clone()),
    }
}

/// The promises of the environment that is promised the least: within one environment its parts depend on each other, and
/// no environment depends on another.
fn weakest(
    parts: &[PartEvaluation],
    scenario: &Scenario,
    catalog: &Catalog,
) -> Vec<crate::platforms::ServiceLevel> {
    let mut chains: Vec<(&str, Vec<crate::platforms::ServiceLevel>)> = Vec::new();
    for part in parts {
        let own = part.evaluation.service_levels.iter().cloned();
        match chains.iter_mut().find(|(known, _)| *known == part.environment) {
            Some((_, chain)) => chain.extend(own),
            None => chains.push((&part.environment, own.collect())),
        }
    }
    for (environment, chain) in &mut chains {
        chain.extend(service_levels(scenario, catalog, environment));
    }
    let share = |chain: &[crate::platforms::ServiceLevel]| -> f64 {
        chain.iter().map(|level| level.share.unwrap_or(0.0)).product()
    };
    let weakest = chains.into_iter().min_by(|(_, one), (_, other)| share(one).total_cmp(&share(other)));
    weakest.map(|(_, chain)| chain).unwrap_or_default()
}
