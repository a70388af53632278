//! `weigh audit`: the claims of scenarios, each computed, and held against each other.

use weigh_core::audit::{ClaimFile, audit, examine, references};
use weigh_core::problem::Problem;
use weigh_core::report::audit_report;
use weigh_core::scenario::Claim;

use crate::args::{AuditArgs, ScenarioArgs};
use crate::load::{ScenarioFile, Shelf, scenario_files, scenario_files_beside, shelf};
use crate::output::{Done, Failure, Steps};
use crate::render;

/// Audits; with `--strict` the gate fails when a claim contradicts, or statements contradict each other.
pub(crate) fn run(args: &AuditArgs) -> Result<Done, Failure> {
    let shelf = shelf(&args.scenarios.reading.book)?;
    let (mut read, mut failures) = (Vec::new(), Vec::new());
    for file in scenario_files(&args.scenarios.paths)? {
        match shelf.scenario(&args.scenarios.reading.of(&file)) {
            Ok(scenario) => read.push(scenario),
            Err(failure) => failures.push(failure),
        }
    }
    let mut beside = Vec::new();
    if failures.is_empty() {
        failures = wrong_references(&read, &beside);
        if !failures.is_empty() {
            beside = claims_beside(args, &shelf, &read);
            failures = wrong_references(&read, &beside);
        }
    }
    if !failures.is_empty() {
        return Err(Failure::Together(failures));
    }
    let steps = Steps::of(read.len());
    let examined = read.iter().map(|read| {
        let path = &read.file.path;
        let examined = examine(path, &read.scenario, read.ranged.as_ref(), &shelf.catalog, &read.prices);
        steps.step();
        examined.map_err(|why| Failure::text(format!("{path}: {why}")))
    });
    let examined = examined.collect::<Result<_, _>>()?;
    drop(steps);
    let mut report = audit_report(&audit(examined, &beside), &args.only);
    report.tells_all |= args.all;
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: args.strict && report.contradicts() })
}

/// The claims of the files that stand beside those that are audited, of which an estimate in several files may name some. What
/// can't be read is passed over: nobody asked for it.
fn claims_beside(args: &AuditArgs, shelf: &Shelf, read: &[ScenarioFile]) -> Vec<Claim> {
    let known: Vec<&str> = read.iter().map(|read| read.file.path.as_str()).collect();
    let files = scenario_files_beside(&args.scenarios.paths).into_iter();
    let asked = files.filter(|file| !known.contains(&file.display().to_string().as_str()));
    let claims =
        asked.filter_map(|file| shelf.scenario(&ScenarioArgs::of(&file, &args.scenarios.reading.book)).ok());
    let mut found: Vec<Claim> = claims.flat_map(|read| read.scenario.claims).collect();
    // An id that two of them have names neither.
    let ids: Vec<String> = found.iter().map(|claim| claim.entry.id.clone()).collect();
    found.retain(|claim| ids.iter().filter(|id| **id == claim.entry.id).count() == 1);
    found
}

/// What is wrong in how the claims name each other and those beside them, file by file.
fn wrong_references(read: &[ScenarioFile], beside: &[Claim]) -> Vec<Failure> {
    let files: Vec<ClaimFile<'_>> = read
        .iter()
        .map(|read| ClaimFile { path: &read.file.path, text: &read.file.text, claims: &read.scenario.claims })
        .collect();
    let wrong = references(&files, beside);
    let of_file = |(place, file): (usize, &ClaimFile<'_>)| {
        let own = wrong.iter().filter(|wrong| wrong.file == place);
        let problems: Vec<Problem> = own.map(|wrong| wrong.problem.clone()).collect();
        let (path, text) = (file.path.to_owned(), file.text.to_owned());
        (!problems.is_empty()).then_some(Failure::InFile { path, text, problems })
    };
    files.iter().enumerate().filter_map(of_file).collect()
}
