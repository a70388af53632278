//! Reads conditions: words, numbers with their units and comparison signs, each mistake at its place.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Comparison, Holds, Node, Operand, Variable};
use crate::data::nearest;
use crate::measure::{self, Size};

/// Parentheses and `not` inside each other, at most: far more than anybody reads.
const DEEPEST: usize = 32;

/// What is wrong in a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub message: String,
    /// The bytes of the condition that it is about.
    pub span: Range<usize>,
    /// What is allowed there.
    pub allowed: String,
    /// What was probably meant there.
    pub suggestion: Option<String>,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    /// A number with its sign and unit.
    Value(&'a str),
    Comparison(Comparison),
    Open,
    Close,
    End,
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    token: Token<'a>,
    span: Range<usize>,
    depth: usize,
    variables: &'a [Variable],
}

/// A side of a comparison as it is written.
enum Side<'a> {
    Variable(Variable, Range<usize>),
    Value(&'a str, Range<usize>),
}

const COMPARISONS: [(&str, Comparison); 6] = [
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::MoreOrEqual),
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<", Comparison::Less),
    (">", Comparison::More),
];

const PART: &str =
    "a comparison such as requests_per_day < 10_000, a flag such as steady_traffic, or either in parentheses";
const JOINED: &str = "and, or, a closing parenthesis, or the end";

/// Reads a whole condition.
pub(super) fn parse(text: &str, variables: &[Variable]) -> Result<Node, Mistake> {
    let mut parser = Parser { text, at: 0, token: Token::End, span: 0..0, depth: 0, variables };
    parser.next()?;
    if parser.token == Token::End {
        return Err(parser.mistake("an empty condition", PART));
    }
    let node = parser.any()?;
    match parser.token {
        Token::End => Ok(node),
        Token::Close => Err(parser.mistake("a parenthesis that nothing opens", JOINED)),
        Token::Comparison(_) => Err(parser.mistake("a second comparison", "two comparisons joined by `and`")),
        Token::Word(_) | Token::Value(_) | Token::Open => {
            Err(parser.mistake(format!("`{}` where the condition is over", parser.here()), JOINED))
        }
    }
}

impl<'a> Parser<'a> {
    fn mistake(&self, message: impl Into<String>, allowed: impl Into<String>) -> Mistake {
        let (message, allowed) = (message.into(), allowed.into());
        Mistake { message, span: self.span.clone(), allowed, suggestion: None }
    }

    /// The text of the token.
    fn here(&self) -> &'a str {
        self.text.get(self.span.clone()).unwrap_or_default()
    }

    /// Goes to the next token.
    fn next(&mut self) -> Result<(), Mistake> {
        let rest = &self.text[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let rest = &self.text[start..];
        let (token, length) = match rest.chars().next() {
            None => (Token::End, 0),
            Some('(') => (Token::Open, 1),
            Some(')') => (Token::Close, 1),
            Some(first) if first.is_ascii_alphabetic() || first == '_' => {
                let length = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
                (Token::Word(&rest[..length]), length)
            }
            Some(first) if first.is_ascii_digit() || matches!(first, '$' | '-' | '.') => {
                let length = value_length(rest);
                (Token::Value(&rest[..length]), length)
            }
            Some(first) => match COMPARISONS.iter().find(|(sign, _)| rest.starts_with(sign)) {
                Some((sign, comparison)) => (Token::Comparison(*comparison), sign.len()),
                None => return Err(unknown_sign(rest, start, first)),
            },
        };
        (self.token, self.span, self.at) = (token, start..start + length, start + length);
        Ok(())
    }

    /// Takes a joining word, if it stands here.
    fn takes(&mut self, word: &str) -> Result<bool, Mistake> {
        let found = matches!(self.token, Token::Word(here) if here.eq_ignore_ascii_case(word));
        if found {
            self.next()?;
        }
        Ok(found)
    }

    fn any(&mut self) -> Result<Node, Mistake> {
        let mut parts = vec![self.all()?];
        while self.takes("or")? {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Node::Any))
    }

    fn all(&mut self) -> Result<Node, Mistake> {
        let mut parts = vec![self.part()?];
        while self.takes("and")? {
            parts.push(self.part()?);
        }
        Ok(one_or(parts, Node::All))
    }

    fn part(&mut self) -> Result<Node, Mistake> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("more than {DEEPEST} parentheses inside each other");
            return Err(self.mistake(message, "a shorter condition, or several rules"));
        }
        let node = if self.takes("not")? {
            Node::Not(Box::new(self.part()?))
        } else if self.token == Token::Open {
            let opened = self.span.clone();
            self.next()?;
            let inner = self.any()?;
            if self.token != Token::Close {
                let mistake = self.mistake("a parenthesis that nothing closes", JOINED);
                return Err(Mistake { span: opened, ..mistake });
            }
            self.next()?;
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(node)
    }

    fn comparison(&mut self) -> Result<Node, Mistake> {
        let left = self.side()?;
        let Token::Comparison(how) = self.token else {
            return match left {
                Side::Variable(Variable { name, holds: Holds::Flag, .. }, _) => Ok(Node::Flag(name)),
                Side::Variable(variable, span) => {
                    let message = format!("`{}` is not compared with anything", variable.name);
                    let allowed =
                        format!("a comparison such as {} < {}", variable.name, variable.holds.example());
                    Err(Mistake { message, span, allowed, suggestion: None })
                }
                Side::Value(_, span) => {
                    let mistake = self.mistake("a value that is not compared with anything", PART);
                    Err(Mistake { span, ..mistake })
                }
            };
        };
        self.next()?;
        let right = self.side()?;
        let (left, right) = operands(left, right)?;
        Ok(Node::Compare(left, how, right))
    }

    fn side(&mut self) -> Result<Side<'a>, Mistake> {
        let span = self.span.clone();
        let side = match self.token {
            Token::Word(word) => Side::Variable(self.variable(word)?, span),
            Token::Value(text) => Side::Value(text, span),
            Token::End => return Err(self.mistake("the condition ends too early", PART)),
            Token::Open | Token::Close | Token::Comparison(_) => {
                return Err(self.mistake(format!("`{}` where a part belongs", self.here()), PART));
            }
        };
        self.next()?;
        Ok(side)
    }

    fn variable(&self, word: &str) -> Result<Variable, Mistake> {
        let folded = word.to_lowercase();
        if let Some(known) = self.variables.iter().find(|variable| variable.name == folded) {
            return Ok(*known);
        }
        if ["and", "or"].contains(&folded.as_str()) {
            return Err(self.mistake(format!("`{word}` where a part belongs"), PART));
        }
        let names: Vec<&str> = self.variables.iter().map(|variable| variable.name).collect();
        let suggestion = nearest(word, names.iter().copied()).map(str::to_owned);
        let mistake =
            self.mistake(format!("unknown variable `{word}`"), format!("one of {}", names.join(", ")));
        Err(Mistake { suggestion, ..mistake })
    }
}

/// How far the characters of a kind go.
fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c| !fits(c)).unwrap_or(text.len())
}

/// The length of a value at the start of a text: dollar sign, digits, and the unit behind them.
fn value_length(text: &str) -> usize {
    let mut length = run(text, |c| matches!(c, '$' | '-' | ' '));
    length += run(&text[length..], |c| c.is_ascii_digit() || matches!(c, '_' | '.' | ','));
    let digits = text[..length].trim_end().len();
    let behind = &text[digits..];
    let unit = behind.trim_start();
    let unit_length = if unit.starts_with('%') { 1 } else { run(unit, |c| c.is_alphabetic()) };
    let joins = ["and", "or", "not"].iter().any(|word| unit[..unit_length].eq_ignore_ascii_case(word));
    match unit_length == 0 || joins {
        true => digits,
        false => digits + (behind.len() - unit.len()) + unit_length,
    }
}

fn unknown_sign(rest: &str, start: usize, first: char) -> Mistake {
    let meant = [("&&", "and"), ("||", "or"), ("!", "not "), ("=", "=="), ("≤", "<="), ("≥", ">=")];
    let meant = meant.iter().find(|(sign, _)| rest.starts_with(sign));
    Mistake {
        message: format!(
            "`{}` is no sign of a condition",
            meant.map_or(first.to_string(), |(sign, _)| (*sign).to_owned())
        ),
        span: start..start + meant.map_or(first.len_utf8(), |(sign, _)| sign.len()),
        allowed: "<, <=, >, >=, ==, !=, parentheses, and, or, not".to_owned(),
        suggestion: meant.map(|(_, word)| (*word).to_owned()),
    }
}

fn one_or(mut parts: Vec<Node>, several: fn(Vec<Node>) -> Node) -> Node {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            several(parts)
        }
    }
}

/// Both sides of a comparison, which must hold the same.
fn operands(left: Side<'_>, right: Side<'_>) -> Result<(Operand, Operand), Mistake> {
    match (left, right) {
        (Side::Variable(left, span), Side::Variable(right, other)) => {
            let left_side = compared(left, span)?;
            let right_side = compared(right, other.clone())?;
            if left.holds != right.holds {
                let message =
                    format!("`{}` is {}, and `{}` is {}", left.name, left.holds, right.name, right.holds);
                let allowed = format!("what is compared with `{}` is {}", left.name, left.holds.allowed());
                return Err(Mistake { message, span: other, allowed, suggestion: None });
            }
            Ok((left_side, right_side))
        }
        (Side::Variable(variable, span), Side::Value(text, at)) => {
            Ok((compared(variable, span)?, value(variable, text, at)?))
        }
        (Side::Value(text, at), Side::Variable(variable, span)) => {
            let variable_side = compared(variable, span)?;
            Ok((value(variable, text, at)?, variable_side))
        }
        (Side::Value(_, left), Side::Value(_, right)) => Err(Mistake {
            message: "two values that are compared with each other".to_owned(),
            span: left.start..right.end,
            allowed: "a variable on one side".to_owned(),
            suggestion: None,
        }),
    }
}

/// A variable that can be compared.
fn compared(variable: Variable, span: Range<usize>) -> Result<Operand, Mistake> {
    match variable.holds {
        Holds::Flag => Err(Mistake {
            message: format!("`{}` is true or false, and is not compared", variable.name),
            span,
            allowed: format!("{0} alone, or not {0}", variable.name),
            suggestion: None,
        }),
        _ => Ok(Operand::Variable(variable.name)),
    }
}

fn value(variable: Variable, text: &str, span: Range<usize>) -> Result<Operand, Mistake> {
    let read = match variable.holds {
        Holds::Flag => Err(format!("`{text}` is no flag")),
        Holds::Number => measure::decimal(text),
        Holds::Share => measure::share(text),
        Holds::Dollars => measure::usd(text),
        Holds::Time => measure::duration(text).map(measure::seconds),
        Holds::Size => text.parse::<Size>().map(|size| Decimal::from(size.bytes())),
    };
    read.map(Operand::Value).map_err(|why| Mistake {
        message: format!("`{}`: {why}", variable.name),
        span,
        allowed: format!("`{}` is {}", variable.name, variable.holds.allowed()),
        suggestion: None,
    })
}
