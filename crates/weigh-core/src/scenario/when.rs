//! Kinds of value that say when: hours of the day, days of the week, time zones, and a number for each hour.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::kind::{Datum, Refusal, described};
use crate::measure::decimal;
use crate::money::approximate;
use crate::traffic::{Hours, Shape, Zone};

/// What a field that says when holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Spans of the day.
    Hours,
    /// Days of the week.
    Days,
    /// A time zone.
    Zone,
    /// A number for each hour: 24 of a day, or 168 of a week.
    Weights {
        /// How many numbers.
        count: usize,
    },
}

impl When {
    /// What is allowed, in words.
    pub(super) fn allowed(self) -> String {
        match self {
            When::Hours => {
                "hours of the day, such as \"09:00-17:00\" or \"09:00-12:00, 22:00-02:00\"".to_owned()
            }
            When::Days => "days of the week, such as \"mon-fri\", \"sat, sun\" or \"all\"".to_owned(),
            When::Zone => "a time zone, such as \"Europe/Berlin\", \"UTC\" or \"UTC-5\"".to_owned(),
            When::Weights { count } => {
                format!(
                    "a list of {count} numbers of 0 or more, {} first, at least one above 0",
                    first_hour(count)
                )
            }
        }
    }

    /// The kind as a noun, for messages.
    pub(super) fn noun(self) -> &'static str {
        match self {
            When::Hours => "a span of hours",
            When::Days => "a list of days",
            When::Zone => "a time zone",
            When::Weights { .. } => "a list of numbers",
        }
    }

    /// Reads a value of this kind from the file.
    pub(super) fn read(self, value: &DeValue<'_>) -> Result<Datum, Refusal> {
        match (self, value) {
            (When::Weights { count }, DeValue::Array(items)) => {
                let each = items.iter().map(|item| {
                    let number = match item.get_ref() {
                        DeValue::Integer(number) if number.radix() == 10 => decimal(number.as_str()),
                        DeValue::Float(number) => decimal(number.as_str()),
                        other => Err(format!("{} in a list of numbers", described(other))),
                    };
                    number.map_err(|why| Refusal { part: Some(item.span()), ..Refusal::from(why) })
                });
                let numbers: Vec<_> = each.collect::<Result<_, _>>()?;
                if numbers.len() != count {
                    return Err(format!("{} numbers where {count} belong", numbers.len()).into());
                }
                let weights: Vec<f64> = numbers.into_iter().map(approximate).collect();
                Shape::by_hour(&weights).map(Datum::Shape).map_err(Refusal::from)
            }
            (When::Hours | When::Days | When::Zone, DeValue::String(text)) => self.read_text(text),
            (_, other) => Err(format!("{} where {} belongs", described(other), self.noun()).into()),
        }
    }

    /// Reads a value of this kind from its text, as a default is written.
    pub(super) fn read_text(self, text: &str) -> Result<Datum, Refusal> {
        match self {
            When::Hours => Hours::list(text).map(Datum::Hours).map_err(Refusal::from),
            When::Days => text.parse().map(Datum::Days).map_err(Refusal::from),
            When::Zone => text.parse().map(Datum::Zone).map_err(|why: String| Refusal {
                suggestion: Zone::nearest(text).map(str::to_owned),
                ..Refusal::from(why)
            }),
            When::Weights { .. } => Err(format!("`{text}` is no list of numbers").into()),
        }
    }

    /// The JSON Schema of the kind.
    pub(super) fn schema(self) -> Value {
        let text = |pattern: &str| json!({"type": "string", "pattern": pattern});
        let span = "[0-9]{1,2}(:[0-9]{1,2})? *- *[0-9]{1,2}(:[0-9]{1,2})?";
        match self {
            When::Hours => text(&format!("^ *{span} *(, *{span} *)*$")),
            When::Days => text("^[A-Za-z]+ *([-,] *[A-Za-z]+ *)*$"),
            When::Zone => text("^[A-Za-z][A-Za-z0-9_+/:-]*$"),
            When::Weights { count } => json!({
                "type": "array",
                "items": {"type": "number", "minimum": 0},
                "minItems": count,
                "maxItems": count,
            }),
        }
    }
}

/// The hour that stands first in a list of so many.
fn first_hour(count: usize) -> &'static str {
    if count == 168 { "Monday 00:00" } else { "00:00" }
}
