//! API Gateway, HTTP API: a front door for functions, paid per request.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Flow;
use crate::measure::Size;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// HTTP API requests are metered in steps of 512 KB (API Gateway pricing page, read 2026-10).
const STEP: Size = Size::from_bytes(512 << 10);

/// Adds the requests of a flow, in steps of 512 KB of the larger of request and response.
///
/// # Errors
/// As [`Usage::add`].
pub fn meter(usage: &mut Usage, flow: &Flow) -> Result<(), NotExact> {
    if flow.internal {
        return Ok(());
    }
    let largest = flow.request_size.max(flow.response_size);
    let steps =
        (Decimal::from(largest.bytes()) / Decimal::from(STEP.bytes())).ceil().to_u64().unwrap_or(1).max(1);
    let mut quantity = Quantity::of(Unit::Requests).times(flow.requests, "requests");
    if steps > 1 {
        quantity = quantity.times(steps, "steps of 512 KB");
    }
    usage.add("api-gateway/http-requests", format!("HTTP API in front of {}", flow.component), quantity)
}
