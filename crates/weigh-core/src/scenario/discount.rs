//! Tables `[[discount]]`: what the account pays less than the list says.

use std::ops::Range;

use rust_decimal::Decimal;
use toml::de::DeTable;

use super::reader::Reader;
use super::sections::DiscountEntry;
use crate::bill::Discount;
use crate::problem::Problem;

/// Reads the tables `[[discount]]`; nothing when one is wrong, or when a service has two.
pub(super) fn read(reader: &mut Reader<'_>, root: &DeTable<'_>) -> Option<Vec<Discount>> {
    let places = reader.tables(root, "discount");
    let mut read: Vec<(Discount, Range<usize>)> = Vec::new();
    let mut all_read = true;
    for place in &places {
        let Some((entry, values)) = reader.section::<DiscountEntry>(place) else {
            all_read = false;
            continue;
        };
        let span = values.span("service").unwrap_or(place.span.clone());
        if let Some((_, first)) = read.iter().find(|(known, _)| known.service == entry.service) {
            let problem = Problem::at(span, format!("two discounts on `{}`", entry.service));
            let allowed = "one discount for each service, and one for all the others";
            reader.problems.push(problem.allowing(allowed).beside(first.clone(), "the first"));
            all_read = false;
            continue;
        }
        let percent = entry.off * Decimal::ONE_HUNDRED;
        let note = entry.note.unwrap_or_default();
        read.push((Discount { service: entry.service, percent: percent.normalize(), note }, span));
    }
    all_read.then(|| read.into_iter().map(|(discount, _)| discount).collect())
}
