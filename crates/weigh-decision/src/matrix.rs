//! The decision matrix: alternatives by criteria, each with its weight, its direction and what its values are worth.

use std::fmt;

use super::worth::{ValueFunction, ValueScale};

/// Whether more or less of a criterion is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Benefit,
    /// Less is better.
    Cost,
}

/// Which differences of a criterion matter, in its own unit; outranking methods use them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Thresholds {
    /// A difference up to this is none.
    pub indifference: f64,
    /// A difference from this on is a full preference; 0 where any difference is.
    pub preference: f64,
    /// A disadvantage beyond this can't be made good by anything; left out where there is none.
    pub veto: Option<f64>,
}

/// A criterion of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub criterion: String,
    /// Its weight, 0 or more; only the share of the sum counts.
    pub weight: f64,
    /// Whether more or less is better.
    pub direction: Direction,
    /// What its values are worth, where ends are stated; nothing where only the alternatives can tell.
    pub worth: Option<ValueFunction>,
    /// Which differences matter; left out where all do.
    pub thresholds: Option<Thresholds>,
    /// The least and the largest value that there can be, either of them infinite where there is none: 1 and 5 of stars,
    /// 0 and 1 of a share. Left out where nothing is known of it. No value is looked for outside; a value of the matrix
    /// that lies outside is taken as it is.
    pub domain: Option<(f64, f64)>,
}

impl Column {
    /// A criterion of which more is better.
    #[must_use]
    pub fn benefit(criterion: &str, weight: f64) -> Column {
        let (criterion, direction) = (criterion.to_owned(), Direction::Benefit);
        Column { criterion, weight, direction, worth: None, thresholds: None, domain: None }
    }

    /// A criterion of which less is better.
    #[must_use]
    pub fn cost(criterion: &str, weight: f64) -> Column {
        Column { direction: Direction::Cost, ..Column::benefit(criterion, weight) }
    }

    /// A criterion whose values are worth what a function says; its direction is the function's.
    ///
    /// ```
    /// use weigh_decision::{Column, Direction, Shape, ValueFunction, ValueScale};
    /// let scale = ValueScale::new(0.0, 100.0, Shape::Linear).unwrap();
    /// assert_eq!(Column::valued("cost", 1.0, ValueFunction::Scale(scale)).direction, Direction::Cost);
    /// ```
    #[must_use]
    pub fn valued(criterion: &str, weight: f64, worth: ValueFunction) -> Column {
        let direction = worth.direction();
        Column { direction, worth: Some(worth), ..Column::benefit(criterion, weight) }
    }

    /// The same criterion, whose values lie between a least and a largest one, either of them infinite where there is none.
    ///
    /// ```
    /// use weigh_decision::Column;
    /// assert_eq!(Column::cost("hours", 1.0).within(0.0, f64::INFINITY).domain, Some((0.0, f64::INFINITY)));
    /// ```
    #[must_use]
    pub fn within(self, least: f64, largest: f64) -> Column {
        Column { domain: Some((least, largest)), ..self }
    }

    /// The scale between two ends, where that is what its values are worth.
    #[must_use]
    pub fn scale(&self) -> Option<&ValueScale> {
        match &self.worth {
            Some(ValueFunction::Scale(scale)) => Some(scale),
            _ => None,
        }
    }

    /// What a value is worth, 0 to 1; nothing where no function says it.
    #[must_use]
    pub fn worth_of(&self, x: f64) -> Option<f64> {
        self.worth.as_ref().map(|worth| worth.value(x))
    }

    /// How much better `a` is than `b`, in the criterion's unit; below 0 where it is worse.
    #[must_use]
    pub fn advantage(&self, a: f64, b: f64) -> f64 {
        match self.direction {
            Direction::Benefit => a - b,
            Direction::Cost => b - a,
        }
    }
}

/// Alternatives by criteria; every cell is a finite number.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    alternatives: Vec<String>,
    columns: Vec<Column>,
    /// One criterion after the other.
    values: Vec<f64>,
    /// Shares of the sum of the weights.
    weights: Vec<f64>,
}

/// Why there is no matrix.
#[derive(Clone, Debug, PartialEq)]
pub enum NoMatrix {
    /// No alternative, no criterion, or a row of another length.
    Shape,
    /// A weight is negative or no number: the criterion.
    Weight(String),
    /// The weights add up to 0, or beyond every number.
    Weights,
    /// A cell is no finite number: alternative and criterion.
    Cell(String, String),
}

impl fmt::Display for NoMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoMatrix::Shape => f.write_str(
                "a matrix has an alternative and a criterion or more, a row for each alternative, and in it a value for each criterion",
            ),
            NoMatrix::Weight(criterion) => write!(f, "the weight of {criterion} is not 0 or more"),
            NoMatrix::Weights => f.write_str("at least one weight is above 0, and their sum is finite"),
            NoMatrix::Cell(alternative, criterion) => {
                write!(f, "{criterion} of {alternative} is unknown or not finite, so it can't be ranked")
            }
        }
    }
}

impl std::error::Error for NoMatrix {}

impl Matrix {
    /// A matrix whose rows are the alternatives.
    ///
    /// # Errors
    /// Another shape than promised, weights that weigh nothing, and cells that are not finite.
    ///
    /// ```
    /// use weigh_decision::{Column, Matrix};
    /// let names = vec!["a".to_owned(), "b".to_owned()];
    /// let columns = vec![Column::cost("cost", 1.0), Column::benefit("ease", 3.0)];
    /// let matrix = Matrix::new(names.clone(), columns.clone(), &[vec![10.0, 4.0], vec![20.0, 5.0]]).unwrap();
    /// assert_eq!(matrix.column(0), [10.0, 20.0]);
    /// assert_eq!(matrix.weights(), [0.25, 0.75]);
    /// let why = Matrix::new(names, columns, &[vec![10.0, 4.0], vec![20.0, f64::NAN]]).unwrap_err();
    /// assert_eq!(why.to_string(), "ease of b is unknown or not finite, so it can't be ranked");
    /// ```
    pub fn new(
        alternatives: Vec<String>,
        columns: Vec<Column>,
        rows: &[Vec<f64>],
    ) -> Result<Matrix, NoMatrix> {
        let whole = rows.len() == alternatives.len() && rows.iter().all(|row| row.len() == columns.len());
        if !whole || rows.is_empty() || columns.is_empty() {
            return Err(NoMatrix::Shape);
        }
        for (row, alternative) in rows.iter().zip(&alternatives) {
            if let Some((_, column)) = row.iter().zip(&columns).find(|(value, _)| !value.is_finite()) {
                return Err(NoMatrix::Cell(alternative.clone(), column.criterion.clone()));
            }
        }
        let values = (0..columns.len()).flat_map(|j| rows.iter().map(move |row| row[j])).collect();
        let mut matrix = Matrix { alternatives, columns, values, weights: Vec::new() };
        matrix.share_weights()?;
        Ok(matrix)
    }

    fn share_weights(&mut self) -> Result<(), NoMatrix> {
        let unusable = |column: &&Column| !(column.weight.is_finite() && column.weight >= 0.0);
        if let Some(column) = self.columns.iter().find(unusable) {
            return Err(NoMatrix::Weight(column.criterion.clone()));
        }
        let total: f64 = self.columns.iter().map(|column| column.weight).sum();
        if !(total > 0.0 && total.is_finite()) {
            return Err(NoMatrix::Weights);
        }
        self.weights = self.columns.iter().map(|column| column.weight / total).collect();
        Ok(())
    }

    /// The same matrix with other weights.
    ///
    /// # Errors
    /// Another number of weights than criteria, or weights that weigh nothing.
    pub fn with_weights(&self, weights: &[f64]) -> Result<Matrix, NoMatrix> {
        if weights.len() != self.columns.len() {
            return Err(NoMatrix::Shape);
        }
        let mut other = self.clone();
        for (column, weight) in other.columns.iter_mut().zip(weights) {
            column.weight = *weight;
        }
        other.share_weights()?;
        Ok(other)
    }

    /// The matrix of some of its alternatives, by their places and in that order; nothing where none is left.
    #[must_use]
    pub fn keeping(&self, alternatives: &[usize]) -> Option<Matrix> {
        let name = |at: &usize| self.alternatives.get(*at).cloned();
        let names = alternatives.iter().map(name).collect::<Option<Vec<String>>>()?;
        let columns = 0..self.columns.len();
        let values = columns.flat_map(|j| alternatives.iter().map(move |at| self.column(j)[*at])).collect();
        let (columns, weights) = (self.columns.clone(), self.weights.clone());
        (!names.is_empty()).then_some(Matrix { alternatives: names, columns, values, weights })
    }

    /// The same matrix with another value in a cell.
    ///
    /// # Errors
    /// A place outside of it, or a value that is not finite.
    pub fn with_value(&self, alternative: usize, criterion: usize, value: f64) -> Result<Matrix, NoMatrix> {
        let (Some(name), Some(column)) = (self.alternatives.get(alternative), self.columns.get(criterion))
        else {
            return Err(NoMatrix::Shape);
        };
        if !value.is_finite() {
            return Err(NoMatrix::Cell(name.clone(), column.criterion.clone()));
        }
        let mut other = self.clone();
        other.set_value(alternative, criterion, value);
        Ok(other)
    }

    /// Puts a finite value into a cell; a place outside the matrix changes nothing.
    pub(crate) fn set_value(&mut self, alternative: usize, criterion: usize, value: f64) {
        let height = self.alternatives.len();
        if let Some(cell) =
            self.values.get_mut(criterion * height + alternative).filter(|_| alternative < height)
        {
            *cell = value;
        }
    }

    /// The same matrix with one more alternative, the last.
    ///
    /// # Errors
    /// A row of another length, and cells that are not finite.
    pub fn with_alternative(&self, name: &str, row: &[f64]) -> Result<Matrix, NoMatrix> {
        let mut names = self.alternatives.clone();
        names.push(name.to_owned());
        let mut rows = self.rows();
        rows.push(row.to_vec());
        Matrix::new(names, self.columns.clone(), &rows)
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

    /// The weights as shares of their sum, in the order of the criteria.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The values of a criterion, one for each alternative; empty when there is no such criterion.
    #[must_use]
    pub fn column(&self, criterion: usize) -> &[f64] {
        let height = self.alternatives.len();
        self.values.get(criterion * height..(criterion + 1) * height).unwrap_or_default()
    }

    /// All values, one criterion after the other.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The values, a row for each alternative.
    #[must_use]
    pub fn rows(&self) -> Vec<Vec<f64>> {
        rows(&self.values, self.alternatives.len())
    }
}

/// Values that stand one criterion after the other, as a row for each alternative.
pub(crate) fn rows(values: &[f64], height: usize) -> Vec<Vec<f64>> {
    (0..height).map(|i| values.iter().skip(i).step_by(height.max(1)).copied().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_ranked_is_refused() {
        let name = || vec!["a".to_owned()];
        type Case<'a> = (&'a [f64], &'a [Vec<f64>], &'a str);
        let cases: [Case<'_>; 6] = [
            (&[1.0], &[], "a matrix has"),
            (&[1.0], &[vec![]], "a matrix has"),
            (&[], &[vec![]], "a matrix has"),
            (&[0.0], &[vec![1.0]], "at least one weight"),
            (&[-1.0], &[vec![1.0]], "the weight of cost is not 0 or more"),
            (&[1.0], &[vec![f64::INFINITY]], "cost of a is unknown or not finite"),
        ];
        for (weights, rows, why) in cases {
            let columns = weights.iter().map(|weight| Column::cost("cost", *weight)).collect();
            let told = Matrix::new(name(), columns, rows).unwrap_err().to_string();
            assert!(told.starts_with(why), "{told}");
        }
    }
}
