//! DynamoDB: reads and writes on demand or provisioned, storage, backups, streams.

use rust_decimal::Decimal;

use super::shared::{idle, is_stated, kb, kept, unless};
use super::{Context, StatedService, Zones, settings, silent};
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, Values, Vocabulary, choice, section};
use crate::units::Unit;
use crate::usage::Usage;

choice! {
    /// How reads and writes are paid.
    pub(super) enum Capacity {
        /// For each request.
        OnDemand = "on-demand",
        /// By the hour, for so many a second.
        Provisioned = "provisioned",
    }
}

choice! {
    /// What a read is sure to see.
    pub(super) enum Consistency {
        /// Perhaps not yet the last write: half a unit for each 4 KB.
        Eventual = "eventual",
        /// Every write before it: a unit for each 4 KB.
        Strong = "strong",
        /// All or nothing of several items: two units for each 4 KB.
        Transactional = "transactional",
    }
}

choice! {
    /// The class of a table.
    pub(super) enum TableClass {
        /// Cheaper to read and write.
        Standard = "standard",
        /// Cheaper to keep.
        Infrequent = "infrequent",
    }
}

section! {
    /// Settings of a table.
    pub(super) struct Settings {
        /// How reads and writes are paid.
        pub capacity: Capacity => Kind::OneOf(Capacity::CHOICES), Default("on-demand");
        /// Size of an item that is read or written.
        pub item_size: Size => Kind::Size, Default("1 KB");
        /// Items that one request reads.
        pub reads_per_request: Decimal => Kind::NumberOrZero, Default("0");
        /// Items that one request writes.
        pub writes_per_request: Decimal => Kind::NumberOrZero, Default("0");
        /// What a read is sure to see.
        pub consistency: Consistency => Kind::OneOf(Consistency::CHOICES), Default("eventual");
        /// Whether writes are transactions, which cost double.
        pub transactional_writes: bool => Kind::Flag, Default("false");
        /// Provisioned read capacity units, on average over the month.
        pub read_capacity: Option<Decimal> => Kind::NumberOrZero, Optional;
        /// Provisioned write capacity units, on average over the month.
        pub write_capacity: Option<Decimal> => Kind::NumberOrZero, Optional;
        /// Data in the table and its indexes.
        pub storage: Size => Kind::SizeOrZero, Required;
        /// The class of the table.
        pub table_class: TableClass => Kind::OneOf(TableClass::CHOICES), Default("standard");
        /// Whether the table can be restored to any second of the last 35 days.
        pub point_in_time_recovery: bool => Kind::Flag, Default("false");
        /// Backups that were made on demand.
        pub backup_storage: Size => Kind::SizeOrZero, Default("0 B");
        /// Calls that read the stream for one request; those of Lambda triggers are free.
        pub stream_reads_per_request: Decimal => Kind::NumberOrZero, Default("0");
    }
}

/// A read takes a unit for each 4 KB of an item, half of it where it may be stale and double in a transaction; a write takes
/// one for each 1 KB, double in a transaction. Indexes are written as well: count them in `writes_per_request`.
///
/// Source: aws.amazon.com/dynamodb/pricing/on-demand and /provisioned, as known in November 2026; AWS's example of an item of
/// 8 KB takes two units strongly consistent, one eventually consistent, four in a transaction:
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// for (consistency, units) in [("strong", "2"), ("eventual", "1"), ("transactional", "4")] {
///     let stated = format!(
///         "kind = \"dynamodb\"\nstorage = 0\nreads_per_request = 1\nitem_size = \"8 KB\"\nconsistency = \"{consistency}\"",
///     );
///     let lines = worked(&stated, 1, &words, &catalog).unwrap();
///     let expected = format!("1 requests × 1 reads × {units} units each = {units} Read-Request-Units");
///     assert_eq!(lines, [format!("dynamodb/read-request-units: {expected}")]);
/// }
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "dynamodb",
    title: "DynamoDB",
    summary: "Tables of items, paid on demand or provisioned.",
    metered: "read units (each 4 KB) and write units (each 1 KB), or provisioned units × hours; storage, backups, streams",
    settings: Settings::FIELDS,
    example: "reads_per_request = 2\nwrites_per_request = 1\nstorage = \"40 GB\"\npoint_in_time_recovery = true",
    contradictions,
    meter,
    notes: silent,
    zones: |_| Some(Zones::Several),
};

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    if values.value::<Capacity>("capacity") == Some(Capacity::Provisioned) {
        let per_request =
            ["reads_per_request", "writes_per_request", "consistency", "transactional_writes", "item_size"];
        let mut found = idle(values, &per_request, "capacity", "beside `capacity = \"provisioned\"`");
        for setting in ["read_capacity", "write_capacity"] {
            let message = format!("provisioned capacity is billed by `{setting}`, which is not stated");
            found.extend(unless(is_stated(values, setting), setting, "capacity", message));
        }
        return found;
    }
    let units = ["read_capacity", "write_capacity"];
    let mut found = idle(values, &units, "capacity", "beside `capacity = \"on-demand\"`");
    let any = ["reads_per_request", "writes_per_request"].iter().any(|setting| is_stated(values, setting));
    let message = "on demand, reads and writes are billed, and neither is stated";
    found.extend(unless(any, "reads_per_request", "writes_per_request", message));
    found
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let class = match settings.table_class {
        TableClass::Standard => "",
        TableClass::Infrequent => "infrequent-",
    };
    match settings.capacity {
        Capacity::OnDemand => meter_requests(&settings, class, context, usage)?,
        Capacity::Provisioned => meter_capacity(&settings, class, context, usage)?,
    }
    let storage = format!("dynamodb/{class}storage-gb-months");
    context.add(usage, storage, "storage", kept(context, settings.storage))?;
    if settings.point_in_time_recovery {
        let price_id = "dynamodb/point-in-time-backup-gb-months";
        context.add(usage, price_id, "point-in-time recovery", kept(context, settings.storage))?;
    }
    context.add(usage, "dynamodb/backup-gb-months", "backups", kept(context, settings.backup_storage))?;
    let streamed = context.per_request(Unit::Requests, settings.stream_reads_per_request, "calls");
    context.add(usage, "dynamodb/streams-requests", "stream", streamed)
}

fn meter_requests(
    settings: &Settings,
    class: &str,
    context: &Context<'_>,
    usage: &mut Usage,
) -> Result<(), NotExact> {
    let factor = match settings.consistency {
        Consistency::Eventual => Decimal::new(5, 1),
        Consistency::Strong => Decimal::ONE,
        Consistency::Transactional => Decimal::TWO,
    };
    let units = (settings.item_size.in_steps(kb(4)) * factor).normalize();
    let reads = context.per_request(Unit::ReadRequestUnits, settings.reads_per_request, "reads");
    let price_id = format!("dynamodb/{class}read-request-units");
    context.add(usage, price_id, "reads", reads.times(units, "units each"))?;
    let factor = if settings.transactional_writes { Decimal::TWO } else { Decimal::ONE };
    let units = (settings.item_size.in_steps(kb(1)) * factor).normalize();
    let writes = context.per_request(Unit::WriteRequestUnits, settings.writes_per_request, "writes");
    let price_id = format!("dynamodb/{class}write-request-units");
    context.add(usage, price_id, "writes", writes.times(units, "units each"))
}

/// Capacity of the infrequent class has a price of its own, which a book may lack: it is then named as missing.
fn meter_capacity(
    settings: &Settings,
    class: &str,
    context: &Context<'_>,
    usage: &mut Usage,
) -> Result<(), NotExact> {
    for (units_of, what, unit, units) in [
        ("rcu", "read capacity", Unit::RcuHours, settings.read_capacity),
        ("wcu", "write capacity", Unit::WcuHours, settings.write_capacity),
    ] {
        let price_id = format!("dynamodb/{class}provisioned-{units_of}-hours");
        let hours = context.hourly(unit, 1, "table", "tables");
        context.add(usage, price_id, what, hours.times(units.unwrap_or_default(), "units"))?;
    }
    Ok(())
}
