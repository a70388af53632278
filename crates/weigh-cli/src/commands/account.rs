//! `weigh account`: several scenarios in one account.

use weigh_core::compare::in_account;
use weigh_core::report::{account_report, as_expected};

use crate::args::{AccountArgs, ScenarioArgs};
use crate::load::load;
use crate::output::{Done, Failure};
use crate::render;

/// Prices the scenarios in their order; the gate fails when one of them recommends nothing.
pub(crate) fn run(args: &AccountArgs) -> Result<Done, Failure> {
    let mut scenarios = Vec::with_capacity(args.paths.len());
    let (mut catalog, mut notes) = (None, Vec::new());
    for file in &args.paths {
        let loaded = load(&ScenarioArgs::of(file, &args.book))?;
        let name = &loaded.scenario.header.name;
        notes.extend(loaded.ranged.as_ref().map(|ranged| format!("{name}: {}", as_expected(ranged))));
        scenarios.push((loaded.scenario, loaded.prices));
        catalog = Some(loaded.catalog);
    }
    let Some(catalog) = catalog else { return Err(Failure::text("no scenario file".to_owned())) };
    let mut report = account_report(&in_account(scenarios, &catalog).map_err(Failure::text)?);
    report.notes = notes;
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: report.scenarios.iter().any(|own| own.option.is_none()) })
}
