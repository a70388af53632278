//! Another type in place: any instance type that the book prices, or another power of a container service.

use rust_decimal::Decimal;

use super::count::{count_of, so_many};
use super::model::{Effect, Model};
use super::price::{at, rate};
use super::search::{Change, Search};
use super::stated::Nearness;

const ID: &str = "other-type";

/// How price ids of instances on demand begin.
const INSTANCES: &str = "ec2/instance-hours/";
/// How price ids of nodes of a container service begin.
const POWERS: &str = "lightsail/container-node-months/";

/// Digits that a figure is written with at least for another instance type to explain it.
const DIGITS: u32 = 3;

/// Types of one price that are told at most.
const TOLD: usize = 3;

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(model) = &search.model else { return };
    let counted = [model.places(0, true), model.places(1, true)].concat();
    for prefix in [INSTANCES, POWERS] {
        let mut known: Vec<&str> = Vec::new();
        for place in &counted {
            let own = model.groups[*place].price_id().strip_prefix(prefix);
            known.extend(own.filter(|own| !known.contains(own)));
        }
        if known.is_empty() || (prefix == INSTANCES && search.stated.digits < DIGITS) {
            continue;
        }
        let rates = rates(search, prefix);
        for own in known {
            let is_own = |place: &usize| model.groups[*place].price_id().strip_prefix(prefix) == Some(own);
            let places: Vec<usize> = counted.iter().copied().filter(is_own).collect();
            for (rate, names) in rates.iter().filter(|(_, names)| !names.contains(&own)) {
                let words = format!("at the price of {} in place of {own}", names.join(" or "));
                let effects = at_rate(model, &places, *rate);
                if prefix == POWERS {
                    changes.extend(one_of_them(model, &effects, &words));
                    changes.push(Change::costs(ID, 1, words, effects));
                } else if meets_to_the_cent(search, model, &effects) {
                    changes.push(Change::costs(ID, 2, words, effects));
                }
            }
        }
    }
}

/// The prices that begin so, each with the types that cost it: first those that the catalog knows.
fn rates<'a>(search: &'a Search<'_>, prefix: &str) -> Vec<(Decimal, Vec<&'a str>)> {
    let ids = search.subject.prices.price_ids();
    let names = ids.iter().filter_map(|id| id.strip_prefix(prefix));
    let catalog = search.subject.catalog;
    let mut names: Vec<&str> = names.collect();
    names.sort_by_key(|name| catalog.instance_type(name).is_none());
    let mut rates: Vec<(Decimal, Vec<&str>)> = Vec::new();
    for name in names {
        let Some(rate) = rate(search, &format!("{prefix}{name}")) else { continue };
        match rates.iter_mut().find(|(known, _)| *known == rate) {
            Some((_, names)) if names.len() < TOLD => names.push(name),
            Some(_) => {}
            None => rates.push((rate, vec![name])),
        }
    }
    rates
}

/// Groups at another rate; those of which that can't be told stay as they are.
fn at_rate(model: &Model<'_>, places: &[usize], rate: Decimal) -> Vec<Effect> {
    places.iter().filter_map(|place| Some((*place, at(&model.groups[*place], rate)?))).collect()
}

/// Whether the figure with these effects is the stated one to the cent: of a thousand types some comes near everything.
fn meets_to_the_cent(search: &Search<'_>, model: &Model<'_>, effects: &[Effect]) -> bool {
    let found = model.with(effects).and_then(|figure| search.stated.matches(&figure));
    found.is_some_and(|found| found.nearness == Nearness::Exact)
}

/// One node of another power in place of several.
fn one_of_them(model: &Model<'_>, effects: &[Effect], words: &str) -> Option<Change> {
    let [(place, costs)] = effects else { return None };
    let (count, thing) = count_of(model.groups[*place].charge?).filter(|(count, _)| *count > Decimal::ONE)?;
    let costs = costs.iter().map(|cost| cost.checked_div(count)).collect::<Option<Vec<Decimal>>>()?;
    let words = format!("with {} {words}", so_many(Decimal::ONE, thing));
    Some(Change::costs(ID, 2, words, vec![(*place, costs)]))
}
