//! EventBridge: events of the application, and their archive.

use rust_decimal::Decimal;

use super::shared::{idle, kb, kept};
use super::{Context, StatedService, beside, settings, silent};
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, Values, Vocabulary, section};
use crate::units::Unit;
use crate::usage::Usage;

section! {
    /// Settings of an event bus.
    pub(super) struct Settings {
        /// Events that one request puts on the bus.
        pub events_per_request: Decimal => Kind::Number, Required;
        /// Size of an event; each 64 KB counts as one.
        pub event_size: Size => Kind::Size, Default("1 KB");
        /// Whether events are archived.
        pub archive: bool => Kind::Flag, Default("false");
        /// Events in the archive, on average over the month.
        pub archive_storage: Size => Kind::SizeOrZero, Default("0 B");
    }
}

/// EventBridge bills custom events, each 64 KB as one; what rules deliver within the account is free. An archive bills what
/// it takes in and what it keeps.
///
/// Source: Amazon EventBridge pricing page (aws.amazon.com/eventbridge/pricing), as known in November 2026; it has the
/// example of an event of 256 KB, which is billed as four:
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let large = "kind = \"eventbridge\"\nevents_per_request = 1\nevent_size = \"256 KB\"";
/// let lines = worked(large, 1_000, &words, &catalog).unwrap();
/// assert_eq!(lines, ["eventbridge/custom-events: 1,000 requests × 1 events × 4 steps of 64 KB = 4,000 Events"]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "eventbridge",
    title: "EventBridge",
    summary: "A bus for the application's own events.",
    metered: "events, in steps of 64 KB; GB into the archive and GB kept there",
    settings: Settings::FIELDS,
    example: "events_per_request = 1\narchive = true\narchive_storage = \"5 GB\"",
    contradictions,
    meter,
    notes: silent,
    zones: beside,
};

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    match values.value::<bool>("archive") {
        Some(true) => Vec::new(),
        _ => idle(values, &["archive_storage"], "archive", "without `archive = true`"),
    }
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let events = |unit| context.per_request(unit, settings.events_per_request, "events");
    let chunks = settings.event_size.in_steps(kb(64));
    let counted = events(Unit::Events).times(chunks, "steps of 64 KB");
    context.add(usage, "eventbridge/custom-events", "events", counted)?;
    if !settings.archive {
        return Ok(());
    }
    let archived = events(Unit::Gb).times(settings.event_size.gb(), format!("GB ({})", settings.event_size));
    context.add(usage, "eventbridge/archive-processed-gb", "into the archive", archived)?;
    let stored = kept(context, settings.archive_storage);
    context.add(usage, "eventbridge/archive-storage-gb-months", "archive", stored)
}
