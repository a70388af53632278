//! What is told beside the picture: its title, and what a reader should know.

use super::super::{MissingReport, NeedReport, PriceAgeReport, annual};
use super::DiagramReport;
use crate::compare::{Compared, Comparison, Verdict};
use crate::evaluate::Evaluation;
use crate::money::dollars;
use crate::platforms::Platform;
use crate::scenario::Scenario;

/// The needs that an option fails, and the prices that it lacks.
pub(super) fn refusals(option: &Compared) -> (Vec<NeedReport>, Vec<MissingReport>) {
    match &option.verdict {
        Verdict::Ranked(_) | Verdict::NotExact(_) => (Vec::new(), Vec::new()),
        Verdict::Rejected { needs, .. } => (needs.iter().map(NeedReport::from).collect(), Vec::new()),
        Verdict::Unpriced { missing, .. } => (Vec::new(), missing.iter().map(MissingReport::from).collect()),
    }
}

/// `Shop: fargate, $72.08 a month`.
pub(super) fn title(scenario: &Scenario, option: &Compared, evaluation: Option<&Evaluation>) -> String {
    let month = scenario.header.month;
    let cost = match evaluation {
        Some(evaluation) => {
            let total = evaluation.bill.total();
            let also = scenario.header.currency.as_ref().map(|currency| {
                let shown = super::super::CurrencyReport::from(currency).shown(total);
                format!(" = {shown}")
            });
            format!("{}{} {}", dollars(total), also.unwrap_or_default(), annual::span(month))
        }
        None => "cannot be priced".to_owned(),
    };
    let rejected = matches!(option.verdict, Verdict::Rejected { .. });
    let refused = if rejected { ", does not meet the needs" } else { "" };
    format!("{}: {}, {cost}{refused}", scenario.header.name, option.name)
}

/// What a reader should know: which option it is, why it fails or lacks a price, and how well the prices are known.
pub(super) fn remarks(
    report: &DiagramReport,
    comparison: &Comparison,
    option: &Compared,
    scenario: &Scenario,
) -> Vec<String> {
    let ranked = comparison.ranked().count();
    let platform = Platform::find(option.platform).map_or("several platforms", |known| known.title);
    let mut remarks = Vec::new();
    if ranked == 0 {
        remarks.push("No option of the scenario meets the needs.".to_owned());
    }
    remarks.push(match (report.rank, report.status) {
        (Some(1), _) => format!("Option {} ({platform}) is the recommended one of {ranked}.", option.name),
        (Some(rank), _) => format!("Option {} ({platform}) has rank {rank} of {ranked}.", option.name),
        (None, "rejected") => format!("Option {} ({platform}) is rejected:", option.name),
        (None, _) => format!("Option {} ({platform}) cannot be priced:", option.name),
    });
    remarks.extend(report.failed_needs.iter().map(NeedReport::sentence));
    remarks.extend(report.missing_prices.iter().map(|missing| missing.message.clone()));
    if let Verdict::NotExact(why) = &option.verdict {
        remarks.push(why.clone());
    }
    if report.monthly_cost.is_some() {
        remarks.push(format!(
            "Each charge of the bill is on one node, and the nodes add up to the bill; each amount is {}, rounded to the cent.",
            if scenario.header.month.is_partial() { "for the billed days" } else { "for a month" }
        ));
    }
    let age = report.prices.as_ref().map(PriceAgeReport::sentence).unwrap_or_default();
    let book = report.book.sentence();
    remarks.push(if age.is_empty() { book } else { format!("{book} {age}") });
    remarks
}
