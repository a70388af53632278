//! ECR: the container images that are kept, and how often they are pulled.

use crate::measure::Size;
use crate::money::NotExact;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Adds the storage of so many versions of an image. Layers that versions share are counted each time, and images as large
/// as they are on disk: ECR stores them compressed, so this is the most.
///
/// # Errors
/// As [`Usage::add`].
///
/// ```
/// use rust_decimal::Decimal;
/// use weigh_core::services::registry;
/// use weigh_core::usage::Usage;
/// let mut usage = Usage::default();
/// registry::meter(&mut usage, "api", "512 MB".parse().unwrap(), 10, Decimal::ONE).unwrap();
/// assert_eq!(usage.lines()[0].amount, 5.into());
/// ```
pub fn meter(
    usage: &mut Usage,
    name: &str,
    image: Size,
    versions: u32,
    months: impl Into<rust_decimal::Decimal>,
) -> Result<(), NotExact> {
    let quantity = Quantity::of(Unit::GbMonths)
        .times_each(versions, "version", "versions")
        .times(image.gb(), format!("GB (image of {image})"))
        .times(months, "month");
    usage.add("ecr/private-storage-gb-months", format!("Images of {name}"), quantity)
}
