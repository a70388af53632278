//! What a claim's figure comes to by the model, with the lines that it is made of.

use rust_decimal::Decimal;

use crate::bill::Charge;
use crate::catalog::Catalog;
use crate::claim::Figure;
use crate::compare::{Comparison, Ends};
use crate::pricebook::RegionPrices;
use crate::scenario::{RangedScenario, Scenario};

/// A figure by the model, in the base unit of the claim's dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Computed {
    /// The figure: from the low to the high end of the scenario's ranges.
    pub figure: Figure,
    /// How it is reckoned, in words: `2 tasks × 730 hours × 1 vCPU × $0.04048 + …`, `limit lambda/timeout-seconds`.
    pub reckoning: String,
    /// Where it comes from, as data or document: the source of a price or limit; empty where the lines say it.
    pub source: String,
    /// What it is made of.
    pub basis: Basis,
}

/// What a computed figure is made of, so that causes can be searched.
#[derive(Clone, Debug, PartialEq)]
pub enum Basis {
    /// Nothing that can be taken apart: a limit, a price, a size.
    Plain,
    /// The sum of charges.
    Charges(Part),
    /// How much less `of` costs than `against`, in percent of it or in money.
    Difference {
        /// The option's charges.
        of: Part,
        /// The charges of the option that it is held against.
        against: Part,
        /// Whether it is told in percent.
        in_percent: bool,
        /// Whether it is `of` less `against` (a premium); else the other way round (a saving).
        premium: bool,
    },
    /// The size of a replica as it was asked for and as it is deployed, in base units.
    Size {
        /// As the scenario asks for it.
        asked: Decimal,
        /// As it is deployed.
        deployed: Decimal,
    },
    /// A number of things that named things add up to.
    Things(Vec<(String, Decimal)>),
    /// Times that add up to it, in seconds: computing, waiting, queueing; starting, pulling. Of a percentile, what queueing and
    /// chance add is below 0 where it is less than the mean.
    Times(Vec<(String, Decimal)>),
    /// Promises that hold together only, so that it is their product.
    Promises(Vec<Promise>),
    /// How many fit at once, over how long each takes: a number a second.
    Pace {
        /// Requests in service at once, at most.
        at_once: Decimal,
        /// How long each of them takes, in seconds.
        each_s: Decimal,
        /// The replicas that serve them; 0 where one is started for each request.
        replicas: Decimal,
    },
    /// How many fit on an instance, and how many would by one of its sizes alone.
    Room {
        /// Replicas that its vCPU hold.
        by_vcpu: Decimal,
        /// Replicas that all of its memory holds, if the system kept nothing of it.
        by_memory: Decimal,
        /// Instances that are counted; 1 for the number on each.
        instances: Decimal,
    },
}

/// The share of a month that something is promised to be up, in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What is promised: `Fargate tasks`, `Application Load Balancer`.
    pub what: String,
    /// What is promised of it as it is deployed.
    pub percent: Decimal,
    /// What is promised of it in two or more zones, where that is more.
    pub in_several_zones_percent: Option<Decimal>,
}

/// The charges of one option, and which of them a claim counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The option's name.
    pub option: String,
    /// Its bill as expected; with ranges in the scenario also at the low and at the high end: one list, or three.
    pub bills: Vec<Vec<Line>>,
    /// The same without the account's free allowances.
    pub without_allowances: Vec<Vec<Line>>,
}

/// A charge, and whether the claim counts it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The charge.
    pub charge: Charge,
    /// Whether the claim counts it; the others are those that it may have counted as well.
    pub counted: bool,
}

/// Why a claim can't be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotComputed {
    /// In words, with the remedy where there is one.
    pub why: String,
}

/// What claims of a scenario are computed from.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The same at both ends of its ranges, where it has any.
    pub ranged: Option<&'a RangedScenario>,
    /// Shapes, limits and traits.
    pub catalog: &'a Catalog,
    /// The prices of its region.
    pub prices: &'a RegionPrices,
    /// The comparison of its options.
    pub comparison: &'a Comparison,
    /// The comparisons at both ends of the ranges.
    pub ends: Option<&'a Ends>,
}

/// What would make a computed figure equal a stated one.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// The kind of cause: `left-out`, `hours`, `no-such-size`.
    pub kind: &'static str,
    /// In words: `equals the vCPU charge alone: memory is missing`.
    pub words: String,
    /// What the figure comes to with it, in the base unit of the claim's dimension.
    pub figure: Figure,
    /// How many things had to be changed.
    pub changes: u32,
}

impl Cause {
    /// The kind of what is no cause: what one factor would have to be, where no cause was found.
    pub const WOULD_NEED: &str = "would-need";
}

impl Part {
    /// The sum of the counted charges, from the lowest to the highest of the bills; nothing where there is no bill.
    ///
    /// ```
    /// use weigh_core::audit::Part;
    /// let part = Part { option: "fargate".into(), bills: vec![Vec::new()], without_allowances: Vec::new() };
    /// assert_eq!(part.sum().unwrap().single(), Some(0.into()));
    /// ```
    #[must_use]
    pub fn sum(&self) -> Option<Figure> {
        let sum = |lines: &Vec<Line>| -> Decimal {
            lines.iter().filter(|line| line.counted).map(|line| line.charge.cost).sum()
        };
        let sums = self.bills.iter().map(sum);
        sums.fold(None, |known: Option<Figure>, sum| {
            let (low, high) = known.and_then(|figure| figure.ends()).unwrap_or((sum, sum));
            Some(Figure::between(low.min(sum), high.max(sum)))
        })
    }
}
