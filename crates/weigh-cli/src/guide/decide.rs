//! Where should it run, and why: the commands that decide.

use super::{ExitCodes, Guide, case, example, failing};

pub(super) const COMMANDS: &[Guide] = &[
    Guide {
        command: "compare",
        examples: &[
            example(
                "compare scenarios/ai-prism.toml",
                "The five platforms, ranked, with the reasons",
                "Recommendation",
            ),
            example(
                "compare scenarios/ai-prism.toml --preset cost-first --break-even",
                "With cost first; and the traffic at which another option leads",
                "Break-even",
            ),
            example(
                "compare scenarios/ai-prism.toml --region eu-west-1 --format json",
                "In another region, for a program to read",
                "\"recommended\"",
            ),
            failing(
                "compare docs/examples/over-budget.toml",
                "A budget that nothing keeps",
                "No option meets the needs",
            ),
        ],
        exit: ExitCodes {
            done: "an option is recommended",
            could_not: case("the scenario is wrong or can't be read", "compare no-such-file.toml"),
            gate: Some(case(
                "no option meets the needs and can be priced, or a policy does not hold",
                "compare docs/examples/over-budget.toml",
            )),
        },
    },
    Guide {
        command: "explain",
        examples: &[
            example(
                "explain scenarios/ai-prism.toml --option fargate",
                "Every charge: factors × rate = cost, with price id, source and date",
                "fargate/vcpu-hours/linux-x86",
            ),
            example(
                "explain scenarios/ai-prism.toml --option fargate --by service",
                "The charges added up by service",
                "load-balancer",
            ),
            example(
                "explain scenarios/ai-prism.toml --option fargate --month 2026-02",
                "February's 672 hours beside the convention of 730, and why they differ",
                "672 hours in place of 730",
            ),
            example(
                "explain scenarios/ai-prism.toml --option fargate --option ecs-ec2 --focus > focus.csv",
                "Two bills as rows of FOCUS 1.2, as cost tools read them",
                "BilledCost,",
            ),
        ],
        exit: ExitCodes {
            done: "the charges are told",
            could_not: case(
                "the scenario is wrong, or has no such option",
                "explain scenarios/ai-prism.toml --option fargat",
            ),
            gate: Some(case(
                "no option of the scenario meets the needs and can be priced",
                "explain docs/examples/over-budget.toml --option fargate",
            )),
        },
    },
    Guide {
        command: "simulate",
        examples: &[
            example(
                "simulate scenarios/ai-prism.toml --option fargate",
                "Latency, replicas and limits over the month, with charts",
                "Latency",
            ),
            example(
                "simulate scenarios/ai-prism.toml --option fargate --out month.csv",
                "The same, and every step of the month as a row of a file",
                "Latency",
            ),
            failing(
                "simulate scenarios/ai-prism.toml --option lambda",
                "An option that fails a need",
                "Rejected",
            ),
        ],
        exit: ExitCodes {
            done: "the month is simulated",
            could_not: case(
                "the scenario is wrong, has no such option, or FILE can't be written",
                "simulate scenarios/ai-prism.toml --option fargate --out month.xls",
            ),
            gate: Some(case(
                "the option has no deployment, or fails a need",
                "simulate scenarios/ai-prism.toml --option lambda",
            )),
        },
    },
    Guide {
        command: "diagram",
        examples: &[
            example(
                "diagram scenarios/ai-prism.toml > ai-prism.mmd",
                "The recommended option as a flowchart",
                "flowchart LR",
            ),
            example(
                "diagram scenarios/ai-prism.toml --option ecs-ec2 --direction tb --format markdown",
                "Another option from the top down, to paste into a Markdown page",
                "```mermaid",
            ),
        ],
        exit: ExitCodes {
            done: "the option is drawn",
            could_not: case(
                "the scenario is wrong, has no such option, or nothing can run it",
                "diagram scenarios/ai-prism.toml --option kubernetes",
            ),
            gate: Some(case(
                "it is drawn, and no option meets the needs and can be priced",
                "diagram docs/examples/over-budget.toml",
            )),
        },
    },
    Guide {
        command: "rank",
        examples: &[
            example(
                "rank scenarios/matrices/aldeia-ten-factors.toml",
                "Two ways to deploy by ten factors, and how firm the winner is",
                "ECS Fargate leads",
            ),
            example(
                "rank docs/examples/offices.csv --method topsis --robustness",
                "A sheet of any alternatives, by another method, with all that would change the answer",
                "mill",
            ),
            failing("rank docs/examples/offices-too-small.csv", "Every office lacks desks", "desks"),
        ],
        exit: ExitCodes {
            done: "an alternative is first",
            could_not: case("the matrix is wrong or can't be read", "rank no-such-file.csv"),
            gate: Some(case("every alternative fails a need", "rank docs/examples/offices-too-small.csv")),
        },
    },
    Guide {
        command: "rightsize",
        examples: &[
            example(
                "rightsize scenarios/inventories/rag-containers.csv",
                "What to reserve for measured containers, and what servers for them cost",
                "Reservations",
            ),
            example(
                "rightsize scenarios/inventories/rag-containers.csv --headroom 50% --format toml",
                "The same with more room, as components to paste into a scenario",
                "[[component]]",
            ),
            failing(
                "rightsize scenarios/inventories/rag-option-2.csv --instance-type t3.small",
                "Do they fit on this one? No",
                "t3.small",
            ),
        ],
        exit: ExitCodes {
            done: "the containers are placed",
            could_not: case(
                "the inventory is wrong, or there is no such instance type",
                "rightsize scenarios/inventories/rag-containers.csv --instance-type t3.smal",
            ),
            gate: Some(case(
                "an instance type that was asked for does not hold all containers, or no platform does",
                "rightsize scenarios/inventories/rag-option-2.csv --instance-type t3.small",
            )),
        },
    },
];
