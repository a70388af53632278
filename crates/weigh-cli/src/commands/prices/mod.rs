//! `weigh prices`: looks into the price book, one command a file.

mod diff;
mod list;
mod regions;
mod show;

use crate::args::PricesCommand;
use crate::output::{Done, Failure};

/// Runs a command.
pub(crate) fn run(command: PricesCommand) -> Result<Done, Failure> {
    match command {
        PricesCommand::List(args) => list::run(&args),
        PricesCommand::Show(args) => show::run(&args),
        PricesCommand::Regions(args) => regions::run(&args),
        PricesCommand::Diff(args) => diff::run(&args),
    }
}
