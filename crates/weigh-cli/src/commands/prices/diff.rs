//! `weigh prices diff`: what differs between two days, two books, or a book and a file.

use weigh_core::report::{Scope, Selection, difference_report};

use crate::args::PricesDiffArgs;
use crate::load;
use crate::output::{Done, Failure};
use crate::render;

/// Compares; with `--fail-on-change` the gate fails when a price differs.
pub(crate) fn run(args: &PricesDiffArgs) -> Result<Done, Failure> {
    let sides = load::sides(args)?;
    let service = args.service.as_deref().or(sides.service.as_deref());
    let selection = Selection { service, text: None, derived: args.derived };
    let scope = Scope { region: args.region.as_deref(), selection };
    let report = difference_report(&sides.before, &sides.after, &scope);
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: args.fail_on_change && report.counts.differ > 0 })
}
