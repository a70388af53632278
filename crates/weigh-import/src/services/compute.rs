//! The offer file of EC2: machines, volumes, addresses, gateways, and what else is sold under its name.

use super::{Target, by_rules, data_transfer, ec2, network, storage};
use crate::product::{Attribute, Product};
use crate::summary::Skip;

/// What a product of `AmazonEC2` is in the price book.
pub(super) fn target(product: &Product<'_>, usage: &str) -> Result<Target, Skip> {
    match product.get(Attribute::Family) {
        "Compute Instance" | "Compute Instance (bare metal)" | "Dedicated Host" => {
            ec2::instance(product, usage)
        }
        family if family.starts_with("Load Balancer") => network::balancer(product, usage),
        "NAT Gateway" => by_rules(network::VPC, product, usage),
        "Data Transfer" => data_transfer::target(product, usage),
        "CPU Credits" => by_rules(ec2::CREDITS, product, usage),
        _ => by_rules(storage::EBS, product, usage),
    }
}
