//! How firm a ranking is: the changes of weights and values that would turn it.
//!
//! A *leader* is the alternative of rank 1; of several, the first in the matrix. A rival *turns* the ranking where it is
//! ahead of the leader; where the two are level, the leader still counts as first. Scores that differ by rounding only
//! are level, by the rule of the ranks.
//!
//! Where a method's score is a weighted sum over the criteria (the weighted sum, and the net flow of PROMETHEE II) or a
//! product (by its logarithm) the changes are worked out exactly. What TOPSIS or VIKOR make of a value depends on the weights, so
//! there the changes are searched: steps away from the present, then bisection. What turns and turns back between two
//! steps is missed, which is why each result says how it was found.

mod many_weights;
mod one_weight;
mod search;
mod sum;
mod tornado;
mod triantaphyllou;
mod uncertainty;
mod values;

pub use many_weights::{Distance, Euclidean, nearest_weights};
pub use one_weight::{
    Turn, WeightFlip, WeightSpan, most_critical, one_weight_flips, weight_spans, with_one_weight,
};
pub(crate) use search::affordable;
pub use tornado::{Bar, Ends, Lead, WeightStep, tornado, weight_tornado};
pub use triantaphyllou::{AbsoluteFlip, absolute_flips};
pub use uncertainty::{LeadUncertainty, lead_uncertainties, lead_uncertainty};
pub use values::{ValueFlip, value_flips};

use std::fmt;

use crate::matrix::{Matrix, NoMatrix};
use crate::method::{Better, Method, Parameters, Ranking, Refused, SAME, Takes};

/// How a change was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// By a closed form.
    Exact,
    /// By steps and bisection.
    Searched {
        /// The width of the widest step, in the unit of what was changed; what turns and turns back within one is missed.
        step: f64,
        /// How close the change is known, in the same unit.
        within: f64,
    },
}

/// Why a question about a ranking has no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Unanswered {
    /// The method can't take the matrix.
    Refused(Refused),
    /// What was asked about has another shape than the matrix, or a figure that is not finite.
    Matrix(NoMatrix),
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unanswered::Refused(why) => why.fmt(f),
            Unanswered::Matrix(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for Unanswered {}

impl From<Refused> for Unanswered {
    fn from(why: Refused) -> Unanswered {
        Unanswered::Refused(why)
    }
}

impl From<NoMatrix> for Unanswered {
    fn from(why: NoMatrix) -> Unanswered {
        Unanswered::Matrix(why)
    }
}

/// A ranking together with what is needed to shake it.
pub struct Study<'a> {
    matrix: &'a Matrix,
    method: &'a Method,
    parameters: &'a Parameters,
    ranking: Ranking,
    leader: usize,
    additive: Option<Vec<Vec<f64>>>,
}

impl<'a> Study<'a> {
    /// Ranks a matrix, for questions about how firm the ranking is.
    ///
    /// # Errors
    /// The method and the cell that it can't take.
    ///
    /// ```
    /// use weigh_decision::sensitivity::{Study, most_critical, weight_spans};
    /// use weigh_decision::{Column, Matrix, Method, Parameters};
    /// let columns = vec![Column::cost("price", 3.0), Column::benefit("comfort", 1.0)];
    /// let rows = [vec![20.0, 2.0], vec![50.0, 5.0]];
    /// let matrix = Matrix::new(["bus", "train"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
    /// let parameters = Parameters::default();
    /// let study = Study::new(&matrix, Method::find("weighted-sum").unwrap(), &parameters).unwrap();
    /// let spans = weight_spans(&study);
    /// let (span, turn) = most_critical(&spans).unwrap();
    /// assert_eq!((span.criterion, span.weight, turn.rival), (0, 0.75, 1));
    /// assert!((turn.weight - 0.5).abs() < 1e-12);
    /// ```
    pub fn new(
        matrix: &'a Matrix,
        method: &'a Method,
        parameters: &'a Parameters,
    ) -> Result<Study<'a>, Refused> {
        let ranking = method.rank(matrix, parameters)?;
        let leader = ranking.ranks.iter().position(|rank| *rank == 1).unwrap_or(0);
        let additive = sum::values(matrix, method, parameters, &ranking);
        Ok(Study { matrix, method, parameters, ranking, leader, additive })
    }

    /// The matrix.
    #[must_use]
    pub fn matrix(&self) -> &Matrix {
        self.matrix
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.method
    }

    /// What the method was told.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        self.parameters
    }

    /// The ranking.
    #[must_use]
    pub fn ranking(&self) -> &Ranking {
        &self.ranking
    }

    /// The place of the leader; of several, of the first.
    #[must_use]
    pub fn leader(&self) -> usize {
        self.leader
    }

    /// The places of the others, the best first; equal ones as they stand in the matrix.
    #[must_use]
    pub fn rivals(&self) -> Vec<usize> {
        let mut rivals: Vec<usize> = (0..self.ranking.ranks.len()).filter(|at| *at != self.leader).collect();
        rivals.sort_by_key(|at| self.ranking.ranks[*at]);
        rivals
    }

    /// How far the leader is ahead of a rival, in units of the score, 0 or more.
    #[must_use]
    pub fn lead(&self, rival: usize) -> f64 {
        lead(&self.ranking, self.leader, rival)
    }

    /// What each alternative has of each criterion before it is weighted, more being better, where the score (or its
    /// logarithm) is the weighted sum of that; nothing where the method is no such sum.
    #[must_use]
    pub fn additive_values(&self) -> Option<&[Vec<f64>]> {
        self.additive.as_deref()
    }

    /// For each criterion, how far the leader is ahead of a rival before weighting.
    fn differences(&self, rival: usize) -> Option<Vec<f64>> {
        let values = self.additive.as_ref()?;
        let (own, other) = (values.get(self.leader)?, values.get(rival)?);
        Some(own.iter().zip(other).map(|(own, other)| own - other).collect())
    }

    /// Whether the scores are measured by fixed ends alone, so that no alternative's value changes what another's is worth.
    /// Else moving a value may move the scores of all, and how far a lead reaches says little by itself.
    #[must_use]
    pub fn has_fixed_ends(&self) -> bool {
        self.ranking.normalisation == Some("fixed") && self.method.takes == Takes::Worth
    }

    /// Whether a criterion counts in the score, which is a sum, by the worth of its values.
    fn sums_worth(&self, criterion: usize) -> bool {
        let fixed = self.ranking.normalisation == Some("fixed");
        let Some(values) = self.additive.as_ref().filter(|_| fixed) else { return false };
        let column = &self.matrix.columns()[criterion];
        let same = |(row, x): (&Vec<f64>, &f64)| {
            column.worth_of(*x).is_some_and(|worth| (row[criterion] - worth).abs() <= SAME)
        };
        values.iter().zip(self.matrix.column(criterion)).all(same)
    }

    /// The lead over a rival as the sum of weighted differences; 0 where the two are level.
    fn additive_lead(&self, rival: usize, differences: &[f64]) -> f64 {
        if self.ranking.ranks.get(rival) == Some(&1) {
            return 0.0;
        }
        let products = differences.iter().zip(self.matrix.weights());
        products.map(|(difference, weight)| difference * weight).sum::<f64>().max(0.0)
    }

    fn rank(&self, matrix: &Matrix) -> Result<Ranking, Refused> {
        self.method.rank(matrix, self.parameters)
    }
}

/// How far `a` is ahead of `b` in units of the score; below 0 where it is behind.
fn lead(ranking: &Ranking, a: usize, b: usize) -> f64 {
    let score = |at: usize| ranking.scores.get(at).copied().unwrap_or(0.0);
    let ahead = match ranking.better {
        Better::Higher => score(a) - score(b),
        Better::Lower => score(b) - score(a),
    };
    // Minus zero reads badly.
    ahead + 0.0
}
