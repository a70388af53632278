//! First filters: needs that must be met, and alternatives that another beats or equals in everything.

use std::fmt;

use crate::matrix::Matrix;

/// Which alternatives are better by how many criteria, and which dominate which.
///
/// An alternative dominates another if it is at least as good by every criterion and better by one. Weights don't count, nor
/// do thresholds; alternatives that are alike don't dominate each other. By a sum of worths no weights put a dominated
/// alternative first alone; it can share the first place where the criteria that tell the two apart have no weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dominance {
    /// By how many criteria an alternative (row) is better than another (place in the row).
    pub better_by: Vec<Vec<usize>>,
}

impl Dominance {
    /// Compares all alternatives of a matrix.
    ///
    /// ```
    /// use weigh_decision::{Column, Dominance, Matrix};
    /// let columns = vec![Column::cost("price", 1.0), Column::benefit("comfort", 1.0)];
    /// let rows = [vec![20.0, 2.0], vec![50.0, 5.0], vec![60.0, 5.0]];
    /// let matrix = Matrix::new(["bus", "train", "taxi"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
    /// let found = Dominance::of(&matrix);
    /// assert_eq!(found.dominators(2), [1]);
    /// assert_eq!(found.front(), [0, 1]);
    /// ```
    #[must_use]
    pub fn of(matrix: &Matrix) -> Dominance {
        let height = matrix.alternatives().len();
        let mut better_by = vec![vec![0; height]; height];
        for (j, column) in matrix.columns().iter().enumerate() {
            let values = matrix.column(j);
            for (row, x) in better_by.iter_mut().zip(values) {
                for (count, y) in row.iter_mut().zip(values) {
                    *count += usize::from(column.advantage(*x, *y) > 0.0);
                }
            }
        }
        Dominance { better_by }
    }

    /// Whether `a` dominates `b`, by their places.
    #[must_use]
    pub fn dominates(&self, a: usize, b: usize) -> bool {
        self.better_by[a][b] > 0 && self.better_by[b][a] == 0
    }

    /// Those that dominate an alternative.
    #[must_use]
    pub fn dominators(&self, of: usize) -> Vec<usize> {
        (0..self.better_by.len()).filter(|by| self.dominates(*by, of)).collect()
    }

    /// Those that none dominates: the Pareto front.
    #[must_use]
    pub fn front(&self) -> Vec<usize> {
        (0..self.better_by.len()).filter(|of| self.dominators(*of).is_empty()).collect()
    }
}

/// A bound that an alternative must keep to be considered at all: no advantage elsewhere makes up for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// The criterion.
    pub criterion: String,
    /// The least value that is allowed.
    pub at_least: Option<f64>,
    /// The largest value that is allowed.
    pub at_most: Option<f64>,
}

impl Need {
    /// A least value.
    #[must_use]
    pub fn at_least(criterion: &str, least: f64) -> Need {
        Need { criterion: criterion.to_owned(), at_least: Some(least), at_most: None }
    }

    /// A largest value.
    #[must_use]
    pub fn at_most(criterion: &str, most: f64) -> Need {
        Need { criterion: criterion.to_owned(), at_least: None, at_most: Some(most) }
    }

    /// Whether a value keeps the bound; NaN keeps none.
    #[must_use]
    pub fn met_by(&self, x: f64) -> bool {
        self.at_least.is_none_or(|least| x >= least) && self.at_most.is_none_or(|most| x <= most)
    }
}

/// What needs leave of a matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Filtered {
    /// The matrix of those that meet all needs; nothing where none does.
    pub kept: Option<Matrix>,
    /// For each alternative of the whole matrix the places of the needs that it failed.
    pub failed: Vec<Vec<usize>>,
}

/// A need for a criterion that the matrix doesn't have: its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCriterion(pub String);

impl fmt::Display for UnknownCriterion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no criterion {}", self.0)
    }
}

impl std::error::Error for UnknownCriterion {}

/// Leaves out what fails a need, and says which.
///
/// # Errors
/// A need for a criterion that the matrix doesn't have.
///
/// ```
/// use weigh_decision::{Column, Matrix, Need, meeting};
/// let columns = vec![Column::cost("price", 1.0), Column::benefit("comfort", 1.0)];
/// let rows = [vec![20.0, 2.0], vec![50.0, 5.0], vec![60.0, 5.0]];
/// let matrix = Matrix::new(["bus", "train", "taxi"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
/// let left = meeting(&matrix, &[Need::at_most("price", 55.0), Need::at_least("comfort", 3.0)]).unwrap();
/// assert_eq!(left.kept.unwrap().alternatives(), ["train"]);
/// assert_eq!(left.failed, [vec![1], vec![], vec![0]]);
/// ```
pub fn meeting(matrix: &Matrix, needs: &[Need]) -> Result<Filtered, UnknownCriterion> {
    let mut failed = vec![Vec::new(); matrix.alternatives().len()];
    for (number, need) in needs.iter().enumerate() {
        let place = matrix.columns().iter().position(|column| column.criterion == need.criterion);
        let Some(j) = place else {
            return Err(UnknownCriterion(need.criterion.clone()));
        };
        for (failed, x) in failed.iter_mut().zip(matrix.column(j)) {
            if !need.met_by(*x) {
                failed.push(number);
            }
        }
    }
    let kept: Vec<usize> = (0..failed.len()).filter(|at| failed[*at].is_empty()).collect();
    Ok(Filtered { kept: matrix.keeping(&kept), failed })
}
