//! Reads settings from the environment.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use weigh_core::data::nearest;
use weigh_core::settings::{Holds, Origin, PREFIX, SETTINGS, Setting};

use super::Set;
use crate::output::Failure;

/// Names the file with settings, as `--config` does.
pub(crate) const FILE: &str = "WEIGH_CONFIG";
/// True where no file is read, as with `--no-config`.
pub(crate) const NO_FILE: &str = "WEIGH_NO_CONFIG";

/// The file with settings that a variable names.
pub(super) fn named_file() -> Option<(&'static str, PathBuf)> {
    let path = env::var_os(FILE).filter(|path| !path.is_empty())?;
    Some((FILE, PathBuf::from(path)))
}

/// Whether a variable says that no file is read.
pub(super) fn no_file() -> Result<bool, Failure> {
    match env::var(NO_FILE).unwrap_or_default().as_str() {
        "" | "0" | "false" => Ok(false),
        "1" | "true" => Ok(true),
        other => {
            let message = format!("{NO_FILE}: `{other}` is neither true nor false");
            Err(Failure::with_help(message, "true or 1, false or 0"))
        }
    }
}

/// What the variables of the environment set; an empty one sets nothing.
pub(super) fn read() -> Result<Vec<Set>, Failure> {
    let (mut set, mut failures) = (Vec::new(), Vec::new());
    for setting in &SETTINGS {
        let value = env::var_os(setting.variable()).filter(|value| !value.is_empty());
        match value.map(|value| values(setting, &value)).transpose() {
            Ok(None) => {}
            Ok(Some(values)) => set.push(Set { setting, values, origin: Origin::Environment, span: 0..0 }),
            Err(failure) => failures.push(failure),
        }
    }
    match failures.len() {
        0 => Ok(set),
        1 => Err(failures.remove(0)),
        _ => Err(Failure::Together(failures)),
    }
}

/// The values of a variable: paths stand in it as in PATH.
fn values(setting: &Setting, value: &OsStr) -> Result<Vec<OsString>, Failure> {
    match setting.holds {
        Holds::Paths => {
            Ok(env::split_paths(value).map(OsString::from).filter(|path| !path.is_empty()).collect())
        }
        Holds::Path => Ok(vec![value.to_owned()]),
        _ => {
            let text = value.to_string_lossy().into_owned();
            let read = setting.read(&text).map_err(|problem| Failure::InFile {
                path: setting.variable(),
                text,
                problems: vec![*problem],
            })?;
            Ok(vec![OsString::from(read)])
        }
    }
}

/// Variables that are named as settings are and set nothing, each with the nearest one that does.
pub(super) fn misspelt() -> Vec<String> {
    let own = [FILE, NO_FILE].map(str::to_owned);
    let known: Vec<String> = SETTINGS.iter().map(Setting::variable).chain(own).collect();
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut unknown: Vec<String> =
        names.filter(|name| name.starts_with(PREFIX) && !known.contains(name)).collect();
    unknown.sort_unstable();
    let told = unknown.iter().map(|name| {
        let meant = nearest(name, known.iter().map(String::as_str));
        let meant = meant.map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
        format!("The variable {name} sets nothing{meant}")
    });
    told.collect()
}
