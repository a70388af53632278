//! What is checked and against what: the snapshot, and the scenario files with the names that they have in it.

use std::path::{Path, PathBuf};

use crate::args::CheckArgs;
use crate::load::{Stored, folder_of_names, naming_folder, real, scenario_files, seen_from, slashed};
use crate::output::Failure;
use crate::settings;

/// What a snapshot is called that is looked for.
const NAME: &str = "weigh.snapshot.json";

/// A snapshot and the scenarios that are held against it.
pub(super) struct Against {
    /// The snapshot; nothing where policies alone are judged.
    pub(super) stored: Option<Stored>,
    /// The scenario files, in the order in which they were named.
    pub(super) files: Vec<PathBuf>,
    /// The files and folders that were read.
    pub(super) paths: Vec<PathBuf>,
    /// The folder from which names count.
    base: PathBuf,
    /// Where the files and folders are that were typed; nothing where the whole project is meant.
    asked: Option<Vec<PathBuf>>,
}

impl Against {
    /// Finds both.
    ///
    /// # Errors
    /// There is no snapshot, or none that can be used; or a path that is no scenario.
    pub(super) fn of(args: &CheckArgs) -> Result<Against, Failure> {
        let stored = if args.policies_only { None } else { Some(Stored::open(&snapshot(args)?)?) };
        let base = match &stored {
            Some(stored) => folder_of_names(stored.path(), &stored.header.paths),
            None => naming_folder(None),
        };
        let paths = match (&stored, args.paths.is_empty()) {
            (_, false) => args.paths.clone(),
            (Some(stored), true) => still_there(stored, &base)?,
            (None, true) => {
                let help = "name scenario files and folders: weigh check scenarios --policies-only";
                return Err(Failure::with_help("--policies-only: no scenario is named", help));
            }
        };
        let files = scenario_files(&paths)?;
        let asked = settings::typed("PATHS").then(|| paths.iter().map(|path| real(path)).collect());
        Ok(Against { stored, files, paths, base, asked })
    }

    /// What a file is called here, unless the snapshot has a name for it.
    pub(super) fn name(&self, file: &Path) -> String {
        seen_from(&self.base, file)
    }

    /// The folder from which names count.
    pub(super) fn base(&self) -> &Path {
        &self.base
    }

    /// The file that the snapshot means by a name.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        if name == "-" { PathBuf::from(name) } else { self.base.join(name) }
    }

    /// Whether single files and folders were typed, so that nothing is known of the rest of the project.
    pub(super) fn is_part(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether a scenario of the snapshot was asked for, so that it is told where it was not read.
    pub(super) fn is_asked(&self, scenario: &str) -> bool {
        let file = real(&self.file(scenario));
        self.asked.as_ref().is_none_or(|asked| asked.iter().any(|path| file.starts_with(path)))
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
