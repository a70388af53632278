//! The program itself: what helps to type, to read and to check.

use super::{ExitCodes, Guide, case, example};

pub(super) const COMMANDS: &[Guide] = &[
    Guide {
        command: "config",
        examples: &[example(
            "config",
            "Which settings hold here, and where does each come from?",
            "assume_missing_from",
        )],
        exit: ExitCodes {
            done: "the settings are shown",
            could_not: case("weigh.toml is wrong or can't be read", "config --config no-such-file.toml"),
            gate: None,
        },
    },
    Guide {
        command: "schema",
        examples: &[
            example(
                "schema > scenario.schema.json",
                "For an editor that completes and checks scenarios",
                "\"weigh scenario\"",
            ),
            example(
                "schema comparison > comparison.schema.json",
                "For a program that reads what `weigh compare --format json` writes",
                "\"weigh comparison\"",
            ),
            example("schema --list", "Which outputs have a schema?", "price-list"),
        ],
        exit: ExitCodes {
            done: "the schema is printed",
            could_not: case("there is no such price book", "schema --prices no-such-folder"),
            gate: None,
        },
    },
];
