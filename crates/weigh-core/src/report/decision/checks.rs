//! Weights that the values alone would give, beside the stated ones: a check, and no way to weigh.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::Wording;
use crate::decision::Matrix;
use crate::decision::weights::OBJECTIVE;
use crate::report::{Block, Cell, Table};

/// Stated weights beside those that formulas take from the values alone. These reward how far alternatives differ and not
/// how much a criterion matters; nothing is ranked by them.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ChecksReport {
    /// The criteria, in the order of all lists.
    pub criteria: Vec<String>,
    /// Their weights as they count.
    pub stated: Vec<f64>,
    /// What each formula gives.
    pub formulas: Vec<CheckReport>,
}

/// What a formula makes of the values.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CheckReport {
    /// The formula's id: `entropy`.
    pub formula: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// Where it is published.
    pub source: &'static str,
    /// The weights, as shares; null where the formula can't take the values.
    pub weights: Option<Vec<f64>>,
    /// Why it can't; null where it can.
    pub refused: Option<String>,
}

impl ChecksReport {
    /// The checks of a matrix.
    ///
    /// ```
    /// use weigh_core::decision::{Column, Matrix};
    /// use weigh_core::report::ChecksReport;
    /// let columns = vec![Column::benefit("ease", 1.0), Column::benefit("speed", 1.0)];
    /// let rows = [vec![5.0, 3.0], vec![5.0, 4.0]];
    /// let matrix = Matrix::new(["a", "b"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
    /// let checks = ChecksReport::of(&matrix);
    /// // Both are equally good by ease, so that only speed tells them apart.
    /// assert_eq!(checks.formulas[1].weights, Some(vec![0.0, 1.0]));
    /// ```
    #[must_use]
    pub fn of(matrix: &Matrix) -> ChecksReport {
        let each = OBJECTIVE.iter().map(|formula| {
            let found = formula.weights(matrix);
            CheckReport {
                formula: formula.id,
                summary: formula.summary,
                source: formula.source,
                refused: found.as_ref().err().map(ToString::to_string),
                weights: found.ok(),
            }
        });
        ChecksReport {
            criteria: matrix.columns().iter().map(|column| column.criterion.clone()).collect(),
            stated: matrix.weights().to_vec(),
            formulas: each.collect(),
        }
    }

    /// The table under its heading, with why a formula is left out of it.
    pub(in crate::report) fn blocks(&self, wording: &dyn Wording, blocks: &mut Vec<Block>) {
        blocks.push(Block::Heading("Checks of the weights".to_owned()));
        blocks.push(Block::Paragraph(
            "Checks only: these formulas reward how far the alternatives differ, not how much a criterion matters. Nothing is ranked by them."
                .to_owned(),
        ));
        let known = || self.formulas.iter().filter_map(|each| Some((each.formula, each.weights.as_ref()?)));
        if known().next().is_some() {
            let heads = ["criterion", "weight"].map(Cow::Borrowed).into_iter();
            let columns: Vec<Cow<'static, str>> =
                heads.chain(known().map(|(formula, _)| Cow::Borrowed(formula))).collect();
            let share = |share: f64| Cell::Measured(format!("{share:.3}"), share);
            let row = |(place, criterion): (usize, &String)| {
                let own = [Cell::Text(wording.title(criterion)), share(self.stated[place])];
                own.into_iter().chain(known().map(|(_, weights)| share(weights[place]))).collect()
            };
            blocks
                .push(Block::Table(Table::new(columns, self.criteria.iter().enumerate().map(row).collect())));
        }
        let refused: Vec<String> = self
            .formulas
            .iter()
            .filter_map(|each| each.refused.as_ref().map(|why| format!("{why}.")))
            .collect();
        if !refused.is_empty() {
            blocks.push(Block::List(refused));
        }
    }
}
