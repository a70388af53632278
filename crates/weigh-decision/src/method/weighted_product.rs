//! The weighted product: ratios instead of differences.

use super::{Better, Input, Method, Outcome, Refused, Takes};
use crate::matrix::Direction;

/// `P_i = Π_j x_ij^(±w_j)`, plus for a benefit and minus for a cost, on the values as they are. Only ratios count, so that
/// neither a unit nor an alternative that is added turns an order. On a normalisation it is `Π_j r_ij^(w_j)`, and an
/// alternative with a 0 under any criterion that weighs is worth 0. A criterion of weight 0 is left out.
pub(super) const WEIGHTED_PRODUCT: Method = Method {
    id: "weighted-product",
    title: "weighted product",
    summary: "P = Π x^w, of a cost Π x^−w: ratios are traded against each other; every value above 0",
    source: "Bridgman, Dimensional Analysis, 1922; Miller and Starr, Executive Decisions and Operations Research, 1969",
    better: Better::Higher,
    takes: Takes::RawUnlessAsked,
    additive: true,
    scale_invariant: true,
    run,
};

fn run(input: &Input<'_>) -> Result<Outcome, Refused> {
    let logarithms =
        if input.normalised.is_empty() { of_raw(input)? } else { of_normalised(input, WEIGHTED_PRODUCT.id)? };
    let scores = logarithms.iter().map(|sum| power(*sum)).collect();
    // Ranked by the logarithms, which tell apart what is small beside the best; less 1, so that what two of them differ by
    // through rounding is little beside the largest even where all are alike.
    let best = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let finite = logarithms.iter().all(|sum| sum.is_finite());
    let ranked_by = if finite { logarithms.iter().map(|sum| sum - best - 1.0).collect() } else { Vec::new() };
    Ok(Outcome { scores, ranked_by, ..Outcome::default() })
}

/// `e^x`, never beyond every number: of a mean of logarithms of numbers it is one, but for the rounding.
fn power(x: f64) -> f64 {
    libm::exp(x).min(f64::MAX)
}

fn of_raw(input: &Input<'_>) -> Result<Vec<f64>, Refused> {
    let matrix = input.matrix;
    let mut sums = vec![0.0; matrix.alternatives().len()];
    for (j, (column, weight)) in matrix.columns().iter().zip(matrix.weights()).enumerate() {
        if *weight <= 0.0 {
            continue;
        }
        let sign = if column.direction == Direction::Cost { -1.0 } else { 1.0 };
        for (i, x) in matrix.column(j).iter().enumerate() {
            // Below the smallest normal number a reciprocal is beyond every number.
            if *x < f64::MIN_POSITIVE {
                let why = "is not above 0, and only ratios count; ask for a normalisation instead";
                return Err(input.refuse(WEIGHTED_PRODUCT.id, i, j, why));
            }
            sums[i] += sign * weight * libm::log(*x);
        }
    }
    Ok(sums)
}

/// The logarithms of the weighted products of normalised values; minus infinity for a product of 0.
pub(super) fn of_normalised(input: &Input<'_>, method: &'static str) -> Result<Vec<f64>, Refused> {
    let height = input.matrix.alternatives().len();
    let mut sums = vec![0.0; height];
    for (j, (column, weight)) in input.normalised.chunks_exact(height).zip(input.matrix.weights()).enumerate()
    {
        if *weight <= 0.0 {
            continue;
        }
        for (i, value) in column.iter().enumerate() {
            if *value < 0.0 {
                return Err(input.refuse(method, i, j, "is normalised to less than 0, which has no power"));
            }
            sums[i] += weight * libm::log(*value);
        }
    }
    Ok(sums)
}

/// The weighted products of normalised values.
pub(super) fn products(input: &Input<'_>, method: &'static str) -> Result<Vec<f64>, Refused> {
    Ok(of_normalised(input, method)?.iter().map(|sum| power(*sum)).collect())
}
