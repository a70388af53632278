//! Aurora Serverless v2: capacity by the hour, storage, reads and writes.

use rust_decimal::Decimal;

use super::shared::{beyond, idle, is_stated, kept, unless};
use super::{Context, StatedService, Zones, settings, silent};
use crate::measure::Size;
use crate::money::{NotExact, number};
use crate::scenario::{Contradiction, Section, Values, Vocabulary, choice, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

choice! {
    /// How reads and writes of the storage are paid.
    pub(super) enum Configuration {
        /// Each by itself.
        Standard = "standard",
        /// With dearer capacity and storage.
        IoOptimized = "io-optimized",
    }
}

section! {
    /// Settings of a cluster.
    pub(super) struct Settings {
        /// The least capacity that an instance has; 0 where it may pause.
        pub min_acu: Decimal => Kind::NumberOrZero, Required;
        /// The most capacity that an instance may have.
        pub max_acu: Decimal => Kind::Number, Required;
        /// The capacity that the writer has on average over the month.
        pub mean_acu: Decimal => Kind::NumberOrZero, Required;
        /// Instances that read and take over.
        pub readers: u32 => Kind::Count { least: 0, most: 15 }, Default("0");
        /// The capacity that each reader has on average; left out, that of the writer.
        pub reader_mean_acu: Option<Decimal> => Kind::NumberOrZero, Optional;
        /// How reads and writes of the storage are paid.
        pub configuration: Configuration => Kind::OneOf(Configuration::CHOICES), Default("standard");
        /// Data in the cluster; its copies in three zones are one in the bill.
        pub storage: Size => Kind::Size, Required;
        /// Reads and writes of the storage for one request; what the cache answers is none.
        pub ios_per_request: Option<Decimal> => Kind::NumberOrZero, Optional;
        /// Backups; as much as the storage is free.
        pub backup_storage: Size => Kind::SizeOrZero, Default("0 B");
    }
}

/// Each instance bills the capacity units that it has, by the second; the cluster bills what it keeps, and in the standard
/// configuration each read and write of the storage. Backups as large as the cluster are free.
///
/// Source: Amazon Aurora pricing page, and the API reference (`ServerlessV2ScalingConfiguration`: steps of half a unit; up to
/// 256 by AWS's agent toolkit on GitHub), as known in November 2026. The mean is stated: it follows from the database's load,
/// which a scenario doesn't know.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"aurora-serverless-v2\"\nmin_acu = 0.5\nmax_acu = 8\nmean_acu = 1.5\nreaders = 1\n\
///     storage = \"50 GB\"\nios_per_request = 4";
/// let lines = worked(stated, 1_000_000, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "aurora/serverless-v2-acu-hours/standard: 1.5 capacity units on average × 730 hours = 1,095 ACU-Hours",
///     "aurora/serverless-v2-acu-hours/standard: 1 reader × 1.5 capacity units on average × 730 hours = 1,095 ACU-Hours",
///     "aurora/storage-gb-months/standard: 50 GB = 50 GB-Months",
///     "aurora/ios: 1,000,000 requests × 4 reads and writes = 4,000,000 IOs",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "aurora-serverless-v2",
    title: "Aurora Serverless v2",
    summary: "A PostgreSQL or MySQL database whose capacity follows its load.",
    metered: "mean capacity units × hours of each instance, GB kept, reads and writes unless I/O-optimized, backups beyond the size of the storage",
    settings: Settings::FIELDS,
    example: "min_acu = 0.5\nmax_acu = 4\nmean_acu = 1\nstorage = \"20 GB\"\nios_per_request = 4",
    contradictions,
    meter,
    notes: silent,
    zones: |settings| Zones::several(settings.value::<u32>("readers").is_some_and(|readers| readers > 0)),
};

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let amount = |key| values.value::<Decimal>(key).unwrap_or_default();
    let (least, most) = (amount("min_acu"), amount("max_acu"));
    let between = format!("{} and {}", number(least, 2), number(most, 2));
    for key in ["min_acu", "max_acu"] {
        let halves = (amount(key) * Decimal::TWO).fract().is_zero() && amount(key) <= Decimal::from(256);
        let message = format!("`{key}` goes up in steps of 0.5, to 256");
        found.extend(unless(halves, key, key, message));
    }
    found.extend(unless(least <= most, "min_acu", "max_acu", "`min_acu` is more than `max_acu`"));
    for key in ["mean_acu", "reader_mean_acu"].into_iter().filter(|key| is_stated(values, key)) {
        let within = least > most || (least..=most).contains(&amount(key));
        let message = format!("`{key}` is not between `min_acu` and `max_acu`, {between}");
        found.extend(unless(within, key, "max_acu", message));
    }
    if values.value::<u32>("readers") == Some(0) {
        found.extend(idle(values, &["reader_mean_acu"], "readers", "without `readers`"));
    }
    match values.value::<Configuration>("configuration") {
        Some(Configuration::IoOptimized) => {
            let why = "beside `configuration = \"io-optimized\"`, which bills no reads and writes";
            found.extend(idle(values, &["ios_per_request"], "configuration", why));
        }
        _ => {
            let message =
                "the standard configuration bills reads and writes: `ios_per_request` is not stated";
            let stated = is_stated(values, "ios_per_request");
            found.extend(unless(stated, "ios_per_request", "configuration", message));
        }
    }
    found
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let configuration = settings.configuration.spelling();
    let acu = format!("aurora/serverless-v2-acu-hours/{configuration}");
    let ran = |quantity: Quantity, mean| {
        quantity.times(mean, "capacity units on average").times(context.month.hours_exact(), "hours")
    };
    let writer = ran(Quantity::of(Unit::AcuHours), settings.mean_acu);
    context.add(usage, &acu, "writer", writer)?;
    let readers = Quantity::of(Unit::AcuHours).times_each(settings.readers, "reader", "readers");
    let readers = ran(readers, settings.reader_mean_acu.unwrap_or(settings.mean_acu));
    context.add(usage, acu, "readers", readers)?;
    let storage = format!("aurora/storage-gb-months/{configuration}");
    context.add(usage, storage, "storage", kept(context, settings.storage))?;
    if settings.configuration == Configuration::Standard {
        let per_request = settings.ios_per_request.unwrap_or_default();
        let ios = context.per_request(Unit::Ios, per_request, "reads and writes");
        context.add(usage, "aurora/ios", "reads and writes", ios)?;
    }
    let backups = beyond(context, settings.backup_storage, settings.storage);
    context.add(usage, "aurora/backup-gb-months", "backups", backups)
}
