//! Policies: what must hold of an answer, each rule held against it, with a verdict that is never guessed.

mod choice;
mod covered;
mod judged;
mod money;
mod prices;
mod rules;
mod serving;
mod tolerances;
mod unmatched;

use crate::compare::{Comparison, Ends, Verdict};
use crate::coverage::RegionCoverage;
use crate::data::nearest;
use crate::evaluate::Evaluation;
use crate::problem::FilePlace;
use crate::scenario::{Pattern, Policy, PolicyRule, Scenario, Severity};
use crate::snapshot::ScenarioSnapshot;
use crate::time::Date;

use judged::{Judged, Unknown};
use rules::About;
pub use rules::{RULES, Rule, not_judged};
pub use tolerances::Tolerances;
pub use unmatched::{Unmatched, unmatched};

/// What policies are held against: a scenario and what it came to.
#[derive(Clone, Copy, Debug)]
pub struct PolicySubject<'a> {
    /// The path of the scenario's file with `/` between its parts: results name it, and policies of `weigh.toml` choose by it.
    pub file: &'a str,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What it came to.
    pub comparison: &'a Comparison,
    /// The same at the ends of its ranges, where it has any: limits hold at the high end, too.
    pub ends: Option<&'a Ends>,
    /// What its region has of what the platforms need, without what it borrows; [`need_coverage`] tells whether
    /// any rule asks for it.
    pub coverage: Option<&'a RegionCoverage>,
    /// What it came to before.
    pub before: Before<'a>,
    /// The day from which the age of prices is counted; nothing where none is known.
    pub today: Option<Date>,
}

/// What a scenario came to before, against which an increase is held.
#[derive(Clone, Copy, Debug)]
pub enum Before<'a> {
    /// Nobody asked: increases are not judged, and have no result.
    NotAsked,
    /// There is a snapshot, and the scenario is not in it: an increase is unknown.
    Absent,
    /// What the snapshot says of it.
    Known(&'a ScenarioSnapshot),
}

impl<'a> From<Option<&'a ScenarioSnapshot>> for Before<'a> {
    fn from(before: Option<&'a ScenarioSnapshot>) -> Before<'a> {
        before.map_or(Before::Absent, Before::Known)
    }
}

/// Whether a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PolicyVerdict {
    /// It holds.
    Passed,
    /// What would decide it is not known; that is never taken for passed.
    Unknown,
    /// It does not hold.
    Failed,
}

impl PolicyVerdict {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            PolicyVerdict::Passed => "passed",
            PolicyVerdict::Unknown => "unknown",
            PolicyVerdict::Failed => "failed",
        }
    }
}

/// A rule of a policy, held against a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyResult {
    /// The policy's name.
    pub policy: String,
    /// The rule, as its key is spelt.
    pub rule: &'static str,
    /// What it means that it does not hold.
    pub severity: Severity,
    /// Where its key stands.
    pub place: FilePlace,
    /// The path of the scenario's file.
    pub scenario: String,
    /// The option that was judged; nothing for what is about none, or where there is none.
    pub option: Option<String>,
    /// What is allowed or required, in the unit; nothing where all is allowed.
    pub limit: Option<String>,
    /// What was found, in the unit; nothing where it is unknown, or has no number.
    pub value: Option<String>,
    /// `USD`, `ms`, `share` (0 to 1), `days`, `prices` or `names`.
    pub unit: &'static str,
    /// Which value of the ranges was decisive: `expected` or `high`; nothing without ranges.
    pub end: Option<&'static str>,
    /// Whether it holds.
    pub verdict: PolicyVerdict,
    /// What was found, in a sentence.
    pub message: String,
    /// What would help; nothing where it holds.
    pub remedy: Option<String>,
}

impl PolicyResult {
    /// Whether a command has to fail for it: it does not hold or is unknown, and its severity is `fail`.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.verdict != PolicyVerdict::Passed && self.severity == Severity::Fail
    }
}

/// Whether policies have a rule for which [`PolicySubject::coverage`] is used; it takes a while to count.
pub fn need_coverage<'p>(policies: impl IntoIterator<Item = &'p Policy>) -> bool {
    policies.into_iter().flat_map(|policy| &policy.rules).any(|rule| rule.key == covered::COVERAGE_KEY)
}

/// Holds policies against a scenario: a result for each rule and option, in the order in which they are stated. Policies
/// that are about other scenarios are passed over.
///
/// A rule of an option is held against its deployment as the comparison has it; where the scenario has ranges, at the high
/// end too, and the worse of both is told.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{compare, vocabulary};
/// use weigh_core::policy::{Before, PolicySubject, PolicyVerdict, judge};
/// use weigh_core::scenario::Scenario;
/// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }]
///     policy = [{ name = "Budget", monthly_cost_max = 10 }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let comparison = compare(&scenario, &catalog, &book).unwrap();
/// let subject = PolicySubject {
///     file: "shop.toml",
///     scenario: &scenario,
///     comparison: &comparison,
///     ends: None,
///     coverage: None,
///     before: Before::NotAsked,
///     today: None,
/// };
/// let results = judge(&scenario.policies, &subject);
/// assert_eq!(results[0].verdict, PolicyVerdict::Failed);
/// assert!(results[0].fails() && results[0].message.ends_with("more than the $10.00 allowed"));
/// ```
#[must_use]
pub fn judge<'p>(
    policies: impl IntoIterator<Item = &'p Policy>,
    subject: &PolicySubject<'_>,
) -> Vec<PolicyResult> {
    let mut results = Vec::new();
    for policy in policies.into_iter().filter(|policy| policy.is_about(subject.file)) {
        for stated in &policy.rules {
            let Some(rule) = RULES.iter().find(|rule| rule.key == stated.key) else { continue };
            if rule.needs_before && matches!(subject.before, Before::NotAsked) {
                continue;
            }
            results.extend(each(policy, stated, rule, subject));
        }
    }
    results
}

/// The results of one rule: one for each option that the policy is about.
fn each(policy: &Policy, stated: &PolicyRule, rule: &Rule, subject: &PolicySubject<'_>) -> Vec<PolicyResult> {
    let result = |option: Option<String>, (end, judged): (&'static str, Judged)| PolicyResult {
        policy: policy.name.clone(),
        rule: rule.key,
        severity: policy.severity,
        place: stated.place.clone(),
        scenario: subject.file.to_owned(),
        option,
        limit: judged.limit,
        value: judged.value,
        unit: judged.unit,
        end: (subject.ends.is_some() && rule.has_ends).then_some(end),
        remedy: match judged.verdict {
            PolicyVerdict::Passed => None,
            PolicyVerdict::Failed => Some(rule.remedy.to_owned()),
            PolicyVerdict::Unknown => judged.remedy,
        },
        verdict: judged.verdict,
        message: judged.message,
    };
    let at_ends = |judge: &dyn Fn(&Comparison) -> Judged| at_ends(rule, subject, judge);
    match rule.about {
        About::Scenario(judge) => {
            let judged = at_ends(&|comparison| judge(&stated.limit, subject, comparison));
            let option = (rule.key == choice::KEY).then(|| recommended(subject.comparison)).flatten();
            vec![result(option.map(str::to_owned), judged)]
        }
        About::Option(judge) => match options(policy.option.as_ref(), subject.comparison) {
            Err(unknown) => {
                vec![result(None, ("expected", unknown.judged(rule.unit, &stated.limit)))]
            }
            Ok(names) => {
                let of_option = |name: String| {
                    let judged = at_ends(&|comparison| match evaluation(comparison, &name) {
                        Ok(evaluation) => judge(&stated.limit, subject, (policy, &name, evaluation)),
                        Err(unknown) => unknown.judged(rule.unit, &stated.limit),
                    });
                    result(Some(name), judged)
                };
                names.into_iter().map(of_option).collect()
            }
        },
    }
}

/// What a rule comes to with what is expected and at the high end of the ranges: the worse of the two; where both are
/// passed, the high end bounds more.
fn at_ends(
    rule: &Rule,
    subject: &PolicySubject<'_>,
    judge: &dyn Fn(&Comparison) -> Judged,
) -> (&'static str, Judged) {
    let expected = judge(subject.comparison);
    let Some(ends) = subject.ends.filter(|_| rule.has_ends) else { return ("expected", expected) };
    let mut high = judge(&ends.high);
    let decides = match expected.verdict {
        PolicyVerdict::Passed => true,
        verdict => high.verdict > verdict,
    };
    if !decides {
        return ("expected", expected);
    }
    high.message = format!("at the high end of the ranges {}", high.message);
    ("high", high)
}

/// The names of the options that a policy is about.
fn options(wanted: Option<&Pattern>, comparison: &Comparison) -> Result<Vec<String>, Unknown> {
    match wanted {
        None => match recommended(comparison) {
            Some(name) => Ok(vec![name.to_owned()]),
            None => Err(Unknown::new(
                "no option is recommended: none meets the needs and can be priced",
                "`weigh compare` says what each option fails",
            )),
        },
        Some(pattern) if pattern.is_open() => {
            let ranked = comparison.ranked().map(|(option, _)| option.name.clone());
            let named: Vec<String> = ranked.filter(|name| pattern.matches(name)).collect();
            match named.is_empty() {
                true => Err(Unknown::new(
                    format!("no ranked option is named as `{}` says", pattern.as_str()),
                    "`weigh compare` shows which options are ranked",
                )),
                false => Ok(named),
            }
        }
        Some(name) => Ok(vec![name.as_str().to_owned()]),
    }
}

/// The name of the recommended option.
fn recommended(comparison: &Comparison) -> Option<&str> {
    comparison.ranked().next().map(|(option, _)| option.name.as_str())
}

/// The deployment of an option that meets the needs and has a price; or why there is none.
fn evaluation<'c>(comparison: &'c Comparison, name: &str) -> Result<&'c Evaluation, Unknown> {
    let Some(option) = comparison.options.iter().find(|option| option.name == name) else {
        let all: Vec<&str> = comparison.options.iter().map(|option| option.name.as_str()).collect();
        let meant = nearest(name, all.iter().copied());
        let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        return Err(Unknown::new(
            format!("the scenario has no option `{name}`"),
            format!("it has {}{meant}", all.join(", ")),
        ));
    };
    match &option.verdict {
        Verdict::Ranked(ranked) => Ok(&ranked.evaluation),
        Verdict::Rejected { needs, .. } => {
            let failed: Vec<&str> = needs.iter().map(|failed| failed.need.as_str()).collect();
            Err(Unknown::new(
                format!("{name} is rejected: it fails {}", failed.join(", ")),
                "`weigh compare` says when it would meet the needs",
            ))
        }
        Verdict::Unpriced { missing, .. } => {
            let ids: Vec<&str> = missing.iter().map(|price| price.price_id.as_str()).collect();
            Err(Unknown::new(
                format!("{name} can't be priced: the book lacks {}", ids.join(", ")),
                missing.first().map_or_else(String::new, ToString::to_string),
            ))
        }
        Verdict::NotExact(why) => {
            Err(Unknown::new(format!("{name} can't be priced: {why}"), "quantities that a bill can hold"))
        }
    }
}
