//! The decision of a comparison as a report: the criteria of the product with their own words.

use super::{DecisionReport, FirmnessReport, Wording};
use crate::compare::Decision;
use crate::criteria::{Criterion, whole};
use crate::scenario::Scenario;

/// The criteria of the product, as reports write them.
pub(in crate::report) struct Criteria;

impl Wording for Criteria {
    fn title(&self, criterion: &str) -> String {
        Criterion::find(criterion).map_or(criterion, |known| known.title).to_owned()
    }

    fn whole(&self, criterion: &str, value: f64, up: bool) -> f64 {
        Criterion::find(criterion).map_or(value, |known| whole(value, known.last_digit(value), up))
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
    let report = DecisionReport::of(&decision.matrix, &decision.ranking, weights_from, &Criteria);
    // Values that may be off by more than they differ are best together.
    let mut report = report.with_winners(&decision.matrix, &decision.tolerances());
    for (j, criterion) in report.criteria.iter_mut().enumerate() {
        for (cell, row) in criterion.cells.iter_mut().zip(&decision.unlimited) {
            if row.get(j) == Some(&true) {
                "unlimited".clone_into(&mut cell.shown);
            }
        }
    }
    match decision.firmness() {
        Ok(firm) => {
            let firmness = FirmnessReport::of(&decision.matrix, &firm, &Criteria);
            DecisionReport { firmness: Some(firmness), ..report }
        }
        Err(why) => {
            report.notes.push(format!("How firm the ranking is can't be told: {why}."));
            report
        }
    }
}
