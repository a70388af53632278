//! What may be typed behind `weigh rank`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;
use weigh_core::decision::{METHODS, NORMALISATIONS};
use weigh_core::matrix_file::AskedWeights;

use super::Format;

#[derive(Debug, ClapArgs)]
pub(crate) struct RankArgs {
    /// Decision matrix, TOML or CSV (docs/decisions.md says how); `-` reads standard input.
    #[arg(value_name = "MATRIX")]
    pub(crate) file: PathBuf,
    /// Method that ranks the alternatives.
    #[arg(long, value_name = "METHOD", default_value = METHODS[0].id, value_parser = PossibleValuesParser::new(METHODS.iter().map(|method| method.id)))]
    pub(crate) method: String,
    /// How values are made comparable, in place of the method's own way.
    #[arg(long, value_name = "WAY", value_parser = PossibleValuesParser::new(NORMALISATIONS.iter().map(|known| known.id)))]
    pub(crate) normalisation: Option<String>,
    /// Weights of criteria, such as price=0.5,comfort=0.2. Where they come to less than 1 the other criteria share the rest,
    /// in the proportion that they had; else the others weigh nothing.
    #[arg(long, value_name = "WEIGHTS")]
    pub(crate) weights: Option<AskedWeights>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
