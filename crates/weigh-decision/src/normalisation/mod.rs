//! Normalisations: the values of a column made comparable with those of others, best near 1.
//!
//! Formulas as pymcdm 1.4 and the literature have them. All but the fixed one take their ends from the alternatives, so
//! that adding one can turn the order of the others.

mod fixed;
mod linear;
mod max;
mod min_max;
mod sum;
pub(crate) mod vector;

use crate::matrix::{Column, Matrix};
use crate::method::Refused;

/// A way to make columns comparable.
#[derive(Clone, Copy)]
pub struct Normalisation {
    /// Its id: `min-max`.
    pub id: &'static str,
    /// One line on what it does, with its formula.
    pub summary: &'static str,
    apply: Apply,
}

/// Writes the normalised values of a column into the last place.
type Apply = fn(&[f64], &Column, &mut [f64]) -> Result<(), Unusable>;

/// Why a column can't be normalised: the place of the alternative, where one is to blame, and what is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unusable {
    pub(crate) alternative: Option<usize>,
    pub(crate) why: &'static str,
}

/// Every normalisation, the default first.
pub const NORMALISATIONS: &[Normalisation] =
    &[fixed::FIXED, min_max::MIN_MAX, max::MAX, sum::SUM, vector::VECTOR, linear::LINEAR];

/// Refuses the first value below 0.
fn none_below_0(values: &[f64]) -> Result<(), Unusable> {
    let why = "is below 0, where 0 or more is allowed";
    values.iter().position(|x| *x < 0.0).map_or(Ok(()), |at| Err(Unusable { alternative: Some(at), why }))
}

/// Refuses the first value of 0 or less.
fn all_above_0(values: &[f64]) -> Result<(), Unusable> {
    let why = "is not above 0, and a cost is divided by";
    values.iter().position(|x| *x <= 0.0).map_or(Ok(()), |at| Err(Unusable { alternative: Some(at), why }))
}

impl Normalisation {
    /// The normalisation with an id.
    ///
    /// ```
    /// use weigh_decision::Normalisation;
    /// assert!(Normalisation::find("min-max").is_some());
    /// ```
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Normalisation> {
        NORMALISATIONS.iter().find(|known| known.id == id)
    }

    /// The normalised values of a matrix, one criterion after the other.
    ///
    /// # Errors
    /// The cell that it can't take.
    pub fn apply(&self, matrix: &Matrix) -> Result<Vec<f64>, Refused> {
        let mut normalised = vec![0.0; matrix.values().len()];
        let height = matrix.alternatives().len();
        for (j, (column, out)) in matrix.columns().iter().zip(normalised.chunks_exact_mut(height)).enumerate()
        {
            (self.apply)(matrix.column(j), column, out).map_err(|unusable| Refused {
                method: self.id,
                alternative: unusable.alternative.map(|at| matrix.alternatives()[at].clone()),
                criterion: Some(column.criterion.clone()),
                why: unusable.why.to_owned(),
            })?;
        }
        Ok(normalised)
    }
}
