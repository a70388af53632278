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
        command: "check",
        examples: &[
            example(
                "check",
                "Whether everything is as in weigh.snapshot.json, and what is not, and why",
                "Check passed",
            ),
            example(
                "check --tolerance 1% --format github --also junit=weigh-junit.xml --also sarif=weigh.sarif",
                "The same in a pipeline: annotations, a JUnit report, code scanning; a cost may drift by 1 %",
                "Check passed",
            ),
            failing(
                "check docs/examples/policies.toml --policies-only --today 2026-11-22",
                "What must hold, without any snapshot",
                "Budget of the team",
            ),
        ],
        exit: ExitCodes {
            done: "nothing fails; there may be warnings",
            could_not: case(
                "there is no snapshot, or a scenario is wrong or can't be read",
                "check --against no-such-file.json",
            ),
            gate: Some(case(
                "a figure drifted further than is let pass, a scenario came or went, or a policy does not hold",
                "check docs/examples/policies.toml --policies-only --format json",
            )),
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
                "diff scenarios/ai-prism.toml scenarios/ai-prism-peak.toml --format markdown",
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
