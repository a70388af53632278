//! What is said of a reason for which a charge differs between two months.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::compare::{ChargeInTwoMonths, MonthReason};
use crate::money::number;
use crate::time::Month;

/// Hours of a month of 31 days.
pub(super) const HOURS_OF_THE_LONGEST: u32 = 744;

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
    pub(super) fn effect(&self, reason: MonthReason, both: &ChargeInTwoMonths) -> String {
        let Said { before, after, .. } = self;
        match reason {
            MonthReason::Hours => format!("{after} hours in place of {before}"),
            MonthReason::Rate => format!("{} days in place of {}", days(*after), days(*before)),
            MonthReason::Commitment => format!("each of {after} hours in place of {before}"),
            MonthReason::MonthlyPrice => "the same for a whole month of any length".to_owned(),
            MonthReason::MonthlyCap => "the full price in both".to_owned(),
            MonthReason::StatedByMonth => "the same in any month".to_owned(),
            MonthReason::Allowance => allowance(both).to_owned(),
            MonthReason::KeptForDays => "another share of the month".to_owned(),
            MonthReason::SeasonOrLaunch => "it weighs otherwise in this month".to_owned(),
            MonthReason::Served => "more or less is served in them".to_owned(),
        }
    }

    /// What a reason means for the charges that have it, in a sentence or two.
    pub(super) fn meaning(&self, reason: MonthReason, own: &[&ChargeInTwoMonths]) -> String {
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
                if *after < HOURS_OF_THE_LONGEST {
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
                "Free quantities and tiers begin anew each month and do not grow with its hours{}.",
                match share_in_them(own) {
                    Some((share, true)) => format!(": of what {name} uses, {share} share falls into them"),
                    Some((share, false)) =>
                        format!(": of some of what {name} uses, {share} share falls into them"),
                    None => String::new(),
                }
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

/// What a free quantity or a tier does to a charge, by what the charge holds in both months.
fn allowance(both: &ChargeInTwoMonths) -> &'static str {
    match (&both.average, &both.calendar) {
        (Some(one), Some(other)) if one.quantity == other.quantity => {
            "as much in a short month as in a long one"
        }
        _ if [&both.average, &both.calendar].into_iter().flatten().all(|charge| charge.cost.is_zero()) => {
            "free, up to a quantity for each month"
        }
        (Some(_), Some(_)) => "only what is beyond a quantity for each month, long or short, is charged",
        _ => "one month alone uses more than the quantity that each has",
    }
}

/// Whether a larger or a smaller share of their lines falls into these charges in the month of the calendar, and whether that is
/// so for each of them; nothing where they do not agree, or all shares stay.
fn share_in_them(own: &[&ChargeInTwoMonths]) -> Option<(&'static str, bool)> {
    let moved = own.iter().map(|both| {
        let (one, other) = both.average.as_ref().zip(both.calendar.as_ref())?;
        let [before, after] = [one, other].map(|charge| charge.quantity.checked_div(charge.metered));
        Some(after?.round_dp(9).cmp(&before?.round_dp(9)))
    });
    let moved: Vec<Option<Ordering>> = moved.collect();
    let is_some = |wanted: Ordering| moved.contains(&Some(wanted));
    let share = match (is_some(Ordering::Greater), is_some(Ordering::Less)) {
        (true, false) => "a larger",
        (false, true) => "a smaller",
        _ => return None,
    };
    let all = moved.iter().all(|each| each.is_some_and(Ordering::is_ne));
    Some((share, all))
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
