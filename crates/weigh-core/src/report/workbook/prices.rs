//! The sheet of prices: each rate once, with its source and its days, for the sheets of options to refer to.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::estimate::{Estimate, Line};
use super::formula::CellPlace;
use super::{NumberKind, RowRole, TOP, WorkbookCell, WorkbookRow, WorkbookSheet, top, widths};
use crate::report::decimal;
use crate::time::Date;

pub(super) const NAME: &str = "Prices";

const HEADINGS: &[(&str, u16)] = &[
    ("Price id", 44),
    ("Region", 15),
    ("Rate (USD)", 14),
    ("Unit", 14),
    ("From", 12),
    ("Last seen", 12),
    ("Standing", 14),
    ("Borrowed from", 15),
    ("Derived from", 40),
    ("Source", 90),
];

/// The column of the rates.
const RATE: usize = 2;

/// What tells one price from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Price {
    id: String,
    region: String,
    /// US dollars for one unit on the list; the tiers of one price id differ in it.
    rate: Decimal,
    unit: &'static str,
    from: Date,
    seen: Date,
    standing: &'static str,
    borrowed_from: String,
    derived_from: String,
    source: String,
}

/// A price that an option needs and the book lacks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Missing {
    id: String,
    region: String,
    why: String,
}

/// Every price of a workbook.
pub(super) struct PriceList {
    /// The place of the sheet among the sheets.
    sheet: usize,
    /// The prices, each with its row.
    rows: BTreeMap<Price, usize>,
    missing: BTreeSet<Missing>,
}

impl Price {
    /// The price of a line; nothing for what is free or covered, which has no rate of its own.
    fn of(estimate: &Estimate, line: &Line) -> Option<Price> {
        let charge = &line.charge;
        let rate = decimal(&charge.list_rate);
        let is_price = !rate.is_zero() || charge.part.is_empty();
        is_price.then(|| Price {
            id: charge.price_id.clone(),
            region: estimate.comparison.scenario.region.clone(),
            rate,
            unit: charge.unit,
            from: line.from,
            seen: line.seen,
            standing: charge.mark,
            borrowed_from: charge.borrowed_from.clone().unwrap_or_default(),
            derived_from: charge.derived_from.clone().unwrap_or_default(),
            source: charge.source.clone(),
        })
    }
}

impl PriceList {
    /// The prices that the options of estimates use, in the order of their ids; their sheet stands at `sheet`.
    pub(super) fn of(estimates: &[Estimate], sheet: usize) -> PriceList {
        let (mut rows, mut missing) = (BTreeMap::new(), BTreeSet::new());
        for estimate in estimates {
            for option in &estimate.options {
                let used = option.lines.iter().filter_map(|line| Price::of(estimate, line));
                rows.extend(used.map(|price| (price, 0)));
                missing.extend(option.report.missing_prices.iter().map(|price| Missing {
                    id: price.price_id.clone(),
                    region: price.region.clone(),
                    why: price.message.clone(),
                }));
            }
        }
        for (place, row) in rows.values_mut().enumerate() {
            *row = TOP + place;
        }
        PriceList { sheet, rows, missing }
    }

    /// The cell of the rate of a line; nothing for what is free or covered.
    pub(super) fn rate_of(&self, estimate: &Estimate, line: &Line) -> Option<CellPlace> {
        let row = *self.rows.get(&Price::of(estimate, line)?)?;
        Some(CellPlace { sheet: self.sheet, row, column: RATE })
    }

    /// The sheet itself; what the book lacks stands at its end, without a rate.
    pub(super) fn sheet(&self) -> WorkbookSheet {
        let remarks = [
            "Each rate stands here once, as the price book has it: change one, and all costs at this rate follow."
                .to_owned(),
            String::new(),
        ];
        let mut rows = top(NAME.to_owned(), remarks, HEADINGS);
        rows.extend(self.rows.keys().map(|price| WorkbookRow { role: RowRole::Line, cells: price.cells() }));
        rows.extend(
            self.missing.iter().map(|price| WorkbookRow { role: RowRole::Line, cells: price.cells() }),
        );
        WorkbookSheet { name: NAME.to_owned(), widths: widths(HEADINGS), rows }
    }
}

impl Price {
    fn cells(&self) -> Vec<WorkbookCell> {
        vec![
            WorkbookCell::text(&*self.id),
            WorkbookCell::text(&*self.region),
            WorkbookCell::Number { value: self.rate, kind: NumberKind::Rate },
            WorkbookCell::text(self.unit),
            WorkbookCell::Day(self.from),
            WorkbookCell::Day(self.seen),
            WorkbookCell::text(standing(self.standing)),
            WorkbookCell::text(&*self.borrowed_from),
            WorkbookCell::text(&*self.derived_from),
            WorkbookCell::text(&*self.source),
        ]
    }
}

impl Missing {
    fn cells(&self) -> Vec<WorkbookCell> {
        let mut cells = vec![WorkbookCell::Empty; HEADINGS.len()];
        cells[0] = WorkbookCell::text(&*self.id);
        cells[1] = WorkbookCell::text(&*self.region);
        cells[RATE] = WorkbookCell::text("unknown");
        cells[6] = WorkbookCell::text("missing");
        cells[9] = WorkbookCell::text(&*self.why);
        cells
    }
}

/// How well a price is known, in a word that stands by itself.
fn standing(mark: &'static str) -> &'static str {
    match mark {
        "" => "sourced",
        "single" => "single source",
        known => known,
    }
}
