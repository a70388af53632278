//! What may be typed: usage errors leave standard output empty and end with 1, help and version with 0.

mod support;

use support::{ask, ask_plainly};

#[test]
fn wrong_usage_is_refused_with_what_is_right() {
    let mut all = String::new();
    for (words, says) in [
        ("frobnicate", "unrecognized subcommand 'frobnicate'"),
        ("expalin x", "a similar subcommand exists: 'explain'"),
        ("compare", "<FILE|DIR>..."),
        ("simulate a b", "unexpected argument 'b'"),
        ("compare --frob x", "unexpected argument '--frob'"),
        ("compare x --formt json", "a similar argument exists: '--format'"),
        ("compare x --format xml", "[possible values: text, json, markdown, csv]"),
        ("compare x --as-of yesterday", "`yesterday` is no date: write it as 2026-10-07"),
        ("compare x --as-of 2026-02-30", "2026-02-30 is no day of the calendar"),
        ("compare x --color sometimes", "[possible values: auto, always, never]"),
        ("compare x --region", "a value is required for '--region <REGION>'"),
        ("explain x", "--option <NAME>"),
        ("schema x", "invalid value 'x' for '[WHICH]'"),
    ] {
        let answer = ask_plainly(words);
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}");
        assert!(answer.stderr.contains(says), "{words}: {}", answer.stderr);
        all.push_str(&answer.transcript());
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

#[test]
fn without_a_command_the_contents_are_told_and_nothing_is_done() {
    let answer = ask_plainly("");
    assert_eq!((answer.code, answer.stdout.as_str()), (1, ""));
    for part in ["Usage: weigh [OPTIONS] <COMMAND>", "\nTry first:\n", "\nDecide:\n", "\nExit codes:\n"] {
        assert!(answer.stderr.contains(part), "{}", answer.stderr);
    }
    let short = ask_plainly("-h");
    assert_eq!((short.code, short.stdout.as_str()), (0, answer.stderr.as_str()));
}

#[test]
fn unknown_regions_are_refused_with_the_known_ones() {
    let mut all = String::new();
    for words in ["--region us-east1", "--region US-EAST-1x", "--assume-missing-from mars", "--region="] {
        let answer = ask(&format!("compare scenarios/ai-prism.toml {words}"), b"");
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}");
        assert!(answer.stderr.contains("ap-south-1, eu-west-1, us-east-1"), "{}", answer.stderr);
        all.push_str(&answer.transcript());
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

#[test]
fn help_and_version_are_answers() {
    for words in
        ["--help", "-h", "help", "compare --help", "explain --help", "schema --help", "--version", "-V"]
    {
        let answer = ask_plainly(words);
        assert_eq!((answer.code, answer.stderr.as_str()), (0, ""), "{words}");
        assert!(!answer.stdout.is_empty(), "{words}");
    }
    assert_eq!(ask_plainly("--version").stdout, format!("weigh {}\n", env!("CARGO_PKG_VERSION")));
}
