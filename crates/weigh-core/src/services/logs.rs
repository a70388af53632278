//! CloudWatch Logs: what the requests write, and a month of it kept.

use super::Flow;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the logs of a flow: ingested, and stored for one month, counted uncompressed.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::measure::Size;
/// use weigh_core::services::{Flow, logs};
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
/// logs::meter(&mut usage, &flow).unwrap();
/// assert_eq!(usage.lines()[0].price_id, "cloudwatch/log-ingestion-gb");
/// assert_eq!(usage.lines()[0].amount, 1.into());
/// ```
pub fn meter(usage: &mut Usage, flow: &Flow) -> Result<(), NotExact> {
    let written = |unit| {
        let size = flow.log_size;
        Quantity::of(unit).times(flow.requests, "requests").times(size.gb(), format!("GB ({size} of log)"))
    };
    usage.add("cloudwatch/log-ingestion-gb", format!("Logs of {}", flow.component), written(Unit::Gb))?;
    let kept = written(Unit::GbMonths).times(1, "month kept");
    usage.add("cloudwatch/log-storage-gb-months", format!("Stored logs of {}", flow.component), kept)
}
