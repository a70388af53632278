//! CloudWatch Logs: what the requests write, and how long it is kept.

use std::time::Duration;

use rust_decimal::Decimal;

use super::Flow;
use crate::measure::{seconds, show_duration};
use crate::money::NotExact;
use crate::time::Month;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the logs of a flow: ingested, and stored, counted uncompressed.
///
/// What is kept for longer or shorter than a month is counted in the steady state, in which as much is deleted as comes:
/// `retention / month` times what a month writes.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use std::time::Duration;
/// use weigh_core::measure::Size;
/// use weigh_core::services::{Flow, logs};
/// use weigh_core::time::Month;
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
/// logs::meter(&mut usage, &flow, None, Month::Average).unwrap();
/// assert_eq!(usage.lines()[0].price_id, "cloudwatch/log-ingestion-gb");
/// assert_eq!((usage.lines()[0].amount, usage.lines()[1].amount), (1.into(), 1.into()));
/// let quarter = Some(Duration::from_secs(3 * 730 * 3_600));
/// logs::meter(&mut usage, &flow, quarter, Month::Average).unwrap();
/// assert_eq!(usage.lines()[3].amount, 3.into()); // GB-months of three months of logs
/// ```
pub fn meter(
    usage: &mut Usage,
    flow: &Flow,
    retention: Option<Duration>,
    month: Month,
) -> Result<(), NotExact> {
    let written = |unit| {
        let size = flow.log_size;
        Quantity::of(unit).times(flow.requests, "requests").times(size.gb(), format!("GB ({size} of log)"))
    };
    usage.add("cloudwatch/log-ingestion-gb", format!("Logs of {}", flow.name()), written(Unit::Gb))?;
    let kept = match retention {
        None => written(Unit::GbMonths).times(1, "month kept"),
        Some(time) => {
            let months: Decimal = (seconds(time) / month.whole().seconds_exact()).round_dp(6);
            written(Unit::GbMonths).times(months, format!("months kept ({})", show_duration(time)))
        }
    };
    usage.add("cloudwatch/log-storage-gb-months", format!("Stored logs of {}", flow.name()), kept)
}
