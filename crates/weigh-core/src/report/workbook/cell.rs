//! Sheets, rows and cells of a workbook: values with their kind, for a writer to format.

use rust_decimal::Decimal;

use super::formula::Formula;
use crate::time::Date;

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkbookSheet {
    /// Its name: unlike all others whatever the case of its letters, at most 31 characters, none of which a spreadsheet forbids.
    pub name: String,
    /// How wide the columns are, in characters.
    pub widths: Vec<u16>,
    /// The rows from the top; the row of headings is the last that stays in view.
    pub rows: Vec<WorkbookRow>,
}

impl WorkbookSheet {
    /// The place of the row of headings among the rows; nothing without one.
    ///
    /// ```
    /// use weigh_core::report::{RowRole, WorkbookRow, WorkbookSheet};
    /// let row = |role| WorkbookRow { role, cells: Vec::new() };
    /// let rows = vec![row(RowRole::Title), row(RowRole::Heading), row(RowRole::Line)];
    /// let sheet = WorkbookSheet { name: "Prices".to_owned(), widths: Vec::new(), rows };
    /// assert_eq!(sheet.headings(), Some(1));
    /// ```
    #[must_use]
    pub fn headings(&self) -> Option<usize> {
        self.rows.iter().position(|row| row.role == RowRole::Heading)
    }
}

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkbookRow {
    /// What the row is for.
    pub role: RowRole,
    /// Its cells from the left.
    pub cells: Vec<WorkbookCell>,
}

/// What a row is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowRole {
    /// The sheet's title.
    Title,
    /// What belongs to the whole sheet.
    Remark,
    /// The headings of the columns.
    Heading,
    /// A line of the table.
    Line,
    /// What the lines add up to.
    Total,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum WorkbookCell {
    /// Nothing.
    Empty,
    /// Words, and never a formula, whatever they begin with.
    Text(String),
    /// The name of another sheet, to go there: its place among the sheets.
    Link(usize),
    /// A day.
    Day(Date),
    /// A number that stands for itself.
    Number {
        /// The exact number.
        value: Decimal,
        /// What it is.
        kind: NumberKind,
    },
    /// A number that follows from other cells.
    Formula {
        /// How it follows.
        formula: Formula,
        /// What it comes to, exactly.
        value: Decimal,
        /// What it is.
        kind: NumberKind,
    },
}

impl WorkbookCell {
    /// A cell of words; an empty text is an empty cell.
    pub(super) fn text(words: impl Into<String>) -> WorkbookCell {
        match words.into() {
            words if words.is_empty() => WorkbookCell::Empty,
            words => WorkbookCell::Text(words),
        }
    }
}

/// What a number is, which says how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// A whole number.
    Count,
    /// A metered amount.
    Quantity,
    /// US dollars for one unit.
    Rate,
    /// US dollars of one charge, shown beyond the cent.
    Cost,
    /// US dollars in all, shown to the cent.
    Total,
    /// An amount of another currency in all, shown to its smallest unit.
    Converted {
        /// Decimal places of that unit: 0, 2 or 3.
        places: u32,
    },
    /// A share, shown in percent.
    Share,
}
