//! Reads the traces that a scenario names, piece by piece.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use weigh_core::traffic::{Trace, TraceReader, Zone};

use crate::output::{self, Failure, Progress};
use crate::place;

/// Bytes that are read at once.
const PIECE: usize = 1 << 16;

/// The traces beside a scenario, and what is wrong in the lines of one.
pub(super) struct Traces {
    folders: Vec<PathBuf>,
    /// The places of those that are not beside a file, by the names that they go by.
    known: BTreeMap<String, PathBuf>,
    pub(super) broken: Option<Failure>,
    /// Those that were read: the name and the place of each.
    pub(super) read: Vec<(String, PathBuf)>,
}

impl Traces {
    /// Traces by their paths from the folder on of the file that names them.
    pub(super) fn beside(folders: Vec<PathBuf>) -> Traces {
        Traces { folders, known: BTreeMap::new(), broken: None, read: Vec::new() }
    }

    /// Traces whose places are known by their names.
    pub(super) fn known(known: &BTreeMap<String, PathBuf>) -> Traces {
        Traces { folders: Vec::new(), known: known.clone(), broken: None, read: Vec::new() }
    }

    /// Reads a trace that a layer names; of one that is wrong its own lines are kept as `broken`.
    pub(super) fn read(&mut self, layer: usize, name: &str, zone: &Zone) -> Result<Trace, String> {
        let beside =
            || self.folders.get(layer).map_or_else(|| PathBuf::from(name), |folder| folder.join(name));
        let path = self.known.get(name).cloned().unwrap_or_else(beside);
        let shown = path.display().to_string();
        let unreadable = |error| format!("can't read {shown}: {error}");
        let mut file = File::open(&path).map_err(unreadable)?;
        output::tell(|| format!("read: {shown}"));
        place::was_read(&path);
        let mut progress = Progress::of(&path);
        let mut reader = TraceReader::new(name, zone.clone());
        let (mut piece, mut bytes) = (vec![0; PIECE], 0);
        loop {
            let count = file.read(&mut piece).map_err(unreadable)?;
            if count == 0 {
                break;
            }
            reader.feed(&piece[..count]);
            bytes += count as u64;
            progress.tell(bytes);
        }
        progress.end();
        self.read.push((name.to_owned(), path));
        reader.finish().map_err(|problems| {
            let first = problems.first.first().map(|first| first.message.clone()).unwrap_or_default();
            let more =
                if problems.count > 1 { format!(", and {} more", problems.count - 1) } else { String::new() };
            self.broken = Some(Failure::InTrace { path: shown, problems });
            format!("{first}{more}")
        })
    }
}
