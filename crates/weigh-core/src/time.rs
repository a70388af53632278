//! Civil dates, and how many hours a billed month has; no clock is read here.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// A day of the Gregorian calendar: the granularity at which prices change.
///
/// ```
/// use weigh_core::time::Date;
/// let seen: Date = "2026-10-07".parse().unwrap();
/// let asked: Date = "2026-11-21".parse().unwrap();
/// assert!(seen < asked);
/// assert_eq!(asked.days_since(seen), 45);
/// assert_eq!("2026-02-30".parse::<Date>().unwrap_err(), "2026-02-30 is no day of the calendar");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day, when the calendar has it; years 1 to 9999.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let known = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        known.then_some(Date { year, month, day })
    }

    /// The day of a number of whole days since 1970-01-01, up to the year 9999.
    ///
    /// ```
    /// use weigh_core::time::Date;
    /// assert_eq!(Date::from_unix_days(0).unwrap().to_string(), "1970-01-01");
    /// assert_eq!(Date::from_unix_days(20_778).unwrap().to_string(), "2026-11-21");
    /// assert_eq!(Date::from_unix_days(u64::MAX), None);
    /// ```
    #[must_use]
    pub fn from_unix_days(days: u64) -> Option<Date> {
        let epoch = Date { year: 1970, month: 1, day: 1 };
        // No year has more than 366 days: this one is at most a few too early.
        let mut year = 1970 + u16::try_from(days / 366).ok()?;
        let mut first = Date::new(year, 1, 1)?;
        let wanted = i64::try_from(days).ok()?;
        while let Some(next) = Date::new(year + 1, 1, 1).filter(|next| next.days_since(epoch) <= wanted) {
            (year, first) = (year + 1, next);
        }
        let mut day_of_year = wanted - first.days_since(epoch);
        for month in 1..=12 {
            let days = i64::from(days_in_month(year, month));
            if day_of_year < days {
                return Date::new(year, month, u8::try_from(day_of_year + 1).ok()?);
            }
            day_of_year -= days;
        }
        None
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// The first day that there is.
    pub(crate) const FIRST: Date = Date { year: 1, month: 1, day: 1 };

    /// The day as one number, which ascends with the days.
    pub(crate) fn bits(self) -> u32 {
        u32::from(self.year) << 9 | u32::from(self.month) << 5 | u32::from(self.day)
    }

    /// The day of a number that [`Date::bits`] made; nothing for 0.
    #[allow(clippy::cast_possible_truncation, reason = "the number holds 14, 4 and 5 bits")]
    pub(crate) fn from_bits(bits: u32) -> Option<Date> {
        let day = Date { year: (bits >> 9) as u16, month: (bits >> 5 & 0xF) as u8, day: (bits & 0x1F) as u8 };
        (bits != 0).then_some(day)
    }

    /// The first day of this day's month.
    ///
    /// ```
    /// use weigh_core::time::Date;
    /// let day: Date = "2026-12-24".parse().unwrap();
    /// assert_eq!(day.first_of_month().to_string(), "2026-12-01");
    /// ```
    #[must_use]
    pub fn first_of_month(self) -> Date {
        Date { day: 1, ..self }
    }

    /// The first day of the month after this day's month; nothing after the year 9999.
    ///
    /// ```
    /// use weigh_core::time::Date;
    /// let day: Date = "2026-12-24".parse().unwrap();
    /// assert_eq!(day.first_of_next_month().unwrap().to_string(), "2027-01-01");
    /// ```
    #[must_use]
    pub fn first_of_next_month(self) -> Option<Date> {
        match self.month {
            12 => Date::new(self.year + 1, 1, 1),
            month => Date::new(self.year, month + 1, 1),
        }
    }

    /// Whole days from `earlier` to this day; negative when `earlier` is the later one.
    #[must_use]
    pub fn days_since(self, earlier: Date) -> i64 {
        self.day_number() - earlier.day_number()
    }

    /// Days since 0000-03-01, by counting years from March so that the leap day comes last.
    fn day_number(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + i64::from(self.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Date, String> {
        let numbers: Option<Vec<u16>> = text
            .split('-')
            .zip([4, 2, 2])
            .map(|(part, width)| {
                (part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()))
                    .then(|| part.parse().ok())
                    .flatten()
            })
            .collect();
        match numbers.as_deref() {
            Some(&[year, month, day]) if text.len() == 10 => {
                let narrow = |number: u16| u8::try_from(number).unwrap_or(0);
                Date::new(year, narrow(month), narrow(day))
                    .ok_or_else(|| format!("{text} is no day of the calendar"))
            }
            _ => Err(format!("`{text}` is no date: write it as 2026-10-07")),
        }
    }
}

/// How many hours the billed month has.
///
/// AWS's own calculator counts 730 hours (8,760 hours of a year / 12); an invoice counts the hours of the
/// calendar month in UTC.
///
/// ```
/// use weigh_core::time::Month;
/// assert_eq!("730h".parse::<Month>().unwrap().hours(), 730);
/// assert_eq!("2026-02".parse::<Month>().unwrap().hours(), 672);
/// assert_eq!("2024-02".parse::<Month>().unwrap().hours(), 696);
/// // Days of a month, the first and the last included.
/// assert_eq!("2026-02-10..2026-02-20".parse::<Month>().unwrap().hours(), 264);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Month {
    /// 730 hours: the convention of AWS's pricing pages and calculator.
    #[default]
    Average,
    /// The hours of one calendar month.
    Calendar {
        /// Year, 1 to 9999.
        year: u16,
        /// Month, 1 to 12.
        month: u8,
    },
    /// Some days of one calendar month, fewer than it has.
    Partial {
        /// Year, 1 to 9999.
        year: u16,
        /// Month, 1 to 12.
        month: u8,
        /// The first day that counts, from 1.
        first: u8,
        /// The last day that counts.
        last: u8,
    },
}

impl Month {
    /// Hours that are billed: 730, or 24 × the days of the calendar month, or of those of its days that count.
    #[must_use]
    pub fn hours(self) -> u32 {
        match self {
            Month::Average => 730,
            Month::Calendar { year, month } => 24 * u32::from(days_in_month(year, month)),
            Month::Partial { first, last, .. } => 24 * u32::from(last.saturating_sub(first) + 1),
        }
    }

    /// The calendar month that the days belong to; a whole month is itself.
    #[must_use]
    pub fn whole(self) -> Month {
        match self {
            Month::Partial { year, month, .. } => Month::Calendar { year, month },
            Month::Average | Month::Calendar { .. } => self,
        }
    }

    /// Whether only some days of the month count.
    #[must_use]
    pub fn is_partial(self) -> bool {
        self != self.whole()
    }

    /// The first day that counts; nothing for the month of 730 hours, which is none of the calendar.
    #[must_use]
    pub fn first_day(self) -> Option<Date> {
        match self {
            Month::Average => None,
            Month::Calendar { year, month } => Date::new(year, month, 1),
            Month::Partial { year, month, first, .. } => Date::new(year, month, first),
        }
    }

    /// The share of the month that counts, by which AWS prorates what has a monthly price: 1 for a whole month, to 28
    /// digits for a part of one.
    ///
    /// Of a month of 31 days 31 GB kept for 24 hours are 1 GB-month, and so is 1 GB kept for 744 hours (AWS Knowledge
    /// Center, "How are my Amazon EBS volumes charged", 2017-07-03, aws.amazon.com/premiumsupport/knowledge-center/ebs-volume-charges).
    ///
    /// ```
    /// use weigh_core::time::Month;
    /// let share = |text: &str| text.parse::<Month>().unwrap().share_exact().to_string();
    /// assert_eq!([share("730h"), share("2026-02")], ["1", "1"]);
    /// assert_eq!(share("2026-04-01..2026-04-15"), "0.5");
    /// let day: Month = "2026-01-05..2026-01-05".parse().unwrap();
    /// assert_eq!((day.share_exact() * rust_decimal::Decimal::from(31)).round_dp(20).normalize().to_string(), "1");
    /// ```
    #[must_use]
    pub fn share_exact(self) -> Decimal {
        match self.is_partial() {
            true => (self.hours_exact() / self.whole().hours_exact()).normalize(),
            false => Decimal::ONE,
        }
    }

    /// What [`Month::share_exact`] is called beside other factors: `1 month`, `0.5 of the month`.
    #[must_use]
    pub fn share_label(self) -> &'static str {
        if self.is_partial() { "of the month" } else { "month" }
    }

    /// The hours as an exact decimal, for metering.
    #[must_use]
    pub fn hours_exact(self) -> Decimal {
        Decimal::from(self.hours())
    }

    /// The seconds of the month as an exact decimal.
    #[must_use]
    pub fn seconds_exact(self) -> Decimal {
        Decimal::from(self.hours()) * Decimal::from(3600)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Month::Average => write!(f, "730 h"),
            Month::Calendar { year, month } => write!(f, "{year:04}-{month:02} ({} h)", self.hours()),
            Month::Partial { year, month, first, last } => {
                let days = format!("{year:04}-{month:02}-{first:02}..{year:04}-{month:02}-{last:02}");
                write!(f, "{days} ({} h)", self.hours())
            }
        }
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Month, String> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if compact == "730h" || compact == "730" {
            return Ok(Month::Average);
        }
        if let Some((first, last)) = compact.split_once("..") {
            return some_days(first.parse()?, last.parse()?);
        }
        let first_day: Result<Date, _> = format!("{compact}-01").parse();
        first_day.map(|day| Month::Calendar { year: day.year, month: day.month }).map_err(|_| {
            format!("`{text}` is no month: write \"730h\" or a calendar month such as \"2026-02\"")
        })
    }
}

/// The days of one month from a first to a last one; all of them are the month.
fn some_days(first: Date, last: Date) -> Result<Month, String> {
    if (first.year, first.month) != (last.year, last.month) {
        return Err(format!("{first} and {last} lie in two months: AWS bills each month for itself"));
    }
    if first > last {
        return Err(format!("{first} comes after {last}: the first day stands first"));
    }
    let Date { year, month, .. } = first;
    match (first.day, last.day) {
        (1, last) if last == days_in_month(year, month) => Ok(Month::Calendar { year, month }),
        (first, last) => Ok(Month::Partial { year, month, first, last }),
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_refused() {
        for (text, shown) in [
            ("2024-02-29", Ok("2024-02-29")),
            ("2023-02-29", Err("no day")),
            ("2026-13-01", Err("no day")),
            ("2026-00-01", Err("no day")),
            ("2026-1-01", Err("write it as")),
            ("20261007", Err("write it as")),
            ("2026-10-07x", Err("write it as")),
            ("2026-10-07-01", Err("write it as")),
            ("", Err("write it as")),
            ("+026-10-07", Err("write it as")),
        ] {
            match (text.parse::<Date>(), shown) {
                (Ok(date), Ok(expected)) => assert_eq!(date.to_string(), expected),
                (Err(error), Err(part)) => assert!(error.contains(part), "{text}: {error}"),
                (got, _) => panic!("{text}: {got:?}"),
            }
        }
    }

    #[test]
    fn days_between_dates_count_leap_days() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (later, earlier, days) in [
            ("2024-03-01", "2024-02-28", 2),
            ("2023-03-01", "2023-02-28", 1),
            ("2001-01-01", "2000-01-01", 366),
            ("2100-03-01", "2100-02-28", 1),
            ("2026-01-01", "2026-01-02", -1),
        ] {
            assert_eq!(day(later).days_since(day(earlier)), days, "{later} - {earlier}");
        }
    }

    #[test]
    fn months_have_their_hours() {
        for (text, hours) in
            [("730 h", 730), ("2026-02", 672), ("2026-04", 720), ("2026-12", 744), ("2000-02", 696)]
        {
            assert_eq!(text.parse::<Month>().unwrap().hours(), hours, "{text}");
        }
        for (days, whole, shown) in [
            ("2026-02-10..2026-02-20", "2026-02", "2026-02-10..2026-02-20 (264 h)"),
            ("2026-02-10 .. 2026-02-10", "2026-02", "2026-02-10..2026-02-10 (24 h)"),
            ("2026-02-01..2026-02-28", "2026-02", "2026-02 (672 h)"),
        ] {
            let month: Month = days.parse().unwrap();
            assert_eq!((month.whole(), month.to_string()), (whole.parse().unwrap(), shown.to_owned()));
        }
        for (days, why) in [
            ("2026-02-20..2026-02-10", "comes after"),
            ("2026-02-20..2026-03-01", "two months"),
            ("2026-02-20..2026-02-30", "no day of the calendar"),
            ("2026-02-20..", "is no date"),
        ] {
            assert!(days.parse::<Month>().unwrap_err().contains(why), "{days}");
        }
        assert!("2026-13".parse::<Month>().is_err());
        assert!("744h".parse::<Month>().is_err());
    }
}
