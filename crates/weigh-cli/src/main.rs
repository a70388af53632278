//! `weigh` on the command line: reads files, asks the core, renders its report. No arithmetic here.

mod args;
mod book_folder;
mod clock;
mod commands;
mod guide;
mod help;
mod load;
mod output;
mod parallel;
mod render;
mod schemas;
mod settings;
mod spool;

use std::process::ExitCode;

use clap::error::ErrorKind;

use output::{Done, Failure};
use settings::NotBegun;

/// Done.
const SUCCESS: u8 = 0;
/// Could not do it: a usage error, a wrong file, a missing price book.
const COULD_NOT: u8 = 1;
/// The report is complete, and does not pass: no option meets the needs, or a price differs that must not.
const GATE_FAILED: u8 = 2;

fn main() -> ExitCode {
    let args = match settings::arguments() {
        Ok(args) => args,
        Err(NotBegun::Usage(error)) => return usage(&error),
        Err(NotBegun::Wrong(failure, color)) => {
            output::complain(&failure, color);
            return ExitCode::from(COULD_NOT);
        }
    };
    settings::tell();
    let (color, quiet) = (args.global.color, args.global.quiet);
    let code = match commands::run(args.command) {
        Ok(Done { text, gate_failed }) => match output::print(if quiet { "" } else { &text }, color) {
            Ok(()) if gate_failed => GATE_FAILED,
            Ok(()) => SUCCESS,
            Err(error) => {
                output::complain(&Failure::text(format!("the output can't be written: {error}")), color);
                COULD_NOT
            }
        },
        Err(failure) => {
            output::complain(&failure, color);
            COULD_NOT
        }
    };
    ExitCode::from(code)
}

/// Help and version are answers; everything else that clap says is a usage error, and so `could not`.
fn usage(error: &clap::Error) -> ExitCode {
    let printed = match error.print() {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    };
    let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    ExitCode::from(if asked && printed.is_ok() { SUCCESS } else { COULD_NOT })
}
