//! What may be typed behind `weigh check`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::ReadingArgs;

#[derive(Debug, ClapArgs)]
pub(crate) struct CheckArgs {
    /// Scenario files, and folders of them; left out, `scenarios` of weigh.toml, else those that the snapshot was made of.
    #[arg(value_name = "FILE|DIR")]
    pub(crate) paths: Vec<PathBuf>,
    /// Snapshot to compare with; left out, `snapshot` of weigh.toml, or weigh.snapshot.json here or in a folder above.
    #[arg(long, value_name = "FILE", conflicts_with = "policies_only")]
    pub(crate) against: Option<PathBuf>,
    /// Judge the policies alone, and compare with no snapshot.
    #[arg(long)]
    pub(crate) policies_only: bool,
    /// Drift that is let pass: a share such as 1%, or US dollars a month such as 0.05; with both, the wider one counts.
    #[arg(long, value_name = "X", allow_hyphen_values = true)]
    pub(crate) tolerance: Vec<weigh_core::measure::Change>,
    /// Day from which policies count the age of prices; left out, today.
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<weigh_core::time::Date>,
    /// Write the report to a file too, in a format of its own, such as junit=report.xml; may be repeated.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = also)]
    pub(crate) also: Vec<(CheckFormat, PathBuf)>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
}

/// How to print a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Tables and text for a terminal.
    Text,
    /// JSON with a schema_version; amounts are decimal strings.
    Json,
    /// Markdown, for a job's summary or a comment.
    Markdown,
    /// The findings as CSV.
    Csv,
    /// JUnit XML: a test suite for each scenario.
    Junit,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub's workflow commands, which become annotations.
    Github,
    /// JSON lines: one finding a line, then the summary.
    Jsonl,
}

/// `junit=report.xml`.
fn also(text: &str) -> Result<(CheckFormat, PathBuf), String> {
    let known: Vec<&str> = CheckFormat::value_variants().iter().map(|format| format.word()).collect();
    let allowed = || format!("FORMAT=FILE with a format of {}", known.join(", "));
    let (format, file) = text.split_once('=').ok_or_else(allowed)?;
    let format = CheckFormat::from_str(format, false).map_err(|_| allowed())?;
    if file.is_empty() { Err(allowed()) } else { Ok((format, PathBuf::from(file))) }
}

impl CheckFormat {
    /// The word that is typed for it.
    fn word(self) -> &'static str {
        match self {
            CheckFormat::Text => "text",
            CheckFormat::Json => "json",
            CheckFormat::Markdown => "markdown",
            CheckFormat::Csv => "csv",
            CheckFormat::Junit => "junit",
            CheckFormat::Sarif => "sarif",
            CheckFormat::Github => "github",
            CheckFormat::Jsonl => "jsonl",
        }
    }
}
