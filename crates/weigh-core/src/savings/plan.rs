//! A scenario with one option that strategies change, each on every platform that the option stands on.

use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::platforms::{Brief, Platform, least_servers};
use crate::scenario::{Datum, Scenario, ServerHours, Values};

/// What a strategy changes, and what it may look at.
pub(super) struct Plan<'a> {
    /// The scenario, with the one option.
    pub(super) scenario: Scenario,
    /// The option as it was.
    pub(super) base: &'a Evaluation,
    pub(super) catalog: &'a Catalog,
    /// When servers run, where they are to stop.
    pub(super) server_hours: &'a ServerHours,
}

/// An option, or a part of one, on its platform.
pub(super) struct Placement<'a> {
    pub(super) platform: &'static Platform,
    pub(super) settings: Values,
    pub(super) catalog: &'a Catalog,
    /// The scenario of the part alone; one for each environment where they share the settings.
    scenarios: Vec<Scenario>,
}

impl Plan<'_> {
    /// Changes every placement that the change applies to: what was changed in words, or why it applies to none.
    pub(super) fn each(
        &mut self,
        change: impl Fn(&mut Placement<'_>) -> Result<String, String>,
    ) -> Result<String, String> {
        let (mut done, mut refused): (Vec<String>, Option<String>) = (Vec::new(), None);
        let Some(request) = self.scenario.options.first().cloned() else { return Err(String::new()) };
        let mut changed = request.clone();
        let all = self.scenario.parts_of(&request);
        let places: Vec<(usize, Vec<Scenario>)> = match request.parts.is_empty() {
            true if all.is_empty() => vec![(0, vec![self.scenario.clone()])],
            true => vec![(0, all.iter().map(|part| self.scenario.of_part(part)).collect())],
            false => {
                all.iter().enumerate().map(|(at, part)| (at, vec![self.scenario.of_part(part)])).collect()
            }
        };
        for (at, scenarios) in places {
            let own = match changed.parts.is_empty() {
                true => &mut changed,
                false => &mut changed.parts[at].request,
            };
            let Some(platform) = Platform::find(&own.platform) else { continue };
            let mut placement =
                Placement { platform, settings: own.settings.clone(), catalog: self.catalog, scenarios };
            match change(&mut placement).and_then(|words| placement.holds().map(|()| words)) {
                Ok(words) => {
                    own.settings = placement.settings;
                    if !done.contains(&words) {
                        done.push(words);
                    }
                }
                Err(why) => refused = refused.or(Some(why)),
            }
        }
        if done.is_empty() {
            return Err(refused.unwrap_or_default());
        }
        self.scenario.options = vec![changed];
        Ok(done.join("; "))
    }

    /// Whether the bill pays for a supporting service, or for one of its lines.
    pub(super) fn pays_for(&self, service: &str, line: &str) -> bool {
        self.base.bill.charges().iter().any(|charge| {
            let is_for = charge.reason.as_ref().is_some_and(|reason| reason.service == service);
            is_for && charge.price_id.contains(line)
        })
    }
}

impl Placement<'_> {
    /// Whether its platform has a setting.
    pub(super) fn has(&self, key: &str) -> bool {
        self.platform.fields().any(|field| field.key == key)
    }

    /// Whether a setting has a value.
    pub(super) fn states(&self, key: &str) -> bool {
        self.settings.get(key).is_some()
    }

    /// The value of a setting that is a word.
    pub(super) fn word(&self, key: &str) -> Option<String> {
        self.settings.value::<Option<String>>(key).flatten()
    }

    /// The value of a setting that is a count.
    pub(super) fn count(&self, key: &str) -> Option<u32> {
        self.settings.value::<Option<u32>>(key).flatten()
    }

    pub(super) fn set(&mut self, key: &'static str, datum: Datum) {
        self.settings = std::mem::take(&mut self.settings).with(key, datum);
    }

    pub(super) fn leave_out(&mut self, key: &str) {
        self.settings = std::mem::take(&mut self.settings).without(key);
    }

    /// The fewest replicas, or instances, that the needs ask for, of all environments with these settings.
    pub(super) fn least(&self, instances: bool) -> u32 {
        let of = |scenario| {
            let brief = Brief { scenario, catalog: self.catalog, settings: &self.settings };
            least_servers(self.platform, &brief, instances)
        };
        self.scenarios.iter().map(of).max().unwrap_or(1)
    }

    /// Nothing in the changed settings contradicts the rest, or a need.
    fn holds(&self) -> Result<(), String> {
        let found = self
            .scenarios
            .iter()
            .flat_map(|each| (self.platform.contradictions)(&self.settings, &each.needs));
        match found.into_iter().next() {
            Some(contradiction) => Err(contradiction.message),
            None => Ok(()),
        }
    }
}
