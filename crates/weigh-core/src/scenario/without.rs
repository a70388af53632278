//! What a scenario file leaves out of the file that it extends.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::kind::described;
use super::merge::{folded, inside, name_of, naming};
use crate::data::nearest;
use crate::problem::Problem;

/// More names than this are not told.
const TOLD: usize = 24;

/// A step from a table to what is in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Item(usize),
}

/// Something that a base has: its path in words, and the steps to it.
struct Named {
    path: String,
    steps: Vec<Step>,
    /// The place of what it is in; nothing for a section.
    within: Option<usize>,
}

/// Leaves what a list names out of a base, and says what of the list the base has not.
pub(super) fn leave_out(base: &mut DeTable<'_>, stated: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
    let allowed = "`without` is a list of what the base has, such as [\"option/lambda\", \"rule\"]";
    let DeValue::Array(items) = stated.get_ref() else {
        let message = format!("`without`: {} where a list of names belongs", described(stated.get_ref()));
        problems.push(Problem::at(stated.span(), message).allowing(allowed));
        return;
    };
    let mut known = Vec::new();
    name_all(base, "", "", &[], None, &mut known);
    let mut dropped: Vec<&[Step]> = Vec::new();
    for item in items {
        let Some(path) = item.get_ref().as_str() else {
            let message = format!("`without`: {} in a list of names", described(item.get_ref()));
            problems.push(Problem::at(item.span(), message).allowing(allowed));
            continue;
        };
        let before = dropped.len();
        let meant = known.iter().filter(|named| folded(&named.path) == folded(path));
        dropped.extend(meant.map(|named| named.steps.as_slice()));
        if dropped.len() == before {
            problems.push(unknown(path, item, &known));
        }
    }
    // What is inside goes before what it is in, and the last of a list first, so that no step leads elsewhere.
    dropped.sort_unstable();
    dropped.dedup();
    for steps in dropped.into_iter().rev() {
        drop_at(base, steps);
    }
}

/// That the base has nothing of this path, with what it has there and the nearest of it.
fn unknown(path: &str, item: &Spanned<DeValue<'_>>, known: &[Named]) -> Problem {
    let path = path.trim();
    let holds = |named: &(usize, &Named)| path.starts_with(&format!("{}/", named.1.path));
    let within = known.iter().enumerate().filter(holds).max_by_key(|(_, named)| named.path.len());
    let within = within.map(|(place, _)| place);
    let there: Vec<&str> =
        known.iter().filter(|named| named.within == within).map(|named| named.path.as_str()).collect();
    let more = if there.len() > TOLD { format!(", and {} more", there.len() - TOLD) } else { String::new() };
    let allowed = format!("the base has {}{more}", there[..there.len().min(TOLD)].join(", "));
    let paths = || known.iter().map(|named| named.path.as_str());
    let ends_so = paths().find(|known| known.ends_with(&format!("/{path}")));
    let meant = ends_so.or_else(|| nearest(path, there.iter().copied())).or_else(|| nearest(path, paths()));
    let problem = Problem::at(item.span(), format!("`without`: the base lacks `{path}`"));
    problem.allowing(allowed).suggesting(meant.map(|meant| format!("\"{meant}\"")))
}

/// Names everything in a table: `path` is its path in words, `keys` that of the keys alone.
fn name_all(
    table: &DeTable<'_>,
    path: &str,
    keys: &str,
    steps: &[Step],
    within: Option<usize>,
    known: &mut Vec<Named>,
) {
    let further = |step: Step| [steps, &[step]].concat();
    for (key, value) in table {
        let key = key.get_ref().as_ref();
        let (path, keys, steps) = (inside(path, key), inside(keys, key), further(Step::Key(key.to_owned())));
        let own = known.len();
        known.push(Named { path: path.clone(), steps: steps.clone(), within });
        let naming = naming(&keys);
        match (value.get_ref(), naming) {
            (DeValue::Table(inner), None) => name_all(inner, &path, &keys, &steps, Some(own), known),
            (DeValue::Table(inner), Some(naming)) => {
                if let Some(name) = name_of(naming, inner) {
                    name_item(inner, &inside(&path, &name), &keys, &steps, own, known);
                }
            }
            (DeValue::Array(items), Some(naming)) => {
                for (place, item) in items.iter().enumerate() {
                    let inner = item.get_ref().as_table();
                    if let Some((inner, name)) =
                        inner.and_then(|inner| Some((inner, name_of(naming, inner)?)))
                    {
                        let steps = [steps.as_slice(), &[Step::Item(place)]].concat();
                        name_item(inner, &inside(&path, &name), &keys, &steps, own, known);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Names a table of a list, and everything in it.
fn name_item(
    table: &DeTable<'_>,
    path: &str,
    keys: &str,
    steps: &[Step],
    within: usize,
    known: &mut Vec<Named>,
) {
    let own = known.len();
    known.push(Named { path: path.to_owned(), steps: steps.to_vec(), within: Some(within) });
    name_all(table, path, keys, steps, Some(own), known);
}

/// Takes what some steps lead to out of a table; a list that is empty then goes with it.
fn drop_at(table: &mut DeTable<'_>, steps: &[Step]) {
    let [Step::Key(key), rest @ ..] = steps else { return };
    let Some(value) = table.get_mut(key.as_str()) else { return };
    let is_empty = match (rest, value.get_mut()) {
        ([], _) => true,
        ([Step::Item(place), inner @ ..], DeValue::Array(items)) => {
            if inner.is_empty() {
                let kept = std::mem::replace(items, DeArray::new())
                    .into_iter()
                    .enumerate()
                    .filter(|(at, _)| at != place);
                *items = kept.map(|(_, item)| item).collect();
            } else if let Some(DeValue::Table(item)) = items.get_mut(*place).map(Spanned::get_mut) {
                drop_at(item, inner);
            }
            items.is_empty()
        }
        (rest, DeValue::Table(inner)) => {
            drop_at(inner, rest);
            false
        }
        _ => false,
    };
    if is_empty {
        table.remove(key.as_str());
    }
}
