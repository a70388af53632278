//! Output that is too long to hold: kept in a file until it is whole, and then shown or moved to its place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::output::Failure;
use crate::place::{self, Place};
use crate::settings;

/// Output on its way.
pub(crate) struct Spool {
    file: Option<BufWriter<File>>,
    /// Where it is kept until it is whole.
    kept: PathBuf,
    /// Where it belongs, and as it was named; nothing for standard output.
    out: Option<(Place, PathBuf)>,
}

impl Spool {
    /// Begins output to a file, or to standard output.
    ///
    /// # Errors
    /// The path is no place for output; no file can be made beside the one, or in the folder of the system for what does not stay.
    pub(crate) fn to(out: Option<&Path>) -> Result<Spool, Failure> {
        let out = out.map(|out| Ok((Place::of("--out", out)?, out.to_owned()))).transpose()?;
        let kept = match &out {
            Some((Place::File(file), _)) => place::beside(file),
            _ => std::env::temp_dir().join(format!("weigh.{}", std::process::id())),
        };
        let file =
            OpenOptions::new().write(true).create_new(true).open(&kept).map_err(|error| match &out {
                Some((Place::File(_), named)) => place::cannot("--out", named, &error),
                _ => Failure::text(format!("can't write {}: {error}", kept.display())),
            })?;
        Ok(Spool { file: Some(BufWriter::new(file)), kept, out })
    }

    /// Adds text.
    ///
    /// # Errors
    /// The disk is full, or gone.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), Failure> {
        let written = self.file.as_mut().map_or(Ok(()), |file| file.write_all(text.as_bytes()));
        written.map_err(|error| self.cannot(&error))
    }

    /// Ends it: the file takes its place, or goes to standard output; a reader that went away is no error there.
    ///
    /// # Errors
    /// As [`Spool::add`]; and a place that is a file which was read.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        self.out.iter().try_for_each(|(place, _)| place.refuse_what_was_read("--out"))?;
        let written = file.flush().and_then(|()| {
            drop(file);
            match &self.out {
                Some((Place::File(file), _)) => fs::rename(&self.kept, file),
                Some((Place::Stream(stream), _)) => place::stream_into(stream, &mut File::open(&self.kept)?),
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
            Some((_, named)) => place::cannot("--out", named, error),
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
