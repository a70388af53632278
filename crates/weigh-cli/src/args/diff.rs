//! What may be typed behind `weigh diff`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{Format, ReadingArgs};

/// The help of `weigh diff`.
#[derive(Debug, ClapArgs)]
pub(crate) struct DiffArgs {
    /// What was: a snapshot, a scenario file (`-` reads standard input) or a folder of them; or a day such as 2026-10-07, a
    /// price book (a folder, `embedded`, or a CSV file of own prices), with the scenarios behind B.
    #[arg(value_name = "A")]
    pub(crate) before: PathBuf,
    /// What is: any of these.
    #[arg(value_name = "B")]
    pub(crate) after: PathBuf,
    /// Scenario files and folders of them that are computed for two days or two price books. Where none is typed, they are
    /// `scenarios` of weigh.toml.
    #[arg(value_name = "FILE|DIR")]
    pub(crate) paths: Vec<PathBuf>,
    /// Name of the one option to look at, as `compare` prints it; left out, all of them.
    #[arg(long, value_name = "NAME")]
    pub(crate) option: Option<String>,
    /// List what is the same, too.
    #[arg(long)]
    pub(crate) all: bool,
    /// End with exit code 2 when a figure or a decision differs.
    #[arg(long)]
    pub(crate) fail_on_change: bool,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
