//! Containers on the servers of one platform: which they take, what those cost, or why they do not fit.

use rust_decimal::Decimal;

use super::Ground;
use super::reservation::Reservation;
use crate::bill::Bill;
use crate::measure::Size;
use crate::money::number;
use crate::platforms::FailedNeed;
use crate::pricebook::MissingPrice;
use crate::usage::Usage;

/// Containers on the servers of one platform.
#[derive(Clone, Debug, PartialEq)]
pub struct Packing {
    /// The platform's id.
    pub platform: &'static str,
    /// How the containers are placed: `each container a task`.
    pub way: &'static str,
    /// The instance type that was asked for; nothing where the cheapest was looked for.
    pub asked_for: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether it is the cheaper of the ways that its platform has; false where there is one way alone.
    pub cheaper: bool,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// What became of a packing.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// All containers have their place.
    Packed {
        /// The servers.
        servers: Vec<Servers>,
        /// What they cost a month.
        price: Price,
    },
    /// Some do not fit.
    TooLarge {
        /// Why.
        needs: Vec<FailedNeed>,
        /// The containers that would have a place, in the order of the inventory, each that still fits.
        held: Vec<String>,
        /// The containers without one.
        left_out: Vec<String>,
    },
}

/// Servers that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Servers {
    /// How many.
    pub count: u64,
    /// What each is: `t3.medium`, `0.25 vCPU, 512 MB`.
    pub what: String,
    /// The containers on them.
    pub containers: Vec<String>,
}

/// What servers cost a month.
#[derive(Clone, Debug, PartialEq)]
pub enum Price {
    /// Their bill.
    Known(Bill),
    /// The book lacks prices.
    Missing(Vec<MissingPrice>),
    /// The platform charges for requests, which an inventory does not tell.
    ByTraffic,
}

impl Price {
    /// What a usage costs.
    pub(super) fn of(ground: &Ground<'_>, usage: &Usage) -> Price {
        match ground.prices.price(usage, &ground.terms) {
            Ok(bill) => Price::Known(bill),
            Err(missing) => Price::Missing(missing),
        }
    }

    /// US dollars a month, where they are known.
    #[must_use]
    pub fn total(&self) -> Option<Decimal> {
        match self {
            Price::Known(bill) => Some(bill.total()),
            Price::Missing(_) | Price::ByTraffic => None,
        }
    }
}

impl Packing {
    /// A packing without notes.
    pub(super) fn new(platform: &'static str, way: &'static str, outcome: Outcome) -> Packing {
        Packing { platform, way, asked_for: None, outcome, cheaper: false, notes: Vec::new() }
    }

    /// Whether all containers have their place.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self.outcome, Outcome::Packed { .. })
    }

    /// US dollars a month, where they are known.
    #[must_use]
    pub fn total(&self) -> Option<Decimal> {
        match &self.outcome {
            Outcome::Packed { price, .. } => price.total(),
            Outcome::TooLarge { .. } => None,
        }
    }
}

impl Outcome {
    /// That none of the containers has a place.
    pub(super) fn nowhere(needs: Vec<FailedNeed>, reservations: &[Reservation]) -> Outcome {
        Outcome::TooLarge { needs, held: Vec::new(), left_out: names(reservations) }
    }
}

/// The names of containers.
pub(super) fn names(reservations: &[Reservation]) -> Vec<String> {
    reservations.iter().map(|each| each.container.name.clone()).collect()
}

/// Memory in the unit of people and in that of reservations: `4.3 GB (4,404 MB)`.
pub(super) fn memory(mib: Decimal) -> String {
    let megabytes = format!("{} MB", number(mib, 0));
    if mib < Decimal::from(1_024) {
        return megabytes;
    }
    format!("{} GB ({megabytes})", number(mib / Decimal::from(1_024), 2))
}

/// vCPU as it is read.
pub(super) fn vcpu(count: Decimal) -> String {
    format!("{} vCPU", number(count, 3))
}

/// What servers of a size are called: `0.25 vCPU, 512 MB`.
pub(super) fn size(count: Decimal, memory_mib: u32) -> String {
    format!("{}, {}", vcpu(count), Size::from_mib(memory_mib))
}

/// How many of the containers state no image size, in words; nothing where all do.
pub(super) fn unknown_images(reservations: &[Reservation]) -> Option<String> {
    let unknown = reservations.iter().filter(|each| each.container.image_size.is_none()).count();
    match unknown {
        0 => None,
        1 => Some("1 container states no image size, which counts as nothing here".to_owned()),
        several => Some(format!("{several} containers state no image size, which counts as nothing here")),
    }
}
