//! Goes through a snapshot and the scenario files side by side, so that memory does not grow with their number.

use std::iter::Peekable;
use std::path::PathBuf;
use std::vec::IntoIter;

use weigh_core::report::CheckReport;
use weigh_core::snapshot::ScenarioSnapshot;

use super::against::Against;
use super::each::{Checked, Checker};
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

/// The scenarios of both sides, in the order of their names.
struct Merge<'a> {
    against: &'a Against,
    checker: &'a Checker<'a>,
    report: &'a mut CheckReport,
    files: Peekable<IntoIter<(String, PathBuf)>>,
    batch: Vec<Work>,
    failures: Vec<Failure>,
    counter: Counter,
}

/// Checks everything there is.
pub(super) fn through(
    against: &Against,
    checker: &Checker<'_>,
    report: &mut CheckReport,
) -> Result<(), Failure> {
    let mut merge = Merge {
        against,
        checker,
        report,
        files: against.files.clone().into_iter().peekable(),
        batch: Vec::with_capacity(BATCH),
        failures: Vec::new(),
        counter: Counter::of("scenarios", against.files.len()),
    };
    if let Some(stored) = &against.stored {
        stored.scenarios(|scenario| merge.stored(scenario))?;
    }
    while let Some((name, path)) = merge.files.next() {
        merge.add(Work { name, path: Some(path), before: None })?;
    }
    merge.check()?;
    merge.counter.end();
    match merge.failures.is_empty() {
        true => Ok(()),
        false => Err(Failure::Together(merge.failures)),
    }
}

impl Merge<'_> {
    /// A scenario of the snapshot: the files before it are new, and where none has its name, it is gone.
    fn stored(&mut self, scenario: ScenarioSnapshot) -> Result<(), Failure> {
        while let Some((name, path)) = self.files.next_if(|(name, _)| *name < scenario.file) {
            self.add(Work { name, path: Some(path), before: None })?;
        }
        let found = self.files.next_if(|(name, _)| *name == scenario.file);
        if found.is_none() && !self.against.is_asked(&scenario.file) {
            return Ok(());
        }
        let (name, path) = (scenario.file.clone(), found.map(|(_, path)| path));
        self.add(Work { name, path, before: Some(Box::new(scenario)) })
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
        in_order(&batch, work, |checked| {
            match checked {
                Ok(Checked { scenario: Some(scenario), findings }) => self.report.add(scenario, findings),
                Ok(Checked { scenario: None, findings }) => {
                    findings.into_iter().for_each(|finding| self.report.find(finding));
                }
                Err(failure) => self.failures.push(failure),
            }
            self.counter.step();
            Ok::<(), Failure>(())
        })
    }
}
