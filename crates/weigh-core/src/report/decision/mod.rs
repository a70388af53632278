//! A decision in reports: the matrix with what each value is worth and adds, who wins each criterion, and what a method gives
//! beside scores.

mod acceptability;
mod checks;
mod document;
mod firmness;
mod firmness_document;
pub(super) mod names;
pub(super) mod product;

use schemars::JsonSchema;
use serde::Serialize;

pub use acceptability::{AcceptabilityReport, AlternativeAcceptability};
pub use checks::{CheckReport, ChecksReport};
pub use firmness::{
    CorrelatedReport, DominatedReport, FirmnessReport, LeadReport, NearestWeightsReport, ReversalCase,
    ReversalReport, TornadoReport, TurnReport, ValueFlipReport, ViewReport, WeightSpanReport,
};

use crate::decision::winners::winners;
use crate::decision::{Better, Matrix, Method, Ranking};

/// How alternatives were weighed against each other, at full precision.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct DecisionReport {
    /// The method's id.
    pub method: &'static str,
    /// The method's name in prose.
    pub method_title: &'static str,
    /// What the method does, with its formula.
    pub method_summary: &'static str,
    /// How values were made comparable; null where the method takes them raw.
    pub normalisation: Option<&'static str>,
    /// Where the weights come from.
    pub weights_from: String,
    /// Whether a higher or a lower score is better: `higher` or `lower`.
    #[schemars(extend("enum" = ["higher", "lower"]))]
    pub better: &'static str,
    /// The alternatives, in the order of all lists.
    pub alternatives: Vec<String>,
    /// The scores.
    pub scores: Vec<f64>,
    /// The ranks, from 1.
    pub ranks: Vec<usize>,
    /// The criteria, each with a cell for every alternative.
    pub criteria: Vec<WeighedCriterion>,
    /// Other figures of the method for each alternative.
    pub measures: Vec<MeasureReport>,
    /// The set that the method chooses; null where it chooses none.
    pub chosen: Option<ChosenReport>,
    /// What the reader should know.
    pub notes: Vec<String>,
    /// How firm the ranking is; null where that can't be told.
    pub firmness: Option<FirmnessReport>,
}

/// A criterion as it was weighed.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct WeighedCriterion {
    /// Its id, or its name where it has no id.
    pub criterion: String,
    /// Its name in prose.
    pub title: String,
    /// Its share of the weights.
    pub weight: f64,
    /// The alternatives that are best by it; several are a tie.
    pub best: Vec<String>,
    /// A cell for every alternative.
    pub cells: Vec<CellReport>,
}

/// A value of the matrix, what it is worth and what it adds.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CellReport {
    /// The value, in the criterion's unit.
    pub value: f64,
    /// The value as a reader wants it.
    pub shown: String,
    /// The normalised value; null where the method takes values raw.
    pub normalised: Option<f64>,
    /// What it is worth between fixed ends; null where the criterion states none.
    pub worth: Option<f64>,
    /// What it adds to the score; null where a score is no sum.
    pub adds: Option<f64>,
}

/// A figure that a method gives for each alternative.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct MeasureReport {
    /// What it is called in the literature.
    pub name: &'static str,
    /// Its value for each alternative.
    pub values: Vec<f64>,
}

/// The set that a method chooses.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ChosenReport {
    /// What it is called.
    pub name: &'static str,
    /// Its members.
    pub members: Vec<String>,
    /// Why these.
    pub why: String,
}

/// How criteria are named and their values written.
pub trait Wording {
    /// A criterion's name in prose.
    fn title(&self, criterion: &str) -> String;
    /// A value of a criterion as a reader wants it.
    fn show(&self, criterion: &str, value: f64) -> String;
    /// The next value that [`show`](Wording::show) shows whole, not above `value` or not below it, so that what is said of it
    /// holds.
    fn whole(&self, _criterion: &str, value: f64, _up: bool) -> f64 {
        value
    }
}

impl DecisionReport {
    /// A decision as a report.
    #[must_use]
    pub fn of(
        matrix: &Matrix,
        ranking: &Ranking,
        weights_from: String,
        wording: &dyn Wording,
    ) -> DecisionReport {
        let method = Method::find(ranking.method);
        let names = matrix.alternatives();
        let criteria = matrix.columns().iter().enumerate().map(|(j, column)| {
            let values = matrix.column(j);
            let cell = |(i, value): (usize, &f64)| CellReport {
                value: *value,
                shown: wording.show(&column.criterion, *value),
                normalised: ranking.normalised.get(i).map(|row| row[j]),
                worth: column.worth_of(*value),
                adds: ranking.contributions.get(i).map(|row| row[j]),
            };
            WeighedCriterion {
                criterion: column.criterion.clone(),
                title: wording.title(&column.criterion),
                weight: matrix.weights()[j],
                best: Vec::new(),
                cells: values.iter().enumerate().map(cell).collect(),
            }
        });
        let measures = ranking.measures.iter();
        DecisionReport {
            method: ranking.method,
            method_title: method.map_or(ranking.method, |method| method.title),
            method_summary: method.map_or("", |method| method.summary),
            normalisation: ranking.normalisation,
            weights_from,
            better: match ranking.better {
                Better::Higher => "higher",
                Better::Lower => "lower",
            },
            alternatives: names.to_vec(),
            scores: ranking.scores.clone(),
            ranks: ranking.ranks.clone(),
            criteria: criteria.collect(),
            measures: measures
                .map(|measure| MeasureReport { name: measure.name, values: measure.values.clone() })
                .collect(),
            chosen: ranking.chosen.as_ref().map(|chosen| ChosenReport {
                name: chosen.name,
                members: chosen.members.iter().filter_map(|at| names.get(*at).cloned()).collect(),
                why: chosen.why.clone(),
            }),
            notes: ranking.notes.clone(),
            firmness: None,
        }
        .with_winners(matrix, &[])
    }

    /// What a criterion makes of an alternative, weighted, more being better: what it adds to the score where that is a sum,
    /// else by the values that the method takes, or by worth where it takes them raw.
    pub(super) fn weighed(&self, criterion: usize, alternative: &str) -> Option<f64> {
        let place = self.alternatives.iter().position(|name| name == alternative)?;
        let criterion = self.criteria.get(criterion)?;
        let cell = criterion.cells.get(place)?;
        cell.adds.or_else(|| Some(cell.normalised.or(cell.worth)? * criterion.weight))
    }

    /// The same with who is best by each criterion when values that are no further from the best than its tolerance are best
    /// too; a criterion without a tolerance has its indifference threshold.
    #[must_use]
    pub fn with_winners(mut self, matrix: &Matrix, tolerances: &[f64]) -> DecisionReport {
        for best in winners(matrix, tolerances) {
            let names = best.winners.iter().filter_map(|at| matrix.alternatives().get(*at).cloned());
            if let Some(criterion) = self.criteria.get_mut(best.criterion) {
                criterion.best = names.collect();
            }
        }
        self
    }
}
