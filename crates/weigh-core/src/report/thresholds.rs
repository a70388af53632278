//! Thresholds of the traffic that a document states, beside those that the comparisons find.

use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::{Measures, held_against};
use crate::claim::Figure;
use crate::scenario::{About, Claim};

/// A threshold that a document states for an option.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ThresholdReport {
    /// The claim's id.
    pub claim: String,
    /// The document and the line that state it; empty where neither is said.
    pub place: String,
    /// `until` or `from`.
    #[schemars(extend("enum" = ["until", "from"]))]
    pub of: String,
    /// The option; null where the scenario has one only.
    pub option: Option<String>,
    /// As it is stated, with its unit.
    pub stated: String,
    /// Requests a day at which it lies by the comparisons: the heights that the change lies between; null where the
    /// option comes first at no height.
    pub computed: Option<String>,
    /// How well the two agree, in words; null without a computed one.
    pub verdict: Option<&'static str>,
    /// The sentence that readers see.
    pub words: String,
}

impl ThresholdReport {
    /// The thresholds that the claims of a scenario state.
    pub(super) fn all(measures: &Measures<'_>) -> Vec<ThresholdReport> {
        let claims = measures.subject().scenario.claims.iter();
        let stated = claims.filter(|claim| claim.entry.about == Some(About::Threshold));
        stated.filter_map(|claim| ThresholdReport::of(claim, measures)).collect()
    }

    fn of(claim: &Claim, measures: &Measures<'_>) -> Option<ThresholdReport> {
        let (entry, unit) = (&claim.entry, claim.unit.as_ref()?);
        let stated = format!("{} {unit}", claim.figure?.shown(0));
        let of = entry.of.clone()?;
        let document = entry.document.as_ref().or(measures.subject().scenario.header.document.as_ref());
        let line = entry.line.map(|line| format!("line {line}"));
        let place: Vec<String> = document.cloned().into_iter().chain(line).collect();
        let place = place.join(", ");
        let option = entry.option.clone().unwrap_or_else(|| "the option".to_owned());
        let said = if place.is_empty() { String::new() } else { format!(" ({place})") };
        let (computed, verdict, found) = match measures.computed(claim) {
            Err(why) => (None, None, why.why),
            Ok(found) => {
                let shown = near(&found.figure.map(|end| unit.from_base(end)));
                let verdict = held_against(claim, &found).map(|agreement| agreement.degree.words());
                (Some(shown.clone()), verdict, format!("here {of} {shown}"))
            }
        };
        let words = format!("{option} comes first {of} {stated}{said}: {found}");
        let (claim, option) = (entry.id.clone(), entry.option.clone());
        Some(ThresholdReport { claim, place, of, option, stated, computed, verdict, words })
    }
}

/// Both ends to three digits, as the heights are known.
fn near(figure: &Figure) -> String {
    figure.map(|end| end.round_sf(3).unwrap_or(end).normalize()).shown(2)
}
