//! Runs the program as a user does, and writes down everything that it answers.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod check;
pub(crate) mod difference;
pub(crate) mod folder;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The frozen price book, from the root of the repository: a price refresh never changes it.
pub(crate) const BOOK: &str = "crates/weigh-core/tests/book";

/// What a run answered.
pub(crate) struct Answer {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
    command: String,
}

impl Answer {
    /// Command, both outputs and the exit code in one text.
    pub(crate) fn transcript(&self) -> String {
        let Answer { stdout, stderr, code, command } = self;
        format!("$ weigh {command}\n{stdout}\n--- stderr ---\n{stderr}\n--- exit {code} ---\n")
    }

    /// The command, as it is typed.
    pub(crate) fn command(&self) -> String {
        format!("weigh {}", self.command)
    }
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The program, at the root of the repository and with nothing of the environment but PATH. It reads no `weigh.toml`: one that
/// lies above the repository, or above a folder of a test, is nobody's.
pub(crate) fn program() -> Command {
    let mut command = settable();
    command.env("WEIGH_NO_CONFIG", "1");
    command
}

/// The same, where it may read a `weigh.toml`: that of a test's own folder.
pub(crate) fn settable() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_weigh"));
    command.current_dir(root()).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// Runs the program with these words on the frozen book.
pub(crate) fn ask(words: &str, stdin: &[u8]) -> Answer {
    let words: Vec<&str> = words.split_whitespace().collect();
    answer(program().args(&words).args(["--prices", BOOK]), words.join(" "), stdin)
}

/// Runs the program with these words and nothing else.
pub(crate) fn ask_plainly(words: &str) -> Answer {
    let words: Vec<&str> = words.split_whitespace().collect();
    answer(program().args(&words), words.join(" "), b"")
}

/// Runs the program with these words, which may have spaces in them.
pub(crate) fn ask_words(words: &[&str], stdin: &[u8]) -> Answer {
    answer(program().args(words), words.join(" "), stdin)
}

/// The transcript of a run on the frozen book.
pub(crate) fn run(words: &str, stdin: &str) -> String {
    ask(words, stdin.as_bytes()).transcript()
}

/// Runs a command to its end.
pub(crate) fn answer(command: &mut Command, shown: String, stdin: &[u8]) -> Answer {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("the program starts");
    // A program that refuses its arguments closes its input unread.
    let _ = child.stdin.take().expect("a piped input").write_all(stdin);
    let output = child.wait_with_output().expect("the program ends");
    Answer {
        stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        code: output.status.code().expect("an exit code, and no signal"),
        command: shown,
    }
}

/// A small scenario that is right; tests make it wrong in one place.
pub(crate) const GOOD: &str = r#"[scenario]
name = "Shop"
region = "us-east-1"

[traffic]
rate = "10_000/day"

[[component]]
name = "api"
vcpu = 0.5
memory = "1 GiB"
cpu_time = "50 ms"

[needs]
min_replicas = 2

[wishes]
monthly_cost = 3

[[option]]
platform = "fargate"
"#;

/// The good scenario with one line, named by its start, replaced.
pub(crate) fn with(start: &str, line: &str) -> String {
    let found = GOOD.lines().filter(|each| each.starts_with(start)).count();
    assert_eq!(found, 1, "`{start}` starts one line of the good scenario");
    let lines = GOOD.lines().map(|each| if each.starts_with(start) { line } else { each });
    lines.map(|each| each.to_owned() + "\n").collect()
}
