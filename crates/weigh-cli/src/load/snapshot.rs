//! Reads a snapshot file scenario by scenario, so that memory does not grow with their number.

use std::fmt;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use weigh_core::problem::Problem;
use weigh_core::report::SCHEMA_VERSION;
use weigh_core::snapshot::{Edited, ScenarioSnapshot, SnapshotHeader, sound};

use super::as_text;
use crate::output::Failure;
use crate::place;

/// UTF-8's byte order mark.
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// What helps where a snapshot can't be used.
const ANEW: &str = "`weigh snapshot` writes one";

/// What helps where a snapshot was edited.
const EDITED: &str = "the file as `weigh snapshot` writes it; this one was edited";

/// A snapshot file whose head was read.
pub(crate) struct Stored {
    path: PathBuf,
    pub(crate) header: SnapshotHeader,
}

/// What tells a snapshot from other files, whatever its version.
#[derive(Deserialize)]
struct Probe {
    kind: Option<String>,
    schema_version: Option<u32>,
}

impl Stored {
    /// Whether a file is meant to be a snapshot: it is JSON.
    pub(crate) fn is_one(path: &Path) -> bool {
        let start = open(path).and_then(|mut file| {
            let start =
                file.fill_buf().map(|start| start.iter().find(|byte| !byte.is_ascii_whitespace()).copied());
            start.map_err(|error| unreadable(path, &error))
        });
        // A table of TOML may stand at the start of a scenario: `[scenario]`.
        matches!(start, Ok(Some(b'{'))) || path.extension().is_some_and(|extension| extension == "json")
    }

    /// Opens a snapshot and reads its head.
    ///
    /// # Errors
    /// A file that can't be read, is no snapshot, or one of another version.
    pub(crate) fn open(path: &Path) -> Result<Stored, Failure> {
        let shown = path.display();
        place::was_read(path);
        let probe: Probe = parse(path)?;
        if probe.kind.as_deref() != Some("snapshot") {
            return Err(Failure::with_help(format!("{shown} is no snapshot"), ANEW));
        }
        if probe.schema_version != Some(SCHEMA_VERSION) {
            let version = probe.schema_version.map_or("no version".to_owned(), |version| version.to_string());
            let message =
                format!("{shown} has the schema version {version}; this program reads {SCHEMA_VERSION}");
            return Err(Failure::with_help(message, ANEW));
        }
        Ok(Stored { path: path.to_owned(), header: parse(path)? })
    }

    /// The path of the file, as it was named.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the scenarios one by one, in the order of their files.
    ///
    /// # Errors
    /// What is wrong in the file, scenarios out of order and figures that were edited among it; and what `each` refuses.
    pub(crate) fn scenarios(
        &self,
        mut each: impl FnMut(ScenarioSnapshot) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut last: Option<String> = None;
        let mut refused = None;
        let mut take = |scenario: ScenarioSnapshot| {
            if let Some(before) = last.as_ref().filter(|last| **last >= scenario.file) {
                let message =
                    format!("`{}` stands behind `{before}`: scenarios are sorted by `file`", scenario.file);
                return Err(message);
            }
            last = Some(scenario.file.clone());
            let checked = sound(&scenario).map_err(|why| edited(&self.path, &why));
            checked.and_then(|()| each(scenario)).map_err(|failure| {
                refused = Some(failure);
                "refused".to_owned()
            })
        };
        let mut json = serde_json::Deserializer::from_reader(open(&self.path)?);
        let read = Scenarios { take: &mut take }.deserialize(&mut json);
        match (read, refused) {
            (_, Some(failure)) => Err(failure),
            (Err(error), None) => Err(wrong(&self.path, &error)),
            (Ok(()), None) => Ok(()),
        }
    }
}

/// A file behind the byte order mark that some editors begin it with.
fn open(path: &Path) -> Result<BufReader<File>, Failure> {
    let mut file = BufReader::new(File::open(path).map_err(|error| unreadable(path, &error))?);
    let start = file.fill_buf().map_err(|error| unreadable(path, &error))?;
    let mark = if start.starts_with(&BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    file.consume(mark);
    Ok(file)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::text(format!("can't read {}: {error}", path.display()))
}

/// A part of a snapshot; what else is in the file is passed over without being kept.
fn parse<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, Failure> {
    serde_json::from_reader(open(path)?).map_err(|error| wrong(path, &error))
}

/// The path of a snapshot as it is shown, and its text.
fn text(path: &Path) -> Option<(String, String)> {
    let bytes = fs::read(path).ok()?;
    as_text(path.display().to_string(), bytes, "a snapshot is JSON").ok()
}

/// What was edited in a snapshot, at its place where the text is laid out as it was written.
fn edited(path: &Path, why: &Edited) -> Failure {
    let found = text(path).and_then(|(shown, text)| {
        let mut at = 0..0;
        for piece in &why.place {
            let start = at.end + text.get(at.end..)?.find(piece)?;
            at = start..start + piece.len();
        }
        Some((shown, text, at))
    });
    match found {
        Some((path, text, at)) => {
            let problems = vec![Problem::at(at, why.message.clone()).allowing(EDITED)];
            Failure::InFile { path, text, problems }
        }
        None => Failure::with_help(format!("{}: {}", path.display(), why.message), EDITED),
    }
}

/// What is wrong in a snapshot, at its place.
fn wrong(path: &Path, error: &serde_json::Error) -> Failure {
    let shown = path.display().to_string();
    let said = error.to_string();
    let message = said.split(" at line ").next().unwrap_or(&said);
    let message = format!("this is no snapshot: {message}");
    match text(path) {
        Some((path, text)) if error.line() > 0 => {
            let start: usize = text.split_inclusive('\n').take(error.line() - 1).map(str::len).sum();
            let line = text[start..].lines().next().unwrap_or_default();
            let place =
                line.char_indices().nth(error.column().saturating_sub(1)).map_or(line.len(), |(at, _)| at);
            let at = start + place;
            let problems = vec![Problem::at(at..(at + 1).min(text.len()).max(at), message).allowing(ANEW)];
            Failure::InFile { path, text, problems }
        }
        _ => Failure::with_help(format!("{shown}: {message}"), ANEW),
    }
}

/// Takes scenarios out of a snapshot while it is read.
struct Scenarios<'t, Take> {
    take: &'t mut Take,
}

impl<'de, Take: FnMut(ScenarioSnapshot) -> Result<(), String>> DeserializeSeed<'de> for Scenarios<'_, Take> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, Take: FnMut(ScenarioSnapshot) -> Result<(), String>> Visitor<'de> for Scenarios<'_, Take> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a snapshot")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "scenarios" {
                map.next_value_seed(List { take: &mut *self.take })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The list of scenarios.
struct List<'t, Take> {
    take: &'t mut Take,
}

impl<'de, Take: FnMut(ScenarioSnapshot) -> Result<(), String>> DeserializeSeed<'de> for List<'_, Take> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, Take: FnMut(ScenarioSnapshot) -> Result<(), String>> Visitor<'de> for List<'_, Take> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of scenarios")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(scenario) = list.next_element::<ScenarioSnapshot>()? {
            (self.take)(scenario).map_err(serde::de::Error::custom)?;
        }
        Ok(())
    }
}
