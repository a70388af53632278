//! `weigh diagram`: the architecture of one option as a picture.

use weigh_core::compare::{Compared, Comparison, Verdict, compare};
use weigh_core::report::{diagram_report, option_to_draw};

use super::unknown_option;
use crate::args::{DiagramArgs, DiagramFormat};
use crate::load::load;
use crate::output::{Done, Failure};
use crate::render;

/// Draws an option; the gate fails, as in a comparison, when no option of the scenario meets the needs.
pub(crate) fn run(args: &DiagramArgs) -> Result<Done, Failure> {
    let loaded = load(&args.scenario.one())?;
    let comparison = compare(&loaded.scenario, &loaded.catalog, &loaded.prices).map_err(Failure::text)?;
    let option = option(&comparison, args.option.as_deref())?;
    let report = diagram_report(&loaded.scenario, &comparison, option).ok_or_else(|| undrawn(option))?;
    let text = match args.format {
        DiagramFormat::Mermaid => render::mermaid(&report, args.direction),
        DiagramFormat::Markdown => render::mermaid_in_markdown(&report, args.direction),
        DiagramFormat::Json => render::json(&report),
    };
    Ok(Done { text, gate_failed: comparison.ranked().next().is_none() })
}

/// The option of that name, or else the one that is drawn when none is named.
fn option<'a>(comparison: &'a Comparison, name: Option<&str>) -> Result<&'a Compared, Failure> {
    let Some(name) = name else {
        return option_to_draw(comparison).ok_or_else(|| match comparison.options.first() {
            Some(first) => undrawn(first),
            None => Failure::text("the scenario has no option to draw"),
        });
    };
    comparison.options.iter().find(|option| option.name == name).ok_or_else(|| {
        let names: Vec<&str> = comparison.options.iter().map(|option| option.name.as_str()).collect();
        unknown_option(name, &names)
    })
}

/// An option that its platform can't deploy has nothing to draw.
fn undrawn(option: &Compared) -> Failure {
    let message = format!("option `{}` has no deployment to draw", option.name);
    let reasons: Vec<String> = match &option.verdict {
        Verdict::Rejected { needs, .. } => needs.iter().map(ToString::to_string).collect(),
        Verdict::Ranked(_) | Verdict::Unpriced { .. } | Verdict::NotExact(_) => Vec::new(),
    };
    Failure::with_help(message, reasons.join(" "))
}
