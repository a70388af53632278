//! A discount that is taken off too much: off what no discount is given for, or on top of another one.

use rust_decimal::Decimal;

use super::model::{Effect, Model};
use super::search::{Change, Search};
use super::words::usd;
use crate::bill::{Charge, CommitmentRole};
use crate::money::number;

const ID: &str = "discount";

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(model) = &search.model else { return };
    let counted = model.places(0, true);
    for (left, name, whose) in discounts(search, model, &counted) {
        let percent = number((Decimal::ONE - left) * Decimal::ONE_HUNDRED, 1);
        for set in &search.counted[0] {
            let others: Vec<usize> =
                set.places.iter().copied().filter(|place| !whose.contains(place)).collect();
            if others.len() != set.places.len() {
                continue;
            }
            let times =
                |place: &usize| -> Option<Effect> { Some((*place, model.groups[*place].times(left)?)) };
            let Some(effects) = others.iter().map(times).collect::<Option<Vec<Effect>>>() else { continue };
            let words = format!(
                "with the {percent} % of the {name} taken off {} too ({} USD)",
                set.name,
                usd(&model.cost(&others))
            );
            changes.push(Change::costs(ID, 2 + set.plain, words, effects));
        }
    }
}

/// The discounts in the bill: what is left of a price, what it is called, and the groups that have it.
fn discounts(
    search: &Search<'_>,
    model: &Model<'_>,
    counted: &[usize],
) -> Vec<(Decimal, String, Vec<usize>)> {
    let having = |has: &dyn Fn(&Charge) -> bool| -> Vec<usize> {
        let has = |place: &&usize| model.groups[**place].charges.iter().flatten().any(|charge| has(charge));
        counted.iter().filter(has).copied().collect()
    };
    let mut found = Vec::new();
    let discounted = having(&|charge| charge.discount.is_some());
    let first = discounted.first().and_then(|place| model.groups[*place].charge?.discount.as_ref());
    if let Some(discount) = first {
        found.push((discount.off(Decimal::ONE), "discount".to_owned(), discounted));
    }
    let committed = having(&|charge| charge.commitment.is_some());
    if let Some(left) = left_by_commitments(model, &committed) {
        found.push((left, "commitment".to_owned(), committed));
    }
    let on_spot = having(&|charge| charge.price_id.contains("-spot/"));
    if let Some(charge) = on_spot.first().and_then(|place| model.groups[*place].charge) {
        let on_demand = charge.price_id.replacen("-spot/", "/", 1);
        let tariff = search.subject.prices.tariff(&on_demand, search.subject.comparison.as_of).ok();
        let band = tariff.and_then(|(tariff, _)| tariff.bands.first().map(|band| band.rate));
        let left = band.and_then(|rate| charge.list_rate.checked_div(rate));
        found.extend(left.map(|left| (left, "Spot price".to_owned(), on_spot)));
    }
    found
}

/// What is left of the price of what commitments cover: their fees, as a share of what it would cost on demand.
fn left_by_commitments(model: &Model<'_>, places: &[usize]) -> Option<Decimal> {
    let (mut fees, mut on_demand) = (Decimal::ZERO, Decimal::ZERO);
    for charge in places.iter().flat_map(|place| model.groups[*place].charges.first()).flatten() {
        match charge.commitment?.role {
            CommitmentRole::Fee => fees += charge.cost,
            CommitmentRole::Covered { on_demand_rate, .. } => {
                on_demand += charge.quantity.checked_mul(on_demand_rate)?;
            }
        }
    }
    fees.checked_div(on_demand).filter(|left| !left.is_zero() && *left < Decimal::ONE)
}
