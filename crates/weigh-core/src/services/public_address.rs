//! Public IPv4 addresses: each one costs, in use or idle, since 2024-02-01.

use rust_decimal::Decimal;

use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds so many addresses for the month.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::public_address;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// public_address::meter(&mut usage, 2.into(), "the tasks", 730.into()).unwrap();
/// assert_eq!(usage.lines()[0].amount, 1_460.into());
/// ```
pub fn meter(usage: &mut Usage, addresses: Decimal, whose: &str, hours: Decimal) -> Result<(), NotExact> {
    let words = ["address", "addresses", "addresses on average"];
    let quantity = Quantity::of(Unit::Hours).times_mean(addresses, words).times(hours, "hours");
    usage.add("vpc/public-ipv4-hours", format!("Public IPv4 addresses of {whose}"), quantity)
}
