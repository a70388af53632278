//! How much an amount may change: percent of what it was, or dollars.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::{decimal, usd};
use crate::money::{dollars, number};

/// How much something may change: by a share of what it was, or by an amount.
///
/// ```
/// use weigh_core::measure::Change;
/// assert_eq!("5 %".parse::<Change>().unwrap(), Change::Percent(5.into()));
/// assert_eq!("$10".parse::<Change>().unwrap(), "10".parse().unwrap());
/// assert_eq!("$10".parse::<Change>().unwrap().to_string(), "$10.00");
/// // 5 % of $200 are $10.
/// assert_eq!(Change::Percent(5.into()).of(200.into()), Some(10.into()));
/// assert!("five".parse::<Change>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Percent of what it was, 0 or more.
    Percent(Decimal),
    /// US dollars, 0 or more.
    Dollars(Decimal),
}

impl Change {
    /// US dollars that it comes to where it was so many before; nothing where no decimal can hold them.
    #[must_use]
    pub fn of(self, before: Decimal) -> Option<Decimal> {
        match self {
            Change::Percent(percent) => before.abs().checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED),
            Change::Dollars(dollars) => Some(dollars),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Percent(percent) => write!(f, "{} %", number(*percent, 4)),
            Change::Dollars(amount) => f.write_str(&dollars(*amount)),
        }
    }
}

impl FromStr for Change {
    type Err = String;

    fn from_str(text: &str) -> Result<Change, String> {
        match text.trim().strip_suffix('%') {
            Some(percent) => decimal(percent.trim()).map(Change::Percent),
            None => usd_or_number(text.trim()).map(Change::Dollars),
        }
        .map_err(|why| if why.starts_with('`') { why } else { format!("`{text}`: {why}") })
    }
}

/// Reads dollars with or without their sign: `$200`, `200 USD`, `200`.
///
/// # Errors
/// What is wrong and what is allowed, in words.
///
/// ```
/// use weigh_core::measure::{usd, usd_or_number};
/// assert_eq!(usd_or_number("1_200.50").unwrap(), usd("$1,200.50").unwrap());
/// assert!(usd_or_number("200 EUR").is_err());
/// ```
pub fn usd_or_number(text: &str) -> Result<Decimal, String> {
    match text.trim().starts_with(|first: char| first.is_ascii_digit()) {
        true => usd(text).or_else(|_| decimal(text.trim())).map_err(|why| format!("`{text}`: {why}")),
        false => usd(text),
    }
}
