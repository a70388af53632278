//! EFS: a shared file system.

use rust_decimal::Decimal;

use super::shared::{idle, is_stated, kept, unless};
use super::{Context, StatedService, beside, settings, silent};
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, Values, Vocabulary, choice, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

choice! {
    /// Where the data is kept.
    pub(super) enum Zones {
        /// In all zones of the region.
        Regional = "regional",
        /// In one zone.
        OneZone = "one-zone",
    }
}

choice! {
    /// How throughput is paid.
    pub(super) enum Throughput {
        /// By the gigabyte that is read or written.
        Elastic = "elastic",
        /// With the storage, by its size.
        Bursting = "bursting",
        /// By the MiB/s that are provisioned.
        Provisioned = "provisioned",
    }
}

section! {
    /// Settings of a file system.
    pub(super) struct Settings {
        /// Where the data is kept.
        pub zones: Zones => Kind::OneOf(Zones::CHOICES), Default("regional");
        /// Data that is used often.
        pub storage: Size => Kind::SizeOrZero, Required;
        /// Data that is used seldom, and was moved there by lifecycle management.
        pub infrequent_storage: Size => Kind::SizeOrZero, Default("0 B");
        /// How throughput is paid.
        pub throughput: Throughput => Kind::OneOf(Throughput::CHOICES), Default("elastic");
        /// Bytes that one request reads.
        pub read_per_request: Size => Kind::SizeOrZero, Default("0 B");
        /// Bytes that one request writes.
        pub written_per_request: Size => Kind::SizeOrZero, Default("0 B");
        /// Share of what is read that lies in the infrequent class.
        pub infrequent_share: Decimal => Kind::ShareOrZero, Default("0 %");
        /// MiB/s that are provisioned beyond what the storage includes.
        pub provisioned_mibps: Option<Decimal> => Kind::Number, Optional;
    }
}

/// A file system bills what it keeps, in each class, and by its mode what is read and written, or what is provisioned beyond
/// the throughput that storage includes. Reading from the infrequent class costs on top.
///
/// Source: Amazon EFS pricing page, as known in November 2026.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"efs\"\nstorage = \"20 GB\"\ninfrequent_storage = \"80 GB\"\nread_per_request = \"1 MB\"\n\
///     written_per_request = \"512 KB\"\ninfrequent_share = \"10 %\"";
/// let lines = worked(stated, 10_240, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "efs/standard-storage-gb-months: 20 GB = 20 GB-Months",
///     "efs/standard-infrequent-storage-gb-months: 80 GB = 80 GB-Months",
///     "efs/elastic-read-gb: 10,240 requests × 0.000977 GB (1 MB) = 10 GB",
///     "efs/elastic-write-gb: 10,240 requests × 0.000488 GB (512 KB) = 5 GB",
///     "efs/infrequent-access-gb: 10,240 requests × 0.000977 GB (1 MB) × 0.1 infrequent = 1 GB",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "efs",
    title: "EFS",
    summary: "A file system that several replicas share.",
    metered: "GB kept by class; GB read and written (elastic) or MiB/s provisioned; GB read from the infrequent class",
    settings: Settings::FIELDS,
    example: "storage = \"20 GB\"\nread_per_request = \"100 KB\"\nwritten_per_request = \"10 KB\"",
    contradictions,
    meter,
    notes: silent,
    zones: beside,
};

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    let mut found = Vec::new();
    if values.value::<Throughput>("throughput") == Some(Throughput::Provisioned) {
        let message = "provisioned throughput is billed by `provisioned_mibps`, which are not stated";
        let stated = is_stated(values, "provisioned_mibps");
        found.extend(unless(stated, "provisioned_mibps", "throughput", message));
    } else {
        let why = "without `throughput = \"provisioned\"`";
        found.extend(idle(values, &["provisioned_mibps"], "throughput", why));
    }
    found
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let zones = match settings.zones {
        Zones::Regional => "standard",
        Zones::OneZone => "one-zone",
    };
    context.add(
        usage,
        format!("efs/{zones}-storage-gb-months"),
        "storage",
        kept(context, settings.storage),
    )?;
    let infrequent = format!("efs/{zones}-infrequent-storage-gb-months");
    context.add(usage, infrequent, "infrequent storage", kept(context, settings.infrequent_storage))?;
    let moved = |size: Size| {
        let requests = Quantity::of(Unit::Gb).times(context.requests, "requests");
        requests.times(size.gb(), format!("GB ({size})"))
    };
    let (read, written) = (moved(settings.read_per_request), moved(settings.written_per_request));
    if settings.throughput == Throughput::Elastic {
        context.add(usage, "efs/elastic-read-gb", "read", read.clone())?;
        context.add(usage, "efs/elastic-write-gb", "written", written)?;
    }
    let seldom = read.times(settings.infrequent_share, "infrequent");
    context.add(usage, "efs/infrequent-access-gb", "read from the infrequent class", seldom)?;
    let beyond = settings.provisioned_mibps.unwrap_or_default();
    let beyond = context.monthly(Quantity::of(Unit::MibpsMonths).times(beyond, "MiB/s"));
    context.add(usage, "efs/provisioned-throughput-mibps-months", "provisioned throughput", beyond)
}
