//! The rows that were taken, kept small: half a million of them in some 25 MB.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use weigh_core::time::Date;

/// Texts that stand in many rows, each kept once.
#[derive(Default)]
pub(crate) struct Names {
    places: HashMap<Arc<str>, u32>,
    names: Vec<Arc<str>>,
}

impl Names {
    /// The number of a text.
    pub(crate) fn number(&mut self, name: &str) -> u32 {
        if let Some(known) = self.places.get(name) {
            return *known;
        }
        let next = u32::try_from(self.names.len()).expect("four thousand million names do not fit in memory");
        let name: Arc<str> = name.into();
        self.names.push(Arc::clone(&name));
        self.places.insert(name, next);
        next
    }

    /// The text of a number.
    pub(crate) fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    /// The place of each text in the order of all.
    fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..).take(self.names.len()).collect();
        order.sort_unstable_by_key(|number| self.name(*number));
        let mut ranks = vec![0; order.len()];
        for (rank, number) in (0..).zip(order) {
            ranks[number as usize] = rank;
        }
        ranks
    }
}

/// One file that was read: its name, and the newest day on which a row of it was seen to hold.
#[derive(Clone, Debug)]
pub(crate) struct Batch {
    pub(crate) file: String,
    pub(crate) published: Option<Date>,
}

/// Where a row comes from: the file by its number, when that was published, how it is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) batch: usize,
    pub(crate) seen: Date,
    pub(crate) source: String,
    pub(crate) mark: String,
}

/// One row; its texts by number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) region: u32,
    /// Price id and unit, with a tab between.
    pub(crate) id: u32,
    pub(crate) from: Date,
    pub(crate) origin: u32,
    pub(crate) sku: u32,
    pub(crate) quantity: u32,
    /// The price, or nothing where the region does not sell it.
    pub(crate) usd: Option<Decimal>,
}

/// A row of the price book, as a file states it.
///
/// ```
/// use std::io::Cursor;
/// use weigh_import::Importer;
///
/// let book = "price_id,unit,from_quantity,usd,from,seen,source,mark\n\
///             fargate/vcpu-hours/linux-arm,vCPU-Hours,0,0.03238,2026-09-01,2026-10-01,aws-list,single\n";
/// let mut importer = Importer::new("2026-10-02".parse().unwrap());
/// importer.read("aws/us-east-1/fargate.csv", &mut Cursor::new(book), &mut |_| ()).unwrap();
/// let imported = importer.finish();
/// let row = imported.rows().next().unwrap();
/// assert_eq!((row.region, row.price_id, row.unit), ("us-east-1", "fargate/vcpu-hours/linux-arm", "vCPU-Hours"));
/// assert_eq!((row.usd.unwrap().to_string(), row.mark), ("0.03238".to_owned(), "single"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportedRow<'a> {
    /// The region's code, or `global` for what has one price everywhere.
    pub region: &'a str,
    /// The price id: `ec2/instance-hours/m7g.large`.
    pub price_id: &'a str,
    /// The unit, as the price book spells it: `Hours`.
    pub unit: &'a str,
    /// Lower bound of the band, in the unit, in one month.
    pub from_quantity: Decimal,
    /// US dollars for one unit; nothing where the region does not sell it.
    pub usd: Option<Decimal>,
    /// The day from which the price holds.
    pub from: Date,
    /// The day on which the source was published, or was read when it does not say; not before `from`.
    pub seen: Date,
    /// How the source is cited: `aws-AmazonEC2-20261001000000`.
    pub source: &'a str,
    /// The mark of a row of the book; empty for AWS's own files.
    pub mark: &'a str,
}

/// Two different prices for the same id, region, date and band in one file. No row of that price and date was yielded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The file.
    pub file: String,
    /// The region's code.
    pub region: String,
    /// The price id.
    pub price_id: String,
    /// The day from which both prices hold.
    pub from: Date,
    /// The two prices and their SKUs, in US dollars.
    pub prices: [(Option<Decimal>, String); 2],
}

impl std::fmt::Display for Conflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let told = |(usd, sku): &(Option<Decimal>, String)| {
            let usd = usd.map_or("not offered".to_owned(), |usd| usd.to_string());
            if sku.is_empty() { usd } else { format!("{usd} (SKU {sku})") }
        };
        let [one, other] = &self.prices;
        let (file, region, id, from) = (&self.file, &self.region, &self.price_id, self.from);
        write!(f, "{file}: two prices for {id} in {region} from {from}: {} and {}", told(one), told(other))
    }
}

/// All rows of all files.
#[derive(Default)]
pub(crate) struct Rows {
    pub(crate) regions: Names,
    pub(crate) ids: Names,
    pub(crate) skus: Names,
    quantities: Vec<Decimal>,
    quantity_places: HashMap<Decimal, u32>,
    pub(crate) origins: Vec<Origin>,
    pub(crate) batches: Vec<Batch>,
    pub(crate) rows: Vec<Row>,
}

/// What joining the rows found.
#[derive(Default)]
pub(crate) struct Joined {
    pub(crate) duplicates: u64,
    pub(crate) superseded: u64,
    /// Prices without a band that begins at 0.
    pub(crate) headless: u64,
    /// Prices that begin after the day of their file.
    pub(crate) to_come: u64,
    pub(crate) conflicts: Vec<Conflict>,
}

impl Rows {
    /// The number of a band's lower bound; there are few different ones.
    pub(crate) fn quantity(&mut self, quantity: Decimal) -> u32 {
        if let Some(known) = self.quantity_places.get(&quantity) {
            return *known;
        }
        let next =
            u32::try_from(self.quantities.len()).expect("four thousand million bands do not fit in memory");
        self.quantities.push(quantity);
        self.quantity_places.insert(quantity, next);
        next
    }

    /// The number of an origin.
    pub(crate) fn origin(&mut self, origin: Origin) -> u32 {
        let known = self.origins.iter().rposition(|known| *known == origin);
        let place = known.unwrap_or_else(|| {
            self.origins.push(origin);
            self.origins.len() - 1
        });
        u32::try_from(place).expect("four thousand million origins do not fit in memory")
    }

    /// One row as it is handed out.
    pub(crate) fn row(&self, row: &Row) -> ImportedRow<'_> {
        let (price_id, unit) = self.ids.name(row.id).split_once('\t').unwrap_or_default();
        let origin = &self.origins[row.origin as usize];
        ImportedRow {
            region: self.regions.name(row.region),
            price_id,
            unit,
            from_quantity: self.quantities[row.quantity as usize],
            usd: row.usd,
            from: row.from,
            seen: origin.seen,
            source: &origin.source,
            mark: &origin.mark,
        }
    }

    /// Sorts the rows as the book sorts them, and joins those that are about the same band.
    ///
    /// Equal rows of one file become one. Different ones are a conflict, and the whole version of that price is
    /// withheld, as it is when its first band is missing. Of several files the one that was published last holds.
    pub(crate) fn join(&mut self) -> Joined {
        let (regions, ids) = (self.regions.ranks(), self.ids.ranks());
        let mut rows = std::mem::take(&mut self.rows);
        let all = rows.len();
        // What no list of today can have seen holds on no day that is known.
        rows.retain(|row| row.from <= self.origins[row.origin as usize].seen);
        let batch = |row: &Row| self.origins[row.origin as usize].batch;
        let place = |row: &Row| (regions[row.region as usize], ids[row.id as usize], row.from);
        let newest = |row: &Row| Reverse((self.batches[batch(row)].published, batch(row)));
        let detail = |row: &Row| (self.quantities[row.quantity as usize], row.usd, row.sku);
        rows.sort_unstable_by(|a, b| {
            let places = place(a).cmp(&place(b));
            places.then_with(|| newest(a).cmp(&newest(b))).then_with(|| detail(a).cmp(&detail(b)))
        });
        let mut joined = Joined { to_come: (all - rows.len()) as u64, ..Joined::default() };
        let mut kept = 0;
        let mut start = 0;
        while start < rows.len() {
            let first = rows[start];
            let same = |row: &Row| (row.region, row.id, row.from) == (first.region, first.id, first.from);
            let end = start + rows[start..].iter().take_while(|row| same(row)).count();
            // The newest file comes first; what others say about this version is older.
            let newest = rows[start..end].iter().take_while(|row| batch(row) == batch(&first)).count();
            joined.superseded += (end - start - newest) as u64;
            kept = self.join_version(&mut rows, start..start + newest, kept, &mut joined);
            start = end;
        }
        rows.truncate(kept);
        self.rows = rows;
        joined
    }

    /// Joins the bands of one version of a price, and moves them to `kept`; how many rows are kept then.
    fn join_version(
        &self,
        rows: &mut [Row],
        version: std::ops::Range<usize>,
        kept: usize,
        joined: &mut Joined,
    ) -> usize {
        let mut end = kept;
        for at in version {
            let row = rows[at];
            if end > kept && rows[end - 1].quantity == row.quantity {
                let earlier = rows[end - 1];
                if earlier.usd == row.usd {
                    joined.duplicates += 1;
                    continue;
                }
                joined.conflicts.push(self.conflict(&earlier, &row));
                return kept;
            }
            rows[end] = row;
            end += 1;
        }
        if end > kept && !self.quantities[rows[kept].quantity as usize].is_zero() {
            joined.headless += 1;
            return kept;
        }
        end
    }

    fn conflict(&self, one: &Row, other: &Row) -> Conflict {
        let row = self.row(one);
        Conflict {
            file: self.batches[self.origins[one.origin as usize].batch].file.clone(),
            region: row.region.to_owned(),
            price_id: row.price_id.to_owned(),
            from: row.from,
            prices: [one, other].map(|row| (row.usd, self.skus.name(row.sku).to_owned())),
        }
    }
}
