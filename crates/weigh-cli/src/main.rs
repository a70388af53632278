//! `weigh` on the command line: reads files, asks the core, renders its report. No arithmetic here.

mod args;
mod book_folder;
mod clock;
mod commands;
mod crash;
mod guide;
mod help;
mod load;
mod manual;
mod output;
mod parallel;
mod place;
mod render;
mod schemas;
mod settings;
mod spool;

use std::io;
use std::process::ExitCode;

use clap::error::ErrorKind;

use args::Color;
use output::{Done, Failure};
use settings::NotBegun;

/// Done.
const SUCCESS: u8 = 0;
/// Could not do it: a usage error, a wrong file, a missing price book, a bug.
const COULD_NOT: u8 = 1;
/// The report is complete, and does not pass: no option meets the needs, or a price differs that must not.
const GATE_FAILED: u8 = 2;

/// What became of a command line.
pub(crate) enum Outcome {
    /// Clap has the last word: help, version, or wrong usage.
    Usage(clap::Error),
    /// A command ran, or could not begin.
    Ran(Result<Done, Failure>, Color),
}

fn main() -> ExitCode {
    ExitCode::from(end(run))
}

/// The exit code, when all is printed. Nothing is printed before everything is known, so that a bug leaves no half report.
fn end(run: impl FnOnce() -> Outcome) -> u8 {
    crash::guarded(run).and_then(|outcome| crash::guarded(|| print(outcome))).unwrap_or(COULD_NOT)
}

fn run() -> Outcome {
    let args = match settings::arguments() {
        Ok(args) => args,
        Err(NotBegun::Usage(error)) => return Outcome::Usage(error),
        Err(NotBegun::Wrong(failure, color)) => return Outcome::Ran(Err(failure), color),
    };
    settings::tell();
    let ran = commands::run(args.command).map(|done| match args.global.quiet {
        true => Done { text: String::new(), ..done },
        false => done,
    });
    Outcome::Ran(ran, args.global.color)
}

fn print(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Usage(error) => usage(&error),
        Outcome::Ran(Ok(Done { text, gate_failed }), color) => match output::print(&text, color) {
            Ok(()) if gate_failed => GATE_FAILED,
            Ok(()) => SUCCESS,
            Err(error) => {
                output::complain(&Failure::text(format!("the output can't be written: {error}")), color);
                COULD_NOT
            }
        },
        Outcome::Ran(Err(failure), color) => {
            output::complain(&failure, color);
            COULD_NOT
        }
    }
}

/// Help and version are answers; everything else that clap says is a usage error, and so `could not`.
fn usage(error: &clap::Error) -> u8 {
    let printed = match error.print() {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    };
    let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if asked && printed.is_ok() { SUCCESS } else { COULD_NOT }
}
