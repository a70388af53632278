//! Sum: shares of the sum of all values.

use super::{Normalisation, Unusable, all_above_0, none_below_0};
use crate::matrix::{Column, Direction};

/// `x / Σx`, of a cost `(1/x) / Σ(1/x)`. In a column of zeros all have the same share.
pub(super) const SUM: Normalisation = Normalisation {
    id: "sum",
    summary: "x / Σx, no value below 0; cost (1/x) / Σ(1/x), every value above 0",
    apply: sum,
};

fn sum(values: &[f64], column: &Column, out: &mut [f64]) -> Result<(), Unusable> {
    // As shares of the largest, or of the largest reciprocal, so that no sum is beyond every number.
    match column.direction {
        Direction::Benefit => {
            none_below_0(values)?;
            let high = values.iter().copied().fold(0.0, f64::max);
            for (part, x) in out.iter_mut().zip(values) {
                *part = if high > 0.0 { x / high } else { 1.0 };
            }
        }
        Direction::Cost => {
            all_above_0(values)?;
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            for (part, x) in out.iter_mut().zip(values) {
                *part = low / x;
            }
        }
    }
    let total: f64 = out.iter().sum();
    out.iter_mut().for_each(|part| *part /= total);
    Ok(())
}
