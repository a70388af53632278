//! The price book of `weigh`, embedded: the prices in their packed form, shapes and traits as they stand.

use std::borrow::Cow;

use weigh_core::data::DataFile;
use weigh_core::pricebook::PriceBook;

/// The files below `pricing-data` that hold no prices: path and text.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
/// The prices, packed.
const BOOK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/book.bin"));

/// The embedded shapes, limits, traits, regions and sources, sorted by path; listing them copies no text.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// assert!(catalog.instance_type("t3.medium").is_some());
/// ```
#[must_use]
pub fn files() -> Vec<DataFile> {
    let borrowed = |(path, text): &(&'static str, &'static str)| DataFile {
        path: Cow::Borrowed(*path),
        text: Cow::Borrowed(*text),
    };
    FILES.iter().map(borrowed).collect()
}

/// The embedded prices: nothing is decoded or copied.
///
/// ```
/// let book = weigh_prices::book();
/// assert!(book.regions().contains(&"us-east-1"));
/// assert!(book.open("us-east-1", None).is_ok());
/// ```
#[must_use]
pub fn book() -> PriceBook {
    PriceBook::from_packed(BOOK)
}
