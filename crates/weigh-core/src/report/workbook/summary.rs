//! The summary: a row for each option of each scenario, with totals that refer to the options' own sheets.

use rust_decimal::Decimal;

use super::estimate::{Estimate, EstimatedOption};
use super::formula::{CellPlace, Formula};
use super::option::OptionSheet;
use super::{BEFORE, NumberKind, RowRole, WorkbookCell, WorkbookRow, WorkbookSheet, numbered, top, widths};
use crate::snapshot::MODEL_VERSION;

pub(super) const NAME: &str = "Summary";

const HEADINGS: &[(&str, u16)] = &[
    ("No.", 6),
    ("Scenario", 34),
    ("Option", 20),
    ("Platform", 14),
    ("Size", 44),
    ("Status", 11),
    ("Rank", 6),
    ("Monthly cost (USD)", 19),
    ("Annual cost (USD)", 19),
    ("Cost of some days (USD)", 19),
    ("Recommended", 14),
    ("Region", 15),
    ("Prices of", 12),
    ("Billed time", 22),
    ("Sheet", 24),
    ("Reason", 70),
    ("Recommendation", 70),
    ("File", 40),
    ("Price book", 68),
    ("Model", 8),
];

/// The columns that are named.
const SCENARIO: usize = 1;
const STATUS: usize = 5;
const REGION: usize = 11;
const PRICES_OF: usize = 12;
const REASON: usize = 15;
const FILE: usize = 17;

/// The summary of estimates; `sheets` are those of their options, in the same order.
pub(super) fn sheet(estimates: &[Estimate], sheets: &[OptionSheet]) -> WorkbookSheet {
    let remarks = [
        "US dollars. Every total refers to the sheet of its option, where each charge is quantity × rate."
            .to_owned(),
        "Each scenario is priced as if its account had no other: free quantities and tiers are not shared."
            .to_owned(),
    ];
    let title = match estimates {
        [only] => only.comparison.scenario.name.clone(),
        _ => NAME.to_owned(),
    };
    let mut rows = top(title, remarks, HEADINGS);
    let mut at = 0;
    for (number, estimate) in (1..).zip(estimates) {
        if estimate.options.is_empty() {
            rows.push(line(without_option(number, estimate)));
        }
        for option in &estimate.options {
            if let Some(own) = sheets.get(at) {
                rows.push(line(cells(number, estimate, option, own, BEFORE + at)));
            }
            at += 1;
        }
    }
    WorkbookSheet { name: NAME.to_owned(), widths: widths(HEADINGS), rows }
}

fn line(cells: Vec<WorkbookCell>) -> WorkbookRow {
    WorkbookRow { role: RowRole::Line, cells }
}

/// An option whose sheet stands at `place`.
fn cells(
    number: usize,
    estimate: &Estimate,
    option: &EstimatedOption,
    own: &OptionSheet,
    place: usize,
) -> Vec<WorkbookCell> {
    let (report, scenario) = (&option.report, &estimate.comparison.scenario);
    let total = |total: Option<(usize, Decimal)>| {
        total.map(|(row, value)| WorkbookCell::Formula {
            formula: Formula::Same(CellPlace { sheet: place, row, column: OptionSheet::TOTAL }),
            value,
            kind: NumberKind::Total,
        })
    };
    let total = |of| total(of).unwrap_or_else(|| WorkbookCell::text("unknown"));
    let no_month = || WorkbookCell::text("no whole month");
    let [month, year, days] = match estimate.no_year {
        None => [total(own.month), total(own.year), WorkbookCell::Empty],
        Some(_) => [no_month(), no_month(), total(own.month)],
    };
    let recommended = estimate.comparison.recommended.as_ref() == Some(&report.name);
    let advice = if recommended { estimate.comparison.recommendation.join(" ") } else { String::new() };
    let rank = report.rank.map(numbered).unwrap_or(WorkbookCell::Empty);
    let mut reasons = option.reasons();
    reasons.extend(estimate.no_year.clone());
    vec![
        numbered(number),
        WorkbookCell::text(&*scenario.name),
        WorkbookCell::text(&*report.name),
        WorkbookCell::text(report.platform),
        WorkbookCell::text(report.size.clone().unwrap_or_default()),
        WorkbookCell::text(report.status),
        rank,
        month,
        year,
        days,
        WorkbookCell::text(if recommended { "recommended" } else { "" }),
        WorkbookCell::text(&*scenario.region),
        WorkbookCell::Day(estimate.as_of),
        WorkbookCell::text(scenario.billed_time()),
        WorkbookCell::Link(place),
        WorkbookCell::text(reasons.join(" ")),
        WorkbookCell::text(advice),
        WorkbookCell::text(&*estimate.file),
        WorkbookCell::text(&*estimate.comparison.book.hash),
        numbered(MODEL_VERSION as usize),
    ]
}

/// A scenario that has none of the options that were asked for.
fn without_option(number: usize, estimate: &Estimate) -> Vec<WorkbookCell> {
    let scenario = &estimate.comparison.scenario;
    let names: Vec<&str> = estimate.comparison.options.iter().map(|option| option.name.as_str()).collect();
    let mut cells = vec![WorkbookCell::Empty; HEADINGS.len()];
    cells[0] = numbered(number);
    cells[SCENARIO] = WorkbookCell::text(&*scenario.name);
    cells[STATUS] = WorkbookCell::text("left out");
    cells[REGION] = WorkbookCell::text(&*scenario.region);
    cells[PRICES_OF] = WorkbookCell::Day(estimate.as_of);
    let reason = format!("It has none of the options that were asked for, but {}.", names.join(", "));
    cells[REASON] = WorkbookCell::text(reason);
    cells[FILE] = WorkbookCell::text(&*estimate.file);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_that_are_meant() {
        let named = [SCENARIO, STATUS, REGION, PRICES_OF, REASON, FILE].map(|column| HEADINGS[column].0);
        assert_eq!(named, ["Scenario", "Status", "Region", "Prices of", "Reason", "File"]);
    }
}
