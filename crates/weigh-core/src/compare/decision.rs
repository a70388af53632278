//! The decision: the ranked options as a matrix, what the method made of it, and how firm that is.

use crate::decision::firmness::Firmness;
use crate::decision::sensitivity::Unanswered;
use crate::decision::{METHODS, Matrix, Method, Normalisation, Parameters, Ranking, Refused};
use crate::scenario::DecisionRequest;

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
        Firmness::of(&self.matrix, method(&self.asked), &parameters(&self.asked), &self.half_widths)
    }
}

/// The method that is asked for; the reader of scenarios knows no other names.
fn method(asked: &DecisionRequest) -> &'static Method {
    Method::find(&asked.method).unwrap_or(&METHODS[0])
}

fn parameters(asked: &DecisionRequest) -> Parameters {
    let normalisation = asked.normalisation.as_deref().and_then(Normalisation::find);
    Parameters { normalisation, ..Parameters::default() }
}
