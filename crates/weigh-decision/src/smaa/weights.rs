//! What is known of the weights, and how they are drawn.

use std::fmt;

use super::bounds::{Bounds, Left};
use super::order::{Importance, Order};
use super::random::{Random, Single};
use super::simplex::{Simplex, middle};
use super::{LANES, refused};
use crate::matrix::Matrix;
use crate::method::Refused;

/// What is known of the weights, in the order of the criteria.
#[derive(Clone, Debug, PartialEq)]
pub enum WeightInformation {
    /// Nothing: every set of weights is as likely.
    Free,
    /// Which criteria weigh more than others; what is not said stays open. Every set of weights that keeps it is as
    /// likely. Under a full order of n criteria the mean of the i-th weight is `(1/n) Σ_{j=i..n} 1/j`, the rank-order
    /// centroid.
    Ordinal(Vec<Importance>),
    /// The least and the largest weight of each criterion, 0 to 1; every set of weights between them is as likely.
    Interval(Vec<(f64, f64)>),
    /// Weights around a mean: a Dirichlet distribution with the parameters `concentration × mean`. The variance of a
    /// weight is `mean (1 − mean) / (concentration + 1)`: with equal means and as much concentration as there are criteria it
    /// is [`WeightInformation::Free`]; the more, the closer.
    Dirichlet {
        /// The mean of each weight; only the share of the sum counts.
        mean: Vec<f64>,
        /// How close the weights are to the mean, above 0.
        concentration: f64,
    },
    /// Exactly these; only the share of the sum counts.
    Fixed(Vec<f64>),
}

impl WeightInformation {
    /// A full order by ranks, 1 for the most important; equal ranks weigh the same.
    ///
    /// ```
    /// use weigh_decision::smaa::{Importance, WeightInformation};
    /// let order = WeightInformation::ranked(&[2, 1, 2]);
    /// let said = vec![Importance::Above(1, 0), Importance::Equal(0, 2)];
    /// assert_eq!(order, WeightInformation::Ordinal(said));
    /// ```
    #[must_use]
    pub fn ranked(ranks: &[usize]) -> WeightInformation {
        let mut places: Vec<usize> = (0..ranks.len()).collect();
        places.sort_by_key(|at| ranks[*at]);
        let said = places.windows(2).map(|pair| match ranks[pair[0]] == ranks[pair[1]] {
            true => Importance::Equal(pair[0], pair[1]),
            false => Importance::Above(pair[0], pair[1]),
        });
        WeightInformation::Ordinal(said.collect())
    }
}

/// How the weights were drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// They were not: they are fixed.
    Fixed,
    /// Uniformly and independently.
    Uniform,
    /// By a walk between the bounds, which leave too little room for anything else: uniform but for what remains of where
    /// it began; samples that follow each other are somewhat alike, so that true errors are larger than the stated ones.
    HitAndRun,
    /// Independently from a Dirichlet distribution.
    Dirichlet,
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Drawing::Fixed => "fixed",
            Drawing::Uniform => "uniform",
            Drawing::HitAndRun => "uniform, by hit-and-run",
            Drawing::Dirichlet => "Dirichlet",
        })
    }
}

/// A sampler of weights.
pub(super) enum Source {
    Fixed(Vec<f64>),
    Free(Simplex),
    Ordered(Order),
    Bounded(Bounds),
    /// By the parameter of each criterion.
    Dirichlet(Vec<f64>),
}

/// What a sampler keeps between the tiles of a block.
pub(super) struct State {
    pub(super) random: Random,
    single: Single,
    pub(super) shares: Vec<[f32; LANES]>,
    place: Vec<f64>,
}

impl State {
    pub(super) fn new(seed: u64, block: u64, criteria: usize) -> State {
        State {
            random: Random::new(seed, 1, block),
            single: Single::new(seed, 2, block),
            shares: vec![[0.0; LANES]; criteria],
            place: Vec::new(),
        }
    }
}

impl Source {
    /// A sampler for what is known.
    ///
    /// # Errors
    /// What can't be: another number of weights than criteria, weights below 0, an order in a circle, bounds that no
    /// weights keep.
    pub(super) fn new(matrix: &Matrix, known: &WeightInformation) -> Result<Source, Refused> {
        let count = matrix.columns().len();
        let given = match known {
            WeightInformation::Interval(bounds) => bounds.len(),
            WeightInformation::Dirichlet { mean, .. } => mean.len(),
            WeightInformation::Fixed(weights) => weights.len(),
            WeightInformation::Free | WeightInformation::Ordinal(_) => count,
        };
        if given != count {
            return Err(refused(format!("weights of {given} criteria are given; there are {count}")));
        }
        let source = match known {
            WeightInformation::Free => Source::Free(Simplex::of(count)),
            WeightInformation::Ordinal(said) => Source::Ordered(Order::new(matrix, said)?),
            WeightInformation::Interval(bounds) => match Bounds::between(matrix, bounds)? {
                Left::Point(weights) => Source::Fixed(weights),
                Left::Open(bounds) => Source::Bounded(bounds),
            },
            WeightInformation::Dirichlet { mean, concentration } => {
                Source::Dirichlet(parameters(matrix, mean, *concentration)?)
            }
            WeightInformation::Fixed(weights) => Source::Fixed(shares(matrix, weights)?),
        };
        // The one weight there is.
        Ok(if count == 1 { Source::Fixed(vec![1.0]) } else { source })
    }

    /// How it draws.
    pub(super) fn drawing(&self) -> Drawing {
        match self {
            Source::Fixed(_) => Drawing::Fixed,
            Source::Bounded(bounds) if bounds.walks() => Drawing::HitAndRun,
            Source::Free(_) | Source::Ordered(_) | Source::Bounded(_) => Drawing::Uniform,
            Source::Dirichlet(_) => Drawing::Dirichlet,
        }
    }

    /// Fills the weights of a tile.
    pub(super) fn fill(&self, state: &mut State, weights: &mut [[f64; LANES]]) {
        match self {
            Source::Fixed(fixed) => {
                weights.iter_mut().zip(fixed).for_each(|(to, weight)| *to = [*weight; LANES]);
            }
            Source::Free(simplex) => {
                simplex.fill(&mut state.random, &mut state.shares);
                exact(&state.shares, weights);
            }
            Source::Ordered(order) => {
                order.fill(&mut state.random, &mut state.single, &mut state.shares, weights);
            }
            Source::Bounded(bounds) => {
                let streams = (&mut state.random, &mut state.single);
                bounds.fill(streams, &mut state.shares, &mut state.place, weights);
            }
            Source::Dirichlet(parameters) => {
                (0..LANES).for_each(|lane| dirichlet(parameters, &mut state.single, lane, weights));
            }
        }
    }
}

/// The weights that drawn shares stand for.
pub(super) fn exact(shares: &[[f32; LANES]], weights: &mut [[f64; LANES]]) {
    let count = shares.len();
    for (weight, share) in weights.iter_mut().zip(shares) {
        *weight = share.map(|share| middle(share, count));
    }
}

/// Draws a lane: gamma variates as shares of their sum. They are divided by the largest first, so that the sum is a number
/// however small they are.
fn dirichlet(parameters: &[f64], single: &mut Single, lane: usize, weights: &mut [[f64; LANES]]) {
    let mut largest = f64::NEG_INFINITY;
    for (weight, parameter) in weights.iter_mut().zip(parameters) {
        weight[lane] = if *parameter > 0.0 { single.log_gamma(*parameter) } else { f64::NEG_INFINITY };
        largest = largest.max(weight[lane]);
    }
    let mut sum = 0.0;
    for weight in weights.iter_mut() {
        weight[lane] = if weight[lane] < largest { libm::exp(weight[lane] - largest) } else { 1.0 };
        sum += weight[lane];
    }
    weights.iter_mut().for_each(|weight| weight[lane] /= sum);
}

/// The parameters of a Dirichlet distribution.
fn parameters(matrix: &Matrix, mean: &[f64], concentration: f64) -> Result<Vec<f64>, Refused> {
    if !(concentration > 0.0 && concentration.is_finite()) {
        return Err(refused(format!("a concentration of {concentration} is not above 0 and finite")));
    }
    let shares = shares(matrix, mean)?;
    Ok(shares.into_iter().map(|share| share * concentration).collect())
}

/// Weights as shares of their sum.
fn shares(matrix: &Matrix, weights: &[f64]) -> Result<Vec<f64>, Refused> {
    let weighed = matrix.with_weights(weights).map_err(|why| refused(why.to_string()))?;
    Ok(weighed.weights().to_vec())
}
