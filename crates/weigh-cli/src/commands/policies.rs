//! Policies for the commands that judge them.

use std::path::{Path, PathBuf};

use weigh_core::compare::{Comparison, Ends};
use weigh_core::policy::{Before, PolicyResult, PolicySubject, Unmatched, judge, need_coverage, unmatched};
use weigh_core::scenario::{Policy, ProjectPolicies};
use weigh_core::time::Date;

use crate::load::{Loaded, project_folder, seen_from, slashed};
use crate::output::{self, Failure};
use crate::{clock, settings};

/// The policies and tolerances of `weigh.toml`; none where there is no such file.
pub(super) fn project() -> Result<ProjectPolicies, Failure> {
    let Some(file) = settings::file() else { return Ok(ProjectPolicies::default()) };
    ProjectPolicies::read(&slashed(&file.path), &file.text).map_err(|problems| Failure::InFile {
        path: file.shown(),
        text: file.text.clone(),
        problems,
    })
}

/// What a file is called where policies name scenarios: as it is here, and by its path from the folder of `weigh.toml` on.
pub(super) fn names(name: &str, file: &Path) -> Vec<String> {
    let in_project = project_folder().map(|folder| seen_from(&folder, file));
    let other = in_project.filter(|other| other != name);
    std::iter::once(name.to_owned()).chain(other).collect()
}

/// The name by which a policy is about a scenario; nothing where it is about others.
pub(super) fn by_which<'n>(policy: &Policy, names: &'n [String]) -> Option<&'n str> {
    names.iter().map(String::as_str).find(|name| policy.is_about(name))
}

/// The policies that are about a scenario: its own, and those of `weigh.toml`.
pub(super) fn of<'p>(loaded: &'p Loaded, project: &'p [Policy]) -> Vec<&'p Policy> {
    let names = names(&loaded.file, Path::new(&loaded.file));
    let about = project.iter().filter(|policy| by_which(policy, &names).is_some());
    loaded.scenario.policies.iter().chain(about).collect()
}

/// The policies and tolerances whose pattern names none of these scenarios, which are asked for where there is a pattern: each
/// is looked for on the disk.
pub(super) fn about_none(project: &ProjectPolicies, names: impl FnOnce() -> Vec<String>) -> Vec<Unmatched> {
    let has_patterns = !unmatched(project, &[]).is_empty();
    let names = if has_patterns { names() } else { Vec::new() };
    unmatched(project, &names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Tells of policies that are about none of the scenario files of the project; nothing where files or folders were typed.
pub(super) fn note_unmatched(project: &ProjectPolicies, files: &[PathBuf]) {
    if settings::typed("PATHS") {
        return;
    }
    let names = || files.iter().flat_map(|file| names(&slashed(file), file)).collect();
    for found in about_none(project, names) {
        let Some(policy) = &found.policy else { continue };
        let meant = found.nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default();
        let (place, pattern) = (&found.place, &found.pattern);
        output::note(&format!(
            "{policy} ({place}) judges nothing: no scenario is named as `{pattern}` says{meant}"
        ));
    }
}

/// Policies held against what a scenario came to; without a snapshot, so that no increase is judged.
pub(super) fn judged(
    policies: &[&Policy],
    loaded: &Loaded,
    comparison: &Comparison,
    ends: Option<&Ends>,
    today: Option<Date>,
) -> Result<Vec<PolicyResult>, Failure> {
    if policies.is_empty() {
        return Ok(Vec::new());
    }
    let counts = need_coverage(policies.iter().copied());
    let coverage = counts.then(|| loaded.coverage(comparison.as_of)).transpose()?;
    let subject = PolicySubject {
        file: &loaded.file,
        scenario: &loaded.scenario,
        comparison,
        ends,
        coverage: coverage.as_ref(),
        before: Before::NotAsked,
        today: Some(clock::today(today, "--today")?),
    };
    let names = names(&loaded.file, Path::new(&loaded.file));
    let judged = policies.iter().filter_map(|policy| Some((*policy, by_which(policy, &names)?)));
    let results = judged.flat_map(|(policy, file)| judge([policy], &PolicySubject { file, ..subject }));
    Ok(results.map(|result| PolicyResult { scenario: loaded.file.clone(), ..result }).collect())
}
