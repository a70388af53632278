//! `weigh diff`: what became of scenarios between two snapshots, files, folders, days or price books, and why.

mod sides;
mod stream;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use weigh_core::difference::{Evaluate, Path as Way, ScenarioDifference, Side as End};
use weigh_core::report::DifferencesReport;
use weigh_core::snapshot::{MODEL_VERSION, ScenarioSnapshot};

use super::{snapshot, unknown_option};
use crate::args::{BookArgs, DiffArgs};
use crate::load::{Shelf, shelf};
use crate::output::{Done, Failure};
use crate::render;
use sides::{Side, sides};
use stream::{Item, Pair, pairs};

/// Compares; with `--fail-on-change` the gate fails when a figure or a decision differs.
pub(crate) fn run(args: &DiffArgs) -> Result<Done, Failure> {
    let [before, after] = sides(args)?;
    let between = Between::of(&before, &after, args)?;
    let option = args.option.as_deref();
    let mut differences = DifferencesReport::new(before.told(), after.told(), option, args.all);
    let mut options = BTreeSet::new();
    let mut name = |scenario: &ScenarioSnapshot| {
        options.extend(scenario.options.iter().map(|option| option.option.clone()));
    };
    pairs(&before, &after, |pair| match pair {
        Pair::Both(old, new) => {
            name(&old.scenario);
            name(&new.scenario);
            differences.pair(&ScenarioDifference::along(&between.way(&old, &new)));
        }
        Pair::Old(old) => differences.removed(&old.scenario),
        Pair::New(new) => {
            name(&new.scenario);
            differences.added(&new.scenario);
        }
    })?;
    if let Some(option) = option.filter(|option| !options.contains(*option)) {
        let known: Vec<&str> = options.iter().map(String::as_str).collect();
        return Err(unknown_option(option, &known));
    }
    let report = differences.finish();
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: args.fail_on_change && report.differs() })
}

/// What computes the states between two sides, if anything does.
struct Between {
    shelf: Option<Arc<Shelf>>,
    book: BookArgs,
    /// Whether it computes as the old side did, and not as the new one.
    goes_back: bool,
    /// The model and the book of the sides.
    sides: [(u32, String); 2],
}

impl Between {
    /// The program and the price book at hand, where one of the sides was computed with them.
    fn of(before: &Side, after: &Side, args: &DiffArgs) -> Result<Between, Failure> {
        let sides = [before, after].map(|side| (side.model_version(), side.book_hash()));
        let mut between =
            Between { shelf: after.shelf(), book: args.reading.book.clone(), goes_back: false, sides };
        if between.shelf.is_none() {
            let at_hand = before.shelf().map_or_else(|| shelf(&args.reading.book).map(Arc::new), Ok)?;
            let made = |(model_version, hash): &(u32, String)| {
                *model_version == MODEL_VERSION && *hash == at_hand.book_hash()
            };
            between.goes_back = !made(&between.sides[1]);
            between.shelf = between.sides.iter().any(made).then_some(at_hand);
        }
        Ok(between)
    }

    /// The way from a scenario of the old side to that of the new one.
    fn way(&self, old: &Item, new: &Item) -> Way {
        let [old_end, new_end] = [(old, 0), (new, 1)].map(|(item, place): (&Item, usize)| {
            let (model_version, book_hash) = &self.sides[place];
            End { scenario: &item.scenario, model_version: *model_version, book_hash }
        });
        let Some(shelf) = &self.shelf else { return Way::between(&old_end, &new_end, None) };
        let (from, to) = if self.goes_back { (new, old) } else { (old, new) };
        let traces = traces(from, to);
        let mut evaluate = |inputs: &[String]| {
            let name = &to.scenario.file;
            let read = shelf.canonical(name, inputs, &traces, &self.book).map_err(|why| words(&why))?;
            let (state, _) = snapshot::computed(shelf, &read, name).map_err(|why| words(&why))?;
            Ok(state)
        };
        let evaluate: Option<Evaluate<'_>> = Some(&mut evaluate);
        match self.goes_back {
            true => Way::between(&new_end, &old_end, evaluate).reversed(),
            false => Way::between(&old_end, &new_end, evaluate),
        }
    }
}

/// Where the traces of two scenarios lie: those of a snapshot beside the scenario's file, those that were read where they are.
fn traces(from: &Item, to: &Item) -> BTreeMap<String, PathBuf> {
    let mut places = BTreeMap::new();
    for item in [from, to] {
        let folder = Path::new(&item.scenario.file).parent().unwrap_or_else(|| Path::new(""));
        let beside = item.scenario.traces.iter().map(|trace| (trace.file.clone(), folder.join(&trace.file)));
        places.extend(beside);
    }
    places.extend(from.traces.clone());
    places.extend(to.traces.clone());
    places
}

/// A failure in a sentence without its places.
pub(super) fn words(failure: &Failure) -> String {
    let text = render::failure(failure);
    let plain = anstream::adapter::strip_str(&text).to_string();
    let first = plain.lines().next().unwrap_or_default();
    first.trim_start_matches("error: ").trim_end_matches('.').to_owned()
}
