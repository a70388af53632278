//! The decision of a comparison as a report: the criteria of the product with their own words.

use super::{DecisionReport, Wording};
use crate::compare::Decision;
use crate::criteria::Criterion;
use crate::scenario::Scenario;

/// The criteria of the product, as reports write them.
struct Criteria;

impl Wording for Criteria {
    fn title(&self, criterion: &str) -> String {
        Criterion::find(criterion).map_or(criterion, |known| known.title).to_owned()
    }

    fn show(&self, criterion: &str, value: f64) -> String {
        Criterion::find(criterion).map_or_else(|| value.to_string(), |known| known.show(value))
    }
}

/// The decision of a comparison as a report.
pub(in crate::report) fn report(decision: &Decision, scenario: &Scenario) -> DecisionReport {
    let weights_from = match &scenario.decision.preset {
        Some(preset) => format!("those of the preset {preset}"),
        None if scenario.wishes.is_empty() => "the program's defaults".to_owned(),
        None => "those that were asked for".to_owned(),
    };
    DecisionReport::of(&decision.matrix, &decision.ranking, weights_from, &Criteria)
}
