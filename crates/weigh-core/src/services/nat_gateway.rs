//! NAT gateway: the way out for what has no public address.

use rust_decimal::Decimal;

use super::Flow;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds a gateway in each of `zones` for the month, and the gigabytes of outside calls and of logs that pass it.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::measure::Size;
/// use weigh_core::services::{Flow, nat_gateway};
/// use weigh_core::usage::Usage;
/// let flow = Flow {
///     component: "api".to_owned(),
///     requests: 1_048_576.into(),
///     internal: false,
///     request_size: "2 KB".parse().unwrap(),
///     response_size: "1 KB".parse().unwrap(),
///     log_size: "1 KB".parse().unwrap(),
///     outside_request_size: "1 KB".parse().unwrap(),
///     outside_response_size: "3 KB".parse().unwrap(),
/// };
/// let mut usage = Usage::default();
/// nat_gateway::meter(&mut usage, &[flow], 2, 730.into()).unwrap();
/// assert_eq!(usage.lines()[0].amount, 1_460.into()); // hours of a gateway in each of two zones
/// assert_eq!(usage.lines()[1].amount, 5.into()); // GB sent, received and logged
/// ```
pub fn meter(usage: &mut Usage, flows: &[Flow], zones: u32, hours: Decimal) -> Result<(), NotExact> {
    let running =
        Quantity::of(Unit::Hours).times_each(zones, "gateway", "gateways, one a zone").times(hours, "hours");
    usage.add("vpc/nat-gateway-hours", "NAT gateways", running)?;
    for flow in flows {
        let each = flow.outside_request_size.gb() + flow.outside_response_size.gb() + flow.log_size.gb();
        let processed = Quantity::of(Unit::Gb)
            .times(flow.requests, "requests")
            .times(each, "GB of outside calls and logs");
        let what = format!("Outside calls and logs of {} through NAT", flow.component);
        usage.add("vpc/nat-gateway-processed-gb", what, processed)?;
    }
    Ok(())
}
