//! One scenario: computed anew, compared with what the snapshot says of it, and held against its policies.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use weigh_core::check::drifts;
use weigh_core::compare::{Comparison, compare_ends};
use weigh_core::coverage::{RegionCoverage, Use, region_coverage, uses};
use weigh_core::difference::{Path, Side};
use weigh_core::policy::{Before, PolicySubject, Tolerances, judge, need_coverage};
use weigh_core::report::{CheckedScenarioReport, FindingReport, FindingSeverity};
use weigh_core::scenario::Policy;
use weigh_core::snapshot::{MODEL_VERSION, ScenarioSnapshot};
use weigh_core::time::Date;

use super::accept::accept;
use super::against::Against;
use super::stream::Work;
use crate::args::CheckArgs;
use crate::commands::diff::words;
use crate::commands::policies;
use crate::commands::snapshot::computed;
use crate::load::{ScenarioFile, Shelf, slashed};
use crate::output::Failure;

/// What was found in a scenario.
pub(super) struct Checked {
    /// The scenario; nothing where it is gone.
    pub(super) scenario: Option<CheckedScenarioReport>,
    pub(super) findings: Vec<FindingReport>,
}

/// All that a scenario is checked with.
pub(super) struct Checker<'a> {
    args: &'a CheckArgs,
    shelf: &'a Shelf,
    against: &'a Against,
    policies: Vec<Policy>,
    tolerances: Tolerances,
    today: Date,
    book_hash: String,
    /// What accepts a drift.
    accept: String,
    /// What the platforms need of a book, once somebody asks.
    uses: OnceLock<Result<Vec<Use>, String>>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(
        args: &'a CheckArgs,
        shelf: &'a Shelf,
        against: &'a Against,
        policies: Vec<Policy>,
        tolerances: Tolerances,
        today: Date,
    ) -> Checker<'a> {
        let (accept, book_hash) = (accept(args, against), shelf.book_hash());
        let uses = OnceLock::new();
        Checker { args, shelf, against, policies, tolerances, today, book_hash, accept, uses }
    }

    /// Checks a scenario.
    pub(super) fn check(&self, work: &Work) -> Result<Checked, Failure> {
        let Some(path) = &work.path else {
            return Ok(Checked {
                scenario: None,
                findings: work.before.iter().map(|gone| self.gone(gone)).collect(),
            });
        };
        let read = self.shelf.scenario(&self.args.reading.of(path))?;
        let (now, comparison) = computed(self.shelf, &read, &work.name)?;
        let compared = self.against.stored.is_some();
        let names = policies::names(&work.name, path);
        let (mut findings, notes) = match &work.before {
            Some(before) => self.drifts(&read, before, &now, &names),
            None if compared => (vec![self.came(&now)], Vec::new()),
            None => (Vec::new(), Vec::new()),
        };
        findings.extend(self.policies(&read, work, &comparison, &names)?);
        let shown = slashed(path);
        for finding in &mut findings {
            finding.name.clone_from(&now.name);
            if finding.file == work.name {
                finding.file.clone_from(&shown);
            }
        }
        let options = now.options.iter().map(|option| option.option.clone()).collect();
        let (file, name) = (now.file, now.name);
        Ok(Checked {
            scenario: Some(CheckedScenarioReport { file, name, options, compared, notes }),
            findings,
        })
    }

    /// What is not as the snapshot says, and what of it could not be told apart.
    fn drifts(
        &self,
        read: &ScenarioFile,
        before: &ScenarioSnapshot,
        now: &ScenarioSnapshot,
        names: &[String],
    ) -> (Vec<FindingReport>, Vec<String>) {
        // The hash is that of inputs and traces.
        let same = before.options == now.options
            && before.decision == now.decision
            && before.scenario_hash == now.scenario_hash;
        let Some(stored) = self.against.stored.as_ref().filter(|_| !same) else {
            return (Vec::new(), Vec::new());
        };
        let header = &stored.header;
        let first =
            Side { scenario: before, model_version: header.model_version, book_hash: &header.book_hash };
        let last = Side { scenario: now, model_version: MODEL_VERSION, book_hash: &self.book_hash };
        let traces: BTreeMap<_, _> = read.traces.iter().cloned().collect();
        let mut evaluate = |inputs: &[String]| {
            let state = self.shelf.canonical(&now.file, inputs, &traces, &self.args.reading.book);
            let state = state.and_then(|state| computed(self.shelf, &state, &now.file));
            state.map(|(state, _)| state).map_err(|failure| words(&failure))
        };
        let path = Path::between(&first, &last, Some(&mut evaluate));
        let own = Tolerances::of(&read.scenario.tolerances);
        let allows = |price: Option<&str>, was, is| {
            let allow = |each: &&Tolerances| names.iter().any(|name| each.allow(name, price, was, is));
            [&self.tolerances, &own].iter().any(allow)
        };
        let found = drifts(&path, &allows);
        let finding = |drift| FindingReport {
            remedy: Some(self.accept.clone()),
            ..FindingReport::of_drift(drift, &now.file, &now.name)
        };
        let moved = found.iter().any(|drift| !drift.causes.is_empty());
        let notes = if moved { path.notes().to_vec() } else { Vec::new() };
        (found.iter().map(finding).collect(), notes)
    }

    /// A scenario that is not in the snapshot.
    fn came(&self, now: &ScenarioSnapshot) -> FindingReport {
        let message = "the scenario is not in the snapshot";
        let found =
            FindingReport::drift("scenario/added", FindingSeverity::Fail, &now.file, &now.name, message);
        FindingReport { remedy: Some(self.accept.clone()), ..found }
    }

    /// A scenario of the snapshot that was not read: its file is gone, or is not among those that are checked.
    fn gone(&self, before: &ScenarioSnapshot) -> FindingReport {
        let message = match self.against.file(&before.file).exists() {
            true => "the scenario of the snapshot is not among those that were read",
            false => "the scenario of the snapshot is gone",
        };
        let (file, name) = (&before.file, &before.name);
        let found = FindingReport::drift("scenario/removed", FindingSeverity::Fail, file, name, message);
        let snapshot = self.against.stored.as_ref().map(|stored| slashed(stored.path()));
        FindingReport { file: snapshot.unwrap_or_default(), remedy: Some(self.accept.clone()), ..found }
    }

    /// What became of the policies of the scenario, then of those of `weigh.toml`.
    fn policies(
        &self,
        read: &ScenarioFile,
        work: &Work,
        comparison: &Comparison,
        names: &[String],
    ) -> Result<Vec<FindingReport>, Failure> {
        let all = read.scenario.policies.iter().chain(&self.policies);
        let about = |policy| Some((policy, policies::by_which(policy, names)?));
        let policies: Vec<(&Policy, &str)> = all.filter_map(about).collect();
        if policies.is_empty() {
            return Ok(Vec::new());
        }
        let needed = need_coverage(policies.iter().map(|(policy, _)| *policy));
        let coverage = needed.then(|| self.coverage(read, comparison.as_of)).transpose()?;
        let ends = read.ranged.as_ref().map(|ranged| compare_ends(ranged, &self.shelf.catalog, &read.prices));
        let ends = ends.transpose().map_err(Failure::text)?;
        let subject = PolicySubject {
            file: &work.name,
            scenario: &read.scenario,
            comparison,
            ends: ends.as_ref(),
            coverage: coverage.as_ref(),
            before: match &self.against.stored {
                Some(_) => Before::from(work.before.as_deref()),
                None => Before::NotAsked,
            },
            today: Some(self.today),
        };
        let judged = policies
            .into_iter()
            .flat_map(|(policy, file)| judge([policy], &PolicySubject { file, ..subject }));
        let found = judged
            .map(|result| FindingReport { scenario: work.name.clone(), ..FindingReport::of_policy(&result) });
        Ok(found.collect())
    }

    /// What the scenario's region has of what the platforms need; what it borrows it has not.
    fn coverage(&self, read: &ScenarioFile, as_of: Date) -> Result<RegionCoverage, Failure> {
        let book = self.shelf.book();
        let uses = self.uses.get_or_init(|| uses(&self.shelf.catalog, book));
        let uses = uses.as_ref().map_err(|why| Failure::text(why.clone()))?;
        let own = book.open(read.prices.region(), None).map_err(Failure::InData)?;
        Ok(region_coverage(uses, book, &own, as_of))
    }
}
