//! When to choose what: the rules of the scenario and of the documents, and what they say of the recommendation.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Block;
use crate::catalog::Catalog;
use crate::rules::Ruling;

/// A rule, and whether it holds.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RuleReport {
    /// `scenario`, or `documents`: what a document claims, held against this scenario.
    #[schemars(extend("enum" = ["scenario", "documents"]))]
    pub origin: &'static str,
    /// Its name, such as `fargate/migration`; null for a rule of the scenario.
    pub rule: Option<String>,
    /// `choose`, `avoid` or `reject`.
    #[schemars(extend("enum" = ["choose", "avoid", "reject"]))]
    pub advice: &'static str,
    /// The platform or the option that it is about.
    pub target: String,
    /// The condition; null where no scenario can state what the document asks for.
    pub when: Option<String>,
    /// Why.
    pub because: String,
    /// Whether the condition holds; null where what is not stated could change it.
    pub holds: Option<bool>,
    /// The values that decide it.
    pub values: BTreeMap<&'static str, String>,
    /// What the scenario does not state, and what would decide it.
    pub not_stated: Vec<&'static str>,
    /// Whether the recommendation agrees; null where the rule does not hold, or nothing is recommended.
    pub agrees: Option<bool>,
    /// The document's line; null for a rule of the scenario.
    pub source: Option<String>,
    /// `derived` where the condition is this project's reading of the document; else empty or as the data marks it.
    pub mark: String,
    #[serde(skip)]
    sentence: String,
}

impl RuleReport {
    /// A rule as a report has it.
    pub(super) fn of(ruling: &Ruling, catalog: &Catalog) -> RuleReport {
        let origin = if ruling.name.is_none() { "scenario" } else { "documents" };
        RuleReport {
            origin,
            rule: ruling.name.clone(),
            advice: ruling.advice.word(),
            target: ruling.target.clone(),
            when: ruling.when.clone(),
            because: ruling.because.clone(),
            holds: ruling.holds,
            values: ruling.values.iter().cloned().collect(),
            not_stated: ruling.not_stated.clone(),
            agrees: ruling.agrees,
            source: ruling.name.as_ref().map(|_| catalog.source_title(&ruling.source).to_owned()),
            mark: ruling.mark.clone(),
            sentence: sentence(ruling),
        }
    }
}

/// ``choose fargate where `requests_per_day > 10_000` (more traffic): holds, as requests_per_day is 20,000; the
/// recommendation agrees``.
fn sentence(ruling: &Ruling) -> String {
    let Ruling { advice, target, because, .. } = ruling;
    let condition = ruling.when.as_ref().map_or(String::new(), |when| format!(" where `{when}`"));
    let outcome = match ruling.holds {
        Some(true) => format!("holds, as {}", ruling.facts()),
        Some(false) => format!("does not hold, as {}", ruling.facts()),
        None => format!("undecided: {}", ruling.facts()),
    };
    let agrees = match ruling.agrees {
        Some(true) => "; the recommendation agrees",
        Some(false) => "; the recommendation does not agree",
        None => "",
    };
    let source = if ruling.source.is_empty() { String::new() } else { format!(" [{}]", ruling.source) };
    format!("{advice} {target}{condition} ({because}): {outcome}{agrees}{source}")
}

/// The rules for readers: those of the scenario in full, those of the documents that hold, and how many others there are.
pub(super) fn blocks(rules: &[RuleReport], blocks: &mut Vec<Block>) {
    let documents = || rules.iter().filter(|rule| rule.origin == "documents");
    let own = rules.iter().filter(|rule| rule.origin == "scenario");
    let mut points: Vec<String> = own.map(|rule| format!("stated: {}", rule.sentence)).collect();
    let holding = documents().filter(|rule| rule.holds == Some(true));
    points.extend(holding.map(|rule| format!("documents: {}", rule.sentence)));
    points.extend(others(&documents().collect::<Vec<_>>()));
    if !points.is_empty() {
        blocks.extend([Block::Heading("When to choose".to_owned()), Block::List(points)]);
    }
}

/// How many of the documents' rules do not hold or are open, and what would decide them.
fn others(documents: &[&RuleReport]) -> Option<String> {
    let count = |holds: Option<bool>| documents.iter().filter(|rule| rule.holds == holds).count();
    let unstatable = documents.iter().filter(|rule| rule.when.is_none()).count();
    let (refuted, open) = (count(Some(false)), count(None) - unstatable);
    let mut wanted: Vec<&str> = Vec::new();
    for name in documents.iter().flat_map(|rule| &rule.not_stated) {
        if !wanted.contains(name) {
            wanted.push(name);
        }
    }
    let mut parts = Vec::new();
    if refuted > 0 {
        parts.push(format!("{refuted} do not hold"));
    }
    if open > 0 {
        parts.push(format!("{open} are undecided without {}", wanted.join(", ")));
    }
    if unstatable > 0 {
        parts.push(format!("{unstatable} ask for what no scenario states"));
    }
    let total = documents.len();
    (!parts.is_empty()).then(|| format!("of {total} rules of the documents {}", parts.join(", ")))
}
