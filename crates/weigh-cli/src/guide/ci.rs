//! What a pipeline asks: whether anything changed, why, and whether that may be.

use super::{ExitCodes, Guide, case, example};

pub(super) const COMMANDS: &[Guide] = &[Guide {
    command: "snapshot",
    examples: &[
        example(
            "snapshot scenarios/aldeia scenarios/ai-prism.toml --out weigh.snapshot.json",
            "What a folder and a file come to, to be kept beside them",
            "weigh.snapshot.json: ",
        ),
        example(
            "snapshot docs/examples/estimate.toml --as-of 2026-09-01",
            "What it came to on a day, on standard output",
            "\"model_version\"",
        ),
    ],
    exit: ExitCodes {
        done: "the snapshot is taken, also of scenarios in which no option meets the needs",
        could_not: case("a scenario is wrong or can't be read", "snapshot no-such-folder"),
        gate: None,
    },
}];
