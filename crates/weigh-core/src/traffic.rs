//! How many requests come, and when.

use rust_decimal::Decimal;

use crate::measure::Rate;
use crate::time::Month;

/// The traffic of a month.
#[derive(Clone, Debug, PartialEq)]
pub enum Traffic {
    /// The same mean rate all month long, with random (Poisson) arrivals.
    Steady {
        /// The mean rate.
        rate: Rate,
    },
}

impl Traffic {
    /// Requests in the month, exactly: what is billed.
    ///
    /// ```
    /// use weigh_core::{time::Month, traffic::Traffic};
    /// let traffic = Traffic::Steady { rate: "24/day".parse().unwrap() };
    /// assert_eq!(traffic.requests(Month::Average).to_string(), "730");
    /// ```
    #[must_use]
    pub fn requests(&self, month: Month) -> Decimal {
        match self {
            Traffic::Steady { rate } => rate.per_month(month),
        }
    }

    /// Requests a second in the busiest time of the month: what capacity is sized for.
    #[must_use]
    pub fn peak_per_s(&self, month: Month) -> f64 {
        match self {
            Traffic::Steady { rate } => rate.per_second(month),
        }
    }

    /// The traffic in words.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Traffic::Steady { rate } => format!("{rate}, steady"),
        }
    }
}
