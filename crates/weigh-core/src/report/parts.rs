//! The parts of an option that stands on several platforms or in several environments, and what each environment costs.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Block, Cell, Table, decimal};
use crate::evaluate::Evaluation;
use crate::json_schema::DecimalText;

/// A part of an option.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PartReport {
    /// What it is called: `production on fargate`.
    pub name: String,
    /// The environment that it belongs to; empty where there is only one.
    pub environment: String,
    /// The platform's id.
    pub platform: &'static str,
    /// The deployment's size.
    pub size: String,
    /// US dollars a month if it stood alone in the account; together the parts share allowances and tiers.
    #[schemars(with = "DecimalText")]
    pub monthly_cost_alone: String,
}

impl PartReport {
    /// The parts of an evaluation; empty for a single deployment.
    pub(super) fn of(evaluation: &Evaluation) -> Vec<PartReport> {
        let each = evaluation.parts.iter().map(|part| PartReport {
            name: part.name.clone(),
            environment: part.environment.clone(),
            platform: part.platform,
            size: part.evaluation.size.clone(),
            monthly_cost_alone: part.evaluation.bill.total().normalize().to_string(),
        });
        each.collect()
    }
}

/// What an environment costs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct EnvironmentReport {
    /// Its name.
    pub name: String,
    /// US dollars a month: the sum of its charges.
    #[schemars(with = "DecimalText")]
    pub monthly_cost: String,
}

impl EnvironmentReport {
    /// The environments of an evaluation; empty where there is only one.
    pub(super) fn of(evaluation: &Evaluation) -> Vec<EnvironmentReport> {
        let mut sums: Vec<(&str, Decimal)> = Vec::new();
        for charge in evaluation.bill.charges().iter().filter(|charge| !charge.environment.is_empty()) {
            match sums.iter_mut().find(|(name, _)| *name == &*charge.environment) {
                Some((_, sum)) => *sum += charge.cost,
                None => sums.push((&charge.environment, charge.cost)),
            }
        }
        let report = |(name, sum): (&str, Decimal)| EnvironmentReport {
            name: name.to_owned(),
            monthly_cost: sum.normalize().to_string(),
        };
        sums.into_iter().map(report).collect()
    }
}

/// Parts and environments as blocks to read; none for a single deployment.
pub(super) fn blocks(parts: &[PartReport], environments: &[EnvironmentReport]) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !parts.is_empty() {
        let rows = parts.iter().map(|part| {
            vec![
                Cell::Text(part.name.clone()),
                Cell::Text(part.platform.to_owned()),
                Cell::Text(part.size.clone()),
                Cell::Dollars(decimal(&part.monthly_cost_alone)),
            ]
        });
        let columns = vec!["part", "platform", "size", "a month alone"];
        blocks
            .extend([Block::Heading("Parts".to_owned()), Block::Table(Table::new(columns, rows.collect()))]);
    }
    if !environments.is_empty() {
        let rows = environments.iter().map(|environment| {
            vec![Cell::Text(environment.name.clone()), Cell::Dollars(decimal(&environment.monthly_cost))]
        });
        let table = Table::new(vec!["environment", "a month"], rows.collect());
        blocks.extend([Block::Heading("Environments".to_owned()), Block::Table(table)]);
    }
    blocks
}

/// The parts of all options that have any, under one heading.
pub(super) fn parts_of_options(options: &[(&str, &[PartReport])]) -> Vec<Block> {
    let rows: Vec<Vec<Cell>> = options
        .iter()
        .flat_map(|(option, parts)| parts.iter().map(move |part| (*option, part)))
        .map(|(option, part)| {
            vec![
                Cell::Text(option.to_owned()),
                Cell::Text(part.name.clone()),
                Cell::Text(part.size.clone()),
                Cell::Dollars(decimal(&part.monthly_cost_alone)),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let table = Table::new(vec!["option", "part", "size", "a month alone"], rows);
    vec![Block::Heading("Parts".to_owned()), Block::Table(table)]
}
