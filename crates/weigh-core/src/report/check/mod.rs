//! A check as data: what was recomputed, against what, and each finding with its place, its cause and its remedy.

mod cause;
mod document;
mod finding;
mod rules;
mod sheet;

use schemars::JsonSchema;
use serde::Serialize;

use super::SCHEMA_VERSION;
use crate::difference::METHOD;
use crate::json_schema::{DayText, HashText};

pub use cause::{CheckedChargeReport, DriftCauseReport};
pub use finding::{FindingReport, FindingSeverity, FindingVerdict};
pub use rules::{CHECK_RULES, CheckRule, check_rule};

/// What a check found, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CheckReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `check`.
    #[schemars(extend("const" = "check"))]
    pub kind: &'static str,
    /// Whether nothing failed: the exit code is 0, else 2.
    pub passes: bool,
    /// The snapshot that was compared with; null where policies alone were judged.
    pub against: Option<AgainstReport>,
    /// The version of the model that recomputed it.
    pub model_version: u32,
    /// The SHA-256 of the price book that was used.
    #[schemars(with = "HashText")]
    pub book_hash: String,
    /// The day on which ages of prices were reckoned; null where none was asked for.
    #[schemars(with = "Option<DayText>")]
    pub today: Option<String>,
    /// How much was checked, and what came of it.
    pub counts: CheckCounts,
    /// The scenarios that were recomputed, in their order.
    pub scenarios: Vec<CheckedScenarioReport>,
    /// The findings, scenario by scenario.
    pub findings: Vec<FindingReport>,
    /// How a change is split into causes.
    pub method: Vec<&'static str>,
}

/// The snapshot that was compared with.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct AgainstReport {
    /// Its file.
    pub file: String,
    /// The version of the model that computed it.
    pub model_version: u32,
    /// The SHA-256 of the price book that it was computed with.
    #[schemars(with = "HashText")]
    pub book_hash: String,
}

/// How much was checked, and what came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct CheckCounts {
    /// Scenarios that were recomputed.
    pub scenarios: usize,
    /// Their options.
    pub options: usize,
    /// Findings of severity `fail` that did not pass; one is enough for exit code 2.
    pub failures: usize,
    /// Findings of severity `warn` that did not pass.
    pub warnings: usize,
    /// Findings of severity `note`: drifts that a tolerance let pass, and policies and tolerances whose scenarios were not read.
    pub notes: usize,
    /// Policies that hold.
    pub passed: usize,
    /// Of the failures and warnings, those that could not be judged.
    pub unknown: usize,
}

/// A scenario that was recomputed.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct CheckedScenarioReport {
    /// Its file.
    pub file: String,
    /// Its name.
    pub name: String,
    /// Its options, in the order of their names.
    pub options: Vec<String>,
    /// Whether it was compared with the snapshot.
    pub compared: bool,
    /// What of its drifts could not be told apart, and what would tell it.
    pub notes: Vec<String>,
}

impl CheckReport {
    /// A check that found nothing yet.
    ///
    /// ```
    /// use weigh_core::report::CheckReport;
    /// let report = CheckReport::new(1, "0123".to_owned());
    /// assert!(report.passes && report.findings.is_empty());
    /// ```
    #[must_use]
    pub fn new(model_version: u32, book_hash: String) -> CheckReport {
        CheckReport {
            schema_version: SCHEMA_VERSION,
            kind: "check",
            passes: true,
            against: None,
            model_version,
            book_hash,
            today: None,
            counts: CheckCounts::default(),
            scenarios: Vec::new(),
            findings: Vec::new(),
            method: METHOD.to_vec(),
        }
    }

    /// Adds a scenario with what was found in it.
    ///
    /// ```
    /// use weigh_core::report::{CheckReport, CheckedScenarioReport, FindingReport, FindingSeverity};
    /// let mut report = CheckReport::new(1, "0123".to_owned());
    /// let options = vec!["fargate".to_owned()];
    /// let (file, name, notes) = ("shop.toml".into(), "Shop".into(), Vec::new());
    /// let scenario = CheckedScenarioReport { file, name, options, compared: true, notes };
    /// let drift = FindingReport::drift("drift/size", FindingSeverity::Fail, "shop.toml", "Shop", "another size");
    /// report.add(scenario, vec![drift]);
    /// assert_eq!((report.passes, report.counts.options, report.counts.failures), (false, 1, 1));
    /// ```
    pub fn add(&mut self, scenario: CheckedScenarioReport, findings: Vec<FindingReport>) {
        self.counts.scenarios += 1;
        self.counts.options += scenario.options.len();
        self.scenarios.push(scenario);
        findings.into_iter().for_each(|finding| self.find(finding));
    }

    /// Adds a finding that belongs to no scenario that was recomputed, such as one that is gone.
    ///
    /// ```
    /// use weigh_core::report::{CheckReport, FindingReport, FindingSeverity};
    /// let mut report = CheckReport::new(1, "0123".to_owned());
    /// report.find(FindingReport::drift("scenario/removed", FindingSeverity::Fail, "shop.toml", "Shop", "it is gone"));
    /// assert!(!report.passes);
    /// ```
    pub fn find(&mut self, finding: FindingReport) {
        let counts = &mut self.counts;
        let open = finding.verdict != FindingVerdict::Passed;
        match (finding.severity, open) {
            (FindingSeverity::Fail, true) => counts.failures += 1,
            (FindingSeverity::Warn, true) => counts.warnings += 1,
            (FindingSeverity::Note, _) => counts.notes += 1,
            (_, false) => counts.passed += 1,
        }
        let is_note = finding.severity == FindingSeverity::Note;
        counts.unknown += usize::from(finding.verdict == FindingVerdict::Unknown && !is_note);
        self.passes = counts.failures == 0;
        self.findings.push(finding);
    }
}
