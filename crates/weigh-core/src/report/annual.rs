//! What a month comes to in a year and in three: exactly 12 and 36 times the month, and what that leaves out.

use rust_decimal::Decimal;

use crate::scenario::Scenario;
use crate::time::Month;

/// Months of a year.
const YEAR: u32 = 12;
/// Months of three years, the term of long commitments.
const THREE_YEARS: u32 = 36;

/// What they rest on where nothing needs to be said.
pub(super) const PLAIN: &str = "A year is 12 of these months of 730 hours, three years are 36.";

/// What an amount of the billed time is for: `$72.08 a month`, `$26.07 in these days`.
pub(super) fn span(month: Month) -> &'static str {
    if month.is_partial() { "in these days" } else { "a month" }
}

/// A monthly amount in a year and in three years, as decimal strings; nothing where only a part of the month is billed.
pub(super) fn costs(monthly: Decimal, month: Month) -> (Option<String>, Option<String>) {
    let times = |months: u32| {
        let amount = (!month.is_partial()).then(|| monthly.checked_mul(Decimal::from(months)))?;
        amount.map(|amount| amount.normalize().to_string())
    };
    (times(YEAR), times(THREE_YEARS))
}

/// What the annual costs rest on, in a sentence or two.
pub(super) fn basis(scenario: &Scenario) -> String {
    let month = scenario.header.month;
    let mut told = match month {
        Month::Partial { .. } => {
            return format!(
                "{month} is a part of a month: it stands for no year, so there is no annual cost."
            );
        }
        Month::Average => PLAIN.to_owned(),
        Month::Calendar { .. } => {
            format!("{month} stands for every month: a year is 12 of it, three years are 36.")
        }
    };
    let once = scenario.traffic.once_or_seldom();
    if !once.is_empty() {
        told.push_str(&format!(
            " Other months are not evaluated: each counts as this one, with {} as it is here.",
            once.join(" and ")
        ));
    }
    told
}
