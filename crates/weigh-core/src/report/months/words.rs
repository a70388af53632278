//! What is said of a reason for which a charge differs between two months.

use rust_decimal::Decimal;

use crate::compare::MonthReason;
use crate::money::number;
use crate::time::Month;

/// The two months, as reasons speak of them.
pub(super) struct Said {
    /// Hours of the month that is the convention.
    before: u32,
    /// Hours of the month of the calendar.
    after: u32,
    /// The month of the calendar: `2026-02`.
    name: String,
}

impl Said {
    pub(super) fn of(average: Month, calendar: Month) -> Said {
        Said { before: average.hours(), after: calendar.hours(), name: name(calendar) }
    }

    /// A reason in a few words.
    pub(super) fn title(reason: MonthReason) -> &'static str {
        match reason {
            MonthReason::Hours => "by the hour",
            MonthReason::Rate => "at a rate",
            MonthReason::Commitment => "committed",
            MonthReason::MonthlyPrice => "a monthly price",
            MonthReason::MonthlyCap => "up to a monthly price",
            MonthReason::StatedByMonth => "stated for a month",
            MonthReason::Allowance => "a quantity for each month",
            MonthReason::KeptForDays => "kept for days",
            MonthReason::SeasonOrLaunch => "a season or a launch",
            MonthReason::Served => "other days",
        }
    }

    /// What a reason does to a charge, in half a sentence.
    pub(super) fn effect(&self, reason: MonthReason) -> String {
        let Said { before, after, .. } = self;
        match reason {
            MonthReason::Hours => format!("{after} hours in place of {before}"),
            MonthReason::Rate => format!("{} days in place of {}", days(*after), days(*before)),
            MonthReason::Commitment => format!("each of {after} hours in place of {before}"),
            MonthReason::MonthlyPrice => "the same for a whole month of any length".to_owned(),
            MonthReason::MonthlyCap => "the full price in both".to_owned(),
            MonthReason::StatedByMonth => "the same in any month".to_owned(),
            MonthReason::Allowance => "as much in a short month as in a long one".to_owned(),
            MonthReason::KeptForDays => "another share of the month".to_owned(),
            MonthReason::SeasonOrLaunch => "it weighs otherwise in this month".to_owned(),
            MonthReason::Served => "more or less is served in them".to_owned(),
        }
    }

    /// What a reason means, in a sentence or two.
    pub(super) fn meaning(&self, reason: MonthReason) -> String {
        let Said { before, after, name } = self;
        match reason {
            MonthReason::Hours => format!(
                "Servers, addresses, gateways and capacity are billed for each hour or second: {after} hours in {name}, and {before} in the convention."
            ),
            MonthReason::Rate => format!(
                "What comes so many times a second, hour, day or week follows the days: {} in {name}, and {} in {before} hours.",
                days(*after),
                days(*before)
            ),
            MonthReason::Commitment => format!(
                "Reservations and Savings Plans are due for each hour, used or not: {after} hours in {name}, and {before} in the convention."
            ),
            MonthReason::MonthlyPrice => format!(
                "A whole month costs the monthly price, whatever its length. AWS counts a GB-month by the hours of the month that it bills: a GB kept through all {after} hours of {name} is one."
            ),
            MonthReason::MonthlyCap => format!(
                "Lightsail bills hours up to the monthly price, which the 744 hours of the longest months reach. The full price stands in both months{}.",
                if *after < 744 {
                    format!("; {after} hours may be billed lower, and never higher")
                } else {
                    String::new()
                }
            ),
            MonthReason::StatedByMonth => {
                "The scenario states it for a month, so that it is as much in a short month as in a long one."
                    .to_owned()
            }
            MonthReason::Allowance => format!(
                "Free quantities and tiers begin anew each month and do not grow with its hours: of what {name} uses, {} share falls into them.",
                if after < before { "a larger" } else { "a smaller" }
            ),
            MonthReason::KeptForDays => format!(
                "What is kept for a number of days is billed by the month, of which those days are {} share in {name}.",
                if after < before { "a larger" } else { "a smaller" }
            ),
            MonthReason::SeasonOrLaunch => format!(
                "A season counts in the month that it is stated for alone, and a launch of so many days is another part of {name} than of {before} hours."
            ),
            MonthReason::Served => format!(
                "{name} has its own weekdays and daylight saving: the replicas on average, cold starts, CPU credits and Spot interruptions come out otherwise."
            ),
        }
    }
}

/// A month as it is written in a scenario, without its hours: `2026-02`, `730 h`.
pub(super) fn name(month: Month) -> String {
    let shown = month.to_string();
    match month {
        Month::Average => shown,
        Month::Calendar { .. } | Month::Partial { .. } => {
            shown.split(' ').next().unwrap_or_default().to_owned()
        }
    }
}

fn days(hours: u32) -> String {
    number(Decimal::from(hours) / Decimal::from(24), 2)
}
