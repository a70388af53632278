//! What a terminal, a pipe and a reader that goes away get.

mod support;

use std::process::Stdio;

use support::{BOOK, answer, program};

const ESCAPE: char = '\u{1b}';
const COMPARE: [&str; 4] = ["compare", "scenarios/ai-prism.toml", "--prices", BOOK];
const WRONG: [&str; 4] = ["compare", "no-such-file.toml", "--prices", BOOK];

#[test]
fn a_pipe_gets_no_colours() {
    let report = answer(program().args(COMPARE), String::new(), b"");
    assert!(!report.stdout.contains(ESCAPE));
    let failure = answer(program().args(WRONG), String::new(), b"");
    assert!(failure.stderr.starts_with("error: can't read no-such-file.toml"), "{}", failure.stderr);
}

#[test]
fn colours_are_had_by_asking() {
    let report = answer(program().args(COMPARE).args(["--color", "always"]), String::new(), b"");
    assert!(report.stdout.contains(ESCAPE));
    let failure = answer(program().args(WRONG).args(["--color", "always"]), String::new(), b"");
    assert!(failure.stderr.contains(ESCAPE) && failure.stdout.is_empty());
}

#[test]
fn the_words_are_the_same_with_and_without_colours() {
    let plain = answer(program().args(COMPARE), String::new(), b"").stdout;
    let coloured = answer(program().args(COMPARE).args(["--color", "always"]), String::new(), b"").stdout;
    let mut stripped = String::new();
    let mut inside = false;
    for character in coloured.chars() {
        match character {
            ESCAPE => inside = true,
            'm' if inside => inside = false,
            other if !inside => stripped.push(other),
            _ => {}
        }
    }
    assert_eq!(stripped, plain);
}

#[test]
fn no_color_is_respected_and_the_flag_is_stronger() {
    for (variables, flag, coloured) in [
        (&[("NO_COLOR", "1")][..], "auto", false),
        (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], "auto", false),
        (&[("CLICOLOR_FORCE", "1")], "never", false),
        (&[("NO_COLOR", "1")], "always", true),
    ] {
        let mut command = program();
        command.args(COMPARE).args(["--color", flag]).envs(variables.iter().copied());
        let report = answer(&mut command, String::new(), b"");
        assert_eq!(report.stdout.contains(ESCAPE), coloured, "{variables:?} --color {flag}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for format in ["text", "json", "csv", "markdown"] {
        let mut command = program();
        command.args(COMPARE).args(["--format", format]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn help_and_the_manual_for_a_reader_that_goes_away_are_no_error() {
    for words in [
        &["--help"][..],
        &["-h"],
        &["help", "compare"],
        &["prices", "list", "--help"],
        &["--version"],
        &["schema"],
        &["completions", "bash"],
        &["completions", "zsh"],
        &["man"],
        &["man", "--markdown"],
        &["prices", "regions"],
        &["list", "scenarios/ai-prism.toml"],
        &["explain", "scenarios/ai-prism.toml", "--option", "fargate", "--focus"],
        &["diagram", "scenarios/ai-prism.toml"],
        &["snapshot", "scenarios/ai-prism.toml"],
    ] {
        let (code, stderr) = unread(words);
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{words:?}");
    }
    // The gate is told even where nobody reads the report.
    assert_eq!(unread(&["compare", "docs/examples/over-budget.toml"]), (Some(2), String::new()));
}

/// Exit code and complaints of a run whose output is read by nobody.
fn unread(words: &[&str]) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = program()
        .args(words)
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
        .wait_with_output()
        .expect("the program ends");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}
