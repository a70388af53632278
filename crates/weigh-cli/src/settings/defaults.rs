//! Makes what is set the default of the flags that it is the default of.

use clap::builder::OsStr;
use clap::{Arg, Command};
use weigh_core::settings::{Holds, Origin, SETTINGS, Setting};

use super::Set;

/// The command line with what is set in the place of its own defaults.
pub(super) fn of(command: Command, set: &'static [Set]) -> Command {
    below(command, "", &mut |arg, path| {
        let own = set.iter().find(|set| concerns(set.setting, &arg, path));
        match own.filter(|set| set.origin != Origin::Flag && !set.values.is_empty()) {
            Some(set) => {
                let values = set.values.iter().map(|value| OsStr::from(value.as_os_str()));
                arg.required(false).default_values(values)
            }
            None => arg,
        }
    })
}

/// The command line where nothing must be typed that may be set.
pub(super) fn nothing_required(command: Command) -> Command {
    below(command, "", &mut |arg, path| {
        let may_be_set = SETTINGS.iter().any(|setting| concerns(setting, &arg, path));
        if may_be_set { arg.required(false) } else { arg }
    })
}

/// The commands that a setting concerns, `prices list` among them; empty for every command.
#[cfg(test)]
pub(crate) fn concerned(command: Command, setting: &Setting) -> Vec<String> {
    let mut found = Vec::new();
    below(command, "", &mut |arg, path| {
        if concerns(setting, &arg, path) {
            found.push(path.to_owned());
        }
        arg
    });
    found
}

/// Changes every argument of a command and of those below it, each with the command's words.
fn below(command: Command, path: &str, change: &mut dyn FnMut(Arg, &str) -> Arg) -> Command {
    let command = command.mut_args(|arg| change(arg, path));
    command.mut_subcommands(|sub| {
        let words = format!("{path} {}", sub.get_name());
        below(sub, words.trim_start(), change)
    })
}

/// Whether a setting is the default of an argument: it has the flag's name, means the same, and takes every value.
fn concerns(setting: &Setting, arg: &Arg, path: &str) -> bool {
    let takes = |words: &[&str]| {
        let known = arg.get_possible_values();
        words.iter().all(|word| known.iter().any(|value| value.get_name() == *word))
    };
    let fits = match setting.holds {
        Holds::OneOf(words) => takes(words),
        _ => true,
    };
    arg.get_id().as_str() == argument_id(setting) && fits && !setting.unlike.contains(&path)
}

/// What the command line calls an argument: `--as-of` is `as_of`.
pub(super) fn argument_id(setting: &Setting) -> String {
    setting.flag.trim_start_matches("--").replace('-', "_").to_lowercase()
}
