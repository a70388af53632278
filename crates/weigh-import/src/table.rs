//! CSV read row by row, with the place of whatever is wrong in it.

use csv::ByteRecord;

use crate::error::{ErrorKind, Failure};
use crate::input::Input;

const BUFFER: usize = 256 * 1_024;

/// A table of which one row is held.
pub(crate) struct Table<'r> {
    reader: csv::Reader<Input<'r>>,
    record: ByteRecord,
    /// The byte of the file at which the text begins.
    base: u64,
}

impl<'r> Table<'r> {
    /// The rows of the whole input; the first line is a row as well.
    pub(crate) fn new(input: Input<'r>) -> Table<'r> {
        let base = input.byte();
        let mut builder = csv::ReaderBuilder::new();
        let reader = builder.has_headers(false).flexible(true).buffer_capacity(BUFFER).from_reader(input);
        Table { reader, record: ByteRecord::new(), base }
    }

    /// Reads the next row; false at the end of the file. Empty lines are no rows.
    pub(crate) fn next(&mut self) -> Result<bool, Failure> {
        let read = self.reader.read_byte_record(&mut self.record);
        let taken = self.base + self.reader.position().byte();
        let input = self.reader.get_mut();
        input.taken(taken);
        read.map_err(|error| {
            input.failure().unwrap_or_else(|| {
                Failure::at(taken, ErrorKind::Malformed, format!("the row can't be read: {error}"))
            })
        })
    }

    /// How many fields the row has.
    pub(crate) fn width(&self) -> usize {
        self.record.len()
    }

    /// A field of the row, trimmed; empty when the row is shorter.
    pub(crate) fn field(&self, column: usize) -> &str {
        // The text was found to be UTF-8 as it was read, and fields are cut at signs of one byte.
        self.record.get(column).map_or("", |bytes| std::str::from_utf8(bytes).unwrap_or("").trim())
    }

    /// All fields of the row.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        (0..self.width()).map(|column| self.field(column))
    }

    /// The byte at which the row begins.
    pub(crate) fn byte(&self) -> u64 {
        self.base + self.record.position().map_or(0, csv::Position::byte)
    }

    /// Something wrong in a field of the row.
    pub(crate) fn wrong(&self, column: usize, kind: ErrorKind, message: impl Into<String>) -> Failure {
        Failure { field: Some(column), ..Failure::at(self.byte(), kind, message) }
    }

    /// Where the columns of these names are in the row, which is the header; `same` compares two names.
    pub(crate) fn columns<const N: usize>(
        &self,
        names: [&str; N],
        same: impl Fn(&str, &str) -> bool,
    ) -> Result<[usize; N], Failure> {
        let mut places = [0; N];
        let mut missing = Vec::new();
        for (place, name) in places.iter_mut().zip(names) {
            match self.fields().position(|field| same(field, name)) {
                Some(found) => *place = found,
                None => missing.push(format!("`{name}`")),
            }
        }
        if missing.is_empty() {
            return Ok(places);
        }
        let plural = if missing.len() > 1 { "s" } else { "" };
        let message = format!("the header lacks the column{plural} {}", missing.join(", "));
        Err(self.wrong(0, ErrorKind::Missing, message))
    }

    /// The row must be as wide as the header.
    pub(crate) fn check_width(&self, header: usize) -> Result<(), Failure> {
        if self.width() == header {
            return Ok(());
        }
        let message = format!("the row has {} columns and the header {header}: is it cut off?", self.width());
        Err(self.wrong(0, ErrorKind::Malformed, message))
    }
}
