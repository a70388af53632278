//! The way from one snapshot to another, in steps of one driver each as far as the states between them can be computed.

use super::alike::renumber;
use super::effects::{Driver, Drivers, EffectKind};
use super::inputs::{InputChange, input_changes, with_day, workload};
use crate::snapshot::{OptionSnapshot, ScenarioSnapshot, TraceSnapshot};

/// One end of a difference: what a scenario came to, with which model and which book.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What the scenario came to.
    pub scenario: &'a ScenarioSnapshot,
    /// The version of the model that computed it.
    pub model_version: u32,
    /// The SHA-256 of the book that priced it.
    pub book_hash: &'a str,
}

/// Computes a scenario, given as canonical lines, with the model and the book of the side where a path ends; or says why it
/// can't.
pub type Evaluate<'e> = &'e mut dyn FnMut(&[String]) -> Result<ScenarioSnapshot, String>;

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What drove it; several where they can't be told apart.
    pub drivers: Drivers,
    /// What the scenario comes to after it.
    pub state: ScenarioSnapshot,
}

/// A way from one snapshot of a scenario to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    first: ScenarioSnapshot,
    pub(super) steps: Vec<Step>,
    pub(super) inputs: Vec<InputChange>,
    pub(super) notes: Vec<String>,
}

/// What differs between the ends.
struct Differs {
    prices: bool,
    model: bool,
    traffic: bool,
    scenario: bool,
}

impl Differs {
    fn between(before: &Side<'_>, after: &Side<'_>, inputs: &[InputChange]) -> Differs {
        let drives = |driver: Driver| inputs.iter().any(|change| change.driver == driver);
        Differs {
            prices: before.book_hash != after.book_hash
                || before.scenario.as_of != after.scenario.as_of
                || drives(Driver::Prices),
            model: before.model_version != after.model_version,
            traffic: drives(Driver::Traffic) || before.scenario.traces != after.scenario.traces,
            scenario: drives(Driver::Scenario),
        }
    }

    /// What the program and the book of today drive.
    fn of_today(&self) -> Vec<Driver> {
        let prices = self.prices.then_some(Driver::Prices);
        prices.into_iter().chain(self.model.then_some(Driver::Model)).collect()
    }

    fn drivers(&self) -> Drivers {
        let all = [self.prices, self.model, self.traffic, self.scenario];
        let those: Vec<Driver> = Driver::ALL
            .into_iter()
            .zip(all)
            .filter(|(_, differs)| *differs)
            .map(|(driver, _)| driver)
            .collect();
        Drivers::of(&those)
    }
}

impl Path {
    /// A path that stands where it begins.
    pub(crate) fn from(first: ScenarioSnapshot) -> Path {
        Path { first, steps: Vec::new(), inputs: Vec::new(), notes: Vec::new() }
    }

    /// The same, one step further.
    #[cfg(test)]
    pub(crate) fn then(mut self, drivers: Drivers, state: ScenarioSnapshot) -> Path {
        self.inputs = input_changes(&self.first.inputs, &state.inputs);
        let state = self.following(state);
        self.steps.push(Step { drivers, state });
        self
    }

    /// The way between two snapshots of a scenario, in this order: prices and model, traffic, the rest of the scenario.
    ///
    /// `evaluate` computes the states between with the model and the book of `after`: the old scenario, and the old scenario
    /// with the new traffic. A state that can't be computed is passed over; what drove the steps around it is then told by
    /// what differs, and [`Path::notes`] say what could not be told apart.
    ///
    /// ```
    /// use weigh_core::difference::{Driver, Path, Side};
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
    /// // 730 hours at 2 and at 3 dollars, with two price books.
    /// let (before, after) = (shop(2), shop(3));
    /// let old = Side { scenario: &before, model_version: 1, book_hash: "ab12" };
    /// let new = Side { scenario: &after, model_version: 1, book_hash: "cd34" };
    /// let path = Path::between(&old, &new, None);
    /// assert_eq!((path.steps().len(), path.steps()[0].drivers.all()), (1, &[Driver::Prices][..]));
    /// assert!(path.notes().is_empty());
    /// ```
    #[must_use]
    pub fn between(before: &Side<'_>, after: &Side<'_>, evaluate: Option<Evaluate<'_>>) -> Path {
        let inputs = input_changes(&before.scenario.inputs, &after.scenario.inputs);
        let differs = Differs::between(before, after, &inputs);
        let mut path = Path::from(before.scenario.clone());
        let mut known = Drivers::default();
        if let Some(evaluate) = evaluate {
            let (states, notes) = states(before, after, &differs, evaluate);
            path.notes = notes;
            for (drivers, state) in states {
                let state = path.following(state);
                // Nothing differs that the state would show, and so nothing moved.
                if drivers.all().is_empty() && state.options == path.last().options {
                    continue;
                }
                known = known.and(&drivers);
                path.step(drivers, state);
            }
        }
        let rest: Vec<Driver> =
            differs.drivers().all().iter().copied().filter(|driver| !known.all().contains(driver)).collect();
        let last = path.following(after.scenario.clone());
        path.step(Drivers::of(&rest), last);
        path.inputs = inputs;
        path
    }

    /// A state with charges that share all but a number numbered as they are on the way to it.
    fn following(&self, mut state: ScenarioSnapshot) -> ScenarioSnapshot {
        for option in &mut state.options {
            let mut earlier = self.steps.iter().rev().map(|step| &step.state).chain([&self.first]);
            let priced = |known: &&OptionSnapshot| known.monthly_cost.is_some();
            if let Some(known) = earlier.find_map(|state| state.option(&option.option).filter(priced)) {
                renumber(known, option);
            }
        }
        state
    }

    /// Adds a step, and what must be said of it.
    fn step(&mut self, drivers: Drivers, state: ScenarioSnapshot) {
        let moved = state.options != self.last().options;
        let drivers = match drivers.all() {
            [] if moved => {
                self.notes.push(UNEXPLAINED.to_owned());
                Drivers::of(&[Driver::Model])
            }
            [_, _, ..] if moved => {
                self.notes.push(together(&drivers));
                drivers
            }
            _ => drivers,
        };
        self.steps.push(Step { drivers, state });
    }

    /// The same way back.
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
    /// let back = Path::between(&old, &new, None).reversed();
    /// assert_eq!(back.first(), &after);
    /// assert_eq!(ScenarioDifference::along(&back).options[0].change, Some((-730).into()));
    /// ```
    #[must_use]
    pub fn reversed(self) -> Path {
        let (mut steps, mut next) = (Vec::with_capacity(self.steps.len()), self.first);
        for step in self.steps {
            steps.push(Step { drivers: step.drivers, state: next });
            next = step.state;
        }
        steps.reverse();
        let mut path = Path { first: next, steps, inputs: Vec::new(), notes: self.notes };
        path.inputs = input_changes(&path.first().inputs, &path.last().inputs);
        path
    }

    /// Where it begins.
    #[must_use]
    pub fn first(&self) -> &ScenarioSnapshot {
        &self.first
    }

    /// Where it ends.
    #[must_use]
    pub fn last(&self) -> &ScenarioSnapshot {
        self.steps.last().map_or(&self.first, |step| &step.state)
    }

    /// Its steps.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What could not be told apart and what would, in sentences.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

/// What is said of figures that moved although nothing did that is known to move them.
const UNEXPLAINED: &str = "Figures moved although scenario, price book and model version are the same: it is put down to the \
                           model. The version of the model should have grown, or a snapshot was edited.";

/// What is said of a step that several drove.
fn together(drivers: &Drivers) -> String {
    let told = drivers.told();
    let rest = drivers.of_kind(EffectKind::Quantity);
    let put = match drivers.all().contains(&Driver::Prices) {
        true => format!("other rates are put down to prices, everything else to the {rest}"),
        false => format!("all of it is put down to the {rest}"),
    };
    let would = match drivers.all() {
        [Driver::Prices, Driver::Model] => {
            "the old program with the new price book, or the new one with the old book"
        }
        _ => "the program and the price book of one of the sides, which compute the states between them",
    };
    format!("The effects of {told} could not be told apart: {put}. What would tell them apart: {would}.")
}

/// The states between two sides that can be computed, each with what drove it since the one before, and why others can't.
fn states(
    before: &Side<'_>,
    after: &Side<'_>,
    differs: &Differs,
    evaluate: Evaluate<'_>,
) -> (Vec<(Drivers, ScenarioSnapshot)>, Vec<String>) {
    let (mut states, mut notes) = (Vec::new(), Vec::new());
    if !differs.traffic && !differs.scenario {
        return (states, notes);
    }
    let (old, new) = (&before.scenario.inputs, &after.scenario.inputs);
    let today = with_day(old, new);
    let mut since = differs.of_today();
    let mut take = |since: &mut Vec<Driver>, inputs: &[String], traces: &[TraceSnapshot], what: &str| {
        let why = match evaluate(inputs) {
            Ok(state) if state.traces == traces => {
                states.push((Drivers::of(since), state));
                since.clear();
                return;
            }
            Ok(_) => "a trace that it reads has changed".to_owned(),
            Err(why) => why,
        };
        notes.push(format!("{what} could not be computed: {why}."));
    };
    take(&mut since, &today, &before.scenario.traces, "The old scenario as of today");
    if differs.traffic && differs.scenario {
        since.push(Driver::Traffic);
        let mixed = workload(&today, new);
        take(&mut since, &mixed, &after.scenario.traces, "The old scenario with the new traffic");
    }
    (states, notes)
}

#[cfg(test)]
#[path = "path_tests.rs"]
mod tests;
