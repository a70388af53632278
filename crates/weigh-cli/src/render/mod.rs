//! Renderers: one file per format. They see reports, and nothing behind them.

mod chart;
mod check;
mod csv;
mod failure;
mod markdown;
mod mermaid;
mod text;
mod xlsx;

use serde::Serialize;
use weigh_core::report::{Document, Sheet, Workbook};

use crate::args::Format;
pub(crate) use check::{CheckLine, check};
pub(crate) use failure::failure;
pub(crate) use mermaid::{mermaid, mermaid_in_markdown};
pub(crate) use text::filled;
pub(crate) use xlsx::xlsx;

/// A report in a format: JSON from its shape, CSV from its sheet, the others from its document.
pub(crate) fn report(
    format: Format,
    shape: &impl Serialize,
    document: impl FnOnce() -> Document,
    sheet: impl FnOnce() -> Sheet,
) -> String {
    match format {
        Format::Text => text::render(&document(), text::width()),
        Format::Json => json(shape),
        Format::Markdown => markdown::render(&document()),
        Format::Csv => csv::render(&sheet()),
    }
}

/// A sheet as CSV.
pub(crate) fn csv(sheet: &Sheet) -> String {
    csv::render(sheet)
}

/// The sheets of a workbook as CSV, each with the name of its file.
pub(crate) fn sheets_as_csv(workbook: &Workbook) -> Vec<(String, String)> {
    csv::sheets(workbook)
}

/// Anything serialisable as indented JSON with a line end.
pub(crate) fn json(shape: &impl Serialize) -> String {
    match serde_json::to_string_pretty(shape) {
        Ok(text) => text + "\n",
        // Reports have string keys and finite numbers, which is all that can fail.
        Err(error) => format!("{{\"error\": \"{error}\"}}\n"),
    }
}
