//! What a scenario came to, in a form that can be kept, compared line by line and read again.

mod parts;
mod sound;
mod take;
mod text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::json_schema::{DayText, HashText};

pub use parts::{
    CHARGE_KEY, ChargeKey, ChargeSnapshot, DecisionSnapshot, OptionSnapshot, ServedSnapshot, TraceSnapshot,
    WeightSnapshot,
};
pub(crate) use parts::{numbered, part_and_number};
pub use sound::{Edited, sound};
pub use take::{Taken, scenario_hash};
pub use text::{closing, entry, opening};

/// The version of the model: the same scenario and price book give the same figures as long as it stays the same.
///
/// It grows with every change that moves a figure, so that a figure that moved in a pinned snapshot is told as a change of the
/// model and not of the scenario.
pub const MODEL_VERSION: u32 = 1;

/// What stands at the top of a snapshot file, before the scenarios.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct SnapshotHeader {
    /// The version of this shape.
    #[schemars(extend("const" = 1))]
    pub schema_version: u32,
    /// Always `snapshot`.
    #[schemars(extend("const" = "snapshot"))]
    pub kind: String,
    /// The version of the model that computed it: [`MODEL_VERSION`].
    pub model_version: u32,
    /// The SHA-256 of the price book.
    #[schemars(with = "HashText")]
    pub book_hash: String,
    /// The files and folders that it was made of, with `/` between their parts, from the folder on from which all names count.
    pub paths: Vec<String>,
}

/// A scenario and what it came to. Amounts are exact decimals in US dollars; whatever is listed is sorted.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize, Deserialize)]
pub struct ScenarioSnapshot {
    /// The path of its file, with `/` between its parts.
    pub file: String,
    /// Its name.
    pub name: String,
    /// The SHA-256 of its inputs and of its traces.
    #[schemars(with = "HashText")]
    pub scenario_hash: String,
    /// Its region.
    pub region: String,
    /// The day whose prices were used.
    #[schemars(with = "DayText")]
    pub as_of: String,
    /// How the options were weighed, and in which order they came.
    pub decision: DecisionSnapshot,
    /// What became of each option, by its name.
    pub options: Vec<OptionSnapshot>,
    /// The scenario itself as lines of TOML, its bases laid beneath it, without comments and claims; joined by line breaks it is
    /// a scenario file that gives the same figures.
    pub inputs: Vec<String>,
    /// The traces that it reads beside them.
    pub traces: Vec<TraceSnapshot>,
}

/// A whole snapshot file: what stands at its top, and the scenarios.
// It is written and read piece by piece; this is the shape that its schema tells.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize, Deserialize)]
pub struct SnapshotFile {
    /// What stands at its top.
    #[serde(flatten)]
    pub header: SnapshotHeader,
    /// The scenarios, sorted by their files.
    pub scenarios: Vec<ScenarioSnapshot>,
}

impl ScenarioSnapshot {
    /// The option of a name.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&OptionSnapshot> {
        self.options.iter().find(|option| option.option == name)
    }
}
