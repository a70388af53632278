//! What may be typed after `weigh schema`.

use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;

use super::BookArgs;
use crate::schemas::{OUTPUTS, SCENARIO};

#[derive(Debug, ClapArgs)]
pub(crate) struct SchemaArgs {
    /// Which schema: that of scenario files, or of a JSON output, by the `kind` that stands in it.
    #[arg(value_name = "WHICH", default_value = SCENARIO, hide_possible_values = true, value_parser = names())]
    pub(crate) which: String,
    /// Name the schemas, each with the command that writes what it describes.
    #[arg(long, conflicts_with = "which")]
    pub(crate) list: bool,
    #[command(flatten)]
    pub(crate) book: BookArgs,
}

/// The names of the schemas.
fn names() -> PossibleValuesParser {
    PossibleValuesParser::new([SCENARIO].into_iter().chain(OUTPUTS.iter().map(|output| output.name)))
}
