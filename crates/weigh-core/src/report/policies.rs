//! Policies in reports: each rule with its verdict, and how many hold.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Block, ComparisonReport};
use crate::policy::{PolicyResult, PolicyVerdict};
use crate::scenario::{Policy, PolicyRule};

/// A rule of a policy, held against a scenario.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct PolicyReport {
    /// The policy's name.
    pub policy: String,
    /// The rule, as its key is spelt.
    pub rule: &'static str,
    /// `fail` or `warn`: what it means that it does not hold.
    #[schemars(extend("enum" = ["fail", "warn"]))]
    pub severity: &'static str,
    /// The file that states it.
    pub file: String,
    /// The line of its key, from 1.
    pub line: usize,
    /// The column of its key in characters, from 1.
    pub column: usize,
    /// The path of the scenario's file.
    pub scenario: String,
    /// The option that was judged; null for what is about none, or where there is none.
    pub option: Option<String>,
    /// What is allowed or required, in `unit`; null where all is allowed.
    pub limit: Option<String>,
    /// What was found, in `unit`; null where it is unknown, or has no number.
    pub value: Option<String>,
    /// `USD`, `ms`, `share` (0 to 1), `days`, `prices` or `names`.
    #[schemars(extend("enum" = ["USD", "ms", "share", "days", "prices", "names"]))]
    pub unit: &'static str,
    /// Which value of the ranges was decisive: `expected` or `high`; null without ranges.
    #[schemars(extend("enum" = ["expected", "high"]))]
    pub end: Option<&'static str>,
    /// `passed`, `failed` or `unknown`.
    #[schemars(extend("enum" = ["passed", "failed", "unknown"]))]
    pub verdict: &'static str,
    /// What was found, in a sentence without its stop.
    pub message: String,
    /// What would help; null where it holds.
    pub remedy: Option<String>,
}

impl From<&PolicyResult> for PolicyReport {
    fn from(result: &PolicyResult) -> PolicyReport {
        PolicyReport {
            policy: result.policy.clone(),
            rule: result.rule,
            severity: result.severity.spelling(),
            file: result.place.file.clone(),
            line: result.place.line,
            column: result.place.column,
            scenario: result.scenario.clone(),
            option: result.option.clone(),
            limit: result.limit.clone(),
            value: result.value.clone(),
            unit: result.unit,
            end: result.end,
            verdict: result.verdict.word(),
            message: result.message.clone(),
            remedy: result.remedy.clone(),
        }
    }
}

impl PolicyReport {
    /// The result in a sentence or two.
    fn sentence(&self) -> String {
        let PolicyReport { policy, rule, file, line, column, verdict, message, .. } = self;
        let warning = if self.severity == "warn" && *verdict != PolicyVerdict::Passed.word() {
            ", a warning"
        } else {
            ""
        };
        let remedy = self.remedy.as_ref().map(|remedy| format!(". What helps: {remedy}")).unwrap_or_default();
        format!("{verdict}{warning}: {rule} of {policy} ({file}:{line}:{column}): {message}{remedy}.")
    }
}

impl ComparisonReport {
    /// The report with what became of the policies; `left` are rules that need a snapshot, and so were not judged.
    #[must_use]
    pub fn with_policies<'p>(
        mut self,
        results: &[PolicyResult],
        left: impl IntoIterator<Item = (&'p Policy, &'p PolicyRule)>,
    ) -> ComparisonReport {
        self.policies = results.iter().map(PolicyReport::from).collect();
        let told = left.into_iter().map(|(policy, rule)| {
            let (key, name, place) = (rule.key, &policy.name, &rule.place);
            format!(
                "not judged: {key} of {name} ({place}) is held against a snapshot, which `weigh check` does."
            )
        });
        self.policies_left = told.collect();
        self
    }
}

/// The policies as blocks for readers; nothing where there are none.
pub(super) fn blocks(policies: &[PolicyReport], left: &[String], blocks: &mut Vec<Block>) {
    if policies.is_empty() && left.is_empty() {
        return;
    }
    blocks.push(Block::Heading("Policies".to_owned()));
    if !policies.is_empty() {
        blocks.push(Block::Paragraph(summary(policies)));
    }
    let told = policies.iter().map(PolicyReport::sentence);
    blocks.push(Block::List(told.chain(left.iter().cloned()).collect()));
}

/// How many rules hold: `2 of 4 rules hold, 1 fails, 1 is unknown.`
fn summary(policies: &[PolicyReport]) -> String {
    let count =
        |wanted: PolicyVerdict| policies.iter().filter(|policy| policy.verdict == wanted.word()).count();
    let all = if policies.len() == 1 { "1 rule".to_owned() } else { format!("{} rules", policies.len()) };
    let told = |count: usize, one: &str, many: &str| match count {
        0 => String::new(),
        1 => format!(", 1 {one}"),
        count => format!(", {count} {many}"),
    };
    let holds = match count(PolicyVerdict::Passed) {
        1 => "1 holds".to_owned(),
        count => format!("{count} hold"),
    };
    let failed = told(count(PolicyVerdict::Failed), "fails", "fail");
    format!("Of {all} {holds}{failed}{}.", told(count(PolicyVerdict::Unknown), "is unknown", "are unknown"))
}
