//! The figure of another thing of the same kind: another limit, the size of another shape, the price of a sibling.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::search::{Change, Search};
use super::words::listed;
use crate::audit::measure::convert;
use crate::claim::{ClaimUnit, Figure};
use crate::scenario::About;

const ID: &str = "other-thing";
/// Things that are told at most.
const TOLD: usize = 3;

/// Words of ids that say in what something is counted, which things share that have nothing to do with each other.
const UNITS: &[&str] = &[
    "gb", "hours", "iops", "kb", "max", "mb", "mib", "min", "minimum", "ms", "months", "percent", "per",
    "quota", "second", "seconds", "vcpu",
];

/// Significant digits that a figure is written with at least to be that of a thing of another service that is not called the same.
const DIGITS: u32 = 2;

/// A thing with the figure that a claim about it would have: its name, the figure in the base unit, and whether it is of the same
/// service.
type Thing = (String, Decimal, bool);

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(unit) = &search.claim.unit else { return };
    let entry = &search.claim.entry;
    let found = match entry.about {
        Some(About::Limit) => entry.limit.as_deref().map(|id| (limits(search, id, unit), id, ["", "is"])),
        Some(About::Size) => {
            entry.shape.as_deref().map(|name| (shapes(search, name), name, ["that of ", "has"]))
        }
        Some(About::Price) => {
            entry.price_id.as_deref().map(|id| (prices(search, id), last(id), ["the price of ", "costs"]))
        }
        _ => None,
    };
    let Some((things, own, [of, verb])) = found else { return };
    // Nearness is no proof here: there are many things, and only what is the same as it is written tells one of them.
    let Some((stated, _)) = search.stated.ends().filter(|(low, high)| low == high) else { return };
    let is_it = |value: Decimal| (value - stated).abs() <= stated.abs() * Decimal::new(1, 4);
    let found: Vec<Thing> = things.into_iter().filter(|(_, value, _)| is_it(*value)).collect();
    // Of the same service it may be mixed up; of another it is told as what else has that figure.
    let related = found.iter().any(|(.., own)| *own);
    let says_enough = |name: &str| {
        let limit = entry.limit.as_deref();
        let family = || limit.is_some_and(|id| of_one_family(id, name.split(' ').next().unwrap_or(name)));
        related || search.stated.digits >= DIGITS || family()
    };
    let told = found.into_iter().filter(|(name, _, own)| *own == related && says_enough(name));
    let same: Vec<String> = told.map(|(name, ..)| name).take(TOLD).collect();
    if same.is_empty() || search.computed.figure.single().is_none_or(is_it) {
        return;
    }
    let was = search.computed.figure.map(|end| unit.from_base(end)).shown(6);
    let is = match (related, of) {
        (true, _) => format!("is {of}"),
        (false, "") => "is also that of ".to_owned(),
        (false, _) => format!("is also {of}"),
    };
    let words = format!("{} {is}{}: {own} {verb} {was}", entry.stated(), listed(&same));
    changes.push(Change::figure(ID, 0, words, Figure::of(stated)));
}

/// The words of an id.
fn words_of(id: &str) -> impl Iterator<Item = &str> {
    id.split(['/', '-', '.']).filter(|word| !UNITS.contains(word))
}

/// How many words of an id another one has too.
fn shared(id: &str, other: &str) -> usize {
    words_of(id).filter(|word| words_of(other).any(|known| known == *word)).count()
}

/// The service that an id begins with.
fn service(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

/// The last part of a price id.
fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// The id behind its service.
fn bare(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, rest)| rest)
}

/// Whether ids of two services name the same: all words of one are among the other's, as `payload` in `async-payload`.
fn of_one_family(id: &str, other: &str) -> bool {
    let (one, other) = (bare(id), bare(other));
    let all = |one: &str, other: &str| words_of(one).all(|word| words_of(other).any(|known| known == word));
    shared(one, other) > 0 && (all(one, other) || all(other, one))
}

/// Other limits that measure the same and share a word with this one that is not only the service's name, nearest first.
fn limits(search: &Search<'_>, id: &str, unit: &ClaimUnit) -> Vec<Thing> {
    let limits = &search.subject.catalog.limits;
    let others = limits.ids().filter(|other| *other != id && shared(bare(id), bare(other)) > 0);
    let mut others: Vec<&str> = others.collect();
    others.sort_by_key(|other| Reverse(shared(id, other)));
    let things = others.into_iter().filter_map(|other| {
        let row = limits.find(other)?;
        Some((other.to_owned(), convert(row.value, &row.unit, unit)?, service(other) == service(id)))
    });
    // What the document itself states of another limit, where that is not what the book has.
    let stated = search.subject.scenario.claims.iter().filter_map(|claim| {
        let other = claim.entry.limit.as_deref()?;
        let same = claim.unit.as_ref()?.dimension == unit.dimension;
        let near = other != id && shared(bare(id), bare(other)) > 0;
        let value = claim.unit.as_ref()?.to_base(claim.figure?.single()?);
        let in_the_book = limits.find(other).and_then(|row| convert(row.value, &row.unit, unit));
        (same && near && in_the_book != Some(value)).then(|| {
            (format!("{other} as {} states it", claim.entry.id), value, service(other) == service(id))
        })
    });
    things.chain(stated).collect()
}

/// Other shapes of the same kind and family, next to it first.
fn shapes(search: &Search<'_>, name: &str) -> Vec<Thing> {
    let catalog = search.subject.catalog;
    let memory = search.claim.entry.of.as_deref() == Some("memory");
    let value = |vcpu: Decimal, mib: u32| if memory { Decimal::from(mib) } else { vcpu };
    let bare = name.strip_prefix("db.").unwrap_or(name);
    let prefix = &name[..name.len() - bare.len()];
    let powers = catalog.container_powers.iter();
    let mut all: Vec<Thing> =
        powers.map(|power| (power.name.clone(), value(power.vcpu, power.memory_mib), true)).collect();
    if let Some(kind) = catalog.instance_type(bare) {
        // Its family, and the same size of the families that are named alike: t2.micro beside t3.micro.
        let size = |name: &str| name.split_once('.').map(|(_, size)| size.to_owned());
        let family = catalog.instance_types.iter().filter(|other| {
            let alike = other.family.chars().next() == kind.family.chars().next();
            other.family == kind.family || (alike && size(&other.name) == size(&kind.name))
        });
        let told = |other: &crate::catalog::InstanceType| {
            (format!("{prefix}{}", other.name), value(other.vcpu.into(), other.memory_mib), true)
        };
        all = family.map(told).collect();
    }
    let own = all.iter().position(|(other, ..)| other == name).unwrap_or(0);
    let mut placed: Vec<(usize, Thing)> = all.into_iter().enumerate().filter(|(at, _)| *at != own).collect();
    placed.sort_by_key(|(at, _)| at.abs_diff(own));
    placed.into_iter().map(|(_, thing)| thing).collect()
}

/// Prices for the same unit whose ids differ in one word.
fn prices(search: &Search<'_>, id: &str) -> Vec<Thing> {
    let (prices, date) = (search.subject.prices, search.subject.comparison.as_of);
    let tariff = |id: &str| {
        let (tariff, _) = prices.tariff(id, date).ok()?;
        Some((tariff.bands.iter().find(|band| !band.rate.is_zero())?.rate, tariff.unit))
    };
    let Some((own, unit)) = tariff(id) else { return Vec::new() };
    let Some(computed) = search.computed.figure.single() else { return Vec::new() };
    let split = |id: &str| -> Vec<String> { id.split(['/', '-', '.']).map(str::to_owned).collect() };
    let words = split(id);
    let all = prices.price_ids();
    let siblings = all.iter().filter(|other| {
        let others = split(other);
        let differ = words.iter().zip(&others).filter(|(one, other)| one != other).count();
        others.len() == words.len() && differ == 1
    });
    let things = siblings.filter_map(|other| {
        let (rate, of) = tariff(other)?;
        let figure = computed.checked_mul(rate)?.checked_div(own).filter(|_| of == unit)?;
        let name = if last(other) == last(id) { *other } else { last(other) };
        Some((name.to_owned(), figure, service(other) == service(id)))
    });
    things.collect()
}
