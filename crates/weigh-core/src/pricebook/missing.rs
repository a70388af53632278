//! A price that a bill needs and the book lacks: why, and where it belongs.

use std::fmt;

use crate::time::Date;

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
    /// The file to add it to, with the folder of the book before it.
    pub file: String,
}

impl fmt::Display for MissingPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MissingPrice { price_id, region, date, absence, file } = self;
        match absence {
            Absence::Missing => {
                write!(f, "no price for {price_id} in {region} on {date}: add it to {file}")
            }
            Absence::NotOffered => write!(f, "{price_id} is not offered in {region}"),
            Absence::NotYet(first) => write!(
                f,
                "no price for {price_id} in {region} on {date}: the book knows it from {first} on; \
                 an older one goes into {file}"
            ),
            Absence::OtherUnit(unit) => {
                write!(
                    f,
                    "{price_id} in {region} is priced per {unit}, which is not how it is metered: see {file}"
                )
            }
        }
    }
}
