//! Correlation of criteria: two that rise and fall together count one thing twice.

use crate::matrix::{Direction, Matrix};

/// The correlation from which on two criteria are named unless another limit is stated: they share about two thirds of their
/// variance. A rule of thumb.
pub const CORRELATION_LIMIT: f64 = 0.8;

/// Of fewer alternatives no correlation says anything.
const LEAST: usize = 3;

/// How criteria rise and fall together over the alternatives (Pearson), more being better in each: of a cost, what it saves.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlations {
    criteria: Vec<String>,
    /// Deviations from the mean of the oriented values, which are scaled to 0 to 1; a column for each criterion.
    deviations: Vec<Vec<f64>>,
    /// Population standard deviations of the oriented, scaled values; 0 of a constant column.
    spreads: Vec<f64>,
}

/// Two criteria that rise and fall together.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlated {
    /// The places of the two.
    pub places: (usize, usize),
    /// Their names.
    pub criteria: (String, String),
    /// Their correlation, −1 to 1.
    pub correlation: f64,
}

impl Correlations {
    /// The correlations between the criteria of a matrix; weights don't count.
    ///
    /// ```
    /// use weigh_decision::{Column, Correlations, Matrix};
    /// let columns = vec![Column::cost("price", 1.0), Column::cost("hours", 1.0), Column::benefit("stars", 1.0)];
    /// let rows = [vec![10.0, 1.0, 5.0], vec![20.0, 2.0, 5.0], vec![30.0, 3.0, 5.0]];
    /// let matrix = Matrix::new(["a", "b", "c"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
    /// let found = Correlations::of(&matrix);
    /// assert!(found.between(0, 1).unwrap() > 0.999_999);
    /// assert_eq!(found.between(0, 2), None, "all have the same stars");
    /// assert_eq!(found.above(0.8)[0].criteria, ("price".to_owned(), "hours".to_owned()));
    /// ```
    #[must_use]
    pub fn of(matrix: &Matrix) -> Correlations {
        let height = matrix.alternatives().len() as f64;
        let (mut deviations, mut spreads) = (Vec::new(), Vec::new());
        for (j, column) in matrix.columns().iter().enumerate() {
            let mut scaled = scaled(matrix.column(j), column.direction);
            let mean = scaled.iter().sum::<f64>() / height;
            scaled.iter_mut().for_each(|x| *x -= mean);
            let constant = matrix.column(j).windows(2).all(|pair| (pair[0] - pair[1]).abs() <= 0.0);
            let variance = scaled.iter().map(|x| x * x).sum::<f64>() / height;
            spreads.push(if constant { 0.0 } else { libm::sqrt(variance) });
            deviations.push(scaled);
        }
        let criteria = matrix.columns().iter().map(|column| column.criterion.clone()).collect();
        Correlations { criteria, deviations, spreads }
    }

    /// The correlation of two criteria by their places, −1 to 1; none where all alternatives are equal in one of them, and
    /// of less than three alternatives: two lie on a line by any two criteria.
    #[must_use]
    pub fn between(&self, a: usize, b: usize) -> Option<f64> {
        let (x, y) = (self.deviations.get(a)?, self.deviations.get(b)?);
        let spread = self.spreads.get(a)? * self.spreads.get(b)?;
        if spread <= 0.0 || x.len() < LEAST {
            return None;
        }
        if a == b {
            return Some(1.0);
        }
        let together: f64 = x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>() / x.len() as f64;
        Some((together / spread).clamp(-1.0, 1.0))
    }

    /// The whole matrix, a row for each criterion.
    #[must_use]
    pub fn table(&self) -> Vec<Vec<Option<f64>>> {
        let width = self.spreads.len();
        (0..width).map(|a| (0..width).map(|b| self.between(a, b)).collect()).collect()
    }

    /// The pairs whose correlation is a limit or more, the highest first. A limit that suits most is
    /// [`CORRELATION_LIMIT`]. Opposed criteria are no such pair: a trade-off counts nothing twice.
    #[must_use]
    pub fn above(&self, limit: f64) -> Vec<Correlated> {
        let mut pairs = Vec::new();
        for a in 0..self.spreads.len() {
            for b in a + 1..self.spreads.len() {
                if let Some(correlation) = self.between(a, b).filter(|r| *r >= limit) {
                    let criteria = (self.criteria[a].clone(), self.criteria[b].clone());
                    pairs.push(Correlated { places: (a, b), criteria, correlation });
                }
            }
        }
        pairs.sort_by(|one, other| other.correlation.total_cmp(&one.correlation));
        pairs
    }

    /// The standard deviations of the values scaled to 0 to 1.
    pub(crate) fn spreads(&self) -> &[f64] {
        &self.spreads
    }
}

/// Values scaled to 0 to 1, 1 being the best; halved before, so that the widest range is finite too.
fn scaled(values: &[f64], direction: Direction) -> Vec<f64> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min) / 2.0;
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max) / 2.0;
    let of = |x: &f64| match direction {
        Direction::Benefit => x / 2.0 - low,
        Direction::Cost => high - x / 2.0,
    };
    let range = high - low;
    values.iter().map(|x| if range > 0.0 { of(x) / range } else { 0.0 }).collect()
}
