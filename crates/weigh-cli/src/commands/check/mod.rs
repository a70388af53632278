//! `weigh check`: scenarios computed anew, against their snapshot and their policies.

mod accept;
mod against;
mod each;
mod stream;

use weigh_core::policy::Tolerances;
use weigh_core::report::{AgainstReport, CheckReport};
use weigh_core::snapshot::MODEL_VERSION;

use super::policies;
use crate::args::CheckArgs;
use crate::clock;
use crate::load::{shelf, slashed};
use crate::output::{Done, Failure, write_whole_for};
use crate::render;

use against::Against;
use each::Checker;

/// Checks; the gate fails when a figure drifted further than is let pass, a scenario came or went, or a policy does not hold.
pub(crate) fn run(args: &CheckArgs) -> Result<Done, Failure> {
    let against = Against::of(args)?;
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
    let checker = Checker::new(args, &shelf, &against, project.policies, tolerances, today);
    stream::through(&against, &checker, &mut report)?;
    let below = below_root();
    for (format, file) in &args.also {
        write_whole_for("--also", file, render::check(*format, &report, &below).as_bytes())?;
    }
    let text = render::check(args.format, &report, &below);
    Ok(Done { text, gate_failed: !report.passes })
}

/// Where the working folder lies in its repository: `infra/cost/`; nothing at its root, or where there is none.
fn below_root() -> String {
    let Ok(folder) = std::env::current_dir() else { return String::new() };
    let root = folder.ancestors().find(|above| above.join(".git").exists());
    let below = root.and_then(|root| folder.strip_prefix(root).ok()).map(slashed).unwrap_or_default();
    if below.is_empty() { below } else { format!("{below}/") }
}
