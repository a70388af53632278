//! Lightsail: servers in bundles that include transfer.

use super::{Rule, rule};
use crate::product::Attribute;

/// A server with Linux, whose bundle AWS names by its memory.
const fn bundle(id: &'static str, usage: &'static str) -> Rule {
    rule(id, "Hours", usage).only(Attribute::OperatingSystem, &["", "Linux"])
}

/// A node of a container service.
const fn node(id: &'static str, usage: &'static str) -> Rule {
    rule(id, "Node-Hours", usage)
}

pub(super) const RULES: &[Rule] = &[
    bundle("lightsail/linux-ipv4-hours/nano", "BundleUsage:0.5GB"),
    bundle("lightsail/linux-ipv4-hours/micro", "BundleUsage:1GB"),
    bundle("lightsail/linux-ipv4-hours/small", "BundleUsage:2GB"),
    bundle("lightsail/linux-ipv4-hours/medium", "BundleUsage:4GB"),
    bundle("lightsail/linux-ipv4-hours/large", "BundleUsage:8GB"),
    bundle("lightsail/linux-ipv4-hours/xlarge", "BundleUsage:16GB"),
    bundle("lightsail/linux-ipv4-hours/2xlarge", "BundleUsage:32GB"),
    node("lightsail/container-node-hours/nano", "ContainerSvcUsage:Nano-0.25CPU-0.5GB"),
    node("lightsail/container-node-hours/micro", "ContainerSvcUsage:Micro-0.25CPU-1GB"),
    node("lightsail/container-node-hours/small", "ContainerSvcUsage:Small-0.5CPU-1GB"),
    node("lightsail/container-node-hours/medium", "ContainerSvcUsage:Medium-1CPU-2GB"),
    node("lightsail/container-node-hours/large", "ContainerSvcUsage:Large-2CPU-4GB"),
    node("lightsail/container-node-hours/xlarge", "ContainerSvcUsage:Xlarge-4CPU-8GB"),
    rule("lightsail/transfer-overage-gb", "GB", "DataXfer-Out-Overage-Bytes"),
    rule("lightsail/snapshot-gb-months", "GB-Months", "SnapshotUsage"),
    rule("lightsail/static-ip-hours", "Hours", "UnusedStaticIP"),
];
