//! Step Functions: standard and express workflows.

use std::time::Duration;

use rust_decimal::Decimal;

use super::shared::{idle, is_stated, unless};
use super::{Context, StatedService, beside, settings, silent};
use crate::measure::{Size, seconds};
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, Values, Vocabulary, choice, section};
use crate::units::Unit;
use crate::usage::Usage;

choice! {
    /// The kind of a workflow.
    pub(super) enum Workflow {
        /// Each step once, up to a year.
        Standard = "standard",
        /// Each step at least once, up to five minutes.
        Express = "express",
    }
}

section! {
    /// Settings of a workflow.
    pub(super) struct Settings {
        /// The kind of workflow.
        pub workflow: Workflow => Kind::OneOf(Workflow::CHOICES), Default("standard");
        /// Workflows that one request starts.
        pub executions_per_request: Decimal => Kind::Number, Required;
        /// State transitions of one standard workflow, retries among them.
        pub transitions: Option<Decimal> => Kind::Number, Optional;
        /// How long an express workflow takes; billed in steps of 100 ms.
        pub duration: Option<Duration> => Kind::Duration, Optional;
        /// Memory of an express workflow; billed in steps of 64 MB.
        pub memory: Size => Kind::Size, Default("64 MB");
    }
}

/// Standard workflows bill state transitions. Express ones bill requests, and GB-hours of memory in steps of 64 MB and time
/// in steps of 100 ms.
///
/// Source: AWS Step Functions pricing page, as known in November 2026. The 4,000 transitions that are free each month are in
/// no list of the price book.
///
/// AWS's example of a million express workflows of 30 s with 64 MB is 1.875 million GB-seconds, or 520.83 GB-hours:
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let express = "kind = \"step-functions\"\nworkflow = \"express\"\nexecutions_per_request = 1\nduration = \"30 s\"";
/// let lines = worked(express, 1_000_000, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "step-functions/express-requests: 1,000,000 requests × 1 workflows = 1,000,000 Requests",
///     "step-functions/express-duration-gb-hours: 1,000,000 requests × 1 workflows × 0.008333 hours × 0.0625 GB = 520.833333 GB-Hours",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "step-functions",
    title: "Step Functions",
    summary: "Workflows of several steps, standard or express.",
    metered: "standard: transitions; express: requests and GB-hours, in steps of 64 MB and 100 ms",
    settings: Settings::FIELDS,
    example: "executions_per_request = 1\ntransitions = 5",
    contradictions,
    meter,
    notes: silent,
    zones: beside,
};

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    let (missing, mut found) = match values.value::<Workflow>("workflow") {
        Some(Workflow::Express) => {
            ("duration", idle(values, &["transitions"], "workflow", "beside `workflow = \"express\"`"))
        }
        _ => {
            let why = "beside `workflow = \"standard\"`";
            ("transitions", idle(values, &["duration", "memory"], "workflow", why))
        }
    };
    let message = format!("such a workflow is billed by its `{missing}`, which is not stated");
    found.extend(unless(is_stated(values, missing), missing, "workflow", message));
    found
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let started = |unit| context.per_request(unit, settings.executions_per_request, "workflows");
    if settings.workflow == Workflow::Standard {
        let transitions = settings.transitions.unwrap_or_default();
        let counted = started(Unit::Transitions).times(transitions, "transitions");
        return context.add(usage, "step-functions/standard-transitions", "transitions", counted);
    }
    context.add(usage, "step-functions/express-requests", "workflows", started(Unit::Requests))?;
    let tenths = (seconds(settings.duration.unwrap_or_default()) * Decimal::TEN).ceil().max(Decimal::ONE);
    let hours = tenths / Decimal::from(36_000);
    let gb = settings.memory.in_steps(Size::from_mib(64)) / Decimal::from(16);
    let ran = started(Unit::GbHours).times(hours, "hours").times(gb, "GB");
    context.add(usage, "step-functions/express-duration-gb-hours", "running", ran)
}
