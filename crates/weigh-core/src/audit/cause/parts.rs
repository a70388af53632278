//! Times and things that add up: one of them left out, one alone, one counted twice.

use rust_decimal::Decimal;

use super::search::{Change, Search};
use super::words::is_or_are;
use crate::audit::computed::Basis;
use crate::claim::Figure;

const ID: &str = "part-left-out";

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let (Basis::Times(parts) | Basis::Things(parts)) = &search.computed.basis else { return };
    // Of things that are all alike none is missing by its size.
    if parts.iter().all(|(_, value)| Some(value) == parts.first().map(|(_, first)| first)) {
        return;
    }
    let figure = search.computed.figure;
    let tell = |value: Decimal| search.shown(&Figure::of(value));
    for (name, value) in parts.iter().filter(|(_, value)| *value > Decimal::ZERO) {
        let amount = tell(*value);
        let rest: Vec<&str> = parts
            .iter()
            .filter(|(other, value)| other != name && *value > Decimal::ZERO)
            .map(|(name, _)| name.as_str())
            .collect();
        if rest.len() > 1 {
            let words = format!("equals the sum without {name} ({amount})");
            changes.push(Change::figure(ID, 0, words, figure.map(|end| end - value)));
        }
        if !rest.is_empty() {
            let missing = rest.join(" and ");
            let words = format!("equals {name} alone ({amount}): {missing} {} missing", is_or_are(&missing));
            changes.push(Change::figure(ID, 0, words, Figure::of(*value)));
        }
        let words = format!("equals the sum with {name} counted twice ({amount} once)");
        changes.push(Change::figure("counted-twice", 1, words, figure.map(|end| end + value)));
    }
}
