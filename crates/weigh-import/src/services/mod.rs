//! Which price id a product of AWS has, as tables: one file for each group of services.

mod compute;
mod containers;
mod data_transfer;
mod databases;
mod ec2;
mod lightsail;
mod messaging;
mod network;
mod observability;
mod security;
mod storage;
#[cfg(test)]
#[path = "tests.rs"]
mod tests;

use rust_decimal::Decimal;

use crate::product::{Attribute, Product};
use crate::regions::{self, GLOBAL};
use crate::summary::Skip;

/// What a product is in the price book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) region: String,
    /// The price id on demand.
    pub(crate) id: String,
    /// The unit of the book.
    pub(crate) unit: &'static str,
    /// The lower bound of its first band, where AWS sells bands as products of their own.
    pub(crate) begins: u32,
    /// The price id when reserved, without class, term and payment, where the book has one.
    pub(crate) reserved: Option<String>,
}

/// One line of a table: products with this usage type have this price id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    /// The price id; `*` stands for what `*` stands for in the usage type.
    id: &'static str,
    unit: &'static str,
    /// The usage type without the region's prefix; at most one `*`, which is not empty.
    usage: &'static str,
    /// An attribute that must have one of these values.
    only: Option<(Attribute, &'static [&'static str])>,
    begins: u32,
    global: bool,
}

/// A line of a table.
const fn rule(id: &'static str, unit: &'static str, usage: &'static str) -> Rule {
    Rule { id, unit, usage, only: None, begins: 0, global: false }
}

impl Rule {
    /// The same, only for products with one of these values.
    const fn only(self, attribute: Attribute, values: &'static [&'static str]) -> Rule {
        Rule { only: Some((attribute, values)), ..self }
    }

    /// The same as a band of its own.
    const fn begins(self, quantity: u32) -> Rule {
        Rule { begins: quantity, ..self }
    }

    /// The same with one price in all regions.
    const fn global(self) -> Rule {
        Rule { global: true, ..self }
    }

    /// The text that `*` stands for, when the product is meant; empty without `*`.
    fn matches<'u>(&self, usage: &'u str, product: &Product<'_>) -> Option<&'u str> {
        let star = match self.usage.split_once('*') {
            None => (self.usage == usage).then_some("")?,
            Some((before, after)) => {
                let star = usage.strip_prefix(before)?.strip_suffix(after)?;
                (!star.is_empty()).then_some(star)?
            }
        };
        let meant = self.only.is_none_or(|(attribute, values)| values.contains(&product.get(attribute)));
        meant.then_some(star)
    }
}

/// How a service's products are told apart.
enum Table {
    /// By the usage type alone.
    Rules(&'static [Rule]),
    /// By more than a line of a table can say.
    Code(fn(&Product<'_>, &str) -> Result<Target, Skip>),
}

/// The services that the book prices, by AWS's code.
const SERVICES: &[(&str, Table)] = &[
    ("AmazonEC2", Table::Code(compute::target)),
    ("AWSELB", Table::Code(network::balancer)),
    ("AmazonVPC", Table::Rules(network::VPC)),
    ("AWSDataTransfer", Table::Code(data_transfer::target)),
    ("AmazonECS", Table::Rules(containers::ECS)),
    ("AmazonEKS", Table::Rules(containers::EKS)),
    ("AmazonECR", Table::Rules(containers::ECR)),
    ("AWSLambda", Table::Rules(containers::LAMBDA)),
    ("AmazonLightsail", Table::Rules(lightsail::RULES)),
    ("AmazonEFS", Table::Rules(storage::EFS)),
    ("AmazonS3", Table::Rules(storage::S3)),
    ("AmazonRDS", Table::Rules(databases::RDS)),
    ("AmazonElastiCache", Table::Code(databases::cache)),
    ("AmazonDynamoDB", Table::Rules(databases::DYNAMODB)),
    ("AmazonApiGateway", Table::Rules(messaging::API_GATEWAY)),
    ("AWSQueueService", Table::Rules(messaging::SQS)),
    ("AmazonSNS", Table::Rules(messaging::SNS)),
    ("AWSEvents", Table::Rules(messaging::EVENTS)),
    ("AmazonStates", Table::Rules(messaging::STATES)),
    ("AmazonCloudWatch", Table::Rules(observability::CLOUDWATCH)),
    ("AWSXRay", Table::Rules(observability::X_RAY)),
    ("AmazonRoute53", Table::Rules(network::ROUTE_53)),
    ("awskms", Table::Rules(security::KMS)),
    ("AWSSecretsManager", Table::Rules(security::SECRETS_MANAGER)),
    ("AWSSystemsManager", Table::Rules(security::SYSTEMS_MANAGER)),
    ("awswaf", Table::Rules(security::WAF)),
];

/// The type of a location that is a region, and no local zone or the like.
const REGION: &str = "AWS Region";

/// What a product is in the price book, or why it has no place there.
pub(crate) fn target(product: &Product<'_>) -> Result<Target, Skip> {
    let service = product.get(Attribute::ServiceCode);
    let known = SERVICES.iter().find(|(code, _)| *code == service);
    let (_, table) = known.ok_or(Skip::UnknownService)?;
    if !["", REGION].contains(&product.get(Attribute::LocationType)) {
        return Err(Skip::NotARegion);
    }
    let (_, usage) = regions::of_usage(product.get(Attribute::UsageType));
    match table {
        Table::Rules(rules) => by_rules(rules, product, usage),
        Table::Code(code) => code(product, usage),
    }
}

/// The first line of a table that means the product.
fn by_rules(rules: &[Rule], product: &Product<'_>, usage: &str) -> Result<Target, Skip> {
    let found = rules.iter().find_map(|rule| Some((rule, rule.matches(usage, product)?)));
    let Some((rule, star)) = found else {
        let engine = product.get(Attribute::DatabaseEngine);
        let other = !["", "Any", "PostgreSQL", "Aurora PostgreSQL"].contains(&engine);
        return Err(if other { Skip::Engine } else { Skip::UnknownProduct });
    };
    let region = if rule.global { GLOBAL.to_owned() } else { region(product)? };
    Ok(Target {
        region,
        id: rule.id.replace('*', star),
        unit: rule.unit,
        begins: rule.begins,
        reserved: None,
    })
}

/// The region of a product: the code, else the region of its location's name, else of its usage type's prefix.
fn region(product: &Product<'_>) -> Result<String, Skip> {
    if !["", REGION].contains(&product.get(Attribute::FromLocationType)) {
        return Err(Skip::NotARegion);
    }
    for code in [Attribute::RegionCode, Attribute::FromRegionCode].map(|code| product.get(code)) {
        if regions::is_code(code) {
            return Ok(code.to_owned());
        }
        if !code.is_empty() {
            return Err(Skip::NotARegion);
        }
    }
    for location in [Attribute::Location, Attribute::FromLocation].map(|name| product.get(name)) {
        if !location.is_empty() {
            return regions::of_location(location).map(str::to_owned).ok_or(Skip::UnknownRegion);
        }
    }
    regions::of_usage(product.get(Attribute::UsageType)).0.map(str::to_owned).ok_or(Skip::UnknownRegion)
}

/// How AWS's units stand to the book's: what AWS calls so many of its units, and how many of the book's one of them is.
const CONVERSIONS: &[(&str, &[&str], u32)] = &[
    (
        "Hours",
        &["hrs", "hr", "hour", "hours", "loadbalancer-hours", "vpcendpoint-hours", "clusters-hours"],
        1,
    ),
    ("vCPU-Hours", &["hrs", "hour", "hours", "vcpu-hours", "vcpu-hour", "vcpu-hr"], 1),
    ("GB-Hours", &["hrs", "hour", "hours", "gb-hours", "gb-hour", "gb-hr"], 1),
    ("ACU-Hours", &["acu-hr", "acu-hrs", "acu-hours", "hrs"], 1),
    ("LCU-Hours", &["lcu-hrs", "lcu-hours", "lcu-hr", "hrs"], 1),
    ("NLCU-Hours", &["lcu-hrs", "nlcu-hrs", "nlcu-hours", "hrs"], 1),
    ("GLCU-Hours", &["lcu-hrs", "glcu-hrs", "glcu-hours", "hrs"], 1),
    ("Node-Hours", &["hrs", "hour", "hours", "node-hours"], 1),
    ("RCU-Hours", &["readcapacityunit-hrs", "rcu-hrs"], 1),
    ("WCU-Hours", &["writecapacityunit-hrs", "wcu-hrs"], 1),
    ("DSU-Hours", &["dsu-hours", "dsu-hrs", "hrs", "hours"], 1),
    (
        "GB-Seconds",
        &["lambda-gb-second", "lambda-gb-seconds", "gb-seconds", "gb-second", "seconds", "second"],
        1,
    ),
    ("GB", &["gb", "gigabytes"], 1),
    ("GB-Months", &["gb-mo", "gb-month", "gb-months"], 1),
    ("IOPS-Months", &["iops-mo", "iops-months"], 1),
    ("MiBps-Months", &["mibps-mo", "mbps-mo", "mibps-months"], 1),
    ("MiBps-Months", &["gibps-mo", "gibps-months"], 1_024),
    ("vCPU-Months", &["vcpu-months", "vcpu-month"], 1),
    ("Requests", &["request", "requests", "api requests", "api calls", "api-requests"], 1),
    ("Read-Request-Units", &["readrequestunits"], 1),
    ("Write-Request-Units", &["writerequestunits"], 1),
    ("IOs", &["ios"], 1),
    ("Events", &["event", "events", "64k chunks", "64k-chunks"], 1),
    ("Messages", &["messages", "message"], 1),
    ("Connection-Minutes", &["minutes", "minute"], 1),
    ("Invocations", &["invocation", "invocations"], 1),
    ("Transitions", &["statetransitions", "transitions", "state transitions"], 1),
    ("Traces", &["traces", "trace"], 1),
    ("Queries", &["queries"], 1),
    ("Metric-Months", &["metrics", "metric", "metrics-month"], 1),
    ("Alarm-Months", &["alarms", "alarm", "alarms-month"], 1),
    ("Object-Months", &["objects", "objects-month"], 1),
    (
        "Months",
        &[
            "mo",
            "month",
            "months",
            "hostedzone",
            "hosted zone",
            "keys",
            "key",
            "secrets",
            "secret",
            "dashboards",
            "dashboard",
            "webacl",
            "month-webacl",
            "rule",
            "rules",
            "month-rule",
            "parameters",
        ],
        1,
    ),
];

/// How many of the book's units one of AWS's is, when the two measure the same. AWS's unit may be left out.
pub(crate) fn conversion(aws: &str, book: &str) -> Option<Decimal> {
    let aws = aws.trim().to_ascii_lowercase();
    if aws.is_empty() {
        return Some(Decimal::ONE);
    }
    let mut known = CONVERSIONS.iter().filter(|(unit, ..)| *unit == book);
    known.find(|(_, names, _)| names.contains(&aws.as_str())).map(|(.., factor)| Decimal::from(*factor))
}
