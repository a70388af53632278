//! NAT gateway: the way out for what has no public address.

use rust_decimal::Decimal;

use super::Flow;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds a gateway in each of `zones` for the month.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::nat_gateway;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// nat_gateway::meter(&mut usage, 2, 730.into()).unwrap();
/// assert_eq!(usage.lines()[0].amount, 1_460.into());
/// ```
pub fn meter(usage: &mut Usage, zones: u32, hours: Decimal) -> Result<(), NotExact> {
    let running =
        Quantity::of(Unit::Hours).times_each(zones, "gateway", "gateways, one a zone").times(hours, "hours");
    usage.add("vpc/nat-gateway-hours", "NAT gateways", running)
}

/// Adds the gigabytes of a flow's outside calls, and of its logs where no endpoint takes them, that the gateways process.
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
///     kind: String::new(),
///     requests: 1_048_576.into(),
///     internal: false,
///     through_cdn: false,
///     request_size: "2 KB".parse().unwrap(),
///     response_size: "1 KB".parse().unwrap(),
///     log_size: "1 KB".parse().unwrap(),
///     outside_request_size: "1 KB".parse().unwrap(),
///     outside_response_size: "3 KB".parse().unwrap(),
/// };
/// let mut usage = Usage::default();
/// nat_gateway::meter_flow(&mut usage, &flow, true).unwrap();
/// nat_gateway::meter_flow(&mut usage, &flow, false).unwrap();
/// assert_eq!((usage.lines()[0].amount, usage.lines()[1].amount), (5.into(), 4.into()));
/// ```
pub fn meter_flow(usage: &mut Usage, flow: &Flow, with_logs: bool) -> Result<(), NotExact> {
    let calls = flow.outside_request_size.gb() + flow.outside_response_size.gb();
    let (each, what) = match with_logs {
        true => (calls + flow.log_size.gb(), "outside calls and logs"),
        false => (calls, "outside calls"),
    };
    let processed =
        Quantity::of(Unit::Gb).times(flow.requests, "requests").times(each, format!("GB of {what}"));
    let mut whose = what.to_owned();
    whose[..1].make_ascii_uppercase();
    usage.add("vpc/nat-gateway-processed-gb", format!("{whose} of {} through NAT", flow.name()), processed)
}

/// Adds the gigabytes of image pulls that the gateways process.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::nat_gateway;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// nat_gateway::meter_pulls(&mut usage, "api", 4.into(), "512 MB".parse().unwrap()).unwrap();
/// assert_eq!(usage.lines()[0].amount, 2.into());
/// ```
pub fn meter_pulls(
    usage: &mut Usage,
    name: &str,
    pulls: Decimal,
    image: crate::measure::Size,
) -> Result<(), NotExact> {
    let pulled =
        Quantity::of(Unit::Gb).times(pulls, "pulls").times(image.gb(), format!("GB (image of {image})"));
    usage.add("vpc/nat-gateway-processed-gb", format!("Images of {name} through NAT"), pulled)
}
