//! One tariff: its bands, what it rests on, and how a quantity falls into the bands.

use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::bill::Standing;
use crate::money::number;
use crate::time::Date;
use crate::units::Unit;

/// What a price rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence<'a> {
    /// The newest day on which a source confirms it.
    pub seen: Date,
    /// The id of that source.
    pub source: &'a str,
    /// How well it is known.
    pub standing: Standing,
}

/// The rate from a quantity upwards, to the next band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band<'a> {
    /// The quantity in the month at which the band begins.
    pub from_quantity: Decimal,
    /// US dollars for one unit.
    pub rate: Decimal,
    /// What the rate rests on; bands of one tariff may rest on different sources.
    pub evidence: Evidence<'a>,
}

/// What a price id costs in one region from one date on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tariff<'a> {
    /// The unit that is priced.
    pub unit: Unit,
    /// The day from which it is known to hold.
    pub from: Date,
    /// The bands, ascending, the first from 0; empty when the region does not sell the thing.
    pub bands: SmallVec<[Band<'a>; 1]>,
    /// Where it is known from that the region does not sell the thing; nothing when it does.
    pub not_offered: Option<Evidence<'a>>,
    /// The price that it was derived from and by which factor; nothing when it stands in the data itself.
    pub derivation: Option<Box<Derivation>>,
}

/// How a price follows from another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// The price id that it was computed from, in the same region.
    pub base_price_id: String,
    /// What the base rate was multiplied by.
    pub factor: Decimal,
}

/// A quantity that an account has free each month, shared by the tariffs it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Its name: tariffs of one pool share one quantity.
    pub pool: String,
    /// The free quantity in a month.
    pub quantity: Decimal,
    /// The unit of the quantity.
    pub unit: Unit,
    /// The day from which it holds.
    pub from: Date,
    /// The newest day on which its source confirms it.
    pub seen: Date,
    /// The id of that source.
    pub source: String,
    /// How well it is known.
    pub standing: Standing,
}

/// The part of a quantity that falls into one band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The quantity in the band.
    pub quantity: Decimal,
    /// US dollars for one unit.
    pub rate: Decimal,
    /// Which band, in words; empty when the tariff has only one.
    pub band: String,
    /// What the rate rests on.
    pub evidence: Evidence<'a>,
}

impl<'a> Tariff<'a> {
    /// Splits `quantity` over the bands, when `before` has been used in the month already.
    ///
    /// The parts add up to `quantity`, each is above 0, and their order is that of the bands.
    ///
    /// ```
    /// use weigh_core::bill::Standing;
    /// use weigh_core::pricebook::{Band, Evidence, Tariff};
    /// use weigh_core::units::Unit;
    /// let evidence = Evidence {
    ///     seen: "2026-01-01".parse().unwrap(),
    ///     source: "example",
    ///     standing: Standing::Sourced,
    /// };
    /// let band = |from_quantity: u32, rate: &str| Band {
    ///     from_quantity: from_quantity.into(),
    ///     rate: rate.parse().unwrap(),
    ///     evidence,
    /// };
    /// let tariff = Tariff {
    ///     unit: Unit::Gb,
    ///     from: "2024-01-01".parse().unwrap(),
    ///     bands: [band(0, "0.09"), band(10_240, "0.085")].into_iter().collect(),
    ///     not_offered: None,
    ///     derivation: None,
    /// };
    /// let parts = tariff.split(10_000.into(), 1_000.into());
    /// assert_eq!((parts[0].quantity, parts[1].quantity), (240.into(), 760.into()));
    /// assert_eq!(parts[1].band, "above 10,240 GB");
    /// ```
    #[must_use]
    pub fn split(&self, before: Decimal, quantity: Decimal) -> Vec<Part<'a>> {
        let tops = self.bands.iter().skip(1).map(|band| Some(band.from_quantity)).chain([None]);
        // What is left is taken down part by part: a sum with `before` might have more digits than a decimal holds.
        let mut left = quantity;
        let parts = self.bands.iter().zip(tops).filter_map(|(band, top)| {
            let room = top.map(|top| (top - band.from_quantity.max(before)).max(Decimal::ZERO));
            let part = room.map_or(left, |room| room.min(left));
            left -= part;
            (!part.is_zero()).then(|| Part {
                quantity: part,
                rate: band.rate,
                band: self.band_name(band, top),
                evidence: band.evidence,
            })
        });
        parts.collect()
    }

    fn band_name(&self, band: &Band<'_>, top: Option<Decimal>) -> String {
        match top {
            None if self.bands.len() == 1 => String::new(),
            None => format!("above {} {}", number(band.from_quantity, 0), self.unit),
            Some(top) if band.from_quantity.is_zero() => format!("first {} {}", number(top, 0), self.unit),
            Some(top) => {
                format!("{} to {} {}", number(band.from_quantity, 0), number(top, 0), self.unit)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tariff(bands: &[(i64, i64)]) -> Tariff<'static> {
        let day: Date = "2026-01-01".parse().unwrap();
        let band = |&(from, rate): &(i64, i64)| Band {
            from_quantity: from.into(),
            rate: Decimal::new(rate, 3),
            evidence: Evidence { seen: day, source: "s", standing: Standing::Sourced },
        };
        Tariff {
            unit: Unit::Gb,
            from: day,
            bands: bands.iter().map(band).collect(),
            not_offered: None,
            derivation: None,
        }
    }

    /// before, quantity | quantity@rate in each band
    #[test]
    fn quantities_fall_into_their_bands() {
        let tariff = tariff(&[(0, 90), (10, 85), (50, 70)]);
        for (before, quantity, expected) in [
            (0, 5, "5@0.090"),
            (0, 10, "10@0.090"),
            (0, 11, "10@0.090 1@0.085"),
            (10, 1, "1@0.085"),
            (9, 50, "1@0.090 40@0.085 9@0.070"),
            (60, 3, "3@0.070"),
            (0, 0, ""),
        ] {
            let shown: Vec<String> = tariff
                .split(before.into(), quantity.into())
                .iter()
                .map(|part| format!("{}@{}", part.quantity, part.rate))
                .collect();
            assert_eq!(shown.join(" "), expected, "{before} + {quantity}");
        }
    }

    #[test]
    fn no_digit_is_lost_behind_what_was_used_before() {
        let third: Decimal = "0.3333333333333333333333333333".parse().unwrap();
        for bands in [&[(0, 90)][..], &[(0, 90), (10_240, 85)]] {
            let parts = tariff(bands).split("304166.66666666666666666666667".parse().unwrap(), third);
            assert_eq!(parts.iter().map(|part| part.quantity).sum::<Decimal>(), third, "{bands:?}");
        }
    }

    proptest! {
        #[test]
        fn the_parts_are_the_whole(before in 0i64..100_000, quantity in 0i64..100_000) {
            let tariff = tariff(&[(0, 90), (10_240, 85), (51_200, 70), (153_600, 50)]);
            let (before, quantity) = (Decimal::new(before, 2), Decimal::new(quantity, 2));
            let parts = tariff.split(before, quantity);
            prop_assert_eq!(parts.iter().map(|part| part.quantity).sum::<Decimal>(), quantity);
            prop_assert!(parts.iter().all(|part| part.quantity > Decimal::ZERO));
        }

        #[test]
        fn two_steps_cost_what_one_costs(first in 0i64..300_000, second in 0i64..300_000) {
            let tariff = tariff(&[(0, 90), (10_240, 85), (51_200, 70), (153_600, 50)]);
            let cost = |before: i64, quantity: i64| -> Decimal {
                tariff.split(before.into(), quantity.into()).iter().map(|part| part.quantity * part.rate).sum()
            };
            prop_assert_eq!(cost(0, first) + cost(first, second), cost(0, first + second));
        }
    }
}
