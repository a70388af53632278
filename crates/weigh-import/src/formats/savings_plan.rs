//! Savings plan files: which plans there are, then for each of them what is paid instead of the price on demand.

use std::collections::HashMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;
use weigh_core::time::Date;

use super::terms::{self, Slice, unknown_currency};
use super::{Heading, Price, Sink};
use crate::error::{ErrorKind, Failure};
use crate::json::{Json, Text, parse};
use crate::numbers;
use crate::regions;
use crate::summary::Skip;

/// A plan: the end of its price ids, `3-years-no-upfront`, or why the book has no id for it.
type Plans = HashMap<Box<str>, Result<String, Skip>>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Plan<'a> {
    #[serde(borrow)]
    sku: Text<'a>,
    #[serde(borrow)]
    product_family: Text<'a>,
    #[serde(borrow)]
    attributes: PlanAttributes<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlanAttributes<'a> {
    #[serde(borrow, default)]
    purchase_option: Text<'a>,
    #[serde(borrow, default)]
    purchase_term: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rate<'a> {
    #[serde(borrow, default)]
    discounted_sku: Text<'a>,
    #[serde(borrow)]
    discounted_usage_type: Text<'a>,
    #[serde(borrow, default)]
    discounted_operation: Text<'a>,
    #[serde(borrow)]
    discounted_service_code: Text<'a>,
    #[serde(borrow, default)]
    discounted_region_code: Text<'a>,
    #[serde(borrow)]
    rate_code: Text<'a>,
    #[serde(borrow)]
    discounted_rate: Discounted<'a>,
}

#[derive(Deserialize)]
struct Discounted<'a> {
    #[serde(borrow)]
    price: &'a RawValue,
    #[serde(borrow, default)]
    currency: Text<'a>,
}

/// What a Compute Savings Plan covers besides machines: service, usage type, and the middle of the price id with its unit.
const COVERED: &[(&str, &str, &str, &str)] = &[
    ("AmazonECS", "Fargate-vCPU-Hours:perCPU", "fargate-vcpu-hours/linux-x86", "vCPU-Hours"),
    ("AmazonECS", "Fargate-GB-Hours", "fargate-memory-gb-hours/linux-x86", "GB-Hours"),
    ("AmazonECS", "Fargate-ARM-vCPU-Hours:perCPU", "fargate-vcpu-hours/linux-arm", "vCPU-Hours"),
    ("AmazonECS", "Fargate-ARM-GB-Hours", "fargate-memory-gb-hours/linux-arm", "GB-Hours"),
    ("AWSLambda", "Lambda-GB-Second", "lambda-duration-gb-seconds/x86", "GB-Seconds"),
    ("AWSLambda", "Lambda-GB-Second-ARM", "lambda-duration-gb-seconds/arm", "GB-Seconds"),
    (
        "AWSLambda",
        "Lambda-Provisioned-Concurrency",
        "lambda-provisioned-concurrency-gb-seconds/x86",
        "GB-Seconds",
    ),
    (
        "AWSLambda",
        "Lambda-Provisioned-Concurrency-ARM",
        "lambda-provisioned-concurrency-gb-seconds/arm",
        "GB-Seconds",
    ),
    ("AWSLambda", "Lambda-Provisioned-GB-Second", "lambda-provisioned-duration-gb-seconds/x86", "GB-Seconds"),
    (
        "AWSLambda",
        "Lambda-Provisioned-GB-Second-ARM",
        "lambda-provisioned-duration-gb-seconds/arm",
        "GB-Seconds",
    ),
];

/// Reads a savings plan file.
pub(crate) fn read(json: &mut Json<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let mut heading = Heading::default();
    let mut plans: Option<Plans> = None;
    let origin = sink.pending_origin();
    json.expect(b'{', "`{`")?;
    let mut first = true;
    while let Some(key) = json.key(&mut first)? {
        match key.as_str() {
            "products" => plans = Some(read_plans(json, sink)?),
            "terms" => {
                json.peek()?;
                let Some(plans) = &plans else {
                    let message = "`terms` without `products` before them: the file can't be understood";
                    return Err(Failure::at(json.byte(), ErrorKind::Missing, message));
                };
                let fallback = heading.seen(sink.read_on)?;
                read_terms(json, sink, plans, (origin, fallback))?;
            }
            _ => heading.take(json, &key)?,
        }
    }
    json.finish()?;
    sink.settle(origin, &heading, "savings-plan")
}

fn read_plans(json: &mut Json<'_>, sink: &mut Sink<'_>) -> Result<Plans, Failure> {
    let mut plans = Plans::new();
    json.expect(b'[', "an array of savings plans")?;
    let mut first = true;
    while json.element(&mut first)? {
        let (byte, bytes) = json.value()?;
        let plan: Plan<'_> = parse(byte, bytes)?;
        sink.summary.products += 1;
        let lease = terms::years(&plan.attributes.purchase_term.0)
            .zip(terms::payment(&plan.attributes.purchase_option.0))
            .filter(|_| plan.product_family.0 == "ComputeSavingsPlans");
        let ends = lease.map(|(years, payment)| format!("{}-{payment}", terms::term(years)));
        if ends.is_none() {
            sink.summary.skip(Skip::Term);
        }
        let sku = plan.sku.0.as_ref();
        if plans.insert(sku.into(), ends.ok_or(Skip::Term)).is_some() {
            return Err(Failure::value(byte, format!("the SKU {sku} stands twice among the products")));
        }
    }
    Ok(plans)
}

fn read_terms(
    json: &mut Json<'_>,
    sink: &mut Sink<'_>,
    plans: &Plans,
    (origin, fallback): (u32, Date),
) -> Result<(), Failure> {
    json.expect(b'{', "an object of terms by kind")?;
    let mut first = true;
    while let Some(kind) = json.key(&mut first)? {
        if kind != "savingsPlan" {
            json.skip()?;
            continue;
        }
        json.expect(b'[', "an array of the terms of savings plans")?;
        let mut first = true;
        while json.element(&mut first)? {
            read_plan(json, sink, plans, (origin, fallback))?;
        }
    }
    Ok(())
}

/// Reads what one plan asks for; there may be a hundred thousand rates, so they are taken one by one.
fn read_plan(
    json: &mut Json<'_>,
    sink: &mut Sink<'_>,
    plans: &Plans,
    (origin, fallback): (u32, Date),
) -> Result<(), Failure> {
    let mut from = fallback;
    json.expect(b'{', "the terms of a savings plan")?;
    let mut first = true;
    while let Some(key) = json.key(&mut first)? {
        match key.as_str() {
            "effectiveDate" => {
                let (byte, bytes) = json.value()?;
                let text: Text<'_> = parse(byte, bytes)?;
                from = numbers::day(&text.0)
                    .map_err(|why| Failure::value(byte, format!("effectiveDate: {why}")))?;
            }
            "rates" => {
                json.expect(b'[', "an array of rates")?;
                let mut first = true;
                while json.element(&mut first)? {
                    let (byte, bytes) = json.value()?;
                    let rate: Rate<'_> = parse(byte, bytes)?;
                    rate.take(sink, plans, Slice { byte, bytes }, (origin, from))?;
                }
            }
            _ => json.skip()?,
        }
    }
    Ok(())
}

impl Rate<'_> {
    fn take(
        &self,
        sink: &mut Sink<'_>,
        plans: &Plans,
        slice: Slice<'_>,
        (origin, from): (u32, Date),
    ) -> Result<(), Failure> {
        let (region, id, unit) = match self.target(plans) {
            Ok(target) => target,
            Err(skip) => {
                sink.summary.skip(skip);
                return Ok(());
            }
        };
        match self.discounted_rate.currency.0.as_ref() {
            "USD" | "" => {}
            "CNY" => {
                sink.summary.skip(Skip::OtherCurrency);
                return Ok(());
            }
            other => return Err(Failure::value(slice.place(other), unknown_currency(other))),
        }
        let text = self.discounted_rate.price.get();
        let bare = text.trim_matches('"');
        let usd = numbers::amount(bare)
            .map_err(|why| Failure::value(slice.place(text), format!("discountedRate {why}")))?;
        if usd.is_zero() {
            sink.summary.skip(Skip::Zero);
            return Ok(());
        }
        let sku = self.discounted_sku.0.as_ref();
        let (usd, from_quantity) = (Some(usd.normalize()), Decimal::ZERO);
        let price = Price { region: &region, id: &id, unit, from_quantity, usd, from, sku };
        sink.push(&price, origin);
        Ok(())
    }

    /// Region, price id and unit.
    fn target(&self, plans: &Plans) -> Result<(String, String, &'static str), Skip> {
        let plan = self.rate_code.0.split('.').next().unwrap_or_default();
        let ends = plans.get(plan).ok_or(Skip::Term)?.as_ref().map_err(|skip| *skip)?;
        let (prefix, usage) = regions::of_usage(&self.discounted_usage_type.0);
        let service = self.discounted_service_code.0.as_ref();
        let (middle, unit) = if service == "AmazonEC2" {
            (format!("instance-hours/{}", self.machine(usage)?), "Hours")
        } else {
            let covered = COVERED.iter().find(|(code, covered, ..)| (*code, *covered) == (service, usage));
            let (.., middle, unit) = covered.ok_or(Skip::UnknownProduct)?;
            ((*middle).to_owned(), *unit)
        };
        let region = match self.discounted_region_code.0.as_ref() {
            // AWS's usage types have no prefix in its oldest region.
            "" => prefix.unwrap_or("us-east-1"),
            code if regions::is_code(code) => code,
            _ => return Err(Skip::NotARegion),
        };
        Ok((region.to_owned(), format!("compute-savings-plan/{middle}/{ends}"), unit))
    }

    /// The type of a plain Linux machine on shared hardware.
    fn machine<'u>(&self, usage: &'u str) -> Result<&'u str, Skip> {
        let plain = ["", "RunInstances"].contains(&self.discounted_operation.0.as_ref());
        match usage.split_once(':') {
            Some(("BoxUsage", name)) if plain => Ok(name),
            Some(("BoxUsage", _)) => Err(Skip::OperatingSystem),
            Some(("DedicatedUsage" | "HostBoxUsage" | "HostUsage", _)) => Err(Skip::Tenancy),
            Some((kind, _)) if kind.starts_with("Unused") => Err(Skip::CapacityReservation),
            _ => Err(Skip::UnknownProduct),
        }
    }
}
