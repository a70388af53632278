//! The table of settings against the command line.

use clap::CommandFactory;
use weigh_core::settings::{Holds, SETTINGS};

use super::*;

/// Commands that a test of this crate knows to be concerned, and that no other setting reaches.
#[test]
fn every_setting_concerns_commands_that_exist() {
    for setting in &SETTINGS {
        let concerned = concerned(Args::command(), setting);
        assert!(
            concerned.contains(&"config".to_owned()) || concerned == [""],
            "{}: {concerned:?}",
            setting.key
        );
        for path in setting.unlike {
            let mut command = Args::command();
            for word in path.split(' ') {
                command = command.find_subcommand(word).expect(path).clone();
            }
            let id = defaults::argument_id(setting);
            assert!(command.get_arguments().any(|arg| arg.get_id() == id.as_str()), "{path} has no {id}");
        }
    }
}

/// The defaults that the table tells are those that the command line takes.
#[test]
fn the_defaults_are_those_of_the_command_line() {
    let matches = Args::command().get_matches_from(["weigh", "config"]);
    let (_, config) = matches.subcommand().expect("a command");
    for setting in SETTINGS.iter().filter(|setting| matches!(setting.holds, Holds::OneOf(_) | Holds::Flag)) {
        let raw = config.get_raw(&defaults::argument_id(setting)).expect(setting.key);
        assert_eq!(raw.collect::<Vec<_>>(), [setting.default], "{}", setting.key);
    }
}

/// What is set becomes the default, unless the command means another thing by the flag or does not take the value.
#[test]
fn what_is_set_is_the_default_of_the_commands_it_concerns() {
    let set = |key: &str, value: &str| {
        let setting = Setting::find(key).expect(key);
        Set { setting, values: vec![value.into()], origin: Origin::Environment, span: 0..0 }
    };
    let set: &'static [Set] = Vec::leak(vec![
        set("region", "eu-west-1"),
        set("format", "csv"),
        set("as_of", "2026-10-07"),
        set("scenarios", "a.toml"),
        set("quiet", "true"),
    ]);
    let of = |words: &str| {
        let command = defaults::of(Args::command(), set);
        command.try_get_matches_from(words.split(' ')).unwrap_or_else(|error| panic!("{error}"))
    };
    let value = |words: &str, id: &str| {
        let matches = of(words);
        let mut leaf = &matches;
        while let Some((_, below)) = leaf.subcommand() {
            leaf = below;
        }
        leaf.get_raw(id).map(|mut raw| raw.next().expect("a value").to_string_lossy().into_owned())
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(value("weigh rightsize x.csv", "region"), some("eu-west-1"));
    assert_eq!(value("weigh rightsize x.csv --region us-east-1", "region"), some("us-east-1"));
    assert_eq!(value("weigh prices show x", "region"), some("eu-west-1"));
    assert_eq!(value("weigh prices list", "region"), None);
    assert_eq!(value("weigh prices list", "as_of"), some("2026-10-07"));
    assert_eq!(value("weigh prices diff a b", "as_of"), None);
    assert_eq!(value("weigh list", "paths"), some("a.toml"));
    assert_eq!(value("weigh list b.toml", "paths"), some("b.toml"));
    assert_eq!(value("weigh list", "format"), some("csv"));
    assert_eq!(value("weigh diagram x.toml", "format"), some("mermaid"), "a diagram is no table");
    assert_eq!(value("weigh list", "quiet"), some("true"));
    assert_eq!(value("weigh list --quiet=false", "quiet"), some("false"));
    assert_eq!(value("weigh -q=false list", "quiet"), some("false"));
    // A default is nothing that is typed: it stands in no one's way.
    assert!(of("weigh explain x.toml --option a --focus").subcommand().is_some());
}

/// A region that is set must not hold in one command and be forgotten by the next: what reads scenarios takes all of it.
#[test]
fn every_command_that_reads_scenarios_reads_them_alike() {
    let command = Args::command();
    let with_paths =
        command.get_subcommands().filter(|sub| sub.get_arguments().any(|arg| arg.get_id() == "paths"));
    let mut found = 0;
    for sub in with_paths {
        found += 1;
        for id in ["region", "as_of", "assume_missing_from", "prices", "book"] {
            assert!(sub.get_arguments().any(|arg| arg.get_id() == id), "{} has no {id}", sub.get_name());
        }
    }
    assert!(found >= 8, "{found} commands read scenarios");
}
