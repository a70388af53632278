//! Tables `[[tolerance]]`: how far a figure may drift from a snapshot without being told.

use rust_decimal::Decimal;
use toml::de::DeTable;

use super::field::{Section, section};
use super::pattern::Pattern;
use super::policy::Within;
use super::reader::Reader;
use crate::measure::Change;
use crate::problem::{FilePlace, Problem};

section! {
    /// How far a figure may drift from a snapshot: a table `[[tolerance]]`. What is stated must hold together.
    pub struct ToleranceEntry {
        /// Prices whose charges it is about, as a pattern with `*`; left out, every charge, and the totals of options.
        pub price_id: Option<String> => Kind::Text, Optional;
        /// Percent of what it was that a cost may go up or down by.
        pub percent: Option<Decimal> => Kind::NumberOrZero, Optional;
        /// US dollars a month that a cost may go up or down by.
        pub dollars: Option<Decimal> => Kind::Dollars, Optional;
    }
}

/// How far a figure may drift.
///
/// ```
/// use weigh_core::scenario::Tolerance;
/// let one_percent = Tolerance::of("1 %".parse().unwrap());
/// assert!(one_percent.allows("scenarios/shop.toml", None, 100.into(), 101.into()));
/// assert!(!one_percent.allows("scenarios/shop.toml", None, 100.into(), 98.into()));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Tolerance {
    /// The scenario files that it is about; nothing for all, and for one that stands in a scenario.
    pub scenario: Option<Pattern>,
    /// The prices whose charges it is about; nothing for all charges and for totals.
    pub price_id: Option<Pattern>,
    /// What it may change by; at least one, and each must hold.
    pub within: Vec<Change>,
    /// Where it states `scenario`, else where it begins; nowhere for one of the command line.
    pub place: FilePlace,
}

impl Tolerance {
    /// A tolerance for every figure of every scenario.
    #[must_use]
    pub fn of(change: Change) -> Tolerance {
        Tolerance { scenario: None, price_id: None, within: vec![change], place: FilePlace::default() }
    }

    /// Whether it lets a change pass, up or down, in US dollars a month: of the charges at a price, or of a total where there
    /// is no price. The scenario is named by the path of its file, with `/`.
    #[must_use]
    pub fn allows(
        &self,
        scenario_file: &str,
        price_id: Option<&str>,
        before: Decimal,
        after: Decimal,
    ) -> bool {
        let of_scenario = self.scenario.as_ref().is_none_or(|pattern| pattern.matches_path(scenario_file));
        let of_price =
            self.price_id.as_ref().is_none_or(|pattern| price_id.is_some_and(|id| pattern.matches(id)));
        let change = after.checked_sub(before).map(|change| change.abs());
        let holds =
            |within: &Change| within.of(before).zip(change).is_some_and(|(most, change)| change <= most);
        of_scenario && of_price && !self.within.is_empty() && self.within.iter().all(holds)
    }
}

/// Reads the tables `[[tolerance]]`; nothing when one is wrong.
pub(super) fn read(
    reader: &mut Reader<'_>,
    root: &DeTable<'_>,
    within: &Within<'_>,
) -> Option<Vec<Tolerance>> {
    let places = reader.tables(root, "tolerance");
    let mut tolerances = Vec::with_capacity(places.len());
    for place in &places {
        let Some(values) = reader.values(place, &within.fields(ToleranceEntry::FIELDS)) else { continue };
        let Some(entry) = ToleranceEntry::build(&values) else { continue };
        let stated = [entry.percent.map(Change::Percent), entry.dollars.map(Change::Dollars)];
        let tolerance = Tolerance {
            scenario: values.value::<String>("scenario").map(Pattern::new),
            price_id: entry.price_id.map(Pattern::new),
            within: stated.into_iter().flatten().collect(),
            place: reader.file_place(&values.span("scenario").unwrap_or_else(|| place.span.clone())),
        };
        if tolerance.within.is_empty() {
            let problem = Problem::at(place.span.clone(), "a [[tolerance]] says not how much it lets pass");
            reader.problems.push(problem.allowing("`percent`, `dollars` or both"));
            continue;
        }
        tolerances.push(tolerance);
    }
    (tolerances.len() == places.len()).then_some(tolerances)
}
