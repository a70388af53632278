//! What a rule came to: the verdict, with limit, value and a sentence.

use rust_decimal::Decimal;

use super::PolicyVerdict;
use crate::criteria::{show_seconds, show_share};
use crate::measure::{Change, seconds};
use crate::money::{approximate, dollars, number};
use crate::scenario::Datum;

/// What a rule came to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Judged {
    pub(super) limit: Option<String>,
    pub(super) value: Option<String>,
    pub(super) unit: &'static str,
    pub(super) verdict: PolicyVerdict,
    /// A sentence without its stop.
    pub(super) message: String,
    /// What would help where it is unknown.
    pub(super) remedy: Option<String>,
}

/// The unit of a rule's limit and value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// US dollars.
    Dollars,
    /// Time; seconds are reckoned with, and results are in milliseconds.
    Time,
    /// A share of a whole, 0 to 1.
    Share,
    /// Days.
    Days,
    /// A number of prices.
    Prices,
    /// Names.
    Names,
    /// A share, or US dollars where the limit is in dollars.
    Change,
}

impl Unit {
    /// The word in results.
    pub(super) fn word(self) -> &'static str {
        match self {
            Unit::Dollars => "USD",
            Unit::Time => "ms",
            Unit::Share | Unit::Change => "share",
            Unit::Days => "days",
            Unit::Prices => "prices",
            Unit::Names => "names",
        }
    }

    /// A value as results have it: exact, without its unit.
    pub(super) fn plain(self, value: Decimal) -> String {
        let value = if self == Unit::Time { value.saturating_mul(Decimal::ONE_THOUSAND) } else { value };
        value.normalize().to_string()
    }

    /// A value as readers see it.
    pub(super) fn shown(self, value: Decimal) -> String {
        let count = |what: &str| match value == Decimal::ONE {
            true => format!("1 {what}"),
            false => format!("{} {what}s", number(value, 0)),
        };
        match self {
            Unit::Dollars => dollars(value),
            Unit::Time => show_seconds(approximate(value)),
            Unit::Share | Unit::Change if value.is_sign_negative() => {
                format!("-{}", show_share(approximate(value.abs())))
            }
            Unit::Share | Unit::Change => show_share(approximate(value)),
            Unit::Days => count("day"),
            Unit::Prices => count("price"),
            Unit::Names => value.to_string(),
        }
    }

    /// A value and a limit as readers see them; with all their digits where they would look alike, and are not.
    pub(super) fn both(self, value: Decimal, limit: Decimal) -> (String, String) {
        let shown = (self.shown(value), self.shown(limit));
        if value == limit || shown.0 != shown.1 {
            return shown;
        }
        let exact = |value: Decimal| match self {
            Unit::Dollars => format!("${}", value.normalize()),
            Unit::Time => format!("{} ms", self.plain(value)),
            Unit::Share | Unit::Change => {
                format!("{} %", value.saturating_mul(Decimal::ONE_HUNDRED).normalize())
            }
            Unit::Days | Unit::Prices | Unit::Names => self.shown(value),
        };
        (exact(value), exact(limit))
    }
}

impl Judged {
    /// A value that must not be more than the limit; `fact` says it, given how it is shown.
    pub(super) fn at_most(
        unit: Unit,
        value: Decimal,
        limit: Decimal,
        fact: impl Fn(&str) -> String,
    ) -> Judged {
        let (shown, allowed) = unit.both(value, limit);
        let passed = value <= limit;
        let beside = if passed { "within" } else { "more than" };
        Judged {
            limit: Some(unit.plain(limit)),
            value: Some(unit.plain(value)),
            unit: unit.word(),
            verdict: if passed { PolicyVerdict::Passed } else { PolicyVerdict::Failed },
            message: format!("{}, {beside} the {allowed} allowed", fact(&shown)),
            remedy: None,
        }
    }

    /// A value that must not be less than the limit.
    pub(super) fn at_least(
        unit: Unit,
        value: Decimal,
        limit: Decimal,
        fact: impl Fn(&str) -> String,
    ) -> Judged {
        let (shown, required) = unit.both(value, limit);
        let passed = value >= limit;
        let beside = if passed { "at least" } else { "less than" };
        Judged {
            limit: Some(unit.plain(limit)),
            value: Some(unit.plain(value)),
            unit: unit.word(),
            verdict: if passed { PolicyVerdict::Passed } else { PolicyVerdict::Failed },
            message: format!("{}, {beside} the {required} required", fact(&shown)),
            remedy: None,
        }
    }

    /// What needs no number: passed or failed, as the sentence says.
    pub(super) fn without_value(unit: Unit, limit: Option<Decimal>, passed: bool, message: String) -> Judged {
        Judged {
            limit: limit.map(|limit| unit.plain(limit)),
            value: None,
            unit: unit.word(),
            verdict: if passed { PolicyVerdict::Passed } else { PolicyVerdict::Failed },
            message,
            remedy: None,
        }
    }

    /// The same with more said.
    pub(super) fn noting(mut self, note: &str) -> Judged {
        self.message.push_str(note);
        self
    }
}

/// Why a rule can't be decided, and what would help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    why: String,
    remedy: String,
}

impl Unknown {
    pub(super) fn new(why: impl Into<String>, remedy: impl Into<String>) -> Unknown {
        Unknown { why: why.into(), remedy: remedy.into() }
    }

    /// The verdict on a rule with this limit.
    pub(super) fn judged(self, unit: Unit, stated: &Datum) -> Judged {
        let (unit, limit) = limit_of(unit, stated);
        Judged {
            limit,
            value: None,
            unit: unit.word(),
            verdict: PolicyVerdict::Unknown,
            message: self.why,
            remedy: Some(self.remedy),
        }
    }
}

/// A limit as results have it, with its unit.
fn limit_of(unit: Unit, stated: &Datum) -> (Unit, Option<String>) {
    match stated {
        Datum::Number(number) => (unit, Some(unit.plain(*number))),
        Datum::Change(Change::Dollars(amount)) => (Unit::Dollars, Some(Unit::Dollars.plain(*amount))),
        Datum::Change(Change::Percent(percent)) => {
            (Unit::Share, Some(Unit::Share.plain(*percent / Decimal::ONE_HUNDRED)))
        }
        Datum::Duration(span) => (unit, Some(unit.plain(seconds(*span)))),
        Datum::Count(count) => (unit, Some(count.to_string())),
        Datum::Flag(allowed) => (unit, (!allowed).then(|| "0".to_owned())),
        Datum::Words(words) => (unit, Some(words.join(", "))),
        _ => (unit, None),
    }
}
