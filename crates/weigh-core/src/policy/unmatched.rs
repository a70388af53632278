//! Policies and tolerances of `weigh.toml` that are about no scenario: a slip in a pattern must not switch a gate off.

use crate::data::nearest;
use crate::problem::FilePlace;
use crate::scenario::{Pattern, ProjectPolicies, Severity};

/// A policy or a tolerance of which no scenario is as its pattern says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    /// The policy's name; nothing for a tolerance.
    pub policy: Option<String>,
    /// What it means: that of the policy; a tolerance that lets nothing pass is a warning.
    pub severity: Severity,
    /// Where the pattern stands.
    pub place: FilePlace,
    /// The pattern as it is written.
    pub pattern: String,
    /// The scenario that was probably meant, or the folder with all that is in it: `scenarios/*`.
    pub nearest: Option<String>,
}

/// The policies and then the tolerances that name scenarios, of which none has one of these names: the paths of their files
/// with `/`.
///
/// ```
/// use weigh_core::policy::unmatched;
/// use weigh_core::scenario::ProjectPolicies;
/// let text = "[[policy]]\nscenario = \"scenarois/*\"\nmonthly_cost_max = 0\n";
/// let project = ProjectPolicies::read("weigh.toml", text).unwrap();
/// let found = unmatched(&project, &["scenarios/shop.toml"]);
/// assert_eq!(found[0].place.to_string(), "weigh.toml:2:12");
/// assert_eq!(found[0].nearest.as_deref(), Some("scenarios/*"));
/// assert!(unmatched(&project, &["scenarois/shop.toml"]).is_empty());
/// ```
#[must_use]
pub fn unmatched(project: &ProjectPolicies, scenario_files: &[&str]) -> Vec<Unmatched> {
    let found = |policy: Option<&str>, severity, place: &FilePlace, pattern: Option<&Pattern>| {
        let pattern = pattern?;
        if scenario_files.iter().any(|file| pattern.matches_path(file)) {
            return None;
        }
        let policy = policy.map(str::to_owned);
        let nearest = meant(pattern.as_str(), scenario_files);
        Some(Unmatched {
            policy,
            severity,
            place: place.clone(),
            pattern: pattern.as_str().to_owned(),
            nearest,
        })
    };
    let policies = project.policies.iter().filter_map(|policy| {
        found(Some(&policy.name), policy.severity, &policy.place, policy.scenario.as_ref())
    });
    let tolerances = project
        .tolerances
        .iter()
        .filter_map(|tolerance| found(None, Severity::Warn, &tolerance.place, tolerance.scenario.as_ref()));
    policies.chain(tolerances).collect()
}

/// The nearest file, by its whole path or its name; for a pattern the nearest folder.
fn meant(pattern: &str, files: &[&str]) -> Option<String> {
    let mut known: Vec<String> = Vec::new();
    for file in files {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        match pattern.contains('*') {
            true if !folder.is_empty() => known.push(format!("{folder}/*")),
            true => {}
            false => known.extend([(*file).to_owned(), name.to_owned()]),
        }
    }
    known.sort_unstable();
    known.dedup();
    nearest(pattern, known.iter().map(String::as_str)).map(str::to_owned)
}
