//! The sheet of assumptions: what each scenario takes as given, what is to be known of its options, and what the workbook is.

use super::estimate::Estimate;
use super::{RowRole, WorkbookCell, WorkbookRow, WorkbookSheet, numbered, top, widths};

pub(super) const NAME: &str = "Assumptions";

const HEADINGS: &[(&str, u16)] =
    &[("No.", 6), ("Scenario", 34), ("Option", 20), ("Kind", 14), ("What is taken as given", 140)];

/// What is true of every workbook.
const OF_ALL: &[&str] = &[
    "Costs are formulas: quantity × rate, and a total is the sum of its charges. A rate in the sheet Prices, a discount or a quantity that is changed changes all costs that follow from it.",
    "Sizes, quantities, ranks and recommendations do not follow: they were computed from the scenario. Change the scenario and make the workbook anew.",
    "The program computes with exact decimals of 28 digits. A cell of a spreadsheet holds 15 digits, so that what it computes may differ from the program's figure behind the fifteenth.",
    "Each scenario is priced as if its account had no other: each uses the whole of the monthly free quantities, and tiers begin anew. `weigh account` prices scenarios in one account.",
    "A cost that is unknown is said to be so, and is never 0: no formula adds it up.",
];

/// The sheet of estimates.
pub(super) fn sheet(estimates: &[Estimate]) -> WorkbookSheet {
    let mut rows = top(NAME.to_owned(), [String::new(), String::new()], HEADINGS);
    rows.extend(OF_ALL.iter().map(|text| line([], "", "workbook", text)));
    for (number, estimate) in (1..).zip(estimates) {
        let of = || [numbered(number), WorkbookCell::text(&*estimate.comparison.scenario.name)];
        rows.extend(estimate.comparison.assumptions.iter().map(|text| line(of(), "", "assumption", text)));
        rows.extend(estimate.ranges.iter().map(|text| line(of(), "", "range", text)));
        for option in &estimate.options {
            let name = &option.report.name;
            rows.extend(option.report.notes.iter().map(|text| line(of(), name, "note", text)));
        }
    }
    WorkbookSheet { name: NAME.to_owned(), widths: widths(HEADINGS), rows }
}

fn line<const CELLS: usize>(of: [WorkbookCell; CELLS], option: &str, kind: &str, text: &str) -> WorkbookRow {
    let mut cells: Vec<WorkbookCell> = of.into();
    cells.resize(2, WorkbookCell::Empty);
    cells.extend([option, kind, text].map(WorkbookCell::text));
    WorkbookRow { role: RowRole::Line, cells }
}
