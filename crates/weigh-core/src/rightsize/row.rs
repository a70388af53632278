//! A line of an inventory: its values with their places.

use std::ops::Range;

use super::columns::{Column, Header};
use crate::data::line::{Cell, cells, unclosed};
use crate::problem::Problem;

/// The values of a row, by their columns.
pub(super) struct Row<'a> {
    cells: Vec<(Column, Cell<'a>)>,
    line: Range<usize>,
}

impl<'a> Row<'a> {
    /// Reads a line below a header; nothing when its values can't be told apart.
    pub(super) fn read(
        start: usize,
        line: &'a str,
        header: &Header,
        problems: &mut Vec<Problem>,
    ) -> Option<Row<'a>> {
        let read = match cells(start, line, header.separator) {
            Ok(read) => read,
            Err(span) => {
                problems.push(unclosed(span));
                return None;
            }
        };
        let columns = &header.columns;
        let beyond = read.iter().skip(columns.len()).find(|(text, _)| !text.is_empty());
        if let Some((_, beyond)) = beyond {
            let message = format!("the row has {} values, the header {}", read.len(), columns.len());
            let last = start + line.trim_end().len();
            let allowed = "a value for each heading; one that holds the separator in double quotes";
            problems.push(Problem::at(beyond.start..last, message).allowing(allowed));
            return None;
        }
        let cells = columns.iter().copied().zip(read);
        Some(Row { cells: cells.collect(), line: start..start + line.trim_end().len() })
    }

    /// A value that is not empty.
    pub(super) fn stated(&self, column: Column) -> Option<Cell<'a>> {
        let found = self.cells.iter().find(|(known, _)| *known == column);
        found.map(|(_, cell)| cell.clone()).filter(|(text, _)| !text.is_empty())
    }

    /// A value that every row must have.
    pub(super) fn required(&self, column: Column, problems: &mut Vec<Problem>) -> Option<Cell<'a>> {
        let (_, (text, span)) = self.cells.iter().find(|(known, _)| *known == column).or_else(|| {
            // The line ends before the column.
            problems.push(self.lacks(column, self.line.end..self.line.end));
            None
        })?;
        if text.is_empty() {
            problems.push(self.lacks(column, span.clone()));
            return None;
        }
        Some((text, span.clone()))
    }

    fn lacks(&self, column: Column, span: Range<usize>) -> Problem {
        let whose = self.name().map(|(name, _)| format!(" of `{name}`")).unwrap_or_default();
        Problem::at(span, format!("`{}`{whose} is missing", column.name())).allowing(column.example())
    }

    /// The name of the container, and its place.
    pub(super) fn name(&self) -> Option<(String, Range<usize>)> {
        self.stated(Column::Name).map(|(text, span)| (text.to_owned(), span))
    }
}
