//! Charges that share all but a number, such as the fees of Savings Plans of the same terms: which is which on the way.

use std::collections::BTreeMap;

use crate::snapshot::{ChargeSnapshot, OptionSnapshot, numbered, part_and_number};

/// What charges that share all but their numbers have in common: component, environment, price id, bare part, commitment.
type Shared<'a> = (&'a str, &'a str, &'a str, &'a str, Option<&'a str>);

/// Numbers the charges of an option as those of an earlier state that they are: those of the same quantity and rate, then what
/// is left in the order of the numbers. What is new gets numbers that the earlier state has not.
pub(super) fn renumber(before: &OptionSnapshot, after: &mut OptionSnapshot) {
    if before.charges.iter().chain(&after.charges).all(|charge| number(charge) == 1) {
        return;
    }
    let known = groups(&before.charges);
    let mut renamed = Vec::new();
    for (shared, places) in groups(&after.charges) {
        let old = known.get(&shared).map_or(&[][..], Vec::as_slice);
        let old: Vec<&ChargeSnapshot> = old.iter().map(|place| &before.charges[*place]).collect();
        let new: Vec<&ChargeSnapshot> = places.iter().map(|place| &after.charges[*place]).collect();
        let parts = numbers(&old, &new).into_iter().map(|number| numbered(shared.3, number));
        renamed.extend(places.into_iter().zip(parts));
    }
    for (place, part) in renamed {
        after.charges[place].part = part;
    }
    after.charges.sort_by(|a, b| a.key().cmp(&b.key()));
}

/// The places of charges by what they share, in the order of their numbers.
fn groups(charges: &[ChargeSnapshot]) -> BTreeMap<Shared<'_>, Vec<usize>> {
    let mut groups: BTreeMap<Shared<'_>, Vec<usize>> = BTreeMap::new();
    for (place, charge) in charges.iter().enumerate() {
        let (component, environment, price_id, part, commitment) = charge.key();
        let (part, _) = part_and_number(part);
        groups.entry((component, environment, price_id, part, commitment)).or_default().push(place);
    }
    groups.values_mut().for_each(|places| places.sort_by_key(|place| number(&charges[*place])));
    groups
}

fn number(charge: &ChargeSnapshot) -> usize {
    part_and_number(&charge.part).1
}

/// The numbers of new charges, in the order of both.
fn numbers(old: &[&ChargeSnapshot], new: &[&ChargeSnapshot]) -> Vec<usize> {
    let mut free: Vec<&ChargeSnapshot> = old.to_vec();
    let mut found: Vec<Option<usize>> = Vec::with_capacity(new.len());
    for charge in new {
        let same = |known: &&ChargeSnapshot| {
            (known.quantity, known.rate, &known.unit) == (charge.quantity, charge.rate, &charge.unit)
        };
        let place = free.iter().position(same);
        found.push(place.map(|place| number(free.remove(place))));
    }
    let highest = old.iter().map(|charge| number(charge)).max().unwrap_or_default();
    let mut rest = free.into_iter().map(number).chain(highest.saturating_add(1)..);
    found.into_iter().map(|number| number.or_else(|| rest.next()).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    /// An option with fees of these numbers and rates, as `1:10 2:20`.
    fn fees(told: &str) -> OptionSnapshot {
        let fee = |word: &str| {
            let (place, rate) = word.split_once(':').unwrap();
            let rate: Decimal = rate.parse().unwrap();
            ChargeSnapshot {
                component: String::new(),
                environment: String::new(),
                price_id: "fee".to_owned(),
                part: numbered("", place.parse().unwrap()),
                commitment: Some("fee".to_owned()),
                quantity: 730.into(),
                unit: "Hours".to_owned(),
                rate,
                cost: rate * Decimal::from(730),
            }
        };
        OptionSnapshot {
            option: "a".to_owned(),
            platform: "fargate".to_owned(),
            status: "ranked".to_owned(),
            rank: None,
            score: None,
            size: None,
            monthly_cost: Some(Decimal::ZERO),
            served: None,
            failed_needs: Vec::new(),
            missing_prices: Vec::new(),
            charges: told.split(' ').filter(|word| !word.is_empty()).map(fee).collect(),
        }
    }

    fn told(option: &OptionSnapshot) -> String {
        let words = option.charges.iter().map(|charge| format!("{}:{}", number(charge), charge.rate));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_equal_stays_and_the_rest_goes_by_order() {
        let rows = [
            ("1:10 2:20", "1:5 2:10 3:20", "1:10 2:20 3:5"),
            ("1:10 2:20", "1:20 2:10", "1:10 2:20"),
            ("1:10 2:20", "1:20", "2:20"),
            ("1:10 2:20", "1:30 2:40", "1:30 2:40"),
            ("1:10 2:20 3:30", "1:20 2:40 3:50", "1:40 2:20 3:50"),
            ("2:20", "1:10 2:20", "2:20 3:10"),
            ("1:10", "1:20", "1:20"),
            ("2:20", "1:20", "2:20"),
            ("", "1:10 2:20", "1:10 2:20"),
        ];
        for (before, after, wanted) in rows {
            let (before, mut after) = (fees(before), fees(after));
            renumber(&before, &mut after);
            assert_eq!(told(&after), wanted);
            // Once is enough.
            renumber(&before, &mut after);
            assert_eq!(told(&after), wanted);
        }
    }
}
