//! Fargate, ECS, EKS, the container registry, and Lambda.

use super::{Rule, rule};
use crate::product::Attribute;

pub(super) const ECS: &[Rule] = &[
    rule("fargate/vcpu-hours/linux-x86", "vCPU-Hours", "Fargate-vCPU-Hours:perCPU")
        .only(Attribute::OperatingSystem, &["", "Linux"]),
    rule("fargate/memory-gb-hours/linux-x86", "GB-Hours", "Fargate-GB-Hours")
        .only(Attribute::OperatingSystem, &["", "Linux"]),
    rule("fargate/vcpu-hours/linux-arm", "vCPU-Hours", "Fargate-ARM-vCPU-Hours:perCPU"),
    rule("fargate/memory-gb-hours/linux-arm", "GB-Hours", "Fargate-ARM-GB-Hours"),
    rule("fargate/vcpu-hours/windows-x86", "vCPU-Hours", "Fargate-Windows-vCPU-Hours:perCPU"),
    rule("fargate/memory-gb-hours/windows-x86", "GB-Hours", "Fargate-Windows-GB-Hours"),
    rule("fargate/windows-licence-vcpu-hours", "vCPU-Hours", "Fargate-Windows-OS-Hours:perCPU"),
    rule("fargate/ephemeral-storage-gb-hours", "GB-Hours", "Fargate-EphemeralStorage-GB-Hours"),
    rule("ecs/anywhere-instance-hours", "Hours", "ECS-Anywhere-Instance-hours"),
];

pub(super) const EKS: &[Rule] = &[
    rule("eks/cluster-hours", "Hours", "AmazonEKS-Hours:perCluster"),
    rule("eks/extended-support-cluster-hours", "Hours", "AmazonEKS-Hours:extendedSupport"),
];

pub(super) const ECR: &[Rule] = &[rule("ecr/private-storage-gb-months", "GB-Months", "TimedStorage-ByteHrs")];

pub(super) const LAMBDA: &[Rule] = &[
    // Both architectures have one price a request, and the book one id.
    rule("lambda/requests", "Requests", "Request"),
    rule("lambda/requests", "Requests", "Request-ARM"),
    rule("lambda/duration-gb-seconds/x86", "GB-Seconds", "Lambda-GB-Second"),
    rule("lambda/duration-gb-seconds/arm", "GB-Seconds", "Lambda-GB-Second-ARM"),
    rule("lambda/provisioned-concurrency-gb-seconds/x86", "GB-Seconds", "Lambda-Provisioned-Concurrency"),
    rule("lambda/provisioned-concurrency-gb-seconds/arm", "GB-Seconds", "Lambda-Provisioned-Concurrency-ARM"),
    rule("lambda/provisioned-duration-gb-seconds/x86", "GB-Seconds", "Lambda-Provisioned-GB-Second"),
    rule("lambda/provisioned-duration-gb-seconds/arm", "GB-Seconds", "Lambda-Provisioned-GB-Second-ARM"),
    rule("lambda/ephemeral-storage-gb-seconds", "GB-Seconds", "Lambda-Storage-GB-Second"),
    rule("lambda/ephemeral-storage-gb-seconds", "GB-Seconds", "Lambda-Storage-GB-Second-ARM"),
    rule("lambda/edge-requests", "Requests", "Lambda-Edge-Request"),
    rule("lambda/edge-duration-gb-seconds", "GB-Seconds", "Lambda-Edge-GB-Second"),
];
