//! Options whose parts stand on several platforms or in several environments: each part is judged in its own scenario, and
//! the whole is priced and ranked.

use super::{Candidate, Judge, Judged, Verdict, Weighed, verdict};
use crate::compare::vetoes;
use crate::evaluate::{Part, PartEvaluation, together};
use crate::platforms::{Deployment, FailedNeed, Platform};
use crate::scenario::{OptionRequest, PartRequest, SEVERAL, Scenario};

/// A part that was judged: its deployment and what it comes to.
struct Judgement<'a> {
    candidate: Candidate,
    deployment: Box<dyn Deployment + 'a>,
}

impl Judge<'_> {
    /// Judges the parts of an option, and puts them together.
    pub(super) fn placed(&self, request: &OptionRequest, parts: &[PartRequest]) -> Judged {
        let scenarios: Vec<Scenario> = parts.iter().map(|part| self.scenario.of_part(part)).collect();
        let (mut weighed, mut unpriced) = (0, 0);
        let mut judged: Vec<Judgement<'_>> = Vec::new();
        let mut refused: Vec<FailedNeed> = Vec::new();
        let mut lacking: Option<Verdict> = None;
        for (part, scenario) in parts.iter().zip(&scenarios) {
            let Some(platform) = Platform::find(&part.request.platform) else { continue };
            let judge = Judge { scenario, weighing: self.weighing.clone(), ..*self };
            match judge.weigh(&scenario.options[0], platform) {
                Err(needs) => refused.extend(of_part(part, needs)),
                Ok(Weighed { best, weighed: tried, unpriced: others }) => {
                    weighed += tried;
                    unpriced += others.iter().filter(|why| !why.is_not_offered()).count();
                    match best {
                        Some((candidate, deployment)) => judged.push(Judgement { candidate, deployment }),
                        None => lacking = Some(also_lacking(lacking, verdict(others))),
                    }
                }
            }
        }
        let outcome = match lacking {
            Some(lacking) => Err(lacking),
            None if !refused.is_empty() => Err(Verdict::Rejected { needs: refused, nearest: None }),
            None => self.whole(request, parts, &scenarios, &judged),
        };
        let platform = match parts {
            [first, rest @ ..] if rest.iter().all(|part| part.request.platform == first.request.platform) => {
                Platform::find(&first.request.platform).map_or(SEVERAL, |platform| platform.id)
            }
            _ => SEVERAL,
        };
        Judged {
            name: request.name.clone(),
            platform,
            defaults: Vec::new(),
            weighed,
            unpriced,
            never_cold: None,
            outcome,
        }
    }

    /// The parts as one candidate; or the needs that parts fail, with the whole as it would be.
    fn whole(
        &self,
        option: &OptionRequest,
        requests: &[PartRequest],
        scenarios: &[Scenario],
        judged: &[Judgement<'_>],
    ) -> Result<Candidate, Verdict> {
        let mut failed: Vec<FailedNeed> = Vec::new();
        let mut platforms: Vec<&str> = Vec::new();
        let mut parts = Vec::with_capacity(judged.len());
        for ((request, scenario), judgement) in requests.iter().zip(scenarios).zip(judged) {
            failed.extend(of_part(request, judgement.candidate.failed.clone()));
            let platform = Platform::find(&request.request.platform).map_or(SEVERAL, |platform| platform.id);
            if !platforms.contains(&platform) {
                platforms.push(platform);
            }
            let part = PartEvaluation {
                name: request.request.name.clone(),
                environment: request.environment.clone(),
                platform,
                evaluation: judgement.candidate.evaluation.clone(),
            };
            parts.push(Part { scenario, deployment: judgement.deployment.as_ref(), part });
        }
        let evaluation = together(parts, option, self.scenario, self.catalog, self.book, self.as_of)
            .map_err(|why| verdict(vec![why]))?;
        failed.extend(vetoes::budget(&self.scenario.needs, &evaluation));
        let candidate = self.valued(evaluation, &platforms, failed);
        match candidate.failed.is_empty() {
            true => Ok(candidate),
            false => Err(Verdict::Rejected {
                needs: candidate.failed,
                nearest: Some(Box::new(candidate.evaluation)),
            }),
        }
    }
}

/// The failed needs of a part, with its name.
fn of_part(part: &PartRequest, needs: Vec<FailedNeed>) -> impl Iterator<Item = FailedNeed> {
    let name = part.request.name.clone();
    needs.into_iter().map(move |need| FailedNeed { wanted: format!("{} ({name})", need.wanted), ..need })
}

/// What several parts lack, each price once.
fn also_lacking(before: Option<Verdict>, now: Verdict) -> Verdict {
    match (before, now) {
        (Some(Verdict::Unpriced { size, missing: mut all }), Verdict::Unpriced { size: other, missing }) => {
            all.extend(missing);
            all.dedup();
            Verdict::Unpriced { size: format!("{size} + {other}"), missing: all }
        }
        (Some(before), _) => before,
        (None, now) => now,
    }
}
