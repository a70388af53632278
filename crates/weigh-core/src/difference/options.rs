//! One option along a path: what its cost is made of before and after, and what moved each charge.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::charges::{ChargeDifference, Key, matched, owned, step, sum};
use super::effects::{Drivers, EffectKind, Effects};
use super::mark::Mark;
use super::path::Path;
use super::told::otherwise;
use crate::snapshot::{ChargeSnapshot, OptionSnapshot, part_and_number};

/// An option before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionDifference {
    /// Its name.
    pub option: String,
    /// Whether it is new, gone, other than it was, or the same in everything that a snapshot holds.
    pub mark: Mark,
    /// What it was; nothing where it is new.
    pub before: Option<OptionSnapshot>,
    /// What it is; nothing where it is gone.
    pub after: Option<OptionSnapshot>,
    /// US dollars a month that it costs more, exactly the sum of the effects; nothing where a side has no price, which is
    /// unknown and never 0.
    pub change: Option<Decimal>,
    /// What the change is made of.
    pub effects: Effects,
    /// The charges that moved, by their keys; their effects add up to those of the option.
    pub charges: Vec<ChargeDifference>,
}

impl OptionDifference {
    /// What it costs on a side: the exact sum of its charges; nothing where it has no price.
    fn known(option: &OptionSnapshot) -> Option<Decimal> {
        option.monthly_cost.map(|_| sum(&option.charges))
    }

    /// US dollars a month before and after; nothing where it is not there or has no price.
    #[must_use]
    pub fn costs(&self) -> (Option<Decimal>, Option<Decimal>) {
        (self.before.as_ref().and_then(Self::known), self.after.as_ref().and_then(Self::known))
    }

    /// Why its change is unknown, in words; nothing where it is known.
    #[must_use]
    pub fn unknown(&self) -> Option<String> {
        if self.change.is_some() {
            return None;
        }
        let why = |option: &OptionSnapshot| {
            let missing = option.missing_prices.join(", ");
            match (option.missing_prices.is_empty(), option.failed_needs.is_empty()) {
                (false, _) => format!("no price for {missing}"),
                (true, false) => format!("nothing to price: {}", option.failed_needs.join("; ")),
                (true, true) => "no price".to_owned(),
            }
        };
        let side = |when: &str, option: &Option<OptionSnapshot>| {
            let unpriced = option.as_ref().filter(|option| option.monthly_cost.is_none());
            unpriced.map(|option| format!("{when} {}", why(option)))
        };
        let sides: Vec<String> =
            side("before", &self.before).into_iter().chain(side("now", &self.after)).collect();
        Some(sides.join("; "))
    }

    /// What else is not as it was, in words: status, size, rank, score, how it serves, what it fails.
    #[must_use]
    pub fn also(&self) -> Vec<String> {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) if before != after => otherwise(before, after),
            _ => Vec::new(),
        }
    }

    /// The difference of an option of a path's ends.
    pub(super) fn along(path: &Path, name: &str) -> OptionDifference {
        let (first, last) = (path.first().option(name), path.last().option(name));
        let mut told = OptionDifference {
            option: name.to_owned(),
            mark: Mark::of(first, last),
            before: first.cloned(),
            after: last.cloned(),
            change: None,
            effects: Effects::default(),
            charges: Vec::new(),
        };
        let mut moved = BTreeMap::new();
        match (first, last) {
            (Some(before), Some(after)) if before.monthly_cost.is_some() && after.monthly_cost.is_some() => {
                moved = followed(path, name);
                told.change = Some(sum(&after.charges).saturating_sub(sum(&before.charges)).normalize());
            }
            (Some(option), None) | (None, Some(option)) if option.monthly_cost.is_some() => {
                let driver = came_or_went(path, name).of_kind(EffectKind::Option);
                let sign = if first.is_some() { -Decimal::ONE } else { Decimal::ONE };
                for charge in &option.charges {
                    let mut effects = Effects::default();
                    effects.add(EffectKind::Option, driver, charge.cost * sign);
                    moved.insert(owned(charge), effects);
                }
                told.change = Some((sum(&option.charges) * sign).normalize());
            }
            _ => {}
        }
        moved.values().for_each(|effects| told.effects.add_all(effects));
        let charges =
            |option: Option<&OptionSnapshot>| option.map(|option| option.charges.clone()).unwrap_or_default();
        if told.change.is_some() {
            told.charges = differences(&charges(first), &charges(last), moved);
        }
        told
    }
}

/// What moved each charge of an option that is priced at both ends; states in which it has no price are passed over, and what
/// drove the steps around them is not told apart.
fn followed(path: &Path, name: &str) -> BTreeMap<Key, Effects> {
    let mut all: BTreeMap<Key, Effects> = BTreeMap::new();
    let mut before = path.first().option(name);
    let mut drivers = Drivers::default();
    for each in &path.steps {
        drivers = drivers.and(&each.drivers);
        let after = each.state.option(name).filter(|option| option.monthly_cost.is_some());
        let (Some(was), Some(is)) = (before, after) else { continue };
        for (key, effects) in step(&was.charges, &is.charges, &drivers) {
            all.entry(key).or_default().add_all(&effects);
        }
        (before, drivers) = (Some(is), Drivers::default());
    }
    all
}

/// What drove the step in which an option of one end came or went for the last time.
fn came_or_went(path: &Path, name: &str) -> Drivers {
    let is_there = path.last().option(name).is_some();
    let mut before = path.first().option(name).is_some();
    let mut drivers = Drivers::default();
    for each in &path.steps {
        let after = each.state.option(name).is_some();
        if after == is_there && before != after {
            drivers = each.drivers.clone();
        }
        before = after;
    }
    drivers
}

/// The charges that moved or differ.
fn differences(
    before: &[ChargeSnapshot],
    after: &[ChargeSnapshot],
    mut moved: BTreeMap<Key, Effects>,
) -> Vec<ChargeDifference> {
    let mut pairs = matched(before, after);
    for key in moved.keys() {
        pairs.entry(key.clone()).or_default();
    }
    let has_line = |charges: &[ChargeSnapshot], key: &Key| {
        let bare = part_and_number(&key.3).0;
        key.4.is_none()
            && charges.iter().any(|charge| {
                (&charge.component, &charge.environment, &charge.price_id) == (&key.0, &key.1, &key.2)
                    && part_and_number(&charge.part).0 != bare
            })
    };
    let mut told = Vec::new();
    for (key, (was, is)) in pairs {
        let effects = moved.remove(&key).unwrap_or_default();
        if was == is && effects.is_empty() {
            continue;
        }
        let other_part = match (was, is) {
            (None, Some(_)) => has_line(before, &key),
            (Some(_), None) => has_line(after, &key),
            _ => false,
        };
        let cost = |charge: Option<&ChargeSnapshot>| charge.map(|charge| charge.cost).unwrap_or_default();
        let (component, environment, price_id, part, commitment) = key;
        told.push(ChargeDifference {
            price_id,
            component,
            environment,
            part,
            commitment,
            before: was.cloned(),
            after: is.cloned(),
            change: cost(is).saturating_sub(cost(was)).normalize(),
            effects,
            other_part,
        });
    }
    told
}

/// What moved an option's cost between two states in which it has a price.
pub(super) fn between(before: &OptionSnapshot, after: &OptionSnapshot, drivers: &Drivers) -> Effects {
    let mut effects = Effects::default();
    step(&before.charges, &after.charges, drivers).values().for_each(|each| effects.add_all(each));
    effects
}
