//! KMS: keys, and calls that use them.

use rust_decimal::Decimal;

use super::{Context, StatedService, beside, none, settings, silent};
use crate::measure::Rate;
use crate::money::NotExact;
use crate::scenario::{Section, Values, section};
use crate::units::Unit;
use crate::usage::Usage;

section! {
    /// Settings of keys.
    pub(super) struct Settings {
        /// Keys of the customer's own; those that AWS manages cost nothing.
        pub keys: u32 => Kind::Count { least: 0, most: 100_000 }, Required;
        /// Calls that one request makes.
        pub calls_per_request: Decimal => Kind::NumberOrZero, Default("0");
        /// Calls beside those of requests.
        pub calls: Option<Rate> => Kind::Rate, Optional;
    }
}

/// KMS bills each customer-managed key by the month and each call; rotated versions of a key and asymmetric calls, which
/// cost more, are not priced here.
///
/// Source: AWS KMS pricing page, as known in November 2026; 20,000 calls a month are free.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let lines = worked("kind = \"kms\"\nkeys = 1\ncalls_per_request = 2", 1_000, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "kms/key-months: 1 key = 1 Months",
///     "kms/requests: 1,000 requests × 2 calls = 2,000 Requests",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "kms",
    title: "KMS",
    summary: "Keys that encrypt, managed by the customer.",
    metered: "keys by the month, and calls",
    settings: Settings::FIELDS,
    example: "keys = 1",
    contradictions: none,
    meter,
    notes: silent,
    zones: beside,
};

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let keys = context.months(Unit::Months, settings.keys, "key", "keys");
    context.add(usage, "kms/key-months", "keys", keys)?;
    context.add_calls(usage, "kms/requests", settings.calls_per_request, settings.calls)
}
