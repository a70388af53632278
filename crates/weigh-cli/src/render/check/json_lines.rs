//! JSON lines: one finding a line, then one with the summary, for what reads while it is written.

use serde::Serialize;
use weigh_core::report::{AgainstReport, CheckCounts, CheckReport, FindingReport};

#[derive(Serialize)]
struct Line<'a> {
    kind: &'static str,
    #[serde(flatten)]
    finding: &'a FindingReport,
}

#[derive(Serialize)]
struct Summary<'a> {
    kind: &'static str,
    schema_version: u32,
    passes: bool,
    against: Option<&'a AgainstReport>,
    model_version: u32,
    book_hash: &'a str,
    today: Option<&'a str>,
    counts: CheckCounts,
}

/// The findings and the summary, each on its line.
pub(super) fn render(report: &CheckReport) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        out.push_str(&line(&Line { kind: "finding", finding }));
    }
    let summary = Summary {
        kind: "summary",
        schema_version: report.schema_version,
        passes: report.passes,
        against: report.against.as_ref(),
        model_version: report.model_version,
        book_hash: &report.book_hash,
        today: report.today.as_deref(),
        counts: report.counts,
    };
    out + &line(&summary)
}

fn line(shape: &impl Serialize) -> String {
    // Shapes with string keys and whole numbers, which is all that could fail.
    serde_json::to_string(shape).unwrap_or_default() + "\n"
}
