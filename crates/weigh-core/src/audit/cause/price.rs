//! Another price in place: of another kind of the same thing, of another way to pay, of another region.

use rust_decimal::Decimal;

use super::model::{Effect, Group, Model};
use super::search::{Change, Search};
use crate::bill::Charge;
use crate::claim::Figure;

const ID: &str = "other-price";

/// Words of price ids that stand for each other, and how plain a mistake it is to take one for another.
const KINDS_OF_ONE_THING: &[(&[&str], u32)] = &[
    (&["single-az", "multi-az", "multi-az-cluster"], 0),
    (&["gp3", "gp2", "io1", "io2", "magnetic", "st1", "sc1"], 1),
    (&["linux-x86", "linux-arm", "windows-x86"], 2),
    (&["x86", "arm"], 2),
    (&["redis", "valkey", "memcached"], 2),
    (&["application", "network", "gateway"], 3),
    (&["http", "rest", "websocket"], 3),
];

/// How price ids begin that are other ways to pay for the same thing: on demand, and on Spot.
const MARKETS: &[(&str, &str, &str)] = &[
    ("ec2/instance-hours/", "ec2-spot/instance-hours/", "Spot"),
    ("ec2-spot/instance-hours/", "ec2/instance-hours/", "on-demand"),
    ("fargate/", "fargate-spot/", "Spot"),
    ("fargate-spot/", "fargate/", "on-demand"),
];

/// Price ids that reserved prices have.
const RESERVED: &[(&str, &str, &str)] = &[
    ("ec2/instance-hours/", "ec2-reserved/instance-hours/", "reserved"),
    ("fargate/", "compute-savings-plan/fargate-", "Savings Plan"),
];

/// Terms of reservations, and their words.
pub(super) const TERMS: &[(&str, &str)] = &[
    ("1-year-no-upfront", "1 year, no upfront"),
    ("1-year-partial-upfront", "1 year, partly upfront"),
    ("1-year-all-upfront", "1 year, all upfront"),
    ("3-years-no-upfront", "3 years, no upfront"),
    ("3-years-partial-upfront", "3 years, partly upfront"),
    ("3-years-all-upfront", "3 years, all upfront"),
];

/// Sizes of instances and of databases.
const SIZES: &[&str] = &["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge"];
/// Burstable families that stand for each other.
const FAMILIES: &[&str] = &["t2", "t3", "t3a", "t4g"];

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    match &search.model {
        Some(model) => {
            let counted: Vec<usize> = [model.places(0, true), model.places(1, true)].concat();
            other_kinds(search, model, &counted, changes);
            other_types(search, model, &counted, changes);
            other_ways_to_pay(search, model, &counted, changes);
            other_rates_of_the_same(search, model, &counted, changes);
            other_regions(search, model, &counted, changes);
        }
        None => of_a_price(search, changes),
    }
}

/// The rate of the first band of a price on the comparison's day.
pub(super) fn rate(search: &Search<'_>, price_id: &str) -> Option<Decimal> {
    let (tariff, _) = search.subject.prices.tariff(price_id, search.subject.comparison.as_of).ok()?;
    tariff.bands.first().map(|band| band.rate)
}

/// A group at another rate: what is free or covered by a commitment stays as it is.
pub(super) fn at(group: &Group<'_>, rate: Decimal) -> Option<Vec<Decimal>> {
    group.changed(|charge| {
        if charge.rate.is_zero() {
            return Some(charge.cost);
        }
        let rate = charge.discount.as_ref().map_or(rate, |discount| discount.off(rate));
        charge.quantity.checked_mul(rate)
    })
}

/// The groups whose price id `swap` turns into another one that has a price, at that price.
pub(super) fn swapped(
    search: &Search<'_>,
    model: &Model<'_>,
    counted: &[usize],
    swap: impl Fn(&str) -> Option<String>,
) -> Option<Vec<Effect>> {
    let mut effects = Vec::new();
    for place in counted {
        let group = &model.groups[*place];
        let Some(other) = swap(group.price_id()) else { continue };
        if let Some(rate) = rate(search, &other) {
            effects.push((*place, at(group, rate)?));
        }
    }
    (!effects.is_empty()).then_some(effects)
}

/// A price id with one word in place of another, where it has that word.
fn with_word(price_id: &str, was: &str, word: &str) -> Option<String> {
    let joint = |sign: char| sign == '/' || sign == '-';
    let at = price_id.match_indices(was).map(|(at, _)| at).find(|at| {
        let (before, after) = (&price_id[..*at], &price_id[at + was.len()..]);
        (before.is_empty() || before.ends_with(joint)) && (after.is_empty() || after.starts_with(joint))
    })?;
    Some(format!("{}{word}{}", &price_id[..at], &price_id[at + was.len()..]))
}

fn other_kinds(search: &Search<'_>, model: &Model<'_>, counted: &[usize], changes: &mut Vec<Change>) {
    for (words, plain) in KINDS_OF_ONE_THING {
        for was in *words {
            let has = |place: &&usize| with_word(model.groups[**place].price_id(), was, was).is_some();
            let places: Vec<usize> = counted.iter().filter(has).copied().collect();
            for word in words.iter().filter(|word| *word != was && !places.is_empty()) {
                let Some(effects) = swapped(search, model, &places, |id| with_word(id, was, word)) else {
                    continue;
                };
                // Of several things each by itself too: the database in one zone, its volume in several.
                for effect in effects.iter().filter(|_| effects.len() > 1) {
                    let label = &model.groups[effect.0].label;
                    let words = format!("at the price of {word} in place of {was} for {label}");
                    changes.push(Change::costs(ID, *plain + 1, words, vec![effect.clone()]));
                }
                let words = format!("at the price of {word} in place of {was}");
                changes.push(Change::costs(ID, *plain, words, effects));
            }
        }
    }
}

/// The type of an instance or a database in a price id: the family, and the size.
fn type_of(price_id: &str) -> Option<(&str, &str)> {
    price_id.split('/').find_map(|segment| segment.rsplit_once('.').filter(|(_, size)| SIZES.contains(size)))
}

fn other_types(search: &Search<'_>, model: &Model<'_>, counted: &[usize], changes: &mut Vec<Change>) {
    let mut types: Vec<(&str, &str)> = Vec::new();
    for place in counted {
        if let Some(known) = type_of(model.groups[*place].price_id()).filter(|known| !types.contains(known)) {
            types.push(known);
        }
    }
    for (family, size) in types {
        let was = format!("{family}.{size}");
        let bare = family.rsplit('.').next().unwrap_or(family);
        let prefix = &family[..family.len() - bare.len()];
        let sizes = SIZES.iter().map(|other| format!("{family}.{other}"));
        let families = FAMILIES.iter().filter(|_| FAMILIES.contains(&bare));
        let families = families.map(|other| format!("{prefix}{other}.{size}"));
        for other in sizes.chain(families).filter(|other| *other != was) {
            let Some(effects) = swapped(search, model, counted, |id| with_word(id, &was, &other)) else {
                continue;
            };
            let words = format!("at the price of {other} in place of {was}");
            changes.push(Change::costs(ID, 2, words, effects));
        }
    }
}

fn other_ways_to_pay(search: &Search<'_>, model: &Model<'_>, counted: &[usize], changes: &mut Vec<Change>) {
    for (begin, other, name) in MARKETS {
        let swap = |id: &str| id.strip_prefix(begin).map(|rest| format!("{other}{rest}"));
        if let Some(effects) = swapped(search, model, counted, swap) {
            changes.push(Change::costs(ID, 1, format!("at the {name} price"), effects));
        }
    }
    for (begin, other, name) in RESERVED {
        if counted.iter().all(|place| !model.groups[*place].price_id().starts_with(begin)) {
            continue;
        }
        for (term, told) in TERMS {
            let standard = if *name == "reserved" { "standard-" } else { "" };
            let swap =
                |id: &str| id.strip_prefix(begin).map(|rest| format!("{other}{rest}/{standard}{term}"));
            if let Some(effects) = swapped(search, model, counted, swap) {
                changes.push(Change::costs(ID, 2, format!("at the {name} price ({told})"), effects));
            }
        }
    }
}

/// List prices in place of discounted ones, and the first band's price for all bands.
fn other_rates_of_the_same(
    search: &Search<'_>,
    model: &Model<'_>,
    counted: &[usize],
    changes: &mut Vec<Change>,
) {
    let any = |has: fn(&Charge) -> bool| {
        counted.iter().any(|place| model.groups[*place].charges.iter().flatten().any(|charge| has(charge)))
    };
    let each = |cost: &dyn Fn(&Charge) -> Option<Decimal>| {
        let effects = counted.iter().map(|place| Some((*place, model.groups[*place].changed(cost)?)));
        effects.collect::<Option<Vec<Effect>>>()
    };
    if any(|charge| charge.discount.is_some()) {
        let effects = each(&|charge| charge.quantity.checked_mul(charge.list_rate));
        let change = effects.map(|effects| Change::costs(ID, 1, "at list prices".to_owned(), effects));
        changes.extend(change);
    }
    if any(|charge| charge.part.starts_with("above ") || charge.part.contains(" to ")) {
        let first = |charge: &Charge| match charge.rate.is_zero() {
            true => Some(charge.cost),
            false => charge.quantity.checked_mul(rate(search, &charge.price_id).unwrap_or(charge.rate)),
        };
        let words = "at the first band's price for all bands".to_owned();
        changes.extend(each(&first).map(|effects| Change::costs(ID, 3, words, effects)));
    }
}

fn other_regions(search: &Search<'_>, model: &Model<'_>, counted: &[usize], changes: &mut Vec<Change>) {
    let (prices, date) = (search.subject.prices, search.subject.comparison.as_of);
    // What has no price of the book at home either, such as what is bought elsewhere, costs the same everywhere.
    let priced = counted.iter().copied().filter(|place| {
        let id = model.groups[*place].price_id();
        prices.tariff(id, date).is_ok_and(|(_, borrowed)| borrowed.is_none())
    });
    let priced: Vec<usize> = priced.collect();
    let mut known: Vec<(Vec<&str>, Vec<Effect>)> = Vec::new();
    for region in prices.other_regions() {
        let effects = priced.iter().map(|place| {
            let group = &model.groups[*place];
            let rate = prices.rate_elsewhere(region, group.price_id(), date)?;
            Some((*place, at(group, rate)?))
        });
        let Some(effects) = effects.collect::<Option<Vec<Effect>>>().filter(|effects| !effects.is_empty())
        else {
            continue;
        };
        match known.iter_mut().find(|(_, same)| *same == effects) {
            Some((regions, _)) => regions.push(region),
            None => known.push((vec![region], effects)),
        }
    }
    for (regions, effects) in known {
        let words = format!("at the prices of {}", regions.join(" or "));
        changes.push(Change::costs(ID, 4, words, effects));
    }
}

/// The same of a claim about a price itself.
fn of_a_price(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(price_id) = search.claim.entry.price_id.as_deref() else { return };
    let Some(own) = rate(search, price_id).filter(|own| !own.is_zero()) else { return };
    // The computed figure may be told for another unit of time than the rate.
    let scaled = |other: Decimal| -> Option<Figure> {
        let ratio = other.checked_div(own)?;
        Some(search.computed.figure.map(|end| end * ratio))
    };
    let mut push = |plain: u32, words: String, other: Decimal| {
        let figure = scaled(other);
        changes.extend(figure.map(|figure| Change::figure(ID, plain, words, figure)));
    };
    for (words, plain) in KINDS_OF_ONE_THING {
        for was in *words {
            for word in words.iter().filter(|word| *word != was) {
                let other = with_word(price_id, was, word).and_then(|id| rate(search, &id));
                if let Some(other) = other {
                    push(*plain, format!("equals the price of {word} in place of {was}"), other);
                }
            }
        }
    }
    for (begin, other, name) in MARKETS {
        let id = price_id.strip_prefix(begin).map(|rest| format!("{other}{rest}"));
        if let Some(other) = id.and_then(|id| rate(search, &id)) {
            push(1, format!("equals the {name} price"), other);
        }
    }
    if let Some((family, size)) = type_of(price_id) {
        let was = format!("{family}.{size}");
        for other in SIZES.iter().map(|size| format!("{family}.{size}")).filter(|other| *other != was) {
            let rate = with_word(price_id, &was, &other).and_then(|id| rate(search, &id));
            if let Some(rate) = rate {
                push(2, format!("equals the price of {other} in place of {was}"), rate);
            }
        }
    }
    let (prices, date) = (search.subject.prices, search.subject.comparison.as_of);
    for region in prices.other_regions() {
        if let Some(other) = prices.rate_elsewhere(region, price_id, date) {
            push(3, format!("equals the price of {region}"), other);
        }
    }
}
