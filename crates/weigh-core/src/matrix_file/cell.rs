//! The value of an alternative: a number, stars, a word, yes or no; known or between ends.

use super::draft::Written;
use super::{Measure, Spread, Value};
use crate::data::nearest;

/// Why a value is refused, and what was probably meant.
pub(super) struct Refused {
    pub(super) message: String,
    pub(super) meant: Option<String>,
}

fn refused(message: impl Into<String>) -> Refused {
    Refused { message: message.into(), meant: None }
}

/// What is allowed in a cell of a criterion.
pub(super) fn allowed(measure: &Measure) -> String {
    match measure {
        Measure::Number => {
            "a number, such as 12.5; or low..high, or low..expected..high, where it is not sure".to_owned()
        }
        Measure::Stars => "1 to 5 stars, such as 4; or 3..5 where it is not sure".to_owned(),
        Measure::Levels(words) => {
            format!(
                "one of {}, from worst to best; or two of them, worst..best, where it is not sure",
                words.join(", ")
            )
        }
        Measure::YesNo => "yes or no".to_owned(),
    }
}

/// Whether a cell says yes or no, and which.
pub(super) fn yes_or_no(written: &Written) -> Option<bool> {
    match written {
        Written::Flag(flag) => Some(*flag),
        Written::Text(text) => match text.to_lowercase().as_str() {
            "yes" | "true" => Some(true),
            "no" | "false" => Some(false),
            _ => None,
        },
        Written::Number(..) | Written::Nothing => None,
    }
}

/// Reads a value.
pub(super) fn value(measure: &Measure, written: &Written) -> Result<Value, Refused> {
    let text = match written {
        Written::Number(_, text) | Written::Text(text) => text.clone(),
        Written::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Written::Nothing => return Err(refused("the cell is empty")),
    };
    let parts: Vec<&str> = text.split("..").map(str::trim).collect();
    let ends = parts.iter().map(|part| exact(measure, part)).collect::<Result<Vec<_>, _>>();
    let spread = match (ends?.as_slice(), parts.as_slice()) {
        (&[value], _) => Spread::Exact(value),
        (&[low, high], _) if low < high => Spread::Range { low, high },
        (&[low, expected, high], _) if low <= expected && expected <= high && low < high => {
            Spread::Triangular { low, expected, high }
        }
        (&[low, high], [first, second]) => {
            let turned = (high < low).then(|| format!("{second}..{first}"));
            let message = format!("the range `{text}` does not rise");
            return Err(Refused { message, meant: turned });
        }
        _ => return Err(refused(format!("the range `{text}` does not rise, or has too many parts"))),
    };
    Ok(Value { written: text, spread })
}

/// A single value as a number.
fn exact(measure: &Measure, text: &str) -> Result<f64, Refused> {
    match measure {
        Measure::Number => number(text),
        Measure::Stars if !text.is_empty() && text.chars().all(|letter| "★⭐".contains(letter)) => {
            stars(text.chars().map(|_| 1.0).sum(), text)
        }
        Measure::Stars => stars(number(text)?, text),
        Measure::Levels(words) => {
            let folded = text.to_lowercase();
            let found = words.iter().zip(0_u32..).find(|(word, _)| word.to_lowercase() == folded);
            found.map(|(_, place)| f64::from(place)).ok_or_else(|| Refused {
                message: format!("`{text}` is none of the levels"),
                meant: nearest(text, words.iter().map(String::as_str)).map(str::to_owned),
            })
        }
        Measure::YesNo => match yes_or_no(&Written::Text(text.to_owned())) {
            Some(true) => Ok(1.0),
            Some(false) => Ok(0.0),
            None => Err(refused(format!("`{text}` is neither yes nor no"))),
        },
    }
}

fn stars(count: f64, text: &str) -> Result<f64, Refused> {
    match (1.0..=5.0).contains(&count) {
        true => Ok(count),
        false => Err(refused(format!("`{text}` is not 1 to 5 stars"))),
    }
}

fn number(text: &str) -> Result<f64, Refused> {
    let read = |text: &str| text.replace('_', "").parse::<f64>().ok();
    match read(text) {
        Some(number) if number.is_finite() => Ok(number),
        Some(_) => Err(refused(format!("`{text}` is not finite: no number that can be weighed"))),
        None => {
            // `$40`, `150ms` and `99.95 %` have a number in them; the criterion says what it is in.
            let bare: String =
                text.chars().filter(|letter| letter.is_ascii_digit() || "._-".contains(*letter)).collect();
            let bare = bare.trim_matches('.').to_owned();
            let has_unit = !text.contains([',', ' ', '(']) && read(&bare).is_some();
            Err(Refused { message: format!("`{text}` is no number"), meant: has_unit.then_some(bare) })
        }
    }
}
