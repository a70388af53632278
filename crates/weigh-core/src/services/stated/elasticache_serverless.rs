//! ElastiCache Serverless: a cache that is paid by its data and its requests.

use rust_decimal::Decimal;

use super::shared::{CacheEngine as Engine, idle, kept};
use super::{Context, StatedService, Zones, settings, silent};
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, Values, Vocabulary, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// The least that is billed for data.
fn least(engine: Engine) -> Size {
    match engine {
        Engine::Valkey => Size::from_mib(100),
        Engine::Redis | Engine::Memcached => Size::from_mib(1_024),
    }
}

section! {
    /// Settings of a serverless cache.
    pub(super) struct Settings {
        /// What the cache speaks.
        pub engine: Engine => Kind::OneOf(Engine::CHOICES), Default("valkey");
        /// Data in the cache, on average; at least 100 MB with Valkey and 1 GB with the others are billed.
        pub data: Size => Kind::Size, Required;
        /// Processing units of one request: one for each KB that a simple read or write moves.
        pub ecpus_per_request: Decimal => Kind::Number, Required;
        /// Backups that are kept.
        pub backup_storage: Size => Kind::SizeOrZero, Default("0 B");
    }
}

/// A serverless cache bills the gigabytes that it holds by the hour, and processing units: one for each KB that a simple
/// command moves, more for commands that take more CPU.
///
/// Sources: AWS Database Blog, "Unlock on-demand, cost-optimized performance with Amazon ElastiCache Serverless" (units, and
/// the minimum of 1 GB); usage.ai, "ElastiCache Serverless pricing", June 2026 (the minimum of 100 MB for Valkey).
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"elasticache-serverless\"\ndata = \"10 MB\"\necpus_per_request = 3\nengine = \"redis\"";
/// let lines = worked(stated, 1_000_000, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "elasticache/serverless-data-gb-hours/redis: 1 GB (the least that is billed) × 730 hours = 730 GB-Hours",
///     "elasticache/serverless-ecpus/redis: 1,000,000 requests × 3 processing units = 3,000,000 ECPUs",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "elasticache-serverless",
    title: "ElastiCache Serverless",
    summary: "A cache without nodes: Valkey, Redis OSS or Memcached.",
    metered: "GB held × hours, at least 100 MB (Valkey) or 1 GB; processing units; GB of backups",
    settings: Settings::FIELDS,
    example: "data = \"2 GB\"\necpus_per_request = 3",
    contradictions,
    meter,
    notes: silent,
    zones: |_| Some(Zones::Several),
};

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    match values.value::<Engine>("engine") {
        Some(Engine::Memcached) => {
            idle(values, &["backup_storage"], "engine", "beside `engine = \"memcached\"`")
        }
        _ => Vec::new(),
    }
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let Settings { engine, data, ecpus_per_request, backup_storage } = settings(values, context)?;
    let billed = data.max(least(engine));
    let label = if billed > data { "GB (the least that is billed)" } else { "GB" };
    let held =
        Quantity::of(Unit::GbHours).times(billed.gb(), label).times(context.month.hours_exact(), "hours");
    let engine = engine.spelling();
    context.add(usage, format!("elasticache/serverless-data-gb-hours/{engine}"), "data", held)?;
    let units = context.per_request(Unit::Ecpus, ecpus_per_request, "processing units");
    context.add(usage, format!("elasticache/serverless-ecpus/{engine}"), "requests", units)?;
    context.add(usage, "elasticache/backup-gb-months", "backups", kept(context, backup_storage))
}
