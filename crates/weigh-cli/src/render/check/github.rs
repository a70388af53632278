//! GitHub's workflow commands: lines that a runner turns into annotations at a file and line.

use std::fmt::Write;

use weigh_core::report::{CheckReport, FindingReport, FindingSeverity};

use super::from_root;

/// A line for each finding that did not pass or was let pass, one for each note, and a last one for the log.
pub(super) fn render(report: &CheckReport, below: &str) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        if let Some(level) = level(finding) {
            // Writing to a string can't fail.
            let _ = writeln!(out, "::{level} {}::{}", properties(finding, below), data(&message(finding)));
        }
    }
    for scenario in &report.scenarios {
        let file = property(&from_root(below, &scenario.file));
        for note in &scenario.notes {
            let _ =
                writeln!(out, "::notice file={file},title=causes::{}: {}", data(&scenario.file), data(note));
        }
    }
    // What begins with `::` would be a command; this does not.
    let _ = writeln!(out, "{}", data(&report.title()));
    out
}

/// What GitHub calls it; nothing for a policy that holds.
fn level(finding: &FindingReport) -> Option<&'static str> {
    match finding.severity {
        FindingSeverity::Note => Some("notice"),
        _ if !finding.is_open() => None,
        FindingSeverity::Fail => Some("error"),
        FindingSeverity::Warn => Some("warning"),
    }
}

fn properties(finding: &FindingReport, below: &str) -> String {
    let mut told = vec![format!("file={}", property(&from_root(below, &finding.file)))];
    told.extend(finding.line.map(|line| format!("line={line}")));
    told.extend(finding.column.map(|column| format!("col={column}")));
    told.push(format!("title={}", property(&finding.rule)));
    told.join(",")
}

/// The finding with its causes, what it is about, and what to do.
fn message(finding: &FindingReport) -> String {
    let remedy = finding.remedy.as_ref().map(|remedy| format!("\n{remedy}")).unwrap_or_default();
    format!("{}: {}{remedy}", finding.scenario, finding.told())
}

/// Text behind the second `::`, which ends with its line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or a colon too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
