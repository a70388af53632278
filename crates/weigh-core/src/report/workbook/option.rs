//! The sheet of an option: its charges with quantity × rate as formulas, their sum, and what that is in a year.

use rust_decimal::Decimal;

use super::estimate::{Estimate, EstimatedOption};
use super::formula::{CellPlace, Formula};
use super::prices::PriceList;
use super::{NumberKind, RowRole, TOP, WorkbookCell, WorkbookRow, WorkbookSheet, top, widths};
use crate::report::{ChargeReport, CurrencyReport, decimal};

const HEADINGS: &[(&str, u16)] = &[
    ("Component", 18),
    ("Environment", 14),
    ("Description", 40),
    ("Price id", 40),
    ("Part", 22),
    ("Quantity", 16),
    ("Unit", 16),
    ("List rate (USD)", 16),
    ("Discount", 10),
    ("Rate (USD)", 16),
    ("Cost (USD)", 16),
    ("Quantity comes from", 60),
    ("Supporting service", 60),
];

/// The columns that are named.
const DESCRIPTION: usize = 2;
const PRICE_ID: usize = 3;
const QUANTITY: usize = 5;
const LIST_RATE: usize = 7;
const DISCOUNT: usize = 8;
const RATE: usize = 9;
const COST: usize = 10;

/// A sheet of an option, and where its totals are.
pub(super) struct OptionSheet {
    pub(super) sheet: WorkbookSheet,
    /// The rows of the month and of the year, with what they come to; nothing without a bill, or without a year.
    pub(super) month: Option<(usize, Decimal)>,
    pub(super) year: Option<(usize, Decimal)>,
}

impl OptionSheet {
    /// The column of the totals.
    pub(super) const TOTAL: usize = COST;
}

/// Months of a year: what `annual_cost` of a report multiplies by.
const YEAR: u32 = 12;

/// The sheet of an option under a name; its formulas refer to cells of the sheet that it becomes.
pub(super) fn sheet(
    (name, own): (String, usize),
    estimate: &Estimate,
    option: &EstimatedOption,
    prices: &PriceList,
) -> OptionSheet {
    let remarks = [facts(estimate, option), verdict(option)];
    let title = format!("{}: {}", estimate.comparison.scenario.name, option.report.name);
    let mut made = OptionSheet {
        sheet: WorkbookSheet { name, widths: widths(HEADINGS), rows: top(title, remarks, HEADINGS) },
        month: None,
        year: None,
    };
    match &option.report.monthly_cost {
        Some(cost) => {
            for (place, line) in option.lines.iter().enumerate() {
                let rate = prices.rate_of(estimate, line);
                made.push(RowRole::Line, charge_cells(&line.charge, rate, own, TOP + place));
            }
            made.add_totals(estimate, option, own, decimal(cost));
        }
        None => {
            let missing = option.report.missing_prices.iter().map(|price| price.price_id.as_str());
            for (reason, price_id) in option.reasons().into_iter().zip(missing.chain(std::iter::repeat(""))) {
                let mut cells = vec![WorkbookCell::Empty; HEADINGS.len()];
                cells[DESCRIPTION] = WorkbookCell::text(reason);
                cells[PRICE_ID] = WorkbookCell::text(price_id);
                cells[COST] = WorkbookCell::text("unknown");
                made.push(RowRole::Line, cells);
            }
        }
    }
    made
}

/// `2 tasks of 0.5 vCPU and 1 GB · fargate · us-east-1 · prices of 2026-10-08 · month of 730 h`.
fn facts(estimate: &Estimate, option: &EstimatedOption) -> String {
    let scenario = &estimate.comparison.scenario;
    let mut facts: Vec<String> = option.report.size.iter().cloned().collect();
    facts.extend([option.report.platform.to_owned(), scenario.region.clone()]);
    facts.extend([format!("prices of {}", scenario.as_of), scenario.billed_time(), estimate.file.clone()]);
    facts.join(" · ")
}

fn verdict(option: &EstimatedOption) -> String {
    match (option.report.status, option.report.rank) {
        ("ranked", Some(rank)) => format!("Rank {rank}"),
        ("rejected", _) => format!("Rejected: {}", option.reasons().join(" ")),
        _ => "Cannot be priced".to_owned(),
    }
}

/// A charge in cells; `rate` is where its price stands.
fn charge_cells(
    charge: &ChargeReport,
    rate: Option<CellPlace>,
    sheet: usize,
    row: usize,
) -> Vec<WorkbookCell> {
    let at = |column| CellPlace { sheet, row, column };
    let number = |value: &str, kind| WorkbookCell::Number { value: decimal(value), kind };
    let follows = |formula, value: &str, kind| WorkbookCell::Formula { formula, value: decimal(value), kind };
    let list_rate = match rate {
        Some(place) => follows(Formula::Same(place), &charge.list_rate, NumberKind::Rate),
        None => number(&charge.list_rate, NumberKind::Rate),
    };
    let discount = charge.discount.as_ref().map(|discount| WorkbookCell::Number {
        value: decimal(&discount.percent) / Decimal::ONE_HUNDRED,
        kind: NumberKind::Share,
    });
    let less = Formula::Less { amount: at(LIST_RATE), share: at(DISCOUNT) };
    let product = Formula::Product(at(QUANTITY), at(RATE));
    let because = charge.supporting.zip(charge.because.as_ref());
    vec![
        WorkbookCell::text(&*charge.component),
        WorkbookCell::text(&*charge.environment),
        WorkbookCell::text(&*charge.description),
        WorkbookCell::text(&*charge.price_id),
        WorkbookCell::text(&*charge.part),
        number(&charge.quantity, NumberKind::Quantity),
        WorkbookCell::text(charge.unit),
        list_rate,
        discount.unwrap_or(WorkbookCell::Empty),
        follows(less, &charge.rate, NumberKind::Rate),
        follows(product, &charge.cost, NumberKind::Cost),
        WorkbookCell::text(&*charge.formula),
        WorkbookCell::text(because.map(|(what, why)| format!("{what}: {why}")).unwrap_or_default()),
    ]
}

impl OptionSheet {
    fn push(&mut self, role: RowRole, cells: Vec<WorkbookCell>) -> usize {
        self.sheet.rows.push(WorkbookRow { role, cells });
        self.sheet.rows.len() - 1
    }

    /// A row with a total, or with what belongs to one.
    fn push_total(&mut self, what: String, total: WorkbookCell) -> usize {
        let mut cells = vec![WorkbookCell::Empty; HEADINGS.len()];
        cells[DESCRIPTION] = WorkbookCell::Text(what);
        cells[COST] = total;
        self.push(RowRole::Total, cells)
    }

    /// The sum, what it is in a year, and both in the scenario's own currency.
    fn add_totals(&mut self, estimate: &Estimate, option: &EstimatedOption, own: usize, cost: Decimal) {
        let at = |row| CellPlace { sheet: own, row, column: COST };
        if option.lines.is_empty() {
            // A bill of nothing: the sum needs a cell to add up.
            self.push_total("No charges".to_owned(), WorkbookCell::Empty);
        }
        let follows = |formula, value, kind| WorkbookCell::Formula { formula, value, kind };
        let last = self.sheet.rows.len() - 1;
        let sum = Formula::Sum { first: at(TOP), last: at(last) };
        let span = estimate.comparison.scenario.span();
        let month = self.push_total(format!("Total {span}"), follows(sum, cost, NumberKind::Total));
        self.month = Some((month, cost));
        let year = option.report.annual_cost.as_deref().map(decimal);
        if let Some(year) = year {
            let formula = Formula::Times(YEAR, at(month));
            let row = self.push_total("Total a year".to_owned(), follows(formula, year, NumberKind::Total));
            self.year = Some((row, year));
        }
        if let Some(why) = &estimate.no_year {
            self.push_total(why.clone(), WorkbookCell::Empty);
        }
        if let Some(currency) = &estimate.comparison.scenario.currency {
            self.add_currency(currency, own, span);
        }
    }

    /// The totals in another currency; `span` is what the first one is of, such as `a month`.
    fn add_currency(&mut self, currency: &CurrencyReport, own: usize, span: &str) {
        let CurrencyReport { code, rate, as_of } = currency;
        let rate = decimal(rate);
        let told = format!("{code} for a US dollar, the scenario's own rate of {as_of}");
        let row = self.push_total(told, WorkbookCell::Number { value: rate, kind: NumberKind::Rate });
        let at = |row| CellPlace { sheet: own, row, column: COST };
        for (what, total) in [(span, self.month), ("a year", self.year)] {
            let Some((from, cost)) = total else { continue };
            let Some(value) = cost.checked_mul(rate) else { continue };
            let cell = WorkbookCell::Formula {
                formula: Formula::Product(at(from), at(row)),
                value,
                kind: NumberKind::Converted { places: currency.places() },
            };
            self.push_total(format!("Total {what} in {code}"), cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_that_are_meant() {
        let heading = |column: usize| HEADINGS[column].0;
        let named = [DESCRIPTION, PRICE_ID, QUANTITY, LIST_RATE, DISCOUNT, RATE, COST].map(heading);
        let meant = [
            "Description",
            "Price id",
            "Quantity",
            "List rate (USD)",
            "Discount",
            "Rate (USD)",
            "Cost (USD)",
        ];
        assert_eq!(named, meant);
    }
}
