//! Goes through a snapshot and the scenario files side by side, so that memory does not grow with their number.

use std::collections::HashMap;
use std::path::PathBuf;

use weigh_core::report::CheckReport;
use weigh_core::snapshot::ScenarioSnapshot;

use super::against::Against;
use super::each::{Checked, Checker};
use crate::load::real;
use crate::output::{Counter, Failure};
use crate::parallel::in_order;

/// Scenarios of the snapshot that are read before they are computed anew.
const BATCH: usize = 128;

/// A scenario to check.
pub(super) struct Work {
    /// Its name in the snapshot.
    pub(super) name: String,
    /// Its file; nothing where it is gone.
    pub(super) path: Option<PathBuf>,
    /// What the snapshot says of it; nothing where it is new.
    pub(super) before: Option<Box<ScenarioSnapshot>>,
}

/// The scenarios of the snapshot, each with its file, and then the files that it has not.
struct Merge<'a> {
    against: &'a Against,
    checker: &'a Checker<'a>,
    report: &'a mut CheckReport,
    /// The files that no scenario of the snapshot was found for, by where they are.
    files: HashMap<PathBuf, PathBuf>,
    batch: Vec<Work>,
    failures: Vec<(String, Failure)>,
    counter: Counter,
}

/// Checks everything there is; the report has it in the order of its names.
pub(super) fn through(
    against: &Against,
    checker: &Checker<'_>,
    report: &mut CheckReport,
) -> Result<(), Failure> {
    let mut merge = Merge {
        against,
        checker,
        report,
        files: against.files.iter().map(|file| (real(file), file.clone())).collect(),
        batch: Vec::with_capacity(BATCH),
        failures: Vec::new(),
        counter: Counter::of("scenarios", against.files.len()),
    };
    if let Some(stored) = &against.stored {
        stored.scenarios(|scenario| merge.stored(scenario))?;
    }
    for path in std::mem::take(&mut merge.files).into_values() {
        merge.add(Work { name: against.name(&path), path: Some(path), before: None })?;
    }
    merge.check()?;
    merge.counter.end();
    let mut failures = merge.failures;
    failures.sort_by(|(one, _), (other, _)| one.cmp(other));
    if !failures.is_empty() {
        return Err(Failure::Together(failures.into_iter().map(|(_, failure)| failure).collect()));
    }
    report.scenarios.sort_by(|one, other| one.file.cmp(&other.file));
    report.findings.sort_by(|one, other| one.scenario.cmp(&other.scenario));
    Ok(())
}

impl Merge<'_> {
    /// A scenario of the snapshot; where none of the files is its file, it is gone.
    fn stored(&mut self, scenario: ScenarioSnapshot) -> Result<(), Failure> {
        let path = self.files.remove(&real(&self.against.file(&scenario.file)));
        if path.is_none() && !self.against.is_asked(&scenario.file) {
            return Ok(());
        }
        self.add(Work { name: scenario.file.clone(), path, before: Some(Box::new(scenario)) })
    }

    fn add(&mut self, work: Work) -> Result<(), Failure> {
        self.batch.push(work);
        if self.batch.len() >= BATCH { self.check() } else { Ok(()) }
    }

    /// Checks what was read.
    fn check(&mut self) -> Result<(), Failure> {
        let batch = std::mem::take(&mut self.batch);
        let checker = self.checker;
        let work = |work: &Work| checker.check(work);
        let mut names = batch.iter().map(|work| work.name.clone());
        in_order(&batch, work, |checked| {
            let name = names.next().unwrap_or_default();
            match checked {
                Ok(Checked { scenario: Some(scenario), findings }) => self.report.add(scenario, findings),
                Ok(Checked { scenario: None, findings }) => {
                    findings.into_iter().for_each(|finding| self.report.find(finding));
                }
                Err(failure) => self.failures.push((name, failure)),
            }
            self.counter.step();
            Ok::<(), Failure>(())
        })
    }
}
