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
    let unknown = || WorkbookCell::text("unknown");
    let no_year = if own.month.is_some() { WorkbookCell::text("no whole month") } else { unknown() };
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
        total(own.month).unwrap_or_else(unknown),
        total(own.year).unwrap_or(no_year),
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
    cells[1] = WorkbookCell::text(&*scenario.name);
    cells[5] = WorkbookCell::text("left out");
    cells[10] = WorkbookCell::text(&*scenario.region);
    cells[11] = WorkbookCell::Day(estimate.as_of);
    let reason = format!("It has none of the options that were asked for, but {}.", names.join(", "));
    cells[14] = WorkbookCell::text(reason);
    cells[16] = WorkbookCell::text(&*estimate.file);
    cells
}
