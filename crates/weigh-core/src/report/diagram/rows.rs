//! What each platform, supporting service and kind of stated service is in a picture: a row for each.

use schemars::JsonSchema;
use serde::Serialize;

use crate::scenario::{Balancer, Scenario, Sessions};

/// What a node is; a renderer gives each kind a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// Those who send the requests.
    Users,
    /// What requests pass before they reach a server.
    Entry,
    /// What serves them, or runs jobs.
    Compute,
    /// Some of the servers, in one zone.
    Replicas,
    /// What keeps data.
    Store,
    /// What carries messages, events and workflows.
    Messaging,
    /// What connects servers with the rest of the world.
    Network,
    /// What is not of this deployment: the internet, a model, a service that is bought elsewhere.
    Outside,
    /// Logs, metrics and traces.
    Monitoring,
    /// Keys, secrets and parameters, and the registry of images: what servers read when they start.
    Support,
    /// What is paid for, used or not: reservations and Savings Plans.
    Commitment,
    /// Charges that belong to nothing else here.
    Other,
}

/// How a supporting service is connected with the servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// Requests pass it on their way to the servers.
    Front,
    /// Servers reach the internet by it.
    Out,
    /// Servers use it.
    Used,
}

/// A supporting service of [`SUPPORTING`](crate::platforms::SUPPORTING) in a picture.
pub(super) struct SupportingRow {
    pub(super) id: &'static str,
    pub(super) title: fn(&Scenario) -> &'static str,
    pub(super) kind: NodeKind,
    pub(super) link: Link,
}

const fn row(
    id: &'static str,
    title: fn(&Scenario) -> &'static str,
    kind: NodeKind,
    link: Link,
) -> SupportingRow {
    SupportingRow { id, title, kind, link }
}

/// Every supporting service.
pub(super) const SUPPORTING_ROWS: &[SupportingRow] = &[
    row("load-balancer", load_balancer, NodeKind::Entry, Link::Front),
    row("api-gateway", |_| "API Gateway", NodeKind::Entry, Link::Front),
    row("public-address", |_| "Public IPv4 addresses", NodeKind::Network, Link::Out),
    row("nat-gateway", |_| "NAT gateway", NodeKind::Network, Link::Out),
    row("endpoint", |_| "VPC endpoints", NodeKind::Network, Link::Used),
    row("egress", |_| "Data transfer out", NodeKind::Network, Link::Out),
    row("between-zones", |_| "Data transfer between zones", NodeKind::Network, Link::Used),
    row("logs", |_| "CloudWatch Logs", NodeKind::Monitoring, Link::Used),
    row("registry", |_| "ECR image registry", NodeKind::Support, Link::Used),
    row("shared-disk", |_| "EFS shared disk", NodeKind::Store, Link::Used),
    row("session-store", session_store, NodeKind::Store, Link::Used),
    row("upload-bucket", |_| "S3 bucket for uploads", NodeKind::Store, Link::Used),
    row("container-insights", |_| "Container Insights", NodeKind::Monitoring, Link::Used),
];

fn load_balancer(scenario: &Scenario) -> &'static str {
    match scenario.supporting.load_balancer {
        Balancer::Application => "Application Load Balancer",
        Balancer::NetworkTcp | Balancer::NetworkTls | Balancer::NetworkUdp => "Network Load Balancer",
    }
}

fn session_store(scenario: &Scenario) -> &'static str {
    match scenario.supporting.sessions {
        Sessions::Dynamodb => "DynamoDB table for sessions",
        Sessions::Valkey => "Valkey node for sessions",
        Sessions::InMemory => "Session store",
    }
}

/// How a stated service is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ServiceLink {
    /// Requests pass it before the front of the platform, those of a lower number first.
    Before(u8),
    /// Users ask it beside the application.
    Asked,
    /// Servers use it.
    Used,
}

/// A kind of [`SERVICES`](crate::services::stated::SERVICES) in a picture.
pub(super) struct ServiceRow {
    pub(super) id: &'static str,
    pub(super) kind: NodeKind,
    pub(super) link: ServiceLink,
    /// Whether it stands in the region; else at AWS's edge, or with someone else.
    pub(super) regional: bool,
}

const fn used(id: &'static str, kind: NodeKind) -> ServiceRow {
    ServiceRow { id, kind, link: ServiceLink::Used, regional: !matches!(kind, NodeKind::Outside) }
}

const fn at_the_edge(id: &'static str, link: ServiceLink) -> ServiceRow {
    ServiceRow { id, kind: NodeKind::Entry, link, regional: false }
}

/// Every kind of stated service.
pub(super) const SERVICE_ROWS: &[ServiceRow] = &[
    ServiceRow { id: "api-gateway", kind: NodeKind::Entry, link: ServiceLink::Before(3), regional: true },
    used("aurora-serverless-v2", NodeKind::Store),
    used("bedrock", NodeKind::Outside),
    at_the_edge("cloudfront", ServiceLink::Before(2)),
    used("cloudwatch", NodeKind::Monitoring),
    used("documentdb", NodeKind::Store),
    used("dynamodb", NodeKind::Store),
    used("efs", NodeKind::Store),
    used("elasticache", NodeKind::Store),
    used("elasticache-serverless", NodeKind::Store),
    used("eventbridge", NodeKind::Messaging),
    used("external", NodeKind::Outside),
    used("kms", NodeKind::Support),
    used("rds-postgresql", NodeKind::Store),
    at_the_edge("route53", ServiceLink::Asked),
    used("s3", NodeKind::Store),
    used("secrets-manager", NodeKind::Support),
    used("sns", NodeKind::Messaging),
    used("sqs", NodeKind::Messaging),
    used("ssm-parameters", NodeKind::Support),
    at_the_edge("static-site", ServiceLink::Asked),
    used("step-functions", NodeKind::Messaging),
    at_the_edge("waf", ServiceLink::Before(1)),
    used("x-ray", NodeKind::Monitoring),
];

/// A platform in a picture.
pub(super) struct PlatformRow {
    pub(super) id: &'static str,
    /// What requests pass where the price of the servers includes it.
    pub(super) included_front: Option<&'static str>,
    /// What its servers are called, one and several.
    pub(super) nouns: (&'static str, &'static str),
    /// What the price ids of its servers begin with.
    pub(super) prices: &'static [&'static str],
}

/// Every platform.
pub(super) const PLATFORM_ROWS: &[PlatformRow] = &[
    PlatformRow {
        id: "ec2-compose",
        included_front: None,
        nouns: ("instance", "instances"),
        prices: &["ec2", "ec2-spot"],
    },
    PlatformRow {
        id: "ecs-ec2",
        included_front: None,
        nouns: ("task", "tasks"),
        prices: &["ec2", "ec2-spot"],
    },
    PlatformRow {
        id: "fargate",
        included_front: None,
        nouns: ("task", "tasks"),
        prices: &["fargate", "fargate-spot"],
    },
    PlatformRow {
        id: "lambda",
        included_front: Some("Function URL"),
        nouns: ("function", "functions"),
        prices: &["lambda"],
    },
    PlatformRow {
        id: "lightsail",
        included_front: Some("Lightsail endpoint"),
        nouns: ("node", "nodes"),
        prices: &["lightsail"],
    },
];

/// What the price ids of disks begin with, which instances have beside their hours.
pub(super) const DISKS: &str = "ebs";

/// The row of a platform.
pub(super) fn platform(id: &str) -> Option<&'static PlatformRow> {
    PLATFORM_ROWS.iter().find(|row| row.id == id)
}

/// The row of a supporting service.
pub(super) fn supporting(id: &str) -> Option<&'static SupportingRow> {
    SUPPORTING_ROWS.iter().find(|row| row.id == id)
}

/// The row of a kind of stated service.
pub(super) fn service(id: &str) -> Option<&'static ServiceRow> {
    SERVICE_ROWS.iter().find(|row| row.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platforms::{PLATFORMS, SUPPORTING};
    use crate::services::stated::SERVICES;

    #[test]
    fn every_platform_and_service_has_a_row_and_no_row_is_idle() {
        let ids = |ids: &mut dyn Iterator<Item = &'static str>| {
            let mut ids: Vec<&str> = ids.collect();
            ids.sort_unstable();
            ids
        };
        let platforms = ids(&mut PLATFORMS.iter().map(|each| each.id));
        assert_eq!(ids(&mut PLATFORM_ROWS.iter().map(|row| row.id)), platforms);
        let around = ids(&mut SUPPORTING.iter().map(|each| each.id));
        assert_eq!(ids(&mut SUPPORTING_ROWS.iter().map(|row| row.id)), around);
        let stated = ids(&mut SERVICES.iter().map(|each| each.id));
        assert_eq!(ids(&mut SERVICE_ROWS.iter().map(|row| row.id)), stated);
    }
}
