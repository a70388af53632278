//! Availability: which promise alone the stated figure is, or that of more zones or of another platform.

use rust_decimal::Decimal;

use super::search::{Change, Search};
use super::words::{is_or_are, listed};
use crate::audit::computed::{Basis, Promise};
use crate::claim::Figure;
use crate::money::number;
use crate::platforms::PLATFORMS;

const ID: &str = "promise";

/// Promises of which every part of the series is tried.
const MOST: usize = 6;

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Basis::Promises(promises) = &search.computed.basis else { return };
    parts_of_the_series(promises, changes);
    in_several_zones(promises, changes);
    of_another_platform(search, promises, changes);
}

/// The product of these, in percent.
fn product(percents: impl Iterator<Item = Decimal>) -> Decimal {
    percents.fold(Decimal::ONE_HUNDRED, |all, each| all * each / Decimal::ONE_HUNDRED)
}

/// Some of the promises without the others: from those where most are missing on.
fn parts_of_the_series(promises: &[Promise], changes: &mut Vec<Change>) {
    if promises.len() > MOST {
        return;
    }
    let mut parts: Vec<u32> = (1..(1_u32 << promises.len()) - 1).collect();
    parts.sort_by_key(|part| (part.count_ones(), *part));
    for part in parts {
        let has = |place: usize| part & (1 << place) != 0;
        let split = |wanted: bool| -> Vec<&Promise> {
            let all = promises.iter().enumerate();
            all.filter(|(place, _)| has(*place) == wanted).map(|(_, promise)| promise).collect()
        };
        let (kept, missing) = (split(true), split(false));
        let names = |all: &[&Promise]| listed(&all.iter().map(|each| each.what.clone()).collect::<Vec<_>>());
        let told: Vec<String> =
            missing.iter().map(|each| format!("{} ({} %)", each.what, number(each.percent, 4))).collect();
        let missing = listed(&told);
        let words = format!(
            "equals the promise of {} alone: {missing} {} missing in the series",
            names(&kept),
            is_or_are(&missing)
        );
        let figure = product(kept.iter().map(|promise| promise.percent));
        changes.push(Change::figure(ID, 0, words, Figure::of(figure)));
    }
}

/// What is promised in two or more zones.
fn in_several_zones(promises: &[Promise], changes: &mut Vec<Change>) {
    let more: Vec<String> = promises
        .iter()
        .filter(|promise| promise.in_several_zones_percent.is_some())
        .map(|promise| promise.what.clone())
        .collect();
    if more.is_empty() {
        return;
    }
    let figure = product(promises.iter().map(|each| each.in_several_zones_percent.unwrap_or(each.percent)));
    let words = format!("equals the promise for {} in two or more zones: here is one", listed(&more));
    changes.push(Change::figure(ID, 0, words, Figure::of(figure)));
    for promise in promises {
        let alone = promise.in_several_zones_percent.filter(|_| promises.len() > 1);
        let words =
            format!("equals the promise for {} alone, in two or more zones: here is one", promise.what);
        changes.extend(alone.map(|figure| Change::figure(ID, 1, words, Figure::of(figure))));
    }
}

/// What is promised of another platform in several zones.
fn of_another_platform(search: &Search<'_>, promises: &[Promise], changes: &mut Vec<Change>) {
    let own: Vec<String> = promises
        .iter()
        .map(|each| format!("that of {} is {} %", each.what, number(each.percent, 4)))
        .collect();
    for platform in PLATFORMS {
        let known = search.subject.catalog.trait_of(platform.id, "sla-percent");
        let Some(percent) = known.and_then(crate::catalog::Trait::number) else { continue };
        let words = format!("equals the promise of {}: {}", platform.title, own.join(", "));
        changes.push(Change::figure(ID, 2, words, Figure::of(percent)));
    }
}
