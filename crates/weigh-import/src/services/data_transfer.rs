//! Data that leaves a machine: to the internet, to another zone, to another region.

use super::{REGION, Rule, Target, by_rules, region, rule};
use crate::product::{Attribute, Product};
use crate::regions;
use crate::summary::Skip;

const RULES: &[Rule] = &[
    rule("transfer/internet-out-gb", "GB", "DataTransfer-Out-Bytes"),
    rule("transfer/between-zones-gb", "GB", "DataTransfer-Regional-Bytes"),
];

/// The two regions that have a price of their own between them.
const NEIGHBOURS: [&str; 2] = ["us-east-1", "us-east-2"];

/// A transfer. What leads from region to region names both of them.
pub(super) fn target(product: &Product<'_>, usage: &str) -> Result<Target, Skip> {
    // What comes in costs nothing, and the file names the region as the place that it goes to.
    if usage == "DataTransfer-In-Bytes" {
        return Err(Skip::Zero);
    }
    if !usage.ends_with("AWS-Out-Bytes") {
        return by_rules(RULES, product, usage);
    }
    if !["", REGION].contains(&product.get(Attribute::ToLocationType)) {
        return Err(Skip::NotARegion);
    }
    let to = match product.get(Attribute::ToRegionCode) {
        "" => regions::of_location(product.get(Attribute::ToLocation)),
        code => regions::is_code(code).then_some(code),
    };
    let (from, to) = (region(product)?, to.ok_or(Skip::UnknownRegion)?);
    let near = NEIGHBOURS.contains(&from.as_str()) && NEIGHBOURS.contains(&to);
    let id = if near { "transfer/us-east-regions-gb" } else { "transfer/other-regions-gb" };
    Ok(Target { region: from, id: id.to_owned(), unit: "GB", begins: 0, reserved: None })
}
