//! The commands, one file each.

mod account;
mod audit;
mod check;
mod commit;
mod compare;
mod completions;
mod config;
mod diagram;
mod diff;
mod explain;
mod focus;
mod list;
mod man;
mod policies;
mod prices;
mod rank;
mod rightsize;
mod savings;
mod schema;
mod several;
mod simulate;
mod snapshot;
mod workbook;

use std::path::PathBuf;

use weigh_core::data::nearest;

use crate::args::Command;
use crate::output::{Done, Failure};

/// Runs a command.
pub(crate) fn run(command: Command) -> Result<Done, Failure> {
    match command {
        Command::Account(args) => account::run(&args),
        Command::Audit(args) => audit::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Commit(args) => commit::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Diagram(args) => diagram::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Focus(args) => focus::run(&args),
        Command::List(args) => list::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Prices(command) => prices::run(command),
        Command::Rank(args) => rank::run(&args),
        Command::Rightsize(args) => rightsize::run(&args),
        Command::Savings(args) => savings::run(&args),
        Command::Simulate(args) => simulate::run(&args),
        Command::Snapshot(args) => snapshot::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Workbook(args) => workbook::run(&args),
    }
}

/// No scenario of these files has an option of this name; together they have those.
fn unknown_option_of(files: &[PathBuf], name: &str, known: &[&str]) -> Failure {
    let meant = nearest(name, known.iter().copied());
    let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    let known = known.join(", ");
    match files {
        [only] => Failure::with_help(
            format!("--option: {} has no option `{name}`", only.display()),
            format!("it has {known}{meant}"),
        ),
        several => Failure::with_help(
            format!("--option: none of {} scenarios has an option `{name}`", several.len()),
            format!("they have {known}{meant}"),
        ),
    }
}

/// The scenario has no option of this name; it has these.
fn unknown_option(name: &str, known: &[&str]) -> Failure {
    let meant = nearest(name, known.iter().copied());
    let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    let message = format!("--option: the scenario has no option `{name}`");
    Failure::with_help(message, format!("it has {}{meant}", known.join(", ")))
}
