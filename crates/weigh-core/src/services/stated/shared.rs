//! What several stated services are metered by: steps, backups, instances.

use rust_decimal::Decimal;

use super::Context;
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Contradiction, Values, choice};
use crate::units::Unit;
use crate::usage::Quantity;

choice! {
    /// Where viewers are; each area has its prices.
    pub(super) enum Area {
        /// The United States, Mexico and Canada.
        Us = "us",
        /// Europe, Israel and Türkiye.
        Europe = "europe",
        /// South Africa, Kenya, Nigeria and the Middle East.
        AfricaMiddleEast = "africa-middle-east",
        /// South America.
        SouthAmerica = "south-america",
        /// Japan.
        Japan = "japan",
        /// Australia and New Zealand.
        Australia = "australia",
        /// The rest of Asia and the Pacific.
        AsiaPacific = "asia-pacific",
        /// India.
        India = "india",
    }
}

choice! {
    /// What a cache speaks.
    pub(super) enum CacheEngine {
        /// Valkey.
        Valkey = "valkey",
        /// Redis OSS.
        Redis = "redis",
        /// Memcached: no replicas and no backups.
        Memcached = "memcached",
    }
}

/// So many KB.
pub(super) const fn kb(count: u64) -> Size {
    Size::from_bytes(count << 10)
}

/// Storage that is kept through the month.
pub(super) fn kept(context: &Context<'_>, size: Size) -> Quantity {
    context.monthly(Quantity::of(Unit::GbMonths).times(size.gb(), "GB"))
}

/// Backups beyond those that are free, as large as the provisioned storage.
pub(super) fn beyond(context: &Context<'_>, backups: Size, free: Size) -> Quantity {
    let beyond = (backups.gb() - free.gb()).max(Decimal::ZERO);
    context.monthly(Quantity::of(Unit::GbMonths).times(beyond, format!("GB beyond the free {free}")))
}

/// The EC2 type of the same name as a database type, which has as many vCPU.
pub(super) fn instance_type(database_type: &str) -> &str {
    database_type.trim_start_matches("db.")
}

/// The vCPU of a database type: those of the instance type of the same name, unless they are stated.
pub(super) fn vcpu(context: &Context<'_>, database_type: &str, stated: Option<u32>) -> Result<u32, NotExact> {
    let known = context.catalog.instance_type(instance_type(database_type)).map(|known| known.vcpu);
    stated.or(known).ok_or_else(|| NotExact {
        what: format!(
            "the vCPU of {database_type} in {}, which the settings must state (`vcpu`)",
            context.name
        ),
        value: f64::NAN,
    })
}

/// Whether a type pays for CPU beyond its baseline: T3 and T4g run unlimited in RDS, as in DocumentDB.
pub(super) fn bursts(database_type: &str) -> bool {
    ["db.t3.", "db.t4g."].iter().any(|family| database_type.starts_with(family))
}

/// A contradiction unless something holds.
pub(super) fn unless(
    holds: bool,
    setting: &'static str,
    need: &'static str,
    message: impl Into<String>,
) -> Option<Contradiction> {
    (!holds).then(|| Contradiction { setting, need, message: message.into() })
}

/// Whether a setting was stated.
pub(super) fn is_stated(values: &Values, setting: &str) -> bool {
    values.span(setting).is_some()
}

/// What is told of a setting that does nothing beside another one: `why` says when it would.
pub(super) fn idle(
    values: &Values,
    settings: &[&'static str],
    need: &'static str,
    why: &str,
) -> Vec<Contradiction> {
    let stated = settings.iter().filter(|setting| is_stated(values, setting));
    let each = stated.map(|setting| Contradiction {
        setting,
        need,
        message: format!("`{setting}` does nothing {why}"),
    });
    each.collect()
}
