//! The table of rules: each key of a policy, with its unit, how it is judged and what helps where it does not hold.

use super::judged::{Judged, Unit};
use super::{PolicySubject, choice, covered, money, prices, serving};
use crate::compare::Comparison;
use crate::evaluate::Evaluation;
use crate::scenario::{Datum, Field, Policy, PolicyRule, policy_rules};

/// A rule that policies may state. Its meaning and its kind of value stand in its field.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The key in the file.
    pub key: &'static str,
    /// The unit of limit and value.
    pub(super) unit: Unit,
    /// What it is about, and how that is judged.
    pub(super) about: About,
    /// Whether ranges move it, so that it must hold at their high end, too.
    pub(super) has_ends: bool,
    /// Whether it is held against a snapshot, and so is not judged without one.
    pub(super) needs_before: bool,
    /// What helps where it does not hold.
    pub remedy: &'static str,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum About {
    /// An option that is ranked.
    Option(JudgeOption),
    /// The whole answer.
    Scenario(JudgeScenario),
}

/// Judges a deployment by a stated limit: with the policy and the option's name.
type JudgeOption = fn(&Datum, &PolicySubject<'_>, (&Policy, &str, &Evaluation)) -> Judged;

/// Judges a whole answer by a stated limit.
type JudgeScenario = fn(&Datum, &PolicySubject<'_>, &Comparison) -> Judged;

impl Rule {
    /// The field that reads it: its doc comment says what it means, its kind what is allowed.
    #[must_use]
    pub fn field(&self) -> Option<&'static Field> {
        policy_rules().find(|field| field.key == self.key)
    }
}

const fn option(key: &'static str, unit: Unit, judge: JudgeOption, remedy: &'static str) -> Rule {
    Rule { key, unit, about: About::Option(judge), has_ends: true, needs_before: false, remedy }
}

const fn scenario(key: &'static str, unit: Unit, judge: JudgeScenario, remedy: &'static str) -> Rule {
    Rule { key, unit, about: About::Scenario(judge), has_ends: true, needs_before: false, remedy }
}

const SAVE: &str = "`weigh savings` finds what the option could save";
const SLOW: &str = "`weigh explain` shows which component is slow, and how busy it is";
const NAMED: &str = "`weigh explain` names them; `weigh prices import` brings in what a list confirms";
const COVER: &str = "`weigh prices coverage` names what is missing";

/// The rules, in the order in which policies state them.
///
/// ```
/// use weigh_core::policy::RULES;
/// // Each has a field that reads it, and says what it means.
/// assert!(RULES.iter().all(|rule| rule.field().is_some_and(|field| !field.doc.is_empty())));
/// ```
pub const RULES: &[Rule] = &[
    option("monthly_cost_max", Unit::Dollars, money::monthly_cost, SAVE),
    option("annual_cost_max", Unit::Dollars, money::annual_cost, SAVE),
    Rule {
        has_ends: false,
        needs_before: true,
        ..option(
            "increase_max",
            Unit::Change,
            money::increase,
            "`weigh diff` says what the increase is made of; `weigh snapshot` accepts it",
        )
    },
    option("latency_p50_max", Unit::Time, serving::p50, SLOW),
    option("latency_p95_max", Unit::Time, serving::p95, SLOW),
    option("latency_p99_max", Unit::Time, serving::p99, SLOW),
    option(
        "cold_start_share_max",
        Unit::Share,
        serving::cold_start_share,
        "`never_cold` in [needs] keeps servers ready",
    ),
    option(
        "cold_start_latency_max",
        Unit::Time,
        serving::cold_start_latency,
        "a shorter `start_up_time`, a smaller `image_size`, or `never_cold` in [needs]",
    ),
    scenario(
        choice::KEY,
        Unit::Names,
        choice::recommended,
        "`weigh compare --robustness` shows what would change the recommendation",
    ),
    option(
        "price_age_max_days",
        Unit::Days,
        prices::age,
        "`weigh prices import` confirms prices by a newer list",
    ),
    option("unverified_prices", Unit::Prices, prices::unverified, NAMED),
    option("derived_prices", Unit::Prices, prices::derived, NAMED),
    option("borrowed_prices", Unit::Prices, prices::borrowed, NAMED),
    option("single_source_prices", Unit::Prices, prices::single_source, NAMED),
    scenario("priced_options_min", Unit::Share, covered::priced_options, COVER),
    option("sourced_cost_min", Unit::Share, prices::sourced_cost, NAMED),
    Rule { has_ends: false, ..scenario(covered::COVERAGE_KEY, Unit::Share, covered::price_coverage, COVER) },
];

/// The rules of policies that need a snapshot to be held against, with the policies that state them.
pub fn not_judged<'p>(
    policies: impl IntoIterator<Item = &'p Policy>,
) -> impl Iterator<Item = (&'p Policy, &'p PolicyRule)> {
    let needs_before =
        |stated: &&PolicyRule| RULES.iter().any(|rule| rule.key == stated.key && rule.needs_before);
    policies
        .into_iter()
        .flat_map(move |policy| policy.rules.iter().filter(needs_before).map(move |rule| (policy, rule)))
}
