//! Stochastic multicriteria acceptability analysis: how often each alternative takes each rank when weights and values are
//! not known for certain.
//!
//! SMAA-2 (Lahdelma and Salminen, *SMAA-2: Stochastic Multicriteria Acceptability Analysis for Group Decision Making*,
//! Operations Research 49, 2001) with the additive model, and SMAA-O for values of which only the order is known
//! (Lahdelma, Miettinen and Salminen, *Ordinal Criteria in Stochastic Multicriteria Acceptability Analysis*, European
//! Journal of Operational Research 147, 2003).
//!
//! # What ties do
//! Alternatives whose scores differ by rounding only share the ranks that they cover, equally. Identical ones always do.
//!
//! # How long it takes
//! A sample costs a sum for each cell of the matrix, and for the ranks a comparison of each pair of alternatives. Where
//! values are spread each of them is drawn and valued for every sample, too, and confidence takes a second round, in which
//! all cells are looked at anew for every alternative that is ever first: of n alternatives and m criteria up to n times n·m
//! for a sample. Nothing is cut short by itself: of a hundred alternatives and more with spread values, ask for fewer
//! [samples](Sampling::samples).
//!
//! # The same bytes everywhere
//! Samples come in blocks, each with random numbers of its own made of the seed and its number. Threads share the blocks
//! out, and sums are added up in the order of the blocks, so that any number of threads gives the same result.

#![allow(
    clippy::needless_range_loop,
    reason = "lanes stand side by side in several arrays; a loop over their number is done several at once"
)]

mod bounds;
mod central;
mod exact;
mod number;
mod order;
mod random;
mod run;
mod simplex;
mod tally;
mod values;
mod weights;

pub use order::Importance;
pub use values::Spread;
pub use weights::{Drawing, WeightInformation};

use crate::matrix::Matrix;
use crate::method::Refused;
use run::Run;
use values::Values;

/// Samples that are drawn and counted side by side: enough that a loop over them is worth doing several at once.
const LANES: usize = 64;

/// How samples are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampling {
    /// How many samples, 1 or more.
    pub samples: u64,
    /// What the random numbers are made of.
    pub seed: u64,
    /// How many threads draw, 1 or more; it changes no result.
    pub threads: usize,
}

impl Default for Sampling {
    /// 100,000 samples, for a standard error of 0.0016 at most, by one thread.
    fn default() -> Sampling {
        Sampling { samples: 100_000, seed: 1, threads: 1 }
    }
}

/// What the samples say, in the order of the matrix. Shares are between 0 and 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptability {
    /// For each alternative the share of samples in which it takes the first rank, the second, and so on. The shares of an
    /// alternative add up to 1, and so do those of a rank.
    pub rank_acceptability: Vec<Vec<f64>>,
    /// Their standard errors, `√(p(1−p)/N)`; at most this where ranks are shared.
    pub rank_errors: Vec<Vec<f64>>,
    /// For each alternative the mean weights of those samples in which it is first: whom it suits. Nothing where it never
    /// is.
    pub central_weights: Vec<Option<Vec<f64>>>,
    /// How sure an alternative is of the first rank under its central weights, given what is not known of the values.
    pub confidence: Vec<Option<f64>>,
    /// Their standard errors.
    pub confidence_errors: Vec<Option<f64>>,
    /// For each alternative the share of samples in which it beats each other one; a tie is half a win, so that both
    /// add up to 1. It does not beat itself: 0.
    pub pairwise: Vec<Vec<f64>>,
    /// Their standard errors.
    pub pairwise_errors: Vec<Vec<f64>>,
    /// How many samples were drawn; 1 where nothing is uncertain, and 0 where the shares are exact without any.
    pub samples: u64,
    /// What the random numbers were made of.
    pub seed: u64,
    /// How the weights were drawn.
    pub drawing: Drawing,
}

/// A decision whose weights, and perhaps values, are not known for certain.
///
/// The additive model: a score is `Σ w_j v_ij`. What a value is worth is fixed for all samples: by the criterion's value
/// function, and where it has none, straight between the least and the largest that is known of the criterion.
#[derive(Clone, Debug)]
pub struct Robustness<'a> {
    matrix: &'a Matrix,
    /// A row for each alternative.
    spreads: Vec<Option<Spread>>,
    levels: Vec<Option<Vec<f64>>>,
}

/// A refusal that blames no cell.
fn refused(why: String) -> Refused {
    Refused { method: "smaa", alternative: None, criterion: None, why }
}

impl<'a> Robustness<'a> {
    /// The decision of a matrix all of whose values are certain.
    ///
    /// ```
    /// use weigh_decision::smaa::{Robustness, Sampling, WeightInformation};
    /// use weigh_decision::{Column, Matrix};
    /// let columns = vec![Column::cost("price", 1.0), Column::benefit("comfort", 1.0)];
    /// let names = ["bus", "train", "taxi"].map(str::to_owned).to_vec();
    /// let matrix = Matrix::new(names, columns, &[vec![20.0, 2.0], vec![50.0, 5.0], vec![60.0, 4.0]]).unwrap();
    /// let found = Robustness::of(&matrix)
    ///     .acceptability(&WeightInformation::Free, &Sampling { samples: 10_000, seed: 1, threads: 1 })
    ///     .unwrap();
    /// // The train dominates the taxi; the bus beats the train where price weighs more than four sevenths.
    /// let first: Vec<f64> = found.rank_acceptability.iter().map(|ranks| ranks[0]).collect();
    /// assert!((first[0] - 3.0 / 7.0).abs() < 4.0 * found.rank_errors[0][0], "{first:?}");
    /// assert_eq!(first[2], 0.0);
    /// assert_eq!(found.central_weights[2], None);
    /// assert_eq!(found.pairwise[1][2], 1.0);
    /// ```
    #[must_use]
    pub fn of(matrix: &'a Matrix) -> Robustness<'a> {
        let (rows, columns) = (matrix.alternatives().len(), matrix.columns().len());
        Robustness { matrix, spreads: vec![None; rows * columns], levels: vec![None; columns] }
    }

    /// The same with a value, by the places of alternative and criterion, that is spread instead of certain.
    ///
    /// # Errors
    /// A cell that is not there, ends that are not finite or not in their order, a criterion of levels.
    ///
    /// ```
    /// use weigh_decision::smaa::{Robustness, Sampling, Spread, WeightInformation};
    /// use weigh_decision::{Column, Matrix};
    /// let names = ["bus", "train"].map(str::to_owned).to_vec();
    /// let matrix = Matrix::new(names, vec![Column::cost("price", 1.0)], &[vec![30.0], vec![40.0]]).unwrap();
    /// let found = Robustness::of(&matrix)
    ///     .spread(0, 0, Spread::Range { low: 20.0, high: 60.0 })
    ///     .unwrap()
    ///     .acceptability(&WeightInformation::Fixed(vec![1.0]), &Sampling::default())
    ///     .unwrap();
    /// assert!((found.pairwise[0][1] - 0.5).abs() < 4.0 * found.pairwise_errors[0][1]);
    /// ```
    pub fn spread(mut self, alternative: usize, criterion: usize, spread: Spread) -> Result<Self, Refused> {
        let columns = self.matrix.columns();
        let (Some(name), Some(column)) =
            (self.matrix.alternatives().get(alternative), columns.get(criterion))
        else {
            let (row, column) = (alternative + 1, criterion + 1);
            return Err(refused(format!("there is no cell in row {row} and column {column}")));
        };
        let cell = |why: String| Refused {
            method: "smaa",
            alternative: Some(name.clone()),
            criterion: Some(column.criterion.clone()),
            why,
        };
        if self.levels[criterion].is_some() {
            return Err(cell("is a level of a scale, which is not spread".to_owned()));
        }
        if !spread.is_sound() {
            return Err(cell(format!(
                "is {spread:?}; its numbers are finite, and none is below the one before"
            )));
        }
        self.spreads[alternative * columns.len() + criterion] = Some(spread);
        Ok(self)
    }

    /// The same with a criterion whose values are levels of a scale, such as stars: only their order counts. All levels
    /// are given, from the lowest, taken or not. In each sample the lowest is worth 0, the highest 1, and what is between
    /// any worth that rises, each as likely; where less is better, the other way round.
    ///
    /// # Errors
    /// A criterion that is not there or has spread values, fewer than two levels or ones that don't rise, and a value that
    /// is none of them.
    ///
    /// ```
    /// use weigh_decision::smaa::{Robustness, Sampling, WeightInformation};
    /// use weigh_decision::{Column, Matrix};
    /// let names = ["bus", "train"].map(str::to_owned).to_vec();
    /// let columns = vec![Column::benefit("comfort", 1.0), Column::benefit("speed", 1.0)];
    /// let matrix = Matrix::new(names, columns, &[vec![3.0, 2.0], vec![2.0, 3.0]]).unwrap();
    /// let stars = [1.0, 2.0, 3.0, 4.0, 5.0];
    /// let robustness = Robustness::of(&matrix).levels(0, &stars).unwrap().levels(1, &stars).unwrap();
    /// let found = robustness
    ///     .acceptability(&WeightInformation::Fixed(vec![0.5, 0.5]), &Sampling::default())
    ///     .unwrap();
    /// assert!((found.pairwise[0][1] - 0.5).abs() < 4.0 * found.pairwise_errors[0][1]);
    /// ```
    pub fn levels(mut self, criterion: usize, levels: &[f64]) -> Result<Self, Refused> {
        let columns = self.matrix.columns();
        let Some(column) = columns.get(criterion) else {
            return Err(refused(format!(
                "there is no criterion {}; there are {}",
                criterion + 1,
                columns.len()
            )));
        };
        let of_column =
            |why: &str| Refused { criterion: Some(column.criterion.clone()), ..refused(why.to_owned()) };
        let finite = levels.iter().all(|level| level.is_finite());
        if levels.len() < 2 || !finite || !levels.windows(2).all(|pair| pair[0] < pair[1]) {
            return Err(of_column(
                "has levels that are not two finite numbers or more, each above the one before",
            ));
        }
        if self.spreads.iter().skip(criterion).step_by(columns.len()).any(Option::is_some) {
            return Err(of_column("has values that are spread, which levels are not"));
        }
        let values = self.matrix.column(criterion).iter().zip(self.matrix.alternatives());
        for (value, alternative) in values {
            if !levels.iter().any(|level| level.total_cmp(&(value + 0.0)).is_eq()) {
                let known: Vec<String> = levels.iter().map(f64::to_string).collect();
                let why = format!("is {value}, which is none of its levels: {}", known.join(", "));
                return Err(Refused { alternative: Some(alternative.clone()), ..of_column(&why) });
            }
        }
        self.levels[criterion] = Some(levels.iter().map(|level| level + 0.0).collect());
        Ok(self)
    }

    /// Draws weights and values and counts ranks.
    ///
    /// # Errors
    /// No samples, and what can't be known of weights: another number of them than criteria, weights below 0, an order
    /// that runs in a circle, bounds that no weights keep.
    pub fn acceptability(
        &self,
        weights: &WeightInformation,
        sampling: &Sampling,
    ) -> Result<Acceptability, Refused> {
        if sampling.samples == 0 {
            return Err(refused("there are no samples to draw; 1 or more are".to_owned()));
        }
        Ok(Run::new(self.matrix, self.values(), weights, *sampling)?.acceptability())
    }

    /// The acceptabilities under free weights without any sample, to rounding; nothing unless there are two criteria and all
    /// values are certain.
    ///
    /// ```
    /// use weigh_decision::smaa::Robustness;
    /// use weigh_decision::{Column, Matrix};
    /// let columns = vec![Column::cost("price", 1.0), Column::benefit("comfort", 1.0)];
    /// let names = ["bus", "train", "taxi"].map(str::to_owned).to_vec();
    /// let matrix = Matrix::new(names, columns, &[vec![20.0, 2.0], vec![50.0, 5.0], vec![60.0, 4.0]]).unwrap();
    /// let found = Robustness::of(&matrix).exact_for_two().unwrap();
    /// assert!((found.rank_acceptability[0][0] - 3.0 / 7.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn exact_for_two(&self) -> Option<Acceptability> {
        exact::for_two(&self.values())
    }

    fn values(&self) -> Values {
        Values::new(self.matrix, &self.spreads, &self.levels)
    }
}
