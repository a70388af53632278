//! What can be wrong in a price file, with the place that it is wrong at.

use std::fmt;
use std::io;

/// What kind of thing is wrong, for a caller that acts on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The file can't be read: it is a directory, or the system says no.
    Unreadable,
    /// None of the formats that are known.
    Unrecognised,
    /// The file ends too early.
    Truncated,
    /// Text that is not UTF-8, JSON or CSV, or not in the shape of its format.
    Malformed,
    /// A column or a field that the format needs is not there.
    Missing,
    /// A number, a date, a currency or another value that can't be taken.
    Value,
    /// One element or row larger than 8 MiB, the most that is held in memory.
    TooLarge,
}

/// Why a file was not imported: nothing of it was taken.
///
/// ```
/// use std::io::Cursor;
/// use weigh_import::{ErrorKind, Importer};
///
/// let mut importer = Importer::new("2026-10-02".parse().unwrap());
/// let error = importer.read("prices.json", &mut Cursor::new("{\n  \"products\" : {"), &mut |_| ()).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Truncated);
/// assert_eq!(error.line(), Some(2));
/// assert_eq!(error.to_string(), "prices.json:2:17: the file ends where a key or `}` is expected");
/// ```
#[derive(Debug)]
pub struct ImportError {
    pub(crate) file: String,
    pub(crate) kind: ErrorKind,
    pub(crate) place: Option<Place>,
    pub(crate) message: String,
}

/// A place in a text: line and column count from 1, the column in characters; the byte counts from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: u64,
    pub(crate) column: u64,
    pub(crate) byte: u64,
}

impl ImportError {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The line, from 1, where a place is known.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        self.place.map(|place| place.line)
    }

    /// The column, from 1, in characters, where a place is known.
    #[must_use]
    pub fn column(&self) -> Option<u64> {
        self.place.map(|place| place.column)
    }

    /// The byte, from 0, where a place is known.
    #[must_use]
    pub fn byte(&self) -> Option<u64> {
        self.place.map(|place| place.byte)
    }

    /// What is wrong and what was expected, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(place) => write!(f, "{}:{}:{}: {}", self.file, place.line, place.column, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for ImportError {}

/// The same inside the crate, before the byte is known as a line and a column.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    pub(crate) byte: Option<u64>,
    /// In CSV, the field that is meant of the row that begins at the byte.
    pub(crate) field: Option<usize>,
    pub(crate) message: String,
}

impl Failure {
    /// At a byte of the file.
    pub(crate) fn at(byte: u64, kind: ErrorKind, message: impl Into<String>) -> Failure {
        Failure { kind, byte: Some(byte), field: None, message: message.into() }
    }

    /// About the file as a whole.
    pub(crate) fn whole(kind: ErrorKind, message: impl Into<String>) -> Failure {
        Failure { kind, byte: None, field: None, message: message.into() }
    }

    /// A value that can't be taken.
    pub(crate) fn value(byte: u64, message: impl Into<String>) -> Failure {
        Failure::at(byte, ErrorKind::Value, message)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        let message = match error.kind() {
            io::ErrorKind::IsADirectory => "a directory: name the price files in it".to_owned(),
            _ => format!("the file can't be read: {error}"),
        };
        Failure::whole(ErrorKind::Unreadable, message)
    }
}
