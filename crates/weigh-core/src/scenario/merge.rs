//! How the tables of a scenario file are laid over those of the file that it extends.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::kind::described;
use super::layers::{EXTENDS, WITHOUT};
use super::without;
use crate::problem::Problem;

/// What tells one table of a list from the others.
pub(super) enum Naming {
    /// The first of these keys that the table has.
    First(&'static [&'static str]),
    /// All of these keys together, as far as the table has them.
    All(&'static [&'static str]),
    /// Nothing: several may be alike. The key is what they are called by where one is left out.
    Nothing(&'static str),
}

use Naming::{All, First, Nothing};

/// The lists of tables in a scenario file, by the keys that lead to them, and what names a table in each.
const LISTS: [(&str, Naming); 16] = [
    ("component", First(&["name"])),
    ("request", First(&["name"])),
    ("job", First(&["name"])),
    ("service", First(&["name", "kind"])),
    ("environment", First(&["name"])),
    ("option", First(&["name", "platform"])),
    ("option/part", All(&["environment", "platform", "components"])),
    ("trait", All(&["platform", "name"])),
    ("discount", First(&["service"])),
    ("account/usage", All(&["price_id", "region"])),
    ("traffic/season", First(&["month"])),
    ("traffic/burst", Nothing("factor")),
    ("rule", Nothing("when")),
    ("commitment", Nothing("kind")),
    ("policy", First(&["name"])),
    ("tolerance", Nothing("price_id")),
];

/// The list to which a file adds: what a base assumes holds for those that extend it.
const ADDED_TO: &str = "scenario/assumptions";

/// What a base says of itself alone: claims are about the scenario that they stand in.
const NOT_INHERITED: &str = "claim";

/// How the tables of a list are told apart; nothing for what is no list of tables.
pub(super) fn naming(path: &str) -> Option<&'static Naming> {
    LISTS.iter().find(|(known, _)| *known == path).map(|(_, naming)| naming)
}

/// Whether what stands at a path is laid over a base whole, and so must be complete: weights with their scales, and tables
/// that nothing names.
pub(super) fn is_laid_whole(path: &str) -> bool {
    matches!(path, "wishes" | NOT_INHERITED) || matches!(naming(path), Some(Nothing(_)))
}

/// The path of a key inside the table at a path.
pub(super) fn inside(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") }
}

/// The name of a table in a list; nothing where it lacks what names it.
pub(super) fn name_of(naming: &Naming, table: &DeTable<'_>) -> Option<String> {
    match naming {
        First(keys) => keys.iter().find_map(|key| part_of_name(table, key)),
        All(keys) => {
            let parts: Vec<String> = keys.iter().filter_map(|key| part_of_name(table, key)).collect();
            (!parts.is_empty()).then(|| parts.join("/"))
        }
        Nothing(key) => part_of_name(table, key),
    }
}

fn part_of_name(table: &DeTable<'_>, key: &str) -> Option<String> {
    match table.get(key)?.get_ref() {
        DeValue::String(text) if key == "name" => Some(text.trim().to_owned()),
        DeValue::String(text) => Some(folded(text)),
        DeValue::Array(items) => {
            let words: Vec<&str> = items.iter().filter_map(|item| item.get_ref().as_str()).collect();
            Some(words.join("+"))
        }
        _ => None,
    }
}

/// A word as the reader compares it: `Fargate` is `fargate`.
pub(super) fn folded(word: &str) -> String {
    word.trim().to_lowercase().replace([' ', '_'], "-")
}

/// What is wrong in how files extend one another.
#[derive(Default)]
pub(super) struct Extending {
    /// Bases that are not there: what they would state must not be told as missing, too.
    pub(super) broken: Vec<Problem>,
    /// The rest.
    pub(super) problems: Vec<Problem>,
}

/// The tables of files that extend one another, the first the file itself, as one.
pub(super) fn merged<'t>(layers: Vec<DeTable<'t>>, wrong: &mut Extending) -> DeTable<'t> {
    let mut below: Option<DeTable<'t>> = None;
    for (place, mut table) in layers.into_iter().enumerate().rev() {
        if let Some(stated) = table.remove(EXTENDS) {
            wrong.broken.extend(extends(&stated, below.is_some()));
        }
        if let Some(stated) = table.remove(WITHOUT) {
            match below.as_mut() {
                Some(base) => without::leave_out(base, &stated, &mut wrong.problems),
                None => {
                    let message = "`without` says what of a base is left out, but the file extends none";
                    wrong
                        .broken
                        .push(Problem::at(stated.span(), message).allowing("`without` beside `extends`"));
                }
            }
        }
        if place > 0 {
            table.remove(NOT_INHERITED);
        }
        below = Some(match below {
            Some(base) => tables(base, table, ""),
            None => table,
        });
    }
    below.unwrap_or_default()
}

/// What is wrong with the base that a file names.
fn extends(stated: &Spanned<DeValue<'_>>, is_given: bool) -> Option<Problem> {
    let wrong = |message: String| {
        let allowed = "`extends` is the path of a scenario file, from the folder of this file on";
        Some(Problem::at(stated.span(), message).allowing(allowed))
    };
    match stated.get_ref() {
        DeValue::String(path) if path.trim().is_empty() => wrong("`extends`: an empty path".to_owned()),
        DeValue::String(_) if is_given => None,
        DeValue::String(path) => {
            let message = format!("`extends`: the file is read alone, without `{path}`");
            Some(
                Problem::at(stated.span(), message)
                    .allowing("a file that extends none, or its bases beside it"),
            )
        }
        other => wrong(format!("`extends`: {} where a path belongs", described(other))),
    }
}

/// A table over another: key by key.
fn tables<'t>(mut base: DeTable<'t>, over: DeTable<'t>, path: &str) -> DeTable<'t> {
    for (key, value) in over {
        let name = key.get_ref().as_ref();
        let merged = match base.remove(name) {
            Some(below) => values(below, value, &inside(path, name)),
            None => value,
        };
        base.insert(key, merged);
    }
    base
}

/// A value over another: tables merge, lists of tables table by table, and all else is replaced.
fn values<'t>(below: Spanned<DeValue<'t>>, over: Spanned<DeValue<'t>>, path: &str) -> Spanned<DeValue<'t>> {
    let span = over.span();
    if let Some(naming) = naming(path) {
        let items = lists(items(below), items(over), naming, path);
        return Spanned::new(span, DeValue::Array(items.into_iter().collect()));
    }
    let value = match (below.into_inner(), over.into_inner()) {
        (DeValue::Table(base), DeValue::Table(over)) => DeValue::Table(tables(base, over, path)),
        (DeValue::Array(base), DeValue::Array(over)) if path == ADDED_TO => {
            DeValue::Array(base.into_iter().chain(over).collect())
        }
        (_, over) => over,
    };
    Spanned::new(span, value)
}

/// The tables of a list; a table that stands alone is a list of one.
fn items(value: Spanned<DeValue<'_>>) -> Vec<Spanned<DeValue<'_>>> {
    match value.get_ref() {
        DeValue::Array(_) => match value.into_inner() {
            DeValue::Array(items) => items.into_iter().collect(),
            _ => Vec::new(),
        },
        _ => vec![value],
    }
}

/// A list of tables over another: those of one name merge, once each; the others follow in their order.
fn lists<'t>(
    base: Vec<Spanned<DeValue<'t>>>,
    over: Vec<Spanned<DeValue<'t>>>,
    naming: &Naming,
    path: &str,
) -> Vec<Spanned<DeValue<'t>>> {
    let name = |value: &Spanned<DeValue<'t>>| match naming {
        Nothing(_) => None,
        First(_) | All(_) => value.get_ref().as_table().and_then(|table| name_of(naming, table)),
    };
    // A second table of the same name stays one of its own, so that the reader says so.
    let mut known: Vec<Option<String>> = base.iter().map(name).collect();
    let mut items: Vec<Option<Spanned<DeValue<'t>>>> = base.into_iter().map(Some).collect();
    for value in over {
        let own = name(&value);
        let place = own.and_then(|own| known.iter().position(|known| known.as_ref() == Some(&own)));
        let Some((place, below)) = place.and_then(|place| Some((place, items[place].take()?))) else {
            items.push(Some(value));
            continue;
        };
        known[place] = None;
        items[place] = Some(table_over(below, value, path));
    }
    items.into_iter().flatten().collect()
}

/// A table of a list over the one of its name; one that is about something else takes its place.
fn table_over<'t>(
    below: Spanned<DeValue<'t>>,
    over: Spanned<DeValue<'t>>,
    path: &str,
) -> Spanned<DeValue<'t>> {
    let span = over.span();
    let value = match (below.into_inner(), over.into_inner()) {
        (DeValue::Table(base), DeValue::Table(over)) if !is_another(&base, &over) => {
            DeValue::Table(tables(base, over, path))
        }
        (_, over) => over,
    };
    Spanned::new(span, value)
}

/// Whether two tables of one name are on different platforms or of different kinds: the settings of one mean nothing
/// to the other.
fn is_another(base: &DeTable<'_>, over: &DeTable<'_>) -> bool {
    let differs = |key: &str| match (part_of_name(base, key), part_of_name(over, key)) {
        (Some(base), Some(over)) => base != over,
        _ => false,
    };
    let has_parts = |table: &DeTable<'_>| table.contains_key("part");
    differs("platform")
        || differs("kind")
        || (has_parts(base) && over.contains_key("platform"))
        || (has_parts(over) && base.contains_key("platform"))
}

/// A value with all its places moved by so many bytes.
pub(super) fn shifted(value: DeValue<'_>, by: usize) -> DeValue<'_> {
    match value {
        DeValue::Table(table) => {
            let each = table
                .into_iter()
                .map(|(key, value)| (moved(key, by, |key, _| key), moved(value, by, shifted)));
            DeValue::Table(each.collect())
        }
        DeValue::Array(items) => {
            DeValue::Array(items.into_iter().map(|item| moved(item, by, shifted)).collect::<DeArray<'_>>())
        }
        other => other,
    }
}

fn moved<T>(value: Spanned<T>, by: usize, inner: fn(T, usize) -> T) -> Spanned<T> {
    let span = value.span();
    Spanned::new(span.start + by..span.end + by, inner(value.into_inner(), by))
}
