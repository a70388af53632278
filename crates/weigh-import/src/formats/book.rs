//! The price book's own files, so that a book that was written can be read back.

use rust_decimal::Decimal;
use weigh_core::bill::Standing;
use weigh_core::pricebook::INTERRUPTIONS;
use weigh_core::units::Unit;

use super::{Price, Sink, is_id};
use crate::error::{ErrorKind, Failure};
use crate::numbers;
use crate::regions::{GLOBAL, is_code};
use crate::spot::SpotSaving;
use crate::table::Table;

const PRICES: [&str; 8] = ["price_id", "unit", "from_quantity", "usd", "from", "seen", "source", "mark"];
const SAVINGS: [&str; 5] = ["instance_type", "saving_percent", "interruption", "seen", "source"];
/// How well a price of the book may be known.
const STANDINGS: [Standing; 4] =
    [Standing::Sourced, Standing::Single, Standing::Derived, Standing::Unverified];
/// The words in place of a price for what a region does not sell.
const NOT_OFFERED: &str = "not offered";

/// The region that a file of the book is about: the folder that it lies in.
fn region_of(name: &str) -> Result<&str, Failure> {
    let folder = name.rsplit(['/', '\\']).nth(1).unwrap_or("");
    if folder == GLOBAL || is_code(folder) {
        return Ok(folder);
    }
    let message = "a file of the price book is expected in the folder of its region: us-east-1/ec2.csv";
    Err(Failure::whole(ErrorKind::Unrecognised, message))
}

/// Reads a file of prices.
pub(crate) fn read_prices(table: &mut Table<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let name = sink.name;
    let region = region_of(name)?;
    table.next()?;
    let columns = table.columns(PRICES, |field, name| field == name)?;
    let width = table.width();
    while table.next()? {
        table.check_width(width)?;
        let text = |column: usize| table.field(columns[column]);
        let wrong = |column: usize, why: String| {
            table.wrong(columns[column], ErrorKind::Value, format!("{}: {why}", PRICES[column]))
        };
        for column in [0, 1, 6, 7] {
            if text(column).is_empty() && column != 7 {
                return Err(wrong(column, "is empty".to_owned()));
            }
            // The book has no quotes, so that these signs could not be written back.
            if text(column).contains([',', '"', '\n', '\t']) {
                return Err(wrong(
                    column,
                    "a text without commas, quotes and line ends is expected".to_owned(),
                ));
            }
        }
        // `lambda/*` in a row of what is not offered stands for all ids that begin so.
        if !is_id(text(0).trim_end_matches("/*")) {
            return Err(wrong(0, format!("`{}` is no price id", text(0))));
        }
        let amount = |column: usize| numbers::amount(text(column)).map_err(|why| wrong(column, why));
        let day = |column: usize| numbers::day(text(column)).map_err(|why| wrong(column, why));
        let usd = if text(3) == NOT_OFFERED { None } else { Some(amount(3)?) };
        let from_quantity = if text(2).is_empty() && usd.is_none() { Decimal::ZERO } else { amount(2)? };
        let (from, seen) = (day(4)?, day(5)?);
        text(1).parse::<Unit>().map_err(|why| wrong(1, why))?;
        if !STANDINGS.iter().any(|standing| standing.word() == text(7)) {
            return Err(wrong(
                7,
                format!("`{}` is no mark: nothing, single, derived or unverified is expected", text(7)),
            ));
        }
        if usd.is_some() && text(0).ends_with('*') {
            return Err(wrong(3, "only `not offered` can be said of many prices by `*`".to_owned()));
        }
        if seen < from {
            return Err(wrong(5, format!("{seen} is before {from}, from which the price holds")));
        }
        let origin = sink.origin(seen, text(6), text(7));
        sink.store(&Price { region, id: text(0), unit: text(1), from_quantity, usd, from, sku: "" }, origin);
    }
    Ok(())
}

/// Reads a file of Spot savings.
pub(crate) fn read_savings(table: &mut Table<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let region = region_of(sink.name)?.to_owned();
    table.next()?;
    let columns = table.columns(SAVINGS, |field, name| field == name)?;
    let width = table.width();
    while table.next()? {
        table.check_width(width)?;
        let text = |column: usize| table.field(columns[column]);
        let wrong = |column: usize, why: &str| {
            table.wrong(columns[column], ErrorKind::Value, format!("{}: {why}", SAVINGS[column]))
        };
        let saving_percent = text(1).parse().ok().filter(|percent| *percent <= 100);
        let saving_percent =
            saving_percent.ok_or_else(|| wrong(1, "a whole number of 0 to 100 is expected"))?;
        let interruption = INTERRUPTIONS.into_iter().find(|known| *known == text(2));
        let told = || format!("one of {} is expected", INTERRUPTIONS.join(", "));
        let saving = SpotSaving {
            region: region.clone(),
            instance_type: text(0).to_owned(),
            saving_percent,
            interruption: interruption.ok_or_else(|| wrong(2, &told()))?,
            seen: numbers::day(text(3)).map_err(|why| wrong(3, &why))?,
            source: text(4).to_owned(),
        };
        sink.push_spot(saving);
    }
    Ok(())
}
