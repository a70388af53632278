//! Whether a scenario of a snapshot is one that this program could have written.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{OptionSnapshot, ScenarioSnapshot, numbered, part_and_number, scenario_hash};

/// What may lie between a product or a sum and itself reckoned in another order, where its digits are more than the 28 that a
/// figure holds, in US dollars.
const ROUNDING: Decimal = Decimal::from_parts(1, 0, 0, false, 12);

fn agree(one: Decimal, other: Decimal) -> bool {
    one.checked_sub(other).is_some_and(|gap| gap.abs() <= ROUNDING)
}

/// What is wrong in a scenario of a snapshot, which somebody edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// It in words, with the scenario's file and the option.
    pub message: String,
    /// Where it stands: pieces of the snapshot's text, each behind the one before, of which the last is meant.
    pub place: Vec<String>,
}

/// Holds a scenario of a snapshot against itself: options and charges stand once, each cost is quantity × rate, the charges of
/// an option add up to its cost, and the hash is that of the inputs and traces.
///
/// # Errors
/// The first figure that does not agree.
///
/// ```
/// use weigh_core::snapshot::{DecisionSnapshot, ScenarioSnapshot, scenario_hash, sound};
/// let mut scenario = ScenarioSnapshot {
///     file: "shop.toml".into(),
///     name: "Shop".into(),
///     scenario_hash: scenario_hash(&["a = 1".into()], &[]),
///     region: "us-east-1".into(),
///     as_of: "2026-10-07".into(),
///     decision: DecisionSnapshot { recommended: None, method: None, ranking: Vec::new(), weights: Vec::new() },
///     options: Vec::new(),
///     inputs: vec!["a = 1".into()],
///     traces: Vec::new(),
/// };
/// assert_eq!(sound(&scenario), Ok(()));
/// scenario.inputs[0] = "a = 2".into();
/// let edited = sound(&scenario).unwrap_err();
/// assert_eq!(edited.message, "shop.toml: scenario_hash is not that of its inputs and traces");
/// ```
pub fn sound(scenario: &ScenarioSnapshot) -> Result<(), Edited> {
    let file = serde_json::to_string(&scenario.file).unwrap_or_default();
    let start = format!("\"file\": {file}");
    if scenario.scenario_hash != scenario_hash(&scenario.inputs, &scenario.traces) {
        let message = format!("{}: scenario_hash is not that of its inputs and traces", scenario.file);
        return Err(Edited { message, place: vec![start, key("scenario_hash")] });
    }
    let mut names = BTreeSet::new();
    for (index, option) in scenario.options.iter().enumerate() {
        let found = match names.insert(&option.option) {
            true => of_option(option),
            false => Err(("it is listed twice".to_owned(), Vec::new())),
        };
        if let Err((why, inner)) = found {
            let message = format!("{}, option `{}`: {why}", scenario.file, option.option);
            let options = std::iter::repeat_n(key("option"), index + 1);
            let place = std::iter::once(start).chain(options).chain(inner).collect();
            return Err(Edited { message, place });
        }
    }
    Ok(())
}

/// What is wrong, in words, and where it stands in the option.
type Wrong = (String, Vec<String>);

fn of_option(option: &OptionSnapshot) -> Result<(), Wrong> {
    let mut keys = BTreeSet::new();
    let mut sum = Some(Decimal::ZERO);
    for (index, charge) in option.charges.iter().enumerate() {
        let at = |last: Option<&str>| -> Vec<String> {
            std::iter::repeat_n(key("price_id"), index + 1).chain(last.map(key)).collect()
        };
        if !keys.insert(charge.key()) {
            return Err((format!("the charge {} is listed twice", charge.price_id), at(None)));
        }
        if !charge.quantity.checked_mul(charge.rate).is_some_and(|cost| agree(cost, charge.cost)) {
            let (quantity, rate, cost) = (charge.quantity, charge.rate, charge.cost);
            let why = format!("{}: {quantity} × {rate} is not {cost}", charge.price_id);
            return Err((why, at(Some("cost"))));
        }
        sum = sum.and_then(|sum| sum.checked_add(charge.cost));
    }
    for (index, charge) in option.charges.iter().enumerate() {
        let (component, environment, price_id, part, commitment) = charge.key();
        let (bare, number) = part_and_number(part);
        let before = numbered(bare, number.saturating_sub(1));
        if number > 1 && !keys.contains(&(component, environment, price_id, before.as_str(), commitment)) {
            let at = std::iter::repeat_n(key("price_id"), index + 1).chain([key("part")]).collect();
            return Err((
                format!("the charge {price_id} has the number {number}, and none has the one before"),
                at,
            ));
        }
    }
    let at = vec![key("monthly_cost")];
    let sum = sum.map(|sum| sum.normalize());
    match (option.monthly_cost, sum) {
        (_, None) => Err(("its charges add up to more than can be reckoned with".to_owned(), at)),
        (None, Some(_)) if option.charges.is_empty() => Ok(()),
        (None, Some(sum)) => Err((format!("its charges add up to {sum}, and monthly_cost is null"), at)),
        (Some(stated), Some(sum)) if !agree(stated, sum) => {
            Err((format!("its charges add up to {sum}, and not to the monthly_cost {stated}"), at))
        }
        _ => Ok(()),
    }
}

fn key(name: &str) -> String {
    format!("\"{name}\":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::{ChargeSnapshot, DecisionSnapshot};

    fn charge(price_id: &str, quantity: u32, rate: u32) -> ChargeSnapshot {
        ChargeSnapshot {
            price_id: price_id.to_owned(),
            component: String::new(),
            environment: String::new(),
            part: String::new(),
            commitment: None,
            quantity: quantity.into(),
            unit: "Hours".to_owned(),
            rate: rate.into(),
            cost: (quantity * rate).into(),
        }
    }

    fn option(name: &str) -> OptionSnapshot {
        OptionSnapshot {
            option: name.to_owned(),
            platform: "fargate".to_owned(),
            status: "ranked".to_owned(),
            rank: Some(1),
            score: Some(0.5),
            size: None,
            monthly_cost: Some(26.into()),
            served: None,
            failed_needs: Vec::new(),
            missing_prices: Vec::new(),
            charges: vec![charge("a", 10, 2), charge("b", 2, 3)],
        }
    }

    fn shop() -> ScenarioSnapshot {
        ScenarioSnapshot {
            file: "shop.toml".to_owned(),
            name: "Shop".to_owned(),
            scenario_hash: scenario_hash(&[], &[]),
            region: "us-east-1".to_owned(),
            as_of: "2026-10-07".to_owned(),
            decision: DecisionSnapshot {
                recommended: None,
                method: None,
                ranking: Vec::new(),
                weights: Vec::new(),
            },
            options: vec![option("x"), option("y")],
            inputs: Vec::new(),
            traces: Vec::new(),
        }
    }

    /// What 28 digits leave of a product is no edit.
    #[test]
    fn long_digits_agree() {
        let (quantity, rate) = ("2578.123456789012", "0.0333333333333333333");
        let [quantity, rate]: [Decimal; 2] = [quantity, rate].map(|text| text.parse().unwrap());
        let mut scenario = shop();
        let charges = &mut scenario.options[0].charges;
        (charges[0].quantity, charges[0].rate) = (quantity, rate);
        charges[0].cost = quantity * rate + Decimal::new(3, 26);
        let total = charges[0].cost + charges[1].cost - Decimal::new(9, 26);
        scenario.options[0].monthly_cost = Some(total);
        assert_eq!(sound(&scenario), Ok(()));
        scenario.options[0].monthly_cost = Some(total + Decimal::new(1, 9));
        assert!(sound(&scenario).is_err());
    }

    /// What is edited | what is said | the last piece of the place, and how many pieces there are
    #[test]
    fn what_does_not_agree_is_told_at_its_place() {
        type Edit = fn(&mut ScenarioSnapshot);
        let rows: [(Edit, &str, &str, usize); 9] = [
            (|s| s.options[0].charges[1].part = "#3".to_owned(), "b has the number 3", "\"part\":", 5),
            (|s| s.options[1].charges[1].cost = 7.into(), "2 × 3 is not 7", "\"cost\":", 6),
            (|s| s.options[1].charges[1].cost = Decimal::MIN, "2 × 3 is not", "\"cost\":", 6),
            (|s| s.options[1].monthly_cost = Some(Decimal::MIN), "add up to 26", "\"monthly_cost\":", 4),
            (|s| s.options[0].monthly_cost = None, "monthly_cost is null", "\"monthly_cost\":", 3),
            (|s| s.options[0].charges[1] = charge("a", 2, 3), "a is listed twice", "\"price_id\":", 4),
            (|s| s.options[1] = option("x"), "`x`: it is listed twice", "\"option\":", 3),
            (|s| s.inputs.push("a = 1".to_owned()), "scenario_hash", "\"scenario_hash\":", 2),
            (
                |s| {
                    let most = |price_id| ChargeSnapshot {
                        quantity: 1.into(),
                        rate: Decimal::MAX,
                        cost: Decimal::MAX,
                        ..charge(price_id, 1, 1)
                    };
                    s.options[0].charges = vec![most("a"), most("b")];
                },
                "more than can be reckoned with",
                "\"monthly_cost\":",
                3,
            ),
        ];
        assert_eq!(sound(&shop()), Ok(()));
        for (edit, said, last, pieces) in rows {
            let mut edited = shop();
            edit(&mut edited);
            let found = sound(&edited).unwrap_err();
            assert!(found.message.contains(said), "{}", found.message);
            assert_eq!((found.place.last().map(String::as_str), found.place.len()), (Some(last), pieces));
        }
    }
}
