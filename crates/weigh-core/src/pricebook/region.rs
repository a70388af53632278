//! The prices of one region: look-up by price id and day.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::allowances::Allowances;
use super::image::{Block, Image};
use super::missing::{Absence, MissingPrice};
use super::own::OwnPrices;
use super::rules::{Rule, SpotSaving};
use super::tariff::{Evidence, Tariff};
use super::{BookHash, GLOBAL, INSTANCE_HOURS};
use crate::time::Date;

/// Dated prices of one region, with those that hold in every region behind them.
///
/// ```
/// use weigh_core::data::DataFile;
/// use weigh_core::pricebook::{PriceBook, Terms};
/// use weigh_core::units::Unit;
/// use weigh_core::usage::{Quantity, Usage};
/// let file = DataFile {
///     path: "aws/us-east-1/fargate.csv".into(),
///     text: "price_id,unit,from_quantity,usd,from,seen,source,mark\n\
///            fargate/vcpu-hours/linux-x86,vCPU-Hours,0,0.04048,2021-01-14,2026-10-07,aws-offers,\n".into(),
/// };
/// let book = PriceBook::pack(&[file]).unwrap();
/// let prices = book.open("us-east-1", None).unwrap();
/// let mut usage = Usage::default();
/// let hours = Quantity::of(Unit::VcpuHours).times(2, "tasks").times(1, "vCPU").times(730, "hours");
/// usage.add("fargate/vcpu-hours/linux-x86", "vCPU", hours).unwrap();
/// let bill = prices.price(&usage, &Terms::on(prices.newest())).unwrap();
/// assert_eq!(bill.total().to_string(), "59.10080");
/// ```
#[derive(Clone, Debug)]
pub struct RegionPrices {
    pub(super) image: Arc<Image>,
    root: Arc<str>,
    region: String,
    pub(super) block: u32,
    global: Option<u32>,
    borrow_from: Option<(String, u32)>,
    own: OwnPrices,
    pub(super) allowances: Allowances,
    newest: Date,
    hash: BookHash,
    book_newest: Date,
}

/// A tariff, and the region that it was borrowed from, if it was.
pub type Found<'a> = (Tariff<'a>, Option<&'a str>);

/// What a region itself says of a price on a day.
enum Local<'a> {
    Holds(Tariff<'a>),
    NotOffered,
    NotYet(Date),
    Unknown,
}

impl RegionPrices {
    pub(super) fn new(
        image: Arc<Image>,
        root: Arc<str>,
        region: (String, u32),
        borrow_from: Option<(String, u32)>,
        own: OwnPrices,
        newest: Date,
        book: (BookHash, Date),
    ) -> RegionPrices {
        RegionPrices {
            root,
            region: region.0,
            block: region.1,
            global: image.region(GLOBAL),
            borrow_from,
            own,
            allowances: Allowances::of(&image),
            newest,
            hash: book.0,
            book_newest: book.1,
            image,
        }
    }

    /// The region whose prices these are.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The newest day that any row of the region speaks of, unverified ones too: the day that prices are taken at by
    /// default, so that all that is known is used, and said to be unverified where it is.
    #[must_use]
    pub fn newest(&self) -> Date {
        self.newest
    }

    /// The hash of the whole book, own prices included.
    #[must_use]
    pub fn book_hash(&self) -> BookHash {
        self.hash
    }

    /// The newest day on which any price of the whole book was confirmed.
    #[must_use]
    pub fn book_newest(&self) -> Date {
        self.book_newest
    }

    /// The tariff of `price_id` on `date`, and the region it was borrowed from, if it was.
    ///
    /// The user's own price comes first, then the region's, then that of all regions, then what a rule derives from
    /// another price of the region; last the price of the region to borrow from.
    ///
    /// # Errors
    /// The price as missing: never a zero in its place.
    ///
    /// ```
    /// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
    /// let (tariff, borrowed_from) = prices.tariff("ec2/instance-hours/t3.medium", prices.newest()).unwrap();
    /// assert_eq!((tariff.bands[0].rate.to_string().as_str(), borrowed_from), ("0.0416", None));
    /// let unknown = prices.tariff("ec2/instance-hours/t9.medium", prices.newest()).unwrap_err();
    /// assert!(unknown.to_string().ends_with("add it to pricing-data/aws/us-east-1/ec2.csv"));
    /// ```
    #[inline]
    pub fn tariff<'a>(&'a self, price_id: &str, date: Date) -> Result<Found<'a>, MissingPrice> {
        if let Some(tariff) = self.own.tariff(price_id, date) {
            return Ok((tariff, None));
        }
        let absence = match self.local(self.block, price_id, date) {
            Local::Holds(tariff) => return Ok((tariff, None)),
            Local::NotOffered => return Err(self.missing(price_id, date, Absence::NotOffered)),
            Local::NotYet(first) => Absence::NotYet(first),
            Local::Unknown => Absence::Missing,
        };
        if let Some((lender, block)) = &self.borrow_from
            && let Local::Holds(tariff) = self.local(*block, price_id, date)
        {
            return Ok((tariff, Some(lender)));
        }
        Err(self.missing(price_id, date, absence))
    }

    /// Every version of a price in the book, newest first, of the region or of all regions: what it cost when.
    ///
    /// Derived, borrowed and own prices have none.
    ///
    /// ```
    /// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
    /// let addresses = prices.history("vpc/public-ipv4-hours");
    /// assert_eq!(addresses[0].from.to_string(), "2024-02-01");
    /// assert!(prices.history("vpc/nothing").is_empty());
    /// ```
    #[must_use]
    pub fn history(&self, price_id: &str) -> Vec<Tariff<'_>> {
        let Some(number) = self.image.number_of(price_id) else { return Vec::new() };
        let record = self.blocks(self.block).find_map(|block| block.find(number));
        let Some(mut at) = record else { return Vec::new() };
        let (unit, versions) = (at.unit(), at.count());
        (0..versions).map(|_| at.tariff(unit, self.image.sources())).collect()
    }

    /// The price ids that the region has rows for, and those of all regions, sorted.
    ///
    /// ```
    /// let prices = weigh_prices::book().open("eu-west-1", None).unwrap();
    /// assert!(prices.price_ids().contains(&"fargate/vcpu-hours/linux-x86"));
    /// ```
    #[must_use]
    pub fn price_ids(&self) -> Vec<&str> {
        let mut numbers: Vec<u32> = Vec::new();
        for block in self.blocks(self.block) {
            numbers.extend(block.entries().map(|(number, _)| number));
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| self.image.ids().get(number)).collect()
    }

    /// The price ids for which the user's own sheet has a price in this region, sorted.
    #[must_use]
    pub fn own_price_ids(&self) -> Vec<&str> {
        self.own.price_ids()
    }

    /// How many of the user's own prices in this region begin after a day, and so do not hold on it.
    #[must_use]
    pub fn own_later_than(&self, date: Date) -> usize {
        self.own.later_than(date)
    }

    /// The other regions of the book, sorted.
    ///
    /// ```
    /// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
    /// let others: Vec<&str> = prices.other_regions().collect();
    /// assert!(others.contains(&"eu-west-1") && !others.contains(&"us-east-1") && !others.contains(&"global"));
    /// ```
    pub fn other_regions(&self) -> impl Iterator<Item = &str> {
        let all = self.image.all_blocks().map(|(name, _)| name);
        all.filter(|name| *name != GLOBAL && *name != self.region)
    }

    /// US dollars for one unit of a price in another region, in its first band; nothing where it is not known there.
    ///
    /// ```
    /// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
    /// let rate = |region: &str| prices.rate_elsewhere(region, "ec2/instance-hours/t3.medium", prices.newest());
    /// assert_eq!(rate("eu-west-1").unwrap().to_string(), "0.0456");
    /// assert_eq!(rate("us-north-9"), None);
    /// ```
    #[must_use]
    pub fn rate_elsewhere(&self, region: &str, price_id: &str, date: Date) -> Option<Decimal> {
        match self.local(self.image.region(region)?, price_id, date) {
            Local::Holds(tariff) => tariff.bands.first().map(|band| band.rate),
            Local::NotOffered | Local::NotYet(_) | Local::Unknown => None,
        }
    }

    /// What Spot instances of a type save, when the Spot Advisor's data has it.
    ///
    /// ```
    /// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
    /// assert!(prices.spot_saving("no.such-type").is_none());
    /// ```
    #[must_use]
    pub fn spot_saving(&self, instance_type: &str) -> Option<SpotSaving<'_>> {
        let number = self.image.number_of(&format!("{INSTANCE_HOURS}{instance_type}"))?;
        self.saving(self.block, number)
    }

    pub(super) fn saving(&self, block: u32, number: u32) -> Option<SpotSaving<'_>> {
        let mut savings = self.image.each_saving(self.image.block(block));
        savings.find(|(known, _)| *known == number).map(|(_, saving)| saving)
    }

    /// The lists of the region that are known to be whole: what their price ids begin with, and what that rests on.
    ///
    /// Every other price that begins so and was known elsewhere by then is not offered.
    pub fn lists(&self) -> impl Iterator<Item = (&str, Evidence<'_>)> {
        let mut at = self.image.block(self.block).wildcards();
        let count = at.count();
        (0..count).map(move |_| {
            let (prefix, ..) = (at.text(), at.unit(), at.date());
            (prefix, at.evidence(self.image.sources()))
        })
    }

    /// The blocks that speak for a region: its own, and that of all regions.
    fn blocks(&self, block: u32) -> impl Iterator<Item = Block<'_>> {
        [Some(block), self.global].into_iter().flatten().map(|number| self.image.block(number))
    }

    /// What a region says of a price: its own row, that of all regions, a list without it, or a rule.
    #[inline]
    fn local<'a>(&'a self, block: u32, price_id: &str, date: Date) -> Local<'a> {
        let number = self.image.number_of(price_id);
        match self.stated(block, number, date) {
            Local::Unknown => {}
            known => return known,
        }
        if number.is_some_and(|number| self.ruled_out(block, price_id, number, date).is_some()) {
            return Local::NotOffered;
        }
        self.derived(block, price_id, date)
    }

    /// What the rows of a region, or else those of all regions, say of a price.
    #[inline]
    fn stated(&self, block: u32, number: Option<u32>, date: Date) -> Local<'_> {
        let Some(number) = number else { return Local::Unknown };
        let global = || self.image.block(self.global?).find(number);
        let Some(mut at) = self.image.block(block).find(number).or_else(global) else {
            return Local::Unknown;
        };
        let (unit, versions) = (at.unit(), at.count());
        let mut first = date;
        for _ in 0..versions {
            let tariff = at.tariff(unit, self.image.sources());
            if tariff.from <= date {
                return if tariff.not_offered.is_some() { Local::NotOffered } else { Local::Holds(tariff) };
            }
            first = tariff.from;
        }
        Local::NotYet(first)
    }

    /// What a rule makes of another price of the region.
    fn derived<'a>(&'a self, block: u32, price_id: &str, date: Date) -> Local<'a> {
        let mut covering = self.image.each_rule().filter_map(|rule| Some((rule, rule.base_of(price_id)?)));
        let Some((rule, base_price_id)) = covering.next() else { return Local::Unknown };
        let number = self.image.number_of(&base_price_id);
        let base = self.stated(block, number, date);
        let Some(factor) = rule.factor else {
            let saving = number.and_then(|number| self.saving(block, number));
            return saving.map_or(Local::Unknown, |saving| spot(&rule, base_price_id, base, saving, date));
        };
        match base {
            Local::Holds(tariff) => Local::Holds(rule.derive(base_price_id, factor, tariff)),
            known => known,
        }
    }

    pub(super) fn missing(&self, price_id: &str, date: Date, absence: Absence) -> MissingPrice {
        let number = self.image.number_of(price_id);
        let global = self.global.map(|global| self.image.block(global));
        let is_global = number.zip(global).is_some_and(|(number, block)| block.find(number).is_some());
        let folder = if is_global { GLOBAL } else { &self.region };
        let service = price_id.split('/').next().unwrap_or(price_id);
        MissingPrice {
            price_id: price_id.to_owned(),
            region: self.region.clone(),
            date,
            absence,
            file: format!("{}/aws/{folder}/{service}.csv", self.root),
        }
    }
}

/// What is left of an on-demand price by the Spot Advisor's saving: known since both are, and as old as the older.
fn spot<'a>(
    rule: &Rule<'a>,
    base_price_id: String,
    base: Local<'a>,
    saving: SpotSaving<'a>,
    date: Date,
) -> Local<'a> {
    match base {
        Local::Holds(_) if date < saving.seen => Local::NotYet(saving.seen),
        Local::Holds(tariff) => {
            let mut spot = rule.derive(base_price_id, saving.factor(), tariff);
            for band in &mut spot.bands {
                band.evidence.source = saving.source;
                band.evidence.seen = band.evidence.seen.min(saving.seen);
            }
            spot.from = spot.from.max(saving.seen);
            Local::Holds(spot)
        }
        Local::NotYet(first) => Local::NotYet(first.max(saving.seen)),
        known => known,
    }
}
