//! Attributes of a product, and the price id that they mean or the reason that they have none: one row a rule.

use std::borrow::Cow;

use super::*;
use crate::product::Attribute::*;

/// The product with these attributes.
fn product(attributes: &[(Attribute, &'static str)]) -> Product<'static> {
    let mut product = Product::default();
    for (attribute, value) in attributes {
        product.set(*attribute, Cow::Borrowed(value));
    }
    product
}

/// A machine that the book prices, with some attributes changed.
fn machine(changes: &[(Attribute, &'static str)]) -> Product<'static> {
    let plain = [
        (ServiceCode, "AmazonEC2"),
        (Family, "Compute Instance"),
        (RegionCode, "eu-west-3"),
        (LocationType, "AWS Region"),
        (Location, "EU (Paris)"),
        (InstanceType, "t4g.nano"),
        (OperatingSystem, "Linux"),
        (Tenancy, "Shared"),
        (CapacityStatus, "Used"),
        (PreInstalledSoftware, "NA"),
        (LicenceModel, "No License required"),
        (MarketOption, "OnDemand"),
        (Operation, "RunInstances"),
        (UsageType, "EUW3-BoxUsage:t4g.nano"),
    ];
    product(&[&plain, changes].concat())
}

/// Region, id, unit and lower bound, or the reason.
fn told(product: &Product<'_>) -> String {
    match target(product) {
        Ok(target) => format!("{} {} {} {}", target.region, target.id, target.unit, target.begins),
        Err(skip) => skip.words().to_owned(),
    }
}

#[test]
fn only_the_plain_linux_machine_has_a_price() {
    assert_eq!(told(&machine(&[])), "eu-west-3 ec2/instance-hours/t4g.nano Hours 0");
    let rows: &[(Attribute, &str, Skip)] = &[
        (OperatingSystem, "Windows", Skip::OperatingSystem),
        (OperatingSystem, "RHEL", Skip::OperatingSystem),
        (OperatingSystem, "NA", Skip::OperatingSystem),
        (OperatingSystem, "", Skip::OperatingSystem),
        (Tenancy, "Dedicated", Skip::Tenancy),
        (Tenancy, "Host", Skip::Tenancy),
        (Tenancy, "", Skip::Tenancy),
        (Family, "Dedicated Host", Skip::Tenancy),
        (CapacityStatus, "UnusedCapacityReservation", Skip::CapacityReservation),
        (CapacityStatus, "AllocatedCapacityReservation", Skip::CapacityReservation),
        (PreInstalledSoftware, "SQL Std", Skip::Software),
        (Operation, "RunInstances:0004", Skip::Software),
        (LicenceModel, "Bring your own license", Skip::Licence),
        (MarketOption, "CapacityBlock", Skip::Market),
        (UsageType, "EUW3-UnusedBox:t4g.nano", Skip::CapacityReservation),
        (UsageType, "EUW3-Reservation:t4g.nano", Skip::CapacityReservation),
        (UsageType, "EUW3-DedicatedUsage:t4g.nano", Skip::Tenancy),
        (UsageType, "EUW3-HostBoxUsage:t4g.nano", Skip::Tenancy),
        (UsageType, "EUW3-BoxUsage:t4g.micro", Skip::UnknownProduct),
        (InstanceType, "", Skip::UnknownProduct),
        (LocationType, "AWS Outposts", Skip::NotARegion),
        (LocationType, "AWS Local Zone", Skip::NotARegion),
        (RegionCode, "us-west-2-lax-1", Skip::NotARegion),
        (ServiceCode, "AmazonEC2-test", Skip::UnknownService),
    ];
    for (attribute, value, skip) in rows {
        assert_eq!(told(&machine(&[(*attribute, value)])), skip.words(), "{attribute:?} {value}");
    }
}

#[test]
fn the_region_is_the_code_or_the_location_or_the_prefix() {
    let rows: &[(&[(Attribute, &str)], &str)] = &[
        (&[], "eu-west-3"),
        (&[(RegionCode, "")], "eu-west-3"),
        (&[(RegionCode, ""), (Location, "Europe (Ireland)")], "eu-west-1"),
        (&[(RegionCode, ""), (Location, "")], "eu-west-3"),
        (&[(RegionCode, "sa-west-1"), (Location, "A region of tomorrow")], "sa-west-1"),
    ];
    for (changes, region) in rows {
        assert_eq!(told(&machine(changes)).split(' ').next(), Some(*region), "{changes:?}");
    }
    let nowhere = machine(&[(RegionCode, ""), (Location, "Atlantis")]);
    assert_eq!(told(&nowhere), Skip::UnknownRegion.words());
}

/// Service, family, usage type, a further attribute; what it is.
type Case = (&'static str, &'static str, &'static str, (Attribute, &'static str), &'static str);

const NONE: (Attribute, &str) = (Operation, "");

const CASES: &[Case] = &[
    ("AmazonEC2", "Storage", "EBS:VolumeUsage.gp3", NONE, "ebs/gp3-storage-gb-months GB-Months 0"),
    ("AmazonEC2", "Storage", "EBS:VolumeUsage", NONE, "ebs/magnetic-storage-gb-months GB-Months 0"),
    (
        "AmazonEC2",
        "System Operation",
        "EBS:VolumeP-IOPS.io2.tier2",
        NONE,
        "ebs/io2-iops-months IOPS-Months 32000",
    ),
    ("AmazonEC2", "NAT Gateway", "NatGateway-Hours", NONE, "vpc/nat-gateway-hours Hours 0"),
    ("AmazonEC2", "NAT Gateway", "NatGateway-Hours-Additional", NONE, "product that the book has no id for"),
    ("AmazonEC2", "Load Balancer-Application", "LCUUsage", NONE, "elb/application-lcu-hours LCU-Hours 0"),
    (
        "AmazonEC2",
        "Load Balancer-Application",
        "ReservedLCUUsage",
        NONE,
        "product that the book has no id for",
    ),
    ("AWSELB", "Load Balancer-Network", "LCUUsage", NONE, "elb/network-lcu-hours NLCU-Hours 0"),
    ("AWSELB", "Load Balancer-Gateway", "LoadBalancerUsage", NONE, "elb/gateway-load-balancer-hours Hours 0"),
    ("AWSELB", "Load Balancer", "LoadBalancerUsage", NONE, "elb/classic-load-balancer-hours Hours 0"),
    (
        "AWSELB",
        "Load Balancer",
        "LoadBalancerUsage",
        (Operation, "LoadBalancing:Application"),
        "product that the book has no id for",
    ),
    ("AmazonECS", "Compute", "Fargate-vCPU-Hours:perCPU", NONE, "fargate/vcpu-hours/linux-x86 vCPU-Hours 0"),
    (
        "AmazonECS",
        "Compute",
        "Fargate-vCPU-Hours:perCPU",
        (OperatingSystem, "Windows"),
        "product that the book has no id for",
    ),
    (
        "AmazonECS",
        "Compute",
        "Fargate-Windows-OS-Hours:perCPU",
        (OperatingSystem, "Windows"),
        "fargate/windows-licence-vcpu-hours vCPU-Hours 0",
    ),
    (
        "AmazonECS",
        "Compute",
        "ECS-Anywhere-Instance-hours-WithFree",
        NONE,
        "product that the book has no id for",
    ),
    ("AmazonEKS", "Compute", "AmazonEKS-Hours:perCluster", NONE, "eks/cluster-hours Hours 0"),
    (
        "AmazonECR",
        "EC2 Container Registry",
        "TimedStorage-ByteHrs",
        NONE,
        "ecr/private-storage-gb-months GB-Months 0",
    ),
    ("AWSLambda", "Serverless", "Lambda-GB-Second-ARM", NONE, "lambda/duration-gb-seconds/arm GB-Seconds 0"),
    (
        "AWSLambda",
        "Serverless",
        "Lambda-Provisioned-Concurrency",
        NONE,
        "lambda/provisioned-concurrency-gb-seconds/x86 GB-Seconds 0",
    ),
    (
        "AWSLambda",
        "Serverless",
        "Lambda-Storage-GB-Second",
        NONE,
        "lambda/ephemeral-storage-gb-seconds GB-Seconds 0",
    ),
    (
        "AmazonLightsail",
        "Lightsail",
        "ContainerSvcUsage:Nano-0.25CPU-0.5GB",
        NONE,
        "lightsail/container-node-hours/nano Node-Hours 0",
    ),
    (
        "AmazonLightsail",
        "Lightsail",
        "ContainerSvcUsage:Micro-0.25CPU-1GB-Free",
        NONE,
        "product that the book has no id for",
    ),
    (
        "AmazonLightsail",
        "Lightsail",
        "BundleUsage:2GB",
        (OperatingSystem, "Linux"),
        "lightsail/linux-ipv4-hours/small Hours 0",
    ),
    (
        "AmazonLightsail",
        "Lightsail",
        "BundleUsage:2GB_win",
        (OperatingSystem, "Windows"),
        "product that the book has no id for",
    ),
    ("AmazonEFS", "Storage", "ETDataAccess-Bytes", (AccessType, "Write"), "efs/elastic-write-gb GB 0"),
    ("AmazonS3", "Storage", "TimedStorage-ByteHrs", NONE, "s3/standard-storage-gb-months GB-Months 0"),
    ("AmazonS3", "API Request", "Requests-Tier1", NONE, "s3/put-requests Requests 0"),
    ("AmazonS3", "Fee", "EarlyDelete-ByteHrs", NONE, "product that the book has no id for"),
    (
        "AmazonRDS",
        "Database Instance",
        "Multi-AZUsage:db.t4g.small",
        (DatabaseEngine, "PostgreSQL"),
        "rds/postgresql-instance-hours/db.t4g.small/multi-az Hours 0",
    ),
    (
        "AmazonRDS",
        "Database Instance",
        "InstanceUsage:db.t4g.small",
        (DatabaseEngine, "MySQL"),
        "database engine other than those of the book",
    ),
    (
        "AmazonRDS",
        "Database Instance",
        "InstanceUsage:db.t4g.small",
        NONE,
        "product that the book has no id for",
    ),
    (
        "AmazonRDS",
        "Database Storage",
        "RDS:GP3-Storage",
        (DatabaseEngine, "Any"),
        "rds/postgresql-storage-gb-months/gp3/single-az GB-Months 0",
    ),
    (
        "AmazonRDS",
        "Storage Snapshot",
        "Aurora:BackupUsage",
        (DatabaseEngine, "Aurora MySQL"),
        "database engine other than those of the book",
    ),
    (
        "AmazonElastiCache",
        "Cache Instance",
        "NodeUsage:cache.t4g.micro",
        (CacheEngine, "Valkey"),
        "elasticache/node-hours/valkey/cache.t4g.micro Node-Hours 0",
    ),
    (
        "AmazonElastiCache",
        "Cache Instance",
        "NodeUsage:cache.t4g.micro",
        NONE,
        "database engine other than those of the book",
    ),
    (
        "AmazonDynamoDB",
        "Throughput",
        "ReadRequestUnits",
        NONE,
        "dynamodb/read-request-units Read-Request-Units 0",
    ),
    ("AmazonApiGateway", "API Calls", "ApiGatewayHttpRequest", NONE, "api-gateway/http-requests Requests 0"),
    ("AWSQueueService", "API Request", "Requests-FIFO-Tier1", NONE, "sqs/fifo-requests Requests 0"),
    ("AmazonSNS", "API Request", "Requests-Tier1", NONE, "sns/publish-requests Requests 0"),
    ("AmazonCloudWatch", "Data Payload", "DataProcessing-Bytes", NONE, "cloudwatch/log-ingestion-gb GB 0"),
    (
        "AmazonCloudWatch",
        "Alarm",
        "CW:AlarmMonitorUsage",
        NONE,
        "cloudwatch/alarm-months/standard Alarm-Months 0",
    ),
    ("awskms", "Encryption Key", "KMS-Keys", NONE, "kms/key-months Months 0"),
    (
        "AWSSecretsManager",
        "Secret",
        "AWSSecretsManager-Secrets",
        NONE,
        "secrets-manager/secret-months Months 0",
    ),
    (
        "AWSDataTransfer",
        "Data Transfer",
        "DataTransfer-Regional-Bytes",
        NONE,
        "transfer/between-zones-gb GB 0",
    ),
    ("AWSDataTransfer", "Data Transfer", "DataTransfer-In-Bytes", NONE, "priced at zero"),
    (
        "AWSDataTransfer",
        "Data Transfer",
        "EUC1-AWS-Out-Bytes",
        (ToLocation, "EU (Frankfurt)"),
        "transfer/other-regions-gb GB 0",
    ),
    (
        "AWSDataTransfer",
        "Data Transfer",
        "USE2-AWS-Out-Bytes",
        (ToLocation, "US East (Ohio)"),
        "transfer/us-east-regions-gb GB 0",
    ),
    ("AmazonSparkle", "Sparkle", "Sparkle", NONE, "service that the book does not price"),
];

#[test]
fn each_usage_type_has_its_price_id_or_its_reason() {
    for (service, family, usage, more, expected) in CASES {
        let region = (RegionCode, "us-east-1");
        let product = product(&[(ServiceCode, service), (Family, family), (UsageType, usage), region, *more]);
        let told = told(&product);
        let told = told.strip_prefix("us-east-1 ").unwrap_or(&told);
        assert_eq!(told, *expected, "{service} {usage} {more:?}");
    }
}

#[test]
fn what_has_one_price_everywhere_is_global() {
    for (service, usage, id) in [
        ("AmazonVPC", "EU-PublicIPv4:InUseAddress", "global vpc/public-ipv4-hours Hours 0"),
        ("AmazonRoute53", "HostedZone", "global route53/hosted-zone-months Months 0"),
        ("AmazonCloudWatch", "DashboardsUsageHour", "global cloudwatch/dashboard-months Months 0"),
    ] {
        assert_eq!(told(&product(&[(ServiceCode, service), (UsageType, usage)])), id);
    }
}

/// Every rule's unit can be converted, and no two lines of a table mean the same products.
#[test]
fn the_tables_hold_together() {
    for (service, table) in SERVICES {
        let Table::Rules(rules) = table else { continue };
        for (at, rule) in rules.iter().enumerate() {
            assert!(CONVERSIONS.iter().any(|(unit, ..)| *unit == rule.unit), "{service}: {}", rule.unit);
            assert_eq!(rule.id.contains('*'), rule.usage.contains('*'), "{service}: {}", rule.id);
            let same = |other: &&Rule| {
                other.usage == rule.usage
                    && other.only.map(|(_, values)| values) == rule.only.map(|(_, values)| values)
            };
            assert_eq!(
                rules.iter().skip(at + 1).find(same).map(|rule| rule.id),
                None,
                "{service}: {}",
                rule.usage
            );
        }
    }
    assert!(
        SERVICES
            .iter()
            .enumerate()
            .all(|(at, (code, _))| SERVICES[..at].iter().all(|(other, _)| other != code))
    );
}

#[test]
fn units_are_converted_or_refused() {
    let rows = [
        ("Hrs", "Hours", Some("1")),
        ("hours", "GB-Hours", Some("1")),
        ("GiBps-mo", "MiBps-Months", Some("1024")),
        ("MBPS-Mo", "MiBps-Months", Some("1")),
        ("", "Hours", Some("1")),
        ("Quantity", "Hours", None),
        ("GB-Mo", "GB", None),
        ("GB", "GB-Months", None),
    ];
    for (aws, book, factor) in rows {
        assert_eq!(conversion(aws, book).map(|factor| factor.to_string()).as_deref(), factor, "{aws} {book}");
    }
}
