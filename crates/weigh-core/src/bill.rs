//! A charge multiplies, a bill adds: what a month costs, line by line.

use rust_decimal::Decimal;

use crate::time::Date;
use crate::units::Unit;
use crate::usage::Factor;

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
    /// US dollars for one unit (FOCUS: `ListUnitPrice`); 0 for an allowance.
    pub rate: Decimal,
    /// US dollars (FOCUS: `ListCost`).
    pub cost: Decimal,
    /// Where the rate comes from.
    pub provenance: Provenance,
}

/// The charges of one deployment for one month, and their exact sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bill {
    charges: Vec<Charge>,
    total: Decimal,
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
        Bill { charges, total }
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

    /// The charge whose price was last confirmed longest ago.
    #[must_use]
    pub fn oldest(&self) -> Option<&Charge> {
        self.charges.iter().min_by_key(|charge| charge.provenance.seen)
    }
}
