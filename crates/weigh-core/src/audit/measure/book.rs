//! Claims about a rate of the price book, in whatever unit of time the document states it.

use super::per::Per;
use super::{Measures, meant, not, plain, unit_of};
use crate::audit::{Computed, NotComputed};
use crate::bill::{Standing, StatedRate};
use crate::claim::{Dimension, Figure};
use crate::money::number;
use crate::pricebook::{Absence, Band, RegionPrices, Tariff};
use crate::scenario::Claim;
use crate::time::Date;
use crate::units::Unit;

/// A rate of the book.
pub(super) fn price(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    let unit = unit_of(claim, &[Dimension::Price, Dimension::MoneyPerMonth])?;
    let Some(price_id) = claim.entry.price_id.as_deref() else { return Err(not("it names no `price_id`")) };
    let subject = measures.subject();
    let date = subject.comparison.as_of;
    // Money a month is counted by the month, whatever part of it the document states.
    let wanted = match unit.dimension {
        Dimension::Price => Per::read(&unit.per),
        _ => Per::read("month"),
    };
    if let Some(why) = wanted.impossible() {
        return Err(not(format!("no rate is in {unit}: {why}")));
    }
    let convert = |rate, own: &str| {
        Per::read(own).rate(rate, &wanted).ok_or_else(|| {
            let one = own.strip_suffix('s').unwrap_or(own);
            not(format!("{price_id} is a price for {own}, which {unit} is not: its unit may be USD/{one}"))
        })
    };
    if let Some(stated) = subject.scenario.rates.iter().find(|stated| stated.price_id == price_id) {
        let own = if price_id.ends_with("/units") { "Units" } else { "Months" };
        let rate = convert(stated.rate, own)?;
        let reckoning = format!("{price_id}: ${} per {own}", number(stated.rate, 12));
        return Ok(plain(Figure::of(rate), reckoning, StatedRate::SOURCE));
    }
    let (tariff, borrowed) =
        subject.prices.tariff(price_id, date).map_err(|missing| match missing.absence {
            Absence::Missing => not(format!("{missing}{}", near(subject.prices, price_id))),
            _ => not(missing.to_string()),
        })?;
    let paid = tariff.bands.iter().find(|band| !band.rate.is_zero()).or_else(|| tariff.bands.first());
    let Some(band) = paid else { return Err(not(format!("{price_id} has no rate"))) };
    let rate = convert(band.rate, tariff.unit.spelling())?;
    let mut reckoning =
        format!("{price_id} in {}: {}", borrowed.unwrap_or(subject.prices.region()), rates(&tariff));
    if borrowed.is_some() {
        reckoning.push_str(&format!(", borrowed for {}", subject.prices.region()));
    }
    if let Some(from) = &tariff.derivation {
        reckoning.push_str(&format!(", {} × {}", from.base_price_id, number(from.factor, 6)));
    }
    if let Some((free, _)) = subject.prices.allowance(price_id, date) {
        reckoning.push_str(&format!(", beyond {} {} free a month", number(free.quantity, 3), free.unit));
    }
    let title = subject.catalog.source_title(band.evidence.source);
    Ok(plain(Figure::of(rate), reckoning, known(title, band.evidence.seen, band.evidence.standing.word())))
}

/// Each band of a tariff.
fn rates(tariff: &Tariff<'_>) -> String {
    let Tariff { unit, bands, .. } = tariff;
    let each = |(place, band): (usize, &Band<'_>)| {
        let rate = number(band.rate, 12);
        match place {
            0 => format!("${rate} per {}", one(*unit)),
            _ => format!("${rate} above {} {unit}", number(band.from_quantity, 3)),
        }
    };
    bands.iter().enumerate().map(each).collect::<Vec<_>>().join(", ")
}

/// One of a unit: `vCPU-Hour`.
fn one(unit: Unit) -> &'static str {
    let spelling = unit.spelling();
    spelling.strip_suffix('s').unwrap_or(spelling)
}

/// A source, its day, and how well it is known.
pub(super) fn known(title: &str, seen: Date, standing: &str) -> String {
    match standing {
        "" => format!("{title}, {seen}"),
        word if word == Standing::Unverified.word() => format!("{title}, {seen}: no source could confirm it"),
        word => format!("{title}, {seen} ({word})"),
    }
}

/// The price id that was probably meant, of those that the region knows.
fn near(prices: &RegionPrices, price_id: &str) -> String {
    let (rows, derived) = (prices.price_ids(), prices.derived_price_ids());
    meant(price_id, rows.iter().copied().chain(derived.iter().map(String::as_str)))
}
