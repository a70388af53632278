//! The price book: dated tariffs by region, and the only place where usage becomes money.

mod parse;
mod tariff;

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;

use crate::bill::{Bill, Charge, Provenance, Standing};
use crate::data::{DataFile, DataProblem};
use crate::time::Date;
use crate::usage::{Usage, UsageLine};

use parse::Tariffs;
pub use tariff::{Allowance, Band, Evidence, Part, Tariff};

/// The folder of prices that are the same in every region.
const GLOBAL: &str = "global";
/// Folders beside the regions that hold no prices.
const NO_REGIONS: [&str; 3] = [GLOBAL, "shapes", "traits"];

/// Why a price is not in the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absence {
    /// The book has no such row.
    Missing,
    /// The region does not sell it.
    NotOffered,
    /// The book first knows a price on a later day.
    NotYet(Date),
    /// The book's price is for another unit than the one metered.
    OtherUnit(String),
}

/// A price that a bill needs and the book lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingPrice {
    /// The tariff.
    pub price_id: String,
    /// The region that was asked.
    pub region: String,
    /// The day that was asked.
    pub date: Date,
    /// Why it is absent.
    pub absence: Absence,
    /// The file to add it to, below the data folder.
    pub file: String,
}

impl fmt::Display for MissingPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MissingPrice { price_id, region, date, absence, file } = self;
        match absence {
            Absence::Missing => {
                write!(f, "no price for {price_id} in {region} on {date}: add it to pricing-data/{file}")
            }
            Absence::NotOffered => write!(f, "{price_id} is not offered in {region}"),
            Absence::NotYet(first) => write!(
                f,
                "no price for {price_id} in {region} on {date}: the book knows it from {first} on; \
                 an older one goes into pricing-data/{file}"
            ),
            Absence::OtherUnit(unit) => {
                write!(
                    f,
                    "{price_id} in {region} is priced per {unit}, which is not how it is metered: see pricing-data/{file}"
                )
            }
        }
    }
}

/// Dated prices of one region, with those that hold in every region behind them.
///
/// ```
/// use weigh_core::data::DataFile;
/// use weigh_core::pricebook::PriceBook;
/// use weigh_core::units::Unit;
/// use weigh_core::usage::{Quantity, Usage};
/// let file = DataFile {
///     path: "aws/us-east-1/fargate.csv".into(),
///     text: "price_id,unit,from_quantity,usd,from,seen,source,mark\n\
///            fargate/vcpu-hours/linux-x86,vCPU-Hours,0,0.04048,2021-01-14,2026-10-07,aws-offers,\n".into(),
/// };
/// let book = PriceBook::open(&[file], "us-east-1", None).unwrap();
/// let mut usage = Usage::default();
/// let hours = Quantity::of(Unit::VcpuHours).times(2, "tasks").times(1, "vCPU").times(730, "hours");
/// usage.add("fargate/vcpu-hours/linux-x86", "vCPU", hours).unwrap();
/// let bill = book.price(&usage, book.newest(), true).unwrap();
/// assert_eq!(bill.total().to_string(), "59.10080");
/// ```
#[derive(Clone, Debug)]
pub struct PriceBook {
    region: String,
    borrow_from: Option<String>,
    own: Tariffs,
    global: Tariffs,
    borrowed: Tariffs,
    allowances: Vec<Allowance>,
    newest: Date,
}

impl PriceBook {
    /// The regions that the files have prices for, sorted.
    ///
    /// ```
    /// use weigh_core::pricebook::PriceBook;
    /// let files = weigh_prices::files();
    /// assert!(PriceBook::regions(&files).contains(&"eu-west-1"));
    /// ```
    pub fn regions(files: &[DataFile]) -> Vec<&str> {
        let mut regions: Vec<&str> = files
            .iter()
            .filter_map(|file| file.path.strip_prefix("aws/")?.split_once('/'))
            .map(|(folder, _)| folder)
            .filter(|folder| !NO_REGIONS.contains(folder))
            .collect();
        regions.sort_unstable();
        regions.dedup();
        regions
    }

    /// Decodes the prices of `region`, and of the region to borrow from if there is one; no other file is read.
    ///
    /// # Errors
    /// Every row that is wrong, and a region that the files do not have.
    ///
    /// ```
    /// use weigh_core::pricebook::PriceBook;
    /// let files = weigh_prices::files();
    /// let book = PriceBook::open(&files, "us-east-1", None).unwrap();
    /// assert_eq!(book.region(), "us-east-1");
    /// let nowhere = PriceBook::open(&files, "us-north-9", None).unwrap_err();
    /// assert_eq!(nowhere[0].to_string(), "aws/us-north-9: no prices for region us-north-9");
    /// ```
    pub fn open(
        files: &[DataFile],
        region: &str,
        borrow_from: Option<&str>,
    ) -> Result<PriceBook, Vec<DataProblem>> {
        let mut problems = Vec::new();
        let mut allowances = Vec::new();
        let mut tariffs_of = |folder: &str| {
            let mut tariffs = Tariffs::new();
            let prefix = format!("aws/{folder}/");
            for file in files.iter().filter(|file| file.path.starts_with(&prefix)) {
                match file.path.strip_prefix("aws/global/") {
                    Some("allowances.csv") => parse::allowances(file, &mut allowances, &mut problems),
                    _ => parse::prices(file, &mut tariffs, &mut problems),
                }
            }
            tariffs
        };
        let (own, global) = (tariffs_of(region), tariffs_of(GLOBAL));
        let borrowed = borrow_from.map(&mut tariffs_of).unwrap_or_default();
        let known = PriceBook::regions(files);
        for folder in
            [Some(region), borrow_from].into_iter().flatten().filter(|folder| !known.contains(folder))
        {
            let message = format!("no prices for region {folder}");
            problems.push(DataProblem { path: format!("aws/{folder}"), line: 0, message });
        }
        let bands = own.values().chain(global.values()).flatten().flat_map(|tariff| &tariff.bands);
        let confirmed = bands.filter(|band| band.evidence.standing != Standing::Unverified);
        match confirmed.map(|band| band.evidence.seen).max() {
            Some(newest) if problems.is_empty() => {
                let (region, borrow_from) = (region.to_owned(), borrow_from.map(str::to_owned));
                Ok(PriceBook { region, borrow_from, own, global, borrowed, allowances, newest })
            }
            None if problems.is_empty() => {
                let message = "no price of the region is confirmed by a source".to_owned();
                Err(vec![DataProblem { path: format!("aws/{region}"), line: 0, message }])
            }
            _ => Err(problems),
        }
    }

    /// The region whose prices these are.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The newest day on which any price of the region was confirmed: the day that prices are taken at by default.
    #[must_use]
    pub fn newest(&self) -> Date {
        self.newest
    }

    /// The tariff of `price_id` on `date`, and the region it was borrowed from, if it was.
    ///
    /// # Errors
    /// The price as missing: never a zero in its place.
    ///
    /// ```
    /// use weigh_core::pricebook::PriceBook;
    /// let files = weigh_prices::files();
    /// let book = PriceBook::open(&files, "us-east-1", None).unwrap();
    /// let (tariff, borrowed_from) = book.tariff("ec2/instance-hours/t3.medium", book.newest()).unwrap();
    /// assert_eq!((tariff.bands[0].rate.to_string().as_str(), borrowed_from), ("0.0416", None));
    /// let unknown = book.tariff("ec2/instance-hours/t9.medium", book.newest()).unwrap_err();
    /// assert!(unknown.to_string().ends_with("add it to pricing-data/aws/us-east-1/ec2.csv"));
    /// ```
    pub fn tariff<'a>(
        &'a self,
        price_id: &str,
        date: Date,
    ) -> Result<(&'a Tariff, Option<&'a str>), MissingPrice> {
        let holds = |dated: &'a Vec<Tariff>| dated.iter().rev().find(|tariff| tariff.from <= date);
        let local = self.own.get(price_id).or_else(|| self.global.get(price_id));
        let found = local.and_then(holds).map(|tariff| (tariff, None));
        let borrowed = || {
            let tariff = self.borrowed.get(price_id).and_then(holds)?;
            Some((tariff, self.borrow_from.as_deref()))
        };
        let missing = |absence| MissingPrice {
            price_id: price_id.to_owned(),
            region: self.region.clone(),
            date,
            absence,
            file: self.file_of(price_id),
        };
        match found.or_else(borrowed) {
            Some((tariff, _)) if tariff.bands.is_empty() => Err(missing(Absence::NotOffered)),
            Some(found) => Ok(found),
            None => Err(missing(match local.and_then(|dated| dated.first()) {
                Some(first) => Absence::NotYet(first.from),
                None => Absence::Missing,
            })),
        }
    }

    /// Prices a month's usage at the tariffs of `date`.
    ///
    /// Lines of one tariff fill its bands together, in their order. With `with_allowances`, the account's free
    /// quantities are used up first, each as a charge of its own at rate 0; bands count what lies beyond them.
    ///
    /// # Errors
    /// Every price that the book lacks, each once.
    pub fn price(&self, usage: &Usage, date: Date, with_allowances: bool) -> Result<Bill, Vec<MissingPrice>> {
        let mut charges = Vec::with_capacity(usage.lines().len());
        let mut missing: Vec<MissingPrice> = Vec::new();
        let mut used: BTreeMap<&str, Decimal> = BTreeMap::new();
        let mut pools: BTreeMap<&str, Decimal> = BTreeMap::new();
        for line in usage.lines() {
            let found = self.tariff(&line.price_id, date).and_then(|(tariff, borrowed_from)| {
                self.same_unit(line, tariff, date).map(|()| (tariff, borrowed_from))
            });
            let (tariff, borrowed_from) = match found {
                Ok(found) => found,
                Err(why) => {
                    if !missing.contains(&why) {
                        missing.push(why);
                    }
                    continue;
                }
            };
            let mut rest = line.amount;
            if let Some(allowance) = self.allowance(&line.price_id, date).filter(|_| with_allowances) {
                let left = pools.entry(allowance.pool.as_str()).or_insert(allowance.quantity);
                let free = rest.min(*left);
                *left -= free;
                rest -= free;
                if !free.is_zero() {
                    charges.push(free_charge(line, allowance, free));
                }
            }
            let before = used.entry(line.price_id.as_str()).or_default();
            for part in tariff.split(*before, rest) {
                charges.push(charge(line, tariff, part, borrowed_from));
            }
            *before += rest;
        }
        if missing.is_empty() { Ok(Bill::new(charges)) } else { Err(missing) }
    }

    /// The file that a price belongs to: the region's, unless the price is one for all regions.
    fn file_of(&self, price_id: &str) -> String {
        let folder = if self.global.contains_key(price_id) { GLOBAL } else { &self.region };
        format!("aws/{folder}/{}.csv", price_id.split('/').next().unwrap_or(price_id))
    }

    fn same_unit(&self, line: &UsageLine, tariff: &Tariff, date: Date) -> Result<(), MissingPrice> {
        if tariff.unit == line.quantity.unit() {
            return Ok(());
        }
        Err(MissingPrice {
            price_id: line.price_id.clone(),
            region: self.region.clone(),
            date,
            absence: Absence::OtherUnit(tariff.unit.to_string()),
            file: self.file_of(&line.price_id),
        })
    }

    /// The allowance that covers a price id on a day.
    fn allowance(&self, price_id: &str, date: Date) -> Option<&Allowance> {
        let covering =
            self.allowances.iter().filter(|allowance| allowance.covers.iter().any(|id| id == price_id));
        covering.filter(|allowance| allowance.from <= date).max_by_key(|allowance| allowance.from)
    }
}

fn charge(line: &UsageLine, tariff: &Tariff, part: Part, borrowed_from: Option<&str>) -> Charge {
    Charge {
        price_id: line.price_id.clone(),
        description: line.description.clone(),
        factors: line.quantity.factors().to_vec(),
        metered: line.amount,
        part: part.band,
        quantity: part.quantity,
        unit: tariff.unit,
        rate: part.rate,
        cost: part.quantity * part.rate,
        provenance: Provenance {
            source: part.evidence.source,
            from: tariff.from,
            seen: part.evidence.seen,
            standing: part.evidence.standing,
            borrowed_from: borrowed_from.map(str::to_owned),
        },
    }
}

fn free_charge(line: &UsageLine, allowance: &Allowance, free: Decimal) -> Charge {
    Charge {
        price_id: line.price_id.clone(),
        description: line.description.clone(),
        factors: line.quantity.factors().to_vec(),
        metered: line.amount,
        part: "free allowance".to_owned(),
        quantity: free,
        unit: allowance.unit,
        rate: Decimal::ZERO,
        cost: Decimal::ZERO,
        provenance: Provenance {
            source: allowance.evidence.source.clone(),
            from: allowance.from,
            seen: allowance.evidence.seen,
            standing: allowance.evidence.standing,
            borrowed_from: None,
        },
    }
}

#[cfg(test)]
mod tests;
