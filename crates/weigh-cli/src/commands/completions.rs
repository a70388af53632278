//! `weigh completions`: what a shell needs to complete command lines.

use crate::args::CompletionsArgs;
use crate::help;
use crate::output::{Done, Failure};

/// Prints the script of a shell.
pub(crate) fn run(args: &CompletionsArgs) -> Result<Done, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(), "weigh", &mut script);
    let text = String::from_utf8_lossy(&script).into_owned();
    Ok(Done { text, gate_failed: false })
}
