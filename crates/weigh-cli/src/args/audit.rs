//! What may be typed behind `weigh audit`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;
use weigh_core::report::VERDICTS;

use super::{BookArgs, Format};

#[derive(Debug, ClapArgs)]
pub(crate) struct AuditArgs {
    /// Scenario files, and folders of them; in a folder decision matrices and names that begin with `_` are left out.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) paths: Vec<PathBuf>,
    /// Exit with 2 when a claim contradicts, or statements contradict each other.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Tell of every claim, and not only of those that contradict; JSON and CSV always do.
    #[arg(long)]
    pub(crate) all: bool,
    /// Show only claims with this verdict; may be repeated.
    #[arg(long, value_name = "VERDICT", value_parser = PossibleValuesParser::new(VERDICTS))]
    pub(crate) only: Vec<String>,
    /// Day whose prices are used, in place of the scenarios' own: 2026-10-07.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<weigh_core::time::Date>,
    #[command(flatten)]
    pub(crate) book: BookArgs,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
