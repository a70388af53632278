//! A charge multiplies, a bill adds: what a month costs, line by line.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::commitment::CommitmentOutcome;
use crate::time::Date;
use crate::units::Unit;
use crate::usage::{Factor, Reason};

/// How well a price is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// More than one source, or AWS's own list.
    Sourced,
    /// One source only.
    Single,
    /// Computed from other prices by a stated rule.
    Derived,
    /// No source could be confirmed.
    Unverified,
    /// The user's own price, which the user answers for.
    Own,
}

impl Standing {
    /// The word in data and reports; sourced prices carry none.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Standing::Sourced => "",
            Standing::Single => "single",
            Standing::Derived => "derived",
            Standing::Unverified => "unverified",
            Standing::Own => "own",
        }
    }
}

/// Where a price comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The source's id in the price book.
    pub source: String,
    /// The day from which the price is known to hold.
    pub from: Date,
    /// The newest day on which a source confirms it.
    pub seen: Date,
    /// How well it is known.
    pub standing: Standing,
    /// The region it was borrowed from, when the bill's own region has no such price.
    pub borrowed_from: Option<String>,
    /// The price id that it was derived from and the factor, when it does not stand in the book itself.
    pub derivation: Option<(String, Decimal)>,
}

/// What an account pays less than the list says, by an agreement with AWS.
///
/// ```
/// use weigh_core::bill::Discount;
/// let agreed = [
///     Discount { service: "all".into(), percent: 5.into(), note: "agreement of 2026".into() },
///     Discount { service: "fargate".into(), percent: 20.into(), note: String::new() },
/// ];
/// let fargate = Discount::of(&agreed, "fargate/vcpu-hours/linux-x86").unwrap();
/// assert_eq!(fargate.off("0.04".parse().unwrap()).to_string(), "0.0320");
/// assert_eq!(Discount::of(&agreed, "ebs/gp3-storage-gb-months").unwrap().percent, 5.into());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discount {
    /// What price ids begin with, such as `fargate`; `all` for everything without a discount of its own.
    pub service: String,
    /// Percent off the list price, 0 to 100.
    pub percent: Decimal,
    /// What it rests on; may be empty.
    pub note: String,
}

impl Discount {
    /// In place of a service: everything.
    pub const ALL: &'static str = "all";

    /// The discount on a price: that of its service, else that on everything.
    #[must_use]
    pub fn of<'a>(discounts: &'a [Discount], price_id: &str) -> Option<&'a Discount> {
        let service = price_id.split('/').next().unwrap_or(price_id);
        let find = |wanted: &str| discounts.iter().find(|discount| discount.service == wanted);
        find(service).or_else(|| find(Discount::ALL))
    }

    /// The rate after the discount.
    #[must_use]
    pub fn off(&self, rate: Decimal) -> Decimal {
        rate * (Decimal::ONE_HUNDRED - self.percent) / Decimal::ONE_HUNDRED
    }
}

/// A price that the scenario states by itself, for something that is bought elsewhere. No discount lowers it.
///
/// ```
/// use weigh_core::bill::StatedRate;
/// let atlas = StatedRate { price_id: "external/atlas".into(), rate: 57.into() };
/// assert_eq!((atlas.rate, StatedRate::SOURCE), (57.into(), "stated in the scenario"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedRate {
    /// The price id of what it is for.
    pub price_id: String,
    /// US dollars for one of the unit that it is metered in.
    pub rate: Decimal,
}

impl StatedRate {
    /// What bills give as its source.
    pub const SOURCE: &'static str = "stated in the scenario";
}

/// What a charge has to do with a commitment of its bill. It moves no cost.
///
/// ```
/// use weigh_core::bill::{CommitmentLink, CommitmentRole};
/// let fee = CommitmentLink { place: 0, role: CommitmentRole::Fee };
/// assert_ne!(fee, CommitmentLink { place: 1, ..fee });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitmentLink {
    /// The place of the commitment in [`Bill::commitments`].
    pub place: usize,
    /// Whether the charge pays for it or is covered by it.
    pub role: CommitmentRole,
}

/// Whether a charge pays for a commitment or is covered by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitmentRole {
    /// The charge is the commitment's fee.
    Fee,
    /// The commitment covers what is charged.
    Covered {
        /// What one metered unit takes of it: units of what is reserved, or US dollars at the plan's rate.
        each: Decimal,
        /// US dollars that one metered unit lists at on demand, in the first band.
        list_rate: Decimal,
        /// The same less the account's discount.
        on_demand_rate: Decimal,
    },
}

/// One line of a bill: `cost` is exactly `quantity × rate`.
///
/// A metered line that crosses tier bands or a free allowance becomes one charge for each part.
#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    /// The tariff.
    pub price_id: String,
    /// What it pays for.
    pub description: String,
    /// The component or the stated service that it is for; empty for what all share.
    pub component: Arc<str>,
    /// The environment that it is in; empty where there is only one.
    pub environment: Arc<str>,
    /// Why it is there; nothing for servers and for what the scenario states by name.
    pub reason: Option<Reason>,
    /// The factors of the whole metered line.
    pub factors: Vec<Factor>,
    /// The amount of the whole metered line.
    pub metered: Decimal,
    /// Which part of the line this is: `free allowance`, `above 10,240 GB`; empty when the line is one charge.
    pub part: String,
    /// The amount in this part (FOCUS: `PricingQuantity`).
    pub quantity: Decimal,
    /// The unit of the amount (FOCUS: `PricingUnit`).
    pub unit: Unit,
    /// US dollars for one unit on the list (FOCUS: `ListUnitPrice`); 0 for an allowance.
    pub list_rate: Decimal,
    /// What is taken off the list price.
    pub discount: Option<Discount>,
    /// US dollars for one unit (FOCUS: `ContractedUnitPrice`): the list price less the discount.
    pub rate: Decimal,
    /// US dollars (FOCUS: `ContractedCost`).
    pub cost: Decimal,
    /// Where the rate comes from.
    pub provenance: Provenance,
    /// The commitment that it pays for or that covers it; nothing for everything else.
    pub commitment: Option<CommitmentLink>,
}

/// The charges of one deployment for one month, and their exact sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bill {
    charges: Vec<Charge>,
    total: Decimal,
    commitments: Vec<CommitmentOutcome>,
}

impl Bill {
    /// A bill over these charges.
    ///
    /// ```
    /// use weigh_core::bill::Bill;
    /// assert!(Bill::new(Vec::new()).total().is_zero());
    /// ```
    #[must_use]
    pub fn new(charges: Vec<Charge>) -> Bill {
        let total = charges.iter().map(|charge| charge.cost).sum();
        Bill { charges, total, commitments: Vec::new() }
    }

    /// The same bill with what became of the commitments whose fees it has.
    #[must_use]
    pub(crate) fn with_commitments(self, commitments: Vec<CommitmentOutcome>) -> Bill {
        Bill { commitments, ..self }
    }

    /// What became of each commitment: reservations first, then Savings Plans.
    ///
    /// ```
    /// use weigh_core::bill::Bill;
    /// assert!(Bill::new(Vec::new()).commitments().is_empty());
    /// ```
    #[must_use]
    pub fn commitments(&self) -> &[CommitmentOutcome] {
        &self.commitments
    }

    /// The charges, in the order in which they were metered.
    #[must_use]
    pub fn charges(&self) -> &[Charge] {
        &self.charges
    }

    /// US dollars a month: the exact sum of the charges.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.total
    }

    /// How many charges have a price of another region.
    ///
    /// ```
    /// use weigh_core::bill::Bill;
    /// assert_eq!(Bill::new(Vec::new()).borrowed(), 0);
    /// ```
    #[must_use]
    pub fn borrowed(&self) -> usize {
        self.charges.iter().filter(|charge| charge.provenance.borrowed_from.is_some()).count()
    }

    /// The charge whose price was last confirmed longest ago.
    #[must_use]
    pub fn oldest(&self) -> Option<&Charge> {
        self.charges.iter().min_by_key(|charge| charge.provenance.seen)
    }
}
