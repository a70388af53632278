//! Every price id of the book, with the number of regions that price it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Selection, counted};
use crate::json_schema::{DayText, HashText};
use crate::pricebook::{PriceBook, RegionPrices};
use crate::report::{Block, Cell, Document, SCHEMA_VERSION, Sheet, Table};
use crate::time::Date;
use crate::units::Unit;

/// The price ids of the book, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PriceIdsReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `price-ids`.
    #[schemars(extend("const" = "price-ids"))]
    pub kind: &'static str,
    /// The hash of the price book.
    #[schemars(with = "HashText")]
    pub book: String,
    /// The day whose prices are counted.
    #[schemars(with = "DayText")]
    pub as_of: String,
    /// What the ids were to begin with.
    pub service: Option<String>,
    /// What the ids were to contain.
    #[serde(rename = "match")]
    pub text: Option<String>,
    /// How many regions the book has.
    pub regions: usize,
    /// The ids, sorted.
    pub price_ids: Vec<PriceIdReport>,
    /// What might have been meant when nothing was found.
    pub hint: Option<String>,
}

/// A price id.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PriceIdReport {
    /// The tariff.
    pub price_id: String,
    /// The unit that is priced.
    pub unit: &'static str,
    /// How many regions price it on the day.
    pub priced_in: usize,
}

/// Lists the price ids of all regions.
///
/// ```
/// use weigh_core::report::{Selection, price_ids_report};
/// let book = weigh_prices::book();
/// let selection = Selection { service: Some("vpc"), text: Some("ipv4"), derived: false };
/// let report = price_ids_report(&book, book.newest().unwrap(), &selection);
/// assert_eq!(report.price_ids[0].price_id, "vpc/public-ipv4-hours");
/// assert_eq!(report.price_ids[0].priced_in, report.regions);
/// ```
#[must_use]
pub fn price_ids_report(book: &PriceBook, date: Date, selection: &Selection<'_>) -> PriceIdsReport {
    let names = book.regions();
    let opened: Vec<RegionPrices> = names.iter().filter_map(|name| book.open(name, None).ok()).collect();
    let mut known: BTreeMap<String, (Option<Unit>, usize)> = BTreeMap::new();
    for prices in &opened {
        for price_id in selection.ids(prices) {
            let priced = prices.tariff(&price_id, date).ok().map(|(tariff, _)| tariff.unit);
            let entry = known.entry(price_id).or_default();
            entry.0 = entry.0.or(priced);
            entry.1 += usize::from(priced.is_some());
        }
    }
    let hint = if known.is_empty() { hint(&opened, selection) } else { None };
    let report = |(price_id, (unit, priced_in)): (String, (Option<Unit>, usize))| PriceIdReport {
        unit: unit.or_else(|| book.unit_of(&price_id)).map_or("", Unit::spelling),
        price_id,
        priced_in,
    };
    PriceIdsReport {
        schema_version: SCHEMA_VERSION,
        kind: "price-ids",
        book: book.hash().to_string(),
        as_of: date.to_string(),
        service: selection.service.map(str::to_owned),
        text: selection.text.map(str::to_owned),
        regions: names.len(),
        price_ids: known.into_iter().map(report).collect(),
        hint,
    }
}

fn hint(opened: &[RegionPrices], selection: &Selection<'_>) -> Option<String> {
    let everything = Selection { derived: true, ..Selection::default() };
    let all: BTreeSet<String> = opened.iter().flat_map(|prices| everything.ids(prices)).collect();
    let derived: BTreeSet<String> = all.iter().filter(|id| selection.has(id)).cloned().collect();
    selection.hint(&derived, &all)
}

impl PriceIdsReport {
    /// The ids as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let (service, text) = (self.service.as_deref(), self.text.as_deref());
        let selection = Selection { service, text, derived: false }.words();
        let hint = self.hint.as_ref().map(|hint| format!(" {hint}")).unwrap_or_default();
        let regions = counted(self.regions, "region", "regions");
        let opening = match self.price_ids.len() {
            0 => format!("No price id{selection} in {regions}.{hint}"),
            count => {
                let count = counted(count, "price id", "price ids");
                format!("{count}{selection} in {regions}; --region lists the rates of one region.")
            }
        };
        let mut blocks =
            vec![Block::Title(format!("Price ids on {}", self.as_of)), Block::Paragraph(opening)];
        let row = |each: &PriceIdReport| {
            vec![
                Cell::Text(each.price_id.clone()),
                Cell::Text(each.unit.to_owned()),
                Cell::Number(each.priced_in.into()),
            ]
        };
        if !self.price_ids.is_empty() {
            let columns = vec!["price id", "unit", "regions that price it"];
            blocks.push(Block::Table(Table::new(columns, self.price_ids.iter().map(row).collect())));
        }
        Document { blocks }
    }

    /// The ids as a table for programs.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let row = |each: &PriceIdReport| {
            vec![each.price_id.clone(), each.unit.to_owned(), each.priced_in.to_string()]
        };
        Sheet {
            columns: vec!["price_id", "unit", "priced_in_regions"],
            rows: self.price_ids.iter().map(row).collect(),
        }
    }
}
