//! `weigh explain --month`: an option in a month of the calendar beside 730 hours.

use weigh_core::compare::{CalendarMonth, NotInTwoMonths, in_two_months};
use weigh_core::report::{MonthComparisonReport, month_comparison_report};
use weigh_core::scenario::Scenario;

use crate::args::ExplainArgs;
use crate::commands::several::{self, Kind};
use crate::commands::unknown_option;
use crate::load::Loaded;
use crate::output::{Done, Failure};

/// Holds the months against each other in each scenario; the gate fails, as in a comparison, when no option of one meets the
/// needs.
pub(super) fn run(args: &ExplainArgs, month: CalendarMonth) -> Result<Done, Failure> {
    let kind = Kind {
        name: "month-comparison",
        document: MonthComparisonReport::document,
        sheet: MonthComparisonReport::sheet,
    };
    several::run(&args.scenarios, args.format, &kind, |loaded| one(args, loaded, month))
}

/// The report on one scenario, and whether none of its options meets the needs.
fn one(
    args: &ExplainArgs,
    loaded: &Loaded,
    month: CalendarMonth,
) -> Result<(MonthComparisonReport, bool), Failure> {
    let option = args.option.first().map_or("", String::as_str);
    let in_both = |scenario: &Scenario| {
        in_two_months(scenario, &loaded.catalog, &loaded.prices, option, month)
            .map_err(|why| failure(why, option, month))
    };
    let months = in_both(&loaded.scenario)?;
    let mut report = month_comparison_report(&months);
    if let Some(ranged) = &loaded.ranged {
        report = report.with_ends(&in_both(&ranged.low)?, &in_both(&ranged.high)?);
    }
    if let Some(by) = args.by {
        report = report.grouped_by(by);
    }
    Ok((report, months.stated.recommended.is_none()))
}

fn failure(why: NotInTwoMonths, option: &str, month: CalendarMonth) -> Failure {
    match why {
        NotInTwoMonths::NoOption(known) => {
            unknown_option(option, &known.iter().map(String::as_str).collect::<Vec<_>>())
        }
        NotInTwoMonths::PartOfMonth(part) => Failure::with_help(
            format!("--month {month}: the scenario bills a part of a month, {part}"),
            "--month holds whole months against each other: without it the part is explained as it is",
        ),
        NotInTwoMonths::NoRoom(why) => Failure::with_help(
            format!("--month {month}: {why}"),
            "choose a month that has room for what the scenario states",
        ),
        NotInTwoMonths::NoScale(why) => Failure::text(why),
    }
}
