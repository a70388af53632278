//! `weigh check`: scenarios computed anew, against their snapshot and their policies.

mod accept;
mod against;
mod each;
mod stream;

use std::path::PathBuf;

use weigh_core::policy::Tolerances;
use weigh_core::report::{AgainstReport, CheckReport, FindingReport};
use weigh_core::scenario::ProjectPolicies;
use weigh_core::snapshot::MODEL_VERSION;

use super::policies;
use crate::args::CheckArgs;
use crate::clock;
use crate::load::{real, shelf, slashed};
use crate::output::{Done, Failure, write_whole_for};
use crate::place::{Place, is_standard_output};
use crate::render;

use against::Against;
use each::Checker;

/// Checks; the gate fails when a figure drifted further than is let pass, a scenario came or went, or a policy does not hold.
pub(crate) fn run(args: &CheckArgs) -> Result<Done, Failure> {
    let against = Against::of(args)?;
    each_its_own_file(args)?;
    let shelf = shelf(&args.reading.book)?;
    let project = policies::project()?;
    let tolerances =
        args.tolerance.iter().fold(Tolerances::of(&project.tolerances), |all, each| all.with(*each));
    let today = clock::today(args.today, "--today")?;
    let mut report = CheckReport::new(MODEL_VERSION, shelf.book_hash());
    report.today = Some(today.to_string());
    report.against = against.stored.as_ref().map(|stored| AgainstReport {
        file: stored.path().display().to_string(),
        model_version: stored.header.model_version,
        book_hash: stored.header.book_hash.clone(),
    });
    let checker = Checker::new(args, &shelf, &against, project.policies.clone(), tolerances, today);
    stream::through(&against, &checker, &mut report)?;
    about_none(&against, &project, &mut report);
    let below = below_root();
    // All are right before one is written.
    for (_, file) in &args.also {
        Place::of("--also", file)?.refuse_what_was_read("--also")?;
    }
    for (format, file) in &args.also {
        write_whole_for("--also", file, render::check(*format, &report, &below).as_bytes())?;
    }
    let text = render::check(args.format, &report, &below);
    Ok(Done { text, gate_failed: !report.passes })
}

/// Refuses reports that would take each other's place, and one for standard output, where the report itself stands.
fn each_its_own_file(args: &CheckArgs) -> Result<(), Failure> {
    let mut taken: Vec<PathBuf> = Vec::new();
    for (_, file) in &args.also {
        if is_standard_output(file) {
            let help = "--format says how that is printed; --also takes a file";
            return Err(Failure::with_help("--also: standard output has the report itself", help));
        }
        let place = real(file);
        if taken.contains(&place) {
            let message = format!("--also: {} is named twice", file.display());
            return Err(Failure::with_help(message, "a file of its own for each report"));
        }
        taken.push(place);
    }
    Ok(())
}

/// Tells of policies and tolerances of the project that are about no scenario that was read.
fn about_none(against: &Against, project: &ProjectPolicies, report: &mut CheckReport) {
    let of_snapshot = report.scenarios.iter().map(|scenario| scenario.file.clone());
    let of_files = against.files.iter().flat_map(|file| policies::names(&against.name(file), file));
    for found in policies::about_none(project, || of_files.chain(of_snapshot).collect()) {
        report.find(FindingReport::of_unmatched(&found, !against.is_part()));
    }
}

/// Where the working folder lies in its repository: `infra/cost/`; nothing at its root, or where there is none.
fn below_root() -> String {
    let Ok(folder) = std::env::current_dir() else { return String::new() };
    let root = folder.ancestors().find(|above| above.join(".git").exists());
    let below = root.and_then(|root| folder.strip_prefix(root).ok()).map(slashed).unwrap_or_default();
    if below.is_empty() { below } else { format!("{below}/") }
}
