//! What the price book itself says: which prices it has, one price with all that is known of it, and what changed.

mod changes;
mod difference;
mod difference_document;
mod ids;
mod list;
mod price;
mod price_document;
mod regions;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::Names;
use crate::data::nearest;
use crate::pricebook::RegionPrices;

pub use changes::{ChangeReport, StateReport};
pub use difference::{DifferenceCounts, DifferenceReport, Scope, Side, SideReport, difference_report};
pub use ids::{PriceIdReport, PriceIdsReport, price_ids_report};
pub use list::{ListedPriceReport, PriceListReport, price_list_report};
pub use price::{
    AllowanceReport, Asked, BandReport, BaseReport, NoPrice, NotOfferedReport, PriceReport, RegionRateReport,
    RegionRatesReport, SpotReport, VersionReport, price_report,
};
pub use regions::{RegionReport, RegionsReport, regions_report};

/// Which price ids are meant: those of a service, those that contain a text, derived ones too.
///
/// ```
/// use weigh_core::report::Selection;
/// let selection = Selection { service: Some("ec2/instance-hours"), text: Some("T3."), derived: false };
/// assert!(selection.has("ec2/instance-hours/t3.medium"));
/// assert!(!selection.has("ec2/instance-hours/m5.large"));
/// let ec2 = Selection { service: Some("ec2"), ..Selection::default() };
/// assert!(!ec2.has("ec2-spot/instance-hours/t3.medium"), "a service is a whole segment");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection<'a> {
    /// What the ids begin with: one or more whole segments.
    pub service: Option<&'a str>,
    /// A text that they contain, in any case.
    pub text: Option<&'a str>,
    /// Whether those are meant too that follow by rules from others.
    pub derived: bool,
}

impl Selection<'_> {
    /// Whether a price id is meant.
    #[must_use]
    pub fn has(&self, price_id: &str) -> bool {
        let of_service = |service: &str| {
            let rest = price_id.strip_prefix(service.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.service.is_none_or(of_service)
            && self.text.is_none_or(|text| price_id.to_lowercase().contains(&text.to_lowercase()))
    }

    /// The ids of a region that are meant, sorted: those with rows, own ones and, where wanted, derived ones.
    pub(super) fn ids(&self, prices: &RegionPrices) -> BTreeSet<String> {
        let meant = |ids: Vec<&str>| -> Vec<String> {
            ids.into_iter().filter(|id| self.has(id)).map(str::to_owned).collect()
        };
        let mut ids: BTreeSet<String> = meant(prices.price_ids()).into_iter().collect();
        ids.extend(meant(prices.own_price_ids()));
        if self.derived {
            ids.extend(prices.derived_price_ids().into_iter().filter(|id| self.has(id)));
        }
        ids
    }

    /// The selection in words, to stand behind a count of price ids.
    pub(super) fn words(&self) -> String {
        let service = self.service.map(|service| format!(" of {service}")).unwrap_or_default();
        let text = self.text.map(|text| format!(" containing `{text}`")).unwrap_or_default();
        service + &text
    }

    /// What might have been meant when nothing is: derived prices, or the nearest name.
    pub(super) fn hint(&self, derived: &BTreeSet<String>, known: &BTreeSet<String>) -> Option<String> {
        if !self.derived && !derived.is_empty() {
            let count = counted(derived.len(), "price follows", "prices follow");
            return Some(format!("{count} by rules from others: --derived lists them too."));
        }
        let ids: Vec<&str> = known.iter().map(String::as_str).collect();
        let meant = match (self.text, self.service) {
            (Some(text), service) => {
                let within = Selection { service, ..Selection::default() };
                let ids: Vec<&str> = ids.iter().copied().filter(|id| within.has(id)).collect();
                let segments: BTreeSet<&str> = ids.iter().flat_map(|id| id.split('/')).collect();
                nearest(text, segments).or_else(|| nearest(text, ids)).map(str::to_owned)
            }
            (None, Some(service)) => nearest_ids(service, &ids).first().map(|id| {
                let depth = service.trim_end_matches('/').split('/').count();
                id.split('/').take(depth).collect::<Vec<_>>().join("/")
            }),
            (None, None) => None,
        };
        let first = self.service.and_then(|service| service.split('/').next());
        let all = || {
            let first = first?;
            let of_first = Selection { service: Some(first), ..Selection::default() };
            let count = ids.iter().filter(|id| of_first.has(id)).count();
            (count > 0).then(|| format!("{first} has {}.", counted(count, "price id", "price ids")))
        };
        meant.map(|meant| format!("The nearest is `{meant}`.")).or_else(all)
    }
}

/// The price ids that are nearest to one that is not known, at most three: the same but for a slip in a segment, or
/// the ids that it is the beginning of.
///
/// ```
/// use weigh_core::report::nearest_ids;
/// let known = ["ec2/instance-hours/t3.medium", "ec2/instance-hours/t3.small", "lambda/requests"];
/// assert_eq!(nearest_ids("ec2/instance-hour/t3.medum", &known), ["ec2/instance-hours/t3.medium"]);
/// assert_eq!(nearest_ids("lamda", &known), ["lambda/requests"]);
/// assert!(nearest_ids("kubernetes/pods", &known).is_empty());
/// ```
#[must_use]
pub fn nearest_ids(text: &str, known: &[&str]) -> Vec<String> {
    const SHOWN: usize = 3;
    let mut start = String::new();
    for segment in text.split('/').filter(|segment| !segment.is_empty()) {
        let below = known.iter().filter_map(|id| id.strip_prefix(&start));
        let names: BTreeSet<&str> = below.filter_map(|rest| rest.split('/').next()).collect();
        let name = if names.contains(segment) { Some(segment) } else { nearest(segment, names) };
        let Some(name) = name else { return Vec::new() };
        start = format!("{start}{name}/");
    }
    let meant = known.iter().filter(|id| format!("{id}/").starts_with(&start));
    meant.take(SHOWN).map(|id| (*id).to_owned()).collect()
}

/// A source that a report names.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SourceReport {
    /// Its id.
    pub source: String,
    /// What it is.
    pub title: String,
}

/// The sources of a report, each once, in the order in which it names them.
fn sources<'a>(ids: impl Iterator<Item = &'a str>, names: &Names) -> Vec<SourceReport> {
    let mut met = BTreeSet::new();
    let first = ids.filter(|id| met.insert(*id));
    first.map(|id| SourceReport { source: id.to_owned(), title: names.source_title(id).to_owned() }).collect()
}

/// The number by which a document refers to each source.
fn numbered(sources: &[SourceReport]) -> BTreeMap<&str, String> {
    let numbers =
        sources.iter().zip(1..).map(|(each, number): (_, usize)| (&*each.source, format!("[{number}]")));
    numbers.collect()
}

/// The sources as points of a list, with their numbers.
fn source_lines(sources: &[SourceReport]) -> Vec<String> {
    let lines = sources.iter().zip(1..).map(|(SourceReport { source, title }, number): (_, usize)| {
        if source == title { format!("[{number}] {title}") } else { format!("[{number}] {source}: {title}") }
    });
    lines.collect()
}

/// A count with its noun.
fn counted(count: usize, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{} {noun}", crate::money::number(count.into(), 0))
}

/// The first digits of a book's hash: enough to tell books apart.
fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// How a price is marked; nothing for one that is well known.
fn marked(mark: &'static str) -> Option<&'static str> {
    (!mark.is_empty()).then_some(mark)
}

#[cfg(test)]
mod tests;
