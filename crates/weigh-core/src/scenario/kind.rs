//! The kinds of value that a scenario file may hold: how each is read, what it allows, and its JSON Schema.

use std::ops::Range;
use std::time::Duration;

use rust_decimal::Decimal;
use toml::de::DeValue;

use super::kind_text::{count, currency_code, name, one_line, texts, zero};
use super::vocabulary::{Known, Vocabulary};
use super::when::When;
use crate::data::nearest;
use crate::measure::{self, Change, Rate, Size};
use crate::time::{Date, Month};
use crate::traffic::{Days, Hours, Shape, Zone};

/// A spelling that is allowed, and what it means.
pub type Choice = (&'static str, &'static str);

/// The kind of a field that holds a processor architecture.
pub const ARCHITECTURE: Kind =
    Kind::OneOf(&[("x86", "64-bit Intel and AMD."), ("arm", "64-bit ARM: AWS Graviton.")]);

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A short name of something in the file.
    Name,
    /// A text on one line.
    Text,
    /// What is said of a platform: a number, yes or no, or words.
    Fact,
    /// The path of a file beside the scenario.
    File,
    /// `true` or `false`.
    Flag,
    /// A whole number in a range.
    Count {
        /// The smallest allowed.
        least: u32,
        /// The largest allowed.
        most: u32,
    },
    /// A decimal above 0, up to a million.
    Number,
    /// A decimal that may be 0, up to a million.
    NumberOrZero,
    /// What is used of a tariff: a decimal that may be 0, up to 10¹⁵.
    Quantity,
    /// A size above 0.
    Size,
    /// A size that may be 0.
    SizeOrZero,
    /// A span of time above 0.
    Duration,
    /// A span of time that may be 0.
    DurationOrZero,
    /// Requests in a period, above 0.
    Rate,
    /// US dollars above 0.
    Money,
    /// US dollars, 0 or more.
    MoneyOrZero,
    /// US dollars, 0 or more, as a number or with their sign.
    Dollars,
    /// How much an amount may change: percent, or US dollars.
    Change,
    /// A share of a whole, above 0.
    Share,
    /// A share of a whole, 0 or more.
    ShareOrZero,
    /// The code of a currency.
    CurrencyCode,
    /// How much of a currency a US dollar is, above 0.
    ExchangeRate,
    /// A day.
    Date,
    /// The length of the billed month.
    Month,
    /// Hours, days, a time zone, or a number for each hour.
    When(When),
    /// One of fixed spellings.
    OneOf(&'static [Choice]),
    /// One of the names that the catalog or the price book knows.
    Word(Known),
    /// A list of such names.
    Words(Known),
    /// A list of short names of things in the file.
    Names,
    /// One short name of something in the file, or a list of them.
    NameOrNames,
    /// A list of texts, each on one line.
    Texts,
}

/// A value that was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// A name, a choice or a word.
    Text(String),
    /// A flag.
    Flag(bool),
    /// A whole number.
    Count(u32),
    /// A number, a share, or dollars.
    Number(Decimal),
    /// A change.
    Change(Change),
    /// A size.
    Size(Size),
    /// A span of time.
    Duration(Duration),
    /// A rate.
    Rate(Rate),
    /// A day.
    Date(Date),
    /// The length of the billed month.
    Month(Month),
    /// Spans of the day.
    Hours(Vec<Hours>),
    /// Days of the week.
    Days(Days),
    /// A time zone.
    Zone(Zone),
    /// The weights of hours.
    Shape(Shape),
    /// A list of words.
    Words(Vec<String>),
}

/// Why a value was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) suggestion: Option<String>,
    /// The part of the value that is wrong; left out, all of it.
    pub(super) part: Option<Range<usize>>,
}

impl From<String> for Refusal {
    fn from(message: String) -> Refusal {
        Refusal { message, suggestion: None, part: None }
    }
}

impl Kind {
    /// What is allowed, in words.
    #[must_use]
    pub fn allowed(self, vocabulary: &Vocabulary) -> String {
        match self {
            Kind::Name => "a name of letters, digits, spaces and `-_.+(),:/`".to_owned(),
            Kind::Text => "a text of 1 to 300 characters on one line".to_owned(),
            Kind::Fact => "a number, true or false, or words".to_owned(),
            Kind::File => "the path of a file, from the scenario's folder on".to_owned(),
            Kind::Flag => "true or false".to_owned(),
            Kind::Count { least, most } => format!("a whole number from {least} to {most}"),
            Kind::Number => "a number above 0, such as 0.25 or 2".to_owned(),
            Kind::NumberOrZero | Kind::Quantity => "a number of 0 or more, such as 4".to_owned(),
            Kind::Size => "a size above 0, such as \"2 GiB\" or \"512 MB\"".to_owned(),
            Kind::SizeOrZero => "a size, such as \"20 KB\" or \"0 B\"".to_owned(),
            Kind::Duration => "a time above 0, such as \"120 ms\" or \"15 min\"".to_owned(),
            Kind::DurationOrZero => "a time, such as \"1.8 s\" or \"0 ms\"".to_owned(),
            Kind::Rate => "a rate above 0, such as \"10_000/day\", \"3.5/s\" or \"300_000/month\"".to_owned(),
            Kind::Money => "US dollars above 0, such as \"$200\"".to_owned(),
            Kind::MoneyOrZero => "US dollars, such as \"$0\" or \"$200\"".to_owned(),
            Kind::Dollars => "US dollars, such as 200 or \"$200\"".to_owned(),
            Kind::Change => "percent such as \"5 %\", or US dollars such as 10 or \"$10\"".to_owned(),
            Kind::Share => "a share above 0, such as \"99.9 %\" or 0.25".to_owned(),
            Kind::ShareOrZero => "a share, such as \"0 %\" or 0.25".to_owned(),
            Kind::CurrencyCode => "the code of a currency, such as \"EUR\"".to_owned(),
            Kind::ExchangeRate => "how much of the currency a US dollar is, such as 0.92".to_owned(),
            Kind::Date => "a day, such as 2026-10-07".to_owned(),
            Kind::Month => "\"730h\", a calendar month such as \"2026-02\", or days of one such as \"2026-02-10..2026-02-20\"".to_owned(),
            Kind::When(when) => when.allowed(),
            Kind::OneOf(choices) => {
                let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
                format!("one of {}", words.join(", "))
            }
            Kind::Word(known) => vocabulary.allowed(known),
            Kind::Words(known) => format!("a list; {}", vocabulary.allowed(known)),
            Kind::Names => "a list of names".to_owned(),
            Kind::NameOrNames => "a name, or a list of names".to_owned(),
            Kind::Texts => "a list of texts of 1 to 300 characters, each on one line".to_owned(),
        }
    }

    /// Reads a value of this kind from the file.
    pub(super) fn read(self, value: &DeValue<'_>, vocabulary: &Vocabulary) -> Result<Datum, Refusal> {
        let text = match (self, value) {
            (Kind::When(when), value) => return when.read(value),
            (Kind::Flag, DeValue::Boolean(flag)) => return Ok(Datum::Flag(*flag)),
            (Kind::Fact, DeValue::Boolean(flag)) => if *flag { "yes" } else { "no" }.to_owned(),
            (Kind::Words(_) | Kind::Names | Kind::NameOrNames, DeValue::Array(items)) => {
                let words = items.iter().map(|item| {
                    let word = match (self, item.get_ref()) {
                        (Kind::Words(known), DeValue::String(word)) => word_of(known, word, vocabulary),
                        (_, DeValue::String(word)) => Ok(word.trim().to_owned()),
                        (_, other) => Err(format!("{} in a list of names", described(other)).into()),
                    };
                    word.map_err(|refusal| Refusal { part: Some(item.span()), ..refusal })
                });
                return words.collect::<Result<_, _>>().map(Datum::Words);
            }
            (Kind::Texts, DeValue::Array(items)) => return texts(items),
            (
                Kind::Count { .. }
                | Kind::Number
                | Kind::Share
                | Kind::Flag
                | Kind::Words(_)
                | Kind::Names
                | Kind::Texts,
                DeValue::String(_),
            ) if !matches!(self, Kind::Share) => {
                return Err(format!("{} where {} belongs", described(value), self.noun()).into());
            }
            (_, DeValue::String(text)) => text.as_ref().to_owned(),
            (Kind::Date, DeValue::Datetime(date)) => date.to_string(),
            (kind, DeValue::Integer(number)) if kind.is_bare_number() && number.radix() == 10 => {
                number.as_str().to_owned()
            }
            (kind, DeValue::Float(number))
                if kind.is_bare_number() && !matches!(kind, Kind::Count { .. }) =>
            {
                number.as_str().to_owned()
            }
            (Kind::SizeOrZero, DeValue::Integer(zero)) if zero.as_str() == "0" => "0 B".to_owned(),
            (Kind::DurationOrZero, DeValue::Integer(zero)) if zero.as_str() == "0" => "0 s".to_owned(),
            (_, DeValue::Float(number)) if number.as_str().contains("nan") => {
                return Err("NaN is no number that can be weighed".to_owned().into());
            }
            (_, other) => {
                let suggestion = match other {
                    DeValue::Integer(number) => self.meant(number.as_str()),
                    DeValue::Float(number) => self.meant(number.as_str()),
                    _ => None,
                };
                let message = format!("{} where {} belongs", described(other), self.noun());
                return Err(Refusal { suggestion, ..Refusal::from(message) });
            }
        };
        self.read_text(&text, vocabulary).map_err(|refusal| Refusal {
            suggestion: refusal.suggestion.or_else(|| self.meant(&text)),
            ..refusal
        })
    }

    /// Reads a value of this kind from its text, as a default is written.
    pub(super) fn read_text(self, text: &str, vocabulary: &Vocabulary) -> Result<Datum, Refusal> {
        let refuse = |why: String| Refusal::from(why);
        match self {
            Kind::Name => name(text),
            Kind::Text | Kind::Fact => one_line(text),
            Kind::File if text.trim().is_empty() => Err("an empty path".to_owned().into()),
            Kind::File => Ok(Datum::Text(text.to_owned())),
            Kind::Flag => text.parse().map(Datum::Flag).map_err(|_| refuse(format!("`{text}` is no flag"))),
            Kind::Count { least, most } => count(text, least, most),
            Kind::Number | Kind::NumberOrZero | Kind::Quantity | Kind::ExchangeRate => {
                let number = self.number(measure::decimal(text).map_err(refuse)?, text)?;
                let most = if self == Kind::Quantity { 1_000_000_000_000_000_u64 } else { 1_000_000 };
                let most = Decimal::from(most);
                if number > most {
                    Err(format!("{text} is more than {most}").into())
                } else {
                    Ok(Datum::Number(number))
                }
            }
            Kind::Size | Kind::SizeOrZero => match text.parse::<Size>().map_err(refuse)? {
                size if size.bytes() == 0 && self == Kind::Size => Err(zero(text)),
                size => Ok(Datum::Size(size)),
            },
            Kind::Duration | Kind::DurationOrZero => match measure::duration(text).map_err(refuse)? {
                span if span.is_zero() && self == Kind::Duration => Err(zero(text)),
                span => Ok(Datum::Duration(span)),
            },
            Kind::Rate => match text.parse::<Rate>().map_err(refuse)? {
                rate if rate.count.is_zero() => Err(zero(text)),
                rate => Ok(Datum::Rate(rate)),
            },
            Kind::Money | Kind::MoneyOrZero => {
                self.number(measure::usd(text).map_err(refuse)?, text).map(Datum::Number)
            }
            Kind::Dollars => measure::usd_or_number(text).map(Datum::Number).map_err(refuse),
            Kind::Change => text.parse().map(Datum::Change).map_err(refuse),
            Kind::Share | Kind::ShareOrZero => {
                self.number(measure::share(text).map_err(refuse)?, text).map(Datum::Number)
            }
            Kind::CurrencyCode => currency_code(text),
            Kind::Date => text.parse().map(Datum::Date).map_err(refuse),
            Kind::Month => text.parse().map(Datum::Month).map_err(refuse),
            Kind::When(when) => when.read_text(text),
            Kind::OneOf(choices) => {
                let words = choices.iter().map(|(word, _)| *word);
                known_word(text, words, self.noun()).map(Datum::Text)
            }
            Kind::Word(known) => word_of(known, text, vocabulary).map(Datum::Text),
            Kind::Words(known) => word_of(known, text, vocabulary).map(|word| Datum::Words(vec![word])),
            Kind::Names | Kind::NameOrNames | Kind::Texts => Ok(Datum::Words(vec![text.trim().to_owned()])),
        }
    }

    /// What was probably meant by a number that lacks its sign or unit: `99.9` is `99.9 %`, `200` is `$200`.
    fn meant(self, number: &str) -> Option<String> {
        let value = measure::decimal(number).ok()?;
        match self {
            Kind::Share | Kind::ShareOrZero => {
                (value > Decimal::ONE && value <= Decimal::ONE_HUNDRED).then(|| format!("{number} %"))
            }
            Kind::Money | Kind::MoneyOrZero => Some(format!("${number}")),
            _ => None,
        }
    }

    /// Whether a number without a unit can be of this kind.
    fn is_bare_number(self) -> bool {
        matches!(
            self,
            Kind::Count { .. }
                | Kind::Number
                | Kind::NumberOrZero
                | Kind::Quantity
                | Kind::ExchangeRate
                | Kind::Share
                | Kind::ShareOrZero
                | Kind::Dollars
                | Kind::Change
                | Kind::Fact
        )
    }

    /// The number itself, unless it is 0 where that makes no sense.
    fn number(self, number: Decimal, text: &str) -> Result<Decimal, Refusal> {
        let zero_fits =
            matches!(self, Kind::NumberOrZero | Kind::Quantity | Kind::MoneyOrZero | Kind::ShareOrZero);
        if number.is_zero() && !zero_fits { Err(zero(text)) } else { Ok(number) }
    }

    /// The kind as a noun, for messages.
    fn noun(self) -> &'static str {
        match self {
            Kind::Name => "a name",
            Kind::Text => "a text",
            Kind::Fact => "what is said of a platform",
            Kind::File => "a path",
            Kind::Flag => "true or false",
            Kind::Count { .. } => "a whole number",
            Kind::Number | Kind::NumberOrZero | Kind::Quantity | Kind::ExchangeRate => "a number",
            Kind::CurrencyCode => "a currency",
            Kind::Size | Kind::SizeOrZero => "a size with its unit",
            Kind::Duration | Kind::DurationOrZero => "a time with its unit",
            Kind::Rate => "a rate",
            Kind::Money | Kind::MoneyOrZero => "a sum of money",
            Kind::Dollars => "a sum of money",
            Kind::Change => "percent or a sum of money",
            Kind::Share | Kind::ShareOrZero => "a share",
            Kind::Date => "a day",
            Kind::Month => "a month",
            Kind::When(when) => when.noun(),
            Kind::OneOf(_) => "a choice",
            Kind::Word(known) | Kind::Words(known) => known.noun(),
            Kind::Names => "a list of names",
            Kind::NameOrNames => "a name or a list of names",
            Kind::Texts => "a list of texts",
        }
    }
}

/// A value of the file as a noun, for messages.
pub(crate) fn described(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text `{text}`"),
        DeValue::Integer(number) => format!("the bare number {number}"),
        DeValue::Float(number) => format!("the bare number {}", number.as_str()),
        DeValue::Boolean(flag) => format!("the flag {flag}"),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn word_of(known: Known, word: &str, vocabulary: &Vocabulary) -> Result<String, Refusal> {
    known_word(word, vocabulary.words(known).into_iter(), known.noun())
}

/// The word itself when it is known, else a refusal with the nearest known one.
pub(super) fn known_word<'a>(
    word: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    noun: &str,
) -> Result<String, Refusal> {
    // Names of programmes are written in many ways: `SOC 2` is `soc-2`.
    let fold = |text: &str| text.to_lowercase().replace([' ', '_'], "-");
    if let Some(same) = known.clone().find(|candidate| fold(candidate) == fold(word)) {
        return Ok(same.to_owned());
    }
    let noun = noun.strip_prefix("a ").or_else(|| noun.strip_prefix("an ")).unwrap_or(noun);
    let suggestion = nearest(word, known).map(str::to_owned);
    Err(Refusal { message: format!("unknown {noun} `{word}`"), suggestion, part: None })
}
