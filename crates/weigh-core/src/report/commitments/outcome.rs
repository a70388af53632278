//! One commitment and what became of it in the month, for programs and as rows of tables.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use crate::commitment::CommitmentOutcome;
use crate::criteria::show_share;
use crate::json_schema::DecimalText;
use crate::money::{approximate, dollars, number};
use crate::report::{Cell, Table, decimal};

/// A commitment and what became of it in a month. Amounts are decimal strings, shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CommitmentReport {
    /// The commitment in words.
    pub commitment: String,
    /// The price id of its fee.
    pub price_id: String,
    /// `1-year` or `3-years`.
    #[schemars(extend("enum" = ["1-year", "3-years"]))]
    pub term: &'static str,
    /// `no-upfront`, `partial-upfront` or `all-upfront`.
    #[schemars(extend("enum" = ["no-upfront", "partial-upfront", "all-upfront"]))]
    pub payment: &'static str,
    /// How many units are reserved; null for a Savings Plan.
    pub count: Option<u32>,
    /// US dollars an hour for all of it, payments upfront spread over the term: the effective rate.
    #[schemars(with = "DecimalText")]
    pub hourly_rate: String,
    /// US dollars in the month.
    #[schemars(with = "DecimalText")]
    pub monthly_fee: String,
    /// What `committed`, `used` and `unused` count: instance-hours of the reserved type, or US dollars at the plan's rates.
    #[schemars(extend("enum" = ["instance-hours", "USD"]))]
    pub unit: &'static str,
    /// What was committed to in the month.
    #[schemars(with = "DecimalText")]
    pub committed: String,
    /// What of it was used.
    #[schemars(with = "DecimalText")]
    pub used: String,
    /// What of it was not.
    #[schemars(with = "DecimalText")]
    pub unused: String,
    /// The used share of it; null when nothing was committed to.
    pub utilisation: Option<f64>,
    /// The share of what it could cover that it covered, by the price on demand; null when there is nothing.
    pub coverage: Option<f64>,
    /// The share of it that must be used for it to cost no more than on demand; null when nothing was covered.
    pub break_even: Option<f64>,
    /// US dollars that what it covered would have cost on demand.
    #[schemars(with = "DecimalText")]
    pub covered_worth: String,
    /// US dollars that it saved in the month; below 0 where it cost more.
    #[schemars(with = "DecimalText")]
    pub saving: String,
    /// US dollars that are paid at once.
    #[schemars(with = "DecimalText")]
    pub upfront: String,
    /// US dollars that are paid in the month beside that.
    #[schemars(with = "DecimalText")]
    pub then_monthly: String,
}

impl From<&CommitmentOutcome> for CommitmentReport {
    fn from(outcome: &CommitmentOutcome) -> CommitmentReport {
        let text = |amount: Decimal| amount.normalize().to_string();
        let share = |of: Option<Decimal>| of.map(approximate);
        let cash = outcome.cash().ok();
        let commitment = &outcome.commitment;
        CommitmentReport {
            commitment: commitment.to_string(),
            price_id: commitment.price_id(),
            term: commitment.term.spelling(),
            payment: commitment.payment.spelling(),
            count: commitment.count(),
            hourly_rate: text(outcome.hourly),
            monthly_fee: text(outcome.fee()),
            unit: if commitment.count().is_some() { "instance-hours" } else { "USD" },
            committed: text(outcome.committed),
            used: text(outcome.used),
            unused: text(outcome.unused()),
            utilisation: share(outcome.utilisation()),
            coverage: share(outcome.coverage()),
            break_even: share(outcome.break_even()),
            covered_worth: text(outcome.covered_worth),
            saving: text(outcome.saving()),
            upfront: text(cash.map(|cash| cash.upfront).unwrap_or_default()),
            then_monthly: text(cash.map(|cash| cash.hourly * outcome.hours).unwrap_or_default()),
        }
    }
}

impl CommitmentReport {
    /// What was not used, in its unit: `$12.00`, `146 instance-hours`.
    fn unused_shown(&self) -> String {
        let unused = decimal(&self.unused);
        if self.unit == "USD" { dollars(unused) } else { format!("{} h", number(unused, 2)) }
    }
}

/// A share as a cell; a dash where there is none.
pub(super) fn share_cell(share: Option<f64>) -> Cell {
    share.map_or(Cell::Absent("–"), |share| Cell::Measured(show_share(share), share))
}

/// What became of each commitment, as a table.
pub(in crate::report) fn commitments_table(commitments: &[CommitmentReport]) -> Table {
    let rows = commitments.iter().map(|each| {
        vec![
            Cell::Text(each.commitment.clone()),
            Cell::Rate(decimal(&each.hourly_rate)),
            Cell::Dollars(decimal(&each.monthly_fee)),
            share_cell(each.utilisation),
            Cell::Text(each.unused_shown()),
            share_cell(each.coverage),
            share_cell(each.break_even),
            Cell::Dollars(decimal(&each.saving)),
            Cell::Dollars(decimal(&each.upfront)),
            Cell::Dollars(decimal(&each.then_monthly)),
        ]
    });
    let columns = vec![
        "commitment",
        "an hour",
        "a month",
        "used",
        "unused",
        "covers",
        "break-even",
        "saves",
        "upfront",
        "then a month",
    ];
    Table::new(columns, rows.collect())
}
