//! Finds the scenario files of a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use weigh_core::matrix_file::MatrixFile;

use super::cannot_read;
use crate::output::{self, Failure};
use crate::{place, settings};

/// The scenario files at these paths: files as they are named, and of folders every `.toml` file below them in the order
/// of their paths. A decision matrix in a folder is none, nor is a file whose name begins with `_`, such as a base that
/// others extend, nor a `weigh.toml`, nor anything hidden. No file stands twice.
pub(crate) fn scenario_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let (mut files, mut met) = (Vec::new(), BTreeSet::new());
    for path in paths {
        let found = if path.is_dir() { below(path)? } else { vec![path.clone()] };
        files.extend(
            found
                .into_iter()
                .filter(|file| met.insert(fs::canonicalize(file).unwrap_or_else(|_| file.clone()))),
        );
    }
    output::tell(|| format!("scenarios: {}", files.len()));
    Ok(files)
}

/// The scenario files that stand beside these: in the folder of a file and in the one above it, and in the one above a folder;
/// none of the folders below. What can't be looked into is passed over.
pub(crate) fn scenario_files_beside(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders = BTreeSet::new();
    for path in paths {
        let own = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
        folders.extend(own.into_iter().flat_map(|own| own.ancestors().take(2)).map(Path::to_owned));
    }
    let mut files = Vec::new();
    for folder in folders {
        let place = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        let entries = fs::read_dir(place).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let scenarios = names.filter(|name| name.ends_with(".toml") && !is_none(name));
        files.extend(scenarios.map(|name| folder.join(name)));
    }
    files.sort();
    files
}

/// Whether a file of this name in a folder is no scenario of its own: a base that others extend, something hidden, settings.
fn is_none(name: &str) -> bool {
    name.starts_with(['_', '.']) || name == settings::FILE_NAME
}

/// The scenario files below a folder; an error where there is none.
fn below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| cannot_read(&folder, &error))? {
            let entry = entry.map_err(|error| cannot_read(&folder, &error))?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            // A link to a folder may lead back to one above it.
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            if name.starts_with('.') || (is_link && path.is_dir()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") && !is_none(&name) {
                files.push(path);
            }
        }
    }
    // What can't be read is told when it is read as a scenario.
    files.retain(|file| {
        place::was_read(file);
        !fs::read_to_string(file).is_ok_and(|text| MatrixFile::is_matrix(&text))
    });
    files.sort();
    match files.is_empty() {
        false => Ok(files),
        true => {
            let message = format!("{} holds no scenario file", folder.display());
            Err(Failure::with_help(
                message,
                "a scenario file ends in .toml, and its name does not begin with `_`",
            ))
        }
    }
}
