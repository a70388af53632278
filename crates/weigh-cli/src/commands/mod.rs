//! The commands, one file each.

mod compare;
mod explain;
mod schema;

use crate::args::Command;
use crate::output::{Done, Failure};

/// Runs a command.
pub(crate) fn run(command: Command) -> Result<Done, Failure> {
    match command {
        Command::Compare(args) => compare::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Schema(args) => schema::run(&args),
    }
}
