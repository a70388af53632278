//! Public IPv4 addresses: each one costs, in use or idle, since 2024-02-01.

use rust_decimal::Decimal;

use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds so many addresses for the month.
///
/// # Errors
/// As [`Usage::add`].
pub fn meter(usage: &mut Usage, addresses: u32, whose: &str, hours: Decimal) -> Result<(), NotExact> {
    let quantity = Quantity::of(Unit::Hours).times(addresses, "addresses").times(hours, "hours");
    usage.add("vpc/public-ipv4-hours", format!("Public IPv4 addresses of {whose}"), quantity)
}
