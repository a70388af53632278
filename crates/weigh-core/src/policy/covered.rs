//! Rules about coverage: how many options have a price, and what the region's prices do for.

use rust_decimal::Decimal;

use super::PolicySubject;
use super::judged::{Judged, Unit, Unknown};
use super::money::no_limit;
use crate::compare::{Comparison, Verdict};
use crate::coverage::UseCoverage;
use crate::scenario::Datum;

/// The key of the rule for which the coverage of the region is counted.
pub(super) const COVERAGE_KEY: &str = "price_coverage_min";

/// `priced_options_min`: the share of the options that have a price; those that no deployment could be proposed for, and so
/// need none, are left out.
pub(super) fn priced_options(stated: &Datum, _: &PolicySubject<'_>, comparison: &Comparison) -> Judged {
    let Datum::Number(limit) = stated else { return no_limit(Unit::Share, stated) };
    let (mut priced, mut without) = (0_u32, Vec::new());
    for option in &comparison.options {
        match &option.verdict {
            Verdict::Ranked(_) | Verdict::Rejected { nearest: Some(_), .. } => priced += 1,
            Verdict::Rejected { nearest: None, .. } => {}
            Verdict::Unpriced { .. } | Verdict::NotExact(_) => without.push(option.name.as_str()),
        }
    }
    let all = Decimal::from(priced) + Decimal::from(without.len());
    let Some(share) = Decimal::from(priced).checked_div(all) else {
        let why = "no option has a deployment that could be priced";
        return Unknown::new(why, "`weigh compare` says what each option fails").judged(Unit::Share, stated);
    };
    let lack = match without.is_empty() {
        true => String::new(),
        false => format!(" (not {})", without.join(", ")),
    };
    Judged::at_least(Unit::Share, share, *limit, |shown| {
        format!("{priced} of {all} options have a price{lack}, {shown}")
    })
}

/// `price_coverage_min`: the share of the ways to use the platforms, as `weigh prices coverage` has them, that the region's
/// prices do for; those that the region does not sell are left out.
pub(super) fn price_coverage(stated: &Datum, subject: &PolicySubject<'_>, _: &Comparison) -> Judged {
    let Datum::Number(limit) = stated else { return no_limit(Unit::Share, stated) };
    let Some(coverage) = subject.coverage else {
        let why = "what the region's prices do for was not counted";
        return Unknown::new(why, "`weigh prices coverage` counts it").judged(Unit::Share, stated);
    };
    let sold: Vec<&UseCoverage> = coverage.uses.iter().filter(|each| !each.is_not_offered()).collect();
    let priced = sold.iter().filter(|each| each.lacks.is_empty()).count();
    let Some(share) = Decimal::from(priced).checked_div(Decimal::from(sold.len())) else {
        let why = format!("{} sells nothing that the platforms need", coverage.region);
        return Unknown::new(why, "a region that sells it").judged(Unit::Share, stated);
    };
    Judged::at_least(Unit::Share, share, *limit, |shown| {
        let (region, all) = (&coverage.region, sold.len());
        format!("{region} has the prices for {priced} of {all} ways to use the platforms, {shown}")
    })
}
