//! The table of strategies, and of those that exclude each other.

mod kept;
mod network;
mod servers;

use super::commit::Covers;
use super::plan::Plan;
use crate::commitment::{Payment, Term};

/// A way to pay less.
pub struct Strategy {
    /// Its id: `spot`.
    pub id: &'static str,
    /// Its name in prose.
    pub title: &'static str,
    /// One line on what it does, and at what price.
    pub summary: &'static str,
    /// Whether it takes something away that users see, so that it is combined only where somebody asks for it.
    pub only_if_asked: bool,
    /// What it does.
    pub action: Action,
}

/// What a strategy does.
#[derive(Clone, Copy)]
pub enum Action {
    /// It changes the scenario or the option: what was changed in words, or why it does not apply.
    Change(Changes),
    /// It commits to what saves most, once everything else is changed.
    Commit(Committing),
}

/// A change of a scenario.
#[derive(Clone, Copy)]
pub struct Changes(pub(super) fn(&mut Plan<'_>) -> Result<String, String>);

/// What is committed to, and on which terms.
#[derive(Clone, Copy)]
pub struct Committing {
    pub(super) covers: Covers,
    pub(super) term: Term,
    pub(super) payment: Payment,
}

const fn change(run: fn(&mut Plan<'_>) -> Result<String, String>) -> Action {
    Action::Change(Changes(run))
}

const fn commit(covers: Covers, term: Term, payment: Payment) -> Action {
    Action::Commit(Committing { covers, term, payment })
}

/// Every strategy, in the order in which changes are applied and reports show them: sizes first, commitments last.
///
/// What they are taken from: the savings lists of documents 002 (lines 1313 to 1331) and 004 (lines 591 to 633) of the
/// mission. AWS's own list is the cost optimisation pillar of its Well-Architected Framework.
pub const STRATEGIES: &[Strategy] = &[
    Strategy {
        id: "right-sizing",
        title: "Right-sizing",
        summary: "sizes and numbers that the option states are left to the program, which takes the cheapest that meets the needs",
        only_if_asked: false,
        action: change(servers::right_sizing),
    },
    Strategy {
        id: "graviton",
        title: "Graviton",
        summary: "ARM processors; images must be built for them",
        only_if_asked: false,
        action: change(servers::graviton),
    },
    Strategy {
        id: "autoscaling",
        title: "Autoscaling",
        summary: "a fixed number of replicas becomes target tracking between the fewest that the needs allow and that number",
        only_if_asked: false,
        action: change(servers::autoscaling),
    },
    Strategy {
        id: "spot",
        title: "Spot",
        summary: "what runs above the fewest replicas that the needs ask for runs on Spot, which AWS may take away two minutes after a warning",
        only_if_asked: false,
        action: change(servers::spot),
    },
    Strategy {
        id: "schedule",
        title: "Schedule",
        summary: "servers run in some hours only, and requests outside them are not served: for staging and batch work",
        only_if_asked: true,
        action: change(servers::schedule),
    },
    Strategy {
        id: "no-nat",
        title: "No NAT gateway",
        summary: "servers stand in public subnets, each with a public address behind its security group",
        only_if_asked: false,
        action: change(network::no_nat),
    },
    Strategy {
        id: "endpoints",
        title: "VPC endpoints",
        summary: "endpoints lead to ECR, S3 and CloudWatch Logs, and a NAT gateway stays only where something else is called",
        only_if_asked: false,
        action: change(network::endpoints),
    },
    Strategy {
        id: "log-retention",
        title: "Log retention",
        summary: "logs are kept for 7 days; what is paid to take them in stays",
        only_if_asked: false,
        action: change(kept::log_retention),
    },
    Strategy {
        id: "lifecycle",
        title: "Lifecycle",
        summary: "one version of each image and one snapshot of each disk are kept, and old objects move to cheaper classes",
        only_if_asked: false,
        action: change(kept::lifecycle),
    },
    Strategy {
        id: "reserved",
        title: "Reserved instances",
        summary: "EC2 instances reserved for 1 year, nothing upfront, as many as save most",
        only_if_asked: false,
        action: commit(Covers::Instances, Term::OneYear, Payment::NoUpfront),
    },
    Strategy {
        id: "reserved-3-years",
        title: "Reserved instances, 3 years",
        summary: "the same for 3 years, all paid upfront",
        only_if_asked: false,
        action: commit(Covers::Instances, Term::ThreeYears, Payment::AllUpfront),
    },
    Strategy {
        id: "savings-plan",
        title: "Compute Savings Plan",
        summary: "so many dollars an hour for EC2, Fargate and Lambda for 1 year, nothing upfront, at the level that saves most",
        only_if_asked: false,
        action: commit(Covers::Compute, Term::OneYear, Payment::NoUpfront),
    },
    Strategy {
        id: "savings-plan-3-years",
        title: "Compute Savings Plan, 3 years",
        summary: "the same for 3 years, all paid upfront",
        only_if_asked: false,
        action: commit(Covers::Compute, Term::ThreeYears, Payment::AllUpfront),
    },
    Strategy {
        id: "reserved-databases",
        title: "Reserved databases and caches",
        summary: "database instances and cache nodes reserved for 1 year, nothing upfront",
        only_if_asked: false,
        action: commit(Covers::Databases, Term::OneYear, Payment::NoUpfront),
    },
    Strategy {
        id: "reserved-databases-3-years",
        title: "Reserved databases and caches, 3 years",
        summary: "the same for 3 years, all paid upfront; RDS sells none of 3 years without a payment upfront",
        only_if_asked: false,
        action: commit(Covers::Databases, Term::ThreeYears, Payment::AllUpfront),
    },
];

const SAME_SERVERS: &str = "both are another price for the same servers";
const SAME_NUMBER: &str = "both change the number of replicas";
const SAME_NETWORK: &str = "both change how servers reach the internet";
const SAME_DATABASES: &str = "both are another price for the same databases";

/// Strategies that exclude each other, and why; each pair once.
pub const EXCLUSIONS: &[(&str, &str, &str)] = &[
    ("spot", "reserved", SAME_SERVERS),
    ("spot", "reserved-3-years", SAME_SERVERS),
    ("spot", "savings-plan", SAME_SERVERS),
    ("spot", "savings-plan-3-years", SAME_SERVERS),
    ("reserved", "reserved-3-years", SAME_SERVERS),
    ("reserved", "savings-plan", SAME_SERVERS),
    ("reserved", "savings-plan-3-years", SAME_SERVERS),
    ("reserved-3-years", "savings-plan", SAME_SERVERS),
    ("reserved-3-years", "savings-plan-3-years", SAME_SERVERS),
    ("savings-plan", "savings-plan-3-years", SAME_SERVERS),
    ("reserved-databases", "reserved-databases-3-years", SAME_DATABASES),
    ("right-sizing", "autoscaling", SAME_NUMBER),
    ("no-nat", "endpoints", SAME_NETWORK),
];

/// Why two strategies exclude each other; nothing where they go together.
///
/// ```
/// use weigh_core::savings::exclusion;
/// assert_eq!(exclusion("savings-plan", "spot"), exclusion("spot", "savings-plan"));
/// assert!(exclusion("spot", "savings-plan").is_some() && exclusion("spot", "log-retention").is_none());
/// ```
#[must_use]
pub fn exclusion(one: &str, other: &str) -> Option<&'static str> {
    let is = |(a, b, _): &&(&str, &str, &str)| (*a, *b) == (one, other) || (*a, *b) == (other, one);
    EXCLUSIONS.iter().find(is).map(|(_, _, because)| *because)
}
