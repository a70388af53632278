//! What scenarios are called in a snapshot: their paths from one folder on, whatever the working folder is.

use std::path::{Path, PathBuf};

use weigh_core::settings::{Origin, Setting};

use super::paths::{folder_of, holds, real, seen_from};
use crate::settings;

/// The folder of `weigh.toml`, where there is one.
pub(crate) fn project_folder() -> Option<PathBuf> {
    settings::file().map(|file| folder_of(&file.path))
}

/// Whether the scenarios of this run are those of `weigh.toml`.
fn are_of_project() -> bool {
    let set = Setting::find("scenarios").and_then(settings::set);
    set.is_some_and(|set| matches!(set.origin, Origin::File { .. }))
}

/// The folder from which a snapshot that is written to a file names scenarios. Those of `weigh.toml` are named as it names
/// them. Others count from the folder of the snapshot where the working folder is that or lies below it, else from the folder
/// of `weigh.toml`, else from the working folder.
pub(crate) fn naming_folder(out: Option<&Path>) -> PathBuf {
    match project_folder() {
        Some(project) if are_of_project() => project,
        _ => naming_folder_in(Path::new(""), out),
    }
}

/// The folder from which a snapshot names scenarios that are typed in a working folder.
pub(crate) fn naming_folder_in(working: &Path, out: Option<&Path>) -> PathBuf {
    let mut folders = [out.map(folder_of), project_folder()].into_iter().flatten();
    folders.find(|folder| holds(folder, working)).unwrap_or_else(|| working.to_owned())
}

/// The folder from which a snapshot that was read names scenarios: the first of those from which they may have been named in
/// which something is that it was made of; the likeliest of them where nothing is. Where the snapshot is a link, the folder of
/// the file that it leads to is the last of them.
pub(crate) fn folder_of_names(snapshot: &Path, made_of: &[String]) -> PathBuf {
    let is_set = Setting::find("snapshot").and_then(settings::set);
    let is_of_project = is_set.is_some_and(|set| matches!(set.origin, Origin::File { .. }));
    let (own, project, here) = (folder_of(snapshot), project_folder(), PathBuf::new());
    let first = project.clone().filter(|_| is_of_project);
    let above = Some(own.clone()).filter(|own| holds(own, &here));
    let led_to = PathBuf::from(seen_from(&here, &folder_of(&real(snapshot))));
    let mut folders: Vec<PathBuf> =
        [first, above, project, Some(here), Some(own), Some(led_to)].into_iter().flatten().collect();
    let there = |folder: &PathBuf| made_of.iter().any(|path| folder.join(path).exists());
    let at = folders.iter().position(there).unwrap_or(0);
    folders.swap_remove(at)
}
