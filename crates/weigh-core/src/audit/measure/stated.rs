//! Claims that no model computes: lists of the document, figures that it takes over, and estimates.

use rust_decimal::Decimal;

use super::{Measures, not, unit_of};
use crate::audit::{Basis, Computed, NotComputed};
use crate::claim::{Dimension, Figure};
use crate::scenario::Claim;

/// How many things a list has.
pub(super) fn items(claim: &Claim, _: &Measures<'_>) -> Result<Computed, NotComputed> {
    unit_of(claim, &[Dimension::Count])?;
    let items = &claim.entry.items;
    Ok(Computed {
        figure: Figure::of(Decimal::from(items.len())),
        reckoning: items.join(", "),
        source: String::new(),
        basis: Basis::Things(items.iter().map(|item| (item.clone(), Decimal::ONE)).collect()),
    })
}

/// A figure that the scenario takes over, or that nothing models.
pub(super) fn input(claim: &Claim, _: &Measures<'_>) -> Result<Computed, NotComputed> {
    Err(not(because(claim, "it is an input: the scenario takes it over, or nothing models it")))
}

/// An estimate of the document.
pub(super) fn estimate(claim: &Claim, _: &Measures<'_>) -> Result<Computed, NotComputed> {
    Err(not(because(claim, "it is an estimate of the document")))
}

fn because(claim: &Claim, otherwise: &str) -> String {
    claim.entry.because.clone().unwrap_or_else(|| otherwise.to_owned())
}
