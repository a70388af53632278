//! NAT gateway: the way out for what has no public address.

use rust_decimal::Decimal;

use super::Flow;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the gateways of what runs in so many `zones` for the month.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::nat_gateway;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// nat_gateway::meter(&mut usage, 2, 2, 730.into()).unwrap();
/// assert_eq!(usage.lines()[0].amount, 1_460.into());
/// ```
pub fn meter(usage: &mut Usage, gateways: u32, zones: u32, hours: Decimal) -> Result<(), NotExact> {
    let (one, several) = match gateways == zones {
        true => ("gateway", "gateways, one a zone"),
        false => ("gateway for all zones", "gateways for all zones"),
    };
    let running = Quantity::of(Unit::Hours).times_each(gateways, one, several).times(hours, "hours");
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
    let (each, what) = passing(flow, with_logs);
    let processed =
        Quantity::of(Unit::Gb).times(flow.requests, "requests").times(each, format!("GB of {what}"));
    let mut whose = what.to_owned();
    whose[..1].make_ascii_uppercase();
    usage.add("vpc/nat-gateway-processed-gb", format!("{whose} of {} through NAT", flow.name()), processed)
}

/// What one request of a flow sends through the gateways, in GB, and what that is.
fn passing(flow: &Flow, with_logs: bool) -> (Decimal, &'static str) {
    let calls = flow.outside_request_size.gb() + flow.outside_response_size.gb();
    match with_logs {
        true => (calls + flow.log_size.gb(), "outside calls and logs"),
        false => (calls, "outside calls"),
    }
}

/// Adds the gigabytes of a flow that cross from zones without a gateway to one that has it, charged where they leave and
/// again where they arrive. Servers are spread evenly over the zones; image pulls are left out, being rare.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
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
/// nat_gateway::meter_crossing(&mut usage, &flow, false, 2, 2).unwrap();
/// assert!(usage.lines().is_empty());
/// nat_gateway::meter_crossing(&mut usage, &flow, false, 1, 2).unwrap();
/// assert_eq!(usage.lines()[0].amount, 4.into()); // half of 4 GB, at both ends
/// ```
pub fn meter_crossing(
    usage: &mut Usage,
    flow: &Flow,
    with_logs: bool,
    gateways: u32,
    zones: u32,
) -> Result<(), NotExact> {
    if gateways >= zones {
        return Ok(());
    }
    let (each, what) = passing(flow, with_logs);
    let crossing = Decimal::from(zones - gateways) / Decimal::from(zones);
    let quantity = Quantity::of(Unit::Gb)
        .times(flow.requests, "requests")
        .times(each, format!("GB of {what}"))
        .times(crossing.round_dp(6), "of them from a zone without a gateway")
        .times(2, "ends");
    usage.add(
        "transfer/between-zones-gb",
        format!("Ways of {} to NAT in another zone", flow.name()),
        quantity,
    )
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
