//! What `aws ec2 describe-spot-price-history` answers: changes of the Spot price by zone.
//!
//! The price of a type in a region is the mean over its zones of the latest price in each: a deployment that is spread over
//! the zones pays that. It is dated by the latest change that went into it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use weigh_core::time::Date;

use super::terms::Slice;
use super::{Price, Sink};
use crate::error::Failure;
use crate::json::{Json, Text, parse};
use crate::numbers;
use crate::regions;
use crate::summary::Skip;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Change<'a> {
    #[serde(borrow)]
    availability_zone: Text<'a>,
    #[serde(borrow)]
    instance_type: Text<'a>,
    #[serde(borrow)]
    product_description: Text<'a>,
    #[serde(borrow)]
    spot_price: Text<'a>,
    #[serde(borrow)]
    timestamp: Text<'a>,
}

/// The latest price of each type in each zone, and when it changed, to the second.
type Latest = BTreeMap<(String, String), BTreeMap<String, (String, Decimal, Date)>>;

/// Reads one answer, or several that follow one another.
pub(crate) fn read(json: &mut Json<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let mut latest = Latest::new();
    while json.peek()?.is_some() {
        json.expect(b'{', "`{`")?;
        let mut first = true;
        while let Some(key) = json.key(&mut first)? {
            if key != "SpotPriceHistory" {
                json.skip()?;
                continue;
            }
            json.expect(b'[', "an array of prices")?;
            let mut first = true;
            while json.element(&mut first)? {
                let (byte, bytes) = json.value()?;
                let change: Change<'_> = parse(byte, bytes)?;
                change.take(sink, &mut latest, Slice { byte, bytes })?;
            }
        }
    }
    for ((region, name), zones) in &latest {
        let Some(from) = zones.values().map(|(_, _, day)| *day).max() else { continue };
        let sum: Decimal = zones.values().map(|(_, price, _)| price).sum();
        let usd = numbers::rounded(sum / Decimal::from(zones.len()));
        let origin = sink.origin(from, &format!("aws-spot-price-history-{from}"), "");
        let id = format!("ec2-spot/instance-hours/{name}");
        let (from_quantity, usd) = (Decimal::ZERO, Some(usd));
        sink.push(&Price { region, id: &id, unit: "Hours", from_quantity, usd, from, sku: "" }, origin);
    }
    Ok(())
}

impl Change<'_> {
    fn take(&self, sink: &mut Sink<'_>, latest: &mut Latest, slice: Slice<'_>) -> Result<(), Failure> {
        if !["Linux/UNIX", "Linux/UNIX (Amazon VPC)"].contains(&self.product_description.0.as_ref()) {
            sink.summary.skip(Skip::SpotSystem);
            return Ok(());
        }
        let zone = self.availability_zone.0.as_ref();
        let region = zone.trim_end_matches(|c: char| c.is_ascii_lowercase());
        if !regions::is_code(region) {
            sink.summary.skip(Skip::NotARegion);
            return Ok(());
        }
        let wrong = |text: &str, why: String| Failure::value(slice.place(text), why);
        let (price, time) = (self.spot_price.0.as_ref(), self.timestamp.0.as_ref());
        let usd = numbers::amount(price).map_err(|why| wrong(price, format!("SpotPrice {why}")))?;
        let day = numbers::day(time).map_err(|why| wrong(time, format!("Timestamp: {why}")))?;
        let second = time.get(..19).filter(|_| time.ends_with('Z') || time.ends_with("+00:00"));
        let second = second.ok_or_else(|| {
            wrong(
                time,
                format!("Timestamp `{time}`: a time in UTC such as 2026-10-01T12:00:00.000Z is expected"),
            )
        })?;
        if usd.is_zero() {
            sink.summary.skip(Skip::Zero);
            return Ok(());
        }
        let zones = latest.entry((region.to_owned(), self.instance_type.0.to_string())).or_default();
        let known = zones.get(zone);
        if known.is_none_or(|(earlier, ..)| earlier.as_str() < second) {
            zones.insert(zone.to_owned(), (second.to_owned(), usd, day));
        }
        Ok(())
    }
}
