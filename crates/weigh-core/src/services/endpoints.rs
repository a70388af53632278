//! VPC endpoints: the way from a private subnet to services of AWS that needs no NAT gateway.

use rust_decimal::Decimal;

use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// The services that an endpoint may lead to, and how many interface endpoints each takes: none where a gateway endpoint,
/// which is free, leads there. ECR takes one for its API and one for Docker, and S3 beside them for the layers.
///
/// Source: Amazon VPC user guide, gateway endpoints (S3 and DynamoDB), and Amazon ECR user guide, interface VPC endpoints
/// (read 2026-11-21).
pub const ENDPOINTS: &[(&str, u32)] = &[
    ("bedrock", 1),
    ("dynamodb", 0),
    ("ecr", 2),
    ("events", 1),
    ("kms", 1),
    ("logs", 1),
    ("s3", 0),
    ("secrets-manager", 1),
    ("sns", 1),
    ("sqs", 1),
    ("ssm", 1),
    ("sts", 1),
];

/// Adds the interface endpoints of a service, one a zone, and the gigabytes that pass them.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::endpoints;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// endpoints::meter(&mut usage, "ecr", (2, 730.into()), 5.into()).unwrap();
/// assert_eq!(usage.lines()[0].amount, 2_920.into()); // two endpoints in each of two zones
/// assert_eq!(usage.lines()[1].amount, 5.into());
/// endpoints::meter(&mut usage, "s3", (2, 730.into()), 5.into()).unwrap();
/// assert_eq!(usage.lines().len(), 2); // a gateway endpoint is free
/// ```
pub fn meter(
    usage: &mut Usage,
    service: &str,
    (zones, hours): (u32, Decimal),
    gb: Decimal,
) -> Result<(), NotExact> {
    let each = ENDPOINTS.iter().find(|(name, _)| *name == service).map_or(0, |(_, count)| *count);
    if each == 0 {
        return Ok(());
    }
    let running = Quantity::of(Unit::Hours)
        .times_each(each, "endpoint", "endpoints")
        .times_each(zones, "zone", "zones")
        .times(hours, "hours");
    usage.add("vpc/interface-endpoint-hours", format!("Interface endpoints to {service}"), running)?;
    let passed = Quantity::of(Unit::Gb).times(gb, format!("GB to and from {service}"));
    usage.add(
        "vpc/interface-endpoint-processed-gb",
        format!("Data through the endpoint to {service}"),
        passed,
    )
}
