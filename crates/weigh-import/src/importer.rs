//! Takes files one by one, whatever their format, and hands out the rows of all of them.

use memchr::memchr;
use weigh_core::time::Date;

use crate::error::{ErrorKind, Failure, ImportError};
use crate::formats::{
    Sink, book, feeds, offer_csv, offer_json, price_list, savings_plan, spot_advisor, spot_history,
};
use crate::input::{self, Input, SourceReader};
use crate::json::Json;
use crate::rows::{Batch, Conflict, ImportedRow, Row, Rows};
use crate::spot::SpotSaving;
use crate::summary::{Skip, Summary};
use crate::table::Table;

/// Collects the rows of price files; see the example of the [crate](crate).
pub struct Importer {
    read_on: Date,
    rows: Rows,
    spot: Vec<SpotSaving>,
    summary: Summary,
}

/// What all files say together, sorted as the price book sorts: by region, price id, date and band.
pub struct Imported {
    rows: Rows,
    /// Spot savings, by region and type; the newest of each, and of the same day the one that was read last.
    pub spot: Vec<SpotSaving>,
    /// Prices of which a file says two different things; their rows are withheld.
    pub conflicts: Vec<Conflict>,
    /// What was taken and what was left, over all files.
    pub summary: Summary,
}

impl Imported {
    /// The rows.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = ImportedRow<'_>> {
        self.rows.rows.iter().map(|row| self.rows.row(row))
    }
}

/// A format, as the first bytes of a file tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Offer,
    SavingsPlan,
    PriceListPages,
    PriceListDocuments,
    SpotAdvisor,
    SpotHistory,
    SpotScript,
    FargateSpot,
    OfferTable,
    BookPrices,
    BookSavings,
}

impl Importer {
    /// An importer that has read nothing. `read_on` is the day of the import: the date of files that have none.
    #[must_use]
    pub fn new(read_on: Date) -> Importer {
        let (rows, spot, summary) = Default::default();
        Importer { read_on, rows, spot, summary }
    }

    /// Reads one file, whatever its format, from its start.
    ///
    /// `name` is told in errors, and says the region of the price book's own files: `aws/us-east-1/ec2.csv`. The format is
    /// known by the content. `progress` is told the bytes read so far. Memory does not grow with the file, only with the
    /// rows that are taken, some 50 bytes each.
    ///
    /// # Errors
    /// When the file can't be read or something in it is wrong; nothing of it is taken then, and the importer can go on
    /// with the next file.
    pub fn read(
        &mut self,
        name: &str,
        reader: &mut dyn SourceReader,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Summary, ImportError> {
        let (rows, spot) = (self.rows.rows.len(), self.spot.len());
        let (batches, origins) = (self.rows.batches.len(), self.rows.origins.len());
        match self.take(name, reader, progress) {
            Ok(summary) => {
                self.summary.add(&summary);
                Ok(summary)
            }
            Err(failure) => {
                self.rows.rows.truncate(rows);
                self.rows.batches.truncate(batches);
                self.rows.origins.truncate(origins);
                self.spot.truncate(spot);
                Err(located(name, reader, failure))
            }
        }
    }

    fn take(
        &mut self,
        name: &str,
        reader: &mut dyn SourceReader,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Summary, Failure> {
        let format = recognise(reader)?;
        let mut bytes = 0;
        let mut counted = |read: u64| {
            bytes = read;
            progress(read);
        };
        let input = Input::new(reader, &mut counted)?;
        let batch = self.rows.batches.len();
        self.rows.batches.push(Batch { file: name.to_owned(), published: None });
        let (rows, spot, read_on) = (&mut self.rows, &mut self.spot, self.read_on);
        let mut sink = Sink { rows, spot, summary: Summary::default(), batch, name, read_on };
        read_as(format, input, &mut sink)?;
        Ok(Summary { bytes, ..sink.summary })
    }

    /// The rows of all files that were read.
    #[must_use]
    pub fn finish(mut self) -> Imported {
        let joined = self.rows.join();
        self.summary.duplicates += joined.duplicates;
        self.summary.superseded += joined.superseded;
        (0..joined.headless).for_each(|_| self.summary.skip(Skip::Headless));
        (0..joined.to_come).for_each(|_| self.summary.skip(Skip::ToCome));
        let mut spot = self.spot;
        // The sort is stable: of the same day, what was read last comes last, and is kept.
        spot.sort_by(|a, b| {
            (&a.region, &a.instance_type, a.seen).cmp(&(&b.region, &b.instance_type, b.seen))
        });
        spot.dedup_by(|next, kept| {
            let same = (&next.region, &next.instance_type) == (&kept.region, &kept.instance_type);
            if same {
                std::mem::swap(next, kept);
            }
            same
        });
        Imported { rows: self.rows, spot, conflicts: joined.conflicts, summary: self.summary }
    }
}

/// Reads a file in a format that is known.
fn read_as(format: Format, input: Input<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    match format {
        Format::Offer => offer_json::read(&mut Json::new(input), sink),
        Format::SavingsPlan => savings_plan::read(&mut Json::new(input), sink),
        Format::PriceListPages => price_list::read_pages(&mut Json::new(input), sink),
        Format::PriceListDocuments => price_list::read_documents(&mut Json::new(input), sink),
        Format::SpotAdvisor => spot_advisor::read(&mut Json::new(input), sink),
        Format::SpotHistory => spot_history::read(&mut Json::new(input), sink),
        Format::SpotScript => feeds::read_script(&mut Json::new(input), sink),
        Format::FargateSpot => feeds::read_fargate(&mut Json::new(input), sink),
        Format::OfferTable => offer_csv::read(&mut Table::new(input), sink),
        Format::BookPrices => book::read_prices(&mut Table::new(input), sink),
        Format::BookSavings => book::read_savings(&mut Table::new(input), sink),
    }
}

/// The failure with its place as line and column.
fn located(name: &str, reader: &mut dyn SourceReader, failure: Failure) -> ImportError {
    let place = failure.byte.and_then(|byte| {
        let byte = failure.field.map_or(Ok(byte), |field| input::field(reader, byte, field)).unwrap_or(byte);
        input::place(reader, byte).ok()
    });
    ImportError { file: name.to_owned(), kind: failure.kind, place, message: failure.message }
}

/// The format of a file, by its content.
fn recognise(reader: &mut dyn SourceReader) -> Result<Format, Failure> {
    let mut head = [0; 512];
    let length = input::start(reader, &mut head)?;
    let head = head[..length].strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head[..length]);
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return Err(Failure::at(0, ErrorKind::Malformed, "UTF-16 text: save the file as UTF-8"));
    }
    let text = head.trim_ascii_start();
    match text.first() {
        None if length < 512 => Err(Failure::whole(ErrorKind::Truncated, "the file is empty")),
        Some(b'{') => recognise_object(reader),
        Some(b'[') => Ok(Format::PriceListDocuments),
        Some(b'"') if text.starts_with(b"\"{") => Ok(Format::PriceListDocuments),
        Some(b'/') => Ok(Format::SpotScript),
        _ if text.starts_with(b"callback") => Ok(Format::SpotScript),
        _ if text.starts_with(b"price_id,") => Ok(Format::BookPrices),
        _ if text.starts_with(b"instance_type,saving") => Ok(Format::BookSavings),
        // Text with commas, or at least lines: the header of a table is looked for.
        _ if memchr(b',', text).is_some() || memchr(b'\n', text).is_some() => Ok(Format::OfferTable),
        _ => Err(unrecognised(0)),
    }
}

fn unrecognised(byte: u64) -> Failure {
    Failure::at(
        byte,
        ErrorKind::Unrecognised,
        "no known format: an offer file of AWS (JSON or CSV), a savings plan file, the answer of `aws pricing get-products` \
         or `aws ec2 describe-spot-price-history`, Spot Advisor data, or a file of the price book is expected",
    )
}

/// The format of an object, by the first of its keys that tells it.
fn recognise_object(reader: &mut dyn SourceReader) -> Result<Format, Failure> {
    let mut silent = |_| ();
    let mut json = Json::new(Input::new(reader, &mut silent)?);
    json.expect(b'{', "`{`")?;
    let mut first = true;
    let start = json.byte();
    while let Some(key) = json.key(&mut first)? {
        let next = json.peek()?;
        let format = match (key.as_str(), next) {
            ("products", Some(b'[')) => Format::SavingsPlan,
            ("products" | "terms", _) => Format::Offer,
            ("PriceList", _) => Format::PriceListPages,
            ("product", _) => Format::PriceListDocuments,
            ("spot_advisor" | "ranges" | "instance_types" | "global_rate", _) => Format::SpotAdvisor,
            ("SpotPriceHistory", _) => Format::SpotHistory,
            ("config", _) => Format::SpotScript,
            ("prices", Some(b'[')) => Format::FargateSpot,
            // A wrapper around a price-list document.
            ("price", Some(b'{')) => Format::PriceListDocuments,
            ("regions" | "offers", _) => {
                let message = "an index of price files, which has no prices: name the files that it lists";
                return Err(Failure::at(start, ErrorKind::Unrecognised, message));
            }
            _ => {
                json.skip()?;
                continue;
            }
        };
        return Ok(format);
    }
    Err(unrecognised(start))
}

/// Rows are copied when they are sorted, so they must stay small.
const _: () = assert!(size_of::<Row>() <= 48);
