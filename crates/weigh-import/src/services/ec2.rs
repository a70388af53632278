//! Machines of EC2: which of the hundred products of one type is the plain Linux machine on shared hardware.

use super::{Rule, Target, region, rule};
use crate::product::{Attribute, Product};
use crate::summary::Skip;

/// Surplus credits of types that burst, for Linux; one price in all regions.
pub(super) const CREDITS: &[Rule] = &[rule("ec2/cpu-credit-vcpu-hours/*", "vCPU-Hours", "CPUCredits:*")
    .only(Attribute::OperatingSystem, &["", "Linux"])
    .global()];

/// A machine, or why this product is not the one that the book prices.
///
/// The order of the checks decides only which reason is told; a product must pass all of them.
pub(super) fn instance(product: &Product<'_>, usage: &str) -> Result<Target, Skip> {
    let one_of = |attribute, values: &[&str]| values.contains(&product.get(attribute));
    if product.get(Attribute::Family) == "Dedicated Host" || !one_of(Attribute::Tenancy, &["Shared"]) {
        return Err(Skip::Tenancy);
    }
    if !one_of(Attribute::CapacityStatus, &["", "Used"]) {
        return Err(Skip::CapacityReservation);
    }
    if !one_of(Attribute::OperatingSystem, &["Linux"]) {
        return Err(Skip::OperatingSystem);
    }
    if !one_of(Attribute::PreInstalledSoftware, &["", "NA"]) {
        return Err(Skip::Software);
    }
    if !one_of(Attribute::LicenceModel, &["", "NA", "No License required"]) {
        return Err(Skip::Licence);
    }
    if !one_of(Attribute::MarketOption, &["", "NA", "OnDemand"]) {
        return Err(Skip::Market);
    }
    // An operation such as RunInstances:0002 says that software is billed with the machine.
    if !one_of(Attribute::Operation, &["", "RunInstances"]) {
        return Err(Skip::Software);
    }
    let name = product.get(Attribute::InstanceType);
    let plain = match usage.split_once(':') {
        Some(("BoxUsage", named)) => named == name,
        // The oldest type has no name in its usage type.
        _ => usage == "BoxUsage" && name == "m1.small",
    };
    if !plain || name.is_empty() || name.contains([',', '/', '*', '\t', '\n']) {
        return Err(match usage {
            usage if usage.starts_with("UnusedBox") || usage.contains("Reservation") => {
                Skip::CapacityReservation
            }
            usage if usage.starts_with("Host") || usage.contains("Ded") => Skip::Tenancy,
            _ => Skip::UnknownProduct,
        });
    }
    Ok(Target {
        region: region(product)?,
        id: format!("ec2/instance-hours/{name}"),
        unit: "Hours",
        begins: 0,
        reserved: Some(format!("ec2-reserved/instance-hours/{name}")),
    })
}
