//! `weigh man`: the help as man pages, or as one page of Markdown.

use std::path::Path;
use std::{fs, io};

use crate::args::ManArgs;
use crate::manual;
use crate::output::{self, Done, Failure};
use crate::place::is_standard_output;

/// Prints the page of `weigh`, or writes a page for each command.
pub(crate) fn run(args: &ManArgs) -> Result<Done, Failure> {
    let text = match &args.out {
        None if args.markdown => manual::markdown(),
        None => manual::page("").map_err(|error| cannot(&error))?,
        Some(folder) => written(folder)?,
    };
    Ok(Done { text, gate_failed: false })
}

/// Writes the pages into a folder, and says so.
fn written(folder: &Path) -> Result<String, Failure> {
    let shown = folder.display();
    if is_standard_output(folder) {
        return Err(Failure::with_help(
            format!("--out: {shown} is standard output, and the pages of all commands are files"),
            "a folder such as `man`; without --out, the page of `weigh` goes to standard output",
        ));
    }
    fs::create_dir_all(folder)
        .map_err(|error| Failure::text(format!("--out: can't make {shown}: {error}")))?;
    let mut count = 0;
    for command in manual::commands() {
        let page = manual::page(command).map_err(|error| cannot(&error))?;
        output::write_whole(&folder.join(manual::page_name(command)), page.as_bytes())?;
        count += 1;
    }
    Ok(format!("{count} man pages are in {shown}: man {shown}/weigh.1\n"))
}

fn cannot(error: &io::Error) -> Failure {
    Failure::text(format!("the manual can't be written: {error}"))
}
