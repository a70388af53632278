//! What may be typed to name scenarios, and to read them otherwise than they say.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use weigh_core::time::Date;

use super::{BookArgs, READING};
use crate::output::Failure;

/// How scenarios are read.
#[derive(Clone, Debug, ClapArgs)]
pub(crate) struct ReadingArgs {
    /// Region, in place of the scenario's.
    #[arg(long, help_heading = READING, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// Day whose prices are used, in place of the scenario's, such as 2026-10-07.
    #[arg(long, help_heading = READING, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Region to borrow a price from when the book has none; every borrowed price is marked.
    #[arg(long, help_heading = READING, value_name = "REGION")]
    pub(crate) assume_missing_from: Option<String>,
    #[command(flatten)]
    pub(crate) book: BookArgs,
}

/// One scenario, and how it is read.
#[derive(Clone, Debug, ClapArgs)]
pub(crate) struct OneScenarioArgs {
    /// Scenario file (TOML); `-` reads standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// Scenarios, and how they are read.
#[derive(Clone, Debug, ClapArgs)]
pub(crate) struct ScenariosArgs {
    /// Scenario files (TOML), and folders of them; `-` reads standard input. In a folder decision matrices and names that begin
    /// with `_` are left out. Where none is typed, they are `scenarios` of weigh.toml.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// A scenario file, and how it is read.
#[derive(Clone, Debug)]
pub(crate) struct ScenarioArgs {
    pub(crate) file: PathBuf,
    pub(crate) region: Option<String>,
    pub(crate) as_of: Option<Date>,
    pub(crate) assume_missing_from: Option<String>,
    pub(crate) book: BookArgs,
}

impl ScenarioArgs {
    /// A file as it is, with the prices of a book.
    pub(crate) fn of(file: &Path, book: &BookArgs) -> ScenarioArgs {
        let file = file.to_owned();
        ScenarioArgs { file, region: None, as_of: None, assume_missing_from: None, book: book.clone() }
    }
}

impl ReadingArgs {
    /// A file read so.
    pub(crate) fn of(&self, file: &Path) -> ScenarioArgs {
        let ReadingArgs { region, as_of, assume_missing_from, book } = self.clone();
        ScenarioArgs { file: file.to_owned(), region, as_of, assume_missing_from, book }
    }
}

impl OneScenarioArgs {
    /// The file.
    pub(crate) fn one(&self) -> ScenarioArgs {
        self.reading.of(&self.file)
    }
}

impl ScenariosArgs {
    /// Whether one file was named: then the answer is about it alone, and else about several, however many are found.
    pub(crate) fn names_one_file(&self) -> bool {
        matches!(self.paths.as_slice(), [only] if !only.is_dir())
    }

    /// The one file, where a flag is about one alone.
    ///
    /// # Errors
    /// Several files, or a folder.
    pub(crate) fn only(&self, flag: &str, help: &str) -> Result<ScenarioArgs, Failure> {
        match self.paths.as_slice() {
            [only] if !only.is_dir() => Ok(self.reading.of(only)),
            _ => Err(Failure::with_help(format!("{flag}: one scenario file at a time"), help)),
        }
    }
}
