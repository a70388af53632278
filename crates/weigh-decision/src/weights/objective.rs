//! Weights from the values themselves: a check only, since they reward what differs and not what matters.

use crate::correlation::Correlations;
use crate::matrix::{Column, Matrix};
use crate::method::Refused;

/// A formula that turns the values of a matrix into weights. They say how far alternatives differ by a criterion, never how
/// much it matters: for a check of stated weights, and not instead of them.
#[derive(Clone, Copy)]
pub struct Objective {
    /// Its id: `entropy`.
    pub id: &'static str,
    /// One line with its formula.
    pub summary: &'static str,
    /// Where it is published.
    pub source: &'static str,
    weigh: fn(&Matrix) -> Result<Vec<f64>, Refused>,
}

/// Every formula.
pub const OBJECTIVE: &[Objective] = &[
    Objective {
        id: "entropy",
        summary: "check only: w ∝ 1 − e, e = −Σ p ln p / ln m of the shares p = x / Σx; no value below 0",
        source: "Shannon 1948, as in Hwang and Yoon, Multiple Attribute Decision Making, 1981",
        weigh: entropy,
    },
    Objective {
        id: "critic",
        summary: "check only: w ∝ σ Σ (1 − r) of values oriented and scaled by min-max: spread, less what others tell; by σ alone where all rise and fall together",
        source: "Diakoulaki, Mavrotas and Papayannakis, Computers and Operations Research 22 (1995)",
        weigh: critic,
    },
];

impl Objective {
    /// The formula with an id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Objective> {
        OBJECTIVE.iter().find(|known| known.id == id)
    }

    /// The weights of the criteria of a matrix, as shares; the weights that it has don't count. A criterion in which all
    /// alternatives are equal weighs 0.
    ///
    /// # Errors
    /// A value that the formula can't take, and alternatives that differ by nothing (as one alone does).
    ///
    /// ```
    /// use weigh_decision::{Column, Matrix, weights::Objective};
    /// let columns = vec![Column::benefit("ease", 1.0), Column::benefit("speed", 1.0)];
    /// let rows = [vec![5.0, 3.0], vec![5.0, 4.0]];
    /// let matrix = Matrix::new(["a", "b"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
    /// assert_eq!(Objective::find("critic").unwrap().weights(&matrix).unwrap(), [0.0, 1.0]);
    /// ```
    pub fn weights(&self, matrix: &Matrix) -> Result<Vec<f64>, Refused> {
        let weights = (self.weigh)(matrix)?;
        let total: f64 = weights.iter().sum();
        if total > 0.0 {
            return Ok(super::shares(weights));
        }
        let why = "the alternatives differ by nothing that could be weighed".to_owned();
        Err(Refused { method: self.id, alternative: None, criterion: None, why })
    }
}

fn constant(values: &[f64]) -> bool {
    values.windows(2).all(|pair| (pair[0] - pair[1]).abs() <= 0.0)
}

/// The shares are those of the values as they are, whether of a benefit or of a cost.
fn entropy(matrix: &Matrix) -> Result<Vec<f64>, Refused> {
    let most = libm::log(matrix.alternatives().len() as f64);
    let of = |(j, column): (usize, &Column)| {
        let values = matrix.column(j);
        if let Some(at) = values.iter().position(|x| *x < 0.0) {
            return Err(Refused {
                method: "entropy",
                alternative: Some(matrix.alternatives()[at].clone()),
                criterion: Some(column.criterion.clone()),
                why: "is below 0, which is no share of a sum".to_owned(),
            });
        }
        if constant(values) {
            return Ok(0.0);
        }
        let largest = values.iter().copied().fold(0.0, f64::max);
        let shares = super::shares(values.iter().map(|x| x / largest).collect());
        let of_share = |share: &f64| if *share > 0.0 { share * libm::log(*share) } else { 0.0 };
        Ok((1.0 + shares.iter().map(of_share).sum::<f64>() / most).max(0.0))
    };
    matrix.columns().iter().enumerate().map(of).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "a row of the table: others refuse")]
fn critic(matrix: &Matrix) -> Result<Vec<f64>, Refused> {
    let correlations = Correlations::of(matrix);
    let spreads = correlations.spreads();
    let of = |(j, spread): (usize, &f64)| {
        let others = (0..spreads.len()).filter_map(|other| correlations.between(j, other));
        spread * others.fold(0.0, |sum, r| sum + (1.0 - r))
    };
    let mut weights: Vec<f64> = spreads.iter().enumerate().map(of).collect();
    // Where all that differ rise and fall together, none tells more than another: spread alone is left.
    if weights.iter().all(|weight| *weight <= 1e-12) {
        weights.copy_from_slice(spreads);
    }
    Ok(weights)
}
