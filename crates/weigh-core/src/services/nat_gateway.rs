//! NAT gateway: the way out for what has no public address.

use rust_decimal::Decimal;

use super::Flow;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds a gateway in each of `zones` for the month, and the gigabytes that the flows' outside calls push through it.
///
/// # Errors
/// As [`Usage::add`].
pub fn meter(usage: &mut Usage, flows: &[Flow], zones: u32, hours: Decimal) -> Result<(), NotExact> {
    let running = Quantity::of(Unit::Hours).times(zones, "gateways, one a zone").times(hours, "hours");
    usage.add("vpc/nat-gateway-hours", "NAT gateways", running)?;
    for flow in flows {
        let both_ways = flow.outside_request_size.gb() + flow.outside_response_size.gb();
        let processed = Quantity::of(Unit::Gb)
            .times(flow.requests, "requests")
            .times(both_ways, "GB to and from services outside AWS");
        let what = format!("Outside calls of {} through NAT", flow.component);
        usage.add("vpc/nat-gateway-processed-gb", what, processed)?;
    }
    Ok(())
}
