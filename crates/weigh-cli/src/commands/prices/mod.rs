//! `weigh prices`: looks into the price book, one command a file.

mod coverage;
mod diff;
mod import;
mod list;
mod regions;
mod show;
mod verify;

use crate::args::PricesCommand;
use crate::output::{Done, Failure};

/// Runs a command.
pub(crate) fn run(command: PricesCommand) -> Result<Done, Failure> {
    match command {
        PricesCommand::List(args) => list::run(&args),
        PricesCommand::Show(args) => show::run(&args),
        PricesCommand::Regions(args) => regions::run(&args),
        PricesCommand::Coverage(args) => coverage::run(&args),
        PricesCommand::Diff(args) => diff::run(&args),
        PricesCommand::Verify(args) => verify::run(&args),
        PricesCommand::Import(args) => import::run(&args),
    }
}
