//! Reads settings from the environment.

use std::env;
use std::ffi::{OsStr, OsString};

use weigh_core::data::nearest;
use weigh_core::settings::{Holds, Origin, PREFIX, SETTINGS, Setting};

use super::Set;
use crate::output::Failure;

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
                problems: vec![problem],
            })?;
            Ok(vec![OsString::from(read)])
        }
    }
}

/// Variables that are named as settings are and set nothing, each with the nearest one that does.
pub(super) fn misspelt() -> Vec<String> {
    let known: Vec<String> = SETTINGS.iter().map(Setting::variable).collect();
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
