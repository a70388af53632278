//! `weigh schema`: the JSON Schemas of a scenario file and of every JSON output.

use weigh_core::scenario::schema;

use crate::args::{BookArgs, SchemaArgs};
use crate::load;
use crate::output::{Done, Failure};
use crate::render;
use crate::schemas::{OUTPUTS, SCENARIO};

/// Prints a schema, or the list of them.
pub(crate) fn run(args: &SchemaArgs) -> Result<Done, Failure> {
    let text = match OUTPUTS.iter().find(|output| output.name == args.which) {
        _ if args.list => list(),
        Some(output) => render::json(&output.schema()),
        None => scenario(&args.book)?,
    };
    Ok(Done { text, gate_failed: false })
}

/// The schema of a scenario file, with the regions and names of the price book.
fn scenario(book: &BookArgs) -> Result<String, Failure> {
    let (_, vocabulary) = load::words(&load::data(book)?)?;
    Ok(render::json(&schema(&vocabulary)))
}

/// Each schema on a line: its name, and what it describes.
fn list() -> String {
    let written = OUTPUTS
        .iter()
        .map(|output| (output.name, format!("written by `weigh {} {}`", output.command, output.arguments)));
    let all = [(SCENARIO, "a scenario file".to_owned())].into_iter().chain(written);
    all.map(|(name, what)| format!("{name:<18}{what}\n")).collect()
}
