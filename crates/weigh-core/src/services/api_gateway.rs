//! API Gateway, HTTP or REST API: a front door for functions, paid per request.

use rust_decimal::Decimal;

use super::Flow;
use crate::measure::Size;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the requests of a flow, in steps of the larger of request and response; HTTP APIs count steps of 512 KB.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::measure::Size;
/// use weigh_core::services::{Flow, api_gateway};
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
/// let step = "512 KB".parse().unwrap();
/// api_gateway::meter(&mut usage, &flow, step).unwrap();
/// assert_eq!(usage.lines()[0].amount, 1_048_576.into());
/// let large = Flow { request_size: "600 KB".parse().unwrap(), ..flow };
/// api_gateway::meter(&mut usage, &large, step).unwrap();
/// assert_eq!(usage.lines()[1].amount, 2_097_152.into()); // two steps of 512 KB each
/// ```
pub fn meter(usage: &mut Usage, flow: &Flow, step: Size) -> Result<(), NotExact> {
    if flow.internal {
        return Ok(());
    }
    let steps = flow.request_size.max(flow.response_size).in_steps(step);
    let mut quantity = Quantity::of(Unit::Requests).times(flow.requests, "requests");
    if steps > Decimal::ONE {
        quantity = quantity.times(steps, format!("steps of {step}"));
    }
    usage.add("api-gateway/http-requests", format!("HTTP API in front of {}", flow.name()), quantity)
}

/// Adds the requests of a flow to a REST API, which counts each whatever its size.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::measure::Size;
/// use weigh_core::services::{Flow, api_gateway};
/// use weigh_core::usage::Usage;
/// let flow = Flow {
///     component: "api".to_owned(),
///     kind: String::new(),
///     requests: 1_000.into(),
///     internal: false,
///     through_cdn: false,
///     request_size: "900 KB".parse().unwrap(),
///     response_size: "1 KB".parse().unwrap(),
///     log_size: "1 KB".parse().unwrap(),
///     outside_request_size: Size::default(),
///     outside_response_size: Size::default(),
/// };
/// let mut usage = Usage::default();
/// api_gateway::meter_rest(&mut usage, &flow).unwrap();
/// assert_eq!(usage.lines()[0].amount, 1_000.into());
/// ```
pub fn meter_rest(usage: &mut Usage, flow: &Flow) -> Result<(), NotExact> {
    if flow.internal {
        return Ok(());
    }
    let quantity = Quantity::of(Unit::Requests).times(flow.requests, "requests");
    usage.add("api-gateway/rest-requests", format!("REST API in front of {}", flow.name()), quantity)
}
