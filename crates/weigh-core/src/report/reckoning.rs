//! A charge to read: how its quantity and its cost come about, and where its rate is from.

use super::lines::ChargeReport;
use super::{Cell, Entry, decimal};
use crate::money::number;

/// A charge to read: the factors, the rate, and where the rate is from.
pub(super) fn entry(charge: &ChargeReport, source: usize) -> Entry {
    let shown = |text: &str| number(decimal(text), 6);
    let rate = Cell::Rate(decimal(&charge.rate)).shown();
    let product = format!("{} {}", shown(&charge.metered), charge.unit);
    // A formula of one factor that only repeats its product tells nothing.
    let rate = match &charge.discount {
        None => rate,
        Some(discount) => {
            let list = Cell::Rate(decimal(&charge.list_rate)).shown();
            format!("{rate} ({list} on the list, {})", discount.sentence())
        }
    };
    let line = match charge.formula.eq_ignore_ascii_case(&product) {
        true => product,
        false => format!("{} = {product}", charge.formula),
    };
    let reckoning = match charge.metered == charge.quantity {
        true => vec![format!("{line} × {rate}")],
        false => vec![line, format!("of which {} {} × {rate}", shown(&charge.quantity), charge.unit)],
    };
    let range = charge.range.as_ref().filter(|range| range.low != range.high);
    let between = range.map(|range| format!("over the ranges {}", range.sentence()));
    let origin = format!("{} [{source}], seen {}{}", charge.price_id, charge.seen, charge.marks());
    let part = if charge.part.is_empty() { String::new() } else { format!(" ({})", charge.part) };
    Entry {
        title: format!("{}{part}", charge.description),
        amount: Cell::ExactDollars(decimal(&charge.cost)),
        lines: reckoning.into_iter().chain(between).chain([origin]).collect(),
    }
}

/// A charge as a row of a table to read.
pub(super) fn charge_row(charge: &ChargeReport, source: usize) -> Vec<Cell> {
    let part = if charge.part.is_empty() { String::new() } else { format!(" ({})", charge.part) };
    vec![
        Cell::Text(format!("{}{part}", charge.description)),
        Cell::Text(format!("{} = {} {}", charge.formula, number(decimal(&charge.metered), 6), charge.unit)),
        Cell::Number(decimal(&charge.quantity)),
        Cell::Rate(decimal(&charge.rate)),
        Cell::ExactDollars(decimal(&charge.cost)),
        Cell::Text(charge.price_id.clone()),
        Cell::Text(format!("[{source}] {}{}", charge.seen, charge.marks())),
    ]
}
