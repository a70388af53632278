//! What it costs, what could be saved, and whether a stated figure is right.

use super::{ExitCodes, Guide, case, example, failing};

pub(super) const COMMANDS: &[Guide] = &[
    Guide {
        command: "commit",
        examples: &[
            example(
                "commit scenarios/ai-prism.toml --term 1-year",
                "Reserved instances and Savings Plans at their best level",
                "commitments of 1-year only",
            ),
            example(
                "commit scenarios/ai-prism.toml --option fargate --falls 40%",
                "What one option loses when 40 % of the traffic falls away",
                "40 %",
            ),
        ],
        exit: ExitCodes {
            done: "the commitments are told",
            could_not: case(
                "the scenario is wrong, or has no such option",
                "commit scenarios/ai-prism.toml --option fargat",
            ),
            gate: Some(case(
                "no option that was asked for meets the needs and can be priced",
                "commit docs/examples/over-budget.toml",
            )),
        },
    },
    Guide {
        command: "savings",
        examples: &[
            example(
                "savings scenarios/ai-prism.toml --option fargate",
                "What each strategy saves for one option, alone and together",
                "fargate",
            ),
            example(
                "savings scenarios/ai-prism.toml --option ecs-ec2 --hours 08:00-18:00 --days mon-fri",
                "With servers that run in working hours only",
                "08:00",
            ),
        ],
        exit: ExitCodes {
            done: "the savings are told",
            could_not: case(
                "the scenario is wrong, or has no such option",
                "savings scenarios/ai-prism.toml --option fargat",
            ),
            gate: Some(case(
                "no option that was asked for meets the needs and can be priced",
                "savings docs/examples/over-budget.toml",
            )),
        },
    },
    Guide {
        command: "account",
        examples: &[
            example(
                "account scenarios/ai-prism.toml scenarios/aldeia-staging.toml",
                "Two applications that share free quantities and tiers",
                "One account",
            ),
            example(
                "account scenarios/ai-prism.toml scenarios/aldeia-staging.toml --format csv > account.csv",
                "The same as a sheet",
                "monthly_cost_alone",
            ),
        ],
        exit: ExitCodes {
            done: "every scenario has its bill",
            could_not: case(
                "a scenario is wrong or can't be read",
                "account scenarios/ai-prism.toml no-such-file.toml",
            ),
            gate: Some(case(
                "an application has no option that meets the needs and can be priced",
                "account scenarios/ai-prism.toml docs/examples/over-budget.toml",
            )),
        },
    },
    Guide {
        command: "list",
        examples: &[
            example(
                "list scenarios/aldeia scenarios/ai-prism.toml",
                "The scenarios of a folder and one more, a line each",
                "Scenarios",
            ),
            example("list scenarios/aldeia --format csv > aldeia.csv", "The same as a sheet", "scenario"),
        ],
        exit: ExitCodes {
            done: "the scenarios are listed",
            could_not: case(
                "a scenario is wrong or can't be read",
                "list scenarios/ai-prism.toml no-such-file.toml",
            ),
            gate: None,
        },
    },
    Guide {
        command: "audit",
        examples: &[
            example(
                "audit docs/examples/estimate.toml",
                "The figures of an estimate, each computed anew, and why they differ",
                "contradict",
            ),
            example(
                "audit docs/examples/estimate.toml --all --format markdown > audit.md",
                "With those that agree, as a page",
                "agree",
            ),
            failing("audit docs/examples/estimate.toml --strict", "A pipeline that fails", "contradict"),
        ],
        exit: ExitCodes {
            done: "the claims are audited",
            could_not: case("a scenario is wrong or can't be read", "audit no-such-folder"),
            gate: Some(case(
                "with --strict: a claim contradicts, or statements contradict each other",
                "audit docs/examples/estimate.toml --strict",
            )),
        },
    },
    Guide {
        command: "workbook",
        examples: &[
            example(
                "workbook scenarios/ai-prism.toml scenarios/aldeia-staging.toml --out estimate.xlsx",
                "A workbook with live formulas: summary, a sheet for each option, assumptions, prices",
                "estimate.xlsx: 2 scenarios",
            ),
            example(
                "workbook scenarios/aldeia --option fargate --out fargate/",
                "The sheets of one option of each scenario as CSV files in a folder",
                "fargate/: ",
            ),
        ],
        exit: ExitCodes {
            done: "the workbook is written, also of options that fail a need or have no price",
            could_not: case(
                "a scenario is wrong or can't be read, or the workbook can't be written",
                "workbook scenarios/ai-prism.toml --out estimate.ods",
            ),
            gate: None,
        },
    },
    Guide {
        command: "focus",
        examples: &[
            example(
                "focus scenarios/ai-prism.toml scenarios/aldeia-staging.toml --out bills.csv",
                "The bills of the recommended options of two scenarios in one file",
                "bills.csv: 2 scenarios",
            ),
            example(
                "focus scenarios --skip-unbilled > bills.csv",
                "All that has a bill; what has none is named on standard error",
                "BilledCost",
            ),
        ],
        exit: ExitCodes {
            done: "the rows are written",
            could_not: case(
                "a scenario is wrong or can't be read, or has no bill to write",
                "focus docs/examples/over-budget.toml",
            ),
            gate: Some(case(
                "a scenario whose rows are written has no option that meets its needs",
                "focus docs/examples/over-budget.toml --option fargate",
            )),
        },
    },
];
