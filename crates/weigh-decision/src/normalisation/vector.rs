//! Vector: shares of the length of the column.

use super::{Normalisation, Unusable};
use crate::matrix::{Column, Direction};

/// `x / √Σx²`, of a cost `1 − x / √Σx²`. A column of zeros stays 0, of a cost 1.
pub(super) const VECTOR: Normalisation =
    Normalisation { id: "vector", summary: "x / √Σx²; cost 1 − x / √Σx²", apply: vector };

/// Squares between these add up to a number that is neither rounded off nor beyond every number.
pub(crate) const SAFE: std::ops::Range<f64> = 1e-250..1e300;

/// What makes a column one of length 1 when multiplied by it, in two steps: a power of two first, so that squares
/// neither overflow nor vanish, then the length. `(1, 0)` for a column of zeros.
pub(crate) fn shrink(values: &[f64]) -> (f64, f64) {
    let squares: f64 = values.iter().map(|x| x * x).sum();
    if SAFE.contains(&squares) {
        return (1.0, 1.0 / libm::sqrt(squares));
    }
    let largest = values.iter().fold(0.0f64, |largest, x| largest.max(x.abs()));
    if largest <= 0.0 {
        return (1.0, 0.0);
    }
    // The smallest numbers have no finite reciprocal: those are raised to 2^1000 only, which is enough.
    let first = libm::ldexp(1.0, (-libm::ilogb(largest)).min(1000));
    let squares: f64 = values.iter().map(|x| (x * first) * (x * first)).sum();
    (first, 1.0 / libm::sqrt(squares))
}

fn vector(values: &[f64], column: &Column, out: &mut [f64]) -> Result<(), Unusable> {
    let (first, then) = shrink(values);
    for (share, x) in out.iter_mut().zip(values) {
        *share = x * first * then;
    }
    if column.direction == Direction::Cost {
        // One share at most is more than √½. What it leaves of 1 is lost in a difference, but not in the squares of the others,
        // which add up to 1 − s² = (1 − s)(1 + s).
        let largest = (0..out.len()).find(|at| out[*at] > libm::sqrt(0.5));
        let left = largest.map(|at| {
            let squares =
                out.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, share)| share * share);
            squares.sum::<f64>() / (1.0 + out[at])
        });
        for share in out.iter_mut() {
            *share = 1.0 - *share;
        }
        if let Some((at, left)) = largest.zip(left) {
            out[at] = left;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dominating_cost_leaves_keeps_its_digits() {
        let mut out = [0.0; 2];
        vector(&[1e8, 1.0], &Column::cost("price", 1.0), &mut out).unwrap();
        // 1 − 1/√(1 + 10⁻¹⁶) = 5·10⁻¹⁷ but for terms of 10⁻³².
        assert!((out[0] / 5e-17 - 1.0).abs() < 1e-12, "{out:?}");
        assert!((out[1] - (1.0 - 1e-8)).abs() < 1e-15, "{out:?}");
    }
}
