//! Commitments: what an account promises to pay for one or three years, what that covers, and what became of it in a month.

mod outcome;
mod sizes;

use std::fmt;

use rust_decimal::Decimal;

use crate::money::dollars;

pub use outcome::{Cash, CommitmentOutcome};

/// Defines a word with few values: its spellings in files and price ids, and what each means.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident { $($(#[doc = $each:literal])* $variant:ident = $spelling:literal,)* }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[doc = $each])* $variant,)* }

        impl $name {
            /// Every value, in the order of their discounts.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The spellings, and what each means.
            pub const CHOICES: &'static [(&'static str, &'static str)] = &[$(($spelling, concat!($($each),*)),)*];

            /// The spelling in files and price ids.
            #[must_use]
            pub fn spelling(self) -> &'static str {
                match self { $($name::$variant => $spelling,)* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<$name, String> {
                match text {
                    $($spelling => Ok($name::$variant),)*
                    _ => Err(format!("`{text}` is none of {}", [$($spelling),*].join(", "))),
                }
            }
        }
    };
}

words! {
    /// How long a commitment lasts.
    pub enum Term {
        /// One year.
        OneYear = "1-year",
        /// Three years.
        ThreeYears = "3-years",
    }
}

words! {
    /// When a commitment is paid.
    pub enum Payment {
        /// Month by month.
        NoUpfront = "no-upfront",
        /// Half of it at once, the rest month by month.
        PartialUpfront = "partial-upfront",
        /// All of it at once.
        AllUpfront = "all-upfront",
    }
}

words! {
    /// Whether a reserved instance can be exchanged for another one.
    pub enum OfferingClass {
        /// It stays what it is.
        Standard = "standard",
        /// It can be exchanged, and saves less.
        Convertible = "convertible",
    }
}

impl Term {
    /// The hours of the term: years of 365 days, as AWS counts them (EC2 User Guide, "Reserved Instances": a year is
    /// 31,536,000 seconds).
    ///
    /// ```
    /// use weigh_core::commitment::Term;
    /// assert_eq!((Term::OneYear.hours(), Term::ThreeYears.hours()), (8_760, 26_280));
    /// ```
    #[must_use]
    pub fn hours(self) -> u32 {
        match self {
            Term::OneYear => 8_760,
            Term::ThreeYears => 26_280,
        }
    }
}

impl Payment {
    /// The part of the whole that is paid at once, in percent.
    ///
    /// Of a Savings Plan AWS takes at least half (Savings Plans User Guide, "Savings Plans types and payment options"); half
    /// of a reservation is assumed.
    #[must_use]
    pub fn upfront_percent(self) -> Decimal {
        match self {
            Payment::NoUpfront => Decimal::ZERO,
            Payment::PartialUpfront => Decimal::from(50),
            Payment::AllUpfront => Decimal::ONE_HUNDRED,
        }
    }
}

/// What is committed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommitmentKind {
    /// EC2 instances, Linux on shared tenancy, in any zone of the region.
    ReservedInstance {
        /// The type: `t3.medium`.
        instance_type: String,
        /// Whether it can be exchanged.
        class: OfferingClass,
        /// How many.
        count: u32,
    },
    /// Database instances of RDS for PostgreSQL.
    ReservedDatabase {
        /// The type: `db.t4g.medium`.
        database_type: String,
        /// `single-az`, `multi-az` or `multi-az-cluster`.
        deployment: String,
        /// How many.
        count: u32,
    },
    /// Cache nodes of ElastiCache.
    ReservedCacheNode {
        /// The type: `cache.t4g.small`.
        node_type: String,
        /// `valkey`, `redis` or `memcached`.
        engine: String,
        /// How many.
        count: u32,
    },
    /// So much an hour for EC2, Fargate and Lambda, whatever of it.
    ComputeSavingsPlan {
        /// US dollars an hour.
        hourly: Decimal,
    },
}

/// A commitment of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// What is committed to.
    pub kind: CommitmentKind,
    /// For how long.
    pub term: Term,
    /// When it is paid.
    pub payment: Payment,
    /// The option of the scenario that alone has it; nothing when the account has it in any case.
    pub option: Option<String>,
}

impl Commitment {
    /// The price id of its fee. A Savings Plan's own is in no book: its rate is what is committed to.
    ///
    /// ```
    /// use weigh_core::commitment::{Commitment, CommitmentKind, OfferingClass, Payment, Term};
    /// let class = OfferingClass::Standard;
    /// let kind = CommitmentKind::ReservedInstance { instance_type: "t3.medium".into(), class, count: 2 };
    /// let reserved = Commitment { kind, term: Term::OneYear, payment: Payment::NoUpfront, option: None };
    /// assert_eq!(reserved.price_id(), "ec2-reserved/instance-hours/t3.medium/standard-1-year-no-upfront");
    /// assert_eq!(reserved.to_string(), "2 reserved t3.medium, standard, 1-year, no-upfront");
    /// ```
    #[must_use]
    pub fn price_id(&self) -> String {
        let variant = format!("{}-{}", self.term.spelling(), self.payment.spelling());
        match &self.kind {
            CommitmentKind::ReservedInstance { instance_type, class, .. } => {
                format!("ec2-reserved/instance-hours/{instance_type}/{}-{variant}", class.spelling())
            }
            CommitmentKind::ReservedDatabase { database_type, deployment, .. } => {
                format!("rds-reserved/postgresql-instance-hours/{database_type}/{deployment}/{variant}")
            }
            CommitmentKind::ReservedCacheNode { node_type, engine, .. } => {
                format!("elasticache-reserved/node-hours/{engine}/{node_type}/{variant}")
            }
            CommitmentKind::ComputeSavingsPlan { .. } => {
                format!("{PLAN_FEES}{variant}")
            }
        }
    }

    /// The price id at which a Savings Plan pays for what is otherwise charged under `price_id`; nothing for what it does not
    /// pay for, and for other commitments.
    ///
    /// Source: AWS's Savings Plans User Guide, "Savings Plans types": EC2 instances, Fargate, Lambda duration and provisioned
    /// concurrency; never Spot (read in November 2026).
    ///
    /// ```
    /// use weigh_core::commitment::{Commitment, CommitmentKind, Payment, Term};
    /// let kind = CommitmentKind::ComputeSavingsPlan { hourly: 1.into() };
    /// let plan = Commitment { kind, term: Term::OneYear, payment: Payment::NoUpfront, option: None };
    /// let paid = plan.plan_price_id("fargate/vcpu-hours/linux-x86").unwrap();
    /// assert_eq!(paid, "compute-savings-plan/fargate-vcpu-hours/linux-x86/1-year-no-upfront");
    /// assert!(plan.plan_price_id("fargate-spot/vcpu-hours/linux-x86").is_none());
    /// assert!(plan.plan_price_id("lambda/requests").is_none());
    /// ```
    #[must_use]
    pub fn plan_price_id(&self, price_id: &str) -> Option<String> {
        if !matches!(self.kind, CommitmentKind::ComputeSavingsPlan { .. }) {
            return None;
        }
        let found = PLAN_PAYS.iter().find_map(|(paid, plan)| Some((plan, price_id.strip_prefix(paid)?)));
        let (plan, of) = found?;
        let variant = format!("{}-{}", self.term.spelling(), self.payment.spelling());
        Some(format!("compute-savings-plan/{plan}/{of}/{variant}"))
    }

    /// Reserved units that one metered unit of `price_id` uses; nothing for what it does not cover, and for a Savings Plan.
    ///
    /// A reserved instance covers its family by size, half as many of twice the size.
    ///
    /// ```
    /// use weigh_core::commitment::{Commitment, CommitmentKind, OfferingClass, Payment, Term};
    /// let class = OfferingClass::Standard;
    /// let kind = CommitmentKind::ReservedInstance { instance_type: "t3.medium".into(), class, count: 2 };
    /// let reserved = Commitment { kind, term: Term::OneYear, payment: Payment::NoUpfront, option: None };
    /// assert_eq!(reserved.units_of("ec2/instance-hours/t3.medium"), Some(1.into()));
    /// assert_eq!(reserved.units_of("ec2/instance-hours/t3.xlarge"), Some(4.into()));
    /// assert_eq!(reserved.units_of("ec2-spot/instance-hours/t3.medium"), None);
    /// assert_eq!(reserved.units_of("ec2/instance-hours/t3a.medium"), None);
    /// ```
    #[must_use]
    pub fn units_of(&self, price_id: &str) -> Option<Decimal> {
        match &self.kind {
            CommitmentKind::ReservedInstance { instance_type, .. } => {
                sizes::ratio(price_id.strip_prefix(INSTANCES)?, instance_type)
            }
            CommitmentKind::ReservedDatabase { database_type, deployment, .. } => {
                let of = price_id.strip_prefix(DATABASES)?;
                (of.split_once('/') == Some((database_type, deployment))).then_some(Decimal::ONE)
            }
            CommitmentKind::ReservedCacheNode { node_type, engine, .. } => {
                let of = price_id.strip_prefix(CACHE_NODES)?;
                (of.split_once('/') == Some((engine, node_type))).then_some(Decimal::ONE)
            }
            CommitmentKind::ComputeSavingsPlan { .. } => None,
        }
    }

    /// How many units are reserved; nothing for a Savings Plan.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        match self.kind {
            CommitmentKind::ReservedInstance { count, .. }
            | CommitmentKind::ReservedDatabase { count, .. }
            | CommitmentKind::ReservedCacheNode { count, .. } => Some(count),
            CommitmentKind::ComputeSavingsPlan { .. } => None,
        }
    }

    /// The same with another number of units; a Savings Plan stays as it is.
    #[must_use]
    pub fn with_count(&self, units: u32) -> Commitment {
        let mut other = self.clone();
        match &mut other.kind {
            CommitmentKind::ReservedInstance { count, .. }
            | CommitmentKind::ReservedDatabase { count, .. }
            | CommitmentKind::ReservedCacheNode { count, .. } => *count = units,
            CommitmentKind::ComputeSavingsPlan { .. } => {}
        }
        other
    }

    /// Whether it is for EC2 instances of a type, which a Savings Plan can pay for too.
    #[must_use]
    pub fn is_for_instances(&self) -> bool {
        matches!(self.kind, CommitmentKind::ReservedInstance { .. })
    }

    /// US dollars an hour that a Savings Plan commits to; nothing for what is reserved.
    #[must_use]
    pub fn hourly(&self) -> Option<Decimal> {
        match self.kind {
            CommitmentKind::ComputeSavingsPlan { hourly } => Some(hourly),
            _ => None,
        }
    }

    /// What it is in few words, as charges that it pays say: `reserved t3.medium`, `Compute Savings Plan`.
    #[must_use]
    pub fn short(&self) -> String {
        match &self.kind {
            CommitmentKind::ReservedInstance { instance_type, .. } => format!("reserved {instance_type}"),
            CommitmentKind::ReservedDatabase { database_type, deployment, .. } => {
                format!("reserved {database_type} ({deployment})")
            }
            CommitmentKind::ReservedCacheNode { node_type, engine, .. } => {
                format!("reserved {node_type} ({engine})")
            }
            CommitmentKind::ComputeSavingsPlan { .. } => "Compute Savings Plan".to_owned(),
        }
    }

    /// What the part of a line is called that it covers: `covered by reserved t3.medium`.
    pub(crate) fn covers(&self) -> String {
        format!("covered by {}", self.short())
    }

    /// Its class, term and payment in words: `standard, 1-year, no-upfront`.
    #[must_use]
    pub fn terms(&self) -> String {
        let class = match &self.kind {
            CommitmentKind::ReservedInstance { class, .. } => format!("{}, ", class.spelling()),
            _ => String::new(),
        };
        format!("{class}{}, {}", self.term.spelling(), self.payment.spelling())
    }
}

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.kind, self.count()) {
            (CommitmentKind::ComputeSavingsPlan { hourly }, _) => {
                let shown = match (*hourly * Decimal::ONE_HUNDRED).fract().is_zero() {
                    true => dollars(*hourly),
                    false => format!("${}", hourly.normalize()),
                };
                write!(f, "{} of {shown}/h, {}", self.short(), self.terms())
            }
            (_, Some(count)) => write!(f, "{count} {}, {}", self.short(), self.terms()),
            (_, None) => write!(f, "{}, {}", self.short(), self.terms()),
        }
    }
}

/// How the price ids begin of what can be reserved: instances, databases and nodes of a cache.
pub(crate) const INSTANCES: &str = "ec2/instance-hours/";
pub(crate) const DATABASES: &str = "rds/postgresql-instance-hours/";
pub(crate) const CACHE_NODES: &str = "elasticache/node-hours/";

/// How the price ids begin of fees of Savings Plans, which are in no book.
const PLAN_FEES: &str = "compute-savings-plan/commitment-hours/";

/// Whether what has this price id is a fee whose rate is what the scenario commits to, which no price moves.
pub(crate) fn is_stated_fee(price_id: &str) -> bool {
    price_id.starts_with(PLAN_FEES)
}

/// Whether some commitment can cover what has this price id.
pub(crate) fn can_cover(price_id: &str) -> bool {
    let paid = PLAN_PAYS.iter().map(|(paid, _)| *paid);
    paid.chain([DATABASES, CACHE_NODES]).any(|known| price_id.starts_with(known))
}

/// What a Compute Savings Plan pays for: how the price ids begin, and how those of the plan go on.
const PLAN_PAYS: &[(&str, &str)] = &[
    (INSTANCES, "instance-hours"),
    ("fargate/vcpu-hours/", "fargate-vcpu-hours"),
    ("fargate/memory-gb-hours/", "fargate-memory-gb-hours"),
    ("lambda/duration-gb-seconds/", "lambda-duration-gb-seconds"),
    ("lambda/provisioned-concurrency-gb-seconds/", "lambda-provisioned-concurrency-gb-seconds"),
    ("lambda/provisioned-duration-gb-seconds/", "lambda-provisioned-duration-gb-seconds"),
];
