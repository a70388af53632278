//! Costs that drifted: the total of an option, and each of its charges by the kinds of effect that moved it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Allows, Cause, Drift, Weight, moved_by};
use crate::difference::{
    ChargeDifference, Drivers, Effect, EffectKind, OptionDifference, Path, shares, shown_change, to_the_cent,
};
use crate::money::{self, dollars, percentage, sign};
use crate::snapshot::{ChargeSnapshot, OptionSnapshot, ScenarioSnapshot};

/// The costs of an option that is there on both sides; an option without a price has none to compare.
pub(super) fn of_option(path: &Path, option: &OptionDifference, allows: Allows<'_>) -> Vec<Drift> {
    let (Some(before), Some(after)) = option.costs() else { return Vec::new() };
    let mut drifts = Vec::new();
    let mut let_pass = Decimal::ZERO;
    let cents = shares::of_charges(option, shown_change(before, after));
    let charges = option.charges.iter().zip(cents);
    for (charge, shown) in charges.filter(|(charge, _)| charge.before != charge.after) {
        let cost =
            |charge: &Option<ChargeSnapshot>| charge.as_ref().map(|charge| charge.cost).unwrap_or_default();
        let (was, is) = match charge.commitment.as_deref() {
            // It costs nothing, and what it leaves on demand does.
            Some("covered") => (of_line(charge, &option.before), of_line(charge, &option.after)),
            _ => (cost(&charge.before), cost(&charge.after)),
        };
        let in_general = allows(None, was, is);
        let passes = in_general || allows(Some(&charge.price_id), was, is);
        if passes && !in_general {
            let_pass = let_pass.saturating_add(charge.change);
        }
        let weight = if passes { Weight::LetPass } else { Weight::Fails };
        let of_charge = of_charge(path, &option.option, charge, shown);
        drifts.extend(of_charge.into_iter().map(|drift| Drift { weight, ..drift }));
    }
    if before != after {
        let counted = before.saturating_add(let_pass);
        let passes = counted == after || allows(None, counted, after);
        let weight = if passes { Weight::LetPass } else { Weight::Fails };
        drifts.insert(0, Drift { weight, ..total(option, before, after) });
    }
    drifts
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
    let share = share.map(|share| format!(", {}{} %", sign(share), percentage(share.abs())));
    let shown = shown_change(before, after);
    Drift {
        option: Some(option.option.clone()),
        figure: Some("monthly_cost"),
        before: Some(before.normalize().to_string()),
        after: Some(after.normalize().to_string()),
        unit: "USD".to_owned(),
        difference: Some(change.normalize()),
        shown: Some(shown),
        causes: causes(option, shown),
        interaction: option.effects.interaction,
        message: format!(
            "{} costs {} a month in place of {} ({}{})",
            option.option,
            dollars(after),
            dollars(before),
            money::change(change, shown),
            share.unwrap_or_default()
        ),
        ..Drift::of("drift/total")
    }
}

/// What moved an option's cost, shown to the cent so that it adds up to what is shown of the change.
fn causes(option: &OptionDifference, shown: Decimal) -> Vec<Cause> {
    let effects = option.effects.iter().zip(shares::of_effects(option, shown));
    effects.map(|(effect, cents)| Cause::Effect(effect, cents)).collect()
}

/// Effects, shown to the cent so that they add up to what is shown of their sum.
fn to_cents(effects: &[Effect], shown: Decimal) -> Vec<(Effect, Decimal)> {
    let amounts: Vec<Decimal> = effects.iter().map(|effect| effect.amount).collect();
    effects.iter().copied().zip(to_the_cent(&amounts, shown)).collect()
}

/// A charge: a drift for each kind of effect; where its cost is the same, one for what else differs.
fn of_charge(path: &Path, option: &str, charge: &ChargeDifference, shown: Decimal) -> Vec<Drift> {
    let mut effects: Vec<Effect> = charge.effects.iter().collect();
    if effects.is_empty() {
        effects = without_cost(path, option, charge);
    }
    let mut kinds: BTreeMap<EffectKind, Vec<(Effect, Decimal)>> = BTreeMap::new();
    for (effect, cents) in to_cents(&effects, shown) {
        kinds.entry(effect.kind).or_default().push((effect, cents));
    }
    let drift = |(kind, effects): (EffectKind, Vec<(Effect, Decimal)>)| {
        let sum = |of: fn(&(Effect, Decimal)) -> Decimal| {
            effects.iter().map(of).fold(Decimal::ZERO, Decimal::saturating_add)
        };
        let amounts = [sum(|(effect, _)| effect.amount), sum(|(_, cents)| *cents)];
        let causes = effects.into_iter().map(|(effect, cents)| Cause::Effect(effect, cents)).collect();
        Drift { causes, ..figures(path, (option, charge), kind, amounts) }
    };
    kinds.into_iter().map(drift).collect()
}

/// What differs in a charge that costs the same, such as a free allowance: each with an amount of 0.
fn without_cost(path: &Path, option: &str, charge: &ChargeDifference) -> Vec<Effect> {
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
    let moved = moved_by(path, |state| found(state, option, charge).cloned());
    let drivers: Vec<_> = moved
        .into_iter()
        .filter_map(|cause| match cause {
            Cause::Driver(driver) => Some(driver),
            Cause::Effect(..) => None,
        })
        .collect();
    let drivers = Drivers::of(&drivers);
    let nothing = |kind| Effect { kind, driver: drivers.of_kind(kind), amount: Decimal::ZERO };
    kinds.into_iter().map(nothing).collect()
}

/// A charge of an option in a state of a path.
fn found<'s>(
    state: &'s ScenarioSnapshot,
    option: &str,
    charge: &ChargeDifference,
) -> Option<&'s ChargeSnapshot> {
    let key = charge.before.as_ref().or(charge.after.as_ref()).map(ChargeSnapshot::key);
    state.option(option)?.charges.iter().find(|charge| Some(charge.key()) == key)
}

/// A rate or a quantity before and after; of a charge that came or went as well, what it was where it first was and last is.
fn moved(
    path: &Path,
    (option, charge): (&str, &ChargeDifference),
    pick: fn(&ChargeSnapshot) -> Decimal,
) -> Option<(Decimal, Decimal)> {
    let states = std::iter::once(path.first()).chain(path.steps().iter().map(|step| &step.state));
    let mut there = states.filter_map(|state| found(state, option, charge)).map(pick);
    let first = there.next()?;
    let last = there.next_back().filter(|last| *last != first)?;
    Some((first, last))
}

/// A charge by all that tells it from others: `vpc/public-ipv4-hours for api in prod (first 5 GB)`.
fn named(charge: &ChargeDifference) -> String {
    let mut name = charge.price_id.clone();
    for (before, words, after) in
        [(" for ", &charge.component, ""), (" in ", &charge.environment, ""), (" (", &charge.part, ")")]
    {
        if !words.is_empty() {
            name.extend([before, words, after]);
        }
    }
    name
}

/// What a kind of effect is about: a rate, a quantity, or the cost; with the amount exactly, and as it is shown.
fn figures(
    path: &Path,
    (option, charge): (&str, &ChargeDifference),
    kind: EffectKind,
    [amount, shown]: [Decimal; 2],
) -> Drift {
    let ends = |pick: fn(&ChargeSnapshot) -> Decimal| {
        let side = |charge: &Option<ChargeSnapshot>| charge.as_ref().map(|charge| pick(charge).normalize());
        (side(&charge.before), side(&charge.after))
    };
    let both = |pick: fn(&ChargeSnapshot) -> Decimal| match moved(path, (option, charge), pick) {
        Some((before, after)) => (Some(before.normalize()), Some(after.normalize())),
        None => ends(pick),
    };
    let known = charge.after.as_ref().or(charge.before.as_ref());
    let in_unit = known.map(|charge| charge.unit.clone()).unwrap_or_default();
    let (rule, (before, after), unit) = match kind {
        EffectKind::Price => ("drift/price", both(|charge| charge.rate), format!("USD per {in_unit}")),
        EffectKind::Quantity => ("drift/quantity", both(|charge| charge.quantity), in_unit),
        EffectKind::Structure => ("drift/structure", ends(|charge| charge.cost), "USD".to_owned()),
        EffectKind::Commitment if charge.commitment.as_deref() == Some("covered") => {
            ("drift/commitment", both(|charge| charge.quantity), in_unit)
        }
        EffectKind::Commitment => ("drift/commitment", ends(|charge| charge.cost), "USD".to_owned()),
        EffectKind::Option => ("drift/option", ends(|charge| charge.cost), "USD".to_owned()),
    };
    let what = format!("{option}: {}", named(charge));
    let adds = format!("{} a month", money::change(amount, shown));
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
        difference: Some(amount.normalize()),
        shown: Some(shown),
        interaction: if kind == EffectKind::Quantity { charge.effects.interaction } else { Decimal::ZERO },
        message,
        ..Drift::of(rule)
    }
}

/// An option that is there on one side only.
pub(super) fn came_or_went(option: &OptionDifference) -> Drift {
    let (before, after) = option.costs();
    let told = |cost: Option<Decimal>| cost.map(|cost| cost.normalize().to_string());
    let name = &option.option;
    let shown = shown_change(before.unwrap_or_default(), after.unwrap_or_default());
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
        shown: option.change.map(|_| shown),
        causes: causes(option, shown),
        message,
        ..Drift::of("drift/option")
    }
}
