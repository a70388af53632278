//! Prices that follow from others: which rule covers a price id, and what it makes of the base price.

use rust_decimal::Decimal;

use super::image::{Block, Cursor, Image};
use super::tariff::{Derivation, Evidence, Tariff};
use crate::bill::Standing;
use crate::time::Date;
use crate::units::Unit;

/// How often Spot instances of a type are interrupted in a month, as AWS's Spot Advisor puts it, from seldom to often.
pub const INTERRUPTIONS: [&str; 5] = ["<5%", "5-10%", "10-15%", "15-20%", ">20%"];

/// A rule by which the prices of a pattern follow from those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule<'a> {
    /// The price ids that it makes; `*` stands for any text.
    pub pattern: &'a str,
    /// The price ids that they follow from, with the same text for `*`.
    pub base_pattern: &'a str,
    /// The unit of the prices that it makes.
    pub unit: Unit,
    /// What the base is multiplied by; nothing where the Spot Advisor says it for each instance type.
    pub factor: Option<Decimal>,
    /// The id of the source that says how the rule was found.
    pub source: &'a str,
}

/// What Spot instances of a type save on the on-demand price, as AWS's Spot Advisor says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpotSaving<'a> {
    /// Percent of the on-demand price.
    pub saving_percent: u8,
    /// The share of instances that were interrupted in a month: `<5%` to `>20%`.
    pub interruption: &'static str,
    /// The day of the data.
    pub seen: Date,
    /// The id of its source.
    pub source: &'a str,
}

impl<'a> Rule<'a> {
    /// The price id that `price_id` follows from, when the rule covers it.
    pub(super) fn base_of(&self, price_id: &str) -> Option<String> {
        let Some((prefix, suffix)) = self.pattern.split_once('*') else {
            return (price_id == self.pattern).then(|| self.base_pattern.to_owned());
        };
        let star = price_id.strip_prefix(prefix)?.strip_suffix(suffix)?;
        Some(self.base_pattern.replace('*', star))
    }

    /// The tariff that the rule makes of its base with a factor.
    pub(super) fn derive(&self, base_price_id: String, factor: Decimal, mut base: Tariff<'a>) -> Tariff<'a> {
        base.unit = self.unit;
        for band in &mut base.bands {
            band.rate *= factor;
            let standing = band.evidence.standing.max(Standing::Derived);
            band.evidence = Evidence { seen: band.evidence.seen, source: self.source, standing };
        }
        base.derivation = Some(Box::new(Derivation { base_price_id, factor }));
        base
    }
}

impl SpotSaving<'_> {
    /// What the on-demand price is multiplied by.
    pub(super) fn factor(&self) -> Decimal {
        Decimal::ONE - Decimal::new(i64::from(self.saving_percent), 2)
    }
}

impl Image {
    /// The rules of the book, in its order.
    pub(super) fn each_rule(&self) -> impl Iterator<Item = Rule<'_>> {
        let mut at: Cursor<'_> = self.rules();
        let count = at.count();
        (0..count).map(move |_| {
            let (pattern, base_pattern, unit) = (at.text(), at.text(), at.unit());
            let stated = at.byte() == 1;
            let factor = at.decimal();
            let source = &*self.sources()[at.count() as usize];
            Rule { pattern, base_pattern, unit, factor: stated.then_some(factor), source }
        })
    }

    /// The savings of a region, each with the number of the on-demand price that it is taken off.
    pub(super) fn each_saving<'a>(&'a self, block: Block<'a>) -> impl Iterator<Item = (u32, SpotSaving<'a>)> {
        let mut at = block.spot();
        let count = at.count();
        (0..count).map(move |_| {
            let number = at.word();
            let (saving_percent, interruption) = (at.byte(), INTERRUPTIONS[usize::from(at.byte())]);
            let seen = at.date();
            let source = &*self.sources()[at.count() as usize];
            (number, SpotSaving { saving_percent, interruption, seen, source })
        })
    }
}
