//! Policies for the commands that judge them.

use weigh_core::compare::{Comparison, Ends};
use weigh_core::policy::{Before, PolicyResult, PolicySubject, judge, need_coverage};
use weigh_core::time::Date;

use crate::clock;
use crate::load::Loaded;
use crate::output::Failure;

/// The policies of a scenario, held against what it came to; without a snapshot, so that no increase is judged.
pub(crate) fn judged(
    loaded: &Loaded,
    comparison: &Comparison,
    ends: Option<&Ends>,
    today: Option<Date>,
) -> Result<Vec<PolicyResult>, Failure> {
    let policies = &loaded.scenario.policies;
    if policies.is_empty() {
        return Ok(Vec::new());
    }
    let coverage = need_coverage(policies).then(|| loaded.coverage(comparison.as_of)).transpose()?;
    let subject = PolicySubject {
        file: &loaded.file,
        scenario: &loaded.scenario,
        comparison,
        ends,
        coverage: coverage.as_ref(),
        before: Before::NotAsked,
        today: Some(clock::today(today, "--today")?),
    };
    Ok(judge(policies, &subject))
}
