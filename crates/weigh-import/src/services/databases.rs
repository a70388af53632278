//! Databases and caches: PostgreSQL, Aurora, DynamoDB, ElastiCache.

use super::{Rule, Target, by_rules, region, rule};
use crate::product::{Attribute, Product};
use crate::summary::Skip;

/// A rule for what only PostgreSQL has, or every engine alike.
const fn postgresql(id: &'static str, unit: &'static str, usage: &'static str) -> Rule {
    rule(id, unit, usage).only(Attribute::DatabaseEngine, &["", "Any", "PostgreSQL"])
}

/// A rule for what only Aurora PostgreSQL has, or every engine alike.
const fn aurora(id: &'static str, unit: &'static str, usage: &'static str) -> Rule {
    rule(id, unit, usage).only(Attribute::DatabaseEngine, &["", "Any", "Aurora PostgreSQL"])
}

/// A rule for a machine of PostgreSQL; here the engine must be named.
const fn machine(id: &'static str, usage: &'static str) -> Rule {
    rule(id, "Hours", usage).only(Attribute::DatabaseEngine, &["PostgreSQL"])
}

const STORAGE: &str = "GB-Months";
const IOPS: &str = "IOPS-Months";
const THROUGHPUT: &str = "MiBps-Months";

pub(super) const RDS: &[Rule] = &[
    machine("rds/postgresql-instance-hours/*/single-az", "InstanceUsage:*"),
    machine("rds/postgresql-instance-hours/*/multi-az", "Multi-AZUsage:*"),
    machine("rds/postgresql-instance-hours/*/multi-az-cluster", "Multi-AZClusterUsage:*"),
    postgresql("rds/postgresql-storage-gb-months/gp2/single-az", STORAGE, "RDS:GP2-Storage"),
    postgresql("rds/postgresql-storage-gb-months/gp2/multi-az", STORAGE, "RDS:Multi-AZ-GP2-Storage"),
    postgresql("rds/postgresql-storage-gb-months/gp3/single-az", STORAGE, "RDS:GP3-Storage"),
    postgresql("rds/postgresql-storage-gb-months/gp3/multi-az", STORAGE, "RDS:Multi-AZ-GP3-Storage"),
    postgresql(
        "rds/postgresql-storage-gb-months/gp3/multi-az-cluster",
        STORAGE,
        "RDS:Multi-AZCluster-GP3-Storage",
    ),
    postgresql("rds/postgresql-storage-gb-months/io1/single-az", STORAGE, "RDS:PIOPS-Storage"),
    postgresql("rds/postgresql-storage-gb-months/io1/multi-az", STORAGE, "RDS:Multi-AZ-PIOPS-Storage"),
    postgresql("rds/postgresql-storage-gb-months/io2/single-az", STORAGE, "RDS:PIOPS-Storage-IO2"),
    postgresql("rds/postgresql-storage-gb-months/io2/multi-az", STORAGE, "RDS:Multi-AZ-PIOPS-Storage-IO2"),
    postgresql("rds/postgresql-storage-gb-months/magnetic/single-az", STORAGE, "RDS:StorageUsage"),
    postgresql("rds/postgresql-storage-gb-months/magnetic/multi-az", STORAGE, "RDS:Multi-AZ-StorageUsage"),
    postgresql("rds/postgresql-iops-months/gp3/single-az", IOPS, "RDS:GP3-PIOPS"),
    postgresql("rds/postgresql-iops-months/gp3/multi-az", IOPS, "RDS:Multi-AZ-GP3-PIOPS"),
    postgresql("rds/postgresql-iops-months/io1/single-az", IOPS, "RDS:PIOPS"),
    postgresql("rds/postgresql-iops-months/io1/multi-az", IOPS, "RDS:Multi-AZ-PIOPS"),
    postgresql("rds/postgresql-iops-months/io2/single-az", IOPS, "RDS:IO2-PIOPS"),
    postgresql("rds/postgresql-iops-months/io2/multi-az", IOPS, "RDS:Multi-AZ-IO2-PIOPS"),
    postgresql("rds/postgresql-throughput-mibps-months/gp3/single-az", THROUGHPUT, "RDS:GP3-Throughput"),
    postgresql(
        "rds/postgresql-throughput-mibps-months/gp3/multi-az",
        THROUGHPUT,
        "RDS:Multi-AZ-GP3-Throughput",
    ),
    postgresql("rds/magnetic-ios", "IOs", "RDS:StorageIOUsage"),
    postgresql("rds/backup-gb-months", STORAGE, "RDS:ChargedBackupUsage"),
    postgresql("rds/proxy-vcpu-hours", "vCPU-Hours", "RDS:ProxyUsage"),
    aurora("aurora/serverless-v2-acu-hours/standard", "ACU-Hours", "Aurora:ServerlessV2Usage"),
    aurora("aurora/serverless-v2-acu-hours/io-optimized", "ACU-Hours", "Aurora:ServerlessV2IOOptimizedUsage"),
    aurora("aurora/storage-gb-months/standard", STORAGE, "Aurora:StorageUsage"),
    aurora("aurora/storage-gb-months/io-optimized", STORAGE, "Aurora:IO-OptimizedStorageUsage"),
    aurora("aurora/ios", "IOs", "Aurora:StorageIOUsage"),
    aurora("aurora/backup-gb-months", STORAGE, "Aurora:BackupUsage"),
];

pub(super) const DYNAMODB: &[Rule] = &[
    rule("dynamodb/read-request-units", "Read-Request-Units", "ReadRequestUnits"),
    rule("dynamodb/write-request-units", "Write-Request-Units", "WriteRequestUnits"),
    rule("dynamodb/infrequent-read-request-units", "Read-Request-Units", "IA-ReadRequestUnits"),
    rule("dynamodb/infrequent-write-request-units", "Write-Request-Units", "IA-WriteRequestUnits"),
    rule("dynamodb/storage-gb-months", STORAGE, "TimedStorage-ByteHrs"),
    rule("dynamodb/infrequent-storage-gb-months", STORAGE, "IA-TimedStorage-ByteHrs"),
    rule("dynamodb/provisioned-rcu-hours", "RCU-Hours", "ReadCapacityUnit-Hrs"),
    rule("dynamodb/provisioned-wcu-hours", "WCU-Hours", "WriteCapacityUnit-Hrs"),
    rule("dynamodb/backup-gb-months", STORAGE, "TimedBackupStorage-ByteHrs"),
    rule("dynamodb/point-in-time-backup-gb-months", STORAGE, "TimedPITRStorage-ByteHrs"),
    rule("dynamodb/restore-gb", "GB", "RestoreDataSize-Bytes"),
];

const CACHE: &[Rule] = &[rule("elasticache/backup-gb-months", STORAGE, "ElastiCache:BackupUsage")];

/// A node of ElastiCache, whose engine is an attribute; else what its table says.
pub(super) fn cache(product: &Product<'_>, usage: &str) -> Result<Target, Skip> {
    let Some(node) = usage.strip_prefix("NodeUsage:").filter(|node| !node.is_empty()) else {
        return by_rules(CACHE, product, usage);
    };
    let engine = match product.get(Attribute::CacheEngine) {
        "Redis" => "redis",
        "Valkey" => "valkey",
        "Memcached" => "memcached",
        _ => return Err(Skip::Engine),
    };
    let id = format!("elasticache/node-hours/{engine}/{node}");
    Ok(Target { region: region(product)?, id, unit: "Node-Hours", begins: 0, reserved: None })
}
