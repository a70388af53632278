//! What became of a scenario between two snapshots, and why: every change of a cost split exactly into effects.
//!
//! ```
//! use weigh_core::difference::{Driver, EffectKind, Path, ScenarioDifference, Side};
//! use weigh_core::snapshot::ScenarioSnapshot;
//! let scenario = |quantity: u32, rate: u32| -> ScenarioSnapshot {
//!     let text = format!(
//!         r#"{{
//!             "file": "shop.toml", "name": "Shop", "scenario_hash": "", "region": "us-east-1", "as_of": "2026-10-07",
//!             "decision": {{ "recommended": "a", "method": null, "ranking": ["a"], "weights": [] }},
//!             "options": [{{
//!                 "option": "a", "platform": "fargate", "status": "ranked", "rank": 1, "score": 0.5, "size": null,
//!                 "monthly_cost": "{cost}", "served": null, "failed_needs": [], "missing_prices": [],
//!                 "charges": [{{
//!                     "price_id": "fargate/hours", "component": "", "environment": "", "part": "", "commitment": null,
//!                     "quantity": "{quantity}", "unit": "Hours", "rate": "{rate}", "cost": "{cost}"
//!                 }}]
//!             }}],
//!             "inputs": [], "traces": []
//!         }}"#,
//!         cost = quantity * rate,
//!     );
//!     serde_json::from_str(&text).unwrap()
//! };
//! let (before, after) = (scenario(730, 2), scenario(730, 3));
//! let old = Side { scenario: &before, model_version: 1, book_hash: "ab12" };
//! let new = Side { scenario: &after, model_version: 1, book_hash: "cd34" };
//! // The third argument computes the states between, where more than one thing changed.
//! let difference = ScenarioDifference::along(&Path::between(&old, &new, None));
//! let effects = &difference.option("a").unwrap().effects;
//! let largest = effects.largest().unwrap();
//! assert_eq!((largest.kind, largest.driver, largest.amount), (EffectKind::Price, Driver::Prices, 730.into()));
//! assert_eq!(effects.total(), 730.into());
//! ```

mod alike;
mod charges;
mod effects;
mod inputs;
mod leading;
mod mark;
mod options;
mod path;
mod rounding;
pub(crate) mod shares;
mod told;

use std::collections::BTreeSet;

pub use charges::ChargeDifference;
pub use effects::{Driver, Drivers, Effect, EffectKind, Effects};
pub use inputs::{InputChange, input_changes, workload};
pub use leading::{Flip, LeadingDifference};
pub use mark::Mark;
pub use options::OptionDifference;
pub use path::{Evaluate, Path, Side, Step};
pub use rounding::{shown_change, to_the_cent};

/// How a change is split, for reports to print.
pub const METHOD: [&str; 5] = [
    "A change goes along a path of states, and each step has what drives it: prices and model first (the old scenario, computed \
     as of today), then traffic (the old scenario with the new [traffic], and the rates of environments, runs of jobs and shares \
     of kinds of request that both have), then the rest of the scenario.",
    "In each step, charge by charge: price = old quantity × (new rate - old rate); quantity = (new quantity - old quantity) × \
     new rate. The interaction, (new quantity - old quantity) × (new rate - old rate), lies in quantity; it is named beside it.",
    "A charge on one side only is structure: added, removed, or in another tier of its price. What commitments cost, and what \
     they take off the rates on demand, is commitment; a fee at another rate is price where prices moved it, and commitment \
     where the scenario commits to another one. A price or a discount that the scenario states moves rates, too: it is price by \
     scenario.",
    "An option on one side only is option. A cost that is not known is unknown and never 0, and so is its change.",
    "The effects add up to the change exactly, and so do the charges. To the cent, the change of a scenario or an option is what \
     its two costs differ by as shown, and the cents of charges and effects go by the largest remainder, so that their columns \
     add up to it. The change of a charge may therefore be a cent off what its own two costs differ by as shown; JSON and CSV \
     have the exact figures.",
];

/// What became of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioDifference {
    /// The path of its file, as the new side names it.
    pub file: String,
    /// The path of the old side's file, where it has another.
    pub old_file: Option<String>,
    /// Its name on the new side.
    pub name: String,
    /// The recommended option, whichever it is, and what it costs.
    pub leading: LeadingDifference,
    /// Every option of either side, by name.
    pub options: Vec<OptionDifference>,
    /// What differs in what the scenario says.
    pub inputs: Vec<InputChange>,
    /// What drove each step of the path, in its order.
    pub steps: Vec<Drivers>,
    /// What could not be told apart and what would, in sentences.
    pub notes: Vec<String>,
}

impl ScenarioDifference {
    /// What became of a scenario along a path.
    ///
    /// For each option and for the recommended one, the effects add up to the change exactly.
    ///
    /// ```
    /// use weigh_core::difference::{Path, ScenarioDifference, Side};
    /// # use weigh_core::snapshot::ScenarioSnapshot;
    /// # let shop = |rate: u32| -> ScenarioSnapshot {
    /// #     let (cost, rate) = ((730 * rate).to_string(), rate.to_string());
    /// #     let charge = serde_json::json!({ "price_id": "hours", "component": "", "environment": "", "part": "",
    /// #         "quantity": "730", "unit": "Hours", "rate": rate, "cost": cost });
    /// #     let option = serde_json::json!({ "option": "a", "platform": "fargate", "status": "ranked",
    /// #         "monthly_cost": cost, "failed_needs": [], "missing_prices": [], "charges": [charge] });
    /// #     let shop = serde_json::json!({ "file": "shop.toml", "name": "Shop", "scenario_hash": "", "region": "us-east-1",
    /// #         "as_of": "2026-10-07", "decision": { "ranking": [], "weights": [] }, "options": [option],
    /// #         "inputs": [], "traces": [] });
    /// #     serde_json::from_value(shop).unwrap()
    /// # };
    /// let (before, after) = (shop(2), shop(3));
    /// let old = Side { scenario: &before, model_version: 1, book_hash: "ab12" };
    /// let new = Side { scenario: &after, model_version: 1, book_hash: "cd34" };
    /// let difference = ScenarioDifference::along(&Path::between(&old, &new, None));
    /// assert_eq!(difference.options[0].change, Some(730.into()));
    /// assert_eq!(difference.options[0].effects.total(), 730.into());
    /// assert!(!difference.is_same());
    /// ```
    #[must_use]
    pub fn along(path: &Path) -> ScenarioDifference {
        let (first, last) = (path.first(), path.last());
        let names: BTreeSet<&str> =
            first.options.iter().chain(&last.options).map(|option| option.option.as_str()).collect();
        ScenarioDifference {
            file: last.file.clone(),
            old_file: (first.file != last.file).then(|| first.file.clone()),
            name: last.name.clone(),
            leading: LeadingDifference::along(path),
            options: names.into_iter().map(|name| OptionDifference::along(path, name)).collect(),
            inputs: path.inputs.clone(),
            steps: path.steps.iter().map(|step| step.drivers.clone()).collect(),
            notes: path.notes.clone(),
        }
    }

    /// Whether nothing moved: every option is the same in all that a snapshot holds, and so is the recommendation.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.leading.flip.is_none() && self.options.iter().all(|option| option.mark == Mark::Same)
    }

    /// The option of a name, on whichever side it is.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&OptionDifference> {
        self.options.iter().find(|option| option.option == name)
    }
}

#[cfg(test)]
mod tests;
