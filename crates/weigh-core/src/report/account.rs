//! Several scenarios in one account, as data and for readers.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Block, Cell, Document, SCHEMA_VERSION, Sheet, Table, decimal};
use crate::bill::Bill;
use crate::compare::InAccount;
use crate::json_schema::DecimalText;
use crate::money::dollars;

/// Scenarios that share an account's free quantities and tiers, in their order.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct AccountReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `account`.
    #[schemars(extend("const" = "account"))]
    pub kind: &'static str,
    /// US dollars a month, of all scenarios together; null where one of them has no bill.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
    /// The scenarios, in the order in which they use the account.
    pub scenarios: Vec<InAccountReport>,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// One of the scenarios.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct InAccountReport {
    /// Its name.
    pub scenario: String,
    /// Its region.
    pub region: String,
    /// The option that is priced: the one that it recommends; null where none meets the needs.
    pub option: Option<String>,
    /// US dollars a month if it had the account to itself; null without an option.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost_alone: Option<String>,
    /// US dollars a month after those before it; null without an option.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
}

/// Builds the report.
#[must_use]
pub fn account_report(priced: &[InAccount]) -> AccountReport {
    let text = |amount: Decimal| amount.normalize().to_string();
    let cost = |own: &InAccount| own.bill.as_ref().map(Bill::total);
    let each = priced.iter().map(|own| InAccountReport {
        scenario: own.scenario.clone(),
        region: own.region.clone(),
        option: own.option.clone(),
        monthly_cost_alone: own.alone.map(text),
        monthly_cost: cost(own).map(text),
    });
    AccountReport {
        schema_version: SCHEMA_VERSION,
        kind: "account",
        monthly_cost: priced.iter().map(cost).sum::<Option<Decimal>>().map(text),
        scenarios: each.collect(),
        notes: Vec::new(),
    }
}

impl AccountReport {
    /// The report as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let alone = self.scenarios.iter().map(|own| own.monthly_cost_alone.as_deref().map(decimal));
        let totals = self.monthly_cost.as_deref().map(decimal).zip(alone.sum::<Option<Decimal>>());
        let count = self.scenarios.len();
        let told = match totals {
            Some((total, alone)) => format!(
                "{} a month for {count} scenarios; {} if each had the account's free quantities and lower tiers to itself.",
                dollars(total),
                dollars(alone)
            ),
            None => format!(
                "{count} scenarios, of which one has no bill: no option meets its needs, or a price is missing."
            ),
        };
        let amount = |cost: &Option<String>| match cost {
            Some(cost) => Cell::Dollars(decimal(cost)),
            None => Cell::Absent("unknown"),
        };
        let rows = self.scenarios.iter().map(|own| {
            let missing = Cell::Absent("none meets the needs");
            vec![
                Cell::Text(own.scenario.clone()),
                Cell::Text(own.region.clone()),
                own.option.clone().map_or(missing, Cell::Text),
                amount(&own.monthly_cost_alone),
                amount(&own.monthly_cost),
            ]
        });
        let columns = vec!["scenario", "region", "option", "alone", "in this order"];
        let table = Block::Table(Table::new(columns, rows.collect()));
        let mut blocks = vec![Block::Title("One account".to_owned()), Block::Paragraph(told), table];
        if !self.notes.is_empty() {
            blocks.extend([Block::Heading("Notes".to_owned()), Block::List(self.notes.clone())]);
        }
        Document { blocks }
    }

    /// The report as rows.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let rows = self.scenarios.iter().map(|own| {
            vec![
                own.scenario.clone(),
                own.region.clone(),
                own.option.clone().unwrap_or_default(),
                own.monthly_cost_alone.clone().unwrap_or_default(),
                own.monthly_cost.clone().unwrap_or_default(),
            ]
        });
        let columns = vec!["scenario", "region", "option", "monthly_cost_alone", "monthly_cost"];
        Sheet { columns, rows: rows.collect() }
    }
}
