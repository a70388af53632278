//! The option that a claim is about: its evaluation as expected, and at both ends of the scenario's ranges.

use super::not;
use crate::audit::{NotComputed, Subject};
use crate::compare::{Compared, Comparison, Verdict};
use crate::evaluate::{Evaluation, PartEvaluation};
use crate::platforms::FailedNeed;
use crate::scenario::Scenario;

/// An option with what it comes to.
pub(super) struct Asked<'a> {
    /// The option.
    pub(super) compared: &'a Compared,
    /// As expected; with ranges in the scenario also at the low and at the high end: one, or three.
    pub(super) points: Vec<Point<'a>>,
    /// What the reader should know of it: that it is rejected, and why.
    pub(super) remark: String,
}

/// An option at one reading of the scenario's ranges.
#[derive(Clone, Copy)]
pub(super) struct Point<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) evaluation: &'a Evaluation,
}

/// A deployment of an option, whole or a part of it.
#[derive(Clone, Copy)]
pub(super) struct Deployed<'a> {
    pub(super) platform: &'a str,
    pub(super) evaluation: &'a Evaluation,
}

impl<'a> Asked<'a> {
    /// The option of a name; without one, the only option.
    pub(super) fn find(subject: &Subject<'a>, name: Option<&str>) -> Result<Asked<'a>, NotComputed> {
        let compared = named(subject.comparison, name)?;
        let expected = evaluation(compared)?;
        let mut points = vec![Point { scenario: subject.scenario, evaluation: expected }];
        let mut remark = rejection(compared);
        if let (Some(ranged), Some(ends)) = (subject.ranged, subject.ends) {
            let at = |scenario, comparison| {
                let evaluation = evaluation(named(comparison, Some(&compared.name)).ok()?).ok()?;
                Some(Point { scenario, evaluation })
            };
            match at(&ranged.low, &ends.low).zip(at(&ranged.high, &ends.high)) {
                Some((low, high)) => points.extend([low, high]),
                None => remark.push_str("; one end of the ranges has no bill, and is left out"),
            }
        }
        Ok(Asked { compared, points, remark })
    }

    /// The reckoning with what the reader should know.
    pub(super) fn remarked(&self, reckoning: String) -> String {
        reckoning + &self.remark
    }
}

impl<'a> Point<'a> {
    /// The deployments of the option; those of one environment, or with one component, alone where it is named.
    pub(super) fn deployed(
        &self,
        platform: &'a str,
        environment: Option<&str>,
        component: Option<&str>,
    ) -> Vec<Deployed<'a>> {
        let parts = &self.evaluation.parts;
        if parts.is_empty() {
            return vec![Deployed { platform, evaluation: self.evaluation }];
        }
        let holds = |part: &PartEvaluation, name: &str| {
            part.evaluation.components.iter().any(|served| served.component == name)
        };
        let of = |part: &&PartEvaluation| {
            environment.is_none_or(|name| part.environment == name)
                && component.is_none_or(|name| holds(part, name))
        };
        let own = parts.iter().filter(of);
        own.map(|part| Deployed { platform: part.platform, evaluation: &part.evaluation }).collect()
    }
}

fn named<'a>(comparison: &'a Comparison, name: Option<&str>) -> Result<&'a Compared, NotComputed> {
    match (name, comparison.options.as_slice()) {
        (None, [only]) => Ok(only),
        (None, several) => {
            let names: Vec<&str> = several.iter().map(|option| option.name.as_str()).collect();
            Err(not(format!("it names no `option`, and there are several: {}", names.join(", "))))
        }
        (Some(name), options) => options
            .iter()
            .find(|option| option.name == name)
            .ok_or_else(|| not(format!("the comparison has no option `{name}`"))),
    }
}

/// The evaluation of an option, that of its nearest deployment where it is rejected.
fn evaluation(option: &Compared) -> Result<&Evaluation, NotComputed> {
    let name = &option.name;
    match &option.verdict {
        Verdict::Ranked(ranked) => Ok(&ranked.evaluation),
        Verdict::Rejected { nearest: Some(nearest), .. } => Ok(nearest),
        Verdict::Rejected { needs, nearest: None } => {
            Err(not(format!("{name} is rejected and has no deployment: {}", told(needs))))
        }
        Verdict::Unpriced { missing, .. } => {
            let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
            Err(not(format!("{name} cannot be priced: {}", missing.join("; "))))
        }
        Verdict::NotExact(why) => Err(not(format!("{name} cannot be billed: {why}"))),
    }
}

/// That an option is rejected, and why; empty for one that is ranked.
fn rejection(option: &Compared) -> String {
    match &option.verdict {
        Verdict::Rejected { needs, .. } => format!("; {} is rejected: {}", option.name, told(needs)),
        _ => String::new(),
    }
}

fn told(needs: &[FailedNeed]) -> String {
    needs.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
