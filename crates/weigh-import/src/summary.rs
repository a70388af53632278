//! What an import took, and why it left the rest.

use std::collections::BTreeMap;
use std::fmt;

macro_rules! skips {
    ($($(#[doc = $doc:literal])* $name:ident = $words:literal,)*) => {
        /// Why a product or a price was left out, although it was understood.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Skip {
            $($(#[doc = $doc])* $name,)*
        }

        impl Skip {
            /// Every reason.
            pub const ALL: &'static [Skip] = &[$(Skip::$name),*];

            /// The reason in words.
            ///
            /// ```
            /// assert_eq!(weigh_import::Skip::Tenancy.words(), "dedicated or host tenancy");
            /// ```
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Skip::$name => $words,)* }
            }
        }
    };
}

skips! {
    /// Windows, RHEL, SUSE and the like.
    OperatingSystem = "operating system other than plain Linux",
    /// SQL Server and the like come with the machine.
    Software = "software that comes with the machine",
    /// A licence is brought along.
    Licence = "licence brought along",
    /// Not on shared hardware.
    Tenancy = "dedicated or host tenancy",
    /// Capacity that is reserved, whether used or not.
    CapacityReservation = "capacity reservation",
    /// A market that is neither on demand nor reserved.
    Market = "capacity block or other market",
    /// In a local zone, a Wavelength zone, or an Outpost.
    NotARegion = "local zone, Wavelength zone or Outpost",
    /// A place that the table of regions does not have.
    UnknownRegion = "unknown region",
    /// A database engine that the book does not price.
    Engine = "database engine other than those of the book",
    /// A price of zero: no price, or a free part.
    Zero = "priced at zero",
    /// The first units of a month are free; the book states that as an allowance.
    FreeTier = "free tier",
    /// A price in yuan.
    OtherCurrency = "currency other than US dollars",
    /// A purchase option, a class or a length that the book has no id for.
    Term = "term that the book has no id for",
    /// A reservation of which the price by the hour or the fee is not in the file.
    IncompleteTerm = "reservation without its fee or its price by the hour",
    /// Bands between which there is a gap, of which the last has an end, or that turn free.
    Bands = "bands that leave a gap, end, or turn free",
    /// A price that begins after the day of the file.
    ToCome = "price of a day after that of the file",
    /// A saving below nothing, which no Spot price can be.
    NegativeSaving = "negative Spot saving",
    /// A service that the book does not price.
    UnknownService = "service that the book does not price",
    /// A product of a known service that the book has no id for.
    UnknownProduct = "product that the book has no id for",
    /// A rate whose unit is not the one that the book expects.
    Unit = "unit other than the book's",
    /// Bands of which the first does not begin at 0, so that the price of the first units is not known.
    Headless = "price without its first band",
    /// A Spot price of an operating system other than Linux.
    SpotSystem = "Spot price of another operating system",
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// What was taken and what was left, by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Bytes read.
    pub bytes: u64,
    /// Products seen; in CSV, runs of rows with one SKU.
    pub products: u64,
    /// Price rows taken, before equal ones were joined.
    pub rows: u64,
    /// Spot savings taken.
    pub spot: u64,
    /// Rows that say the same as another row of the same file.
    pub duplicates: u64,
    /// Rows that a file with a newer date replaces or confirms.
    pub superseded: u64,
    /// Products and prices left out, by reason.
    pub skipped: BTreeMap<Skip, u64>,
}

impl Summary {
    /// Counts something that was left out.
    pub(crate) fn skip(&mut self, reason: Skip) {
        *self.skipped.entry(reason).or_default() += 1;
    }

    /// Adds the counts of a file to those of all files.
    pub(crate) fn add(&mut self, other: &Summary) {
        self.bytes += other.bytes;
        self.products += other.products;
        self.rows += other.rows;
        self.spot += other.spot;
        self.duplicates += other.duplicates;
        self.superseded += other.superseded;
        for (reason, count) in &other.skipped {
            *self.skipped.entry(*reason).or_default() += count;
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} products, {} price rows", self.products, self.rows)?;
        if self.spot > 0 {
            write!(f, ", {} Spot savings", self.spot)?;
        }
        for (count, what) in [(self.duplicates, "equal duplicates"), (self.superseded, "superseded rows")] {
            if count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        self.skipped.iter().try_for_each(|(reason, count)| write!(f, "\n  left out: {count} × {reason}"))
    }
}
