//! JSON lines: one finding a line, then one for each note, then one with the summary, for what reads while it is written.

use schemars::JsonSchema;
use serde::Serialize;
use weigh_core::json_schema::{DayText, HashText};
use weigh_core::report::{AgainstReport, CheckCounts, CheckReport, FindingReport, SCHEMA_VERSION};

/// One line of what `weigh check --format jsonl` writes: a finding, a note, or the summary, which comes last.
#[derive(JsonSchema, Serialize)]
#[serde(untagged)]
pub(crate) enum CheckLine<'a> {
    /// A finding.
    Finding(Finding<'a>),
    /// A note on a scenario.
    Note(Note<'a>),
    /// The summary.
    Summary(Summary<'a>),
}

/// A finding.
#[derive(JsonSchema, Serialize)]
pub(crate) struct Finding<'a> {
    /// Always `finding`.
    #[schemars(extend("const" = "finding"))]
    kind: &'static str,
    #[serde(flatten)]
    finding: &'a FindingReport,
}

/// What of a scenario's drifts could not be told apart, and what would tell it.
#[derive(JsonSchema, Serialize)]
pub(crate) struct Note<'a> {
    /// Always `note`.
    #[schemars(extend("const" = "note"))]
    kind: &'static str,
    /// The scenario's file.
    scenario: &'a str,
    /// It in sentences.
    note: &'a str,
}

/// What the findings come to.
#[derive(JsonSchema, Serialize)]
pub(crate) struct Summary<'a> {
    /// Always `summary`.
    #[schemars(extend("const" = "summary"))]
    kind: &'static str,
    /// The version of the shapes of all lines.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    schema_version: u32,
    /// Whether nothing failed: the exit code is 0, else 2.
    passes: bool,
    /// The snapshot that was compared with; null where policies alone were judged.
    against: Option<&'a AgainstReport>,
    /// The version of the model that recomputed it.
    model_version: u32,
    /// The SHA-256 of the price book that was used.
    #[schemars(with = "HashText")]
    book_hash: &'a str,
    /// The day on which ages of prices were reckoned; null where none was asked for.
    #[schemars(with = "Option<DayText>")]
    today: Option<&'a str>,
    /// How much was checked, and what came of it.
    counts: CheckCounts,
    /// How a change is split into causes.
    method: &'a [&'static str],
}

/// The findings, the notes and the summary, each on its line.
pub(super) fn render(report: &CheckReport) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        out.push_str(&line(&CheckLine::Finding(Finding { kind: "finding", finding })));
    }
    for scenario in &report.scenarios {
        for note in &scenario.notes {
            out.push_str(&line(&CheckLine::Note(Note { kind: "note", scenario: &scenario.file, note })));
        }
    }
    let summary = CheckLine::Summary(Summary {
        kind: "summary",
        schema_version: report.schema_version,
        passes: report.passes,
        against: report.against.as_ref(),
        model_version: report.model_version,
        book_hash: &report.book_hash,
        today: report.today.as_deref(),
        counts: report.counts,
        method: &report.method,
    });
    out + &line(&summary)
}

fn line(shape: &CheckLine<'_>) -> String {
    // Shapes with string keys and whole numbers, which is all that could fail.
    serde_json::to_string(shape).unwrap_or_default() + "\n"
}
