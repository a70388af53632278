//! ElastiCache: a cluster of nodes.

use super::shared::{CacheEngine as Engine, idle, kept};
use super::{Context, StatedService, Zones, settings, silent};
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, Values, Vocabulary, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

section! {
    /// Settings of a cluster.
    pub(super) struct Settings {
        /// What runs on the nodes.
        pub engine: Engine => Kind::OneOf(Engine::CHOICES), Default("valkey");
        /// Type of the nodes.
        pub node_type: String => Kind::Word(Known::CacheType), Required;
        /// Shards; with Memcached the nodes.
        pub shards: u32 => Kind::Count { least: 1, most: 500 }, Default("1");
        /// Replicas of each shard.
        pub replicas: u32 => Kind::Count { least: 0, most: 5 }, Default("0");
        /// Backups that are kept beyond the free one.
        pub backup_storage: Size => Kind::SizeOrZero, Default("0 B");
    }
}

/// A cluster bills the hours of its nodes, of which each shard has one and its replicas, and the backups beyond the free one.
///
/// Source: Amazon ElastiCache pricing page, as known in November 2026.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"elasticache\"\nnode_type = \"cache.m7g.large\"\nshards = 2\nreplicas = 1";
/// let lines = worked(stated, 0, &words, &catalog).unwrap();
/// let expected = "2 shards × 2 nodes each × 730 hours = 2,920 Node-Hours";
/// assert_eq!(lines, [format!("elasticache/node-hours/valkey/cache.m7g.large: {expected}")]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "elasticache",
    title: "ElastiCache",
    summary: "A cache on nodes: Valkey, Redis OSS or Memcached.",
    metered: "nodes × hours: shards × (1 + replicas); GB of backups",
    settings: Settings::FIELDS,
    example: "node_type = \"cache.t4g.micro\"\nreplicas = 1",
    contradictions,
    meter,
    notes: silent,
    zones: in_several_zones,
};

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    match values.value::<Engine>("engine") {
        Some(Engine::Memcached) => {
            idle(values, &["replicas", "backup_storage"], "engine", "beside `engine = \"memcached\"`")
        }
        _ => Vec::new(),
    }
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let Settings { engine, node_type, shards, replicas, backup_storage } = settings(values, context)?;
    let price_id = format!("elasticache/node-hours/{}/{node_type}", engine.spelling());
    let nodes = Quantity::of(Unit::NodeHours)
        .times_each(shards, "shard", "shards")
        .times_each(replicas + 1, "node each", "nodes each")
        .times(context.month.hours_exact(), "hours");
    context.add(usage, price_id, node_type, nodes)?;
    context.add(usage, "elasticache/backup-gb-months", "backups", kept(context, backup_storage))
}

/// Replicas take over in other zones; Memcached has none.
fn in_several_zones(settings: &Values) -> Option<Zones> {
    let replicas = settings.value::<u32>("replicas").is_some_and(|replicas| replicas > 0);
    Zones::several(replicas && settings.value::<Engine>("engine") != Some(Engine::Memcached))
}
