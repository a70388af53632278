//! Route 53: hosted zones, queries and health checks.

use rust_decimal::Decimal;

use super::{Context, StatedService, beside, none, settings, silent};
use crate::money::NotExact;
use crate::scenario::{Section, Values, choice, section};
use crate::units::Unit;
use crate::usage::Usage;

choice! {
    /// How queries are answered.
    pub(super) enum Routing {
        /// By plain or weighted records.
        Standard = "standard",
        /// By latency.
        Latency = "latency",
        /// By the place that the query is from.
        Geo = "geo",
    }
}

choice! {
    /// What is checked.
    pub(super) enum Endpoint {
        /// Something in AWS.
        Aws = "aws",
        /// Something elsewhere.
        Other = "other",
    }
}

section! {
    /// Settings of DNS.
    pub(super) struct Settings {
        /// Hosted zones.
        pub hosted_zones: u32 => Kind::Count { least: 0, most: 25 }, Default("1");
        /// Queries that are billed for one request; 0 for alias records of AWS resources, whose queries are free.
        pub queries_per_request: Decimal => Kind::NumberOrZero, Default("0");
        /// How queries are answered.
        pub routing: Routing => Kind::OneOf(Routing::CHOICES), Default("standard");
        /// Health checks.
        pub health_checks: u32 => Kind::Count { least: 0, most: 10_000 }, Default("0");
        /// Optional features of all health checks together: HTTPS, string matching, fast interval, latency.
        pub health_check_features: u32 => Kind::Count { least: 0, most: 40_000 }, Default("0");
        /// What is checked.
        pub endpoint: Endpoint => Kind::OneOf(Endpoint::CHOICES), Default("aws");
    }
}

/// Route 53 bills hosted zones by the month (up to 25 here: beyond them they are cheaper), queries, and health checks with
/// each of their optional features.
///
/// Source: Amazon Route 53 pricing page, as known in November 2026; queries of alias records of load balancers, CloudFront,
/// API Gateway and S3 websites are free.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"route53\"\nqueries_per_request = 0.1\nhealth_checks = 2\nhealth_check_features = 2";
/// let lines = worked(stated, 1_000_000, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "route53/hosted-zone-months: 1 zone = 1 Months",
///     "route53/standard-queries: 1,000,000 requests × 0.1 queries = 100,000 Queries",
///     "route53/health-check-months/aws: 2 health checks = 2 Months",
///     "route53/health-check-feature-months/aws: 2 features = 2 Months",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "route53",
    title: "Route 53",
    summary: "DNS zones, queries and health checks.",
    metered: "zones by the month, queries, health checks and their features by the month",
    settings: Settings::FIELDS,
    example: "hosted_zones = 1",
    contradictions: none,
    meter,
    notes: silent,
    zones: beside,
};

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let months = |count, one, many| context.months(Unit::Months, count, one, many);
    let zones = months(settings.hosted_zones, "zone", "zones");
    context.add(usage, "route53/hosted-zone-months", "zones", zones)?;
    let queries = context.per_request(Unit::Queries, settings.queries_per_request, "queries");
    context.add(usage, format!("route53/{}-queries", settings.routing.spelling()), "queries", queries)?;
    let endpoint = settings.endpoint.spelling();
    let checks = months(settings.health_checks, "health check", "health checks");
    context.add(usage, format!("route53/health-check-months/{endpoint}"), "health checks", checks)?;
    let features = months(settings.health_check_features, "feature", "features");
    let price_id = format!("route53/health-check-feature-months/{endpoint}");
    context.add(usage, price_id, "features of health checks", features)
}
