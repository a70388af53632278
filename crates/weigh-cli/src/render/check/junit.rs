//! JUnit XML: a test suite for each scenario, a test case for each option and for each rule of a policy.
//!
//! It keeps the rules of the strictest schema in use, that of Apache Ant's reports (Windy Road, `JUnit.xsd`, 2011), so that
//! Jenkins, GitLab and others read it. Nothing is timed: what is the same gives the same bytes.

use std::collections::BTreeMap;
use std::fmt::Write;

use weigh_core::report::{CheckReport, FindingReport, FindingSeverity, FindingVerdict};

/// The test case of what belongs to no option: the order, the recommendation, the weights.
const DECISION: &str = "drift: decision";

/// The test cases of a scenario, each with its findings, in the order in which they came.
struct Suite<'a> {
    file: &'a str,
    name: &'a str,
    cases: Vec<(String, Vec<&'a FindingReport>)>,
    /// What could not be told apart.
    notes: &'a [String],
}

impl<'a> Suite<'a> {
    fn find(&mut self, case: String, finding: &'a FindingReport) {
        match self.cases.iter_mut().find(|(name, _)| *name == case) {
            Some((_, findings)) => findings.push(finding),
            None => self.cases.push((case, vec![finding])),
        }
    }
}

/// The whole check as XML.
pub(super) fn render(report: &CheckReport) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n".to_owned();
    // The schema asks for a time; the day is all that the check knows.
    let day = report.today.as_deref().unwrap_or("1970-01-01");
    for (id, suite) in suites(report).iter().enumerate() {
        write_suite(&mut out, id, day, suite);
    }
    out.push_str("</testsuites>\n");
    out
}

/// A suite for each scenario that was recomputed, then for each that stands in the snapshot alone.
fn suites(report: &CheckReport) -> Vec<Suite<'_>> {
    let mut suites: Vec<Suite<'_>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for scenario in &report.scenarios {
        let drifts = scenario.options.iter().map(|option| format!("drift: {option}"));
        let cases = std::iter::once(DECISION.to_owned()).chain(drifts).map(|name| (name, Vec::new()));
        let cases = cases.filter(|_| scenario.compared).collect();
        places.insert(&scenario.file, suites.len());
        suites.push(Suite { file: &scenario.file, name: &scenario.name, cases, notes: &scenario.notes });
    }
    for finding in &report.findings {
        let next = suites.len();
        let place = *places.entry(&finding.scenario).or_insert(next);
        if place == next {
            suites.push(Suite {
                file: &finding.scenario,
                name: &finding.name,
                cases: Vec::new(),
                notes: &[],
            });
        }
        if let Some(suite) = suites.get_mut(place) {
            suite.find(case_of(finding), finding);
        }
    }
    suites
}

/// The test case that a finding belongs to.
fn case_of(finding: &FindingReport) -> String {
    match (&finding.policy, &finding.option) {
        (None, _) if finding.rule.starts_with("scenario/") => finding.rule.clone(),
        (None, Some(option)) => format!("drift: {option}"),
        (None, None) => DECISION.to_owned(),
        (Some(policy), Some(option)) => format!("{}: {option} ({policy})", finding.rule),
        (Some(policy), None) => format!("{} ({policy})", finding.rule),
    }
}

fn write_suite(out: &mut String, id: usize, day: &str, suite: &Suite<'_>) {
    let count = |wanted: fn(FindingSeverity) -> bool| {
        let of_case = |findings: &&(String, Vec<&FindingReport>)| worst(&findings.1).is_some_and(wanted);
        suite.cases.iter().filter(of_case).count()
    };
    let failures = count(|severity| severity == FindingSeverity::Fail);
    let skipped = count(|severity| severity != FindingSeverity::Fail);
    // Writing to a string can't fail.
    let _ = writeln!(
        out,
        "  <testsuite id=\"{id}\" package=\"{}\" name=\"{}\" timestamp=\"{day}T00:00:00\" hostname=\"localhost\" \
         tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\" time=\"0\">\n    <properties/>",
        escaped(suite.file),
        escaped(if suite.name.is_empty() { suite.file } else { suite.name }),
        suite.cases.len(),
    );
    for (name, findings) in &suite.cases {
        write_case(out, suite.file, name, findings);
    }
    let notes = match suite.notes {
        [] => "<system-out/>".to_owned(),
        notes => format!("<system-out>{}</system-out>", escaped_text(&notes.join("\n"))),
    };
    let _ = writeln!(out, "    {notes}\n    <system-err/>\n  </testsuite>");
}

/// The worst of what did not pass; nothing where all did.
fn worst(findings: &[&FindingReport]) -> Option<FindingSeverity> {
    findings.iter().filter(|finding| finding.is_open()).map(|finding| finding.severity).min()
}

/// A failure is told as such; a warning as skipped, for JUnit has no other word that does not fail.
fn write_case(out: &mut String, file: &str, name: &str, findings: &[&FindingReport]) {
    let _ =
        write!(out, "    <testcase name=\"{}\" classname=\"{}\" time=\"0\"", escaped(name), escaped(file));
    let Some(worst) = worst(findings) else {
        let _ = writeln!(out, "/>");
        return;
    };
    let told: Vec<&FindingReport> = findings.iter().filter(|finding| finding.is_open()).copied().collect();
    let messages: Vec<String> = told.iter().map(|finding| finding.told()).collect();
    let message = escaped(&messages.join("; "));
    let _ = match worst {
        FindingSeverity::Fail => {
            let lines: Vec<String> = told.iter().map(|finding| escaped_text(&line(finding))).collect();
            let kind = told.first().map(|finding| escaped(&finding.rule)).unwrap_or_default();
            let text = lines.join("\n");
            writeln!(
                out,
                ">\n      <failure message=\"{message}\" type=\"{kind}\">{text}</failure>\n    </testcase>"
            )
        }
        _ => writeln!(out, ">\n      <skipped message=\"{message}\"/>\n    </testcase>"),
    };
}

/// A finding with all that helps: place, rule, message, causes, what to do.
fn line(finding: &FindingReport) -> String {
    let unknown = if finding.verdict == FindingVerdict::Unknown { " can't be judged" } else { "" };
    let remedy = finding.remedy.as_ref().map(|remedy| format!(". {remedy}")).unwrap_or_default();
    format!("{}: {}{unknown}: {}{remedy}", finding.place(), finding.rule, finding.told())
}

/// Text for an attribute, with line breaks that a parser keeps.
fn escaped(text: &str) -> String {
    escaped_text(text)
        .replace('"', "&quot;")
        .replace('\n', "&#10;")
        .replace('\r', "&#13;")
        .replace('\t', "&#9;")
}

/// Text for an element; what XML 1.0 has no place for (section 2.2) becomes the replacement character.
fn escaped_text(text: &str) -> String {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    let text: String = text.chars().map(|c| if allowed(c) { c } else { '\u{fffd}' }).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
