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
    Guide {
        command: "completions",
        examples: &[
            example(
                "completions bash > weigh.bash",
                "For bash: put the file into ~/.local/share/bash-completion/completions/",
                "_weigh()",
            ),
            example("completions zsh > _weigh", "For zsh: put it into a folder of $fpath", "#compdef weigh"),
            example(
                "completions fish > weigh.fish",
                "For fish: put it into ~/.config/fish/completions/",
                "complete -c weigh",
            ),
            example(
                "completions powershell > weigh.ps1",
                "For PowerShell: let your $PROFILE run it",
                "Register-ArgumentCompleter",
            ),
        ],
        exit: ExitCodes {
            done: "the script is printed",
            could_not: case("there is no such shell", "completions tcsh"),
            gate: None,
        },
    },
    Guide {
        command: "man",
        examples: &[
            example(
                "man > weigh.1",
                "The page of weigh itself, to be read with man ./weigh.1",
                ".TH weigh 1",
            ),
            example("man --out man", "A page for each command", "man pages"),
            example("man --markdown > commands.md", "All commands on one page", "## weigh compare"),
        ],
        exit: ExitCodes {
            done: "the manual is printed or written",
            could_not: case("DIR can't be written", "man --out docs/examples/offices.csv"),
            gate: None,
        },
    },
];
