//! What is checked and against what: the snapshot, and the scenario files with the names that they have in it.

use std::path::{Path, PathBuf};

use weigh_core::settings::{Origin, Setting};

use crate::args::CheckArgs;
use crate::load::{Stored, scenario_files, slashed};
use crate::output::Failure;
use crate::settings;

/// What a snapshot is called that is looked for.
const NAME: &str = "weigh.snapshot.json";

/// A snapshot and the scenarios that are held against it.
pub(super) struct Against {
    /// The snapshot; nothing where policies alone are judged.
    pub(super) stored: Option<Stored>,
    /// The scenario files with their names, sorted by those.
    pub(super) files: Vec<(String, PathBuf)>,
    /// The files and folders that were asked for; nothing where all of the snapshot are meant.
    asked: Option<Vec<String>>,
}

impl Against {
    /// Finds both.
    ///
    /// # Errors
    /// There is no snapshot, or none that can be used; or a path that is no scenario.
    pub(super) fn of(args: &CheckArgs) -> Result<Against, Failure> {
        let stored = if args.policies_only { None } else { Some(Stored::open(&snapshot(args)?)?) };
        let base = stored.as_ref().map(|stored| base(args, stored)).unwrap_or_default();
        let (paths, asked) = match (&stored, args.paths.is_empty()) {
            (_, false) => {
                let names = args.paths.iter().map(|path| name(path, &base)).collect();
                (args.paths.clone(), Some(names))
            }
            (Some(stored), true) => (still_there(stored, &base)?, None),
            (None, true) => {
                let help = "name scenario files and folders: weigh check scenarios --policies-only";
                return Err(Failure::with_help("--policies-only: no scenario is named", help));
            }
        };
        let files = scenario_files(&paths)?.into_iter().map(|path| (name(&path, &base), path));
        let mut files: Vec<(String, PathBuf)> = files.collect();
        files.sort();
        Ok(Against { stored, files, asked })
    }

    /// Whether a scenario of the snapshot was asked for, so that it is gone where no file has its name.
    pub(super) fn is_asked(&self, scenario: &str) -> bool {
        let within = |path: &String| {
            let folder = path.strip_suffix('/').unwrap_or(path);
            scenario.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.asked.as_ref().is_none_or(|asked| asked.iter().any(within))
    }
}

/// The snapshot that is named, else the nearest of the usual name.
fn snapshot(args: &CheckArgs) -> Result<PathBuf, Failure> {
    if let Some(named) = &args.against {
        return Ok(named.clone());
    }
    above(NAME).ok_or_else(|| {
        let paths: Vec<String> = args.paths.iter().map(|path| slashed(path)).collect();
        let paths = if paths.is_empty() { "scenarios".to_owned() } else { paths.join(" ") };
        let message = format!("there is no {NAME} in the working folder or above it");
        let help = format!(
            "`weigh snapshot {paths} --out {NAME}` writes one; --against names another, --policies-only needs none"
        );
        Failure::with_help(message, help)
    })
}

/// The folder from which a snapshot names files: its own where it was found, that of `weigh.toml` where that names it, and
/// the working folder where it is typed.
fn base(args: &CheckArgs, stored: &Stored) -> PathBuf {
    let of_settings = Setting::find("snapshot").and_then(settings::set);
    let folder = match (&args.against, of_settings.map(|set| &set.origin)) {
        (None, _) => stored.path().parent(),
        (Some(_), Some(Origin::File { .. })) => settings::file().and_then(|file| file.path.parent()),
        (Some(_), _) => None,
    };
    folder.map(Path::to_owned).unwrap_or_default()
}

/// What the snapshot was made of, as far as it is still there; what is gone is told of its scenarios.
fn still_there(stored: &Stored, base: &Path) -> Result<Vec<PathBuf>, Failure> {
    let paths: Vec<PathBuf> = stored.header.paths.iter().map(|path| base.join(path)).collect();
    let there: Vec<PathBuf> = paths.iter().filter(|path| path.exists()).cloned().collect();
    match there.is_empty() {
        false => Ok(there),
        true => {
            let shown = stored.path().display();
            let named = stored.header.paths.join(", ");
            let message = format!("nothing is there of what {shown} was made of: {named}");
            Err(Failure::with_help(
                message,
                "run it in the folder where the snapshot was taken, or name the scenarios",
            ))
        }
    }
}

/// The name of a file in a snapshot: its path from the folder of the snapshot on.
fn name(path: &Path, base: &Path) -> String {
    slashed(path.strip_prefix(base).unwrap_or(path))
}

/// The nearest file of a name, in the working folder or above it.
fn above(name: &str) -> Option<PathBuf> {
    let folder = std::env::current_dir().ok()?;
    let mut way = PathBuf::new();
    for folder in folder.ancestors() {
        if folder.join(name).is_file() {
            return Some(way.join(name));
        }
        way.push("..");
    }
    None
}
