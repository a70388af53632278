//! The terms of one product in JSON: prices on demand, and reservations.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;
use weigh_core::time::Date;

use super::{Price, Sink};
use crate::error::Failure;
use crate::json::{Text, byte_of};
use crate::numbers;
use crate::services::{Target, conversion};
use crate::summary::Skip;

/// One offer of a product.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Term<'a> {
    #[serde(borrow, default)]
    effective_date: Option<Text<'a>>,
    #[serde(borrow)]
    price_dimensions: BTreeMap<Text<'a>, Dimension<'a>>,
    #[serde(borrow, default)]
    term_attributes: Attributes<'a>,
}

#[derive(Default, Deserialize)]
struct Attributes<'a> {
    #[serde(borrow, default, rename = "LeaseContractLength")]
    length: Text<'a>,
    #[serde(borrow, default, rename = "OfferingClass")]
    class: Text<'a>,
    #[serde(borrow, default, rename = "PurchaseOption")]
    payment: Text<'a>,
}

/// One price of an offer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dimension<'a> {
    #[serde(borrow, default)]
    begin_range: Option<Text<'a>>,
    #[serde(borrow, default)]
    end_range: Option<Text<'a>>,
    #[serde(borrow, default)]
    unit: Text<'a>,
    #[serde(borrow)]
    price_per_unit: BTreeMap<Text<'a>, &'a RawValue>,
}

/// The terms of one product: offers by their code.
pub(crate) type Terms<'a> = BTreeMap<Text<'a>, Term<'a>>;

/// A slice of the file, to say where in it something stands.
#[derive(Clone, Copy)]
pub(crate) struct Slice<'a> {
    pub(crate) byte: u64,
    pub(crate) bytes: &'a [u8],
}

impl Slice<'_> {
    /// The place of a text that was borrowed from the slice.
    pub(crate) fn place(self, text: &str) -> u64 {
        byte_of(self.byte, self.bytes, text)
    }
}

/// One price in numbers.
pub(crate) struct Rate<'a> {
    pub(crate) begins: Decimal,
    pub(crate) ends: End,
    pub(crate) unit: &'a str,
    pub(crate) usd: Decimal,
}

/// Where a band ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The file does not say.
    Unstated,
    /// It has no end: `Inf`.
    Never,
    /// At this quantity.
    At(Decimal),
}

impl End {
    /// The end that a file writes.
    pub(crate) fn of(text: &str) -> Result<End, String> {
        match text {
            "" => Ok(End::Unstated),
            text if text.eq_ignore_ascii_case("inf") => Ok(End::Never),
            text => numbers::amount(text).map(End::At),
        }
    }
}

/// Whether each band ends where the next one begins, and the last has no end.
fn are_whole(rates: &[Rate<'_>]) -> bool {
    let next = rates.iter().skip(1).map(|rate| End::At(rate.begins)).chain([End::Never]);
    rates.iter().zip(next).all(|(rate, end)| rate.ends == End::Unstated || rate.ends == end)
}

/// The dollars among prices by currency; nothing when there is only one in yuan.
///
/// A currency that is not known may stand for any number, so the file is refused.
fn dollars<'a>(
    prices: &BTreeMap<Text<'a>, &'a RawValue>,
    slice: Slice<'_>,
) -> Result<Option<Decimal>, Failure> {
    let Some(price) = prices.get("USD") else {
        return match prices.keys().next() {
            Some(other) if other.0 == "CNY" => Ok(None),
            Some(other) => Err(Failure::value(slice.place(&other.0), unknown_currency(&other.0))),
            None => Err(Failure::value(slice.byte, "`pricePerUnit` is empty: a price in USD is expected")),
        };
    };
    let text = price.get();
    let at = slice.place(text);
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    numbers::amount(bare).map(Some).map_err(|why| Failure::value(at, format!("pricePerUnit {why}")))
}

/// What is said of a currency other than dollars and yuan.
pub(crate) fn unknown_currency(code: &str) -> String {
    format!("unknown currency `{code}`: USD is expected (prices in CNY are left out)")
}

impl<'a> Term<'a> {
    /// The prices of this offer in dollars; nothing when they are in yuan.
    fn rates(&'a self, slice: Slice<'_>) -> Result<Option<Vec<Rate<'a>>>, Failure> {
        let mut rates = Vec::with_capacity(self.price_dimensions.len());
        for dimension in self.price_dimensions.values() {
            let Some(usd) = dollars(&dimension.price_per_unit, slice)? else { return Ok(None) };
            let begins = match &dimension.begin_range {
                None => Decimal::ZERO,
                Some(text) => numbers::amount(&text.0)
                    .map_err(|why| Failure::value(slice.place(&text.0), format!("beginRange {why}")))?,
            };
            let ends = dimension.end_range.as_ref().map_or(Ok(End::Unstated), |text| {
                End::of(&text.0)
                    .map_err(|why| Failure::value(slice.place(&text.0), format!("endRange {why}")))
            })?;
            rates.push(Rate { begins, ends, unit: &dimension.unit.0, usd });
        }
        Ok(Some(rates))
    }

    /// The day from which the offer holds, or `fallback` when it does not say.
    fn from(&self, slice: Slice<'_>, fallback: Date) -> Result<Date, Failure> {
        self.effective_date.as_ref().map_or(Ok(fallback), |text| {
            numbers::day(&text.0)
                .map_err(|why| Failure::value(slice.place(&text.0), format!("effectiveDate: {why}")))
        })
    }
}

/// Takes what a product costs on demand.
pub(crate) fn on_demand(
    sink: &mut Sink<'_>,
    (target, sku): (&Target, &str),
    terms: &Terms<'_>,
    slice: Slice<'_>,
    (origin, fallback): (u32, Date),
) -> Result<(), Failure> {
    for term in terms.values() {
        let from = term.from(slice, fallback)?;
        match term.rates(slice)? {
            None => sink.summary.skip(Skip::OtherCurrency),
            Some(rates) => bands(sink, (target, sku), rates, from, origin),
        }
    }
    Ok(())
}

/// Takes the bands of one price. A first band that is free is an allowance, which the book states elsewhere.
pub(crate) fn bands(
    sink: &mut Sink<'_>,
    (target, sku): (&Target, &str),
    mut rates: Vec<Rate<'_>>,
    from: Date,
    origin: u32,
) {
    rates.sort_by_key(|rate| rate.begins);
    if rates.iter().all(|rate| rate.usd.is_zero()) {
        return sink.summary.skip(Skip::Zero);
    }
    let factors: Option<Vec<Decimal>> = rates.iter().map(|rate| conversion(rate.unit, target.unit)).collect();
    let Some(factors) = factors else { return sink.summary.skip(Skip::Unit) };
    let first_paid = rates.iter().position(|rate| !rate.usd.is_zero()).unwrap_or(0);
    if !are_whole(&rates) || rates[first_paid..].iter().any(|rate| rate.usd.is_zero()) {
        return sink.summary.skip(Skip::Bands);
    }
    if rates[0].usd.is_zero() && rates[0].begins.is_zero() {
        sink.summary.skip(Skip::FreeTier);
    }
    for (at, (rate, factor)) in rates.iter().zip(factors).enumerate().skip(first_paid) {
        let begins = if at == first_paid && rates[0].begins.is_zero() { Decimal::ZERO } else { rate.begins };
        let price = Price {
            region: &target.region,
            id: &target.id,
            unit: target.unit,
            from_quantity: (begins * factor + Decimal::from(target.begins)).normalize(),
            usd: Some((rate.usd / factor).normalize()),
            from,
            sku,
        };
        sink.push(&price, origin);
    }
}

/// Takes what a product costs reserved, when the book has ids for that.
pub(crate) fn reserved(
    sink: &mut Sink<'_>,
    (target, sku): (&Target, &str),
    terms: &Terms<'_>,
    slice: Slice<'_>,
    (origin, fallback): (u32, Date),
) -> Result<(), Failure> {
    if terms.is_empty() {
        return Ok(());
    }
    let Some(base) = &target.reserved else {
        sink.summary.skip(Skip::Term);
        return Ok(());
    };
    for term in terms.values() {
        let offer = &term.term_attributes;
        let Some(lease) = Lease::of(&offer.length.0, &offer.class.0, &offer.payment.0) else {
            sink.summary.skip(Skip::Term);
            continue;
        };
        let from = term.from(slice, fallback)?;
        let Some(rates) = term.rates(slice)? else {
            sink.summary.skip(Skip::OtherCurrency);
            continue;
        };
        let mut parts = Parts::default();
        rates.iter().for_each(|rate| parts.add(rate.unit, rate.usd));
        lease.push(sink, (target, base, sku), parts, from, origin);
    }
    Ok(())
}

/// What is paid for a reservation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) upfront: Option<Decimal>,
    pub(crate) hourly: Option<Decimal>,
}

impl Parts {
    /// Adds a price: a fee is counted, an hour is measured.
    pub(crate) fn add(&mut self, unit: &str, usd: Decimal) {
        if unit.trim().eq_ignore_ascii_case("quantity") {
            self.upfront = Some(usd);
        } else if conversion(unit, "Hours").is_some() {
            self.hourly = Some(usd);
        }
    }
}

/// Length, class and payment of a reservation, as the book names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lease {
    years: u32,
    class: &'static str,
    payment: &'static str,
}

impl Lease {
    /// The lease of AWS's words, when the book has an id for it.
    pub(crate) fn of(length: &str, class: &str, payment: &str) -> Option<Lease> {
        let years = years(length)?;
        let class =
            ["standard", "convertible"].into_iter().find(|known| known.eq_ignore_ascii_case(class.trim()))?;
        Some(Lease { years, class, payment: self::payment(payment)? })
    }

    /// Whether all parts are known that this lease is paid in.
    pub(crate) fn complete(self, parts: Parts) -> bool {
        parts.hourly.is_some() && (self.payment == "no-upfront" || parts.upfront.is_some())
    }

    /// Takes the effective price of an hour, when it is known and not zero.
    pub(crate) fn push(
        self,
        sink: &mut Sink<'_>,
        (target, base, sku): (&Target, &str, &str),
        parts: Parts,
        from: Date,
        origin: u32,
    ) {
        let (Some(hourly), true) = (parts.hourly, self.complete(parts)) else {
            return sink.summary.skip(Skip::IncompleteTerm);
        };
        let usd = numbers::effective_hourly(parts.upfront.unwrap_or_default(), hourly, self.years);
        if usd.is_zero() {
            return sink.summary.skip(Skip::Zero);
        }
        let id = format!("{base}/{}-{}-{}", self.class, term(self.years), self.payment);
        let price = Price {
            region: &target.region,
            id: &id,
            unit: target.unit,
            from_quantity: Decimal::ZERO,
            usd: Some(usd),
            from,
            sku,
        };
        sink.push(&price, origin);
    }
}

/// One year or three, from `1yr` or `3 yr`.
pub(crate) fn years(length: &str) -> Option<u32> {
    match length.trim().strip_suffix("yr")?.trim() {
        "1" => Some(1),
        "3" => Some(3),
        _ => None,
    }
}

/// A term as the book names it.
pub(crate) fn term(years: u32) -> &'static str {
    if years == 1 { "1-year" } else { "3-years" }
}

/// A payment as the book names it.
pub(crate) fn payment(option: &str) -> Option<&'static str> {
    match option.trim() {
        "No Upfront" => Some("no-upfront"),
        "Partial Upfront" => Some("partial-upfront"),
        "All Upfront" => Some("all-upfront"),
        _ => None,
    }
}
