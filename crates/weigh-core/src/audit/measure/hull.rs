//! What a figure comes to over the ends of ranges: from the lowest to the highest value.

use rust_decimal::Decimal;

use super::not;
use crate::audit::{Basis, Computed, NotComputed};
use crate::claim::Figure;
use crate::money::exact;

/// From the lowest to the highest of the values that were added.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hull {
    ends: Option<(Decimal, Decimal)>,
}

impl Hull {
    /// Takes in a value.
    pub(super) fn add(&mut self, value: Decimal) {
        let (low, high) = self.ends.unwrap_or((value, value));
        self.ends = Some((low.min(value), high.max(value)));
    }

    /// The figure; nothing where no value was added.
    pub(super) fn figure(&self) -> Option<Figure> {
        self.ends.map(|(low, high)| Figure::between(low, high))
    }

    /// What was computed, with its reckoning and what it is made of.
    pub(super) fn computed(&self, reckoning: String, basis: Basis) -> Result<Computed, NotComputed> {
        let figure = self.figure().ok_or_else(|| not("the option has nothing of the kind"))?;
        Ok(Computed { figure, reckoning, source: String::new(), basis })
    }
}

/// A measured number as an exact one, to nine places.
pub(super) fn finite(value: f64, what: &str) -> Result<Decimal, NotComputed> {
    let value = exact(value, what).map_err(|why| not(why.to_string()))?;
    Ok(value.round_dp(9).normalize())
}
