//! The scenarios of two sides, paired one by one: neither side is held in memory.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use weigh_core::data::nearest;
use weigh_core::snapshot::ScenarioSnapshot;

use super::sides::{Results, Side};
use crate::commands::snapshot::computed;
use crate::output::Failure;
use crate::parallel::in_order;

/// Scenarios of a side that may wait for their turn.
const WAITING: usize = 64;

/// A scenario of a side.
pub(super) struct Item {
    pub(super) scenario: ScenarioSnapshot,
    /// Where its traces lie, by their names; empty for one of a snapshot.
    pub(super) traces: BTreeMap<String, PathBuf>,
}

/// A scenario of both sides, or of one.
pub(super) enum Pair {
    Both(Box<Item>, Box<Item>),
    Old(Box<Item>),
    New(Box<Item>),
}

/// How the scenarios of two sides find each other.
enum Matching {
    /// By the path of their files.
    ByPath,
    /// By the path from the folder on that each side is about.
    BelowRoots,
    /// One scenario of each side, of which one is named.
    One(Option<String>),
}

impl Matching {
    fn of(before: &Side, after: &Side) -> Matching {
        match (&before.file, &after.file) {
            (Some(_), Some(_)) => Matching::One(None),
            (Some(file), None) | (None, Some(file)) => Matching::One(Some(file.clone())),
            (None, None) if before.root.is_some() && after.root.is_some() => Matching::BelowRoots,
            (None, None) => Matching::ByPath,
        }
    }

    /// What a scenario of a side is matched by.
    fn key<'f>(&self, side: &Side, file: &'f str) -> &'f str {
        match (self, &side.root) {
            (Matching::BelowRoots, Some(root)) => file
                .strip_prefix(root.trim_end_matches('/'))
                .and_then(|rest| rest.strip_prefix('/'))
                .unwrap_or(file),
            _ => file,
        }
    }
}

/// Gives the scenarios of two sides in pairs, in the order of their files. What is wrong in several is told together.
pub(super) fn pairs(before: &Side, after: &Side, mut each: impl FnMut(Pair)) -> Result<(), Failure> {
    let matching = Matching::of(before, after);
    thread::scope(|scope| {
        let (old_sender, old) = sync_channel(WAITING);
        let (new_sender, new) = sync_channel(WAITING);
        scope.spawn(move || feed(before, &old_sender));
        scope.spawn(move || feed(after, &new_sender));
        let mut failures = Vec::new();
        if let Matching::One(name) = &matching {
            let old = one(before, old, name.as_deref(), &mut failures);
            let new = one(after, new, name.as_deref(), &mut failures);
            if let (Some(old), Some(new)) = (old, new) {
                each(Pair::Both(old, new));
            }
        } else {
            merge((before, old), (after, new), &matching, &mut failures, &mut each);
        }
        match failures.len() {
            0 => Ok(()),
            1 => Err(failures.remove(0)),
            _ => Err(Failure::Together(failures)),
        }
    })
}

type Told = Result<Box<Item>, Failure>;

/// Sends the scenarios of a side; it ends early where nobody listens any more.
fn feed(side: &Side, sender: &SyncSender<Told>) {
    match &side.results {
        Results::Stored(stored) => {
            let read = stored.scenarios(|scenario| {
                let item = Item { scenario, traces: BTreeMap::new() };
                sender.send(Ok(Box::new(item))).map_err(|_| Failure::text("nobody listens"))
            });
            if let Err(failure) = read {
                let _ = sender.send(Err(failure));
            }
        }
        Results::Computed { shelf, reading, files } => {
            let compute = |(name, path): &(String, PathBuf)| {
                let read = shelf.scenario(&reading.of(path))?;
                let (scenario, _) = computed(shelf, &read, name)?;
                Ok(Box::new(Item { scenario, traces: read.traces.into_iter().collect() }))
            };
            let _ = in_order(files, compute, |told: Told| sender.send(told));
        }
    }
}

/// The one scenario of a side: the one of that name, or of a file of that name, or the only one there is.
fn one(
    side: &Side,
    items: Receiver<Told>,
    name: Option<&str>,
    failures: &mut Vec<Failure>,
) -> Option<Box<Item>> {
    let file_name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let is_the_file = side.file.is_some();
    let (mut exact, mut alike, mut known) = (None, Vec::new(), Vec::new());
    for told in items {
        let item = match told {
            Ok(item) => item,
            Err(failure) => {
                failures.push(failure);
                continue;
            }
        };
        known.push(item.scenario.file.clone());
        match name {
            _ if is_the_file => exact = Some(item),
            Some(name) if item.scenario.file == name => exact = Some(item),
            Some(name) if file_name(&item.scenario.file) == file_name(name) => alike.push(item),
            _ if known.len() == 1 => alike.push(item),
            _ => {}
        }
    }
    let only = if alike.len() == 1 { alike.pop() } else { None };
    let name = name.unwrap_or_default();
    let is_meant = |item: &Item| known.len() == 1 || file_name(&item.scenario.file) == file_name(name);
    let found = exact.or(only.filter(|item| is_meant(item)));
    if found.is_none() && failures.is_empty() {
        let label = side.told().label;
        let meant = nearest(name, known.iter().map(String::as_str));
        let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        let message = format!("{label} has no scenario `{name}`");
        let few: Vec<&str> = known.iter().take(10).map(String::as_str).collect();
        failures.push(Failure::with_help(message, format!("it has {}{meant}", few.join(", "))));
    }
    found
}

/// Both sides in the order of what they are matched by.
fn merge(
    before: (&Side, Receiver<Told>),
    after: (&Side, Receiver<Told>),
    matching: &Matching,
    failures: &mut Vec<Failure>,
    each: &mut impl FnMut(Pair),
) {
    let (old_side, new_side) = (before.0, after.0);
    let (mut old, mut new) = (before.1.into_iter().peekable(), after.1.into_iter().peekable());
    loop {
        while let Some(Err(failure)) = old.next_if(Result::is_err) {
            failures.push(failure);
        }
        while let Some(Err(failure)) = new.next_if(Result::is_err) {
            failures.push(failure);
        }
        let order = {
            let (Some(old_key), Some(new_key)) =
                (key(&mut old, old_side, matching), key(&mut new, new_side, matching))
            else {
                break;
            };
            old_key.cmp(&new_key)
        };
        let taken = match order {
            std::cmp::Ordering::Less => old.next().and_then(Result::ok).map(Pair::Old),
            std::cmp::Ordering::Greater => new.next().and_then(Result::ok).map(Pair::New),
            std::cmp::Ordering::Equal => {
                let both = (old.next().and_then(Result::ok), new.next().and_then(Result::ok));
                if let (Some(old), Some(new)) = both { Some(Pair::Both(old, new)) } else { None }
            }
        };
        if failures.is_empty() {
            taken.into_iter().for_each(&mut *each);
        }
    }
    for told in old {
        rest(told, Pair::Old, failures, each);
    }
    for told in new {
        rest(told, Pair::New, failures, each);
    }
}

/// What the next scenario of a side is matched by; it is there and no failure.
fn key(items: &mut Peekable<impl Iterator<Item = Told>>, side: &Side, matching: &Matching) -> Option<String> {
    match items.peek() {
        Some(Ok(item)) => Some(matching.key(side, &item.scenario.file).to_owned()),
        _ => None,
    }
}

fn rest(told: Told, of: fn(Box<Item>) -> Pair, failures: &mut Vec<Failure>, each: &mut impl FnMut(Pair)) {
    match told {
        Err(failure) => failures.push(failure),
        Ok(item) if failures.is_empty() => each(of(item)),
        Ok(_) => {}
    }
}
