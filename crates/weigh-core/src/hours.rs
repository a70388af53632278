//! How an amount falls on the hours of a month.

use std::sync::Arc;

/// How much of an amount falls on each hour of a month: multiples of the mean hour.
///
/// Weights are for finding out which hours a commitment covers; what is billed is the amount itself.
///
/// ```
/// use weigh_core::hours::ByHour;
/// let busy = ByHour::of(&[1.0, 3.0]).unwrap();
/// assert_eq!(busy.weights(), [0.5, 1.5]);
/// assert!(ByHour::of(&[0.0, 0.0]).is_none() && ByHour::of(&[2.0, 2.0]).is_none());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ByHour(Arc<[f64]>);

impl ByHour {
    /// The weights of amounts in each hour; nothing when all hours are alike, when there is no amount, or when one is no
    /// amount.
    #[must_use]
    pub fn of(amounts: &[f64]) -> Option<ByHour> {
        let first = amounts.first()?;
        let sum: f64 = amounts.iter().sum();
        let alike = amounts.iter().all(|amount| amount.to_bits() == first.to_bits());
        if alike || !sum.is_finite() || sum <= 0.0 || amounts.iter().any(|amount| *amount < 0.0) {
            return None;
        }
        let mean = sum / amounts.len() as f64;
        Some(ByHour(amounts.iter().map(|amount| amount / mean).collect()))
    }

    /// The weight of each hour, each at least 0; their mean is 1.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.0
    }
}
