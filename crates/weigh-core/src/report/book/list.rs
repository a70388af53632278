//! The prices of one region on a day, a line each.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Selection, SourceReport, counted, numbered, short, source_lines, sources};
use crate::catalog::Names;
use crate::json_schema::{DayText, DecimalText, HashText};
use crate::pricebook::{Absence, PriceBook, RegionPrices, Tariff};
use crate::report::{Block, Cell, Document, SCHEMA_VERSION, Sheet, Table, decimal};
use crate::time::Date;

/// The prices of a region, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PriceListReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `price-list`.
    #[schemars(extend("const" = "price-list"))]
    pub kind: &'static str,
    /// The hash of the price book.
    #[schemars(with = "HashText")]
    pub book: String,
    /// The region.
    pub region: String,
    /// The day whose prices are listed.
    #[schemars(with = "DayText")]
    pub as_of: String,
    /// What the ids were to begin with.
    pub service: Option<String>,
    /// What the ids were to contain.
    #[serde(rename = "match")]
    pub text: Option<String>,
    /// The prices, sorted by id.
    pub prices: Vec<ListedPriceReport>,
    /// How many prices more the region has on later days only.
    pub later: usize,
    /// The sources of the prices.
    pub sources: Vec<SourceReport>,
    /// What might have been meant when nothing was found.
    pub hint: Option<String>,
}

/// A price in a list: its first band.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ListedPriceReport {
    /// The tariff.
    pub price_id: String,
    /// `priced` or `not offered`.
    #[schemars(extend("enum" = ["priced", "not offered"]))]
    pub status: &'static str,
    /// The unit that is priced.
    pub unit: &'static str,
    /// US dollars for one unit, in the first band; null when it is not offered.
    #[schemars(with = "Option<DecimalText>")]
    pub rate: Option<String>,
    /// How many bands there are.
    pub bands: usize,
    /// The day from which it is known to hold.
    #[schemars(with = "DayText")]
    pub from: String,
    /// The newest day on which a source confirms it.
    #[schemars(with = "DayText")]
    pub seen: String,
    /// The id of that source.
    pub source: String,
    /// `single`, `derived`, `unverified` or `own` when the price is not fully sourced; else empty.
    #[schemars(extend("enum" = ["", "single", "derived", "unverified", "own"]))]
    pub mark: &'static str,
}

/// Lists the prices of a region on a day.
///
/// ```
/// use weigh_core::catalog::Names;
/// use weigh_core::report::{Selection, price_list_report};
/// let book = weigh_prices::book();
/// let prices = book.open("us-east-1", None).unwrap();
/// let names = Names::read(&weigh_prices::files()).unwrap();
/// let selection = Selection { service: Some("transfer"), text: Some("internet-out"), derived: false };
/// let report = price_list_report(&book, &prices, &names, prices.newest(), &selection);
/// assert_eq!(report.prices[0].price_id, "transfer/internet-out-gb");
/// assert_eq!((report.prices[0].rate.as_deref(), report.prices[0].bands), (Some("0.09"), 4));
/// ```
#[must_use]
pub fn price_list_report(
    book: &PriceBook,
    prices: &RegionPrices,
    names: &Names,
    date: Date,
    selection: &Selection<'_>,
) -> PriceListReport {
    let (mut listed, mut later) = (Vec::new(), 0);
    for price_id in selection.ids(prices) {
        match prices.tariff(&price_id, date) {
            Ok((tariff, _)) => listed.push(priced(price_id, &tariff)),
            Err(missing) => match missing.absence {
                Absence::NotOffered => listed.extend(not_offered(price_id, book, prices, date)),
                Absence::NotYet(_) => later += 1,
                Absence::Missing | Absence::OtherUnit(_) => {}
            },
        }
    }
    let hint = match listed.is_empty() && later == 0 {
        true => hint(prices, selection),
        false => None,
    };
    PriceListReport {
        schema_version: SCHEMA_VERSION,
        kind: "price-list",
        book: book.hash().to_string(),
        region: prices.region().to_owned(),
        as_of: date.to_string(),
        service: selection.service.map(str::to_owned),
        text: selection.text.map(str::to_owned),
        sources: sources(listed.iter().map(|each| each.source.as_str()), names),
        prices: listed,
        later,
        hint,
    }
}

fn priced(price_id: String, tariff: &Tariff<'_>) -> ListedPriceReport {
    let (evidence, rate) = match tariff.bands.first() {
        Some(band) => (Some(band.evidence), Some(band.rate.normalize().to_string())),
        None => (None, None),
    };
    ListedPriceReport {
        price_id,
        status: "priced",
        unit: tariff.unit.spelling(),
        rate,
        bands: tariff.bands.len(),
        from: tariff.from.to_string(),
        seen: evidence.map(|known| known.seen.to_string()).unwrap_or_default(),
        source: evidence.map(|known| known.source.to_owned()).unwrap_or_default(),
        mark: evidence.map_or("", |known| known.standing.word()),
    }
}

fn not_offered(
    price_id: String,
    book: &PriceBook,
    prices: &RegionPrices,
    date: Date,
) -> Option<ListedPriceReport> {
    let known = prices.not_offered(&price_id, date)?;
    Some(ListedPriceReport {
        status: "not offered",
        unit: book.unit_of(&price_id).map_or("", |unit| unit.spelling()),
        rate: None,
        bands: 0,
        from: known.since.to_string(),
        seen: known.evidence.seen.to_string(),
        source: known.evidence.source.to_owned(),
        mark: known.evidence.standing.word(),
        price_id,
    })
}

fn hint(prices: &RegionPrices, selection: &Selection<'_>) -> Option<String> {
    let all = Selection { derived: true, ..Selection::default() }.ids(prices);
    let derived: BTreeSet<String> = all.iter().filter(|id| selection.has(id)).cloned().collect();
    selection.hint(&derived, &all)
}

impl PriceListReport {
    /// The list as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let mut blocks = vec![
            Block::Title(format!("Prices of {} on {}", self.region, self.as_of)),
            Block::Paragraph(self.opening()),
        ];
        if !self.prices.is_empty() {
            blocks.push(Block::Table(self.table()));
            blocks.extend([Block::Heading("Sources".to_owned()), Block::List(source_lines(&self.sources))]);
        }
        Document { blocks }
    }

    fn opening(&self) -> String {
        let (service, text) = (self.service.as_deref(), self.text.as_deref());
        let selection = Selection { service, text, derived: false }.words();
        let later = match self.later {
            0 => String::new(),
            count => format!(
                " {} known only from a later day on.",
                counted(count, "price more is", "prices more are")
            ),
        };
        let hint = self.hint.as_ref().map(|hint| format!(" {hint}")).unwrap_or_default();
        match self.prices.len() {
            0 => format!("No price{selection}.{later}{hint}"),
            count => {
                let count = counted(count, "price", "prices");
                let book = short(&self.book);
                format!("{count}{selection}, in US dollars for one unit; price book {book}.{later}{hint}")
            }
        }
    }

    fn table(&self) -> Table {
        let numbers = numbered(&self.sources);
        let row = |each: &ListedPriceReport| {
            let text = |text: &str| Cell::Text(text.to_owned());
            vec![
                text(&each.price_id),
                each.rate.as_deref().map_or(Cell::Absent("not offered"), |rate| Cell::Rate(decimal(rate))),
                text(each.unit),
                Cell::Number(each.bands.into()),
                text(&each.from),
                text(&each.seen),
                text(numbers.get(each.source.as_str()).map_or("", String::as_str)),
                text(each.mark),
            ]
        };
        Table::new(
            vec!["price id", "rate", "per", "bands", "from", "seen", "source", "mark"],
            self.prices.iter().map(row).collect(),
        )
    }

    /// The list as a table for programs.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns =
            vec!["price_id", "unit", "status", "rate_usd", "bands", "from", "seen", "source", "mark"];
        let row = |each: &ListedPriceReport| {
            vec![
                each.price_id.clone(),
                each.unit.to_owned(),
                each.status.to_owned(),
                each.rate.clone().unwrap_or_default(),
                each.bands.to_string(),
                each.from.clone(),
                each.seen.clone(),
                each.source.clone(),
                each.mark.to_owned(),
            ]
        };
        Sheet { columns, rows: self.prices.iter().map(row).collect() }
    }
}
