//! Data between availability zones: calls among components that run apart.

use rust_decimal::Decimal;

use super::Flow;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the gigabytes of an internal flow that cross from one zone to another, charged where they leave and again where
/// they arrive.
///
/// A caller in one of `zones` reaches a replica in another with the share `(zones - 1) / zones`: service discovery does
/// not look at zones. What comes from an Application Load Balancer crosses zones for nothing (Elastic Load Balancing user
/// guide, cross-zone load balancing; read 2026-11-21).
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::measure::Size;
/// use weigh_core::services::{Flow, between_zones};
/// use weigh_core::usage::Usage;
/// let flow = Flow {
///     component: "store".to_owned(),
///     kind: String::new(),
///     requests: 1_048_576.into(),
///     internal: true,
///     through_cdn: false,
///     request_size: "2 KB".parse().unwrap(),
///     response_size: "8 KB".parse().unwrap(),
///     log_size: "1 KB".parse().unwrap(),
///     outside_request_size: "0 B".parse().unwrap(),
///     outside_response_size: "0 B".parse().unwrap(),
/// };
/// let mut usage = Usage::default();
/// between_zones::meter(&mut usage, &flow, 2).unwrap();
/// assert_eq!(usage.lines()[0].amount, 10.into()); // half of 10 GB, in both directions
/// ```
pub fn meter(usage: &mut Usage, flow: &Flow, zones: u32) -> Result<(), NotExact> {
    if !flow.internal || zones < 2 {
        return Ok(());
    }
    let each = flow.request_size.gb() + flow.response_size.gb();
    let crossing = Decimal::from(zones - 1) / Decimal::from(zones);
    let quantity = Quantity::of(Unit::Gb)
        .times(flow.requests, "requests")
        .times(each, "GB to and fro")
        .times(crossing.round_dp(6), "of them to another zone")
        .times(2, "ends");
    usage.add("transfer/between-zones-gb", format!("Calls of {} between zones", flow.name()), quantity)
}
