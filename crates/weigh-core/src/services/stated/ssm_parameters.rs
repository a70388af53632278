//! Parameter Store: advanced parameters, and calls that read them.

use rust_decimal::Decimal;

use super::{Context, StatedService, beside, none, settings, silent};
use crate::measure::Rate;
use crate::money::NotExact;
use crate::scenario::{Section, Values, section};
use crate::units::Unit;
use crate::usage::Usage;

section! {
    /// Settings of advanced parameters.
    pub(super) struct Settings {
        /// Advanced parameters; standard ones cost nothing.
        pub advanced_parameters: u32 => Kind::Count { least: 1, most: 100_000 }, Required;
        /// Calls that one request makes; each parameter that a call returns counts as one.
        pub calls_per_request: Decimal => Kind::NumberOrZero, Default("0");
        /// Calls beside those of requests.
        pub calls: Option<Rate> => Kind::Rate, Optional;
    }
}

/// Parameter Store bills advanced parameters by the month and calls that read them; standard ones are free, with their
/// calls at the standard throughput.
///
/// Source: AWS Systems Manager pricing page, as known in November 2026. 5,000 advanced parameters that are each read 24 times a
/// day are 3.6 million calls in 30 days:
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"ssm-parameters\"\nadvanced_parameters = 5000\ncalls = \"3_600_000/month\"";
/// let lines = worked(stated, 0, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "ssm/advanced-parameter-months: 5,000 parameters = 5,000 Months",
///     "ssm/advanced-parameter-requests: 3,600,000 calls = 3,600,000 Requests",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "ssm-parameters",
    title: "Parameter Store",
    summary: "Advanced parameters of Systems Manager.",
    metered: "advanced parameters by the month, and calls; standard parameters are free",
    settings: Settings::FIELDS,
    example: "advanced_parameters = 10",
    contradictions: none,
    meter,
    notes: silent,
    zones: beside,
};

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let count = settings.advanced_parameters;
    let parameters = context.months(Unit::Months, count, "parameter", "parameters");
    context.add(usage, "ssm/advanced-parameter-months", "parameters", parameters)?;
    context.add_calls(usage, "ssm/advanced-parameter-requests", settings.calls_per_request, settings.calls)
}
