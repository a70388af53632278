//! Tables `[[commitment]]`: reserved instances, databases and nodes, and Savings Plans that an account has.

use rust_decimal::Decimal;
use toml::de::DeTable;

use super::field::{FromDatum, Values, choice, section};
use super::kind::Datum;
use super::reader::{Place, Reader};
use crate::commitment::{Commitment, CommitmentKind, OfferingClass, Payment, Term};
use crate::data::nearest;
use crate::problem::Problem;

choice! {
    /// What is committed to.
    pub enum CommitmentWord {
        /// EC2 instances of a type; they cover their family by size.
        ReservedInstance = "reserved-instance",
        /// So many dollars an hour for EC2, Fargate and Lambda, valued at the plan's rates.
        ComputeSavingsPlan = "compute-savings-plan",
        /// Database instances of RDS for PostgreSQL.
        ReservedDatabase = "reserved-database",
        /// Cache nodes of ElastiCache.
        ReservedCacheNode = "reserved-cache-node",
    }
}

choice! {
    /// In how many zones a database runs.
    pub enum DatabaseDeployment {
        /// In one zone.
        SingleAz = "single-az",
        /// With a standby in another zone.
        MultiAz = "multi-az",
        /// With two standbys that can be read.
        MultiAzCluster = "multi-az-cluster",
    }
}

choice! {
    /// What runs on a cache node.
    pub enum CacheEngine {
        /// Valkey.
        Valkey = "valkey",
        /// Redis OSS.
        Redis = "redis",
        /// Memcached.
        Memcached = "memcached",
    }
}

section! {
    /// What the account has committed to pay for one or three years: a table `[[commitment]]`.
    pub struct CommitmentEntry {
        /// What is committed to.
        pub kind: CommitmentWord => Kind::OneOf(CommitmentWord::CHOICES), Required;
        /// EC2 instance type of a reserved instance; it covers all sizes of its family in proportion.
        pub instance_type: Option<String> => Kind::Word(Known::InstanceType), Optional;
        /// Whether a reserved instance can be exchanged; left out, it cannot.
        pub class: Option<OfferingClass> => Kind::OneOf(OfferingClass::CHOICES), Optional;
        /// Instance class of a reserved database, such as "db.t4g.medium".
        pub database_type: Option<String> => Kind::Word(Known::DatabaseType), Optional;
        /// Deployment of a reserved database; left out, in a single zone.
        pub deployment: Option<DatabaseDeployment> => Kind::OneOf(DatabaseDeployment::CHOICES), Optional;
        /// Node type of a reserved cache node, such as "cache.t4g.small".
        pub node_type: Option<String> => Kind::Word(Known::CacheType), Optional;
        /// Engine of a reserved cache node; left out, Valkey.
        pub engine: Option<CacheEngine> => Kind::OneOf(CacheEngine::CHOICES), Optional;
        /// How many instances, databases or nodes are reserved; left out, one.
        pub count: Option<u32> => Kind::Count { least: 1, most: 100_000 }, Optional;
        /// What a Savings Plan commits to in an hour, in US dollars at the plan's rates.
        pub hourly: Option<Decimal> => Kind::Money, Optional;
        /// How long it lasts.
        pub term: Term => Kind::OneOf(Term::CHOICES), Required;
        /// When it is paid.
        pub payment: Payment => Kind::OneOf(Payment::CHOICES), Required;
        /// Name of the one option that has it; left out, the account has it whatever is chosen, and every option pays for it.
        pub option: Option<String> => Kind::Name, Optional;
    }
}

macro_rules! from_datum {
    ($($type:ty),*) => {
        $(impl FromDatum for $type {
            fn from_datum(datum: Option<&Datum>) -> Option<$type> {
                match datum {
                    Some(Datum::Text(text)) => text.parse().ok(),
                    _ => None,
                }
            }
        })*
    };
}

from_datum!(Term, Payment, OfferingClass);

impl CommitmentWord {
    /// The key that it must have, and those that it may have beside `term`, `payment` and `option`.
    fn keys(self) -> (&'static str, &'static [&'static str]) {
        match self {
            CommitmentWord::ReservedInstance => ("instance_type", &["class", "count"]),
            CommitmentWord::ComputeSavingsPlan => ("hourly", &[]),
            CommitmentWord::ReservedDatabase => ("database_type", &["deployment", "count"]),
            CommitmentWord::ReservedCacheNode => ("node_type", &["engine", "count"]),
        }
    }
}

/// The keys that belong to some kinds and not to others.
const OF_SOME: [&str; 8] =
    ["instance_type", "class", "database_type", "deployment", "node_type", "engine", "count", "hourly"];

/// Reads the tables `[[commitment]]`; nothing when one is wrong. `options` are the names that one may be restricted to.
pub(super) fn read(
    reader: &mut Reader<'_>,
    root: &DeTable<'_>,
    options: &[String],
) -> Option<Vec<Commitment>> {
    let places = reader.tables(root, "commitment");
    let mut commitments = Vec::with_capacity(places.len());
    for place in &places {
        let Some((entry, values)) = reader.section::<CommitmentEntry>(place) else { continue };
        let fits = keys_fit(reader, place, &entry, &values);
        let known = option_is_known(reader, &entry, &values, options);
        if fits && known {
            commitments.extend(commitment(entry));
        }
    }
    (commitments.len() == places.len()).then_some(commitments)
}

/// Whether a table has what its kind needs, and nothing that does nothing for it.
fn keys_fit(reader: &mut Reader<'_>, place: &Place<'_>, entry: &CommitmentEntry, values: &Values) -> bool {
    let (needed, allowed) = entry.kind.keys();
    let kind = entry.kind.spelling();
    let before = reader.problems.len();
    if values.get(needed).is_none() {
        let message = format!("{} of kind `{kind}` lacks `{needed}`", place.title);
        let span = values.span("kind").unwrap_or(place.span.clone());
        reader.problems.push(Problem::at(span, message).allowing(format!("`{needed}` beside this kind")));
    }
    for key in OF_SOME.into_iter().filter(|key| *key != needed && !allowed.contains(key)) {
        if let Some(span) = values.span(key) {
            let keys: Vec<&str> = ["kind", needed]
                .into_iter()
                .chain(allowed.iter().copied())
                .chain(["term", "payment", "option"])
                .collect();
            let problem = Problem::at(span, format!("`{key}` does nothing for a {kind}"));
            reader.problems.push(problem.allowing(format!("a {kind} has {}", keys.join(", "))));
        }
    }
    reader.problems.len() == before
}

/// Whether the option that alone has it is one of the scenario.
fn option_is_known(
    reader: &mut Reader<'_>,
    entry: &CommitmentEntry,
    values: &Values,
    options: &[String],
) -> bool {
    let Some(name) = entry.option.as_deref().filter(|name| !options.iter().any(|known| known == name)) else {
        return true;
    };
    let span = values.span("option").unwrap_or_default();
    let meant = nearest(name, options.iter().map(String::as_str)).map(|meant| format!("\"{meant}\""));
    let problem = Problem::at(span, format!("`option`: the scenario has no option `{name}`"));
    reader.problems.push(problem.allowing(format!("one of {}", options.join(", "))).suggesting(meant));
    false
}

fn commitment(entry: CommitmentEntry) -> Option<Commitment> {
    let count = entry.count.unwrap_or(1);
    let kind = match entry.kind {
        CommitmentWord::ReservedInstance => CommitmentKind::ReservedInstance {
            instance_type: entry.instance_type?,
            class: entry.class.unwrap_or(OfferingClass::Standard),
            count,
        },
        CommitmentWord::ComputeSavingsPlan => CommitmentKind::ComputeSavingsPlan { hourly: entry.hourly? },
        CommitmentWord::ReservedDatabase => CommitmentKind::ReservedDatabase {
            database_type: entry.database_type?,
            deployment: entry.deployment.unwrap_or(DatabaseDeployment::SingleAz).spelling().to_owned(),
            count,
        },
        CommitmentWord::ReservedCacheNode => CommitmentKind::ReservedCacheNode {
            node_type: entry.node_type?,
            engine: entry.engine.unwrap_or(CacheEngine::Valkey).spelling().to_owned(),
            count,
        },
    };
    Some(Commitment { kind, term: entry.term, payment: entry.payment, option: entry.option })
}
