//! `weigh commit`: what to commit to, and what that risks.

use weigh_core::compare::{CommitmentQuestion, NotAdvised, advise};
use weigh_core::report::{CommitmentsReport, as_expected, commitments_report};

use super::several::{self, Kind};
use super::unknown_option;
use crate::args::CommitArgs;
use crate::load::Loaded;
use crate::output::{Done, Failure};

/// Looks for the best commitments; the gate fails when no option has a deployment that meets the needs and can be priced.
pub(crate) fn run(args: &CommitArgs) -> Result<Done, Failure> {
    let kind =
        Kind { name: "commitments", document: CommitmentsReport::document, sheet: CommitmentsReport::sheet };
    several::run(&args.scenarios, args.format, &kind, |loaded| {
        let report = one(args, loaded)?;
        let gate_failed = report.options.iter().all(|option| option.status != "priced");
        Ok((report, gate_failed))
    })
}

fn one(args: &CommitArgs, loaded: &Loaded) -> Result<CommitmentsReport, Failure> {
    let question = CommitmentQuestion { option: args.option.clone(), term: args.term, falls: args.falls };
    let advice = advise(&loaded.scenario, &loaded.catalog, &loaded.prices, question)
        .map_err(|why| refused(args, why))?;
    let mut report = commitments_report(&loaded.scenario, &advice);
    if let Some(ranged) = &loaded.ranged {
        report.options.iter_mut().for_each(|option| option.notes.push(as_expected(ranged)));
    }
    Ok(report)
}

fn refused(args: &CommitArgs, why: NotAdvised) -> Failure {
    match why {
        NotAdvised::NoOption(known) => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            unknown_option(args.option.as_deref().unwrap_or_default(), &known)
        }
        NotAdvised::NoScale(why) => Failure::text(why),
    }
}
