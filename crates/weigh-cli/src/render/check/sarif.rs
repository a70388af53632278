//! SARIF 2.1.0 (OASIS, 2020): rules with their help, and a result for each finding, at its place in the repository.

use serde_json::{Value, json};
use weigh_core::policy::{RULES, Rule};
use weigh_core::report::{CHECK_RULES, CheckReport, FindingReport, FindingSeverity, check_rule};

use super::from_root;
use crate::render::json;

/// Where the schema of what is written here is published.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Paths count from here, which whoever reads the file knows.
const ROOT: &str = "%SRCROOT%";

/// A log with one run.
pub(super) fn render(report: &CheckReport, below: &str) -> String {
    let rules = rules(report);
    let shown = |finding: &&FindingReport| finding.is_open() || finding.severity == FindingSeverity::Note;
    let findings = report.findings.iter().filter(shown);
    let results: Vec<Value> = findings.map(|finding| result(finding, &rules, below)).collect();
    let rules: Vec<Value> = rules.iter().map(|id| rule(id)).collect();
    let notes = report
        .scenarios
        .iter()
        .flat_map(|scenario| scenario.notes.iter().map(|note| notification(&scenario.file, note, below)));
    let notes: Vec<Value> = notes.collect();
    json(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "weigh", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "automationDetails": { "id": "weigh/check/" },
            "originalUriBaseIds": { ROOT: { "description": { "text": "The root of the repository." } } },
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notes }],
            "columnKind": "unicodeCodePoints",
            "properties": {
                "modelVersion": report.model_version,
                "priceBook": report.book_hash,
                "passes": report.passes,
                "method": report.method,
            },
            "results": results,
        }],
    }))
}

/// What of a scenario's drifts could not be told apart.
fn notification(file: &str, note: &str, below: &str) -> Value {
    let artifact = json!({ "uri": uri(&from_root(below, file)), "uriBaseId": ROOT });
    json!({
        "level": "note",
        "message": { "text": format!("{file}: {note}") },
        "locations": [{ "physicalLocation": { "artifactLocation": artifact } }],
    })
}

/// The ids of all rules of drifts, and of those policies that were judged.
fn rules(report: &CheckReport) -> Vec<String> {
    let fixed = CHECK_RULES.iter().map(|rule| rule.id).filter(|id| !id.ends_with('/'));
    let mut ids: Vec<String> = fixed.map(str::to_owned).collect();
    let mut policies: Vec<String> = report.findings.iter().map(|finding| finding.rule.clone()).collect();
    policies.retain(|id| !ids.contains(id));
    policies.sort_unstable();
    policies.dedup();
    ids.extend(policies);
    ids
}

fn rule(id: &str) -> Value {
    let Some(known) = check_rule(id) else { return json!({ "id": id }) };
    let policy = id.strip_prefix("policy/").and_then(|key| RULES.iter().find(|rule| rule.key == key));
    let (name, title, help) = match policy {
        Some(rule) => of_policy(rule, known.help),
        None => (known.name.to_owned(), known.title, known.help.to_owned()),
    };
    json!({
        "id": id,
        "name": name,
        "shortDescription": { "text": title },
        "fullDescription": { "text": title },
        "help": { "text": help, "markdown": help },
        "defaultConfiguration": { "level": "error" },
    })
}

/// Name, title and help of a rule that policies state: `MonthlyCostMax`, what its key means, and what helps.
fn of_policy(rule: &Rule, otherwise: &str) -> (String, &'static str, String) {
    let word =
        |word: &str| word.get(..1).unwrap_or_default().to_uppercase() + word.get(1..).unwrap_or_default();
    let name = rule.key.split('_').map(word).collect();
    let title = rule.field().map_or("", |field| field.doc.trim());
    (name, title, format!("{otherwise} What helps: {}.", rule.remedy))
}

fn result(finding: &FindingReport, rules: &[String], below: &str) -> Value {
    let level = match finding.severity {
        FindingSeverity::Fail => "error",
        FindingSeverity::Warn => "warning",
        FindingSeverity::Note => "note",
    };
    let remedy = finding.remedy.as_ref().map(|remedy| format!(". {remedy}")).unwrap_or_default();
    let mut region = json!({ "startLine": finding.line.unwrap_or(1) });
    if let (Some(column), Some(region)) = (finding.column, region.as_object_mut()) {
        region.insert("startColumn".to_owned(), column.into());
    }
    json!({
        "ruleId": finding.rule,
        "ruleIndex": rules.iter().position(|id| *id == finding.rule),
        "level": level,
        "message": { "text": format!("{}: {}{remedy}", finding.scenario, finding.told()) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&from_root(below, &finding.file)), "uriBaseId": ROOT },
                "region": region,
            },
            "logicalLocations": [{ "fullyQualifiedName": finding.subject() }],
        }],
        "partialFingerprints": { "weighFinding/v1": finding.fingerprint() },
        "properties": {
            "verdict": finding.verdict,
            "before": finding.before,
            "after": finding.after,
            "unit": finding.unit,
            "differenceUsd": finding.difference,
            "differenceShownUsd": finding.difference_shown,
            "causes": finding.causes,
        },
    })
}

/// A path as a relative reference (RFC 3986): what is no plain character of a path is written by its bytes.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
