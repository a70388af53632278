//! The regions of the book: how much is known of each, and how fresh it is.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{counted, short};
use crate::catalog::Names;
use crate::json_schema::{DayText, HashText};
use crate::pricebook::{PriceBook, RegionPrices};
use crate::report::{Block, Cell, Document, SCHEMA_VERSION, Sheet, Table};
use crate::time::Date;

/// The regions of the book, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RegionsReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `price-regions`.
    #[schemars(extend("const" = "price-regions"))]
    pub kind: &'static str,
    /// The hash of the price book.
    #[schemars(with = "HashText")]
    pub book: String,
    /// The regions, sorted.
    pub regions: Vec<RegionReport>,
    /// What is the same in every region and stated once; null when there is nothing.
    pub everywhere: Option<RegionReport>,
}

/// A region of the book; what is the same in all regions is not counted.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RegionReport {
    /// The region's id.
    pub region: String,
    /// Its name; empty when the book has none.
    pub name: String,
    /// Prices that hold on the newest day.
    pub prices: usize,
    /// Rows that say that the region does not sell a thing, or anything else of a kind.
    pub not_offered: usize,
    /// Services that the prices belong to.
    pub services: usize,
    /// The newest day on which a price was confirmed: the day whose prices are used by default.
    #[schemars(with = "Option<DayText>")]
    pub newest: Option<String>,
    /// Of the prices that hold on that day, the longest unconfirmed: the day on which it was confirmed.
    #[schemars(with = "Option<DayText>")]
    pub oldest_seen: Option<String>,
}

/// Counts the prices of every region.
///
/// ```
/// use weigh_core::catalog::Names;
/// use weigh_core::report::regions_report;
/// let names = Names::read(&weigh_prices::files()).unwrap();
/// let report = regions_report(&weigh_prices::book(), &names);
/// let ireland = report.regions.iter().find(|each| each.region == "eu-west-1").unwrap();
/// assert_eq!(ireland.name, "Europe (Ireland)");
/// assert!(ireland.prices > 0 && ireland.oldest_seen <= ireland.newest);
/// ```
#[must_use]
pub fn regions_report(book: &PriceBook, names: &Names) -> RegionsReport {
    let everywhere = book.everywhere();
    let region = |name: &&str| {
        let prices = book.open(name, None).ok();
        let ids = prices.as_ref().map(|prices| ids_of_its_own(prices, everywhere.as_ref()));
        report(name, names, prices.as_ref(), &ids.unwrap_or_default())
    };
    RegionsReport {
        schema_version: SCHEMA_VERSION,
        kind: "price-regions",
        book: book.hash().to_string(),
        regions: book.regions().iter().map(region).collect(),
        everywhere: everywhere
            .as_ref()
            .map(|prices| report(prices.region(), names, Some(prices), &prices.price_ids())),
    }
}

/// The ids that a region has rows for, which are not those of all regions.
fn ids_of_its_own<'a>(prices: &'a RegionPrices, everywhere: Option<&RegionPrices>) -> Vec<&'a str> {
    let shared = |id: &str| everywhere.is_some_and(|all| all.history(id) == prices.history(id));
    prices.price_ids().into_iter().filter(|id| !shared(id)).collect()
}

/// Counts the prices of some ids; without prices, no source confirms any.
fn report(region: &str, names: &Names, prices: Option<&RegionPrices>, ids: &[&str]) -> RegionReport {
    let (mut counted, mut not_offered) = (0, prices.map_or(0, |prices| prices.lists().count()));
    let (mut services, mut oldest): (BTreeSet<&str>, Option<Date>) = Default::default();
    for (prices, id) in prices.iter().flat_map(|prices| ids.iter().map(move |id| (prices, id))) {
        let version = prices.history(id).into_iter().find(|version| version.from <= prices.newest());
        let Some(version) = version else { continue };
        if version.not_offered.is_some() {
            not_offered += 1;
            continue;
        }
        counted += 1;
        services.extend(id.split('/').next());
        let seen = version.bands.iter().map(|band| band.evidence.seen).min();
        oldest = [oldest, seen].into_iter().flatten().min();
    }
    RegionReport {
        region: region.to_owned(),
        name: names.region(region).to_owned(),
        prices: counted,
        not_offered,
        services: services.len(),
        newest: prices.map(|prices| prices.newest().to_string()),
        oldest_seen: oldest.map(|day| day.to_string()),
    }
}

impl RegionsReport {
    /// The regions as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let everywhere = match &self.everywhere {
            Some(all) => {
                let prices = counted(all.prices, "price more is", "prices more are");
                format!(" {prices} the same in every region and not counted here.")
            }
            None => String::new(),
        };
        let regions = match self.regions.len() {
            0 => "No region".to_owned(),
            count => counted(count, "region", "regions"),
        };
        let opening = format!(
            "{regions}, price book {}.{everywhere} Prices are taken on the newest day unless another is asked for.",
            short(&self.book)
        );
        let mut blocks =
            vec![Block::Title("Regions of the price book".to_owned()), Block::Paragraph(opening)];
        let row = |each: &RegionReport| {
            let day = |day: &Option<String>| day.clone().map_or(Cell::Absent("unconfirmed"), Cell::Text);
            vec![
                Cell::Text(each.region.clone()),
                Cell::Text(each.name.clone()),
                Cell::Number(each.prices.into()),
                Cell::Number(each.not_offered.into()),
                Cell::Number(each.services.into()),
                day(&each.newest),
                day(&each.oldest_seen),
            ]
        };
        if !self.regions.is_empty() {
            let columns =
                vec!["region", "name", "prices", "not offered", "services", "newest day", "oldest seen"];
            blocks.push(Block::Table(Table::new(columns, self.regions.iter().map(row).collect())));
        }
        Document { blocks }
    }

    /// The regions as a table for programs; the prices of all regions are the last row, `global`.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let row = |each: &RegionReport| {
            vec![
                each.region.clone(),
                each.name.clone(),
                each.prices.to_string(),
                each.not_offered.to_string(),
                each.services.to_string(),
                each.newest.clone().unwrap_or_default(),
                each.oldest_seen.clone().unwrap_or_default(),
            ]
        };
        Sheet {
            columns: vec!["region", "name", "prices", "not_offered", "services", "newest", "oldest_seen"],
            rows: self.regions.iter().chain(&self.everywhere).map(row).collect(),
        }
    }
}
