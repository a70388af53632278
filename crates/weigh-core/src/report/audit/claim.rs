//! One claim as data: what is stated, what it was held against, and why the two differ.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::{VERDICTS, verdict};
use crate::audit::{AuditedClaim, AuditedScenario, Cause, Check, CheckKind};
use crate::claim::Figure;
use crate::json_schema::DecimalText;
use crate::scenario::About;

/// A claim with what it was held against.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct ClaimReport {
    /// Its id.
    pub id: String,
    /// The scenario file that has it.
    pub file: String,
    /// The document that states it; null where it is not known.
    pub document: Option<String>,
    /// The line of the document; null where it is not known.
    pub line: Option<u32>,
    /// The claim in words; null where it has none.
    pub says: Option<String>,
    /// What it is about; null where it is held against the document's own figures alone.
    #[schemars(extend("enum" = About::CHOICES.iter().map(|(word, _)| *word).collect::<Vec<_>>()))]
    pub about: Option<&'static str>,
    /// What it names beside that: `option`, `component` and so on, as written.
    pub names: Vec<NameReport>,
    /// Its topic.
    pub topic: Option<String>,
    /// The figure as it is written.
    pub value: String,
    /// Its unit; null for a choice.
    pub unit: Option<String>,
    /// The figure; null for a choice.
    pub stated: Option<FigureReport>,
    /// `contradicts`, `within-10`, `within-1` or `not-computed`: the worst of the checks.
    #[schemars(extend("enum" = VERDICTS))]
    pub verdict: &'static str,
    /// What it was held against, the check that decides the verdict first.
    pub checks: Vec<CheckReport>,
    /// The figure with its unit, for readers.
    #[serde(skip)]
    pub(super) shown: String,
}

/// A key of a claim that says more about its subject.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct NameReport {
    /// The key: `option`.
    pub key: &'static str,
    /// Its value.
    pub name: String,
}

/// A figure as decimal strings, exact.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct FigureReport {
    /// The low end; null where it is open.
    #[schemars(with = "Option<DecimalText>")]
    pub low: Option<String>,
    /// The high end; null where it is open.
    #[schemars(with = "Option<DecimalText>")]
    pub high: Option<String>,
}

/// What a claim was held against, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct CheckReport {
    /// `model`, `equals`, `at_most` or `least_of`.
    #[schemars(extend("enum" = ["model", "equals", "at_most", "least_of"]))]
    pub kind: &'static str,
    /// The arithmetic or the ids of it; null for the model.
    pub of: Option<String>,
    /// `contradicts`, `within-10`, `within-1` or `not-computed`.
    #[schemars(extend("enum" = VERDICTS))]
    pub verdict: &'static str,
    /// The figure that it was held against, in the claim's unit; null where there is none.
    pub computed: Option<FigureReport>,
    /// Stated less computed, in the claim's unit, at the end where they differ most.
    #[schemars(with = "Option<DecimalText>")]
    pub difference: Option<String>,
    /// The same in percent of what was computed; null where that is 0.
    #[schemars(with = "Option<DecimalText>")]
    pub difference_percent: Option<String>,
    /// How it is reckoned, in words.
    pub reckoning: Option<String>,
    /// Where it comes from; null where the reckoning says it.
    pub source: Option<String>,
    /// Why it can't be computed; null where it can.
    pub why_not: Option<String>,
    /// What would make the two equal, the most likely first.
    pub causes: Vec<CauseReport>,
}

/// What would make a computed figure equal the stated one.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct CauseReport {
    /// The kind of cause: `left-out`, `hours`.
    pub kind: &'static str,
    /// In words.
    pub words: String,
    /// What the figure comes to with it, in the claim's unit.
    pub figure: FigureReport,
    /// How many things had to be changed.
    pub changes: u32,
}

impl FigureReport {
    pub(super) fn of(figure: &Figure) -> FigureReport {
        let text = |end: Option<Decimal>| end.map(|end| end.normalize().to_string());
        FigureReport { low: text(figure.low), high: text(figure.high) }
    }

    /// The figure for readers: to the cent, and what is below 1 to four digits.
    pub(super) fn shown(&self) -> String {
        let short = |value: Decimal| match value.abs() < Decimal::ONE {
            true => value.round_sf(4).unwrap_or(value),
            false => value,
        };
        let end = |end: &Option<String>| end.as_deref().map(|end| short(crate::report::decimal(end)));
        Figure { low: end(&self.low), high: end(&self.high) }.shown(2)
    }
}

impl ClaimReport {
    pub(super) fn of(audited: &AuditedClaim, scenario: &AuditedScenario) -> ClaimReport {
        let entry = &audited.claim.entry;
        let named = [
            ("option", &entry.option),
            ("environment", &entry.environment),
            ("component", &entry.component),
            ("service", &entry.service),
            ("price_id", &entry.price_id),
            ("limit", &entry.limit),
            ("shape", &entry.shape),
            ("of", &entry.of),
            ("against", &entry.against),
        ];
        let named = named.into_iter().filter_map(|(key, name)| Some(NameReport { key, name: name.clone()? }));
        let items = entry.items.iter().map(|name| NameReport { key: "items", name: name.clone() });
        // The deciding check stands first.
        let mut checks: Vec<&Check> = audited.checks.iter().collect();
        let deciding = audited.deciding();
        checks.sort_by_key(|check| deciding.is_none_or(|deciding| !std::ptr::eq(deciding, *check)));
        ClaimReport {
            id: entry.id.clone(),
            file: scenario.file.clone(),
            document: audited.document.clone(),
            line: entry.line,
            says: entry.says.clone(),
            about: entry.about.map(|about| about.spelling()),
            names: named.chain(items).collect(),
            topic: entry.topic.clone(),
            value: entry.value.clone(),
            unit: entry.unit.clone(),
            stated: audited.claim.figure.as_ref().map(FigureReport::of),
            verdict: verdict(audited.degree()),
            checks: checks.into_iter().map(CheckReport::of).collect(),
            shown: entry.stated(),
        }
    }

    /// The check that decides the verdict; nothing where there is none.
    pub(super) fn deciding(&self) -> Option<&CheckReport> {
        self.checks.first()
    }

    /// `E2 Load balancer (estimate, line 13)`.
    pub(super) fn title(&self) -> String {
        let says = self.says.as_ref().map(|says| format!(" {says}")).unwrap_or_default();
        let line = self.line.map(|line| format!("line {line}"));
        let place: Vec<String> = self.document.clone().into_iter().chain(line).collect();
        match place.is_empty() {
            true => format!("{}{says}", self.id),
            false => format!("{}{says} ({})", self.id, place.join(", ")),
        }
    }
}

impl CheckReport {
    fn of(check: &Check) -> CheckReport {
        let (kind, of) = match &check.kind {
            CheckKind::Model(_) => ("model", None),
            CheckKind::Equals(text) => ("equals", Some(text.clone())),
            CheckKind::AtMost(text) => ("at_most", Some(text.clone())),
            CheckKind::LeastOf(ids) => ("least_of", Some(ids.join(", "))),
        };
        let against = check.against.as_ref().ok();
        let text = |value: Decimal| value.normalize().to_string();
        let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let percent = |share: Decimal| text((share * Decimal::ONE_HUNDRED).round_dp(4));
        CheckReport {
            kind,
            of,
            verdict: verdict(check.degree()),
            computed: against.and_then(|against| against.figure.as_ref().map(FigureReport::of)),
            difference: against.and_then(|against| against.difference).map(text),
            difference_percent: against.and_then(|against| against.share).map(percent),
            reckoning: against.and_then(|against| filled(&against.reckoning)),
            source: against.and_then(|against| filled(&against.source)),
            why_not: check.against.as_ref().err().cloned(),
            causes: check.causes.iter().map(CauseReport::of).collect(),
        }
    }
}

impl CauseReport {
    fn of(cause: &Cause) -> CauseReport {
        let Cause { kind, words, figure, changes } = cause;
        CauseReport { kind, words: words.clone(), figure: FigureReport::of(figure), changes: *changes }
    }
}
