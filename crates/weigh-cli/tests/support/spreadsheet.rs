//! A small spreadsheet of its own: reads a workbook's cells and formulas, and computes the formulas anew from the numbers alone.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Number(f64),
    Text(String),
    /// A formula, and what the file says that it comes to.
    Formula(String, f64),
}

/// Row and column, from 0.
pub(crate) type At = (u32, u32);

/// A workbook as it was read.
pub(crate) struct Spreadsheet {
    /// The names of the sheets in their order.
    pub(crate) names: Vec<String>,
    cells: BTreeMap<String, BTreeMap<At, Cell>>,
}

impl Spreadsheet {
    /// Reads a file.
    pub(crate) fn read(bytes: &[u8]) -> Spreadsheet {
        let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let names = file.sheet_names();
        let mut cells = BTreeMap::new();
        for name in &names {
            let values = file.worksheet_range(name).expect("a sheet");
            let formulas = file.worksheet_formula(name).expect("its formulas");
            let mut own = BTreeMap::new();
            let (top, left) = values.start().expect("a sheet is not empty");
            for (row, column, value) in values.used_cells() {
                let at = (
                    top + u32::try_from(row).expect("a small number"),
                    left + u32::try_from(column).expect("a small number"),
                );
                let formula = formulas.get_value(at).filter(|formula| !formula.is_empty());
                own.insert(at, cell(value, formula));
            }
            cells.insert(name.clone(), own);
        }
        Spreadsheet { names, cells }
    }

    /// The cell of a sheet; nothing where it is empty.
    pub(crate) fn cell(&self, sheet: &str, at: At) -> Option<&Cell> {
        self.cells.get(sheet).unwrap_or_else(|| panic!("no sheet {sheet}")).get(&at)
    }

    /// The cells of a sheet that hold formulas.
    pub(crate) fn formulas<'a>(&'a self, sheet: &str) -> impl Iterator<Item = (At, &'a str, f64)> {
        self.cells[sheet].iter().filter_map(|(at, cell)| match cell {
            Cell::Formula(formula, told) => Some((*at, formula.as_str(), *told)),
            Cell::Number(_) | Cell::Text(_) => None,
        })
    }

    /// The rows of a sheet below its headings, each with its values by heading; text of numbers as they are.
    pub(crate) fn lines(&self, sheet: &str) -> Vec<BTreeMap<String, (At, Cell)>> {
        const HEADINGS: u32 = 3;
        let cells = &self.cells[sheet];
        let heading = |column: u32| match cells.get(&(HEADINGS, column)) {
            Some(Cell::Text(heading)) => heading.clone(),
            other => panic!("{sheet}: no heading above column {column}: {other:?}"),
        };
        let mut lines: BTreeMap<u32, BTreeMap<String, (At, Cell)>> = BTreeMap::new();
        for (at, cell) in cells.range((HEADINGS + 1, 0)..) {
            lines.entry(at.0).or_default().insert(heading(at.1), (*at, cell.clone()));
        }
        lines.into_values().collect()
    }

    /// Puts another number into a cell that holds one.
    pub(crate) fn put(&mut self, sheet: &str, at: At, number: f64) {
        let cell = self.cells.get_mut(sheet).and_then(|cells| cells.get_mut(&at)).expect("a cell");
        assert!(matches!(cell, Cell::Number(_)), "{sheet} {at:?} holds {cell:?}");
        *cell = Cell::Number(number);
    }

    /// What a cell comes to when all formulas are computed anew; an empty cell is 0.
    pub(crate) fn computed(&self, sheet: &str, at: At) -> f64 {
        match self.cell(sheet, at) {
            None => 0.0,
            Some(Cell::Number(number)) => *number,
            Some(Cell::Text(text)) => panic!("{sheet} {at:?} is no number but `{text}`"),
            Some(Cell::Formula(formula, _)) => {
                let mut reader = Formula { book: self, sheet, rest: formula };
                let value = reader.sum();
                assert_eq!(reader.rest, "", "{sheet} {at:?}: `{formula}` is read to its end");
                value
            }
        }
    }
}

fn cell(value: &Data, formula: Option<&String>) -> Cell {
    let number = match value {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(f64::from(i32::try_from(*number).expect("a small number"))),
        Data::DateTime(day) => Some(day.as_f64()),
        _ => None,
    };
    match (formula, number) {
        (Some(formula), Some(told)) => Cell::Formula(formula.clone(), told),
        (Some(formula), None) => panic!("the formula `{formula}` has no value but {value:?}"),
        (None, Some(number)) => Cell::Number(number),
        (None, None) => Cell::Text(value.to_string()),
    }
}

/// A formula that is read from the left: sums of products of numbers, cells, brackets and `SUM`.
struct Formula<'a> {
    book: &'a Spreadsheet,
    sheet: &'a str,
    rest: &'a str,
}

impl<'a> Formula<'a> {
    fn takes(&mut self, what: &str) -> bool {
        let rest = self.rest.strip_prefix(what);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn needs(&mut self, what: &str) {
        assert!(self.takes(what), "`{what}` before `{}`", self.rest);
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.takes("+") {
                value += self.product();
            } else if self.takes("-") {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.factor();
        while self.takes("*") {
            value *= self.factor();
        }
        value
    }

    fn factor(&mut self) -> f64 {
        if self.takes("SUM(") {
            let (sheet, first) = self.place();
            self.needs(":");
            let (_, last) = self.place();
            self.needs(")");
            let cells =
                (first.0..=last.0).flat_map(|row| (first.1..=last.1).map(move |column| (row, column)));
            // As spreadsheets do, a sum passes over words.
            let numbers = cells.filter(|at| !matches!(self.book.cell(sheet, *at), Some(Cell::Text(_))));
            return numbers.map(|at| self.book.computed(sheet, at)).sum();
        }
        if self.takes("(") {
            let value = self.sum();
            self.needs(")");
            return value;
        }
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            return self.word(|c| c.is_ascii_digit() || c == '.').parse().expect("a number");
        }
        let (sheet, at) = self.place();
        self.book.computed(sheet, at)
    }

    fn word(&mut self, is: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !is(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// `K5`, or `'1 fargate'!K5`.
    fn place(&mut self) -> (&'a str, At) {
        let mut sheet = self.sheet;
        if self.takes("'") {
            // A quote in a name is doubled; no name of these tests has one at its end.
            let end = self.rest.find("'!").expect("the end of a sheet's name");
            let name = self.rest[..end].replace("''", "'");
            sheet = self.book.names.iter().find(|known| **known == name).expect("a sheet of the workbook");
            self.rest = &self.rest[end + 2..];
        }
        let letters = self.word(|c| c.is_ascii_uppercase());
        let column = letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
        let row: u32 = self.word(|c| c.is_ascii_digit()).parse().expect("the row of a cell");
        (sheet, (row - 1, column - 1))
    }
}
