//! The criteria of a comparison, each with its weight and scale.

use schemars::JsonSchema;
use serde::Serialize;

use crate::criteria::Criterion;
use crate::decision::{Column, Shape};

/// A criterion with its weight and scale.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CriterionReport {
    /// Its id.
    pub criterion: String,
    /// Its name in prose.
    pub title: &'static str,
    /// Its share of the weights.
    pub weight: f64,
    /// The value that is worth 1, as written.
    pub best: String,
    /// The value that is worth 0, as written.
    pub worst: String,
    /// How worth grows between them.
    #[schemars(extend("enum" = ["linear", "logarithmic", "each nine alike"]))]
    pub scale: &'static str,
}

impl CriterionReport {
    /// A column of the matrix; `total` is the sum of the weights.
    pub(super) fn of(column: &Column, total: f64) -> Option<CriterionReport> {
        let (criterion, scale) = (Criterion::find(&column.criterion)?, column.scale()?);
        Some(CriterionReport {
            criterion: column.criterion.clone(),
            title: criterion.title,
            weight: column.weight / total,
            best: criterion.show(scale.best()),
            worst: criterion.show(scale.worst()),
            scale: match scale.shape() {
                Shape::Linear => "linear",
                Shape::Logarithmic => "logarithmic",
                Shape::LogarithmicComplement => "each nine alike",
            },
        })
    }
}
