//! `weigh explain`: one option, charge by charge.

use weigh_core::compare::{compare, compare_ends};
use weigh_core::report::explanation_report;

use super::unknown_option;
use crate::args::ExplainArgs;
use crate::load::load;
use crate::output::{Done, Failure};
use crate::render;

/// Explains an option; the gate fails, as in a comparison, when no option of the scenario meets the needs.
pub(crate) fn run(args: &ExplainArgs) -> Result<Done, Failure> {
    let loaded = load(&args.scenario)?;
    let comparison = compare(&loaded.scenario, &loaded.catalog, &loaded.prices).map_err(Failure::text)?;
    let Some(option) = comparison.options.iter().find(|option| option.name == args.option) else {
        let names: Vec<&str> = comparison.options.iter().map(|option| option.name.as_str()).collect();
        return Err(unknown_option(&args.option, &names));
    };
    let mut report = explanation_report(&loaded.scenario, &loaded.catalog, &comparison, option);
    if let Some(ranged) = &loaded.ranged {
        let ends = compare_ends(ranged, &loaded.catalog, &loaded.prices).map_err(Failure::text)?;
        let recommended = comparison.ranked().next().map(|(option, _)| option.name.as_str());
        report = report.with_ends(ranged, &loaded.catalog, &ends, recommended);
    }
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: comparison.ranked().next().is_none() })
}
