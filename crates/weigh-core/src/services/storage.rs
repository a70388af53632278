//! Disks: EBS volumes of instances, and an EFS file system for what must outlive a task.

use rust_decimal::Decimal;

use crate::measure::Size;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds a gp3 volume for each instance, at its included 3,000 IOPS and 125 MiB/s.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::storage;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// storage::meter_volumes(&mut usage, 2.into(), "50 GB".parse().unwrap()).unwrap();
/// assert_eq!(usage.lines()[0].amount, 100.into());
/// ```
pub fn meter_volumes(usage: &mut Usage, volumes: Decimal, size: Size) -> Result<(), NotExact> {
    let quantity = Quantity::of(Unit::GbMonths)
        .times_mean(volumes, ["volume", "volumes", "volumes on average"])
        .times(size.gb(), "GB of gp3")
        .times(1, "month");
    usage.add("ebs/gp3-storage-gb-months", "Disks of the instances", quantity)
}

/// Adds a shared file system that keeps a component's data.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::storage;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// storage::meter_file_system(&mut usage, "chromadb", "10 GB".parse().unwrap()).unwrap();
/// assert_eq!(usage.lines()[0].quantity.formula(), "10 GB × 1 month");
/// ```
pub fn meter_file_system(usage: &mut Usage, component: &str, size: Size) -> Result<(), NotExact> {
    let quantity = Quantity::of(Unit::GbMonths).times(size.gb(), "GB").times(1, "month");
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
