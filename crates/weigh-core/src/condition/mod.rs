//! Conditions over named variables, such as `requests_per_day < 10_000 and developers < 3`: parsed, and decided with what is known.

mod parse;

use std::fmt;
use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::measure::{Size, show_duration};
use crate::money::{dollars, number};

pub use parse::Mistake;

/// What a variable holds, and how its values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// True or false; it stands alone.
    Flag,
    /// A number, such as `10_000`.
    Number,
    /// A share of a whole, such as `99.9 %`.
    Share,
    /// US dollars, such as `$155`.
    Dollars,
    /// A time, such as `30 s`; kept in seconds.
    Time,
    /// A size, such as `6 MB`; kept in bytes.
    Size,
}

impl Holds {
    /// What is allowed for a value, in words.
    pub(crate) fn allowed(self) -> &'static str {
        match self {
            Holds::Flag => "true or false",
            Holds::Number => "a number, such as 10_000",
            Holds::Share => "a share, such as 99.9 % or 0.25",
            Holds::Dollars => "US dollars, such as $155",
            Holds::Time => "a time, such as 30 s or 15 min",
            Holds::Size => "a size, such as 6 MB",
        }
    }

    /// A value as it may be written.
    fn example(self) -> &'static str {
        self.allowed().split("such as ").last().and_then(|text| text.split(" or ").next()).unwrap_or_default()
    }

    /// A value for readers.
    ///
    /// ```
    /// use weigh_core::condition::{Holds, Value};
    /// assert_eq!(Holds::Number.show(Value::Number(10_000.into())), "10,000");
    /// assert_eq!(Holds::Time.show(Value::Number(900.into())), "15 min");
    /// ```
    #[must_use]
    pub fn show(self, value: Value) -> String {
        let exact = match value {
            Value::Flag(flag) => return flag.to_string(),
            Value::Number(exact) => exact,
        };
        match self {
            Holds::Flag | Holds::Number => number(exact, 4),
            Holds::Share => format!("{} %", (exact * Decimal::ONE_HUNDRED).normalize()),
            Holds::Dollars => dollars(exact),
            Holds::Time => {
                let span = exact.to_f64().and_then(|span_s| Duration::try_from_secs_f64(span_s).ok());
                span.map_or_else(|| format!("{exact} s"), show_duration)
            }
            Holds::Size => Size::from_bytes(exact.to_u64().unwrap_or(u64::MAX)).to_string(),
        }
    }
}

impl fmt::Display for Holds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.allowed().split(',').next().unwrap_or_default())
    }
}

/// A name that conditions may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name, in lower case: `requests_per_day`.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// One line on what it is.
    pub summary: &'static str,
}

/// The value of a variable, in the unit that [`Holds`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// True or false.
    Flag(bool),
    /// A number, a share, dollars, seconds or bytes.
    Number(Decimal),
}

/// Whether a condition holds, and the variables that decide it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether it holds; nothing where what is not known could change it.
    pub holds: Option<bool>,
    /// The variables that decide it, each once; of an undecided condition those that are not known.
    pub by: Vec<&'static str>,
}

/// A condition over variables: comparisons and flags, joined by `and`, `or`, `not` and parentheses.
///
/// `not` binds closest, then `and`, then `or`. What is not known leaves a condition open only where it could change it:
/// `a and b` is false once `b` is, whatever `a` would be (Kleene's three-valued logic).
///
/// ```
/// use weigh_core::condition::{Condition, Holds, Value, Variable};
/// let known = |name: &str| (name == "requests").then(|| Value::Number(10_000.into()));
/// let variable = |name, holds| Variable { name, holds, summary: "" };
/// let variables = [variable("requests", Holds::Number), variable("steady", Holds::Flag)];
///
/// let condition = Condition::parse("steady and requests < 5_000", &variables).unwrap();
/// let decision = condition.decide(&known);
/// // Whether it is steady is not known, and does not matter.
/// assert_eq!((decision.holds, decision.by), (Some(false), vec!["requests"]));
///
/// let mistake = Condition::parse("request < 5_000", &variables).unwrap_err();
/// assert_eq!((mistake.span, mistake.suggestion.as_deref()), (0..7, Some("requests")));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    text: String,
    root: Node,
}

/// A part of a condition.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    Flag(&'static str),
    Compare(Operand, Comparison, Operand),
    Not(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Operand {
    Variable(&'static str),
    Value(Decimal),
}

/// How two sides are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    Equal,
    NotEqual,
}

impl Condition {
    /// Reads a condition that may use these variables.
    ///
    /// # Errors
    /// The first mistake, with its place in the text.
    pub fn parse(text: &str, variables: &[Variable]) -> Result<Condition, Mistake> {
        let root = parse::parse(text, variables)?;
        Ok(Condition { text: text.trim().to_owned(), root })
    }

    /// Decides the condition by what is known of its variables.
    #[must_use]
    pub fn decide(&self, known: &dyn Fn(&str) -> Option<Value>) -> Decision {
        let (holds, mut by) = self.root.decide(known);
        let mut seen: Vec<&'static str> = Vec::new();
        by.retain(|name| {
            let first = !seen.contains(name);
            seen.push(name);
            first
        });
        Decision { holds, by }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

type Decided = (Option<bool>, Vec<&'static str>);

impl Node {
    fn decide(&self, known: &dyn Fn(&str) -> Option<Value>) -> Decided {
        match self {
            Node::Flag(name) => match known(name) {
                Some(Value::Flag(flag)) => (Some(flag), vec![*name]),
                _ => (None, vec![*name]),
            },
            Node::Compare(left, how, right) => compare(*left, *how, *right, known),
            Node::Not(inner) => {
                let (holds, by) = inner.decide(known);
                (holds.map(|holds| !holds), by)
            }
            Node::All(parts) => join(parts, false, known),
            Node::Any(parts) => join(parts, true, known),
        }
    }
}

/// Parts of which one that is `decisive` decides; without one, what is open leaves all open.
fn join(parts: &[Node], decisive: bool, known: &dyn Fn(&str) -> Option<Value>) -> Decided {
    let decided: Vec<Decided> = parts.iter().map(|part| part.decide(known)).collect();
    let has = |wanted: Option<bool>| decided.iter().any(|(holds, _)| *holds == wanted);
    let outcome = match (has(Some(decisive)), has(None)) {
        (true, _) => Some(decisive),
        (false, true) => None,
        (false, false) => Some(!decisive),
    };
    let own = decided.into_iter().filter(|(holds, _)| *holds == outcome);
    (outcome, own.flat_map(|(_, by)| by).collect())
}

fn compare(left: Operand, how: Comparison, right: Operand, known: &dyn Fn(&str) -> Option<Value>) -> Decided {
    let (mut by, mut open) = (Vec::new(), Vec::new());
    let mut value = |operand: Operand| match operand {
        Operand::Value(value) => Some(value),
        Operand::Variable(name) => {
            by.push(name);
            let value = match known(name) {
                Some(Value::Number(value)) => Some(value),
                _ => None,
            };
            if value.is_none() {
                open.push(name);
            }
            value
        }
    };
    match (value(left), value(right)) {
        (Some(left), Some(right)) => (Some(how.holds(left, right)), by),
        _ => (None, open),
    }
}

impl Comparison {
    fn holds(self, left: Decimal, right: Decimal) -> bool {
        match self {
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
            Comparison::More => left > right,
            Comparison::MoreOrEqual => left >= right,
            Comparison::Equal => left == right,
            Comparison::NotEqual => left != right,
        }
    }
}

#[cfg(test)]
mod tests;
