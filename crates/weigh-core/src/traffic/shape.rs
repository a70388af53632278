//! The shape of a week: in which of its minutes more comes, and in which less.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::zone::{DAY, WEEK};
use crate::money::{approximate, number};

/// A span of the day, from one minute to another; one that ends before it begins crosses midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    from_minute: u32,
    to_minute: u32,
}

impl Hours {
    /// Reads spans such as `09:00-17:00`, several separated by commas.
    ///
    /// # Errors
    /// What is wrong, in words.
    ///
    /// ```
    /// use weigh_core::traffic::Hours;
    /// let night = Hours::list("08:30-12:00, 22:00-06:00").unwrap();
    /// assert_eq!(night[1].to_string(), "22:00 to 06:00");
    /// assert!(Hours::list("9 to 5").unwrap_err().contains("no span"));
    /// assert!(Hours::list("09:00-25:00").unwrap_err().contains("no time of day"));
    /// ```
    pub fn list(text: &str) -> Result<Vec<Hours>, String> {
        text.split(',').map(|span| Hours::read(span.trim())).collect()
    }

    fn read(text: &str) -> Result<Hours, String> {
        let (from, to) = text.split_once('-').ok_or_else(|| format!("`{text}` is no span of the day"))?;
        let (from_minute, to_minute) = (time_of_day(from)?, time_of_day(to)?);
        match from_minute {
            DAY => Err(format!("`{text}` begins when the day ends")),
            _ if from_minute == to_minute => Err(format!("`{text}` has no length")),
            _ => Ok(Hours { from_minute, to_minute }),
        }
    }

    /// Minutes that it lasts.
    fn minutes(self) -> u32 {
        let end = if self.to_minute > self.from_minute { self.to_minute } else { self.to_minute + DAY };
        end - self.from_minute
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        write!(f, "{} to {}", clock(self.from_minute), clock(self.to_minute))
    }
}

/// The minute of the day of `9`, `09:30` or `24:00`.
fn time_of_day(text: &str) -> Result<u32, String> {
    let text = text.trim();
    let (hour, minute) = text.split_once(':').unwrap_or((text, "00"));
    let part = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u32>().ok()).flatten()
    };
    match (part(hour), part(minute)) {
        (Some(hour), Some(minute)) if minute < 60 && hour * 60 + minute <= DAY => Ok(hour * 60 + minute),
        _ => Err(format!("`{text}` is no time of day from 00:00 to 24:00")),
    }
}

/// Days of the week.
///
/// ```
/// use weigh_core::traffic::Days;
/// let days = |text: &str| text.parse::<Days>().map(|days| days.to_string());
/// assert_eq!(days("mon-fri").unwrap(), "Monday to Friday");
/// assert_eq!(days("sat, sun").unwrap(), "Saturday, Sunday");
/// assert_eq!(days("all").unwrap(), "every day");
/// assert_eq!(days("mon-fry").unwrap_err(), "`fry` is no day of the week");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days([bool; 7]);

impl Days {
    /// Every day.
    pub const ALL: Days = Days([true; 7]);
}

/// The days as they are shown; their first three letters are how they are written.
const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl FromStr for Days {
    type Err = String;

    fn from_str(text: &str) -> Result<Days, String> {
        if text.trim().eq_ignore_ascii_case("all") {
            return Ok(Days::ALL);
        }
        let day = |text: &str| {
            let text = text.trim();
            let same = |name: &str| text.eq_ignore_ascii_case(name) || text.eq_ignore_ascii_case(&name[..3]);
            let found = NAMES.iter().position(|name| same(name));
            found.ok_or_else(|| format!("`{text}` is no day of the week"))
        };
        let mut days = Days([false; 7]);
        for span in text.split(',') {
            let (first, last) = span.split_once('-').unwrap_or((span, span));
            let (first, last) = (day(first)?, day(last)?);
            let count = (last + 7 - first) % 7 + 1;
            (first..first + count).for_each(|index| days.0[index % 7] = true);
        }
        Ok(days)
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<usize> = (0..7).filter(|index| self.0[*index]).collect();
        match days.as_slice() {
            all if all.len() == 7 => f.write_str("every day"),
            [first, .., last] if days.len() > 2 && last - first + 1 == days.len() => {
                write!(f, "{} to {}", NAMES[*first], NAMES[*last])
            }
            some => f.write_str(&some.iter().map(|index| NAMES[*index]).collect::<Vec<_>>().join(", ")),
        }
    }
}

/// How a week's requests are spread over its minutes: relative weights, of which only the ratios count.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    words: String,
    /// One weight for each minute of the local week from Monday 00:00 on; none at all when all are alike.
    week: Arc<[f64]>,
}

impl Default for Shape {
    fn default() -> Shape {
        Shape::steady()
    }
}

impl Shape {
    /// The same all week long.
    #[must_use]
    pub fn steady() -> Shape {
        Shape { words: "steady".to_owned(), week: Arc::new([]) }
    }

    /// Hours of the day, on some days, in which the rate is `factor` × that of the other times.
    ///
    /// A span that crosses midnight belongs to the day on which it begins.
    ///
    /// # Errors
    /// A factor that is not above 0, or above a million.
    ///
    /// ```
    /// use weigh_core::traffic::{Days, Hours, Shape};
    /// let hours = Hours::list("09:00-17:00").unwrap();
    /// let shape = Shape::peak_hours(&hours, Days::ALL, 5.into()).unwrap();
    /// assert_eq!(shape.describe(), "5 × from 09:00 to 17:00");
    /// ```
    pub fn peak_hours(hours: &[Hours], days: Days, factor: Decimal) -> Result<Shape, String> {
        if factor <= Decimal::ZERO || factor > Decimal::from(1_000_000) {
            return Err(format!("a factor of {factor}: it is above 0 and at most 1000000"));
        }
        let mut week = vec![1.0; WEEK as usize];
        let spans: Vec<String> = hours.iter().map(ToString::to_string).collect();
        for (day, _) in (0..).zip(days.0).filter(|(_, busy)| *busy) {
            for span in hours {
                let from = day * DAY + span.from_minute;
                (from..from + span.minutes())
                    .for_each(|minute| week[(minute % WEEK) as usize] = approximate(factor));
            }
        }
        let on = if days == Days::ALL { String::new() } else { format!(" on {days}") };
        let words = format!("{} × from {}{on}", number(factor, 4), spans.join(" and "));
        Ok(Shape { words, week: week.into() })
    }

    /// The hours of a day or of a week, each with its relative weight: 24 of them from 00:00 on, or 168 from Monday
    /// 00:00 on.
    ///
    /// # Errors
    /// Another count, a weight that is negative or not finite, and weights that are all 0.
    ///
    /// ```
    /// use weigh_core::traffic::Shape;
    /// assert_eq!(Shape::by_hour(&[1.0; 168]).unwrap().describe(), "by the hour of the week");
    /// assert_eq!(Shape::by_hour(&[1.0; 167]).unwrap_err(), "167 numbers: an hour of the day has one of 24, an hour of the week one of 168");
    /// assert!(Shape::by_hour(&[0.0; 24]).unwrap_err().contains("all zero"));
    /// ```
    pub fn by_hour(weights: &[f64]) -> Result<Shape, String> {
        let words = match weights.len() {
            24 => "by the hour of the day",
            168 => "by the hour of the week",
            count => {
                return Err(format!(
                    "{count} numbers: an hour of the day has one of 24, an hour of the week one of 168"
                ));
            }
        };
        if let Some(wrong) = weights.iter().find(|weight| !weight.is_finite() || **weight < 0.0) {
            return Err(format!("a weight of {wrong}: it is a finite number of 0 or more"));
        }
        if weights.iter().all(|weight| *weight <= 0.0) {
            return Err("the weights are all zero: at least one is above 0".to_owned());
        }
        let hours = weights.iter().cycle().take(168);
        let week: Vec<f64> = hours.flat_map(|weight| std::iter::repeat_n(*weight, 60)).collect();
        Ok(Shape { words: words.to_owned(), week: week.into() })
    }

    /// The shape in words.
    #[must_use]
    pub fn describe(&self) -> &str {
        &self.words
    }

    /// Whether all minutes weigh the same by definition.
    pub(super) fn is_steady(&self) -> bool {
        self.week.is_empty()
    }

    /// The weights of the minutes of a local week; none at all for a steady shape.
    pub(super) fn week(&self) -> &[f64] {
        &self.week
    }
}
