//! What a command gives back, and the only place that prints.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use weigh_core::data::DataProblem;
use weigh_core::problem::Problem;

use crate::args::Color;
use crate::render;

/// A command that did its work.
pub(crate) struct Done {
    /// What goes to standard output.
    pub(crate) text: String,
    /// Whether the report is complete but does not pass: no option meets the needs, or a price differs that must not.
    pub(crate) gate_failed: bool,
}

/// A command that could not do its work.
pub(crate) enum Failure {
    /// What is wrong, and what would help.
    Text { message: String, help: Option<String> },
    /// What is wrong in a user's file.
    InFile { path: String, text: String, problems: Vec<Problem> },
    /// What is wrong in the price book.
    InData(Vec<DataProblem>),
}

impl Failure {
    /// A failure in a sentence.
    pub(crate) fn text(message: impl Into<String>) -> Failure {
        Failure::Text { message: message.into(), help: None }
    }

    /// A failure with its remedy.
    pub(crate) fn with_help(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::Text { message: message.into(), help: Some(help.into()) }
    }
}

fn choice(color: Color) -> ColorChoice {
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
}

/// Prints a report; a reader that went away, such as `head`, is no error.
pub(crate) fn print(text: &str, color: Color) -> io::Result<()> {
    let mut stream = AutoStream::new(io::stdout().lock(), choice(color));
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// Prints a failure to standard error.
pub(crate) fn complain(failure: &Failure, color: Color) {
    let mut stream = AutoStream::new(io::stderr().lock(), choice(color));
    // Nothing is left to be done when standard error is closed too.
    let _ = stream.write_all(render::failure(failure).as_bytes());
}
