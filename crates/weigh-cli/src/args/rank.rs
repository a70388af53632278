//! What may be typed behind `weigh rank`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;
use weigh_core::decision::smaa::Sampling;
use weigh_core::decision::{METHODS, NORMALISATIONS};
use weigh_core::matrix_file::{AskedParameter, AskedWeights};

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
    /// A figure of the method, such as vikor-v=0.7; as often as needed.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) parameter: Vec<AskedParameter>,
    /// Weights of criteria, such as price=0.5,comfort=0.2. Where they come to less than 1 the other criteria share the rest,
    /// in the proportion that they had; else the others weigh nothing.
    #[arg(long, value_name = "WEIGHTS")]
    pub(crate) weights: Option<AskedWeights>,
    /// Show what other methods say, whether the list of alternatives matters, and which criteria count one thing twice.
    #[arg(long)]
    pub(crate) robustness: bool,
    /// How many weights and values are drawn.
    #[arg(long, value_name = "N", default_value_t = Sampling::default().samples, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(crate) samples: u64,
    /// Seed of what is drawn; the same seed gives the same bytes.
    #[arg(long, value_name = "N", default_value_t = Sampling::default().seed)]
    pub(crate) seed: u64,
    /// Threads that draw; left out, as many as there are processors. They change no result.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
