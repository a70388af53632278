//! What is set outside the command line, found once before a command runs: `weigh.toml`, the environment, and the flags above both.

mod defaults;
mod environment;
mod file;

use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, FromArgMatches};
use weigh_core::problem::Problem;
use weigh_core::settings::{Origin, SETTINGS, Setting};

use crate::args::{Args, Color};
use crate::help;
use crate::output::{self, Failure};
#[cfg(test)]
pub(crate) use defaults::concerned;
pub(crate) use file::{FILE_NAME, SettingsFile};

/// The settings of this run: like the arguments they are stated once, and read wherever they matter.
static CURRENT: OnceLock<Settings> = OnceLock::new();

/// Every setting with its value.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    file: Option<SettingsFile>,
    /// What says which file is read, or that none is; nothing where it is looked for.
    file_said_by: Option<Origin>,
    /// Those that are set, in the order of the table.
    set: Vec<Set>,
    /// Variables that look like settings and are none.
    notes: Vec<String>,
}

/// The commands that tell of the program itself: nothing that is set, rightly or wrongly, changes or stops them.
const OF_THE_PROGRAM: [&str; 3] = ["completions", "man", "schema"];

/// A setting that is set.
#[derive(Debug)]
pub(crate) struct Set {
    pub(crate) setting: &'static Setting,
    pub(crate) values: Vec<OsString>,
    pub(crate) origin: Origin,
    /// The bytes of the file where the value stands; empty for other origins.
    span: Range<usize>,
}

/// Why no command could be begun.
pub(crate) enum NotBegun {
    /// What was typed is no command, or asks for help.
    Usage(clap::Error),
    /// What is set is wrong; and when to colour the complaint.
    Wrong(Failure, Color),
}

impl From<clap::Error> for NotBegun {
    fn from(error: clap::Error) -> NotBegun {
        NotBegun::Usage(error)
    }
}

/// The arguments of this run, with what is set where nothing is typed.
pub(crate) fn arguments() -> Result<Args, NotBegun> {
    let words: Vec<OsString> = std::env::args_os().collect();
    let typed = match help::command().try_get_matches_from(&words) {
        // What is missing may be set.
        Err(error) if error.kind() == ErrorKind::MissingRequiredArgument => {
            defaults::nothing_required(help::command()).try_get_matches_from(&words).map_err(|_| error)?
        }
        outcome => outcome?,
    };
    let settings = match typed.subcommand_name() {
        Some(name) if OF_THE_PROGRAM.contains(&name) => Settings::default(),
        _ => Settings::found(&typed).map_err(|failure| {
            let color = typed.get_one::<Color>("color").copied().unwrap_or(Color::Auto);
            NotBegun::Wrong(failure, color)
        })?,
    };
    let settings = CURRENT.get_or_init(|| settings);
    let matches = defaults::of(help::command(), &settings.set).try_get_matches_from(words)?;
    Ok(Args::from_arg_matches(&matches)?)
}

impl Settings {
    /// The settings of the file that is named or found, of the environment, and of the flags.
    fn found(typed: &ArgMatches) -> Result<Settings, Failure> {
        let named = typed.get_one::<PathBuf>("config").cloned();
        let none = typed.get_flag("no_config") || named.is_none() && environment::no_file()?;
        let file_said_by = match named.is_some() || typed.get_flag("no_config") {
            true => Some(Origin::Flag),
            false => Some(Origin::Environment).filter(|_| none || environment::named_file().is_some()),
        };
        let named = named.map(|path| ("--config", path)).or_else(environment::named_file);
        let mut failures = Vec::new();
        let mut kept = |outcome: Result<Vec<Set>, Failure>| {
            outcome.unwrap_or_else(|failure| {
                failures.push(failure);
                Vec::new()
            })
        };
        let file = if none { None } else { SettingsFile::find(named)? };
        let stated = kept(file.as_ref().map_or(Ok(Vec::new()), SettingsFile::read));
        let (variables, notes) = (kept(environment::read()), environment::misspelt());
        if failures.len() > 1 {
            return Err(Failure::Together(failures));
        }
        if let Some(failure) = failures.pop() {
            return Err(failure);
        }
        // The strongest first.
        let mut set = flags(typed);
        set.extend(variables);
        set.extend(stated);
        let mut of_each = Vec::new();
        for setting in &SETTINGS {
            let strongest = set.iter().position(|set| set.setting == setting);
            of_each.extend(strongest.map(|at| set.remove(at)));
            set.retain(|set| set.setting != setting);
        }
        Ok(Settings { file, file_said_by, set: of_each, notes })
    }

    fn of(&self, setting: &Setting) -> Option<&Set> {
        self.set.iter().find(|set| set.setting == setting)
    }
}

/// The settings that are typed as flags of the command.
fn flags(typed: &ArgMatches) -> Vec<Set> {
    let mut leaf = typed;
    while let Some((_, below)) = leaf.subcommand() {
        leaf = below;
    }
    let each = SETTINGS.iter().filter_map(|setting| {
        let id = defaults::argument_id(setting);
        // Asking for an argument that the command has not is refused.
        let id = leaf.ids().find(|known| known.as_str() == id)?.as_str();
        if leaf.value_source(id) != Some(ValueSource::CommandLine) {
            return None;
        }
        let values = leaf.get_raw(id)?.map(OsString::from).collect();
        Some(Set { setting, values, origin: Origin::Flag, span: 0..0 })
    });
    each.collect()
}

/// The `weigh.toml` of this run, with its text: what is not a setting in it is read where it is judged.
pub(crate) fn file() -> Option<&'static SettingsFile> {
    CURRENT.get()?.file.as_ref()
}

/// What says which `weigh.toml` is read, or that none is: a flag or the environment; nothing where it is looked for.
pub(crate) fn file_said_by() -> Option<Origin> {
    CURRENT.get()?.file_said_by
}

/// What is to be known of the settings beside their values.
pub(crate) fn notes() -> &'static [String] {
    CURRENT.get().map_or(&[], |settings| &settings.notes)
}

/// A setting as it is set, by a flag, the environment or the file; nothing where it is set nowhere.
pub(crate) fn set(setting: &Setting) -> Option<&'static Set> {
    CURRENT.get()?.of(setting)
}

/// Whether a flag such as `quiet` is set.
pub(crate) fn is_set(key: &str) -> bool {
    let set = Setting::find(key).and_then(set);
    set.is_some_and(|set| set.values.first().is_some_and(|value| value == "true"))
}

/// Whether a setting is set at all.
pub(crate) fn is_stated(key: &str) -> bool {
    Setting::find(key).and_then(set).is_some()
}

/// Whether a flag, or what stands for one, was typed, and is not set otherwise.
pub(crate) fn typed(flag: &str) -> bool {
    let set = SETTINGS.iter().find(|setting| setting.flag == flag).and_then(set);
    set.is_some_and(|set| set.origin == Origin::Flag)
}

/// That what a flag says can't be, told of what said it: the flag, a variable, or a line of `weigh.toml`.
pub(crate) fn refused(flag: &str, message: &str, help: impl Into<String>) -> Failure {
    let help = Some(help.into()).filter(|help| !help.is_empty());
    let set = SETTINGS.iter().find(|setting| setting.flag == flag).and_then(set);
    match (set, file()) {
        (Some(Set { setting, origin: Origin::File { .. }, span, .. }), Some(file)) => {
            let problem = Problem::at(span.clone(), format!("`{}`: {message}", setting.key));
            let problem = problem.allowing(help.unwrap_or_default());
            Failure::InFile { path: file.shown(), text: file.text.clone(), problems: vec![problem] }
        }
        (Some(Set { setting, origin: Origin::Environment, .. }), _) => {
            Failure::Text { message: format!("{}: {message}", setting.variable()), help }
        }
        _ => Failure::Text { message: format!("{flag}: {message}"), help },
    }
}

/// Tells which file is read, and what else is to be known, where that is asked.
pub(crate) fn tell() {
    output::tell(|| {
        file().map_or("settings: no weigh.toml".to_owned(), |file| format!("settings: {}", file.shown()))
    });
    for note in notes() {
        output::tell(|| format!("settings: {note}"));
    }
}

/// A path of the file, from the file's folder on.
fn beside(file: &Path, path: &str) -> PathBuf {
    file.parent().map_or_else(|| PathBuf::from(path), |folder| folder.join(path))
}

#[cfg(test)]
mod tests;
