//! What holds of two months beside each other, whatever the scenario.

#[path = "support/random.rs"]
mod random;
mod support;

use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;
use support::{book, catalog, scenario};
use weigh_core::compare::{MonthReason, compare, in_two_months};
use weigh_core::report::{GroupBy, month_comparison_report};

fn number(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Of every option with a bill: the months differ by the sum of their charges, of their reasons and of their groups; what
    /// has a monthly price does not differ; and the scenario's own month is what a comparison says.
    #[test]
    fn whatever_differs_is_told_to_the_last_digit(
        text in random::scenario(), month in select(vec!["2026-02", "2024-02", "2026-04", "2026-12"]),
    ) {
        let stated = scenario(&text);
        let lender = stated.header.assume_missing_from.as_deref();
        let prices = book(&stated.header.region, lender);
        let comparison = compare(&stated, catalog(), &prices).expect("scales");
        for option in &comparison.options {
            let calendar = month.parse().expect("a month of the calendar");
            // A job or a launch that the month has no room for is refused; these scenarios have none.
            let months = in_two_months(&stated, catalog(), &prices, &option.name, calendar).expect("two months");
            prop_assert_eq!(&months.stated.option, option);
            let report = month_comparison_report(&months);
            let Ok(deployed) = &months.deployed else { continue };
            let whole = deployed.calendar.total() - deployed.average.total();
            prop_assert_eq!(report.difference.as_deref().map(number), Some(whole));
            let charges: Decimal = report.charges.iter().map(|charge| number(&charge.difference)).sum();
            let reasons: Decimal = report.reasons.iter().map(|reason| number(&reason.difference)).sum();
            prop_assert_eq!((charges, reasons), (whole, whole));
            for by in GroupBy::ALL {
                let groups: Decimal = report.totals.by(by).iter().map(|group| number(&group.difference)).sum();
                prop_assert_eq!(groups, whole);
            }
            // What is said of a free quantity holds for the quantities.
            for charge in &report.charges {
                let sides = [&charge.average, &charge.calendar].map(|side| side.as_ref().map(|side| &side.quantity));
                let as_much = charge.reasons.iter().any(|each| {
                    each.reason == "allowance" && each.because.contains("as much in a short month")
                });
                prop_assert!(!as_much || sides[0].is_some() && sides[0] == sides[1], "{:?}", charge);
            }
            for both in &deployed.charges {
                let told: Decimal = both.reasons.iter().map(|(_, amount)| *amount).sum();
                prop_assert_eq!(told, both.difference());
                if matches!(both.reasons[0].0, MonthReason::MonthlyPrice | MonthReason::MonthlyCap) {
                    prop_assert!(both.difference().is_zero(), "{:?}", both);
                }
            }
        }
    }
}
