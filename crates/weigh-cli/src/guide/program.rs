//! The program itself: what helps to type, to read and to check.

use super::{ExitCodes, Guide, case, example};

pub(super) const COMMANDS: &[Guide] = &[Guide {
    command: "schema",
    examples: &[example(
        "schema > scenario.schema.json",
        "For an editor that completes and checks scenarios",
        "\"weigh scenario\"",
    )],
    exit: ExitCodes {
        done: "the schema is printed",
        could_not: case("there is no such price book", "schema --prices no-such-folder"),
        gate: None,
    },
}];
