//! What each command is for: its place in the table of contents, examples that run, and what its exit codes mean.
//!
//! A new command is one row, in the file of its group. Its help, its man page, the table of contents and the tests all
//! read that row: `tests/guide.rs` runs every example and a case of every exit code.

mod ci;
mod decide;
mod finance;
mod prices;
mod program;

/// Commands under one heading.
pub(crate) struct Group {
    /// The heading.
    pub(crate) heading: &'static str,
    /// The commands, in the order in which they are shown.
    pub(crate) commands: &'static [Guide],
}

/// What the help of a command says beyond its arguments.
pub(crate) struct Guide {
    /// The words behind `weigh`: `compare`, `prices list`.
    pub(crate) command: &'static str,
    /// Command lines with what they are for; at least one.
    pub(crate) examples: &'static [Example],
    /// What its exit codes mean.
    pub(crate) exit: ExitCodes,
}

/// A command line that a reader may copy, run at the root of the repository.
///
/// The examples of a group run in their order, in one folder with copies of `scenarios` and `docs/examples`: what one
/// writes, a later one may read. ` > FILE` may stand at its end.
pub(crate) struct Example {
    /// What is typed behind `weigh`.
    pub(crate) line: &'static str,
    /// What it is for, in a line.
    pub(crate) does: &'static str,
    /// How it ends.
    pub(crate) code: u8,
    /// What standard output says, among much else; empty where all goes to a file.
    #[allow(dead_code, reason = "the tests read it")]
    pub(crate) shows: &'static str,
}

/// What the exit codes of a command mean.
pub(crate) struct ExitCodes {
    /// 0: it did its work.
    pub(crate) done: &'static str,
    /// 1: it could not; standard output stays empty.
    pub(crate) could_not: Case,
    /// 2: the report is complete, and its gate failed; nothing where the command has no gate.
    pub(crate) gate: Option<Case>,
}

/// One ending of a command.
pub(crate) struct Case {
    /// When it ends so.
    pub(crate) when: &'static str,
    /// A command line that ends so, for the tests; beside the folders of examples it may name those of `tests`.
    #[allow(dead_code, reason = "the tests read it")]
    pub(crate) line: &'static str,
}

/// An example that ends with 0.
const fn example(line: &'static str, does: &'static str, shows: &'static str) -> Example {
    Example { line, does, code: 0, shows }
}

/// An example whose gate fails.
const fn failing(line: &'static str, does: &'static str, shows: &'static str) -> Example {
    Example { line, does, code: 2, shows }
}

/// When a command ends otherwise, and a command line that does.
const fn case(when: &'static str, line: &'static str) -> Case {
    Case { when, line }
}

/// The table of contents.
pub(crate) const GROUPS: &[Group] = &[
    Group { heading: "Decide", commands: decide::COMMANDS },
    Group { heading: "Cost and finance", commands: finance::COMMANDS },
    Group { heading: "CI", commands: ci::COMMANDS },
    Group { heading: "Prices", commands: prices::COMMANDS },
    Group { heading: "The program itself", commands: program::COMMANDS },
];

/// What to try first.
pub(crate) const FIRST: &[Example] = &[
    example(
        "compare scenarios/ai-prism.toml",
        "Where should it run, what does it cost, and why?",
        "fargate leads",
    ),
    example(
        "explain scenarios/ai-prism.toml --option fargate",
        "Where does each dollar of one option come from?",
        "Total",
    ),
    example(
        "audit docs/examples/estimate.toml",
        "Is an estimate right, and if not, where did it go wrong?",
        "contradict",
    ),
    example("prices list --region us-east-1 --service lambda", "What does AWS ask?", "lambda/"),
];

/// What the exit codes mean for every command.
pub(crate) const EXIT_CODES: [(u8, &str); 3] = [
    (0, "done"),
    (1, "could not: wrong usage, a wrong file, no price book; nothing is on standard output"),
    (2, "the report is complete, and its gate failed; the help of a command says which gate it has"),
];

/// Where to read on.
pub(crate) const READ_ON: [(&str, &str); 4] = [
    ("weigh help COMMAND", "all of a command: arguments, examples, exit codes"),
    ("weigh man", "the same as man pages"),
    ("README.md", "your first scenario, in five minutes"),
    ("docs/scenario.md", "every field of a scenario; docs/commands.md has all commands on one page"),
];

/// The guide of a command, named by the words behind `weigh`.
pub(crate) fn guide(command: &str) -> Option<&'static Guide> {
    guides().find(|guide| guide.command == command)
}

/// All guides, in the order of the contents.
pub(crate) fn guides() -> impl Iterator<Item = &'static Guide> {
    GROUPS.iter().flat_map(|group| group.commands)
}
