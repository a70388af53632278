//! SNS: messages that are published to topics.

use rust_decimal::Decimal;

use super::shared::kb;
use super::{Context, StatedService, beside, none, settings, silent};
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Section, Values, section};
use crate::units::Unit;
use crate::usage::Usage;

section! {
    /// Settings of a topic.
    pub(super) struct Settings {
        /// Messages that one request publishes.
        pub messages_per_request: Decimal => Kind::Number, Required;
        /// Size of a message; each 64 KB is a request.
        pub message_size: Size => Kind::Size, Default("1 KB");
    }
}

/// SNS bills what is published, each 64 KB as a request; deliveries to SQS and Lambda are free. Deliveries over HTTP, by
/// mail and by SMS are not priced here.
///
/// Source: Amazon SNS pricing page, standard topics, as known in November 2026.
///
/// A message of 256 KB is four requests, as AWS says on that page:
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let large = "kind = \"sns\"\nmessages_per_request = 1\nmessage_size = \"256 KB\"";
/// let lines = worked(large, 1_000, &words, &catalog).unwrap();
/// assert_eq!(lines, ["sns/publish-requests: 1,000 requests × 1 messages × 4 steps of 64 KB = 4,000 Requests"]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "sns",
    title: "SNS",
    summary: "Topics that pass messages on to queues and functions.",
    metered: "messages published, in steps of 64 KB; deliveries to SQS and Lambda are free",
    settings: Settings::FIELDS,
    example: "messages_per_request = 1",
    contradictions: none,
    meter,
    notes: silent,
    zones: beside,
};

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let published = context.per_request(Unit::Requests, settings.messages_per_request, "messages");
    let chunks = settings.message_size.in_steps(kb(64));
    context.add(usage, "sns/publish-requests", "messages", published.times(chunks, "steps of 64 KB"))
}
