//! Disks: EBS volumes of instances, and an EFS file system for what must outlive a task.

use rust_decimal::Decimal;

use crate::measure::Size;
use crate::money::NotExact;
use crate::time::Month;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// A gp3 disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Volume {
    /// How much it holds.
    pub size: Size,
    /// Operations a second beyond the included 3,000.
    pub iops_beyond: u32,
    /// MiB/s beyond the included 125.
    pub mibps_beyond: u32,
    /// Snapshots that are kept of it.
    pub snapshots: u32,
    /// The share of it that changes from one snapshot to the next, 0 to 1.
    pub snapshot_change: Decimal,
}

impl Volume {
    /// A disk of so much, as fast as gp3 is without a surcharge, and without snapshots.
    #[must_use]
    pub fn of(size: Size) -> Volume {
        Volume { size, iops_beyond: 0, mibps_beyond: 0, snapshots: 0, snapshot_change: Decimal::ZERO }
    }
}

/// Adds a gp3 volume for each instance: its size, what it is faster than gp3's included 3,000 IOPS and 125 MiB/s, and its
/// snapshots, of which the first holds all and each later one what changed (Amazon EBS user guide, gp3 volumes and how
/// snapshots work; read 2026-11-21).
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::storage::{Volume, meter_volumes};
/// use weigh_core::time::Month;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// let fast = Volume { iops_beyond: 1_000, snapshots: 3, snapshot_change: "0.1".parse().unwrap(), ..Volume::of("50 GB".parse().unwrap()) };
/// meter_volumes(&mut usage, 2.into(), &fast, Month::Average).unwrap();
/// let amounts: Vec<String> = usage.lines().iter().map(|line| line.amount.to_string()).collect();
/// assert_eq!(amounts, ["100", "2000", "120"]); // GB, IOPS, and GB of snapshots: 2 × 50 × (1 + 2 × 0.1)
/// ```
pub fn meter_volumes(
    usage: &mut Usage,
    volumes: Decimal,
    volume: &Volume,
    month: Month,
) -> Result<(), NotExact> {
    let words = ["volume", "volumes", "volumes on average"];
    let each = |unit| Quantity::of(unit).times_mean(volumes, words);
    let kept = |quantity: Quantity| quantity.times(month.share_exact(), month.share_label());
    let gb = volume.size.gb();
    usage.add(
        "ebs/gp3-storage-gb-months",
        "Disks of the instances",
        kept(each(Unit::GbMonths).times(gb, "GB of gp3")),
    )?;
    usage.add(
        "ebs/gp3-iops-months",
        "Operations of the disks beyond those included",
        kept(each(Unit::IopsMonths).times(volume.iops_beyond, "IOPS beyond 3,000")),
    )?;
    usage.add(
        "ebs/gp3-throughput-mibps-months",
        "Throughput of the disks beyond that included",
        kept(each(Unit::MibpsMonths).times(volume.mibps_beyond, "MiB/s beyond 125")),
    )?;
    if volume.snapshots == 0 {
        return Ok(());
    }
    let later = Decimal::from(volume.snapshots - 1) * volume.snapshot_change;
    usage.add(
        "ebs/snapshot-gb-months",
        "Snapshots of the disks",
        kept(
            each(Unit::GbMonths)
                .times(gb, "GB")
                .times(Decimal::ONE + later, "(the first snapshot, and what changed since)"),
        ),
    )
}

/// Adds a shared file system that keeps a component's data.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::storage;
/// use weigh_core::time::Month;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// storage::meter_file_system(&mut usage, "chromadb", "10 GB".parse().unwrap(), Month::Average).unwrap();
/// assert_eq!(usage.lines()[0].quantity.formula(), "10 GB × 1 month");
/// ```
pub fn meter_file_system(
    usage: &mut Usage,
    component: &str,
    size: Size,
    month: Month,
) -> Result<(), NotExact> {
    let quantity =
        Quantity::of(Unit::GbMonths).times(size.gb(), "GB").times(month.share_exact(), month.share_label());
    usage.add("efs/standard-storage-gb-months", format!("File system with the data of {component}"), quantity)
}

/// Adds what requests read and write of a shared file system, which grows and is paid by use (elastic throughput).
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::storage;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// let moved = ("4 KB".parse().unwrap(), "2 KB".parse().unwrap());
/// storage::meter_file_access(&mut usage, "chromadb", 1_048_576.into(), moved).unwrap();
/// assert_eq!((usage.lines()[0].amount, usage.lines()[1].amount), (4.into(), 2.into()));
/// ```
pub fn meter_file_access(
    usage: &mut Usage,
    component: &str,
    requests: Decimal,
    (read, written): (Size, Size),
) -> Result<(), NotExact> {
    for (way, size, what) in [("read", read, "read"), ("write", written, "written")] {
        let quantity = Quantity::of(Unit::Gb)
            .times(requests, "requests")
            .times(size.gb(), format!("GB ({size} {what} each)"));
        let description = format!("Data of {component}, {what}");
        usage.add(format!("efs/elastic-{way}-gb"), description, quantity)?;
    }
    Ok(())
}
