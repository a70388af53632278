//! What a pipeline asks: whether anything changed, why, and whether that may be.

use super::{ExitCodes, Guide, case, example, failing};

pub(super) const COMMANDS: &[Guide] = &[
    Guide {
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
    },
    Guide {
        command: "diff",
        examples: &[
            example(
                "diff weigh.snapshot.json scenarios/ai-prism.toml",
                "What a scenario comes to now against what was kept, and why it moved",
                "Difference: weigh.snapshot.json → scenarios/ai-prism.toml",
            ),
            example(
                "diff scenarios/aldeia/staging-ec2.toml scenarios/aldeia/staging-fargate.toml --format markdown",
                "Two scenario files, as a comment for a pull request",
                "<details>",
            ),
            example(
                "diff 2026-01-01 2026-10-07 scenarios/ai-prism.toml --format json",
                "Two days of the price book, for a program to read",
                "\"difference\"",
            ),
            failing(
                "diff scenarios/ai-prism.toml scenarios/ai-prism-peak.toml --fail-on-change",
                "A gate on every change",
                "by traffic",
            ),
        ],
        exit: ExitCodes {
            done: "the difference is told, whatever it is",
            could_not: case(
                "a side can't be read, or the two can't be compared",
                "diff 2026-01-01 scenarios",
            ),
            gate: Some(case(
                "a figure or a decision differs, with --fail-on-change",
                "diff scenarios/ai-prism.toml docs/examples/estimate.toml --fail-on-change",
            )),
        },
    },
];
