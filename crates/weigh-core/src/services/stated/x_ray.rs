//! X-Ray: traces of a share of the requests.

use rust_decimal::Decimal;

use super::{Context, StatedService, beside, none, settings, silent};
use crate::measure::Rate;
use crate::money::NotExact;
use crate::scenario::{Section, Values, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

section! {
    /// Settings of traces.
    pub(super) struct Settings {
        /// Share of the requests that is traced.
        pub sampled: Decimal => Kind::Share, Default("5 %");
        /// Traces that are looked at or scanned.
        pub retrieved: Option<Rate> => Kind::Rate, Optional;
    }
}

/// X-Ray bills traces that are recorded, and traces that are retrieved or scanned. Its default rule records the first
/// request of each second and 5 % of the rest; the share alone is taken.
///
/// Source: AWS X-Ray pricing page and developer guide (sampling rules), as known in November 2026. 10 % of ten requests a
/// second through a month of 31 days are 2,678,400 traces:
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let lines = worked("kind = \"x-ray\"\nsampled = \"10 %\"", 26_784_000, &words, &catalog).unwrap();
/// assert_eq!(lines, ["x-ray/traces-recorded: 26,784,000 requests × 0.1 traced = 2,678,400 Traces"]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "x-ray",
    title: "X-Ray",
    summary: "Traces of a share of the requests.",
    metered: "traces recorded (requests × share) and traces retrieved",
    settings: Settings::FIELDS,
    example: "sampled = \"10 %\"",
    contradictions: none,
    meter,
    notes: silent,
    zones: beside,
};

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let recorded = context.per_request(Unit::Traces, settings.sampled, "traced");
    context.add(usage, "x-ray/traces-recorded", "traces", recorded)?;
    let looked_at = settings.retrieved.map_or(Decimal::ZERO, |rate| rate.per_month(context.month));
    let retrieved = Quantity::of(Unit::Traces).times(looked_at, "traces");
    context.add(usage, "x-ray/traces-retrieved", "traces retrieved", retrieved)
}
