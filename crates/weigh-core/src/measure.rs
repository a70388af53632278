//! Sizes, times, rates, shares and money as people write them: `2 GiB`, `120 ms`, `10_000/day`, `99.9 %`, `$200`.

mod change;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::money::{approximate, number};
use crate::time::Month;

pub use change::{Change, usd_or_number};

/// An amount of memory, disk or data in bytes.
///
/// AWS prices and limits count in powers of 1,024 and write them as KB, MB and GB; so a scenario may write either
/// spelling and means the same: `512 MB` is `512 MiB`. (AWS's price list: 10 TB = 10,240 GB.)
///
/// ```
/// use weigh_core::measure::Size;
/// let memory: Size = "2 GiB".parse().unwrap();
/// assert_eq!(memory, "2048 MB".parse().unwrap());
/// assert_eq!(memory.mib().to_string(), "2048");
/// assert_eq!(memory.to_string(), "2 GB");
/// assert!("2 apples".parse::<Size>().unwrap_err().contains("KB"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Size {
    bytes: u64,
}

impl Size {
    /// A size of so many bytes.
    #[must_use]
    pub const fn from_bytes(bytes: u64) -> Size {
        Size { bytes }
    }

    /// A size of so many MiB.
    #[must_use]
    pub const fn from_mib(mib: u32) -> Size {
        Size { bytes: mib as u64 * MIB }
    }

    /// How many steps of a size it takes, as what is billed by steps counts them: never less than one.
    ///
    /// ```
    /// use weigh_core::measure::Size;
    /// let step: Size = "512 KB".parse().unwrap();
    /// assert_eq!(Size::from_mib(1).in_steps(step), 2.into());
    /// assert_eq!(Size::from_bytes(0).in_steps(step), 1.into());
    /// ```
    #[must_use]
    pub fn in_steps(self, step: Size) -> Decimal {
        Decimal::from(self.bytes.div_ceil(step.bytes.max(1)).max(1))
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.bytes
    }

    /// The size in MiB, exactly.
    #[must_use]
    pub fn mib(self) -> Decimal {
        (Decimal::from(self.bytes) / Decimal::from(MIB)).normalize()
    }

    /// The size in GB of 2³⁰ bytes, exactly: the unit of AWS's prices.
    #[must_use]
    pub fn gb(self) -> Decimal {
        (Decimal::from(self.bytes) / Decimal::from(GIB)).normalize()
    }
}

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;
const TIB: u64 = 1 << 40;
/// The largest size that makes sense; with it, and with the most requests, no product leaves the range of decimals.
const LARGEST: u64 = TIB << 10;

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = [(TIB, "TB"), (GIB, "GB"), (MIB, "MB"), (KIB, "KB"), (1, "B")];
        let (unit, name) = scale.into_iter().find(|(unit, _)| self.bytes >= *unit).unwrap_or((1, "B"));
        write!(f, "{} {name}", number(Decimal::from(self.bytes) / Decimal::from(unit), 2))
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Size, String> {
        let (amount, unit) = amount_and_unit(text);
        let bytes = match unit.to_lowercase().as_str() {
            "b" | "byte" | "bytes" => 1,
            "kb" | "kib" => KIB,
            "mb" | "mib" => MIB,
            "gb" | "gib" => GIB,
            "tb" | "tib" => TIB,
            _ => return Err(wrong(text, "size", "B, KB, MB, GB or TB", "\"2 GiB\" or \"512 MB\"")),
        };
        let amount = amount.map_err(|why| format!("`{text}`: {why}"))?;
        let bytes = amount.checked_mul(Decimal::from(bytes)).and_then(|bytes| bytes.round().to_u64());
        let bytes = bytes.filter(|bytes| *bytes <= LARGEST);
        bytes.map(Size::from_bytes).ok_or_else(|| format!("`{text}` is too large: at most 1,024 TB"))
    }
}

/// Reads a span of time such as `120 ms`, `1.5 s`, `15 min` or `2 h`.
///
/// # Errors
/// What is wrong and what is allowed, in words.
///
/// ```
/// use std::time::Duration;
/// use weigh_core::measure::duration;
/// assert_eq!(duration("120 ms").unwrap(), Duration::from_millis(120));
/// assert!(duration("120").unwrap_err().contains("ms, s, min"));
/// ```
pub fn duration(text: &str) -> Result<Duration, String> {
    let (amount, unit) = amount_and_unit(text);
    let nanos: u64 = match unit {
        "us" | "µs" => 1_000,
        "ms" => 1_000_000,
        "s" | "sec" | "second" | "seconds" => 1_000_000_000,
        "min" | "minute" | "minutes" => 60_000_000_000,
        "h" | "hour" | "hours" => 3_600_000_000_000,
        "d" | "day" | "days" => 86_400_000_000_000,
        _ => return Err(wrong(text, "time", "ms, s, min, h or days", "\"120 ms\" or \"15 min\"")),
    };
    let amount = amount.map_err(|why| format!("`{text}`: {why}"))?;
    let nanos = amount.checked_mul(Decimal::from(nanos)).and_then(|nanos| nanos.round().to_u64());
    nanos.map(Duration::from_nanos).ok_or_else(|| format!("`{text}` is too long"))
}

/// The seconds of a span of time, exactly.
///
/// ```
/// use std::time::Duration;
/// use weigh_core::measure::seconds;
/// assert_eq!(seconds(Duration::from_millis(1_500)).to_string(), "1.5");
/// ```
#[must_use]
pub fn seconds(span: Duration) -> Decimal {
    let nanos = i64::try_from(span.as_nanos()).unwrap_or(i64::MAX);
    Decimal::new(nanos, 9).normalize()
}

/// A span of time as it is read: `120 ms`, `1.5 s`, `15 min`.
///
/// ```
/// use std::time::Duration;
/// use weigh_core::measure::show_duration;
/// assert_eq!(show_duration(Duration::from_millis(1880)), "1.88 s");
/// assert_eq!(show_duration(Duration::from_secs(900)), "15 min");
/// ```
#[must_use]
pub fn show_duration(span: Duration) -> String {
    let whole = |unit_s: u64| span.subsec_nanos() == 0 && span.as_secs().is_multiple_of(unit_s);
    let (unit, name) = match span.as_secs() {
        0 => (Decimal::new(1, 3), "ms"),
        3_600.. if whole(3_600) => (Decimal::from(3_600), "h"),
        120.. if whole(60) => (Decimal::from(60), "min"),
        _ => (Decimal::ONE, "s"),
    };
    format!("{} {name}", number(seconds(span) / unit, 2))
}

/// The span of time over which a rate counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// One second.
    Second,
    /// One minute.
    Minute,
    /// One hour.
    Hour,
    /// 24 hours.
    Day,
    /// Seven days.
    Week,
    /// The billed month, however many hours the scenario gives it; of some days of it, their share.
    Month,
}

/// So many requests in each period.
///
/// ```
/// use weigh_core::measure::Rate;
/// use weigh_core::time::Month;
/// let rate: Rate = "10_000/day".parse().unwrap();
/// assert_eq!(rate.per_month("2026-04".parse().unwrap()).to_string(), "300000");
/// let monthly: Rate = "300_000/month".parse().unwrap();
/// assert_eq!(monthly.per_month(Month::Average).to_string(), "300000");
/// assert!("10_000 a fortnight".parse::<Rate>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub count: Decimal,
    /// In what time.
    pub per: Period,
}

impl Rate {
    /// Requests in a month of that many hours; exact where the division ends, else to 28 digits.
    #[must_use]
    pub fn per_month(self, month: Month) -> Decimal {
        let hours = month.hours_exact();
        let periods = match self.per {
            Period::Second => month.seconds_exact(),
            Period::Minute => hours * Decimal::from(60),
            Period::Hour => hours,
            Period::Day => return (self.count * hours / Decimal::from(24)).normalize(),
            Period::Week => return (self.count * hours / Decimal::from(168)).normalize(),
            Period::Month if month.is_partial() => {
                return (self.count * hours / month.whole().hours_exact()).normalize();
            }
            Period::Month => Decimal::ONE,
        };
        (self.count * periods).normalize()
    }

    /// Requests in a second, averaged over the month: the arrival rate of queueing.
    #[must_use]
    pub fn per_second(self, month: Month) -> f64 {
        approximate(self.per_month(month)) / approximate(month.seconds_exact())
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = match self.per {
            Period::Second => "s",
            Period::Minute => "minute",
            Period::Hour => "hour",
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
        };
        write!(f, "{}/{period}", number(self.count, 4))
    }
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Rate, String> {
        let allowed = "s, minute, hour, day, week or month";
        let refused = || wrong(text, "rate", allowed, "\"10_000/day\" or \"3.5/s\"");
        let (count, period) = text.split_once('/').ok_or_else(refused)?;
        let per = match period.trim() {
            "s" | "sec" | "second" => Period::Second,
            "min" | "minute" => Period::Minute,
            "h" | "hour" => Period::Hour,
            "d" | "day" => Period::Day,
            "week" => Period::Week,
            "month" => Period::Month,
            _ => return Err(refused()),
        };
        let count = decimal(count.trim()).map_err(|why| format!("`{text}`: {why}"))?;
        let (least, most) = (Decimal::new(1, 6), Decimal::from(1_000_000_000_000_u64));
        if count > most {
            Err(format!("`{text}` is more than {most} requests"))
        } else if count < least && !count.is_zero() {
            Err(format!("`{text}` is less than {least} requests"))
        } else {
            Ok(Rate { count, per })
        }
    }
}

/// Reads a share such as `99.9 %` or `0.999`; 0 to 1.
///
/// # Errors
/// What is wrong and what is allowed, in words.
///
/// ```
/// use weigh_core::measure::share;
/// assert_eq!(share("99.9 %").unwrap(), share("0.999").unwrap());
/// assert!(share("120 %").unwrap_err().contains("more than the whole"));
/// ```
pub fn share(text: &str) -> Result<Decimal, String> {
    let value = match text.strip_suffix('%') {
        Some(percent) => decimal(percent.trim()).map(|percent| percent / Decimal::ONE_HUNDRED),
        None => decimal(text.trim()),
    };
    let value = value.map_err(|why| format!("`{text}`: {why}"))?;
    if value > Decimal::ONE {
        return Err(format!("`{text}` is more than the whole: a share is 0 to 1, or \"0 %\" to \"100 %\""));
    }
    Ok(value.normalize())
}

/// Reads dollars such as `$200` or `200 USD`.
///
/// # Errors
/// What is wrong and what is allowed, in words.
///
/// ```
/// use weigh_core::measure::usd;
/// assert_eq!(usd("$1,200.50").unwrap(), usd("1200.5 USD").unwrap());
/// assert!(usd("200").is_err());
/// ```
pub fn usd(text: &str) -> Result<Decimal, String> {
    let bare = text.trim();
    let stripped =
        bare.strip_prefix('$').or_else(|| bare.strip_suffix("USD")).or_else(|| bare.strip_suffix("usd"));
    let amount =
        stripped.ok_or_else(|| wrong(text, "sum of money", "US dollars", "\"$200\" or \"200 USD\""))?;
    decimal(amount.trim()).map_err(|why| format!("`{text}`: {why}"))
}

/// Reads a plain decimal of 0 or more; `_` and `,` may separate thousands.
///
/// # Errors
/// NaN, infinities, negative numbers, more than 28 digits, and what is no number.
///
/// ```
/// use weigh_core::measure::decimal;
/// assert_eq!(decimal("10_000").unwrap(), 10_000.into());
/// assert_eq!(decimal("-1").unwrap_err(), "it can't be negative");
/// ```
pub fn decimal(text: &str) -> Result<Decimal, String> {
    let plain: String = text.chars().filter(|c| !matches!(c, '_' | ',')).collect();
    if plain.starts_with('-') {
        return Err("it can't be negative".to_owned());
    }
    let digits = plain.strip_prefix('+').unwrap_or(&plain);
    let read = if digits.contains(['e', 'E']) {
        Decimal::from_scientific(digits)
    } else {
        Decimal::from_str_exact(digits)
    };
    match read {
        Ok(value) => Ok(value),
        Err(_) if digits.eq_ignore_ascii_case("nan") => {
            Err("NaN is no number that can be weighed".to_owned())
        }
        Err(_) if digits.to_lowercase().starts_with("inf") => Err("infinity can't be weighed".to_owned()),
        Err(_) => Err(format!("`{text}` is no number of at most 28 digits")),
    }
}

/// Splits `1.5 GiB` into its number and its unit.
fn amount_and_unit(text: &str) -> (Result<Decimal, String>, &str) {
    let text = text.trim();
    let at = text.find(|c: char| c.is_alphabetic() || c == 'µ').unwrap_or(text.len());
    let (amount, unit) = text.split_at(at);
    (decimal(amount.trim()), unit.trim())
}

fn wrong(text: &str, what: &str, units: &str, example: &str) -> String {
    format!("`{text}` is no {what}: a number and its unit ({units}), such as {example}")
}

#[cfg(test)]
mod tests;
