//! Where output goes: never onto a file that was read, through a link to where it leads, and straight into what is no file.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::output::Failure;

/// The files that this run has read, each by its path from the root on, without links.
static READ: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Links that are followed from one to the next; systems follow about as many.
const LINKS_MAX: usize = 40;

/// Keeps in mind that a file was read, so that nothing is written onto it.
pub(crate) fn was_read(path: &Path) {
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    READ.lock().unwrap_or_else(PoisonError::into_inner).insert(place);
}

/// Whether what was typed for an output is standard output.
pub(crate) fn is_standard_output(path: &Path) -> bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|known| path == Path::new(known))
}

/// Whether a path is one of what a shell has opened for the program: whatever that leads to, a shell's redirection holds.
fn is_open_already(path: &Path) -> bool {
    let folders = ["/dev/fd", "/proc/self/fd"];
    path == Path::new("/dev/stderr") || folders.iter().any(|folder| path.parent() == Some(Path::new(folder)))
}

/// A place for output.
#[derive(Debug)]
pub(crate) enum Place {
    /// A file, there or not yet: it gets its content whole, by a move onto it.
    File(PathBuf),
    /// A device or a pipe with a name, which no move may replace.
    Stream(PathBuf),
}

impl Place {
    /// The place that a path leads to.
    ///
    /// # Errors
    /// The path leads nowhere, as links in a circle do, or has no name at its end.
    pub(crate) fn of(flag: &str, path: &Path) -> Result<Place, Failure> {
        if path.file_name().is_none() {
            return Err(Failure::with_help(format!("{flag}: {} has no name", path.display()), "a file"));
        }
        match fs::metadata(path) {
            Ok(_) if is_open_already(path) || is_standard_output(path) => Ok(Place::Stream(path.to_owned())),
            Ok(about) if !about.is_file() && !about.is_dir() => Ok(Place::Stream(path.to_owned())),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(cannot(flag, path, &error)),
            _ => Ok(Place::File(target(path))),
        }
    }

    /// The path that is written, or moved to.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Place::File(path) | Place::Stream(path) => path,
        }
    }

    /// Refuses a file that this run has read, by whatever path.
    ///
    /// # Errors
    /// It is one.
    pub(crate) fn refuse_what_was_read(&self, flag: &str) -> Result<(), Failure> {
        let Ok(out) = fs::canonicalize(self.path()) else { return Ok(()) };
        let read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        match read.contains(&out) {
            false => Ok(()),
            true => Err(Failure::with_help(
                format!("{flag}: {} is a file that was read; it would be lost", self.path().display()),
                "another file",
            )),
        }
    }
}

/// The file beside another one in which it grows until it is whole.
pub(crate) fn beside(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.{}", std::process::id()))
}

/// Writes into a device or a pipe.
pub(crate) fn stream_into(path: &Path, content: &mut impl io::Read) -> io::Result<()> {
    let mut stream = OpenOptions::new().append(true).open(path)?;
    io::copy(content, &mut stream)?;
    stream.flush()
}

/// That a place can't be written.
pub(crate) fn cannot(flag: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::text(format!("{flag}: can't write {}: {error}", path.display()))
}

/// Where links lead, also when nothing is there yet.
fn target(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    for _ in 0..LINKS_MAX {
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
    }
    target
}
