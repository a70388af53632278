//! Charges that are left out: of one price, one service, one component, or all but those.

use rust_decimal::Decimal;

use super::model::{Effect, Model};
use super::search::{Change, Search};
use super::sets::{Set, name_of};
use super::words::{is_or_are, usd};

const ID: &str = "left-out";

/// How price ids of one kind of thing begin, on demand, on Spot and reserved, and what they are called together.
const KINDS: &[(&[&str], &str)] = &[
    (&["ec2/instance-hours/", "ec2-spot/instance-hours/", "ec2-reserved/instance-hours/"], "instances"),
    (&["fargate/", "fargate-spot/", "compute-savings-plan/fargate-"], "tasks"),
];

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(model) = &search.model else { return };
    for side in 0..2 {
        let sets = &search.counted[side];
        let mut all: Vec<usize> = sets.iter().flat_map(|set| set.places.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        let total = usd(&model.cost(&all));
        for set in sets.iter().filter(|set| set.places != all) {
            let rest: Vec<usize> = all.iter().copied().filter(|place| !set.places.contains(place)).collect();
            changes.push(alone(search, model, set, &rest, &total, side));
            let words = format!(
                "without {}{} ({} of {total} USD)",
                set.name,
                side_of(search, side),
                usd(&model.cost(&set.places))
            );
            changes.push(Change::costs(ID, set.plain, words, nothing(model, &set.places)));
        }
    }
    on_both_sides(search, model, changes);
    one_kind_on_both_sides(model, changes);
}

/// Of both options of a difference one kind of charge alone, whichever way it is paid for: the instances, on demand and reserved.
fn one_kind_on_both_sides(model: &Model<'_>, changes: &mut Vec<Change>) {
    let [of, against] = [model.places(0, true), model.places(1, true)];
    let all = [of.as_slice(), against.as_slice()].concat();
    let costs = |place: &usize| model.groups[*place].costs.iter().any(|cost| !cost.is_zero());
    let is = |kind: &'static str| {
        move |place: &usize| kind_of(model.groups[*place].price_id()).is_some_and(|known| known == kind)
    };
    for (_, kind) in KINDS.iter().filter(|_| !model.is_sum()) {
        let both =
            [&of, &against].iter().all(|side| side.iter().any(|place| costs(place) && is(kind)(place)));
        let rest: Vec<usize> = all.iter().copied().filter(|place| !is(kind)(place)).collect();
        if both && rest.iter().any(costs) {
            let words = format!("with the {kind} alone on both sides");
            changes.push(Change::costs(ID, 0, words, nothing(model, &rest)));
        }
    }
}

/// What a price id prices, whichever way it is paid for.
fn kind_of(price_id: &str) -> Option<&'static str> {
    KINDS
        .iter()
        .find(|(begins, _)| begins.iter().any(|begin| price_id.starts_with(begin)))
        .map(|(_, kind)| *kind)
}

/// The same left out of both options of a difference.
fn on_both_sides(search: &Search<'_>, model: &Model<'_>, changes: &mut Vec<Change>) {
    for set in &search.counted[0] {
        let same = search.counted[1].iter().filter(|other| other.name == set.name);
        for other in same {
            let effects = nothing(model, &[set.places.as_slice(), &other.places].concat());
            let words = format!("without {} on both sides", set.name);
            changes.push(Change::costs(ID, set.plain, words, effects));
        }
    }
}

/// Nothing but a set is counted.
fn alone(
    search: &Search<'_>,
    model: &Model<'_>,
    set: &Set,
    rest: &[usize],
    total: &str,
    side: usize,
) -> Change {
    let missing = name_of(model, &search.counted[side], rest);
    let of_one_price = set.places.iter().all(|place| model.groups[*place].label == set.name);
    let charge = if of_one_price { " charge" } else { "" };
    let amount = usd(&model.cost(rest));
    // That nearly everything is left out is far-fetched, unless it is one thing.
    let is_little = model.cost(&set.places).high <= model.cost(rest).high;
    let several = missing.contains(" and ") || missing == "services";
    let mut change = Change::costs(
        ID,
        set.plain + if is_little && several { 2 } else { 0 },
        format!("with the {}{charge} alone{}", set.name, side_of(search, side)),
        nothing(model, rest),
    );
    if model.is_sum() {
        let (name, verb) = (&set.name, is_or_are(&missing));
        change.alone =
            format!("equals the {name}{charge} alone: {missing} {verb} missing ({amount} of {total} USD)");
    }
    change
}

fn nothing(model: &Model<'_>, places: &[usize]) -> Vec<Effect> {
    places.iter().map(|place| (*place, vec![Decimal::ZERO; model.ends])).collect()
}

/// Of which option it is, in a difference of two.
pub(super) fn side_of(search: &Search<'_>, side: usize) -> String {
    let entry = &search.claim.entry;
    let is_difference = search.model.as_ref().is_some_and(|model| !model.is_sum());
    let option = if side == 0 { &entry.option } else { &entry.against };
    match option {
        Some(name) if is_difference => format!(" of {name}"),
        _ => String::new(),
    }
}
