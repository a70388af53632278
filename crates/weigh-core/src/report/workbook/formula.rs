//! Formulas between cells, as data, and how spreadsheets spell them.

use super::cell::WorkbookSheet;

/// Where a cell is; all counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellPlace {
    /// The place of its sheet among the sheets.
    pub sheet: usize,
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
}

/// How a number follows from other cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// What another cell is.
    Same(CellPlace),
    /// One cell times another.
    Product(CellPlace, CellPlace),
    /// An amount less a share of it; an empty share takes nothing off.
    Less {
        /// The amount.
        amount: CellPlace,
        /// The share that is taken off.
        share: CellPlace,
    },
    /// A cell so many times.
    Times(u32, CellPlace),
    /// The sum of the cells from one to another in a column.
    Sum {
        /// The first of them.
        first: CellPlace,
        /// The last of them.
        last: CellPlace,
    },
}

impl Formula {
    /// The formula as a cell of the sheet at `on` holds it, in the notation that spreadsheets share: letters for columns, numbers from 1
    /// for rows, and the name before a cell of another sheet.
    ///
    /// ```
    /// use weigh_core::report::{CellPlace, Formula, WorkbookSheet};
    /// let sheet = |name: &str| WorkbookSheet { name: name.to_owned(), widths: Vec::new(), rows: Vec::new() };
    /// let sheets = [sheet("Summary"), sheet("Fargate's own")];
    /// let cell = |sheet, row, column| CellPlace { sheet, row, column };
    /// let sum = Formula::Sum { first: cell(1, 4, 10), last: cell(1, 9, 10) };
    /// assert_eq!(sum.spelling(1, &sheets), "=SUM(K5:K10)");
    /// assert_eq!(Formula::Times(12, cell(1, 10, 26)).spelling(0, &sheets), "=12*'Fargate''s own'!AA11");
    /// ```
    #[must_use]
    pub fn spelling(&self, on: usize, sheets: &[WorkbookSheet]) -> String {
        let cell = |place: &CellPlace| spelled(*place, on, sheets);
        match self {
            Formula::Same(place) => format!("={}", cell(place)),
            Formula::Product(one, other) => format!("={}*{}", cell(one), cell(other)),
            Formula::Less { amount, share } => format!("={}*(1-{})", cell(amount), cell(share)),
            Formula::Times(count, place) => format!("={count}*{}", cell(place)),
            // The sheet is said once, before the first cell.
            Formula::Sum { first, last } => format!("=SUM({}:{})", cell(first), bare(*last)),
        }
    }
}

/// A cell with its sheet, where it is not on the same.
fn spelled(place: CellPlace, on: usize, sheets: &[WorkbookSheet]) -> String {
    match sheets.get(place.sheet) {
        Some(sheet) if place.sheet != on => format!("{}!{}", quoted(&sheet.name), bare(place)),
        _ => bare(place),
    }
}

/// The name of a sheet before a `!`, in quotes: without them some names are read as cells or values.
fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// `AA11`.
fn bare(place: CellPlace) -> String {
    format!("{}{}", letters(place.column), place.row + 1)
}

/// The letters of a column: A to Z, then AA.
fn letters(column: usize) -> String {
    let own = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => own.to_string(),
        before => letters(before - 1) + &own.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        for (column, told) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(letters(column), told);
        }
    }
}
