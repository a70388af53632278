//! What may be typed behind `weigh config`, and the flags that say what is set.

use std::path::PathBuf;

use clap::{ArgAction, Args as ClapArgs};
use weigh_core::time::Date;

use super::{Color, Format, ReadingArgs};

/// The heading of what may be typed with every command.
const EVERY: &str = "With every command";

/// What may be typed with every command.
#[derive(Debug, ClapArgs)]
pub(crate) struct GlobalArgs {
    /// When to colour the output; NO_COLOR is respected.
    #[arg(long, help_heading = EVERY, global = true, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    /// Print no report: the exit code and errors tell. What is written to files is written.
    #[arg(short, long, help_heading = EVERY, global = true, value_name = "true|false", action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_value_t = false, default_missing_value = "true", hide_default_value = true, hide_possible_values = true)]
    pub(crate) quiet: bool,
    /// Tell on standard error what was read: settings, files, the price book, the number of scenarios.
    #[arg(short, long, help_heading = EVERY, global = true, value_name = "true|false", action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_value_t = false, default_missing_value = "true", hide_default_value = true, hide_possible_values = true)]
    pub(crate) verbose: bool,
    /// File with settings, in place of the nearest weigh.toml in the working directory or above it.
    #[arg(
        long,
        help_heading = EVERY,
        global = true,
        value_name = "FILE",
        conflicts_with = "no_config"
    )]
    pub(crate) config: Option<PathBuf>,
    /// Read no weigh.toml.
    #[arg(long, help_heading = EVERY, global = true)]
    pub(crate) no_config: bool,
}

/// Every flag that may be set otherwise: what is typed is told too.
#[derive(Debug, ClapArgs)]
pub(crate) struct ConfigArgs {
    /// Scenario files, and folders of them.
    #[arg(value_name = "FILE|DIR")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// Day from which policies count the age of prices.
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
    /// File of results that new ones are held against.
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
