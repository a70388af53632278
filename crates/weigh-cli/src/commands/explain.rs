//! `weigh explain`: one option, charge by charge; or the bills of options as rows of FOCUS.

mod month;

use weigh_core::compare::{Compared, Comparison, compare, compare_ends};
use weigh_core::report::{ExplanationReport, FocusAccount, explanation_report, focus_sheet};

use super::several::{self, Kind};
use super::unknown_option;
use crate::args::ExplainArgs;
use crate::load::{Loaded, load};
use crate::output::{Done, Failure};
use crate::render;

/// Explains an option; the gate fails, as in a comparison, when no option of the scenario meets the needs.
pub(crate) fn run(args: &ExplainArgs) -> Result<Done, Failure> {
    if !args.focus && args.option.len() > 1 {
        let message = "--option: one option is explained at a time";
        return Err(Failure::with_help(message, "with --focus, the bills of several stand in one file"));
    }
    if args.focus {
        let help = "`weigh focus` writes the bills of several scenarios";
        return focus(args, &load(&args.scenarios.only("--focus", help)?)?);
    }
    if let Some(month) = args.month {
        return month::run(args, month);
    }
    let kind =
        Kind { name: "explanation", document: ExplanationReport::document, sheet: ExplanationReport::sheet };
    several::run(&args.scenarios, args.format, &kind, |loaded| one(args, loaded))
}

/// The explanation of the option, and whether no option of the scenario meets the needs.
fn one(args: &ExplainArgs, loaded: &Loaded) -> Result<(ExplanationReport, bool), Failure> {
    let comparison = compare(&loaded.scenario, &loaded.catalog, &loaded.prices).map_err(Failure::text)?;
    let option = find(&comparison, args.option.first().map_or("", String::as_str))?;
    let mut report = explanation_report(&loaded.scenario, &loaded.catalog, &comparison, option);
    if let Some(ranged) = &loaded.ranged {
        let ends = compare_ends(ranged, &loaded.catalog, &loaded.prices).map_err(Failure::text)?;
        let recommended = comparison.ranked().next().map(|(option, _)| option.name.as_str());
        report = report.with_ends(ranged, &loaded.catalog, &ends, recommended);
    }
    if let Some(by) = args.by {
        report = report.grouped_by(by);
    }
    Ok((report, comparison.ranked().next().is_none()))
}

fn find<'a>(comparison: &'a Comparison, name: &str) -> Result<&'a Compared, Failure> {
    comparison.options.iter().find(|option| option.name == name).ok_or_else(|| {
        let names: Vec<&str> = comparison.options.iter().map(|option| option.name.as_str()).collect();
        unknown_option(name, &names)
    })
}

/// The bills as rows of FOCUS; an option without a bill has none, and is refused with the reason.
fn focus(args: &ExplainArgs, loaded: &Loaded) -> Result<Done, Failure> {
    if let Some(twice) = args.option.iter().enumerate().find(|(at, name)| args.option[..*at].contains(name)) {
        let message = format!("--option: `{}` is named twice", twice.1);
        return Err(Failure::with_help(message, "each option once: its charges would count twice"));
    }
    let comparison = compare(&loaded.scenario, &loaded.catalog, &loaded.prices).map_err(Failure::text)?;
    let options = args.option.iter().map(|name| find(&comparison, name)).collect::<Result<Vec<_>, _>>()?;
    let account =
        args.billing_account.as_deref().map(|id| FocusAccount { id, file: None }).unwrap_or_default();
    let sheet = focus_sheet(&loaded.scenario, &loaded.catalog, &comparison, &options, account);
    let sheet = sheet.map_err(|refused| {
        let message =
            format!("--focus: option `{}` has no bill: {}", refused.option, refused.reasons.join(" "));
        Failure::with_help(message, "explain it without --focus for more, or leave it out")
    })?;
    Ok(Done { text: render::csv(&sheet), gate_failed: comparison.ranked().next().is_none() })
}
