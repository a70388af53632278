//! What may be typed behind `weigh audit`.

use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;
use weigh_core::report::VERDICTS;

use super::{Format, ScenariosArgs};

#[derive(Debug, ClapArgs)]
pub(crate) struct AuditArgs {
    #[command(flatten)]
    pub(crate) scenarios: ScenariosArgs,
    /// Exit with 2 when a claim contradicts, or statements contradict each other.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Tell of every claim, and not only of those that contradict; JSON and CSV always do.
    #[arg(long)]
    pub(crate) all: bool,
    /// Show only claims with this verdict; may be repeated.
    #[arg(long, value_name = "VERDICT", value_parser = PossibleValuesParser::new(VERDICTS))]
    pub(crate) only: Vec<String>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
