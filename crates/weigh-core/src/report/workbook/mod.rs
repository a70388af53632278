//! Estimates as a workbook: sheets of cells whose totals are formulas, as data for whatever writes spreadsheets.

mod assumptions;
mod cell;
mod estimate;
mod formula;
mod names;
mod option;
mod prices;
mod summary;

pub use cell::{NumberKind, RowRole, WorkbookCell, WorkbookRow, WorkbookSheet};
pub use estimate::{Estimate, estimate};
pub use formula::{CellPlace, Formula};

use crate::time::Date;
use names::SheetNames;
use prices::PriceList;

/// A workbook: a summary, a sheet for each option of each scenario, what was assumed, and the prices.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// What it is called.
    pub title: String,
    /// The newest day whose prices were used. It stands for the day on which the workbook was made, so that the same
    /// scenarios and prices give the same file.
    pub day: Date,
    /// The sheets in their order.
    pub sheets: Vec<WorkbookSheet>,
}

/// The most sheets that a workbook in one file may have. Programs open more only as far as their memory goes, and nobody turns so
/// many; sheets that are files of their own may be more.
pub const MOST_SHEETS: usize = 1_000;

/// Sheets that stand before those of the options: the summary.
const BEFORE: usize = 1;
/// Rows above a sheet's first line: title, facts, a remark, headings.
const TOP: usize = 4;

/// Builds the workbook of estimates, which stand in it in their order.
///
/// Each cost is a product of cells, each total a sum of cells: a number that is changed changes all that follow from it. The
/// exact figures stand beside the formulas. An option without a bill has no total, and says why.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{compare, vocabulary};
/// use weigh_core::report::{WorkbookCell, estimate, workbook};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let comparison = compare(&scenario, &catalog, &book).unwrap();
/// let made = workbook(&[estimate("shop.toml", &scenario, None, &catalog, &comparison)]);
/// let names: Vec<&str> = made.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
/// assert_eq!(names, ["Summary", "fargate", "Assumptions", "Prices"]);
/// let cost = made.sheets[1].rows[4].cells.iter().find_map(|cell| match cell {
///     WorkbookCell::Formula { formula, .. } => Some(formula.spelling(1, &made.sheets)),
///     _ => None,
/// });
/// assert!(cost.unwrap().starts_with("='Prices'!C"));
/// ```
#[must_use]
pub fn workbook(estimates: &[Estimate]) -> Workbook {
    let options: usize = estimates.iter().map(|estimate| estimate.options.len()).sum();
    let prices = PriceList::of(estimates, BEFORE + options + 1);
    let mut names = SheetNames::with(&[summary::NAME, assumptions::NAME, prices::NAME]);
    let mut own = Vec::with_capacity(options);
    for (number, estimate) in (1..).zip(estimates) {
        for option in &estimate.options {
            let name = match estimates.len() {
                1 => option.report.name.clone(),
                _ => format!("{number} {}", option.report.name),
            };
            let name = (names.free(&name), BEFORE + own.len());
            own.push(option::sheet(name, estimate, option, &prices));
        }
    }
    let mut all = vec![summary::sheet(estimates, &own)];
    all.extend(own.into_iter().map(|made| made.sheet));
    all.extend([assumptions::sheet(estimates), prices.sheet()]);
    let title = match estimates {
        [only] => only.comparison.scenario.name.clone(),
        _ => format!("Estimates of {} scenarios", estimates.len()),
    };
    let days = estimates.iter().map(|estimate| estimate.as_of);
    Workbook { title, day: days.max().unwrap_or(Date::FIRST), sheets: all }
}

/// The rows above the lines of a sheet: what it is called, two remarks, and the columns' headings.
fn top(title: String, remarks: [String; 2], headings: &[(&str, u16)]) -> Vec<WorkbookRow> {
    let row = |role, text: String| WorkbookRow { role, cells: vec![WorkbookCell::text(text)] };
    let [first, second] = remarks;
    let cells = headings.iter().map(|(heading, _)| WorkbookCell::text(*heading)).collect();
    vec![
        row(RowRole::Title, title),
        row(RowRole::Remark, first),
        row(RowRole::Remark, second),
        WorkbookRow { role: RowRole::Heading, cells },
    ]
}

/// The widths of columns.
fn widths(headings: &[(&str, u16)]) -> Vec<u16> {
    headings.iter().map(|(_, width)| *width).collect()
}

/// The number by which sheets and rows name a scenario.
fn numbered(number: usize) -> WorkbookCell {
    WorkbookCell::Number { value: number.into(), kind: NumberKind::Count }
}
