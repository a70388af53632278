//! Tables of a TOML file and their values, each refused at its place when it is of another kind than belongs there.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::draft::{ByCriterion, Cells, Placed, Written};
use crate::data::nearest;
use crate::problem::Problem;
use crate::scenario::described;

/// A table of the file, with the name that messages give it.
pub(super) struct Place<'t> {
    table: &'t DeTable<'t>,
    pub(super) title: String,
    pub(super) span: Range<usize>,
}

impl<'t> Place<'t> {
    pub(super) fn new(table: &'t DeTable<'t>, title: impl Into<String>, span: Range<usize>) -> Place<'t> {
        Place { table, title: title.into(), span }
    }

    /// Tells every key that is not among these.
    pub(super) fn only(&self, keys: &[&str], told: &mut Vec<Problem>) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !keys.contains(&name) {
                let meant = nearest(name, keys.iter().copied()).map(str::to_owned);
                let unknown = Problem::at(key.span(), format!("unknown key `{name}` in {}", self.title));
                let allowed = format!("{} has {}", self.title, keys.join(", "));
                told.push(unknown.allowing(allowed).suggesting(meant));
            }
        }
    }

    /// Whether there is a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Where the value of a key stands.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(self.span.clone(), Spanned::span)
    }

    /// A value that must be there.
    pub(super) fn required<T>(
        &self,
        key: &str,
        what: &str,
        read: impl FnOnce(&Place<'t>, &str, &mut Vec<Problem>) -> Option<T>,
        told: &mut Vec<Problem>,
    ) -> Option<T> {
        if !self.has(key) {
            let lacks = Problem::at(self.span.clone(), format!("{} lacks `{key}`", self.title));
            told.push(lacks.allowing(format!("`{key}` is {what}")));
        }
        read(self, key, told)
    }

    /// A value of a kind; nothing where it is not stated, or of another kind, which is told.
    fn value<T>(
        &self,
        key: &str,
        allowed: &str,
        read: impl FnOnce(&Spanned<DeValue<'t>>) -> Option<T>,
        told: &mut Vec<Problem>,
    ) -> Option<T> {
        let value = self.table.get(key)?;
        let read = read(value);
        if read.is_none() {
            let found = described(value.get_ref());
            let wrong = Problem::at(value.span(), format!("`{key}`: {found} where {allowed} belongs"));
            told.push(wrong);
        }
        read
    }

    /// A text that says something.
    pub(super) fn text(&self, key: &str, told: &mut Vec<Problem>) -> Option<Placed<String>> {
        self.value(key, "a text", text, told)
    }

    /// A number.
    pub(super) fn number(&self, key: &str, told: &mut Vec<Problem>) -> Option<Placed<f64>> {
        self.value(key, "a number", |value| Some(Placed::new(number(value.get_ref())?, value.span())), told)
    }

    /// True or false.
    pub(super) fn flag(&self, key: &str, told: &mut Vec<Problem>) -> Option<Placed<bool>> {
        let read = |value: &Spanned<DeValue<'t>>| match value.get_ref() {
            DeValue::Boolean(flag) => Some(Placed::new(*flag, value.span())),
            _ => None,
        };
        self.value(key, "true or false", read, told)
    }

    /// A number, a word, or true or false.
    pub(super) fn cell(&self, key: &str, told: &mut Vec<Problem>) -> Option<Placed<Written>> {
        self.value(key, "a value", cell, told)
    }

    /// A list of texts; a single one stands for a list of it.
    pub(super) fn texts(&self, key: &str, told: &mut Vec<Problem>) -> Option<Placed<Vec<Placed<String>>>> {
        let read = |value: &Spanned<DeValue<'t>>| {
            let texts = match value.get_ref() {
                DeValue::Array(items) => items.iter().map(text).collect::<Option<Vec<_>>>()?,
                _ => vec![text(value)?],
            };
            Some(Placed::new(texts, value.span()))
        };
        self.value(key, "a list of texts", read, told)
    }

    /// A list of pairs of numbers: `[[0, 1.0], [100, 0.0]]`.
    pub(super) fn pairs(&self, key: &str, told: &mut Vec<Problem>) -> Option<Placed<Vec<(f64, f64)>>> {
        let pair = |item: &Spanned<DeValue<'t>>| match item.get_ref() {
            DeValue::Array(two) => match two.iter().collect::<Vec<_>>().as_slice() {
                [x, worth] => Some((number(x.get_ref())?, number(worth.get_ref())?)),
                _ => None,
            },
            _ => None,
        };
        let read = |value: &Spanned<DeValue<'t>>| match value.get_ref() {
            DeValue::Array(items) => {
                Some(Placed::new(items.iter().map(pair).collect::<Option<Vec<_>>>()?, value.span()))
            }
            _ => None,
        };
        self.value(
            key,
            "a list of pairs of a value and its worth, such as [[0, 1.0], [500, 0.0]],",
            read,
            told,
        )
    }

    /// Rows of numbers, of which each may be a fraction such as "1/3"; a cell that is none is told, and stands as NaN.
    pub(super) fn rows(&self, key: &str, told: &mut Vec<Problem>) -> Option<Placed<Rows>> {
        let value = self.table.get(key)?;
        let what = "rows of numbers, such as [[1, 3], [\"1/3\", 1]]";
        let mut wrong = |at: &Spanned<DeValue<'t>>, allowed: &str| {
            let message = format!("`{key}`: {} where a number belongs", described(at.get_ref()));
            told.push(Problem::at(at.span(), message).allowing(allowed));
        };
        let DeValue::Array(items) = value.get_ref() else {
            wrong(value, what);
            return None;
        };
        let (mut rows, mut whole) = (Vec::new(), true);
        for item in items {
            let DeValue::Array(cells) = item.get_ref() else {
                wrong(item, what);
                whole = false;
                continue;
            };
            let mut row = Vec::new();
            for cell in cells {
                match fraction(cell.get_ref()) {
                    Some(number) => row.push(Placed::new(number, cell.span())),
                    None => {
                        wrong(
                            cell,
                            "a number above 0, or a fraction of two whole numbers above 0, such as \"1/3\"",
                        );
                        row.push(Placed::new(f64::NAN, cell.span()));
                    }
                }
            }
            rows.push(Placed::new(row, item.span()));
        }
        whole.then(|| Placed::new(rows, value.span()))
    }

    /// Values behind names: `{ cost = 3, latency = "2..4" }`.
    pub(super) fn cells(&self, key: &str, told: &mut Vec<Problem>) -> Option<Placed<Cells>> {
        let inner = self.table_at(key, &format!("`{key}` of {}", self.title), told)?;
        let mut cells = Vec::new();
        for (name, value) in inner.table {
            let named = Placed::new(name.get_ref().trim().to_owned(), name.span());
            match cell(value) {
                Some(cell) => cells.push((named, cell)),
                None => told.push(no_cell(value)),
            }
        }
        Some(Placed::new(cells, inner.span))
    }

    /// Values in a row: `[4, 2, "Easy"]`.
    pub(super) fn row(&self, key: &str, told: &mut Vec<Problem>) -> Option<Vec<Placed<Written>>> {
        let Some(DeValue::Array(items)) = self.table.get(key).map(Spanned::get_ref) else { return None };
        let mut cells = Vec::new();
        for item in items {
            // What is no value keeps its place, so that those behind it keep theirs.
            cells.push(cell(item).unwrap_or_else(|| {
                told.push(no_cell(item));
                Placed::new(Written::Nothing, 0..0)
            }));
        }
        Some(cells)
    }

    /// Numbers behind names of criteria.
    pub(super) fn numbers(&self, key: &str, told: &mut Vec<Problem>) -> Option<Placed<ByCriterion>> {
        let inner = self.table_at(key, &format!("`{key}` of {}", self.title), told)?;
        let (mut numbers, before) = (Vec::new(), told.len());
        for name in inner.table.keys() {
            let key = name.get_ref().as_ref();
            if let Some(value) = inner.number(key, told) {
                numbers.push((Placed::new(key.trim().to_owned(), name.span()), value));
            }
        }
        (told.len() == before).then(|| Placed::new(numbers, inner.span))
    }

    /// Texts behind names.
    pub(super) fn named_texts(&self, key: &str, told: &mut Vec<Problem>) -> Vec<(Placed<String>, String)> {
        let Some(inner) = self.table_at(key, &format!("`{key}` of {}", self.title), told) else {
            return Vec::new();
        };
        let mut texts = Vec::new();
        for name in inner.table.keys() {
            let key = name.get_ref().as_ref();
            if let Some(text) = inner.text(key, told) {
                texts.push((Placed::new(key.trim().to_owned(), name.span()), text.value));
            }
        }
        texts
    }

    /// The table behind a key.
    pub(super) fn table_at(&self, key: &str, title: &str, told: &mut Vec<Problem>) -> Option<Place<'t>> {
        let value = self.table.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            let found = described(value.get_ref());
            told.push(Problem::at(value.span(), format!("`{key}`: {found} where a table belongs")));
            return None;
        };
        Some(Place::new(table, title, value.span()))
    }

    /// The tables `[[key]]`.
    pub(super) fn tables(&self, key: &str, told: &mut Vec<Problem>) -> Vec<Place<'t>> {
        let title = format!("[[{key}]]");
        let Some(value) = self.table.get(key) else { return Vec::new() };
        let mut refuse = |value: &Spanned<DeValue<'t>>| {
            let found = described(value.get_ref());
            let wrong = Problem::at(value.span(), format!("`{key}`: {found} where a table belongs"));
            told.push(wrong.allowing(format!("tables {title}")));
        };
        let DeValue::Array(items) = value.get_ref() else {
            refuse(value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(Place::new(table, title.clone(), item.span())),
                _ => refuse(item),
            }
        }
        tables
    }
}

/// Rows of numbers.
pub(super) type Rows = Vec<Placed<Vec<Placed<f64>>>>;

fn no_cell(value: &Spanned<DeValue<'_>>) -> Problem {
    let found = described(value.get_ref());
    Problem::at(value.span(), format!("{found} where the value of an alternative belongs"))
        .allowing("a number, a word, a range such as \"10..40\", or true or false")
}

fn text(value: &Spanned<DeValue<'_>>) -> Option<Placed<String>> {
    match value.get_ref() {
        DeValue::String(text) if !text.trim().is_empty() => {
            Some(Placed::new(text.trim().to_owned(), value.span()))
        }
        _ => None,
    }
}

fn cell(value: &Spanned<DeValue<'_>>) -> Option<Placed<Written>> {
    let written = match value.get_ref() {
        DeValue::String(text) => Written::Text(text.trim().to_owned()),
        DeValue::Boolean(flag) => Written::Flag(*flag),
        other => Written::Number(number(other)?, digits(other)?.to_owned()),
    };
    Some(Placed::new(written, value.span()))
}

fn digits<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
        DeValue::Float(number) => Some(number.as_str()),
        _ => None,
    }
}

/// A finite number.
fn number(value: &DeValue<'_>) -> Option<f64> {
    digits(value)?.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A number, or a fraction of two whole ones in quotes.
fn fraction(value: &DeValue<'_>) -> Option<f64> {
    let DeValue::String(text) = value else { return number(value) };
    let (above, below) = text.split_once('/')?;
    let whole = |text: &str| text.trim().parse::<u32>().ok().filter(|number| *number > 0).map(f64::from);
    Some(whole(above)? / whole(below)?)
}
