//! The guide of every command, run as it is told: each example, and a case of each exit code.

#[path = "../src/guide/mod.rs"]
#[allow(dead_code, reason = "the help uses the rest")]
mod guide;
mod support;

use guide::{Case, Example, FIRST, GROUPS, Group, guides};
use support::folder::Folder;
use support::{Answer, ask_plainly};

/// A folder that looks like the root of the repository to examples, and in which they may write.
fn desk() -> Folder {
    let folder = Folder::new();
    for name in ["scenarios", "docs/examples", "pricing-data"] {
        folder.copy(name);
    }
    for name in ["prices", "import"] {
        folder.copy(&format!("crates/weigh-cli/tests/{name}"));
    }
    folder
}

/// Runs a command line; what a shell would write to a file goes there.
fn run(desk: &Folder, line: &str) -> Answer {
    let (words, file) = line.split_once(" > ").unwrap_or((line, ""));
    let answer = desk.ask(words);
    if !file.is_empty() {
        desk.write(file, &answer.stdout);
    }
    answer
}

/// What an example does otherwise than its row says.
fn fault(desk: &Folder, example: &Example) -> Option<String> {
    let answer = run(desk, example.line);
    let mut words = example.line.split(' ');
    let out = words.find(|word| *word == "--out").and_then(|_| words.next());
    let written = out.map(|out| std::fs::metadata(desk.path.join(out)).is_ok_and(|file| file.len() > 0));
    let as_json = example.line.contains("--format json");
    let is_json = || serde_json::from_str::<serde_json::Value>(&answer.stdout).is_ok();
    let why = match () {
        () if answer.code != i32::from(example.code) => "another exit code",
        () if !answer.stderr.is_empty() => "complaints",
        () if answer.stdout.is_empty() && out.is_none() => "nothing",
        () if !answer.stdout.contains(example.shows) => example.shows,
        () if written == Some(false) => "no file",
        () if as_json && !is_json() => "no JSON",
        () => return None,
    };
    Some(format!("{why}: {}", answer.transcript()))
}

/// What examples that share a folder do otherwise.
fn faults<'a>(examples: impl Iterator<Item = &'a Example>) -> Vec<String> {
    let desk = desk();
    examples.filter_map(|example| fault(&desk, example)).collect()
}

#[test]
fn what_to_try_first_works() {
    let found = faults(FIRST.iter());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_example_does_what_its_help_says() {
    let of_group = |group: &'static Group| faults(group.commands.iter().flat_map(|guide| guide.examples));
    let found: Vec<String> = std::thread::scope(|scope| {
        let groups: Vec<_> = GROUPS.iter().map(|group| scope.spawn(move || of_group(group))).collect();
        groups.into_iter().flat_map(|group| group.join().expect("a group's examples run")).collect()
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_can_not_be_done_ends_with_1_and_leaves_standard_output_empty() {
    let desk = desk();
    for guide in guides() {
        let Case { line, .. } = guide.exit.could_not;
        assert!(line.starts_with(guide.command), "{line} is no case of {}", guide.command);
        let answer = run(&desk, line);
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{}", answer.transcript());
        assert!(!answer.stderr.is_empty(), "{}", answer.transcript());
        let answer = run(&desk, &format!("{} --no-such-flag", guide.command));
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{}", answer.transcript());
        assert!(answer.stderr.contains("--no-such-flag"), "{}", answer.transcript());
    }
}

#[test]
fn a_failed_gate_ends_with_2_and_a_complete_report() {
    let desk = desk();
    let mut gates = 0;
    for guide in guides() {
        let Some(Case { line, .. }) = guide.exit.gate else { continue };
        assert!(line.starts_with(guide.command), "{line} is no case of {}", guide.command);
        let answer = run(&desk, line);
        assert_eq!((answer.code, answer.stderr.as_str()), (2, ""), "{}", answer.transcript());
        assert!(!answer.stdout.is_empty(), "{}", answer.transcript());
        gates += 1;
    }
    assert!(gates > 8, "{gates} gates");
}

/// What a reader sees is the table: every example and every ending stands in the help of its command, both ways to ask.
#[test]
fn the_help_of_every_command_has_its_examples_and_exit_codes() {
    for guide in guides() {
        let help = ask_plainly(&format!("{} --help", guide.command));
        assert_eq!((help.code, help.stderr.as_str()), (0, ""), "{}", help.transcript());
        assert_eq!(ask_plainly(&format!("help {}", guide.command)).stdout, help.stdout);
        for example in guide.examples {
            let shown = format!("  weigh {}\n      {}", example.line, example.does);
            assert!(help.stdout.contains(&shown), "{}", help.transcript());
        }
        let (_, codes) = help.stdout.split_once("\nExit codes:\n").unwrap_or_default();
        assert!(codes.starts_with(&format!("  0  {}", guide.exit.done)), "{}", help.transcript());
        assert!(codes.contains(&format!("\n  1  {}", guide.exit.could_not.when)), "{}", help.transcript());
        let gate = guide.exit.gate.as_ref().map(|gate| format!("\n  2  {}", gate.when));
        assert_eq!(codes.contains("\n  2  "), gate.is_some(), "{}", help.transcript());
        assert!(codes.contains(gate.as_deref().unwrap_or_default()), "{}", help.transcript());
    }
}

/// The whole command reference, in the order of the contents.
#[test]
fn the_command_reference() {
    let commands = std::iter::once("").chain(guides().map(|guide| guide.command));
    let pages = commands.map(|command| ask_plainly(&format!("{command} --help")));
    insta::assert_snapshot!(
        "command_reference",
        pages.map(|page| page.transcript()).collect::<Vec<_>>().join("\n")
    );
}
