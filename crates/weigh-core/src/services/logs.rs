//! CloudWatch Logs: what the requests write, and a month of it kept.

use super::Flow;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the logs of a flow: ingested, and stored for one month, counted uncompressed.
///
/// # Errors
/// As [`Usage::add`].
pub fn meter(usage: &mut Usage, flow: &Flow) -> Result<(), NotExact> {
    let written = |unit| {
        let size = flow.log_size;
        Quantity::of(unit).times(flow.requests, "requests").times(size.gb(), format!("GB ({size} of log)"))
    };
    usage.add("cloudwatch/log-ingestion-gb", format!("Logs of {}", flow.component), written(Unit::Gb))?;
    let kept = written(Unit::GbMonths).times(1, "month kept");
    usage.add("cloudwatch/log-storage-gb-months", format!("Stored logs of {}", flow.component), kept)
}
