//! Figures, times and lengths of time as a reader of a simulation sees them.

use super::timeline::day_and_time;
use crate::capacity::whole;
use crate::criteria::show_share;
use crate::money::{exact, number};
use crate::time::Month;

/// A whole number with thousands separators.
pub(in crate::report) fn count(value: f64) -> String {
    exact(libm::round(value), "count").map_or_else(|_| "unknown".to_owned(), |value| number(value, 0))
}

/// A number with three significant digits; 100 and more as a whole number.
pub(super) fn figure(value: f64) -> String {
    if value >= 100.0 {
        return count(value);
    }
    let places = if value >= 10.0 { 1 } else { 2 };
    let Ok(value) = exact(value, "figure") else { return "unknown".to_owned() };
    let rounded = value.round_dp(places);
    let shown = if rounded.is_zero() { value.round_sf(2).unwrap_or(value) } else { rounded };
    shown.normalize().to_string()
}

/// A share in whole percent where it is at least 1 %.
pub(super) fn percent(share: f64) -> String {
    if share >= 0.01 { format!("{:.0} %", share * 100.0) } else { show_share(share) }
}

/// A length of time: `45 s`, `12 min`, `3 h 20 min`.
pub(in crate::report) fn span(seconds: f64) -> String {
    if seconds < 59.5 {
        return format!("{} s", figure(seconds));
    }
    let minutes = whole(libm::round(seconds / 60.0));
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// A time of the month: `2026-04-03 14:05 UTC`, or `day 3, 14:05 UTC` of a month that is none of the calendar.
pub(in crate::report) fn moment(month: Month, start_s: f64) -> String {
    let (day, time) = day_and_time(start_s);
    let time = time.strip_suffix(":00").unwrap_or(&time);
    match month {
        Month::Average => format!("day {day}, {time} UTC"),
        Month::Calendar { year, month } => format!("{year:04}-{month:02}-{day:02} {time} UTC"),
        Month::Partial { year, month, first, .. } => {
            format!("{year:04}-{month:02}-{:02} {time} UTC", day + u32::from(first) - 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_times_are_short() {
        assert_eq!(
            [0.001_23, 0.5, 4.449, 12.34, 1_234.5].map(figure),
            ["0.0012", "0.5", "4.45", "12.3", "1,235"]
        );
        assert_eq!(
            [0.0, 45.0, 60.0, 12_000.0, 7_200.0].map(span),
            ["0 s", "45 s", "1 min", "3 h 20 min", "2 h"]
        );
        let april = "2026-04".parse().unwrap();
        assert_eq!(moment(april, 2.0 * 86_400.0 + 50_720.0), "2026-04-03 14:05:20 UTC");
        assert_eq!(moment(Month::Average, 60.0), "day 1, 00:01 UTC");
    }
}
