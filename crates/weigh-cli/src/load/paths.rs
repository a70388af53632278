//! Where a file is, whatever path leads to it, and the way to it from a folder.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::is_standard_input;

/// A path with `/` between its parts, as it was typed: `./shop.toml` is `shop.toml`, and `a//b/` is `a/b`.
pub(crate) fn slashed(path: &Path) -> String {
    let mut shown = String::new();
    for part in path.components().filter(|part| *part != Component::CurDir) {
        let part = match part {
            Component::RootDir => "/".into(),
            part => part.as_os_str().to_string_lossy(),
        };
        if !shown.is_empty() && !shown.ends_with('/') && part != "/" {
            shown.push('/');
        }
        shown.push_str(&part);
    }
    if shown.is_empty() { ".".to_owned() } else { shown }
}

/// The path from a folder to a file or a folder, with `/` between its parts; the whole path where it was typed whole and does
/// not lie below the folder. Standard input is `-` from everywhere.
pub(crate) fn seen_from(folder: &Path, path: &Path) -> String {
    if is_standard_input(path) {
        return slashed(path);
    }
    let (from, to) = (whole(folder), whole(path));
    let below = to.strip_prefix(&from).map(Path::to_owned);
    if let Ok(below) = below.or_else(|_| real(path).strip_prefix(real(folder)).map(Path::to_owned)) {
        return slashed(&below);
    }
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    if path.is_absolute() || shared == 0 {
        return slashed(&to);
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    slashed(&up.chain(to.components().skip(shared)).collect::<PathBuf>())
}

/// The path that a file has by whatever name, without links; of what is not there, the folders that are.
pub(crate) fn real(path: &Path) -> PathBuf {
    if is_standard_input(path) {
        return path.to_owned();
    }
    let whole = whole(path);
    let known = whole.ancestors().find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    match known.and_then(|(above, real)| Some(real.join(whole.strip_prefix(above).ok()?))) {
        // Joined with nothing a path ends in `/`, which compares as if it did not.
        Some(real) => real.components().collect(),
        None => whole,
    }
}

/// Whether another folder is this one, or lies below it; an empty path is the working folder.
pub(crate) fn holds(folder: &Path, other: &Path) -> bool {
    real(other).starts_with(real(folder))
}

/// The folder that a file lies in, empty where it is the working folder.
pub(crate) fn folder_of(file: &Path) -> PathBuf {
    file.parent().map(Path::to_owned).unwrap_or_default()
}

/// A path from the root on.
fn whole(path: &Path) -> PathBuf {
    match std::env::current_dir() {
        Ok(here) => plain(&here.join(path)),
        Err(_) => plain(path),
    }
}

/// A path without the way down and up again, where that leads to the same folder: `deep/../shop.toml` is `shop.toml`, unless
/// `deep` is a link.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut short = PathBuf::new();
    for part in path.components() {
        let is_folder = || fs::symlink_metadata(&short).is_ok_and(|known| known.is_dir());
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(short.components().next_back(), Some(Component::Normal(_))) && is_folder() =>
            {
                short.pop();
            }
            other => short.push(other),
        }
    }
    if short.as_os_str().is_empty() { PathBuf::from(".") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_is_left_out_of_a_path() {
        let rows = [
            ("shop.toml", "shop.toml"),
            ("./shop.toml", "shop.toml"),
            ("a//b/./c/", "a/b/c"),
            ("./", "."),
            (".", "."),
            ("../a/", "../a"),
            ("/a//b", "/a/b"),
            ("/", "/"),
            ("-", "-"),
        ];
        for (path, shown) in rows {
            assert_eq!(slashed(Path::new(path)), shown, "{path}");
        }
    }

    #[test]
    fn a_path_is_seen_from_any_folder() {
        // Tests run in the folder of the crate.
        let rows = [
            (".", "src/load", "src/load"),
            ("src", "src", "."),
            ("src", "src/load.rs", "load.rs"),
            ("src/load", "src/args.rs", "../args.rs"),
            ("..", "src", "weigh-cli/src"),
            ("src", "src/load/../gone/x.toml", "gone/x.toml"),
            ("src", "src/../src//load.rs", "load.rs"),
            ("src", "gone.toml", "../gone.toml"),
            ("/no/such", "/no/other/x.toml", "/no/other/x.toml"),
            ("src", "-", "-"),
        ];
        for (folder, path, shown) in rows {
            assert_eq!(seen_from(Path::new(folder), Path::new(path)), shown, "{path} from {folder}");
        }
        let here = std::env::current_dir().expect("a folder");
        assert_eq!(seen_from(Path::new("src"), &here.join("src/load")), "load");
        let holds_us = |folder: &Path| holds(folder, Path::new(""));
        assert!(holds_us(Path::new("..")) && holds_us(&here) && !holds_us(Path::new("src")));
    }
}
