//! Fixed value functions as a normalisation: ends that are stated, whatever the alternatives are.

use super::{Normalisation, Unusable};
use crate::matrix::Column;

/// What the criteria's own value functions say (Keeney and Raiffa, *Decisions with Multiple Objectives*, 1976).
pub(super) const FIXED: Normalisation = Normalisation {
    id: "fixed",
    summary: "value functions with stated ends: adding an alternative turns no order of the others",
    apply: fixed,
};

fn fixed(values: &[f64], column: &Column, out: &mut [f64]) -> Result<(), Unusable> {
    let Some(worth) = &column.worth else {
        return Err(Unusable {
            alternative: None,
            why: "has no stated ends: state what its best and its worst value are",
        });
    };
    for (worth_of, x) in out.iter_mut().zip(values) {
        *worth_of = worth.value(*x);
    }
    Ok(())
}
