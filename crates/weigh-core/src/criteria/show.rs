//! Measured values as readers want them.

use rust_decimal::prelude::ToPrimitive;

use crate::measure::Size;
use crate::money::exact;

/// Seconds as `140 ms` or `6.02 s`.
///
/// ```
/// use weigh_core::criteria::show_seconds;
/// assert_eq!([0.14, 6.021, 120.0].map(show_seconds), ["140 ms", "6.02 s", "120 s"]);
/// ```
#[must_use]
pub fn show_seconds(value: f64) -> String {
    match value {
        value if value < 0.9995 => format!("{:.0} ms", value * 1_000.0),
        value if value < 99.95 => format!("{value:.2} s"),
        value => format!("{value:.0} s"),
    }
}

/// A share as a percentage with as many digits as tell it from 0 and from 100 %: `0.03 %`, `99.98 %`.
///
/// ```
/// use weigh_core::criteria::show_share;
/// assert_eq!(show_share(0.0), "0 %");
/// assert_eq!(show_share(0.01234), "1.23 %");
/// assert_eq!(show_share(0.9998), "99.98 %");
/// assert_eq!(show_share(0.0000021), "0.00021 %");
/// ```
#[must_use]
pub fn show_share(value: f64) -> String {
    let Ok(percent) = exact(value * 100.0, "share") else { return "unknown".to_owned() };
    let gap = value.min(1.0 - value).abs() * 100.0;
    let places = if gap > 1e-9 && gap < 0.01 { 5 } else { 2 };
    format!("{} %", percent.round_dp(places).normalize())
}

/// The next multiple of a last digit, not below the value or not above it, so that what is said of it holds; a value that is one
/// but for rounding stays.
pub(crate) fn whole(value: f64, last_digit: f64, up: bool) -> f64 {
    let units = value / last_digit;
    last_digit * if up { libm::ceil(units - 1e-9) } else { libm::floor(units + 1e-9) }
}

/// What the last digit of [`show_seconds`] counts, in seconds.
pub(crate) fn last_digit_of_seconds(value: f64) -> f64 {
    match value {
        value if value < 0.9995 => 1e-3,
        value if value < 99.95 => 1e-2,
        _ => 1.0,
    }
}

/// What the last digit of [`show_share`] counts, as a share.
pub(super) fn last_digit_of_share(value: f64) -> f64 {
    let gap = value.min(1.0 - value).abs() * 100.0;
    if gap > 1e-9 && gap < 0.01 { 1e-7 } else { 1e-4 }
}

/// What sizes are rounded to for readers, in bytes: a hundredth of their power of ten.
pub(super) fn last_digit_of_size(value: f64) -> f64 {
    libm::exp10(libm::floor(libm::log10(value.max(100.0))) - 2.0)
}

/// Bytes as `6 MB`.
pub(super) fn show_size(value: f64) -> String {
    let bytes = exact(value, "size").ok().and_then(|exact| exact.round().to_u64());
    bytes.map_or_else(|| "unknown".to_owned(), |bytes| Size::from_bytes(bytes).to_string())
}
