//! What differs between two days of one book, or between two books.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::Selection;
use super::changes::{ChangeReport, State, changes};
use crate::json_schema::{DayText, DecimalText, HashText};
use crate::pricebook::{PriceBook, RegionPrices};
use crate::report::{SCHEMA_VERSION, decimal};
use crate::time::Date;

/// The place of what is the same in every region.
const EVERYWHERE: &str = "global";

/// One side of a difference: a book on a day.
#[derive(Clone, Debug)]
pub struct Side {
    /// What the user called it.
    pub label: String,
    /// The book.
    pub book: PriceBook,
    /// The day.
    pub date: Date,
    /// The one region that it speaks of, when it is a file of one region.
    pub region: Option<String>,
    /// How many own prices begin after the day, and so do not count.
    pub later: usize,
}

/// Of what the difference is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope<'a> {
    /// The region; all when nothing.
    pub region: Option<&'a str>,
    /// The price ids.
    pub selection: Selection<'a>,
}

/// A difference, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct DifferenceReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `price-difference`.
    #[schemars(extend("const" = "price-difference"))]
    pub kind: &'static str,
    /// The first side.
    pub before: SideReport,
    /// The second side.
    pub after: SideReport,
    /// The one region that was compared; null for all.
    pub region: Option<String>,
    /// What the compared ids begin with; null for all.
    pub service: Option<String>,
    /// How many prices differ, and how.
    pub counts: DifferenceCounts,
    /// The differences, by region and price id.
    pub changes: Vec<ChangeReport>,
    /// What must be known of the comparison.
    pub notes: Vec<String>,
}

/// A side of a difference.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SideReport {
    /// What the user called it.
    pub label: String,
    /// The day whose prices count.
    #[schemars(with = "DayText")]
    pub as_of: String,
    /// The hash of its price book.
    #[schemars(with = "HashText")]
    pub book: String,
}

/// How many prices differ; a price id counts once in every region.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
pub struct DifferenceCounts {
    /// Prices that were compared.
    pub compared: usize,
    /// Prices that differ.
    pub differ: usize,
    /// Prices that only the second side knows.
    pub added: usize,
    /// Prices that only the first side knows.
    pub removed: usize,
    /// Prices with another rate.
    pub changed: usize,
    /// What was not offered and is priced.
    pub offered: usize,
    /// What was priced and is not offered.
    pub not_offered: usize,
    /// Prices in another unit.
    pub unit: usize,
    /// The lowest change in percent; null when nothing changed.
    #[schemars(with = "Option<DecimalText>")]
    pub percent_lowest: Option<String>,
    /// The highest change in percent; null when nothing changed.
    #[schemars(with = "Option<DecimalText>")]
    pub percent_highest: Option<String>,
}

impl From<&Side> for SideReport {
    fn from(side: &Side) -> SideReport {
        let (label, book) = (side.label.clone(), side.book.hash().to_string());
        SideReport { label, as_of: side.date.to_string(), book }
    }
}

/// The prices of one region on both sides, and those of all regions.
struct Pair<'a> {
    label: String,
    sides: [&'a Side; 2],
    prices: [Option<&'a RegionPrices>; 2],
    everywhere: [Option<&'a RegionPrices>; 2],
}

/// Compares the prices of two sides, region by region; what is the same in all regions stands once, under `global`.
///
/// ```
/// use weigh_core::report::{Scope, Side, difference_report};
/// let book = weigh_prices::book();
/// let side = |day: &str| Side {
///     label: day.to_owned(),
///     book: book.clone(),
///     date: day.parse().unwrap(),
///     region: None,
///     later: 0,
/// };
/// let report = difference_report(&side("2024-01-31"), &side("2024-02-01"), &Scope::default());
/// let address = report.changes.iter().find(|each| each.price_id == "vpc/public-ipv4-hours").unwrap();
/// assert_eq!((address.region.as_str(), address.difference.as_deref()), ("global", Some("0.005")));
/// let same = difference_report(&side("2024-02-01"), &side("2024-02-01"), &Scope::default());
/// assert_eq!(same.counts.differ, 0);
/// ```
#[must_use]
pub fn difference_report(before: &Side, after: &Side, scope: &Scope<'_>) -> DifferenceReport {
    let sides = [before, after];
    let everywhere = sides.map(|side| side.book.place(EVERYWHERE, side.date));
    let mut counts = DifferenceCounts::default();
    let mut all: Vec<ChangeReport> = Vec::new();
    for (label, names) in places(sides, scope.region) {
        let opened =
            [0, 1].map(|at| names[at].as_ref().and_then(|name| sides[at].book.place(name, sides[at].date)));
        let everywhere = everywhere.each_ref().map(Option::as_ref);
        let fall_back = sides.iter().all(|side| side.region.is_none());
        // A region that one side lacks has there what holds in every region.
        let prices = [0, 1].map(|at| opened[at].as_ref().or(everywhere[at].filter(|_| fall_back)));
        let pair = Pair { label, sides, prices, everywhere };
        for price_id in pair.ids(&scope.selection) {
            all.extend(pair.compare(&price_id, &mut counts));
        }
    }
    let percents: Vec<Decimal> = all.iter().filter_map(|each| each.percent.as_deref().map(decimal)).collect();
    let text = |percent: Option<&Decimal>| percent.map(Decimal::to_string);
    counts.percent_lowest = text(percents.iter().min());
    counts.percent_highest = text(percents.iter().max());
    DifferenceReport {
        schema_version: SCHEMA_VERSION,
        kind: "price-difference",
        before: before.into(),
        after: after.into(),
        region: scope.region.map(str::to_owned),
        service: scope.selection.service.map(str::to_owned),
        notes: notes(sides, &counts, scope),
        counts,
        changes: all,
    }
}

/// The regions to compare, each with its label and its name on either side: those of both books, or the one that a
/// file speaks of.
fn places(sides: [&Side; 2], wanted: Option<&str>) -> Vec<(String, [Option<String>; 2])> {
    let [before, after] = sides;
    let same = |name: &str| (name.to_owned(), [Some(name.to_owned()), Some(name.to_owned())]);
    match (before.region.as_deref(), after.region.as_deref()) {
        (Some(a), Some(b)) if a != b => {
            vec![(format!("{a} → {b}"), [Some(a.to_owned()), Some(b.to_owned())])]
        }
        (Some(one), _) | (None, Some(one)) => vec![same(one)],
        (None, None) => {
            let mut names: BTreeSet<&str> = sides.iter().flat_map(|side| side.book.regions()).collect();
            names.retain(|name| wanted.is_none_or(|wanted| wanted == *name));
            [EVERYWHERE].into_iter().chain(names).map(same).collect()
        }
    }
}

impl<'a> Pair<'a> {
    fn ids(&self, selection: &Selection<'_>) -> BTreeSet<String> {
        self.prices.iter().flatten().flat_map(|prices| selection.ids(prices)).collect()
    }

    /// The changes of one price, counted.
    fn compare(&self, price_id: &str, counts: &mut DifferenceCounts) -> Vec<ChangeReport> {
        let state = |at: usize| State::of(self.prices[at], price_id, self.sides[at].date);
        let (before, after) = (state(0), state(1));
        if self.stands_elsewhere(price_id, [&before, &after]) {
            return Vec::new();
        }
        if before != State::Unknown || after != State::Unknown {
            counts.compared += 1;
        }
        let one_book = self.sides[0].book.hash() == self.sides[1].book.hash();
        let found = changes(&self.label, price_id, &before, &after, one_book);
        if let Some(first) = found.first() {
            counts.differ += 1;
            *match first.change {
                "added" => &mut counts.added,
                "removed" => &mut counts.removed,
                "offered" => &mut counts.offered,
                "not offered" => &mut counts.not_offered,
                "unit" => &mut counts.unit,
                _ => &mut counts.changed,
            } += 1;
        }
        found
    }

    /// Whether the price stands in another place: what holds everywhere under `global`, and the rest in its regions.
    fn stands_elsewhere(&self, price_id: &str, states: [&State<'a>; 2]) -> bool {
        let speaks = |at: usize| {
            let (side, everywhere) = (self.sides[at], self.everywhere[at]);
            everywhere
                .is_some_and(|all| !all.history(price_id).is_empty() || side.book.unit_of(price_id).is_none())
        };
        let everywhere = speaks(0) || speaks(1);
        if self.label == EVERYWHERE {
            return !everywhere;
        }
        let same = |at: usize| State::of(self.everywhere[at], price_id, self.sides[at].date) == *states[at];
        everywhere && same(0) && same(1)
    }
}

/// What must be known of a comparison.
fn notes(sides: [&Side; 2], counts: &DifferenceCounts, scope: &Scope<'_>) -> Vec<String> {
    let [before, after] = sides;
    let mut notes = Vec::new();
    let one_book = before.book.hash() == after.book.hash();
    if one_book && counts.added > 0 {
        let (first, second) = (before.date.min(after.date), before.date.max(after.date));
        notes.push(format!(
            "Added means that the book knows no price on {first} and one on {second}: it may only mean that nobody \
             looked before."
        ));
    }
    for side in sides.into_iter().filter(|side| side.later > 0) {
        let prices = super::counted(side.later, "own price that begins", "own prices that begin");
        let (label, date) = (&side.label, side.date);
        notes.push(format!("{label}: without {prices} after {date}; --as-of names a later day."));
    }
    if before.region.is_none() && after.region.is_none() && scope.region.is_none() {
        for (one, other) in [(before, after), (after, before)] {
            let known = other.book.regions();
            let alone: Vec<&str> =
                one.book.regions().into_iter().filter(|name| !known.contains(name)).collect();
            if !alone.is_empty() {
                notes.push(format!("Only {} has {}.", one.label, alone.join(", ")));
            }
        }
    }
    notes
}
