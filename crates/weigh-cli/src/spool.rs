//! Output that is too long to hold: kept in a file until it is whole, and then shown or moved to its place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::output::Failure;
use crate::settings;

/// Output on its way.
pub(crate) struct Spool {
    file: Option<BufWriter<File>>,
    /// Where it is kept until it is whole.
    kept: PathBuf,
    /// Where it belongs; nothing for standard output.
    out: Option<PathBuf>,
}

impl Spool {
    /// Begins output to a file, or to standard output.
    ///
    /// # Errors
    /// No file can be made beside the one, or in the folder of the system for what does not stay.
    pub(crate) fn to(out: Option<&Path>) -> Result<Spool, Failure> {
        let number = std::process::id();
        let kept = match out {
            Some(out) => {
                let Some(name) = out.file_name() else {
                    return Err(Failure::with_help(
                        format!("--out: {} has no name", out.display()),
                        "a file",
                    ));
                };
                out.with_file_name(format!(".{}.{number}", name.to_string_lossy()))
            }
            None => std::env::temp_dir().join(format!("weigh.{number}")),
        };
        let file = OpenOptions::new().write(true).create_new(true).open(&kept).map_err(|error| {
            let place = out.map_or_else(|| kept.display().to_string(), |out| out.display().to_string());
            let flag = if out.is_some() { "--out: " } else { "" };
            Failure::text(format!("{flag}can't write {place}: {error}"))
        })?;
        Ok(Spool { file: Some(BufWriter::new(file)), kept, out: out.map(Path::to_owned) })
    }

    /// Adds text.
    ///
    /// # Errors
    /// The disk is full, or gone.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), Failure> {
        let written = self.file.as_mut().map_or(Ok(()), |file| file.write_all(text.as_bytes()));
        written.map_err(|error| self.cannot(&error))
    }

    /// Ends it: the file takes its place, or goes to standard output; a reader that went away is no error.
    ///
    /// # Errors
    /// As [`Spool::add`].
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        let written = file.flush().and_then(|()| {
            drop(file);
            match &self.out {
                Some(out) => fs::rename(&self.kept, out),
                None if settings::is_set("quiet") => Ok(()),
                None => match io::copy(&mut File::open(&self.kept)?, &mut io::stdout().lock()) {
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                    copied => copied.map(|_| ()),
                },
            }
        });
        written.map_err(|error| self.cannot(&error))
    }

    fn cannot(&self, error: &io::Error) -> Failure {
        match &self.out {
            Some(out) => Failure::text(format!("--out: can't write {}: {error}", out.display())),
            None => Failure::text(format!("the output can't be written: {error}")),
        }
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        // What was begun goes; where it has moved to its place, there is nothing to remove.
        let _ = fs::remove_file(&self.kept);
    }
}
