//! The disks of instances: how fast they are, and the snapshots that are kept of them.

use rust_decimal::Decimal;

use super::Brief;
use crate::catalog::Limit;
use crate::measure::Size;
use crate::scenario::{Section, section};
use crate::services::storage::Volume;

section! {
    /// Settings of the disks of an option that runs on instances.
    pub(super) struct DiskSettings {
        /// Operations a second of each disk; left out, the 3,000 that gp3 includes.
        pub disk_iops: Option<u32> => Kind::Count { least: 3_000, most: 80_000 }, Optional;
        /// Throughput of each disk in MiB/s; left out, the 125 that gp3 includes.
        pub disk_throughput: Option<u32> => Kind::Count { least: 125, most: 2_000 }, Optional;
        /// Snapshots that are kept of each disk: the first holds all of it, each later one what changed.
        pub snapshots: u32 => Kind::Count { least: 0, most: 1_000 }, Default("0");
        /// Share of a disk that changes from one snapshot to the next.
        pub snapshot_change: Decimal => Kind::Share, Default("5 %");
    }
}

/// A disk of so much, as the option states it.
pub(super) fn volume(brief: &Brief<'_>, size: Size) -> Volume {
    let limits = &brief.catalog.limits;
    let (free_iops, free_mibps) = (limits.whole(Limit::EbsGp3Iops), limits.whole(Limit::EbsGp3Mibps));
    let Some(settings) = DiskSettings::build(brief.settings) else { return Volume::of(size) };
    Volume {
        size,
        iops_beyond: settings.disk_iops.unwrap_or(0).saturating_sub(free_iops),
        mibps_beyond: settings.disk_throughput.unwrap_or(0).saturating_sub(free_mibps),
        snapshots: settings.snapshots,
        snapshot_change: settings.snapshot_change,
    }
}
