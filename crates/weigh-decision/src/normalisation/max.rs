//! Max: shares of the largest value.

use super::{Normalisation, Unusable, none_below_0};
use crate::matrix::{Column, Direction};

/// `x / max`, of a cost `1 − x / max`. In a column of zeros each is the largest: 1, of a cost 0.
pub(super) const MAX: Normalisation =
    Normalisation { id: "max", summary: "x / max; cost 1 − x / max; no value below 0", apply: max };

fn max(values: &[f64], column: &Column, out: &mut [f64]) -> Result<(), Unusable> {
    none_below_0(values)?;
    let high = values.iter().copied().fold(0.0, f64::max);
    for (normalised, x) in out.iter_mut().zip(values) {
        let share = if high > 0.0 { x / high } else { 1.0 };
        *normalised = match column.direction {
            Direction::Benefit => share,
            Direction::Cost => 1.0 - share,
        };
    }
    Ok(())
}
