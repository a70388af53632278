//! Costs that drifted: the total of an option, and each of its charges by the kinds of effect that moved it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Allows, Cause, Drift, Weight, moved_by};
use crate::difference::{ChargeDifference, Drivers, Effect, EffectKind, OptionDifference, Path};
use crate::money::{dollars, percentage};
use crate::snapshot::{ChargeSnapshot, OptionSnapshot};

/// The costs of an option that is there on both sides; an option without a price has none to compare.
pub(super) fn of_option(path: &Path, option: &OptionDifference, allows: Allows<'_>) -> Vec<Drift> {
    let (Some(before), Some(after)) = option.costs() else { return Vec::new() };
    let mut found = Vec::new();
    let mut let_pass = Decimal::ZERO;
    for charge in option.charges.iter().filter(|charge| charge.before != charge.after) {
        let cost =
            |charge: &Option<ChargeSnapshot>| charge.as_ref().map(|charge| charge.cost).unwrap_or_default();
        let (was, is) = match charge.commitment.as_deref() {
            // It costs nothing, and what it leaves on demand does.
            Some("covered") => (of_line(charge, &option.before), of_line(charge, &option.after)),
            _ => (cost(&charge.before), cost(&charge.after)),
        };
        let in_general = was != is && allows(None, was, is);
        let passes = was != is && (in_general || allows(Some(&charge.price_id), was, is));
        if passes && !in_general {
            let_pass = let_pass.saturating_add(charge.change);
        }
        let weight = if passes { Weight::LetPass } else { Weight::Fails };
        let of_charge = of_charge(path, &option.option, charge);
        found.extend(of_charge.into_iter().map(|drift| Drift { weight, ..drift }));
    }
    if before != after {
        let passes = allows(None, before.saturating_add(let_pass), after);
        let weight = if passes { Weight::LetPass } else { Weight::Fails };
        found.insert(0, Drift { weight, ..total(option, before, after) });
    }
    found
}

/// What the whole metered line of a charge costs on a side.
fn of_line(charge: &ChargeDifference, side: &Option<OptionSnapshot>) -> Decimal {
    let charges = side.iter().flat_map(|option| &option.charges);
    let line = charges.filter(|each| {
        (&each.component, &each.environment, &each.price_id)
            == (&charge.component, &charge.environment, &charge.price_id)
    });
    line.fold(Decimal::ZERO, |sum, each| sum.saturating_add(each.cost))
}

/// What an option costs in all.
fn total(option: &OptionDifference, before: Decimal, after: Decimal) -> Drift {
    let change = after.saturating_sub(before);
    let share = change.checked_div(before).and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
    let share = share.map(|share| format!(", {} %", signed(share, &percentage(share.abs()))));
    Drift {
        option: Some(option.option.clone()),
        figure: Some("monthly_cost"),
        before: Some(before.normalize().to_string()),
        after: Some(after.normalize().to_string()),
        unit: "USD".to_owned(),
        difference: Some(change.normalize()),
        causes: option.effects.iter().map(Cause::Effect).collect(),
        message: format!(
            "{} costs {} a month in place of {} ({}{})",
            option.option,
            dollars(after),
            dollars(before),
            signed(change, &dollars(change.abs())),
            share.unwrap_or_default()
        ),
        ..Drift::of("drift/total")
    }
}

/// A charge: a drift for each kind of effect; where its cost is the same, one for what else differs.
fn of_charge(path: &Path, option: &str, charge: &ChargeDifference) -> Vec<Drift> {
    let mut kinds: BTreeMap<EffectKind, Vec<Effect>> = BTreeMap::new();
    for effect in charge.effects.iter() {
        kinds.entry(effect.kind).or_default().push(effect);
    }
    if kinds.is_empty() {
        kinds = without_cost(path, option, charge);
    }
    let drift = |(kind, effects): (EffectKind, Vec<Effect>)| {
        let amount = effects.iter().fold(Decimal::ZERO, |sum, effect| sum.saturating_add(effect.amount));
        let causes = effects.into_iter().map(Cause::Effect).collect();
        Drift { difference: Some(amount.normalize()), causes, ..figures(option, charge, kind, amount) }
    };
    kinds.into_iter().map(drift).collect()
}

/// What differs in a charge that costs the same, such as a free allowance: each with an amount of 0.
fn without_cost(path: &Path, option: &str, charge: &ChargeDifference) -> BTreeMap<EffectKind, Vec<Effect>> {
    let mut kinds = Vec::new();
    match (&charge.before, &charge.after) {
        _ if charge.commitment.is_some() => kinds.push(EffectKind::Commitment),
        (Some(was), Some(is)) => {
            kinds.extend((was.rate != is.rate).then_some(EffectKind::Price));
            kinds.extend((was.quantity != is.quantity).then_some(EffectKind::Quantity));
            kinds.extend(kinds.is_empty().then_some(EffectKind::Structure));
        }
        _ => kinds.push(EffectKind::Structure),
    }
    let key = charge.before.as_ref().or(charge.after.as_ref()).map(ChargeSnapshot::key);
    let moved = moved_by(path, |state| {
        let charges = state.option(option).map(|option| option.charges.iter());
        charges.into_iter().flatten().find(|charge| Some(charge.key()) == key).cloned()
    });
    let drivers: Vec<_> = moved
        .into_iter()
        .filter_map(|cause| match cause {
            Cause::Driver(driver) => Some(driver),
            Cause::Effect(_) => None,
        })
        .collect();
    let drivers = Drivers::of(&drivers);
    let nothing = |kind| Effect { kind, driver: drivers.of_kind(kind), amount: Decimal::ZERO };
    kinds.into_iter().map(|kind| (kind, vec![nothing(kind)])).collect()
}

/// What a kind of effect is about: a rate, a quantity, or the cost.
fn figures(option: &str, charge: &ChargeDifference, kind: EffectKind, amount: Decimal) -> Drift {
    let both = |pick: fn(&ChargeSnapshot) -> Decimal| {
        let side = |charge: &Option<ChargeSnapshot>| charge.as_ref().map(|charge| pick(charge).normalize());
        (side(&charge.before), side(&charge.after))
    };
    let known = charge.after.as_ref().or(charge.before.as_ref());
    let in_unit = known.map(|charge| charge.unit.clone()).unwrap_or_default();
    let (rule, (before, after), unit) = match kind {
        EffectKind::Price => ("drift/price", both(|charge| charge.rate), format!("USD per {in_unit}")),
        EffectKind::Quantity => ("drift/quantity", both(|charge| charge.quantity), in_unit),
        EffectKind::Structure => ("drift/structure", both(|charge| charge.cost), "USD".to_owned()),
        EffectKind::Commitment if charge.commitment.as_deref() == Some("covered") => {
            ("drift/commitment", both(|charge| charge.quantity), in_unit)
        }
        EffectKind::Commitment => ("drift/commitment", both(|charge| charge.cost), "USD".to_owned()),
        EffectKind::Option => ("drift/option", both(|charge| charge.cost), "USD".to_owned()),
    };
    let for_what =
        if charge.component.is_empty() { String::new() } else { format!(" for {}", charge.component) };
    let what = format!("{option}: {}{for_what}", charge.price_id);
    let adds = format!("{} a month", signed(amount, &dollars(amount.abs())));
    let message = match (before, after) {
        (Some(before), Some(after)) => format!("{what}: {after} in place of {before} {unit}, {adds}"),
        (None, Some(_)) if charge.other_part => format!("{what}: is in another tier or part, {adds}"),
        (Some(_), None) if charge.other_part => format!("{what}: is no longer in this tier or part, {adds}"),
        (None, Some(_)) => format!("{what}: is charged now, {adds}"),
        (Some(_), None) => format!("{what}: is no longer charged, {adds}"),
        (None, None) => format!("{what}: came and went, {adds}"),
    };
    Drift {
        option: Some(option.to_owned()),
        charge: known.cloned(),
        before: before.map(|value| value.to_string()),
        after: after.map(|value| value.to_string()),
        unit,
        message,
        ..Drift::of(rule)
    }
}

/// An option that is there on one side only.
pub(super) fn came_or_went(option: &OptionDifference) -> Drift {
    let (before, after) = option.costs();
    let told = |cost: Option<Decimal>| cost.map(|cost| cost.normalize().to_string());
    let name = &option.option;
    let message = match (&option.after, after, before) {
        (Some(_), Some(cost), _) => format!("{name} is a new option, at {} a month", dollars(cost)),
        (Some(_), None, _) => format!("{name} is a new option, and has no price"),
        (None, _, Some(cost)) => format!("{name} is no option any more; it cost {} a month", dollars(cost)),
        (None, _, None) => format!("{name} is no option any more; it had no price"),
    };
    Drift {
        option: Some(name.clone()),
        figure: Some("monthly_cost"),
        before: told(before),
        after: told(after),
        unit: "USD".to_owned(),
        difference: option.change,
        causes: option.effects.iter().map(Cause::Effect).collect(),
        message,
        ..Drift::of("drift/option")
    }
}

/// An amount with its sign before what is shown of it.
fn signed(amount: Decimal, shown: &str) -> String {
    let sign = match (amount.is_zero(), amount.is_sign_negative()) {
        (true, _) => "",
        (false, true) => "-",
        (false, false) => "+",
    };
    format!("{sign}{shown}")
}
