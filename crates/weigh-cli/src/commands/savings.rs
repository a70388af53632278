//! `weigh savings`: what each option could save, strategy by strategy and together.

use weigh_core::report::{as_expected, savings_report};
use weigh_core::savings::{NotSaved, SavingsQuestion, savings};

use super::unknown_option;
use crate::args::SavingsArgs;
use crate::load::load;
use crate::output::{Done, Failure};
use crate::render;

/// Tries every strategy; the gate fails when no option meets the needs and can be priced.
pub(crate) fn run(args: &SavingsArgs) -> Result<Done, Failure> {
    let loaded = load(&args.scenario)?;
    let question =
        SavingsQuestion { option: args.option.clone(), hours: args.hours.clone(), days: args.days };
    let found = savings(&loaded.scenario, &loaded.catalog, &loaded.prices, &question)
        .map_err(|why| refused(args, why))?;
    let mut report = savings_report(&loaded.scenario, &found);
    if let Some(ranged) = &loaded.ranged {
        report.options.iter_mut().for_each(|option| option.notes.push(as_expected(ranged)));
    }
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: report.options.iter().all(|option| option.status != "priced") })
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
