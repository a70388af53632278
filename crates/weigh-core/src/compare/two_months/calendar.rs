//! A whole month of the calendar, as a user names it.

use std::fmt;
use std::str::FromStr;

use crate::time::{Date, Month};

/// A whole month of the calendar: neither 730 hours nor some days of one.
///
/// ```
/// use weigh_core::compare::CalendarMonth;
/// let february: CalendarMonth = "2026-02".parse().unwrap();
/// assert_eq!((february.to_string().as_str(), february.month().hours()), ("2026-02", 672));
/// let why = |text: &str| text.parse::<CalendarMonth>().unwrap_err();
/// assert_eq!(why("2026-13"), "`2026-13` is no month: a year has the months 01 to 12");
/// assert_eq!(why("Feb 2026"), "`Feb 2026` is no month as it is written here; did you mean `2026-02`?");
/// assert_eq!(why("Feb"), "`Feb` is February, but of which year? Write a month as 2026-02");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarMonth {
    year: u16,
    month: u8,
}

/// The months' names in English; the first three letters are enough.
const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl CalendarMonth {
    /// The month as scenarios have it.
    #[must_use]
    pub fn month(self) -> Month {
        Month::Calendar { year: self.year, month: self.month }
    }
}

impl fmt::Display for CalendarMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for CalendarMonth {
    type Err = String;

    fn from_str(text: &str) -> Result<CalendarMonth, String> {
        match text.parse::<Month>() {
            Ok(Month::Calendar { year, month }) => return Ok(CalendarMonth { year, month }),
            Ok(Month::Average) => {
                return Err(format!(
                    "`{text}` is what a month is held against: name one of the calendar, such as 2026-02"
                ));
            }
            Ok(part @ Month::Partial { .. }) => {
                let whole = part.whole().to_string();
                let whole = whole.split(' ').next().unwrap_or_default();
                return Err(format!(
                    "`{text}` is a part of a month, which has no 730 hours beside it: take all of `{whole}`"
                ));
            }
            Err(_) => {}
        }
        if let Ok(day) = text.parse::<Date>() {
            let month = &day.to_string()[..7];
            return Err(format!("`{text}` is a day: its month is `{month}`"));
        }
        Err(no_month(text))
    }
}

/// What is wrong with a text that is no month, and what was probably meant.
fn no_month(text: &str) -> String {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u16>().ok();
    let year = parts.iter().find(|part| part.len() == 4).and_then(|part| number(part));
    let named = parts.iter().find_map(|part| {
        let is_it = |name: &&str| {
            part.len() >= 3 && name.len() >= part.len() && name[..part.len()].eq_ignore_ascii_case(part)
        };
        NAMES.iter().position(is_it)
    });
    let numbered = parts.iter().find(|part| part.len() <= 2).and_then(|part| number(part));
    let month = named.and_then(|place| u16::try_from(place + 1).ok()).or(numbered);
    match (year, month) {
        (Some(0), Some(1..=12)) => format!("`{text}` is no month: years are 0001 to 9999"),
        (Some(year), Some(month @ 1..=12)) => {
            format!("`{text}` is no month as it is written here; did you mean `{year:04}-{month:02}`?")
        }
        (Some(_), Some(_)) => format!("`{text}` is no month: a year has the months 01 to 12"),
        _ => match named.and_then(|place| NAMES.get(place)) {
            Some(name) => format!("`{text}` is {name}, but of which year? Write a month as 2026-02"),
            None => format!("`{text}` is no month: write year and month, such as 2026-02"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_whole_month_is_refused_with_what_was_meant() {
        for (text, told) in [
            ("2026-02", "2026-02"),
            ("2026-02-01..2026-02-28", "2026-02"),
            ("0001-01", "0001-01"),
            ("2026-00", "01 to 12"),
            ("0000-01", "years are 0001 to 9999"),
            ("0000-13", "01 to 12"),
            ("2026-13", "01 to 12"),
            ("2026-2", "did you mean `2026-02`?"),
            ("02/2026", "did you mean `2026-02`?"),
            ("2026 sept", "did you mean `2026-09`?"),
            ("february", "is February, but of which year?"),
            ("ma", "write year and month"),
            ("", "write year and month"),
            ("next", "write year and month"),
            ("202602", "write year and month"),
            ("2026-02-30", "did you mean `2026-02`?"),
            ("2026-02-10", "is a day: its month is `2026-02`"),
            ("2026-02-10..2026-02-20", "take all of `2026-02`"),
            ("730h", "held against"),
            ("é2026-é", "write year and month"),
        ] {
            match text.parse::<CalendarMonth>() {
                Ok(month) => assert_eq!(month.to_string(), told),
                Err(why) => assert!(why.contains(told), "{text}: {why}"),
            }
        }
    }
}
