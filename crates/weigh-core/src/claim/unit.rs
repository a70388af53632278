//! The units in which documents state figures, and how many base units one of them is.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::figure::Figure;

/// What a unit measures, and in what base unit figures of that kind are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// US dollars a month.
    MoneyPerMonth,
    /// US dollars, once.
    Money,
    /// US dollars for one of something: a rate. What for stands in [`ClaimUnit::per`].
    Price,
    /// Percent.
    Percent,
    /// Seconds.
    Time,
    /// Hours a month.
    TimePerMonth,
    /// MiB.
    Size,
    /// vCPU.
    Vcpu,
    /// Requests a day.
    Rate,
    /// A number of things.
    Count,
}

/// A unit as a document writes it.
///
/// A month has 730 hours, a year twelve months; sizes count in powers of 1,024, as AWS's prices and limits do.
///
/// ```
/// use weigh_core::claim::{ClaimUnit, Dimension};
/// let year: ClaimUnit = "USD/year".parse().unwrap();
/// assert_eq!(year.dimension, Dimension::MoneyPerMonth);
/// assert_eq!(year.from_base("10".parse().unwrap()).to_string(), "120");
/// let units: ClaimUnit = "CPU units".parse().unwrap();
/// assert_eq!(units.from_base("1.5".parse().unwrap()).to_string(), "1536");
/// assert_eq!("tasks".parse::<ClaimUnit>().unwrap().dimension, Dimension::Count);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimUnit {
    /// As it is written.
    pub text: String,
    /// What it measures.
    pub dimension: Dimension,
    /// Of a price, what it is for: `vCPU-hour`; of a count, what is counted: `tasks`; else empty.
    pub per: String,
    /// How many of it make how many base units: the two are equal amounts, so that no quotient is rounded.
    ratio: (Decimal, Decimal),
}

/// Units with how many of them are how many base units.
type Row = (&'static [&'static str], Dimension, i64, i64);

const ROWS: &[Row] = &[
    (&["usd/month", "$/month", "usd/mo"], Dimension::MoneyPerMonth, 1, 1),
    (&["usd/year", "$/year"], Dimension::MoneyPerMonth, 12, 1),
    (&["usd/day", "$/day"], Dimension::MoneyPerMonth, 24, 730),
    (&["usd", "$"], Dimension::Money, 1, 1),
    (&["%", "percent"], Dimension::Percent, 1, 1),
    (&["us"], Dimension::Time, 1_000_000, 1),
    (&["ms"], Dimension::Time, 1_000, 1),
    (&["s", "second", "seconds"], Dimension::Time, 1, 1),
    (&["min", "minute", "minutes"], Dimension::Time, 1, 60),
    (&["h", "hour", "hours"], Dimension::Time, 1, 3_600),
    (&["day", "days"], Dimension::Time, 1, 86_400),
    (&["week", "weeks"], Dimension::Time, 1, 604_800),
    (&["month", "months"], Dimension::Time, 1, 2_628_000),
    (&["year", "years"], Dimension::Time, 1, 31_536_000),
    (&["h/month", "hours/month"], Dimension::TimePerMonth, 1, 1),
    (&["h/day", "hours/day"], Dimension::TimePerMonth, 24, 730),
    (&["b", "bytes"], Dimension::Size, 1_048_576, 1),
    (&["kb", "kib"], Dimension::Size, 1_024, 1),
    (&["mb", "mib"], Dimension::Size, 1, 1),
    (&["gb", "gib"], Dimension::Size, 1, 1_024),
    (&["tb", "tib"], Dimension::Size, 1, 1_048_576),
    (&["vcpu"], Dimension::Vcpu, 1, 1),
    (&["cpu units", "cpu unit"], Dimension::Vcpu, 1_024, 1),
    (&["requests/day", "queries/day", "req/day"], Dimension::Rate, 1, 1),
    (&["requests/month", "queries/month", "req/month"], Dimension::Rate, 730, 24),
    (&["requests/hour", "req/hour"], Dimension::Rate, 1, 24),
    (&["requests/s", "req/s", "rps"], Dimension::Rate, 1, 86_400),
];

impl ClaimUnit {
    /// An amount of base units in this unit.
    #[must_use]
    pub fn from_base(&self, amount: Decimal) -> Decimal {
        let (own, base) = self.ratio;
        (amount * own / base).normalize()
    }

    /// An amount of this unit in base units.
    ///
    /// ```
    /// use weigh_core::claim::ClaimUnit;
    /// let gigabytes: ClaimUnit = "GB".parse().unwrap();
    /// assert_eq!(gigabytes.to_base(2.into()), 2_048.into());
    /// ```
    #[must_use]
    pub fn to_base(&self, amount: Decimal) -> Decimal {
        let (own, base) = self.ratio;
        (amount * base / own).normalize()
    }

    /// A figure of another unit in this one; nothing where they measure different things.
    ///
    /// ```
    /// use weigh_core::claim::{ClaimUnit, Figure};
    /// let unit = |text: &str| text.parse::<ClaimUnit>().unwrap();
    /// let annual = unit("USD/year").from(&"10..20".parse().unwrap(), &unit("USD/month"));
    /// assert_eq!(annual.unwrap().to_string(), "120 to 240");
    /// assert!(unit("GB").from(&Figure::of(1.into()), &unit("s")).is_none());
    /// ```
    #[must_use]
    pub fn from(&self, figure: &Figure, other: &ClaimUnit) -> Option<Figure> {
        let same = self.dimension == other.dimension && self.per == other.per;
        same.then(|| figure.map(|end| self.from_base(other.to_base(end))))
    }
}

impl fmt::Display for ClaimUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for ClaimUnit {
    type Err = String;

    fn from_str(text: &str) -> Result<ClaimUnit, String> {
        let text = text.trim();
        let lower = text.to_lowercase();
        let unit = |dimension, per: &str, own: i64, base: i64| ClaimUnit {
            text: text.to_owned(),
            dimension,
            per: per.to_owned(),
            ratio: (own.into(), base.into()),
        };
        if let Some((_, dimension, own, base)) = ROWS.iter().find(|(words, ..)| words.contains(&&*lower)) {
            return Ok(unit(*dimension, "", *own, *base));
        }
        if let Some(per) = lower.strip_prefix("usd/").or_else(|| lower.strip_prefix("$/")) {
            return match per.trim() {
                "" => Err(format!("`{text}` does not say what the price is for, such as USD/month")),
                per => Ok(unit(Dimension::Price, per, 1, 1)),
            };
        }
        match lower.chars().any(char::is_alphabetic) || lower.starts_with('/') {
            true => Ok(unit(Dimension::Count, &lower, 1, 1)),
            false => Err(format!("`{text}` is no unit, such as USD/month, %, s, GB or tasks")),
        }
    }
}
