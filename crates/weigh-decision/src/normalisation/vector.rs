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
    for (normalised, x) in out.iter_mut().zip(values) {
        let share = x * first * then;
        *normalised = match column.direction {
            Direction::Benefit => share,
            Direction::Cost => 1.0 - share,
        };
    }
    Ok(())
}
