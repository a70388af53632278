//! `weigh compare`: the options of a scenario, judged and ranked.

use weigh_core::compare::{compare, compare_ends, over_traffic};
use weigh_core::report::comparison_report;

use crate::args::CompareArgs;
use crate::load::load;
use crate::output::{Done, Failure};
use crate::render;

/// Compares; the gate fails when no option meets the needs.
pub(crate) fn run(args: &CompareArgs) -> Result<Done, Failure> {
    let loaded = load(&args.scenario)?.decided_by(&args.decision);
    let comparison = compare(&loaded.scenario, &loaded.catalog, &loaded.prices).map_err(Failure::text)?;
    let mut report = comparison_report(&loaded.scenario, &loaded.catalog, &comparison);
    if let Some(ranged) = &loaded.ranged {
        let ends = compare_ends(ranged, &loaded.catalog, &loaded.prices).map_err(Failure::text)?;
        report = report.with_ends(ranged, &loaded.catalog, &ends);
    }
    if args.break_even {
        let over = over_traffic(&loaded.scenario, &loaded.catalog, &loaded.prices).map_err(Failure::text)?;
        report = report.with_break_even(&over, &comparison, &loaded.scenario);
    }
    report.tells_robustness = args.robustness;
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: report.recommended.is_none() })
}
