//! Sessions that outlive a replica: a DynamoDB table, or a Valkey node of ElastiCache.

use rust_decimal::Decimal;

use super::Flow;
use crate::measure::Size;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the reads and writes of a table in which each request of a flow finds its session and leaves it again.
///
/// A read that sees what the request before it wrote takes a read unit for each 4 KB, a write a write unit for each KB
/// (DynamoDB developer guide, read and write operations; read 2026-11-21). What the sessions take of storage is not
/// counted: how long they live is not known, and the first 25 GB of an account are free.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::sessions;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// sessions::meter_table(&mut usage, "api", 1_000.into(), "6 KB".parse().unwrap()).unwrap();
/// assert_eq!((usage.lines()[0].amount, usage.lines()[1].amount), (2_000.into(), 6_000.into()));
/// ```
pub fn meter_table(usage: &mut Usage, name: &str, requests: Decimal, session: Size) -> Result<(), NotExact> {
    let units = |kb: u64| session.in_steps(Size::from_bytes(kb << 10));
    let each = |unit, kb, word: &'static str| {
        Quantity::of(unit).times(requests, "requests").times(units(kb), format!("{word} ({session} each)"))
    };
    usage.add(
        "dynamodb/read-request-units",
        format!("Sessions of {name}, read"),
        each(Unit::ReadRequestUnits, 4, "read units"),
    )?;
    usage.add(
        "dynamodb/write-request-units",
        format!("Sessions of {name}, written"),
        each(Unit::WriteRequestUnits, 1, "write units"),
    )
}

/// Adds a node that holds all sessions: the smallest one, with half a GB.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use weigh_core::services::sessions;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// sessions::meter_node(&mut usage, 730.into()).unwrap();
/// assert_eq!(usage.lines()[0].price_id, "elasticache/node-hours/valkey/cache.t4g.micro");
/// ```
pub fn meter_node(usage: &mut Usage, hours: Decimal) -> Result<(), NotExact> {
    let running = Quantity::of(Unit::NodeHours).times(1, "node").times(hours, "hours");
    usage.add("elasticache/node-hours/valkey/cache.t4g.micro", "Valkey node for sessions", running)
}

/// The requests of external flows, which each carry a session.
#[must_use]
pub fn requests(flows: &[Flow]) -> Decimal {
    flows.iter().filter(|flow| !flow.internal).map(|flow| flow.requests).sum()
}
