//! Load balancers, gateways, endpoints, addresses and names.

use super::{Rule, Target, by_rules, rule};
use crate::product::{Attribute, Product};
use crate::summary::Skip;

const APPLICATION: &[Rule] = &[
    rule("elb/application-load-balancer-hours", "Hours", "LoadBalancerUsage"),
    rule("elb/application-lcu-hours", "LCU-Hours", "LCUUsage"),
];

const NETWORK: &[Rule] = &[
    rule("elb/network-load-balancer-hours", "Hours", "LoadBalancerUsage"),
    rule("elb/network-lcu-hours", "NLCU-Hours", "LCUUsage"),
];

const GATEWAY: &[Rule] = &[
    rule("elb/gateway-load-balancer-hours", "Hours", "LoadBalancerUsage"),
    rule("elb/gateway-lcu-hours", "GLCU-Hours", "LCUUsage"),
];

const CLASSIC: &[Rule] = &[
    rule("elb/classic-load-balancer-hours", "Hours", "LoadBalancerUsage"),
    rule("elb/classic-processed-gb", "GB", "DataProcessing-Bytes"),
];

pub(super) const VPC: &[Rule] = &[
    rule("vpc/nat-gateway-hours", "Hours", "NatGateway-Hours"),
    rule("vpc/nat-gateway-processed-gb", "GB", "NatGateway-Bytes"),
    rule("vpc/public-ipv4-hours", "Hours", "PublicIPv4:InUseAddress").global(),
    rule("vpc/interface-endpoint-hours", "Hours", "VpcEndpoint-Hours"),
    rule("vpc/interface-endpoint-processed-gb", "GB", "VpcEndpoint-Bytes"),
    rule("vpc/gateway-load-balancer-endpoint-processed-gb", "GB", "VpcEndpoint-GWLBE-Bytes"),
];

pub(super) const ROUTE_53: &[Rule] = &[
    rule("route53/hosted-zone-months", "Months", "HostedZone").global(),
    rule("route53/standard-queries", "Queries", "DNS-Queries").global(),
    rule("route53/latency-queries", "Queries", "LBR-Queries").global(),
    rule("route53/geo-queries", "Queries", "Geo-Queries").global(),
    rule("route53/health-check-months/aws", "Months", "Health-Check-AWS").global(),
    rule("route53/health-check-months/other", "Months", "Health-Check-Non-AWS").global(),
    rule("route53/health-check-feature-months/aws", "Months", "Health-Check-Option-AWS").global(),
    rule("route53/health-check-feature-months/other", "Months", "Health-Check-Option-Non-AWS").global(),
];

/// A load balancer; its kind is in the product family, and in older files in the operation.
pub(super) fn balancer(product: &Product<'_>, usage: &str) -> Result<Target, Skip> {
    let rules = match (product.get(Attribute::Family), product.get(Attribute::Operation)) {
        ("Load Balancer-Application", _) => APPLICATION,
        ("Load Balancer-Network", _) => NETWORK,
        ("Load Balancer-Gateway", _) => GATEWAY,
        ("Load Balancer", "LoadBalancing" | "") => CLASSIC,
        _ => return Err(Skip::UnknownProduct),
    };
    by_rules(rules, product, usage)
}
