//! What else the book answers: why a region does not sell a thing, what is free of it, and which prices follow by rules.

use super::rules::Rule;
use super::tariff::{Allowance, Evidence};
use super::{GLOBAL, PriceBook, RegionPrices, Terms};
use crate::time::Date;

/// That a region does not sell a thing, and how this is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotOffered<'a> {
    /// The first day on which it is known.
    pub since: Date,
    /// The source that it is known from, and its newest day.
    pub evidence: Evidence<'a>,
    /// What says it.
    pub why: Why<'a>,
}

/// What says that a region does not sell a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why<'a> {
    /// A row of its own.
    Row,
    /// A list of all that the region sells of what begins so, which lacks it.
    List(&'a str),
    /// The price that it would follow from is not offered.
    Base(String),
}

impl PriceBook {
    /// The prices that are the same in every region, as those of a region named `global`; nothing when there are none.
    ///
    /// ```
    /// let everywhere = weigh_prices::book().everywhere().unwrap();
    /// assert_eq!(everywhere.region(), "global");
    /// assert!(everywhere.price_ids().contains(&"vpc/public-ipv4-hours"));
    /// ```
    #[must_use]
    pub fn everywhere(&self) -> Option<RegionPrices> {
        self.place(GLOBAL, self.newest()?)
    }

    /// The prices of a region, or of `global`, even when no source confirms any of them; a day stands in for the
    /// newest one then.
    ///
    /// ```
    /// let book = weigh_prices::book();
    /// let day = book.newest().unwrap();
    /// assert!(book.place("us-east-1", day).is_some() && book.place("us-north-9", day).is_none());
    /// ```
    #[must_use]
    pub fn place(&self, name: &str, day: Date) -> Option<RegionPrices> {
        let block = self.image.region(name)?;
        self.opened((name.to_owned(), block), None, Some(day))
    }

    /// What price ids begin with: those of the book, those that rules make, and those of own prices; sorted.
    ///
    /// ```
    /// assert!(weigh_prices::book().all_services().contains(&"lambda"));
    /// ```
    #[must_use]
    pub fn all_services(&self) -> Vec<&str> {
        fn first(price_id: &str) -> &str {
            price_id.split('/').next().unwrap_or(price_id)
        }
        let mut services = self.services();
        services.extend(self.rules().map(|rule: Rule<'_>| first(rule.pattern)));
        services.extend(self.own.iter().flat_map(|sheet| sheet.entries()).map(|(id, _, _)| first(id)));
        services.sort_unstable();
        services.dedup();
        services
    }
}

impl RegionPrices {
    /// How it is known that the region does not sell a thing on a day; nothing when that is not known.
    ///
    /// ```
    /// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
    /// assert!(prices.not_offered("ec2/instance-hours/t3.medium", prices.newest()).is_none());
    /// ```
    #[must_use]
    pub fn not_offered(&self, price_id: &str, date: Date) -> Option<NotOffered<'_>> {
        let versions = self.history(price_id);
        if !versions.is_empty() {
            let version = versions.into_iter().find(|version| version.from <= date)?;
            let evidence = version.not_offered?;
            return Some(NotOffered { since: version.from, evidence, why: Why::Row });
        }
        let number = self.image.number_of(price_id);
        if let Some(ruled_out) = number.and_then(|number| self.ruled_out(self.block, price_id, number, date))
        {
            return Some(ruled_out);
        }
        let base = self.image.each_rule().find_map(|rule| rule.base_of(price_id))?;
        let version = self.history(&base).into_iter().find(|version| version.from <= date)?;
        let evidence = version.not_offered?;
        Some(NotOffered { since: version.from, evidence, why: Why::Base(base) })
    }

    /// The list of a region that is known to be whole and lacks a price that others had by then.
    pub(super) fn ruled_out(
        &self,
        block: u32,
        price_id: &str,
        number: u32,
        date: Date,
    ) -> Option<NotOffered<'_>> {
        let known = self.image.known_since(number)?;
        // Spot instances of a type are offered only where the type is: a list before the Spot data is out of date.
        let spot = self.saving(block, number).map(|saving| saving.seen);
        let mut at = self.image.block(block).wildcards();
        let count = at.count();
        (0..count).find_map(|_| {
            let (prefix, _, since) = (at.text(), at.unit(), at.date());
            let evidence = at.evidence(self.image.sources());
            let later_spot = spot.is_some_and(|seen| seen > evidence.seen);
            let says = price_id.starts_with(prefix) && since <= date && known <= evidence.seen && !later_spot;
            says.then_some(NotOffered { since, evidence, why: Why::List(prefix) })
        })
    }

    /// What an account has free of a price on a day, and the price ids that share the quantity, sorted.
    ///
    /// ```
    /// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
    /// let (free, shared) = prices.allowance("lambda/duration-gb-seconds/x86", prices.newest()).unwrap();
    /// assert_eq!((free.pool.as_str(), free.quantity.to_string().as_str()), ("lambda/free-gb-seconds", "400000"));
    /// assert_eq!(shared, ["lambda/duration-gb-seconds/arm", "lambda/duration-gb-seconds/x86"]);
    /// ```
    #[must_use]
    pub fn allowance(&self, price_id: &str, date: Date) -> Option<(&Allowance, Vec<&str>)> {
        let free = self.allowances.on(price_id, &Terms::on(date))?;
        let covers = |places: &[usize]| places.iter().any(|place| self.allowances.all[*place] == *free);
        let covered = self.allowances.covered.iter().filter(|(_, places)| covers(places));
        Some((free, covered.map(|(id, _)| id.as_str()).collect()))
    }

    /// The price ids that have no row in the region and follow by a rule from one that has, sorted.
    ///
    /// ```
    /// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
    /// let rows = prices.price_ids();
    /// assert!(prices.derived_price_ids().iter().all(|id| !rows.contains(&id.as_str())));
    /// ```
    #[must_use]
    pub fn derived_price_ids(&self) -> Vec<String> {
        let rows = self.price_ids();
        let mut derived: Vec<String> = Vec::new();
        for rule in self.image.each_rule() {
            match rule.base_pattern.split_once('*') {
                None if rows.binary_search(&rule.base_pattern).is_ok() => {
                    derived.push(rule.pattern.to_owned());
                }
                None => {}
                Some((prefix, suffix)) => {
                    let stars = rows.iter().filter_map(|id| id.strip_prefix(prefix)?.strip_suffix(suffix));
                    derived.extend(stars.map(|star| rule.pattern.replace('*', star)));
                }
            }
        }
        derived.retain(|id| rows.binary_search(&id.as_str()).is_err());
        derived.sort_unstable();
        derived.dedup();
        derived
    }
}
