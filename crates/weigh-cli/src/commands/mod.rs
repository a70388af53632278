//! The commands, one file each.

mod compare;
mod explain;
mod prices;
mod schema;

use crate::args::Command;
use crate::output::{Done, Failure};

/// Runs a command.
pub(crate) fn run(command: Command) -> Result<Done, Failure> {
    match command {
        Command::Compare(args) => compare::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Prices(command) => prices::run(command),
        Command::Schema(args) => schema::run(&args),
    }
}
