//! The last resort: what one factor would have to be for the computed figure to be the stated one.

use rust_decimal::Decimal;

use super::count::{count_of, so_many};
use super::hours::hours_of;
use super::model::Model;
use super::search::Search;
use super::sets::is_server;
use crate::audit::computed::Cause;
use crate::bill::Charge;
use crate::claim::Figure;
use crate::money::number;

const ID: &str = Cause::WOULD_NEED;

/// Kinds of charges at most in a bill of which one amount is solved for: of more, nothing tells which one it should be.
const FEW: usize = 6;

/// So many of anything at most are told; of requests, a thousand times as many.
const MOST: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// What would be needed: so many tasks, where most of the figure is theirs, or else so much of what traffic uses.
pub(super) fn causes(search: &Search<'_>) -> Vec<Cause> {
    let Some(model) = search.model.as_ref().filter(|model| model.is_sum()) else { return Vec::new() };
    let Some(figure) = search.claim.figure.zip(search.claim.unit.as_ref()) else { return Vec::new() };
    let stated = figure.0.map(|end| figure.1.to_base(end));
    let words = by_number(search, model, &stated).unwrap_or_else(|| by_amount(model, &stated));
    let cause = |words| Cause { kind: ID, words, figure: stated, changes: 1 };
    words.map(cause).into_iter().collect()
}

/// A factor so that groups of this cost, and the rest as it is, come to the stated figure.
fn solved(model: &Model<'_>, stated: &Figure, cost: Decimal, factor: Decimal) -> Option<Figure> {
    let rest = model.sums[0][0] - cost;
    let end = |end: Option<Decimal>| match end {
        None => Some(None),
        Some(end) => (end - rest)
            .checked_mul(factor)?
            .checked_div(cost)
            .filter(|value| *value > Decimal::ZERO)
            .map(Some),
    };
    Some(Figure { low: end(stated.low)?, high: end(stated.high)? })
}

/// So many tasks, instances or nodes, where they all number the same and are half of the figure at least; nothing within
/// where no such number says anything.
fn by_number(search: &Search<'_>, model: &Model<'_>, stated: &Figure) -> Option<Option<String>> {
    let things = model.places(0, true).into_iter().filter_map(|place| {
        let group = &model.groups[place];
        Some((place, group.charge.and_then(count_of).filter(|_| group.service().is_none())?))
    });
    let things: Vec<_> = things.collect();
    let (_, (count, thing)) = things.first()?;
    let same = things.iter().filter(|(_, known)| known.1 == *thing);
    let same: Vec<_> = same.collect();
    if same.iter().any(|(_, known)| known.0 != *count) {
        return None;
    }
    let cost: Decimal = same.iter().map(|(place, _)| model.groups[*place].costs[0]).sum();
    let most = cost + cost >= model.sums[0][0];
    let needed = solved(model, stated, cost, *count).filter(|_| most)?;
    if needed.low.or(needed.high)? >= Decimal::ONE {
        // What there is on average need not be whole.
        if *count != count.trunc() {
            let told = needed.map(|end| end.round_dp(1)).shown(1);
            return Some(Some(format!(
                "would take {told} {} in place of {}",
                thing.1,
                so_many(*count, thing)
            )));
        }
        let comes_to = |number: Decimal| {
            let figure = Figure::of(model.sums[0][0] - cost + cost / count * number);
            search.shown(&figure)
        };
        return Some(whole(&needed, *count, thing, comes_to));
    }
    // Less than one of them: for how long it would run, of what may stand still.
    let hours = same.iter().find_map(|(place, _)| hours_of(model.groups[*place].charge?))?;
    let stops = same.iter().all(|(place, _)| is_server(&model.groups[*place], search.subject.scenario));
    let needed = solved(model, stated, cost, hours).filter(|_| stops);
    Some(needed.map(|needed| {
        let told = needed.map(|end| end.round_dp(0)).shown(0);
        format!("would take {told} hours a month in place of {}", number(hours, 0))
    }))
}

/// Whole things: those that lie in a range, or the two numbers that a figure lies between, with what they come to.
fn whole(
    needed: &Figure,
    count: Decimal,
    thing: &(&'static str, &'static str),
    comes_to: impl Fn(Decimal) -> String,
) -> Option<String> {
    let deployed = so_many(count, thing);
    if needed.low.or(needed.high)? > MOST {
        return None;
    }
    let (Some(low), Some(high)) = (needed.low, needed.high) else {
        let (end, least) = match (needed.low, needed.high) {
            (Some(low), _) => (low.ceil(), "least"),
            (None, high) => (high?.floor(), "most"),
        };
        let told = so_many(end, thing);
        return Some(format!("would take {told} at {least} in place of {deployed} ({})", comes_to(end)));
    };
    let (least, most) = (low.ceil(), high.floor());
    match () {
        () if least < most => Some(format!(
            "would take {} to {} in place of {deployed}",
            number(least, 0),
            so_many(most, thing)
        )),
        () if least == most => {
            Some(format!("would take {} in place of {deployed} ({})", so_many(least, thing), comes_to(least)))
        }
        // That one or another is deployed says nothing new where both are next to it.
        () if low != high || most == count || least == count => None,
        () => Some(format!(
            "would take more than {} ({}) and less than {} ({})",
            so_many(most, thing),
            comes_to(most),
            number(least, 0),
            comes_to(least)
        )),
    }
}

/// So much of what traffic uses: capacity units, gigabytes, requests.
fn by_amount(model: &Model<'_>, stated: &Figure) -> Option<String> {
    let places = model.places(0, true);
    if places.len() > FEW {
        return None;
    }
    let used = places.into_iter().filter_map(|place| {
        let group = &model.groups[place];
        let (preference, value, label) = used(group.charge.filter(|_| group.charges[0].len() == 1)?)?;
        Some((preference, place, value, label))
    });
    let (_, place, value, label) = used.min_by_key(|(preference, place, ..)| (*preference, *place))?;
    let needed = solved(model, stated, model.groups[place].costs[0], value)?;
    let of_requests = label.contains("requests") || label.contains("calls");
    let most = if of_requests { MOST * Decimal::ONE_THOUSAND } else { MOST };
    if needed.high.or(needed.low)? > most {
        return None;
    }
    let told = |figure: Figure| figure.map(|end| end.round_sf(3).unwrap_or(end)).shown(6);
    Some(format!(
        "would need {} {label} in place of {}",
        told(needed),
        number(value.round_sf(2).unwrap_or(value), 6)
    ))
}

/// The factor of a charge that traffic moves, and how readily it is solved for.
fn used(charge: &Charge) -> Option<(u32, Decimal, &str)> {
    let preference = |label: &str| match () {
        () if label.contains("LCU") || label.contains("capacity units") => Some(0),
        () if label.starts_with("GB") => Some(1),
        () if label.contains("requests") || label.contains("calls") => Some(2),
        () => None,
    };
    let known = charge.factors.iter().filter_map(|factor| {
        let value = Some(factor.value).filter(|value| !value.is_zero())?;
        Some((preference(&factor.label)?, value, &*factor.label))
    });
    known.min_by_key(|(preference, ..)| *preference)
}
