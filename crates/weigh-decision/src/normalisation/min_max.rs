//! Min-max: the worst alternative is 0 and the best is 1.

use super::{Normalisation, Unusable};
use crate::matrix::{Column, Direction};

/// `(x − min) / (max − min)`, of a cost `(max − x) / (max − min)`; all are 1 where all are equal.
pub(super) const MIN_MAX: Normalisation = Normalisation {
    id: "min-max",
    summary: "(x − min) / (max − min); cost (max − x) / (max − min); 1 where all are equal",
    apply: min_max,
};

fn min_max(values: &[f64], column: &Column, out: &mut [f64]) -> Result<(), Unusable> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Halved, so that the width of the widest column is finite too.
    let width = high / 2.0 - low / 2.0;
    for (normalised, x) in out.iter_mut().zip(values) {
        let from_worst = match column.direction {
            Direction::Benefit => x / 2.0 - low / 2.0,
            Direction::Cost => high / 2.0 - x / 2.0,
        };
        *normalised = if width > 0.0 { from_worst / width } else { 1.0 };
    }
    Ok(())
}
