//! The disks of instances: how fast they are, and the snapshots that are kept of them.

use rust_decimal::Decimal;

use super::Brief;
use crate::catalog::Limit;
use crate::measure::Size;
use crate::scenario::{Contradiction, Section, Values, section};
use crate::services::storage::Volume;

/// What gp3 includes.
const INCLUDED_IOPS: u32 = 3_000;

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

/// What gp3 does not do: at most 500 operations a second for each GB above the included 3,000, and 0.25 MiB/s for each
/// operation (Amazon EBS user guide, general purpose SSD volumes; read 2026-11-21).
pub(super) fn contradictions(settings: &Values) -> Vec<Contradiction> {
    let Some(built) = DiskSettings::build(settings) else { return Vec::new() };
    let Some(disk) = settings.value::<Size>("disk") else { return Vec::new() };
    let (iops, mibps) = (built.disk_iops.unwrap_or(0), built.disk_throughput.unwrap_or(0));
    let at_once = Decimal::from(INCLUDED_IOPS).max(disk.gb() * Decimal::from(500));
    let mut found = Vec::new();
    if Decimal::from(iops) > at_once {
        let message = format!("{iops} operations a second on a disk of {disk}: gp3 does 500 for each GB");
        found.push(Contradiction { setting: "disk_iops", need: "disk", message });
    }
    if u64::from(mibps) * 4 > u64::from(iops.max(INCLUDED_IOPS)) {
        let message = format!(
            "{mibps} MiB/s with {} operations a second: gp3 does 0.25 MiB/s for each",
            iops.max(INCLUDED_IOPS)
        );
        found.push(Contradiction { setting: "disk_throughput", need: "disk_iops", message });
    }
    found
}
