//! What became of scenarios between two sides: plain data, the same for one scenario and for thousands.

mod build;
mod document;
mod sheet;
mod table;

use schemars::JsonSchema;
use serde::Serialize;

use super::SCHEMA_VERSION;
use crate::json_schema::{DayText, DecimalText, HashText};

pub use build::{DifferenceSide, DifferencesReport};

/// A difference of scenarios, for programs. Amounts are exact decimal strings in US dollars a month; a `shown` amount is one
/// to the cent, so that those of one list add up.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ScenariosDifferenceReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `difference`.
    #[schemars(extend("const" = "difference"))]
    pub kind: &'static str,
    /// The old side.
    pub before: DifferenceSideReport,
    /// The new side.
    pub after: DifferenceSideReport,
    /// The one option that was asked for; null for all.
    pub option: Option<String>,
    /// How many scenarios differ, and how.
    pub counts: ScenarioCounts,
    /// What the recommended options of the scenarios of both sides cost together; those that are unknown left out.
    pub total: TotalDifferenceReport,
    /// The scenarios that differ, by file; with those that don't where all were asked for.
    pub scenarios: Vec<ScenarioDifferenceReport>,
    /// How a change is split.
    pub method: Vec<&'static str>,
}

/// A side of a difference.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct DifferenceSideReport {
    /// What the user called it.
    pub label: String,
    /// `snapshot` for a file of results, `computed` for scenarios that were computed now.
    #[schemars(extend("enum" = ["snapshot", "computed"]))]
    pub kind: &'static str,
    /// The version of the model.
    pub model_version: u32,
    /// The hash of the price book.
    #[schemars(with = "HashText")]
    pub book_hash: String,
    /// The day whose prices were asked for; null for a snapshot, and where the scenarios say it or the newest count.
    #[schemars(with = "Option<DayText>")]
    pub as_of: Option<String>,
}

/// How many scenarios differ, and how; each counts once.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
pub struct ScenarioCounts {
    /// On either side.
    pub all: usize,
    /// Of both sides, with another figure or decision.
    pub changed: usize,
    /// Of the new side alone.
    pub added: usize,
    /// Of the old side alone.
    pub removed: usize,
    /// Of both sides, with every figure as it was.
    pub same: usize,
    /// How many of the same ones say something else, which moves no figure.
    pub same_in_other_words: usize,
    /// How many of the changed ones recommend another option, or none, or one where none was.
    pub flipped: usize,
}

/// A sum over scenarios.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct TotalDifferenceReport {
    /// How many scenarios are in it: those of both sides that recommend an option on both.
    pub scenarios: usize,
    /// What they cost before.
    #[schemars(with = "DecimalText")]
    pub before: String,
    /// What they cost now.
    #[schemars(with = "DecimalText")]
    pub after: String,
    /// How much more that is.
    pub change: AmountReport,
    /// What the change is made of, exactly.
    pub effects: Vec<EffectReport>,
    /// What of the quantity effects is owed to rates that moved too; a memo, and no further part of the sum.
    #[schemars(with = "DecimalText")]
    pub interaction: String,
}

/// A change of a cost.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct AmountReport {
    /// Exactly, below 0 where it became cheaper.
    #[schemars(with = "DecimalText")]
    pub exact: String,
    /// To the cent.
    #[schemars(with = "DecimalText")]
    pub shown: String,
    /// In percent of what it was, to four places; null where that was 0.
    #[schemars(with = "Option<DecimalText>")]
    pub percent: Option<String>,
}

/// A part of a change.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct EffectReport {
    /// `price`, `quantity`, `structure`, `commitment` or `option`.
    #[schemars(extend("enum" = ["price", "quantity", "structure", "commitment", "option"]))]
    pub kind: &'static str,
    /// `prices`, `model`, `traffic` or `scenario`.
    #[schemars(extend("enum" = ["prices", "model", "traffic", "scenario"]))]
    pub driver: &'static str,
    /// Exactly.
    #[schemars(with = "DecimalText")]
    pub amount: String,
    /// To the cent; those of one change add up to its `shown`.
    #[schemars(with = "DecimalText")]
    pub shown: String,
}

/// What became of a scenario.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ScenarioDifferenceReport {
    /// Its file on the new side; on the old one where it is gone.
    pub file: String,
    /// Its file on the old side, where that is another.
    pub old_file: Option<String>,
    /// Its name.
    pub name: String,
    /// `added`, `removed`, `changed` or `same`.
    #[schemars(extend("enum" = ["added", "removed", "changed", "same"]))]
    pub change: &'static str,
    /// The recommended option before and after.
    pub recommendation: RecommendationDifferenceReport,
    /// The options that differ, by name.
    pub options: Vec<OptionDifferenceReport>,
    /// What differs in what the scenario says.
    pub inputs: Vec<InputChangeReport>,
    /// What drove each step of the path along which the change was followed, in its order.
    pub path: Vec<String>,
    /// What could not be told apart, and what would tell it.
    pub notes: Vec<String>,
}

/// The recommended option before and after, and what it costs, whichever it is.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RecommendationDifferenceReport {
    /// The option that was recommended; null where none was.
    pub before: Option<RecommendedReport>,
    /// The option that is recommended; null where none is.
    pub after: Option<RecommendedReport>,
    /// How much more it costs; null where a side recommends none.
    pub change: Option<AmountReport>,
    /// What the change is made of; `option` is what another one's lead comes to.
    pub effects: Vec<EffectReport>,
    /// What of the quantity effects is owed to rates that moved too; a memo.
    #[schemars(with = "DecimalText")]
    pub interaction: String,
    /// What turned it; null where it is the same.
    pub flip: Option<FlipReport>,
}

/// A recommended option.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RecommendedReport {
    /// Its name.
    pub option: String,
    /// What it costs.
    #[schemars(with = "DecimalText")]
    pub monthly_cost: String,
}

/// What turned a recommendation.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct FlipReport {
    /// The option that led before; null where none did.
    pub from: Option<String>,
    /// The option that leads now; null where none does.
    pub to: Option<String>,
    /// What drove the step that turned it.
    pub drivers: Vec<&'static str>,
    /// The option whose cost that step moved most, of the two; null where it moved neither.
    pub largest_option: Option<String>,
    /// The largest effect of that step on it.
    pub largest_effect: Option<EffectReport>,
    /// The score of the one that led, before and after that step; null where it had none.
    pub from_score: [Option<f64>; 2],
    /// The score of the one that leads, before and after that step.
    pub to_score: [Option<f64>; 2],
    /// It in words, a list of sentences.
    pub told: Vec<String>,
}

/// An option before and after.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct OptionDifferenceReport {
    /// Its name.
    pub option: String,
    /// `added`, `removed`, `changed` or `same`.
    #[schemars(extend("enum" = ["added", "removed", "changed", "same"]))]
    pub change: &'static str,
    /// What it was; null where it is new.
    pub before: Option<OptionSideReport>,
    /// What it is; null where it is gone.
    pub after: Option<OptionSideReport>,
    /// How much more it costs; null where that is unknown.
    pub cost: Option<AmountReport>,
    /// Why the change of its cost is unknown; null where it is known.
    pub unknown: Option<String>,
    /// What the change is made of, exactly.
    pub effects: Vec<EffectReport>,
    /// What of the quantity effects is owed to rates that moved too; a memo, and no further part of the sum.
    #[schemars(with = "DecimalText")]
    pub interaction: String,
    /// What else is not as it was, in words: size, rank, score, latency, needs.
    pub also: Vec<String>,
    /// The charges that moved.
    pub charges: Vec<ChargeDifferenceReport>,
}

/// An option on a side.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct OptionSideReport {
    /// Its platform's id.
    pub platform: String,
    /// `ranked`, `rejected` or `unpriced`.
    #[schemars(extend("enum" = ["ranked", "rejected", "unpriced"]))]
    pub status: String,
    /// Its rank, from 1; null unless it is ranked.
    pub rank: Option<usize>,
    /// Its score, 0 to 1; null unless it is ranked.
    pub score: Option<f64>,
    /// The deployment's size; null where none could be proposed.
    pub size: Option<String>,
    /// US dollars a month; null where it has no price.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
}

/// A charge before and after.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ChargeDifferenceReport {
    /// `added`, `removed`, `changed`, or `passing` where it is on neither side but between the steps.
    #[schemars(extend("enum" = ["added", "removed", "changed", "same", "passing"]))]
    pub change: &'static str,
    /// The tariff.
    pub price_id: String,
    /// The component or stated service that it is for; empty for what all share.
    pub component: String,
    /// The environment that it is in; empty where there is only one.
    pub environment: String,
    /// Which part of the metered line it is, such as a tier; empty when the line is one charge.
    pub part: String,
    /// `fee` or `covered` where a commitment pays for it; null for everything else.
    pub commitment: Option<String>,
    /// Whether the same line is in another tier or part on the side where this charge is not.
    pub other_part: bool,
    /// What it was; null where it is new.
    pub before: Option<ChargeSideReport>,
    /// What it is; null where it is gone.
    pub after: Option<ChargeSideReport>,
    /// How much more it costs. The `shown` of an option's charges add up to that of the option, and so may be a cent off what the
    /// two costs differ by to the cent; `exact` is exact.
    pub cost: AmountReport,
    /// What the change is made of, exactly.
    pub effects: Vec<EffectReport>,
    /// What of the quantity effects is owed to rates that moved too; a memo.
    #[schemars(with = "DecimalText")]
    pub interaction: String,
}

/// A charge on a side.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ChargeSideReport {
    /// The amount.
    #[schemars(with = "DecimalText")]
    pub quantity: String,
    /// Its unit.
    pub unit: String,
    /// US dollars for one unit.
    #[schemars(with = "DecimalText")]
    pub rate: String,
    /// US dollars: quantity × rate.
    #[schemars(with = "DecimalText")]
    pub cost: String,
}

/// A key of a scenario, or a whole table, that differs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct InputChangeReport {
    /// What such a change drives: `traffic`, `scenario`, or `prices` for the day of the prices.
    pub driver: &'static str,
    /// `added`, `removed` or `changed`.
    #[schemars(extend("enum" = ["added", "removed", "changed"]))]
    pub change: &'static str,
    /// The table: `[traffic]`, `[[component]] api`.
    pub place: String,
    /// The key; null where the whole table came or went.
    pub key: Option<String>,
    /// The value as TOML; null where it is new.
    pub before: Option<String>,
    /// The value as TOML; null where it is gone.
    pub after: Option<String>,
    /// It in words.
    pub told: String,
}
