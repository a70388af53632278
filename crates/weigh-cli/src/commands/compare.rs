//! `weigh compare`: the options of a scenario, judged and ranked.

use weigh_core::audit::{Measures, Subject};
use weigh_core::compare::{compare, compare_ends};
use weigh_core::policy::{PolicyResult, not_judged};
use weigh_core::report::{ComparisonReport, comparison_report};
use weigh_core::scenario::Policy;

use super::policies;
use super::several::{self, Kind};
use crate::args::CompareArgs;
use crate::load::{Loaded, scenario_files, shelf};
use crate::output::{Done, Failure};

/// Compares; the gate fails when no option of a scenario meets the needs, or a policy is not met.
pub(crate) fn run(args: &CompareArgs) -> Result<Done, Failure> {
    let kind =
        Kind { name: "comparison", document: ComparisonReport::document, sheet: ComparisonReport::sheet };
    let project = policies::project()?;
    let shelf = shelf(&args.scenarios.reading.book)?;
    let files = scenario_files(&args.scenarios.paths)?;
    policies::note_unmatched(&project, &files);
    several::of_files(&args.scenarios, &shelf, &files, args.format, &kind, |loaded| {
        one(args, &loaded.decided_by(&args.decision), &project.policies)
    })
}

/// The report of one scenario, and whether its gate failed.
fn one(args: &CompareArgs, loaded: &Loaded, project: &[Policy]) -> Result<(ComparisonReport, bool), Failure> {
    let comparison = compare(&loaded.scenario, &loaded.catalog, &loaded.prices).map_err(Failure::text)?;
    let mut report = comparison_report(&loaded.scenario, &loaded.catalog, &comparison);
    let ranged = loaded.ranged.as_ref();
    let ends = ranged.map(|ranged| compare_ends(ranged, &loaded.catalog, &loaded.prices));
    let ends = ends.transpose().map_err(Failure::text)?;
    if let Some((ranged, ends)) = ranged.zip(ends.as_ref()) {
        report = report.with_ends(ranged, &loaded.catalog, ends);
    }
    if args.break_even {
        let measures = Measures::of(Subject {
            scenario: &loaded.scenario,
            ranged,
            catalog: &loaded.catalog,
            prices: &loaded.prices,
            comparison: &comparison,
            ends: ends.as_ref(),
        });
        report = report.with_break_even(&measures).map_err(Failure::text)?;
    }
    let policies = policies::of(loaded, project);
    let judged = policies::judged(&policies, loaded, &comparison, ends.as_ref(), args.today)?;
    let policy_failed = judged.iter().any(PolicyResult::fails);
    report = report.with_policies(&judged, not_judged(policies));
    report.tells_robustness = args.robustness;
    let gate_failed = report.recommended.is_none() || policy_failed;
    Ok((report, gate_failed))
}
