//! One command on one scenario or on several: one report alone, or several in one answer.

use std::path::PathBuf;

use serde::Serialize;
use weigh_core::report::{Document, FileReport, SeveralReports, Sheet};

use crate::args::{Format, ScenariosArgs};
use crate::load::{Loaded, Shelf, scenario_files, shelf};
use crate::output::{Done, Failure, Steps};
use crate::parallel::in_order;
use crate::render;

/// How a kind of report is told.
pub(super) struct Kind<R> {
    /// What its JSON shape calls it.
    pub(super) name: &'static str,
    pub(super) document: fn(&R) -> Document,
    pub(super) sheet: fn(&R) -> Sheet,
}

/// Answers for every scenario that is named; `one` gives the report of one, and whether its gate failed. Of several, the gate
/// fails when that of any does. The book is opened once, and everything that is wrong is told together.
pub(super) fn run<R: Serialize + Send>(
    args: &ScenariosArgs,
    format: Format,
    kind: &Kind<R>,
    one: impl Fn(&Loaded) -> Result<(R, bool), Failure> + Sync,
) -> Result<Done, Failure> {
    let shelf = shelf(&args.reading.book)?;
    let files = scenario_files(&args.paths)?;
    of_files(args, &shelf, &files, format, kind, one)
}

/// The same of scenario files that were found, with a book that was opened.
pub(super) fn of_files<R: Serialize + Send>(
    args: &ScenariosArgs,
    shelf: &Shelf,
    files: &[PathBuf],
    format: Format,
    kind: &Kind<R>,
    one: impl Fn(&Loaded) -> Result<(R, bool), Failure> + Sync,
) -> Result<Done, Failure> {
    let alone = args.names_one_file();
    let steps = Steps::of(files.len());
    let answer = |file: &PathBuf| {
        let read = shelf.scenario(&args.reading.of(file))?;
        let path = read.file.path.clone();
        let answered = one(&shelf.with(read));
        steps.step();
        let (report, failed) =
            answered.map_err(|failure| if alone { failure } else { failure.about(&path) })?;
        Ok((FileReport { file: path, report }, failed))
    };
    let (mut reports, mut failures, mut gate_failed) = (Vec::new(), Vec::new(), false);
    in_order(files, answer, |answered| {
        match answered {
            Ok((report, failed)) => {
                reports.push(report);
                gate_failed |= failed;
            }
            Err(failure) => failures.push(failure),
        }
        Ok::<(), Failure>(())
    })?;
    drop(steps);
    if alone && let Some(failure) = failures.pop() {
        return Err(failure);
    }
    if !failures.is_empty() {
        return Err(Failure::Together(failures));
    }
    let text = match reports.as_slice() {
        [only] if alone => {
            let report = &only.report;
            render::report(format, report, || (kind.document)(report), || (kind.sheet)(report))
        }
        _ => {
            let several = SeveralReports::of(kind.name, reports);
            render::report(format, &several, || several.document(kind.document), || several.sheet(kind.sheet))
        }
    };
    Ok(Done { text, gate_failed })
}
