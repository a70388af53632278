//! The only place where usage becomes money.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::committed::{Committed, Cover};
use super::missing::{Absence, MissingPrice};
use super::own;
use super::region::{Found, RegionPrices};
use super::tariff::{Allowance, Part, Tariff};
use crate::account::Account;
use crate::bill::{Bill, Charge, CommitmentLink, CommitmentRole, Discount, Provenance, Standing, StatedRate};
use crate::time::Date;
use crate::usage::{Usage, UsageLine};

/// Amounts by price id or pool.
pub(super) type Amounts<'a> = BTreeMap<&'a str, Decimal>;

/// On which terms a month's usage is priced.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The day whose prices are used.
    pub date: Date,
    /// Whether the account's monthly free quantities are used up first.
    pub with_allowances: bool,
    /// What the account pays less than the list says.
    pub discounts: &'a [Discount],
    /// What the account has committed to.
    pub committed: Committed<'a>,
    /// Prices that the scenario states by itself; they come before those of the book.
    pub stated: &'a [StatedRate],
    /// What the account uses beside this.
    pub account: &'a Account,
}

impl Terms<'_> {
    /// What is taken off a price of the book; nothing off the user's own.
    pub(super) fn discount(&self, price_id: &str, standing: Standing) -> Option<&Discount> {
        Discount::of(self.discounts, price_id).filter(|_| standing != Standing::Own)
    }

    /// US dollars for one unit of a tariff in its first band, less what the account has off; nothing without a band.
    ///
    /// ```
    /// use weigh_core::pricebook::Terms;
    /// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
    /// let terms = Terms::on(prices.newest());
    /// let price_id = "ec2/instance-hours/t3.medium";
    /// let (tariff, _) = prices.tariff(price_id, terms.date).unwrap();
    /// assert_eq!(terms.first_rate(&tariff, price_id).unwrap().to_string(), "0.0416");
    /// ```
    #[must_use]
    pub fn first_rate(&self, tariff: &Tariff<'_>, price_id: &str) -> Option<Decimal> {
        let band = tariff.bands.first()?;
        let discount = self.discount(price_id, band.evidence.standing);
        Some(discount.map_or(band.rate, |discount| discount.off(band.rate)))
    }

    /// List prices of a day, with the free quantities.
    ///
    /// ```
    /// use weigh_core::pricebook::Terms;
    /// let terms = Terms::on("2026-10-07".parse().unwrap());
    /// assert!(terms.with_allowances && terms.discounts.is_empty());
    /// ```
    #[must_use]
    pub fn on(date: Date) -> Terms<'static> {
        Terms {
            date,
            with_allowances: true,
            discounts: &[],
            stated: &[],
            committed: Committed::default(),
            account: Account::NONE,
        }
    }
}

impl RegionPrices {
    /// Prices a month's usage.
    ///
    /// Lines of one tariff fill its bands together, in their order, from where the account's own use ends. With allowances, the account's free quantities are
    /// used up first, each as a charge of its own at rate 0; bands count what lies beyond them. A discount lowers the
    /// rate of the book, and never that of the user's own sheet. What a commitment covers is a charge at rate 0, and the
    /// commitment's fee, for all hours of the month, comes last.
    ///
    /// # Errors
    /// Every price that the book lacks, each once.
    pub fn price(&self, usage: &Usage, terms: &Terms<'_>) -> Result<Bill, Vec<MissingPrice>> {
        let mut charges = Vec::with_capacity(usage.lines().len());
        let mut missing: Vec<MissingPrice> = Vec::new();
        let mut cover = Cover::default();
        if !terms.committed.commitments.is_empty() {
            cover = self.cover(usage, terms).unwrap_or_else(|why| {
                missing = why;
                Cover::default()
            });
        }
        let fees = std::mem::take(&mut cover.fees);
        let (mut used, mut pools) = self.used_before(terms);
        for (place, line) in usage.lines().iter().chain(&fees).enumerate() {
            let stated = terms.stated.iter().find(|stated| stated.price_id == line.price_id);
            let found = stated
                .map(|stated| Ok((own::stated_tariff(stated, line.quantity.unit(), terms.date), None)))
                .unwrap_or_else(|| self.tariff(&line.price_id, terms.date))
                .and_then(|found| self.same_unit(line, &found.0, terms.date).map(|()| found));
            let found = match found {
                Ok(found) => found,
                Err(why) => {
                    if !missing.contains(&why) {
                        missing.push(why);
                    }
                    continue;
                }
            };
            let mut rest = cover.rest(place, line);
            let allowance = self.allowances.on(&line.price_id, terms);
            if let Some(allowance) = allowance {
                let left = pools.entry(allowance.pool.as_str()).or_insert(allowance.quantity);
                let free = rest.min(*left);
                *left -= free;
                rest -= free;
                if !free.is_zero() {
                    charges.push(free_charge(line, allowance, free));
                }
            }
            charges.extend(cover.take(place));
            let before = used.entry(line.price_id.as_str()).or_default();
            // Behind the usage stand the fees, in the order of the reservations that they are for.
            let fee_of = place.checked_sub(usage.lines().len());
            let commitment = fee_of.map(|place| CommitmentLink { place, role: CommitmentRole::Fee });
            for part in found.0.split(*before, rest) {
                let discount = terms.discount(&line.price_id, part.evidence.standing);
                charges.push(Charge { commitment, ..charge(line, &found, part, discount) });
            }
            *before += rest;
        }
        if !missing.is_empty() {
            return Err(missing);
        }
        charges.append(&mut cover.stated);
        Ok(Bill::new(charges).with_commitments(cover.outcomes))
    }

    /// What of each tariff is used already, and what is left of each free quantity, where the account's own use ends.
    pub(super) fn used_before<'a>(&'a self, terms: &Terms<'a>) -> (Amounts<'a>, Amounts<'a>) {
        let (mut used, mut pools) = (Amounts::new(), Amounts::new());
        for own in &terms.account.used {
            let mut beyond = own.quantity;
            if let Some(allowance) = self.allowances.of_account(&own.price_id, terms) {
                let left = pools.entry(allowance.pool.as_str()).or_insert(allowance.quantity);
                let free = beyond.min(*left);
                *left -= free;
                beyond -= free;
            }
            if own.region.as_deref().is_none_or(|region| region == self.region()) {
                *used.entry(own.price_id.as_str()).or_default() += beyond;
            }
        }
        (used, pools)
    }

    fn same_unit(&self, line: &UsageLine, tariff: &Tariff<'_>, date: Date) -> Result<(), MissingPrice> {
        if tariff.unit == line.quantity.unit() {
            return Ok(());
        }
        Err(self.missing(&line.price_id, date, Absence::OtherUnit(tariff.unit.to_string())))
    }
}

pub(super) fn charge(
    line: &UsageLine,
    found: &Found<'_>,
    part: Part<'_>,
    discount: Option<&Discount>,
) -> Charge {
    let (tariff, borrowed_from) = found;
    let rate = discount.map_or(part.rate, |discount| discount.off(part.rate));
    Charge {
        price_id: line.price_id.clone(),
        description: line.description.clone(),
        component: line.scope.component.clone(),
        environment: line.scope.environment.clone(),
        reason: line.scope.reason.clone(),
        factors: line.quantity.factors().to_vec(),
        metered: line.amount,
        part: part.band,
        quantity: part.quantity,
        unit: tariff.unit,
        list_rate: part.rate,
        discount: discount.cloned(),
        rate,
        cost: part.quantity * rate,
        provenance: Provenance {
            source: part.evidence.source.to_owned(),
            from: tariff.from,
            seen: part.evidence.seen,
            standing: part.evidence.standing,
            borrowed_from: borrowed_from.map(str::to_owned),
            derivation: tariff.derivation.as_ref().map(|from| (from.base_price_id.clone(), from.factor)),
        },
        commitment: None,
    }
}

fn free_charge(line: &UsageLine, allowance: &Allowance, free: Decimal) -> Charge {
    Charge {
        price_id: line.price_id.clone(),
        description: line.description.clone(),
        component: line.scope.component.clone(),
        environment: line.scope.environment.clone(),
        reason: line.scope.reason.clone(),
        factors: line.quantity.factors().to_vec(),
        metered: line.amount,
        part: "free allowance".to_owned(),
        quantity: free,
        unit: allowance.unit,
        list_rate: Decimal::ZERO,
        discount: None,
        rate: Decimal::ZERO,
        cost: Decimal::ZERO,
        provenance: Provenance {
            source: allowance.source.clone(),
            from: allowance.from,
            seen: allowance.seen,
            standing: allowance.standing,
            borrowed_from: None,
            derivation: None,
        },
        commitment: None,
    }
}
