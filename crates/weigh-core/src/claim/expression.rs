//! Arithmetic between the figures of a document: sums of parts, multiples, savings, ranges.

use std::ops::Range;

use rust_decimal::Decimal;

use super::figure::Figure;
use crate::measure::decimal;

/// Parentheses inside each other, at most: far more than anybody reads.
const DEEPEST: usize = 32;

/// What is wrong in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// What is wrong.
    pub message: String,
    /// The bytes of the text that it is about.
    pub span: Range<usize>,
}

/// What is done with two figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    /// From the low end of the one to the high end of the other.
    To,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Number(Decimal),
    Claim(String),
    Minus(Box<Node>),
    Both(Box<Node>, Operation, Box<Node>),
}

/// Arithmetic over claims by their ids, and numbers.
///
/// ```
/// use weigh_core::claim::{Expression, Figure};
/// let figure = |id: &str| match id {
///     "staging" => Some(Figure::of(30.into())),
///     "production" => "210..300".parse().ok(),
///     _ => None,
/// };
/// let value = |text: &str| Expression::parse(text).unwrap().value(&figure).unwrap().to_string();
/// assert_eq!(value("staging + production"), "240 to 330");
/// assert_eq!(value("production - 2 * staging"), "150 to 240");
/// assert_eq!(value("(staging / 40) .. 1"), "0.75 to 1");
/// assert_eq!(Expression::parse("a + b * a").unwrap().claims(), ["a", "b"]);
/// assert!(Expression::parse("a +").is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// As it is written.
    pub text: String,
    pub(super) node: Node,
}

impl Expression {
    /// Reads an expression: `+ - * / ( )`, `..` for a range, numbers, and ids of letters, digits and `_`.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn parse(text: &str) -> Result<Expression, Slip> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        let node = parser.range()?;
        match parser.peek() {
            None => Ok(Expression { text: text.trim().to_owned(), node }),
            Some(sign) => Err(parser.slip(format!("`{sign}` where the arithmetic is over"))),
        }
    }

    /// The ids of the claims in it, each once, in the order in which they are written.
    #[must_use]
    pub fn claims(&self) -> Vec<&str> {
        let mut ids = Vec::new();
        self.node.claims(&mut ids);
        ids
    }

    /// Its value, where the figure of every claim is known and nothing is divided by 0.
    ///
    /// # Errors
    /// In words: the claim that is not known, the division by 0, the number that is too large.
    pub fn value(&self, figure: &dyn Fn(&str) -> Option<Figure>) -> Result<Figure, String> {
        self.node.value(figure)
    }

    /// The claims that are added up, where it is a sum of claims and nothing else; else none.
    ///
    /// ```
    /// use weigh_core::claim::Expression;
    /// assert_eq!(Expression::parse("a + (b + c)").unwrap().addends(), ["a", "b", "c"]);
    /// assert!(Expression::parse("a + 2 * b").unwrap().addends().is_empty());
    /// ```
    #[must_use]
    pub fn addends(&self) -> Vec<&str> {
        let mut ids = Vec::new();
        match self.node.addends(&mut ids) {
            true => ids,
            false => Vec::new(),
        }
    }

    /// Whether anything is multiplied or divided in it, so that a figure may be converted by the arithmetic itself.
    ///
    /// ```
    /// use weigh_core::claim::Expression;
    /// assert!(Expression::parse("12 * a").unwrap().multiplies());
    /// assert!(!Expression::parse("a - (b + c)").unwrap().multiplies());
    /// ```
    #[must_use]
    pub fn multiplies(&self) -> bool {
        self.node.multiplies()
    }
}

impl Node {
    fn multiplies(&self) -> bool {
        match self {
            Node::Number(_) | Node::Claim(_) => false,
            Node::Minus(inner) => inner.multiplies(),
            Node::Both(_, Operation::Multiply | Operation::Divide, _) => true,
            Node::Both(one, _, other) => one.multiplies() || other.multiplies(),
        }
    }

    fn claims<'a>(&'a self, ids: &mut Vec<&'a str>) {
        match self {
            Node::Number(_) => {}
            Node::Claim(id) if ids.contains(&id.as_str()) => {}
            Node::Claim(id) => ids.push(id),
            Node::Minus(inner) => inner.claims(ids),
            Node::Both(one, _, other) => {
                one.claims(ids);
                other.claims(ids);
            }
        }
    }

    fn addends<'a>(&'a self, ids: &mut Vec<&'a str>) -> bool {
        match self {
            Node::Claim(id) => {
                ids.push(id);
                true
            }
            Node::Both(one, Operation::Add, other) => one.addends(ids) && other.addends(ids),
            Node::Number(_) | Node::Minus(_) | Node::Both(..) => false,
        }
    }

    fn value(&self, figure: &dyn Fn(&str) -> Option<Figure>) -> Result<Figure, String> {
        match self {
            Node::Number(number) => Ok(Figure::of(*number)),
            Node::Claim(id) => figure(id).ok_or_else(|| format!("the figure of `{id}` is not known")),
            Node::Minus(inner) => {
                let Figure { low, high } = inner.value(figure)?;
                Ok(Figure { low: high.map(|end| -end), high: low.map(|end| -end) })
            }
            Node::Both(one, operation, other) => both(one.value(figure)?, *operation, other.value(figure)?),
        }
    }
}

/// Two figures as one: the least and the most that they can come to, whatever each is within its range.
fn both(one: Figure, operation: Operation, other: Figure) -> Result<Figure, String> {
    let too_large = || "the arithmetic exceeds 28 digits".to_owned();
    let ends = |low: Option<(Decimal, Decimal)>, high: Option<(Decimal, Decimal)>, subtract: bool| {
        let end = |pair: Option<(Decimal, Decimal)>| match pair {
            None => Ok(None),
            Some((a, b)) if subtract => a.checked_sub(b).map(Some).ok_or_else(too_large),
            Some((a, b)) => a.checked_add(b).map(Some).ok_or_else(too_large),
        };
        Ok(Figure { low: end(low)?, high: end(high)? })
    };
    match operation {
        Operation::Add => ends(one.low.zip(other.low), one.high.zip(other.high), false),
        Operation::Subtract => ends(one.low.zip(other.high), one.high.zip(other.low), true),
        Operation::To => match (one.low, other.high) {
            (Some(low), Some(high)) => Ok(Figure::between(low, high)),
            (low, high) => Ok(Figure { low, high }),
        },
        Operation::Multiply | Operation::Divide => products(one, operation, other),
    }
}

/// The products or quotients of all ends. With an open end only a factor above 0 leaves the order of the ends as it is.
fn products(one: Figure, operation: Operation, other: Figure) -> Result<Figure, String> {
    let divides = operation == Operation::Divide;
    let spans_zero = |figure: &Figure| {
        figure.low.is_none_or(|low| low <= Decimal::ZERO)
            && figure.high.is_none_or(|high| high >= Decimal::ZERO)
    };
    if divides && spans_zero(&other) {
        return Err("something is divided by 0".to_owned());
    }
    let pair = |a: Decimal, b: Decimal| {
        let result = if divides { a.checked_div(b) } else { a.checked_mul(b) };
        result.ok_or_else(|| "the arithmetic exceeds 28 digits".to_owned())
    };
    let (Some((low, high)), Some((other_low, other_high))) = (one.ends(), other.ends()) else {
        return match other.single().filter(|factor| *factor > Decimal::ZERO) {
            Some(factor) => Ok(Figure {
                low: one.low.map(|end| pair(end, factor)).transpose()?,
                high: one.high.map(|end| pair(end, factor)).transpose()?,
            }),
            None => Err("an open end is multiplied or divided by a range".to_owned()),
        };
    };
    let results =
        [pair(low, other_low)?, pair(low, other_high)?, pair(high, other_low)?, pair(high, other_high)?];
    let least = results.iter().copied().fold(results[0], Decimal::min);
    Ok(Figure::between(least, results.iter().copied().fold(results[0], Decimal::max)))
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn rest(&mut self) -> &str {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        &self.text[self.at..]
    }

    fn peek(&mut self) -> Option<char> {
        self.rest().chars().next()
    }

    fn slip(&self, message: impl Into<String>) -> Slip {
        let length = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        Slip { message: message.into(), span: self.at..self.at + length }
    }

    /// Takes a sign, if it comes next.
    fn take(&mut self, sign: &str) -> bool {
        let comes = self.rest().starts_with(sign);
        self.at += if comes { sign.len() } else { 0 };
        comes
    }

    fn range(&mut self) -> Result<Node, Slip> {
        let low = self.sum()?;
        match self.take("..") {
            true => Ok(Node::Both(Box::new(low), Operation::To, Box::new(self.sum()?))),
            false => Ok(low),
        }
    }

    fn sum(&mut self) -> Result<Node, Slip> {
        let mut node = self.product()?;
        loop {
            let operation = match self.peek() {
                Some('+') => Operation::Add,
                Some('-') => Operation::Subtract,
                _ => return Ok(node),
            };
            self.at += 1;
            node = Node::Both(Box::new(node), operation, Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Node, Slip> {
        let mut node = self.part()?;
        loop {
            let operation = match self.peek() {
                Some('*') => Operation::Multiply,
                Some('/') => Operation::Divide,
                _ => return Ok(node),
            };
            self.at += 1;
            node = Node::Both(Box::new(node), operation, Box::new(self.part()?));
        }
    }

    fn part(&mut self) -> Result<Node, Slip> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.slip("parentheses are nested too deeply"));
        }
        let node = match self.peek() {
            Some('(') => {
                self.at += 1;
                let inner = self.range()?;
                if !self.take(")") {
                    return Err(self.slip("a parenthesis is not closed"));
                }
                Ok(inner)
            }
            Some('-') => {
                self.at += 1;
                Ok(Node::Minus(Box::new(self.part()?)))
            }
            Some(first) if first.is_ascii_alphanumeric() || matches!(first, '_' | '.') => self.word(),
            Some(sign) => Err(self.slip(format!("`{sign}` where a claim's id or a number belongs"))),
            None => Err(self.slip("the arithmetic ends where a claim's id or a number belongs")),
        };
        self.depth -= 1;
        node
    }

    /// A number or an id; `1..2` is two numbers.
    fn word(&mut self) -> Result<Node, Slip> {
        let rest = self.rest();
        let end = rest
            .char_indices()
            .find(|(at, sign)| {
                let point = *sign == '.' && !rest[*at..].starts_with("..");
                !(sign.is_ascii_alphanumeric() || *sign == '_' || point)
            })
            .map_or(rest.len(), |(at, _)| at);
        let (word, start) = (rest[..end].to_owned(), self.at);
        let span = start..start + end;
        self.at += end;
        if !word.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
            return match word.contains('.') {
                true => Err(Slip { message: format!("`{word}` is no id of a claim"), span }),
                false => Ok(Node::Claim(word)),
            };
        }
        decimal(&word).map(Node::Number).map_err(|message| Slip { message, span })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Result<String, String> {
        let figure = |id: &str| match id {
            "range" => "2..4".parse().ok(),
            "open" => "5+".parse().ok(),
            "one" => Some(Figure::of(Decimal::ONE)),
            _ => None,
        };
        Expression::parse(text).map_err(|slip| slip.message)?.value(&figure).map(|found| found.to_string())
    }

    #[test]
    fn the_order_of_operations_and_of_ends() {
        let cases = [
            ("1 + 2 * 3", "7"),
            ("(1 + 2) * 3", "9"),
            ("10 - 4 - 3", "3"),
            ("12 / 4 / 3", "1"),
            ("-range", "-4 to -2"),
            ("range - range", "-2 to 2"),
            ("1 - one / range", "0.5 to 0.75"),
            ("range * -1", "-4 to -2"),
            ("open + 1", "6 or more"),
            ("2 * one .. 3", "2 to 3"),
            ("1..2", "1 to 2"),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn mistakes_say_what_is_wrong() {
        for (text, part) in [
            ("", "ends where"),
            ("1 +", "ends where"),
            ("(1", "not closed"),
            ("1 2", "is over"),
            ("a.b", "no id"),
            ("1 / 0", "divided by 0"),
            ("1 / (0 - 1 .. 1)", "divided by 0"),
            ("unknown", "not known"),
            ("ä", "`ä` where"),
        ] {
            let message = value(text).unwrap_err();
            assert!(message.contains(part), "{text}: {message}");
        }
        assert!(Expression::parse(&"(".repeat(10_000)).is_err());
    }
}
