//! DocumentDB: a cluster of instances on shared storage.

use rust_decimal::Decimal;

use super::shared::{beyond, bursts, kept};
use super::{Context, StatedService, Zones, none, settings};
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Section, Values, section};
use crate::units::Unit;
use crate::usage::Usage;

section! {
    /// Settings of a cluster.
    pub(super) struct Settings {
        /// Type of the instances.
        pub instance_type: String => Kind::Word(Known::DatabaseType), Required;
        /// Instances: the first writes, the others read and take over.
        pub instances: u32 => Kind::Count { least: 1, most: 16 }, Default("1");
        /// Data in the cluster; its six copies are one in the bill.
        pub storage: Size => Kind::Size, Required;
        /// Reads and writes of the storage for one request, in pages of 8 KB; what the cache answers is none.
        pub ios_per_request: Decimal => Kind::NumberOrZero, Required;
        /// Backups; as much as the storage is free.
        pub backup_storage: Size => Kind::SizeOrZero, Default("0 B");
    }
}

/// A cluster bills the hours of its instances, the gigabytes that it keeps, and each read and write of the storage; backups
/// as large as the cluster are free. I/O-optimized clusters and CPU credits are not priced here.
///
/// Source: Amazon DocumentDB pricing page, as known in November 2026.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"documentdb\"\ninstance_type = \"db.t3.medium\"\ninstances = 2\nstorage = \"20 GB\"\n\
///     ios_per_request = 1.5\nbackup_storage = \"30 GB\"";
/// let lines = worked(stated, 1_000_000, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "documentdb/instance-hours/db.t3.medium: 2 instances × 730 hours = 1,460 Hours",
///     "documentdb/storage-gb-months: 20 GB = 20 GB-Months",
///     "documentdb/ios: 1,000,000 requests × 1.5 reads and writes = 1,500,000 IOs",
///     "documentdb/backup-gb-months: 10 GB beyond the free 20 GB = 10 GB-Months",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "documentdb",
    title: "DocumentDB",
    summary: "A document database on instances.",
    metered: "instances × hours, GB kept, reads and writes of the storage, backups beyond the size of the storage",
    settings: Settings::FIELDS,
    example: "instance_type = \"db.t3.medium\"\nstorage = \"20 GB\"\nios_per_request = 2",
    contradictions: none,
    meter,
    notes,
    zones: |settings| {
        Zones::several(settings.value::<u32>("instances").is_some_and(|instances| instances > 1))
    },
};

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let hours = context.hourly(Unit::Hours, settings.instances, "instance", "instances");
    let price_id = format!("documentdb/instance-hours/{}", settings.instance_type);
    context.add(usage, price_id, &settings.instance_type, hours)?;
    context.add(usage, "documentdb/storage-gb-months", "storage", kept(context, settings.storage))?;
    let ios = context.per_request(Unit::Ios, settings.ios_per_request, "reads and writes");
    context.add(usage, "documentdb/ios", "reads and writes", ios)?;
    let backups = beyond(context, settings.backup_storage, settings.storage);
    context.add(usage, "documentdb/backup-gb-months", "backups", backups)
}

fn notes(values: &Values) -> Vec<String> {
    let database_type: String = values.value("instance_type").unwrap_or_default();
    let note = "CPU beyond the baseline of the type is billed as CPU credits, which are not priced here";
    if bursts(&database_type) { vec![note.to_owned()] } else { Vec::new() }
}
