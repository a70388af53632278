//! The ends of ranges: a scenario compared with every range at its low end, and with every one at its high end.

use super::{Comparison, compare};
use crate::catalog::Catalog;
use crate::pricebook::RegionPrices;
use crate::scenario::RangedScenario;

/// A comparison at both ends of the ranges of its scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Ends {
    /// Every range at its cheap end.
    pub low: Comparison,
    /// Every range at its dear end.
    pub high: Comparison,
}

/// Compares a scenario at both ends of its ranges, each as [`compare`] does: with a deployment of its own.
///
/// # Errors
/// As [`compare`].
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{compare, compare_ends, vocabulary};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000..600_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }]
/// "#;
/// let none = &mut |_: &str, _: &_| Err("no file can be read here".to_owned());
/// let (expected, ranged) = Scenario::parse_ranged(text, &words, none).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let ends = compare_ends(&ranged.unwrap(), &catalog, &book).unwrap();
/// let total = |comparison: &weigh_core::compare::Comparison| {
///     comparison.ranked().next().unwrap().1.evaluation.bill.total()
/// };
/// let between = total(&compare(&expected, &catalog, &book).unwrap());
/// assert!(total(&ends.low) < between && between < total(&ends.high));
/// ```
pub fn compare_ends(ranged: &RangedScenario, catalog: &Catalog, book: &RegionPrices) -> Result<Ends, String> {
    Ok(Ends { low: compare(&ranged.low, catalog, book)?, high: compare(&ranged.high, catalog, book)? })
}
