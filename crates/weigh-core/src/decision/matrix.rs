//! The decision matrix: alternatives by criteria, and the ranking that a method makes of it.

use std::fmt;

use super::scale::ValueScale;

/// A criterion of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub criterion: String,
    /// Its weight, 0 or more; only the share of the sum counts.
    pub weight: f64,
    /// What its values are worth.
    pub scale: ValueScale,
}

/// Alternatives by criteria; every cell is a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    alternatives: Vec<String>,
    columns: Vec<Column>,
    values: Vec<Vec<f64>>,
}

/// Why there is no matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoMatrix {
    /// The table of values has another shape than its alternatives and criteria.
    Shape,
    /// A weight is negative or no number, or all are 0.
    Weights,
    /// A cell is NaN: alternative and criterion.
    Unknown(String, String),
}

impl fmt::Display for NoMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoMatrix::Shape => f.write_str("one row for each alternative and one value for each criterion"),
            NoMatrix::Weights => f.write_str("weights are 0 or more, and at least one is above 0"),
            NoMatrix::Unknown(alternative, criterion) => {
                write!(f, "{criterion} of {alternative} is unknown, so it can't be ranked")
            }
        }
    }
}

impl std::error::Error for NoMatrix {}

impl Matrix {
    /// A matrix whose rows are the alternatives.
    ///
    /// # Errors
    /// Another shape than promised, weights that weigh nothing, and cells that are NaN.
    ///
    /// ```
    /// use weigh_core::decision::{Column, Matrix, Shape, ValueScale};
    /// let scale = ValueScale::new(0.0, 100.0, Shape::Linear).unwrap();
    /// let cost = Column { criterion: "cost".to_owned(), weight: 1.0, scale };
    /// let names = vec!["a".to_owned(), "b".to_owned()];
    /// assert!(Matrix::new(names.clone(), vec![cost.clone()], vec![vec![10.0], vec![20.0]]).is_ok());
    /// assert!(Matrix::new(names, vec![cost], vec![vec![10.0], vec![f64::NAN]]).is_err());
    /// ```
    pub fn new(
        alternatives: Vec<String>,
        columns: Vec<Column>,
        values: Vec<Vec<f64>>,
    ) -> Result<Matrix, NoMatrix> {
        if values.len() != alternatives.len() || values.iter().any(|row| row.len() != columns.len()) {
            return Err(NoMatrix::Shape);
        }
        let weights = columns.iter().map(|column| column.weight);
        let usable = weights.clone().all(|weight| weight.is_finite() && weight >= 0.0);
        if !usable || weights.sum::<f64>() <= 0.0 {
            return Err(NoMatrix::Weights);
        }
        for (row, alternative) in values.iter().zip(&alternatives) {
            if let Some((_, column)) = row.iter().zip(&columns).find(|(value, _)| value.is_nan()) {
                return Err(NoMatrix::Unknown(alternative.clone(), column.criterion.clone()));
            }
        }
        Ok(Matrix { alternatives, columns, values })
    }

    /// The alternatives' names.
    #[must_use]
    pub fn alternatives(&self) -> &[String] {
        &self.alternatives
    }

    /// The criteria.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The values, a row for each alternative.
    #[must_use]
    pub fn values(&self) -> &[Vec<f64>] {
        &self.values
    }
}

/// What a method made of a matrix, in the order of its alternatives.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The scores, 0 to 1; higher is better.
    pub scores: Vec<f64>,
    /// The ranks, from 1; equal scores share the better one.
    pub ranks: Vec<usize>,
    /// What each criterion adds to each score.
    pub contributions: Vec<Vec<f64>>,
}

#[cfg(test)]
mod tests {
    use super::super::Shape;
    use super::*;

    #[test]
    fn what_cannot_be_ranked_is_refused() {
        let scale = ValueScale::new(1.0, 0.0, Shape::Linear).unwrap();
        let column = |weight| Column { criterion: "cost".to_owned(), weight, scale };
        let name = || vec!["a".to_owned()];
        let new = |columns, values| Matrix::new(name(), columns, values).unwrap_err();
        assert_eq!(new(vec![column(1.0)], vec![]), NoMatrix::Shape);
        assert_eq!(new(vec![column(1.0)], vec![vec![]]), NoMatrix::Shape);
        assert_eq!(new(vec![column(0.0)], vec![vec![1.0]]), NoMatrix::Weights);
        assert_eq!(new(vec![column(-1.0)], vec![vec![1.0]]), NoMatrix::Weights);
        assert_eq!(
            new(vec![column(1.0)], vec![vec![f64::NAN]]).to_string(),
            "cost of a is unknown, so it can't be ranked"
        );
    }
}
