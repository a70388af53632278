//! The table `[scenario]` with the currency inside it, in which readers see totals beside US dollars.

use rust_decimal::Decimal;

use super::field::{Section, section};
use super::reader::{Place, Reader};
use super::sections::Header;
use crate::time::Date;

section! {
    /// A currency in which readers see totals too: the table `[scenario.currency]`. Prices and bills stay in US dollars.
    pub struct Currency {
        /// Its code, as in ISO 4217.
        pub code: String => Kind::CurrencyCode, Required;
        /// How much of it a US dollar is, as the user states it.
        pub rate: Decimal => Kind::ExchangeRate, Required;
        /// Day of that rate.
        pub as_of: Date => Kind::Date, Required;
    }
}

/// The key of the currency inside `[scenario]`.
pub(super) const KEY: &str = "currency";

/// What the currency is, for the schema.
pub(super) const DOC: &str =
    "Currency in which readers see totals beside US dollars, with the rate and its day.";

/// Reads `[scenario]`; without the currency where that is wrong, which the problems say.
pub(super) fn header(reader: &mut Reader<'_>, place: &Place<'_>) -> Option<Header> {
    let own = reader.own_keys(place, Header::FIELDS, &[KEY]);
    let inner = reader.table_titled(place.table, KEY, "[scenario.currency]".to_owned());
    let currency = inner.and_then(|inner| reader.section::<Currency>(&inner));
    let (header, _) = reader.section::<Header>(&Place { table: &own, ..place.clone() })?;
    Some(Header { currency: currency.map(|(currency, _)| currency), ..header })
}
