//! What changes a month's traffic: bursts move it within the month; a launch, growth and seasons add to it.

use std::fmt;
use std::time::Duration;

use rust_decimal::Decimal;

use super::Traffic;
use super::zone::{DAY, Zone};
use crate::measure::{Period, seconds, show_duration};
use crate::money::{approximate, number};
use crate::time::Month;

/// Nanoseconds of a minute.
const MINUTE_NS: u128 = 60_000_000_000;

/// A time in which the rate is a multiple of what it would be, again and again; the month's requests stay the same.
///
/// The first burst begins with the month. Rates are means over a minute, so that a burst of 10 s raises its minute by a
/// sixth of what it raises the rate.
///
/// ```
/// use std::time::Duration;
/// use weigh_core::traffic::Burst;
/// let burst = Burst::new(20.into(), Duration::from_secs(300), Duration::from_secs(21_600)).unwrap();
/// assert_eq!(burst.to_string(), "20 × for 5 min every 6 h");
/// assert!(Burst::new(20.into(), Duration::from_secs(300), Duration::from_secs(300)).is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Burst {
    factor: Decimal,
    length: Duration,
    every: Duration,
}

impl Burst {
    /// A burst of a factor above 0 and at most a million; it is shorter than the time from one to the next, which is a
    /// second at least.
    ///
    /// # Errors
    /// Which of them is out of bounds, in words.
    pub fn new(factor: Decimal, length: Duration, every: Duration) -> Result<Burst, String> {
        if factor <= Decimal::ZERO || factor > Decimal::from(1_000_000) {
            return Err(format!("a factor of {factor}: it is above 0 and at most 1000000"));
        }
        if every < Duration::from_secs(1) {
            return Err(format!(
                "a burst every {}: bursts are a second apart at least",
                show_duration(every)
            ));
        }
        if length >= every {
            let (length, every) = (show_duration(length), show_duration(every));
            return Err(format!("a burst of {length} every {every} never ends"));
        }
        Ok(Burst { factor, length, every })
    }

    /// Whether it is shorter than a minute, over which its requests are then spread.
    pub(super) fn is_spread(&self) -> bool {
        self.length < Duration::from_secs(60)
    }

    /// The mean factor of each minute, multiplied into weights.
    pub(super) fn multiply(&self, weights: &mut [f64]) {
        let (length_ns, every_ns) = (self.length.as_nanos(), self.every.as_nanos());
        // Time spent in bursts from the month's start on.
        let within = |at_ns: u128| at_ns / every_ns * length_ns + (at_ns % every_ns).min(length_ns);
        let more = approximate(self.factor) - 1.0;
        let mut before = 0;
        for (end_ns, weight) in (1..).map(|minute: u128| within(minute * MINUTE_NS)).zip(weights) {
            #[allow(clippy::cast_precision_loss, reason = "at most a minute of nanoseconds")]
            let share = (end_ns - before) as f64 / MINUTE_NS as f64;
            *weight *= 1.0 + more * share;
            before = end_ns;
        }
    }
}

impl fmt::Display for Burst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (length, every) = (show_duration(self.length), show_duration(self.every));
        write!(f, "{} × for {length} every {every}", number(self.factor, 4))
    }
}

/// A launch: from 00:00 of a day on, `(factor - 1)` × the mean rate comes on top, for a time.
///
/// What lies outside the month is left out.
///
/// ```
/// use std::time::Duration;
/// use weigh_core::traffic::Launch;
/// let launch = Launch::new(10.into(), Duration::from_secs(2 * 86_400), 5).unwrap();
/// assert_eq!(launch.to_string(), "10 × for 48 h from day 5");
/// assert!(Launch::new(0.into(), Duration::from_secs(60), 5).is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Launch {
    factor: Decimal,
    length: Duration,
    on_day: u32,
}

impl Launch {
    /// A launch of a factor from 1 to a million, on a day of the month from 1 to 31.
    ///
    /// # Errors
    /// Which of them is out of bounds, in words.
    pub fn new(factor: Decimal, length: Duration, on_day: u32) -> Result<Launch, String> {
        if factor < Decimal::ONE || factor > Decimal::from(1_000_000) {
            return Err(format!("a launch of {factor} ×: it brings more, from 1 to 1000000 ×"));
        }
        if !(1..=31).contains(&on_day) {
            return Err(format!("day {on_day}: a month has days 1 to 31"));
        }
        Ok(Launch { factor, length, on_day })
    }

    /// Whether any of it falls into the month.
    #[must_use]
    pub fn falls_into(&self, month: Month, zone: &Zone) -> bool {
        let (from_s, to_s) = self.span_s(month, zone);
        to_s > from_s
    }

    /// Where it begins and ends, in seconds of the month, within the month.
    fn span_s(&self, month: Month, zone: &Zone) -> (Decimal, Decimal) {
        // A month of which some days count begins with the first of them.
        let before = month.first_day().map_or(0, |day| i64::from(day.day()) - 1);
        let local_minute = (i64::from(self.on_day) - 1 - before) * i64::from(DAY);
        let offsets = zone.offsets(month);
        let ends = offsets.iter().skip(1).map(|(from, _)| i64::from(*from)).chain([i64::MAX]);
        let starts =
            offsets.iter().zip(ends).map(|((_, offset), end)| (local_minute - i64::from(*offset), end));
        let start_minute =
            starts.clone().find(|(minute, end)| minute < end).map_or(local_minute, |(minute, _)| minute);
        let start_s = Decimal::from(start_minute * 60);
        let within = |at_s: Decimal| at_s.clamp(Decimal::ZERO, month.seconds_exact());
        (within(start_s), within(start_s + seconds(self.length)))
    }

    /// The share of the month's other requests that comes on top: `(factor - 1) × length / month`.
    pub(super) fn share(&self, month: Month, zone: &Zone) -> Decimal {
        let (from_s, to_s) = self.span_s(month, zone);
        (self.factor - Decimal::ONE) * (to_s - from_s) / month.seconds_exact()
    }

    /// What comes on top in each minute, for a mean rate, added to rates.
    pub(super) fn add(&self, rates_per_s: &mut [f64], mean_per_s: f64, month: Month, zone: &Zone) {
        let (from_s, to_s) = self.span_s(month, zone);
        let (from_s, to_s) = (approximate(from_s), approximate(to_s));
        let more_per_s = approximate(self.factor - Decimal::ONE) * mean_per_s;
        for (minute, rate) in (0_u32..).zip(rates_per_s) {
            let start_s = f64::from(minute) * 60.0;
            let inside_s = to_s.min(start_s + 60.0) - from_s.max(start_s);
            *rate += more_per_s * inside_s.max(0.0) / 60.0;
        }
    }
}

impl fmt::Display for Launch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = show_duration(self.length);
        write!(f, "{} × for {length} from day {}", number(self.factor, 4), self.on_day)
    }
}

/// Growth from month to month: after so many months the rate is `(1 + share)^months` × what it is now.
///
/// ```
/// use weigh_core::traffic::Growth;
/// let growth = Growth::new("0.05".parse().unwrap(), 6).unwrap();
/// assert_eq!(growth.to_string(), "grown 5 % a month for 6 months");
/// assert_eq!(growth.factor().unwrap().to_string(), "1.340095640625");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    share: Decimal,
    months: u32,
}

impl Growth {
    /// The most months ahead: ten years.
    pub const MOST_MONTHS: u32 = 120;

    /// Growth of a share from 0 to 1 a month, over at most [`Growth::MOST_MONTHS`].
    ///
    /// # Errors
    /// Which of them is out of bounds, in words.
    pub fn new(share: Decimal, months: u32) -> Result<Growth, String> {
        if !(Decimal::ZERO..=Decimal::ONE).contains(&share) {
            return Err(format!("a growth of {share}: it is a share of 0 to 1 a month"));
        }
        if months > Growth::MOST_MONTHS {
            return Err(format!("{months} months ahead: at most {}", Growth::MOST_MONTHS));
        }
        Ok(Growth { share, months })
    }

    /// `(1 + share)^months`; nothing when no decimal can hold it.
    #[must_use]
    pub fn factor(self) -> Option<Decimal> {
        let each = Decimal::ONE + self.share;
        (0..self.months)
            .try_fold(Decimal::ONE, |factor, _| factor.checked_mul(each))
            .map(|factor| factor.normalize())
    }

    /// Months from now until it has made `factor` of 1; nothing where it never does within [`Growth::MOST_MONTHS`].
    ///
    /// ```
    /// use weigh_core::traffic::Growth;
    /// let growth = Growth::new("0.2".parse().unwrap(), 0).unwrap();
    /// assert_eq!((growth.months_until(1.into()), growth.months_until(2.into())), (Some(0), Some(4)));
    /// assert_eq!(Growth::new(0.into(), 0).unwrap().months_until(2.into()), None);
    /// ```
    #[must_use]
    pub fn months_until(self, factor: Decimal) -> Option<u32> {
        let each = Decimal::ONE + self.share;
        let mut reached = Decimal::ONE;
        for months in 0..=Growth::MOST_MONTHS {
            if reached >= factor {
                return Some(months);
            }
            reached = reached.checked_mul(each)?;
        }
        None
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = number(self.share * Decimal::ONE_HUNDRED, 4);
        if self.months == 0 {
            return write!(f, "growing {percent} % a month from now");
        }
        let plural = if self.months == 1 { "" } else { "s" };
        write!(f, "grown {percent} % a month for {} month{plural}", self.months)
    }
}

/// A calendar month that has so many times the usual traffic.
///
/// ```
/// use weigh_core::traffic::Season;
/// let season = Season::new("2026-12".parse().unwrap(), 2.into()).unwrap();
/// assert_eq!(season.to_string(), "2 × in 2026-12");
/// assert!(Season::new("730h".parse().unwrap(), 2.into()).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Season {
    month: Month,
    factor: Decimal,
}

impl Season {
    /// A season of a calendar month, with a factor above 0 and at most a million.
    ///
    /// # Errors
    /// The month of 730 hours, a part of a month, and a factor out of bounds.
    pub fn new(month: Month, factor: Decimal) -> Result<Season, String> {
        if month == Month::Average {
            return Err("the month of 730 hours is no calendar month".to_owned());
        }
        if month.is_partial() {
            return Err("a season is that of a whole calendar month".to_owned());
        }
        if factor <= Decimal::ZERO || factor > Decimal::from(1_000_000) {
            return Err(format!("a factor of {factor}: it is above 0 and at most 1000000"));
        }
        Ok(Season { month, factor })
    }

    /// The month that has the season.
    #[must_use]
    pub fn month(&self) -> Month {
        self.month
    }

    /// How many times the usual traffic it has.
    #[must_use]
    pub fn factor(&self) -> Decimal {
        self.factor
    }
}

impl fmt::Display for Season {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = self.month.to_string();
        let name = month.split(' ').next().unwrap_or_default();
        write!(f, "{} × in {name}", number(self.factor, 4))
    }
}

impl Traffic {
    /// The growth from month to month, where there is any.
    #[must_use]
    pub fn growth(&self) -> Option<Growth> {
        self.plan.growth
    }

    /// Months from now until growth has brought so many requests a month, by the month that is weighed; nothing without
    /// growth, or where it takes more than [`Growth::MOST_MONTHS`].
    ///
    /// ```
    /// use weigh_core::{time::Month, traffic::{Growth, Traffic}};
    /// let traffic = Traffic::steady("1_000/day".parse().unwrap());
    /// let growing = traffic.clone().with_growth(Growth::new("0.1".parse().unwrap(), 0).unwrap());
    /// let ten_thousand_a_day = Traffic::steady("10_000/day".parse().unwrap()).requests(Month::Average);
    /// assert_eq!(growing.months_until(ten_thousand_a_day, Month::Average), Some(25));
    /// assert_eq!(traffic.months_until(ten_thousand_a_day, Month::Average), None);
    /// ```
    #[must_use]
    pub fn months_until(&self, requests: Decimal, month: Month) -> Option<u32> {
        let growth = self.plan.growth?;
        let now = self.requests(month).checked_div(growth.factor()?)?;
        growth.months_until(requests.checked_div(now)?)
    }

    /// What other months have otherwise than the one that is weighed: `growth`, `a launch`, `seasons`.
    ///
    /// ```
    /// use weigh_core::traffic::{Growth, Traffic};
    /// let steady = Traffic::steady("1/s".parse().unwrap());
    /// assert!(steady.once_or_seldom().is_empty());
    /// let grown = steady.with_growth(Growth::new("0.05".parse().unwrap(), 6).unwrap());
    /// assert_eq!(grown.once_or_seldom(), ["growth"]);
    /// ```
    #[must_use]
    pub fn once_or_seldom(&self) -> Vec<&'static str> {
        let super::Plan { growth, launch, seasons, .. } = &self.plan;
        let stated = [
            (growth.is_some(), "growth"),
            (launch.is_some(), "the launch"),
            (!seasons.is_empty(), "the season"),
        ];
        stated.into_iter().filter_map(|(stated, what)| stated.then_some(what)).collect()
    }
    /// The day of the launch, where none of it falls into the month.
    ///
    /// ```
    /// use std::time::Duration;
    /// use weigh_core::traffic::{Launch, Traffic};
    /// let launch = Launch::new(10.into(), Duration::from_secs(86_400), 31).unwrap();
    /// let traffic = Traffic::steady("1/s".parse().unwrap()).with_launch(launch);
    /// assert_eq!(traffic.launch_outside("2026-04".parse().unwrap()), Some(31));
    /// assert_eq!(traffic.launch_outside("2026-05".parse().unwrap()), None);
    /// ```
    #[must_use]
    pub fn launch_outside(&self, month: Month) -> Option<u32> {
        let launch = self.plan.launch.as_ref()?;
        (!launch.falls_into(month, &self.plan.zone)).then_some(launch.on_day)
    }

    /// Whether the requests are stated for a month, and not for a second, a minute, an hour, a day or a week.
    ///
    /// ```
    /// use weigh_core::traffic::Traffic;
    /// let is_monthly = |rate: &str| Traffic::steady(rate.parse().unwrap()).is_stated_by_month();
    /// assert!(is_monthly("300_000/month") && !is_monthly("10_000/day"));
    /// ```
    #[must_use]
    pub fn is_stated_by_month(&self) -> bool {
        match &self.plan.source {
            super::Source::Rate(rate) | super::Source::Scaled(rate, _) => rate.per == Period::Month,
            super::Source::Trace(_) => false,
        }
    }

    /// The same without the profile that it keeps, for a month other than the one that was asked for first.
    #[must_use]
    pub(crate) fn afresh(self) -> Traffic {
        self.plan.into()
    }
}
