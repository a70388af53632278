//! Judges the deployments of each option: what they fail, what they are worth, and which of them speaks for it.

mod judged;
mod placed;
mod standing;

use std::cmp::Ordering;

use super::{NeverCold, Verdict, account, vetoes};
use crate::catalog::Catalog;
use crate::criteria::{CRITERIA, Criterion, Subject};
use crate::decision::{Column, NoScale};
use crate::evaluate::{Evaluation, Trial, Unpriced, evaluate, evaluate_month, is_steady};
use crate::platforms::{Deployment, FailedNeed, Platform};
use crate::pricebook::{Absence, MissingPrice, RegionPrices};
use crate::rules;
use crate::scenario::{OptionRequest, Presence, Scenario, Values};
use crate::time::Date;

pub(super) use judged::Judged;
pub(super) use standing::Standing;

/// A deployment with its value for each criterion; NaN where unknown.
pub(super) struct Candidate {
    evaluation: Evaluation,
    values: Vec<f64>,
    /// Its score on the criteria that choose a size.
    score: f64,
    failed: Vec<FailedNeed>,
    /// How far it is from meeting the needs.
    distance: f64,
    /// Prices borrowed from another region.
    borrowed: usize,
}

/// The deployments of an option that were weighed, and the one that speaks for it.
pub(super) struct Weighed<'a> {
    best: Option<(Candidate, Box<dyn Deployment + 'a>)>,
    weighed: usize,
    unpriced: Vec<Unpriced>,
}

/// The deployment that speaks for an option, and its evaluation.
pub(super) type Chosen<'a> = (Box<dyn Deployment + 'a>, Evaluation);

/// So many of the best deployments of an option are followed through the month, until one meets the needs.
const MONTHS_MOST: usize = 6;

/// So often a fixed number of replicas grows before its option is given up.
const GROWTHS_MOST: u32 = 4;

/// What everything is judged by.
pub(super) struct Judge<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) catalog: &'a Catalog,
    pub(super) book: &'a RegionPrices,
    pub(super) as_of: Date,
    pub(super) weighing: Vec<(&'a Criterion, Column)>,
}

impl<'a> Judge<'a> {
    /// Weighs by all criteria that have a weight.
    pub(super) fn of(
        scenario: &'a Scenario,
        catalog: &'a Catalog,
        book: &'a RegionPrices,
    ) -> Result<Judge<'a>, String> {
        let weighing: Vec<(&Criterion, Column)> = CRITERIA
            .iter()
            .map(|criterion| Ok((criterion, criterion.column(scenario)?)))
            .filter(|column| column.as_ref().map_or(true, |(_, column)| column.weight > 0.0))
            .collect::<Result<_, NoScale>>()
            .map_err(|why| why.to_string())?;
        let as_of = scenario.header.as_of.unwrap_or_else(|| book.newest());
        account::known_prices(&scenario.account, book, as_of)?;
        Ok(Judge { scenario, catalog, book, as_of, weighing })
    }

    /// Evaluates an option and keeps the evaluation that speaks for it, unless a rule rejects it; nothing when there is no
    /// such platform.
    pub(super) fn option(&self, request: &OptionRequest) -> Option<Judged> {
        let judged = self.evaluated(request)?;
        let mut platforms = vec![judged.platform];
        platforms.extend(request.parts.iter().map(|part| part.request.platform.as_str()));
        let failed = rules::rejections(self.scenario, &request.name, &platforms);
        Some(if failed.is_empty() { judged } else { judged.rejected(failed) })
    }

    fn evaluated(&self, request: &OptionRequest) -> Option<Judged> {
        let parts = self.scenario.parts_of(request);
        if !parts.is_empty() {
            return Some(self.placed(request, &parts));
        }
        let platform = Platform::find(&request.platform)?;
        let (weighed, unpriced, outcome) = match self.weigh(request, platform) {
            Err(needs) => (0, 0, Err(Verdict::Rejected { needs, nearest: None })),
            Ok(Weighed { best, weighed, unpriced }) => {
                let lacking = unpriced.iter().filter(|why| !why.is_not_offered()).count();
                let outcome = match best {
                    Some((candidate, _)) if candidate.failed.is_empty() => Ok(candidate),
                    Some((Candidate { failed, evaluation, .. }, _)) => {
                        Err(Verdict::Rejected { needs: failed, nearest: Some(Box::new(evaluation)) })
                    }
                    None => Err(verdict(unpriced)),
                };
                (weighed, lacking, outcome)
            }
        };
        let defaults = defaults(platform, &request.settings);
        Some(Judged {
            name: request.name.clone(),
            platform: platform.id,
            defaults,
            weighed,
            unpriced,
            never_cold: None,
            outcome,
        })
    }

    /// The deployment that speaks for an option, or why there is none.
    pub(super) fn chosen<'t>(
        &self,
        request: &'t OptionRequest,
        platform: &Platform,
    ) -> Result<Chosen<'t>, Verdict>
    where
        Self: 't,
    {
        let weighed = self.weigh(request, platform);
        let weighed = weighed.map_err(|needs| Verdict::Rejected { needs, nearest: None })?;
        match weighed.best {
            Some((candidate, deployment)) => Ok((deployment, candidate.evaluation)),
            None => Err(verdict(weighed.unpriced)),
        }
    }

    /// Tries the deployments of an option; the needs that fail when there is none.
    fn weigh<'t>(
        &self,
        request: &'t OptionRequest,
        platform: &Platform,
    ) -> Result<Weighed<'t>, Vec<FailedNeed>>
    where
        Self: 't,
    {
        let trials = evaluate(request, platform, self.scenario, self.catalog, self.book, self.as_of)?;
        let (mut weighed, mut unpriced) = (0, Vec::new());
        // The best ones, best first.
        let mut tried: Vec<(Candidate, Box<dyn Deployment + 't>)> = Vec::with_capacity(MONTHS_MOST + 1);
        for Trial { deployment, alternatives, unpriced: others, evaluation } in trials {
            weighed += alternatives;
            let rest = alternatives - others.len();
            unpriced.extend(others);
            match evaluation {
                Err(why) => unpriced.extend(std::iter::repeat_n(why, rest)),
                Ok(evaluation) => {
                    let candidate = self.candidate(evaluation, platform.id);
                    let place =
                        tried.partition_point(|(known, _)| known.cmp(&candidate) != Ordering::Greater);
                    if place < MONTHS_MOST {
                        tried.insert(place, (candidate, deployment));
                        tried.truncate(MONTHS_MOST);
                    }
                }
            }
        }
        let best = self.best(tried, request, platform.id, &mut unpriced);
        Ok(Weighed { best, weighed, unpriced })
    }

    /// The best of those tried, as its month turns out: the best in the busy hour first, until one meets the needs.
    fn best<'t>(
        &self,
        tried: Vec<(Candidate, Box<dyn Deployment + 't>)>,
        request: &OptionRequest,
        platform: &str,
        unpriced: &mut Vec<Unpriced>,
    ) -> Option<(Candidate, Box<dyn Deployment + 't>)> {
        let mut best: Option<(Candidate, Box<dyn Deployment + 't>)> = None;
        for (candidate, mut deployment) in tried {
            let setup = deployment.setup();
            if is_steady(&setup, self.scenario) {
                let known = best.filter(|(known, _)| known.cmp(&candidate) == Ordering::Less);
                return known.or(Some((candidate, deployment)));
            }
            match self.month(deployment.as_mut(), request, platform) {
                Err(why) => unpriced.push(why),
                Ok(month) => {
                    let enough = month.failed.is_empty();
                    let better = best.as_ref().is_none_or(|(known, _)| month.cmp(known) == Ordering::Less);
                    best = if better { Some((month, deployment)) } else { best };
                    if enough {
                        break;
                    }
                }
            }
        }
        best
    }

    /// A deployment as its month turns out; one whose fixed number of replicas is too small for it grows.
    fn month(
        &self,
        deployment: &mut dyn Deployment,
        request: &OptionRequest,
        platform: &str,
    ) -> Result<Candidate, Unpriced> {
        let follow = |deployment: &dyn Deployment| {
            let setup = deployment.setup();
            let month = evaluate_month(
                deployment,
                &setup,
                request,
                self.scenario,
                self.catalog,
                self.book,
                self.as_of,
            )?;
            Ok(self.candidate(month, platform))
        };
        let mut month = follow(deployment);
        for _ in 0..GROWTHS_MOST {
            let Some(wanted) = month.as_ref().ok().and_then(Candidate::wanted) else { break };
            if !deployment.grow(wanted) {
                break;
            }
            month = follow(deployment);
        }
        month
    }

    fn candidate(&self, evaluation: Evaluation, platform: &str) -> Candidate {
        let failed = vetoes::failed(&self.scenario.needs, &evaluation);
        self.valued(evaluation, &[platform], failed)
    }

    /// An evaluation on platforms, with what it is worth by each criterion.
    fn valued(&self, evaluation: Evaluation, platforms: &[&str], failed: Vec<FailedNeed>) -> Candidate {
        let Judge { scenario, catalog, .. } = *self;
        let subject = Subject { evaluation: &evaluation, scenario, catalog, platforms };
        let value = |criterion: &Criterion| criterion.value(&subject).unwrap_or(f64::NAN);
        let values: Vec<f64> = self.weighing.iter().map(|(criterion, _)| value(criterion)).collect();
        let counts = |criterion: &Criterion, value: f64| criterion.chooses_size && !value.is_nan();
        let worth =
            self.weighing.iter().zip(&values).filter(|((criterion, _), value)| counts(criterion, **value));
        let worth =
            worth.map(|((_, column), value)| column.weight * column.worth_of(*value).unwrap_or_default());
        Candidate {
            score: worth.sum(),
            failed,
            distance: vetoes::distance(&self.scenario.needs, &evaluation),
            borrowed: evaluation.bill.borrowed(),
            values,
            evaluation,
        }
    }
}

impl Candidate {
    /// The replicas that its month asks for, where it drops requests, or is too slow while more come than it can serve.
    fn wanted(&self) -> Option<u32> {
        let short = self.failed.iter().any(|need| matches!(need.need.as_str(), "traffic" | "p95_latency"));
        let fleets = self.evaluation.serving.simulation.as_ref().filter(|_| short)?.fleets.iter();
        fleets
            .filter(|fleet| fleet.saturation.times > 0)
            .map(|fleet| fleet.saturation.replicas_needed.max(fleet.most.saturating_add(1)))
            .max()
    }

    /// Fewer failed needs first, then nearer to the needs; of those that fail none, with fewer borrowed prices, then
    /// with the higher score, then the cheaper. Of equal ones the one proposed first, the smaller, is kept.
    fn cmp(&self, other: &Candidate) -> Ordering {
        let (cost, other_cost) = (self.evaluation.bill.total(), other.evaluation.bill.total());
        let nearer = match self.failed.is_empty() {
            true => self.borrowed.cmp(&other.borrowed),
            false => self.distance.total_cmp(&other.distance),
        };
        let by_need = self.failed.len().cmp(&other.failed.len()).then(nearer);
        by_need.then(other.score.total_cmp(&self.score)).then(cost.cmp(&other_cost))
    }
}

/// The settings that were left out and took a default, as they would be written.
fn defaults(platform: &Platform, settings: &Values) -> Vec<String> {
    let taken = settings.defaulted().filter_map(|key| {
        let field = platform.fields().find(|field| field.key == key)?;
        match field.presence {
            Presence::Default(text) => Some(format!("{key} = {text}")),
            Presence::Required | Presence::Optional => None,
        }
    });
    taken.collect()
}

impl Unpriced {
    /// Whether all that hinders it is that the region does not sell something.
    fn is_not_offered(&self) -> bool {
        match self {
            Unpriced::Missing { prices, .. } => {
                prices.iter().all(|price| price.absence == Absence::NotOffered)
            }
            Unpriced::NotExact(_) => false,
        }
    }
}

/// The verdict on an option none of whose deployments has all its prices: the one that lacks the fewest speaks.
pub(super) fn verdict(unpriced: Vec<Unpriced>) -> Verdict {
    let mut fewest: Option<(String, Vec<MissingPrice>)> = None;
    for why in unpriced {
        match why {
            Unpriced::Missing { size, prices } => {
                if fewest.as_ref().is_none_or(|(_, known)| prices.len() < known.len()) {
                    fewest = Some((size, prices));
                }
            }
            Unpriced::NotExact(why) => return Verdict::NotExact(why.to_string()),
        }
    }
    let (size, missing) = fewest.unwrap_or_default();
    Verdict::Unpriced { size, missing }
}
