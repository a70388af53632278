//! The data folder of `weigh`, embedded as it stands: nothing is decoded here.

use std::borrow::Cow;

use weigh_core::data::DataFile;

/// The files below `pricing-data`: path and text.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The embedded data files, sorted by path; listing them copies no text.
///
/// ```
/// use weigh_core::pricebook::PriceBook;
/// let files = weigh_prices::files();
/// assert!(PriceBook::regions(&files).contains(&"us-east-1"));
/// assert!(PriceBook::open(&files, "us-east-1", None).is_ok());
/// ```
#[must_use]
pub fn files() -> Vec<DataFile> {
    let borrowed = |(path, text): &(&'static str, &'static str)| DataFile {
        path: Cow::Borrowed(*path),
        text: Cow::Borrowed(*text),
    };
    FILES.iter().map(borrowed).collect()
}
