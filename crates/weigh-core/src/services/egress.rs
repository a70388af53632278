//! Data out to the internet: responses to clients, and what is sent to services outside AWS.

use super::Flow;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the gigabytes that leave AWS with a flow; what comes in is free, and so are responses to CloudFront.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::measure::Size;
/// use weigh_core::services::{Flow, egress};
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
/// egress::meter(&mut usage, &flow).unwrap();
/// let out: Vec<String> = usage.lines().iter().map(|line| line.amount.to_string()).collect();
/// assert_eq!(out, ["1", "1"]); // GB of responses, and GB sent outside
/// ```
pub fn meter(usage: &mut Usage, flow: &Flow) -> Result<(), NotExact> {
    let out = |requests, size: crate::measure::Size, what: &str| {
        Quantity::of(Unit::Gb).times(requests, "requests").times(size.gb(), format!("GB ({size} {what})"))
    };
    if !flow.internal && !flow.through_cdn {
        usage.add(
            "transfer/internet-out-gb",
            format!("Responses of {} to the internet", flow.name()),
            out(flow.requests, flow.response_size, "a response"),
        )?;
    }
    usage.add(
        "transfer/internet-out-gb",
        format!("Calls of {} to services outside AWS", flow.name()),
        out(flow.requests, flow.outside_request_size, "a call"),
    )
}
