//! The decision: the ranked options as a matrix, what the method made of it, and how firm that is.

use crate::decision::firmness::Firmness;
use crate::decision::sensitivity::Unanswered;
use crate::decision::smaa::{Robustness, Sampling, Spread, WeightInformation};
use crate::decision::{METHODS, Matrix, Method, Normalisation, Parameters, Ranking, Refused};
use crate::evaluate::SEED;
use crate::scenario::DecisionRequest;

/// Weights and values drawn for a comparison: enough for a standard error of 0.4 percentage points, in about a millisecond.
const SAMPLING: Sampling = Sampling { samples: 20_000, seed: SEED, threads: 1 };

/// How the ranked options were weighed against each other, best first.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The ranked options by the criteria. What is unlimited stands at the best end of its scale.
    pub matrix: Matrix,
    /// What the method made of it.
    pub ranking: Ranking,
    /// By how much each value may be off, a row for each option.
    pub half_widths: Vec<Vec<f64>>,
    /// How it was asked for.
    pub asked: DecisionRequest,
}

impl Decision {
    /// Weighs options as a scenario asks for.
    ///
    /// # Errors
    /// The cell that the method can't take.
    pub(super) fn of(
        matrix: Matrix,
        half_widths: Vec<Vec<f64>>,
        asked: &DecisionRequest,
    ) -> Result<Decision, Refused> {
        let ranking = method(asked).rank(&matrix, &parameters(asked))?;
        Ok(Decision { matrix, ranking, half_widths, asked: asked.clone() })
    }

    /// How firm the ranking is.
    ///
    /// # Errors
    /// A cell that the method can't take.
    pub fn firmness(&self) -> Result<Firmness, Unanswered> {
        let matrix = &self.matrix;
        let firm = Firmness::of(matrix, method(&self.asked), &parameters(&self.asked), &self.ends())?;
        let found = self.robustness()?.acceptability(&WeightInformation::Free, &SAMPLING)?;
        Ok(firm.with_acceptability(found, "free weights", matrix))
    }

    /// The least and the largest that each value may be, a row for each option; empty where nothing is known of that.
    fn ends(&self) -> Vec<Vec<(f64, f64)>> {
        let values = self.matrix.rows();
        let row = |(values, halves): (&Vec<f64>, &Vec<f64>)| {
            values.iter().zip(halves).map(|(value, half)| (value - half, value + half)).collect()
        };
        values.iter().zip(&self.half_widths).map(row).collect()
    }

    /// The options with values anywhere within what they may be off.
    fn robustness(&self) -> Result<Robustness<'_>, Refused> {
        let mut robustness = Robustness::of(&self.matrix);
        for (option, row) in self.half_widths.iter().enumerate() {
            for (criterion, half_width) in row.iter().enumerate().filter(|(_, half_width)| **half_width > 0.0)
            {
                let value = self.matrix.column(criterion)[option];
                let spread = Spread::Range { low: value - half_width, high: value + half_width };
                robustness = robustness.spread(option, criterion, spread)?;
            }
        }
        Ok(robustness)
    }
}

/// The method that is asked for; the reader of scenarios knows no other names.
fn method(asked: &DecisionRequest) -> &'static Method {
    asked.method.as_deref().and_then(Method::find).unwrap_or(&METHODS[0])
}

fn parameters(asked: &DecisionRequest) -> Parameters {
    let normalisation = asked.normalisation.as_deref().and_then(Normalisation::find);
    Parameters { normalisation, ..Parameters::default() }
}
