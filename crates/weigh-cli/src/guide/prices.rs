//! What AWS asks: the price book, and how it is kept.

use super::{ExitCodes, Guide, case, example, failing};

pub(super) const COMMANDS: &[Guide] = &[
    Guide {
        command: "prices",
        examples: &[
            example("prices regions", "The regions that have prices", "us-east-1"),
            example("prices list --match fargate", "Every price id with a word in it", "fargate/"),
        ],
        exit: ExitCodes {
            done: "the command that was named did its work",
            could_not: case("no command is named, or one that is not there", "prices"),
            gate: None,
        },
    },
    Guide {
        command: "prices list",
        examples: &[
            example(
                "prices list --region eu-west-1 --service lambda",
                "What Lambda costs in Ireland",
                "lambda/",
            ),
            example(
                "prices list --region us-east-1 --match m7g --format csv > m7g.csv",
                "All prices with a word in them as a sheet",
                "m7g",
            ),
        ],
        exit: ExitCodes {
            done: "the prices are listed; that there is none is an answer, too",
            could_not: case("there is no such region, service or price book", "prices list --region mars"),
            gate: None,
        },
    },
    Guide {
        command: "prices show",
        examples: &[
            example(
                "prices show lambda/duration-gb-seconds/x86 --region us-east-1",
                "One price with its bands, sources and history",
                "3 bands",
            ),
            example(
                "prices show fargate/vcpu-hours/linux-x86 --region us-east-1 --as-of 2026-09-01",
                "What it was on a day",
                "2026-09-01",
            ),
        ],
        exit: ExitCodes {
            done: "the price is shown; that AWS does not offer it is an answer, too",
            could_not: case("the book has no such price", "prices show lambda/wishes --region us-east-1"),
            gate: None,
        },
    },
    Guide {
        command: "prices regions",
        examples: &[
            example("prices regions", "The regions, with how many prices each has", "us-east-1"),
            example("prices regions --format json", "For a program to read", "\"regions\""),
        ],
        exit: ExitCodes {
            done: "the regions are listed",
            could_not: case("there is no such price book", "prices regions --prices no-such-folder"),
            gate: None,
        },
    },
    Guide {
        command: "prices coverage",
        examples: &[
            example("prices coverage", "What each region has of what the platforms need", "us-east-1"),
            example(
                "prices coverage --region eu-west-1",
                "What one region has and lacks, by service",
                "Platforms",
            ),
        ],
        exit: ExitCodes {
            done: "the coverage is told; a gap is an answer",
            could_not: case(
                "there is no such region, service or price book",
                "prices coverage --region mars",
            ),
            gate: None,
        },
    },
    Guide {
        command: "prices diff",
        examples: &[
            example(
                "prices diff 2026-09-01 2026-10-08 --region us-east-1",
                "What changed between two days",
                "differ",
            ),
            failing(
                "prices diff 2026-09-01 2026-10-08 --region us-east-1 --fail-on-change",
                "A pipeline that fails when prices change",
                "differ",
            ),
        ],
        exit: ExitCodes {
            done: "the differences are told",
            could_not: case("a side can't be read", "prices diff 2026-09-01 no-such-folder"),
            gate: Some(case(
                "with --fail-on-change: a price differs",
                "prices diff 2026-09-01 2026-10-08 --region us-east-1 --fail-on-change",
            )),
        },
    },
    Guide {
        command: "prices verify",
        examples: &[
            example("prices verify", "Is the embedded price book sound?", "Nothing is wrong"),
            example("prices verify pricing-data", "Is a book in a folder?", "Nothing is wrong"),
        ],
        exit: ExitCodes {
            done: "nothing is wrong",
            could_not: case("there is no such folder", "prices verify no-such-folder"),
            gate: Some(case("something is wrong", "prices verify crates/weigh-cli/tests/prices/before")),
        },
    },
    Guide {
        command: "prices import",
        examples: &[
            example(
                "prices import crates/weigh-cli/tests/import/offer.json --out my-prices",
                "AWS's offer file into a book of your own, made from the embedded one",
                "Written to my-prices",
            ),
            example(
                "compare scenarios/ai-prism.toml --prices my-prices",
                "A comparison on that book",
                "Recommendation",
            ),
        ],
        exit: ExitCodes {
            done: "the book is written",
            could_not: case(
                "a file can't be read, or none has a price that the book knows",
                "prices import no-such-file.json --out my-prices",
            ),
            gate: Some(case(
                "with --fail-on-conflict: a file says two different things of one price",
                "prices import crates/weigh-cli/tests/import/twins.json --out twins --fail-on-conflict",
            )),
        },
    },
];
