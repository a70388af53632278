//! Uploads through S3: a client puts what is too large for a request into a bucket, by a presigned URL.

use rust_decimal::Decimal;

use super::Flow;
use crate::measure::Size;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the bucket's requests for each request of a flow that is larger than `most`, put once and read once, and a day of
/// storage: a lifecycle rule that deletes after a day is the shortest there is.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::measure::Size;
/// use weigh_core::services::{Flow, uploads};
/// use weigh_core::usage::Usage;
/// let flow = Flow {
///     component: "api".to_owned(),
///     kind: "upload".to_owned(),
///     requests: 1_024.into(),
///     internal: false,
///     through_cdn: false,
///     request_size: "10 MB".parse().unwrap(),
///     response_size: "1 KB".parse().unwrap(),
///     log_size: "1 KB".parse().unwrap(),
///     outside_request_size: "0 B".parse().unwrap(),
///     outside_response_size: "0 B".parse().unwrap(),
/// };
/// let mut usage = Usage::default();
/// uploads::meter(&mut usage, &flow, "6 MB".parse().unwrap(), 730.into()).unwrap();
/// let shown: Vec<_> = usage.lines().iter().map(|line| (line.price_id.as_str(), line.amount.round().to_string())).collect();
/// assert_eq!(shown[0], ("s3/put-requests", "1024".to_owned()));
/// assert_eq!(shown[2], ("s3/standard-storage-gb-months", "0".to_owned())); // 10 GB for a day
/// assert_eq!(usage.lines().len(), 3);
/// ```
pub fn meter(usage: &mut Usage, flow: &Flow, most: Size, hours: Decimal) -> Result<(), NotExact> {
    if flow.internal || flow.request_size <= most {
        return Ok(());
    }
    let uploads = |unit| Quantity::of(unit).times(flow.requests, "uploads");
    let name = flow.name();
    usage.add("s3/put-requests", format!("Uploads of {name} to S3"), uploads(Unit::Requests))?;
    usage.add("s3/get-requests", format!("Uploads of {name}, read"), uploads(Unit::Requests))?;
    let day = (Decimal::from(24) / hours).round_dp(9);
    let kept = uploads(Unit::GbMonths).times(flow.request_size.gb(), "GB").times(day, "months (a day)");
    usage.add("s3/standard-storage-gb-months", format!("Uploads of {name}, kept for a day"), kept)
}
