//! Feeds of AWS's pricing pages: Spot prices of EC2 as a script that calls back, and of Fargate.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use weigh_core::time::Date;

use super::terms::{Slice, unknown_currency};
use super::{Price, Sink};
use crate::error::{ErrorKind, Failure};
use crate::json::{Json, Text, parse};
use crate::numbers;
use crate::regions;
use crate::summary::Skip;

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    config: Config<'a>,
}

#[derive(Deserialize)]
struct Config<'a> {
    #[serde(borrow)]
    regions: Vec<Region<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Region<'a> {
    #[serde(borrow)]
    region: Text<'a>,
    #[serde(borrow)]
    instance_types: Vec<Family<'a>>,
}

#[derive(Deserialize)]
struct Family<'a> {
    #[serde(borrow)]
    sizes: Vec<Size<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Size<'a> {
    #[serde(borrow)]
    size: Text<'a>,
    #[serde(borrow)]
    value_columns: Vec<Column<'a>>,
}

#[derive(Deserialize)]
struct Column<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    prices: BTreeMap<Text<'a>, Text<'a>>,
}

/// Reads the script: comments, then one object between the brackets of the call.
pub(crate) fn read_script(json: &mut Json<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    while json.peek()?.is_some_and(|byte| byte != b'{') {
        json.pass()?;
    }
    let (byte, bytes) = json.value()?;
    let page: Page<'_> = parse(byte, bytes)?;
    let slice = Slice { byte, bytes };
    let seen = sink.read_on;
    let origin = sink.origin(seen, &format!("aws-spot-page-{seen}"), "");
    for region in &page.config.regions {
        let Some(code) = regions::of_feed(&region.region.0) else {
            sink.summary.skip(Skip::UnknownRegion);
            continue;
        };
        for size in region.instance_types.iter().flat_map(|family| &family.sizes) {
            let id = format!("ec2-spot/instance-hours/{}", size.size.0);
            for column in &size.value_columns {
                if column.name.0 != "linux" {
                    sink.summary.skip(Skip::SpotSystem);
                } else if let Some(usd) = dollars(&column.prices, slice)? {
                    let (usd, from_quantity) = (Some(usd), Decimal::ZERO);
                    let price = Price {
                        region: code,
                        id: &id,
                        unit: "Hours",
                        from_quantity,
                        usd,
                        from: seen,
                        sku: "",
                    };
                    sink.push(&price, origin);
                } else {
                    sink.summary.skip(Skip::Zero);
                }
            }
        }
    }
    Ok(())
}

/// The price in dollars; nothing where the page says that there is none.
fn dollars(prices: &BTreeMap<Text<'_>, Text<'_>>, slice: Slice<'_>) -> Result<Option<Decimal>, Failure> {
    let Some(text) = prices.get("USD") else {
        let other = prices.keys().next().map_or("", |other| other.0.as_ref());
        return Err(Failure::value(slice.place(other), unknown_currency(other)));
    };
    let text = text.0.as_ref();
    if text.starts_with("N/A") {
        return Ok(None);
    }
    let usd =
        numbers::amount(text).map_err(|why| Failure::value(slice.place(text), format!("price {why}")))?;
    Ok((!usd.is_zero()).then(|| usd.normalize()))
}

#[derive(Deserialize)]
struct Fargate<'a> {
    #[serde(borrow, default)]
    metadata: BTreeMap<Text<'a>, Text<'a>>,
    #[serde(borrow)]
    prices: Vec<FargatePrice<'a>>,
}

#[derive(Deserialize)]
struct FargatePrice<'a> {
    #[serde(borrow)]
    unit: Text<'a>,
    #[serde(borrow)]
    price: BTreeMap<Text<'a>, Text<'a>>,
    #[serde(borrow)]
    attributes: BTreeMap<Text<'a>, Text<'a>>,
}

/// Reads the Spot prices of Fargate.
pub(crate) fn read_fargate(json: &mut Json<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let (byte, bytes) = json.value()?;
    let page: Fargate<'_> = parse(byte, bytes)?;
    let slice = Slice { byte, bytes };
    let version = page.metadata.get("source:version").map(|text| text.0.as_ref());
    let seen = version.map_or(Ok(sink.read_on), |text| day_of_version(text, slice))?;
    let origin = sink.origin(seen, &format!("aws-fargate-spot-{}", version.unwrap_or(&seen.to_string())), "");
    for price in &page.prices {
        let attribute = |name: &str| price.attributes.get(name).map_or("", |text| text.0.as_ref());
        let (id, unit) = match (price.unit.0.as_ref(), attribute("aws:label")) {
            ("vCPU-Hours", "per vCPU per hour") => ("fargate-spot/vcpu-hours/linux-x86", "vCPU-Hours"),
            ("GB-Hours", "per GB per hour") => ("fargate-spot/memory-gb-hours/linux-x86", "GB-Hours"),
            _ => {
                sink.summary.skip(Skip::UnknownProduct);
                continue;
            }
        };
        let region = attribute("aws:region");
        if !regions::is_code(region) {
            sink.summary.skip(Skip::UnknownRegion);
            continue;
        }
        let Some(usd) = dollars(&price.price, slice)? else {
            sink.summary.skip(Skip::Zero);
            continue;
        };
        let (usd, from_quantity) = (Some(usd), Decimal::ZERO);
        sink.push(&Price { region, id, unit, from_quantity, usd, from: seen, sku: "" }, origin);
    }
    json.finish()
}

/// The day of a version such as `20190730194642`.
fn day_of_version(version: &str, slice: Slice<'_>) -> Result<Date, Failure> {
    let day = version.get(..8).and_then(|day| {
        let dashed = format!("{}-{}-{}", &day.get(..4)?, &day.get(4..6)?, &day.get(6..)?);
        dashed.parse().ok()
    });
    let message = format!("version `{version}`: digits such as 20261001000000 are expected");
    day.ok_or_else(|| Failure::at(slice.place(version), ErrorKind::Value, message))
}
