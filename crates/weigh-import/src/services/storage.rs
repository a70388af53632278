//! Volumes, file systems and object storage.

use super::{Rule, rule};
use crate::product::Attribute;

pub(super) const EBS: &[Rule] = &[
    rule("ebs/magnetic-storage-gb-months", "GB-Months", "EBS:VolumeUsage"),
    rule("ebs/gp2-storage-gb-months", "GB-Months", "EBS:VolumeUsage.gp2"),
    rule("ebs/gp3-storage-gb-months", "GB-Months", "EBS:VolumeUsage.gp3"),
    rule("ebs/io1-storage-gb-months", "GB-Months", "EBS:VolumeUsage.piops"),
    rule("ebs/io2-storage-gb-months", "GB-Months", "EBS:VolumeUsage.io2"),
    rule("ebs/st1-storage-gb-months", "GB-Months", "EBS:VolumeUsage.st1"),
    rule("ebs/sc1-storage-gb-months", "GB-Months", "EBS:VolumeUsage.sc1"),
    rule("ebs/gp3-iops-months", "IOPS-Months", "EBS:VolumeP-IOPS.gp3"),
    rule("ebs/io1-iops-months", "IOPS-Months", "EBS:VolumeP-IOPS.piops"),
    // The bands of io2 are products of their own.
    rule("ebs/io2-iops-months", "IOPS-Months", "EBS:VolumeP-IOPS.io2"),
    rule("ebs/io2-iops-months", "IOPS-Months", "EBS:VolumeP-IOPS.io2.tier2").begins(32_000),
    rule("ebs/io2-iops-months", "IOPS-Months", "EBS:VolumeP-IOPS.io2.tier3").begins(64_000),
    rule("ebs/gp3-throughput-mibps-months", "MiBps-Months", "EBS:VolumeP-Throughput.gp3"),
    rule("ebs/magnetic-ios", "IOs", "EBS:VolumeIOUsage"),
    rule("ebs/snapshot-gb-months", "GB-Months", "EBS:SnapshotUsage"),
    rule("ebs/snapshot-archive-gb-months", "GB-Months", "EBS:SnapshotArchiveStorage"),
    rule("ebs/snapshot-archive-retrieval-gb", "GB", "EBS:SnapshotArchiveRetrieval"),
    rule("ebs/fast-snapshot-restore-hours", "DSU-Hours", "EBS:FastSnapshotRestore"),
];

pub(super) const EFS: &[Rule] = &[
    rule("efs/standard-storage-gb-months", "GB-Months", "TimedStorage-ByteHrs"),
    rule("efs/standard-infrequent-storage-gb-months", "GB-Months", "IATimedStorage-ByteHrs"),
    rule("efs/one-zone-storage-gb-months", "GB-Months", "TimedStorage-Z-ByteHrs"),
    rule("efs/one-zone-infrequent-storage-gb-months", "GB-Months", "IATimedStorage-Z-ByteHrs"),
    rule("efs/elastic-read-gb", "GB", "ETDataAccess-Bytes").only(Attribute::AccessType, &["Read"]),
    rule("efs/elastic-write-gb", "GB", "ETDataAccess-Bytes").only(Attribute::AccessType, &["Write"]),
    rule("efs/infrequent-access-gb", "GB", "IADataAccess-Bytes"),
    rule("efs/provisioned-throughput-mibps-months", "MiBps-Months", "ProvisionedTP-MiBpsHrs"),
];

pub(super) const S3: &[Rule] = &[
    rule("s3/standard-storage-gb-months", "GB-Months", "TimedStorage-ByteHrs"),
    rule("s3/standard-infrequent-storage-gb-months", "GB-Months", "TimedStorage-SIA-ByteHrs"),
    rule("s3/one-zone-infrequent-storage-gb-months", "GB-Months", "TimedStorage-ZIA-ByteHrs"),
    rule("s3/express-storage-gb-months", "GB-Months", "TimedStorage-XZ-ByteHrs"),
    rule("s3/glacier-instant-storage-gb-months", "GB-Months", "TimedStorage-GIR-ByteHrs"),
    rule("s3/glacier-flexible-storage-gb-months", "GB-Months", "TimedStorage-GlacierByteHrs"),
    rule("s3/glacier-deep-storage-gb-months", "GB-Months", "TimedStorage-GDA-ByteHrs"),
    rule("s3/intelligent-archive-instant-storage-gb-months", "GB-Months", "TimedStorage-INT-AIA-ByteHrs"),
    rule("s3/intelligent-monitoring-object-months", "Object-Months", "Monitoring-Automation-INT"),
    rule("s3/put-requests", "Requests", "Requests-Tier1"),
    rule("s3/get-requests", "Requests", "Requests-Tier2"),
    rule("s3/infrequent-retrieval-gb", "GB", "Retrieval-SIA"),
];
