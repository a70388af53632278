//! Completions and the manual: what shells and `man` read, and the page of all commands.

#[path = "../src/guide/mod.rs"]
#[allow(dead_code, reason = "the help uses the rest")]
mod guide;
mod support;

use std::process::Command;

use guide::guides;
use support::folder::Folder;
use support::{ask_plainly, root};

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

fn script(shell: &str) -> String {
    let answer = ask_plainly(&format!("completions {shell}"));
    assert_eq!((answer.code, answer.stderr.as_str()), (0, ""), "{}", answer.transcript());
    answer.stdout
}

#[test]
fn every_shell_is_told_of_every_command_and_the_flags() {
    for shell in SHELLS {
        let script = script(shell);
        for word in guides().flat_map(|guide| guide.command.split(' ')) {
            assert!(script.contains(word), "{shell} does not know `{word}`");
        }
        for flag in ["assume-missing-from", "color", "fail-on-change"] {
            assert!(script.contains(flag), "{shell} does not know --{flag}");
        }
    }
}

/// What bash proposes for the last of these words; nothing where there is no bash.
fn proposed(words: &[&str]) -> Option<String> {
    let folder = Folder::new();
    folder.write("weigh.bash", script("bash"));
    let line = words.join(" ");
    let (last, before) = (words.last()?, words.get(words.len().checked_sub(2)?)?);
    let ask = format!(
        "source weigh.bash && COMP_WORDS=({line}) COMP_CWORD={} && _weigh weigh {last} {before}; echo ${{COMPREPLY[@]}}",
        words.len() - 1
    );
    let output = Command::new("bash").current_dir(&folder.path).args(["--norc", "-c", &ask]).output().ok()?;
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[test]
fn bash_completes_commands_flags_and_values() {
    for (words, told) in [
        (&["weigh", "comp"][..], "compare completions"),
        (&["weigh", "prices", "ve"], "verify"),
        (&["weigh", "compare", "x.toml", "--break"], "--break-even"),
        (&["weigh", "compare", "x.toml", "--format", "m"], "markdown"),
        (&["weigh", "completions", "z"], "zsh"),
    ] {
        if let Some(proposed) = proposed(words) {
            assert_eq!(proposed, told, "{words:?}");
        }
    }
}

/// A text as it stands in a man page.
fn in_roff(text: &str) -> String {
    text.replace('-', "\\-").replace('\'', "\\*(Aq").replace('×', "\\[u00D7]")
}

#[test]
fn every_command_has_a_man_page_with_its_examples_and_exit_codes() {
    let folder = Folder::new();
    let answer = folder.ask("man --out pages/man1");
    assert_eq!((answer.code, answer.stderr.as_str()), (0, ""), "{}", answer.transcript());
    let mut names = vec!["weigh.1".to_owned()];
    for guide in guides() {
        let name = format!("weigh-{}.1", guide.command.replace(' ', "-"));
        let page = folder.read(&format!("pages/man1/{name}"));
        let name_section = format!(".SH NAME\nweigh\\-{}", in_roff(&guide.command.replace(' ', "-")));
        for part in [
            ".TH weigh-",
            &name_section,
            ".SH SYNOPSIS",
            ".SH EXAMPLES",
            ".SH \"EXIT STATUS\"",
            ".SH \"SEE ALSO\"",
        ] {
            assert_eq!(page.matches(part).count(), 1, "{name}: `{part}`: {page}");
        }
        for example in guide.examples {
            let shown = in_roff(&format!("weigh {}", example.line));
            assert!(
                page.contains(&shown) && page.contains(&in_roff(example.does)),
                "{name}: {shown}: {page}"
            );
        }
        let gate = guide.exit.gate.as_ref().map(|gate| gate.when);
        for when in [guide.exit.done, guide.exit.could_not.when].into_iter().chain(gate) {
            assert!(page.contains(&in_roff(when)), "{name}: {when}: {page}");
        }
        assert!(page.is_ascii(), "{name}: {page}");
        names.push(name);
    }
    let main = folder.read("pages/man1/weigh.1");
    assert_eq!(ask_plainly("man").stdout, main);
    for guide in guides() {
        let row = in_roff(&format!("weigh-{}(1)", guide.command.replace(' ', "-")));
        assert!(main.contains(&row), "weigh.1 lacks {row}");
    }
    let mut written: Vec<String> = folder.tree("pages/man1").into_keys().collect();
    names.sort_unstable();
    written.sort_unstable();
    assert_eq!(written, names);
    assert!(
        answer.stdout.starts_with(&format!("{} man pages are in pages/man1", names.len())),
        "{}",
        answer.stdout
    );
}

/// A folder that can't be written stays as it is, and the page of another command is no page of it.
#[test]
fn a_manual_without_a_place_is_a_failure() {
    let folder = Folder::new();
    folder.write("taken", "a file");
    for out in ["taken", "taken/man"] {
        let answer = folder.ask(&format!("man --out {out}"));
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{}", answer.transcript());
        assert!(answer.stderr.contains("--out"), "{}", answer.transcript());
    }
    assert_eq!(folder.read("taken"), "a file");
}

/// The page is written by the program, and its blocks are what a reader sees who asks for help.
#[test]
fn the_page_of_all_commands_is_their_help() {
    let written = ask_plainly("man --markdown");
    assert_eq!((written.code, written.stderr.as_str()), (0, ""), "{}", written.transcript());
    for command in std::iter::once("").chain(guides().map(|guide| guide.command)) {
        let help = ask_plainly(&format!("{command} --help")).stdout;
        let heading = format!("## weigh {command}").trim_end().to_owned();
        let block = format!("\n{heading}\n\n```text\n{}\n```\n", help.trim_end());
        assert!(written.stdout.contains(&block), "{block}\n\nis not in\n\n{}", written.stdout);
    }
    let page = std::fs::read_to_string(root().join("docs/commands.md")).unwrap_or_default();
    let same = page == written.stdout;
    assert!(same, "docs/commands.md is old; write it anew: cargo run -- man --markdown > docs/commands.md");
}
