//! What may be typed to weigh otherwise than a scenario says.

use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;
use weigh_core::criteria::{PRESETS, StatedWeights};
use weigh_core::decision::{METHODS, NORMALISATIONS};

#[derive(Debug, ClapArgs)]
pub(crate) struct DecisionArgs {
    /// Method that ranks the options, in place of the scenario's.
    #[arg(long, value_name = "METHOD", value_parser = PossibleValuesParser::new(METHODS.iter().map(|method| method.id)))]
    pub(crate) method: Option<String>,
    /// How values are made comparable, in place of the method's own way.
    #[arg(long, value_name = "WAY", value_parser = PossibleValuesParser::new(NORMALISATIONS.iter().map(|known| known.id)))]
    pub(crate) normalisation: Option<String>,
    /// Order of priorities that gives the weights, in place of the scenario's wishes.
    #[arg(long, value_name = "PRESET", value_parser = PossibleValuesParser::new(PRESETS.iter().map(|preset| preset.id)))]
    pub(crate) preset: Option<String>,
    /// Weights of criteria, such as cost=0.5,latency=0.2. Where they come to less than 1 the other criteria share the rest,
    /// in the proportion that they had; else the others weigh nothing.
    #[arg(long, value_name = "WEIGHTS")]
    pub(crate) weights: Option<StatedWeights>,
}
