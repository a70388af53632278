//! `weigh snapshot`: what scenarios come to, in one file that can be kept and compared.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use weigh_core::compare::{Comparison, compare};
use weigh_core::report::SCHEMA_VERSION;
use weigh_core::snapshot::{
    MODEL_VERSION, ScenarioSnapshot, SnapshotHeader, Taken, TraceSnapshot, closing, entry, opening,
};

use crate::args::SnapshotArgs;
use crate::load::{ScenarioFile, Shelf, cannot_read, naming_folder, scenario_files, seen_from, shelf};
use crate::output::{Done, Failure, Steps};
use crate::parallel::in_order;
use crate::place::is_standard_output;
use crate::spool::Spool;

/// Takes the snapshot; no gate can fail.
pub(crate) fn run(args: &SnapshotArgs) -> Result<Done, Failure> {
    let shelf = shelf(&args.scenarios.reading.book)?;
    let paths = &args.scenarios.paths;
    // `-` is standard output, as it is standard input among the scenarios.
    let out = args.out.as_deref().filter(|out| !is_standard_output(out));
    let folder = naming_folder(out);
    let files = by_name(scenario_files(paths)?, |path| seen_from(&folder, path));
    let mut spool = Spool::to(out)?;
    let named = paths.iter().map(|path| seen_from(&folder, path)).collect();
    spool.add(&opening(&header(&shelf, named)))?;
    let mut failures = Vec::new();
    let steps = Steps::of(files.len());
    let (mut first, mut options) = (true, 0);
    let take = |(name, path): &(String, PathBuf)| {
        let read = shelf.scenario(&args.scenarios.reading.of(path))?;
        let (snapshot, _) = computed(&shelf, &read, name)?;
        steps.step();
        Ok((snapshot.options.len(), entry(&snapshot)))
    };
    in_order(&files, take, |taken| {
        match taken {
            Ok((count, text)) if failures.is_empty() => {
                spool.add(if first { "\n" } else { ",\n" })?;
                (first, options) = (false, options + count);
                spool.add(&text)?;
            }
            Ok(_) => {}
            Err(failure) => failures.push(failure),
        }
        Ok::<(), Failure>(())
    })?;
    drop(steps);
    if !failures.is_empty() {
        return Err(Failure::Together(failures));
    }
    spool.add(closing())?;
    spool.finish()?;
    let scenarios = if files.len() == 1 { "scenario" } else { "scenarios" };
    let text = out.map(|out| format!("{}: {} {scenarios}, {options} options\n", out.display(), files.len()));
    Ok(Done { text: text.unwrap_or_default(), gate_failed: false })
}

/// What stands at the top of a snapshot made of these paths.
fn header(shelf: &Shelf, paths: Vec<String>) -> SnapshotHeader {
    SnapshotHeader {
        schema_version: SCHEMA_VERSION,
        kind: "snapshot".to_owned(),
        model_version: MODEL_VERSION,
        book_hash: shelf.book_hash(),
        paths,
    }
}

/// Scenario files with their names, sorted by those.
pub(super) fn by_name(files: Vec<PathBuf>, name: impl Fn(&Path) -> String) -> Vec<(String, PathBuf)> {
    let mut files: Vec<(String, PathBuf)> = files.into_iter().map(|path| (name(&path), path)).collect();
    files.sort();
    files
}

/// What a scenario comes to, as a snapshot and whole.
pub(super) fn computed(
    shelf: &Shelf,
    read: &ScenarioFile,
    name: &str,
) -> Result<(ScenarioSnapshot, Comparison), Failure> {
    let failed = |why: String| Failure::text(format!("{}: {why}", read.file.path));
    let comparison = compare(&read.scenario, &shelf.catalog, &read.prices).map_err(failed)?;
    let snapshot = ScenarioSnapshot::of(Taken {
        file: name,
        inputs: read.inputs.clone(),
        traces: traces(read)?,
        scenario: &read.scenario,
        comparison: &comparison,
    });
    Ok((snapshot, comparison))
}

/// The traces of a scenario with their hashes, each once.
fn traces(read: &ScenarioFile) -> Result<Vec<TraceSnapshot>, Failure> {
    let places: BTreeMap<&str, &Path> =
        read.traces.iter().map(|(name, path)| (name.as_str(), path.as_path())).collect();
    places
        .into_iter()
        .map(|(name, path)| Ok(TraceSnapshot { file: name.to_owned(), hash: hash(path)? }))
        .collect()
}

/// The SHA-256 of a file, of which a piece at a time is in memory.
fn hash(path: &Path) -> Result<String, Failure> {
    let mut file = File::open(path).map_err(|error| cannot_read(path, &error))?;
    let (mut hash, mut piece) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece).map_err(|error| cannot_read(path, &error))? {
            0 => return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            count => hash.update(&piece[..count]),
        }
    }
}
