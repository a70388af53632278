//! Times and things that add up: one of them left out, one alone, one counted twice.

use rust_decimal::Decimal;

use super::search::{Change, Search};
use super::words::is_or_are;
use crate::audit::computed::Basis;
use crate::claim::Figure;
use crate::money::number;

const ID: &str = "part-left-out";

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let (parts, unit) = match &search.computed.basis {
        Basis::Times(parts) => (parts, " s"),
        Basis::Things(parts) => (parts, ""),
        _ => return,
    };
    let figure = search.computed.figure;
    let tell = |value: Decimal| format!("{}{unit}", number(value, 3));
    for (name, value) in parts.iter().filter(|(_, value)| !value.is_zero()) {
        let amount = tell(*value);
        let rest: Vec<&str> = parts
            .iter()
            .filter(|(other, value)| other != name && !value.is_zero())
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
