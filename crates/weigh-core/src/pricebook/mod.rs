//! The price book: dated tariffs of every region, opened one region at a time.

mod allowances;
mod answers;
mod committed;
mod draft;
mod image;
mod missing;
mod own;
mod pack;
mod parse;
mod price;
mod region;
mod rules;
mod tariff;
mod write;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::data::{DataFile, DataProblem};
use crate::time::Date;

use image::Image;
use own::OwnPrices;

pub use answers::{NotOffered, Why};
pub use committed::{Committed, EligibleLine};
pub use draft::{Draft, Outcome, StatedBand, Statement};
pub use missing::{Absence, MissingPrice};
pub use own::OwnSheet;
pub use price::Terms;
pub use region::{Found, RegionPrices};
pub use rules::{INTERRUPTIONS, Rule, SpotSaving};
pub use tariff::{Allowance, Band, Derivation, Evidence, Part, Tariff};

/// The folder of prices that are the same in every region.
pub const GLOBAL: &str = "global";
/// Folders beside the regions that hold no prices.
pub const NO_REGIONS: [&str; 2] = ["shapes", "traits"];
/// The rules by which prices follow from others.
const RULES_FILE: &str = "aws/rules.csv";
/// What an account has free every month.
const ALLOWANCES_FILE: &str = "aws/global/allowances.csv";
/// The name of a region's file of Spot savings.
const SPOT_FILE: &str = "spot-advisor.csv";
/// How the price ids of on-demand instances begin.
const INSTANCE_HOURS: &str = "ec2/instance-hours/";
/// The folder that messages name when the book came from no folder.
const DEFAULT_ROOT: &str = "pricing-data";

/// A whole price book in its packed form, in which opening a region decodes nothing and a look-up reads one record.
///
/// A clone shares the bytes.
#[derive(Clone, Debug)]
pub struct PriceBook {
    image: Arc<Image>,
    root: Arc<str>,
    own: Arc<Vec<OwnSheet>>,
    hash: BookHash,
}

/// The SHA-256 of all that a book's files say: the same hash, the same prices, shapes and limits.
///
/// ```
/// let hash = weigh_prices::book().hash();
/// assert_eq!(hash.to_string().len(), 64);
/// assert!(hash.begins_with(&hash.short()));
/// assert!(!hash.begins_with("not hexadecimal"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookHash([u8; image::HASH_BYTES]);

impl BookHash {
    /// The hash of a book's files, whatever is wrong in them; they come in the order of their paths, one by one, so that
    /// no two need be in memory.
    ///
    /// # Errors
    /// Those with which a file comes.
    ///
    /// ```
    /// use weigh_core::pricebook::BookHash;
    /// let files = weigh_prices::files();
    /// let hash = BookHash::of(files.into_iter().map(Ok::<_, String>)).unwrap();
    /// assert_ne!(Ok(hash), BookHash::of(std::iter::empty::<Result<_, String>>()));
    /// ```
    pub fn of<E>(files: impl Iterator<Item = Result<DataFile, E>>) -> Result<BookHash, E> {
        let mut hash = pack::ContentHash::default();
        for file in files {
            hash.add(&file?);
        }
        Ok(BookHash(hash.finish()))
    }

    /// The first twelve digits: enough to tell books apart.
    #[must_use]
    pub fn short(&self) -> String {
        let mut digits = self.to_string();
        digits.truncate(12);
        digits
    }

    /// Whether the hash begins with these hexadecimal digits.
    #[must_use]
    pub fn begins_with(&self, digits: &str) -> bool {
        self.to_string().starts_with(&digits.to_ascii_lowercase())
    }
}

impl fmt::Display for BookHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl PriceBook {
    /// Makes a book of its files: prices, rules and allowances are packed, all files count for the hash.
    ///
    /// # Errors
    /// Every row that is wrong.
    ///
    /// ```
    /// use weigh_core::data::DataFile;
    /// use weigh_core::pricebook::PriceBook;
    /// let text = "price_id,unit,from_quantity,usd,from,seen,source,mark\n\
    ///             lambda/requests,Requests,0,free,2024-01-01,2026-01-01,aws,\n";
    /// let file = DataFile { path: "aws/us-east-1/lambda.csv".into(), text: text.into() };
    /// let problems = PriceBook::pack(&[file]).unwrap_err();
    /// assert!(problems[0].to_string().starts_with("aws/us-east-1/lambda.csv:2: `free` is no amount"));
    /// ```
    pub fn pack(files: &[DataFile]) -> Result<PriceBook, Vec<DataProblem>> {
        match PriceBook::pack_what_is_right(files) {
            (book, problems) if problems.is_empty() => Ok(book),
            (_, problems) => Err(problems),
        }
    }

    /// A book of the rows that are right, and what is wrong with the others: to look for further mistakes, not to price.
    ///
    /// ```
    /// use weigh_core::pricebook::PriceBook;
    /// let (book, problems) = PriceBook::pack_what_is_right(&[]);
    /// assert!(book.regions().is_empty() && problems.is_empty());
    /// ```
    #[must_use]
    pub fn pack_what_is_right(files: &[DataFile]) -> (PriceBook, Vec<DataProblem>) {
        let (bytes, problems) = pack::pack(files);
        (PriceBook::of(Cow::Owned(bytes)), problems)
    }

    /// A book that was packed by the same version of this library.
    ///
    /// # Panics
    /// Where the bytes are not such a book.
    #[must_use]
    pub fn from_packed(bytes: &'static [u8]) -> PriceBook {
        PriceBook::of(Cow::Borrowed(bytes))
    }

    fn of(bytes: Cow<'static, [u8]>) -> PriceBook {
        assert!(bytes.starts_with(&image::MAGIC), "these bytes are no price book");
        let image = Arc::new(Image::of(bytes));
        let mut hash = BookHash([0; image::HASH_BYTES]);
        hash.0.copy_from_slice(image.hash());
        PriceBook { image, root: DEFAULT_ROOT.into(), own: Arc::default(), hash }
    }

    /// The bytes, for [`PriceBook::from_packed`].
    #[must_use]
    pub fn packed(&self) -> &[u8] {
        &self.image.bytes
    }

    /// The same book, whose files lie in this folder: messages name it.
    #[must_use]
    pub fn in_folder(mut self, folder: &str) -> PriceBook {
        self.root = folder.into();
        self
    }

    /// The same book with a user's own prices laid over it; a later sheet comes before an earlier one.
    ///
    /// The hash becomes that of the book and the sheet.
    #[must_use]
    pub fn with_own_prices(&self, sheet: &OwnSheet) -> PriceBook {
        let mut sheets = self.own.as_ref().clone();
        sheets.push(sheet.clone());
        let hash = BookHash(pack::hash_with(self.hash.0, &sheet.file));
        PriceBook { own: Arc::new(sheets), hash, ..self.clone() }
    }

    /// The hash of the book, with the own prices laid over it.
    #[must_use]
    pub fn hash(&self) -> BookHash {
        self.hash
    }

    /// The regions that the book has prices for, sorted.
    ///
    /// ```
    /// assert!(weigh_prices::book().regions().contains(&"eu-west-1"));
    /// ```
    #[must_use]
    pub fn regions(&self) -> Vec<&str> {
        self.image.regions().iter().filter(|name| *name != GLOBAL).collect()
    }

    /// The services that price ids begin with, sorted: those that a discount can name.
    ///
    /// ```
    /// assert!(weigh_prices::book().services().contains(&"fargate"));
    /// ```
    #[must_use]
    pub fn services(&self) -> Vec<&str> {
        let ids = self.image.ids();
        let (mut services, mut at) = (Vec::new(), 0);
        while at < ids.len() {
            let id = ids.get(at);
            let service = id.split('/').next().unwrap_or(id);
            services.push(service);
            // The ids are sorted: what begins so stands together, and the next service behind it.
            at = ids.end_of(at, |id| id.strip_prefix(service).is_some_and(|rest| rest.starts_with('/')));
        }
        services
    }

    /// Every price id that some region has, sorted.
    pub fn price_ids(&self) -> impl Iterator<Item = &str> {
        let known = (0..)
            .zip(self.image.ids().iter())
            .filter(|(number, _)| self.image.known_since(*number).is_some());
        known.map(|(_, price_id)| price_id)
    }

    /// The rules by which prices follow from others, in the order of the book.
    pub fn rules(&self) -> impl Iterator<Item = Rule<'_>> {
        self.image.each_rule()
    }

    /// Own prices that do not fit the book: a region that it has not, another unit than the book's, or a price id that
    /// begins like those of the book and is none of them.
    ///
    /// A price that the region lacks is no mistake, nor is one of a service that the book does not know.
    #[must_use]
    pub fn misfits(&self) -> Vec<DataProblem> {
        let regions = self.regions();
        let mut problems = Vec::new();
        for sheet in self.own.iter() {
            for (index, (price_id, region, unit)) in sheet.entries().enumerate() {
                let mut problem = |message: String| {
                    let (path, line) = (sheet.file.path.to_string(), index as u64 + 2);
                    problems.push(DataProblem { path, line, message });
                };
                if region != "*" && !regions.contains(&region) {
                    let meant = crate::data::nearest(region, regions.iter().copied());
                    let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
                    problem(format!("unknown region `{region}`: a region of the book, or * for all{meant}"));
                }
                if let Some(meant) = self.unknown(price_id) {
                    problem(format!("no region prices {price_id}{meant}"));
                }
                if let Some(known) = self.unit_of(price_id).filter(|known| *known != unit) {
                    problem(format!("{price_id} is priced per {known}, not per {unit}"));
                }
            }
        }
        problems
    }

    /// What may be meant by a price id of a service of the book that no region has and no rule makes; nothing when it is
    /// known, or its service is not.
    fn unknown(&self, price_id: &str) -> Option<String> {
        let service = price_id.split('/').next().unwrap_or(price_id);
        let is_made = self.rules().any(|rule| rule.base_of(price_id).is_some());
        if self.unit_of(price_id).is_some() || is_made || !self.services().contains(&service) {
            return None;
        }
        let of_service = self.price_ids().filter(|id| id.split('/').next() == Some(service));
        let meant = crate::data::nearest(price_id, of_service);
        Some(meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default())
    }

    /// The unit that a price id has in the first region that prices it.
    #[must_use]
    pub fn unit_of(&self, price_id: &str) -> Option<crate::units::Unit> {
        let number = self.image.number_of(price_id)?;
        let mut blocks = self.image.all_blocks();
        blocks.find_map(|(_, at)| self.image.block(at).find(number)).map(|mut at| at.unit())
    }

    /// The newest day on which any price of the book was confirmed.
    #[must_use]
    pub fn newest(&self) -> Option<Date> {
        self.image.all_blocks().filter_map(|(_, at)| self.image.block(at).newest()).max()
    }

    /// The newest day that any row of the book speaks of, unverified ones and what is not offered too.
    ///
    /// ```
    /// let book = weigh_prices::book();
    /// assert!(book.latest() >= book.newest());
    /// ```
    #[must_use]
    pub fn latest(&self) -> Option<Date> {
        self.image.all_blocks().filter_map(|(_, at)| self.image.block(at).latest()).max()
    }

    /// Opens the prices of `region`, and of the region to borrow from if there is one; no other region is read.
    ///
    /// # Errors
    /// A region that the book has not.
    ///
    /// ```
    /// let book = weigh_prices::book();
    /// assert_eq!(book.open("us-east-1", None).unwrap().region(), "us-east-1");
    /// let nowhere = book.open("us-north-9", None).unwrap_err();
    /// assert_eq!(nowhere[0].to_string(), "aws/us-north-9: no prices for region us-north-9");
    /// ```
    pub fn open(&self, region: &str, borrow_from: Option<&str>) -> Result<RegionPrices, Vec<DataProblem>> {
        let problem =
            |folder: &str, message: String| DataProblem { path: format!("aws/{folder}"), line: 0, message };
        let find = |folder: &str| {
            self.image
                .region(folder)
                .filter(|_| folder != GLOBAL)
                .map(|block| (folder.to_owned(), block))
                .ok_or_else(|| problem(folder, format!("no prices for region {folder}")))
        };
        let (own_region, lender) = match (find(region), borrow_from.map(find).transpose()) {
            (Ok(own_region), Ok(lender)) => (own_region, lender),
            (own_region, lender) => {
                return Err(own_region.err().into_iter().chain(lender.err()).collect());
            }
        };
        let nothing = || vec![problem(region, "no row of the region says anything".to_owned())];
        self.opened(own_region, lender, None).ok_or_else(nothing)
    }

    /// The prices of a region whose block is known; `day` stands in for the newest one of a region without a row.
    fn opened(
        &self,
        region: (String, u32),
        lender: Option<(String, u32)>,
        day: Option<Date>,
    ) -> Option<RegionPrices> {
        let blocks = [Some(region.1), self.image.region(GLOBAL)].into_iter().flatten();
        let newest = blocks.filter_map(|block| self.image.block(block).latest()).max().or(day)?;
        let mut own = OwnPrices::default();
        self.own.iter().for_each(|sheet| own.add(sheet, &region.0));
        let book = (self.hash, self.newest().unwrap_or(newest));
        let (image, root) = (Arc::clone(&self.image), Arc::clone(&self.root));
        Some(RegionPrices::new(image, root, region, lender, own, newest, book))
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod properties;
