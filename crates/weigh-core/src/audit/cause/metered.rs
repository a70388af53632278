//! Another metered amount: what is free is taken off it first, and what is left goes through the bands.

use rust_decimal::Decimal;

use super::model::Group;
use super::search::Search;
use crate::bill::Charge;
use crate::pricebook::Tariff;

/// What a group costs in each bill when so many times its amounts are metered.
///
/// Where the bill's own costs do not follow from the bands of one tariff, as where others fill the first ones, the costs are multiplied.
pub(super) fn times(search: &Search<'_>, group: &Group<'_>, ratio: Decimal) -> Option<Vec<Decimal>> {
    let each = group.charges.iter().map(|charges| of_bill(search, group, charges, ratio));
    each.collect::<Option<Vec<Decimal>>>().or_else(|| group.times(ratio))
}

fn of_bill(search: &Search<'_>, group: &Group<'_>, charges: &[&Charge], ratio: Decimal) -> Option<Decimal> {
    let cost: Decimal = charges.iter().map(|charge| charge.cost).sum();
    if charges.iter().all(|charge| charge.part.is_empty()) {
        return cost.checked_mul(ratio);
    }
    let date = search.subject.comparison.as_of;
    let (tariff, _) = search.subject.prices.tariff(group.price_id(), date).ok()?;
    let is_free = |charge: &&&Charge| charge.part == "free allowance";
    let total: Decimal = charges.iter().map(|charge| charge.quantity).sum();
    let free: Decimal = charges.iter().filter(is_free).map(|charge| charge.quantity).sum();
    let discount = charges.iter().find_map(|charge| charge.discount.as_ref());
    let paid = |amount: Decimal| {
        let listed = through_the_bands(&tariff, amount)?;
        Some(discount.map_or(listed, |discount| discount.off(listed)))
    };
    let follows = (paid(total - free)? - cost).abs() <= Decimal::new(1, 6);
    // Of an allowance that covers everything more is left than is taken.
    let whole = search.subject.prices.allowance(group.price_id(), date).map(|(free, _)| free.quantity);
    let free = if total == free { whole.unwrap_or(free).max(free) } else { free };
    paid((total.checked_mul(ratio)? - free).max(Decimal::ZERO)).filter(|_| follows)
}

/// What an amount costs by the bands of a tariff.
fn through_the_bands(tariff: &Tariff<'_>, amount: Decimal) -> Option<Decimal> {
    let ends = tariff.bands.iter().skip(1).map(|band| Some(band.from_quantity)).chain([None]);
    let parts = tariff.bands.iter().zip(ends).map(|(band, end)| {
        let upper = end.map_or(amount, |end| end.min(amount));
        (upper - band.from_quantity).max(Decimal::ZERO).checked_mul(band.rate)
    });
    parts.sum()
}
