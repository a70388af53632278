//! Rules: what to choose, to avoid or to reject, by the scenario and by the documents, and whether each holds.

mod variables;

use crate::catalog::{Advice, Catalog, DocumentRule};
use crate::condition::{Condition, Decision, Value, Variable};
use crate::platforms::FailedNeed;
use crate::scenario::{Scenario, StatedRule};

pub use variables::{RuleVariable, VARIABLES};

/// A rule, and whether it holds for a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// Its name in the documents' table, such as `fargate/migration`; nothing for a rule of the scenario.
    pub name: Option<String>,
    /// What to do where it holds.
    pub advice: Advice,
    /// With which platform or option.
    pub target: String,
    /// The condition as it is written; nothing where no scenario can state what the document asks for.
    pub when: Option<String>,
    /// Why.
    pub because: String,
    /// The id of the document's line; empty for a rule of the scenario.
    pub source: String,
    /// `derived` where the condition is this project's reading of the document.
    pub mark: String,
    /// Whether it holds; nothing where what is not stated could change it.
    pub holds: Option<bool>,
    /// The values that decide it, as readers want them.
    pub values: Vec<(&'static str, String)>,
    /// The variables that would decide it, and that the scenario does not state.
    pub not_stated: Vec<&'static str>,
    /// Whether the recommendation agrees with it; nothing where it does not hold, or nothing is recommended.
    pub agrees: Option<bool>,
}

/// The rules of a scenario, then those of the documents, each decided.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::vocabulary;
/// use weigh_core::rules::rulings;
/// use weigh_core::scenario::Scenario;
/// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "10_000/day" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms" }]
///     rule = [{ when = "requests_per_day < 10_000", choose = "lightsail", because = "little traffic" }]
/// "#;
/// let scenario = Scenario::parse(text, &vocabulary(&catalog, &weigh_prices::book())).unwrap();
/// let ruling = &rulings(&scenario, &catalog)[0];
/// assert_eq!(ruling.holds, Some(false));
/// assert_eq!(ruling.values, [("requests_per_day", "10,000".to_owned())]);
/// ```
#[must_use]
pub fn rulings(scenario: &Scenario, catalog: &Catalog) -> Vec<Ruling> {
    let own = scenario.rules.iter().map(|rule| of_scenario(rule, scenario));
    own.chain(catalog.rules.iter().map(|rule| of_document(rule, scenario))).collect()
}

/// What the conditions of rules may name.
#[must_use]
pub fn variables() -> Vec<Variable> {
    VARIABLES.iter().map(|known| known.variable).collect()
}

/// The rules of a scenario that reject an option of this name on these platforms, as needs that it fails.
#[must_use]
pub fn rejections(scenario: &Scenario, option: &str, platforms: &[&str]) -> Vec<FailedNeed> {
    let about = |rule: &&StatedRule| {
        rule.advice == Advice::Reject && (rule.target == option || platforms.contains(&rule.target.as_str()))
    };
    let failed = scenario.rules.iter().filter(about).filter_map(|rule| {
        let ruling = of_scenario(rule, scenario);
        (ruling.holds == Some(true)).then(|| FailedNeed {
            need: "rule".to_owned(),
            wanted: format!("that `{}` does not hold ({})", rule.when, rule.because),
            offered: ruling.facts(),
            revisit_when: format!("`{}` no longer holds", rule.when),
        })
    });
    failed.collect()
}

impl Ruling {
    /// What decides it, or what would: `requests_per_day is 10,000`.
    #[must_use]
    pub fn facts(&self) -> String {
        if self.when.is_none() {
            return "a scenario can't state it".to_owned();
        }
        if !self.not_stated.is_empty() {
            let verb = if self.not_stated.len() == 1 { "is" } else { "are" };
            return format!("{} {verb} not stated", self.not_stated.join(" and "));
        }
        let each = self.values.iter().map(|(name, value)| format!("{name} is {value}"));
        each.collect::<Vec<_>>().join(" and ")
    }

    /// The same with whether a recommendation agrees: of an option with this name on these platforms.
    #[must_use]
    pub fn beside(self, recommended: Option<(&str, &[&str])>) -> Ruling {
        let agrees = recommended.filter(|_| self.holds == Some(true)).map(|(option, platforms)| {
            let is_target = self.target == option || platforms.contains(&self.target.as_str());
            is_target == (self.advice == Advice::Choose)
        });
        Ruling { agrees, ..self }
    }
}

fn value_of(scenario: &Scenario, name: &str) -> Option<Value> {
    (VARIABLES.iter().find(|known| known.variable.name == name)?.value)(scenario)
}

/// The decision on a condition, with values for readers.
fn decided(
    condition: &Condition,
    scenario: &Scenario,
) -> (Option<bool>, Vec<(&'static str, String)>, Vec<&'static str>) {
    let Decision { holds, by } = condition.decide(&|name| value_of(scenario, name));
    if holds.is_none() {
        return (None, Vec::new(), by);
    }
    let shown = |name: &'static str| {
        let known = VARIABLES.iter().find(|known| known.variable.name == name)?;
        Some((name, known.variable.holds.show((known.value)(scenario)?)))
    };
    (holds, by.into_iter().filter_map(shown).collect(), Vec::new())
}

fn of_scenario(rule: &StatedRule, scenario: &Scenario) -> Ruling {
    let (holds, values, not_stated) = decided(&rule.when, scenario);
    Ruling {
        name: None,
        advice: rule.advice,
        target: rule.target.clone(),
        when: Some(rule.when.to_string()),
        because: rule.because.clone(),
        source: String::new(),
        mark: String::new(),
        holds,
        values,
        not_stated,
        agrees: None,
    }
}

fn of_document(rule: &DocumentRule, scenario: &Scenario) -> Ruling {
    // What the table says and nobody can read is as if it could not be stated; a test reads all of it.
    let condition = Condition::parse(&rule.when, &variables()).ok();
    let (holds, values, not_stated) =
        condition.as_ref().map_or((None, Vec::new(), Vec::new()), |condition| decided(condition, scenario));
    Ruling {
        name: Some(format!("{}/{}", rule.platform, rule.rule)),
        advice: rule.advice,
        target: rule.platform.clone(),
        when: condition.map(|condition| condition.to_string()),
        because: rule.because.clone(),
        source: rule.source.clone(),
        mark: rule.mark.clone(),
        holds,
        values,
        not_stated,
        agrees: None,
    }
}

#[cfg(test)]
mod tests;
