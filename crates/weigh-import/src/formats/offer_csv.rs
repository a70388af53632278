//! Bulk offer files as CSV: some lines about the file, a header, then one row for each price.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_decimal::Decimal;
use weigh_core::time::Date;

use super::terms::{self, End, Lease, Parts, Rate};
use super::{Heading, Sink};
use crate::error::{ErrorKind, Failure};
use crate::numbers;
use crate::product::{ATTRIBUTES, Attribute, Product, bare};
use crate::services::{self, Target};
use crate::summary::Skip;
use crate::table::Table;

/// The header is looked for in so many lines.
const MOST_LINES: usize = 20;

/// The columns of a price; those of a product are found by their attribute.
const COLUMNS: [&str; 11] = [
    "SKU",
    "OfferTermCode",
    "TermType",
    "EffectiveDate",
    "StartingRange",
    "Unit",
    "PricePerUnit",
    "Currency",
    "Product Family",
    "serviceCode",
    "usageType",
];

/// Where each thing is in a row.
struct Layout {
    width: usize,
    columns: [usize; COLUMNS.len()],
    /// Columns of reservations, where the file has them.
    /// Where the end of a range stands, if it does.
    ends: Option<usize>,
    lease: [Option<usize>; 3],
    attributes: Vec<(Attribute, usize)>,
}

/// Prices that come in several rows, until all of them are read.
#[derive(Default)]
struct Pending {
    bands: HashMap<Key, (Target, Vec<Band>)>,
    leases: HashMap<Key, (Target, Lease, Parts)>,
}

/// Lower bound, end, unit and price.
type Band = (Decimal, End, String, Decimal);

/// SKU and offer, and the day from which the offer holds.
type Key = (Box<str>, Box<str>, Date);

/// Reads an offer file.
pub(crate) fn read(table: &mut Table<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let (heading, layout) = find_header(table)?;
    let origin = sink.pending_origin();
    sink.settle(origin, &heading, "offer")?;
    let mut pending = Pending::default();
    let mut sku = String::new();
    let mut target = None;
    while table.next()? {
        table.check_width(layout.width)?;
        if layout.text(table, 3).contains('/') {
            layout.date(table)?;
        }
        // The rows of a product stand together, so it need not be judged for each of them.
        if sku != layout.text(table, 0) {
            layout.text(table, 0).clone_into(&mut sku);
            sink.summary.products += 1;
            let judged = services::target(&layout.product(table));
            target = judged.map_err(|skip| sink.summary.skip(skip)).ok();
        }
        if let Some(target) = &target {
            layout.price(table, sink, target, origin, &mut pending)?;
        }
    }
    let Pending { bands, leases } = pending;
    for ((sku, _, from), (target, rates)) in bands {
        let rates = rates
            .iter()
            .map(|(begins, ends, unit, usd)| Rate { begins: *begins, ends: *ends, unit, usd: *usd })
            .collect();
        terms::bands(sink, (&target, &sku), rates, from, origin);
    }
    leases.iter().for_each(|_| sink.summary.skip(Skip::IncompleteTerm));
    Ok(())
}

/// Reads up to the header: whatever says SKU first.
fn find_header(table: &mut Table<'_>) -> Result<(Heading, Layout), Failure> {
    let mut heading = Heading::default();
    for _ in 0..MOST_LINES {
        if !table.next()? {
            break;
        }
        let value = table.field(1).to_owned();
        match bare(table.field(0)).to_ascii_lowercase().as_str() {
            "sku" if table.width() > 1 => {
                return Ok((heading, Layout::of(table)?));
            }
            "publicationdate" => heading.published = Some((value, table.byte())),
            "version" => heading.version = value,
            "offercode" => heading.offer = value,
            _ => {}
        }
    }
    let message = format!(
        "no header in the first {MOST_LINES} lines: a line that begins with SKU and is separated by commas is expected"
    );
    Err(table.wrong(0, ErrorKind::Missing, message))
}

/// Whether two names of columns are the same but for blanks and capitals.
fn same(one: &str, other: &str) -> bool {
    bare(one).eq_ignore_ascii_case(&bare(other))
}

impl Layout {
    /// The layout that a header describes.
    fn of(table: &Table<'_>) -> Result<Layout, Failure> {
        let columns = table.columns(COLUMNS, same)?;
        let lease = ["LeaseContractLength", "OfferingClass", "PurchaseOption"]
            .map(|name| table.fields().position(|field| same(field, name)));
        let mut attributes: Vec<(Attribute, usize)> = Vec::with_capacity(ATTRIBUTES);
        for (column, name) in table.fields().enumerate() {
            if let Some(attribute) = Attribute::of_column(name) {
                if attributes.iter().any(|(known, _)| *known == attribute) {
                    let message = format!("the header has the column `{name}` twice");
                    return Err(table.wrong(column, ErrorKind::Malformed, message));
                }
                attributes.push((attribute, column));
            }
        }
        let ends = table.fields().position(|field| same(field, "EndingRange"));
        Ok(Layout { width: table.width(), columns, ends, lease, attributes })
    }

    /// One of the [`COLUMNS`].
    fn text<'t>(&self, table: &'t Table<'_>, column: usize) -> &'t str {
        table.field(self.columns[column])
    }

    fn product<'t>(&self, table: &'t Table<'_>) -> Product<'t> {
        let mut product = Product::default();
        for (attribute, column) in &self.attributes {
            product.set(*attribute, Cow::Borrowed(table.field(*column)));
        }
        product
    }

    fn wrong(&self, table: &Table<'_>, column: usize, why: &str) -> Failure {
        table.wrong(self.columns[column], ErrorKind::Value, format!("{}: {why}", COLUMNS[column]))
    }

    fn date(&self, table: &Table<'_>) -> Result<Date, Failure> {
        numbers::day(self.text(table, 3)).map_err(|why| self.wrong(table, 3, &why))
    }

    /// Takes the price of a row, at once or when the rows that belong to it are read.
    fn price(
        &self,
        table: &Table<'_>,
        sink: &mut Sink<'_>,
        target: &Target,
        origin: u32,
        pending: &mut Pending,
    ) -> Result<(), Failure> {
        let from = self.date(table)?;
        let usd = numbers::amount(self.text(table, 6)).map_err(|why| self.wrong(table, 6, &why))?;
        match self.text(table, 7) {
            "USD" => {}
            "CNY" => {
                sink.summary.skip(Skip::OtherCurrency);
                return Ok(());
            }
            other => return Err(self.wrong(table, 7, &terms::unknown_currency(other))),
        }
        let (sku, unit) = (self.text(table, 0), self.text(table, 5));
        let key = || (sku.into(), self.text(table, 1).into(), from);
        match self.text(table, 2) {
            "OnDemand" => {
                let begins = self.begins(table)?;
                // A price with one band is complete; others wait for the rest of theirs.
                let ends = End::of(self.ends(table)).map_err(|why| self.wrong(table, 4, &why))?;
                if ends == End::Never && begins.is_zero() {
                    terms::bands(sink, (target, sku), vec![Rate { begins, ends, unit, usd }], from, origin);
                } else {
                    let waiting = pending.bands.entry(key()).or_insert_with(|| (target.clone(), Vec::new()));
                    waiting.1.push((begins, ends, unit.to_owned(), usd));
                }
            }
            "Reserved" => self.reservation(table, sink, (target, origin), (unit, usd), key(), pending),
            _ => sink.summary.skip(Skip::Term),
        }
        Ok(())
    }

    fn begins(&self, table: &Table<'_>) -> Result<Decimal, Failure> {
        match self.text(table, 4) {
            "" => Ok(Decimal::ZERO),
            text => numbers::amount(text).map_err(|why| self.wrong(table, 4, &why)),
        }
    }

    /// The end of the range; empty where the file does not say.
    fn ends<'t>(&self, table: &'t Table<'_>) -> &'t str {
        self.ends.map_or("", |column| table.field(column))
    }

    fn reservation(
        &self,
        table: &Table<'_>,
        sink: &mut Sink<'_>,
        (target, origin): (&Target, u32),
        (unit, usd): (&str, Decimal),
        key: Key,
        pending: &mut Pending,
    ) {
        let [length, class, payment] =
            self.lease.map(|column| column.map_or("", |column| table.field(column)));
        let (Some(base), Some(lease)) = (&target.reserved, Lease::of(length, class, payment)) else {
            return sink.summary.skip(Skip::Term);
        };
        let known = pending.leases.remove(&key);
        let mut parts = known.map_or_else(Parts::default, |(_, _, parts)| parts);
        parts.add(unit, usd);
        if lease.complete(parts) {
            lease.push(sink, (target, base, &key.0), parts, key.2, origin);
        } else {
            pending.leases.insert(key, (target.clone(), lease, parts));
        }
    }
}
