//! `weigh savings`: what each option could save, strategy by strategy and together.

use weigh_core::report::{SavingsReport, as_expected, savings_report};
use weigh_core::savings::{NotSaved, SavingsQuestion, savings};

use super::several::{self, Kind};
use super::unknown_option;
use crate::args::SavingsArgs;
use crate::load::Loaded;
use crate::output::{Done, Failure};

/// Tries every strategy; the gate fails when no option meets the needs and can be priced.
pub(crate) fn run(args: &SavingsArgs) -> Result<Done, Failure> {
    let kind = Kind { name: "savings", document: SavingsReport::document, sheet: SavingsReport::sheet };
    several::run(&args.scenarios, args.format, &kind, |loaded| {
        let report = one(args, loaded)?;
        let gate_failed = report.options.iter().all(|option| option.status != "priced");
        Ok((report, gate_failed))
    })
}

fn one(args: &SavingsArgs, loaded: &Loaded) -> Result<SavingsReport, Failure> {
    let question =
        SavingsQuestion { option: args.option.clone(), hours: args.hours.clone(), days: args.days };
    let found = savings(&loaded.scenario, &loaded.catalog, &loaded.prices, &question)
        .map_err(|why| refused(args, why))?;
    let mut report = savings_report(&loaded.scenario, &found);
    if let Some(ranged) = &loaded.ranged {
        report.options.iter_mut().for_each(|option| option.notes.push(as_expected(ranged)));
    }
    Ok(report)
}

fn refused(args: &SavingsArgs, why: NotSaved) -> Failure {
    match why {
        NotSaved::NoOption(known) => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            unknown_option(args.option.as_deref().unwrap_or_default(), &known)
        }
        NotSaved::NoScale(why) => Failure::text(why),
    }
}
