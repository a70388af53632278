//! Linear: ratios to the best value.

use super::{Normalisation, Unusable, all_above_0, none_below_0};
use crate::matrix::{Column, Direction};

/// `x / max`, of a cost `min / x`. In a column of zeros each is the best: 1.
pub(super) const LINEAR: Normalisation = Normalisation {
    id: "linear",
    summary: "x / max, no value below 0; cost min / x, every value above 0",
    apply: linear,
};

fn linear(values: &[f64], column: &Column, out: &mut [f64]) -> Result<(), Unusable> {
    match column.direction {
        Direction::Benefit => {
            none_below_0(values)?;
            let high = values.iter().copied().fold(0.0, f64::max);
            for (ratio, x) in out.iter_mut().zip(values) {
                *ratio = if high > 0.0 { x / high } else { 1.0 };
            }
        }
        Direction::Cost => {
            all_above_0(values)?;
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            for (ratio, x) in out.iter_mut().zip(values) {
                *ratio = low / x;
            }
        }
    }
    Ok(())
}
