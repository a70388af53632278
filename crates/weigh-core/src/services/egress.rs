//! Data out to the internet: responses to clients, and what is sent to services outside AWS.

use super::Flow;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the gigabytes that leave AWS with a flow; what comes in is free.
///
/// # Errors
/// As [`Usage::add`].
pub fn meter(usage: &mut Usage, flow: &Flow) -> Result<(), NotExact> {
    let out = |requests, size: crate::measure::Size, what: &str| {
        Quantity::of(Unit::Gb).times(requests, "requests").times(size.gb(), format!("GB ({size} {what})"))
    };
    if !flow.internal {
        usage.add(
            "transfer/internet-out-gb",
            format!("Responses of {} to the internet", flow.component),
            out(flow.requests, flow.response_size, "a response"),
        )?;
    }
    usage.add(
        "transfer/internet-out-gb",
        format!("Calls of {} to services outside AWS", flow.component),
        out(flow.requests, flow.outside_request_size, "a call"),
    )
}
