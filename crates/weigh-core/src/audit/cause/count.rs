//! Another number of tasks, instances, nodes or other things.

use rust_decimal::Decimal;

use super::left_out::side_of;
use super::model::{Effect, Model};
use super::search::{Change, Search};
use super::sets::is_server;
use super::words::listed;
use crate::bill::Charge;
use crate::money::number;

const ID: &str = "count";

/// One and many of what is counted.
type Thing = (&'static str, &'static str);

/// What is counted, one and many of it; how a factor's label begins. Servers stand first.
const THINGS: &[Thing] = &[
    ("task", "tasks"),
    ("instance", "instances"),
    ("node", "nodes"),
    ("volume", "volumes"),
    ("gateway", "gateways"),
    ("load balancer", "load balancers"),
    ("address", "addresses"),
    ("database", "databases"),
    ("endpoint", "endpoints"),
    ("replica", "replicas"),
    ("reader", "readers"),
];

/// What serves: to count one too many or too few of it is plainer than of the rest.
const SERVERS: &[&str] = &["task", "instance", "node"];

/// Numbers that are tried of anything.
const TRIED: u32 = 12;

/// How many of what a charge is for.
pub(super) fn count_of(charge: &Charge) -> Option<(Decimal, &'static Thing)> {
    let factor = charge.factors.first().filter(|factor| !factor.value.is_zero())?;
    let begins = |name: &str| {
        factor.label.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
    };
    let thing = THINGS.iter().find(|(one, many)| begins(one) || begins(many))?;
    Some((factor.value, thing))
}

/// `1 task`, `2 tasks`, `2.5 tasks`.
pub(super) fn so_many(count: Decimal, thing: &Thing) -> String {
    format!("{} {}", number(count, 2), if count == Decimal::ONE { thing.0 } else { thing.1 })
}

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(model) = &search.model else { return };
    for side in 0..2 {
        let of_side = model.places(side, true);
        for thing in THINGS {
            let is_thing = |place: &usize| of(model, *place).is_some_and(|(_, known)| known == thing);
            let places: Vec<usize> = of_side.iter().copied().filter(is_thing).collect();
            let mut components: Vec<&str> = Vec::new();
            for place in &places {
                let name = model.groups[*place].component();
                if !components.contains(&name) {
                    components.push(name);
                }
            }
            let of_option = side_of(search, side);
            let plain = u32::from(!SERVERS.contains(&thing.0));
            others(model, &places, &[thing], &of_option, plain, changes);
            for name in components.iter().filter(|name| components.len() > 1 && !name.is_empty()) {
                let own = places.iter().copied().filter(|place| model.groups[*place].component() == *name);
                let whose = format!(" of {name}{of_option}");
                others(model, &own.collect::<Vec<_>>(), &[thing], &whose, plain + 1, changes);
            }
        }
        servers(search, model, side, &of_side, changes);
        services(search, model, side, &of_side, changes);
    }
}

/// Instances and their disks together.
fn servers(
    search: &Search<'_>,
    model: &Model<'_>,
    side: usize,
    of_side: &[usize],
    changes: &mut Vec<Change>,
) {
    let scenario = search.subject.scenario;
    let places: Vec<usize> = of_side
        .iter()
        .copied()
        .filter(|place| is_server(&model.groups[*place], scenario) && of(model, *place).is_some())
        .collect();
    let things: Vec<_> =
        places.iter().filter_map(|place| of(model, *place)).map(|(_, thing)| thing).collect();
    let Some(first) = things.first().filter(|first| things.iter().any(|other| other != *first)) else {
        return;
    };
    others(model, &places, &[*first], &side_of(search, side), 0, changes);
}

/// What belongs to one supporting service together: gateways and their addresses, a database and its volume.
fn services(
    search: &Search<'_>,
    model: &Model<'_>,
    side: usize,
    of_side: &[usize],
    changes: &mut Vec<Change>,
) {
    let scenario = search.subject.scenario;
    let key = |place: usize| (model.groups[place].service(), model.groups[place].component());
    let counted = |place: &usize| !is_server(&model.groups[*place], scenario) && of(model, *place).is_some();
    let mut left: Vec<usize> = of_side.iter().copied().filter(counted).collect();
    while let Some(first) = left.first().copied() {
        let (places, rest) = left.into_iter().partition(|place| key(*place) == key(first));
        left = rest;
        let mut things: Vec<&Thing> = Vec::new();
        for (_, thing) in places.iter().filter_map(|place: &usize| of(model, *place)) {
            if !things.contains(&thing) {
                things.push(thing);
            }
        }
        if things.len() > 1 {
            others(model, &places, &things, &side_of(search, side), 1, changes);
        }
    }
}

/// The count of a group in the first of its bills.
fn of(model: &Model<'_>, place: usize) -> Option<(Decimal, &'static Thing)> {
    model.groups[place].charge.and_then(count_of)
}

/// Groups with another count: the same whole number in all of them, in every bill.
fn others(
    model: &Model<'_>,
    places: &[usize],
    things: &[&Thing],
    whose: &str,
    plain: u32,
    changes: &mut Vec<Change>,
) {
    let Some((was, _)) = places.first().and_then(|place| of(model, *place)) else { return };
    let alike = places.iter().all(|place| of(model, *place).is_some_and(|(count, _)| count == was));
    // The fewest and the most that the bills have.
    let first = model.groups[places[0]].charges.iter().filter_map(|charges| count_of(charges.first()?));
    let ends: Vec<Decimal> = first.map(|(count, _)| count).collect();
    for count in (1..=TRIED).map(Decimal::from).filter(|count| *count != was && alike) {
        let change = |charge: &Charge| match count_of(charge) {
            Some((own, _)) => charge.cost.checked_mul(count)?.checked_div(own),
            None => Some(charge.cost),
        };
        let effects = places.iter().map(|place| Some((*place, model.groups[*place].changed(change)?)));
        let Some(effects) = effects.collect::<Option<Vec<Effect>>>() else { continue };
        let near = ends.iter().any(|end| (count - end).abs() <= Decimal::ONE) || count == Decimal::ONE;
        let further = match () {
            () if near => 0,
            () if count == was + was => 1,
            () => 2,
        };
        let many: Vec<String> = things.iter().map(|thing| so_many(count, thing)).collect();
        let words = format!("with {}{whose} in place of {}", listed(&many), number(was, 2));
        changes.push(Change::costs(ID, plain + further, words, effects));
    }
    // One more or one less of each, where they differ in number.
    for (by, word) in [(Decimal::NEGATIVE_ONE, "less"), (Decimal::ONE, "more")] {
        let change = |charge: &Charge| match count_of(charge) {
            Some((own, _)) => charge.cost.checked_mul((own + by).max(Decimal::ZERO))?.checked_div(own),
            None => Some(charge.cost),
        };
        let effects = places.iter().map(|place| Some((*place, model.groups[*place].changed(change)?)));
        let Some(effects) = effects.collect::<Option<Vec<Effect>>>().filter(|_| model.ends > 1 || !alike)
        else {
            continue;
        };
        let names: Vec<String> = things.iter().map(|thing| format!("one {}", thing.0)).collect();
        let words = format!("with {} {word}{whose}", listed(&names));
        changes.push(Change::costs(ID, plain + 1, words, effects));
    }
}
