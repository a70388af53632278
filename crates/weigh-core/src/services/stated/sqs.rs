//! SQS: requests that send, receive and delete messages.

use rust_decimal::Decimal;

use super::shared::kb;
use super::{Context, StatedService, beside, none, settings, silent};
use crate::measure::{Rate, Size};
use crate::money::NotExact;
use crate::scenario::{Section, Values, choice, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

choice! {
    /// The kind of a queue.
    pub(super) enum Queue {
        /// At least once, in about the order sent.
        Standard = "standard",
        /// Exactly once, in the order sent.
        Fifo = "fifo",
    }
}

section! {
    /// Settings of a queue.
    pub(super) struct Settings {
        /// The kind of queue.
        pub queue: Queue => Kind::OneOf(Queue::CHOICES), Default("standard");
        /// Messages that one request sends; each is sent, received and deleted once.
        pub messages_per_request: Decimal => Kind::Number, Required;
        /// Size of a message; each 64 KB of what is sent or received at once is a request.
        pub message_size: Size => Kind::Size, Default("1 KB");
        /// Messages that are sent, received and deleted at once.
        pub batch_size: u32 => Kind::Count { least: 1, most: 10 }, Default("1");
        /// Requests that ask for messages and find none; with long polling few.
        pub empty_receives: Option<Rate> => Kind::Rate, Optional;
    }
}

/// SQS bills every call: a message costs three, and each 64 KB of a payload is a call of its own. Messages of a batch share
/// theirs.
///
/// Source: Amazon SQS pricing page, as known in November 2026. Not documented but usual: one receive for each batch.
///
/// One million messages of 1 KB are three million requests; in batches of ten, 300,000:
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let lines = worked("kind = \"sqs\"\nmessages_per_request = 1", 1_000_000, &words, &catalog).unwrap();
/// assert_eq!(lines, ["sqs/standard-requests: 1,000,000 requests × 1 messages × 3 calls for each = 3,000,000 Requests"]);
/// let batched = "kind = \"sqs\"\nqueue = \"fifo\"\nmessages_per_request = 1\nmessage_size = \"8 KB\"\nbatch_size = 10";
/// // 80 KB are two calls to send and two to receive, and one to delete, for ten messages.
/// let lines = worked(batched, 1_000_000, &words, &catalog).unwrap();
/// assert_eq!(lines, ["sqs/fifo-requests: 1,000,000 requests × 1 messages × 0.5 calls for each = 500,000 Requests"]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "sqs",
    title: "SQS",
    summary: "Queues of messages, standard or first in, first out.",
    metered: "calls: messages × (send + receive + delete), each 64 KB a call, divided by the batch",
    settings: Settings::FIELDS,
    example: "messages_per_request = 1",
    contradictions: none,
    meter,
    notes: silent,
    zones: beside,
};

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let price_id = format!("sqs/{}-requests", settings.queue.spelling());
    let batch = Decimal::from(settings.batch_size);
    let bytes = settings.message_size.bytes().saturating_mul(settings.batch_size.into());
    let chunks = Size::from_bytes(bytes).in_steps(kb(64));
    let calls = ((chunks + chunks + Decimal::ONE) / batch).normalize();
    let messages = context.per_request(Unit::Requests, settings.messages_per_request, "messages");
    context.add(usage, &price_id, "messages", messages.times(calls, "calls for each"))?;
    let empty = settings.empty_receives.map_or(Decimal::ZERO, |rate| rate.per_month(context.month));
    context.add(usage, &price_id, "empty receives", Quantity::of(Unit::Requests).times(empty, "calls"))
}
