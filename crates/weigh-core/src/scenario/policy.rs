//! Tables `[[policy]]`: what must hold of the answer, each key a rule.

use std::ops::Range;
use std::time::Duration;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::field::{Field, Section, Values, choice, section};
use super::kind::Datum;
use super::pattern::Pattern;
use super::reader::{Place, Reader};
use super::vocabulary::Known;
use crate::data::nearest;
use crate::measure::Change;
use crate::problem::{FilePlace, Problem};

choice! {
    /// What it means that a rule does not hold.
    pub enum Severity {
        /// The command fails: its exit code is 2.
        Fail = "fail",
        /// It is told, and nothing fails.
        Warn = "warn",
    }
}

section! {
    /// What must hold of the answer: a table `[[policy]]`. Each key that follows `option` is a rule with a result of its own.
    pub struct PolicyEntry {
        /// Name of the policy, as results show it.
        pub name: Option<String> => Kind::Name, Optional;
        /// What it means that a rule of it does not hold, or can't be told.
        pub severity: Severity => Kind::OneOf(Severity::CHOICES), Default("fail");
        /// Option that it is about; left out, the recommended one; "*", every ranked one, and "fargate*" those that begin so.
        pub option: Option<String> => Kind::Text, Optional;
        /// Most that a month may cost, in US dollars.
        pub monthly_cost_max: Option<Decimal> => Kind::Dollars, Optional;
        /// Most that a year may cost, in US dollars: twelve months.
        pub annual_cost_max: Option<Decimal> => Kind::Dollars, Optional;
        /// Most that a month may cost more than in the snapshot: "5 %", or 10 (US dollars).
        pub increase_max: Option<Change> => Kind::Change, Optional;
        /// Longest time that half of the requests may take, at the slowest component.
        pub latency_p50_max: Option<Duration> => Kind::Duration, Optional;
        /// Longest time that 95 % of the requests may take, at the slowest component.
        pub latency_p95_max: Option<Duration> => Kind::Duration, Optional;
        /// Longest time that 99 % of the requests may take, at the slowest component.
        pub latency_p99_max: Option<Duration> => Kind::Duration, Optional;
        /// Largest share of the requests that may wait for a start.
        pub cold_start_share_max: Option<Decimal> => Kind::ShareOrZero, Optional;
        /// Longest time that a request may take on average that waits for a start, at the slowest component.
        pub cold_start_latency_max: Option<Duration> => Kind::Duration, Optional;
        /// Options or platforms of which one must be recommended.
        pub recommended: Vec<String> => Kind::NameOrNames, Optional;
        /// Most days that may have gone by since a source last confirmed the oldest price used.
        pub price_age_max_days: Option<u32> => Kind::Count { least: 0, most: 36_500 }, Optional;
        /// Whether prices may be used that no source confirms.
        pub unverified_prices: Option<bool> => Kind::Flag, Optional;
        /// Whether prices may be used that are derived from others by a rule.
        pub derived_prices: Option<bool> => Kind::Flag, Optional;
        /// Whether prices may be used that are borrowed from another region.
        pub borrowed_prices: Option<bool> => Kind::Flag, Optional;
        /// Whether prices may be used that one source alone confirms.
        pub single_source_prices: Option<bool> => Kind::Flag, Optional;
        /// Smallest share of the options that must have a price.
        pub priced_options_min: Option<Decimal> => Kind::ShareOrZero, Optional;
        /// Smallest share of the bill that must be at prices which a source confirms.
        pub sourced_cost_min: Option<Decimal> => Kind::ShareOrZero, Optional;
        /// Smallest share of the ways to use the platforms that the region's prices must do for, as `weigh prices coverage` counts.
        pub price_coverage_min: Option<Decimal> => Kind::ShareOrZero, Optional;
    }
}

section! {
    /// What a table of `weigh.toml` says beside: which scenarios it is about.
    pub(super) struct Scope {
        /// Scenario files that it is about, as a pattern with `*`; left out, all.
        pub scenario: Option<String> => Kind::Text, Optional;
    }
}

/// The keys of a policy that are no rules.
const HEADER: [&str; 3] = ["name", "severity", "option"];

/// The fields of a policy that are rules, in their order.
pub fn policy_rules() -> impl Iterator<Item = &'static Field> {
    PolicyEntry::FIELDS.iter().filter(|field| !HEADER.contains(&field.key))
}

/// A policy as it is stated.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its name; `policy 2` for the second of a file where it has none.
    pub name: String,
    /// What it means that a rule of it does not hold.
    pub severity: Severity,
    /// The scenario files that it is about; nothing for all, and for a policy that stands in a scenario.
    pub scenario: Option<Pattern>,
    /// Where it states `scenario`, else where it begins.
    pub place: FilePlace,
    /// The options that it is about; nothing for the recommended one.
    pub option: Option<Pattern>,
    /// Its rules, in the order of [`policy_rules`]; at least one.
    pub rules: Vec<PolicyRule>,
}

/// One rule of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyRule {
    /// Its key.
    pub key: &'static str,
    /// What is stated at it.
    pub limit: Datum,
    /// Where its key stands.
    pub place: FilePlace,
}

impl Policy {
    /// Whether it is about the scenario of a file, named by its path with `/`.
    #[must_use]
    pub fn is_about(&self, scenario_file: &str) -> bool {
        self.scenario.as_ref().is_none_or(|pattern| pattern.matches_path(scenario_file))
    }
}

/// Where policies and tolerances stand, which decides what they may say.
pub(super) enum Within<'a> {
    /// A scenario with options of these names.
    Scenario(&'a [String]),
    /// `weigh.toml`, which may be about several scenarios.
    Project,
}

/// Reads the tables `[[policy]]`; nothing when one is wrong.
pub(super) fn read(reader: &mut Reader<'_>, root: &DeTable<'_>, within: &Within<'_>) -> Option<Vec<Policy>> {
    let places = reader.tables(root, "policy");
    let mut names: Vec<(String, Range<usize>)> = Vec::new();
    let mut policies = Vec::with_capacity(places.len());
    for (number, place) in (1..).zip(&places) {
        let before = reader.problems.len();
        let values = reader.all_values(place, &within.fields(PolicyEntry::FIELDS));
        let Some(entry) = PolicyEntry::build(&values) else { continue };
        if let (Some(name), Some(span)) = (&entry.name, values.span("name")) {
            if let Some((_, first)) = names.iter().find(|(known, _)| known == name) {
                let problem = Problem::at(span, format!("two policies are named `{name}`"));
                let allowed = "a `name` of its own for each policy";
                reader.problems.push(problem.allowing(allowed).beside(first.clone(), "the first"));
                continue;
            }
            names.push((name.clone(), span));
        }
        let policy = Policy {
            name: entry.name.unwrap_or_else(|| format!("policy {number}")),
            severity: entry.severity,
            scenario: values.value::<String>("scenario").map(Pattern::new),
            place: reader.file_place(&values.span("scenario").unwrap_or_else(|| place.span.clone())),
            option: entry.option.map(Pattern::new),
            rules: rules(reader, place, &values),
        };
        if policy.rules.is_empty() && reader.problems.len() == before {
            let keys: Vec<&str> = policy_rules().map(|field| field.key).collect();
            let problem = Problem::at(place.span.clone(), "a [[policy]] has no rule");
            reader.problems.push(problem.allowing(format!("one or more of {}", keys.join(", "))));
        }
        within.names(reader, place, &policy, &values);
        if reader.problems.len() == before {
            policies.push(policy);
        }
    }
    (policies.len() == places.len()).then_some(policies)
}

/// The rules that a table states, each with the place of its key.
fn rules(reader: &Reader<'_>, place: &Place<'_>, values: &Values) -> Vec<PolicyRule> {
    let stated = policy_rules().filter_map(|field| {
        let limit = values.get(field.key)?.clone();
        let (key, _) = place.table.iter().find(|(key, _)| key.get_ref().as_ref() == field.key)?;
        Some(PolicyRule { key: field.key, limit, place: reader.file_place(&key.span()) })
    });
    stated.collect()
}

impl Within<'_> {
    /// The keys that a table may have here.
    pub(super) fn fields(&self, own: &'static [Field]) -> Vec<&'static [Field]> {
        match self {
            Within::Scenario(_) => vec![own],
            Within::Project => vec![own, Scope::FIELDS],
        }
    }

    /// Names what a policy names and the scenario has not; of several scenarios nothing is known yet.
    fn names(&self, reader: &mut Reader<'_>, place: &Place<'_>, policy: &Policy, values: &Values) {
        let recommended = values.value::<Vec<String>>("recommended").unwrap_or_default();
        if recommended.is_empty() && values.get("recommended").is_some() {
            let span = values.span("recommended").unwrap_or_default();
            let problem = Problem::at(span, "`recommended`: the list is empty");
            reader.problems.push(problem.allowing("one name or more"));
        }
        if let Within::Scenario(options) = self {
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            if let Some(option) = policy.option.as_ref().filter(|option| !option.is_open()) {
                let span = values.span("option").unwrap_or_default();
                known(reader, "option", (option.as_str(), span), &options, "an option");
            }
            let mut either = options.clone();
            let platforms = reader.vocabulary.words(Known::Platform);
            either.extend(platforms.into_iter().filter(|platform| !options.contains(platform)));
            for (name, span) in texts(place, "recommended") {
                known(reader, "recommended", (name, span), &either, "an option or platform");
            }
        }
    }
}

/// The text at a key, or those of the list there, each with its place.
fn texts<'t>(place: &Place<'t>, key: &str) -> Vec<(&'t str, Range<usize>)> {
    let Some(value) = place.table.get(key) else { return Vec::new() };
    let text = |value: &'t Spanned<DeValue<'t>>| Some((value.get_ref().as_str()?.trim(), value.span()));
    match value.get_ref() {
        DeValue::Array(items) => items.iter().filter_map(text).collect(),
        _ => text(value).into_iter().collect(),
    }
}

/// Names what the scenario has not.
fn known(reader: &mut Reader<'_>, key: &str, (name, span): (&str, Range<usize>), all: &[&str], what: &str) {
    if all.contains(&name) {
        return;
    }
    let meant = nearest(name, all.iter().copied()).map(|word| format!("\"{word}\""));
    let message = format!("`{key}`: `{name}` is not {what} of the scenario");
    let problem = Problem::at(span, message);
    reader.problems.push(problem.allowing(format!("`{key}` names {}", all.join(", "))).suggesting(meant));
}
