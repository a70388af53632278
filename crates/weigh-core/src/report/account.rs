//! Several scenarios in one account, as data and for readers.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Block, Cell, Document, SCHEMA_VERSION, Sheet, Table, decimal};
use crate::compare::InAccount;
use crate::money::dollars;

/// Scenarios that share an account's free quantities and tiers, in their order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountReport {
    /// The version of this shape.
    pub schema_version: u32,
    /// Always `account`.
    pub kind: &'static str,
    /// US dollars a month, of all scenarios together.
    pub monthly_cost: String,
    /// The scenarios, in the order in which they use the account.
    pub scenarios: Vec<InAccountReport>,
}

/// One of the scenarios.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InAccountReport {
    /// Its name.
    pub scenario: String,
    /// Its region.
    pub region: String,
    /// The option that is priced: the one that it recommends; null where none meets the needs.
    pub option: Option<String>,
    /// US dollars a month if it had the account to itself.
    pub monthly_cost_alone: String,
    /// US dollars a month after those before it.
    pub monthly_cost: String,
}

/// Builds the report.
#[must_use]
pub fn account_report(priced: &[InAccount]) -> AccountReport {
    let text = |amount: Decimal| amount.normalize().to_string();
    let each = priced.iter().map(|own| InAccountReport {
        scenario: own.scenario.clone(),
        region: own.region.clone(),
        option: own.option.clone(),
        monthly_cost_alone: text(own.alone),
        monthly_cost: text(own.bill.total()),
    });
    AccountReport {
        schema_version: SCHEMA_VERSION,
        kind: "account",
        monthly_cost: text(priced.iter().map(|own| own.bill.total()).sum()),
        scenarios: each.collect(),
    }
}

impl AccountReport {
    /// The report as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let alone: Decimal = self.scenarios.iter().map(|own| decimal(&own.monthly_cost_alone)).sum();
        let total = decimal(&self.monthly_cost);
        let told = format!(
            "{} a month for {} scenarios; {} if each had the account's free quantities and lower tiers to itself.",
            dollars(total),
            self.scenarios.len(),
            dollars(alone)
        );
        let rows = self.scenarios.iter().map(|own| {
            let missing = Cell::Absent("none meets the needs");
            vec![
                Cell::Text(own.scenario.clone()),
                Cell::Text(own.region.clone()),
                own.option.clone().map_or(missing, Cell::Text),
                Cell::Dollars(decimal(&own.monthly_cost_alone)),
                Cell::Dollars(decimal(&own.monthly_cost)),
            ]
        });
        let columns = vec!["scenario", "region", "option", "alone", "in this order"];
        let table = Block::Table(Table { columns, rows: rows.collect() });
        Document { blocks: vec![Block::Title("One account".to_owned()), Block::Paragraph(told), table] }
    }

    /// The report as rows.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let rows = self.scenarios.iter().map(|own| {
            vec![
                own.scenario.clone(),
                own.region.clone(),
                own.option.clone().unwrap_or_default(),
                own.monthly_cost_alone.clone(),
                own.monthly_cost.clone(),
            ]
        });
        let columns = vec!["scenario", "region", "option", "monthly_cost_alone", "monthly_cost"];
        Sheet { columns, rows: rows.collect() }
    }
}
