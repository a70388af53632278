//! Secrets Manager: secrets, and calls that read them.

use rust_decimal::Decimal;

use super::{Context, StatedService, beside, none, settings, silent};
use crate::measure::Rate;
use crate::money::NotExact;
use crate::scenario::{Section, Values, section};
use crate::units::Unit;
use crate::usage::Usage;

section! {
    /// Settings of secrets.
    pub(super) struct Settings {
        /// Secrets; a replica in another region is one more.
        pub secrets: u32 => Kind::Count { least: 1, most: 500_000 }, Required;
        /// Calls that one request makes; 0 where secrets are read at the start and kept.
        pub calls_per_request: Decimal => Kind::NumberOrZero, Default("0");
        /// Calls beside those of requests, such as at each start and every few minutes.
        pub calls: Option<Rate> => Kind::Rate, Optional;
    }
}

/// Secrets Manager bills each secret by the month and each call.
///
/// Source: AWS Secrets Manager pricing page, as known in November 2026. Two secrets that 500 servers read each hour:
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let lines = worked("kind = \"secrets-manager\"\nsecrets = 2\ncalls = \"1000/hour\"", 0, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "secrets-manager/secret-months: 2 secrets = 2 Months",
///     "secrets-manager/api-requests: 730,000 calls = 730,000 Requests",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "secrets-manager",
    title: "Secrets Manager",
    summary: "Secrets that are kept, rotated and read by calls.",
    metered: "secrets by the month, and calls",
    settings: Settings::FIELDS,
    example: "secrets = 3",
    contradictions: none,
    meter,
    notes: silent,
    zones: beside,
};

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let secrets = context.months(Unit::Months, settings.secrets, "secret", "secrets");
    context.add(usage, "secrets-manager/secret-months", "secrets", secrets)?;
    context.add_calls(usage, "secrets-manager/api-requests", settings.calls_per_request, settings.calls)
}
