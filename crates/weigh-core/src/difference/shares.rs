//! Which cents charges and effects are shown with, so that their columns add up to what is shown of their option.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Driver, EffectKind, Effects, OptionDifference, ScenarioDifference, to_the_cent};

/// The changes of an option's charges to the cent, which add up to its own.
pub(crate) fn of_charges(option: &OptionDifference, shown: Decimal) -> Vec<Decimal> {
    let changes: Vec<Decimal> = option.charges.iter().map(|charge| charge.change).collect();
    to_the_cent(&changes, shown)
}

/// Effects to the cent, which add up to a change to the cent.
pub(crate) fn by_remainder(effects: &Effects, shown: Decimal) -> Vec<Decimal> {
    let amounts: Vec<Decimal> = effects.iter().map(|effect| effect.amount).collect();
    to_the_cent(&amounts, shown)
}

/// An option's effects to the cent: what its charges show of each, where all then add up and none is a cent off or more; else by
/// the largest remainder.
pub(crate) fn of_effects(option: &OptionDifference, shown: Decimal) -> Vec<Decimal> {
    let mut sums: BTreeMap<(EffectKind, Driver), Decimal> = BTreeMap::new();
    for (charge, cents) in option.charges.iter().zip(of_charges(option, shown)) {
        for (effect, cents) in charge.effects.iter().zip(by_remainder(&charge.effects, cents)) {
            let sum = sums.entry((effect.kind, effect.driver)).or_default();
            *sum = sum.saturating_add(cents);
        }
    }
    let each = option.effects.iter().map(|effect| {
        let cents = sums.get(&(effect.kind, effect.driver)).copied().unwrap_or_default();
        (effect.amount, cents)
    });
    let (amounts, cents): (Vec<Decimal>, Vec<Decimal>) = each.unzip();
    let is_near = amounts
        .iter()
        .zip(&cents)
        .all(|(amount, cents)| amount.saturating_sub(*cents).abs() < Decimal::new(1, 2));
    let sum = cents.iter().fold(Decimal::ZERO, |sum, cents| sum.saturating_add(*cents));
    if is_near && sum == shown { cents } else { to_the_cent(&amounts, shown) }
}

/// The effects on what the recommended option costs, to the cent: those of the option, where it is one and the same all along.
pub(crate) fn of_leading(difference: &ScenarioDifference, shown: Decimal) -> Vec<Decimal> {
    let leading = &difference.leading;
    let (before, after) = (&leading.before, &leading.after);
    let is_it = |option: &&OptionDifference| {
        let stays =
            [before, after].iter().all(|side| side.as_ref().is_some_and(|(name, _)| *name == option.option));
        stays && option.effects == leading.effects
    };
    let stayed = difference.options.iter().find(is_it);
    stayed.map_or_else(|| by_remainder(&leading.effects, shown), |option| of_effects(option, shown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::difference::{Drivers, Path, shown_change};
    use crate::snapshot::ScenarioSnapshot;
    use serde_json::json;

    fn usd(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// The shop with these quantities and rates, each a charge of its own.
    fn shop(charges: &[(Decimal, Decimal)]) -> ScenarioSnapshot {
        let cost: Decimal = charges.iter().map(|(quantity, rate)| quantity * rate).sum();
        let charge = |(place, (quantity, rate)): (usize, &(Decimal, Decimal))| {
            json!({ "price_id": format!("{place:02}"), "component": "", "environment": "", "part": "",
                "quantity": quantity, "unit": "Hours", "rate": rate, "cost": quantity * rate })
        };
        let charges: Vec<_> = charges.iter().enumerate().map(charge).collect();
        let option = json!({ "option": "a", "platform": "fargate", "status": "ranked", "monthly_cost": cost,
            "failed_needs": [], "missing_prices": [], "charges": charges });
        let decision = json!({ "recommended": "a", "ranking": ["a"], "weights": [] });
        let shop = json!({ "file": "shop.toml", "name": "Shop", "scenario_hash": "", "region": "us-east-1",
            "as_of": "2026-10-07", "decision": decision, "options": [option], "inputs": [], "traces": [] });
        serde_json::from_value(shop).unwrap()
    }

    /// What is shown of charges that grow in rate, then of those that grow in quantity, and of the effects price and quantity.
    fn shown(rates: &[&str], quantities: &[&str]) -> (Vec<String>, Vec<String>) {
        let one = Decimal::ONE;
        let rates = rates.iter().map(|more| (one, one + usd(more)));
        let quantities = quantities.iter().map(|more| (one + usd(more), one));
        let after: Vec<(Decimal, Decimal)> = rates.chain(quantities).collect();
        let path = Path::from(shop(&vec![(one, one); after.len()]))
            .then(Drivers::of(&[Driver::Scenario]), shop(&after));
        let difference = ScenarioDifference::along(&path);
        let option = &difference.options[0];
        let (before, after) = option.costs();
        let sum = shown_change(before.unwrap(), after.unwrap());
        let (charges, effects) = (of_charges(option, sum), of_effects(option, sum));
        assert_eq!(of_leading(&difference, sum), effects);
        for column in [&charges, &effects] {
            assert_eq!(column.iter().sum::<Decimal>(), sum);
        }
        let told = |cents: Vec<Decimal>| cents.iter().map(|cents| format!("{cents:.2}")).collect();
        (told(charges), told(effects))
    }

    #[test]
    fn effects_show_what_their_charges_show() {
        let (charges, effects) = shown(&["0.104"], &["0.1035", "0.1035"]);
        assert_eq!(charges, ["0.11", "0.10", "0.10"]);
        assert_eq!(effects, ["0.11", "0.20"]);
    }

    #[test]
    fn no_effect_is_a_cent_off() {
        let (charges, effects) = shown(&["0.009"; 6], &["0.004"; 10]);
        assert_eq!(charges.iter().filter(|cents| *cents == "0.01").count(), 9);
        // The charges of the quantity show 0.03 of its 0.04.
        assert_eq!(effects, ["0.05", "0.04"]);
    }
}
