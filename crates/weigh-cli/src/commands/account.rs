//! `weigh account`: several scenarios in one account.

use weigh_core::compare::in_account;
use weigh_core::report::{account_report, as_expected};

use crate::args::AccountArgs;
use crate::load::{scenario_files, shelf};
use crate::output::{Done, Failure};
use crate::render;

/// Prices the scenarios in their order; the gate fails when one of them recommends nothing.
pub(crate) fn run(args: &AccountArgs) -> Result<Done, Failure> {
    let shelf = shelf(&args.scenarios.reading.book)?;
    let (mut scenarios, mut notes, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for file in scenario_files(&args.scenarios.paths)? {
        match shelf.scenario(&args.scenarios.reading.of(&file)) {
            Ok(read) => {
                let name = &read.scenario.header.name;
                notes.extend(read.ranged.as_ref().map(|ranged| format!("{name}: {}", as_expected(ranged))));
                scenarios.push((read.scenario, read.prices));
            }
            Err(failure) => failures.push(failure),
        }
    }
    match failures.len() {
        0 => {}
        1 => return Err(failures.remove(0)),
        _ => return Err(Failure::Together(failures)),
    }
    let mut report = account_report(&in_account(scenarios, &shelf.catalog).map_err(Failure::text)?);
    report.notes = notes;
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: report.scenarios.iter().any(|own| own.option.is_none()) })
}
