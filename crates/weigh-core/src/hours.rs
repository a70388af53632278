//! How an amount falls on the hours of a month.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::money::exact;

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

    /// What tells an hour's weight from others: equal for equal weights; that of the mean hour beyond the last.
    ///
    /// ```
    /// use weigh_core::hours::ByHour;
    /// let busy = ByHour::of(&[1.0, 3.0, 1.0]).unwrap();
    /// assert!(busy.mark(0) == busy.mark(2) && busy.mark(0) != busy.mark(1));
    /// assert_eq!(ByHour::weight_of(busy.mark(1)).to_string(), "1.8");
    /// assert_eq!(ByHour::weight_of(ByHour::MEAN).to_string(), "1");
    /// ```
    #[must_use]
    pub fn mark(&self, hour: usize) -> u64 {
        self.0.get(hour).copied().unwrap_or(1.0).to_bits()
    }

    /// The mark of the mean hour.
    pub const MEAN: u64 = 1.0_f64.to_bits();

    /// The weight that a mark stands for, to 15 digits.
    #[must_use]
    pub fn weight_of(mark: u64) -> Decimal {
        exact(f64::from_bits(mark), "the weight of an hour").unwrap_or_default()
    }

    /// The weight of each hour, each at least 0; their mean is 1.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.0
    }
}
