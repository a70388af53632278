//! The same deployment, served and billed in several months.

use crate::bill::Bill;
use crate::capacity::Serving;
use crate::compare::Verdict;
use crate::compare::judge::{Judge, verdict};
use crate::evaluate::{
    EVENTS, Evaluation, SEED, ServedPart, Unpriced, add_part, in_the_busy_hour, is_steady, meter_services,
    serve_month, switched_on, terms,
};
use crate::money::NotExact;
use crate::platforms::{Brief, Deployment, Layout, Platform, Proposal};
use crate::scenario::{OptionRequest, PartRequest, Scenario};
use crate::usage::Usage;

/// The bills of a deployment in so many months.
pub(super) struct Bills<const MONTHS: usize> {
    /// Its size in a few words.
    pub(super) size: String,
    /// A bill for each month.
    pub(super) bills: [Bill; MONTHS],
}

/// A deployment that was chosen for the month of its judge, with what it comes to there.
struct Chosen<'a> {
    /// The part of the option that it is for; nothing where the option is one deployment.
    part: Option<&'a PartRequest>,
    deployment: Box<dyn Deployment + 'a>,
    evaluation: Evaluation,
}

/// The bills of the deployment, or of the deployments of all parts, that speak for an option in the judge's own month: in
/// each of the months that the scenarios have.
pub(super) fn bills<const MONTHS: usize>(
    judge: &Judge<'_>,
    request: &OptionRequest,
    scenarios: &[&Scenario; MONTHS],
) -> Result<Bills<MONTHS>, Verdict> {
    let parts = judge.scenario.parts_of(request);
    let own: Vec<Scenario> = parts.iter().map(|part| judge.scenario.of_part(part)).collect();
    let mut all: Vec<Chosen<'_>> = Vec::new();
    if parts.is_empty() {
        all.extend(chosen(judge, request, None)?);
    }
    for (part, scenario) in parts.iter().zip(&own) {
        let judge = Judge { scenario, weighing: judge.weighing.clone(), ..*judge };
        all.extend(chosen(&judge, &part.request, Some(part))?);
    }
    let size = match parts.len() {
        0 => all.iter().map(|each| each.deployment.size()).collect(),
        1 => "1 part".to_owned(),
        several => format!("{several} parts"),
    };
    let mut bills = Vec::with_capacity(MONTHS);
    for scenario in scenarios {
        bills.push(bill(judge, request, &size, &all, scenario)?);
    }
    let bills = <[Bill; MONTHS]>::try_from(bills);
    bills
        .map(|bills| Bills { size, bills })
        .map_err(|_| Verdict::NotExact("a month without a bill".to_owned()))
}

/// The deployment that speaks for an option or a part; nothing where there is no such platform.
fn chosen<'t>(
    judge: &Judge<'t>,
    request: &'t OptionRequest,
    part: Option<&'t PartRequest>,
) -> Result<Option<Chosen<'t>>, Verdict> {
    let Some(platform) = Platform::find(&request.platform) else { return Ok(None) };
    let (deployment, evaluation) = judge.chosen(request, platform)?;
    Ok(Some(Chosen { part, deployment, evaluation }))
}

/// What the deployments cost in the month of a scenario.
fn bill(
    judge: &Judge<'_>,
    request: &OptionRequest,
    size: &str,
    all: &[Chosen<'_>],
    scenario: &Scenario,
) -> Result<Bill, Verdict> {
    let mut usage = Usage::default();
    let mut served: Vec<(&str, Scenario, Serving)> = Vec::with_capacity(all.len());
    for each in all {
        let own = each.part.map_or_else(|| scenario.clone(), |part| scenario.of_part(part));
        let stated = each.part.map_or(request, |part| &part.request);
        let (serving, metered) = each.in_month_of(judge, stated, &own).map_err(not_exact)?;
        let (used, _) = switched_on(metered, &own).map_err(|why| verdict(vec![why]))?;
        let environment = each.part.map_or("", |part| part.environment.as_str());
        add_part(&mut usage, &used, environment);
        served.push((environment, own, serving));
    }
    let parts =
        served.iter().map(|(environment, scenario, serving)| ServedPart { environment, scenario, serving });
    let parts: Vec<ServedPart<'_>> = parts.collect();
    meter_services(&parts, scenario, judge.catalog, &mut usage).map_err(|why| verdict(vec![why]))?;
    let commitments = scenario.commitments_of(&request.name);
    let terms = terms(scenario, judge.as_of, &commitments);
    let missing = |missing| Verdict::Unpriced { size: size.to_owned(), missing };
    judge.book.price(&usage, &terms).map_err(missing)
}

fn not_exact(why: NotExact) -> Verdict {
    verdict(vec![Unpriced::NotExact(why)])
}

impl Chosen<'_> {
    /// How it serves in the month of a scenario, and what it uses there.
    ///
    /// In another month than its own it is the deployment of the same size that is proposed there, whose schedules fall on
    /// that month's days. Where none is, as with requests stated for a month that now come faster, it serves as it is.
    fn in_month_of(
        &self,
        judge: &Judge<'_>,
        request: &OptionRequest,
        scenario: &Scenario,
    ) -> Result<(Serving, Usage), NotExact> {
        if scenario.header.month == judge.scenario.header.month {
            let usage = self.deployment.meter(&self.evaluation.serving)?;
            return Ok((self.evaluation.serving.clone(), usage));
        }
        let brief = Brief { scenario, catalog: judge.catalog, settings: &request.settings };
        if let Some(same) = self.among(request, &brief) {
            let setup = same.setup();
            let serving = match is_steady(&setup, scenario) {
                true => in_the_busy_hour(same.as_ref()),
                false => serve_month(&setup, scenario, EVENTS, SEED, &mut ()),
            };
            let usage = same.meter(&serving)?;
            return Ok((serving, usage));
        }
        let serving = serve_month(&self.deployment.setup(), scenario, EVENTS, SEED, &mut ());
        let usage = self.deployment.meter_under(scenario, &serving)?;
        Ok((serving, usage))
    }

    /// The deployment of the same size among those that are proposed for a brief.
    fn among<'b>(&self, request: &OptionRequest, brief: &Brief<'b>) -> Option<Box<dyn Deployment + 'b>> {
        let platform = Platform::find(&request.platform)?;
        let Proposal::Deployments(all) = (platform.propose)(brief) else { return None };
        let own = (self.deployment.size(), self.deployment.layout());
        all.into_iter().find_map(|mut other| is_same(&mut other, &own).then_some(other))
    }
}

/// Whether a deployment has this size, as it is, as another way to rent it, or when it has grown.
fn is_same(other: &mut Box<dyn Deployment + '_>, own: &(String, Layout)) -> bool {
    let (size, layout) = own;
    let found = |other: &mut Box<dyn Deployment + '_>| {
        (0..other.alternatives()).any(|alternative| {
            other.choose(alternative);
            other.size() == *size && other.layout() == *layout
        })
    };
    let replicas = layout.replicas.iter().map(|group| group.range.1).max().unwrap_or(0);
    found(other) || (other.grow(replicas) && found(other))
}
