//! The command that accepts what a check found, as it can be typed where the check was.

use std::path::{Path, PathBuf};

use weigh_core::settings::{Origin, Setting};

use super::against::Against;
use crate::args::{CheckArgs, ReadingArgs};
use crate::load::{naming_folder, naming_folder_in, real, seen_from};
use crate::settings;

/// What accepts a change, in a sentence; nothing where no snapshot is compared.
pub(super) fn accept(args: &CheckArgs, against: &Against) -> String {
    let Some(stored) = &against.stored else { return String::new() };
    let spot = Spot::of(against.base(), stored.path());
    let mut words: Vec<String> = spot.way().into_iter().collect();
    words.push("weigh snapshot".to_owned());
    words.extend(paths(against, &stored.header.paths, &spot).iter().map(|path| spot.seen(path)));
    words.push(format!("--out {}", spot.seen(&spot.out)));
    words.extend(reading(&args.reading, &spot));
    words.extend(spot.settings_file());
    format!("Where the changes are meant, `{}` accepts them.", words.join(" "))
}

/// Where the command is typed so that it names scenarios as the snapshot does.
struct Spot {
    /// The folder, empty where it is the working folder.
    folder: PathBuf,
    /// The snapshot that is written, as it is found from the working folder.
    out: PathBuf,
    /// Whether the scenarios must be typed, because those that are set would be named otherwise.
    types_scenarios: bool,
}

impl Spot {
    /// The working folder, unless names would count there from another folder than those of the snapshot; then the folder from
    /// which those count, if names would count from it there.
    fn of(base: &Path, snapshot: &Path) -> Spot {
        let is_base = |folder: &Path| real(folder) == real(base);
        let here = Spot { folder: PathBuf::new(), out: snapshot.to_owned(), types_scenarios: false };
        if is_base(&naming_folder(Some(snapshot))) {
            return here;
        }
        // Names count from the folder of a link where the link is named.
        let mut outs = [snapshot.to_owned(), real(snapshot)].into_iter();
        let folder = if is_base(&here.folder) { PathBuf::new() } else { base.to_owned() };
        match outs.find(|out| is_base(&naming_folder_in(base, Some(out)))) {
            Some(out) => Spot { folder, out, types_scenarios: true },
            None => here,
        }
    }

    fn is_elsewhere(&self) -> bool {
        !self.folder.as_os_str().is_empty()
    }

    /// The way there from the working folder; nothing where it is that.
    fn way(&self) -> Option<String> {
        let folder = || quoted(&seen_from(Path::new(""), &self.folder));
        self.is_elsewhere().then(|| format!("cd {} &&", folder()))
    }

    /// A path as it is typed there.
    fn seen(&self, path: &Path) -> String {
        let seen = seen_from(&self.folder, path);
        // From a folder that a link leads to, `..` is not the way back to the link.
        quoted(&if seen.starts_with("..") { seen_from(&real(&self.folder), path) } else { seen })
    }

    /// The flag that says which `weigh.toml` is read, where it was typed or another one would be read there.
    fn settings_file(&self) -> Option<String> {
        let file = settings::file().map(|file| file.path.as_path());
        let is_stated = match settings::file_said_by() {
            Some(Origin::Flag) => true,
            // A path of the environment counts from the working folder.
            Some(_) => self.is_elsewhere() && file.is_some(),
            None => self.is_elsewhere() && self.nearest_settings() != file.map(real),
        };
        let flag = || file.map_or("--no-config".to_owned(), |file| format!("--config {}", self.seen(file)));
        is_stated.then(flag)
    }

    /// The `weigh.toml` that is found there.
    fn nearest_settings(&self) -> Option<PathBuf> {
        let folder = real(&self.folder);
        let mut files = folder.ancestors().map(|above| above.join(settings::FILE_NAME));
        files.find(|file| file.is_file()).map(|file| real(&file))
    }
}

/// What the snapshot has to be made of: what was read, and of what it was made of all that is there. What is set stands for
/// itself.
fn paths(against: &Against, made_of: &[String], spot: &Spot) -> Vec<PathBuf> {
    let is_set = !against.is_part() && settings::is_stated("scenarios");
    if is_set && !spot.types_scenarios {
        return Vec::new();
    }
    let there = |path: &PathBuf| path.as_os_str() == "-" || path.exists();
    let made_of = if is_set { &[] } else { made_of };
    let made_of = made_of.iter().map(|path| against.file(path)).filter(there);
    let mut kept: Vec<(PathBuf, PathBuf)> = Vec::new();
    for path in made_of.chain(against.paths.iter().cloned()) {
        let place = real(&path);
        if !kept.iter().any(|(_, known)| place.starts_with(known)) {
            kept.retain(|(_, known)| !known.starts_with(&place));
            kept.push((path, place));
        }
    }
    kept.into_iter().map(|(path, _)| path).collect()
}

/// The flags that were typed and move figures; elsewhere also paths of the environment, which count from the working folder.
fn reading(reading: &ReadingArgs, spot: &Spot) -> Vec<String> {
    let as_of = reading.as_of.map(|day| day.to_string());
    let single = [
        ("--region", reading.region.clone()),
        ("--as-of", as_of),
        ("--assume-missing-from", reading.assume_missing_from.clone()),
        ("--book", reading.book.book.clone()),
    ];
    let typed = single.into_iter().filter(|(flag, _)| settings::typed(flag));
    let mut flags: Vec<String> =
        typed.filter_map(|(flag, value)| Some(format!("{flag} {}", quoted(&value?)))).collect();
    let prices = Setting::find("prices").and_then(settings::set);
    let are_stated = prices.is_some_and(|set| match set.origin {
        Origin::Flag => true,
        Origin::Environment => spot.is_elsewhere(),
        Origin::Default | Origin::File { .. } => false,
    });
    if are_stated {
        flags.extend(reading.book.prices.iter().map(|path| format!("--prices {}", spot.seen(path))));
    }
    flags
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./,:=@%+".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_as_a_shell_takes_them() {
        assert_eq!(quoted("../scenarios/a.toml"), "../scenarios/a.toml");
        assert_eq!(quoted("two words"), "'two words'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
        assert_eq!(quoted(""), "''");
    }
}
