//! `weigh schema`: the JSON Schema of a scenario file.

use weigh_core::scenario::schema;

use crate::args::SchemaArgs;
use crate::load;
use crate::output::{Done, Failure};
use crate::render;

/// Prints the schema with the regions and names of the price book.
pub(crate) fn run(args: &SchemaArgs) -> Result<Done, Failure> {
    let (_, vocabulary) = load::words(&load::data(&args.book)?)?;
    Ok(Done { text: render::json(&schema(&vocabulary)), gate_failed: false })
}
