//! The formats, one file each, and what they share.

pub(crate) mod book;
pub(crate) mod feeds;
pub(crate) mod offer_csv;
pub(crate) mod offer_json;
pub(crate) mod price_list;
pub(crate) mod savings_plan;
pub(crate) mod spot_advisor;
pub(crate) mod spot_history;
pub(crate) mod terms;

use rust_decimal::Decimal;
use weigh_core::time::Date;

use crate::error::Failure;
use crate::numbers;
use crate::rows::{Origin, Row, Rows};
use crate::spot::{SpotRows, SpotSaving};
use crate::summary::{Skip, Summary};

/// Where a file's rows go while it is read; all of them are dropped again when something in it is wrong.
pub(crate) struct Sink<'i> {
    pub(crate) rows: &'i mut Rows,
    pub(crate) spot: &'i mut SpotRows,
    pub(crate) summary: Summary,
    /// The file's number.
    pub(crate) batch: usize,
    /// The file's name, as the caller gave it.
    pub(crate) name: &'i str,
    /// The day of the import, for what has no date.
    pub(crate) read_on: Date,
}

/// One price, before its texts are numbers.
pub(crate) struct Price<'p> {
    pub(crate) region: &'p str,
    pub(crate) id: &'p str,
    pub(crate) unit: &'p str,
    pub(crate) from_quantity: Decimal,
    pub(crate) usd: Option<Decimal>,
    pub(crate) from: Date,
    pub(crate) sku: &'p str,
}

impl Sink<'_> {
    /// The number of an origin of this file.
    pub(crate) fn origin(&mut self, seen: Date, source: &str, mark: &str) -> u32 {
        let published = &mut self.rows.batches[self.batch].published;
        *published = Some(seen).max(*published);
        let (source, mark) = (source.to_owned(), mark.to_owned());
        self.rows.origin(Origin { batch: self.batch, seen, source, mark })
    }

    /// The number of an origin that is not known yet, because the file says further down when it was published.
    pub(crate) fn pending_origin(&mut self) -> u32 {
        let (source, mark) = (String::new(), String::new());
        self.rows.origin(Origin { batch: self.batch, seen: self.read_on, source, mark })
    }

    /// Says what the origin is.
    pub(crate) fn settle(&mut self, origin: u32, heading: &Heading, fallback: &str) -> Result<(), Failure> {
        let seen = heading.seen(self.read_on)?;
        self.rows.batches[self.batch].published = Some(seen);
        let settled = &mut self.rows.origins[origin as usize];
        settled.source = heading.source(fallback, seen);
        settled.seen = seen;
        Ok(())
    }

    /// Takes one price, unless its id is none: feeds name things that are no types.
    pub(crate) fn push(&mut self, price: &Price<'_>, origin: u32) {
        if is_id(price.id) {
            self.store(price, origin);
        } else {
            self.summary.skip(Skip::UnknownProduct);
        }
    }

    /// Takes one price whose id was checked.
    pub(crate) fn store(&mut self, price: &Price<'_>, origin: u32) {
        let row = Row {
            region: self.rows.regions.number(price.region),
            id: self.rows.ids.number(&format!("{}\t{}", price.id, price.unit)),
            from: price.from,
            origin,
            sku: self.rows.skus.number(price.sku),
            quantity: self.rows.quantity(price.from_quantity),
            usd: price.usd,
        };
        self.rows.rows.push(row);
        self.summary.rows += 1;
    }

    /// Takes one Spot saving, unless its type is none.
    pub(crate) fn push_spot(&mut self, saving: SpotSaving) {
        if !is_id(&saving.instance_type) {
            return self.summary.skip(Skip::UnknownProduct);
        }
        self.spot.push(saving);
        self.summary.spot += 1;
    }
}

/// Whether a text can be a price id, or a part of one: small letters, digits, and the signs `-`, `.`, `/`.
pub(crate) fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-./".contains(&byte);
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.bytes().all(plain)
}

/// What a file says about itself, wherever in it that stands.
#[derive(Default)]
pub(crate) struct Heading {
    pub(crate) offer: String,
    pub(crate) version: String,
    /// The text and its place.
    pub(crate) published: Option<(String, u64)>,
}

impl Heading {
    /// The day of publication; the day of the import when the file has none.
    pub(crate) fn seen(&self, read_on: Date) -> Result<Date, Failure> {
        match &self.published {
            None => Ok(read_on),
            Some((text, byte)) => {
                numbers::day(text).map_err(|why| Failure::value(*byte, format!("publication date: {why}")))
            }
        }
    }

    /// How rows of the file are cited: `aws-AmazonEC2-20261001000000`.
    pub(crate) fn source(&self, fallback: &str, seen: Date) -> String {
        let offer = if self.offer.is_empty() { fallback } else { &self.offer };
        let version = if self.version.is_empty() { seen.to_string() } else { self.version.clone() };
        let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        format!("aws-{offer}-{version}").chars().map(plain).collect()
    }
}
