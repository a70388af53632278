//! The command that accepts what a check found, as it can be typed where the check was.

use std::path::{Path, PathBuf};

use super::against::Against;
use crate::args::{CheckArgs, ReadingArgs};
use crate::load::{real, seen_from};
use crate::settings;

/// What accepts a change, in a sentence; nothing where no snapshot is compared.
pub(super) fn accept(args: &CheckArgs, against: &Against) -> String {
    let Some(stored) = &against.stored else { return String::new() };
    let mut words = vec!["weigh snapshot".to_owned()];
    words.extend(paths(against, &stored.header.paths).iter().map(|path| seen(path)));
    words.push(format!("--out {}", seen(stored.path())));
    words.extend(reading(&args.reading));
    format!("Where the changes are meant, `{}` accepts them.", words.join(" "))
}

/// What the snapshot has to be made of: what was read, and of what it was made of all that is there. What is set stands for
/// itself.
fn paths(against: &Against, made_of: &[String]) -> Vec<PathBuf> {
    if !against.is_part() && settings::is_stated("scenarios") {
        return Vec::new();
    }
    let there = |path: &PathBuf| path.as_os_str() == "-" || path.exists();
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

/// The flags that were typed and move figures.
fn reading(reading: &ReadingArgs) -> Vec<String> {
    let as_of = reading.as_of.map(|day| day.to_string());
    let single = [
        ("--region", reading.region.clone()),
        ("--as-of", as_of),
        ("--assume-missing-from", reading.assume_missing_from.clone()),
        ("--book", reading.book.book.clone()),
    ];
    let prices = reading.book.prices.iter().map(|path| ("--prices", Some(path.display().to_string())));
    let flags = single.into_iter().chain(prices).filter(|(flag, _)| settings::typed(flag));
    flags.filter_map(|(flag, value)| Some(format!("{flag} {}", quoted(&value?)))).collect()
}

/// A path as it is typed in the working folder.
fn seen(path: &Path) -> String {
    quoted(&seen_from(Path::new("."), path))
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
