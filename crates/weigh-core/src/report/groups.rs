//! Charges in groups: what each component, service and tag costs.

use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::service_names::ServiceName;
use super::{Block, Cell, Entry, Ledger, Table};
use crate::bill::{Bill, Charge};
use crate::json_schema::DecimalText;
use crate::scenario::Scenario;

/// What charges are grouped by.
///
/// ```
/// use weigh_core::report::GroupBy;
/// assert_eq!("service".parse::<GroupBy>().unwrap(), GroupBy::Service);
/// assert!("colour".parse::<GroupBy>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The component or the stated service that they are for.
    Component,
    /// The service of AWS that bills them.
    Service,
    /// The tag of the component or the stated service that they are for.
    Tag,
    /// The environment that they are in.
    Environment,
}

impl GroupBy {
    /// Everything that charges are grouped by.
    pub const ALL: [GroupBy; 4] = [GroupBy::Component, GroupBy::Service, GroupBy::Tag, GroupBy::Environment];

    /// The word on the command line and in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            GroupBy::Component => "component",
            GroupBy::Service => "service",
            GroupBy::Tag => "tag",
            GroupBy::Environment => "environment",
        }
    }

    /// The group of a charge; nothing where it is for nobody in particular.
    fn of<'a>(self, charge: &'a Charge, scenario: &'a Scenario) -> Option<&'a str> {
        match self {
            GroupBy::Component => Some(&*charge.component).filter(|name| !name.is_empty()),
            GroupBy::Service => Some(ServiceName::of(&charge.price_id).name),
            GroupBy::Tag => tag_of(charge, scenario),
            GroupBy::Environment => Some(&*charge.environment).filter(|name| !name.is_empty()),
        }
    }

    /// The heading of a group's charges.
    fn heading(self, name: &str) -> String {
        match self {
            GroupBy::Tag if name == self.nobody() => "Charges without a tag".to_owned(),
            _ if name == self.nobody() => "Shared charges".to_owned(),
            _ => format!("Charges of {name}"),
        }
    }

    /// What the group of charges is called that are for nobody in particular.
    fn nobody(self) -> &'static str {
        match self {
            GroupBy::Component | GroupBy::Service | GroupBy::Environment => "shared",
            GroupBy::Tag => "untagged",
        }
    }
}

impl FromStr for GroupBy {
    type Err = String;

    fn from_str(text: &str) -> Result<GroupBy, String> {
        let known = GroupBy::ALL.into_iter().find(|by| by.word() == text);
        known.ok_or_else(|| format!("charges are grouped by {}", GroupBy::ALL.map(GroupBy::word).join(", ")))
    }
}

/// The tag of a charge: that of the component or the stated service that it is for.
pub(super) fn tag_of<'a>(charge: &Charge, scenario: &'a Scenario) -> Option<&'a str> {
    let name = &*charge.component;
    let component = scenario.components.iter().find(|component| component.name == name);
    let service = || scenario.services.iter().find(|service| service.name == name);
    component.map_or_else(|| service()?.tag.as_deref(), |component| component.tag.as_deref())
}

/// Charges that belong together, and what they cost.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ChargeGroupReport {
    /// The component, the service or the tag; `shared` for no component, `untagged` for no tag.
    pub name: String,
    /// US dollars a month: the exact sum of its charges.
    #[schemars(with = "DecimalText")]
    pub monthly_cost: String,
    /// The places of its charges in the bill, from 0.
    pub charges: Vec<usize>,
}

/// What each component, service and tag costs; the sum of each list is the bill.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
pub struct TotalsReport {
    /// By component, in the order of the bill; what is shared last.
    pub component: Vec<ChargeGroupReport>,
    /// By service, in the order of the bill.
    pub service: Vec<ChargeGroupReport>,
    /// By tag, in the order of the bill; what has none last.
    pub tag: Vec<ChargeGroupReport>,
    /// By environment, in the order of the bill; where there is only one, all is shared.
    pub environment: Vec<ChargeGroupReport>,
}

impl TotalsReport {
    /// The totals of a bill.
    pub(super) fn of(bill: &Bill, scenario: &Scenario) -> TotalsReport {
        let by = |by| groups(bill.charges(), by, scenario);
        TotalsReport {
            component: by(GroupBy::Component),
            service: by(GroupBy::Service),
            tag: by(GroupBy::Tag),
            environment: by(GroupBy::Environment),
        }
    }

    /// The groups of one kind.
    #[must_use]
    pub fn by(&self, by: GroupBy) -> &[ChargeGroupReport] {
        match by {
            GroupBy::Component => &self.component,
            GroupBy::Service => &self.service,
            GroupBy::Tag => &self.tag,
            GroupBy::Environment => &self.environment,
        }
    }

    /// The group of a charge, by the charge's place in the bill.
    pub(super) fn name_of(&self, by: GroupBy, place: usize) -> &str {
        let of = self.by(by).iter().find(|group| group.charges.contains(&place));
        of.map_or("", |group| group.name.as_str())
    }
}

fn groups(charges: &[Charge], by: GroupBy, scenario: &Scenario) -> Vec<ChargeGroupReport> {
    let mut groups: Vec<(Option<&str>, Decimal, Vec<usize>)> = Vec::new();
    for (place, charge) in charges.iter().enumerate() {
        let name = by.of(charge, scenario);
        match groups.iter_mut().find(|(known, ..)| *known == name) {
            Some((_, cost, places)) => {
                *cost += charge.cost;
                places.push(place);
            }
            None => groups.push((name, charge.cost, vec![place])),
        }
    }
    groups.sort_by_key(|(name, ..)| name.is_none());
    let report = groups.into_iter().map(|(name, cost, charges)| ChargeGroupReport {
        name: name.unwrap_or(by.nobody()).to_owned(),
        monthly_cost: cost.normalize().to_string(),
        charges,
    });
    report.collect()
}

/// A sum below the rows of a table of charges.
pub(super) fn sum_row(table: &Table, title: &str, amount: Cell) -> Vec<Cell> {
    let mut row = vec![Cell::Absent(""); table.columns.len()];
    let cost = table.columns.iter().position(|column| *column == COST);
    if let Some(first) = row.first_mut() {
        *first = Cell::Text(title.to_owned());
    }
    if let Some(place) = cost.and_then(|place| row.get_mut(place)) {
        *place = amount;
    }
    row
}

/// The column of a table of charges that adds up.
pub(super) const COST: &str = "= cost";

/// The charges of a bill group by group, each with its sum, and the sums with the bill's total.
///
/// `entries` and `table` have the charges in the order of the bill.
pub(super) fn blocks(
    by: GroupBy,
    groups: &[ChargeGroupReport],
    entries: &[Entry],
    table: &Table,
    total: Entry,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut sums = Vec::new();
    for group in groups {
        let amount = Cell::Sum(super::decimal(&group.monthly_cost));
        let sum = |title: &str| Entry { title: title.to_owned(), amount: amount.clone(), lines: Vec::new() };
        let own = group.charges.iter().filter_map(|place| entries.get(*place).cloned());
        let rows = group.charges.iter().filter_map(|place| table.rows.get(*place).cloned());
        let table = Table::new(
            table.columns.clone(),
            rows.chain([sum_row(table, "Subtotal", amount.clone())]).collect(),
        );
        let entries = own.chain([sum("Subtotal")]).collect();
        blocks.push(Block::Heading(by.heading(&group.name)));
        blocks.push(Block::Ledger(Ledger { entries, table }));
        sums.push(sum(&group.name));
    }
    sums.push(total);
    let row = |entry: &Entry| vec![Cell::Text(entry.title.clone()), entry.amount.clone()];
    let table = Table::new(vec![by.word(), "a month"], sums.iter().map(row).collect());
    blocks.push(Block::Heading(format!("Total by {}", by.word())));
    blocks.push(Block::Ledger(Ledger { entries: sums, table }));
    blocks
}
