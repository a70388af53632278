//! Whether a score is a weighted sum, and of what.

use crate::matrix::Matrix;
use crate::method::{Better, Method, Parameters, Ranking};

/// How close a sum must come to what the method says for the method to be taken for that sum, as a share of the largest
/// value.
const HELD: f64 = 1e-10;

/// The values, more being better, whose weighted sum is the score, or its logarithm: what each alternative scores when
/// one criterion has all the weight.
///
/// A method that calls itself additive is held to it: the weighted sums have to be what it says at the matrix's weights, at
/// equal and at rising ones, and halfway between each two neighbouring criteria. Where a logarithm is not finite, or
/// rounding is too large, it is searched like the others.
pub(super) fn values(
    matrix: &Matrix,
    method: &Method,
    parameters: &Parameters,
    ranking: &Ranking,
) -> Option<Vec<Vec<f64>>> {
    if !method.additive {
        return None;
    }
    let width = matrix.columns().len();
    let scores = |weights: &[f64]| {
        let ranking = method.rank(&matrix.with_weights(weights).ok()?, parameters).ok()?;
        Some(ranking.scores)
    };
    let share = |at: usize, of: &[usize]| if of.contains(&at) { 1.0 } else { 0.0 };
    let only = |of: &[usize]| (0..width).map(|at| share(at, of)).collect::<Vec<f64>>();
    let alone = (0..width).map(|criterion| scores(&only(&[criterion])));
    let alone: Vec<Vec<f64>> = alone.collect::<Option<_>>()?;
    let mut weightings = vec![vec![1.0; width], (1..=width).map(|rising| rising as f64).collect()];
    weightings.extend((1..width).map(|criterion| only(&[criterion - 1, criterion])));
    let mut told = vec![(matrix.weights().to_vec(), ranking.scores.clone())];
    for weights in weightings {
        let scores = scores(&weights)?;
        let total: f64 = weights.iter().sum();
        told.push((weights.iter().map(|weight| weight / total).collect(), scores));
    }
    let oriented = if ranking.better == Better::Lower { -1.0 } else { 1.0 };
    let plain = |score: f64| score * oriented;
    let logarithm = |score: f64| oriented * if score > 0.0 { libm::log(score) } else { f64::NEG_INFINITY };
    held_to(&alone, &told, plain)
        .or_else(|| held_to(&alone, &told, logarithm))
        .filter(|values| orders_alike(values, matrix.weights(), &ranking.ranks))
}

/// The values as rows, where all scores that are told are their weighted sums.
fn held_to(
    alone: &[Vec<f64>],
    told: &[(Vec<f64>, Vec<f64>)],
    by: impl Fn(f64) -> f64,
) -> Option<Vec<Vec<f64>>> {
    let height = alone.first()?.len();
    let rows: Vec<Vec<f64>> =
        (0..height).map(|at| alone.iter().map(|scores| by(scores[at])).collect()).collect();
    let largest = largest(&rows)?;
    let is_sum = |(weights, scores): &(Vec<f64>, Vec<f64>)| {
        rows.iter().zip(scores).all(|(row, score)| (sum(row, weights) - by(*score)).abs() <= HELD * largest)
    };
    told.iter().all(is_sum).then_some(rows)
}

/// Whether no rank contradicts the weighted sums.
fn orders_alike(values: &[Vec<f64>], weights: &[f64], ranks: &[usize]) -> bool {
    let Some(largest) = largest(values) else { return false };
    let sums: Vec<f64> = values.iter().map(|row| sum(row, weights)).collect();
    let alike = |a: usize, b: usize| ranks[a] >= ranks[b] || sums[a] >= sums[b] - HELD * largest;
    (0..sums.len()).all(|a| (0..sums.len()).all(|b| alike(a, b)))
}

fn sum(row: &[f64], weights: &[f64]) -> f64 {
    row.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// The largest value by magnitude; nothing where differences or their squares would be no numbers.
fn largest(rows: &[Vec<f64>]) -> Option<f64> {
    let largest =
        |most: f64, value: &f64| if value.is_finite() { most.max(value.abs()) } else { f64::INFINITY };
    Some(rows.iter().flatten().fold(0.0, largest)).filter(|largest| *largest < 1e150)
}
