//! `weigh list`: scenarios side by side, with platform, cost and what their documents say.

use weigh_core::audit::{Measures, Subject};
use weigh_core::compare::{compare, compare_ends};
use weigh_core::report::{ListedScenarioReport, listed_scenario, listing_report};

use crate::args::{ListArgs, ScenarioArgs};
use crate::load::{Shelf, scenario_files, shelf};
use crate::output::{Done, Failure, Steps};
use crate::render;

/// Lists; an option that fails a need or has no price is a row like any other, so that no gate fails.
pub(crate) fn run(args: &ListArgs) -> Result<Done, Failure> {
    let shelf = shelf(&args.scenarios.reading.book)?;
    let (mut listed, mut failures) = (Vec::new(), Vec::new());
    let files = scenario_files(&args.scenarios.paths)?;
    let steps = Steps::of(files.len());
    for file in files {
        match one(&shelf, &args.scenarios.reading.of(&file)) {
            Ok(scenario) => listed.push(scenario),
            Err(failure) => failures.push(failure),
        }
        steps.step();
    }
    drop(steps);
    if !failures.is_empty() {
        return Err(Failure::Together(failures));
    }
    let report = listing_report(listed);
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: false })
}

fn one(shelf: &Shelf, asked: &ScenarioArgs) -> Result<ListedScenarioReport, Failure> {
    let read = shelf.scenario(asked)?;
    let path = &read.file.path;
    let failed = |why: String| Failure::text(format!("{path}: {why}"));
    let comparison = compare(&read.scenario, &shelf.catalog, &read.prices).map_err(failed)?;
    let ranged = read.ranged.as_ref();
    let ends = ranged.map(|ranged| compare_ends(ranged, &shelf.catalog, &read.prices));
    let ends = ends.transpose().map_err(failed)?;
    let measures = Measures::of(Subject {
        scenario: &read.scenario,
        ranged,
        catalog: &shelf.catalog,
        prices: &read.prices,
        comparison: &comparison,
        ends: ends.as_ref(),
    });
    Ok(listed_scenario(path, &measures))
}
