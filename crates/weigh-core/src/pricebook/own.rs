//! A user's own prices, laid over the book: negotiated rates, or what the book lacks.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::parse::amount;
use super::tariff::{Band, Evidence, Tariff};
use crate::bill::{Standing, StatedRate};
use crate::data::{DataFile, DataProblem, Row, read_table};
use crate::time::Date;
use crate::units::Unit;

const COLUMNS: &[&str] = &["price_id", "region", "unit", "price", "from", "note"];
/// In place of a region: the price holds in all of them.
const EVERY_REGION: &str = "*";

/// A sheet of own prices, for any regions.
///
/// ```
/// use weigh_core::data::DataFile;
/// use weigh_core::pricebook::OwnSheet;
/// let text = "price_id,region,unit,price,from,note\n\
///             ec2/instance-hours/t3.medium,*,Hours,0.031,2026-01-01,contract 4711\n";
/// let file = DataFile { path: "own.csv".into(), text: text.into() };
/// let sheet = OwnSheet::read(&file).unwrap();
/// let book = weigh_prices::book().with_own_prices(&sheet);
/// let prices = book.open("eu-west-1", None).unwrap();
/// let (tariff, _) = prices.tariff("ec2/instance-hours/t3.medium", prices.newest()).unwrap();
/// assert_eq!(tariff.bands[0].rate.to_string(), "0.031");
/// assert_eq!(tariff.bands[0].evidence.source, "own price in own.csv: contract 4711");
/// ```
#[derive(Clone, Debug)]
pub struct OwnSheet {
    pub(super) file: DataFile,
    rows: Vec<OwnRow>,
}

#[derive(Clone, Debug)]
struct OwnRow {
    region: String,
    price_id: String,
    price: OwnPrice,
}

/// One price of a sheet.
#[derive(Clone, Debug)]
struct OwnPrice {
    unit: Unit,
    rate: Decimal,
    from: Date,
    source: String,
}

/// The own prices of one region, each id's oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnPrices {
    prices: BTreeMap<String, Vec<OwnPrice>>,
}

impl OwnSheet {
    /// Reads a sheet: `price_id,region,unit,price,from,note`; region `*` is every region.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn read(file: &DataFile) -> Result<OwnSheet, Vec<DataProblem>> {
        let (mut rows, mut problems) = (Vec::<OwnRow>::new(), Vec::new());
        read_table(file, COLUMNS, &mut problems, |row| {
            let read = own_row(row)?;
            let same = |known: &OwnRow| {
                (&known.price_id, &known.region, known.price.from)
                    == (&read.price_id, &read.region, read.price.from)
            };
            if rows.iter().any(same) {
                return Err(row.problem("stands twice: a price has one row for each region and day"));
            }
            rows.push(read);
            Ok(())
        });
        if problems.is_empty() { Ok(OwnSheet { file: file.clone(), rows }) } else { Err(problems) }
    }

    /// How many of its prices begin after a day, and so do not hold on it.
    #[must_use]
    pub fn later_than(&self, date: Date) -> usize {
        self.rows.iter().filter(|row| row.price.from > date).count()
    }

    /// Price ids with their regions and units, in the order of the sheet.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &str, Unit)> {
        self.rows.iter().map(|row| (row.price_id.as_str(), row.region.as_str(), row.price.unit))
    }
}

fn own_row(row: &Row<'_>) -> Result<OwnRow, DataProblem> {
    let price_id = row.text(0);
    if price_id.split('/').filter(|part| !part.is_empty()).count() < 2 {
        return Err(row.problem(&format!("`{price_id}` is no price id: write <service>/<what>")));
    }
    let source = match row.text(5) {
        "" => format!("own price in {}", row.path()),
        note => format!("own price in {}: {note}", row.path()),
    };
    Ok(OwnRow {
        region: row.text(1).to_owned(),
        price_id: price_id.to_owned(),
        price: OwnPrice { unit: row.parse(2)?, rate: amount(row, 3)?, from: row.parse(4)?, source },
    })
}

impl OwnPrices {
    /// The prices of a sheet that hold in a region; a row for the region itself comes before one for all.
    pub(super) fn add(&mut self, sheet: &OwnSheet, region: &str) {
        for place in [EVERY_REGION, region] {
            for row in sheet.rows.iter().filter(|row| row.region == place) {
                let versions = self.prices.entry(row.price_id.clone()).or_default();
                versions.retain(|known| known.from != row.price.from);
                versions.push(row.price.clone());
                versions.sort_by_key(|known| known.from);
            }
        }
    }

    /// How many prices begin after a day, and so do not hold on it.
    pub(super) fn later_than(&self, date: Date) -> usize {
        self.prices.values().flatten().filter(|price| price.from > date).count()
    }

    pub(super) fn price_ids(&self) -> Vec<&str> {
        self.prices.keys().map(String::as_str).collect()
    }

    /// The own price of a day.
    pub(super) fn tariff(&self, price_id: &str, date: Date) -> Option<Tariff<'_>> {
        let price = self.prices.get(price_id)?.iter().rev().find(|price| price.from <= date)?;
        let evidence = Evidence { seen: price.from, source: &price.source, standing: Standing::Own };
        let band = Band { from_quantity: Decimal::ZERO, rate: price.rate, evidence };
        Some(Tariff {
            unit: price.unit,
            from: price.from,
            bands: [band].into_iter().collect(),
            not_offered: None,
            derivation: None,
        })
    }
}

/// The tariff of a price that the scenario states, for whatever unit it is metered in.
pub(super) fn stated_tariff(stated: &StatedRate, unit: Unit, date: Date) -> Tariff<'_> {
    let evidence = Evidence { seen: date, source: StatedRate::SOURCE, standing: Standing::Own };
    let band = Band { from_quantity: Decimal::ZERO, rate: stated.rate, evidence };
    Tariff { unit, from: date, bands: [band].into_iter().collect(), not_offered: None, derivation: None }
}
