//! Finds `weigh.toml` and reads it.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use weigh_core::settings::{Holds, Origin, Stated, read_settings};

use super::{Set, beside};
use crate::load::{as_text, cannot_read};
use crate::output::Failure;
use crate::place;

/// What the file is called that is looked for.
pub(crate) const FILE_NAME: &str = "weigh.toml";

/// A `weigh.toml` as it was read.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    /// Its path, from the working directory on where it was found and not named.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
}

impl SettingsFile {
    /// The file that a flag or a variable names, else the one in the working directory or in the nearest folder above it; nothing where there
    /// is none.
    pub(super) fn find(named: Option<(&str, PathBuf)>) -> Result<Option<SettingsFile>, Failure> {
        let Some((by, path)) = named.or_else(|| above().map(|path| ("", path))) else { return Ok(None) };
        let bytes = fs::read(&path).map_err(|error| match by {
            "" => cannot_read(&path, &error),
            by => Failure::text(format!("{by}: can't read {}: {error}", path.display())),
        })?;
        place::was_read(&path);
        let (_, text) =
            as_text(path.display().to_string(), bytes, "weigh.toml is TOML, and that is UTF-8 text")?;
        Ok(Some(SettingsFile { path, text }))
    }

    /// Its path as messages show it.
    pub(crate) fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// What it sets, with paths from its folder on.
    pub(super) fn read(&self) -> Result<Vec<Set>, Failure> {
        let stated = read_settings(&self.text).map_err(|problems| Failure::InFile {
            path: self.shown(),
            text: self.text.clone(),
            problems,
        })?;
        let each = stated.into_iter().map(|Stated { setting, values, span, line }| {
            let value = |value: String| match setting.holds {
                Holds::Paths | Holds::Path => beside(&self.path, &value).into_os_string(),
                _ => OsString::from(value),
            };
            let values = values.into_iter().map(value).collect();
            Set { setting, values, origin: Origin::File { line }, span }
        });
        Ok(each.collect())
    }
}

/// The nearest `weigh.toml`, in the working directory or above it.
fn above() -> Option<PathBuf> {
    let folder = std::env::current_dir().ok()?;
    let mut way = PathBuf::new();
    for folder in folder.ancestors() {
        if folder.join(FILE_NAME).is_file() {
            return Some(way.join(FILE_NAME));
        }
        way.push("..");
    }
    None
}
