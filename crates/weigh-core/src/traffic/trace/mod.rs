//! Traces: requests that were counted over time, and the month that is made of them.

mod clock;
mod reader;
mod row;
mod series;
mod settle;

use std::fmt;

use rust_decimal::Decimal;

pub use reader::{TraceProblem, TraceProblems, TraceReader};

use super::zone::{WEEK, first_minute_of_week};
use crate::money::{approximate, exact, number};
use crate::time::{Date, Month};
use settle::shown_minutes;

/// Something that a trace has and a clean one has not, with what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Rows are missing. They are filled along a line where at most an hour is missing, else by the same minute a week
    /// before, a day before, or the mean.
    Gaps {
        /// How many gaps there are.
        count: u64,
        /// Rows that are missing in all of them.
        missing_steps: u64,
        /// Minutes that the longest lasts.
        longest_min: u64,
        /// The time of the row before the longest, in seconds since 1970.
        after_s: i64,
    },
    /// Rows have a time and no count; they are missing.
    WithoutCount {
        /// How many.
        count: u64,
        /// The line of the first.
        line: u64,
    },
    /// Rows have more numbers than a time and a count; the first count is read.
    MoreColumns {
        /// How many.
        count: u64,
        /// The line of the first.
        line: u64,
    },
    /// Rows repeat the time of another; the last one counts.
    Repeated {
        /// How many.
        count: u64,
        /// The line of the first.
        line: u64,
    },
    /// Rows lie before the row above them; they are sorted.
    Disorder {
        /// How many.
        count: u64,
        /// The line of the first.
        line: u64,
    },
    /// The distance of the rows changes; each count is spread evenly over the time until the next row.
    Resolution {
        /// How often.
        count: u64,
        /// Minutes between rows before the first change.
        before_min: u64,
        /// Minutes between rows after it.
        after_min: u64,
        /// When it was, in seconds since 1970.
        at_s: i64,
    },
    /// The clock of the stated zone was changed; it is followed.
    ClockChanged {
        /// How often.
        count: u64,
        /// What the clock showed after the first change, in seconds since 1970.
        at_s: i64,
        /// The zone.
        zone: String,
    },
    /// An hour at night comes twice in times without a zone: as at the end of daylight saving. Its later rows count.
    ClockBack {
        /// How often.
        count: u64,
        /// The line of the first.
        line: u64,
    },
    /// An hour at night is missing in times without a zone: as at the start of daylight saving. It is filled along a line.
    ClockForward {
        /// How often.
        count: u64,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = |count: u64, noun: &str| {
            format!("{} {noun}{}", number(count.into(), 0), if count == 1 { "" } else { "s" })
        };
        let minutes = |minutes: u64| shown_minutes(i64::try_from(minutes).unwrap_or(i64::MAX));
        match self {
            Finding::Gaps { count, missing_steps, longest_min, after_s } => {
                let longest = if *count == 1 { "" } else { "the longest " };
                let (gaps, steps) = (many(*count, "gap"), many(*missing_steps, "step"));
                let length = minutes(*longest_min);
                write!(
                    f,
                    "{gaps} of {steps} ({longest}{length} after {}), filled along a line",
                    time(*after_s)
                )?;
                let longer =
                    " up to an hour, longer ones by the same minute a week or a day before, or by the mean";
                f.write_str(if *longest_min > 60 { longer } else { "" })
            }
            Finding::WithoutCount { count, line } => {
                write!(f, "{} without a count (line {line}), taken as missing", many(*count, "row"))
            }
            Finding::MoreColumns { count, line } => {
                let rows = many(*count, "row");
                write!(
                    f,
                    "{rows} with more numbers than a time and a count (line {line}), of which the first count is read"
                )
            }
            Finding::Repeated { count, line } => {
                write!(
                    f,
                    "{} with the time of another (line {line}), of which the last counts",
                    many(*count, "row")
                )
            }
            Finding::Disorder { count, line } => {
                write!(f, "{} going back in time (line {line}), sorted", many(*count, "row"))
            }
            Finding::Resolution { count, before_min, after_min, at_s } => {
                let (before, after) = (minutes(*before_min), minutes(*after_min));
                let changes = many(*count, "change");
                write!(
                    f,
                    "{changes} of resolution (from {before} to {after} after {}), each count spread evenly until the next",
                    time(*at_s)
                )
            }
            Finding::ClockChanged { count, at_s, zone } => {
                let changes = many(*count, "change");
                write!(f, "{changes} of the clock in {zone} (at {} local time), followed", time(*at_s))
            }
            Finding::ClockBack { count, line } => write!(
                f,
                "an hour at night comes twice (line {line}{}), as at the end of daylight saving: its later rows count; state the time_zone to keep both",
                if *count > 1 { ", and again" } else { "" }
            ),
            Finding::ClockForward { count } => write!(
                f,
                "an hour at night is missing{}, as at the start of daylight saving: filled along a line; state the time_zone to close it",
                if *count > 1 { ", more than once" } else { "" }
            ),
        }
    }
}

/// Requests that were counted over time, minute by minute, with what was found on the way.
///
/// It is made by a [`TraceReader`]. Of a long trace the last 38 days are kept: a month, and a week to fill gaps from.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    name: String,
    rows: u64,
    step_s: u32,
    from_s: i64,
    to_s: i64,
    timed: bool,
    findings: Vec<Finding>,
    /// The minute of the week in UTC of the first minute that is kept; unknown without times.
    minute_of_week: Option<u32>,
    requests_per_minute: Vec<f64>,
    variability: Option<f64>,
}

/// Which minutes of a trace make a month: those from one place on, and then from another place again.
struct Used {
    /// The first minute that is repeated, and how many there are.
    from: usize,
    length: usize,
    /// The minute that the month starts with.
    start: usize,
}

impl Trace {
    /// Its name, as messages show it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Rows that have a count.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The most common distance of its rows, in seconds.
    #[must_use]
    pub fn step_s(&self) -> u32 {
        self.step_s
    }

    /// What was found in it, and what was done about it.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The variability of arrivals at a given rate (ca²) as far as its counts tell, from 0.1 to 100.
    ///
    /// It is the index of dispersion of counts, the variance over the mean of the requests in a step, with the trend taken
    /// out by differences: `Σ (N' - N)² / 2 / Σ N` over rows that follow each other. For long steps the index is the ca² of
    /// a renewal process (Cox and Lewis, *The Statistical Analysis of Series of Events*, 1966; Fendick and Whitt,
    /// *Measurements and Approximations to Describe the Offered Traffic*, Proc. IEEE 77, 1989). What varies from step to
    /// step by itself counts as well, so that long steps with many requests give too much: queues that empty within a step
    /// see less. Nothing with steps above an hour, or fewer than 30 pairs of them.
    #[must_use]
    pub fn variability(&self) -> Option<f64> {
        self.variability
    }

    /// Requests in a month that is like the trace: the mean of the minutes that are used × the minutes of the month.
    #[must_use]
    pub fn requests(&self, month: Month) -> Decimal {
        let used = self.used(month);
        let sum: f64 = self.requests_per_minute[used.from..used.from + used.length].iter().sum();
        let minutes = month.hours_exact() * Decimal::from(60);
        // Counts are at most 10¹² each: their sum is a decimal.
        let sum = exact(sum, "requests of a trace").unwrap_or_default();
        (sum * minutes / Decimal::from(used.length)).normalize()
    }

    /// Writes its minutes over those of a month.
    pub(super) fn spread(&self, rates: &mut [f64], month: Month) {
        let Used { from, length, start } = self.used(month);
        let minutes = self.requests_per_minute[from..from + length].iter().cycle().skip(start - from);
        rates.iter_mut().zip(minutes).for_each(|(rate, minute)| *rate = *minute);
    }

    /// The last minutes that make a month; of a shorter trace its whole weeks, its whole days, or all of it, repeated.
    /// Weekday and time of day stay what they were in UTC.
    fn used(&self, month: Month) -> Used {
        let (all, minutes) = (self.requests_per_minute.len(), month.hours() as usize * 60);
        let unit = [WEEK as usize, series::DAY].into_iter().find(|unit| *unit <= all).unwrap_or(all);
        let start_of_month = first_minute_of_week(month) as usize;
        let start_of_trace = self.minute_of_week.unwrap_or(first_minute_of_week(month)) as usize;
        // The first minute of the trace that is like the first of the month.
        let first = if unit == all { 0 } else { (start_of_month + WEEK as usize - start_of_trace) % unit };
        let whole = if first + minutes <= all {
            let start = first + (all - minutes - first) / unit * unit;
            Used { from: start, length: minutes, start }
        } else {
            let length = all / unit * unit;
            let from = all - length;
            let ahead = (first + length - from % length) % length;
            Used { from, length, start: from + ahead % length }
        };
        let some =
            self.requests_per_minute[whole.from..whole.from + whole.length].iter().any(|rate| *rate > 0.0);
        // A trace has a count above 0, but it may lie in none of these minutes.
        if some { whole } else { Used { from: 0, length: all, start: 0 } }
    }

    /// The trace in words, with all that was found.
    #[must_use]
    pub fn describe(&self) -> String {
        let rows = number(self.rows.into(), 0);
        let step = match self.step_s {
            60.. => shown_minutes(i64::from(self.step_s / 60)),
            seconds => format!("{seconds} s"),
        };
        let mut words = match self.timed {
            true => {
                let (from, to) = (time(self.from_s), time(self.to_s));
                format!("{}: {rows} rows every {step}, from {from} to {to} UTC", self.name)
            }
            false => format!("{}: {rows} rows, one for each minute from the month's start on", self.name),
        };
        for finding in &self.findings {
            words.push_str("; ");
            words.push_str(&finding.to_string());
        }
        words
    }

    /// The mean rate in words.
    pub(super) fn mean_words(&self) -> String {
        let month = Month::Average;
        let per_s = approximate(self.requests(month)) / approximate(month.seconds_exact());
        format!("{}/s", number(exact(per_s, "rate").unwrap_or_default().round_sf(4).unwrap_or_default(), 4))
    }
}

/// A time in seconds since 1970 as `2014-04-10 00:04`.
fn time(at_s: i64) -> String {
    let (day, second) = (at_s.div_euclid(86_400), at_s.rem_euclid(86_400));
    let date = u64::try_from(day).ok().and_then(Date::from_unix_days);
    let date = date.map_or_else(|| format!("day {day}"), |date| date.to_string());
    format!("{date} {:02}:{:02}", second / 3_600, second % 3_600 / 60)
}

#[cfg(test)]
mod tests;
