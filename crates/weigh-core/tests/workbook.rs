//! Workbooks of random scenarios on the frozen book: every formula, computed in exact decimals, comes to the program's own figure.

#[path = "support/random.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod random;
mod support;

use proptest::prelude::*;
use rust_decimal::Decimal;
use support::{book, catalog, scenario, vocabulary};
use weigh_core::compare::{Comparison, compare};
use weigh_core::report::{
    CellPlace, Estimate, Formula, Workbook, WorkbookCell, comparison_report, estimate, workbook,
};
use weigh_core::scenario::Scenario;

fn compared(scenario: &Scenario) -> Comparison {
    let book = book(&scenario.header.region, scenario.header.assume_missing_from.as_deref());
    compare(scenario, catalog(), &book).expect("the scales of the criteria are scales")
}

fn estimated(scenario: &Scenario, comparison: &Comparison) -> Estimate {
    estimate("shop.toml", scenario, None, catalog(), comparison)
}

/// What a cell comes to by its formulas alone, in exact decimals; nothing that is empty or words.
fn computed(made: &Workbook, at: CellPlace) -> Option<Decimal> {
    match made.sheets[at.sheet].rows[at.row].cells.get(at.column)? {
        WorkbookCell::Number { value, .. } => Some(*value),
        WorkbookCell::Formula { formula, .. } => Some(follows(made, formula)),
        WorkbookCell::Empty | WorkbookCell::Text(_) | WorkbookCell::Link(_) | WorkbookCell::Day(_) => None,
    }
}

fn follows(made: &Workbook, formula: &Formula) -> Decimal {
    let number = |at: &CellPlace| computed(made, *at).expect("a number");
    match formula {
        Formula::Same(at) => number(at),
        Formula::Product(one, other) => number(one) * number(other),
        Formula::Less { amount, share } => {
            number(amount) * (Decimal::ONE - computed(made, *share).unwrap_or_default())
        }
        Formula::Times(count, at) => Decimal::from(*count) * number(at),
        Formula::Sum { first, last } => {
            assert_eq!((first.sheet, first.column), (last.sheet, last.column));
            (first.row..=last.row).filter_map(|row| computed(made, CellPlace { row, ..*first })).sum()
        }
    }
}

/// Every formula with what stands beside it.
fn formulas(made: &Workbook) -> impl Iterator<Item = (&Formula, Decimal)> {
    let cells = made.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
    cells.filter_map(|cell| match cell {
        WorkbookCell::Formula { formula, value, .. } => Some((formula, *value)),
        _ => None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn formulas_come_to_the_figures_of_the_program(text in random::scenario()) {
        let Ok(scenario) = Scenario::parse(&text, vocabulary()) else { return Ok(()) };
        let comparison = compared(&scenario);
        let own = estimated(&scenario, &comparison);
        // Twice the same scenario: sheets and prices of one never stand for the other.
        let made = workbook(&[own.clone(), own]);
        for (formula, value) in formulas(&made) {
            // A product of more than 28 digits is rounded where it is computed.
            let off = (follows(&made, formula) - value).abs();
            prop_assert!(off <= Decimal::new(1, 18), "{:?}: {} for {}", formula, follows(&made, formula), value);
        }
        let report = comparison_report(&scenario, catalog(), &comparison);
        for (sheet, option) in made.sheets[1..].iter().zip(&report.options) {
            let totals = sheet.rows.iter().flat_map(|row| &row.cells);
            let sums = totals.filter_map(|cell| match cell {
                WorkbookCell::Formula { formula: Formula::Sum { .. }, value, .. } => Some(value.normalize().to_string()),
                _ => None,
            });
            let sums: Vec<String> = sums.collect();
            prop_assert_eq!(sums, option.monthly_cost.iter().cloned().collect::<Vec<_>>(), "{}", option.name);
        }
    }
}

#[test]
fn no_two_of_many_sheets_share_a_name() {
    let text = r#"
        scenario = { name = "Shop", region = "us-east-1" }
        traffic = { rate = "300_000/month" }
        component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
        option = [{ platform = "fargate", tasks = 2 }, { platform = "lambda" }]
    "#;
    let scenario = scenario(text);
    let own = estimated(&scenario, &compared(&scenario));
    let made = workbook(&vec![own; 600]);
    let names: std::collections::BTreeSet<String> =
        made.sheets.iter().map(|sheet| sheet.name.to_lowercase()).collect();
    // A summary, two sheets of options each, assumptions and prices.
    assert_eq!((made.sheets.len(), names.len()), (1_203, 1_203));
}
