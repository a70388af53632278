//! The day on which the program runs: the only look at a clock.

use std::time::{SystemTime, UNIX_EPOCH};

use weigh_core::time::Date;

use crate::output::Failure;

/// The day that was stated, or else today in UTC; `flag` is what states it.
pub(crate) fn today(stated: Option<Date>, flag: &str) -> Result<Date, Failure> {
    if let Some(stated) = stated {
        return Ok(stated);
    }
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map(|since| since.as_secs() / 86_400);
    let today = since.ok().and_then(Date::from_unix_days);
    today.ok_or_else(|| {
        Failure::with_help("the system's clock tells no day of this century", format!("{flag} says it"))
    })
}
