//! What a command gives back, and the only place that prints.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use anstream::{AutoStream, ColorChoice};
use weigh_core::data::DataProblem;
use weigh_core::problem::Problem;
use weigh_core::scenario::{Layer, LayerProblem};
use weigh_core::traffic::TraceProblems;

use crate::args::Color;
use crate::place::{self, Place};
use crate::{render, settings};

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
    /// What is wrong in a scenario file, or in one that it extends; the file itself stands first.
    InLayers { layers: Vec<Layer>, problems: Vec<LayerProblem> },
    /// What is wrong in a trace, of which only the wrong lines are known.
    InTrace { path: String, problems: TraceProblems },
    /// What is wrong in the price book.
    InData(Vec<DataProblem>),
    /// What is wrong in several files, each told as if it were alone.
    Together(Vec<Failure>),
    /// Several things that are wrong, and what follows.
    Several { messages: Vec<String>, result: &'static str },
}

/// How far a file was read, on one line of a terminal; nothing where nobody looks.
pub(crate) struct Progress {
    file: String,
    size: u64,
    told: u64,
    shown: bool,
}

impl Progress {
    /// Bytes between two lines.
    const STEP: u64 = 16 * 1_024 * 1_024;

    /// The progress of a file; small files have none.
    pub(crate) fn of(path: &Path) -> Progress {
        let size = fs::metadata(path).map_or(0, |about| about.len());
        let shown = is_watched() && size > Progress::STEP;
        Progress { file: path.display().to_string(), size, told: 0, shown }
    }

    /// Tells how many bytes were read.
    pub(crate) fn tell(&mut self, bytes: u64) {
        if self.shown && bytes >= self.told + Progress::STEP {
            self.told = bytes;
            let megabytes = |bytes: u64| bytes >> 20;
            // Nobody is told when standard error is closed.
            let (read, size) = (megabytes(bytes), megabytes(self.size));
            let _ = write!(io::stderr(), "\r{}: {read} of {size} MB", self.file);
        }
    }

    /// Clears the line.
    pub(crate) fn end(&self) {
        if self.told > 0 {
            let _ = write!(io::stderr(), "\r\x1b[2K");
        }
    }
}

/// How many scenarios of many are done, on one line of a terminal; nothing where nobody looks, and nothing for one.
pub(crate) struct Steps {
    total: usize,
    done: AtomicUsize,
    shown: bool,
}

impl Steps {
    /// So many are to be done.
    pub(crate) fn of(total: usize) -> Steps {
        Steps { total, done: AtomicUsize::new(0), shown: total > 1 && is_watched() }
    }

    /// One more is done; threads may tell it.
    pub(crate) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.shown {
            // Nobody is told when standard error is closed.
            let _ = write!(io::stderr(), "{}", self.line(done));
        }
    }

    /// The line, in the place of the one before it.
    fn line(&self, done: usize) -> String {
        format!("\r\x1b[2K{done} of {} scenarios", self.total)
    }
}

impl Drop for Steps {
    /// Clears the line, however the work ended.
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[2K");
        }
    }
}

/// Whether somebody looks at standard error and wants to see more than errors.
fn is_watched() -> bool {
    io::stderr().is_terminal() && !settings::is_set("quiet")
}

/// How many of many are done, on one line of a terminal; nothing where nobody looks.
pub(crate) struct Counter {
    what: &'static str,
    all: usize,
    done: usize,
    shown: bool,
}

impl Counter {
    /// Steps between two lines, and the fewest that are worth telling.
    const STEP: usize = 16;

    /// Counts so many of something.
    pub(crate) fn of(what: &'static str, all: usize) -> Counter {
        Counter { what, all, done: 0, shown: is_watched() && all > Counter::STEP }
    }

    /// One more is done.
    pub(crate) fn step(&mut self) {
        self.done += 1;
        if self.shown && self.done.is_multiple_of(Counter::STEP) {
            // Nobody is told when standard error is closed.
            let _ = write!(io::stderr(), "\r{} of {} {}", self.done, self.all, self.what);
        }
    }

    /// Clears the line.
    pub(crate) fn end(&self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[2K");
        }
    }
}

impl Failure {
    /// Several failures of one kind.
    pub(crate) fn several(messages: Vec<String>, result: &'static str) -> Failure {
        Failure::Several { messages, result }
    }

    /// The same, where several files are read and the sentence names none.
    pub(crate) fn about(self, file: &str) -> Failure {
        match self {
            Failure::Text { message, help } => Failure::Text { message: format!("{file}: {message}"), help },
            other => other,
        }
    }

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

/// Tells on standard error what was done, where `--verbose` asks for it.
pub(crate) fn tell(what: impl FnOnce() -> String) {
    if settings::is_set("verbose") {
        // Nobody is told when standard error is closed.
        let _ = writeln!(io::stderr(), "{}", what());
    }
}

/// Tells on standard error what a reader of the result must know.
pub(crate) fn note(text: &str) {
    // Nobody is told when standard error is closed.
    let _ = writeln!(io::stderr(), "note: {text}");
}

/// Writes a file whole or not at all: beside its place first, then moved there. A device or a pipe is written as it is.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<(), Failure> {
    write_whole_for("--out", path, content)
}

/// The same for a file that another flag names.
pub(crate) fn write_whole_for(flag: &str, path: &Path, content: &[u8]) -> Result<(), Failure> {
    let place = Place::of(flag, path)?;
    place.refuse_what_was_read(flag)?;
    let written = match &place {
        Place::Stream(stream) => place::stream_into(stream, &mut &*content),
        Place::File(file) => {
            let beside = place::beside(file);
            let written = fs::write(&beside, content).and_then(|()| fs::rename(&beside, file));
            // What was begun goes; where even that fails, nothing more can be done.
            written.inspect_err(|_| drop(fs::remove_file(&beside)))
        }
    };
    written.map_err(|error| place::cannot(flag, path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stand_on_one_line_that_goes_at_the_end() {
        let steps = Steps { total: 120, done: AtomicUsize::new(0), shown: false };
        steps.step();
        assert_eq!(steps.done.load(Ordering::Relaxed), 1);
        assert_eq!(steps.line(3), "\r\u{1b}[2K3 of 120 scenarios");
        assert!(!Steps::of(1).shown, "one is no progress");
    }
}
