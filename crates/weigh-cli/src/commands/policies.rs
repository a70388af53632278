//! Policies for the commands that judge them.

use weigh_core::compare::{Comparison, Ends};
use weigh_core::policy::{Before, PolicyResult, PolicySubject, judge, need_coverage};
use weigh_core::scenario::{Policy, ProjectPolicies};
use weigh_core::time::Date;

use crate::load::{Loaded, slashed};
use crate::output::Failure;
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

/// The policies that are about a scenario: its own, and those of `weigh.toml`.
pub(super) fn of<'p>(loaded: &'p Loaded, project: &'p [Policy]) -> Vec<&'p Policy> {
    let about = project.iter().filter(|policy| policy.is_about(&loaded.file));
    loaded.scenario.policies.iter().chain(about).collect()
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
    Ok(judge(policies.iter().copied(), &subject))
}
