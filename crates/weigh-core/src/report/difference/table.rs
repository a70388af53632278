//! The tables of a difference: scenarios, causes, options and charges.

use rust_decimal::Decimal;

use super::document::empty;
use super::{
    AmountReport, ChargeDifferenceReport, EffectReport, OptionDifferenceReport, OptionSideReport,
    ScenarioDifferenceReport, TotalDifferenceReport,
};
use crate::difference::shown_change;
use crate::report::{Cell, Table, decimal};

/// Effects that a row of the scenarios names.
const MOST: usize = 2;

/// The sign of a change by its word.
pub(super) fn sign(change: &str) -> &'static str {
    match change {
        "added" => "+",
        "removed" => "-",
        "changed" => "~",
        _ => "",
    }
}

fn delta(amount: &AmountReport) -> Cell {
    Cell::Delta { exact: decimal(&amount.exact), shown: decimal(&amount.shown) }
}

/// A change with its sign, to the cent.
pub(super) fn change(amount: &AmountReport) -> String {
    delta(amount).shown()
}

/// A percentage in brackets.
pub(super) fn percent(percent: &str) -> String {
    format!(" ({})", Cell::Percent(decimal(percent)).shown())
}

fn percent_cell(amount: Option<&AmountReport>) -> Cell {
    let percent = amount.and_then(|amount| amount.percent.as_deref());
    percent.map_or_else(empty, |percent| Cell::Percent(decimal(percent)))
}

fn cost(cost: Option<&String>) -> Cell {
    cost.map_or_else(empty, |cost| Cell::Dollars(decimal(cost)))
}

/// An effect in words: `quantity by traffic`; prices that moved are `price` alone.
fn label(kind: &str, driver: &str) -> String {
    match (kind, driver) {
        ("price", "prices") => "price".to_owned(),
        (kind, "model") => format!("{kind} by model version"),
        (kind, driver) => format!("{kind} by {driver}"),
    }
}

fn effect_cell(effect: &EffectReport) -> Cell {
    Cell::Delta { exact: decimal(&effect.amount), shown: decimal(&effect.shown) }
}

/// Effects in words, with their amounts where there are several.
fn told(effects: &[EffectReport], other_part: bool) -> String {
    let word = |effect: &EffectReport| {
        let tier = if other_part && effect.kind == "structure" { " (other tier)" } else { "" };
        format!("{}{tier}", label(effect.kind, effect.driver))
    };
    match effects {
        [one] => word(one),
        several => {
            let each =
                several.iter().map(|effect| format!("{} {}", word(effect), effect_cell(effect).shown()));
            each.collect::<Vec<_>>().join(", ")
        }
    }
}

/// A row for each scenario.
pub(super) fn scenarios(scenarios: &[ScenarioDifferenceReport]) -> Table {
    let row = |scenario: &ScenarioDifferenceReport| {
        let told = &scenario.recommendation;
        let names = [&told.before, &told.after].map(|side| side.as_ref().map(|side| side.option.as_str()));
        let recommended = match (scenario.change, names) {
            ("added", [_, Some(after)]) => after.to_owned(),
            ("removed", [Some(before), _]) => before.to_owned(),
            (_, [before, after]) if before == after => before.unwrap_or("none").to_owned(),
            (_, [before, after]) => format!("{} → {}", before.unwrap_or("none"), after.unwrap_or("none")),
        };
        let unknown = if matches!(scenario.change, "added" | "removed") { "" } else { "unknown" };
        vec![
            Cell::Text(sign(scenario.change).to_owned()),
            Cell::Text(scenario.file.clone()),
            Cell::Text(recommended),
            cost(told.before.as_ref().map(|side| &side.monthly_cost)),
            cost(told.after.as_ref().map(|side| &side.monthly_cost)),
            told.change.as_ref().map_or(Cell::Absent(unknown), delta),
            percent_cell(told.change.as_ref()),
            Cell::Text(mostly(&told.effects)),
        ]
    };
    let columns = vec!["", "scenario", "recommended", "before", "now", "change", "percent", "mostly"];
    Table::new(columns, scenarios.iter().map(row).collect())
}

/// The largest effects, in words.
fn mostly(effects: &[EffectReport]) -> String {
    let mut largest: Vec<&EffectReport> = effects.iter().collect();
    largest.sort_by_key(|effect| std::cmp::Reverse(decimal(&effect.amount).abs()));
    let words = largest
        .iter()
        .take(MOST)
        .map(|each| format!("{} {}", label(each.kind, each.driver), effect_cell(each).shown()));
    words.collect::<Vec<_>>().join(", ")
}

/// What the change of a sum over scenarios is made of.
pub(super) fn total(total: &TotalDifferenceReport) -> Table {
    let mut rows: Vec<Vec<Cell>> = total
        .effects
        .iter()
        .map(|effect| vec![Cell::Text(label(effect.kind, effect.driver)), effect_cell(effect)])
        .collect();
    rows.push(vec![Cell::Text("sum".to_owned()), delta(&total.change)]);
    rows.extend(memo(&[&total.interaction]));
    Table::new(vec!["effect", "change"], rows)
}

/// The row of the interaction, where there is any.
fn memo(interactions: &[&String]) -> Option<Vec<Cell>> {
    let amounts: Vec<Decimal> = interactions.iter().map(|amount| decimal(amount)).collect();
    if amounts.iter().all(Decimal::is_zero) {
        return None;
    }
    let title = Cell::Text("of which interaction, in quantity".to_owned());
    let cell = |amount: &Decimal| match amount.is_zero() {
        true => empty(),
        false => Cell::Delta { exact: *amount, shown: shown_change(Decimal::ZERO, *amount) },
    };
    Some(std::iter::once(title).chain(amounts.iter().map(cell)).collect())
}

/// A row for each option.
pub(super) fn options(options: &[OptionDifferenceReport]) -> Table {
    let side = |side: &Option<OptionSideReport>| match side {
        None => empty(),
        Some(side) => {
            side.monthly_cost.as_ref().map_or(Cell::Absent("unknown"), |cost| Cell::Dollars(decimal(cost)))
        }
    };
    let standing = |side: &OptionSideReport| side.rank.map_or(side.status.clone(), |rank| format!("{rank}"));
    let row = |option: &OptionDifferenceReport| {
        let ranks = [&option.before, &option.after].map(|side| side.as_ref().map(standing));
        let rank = match ranks {
            [Some(before), Some(after)] if before != after => format!("{before} → {after}"),
            [before, after] => after.or(before).unwrap_or_default(),
        };
        vec![
            Cell::Text(sign(option.change).to_owned()),
            Cell::Text(option.option.clone()),
            Cell::Text(rank),
            side(&option.before),
            side(&option.after),
            option.cost.as_ref().map_or(Cell::Absent("unknown"), delta),
            percent_cell(option.cost.as_ref()),
        ]
    };
    let columns = vec!["", "option", "rank", "before", "now", "change", "percent"];
    Table::new(columns, options.iter().map(row).collect())
}

/// What the changes of the options are made of: a row for each effect, a column for each option whose cost moved.
pub(super) fn causes(scenario: &ScenarioDifferenceReport) -> Option<Table> {
    let moved: Vec<&OptionDifferenceReport> =
        scenario.options.iter().filter(|option| !option.effects.is_empty()).collect();
    let mut labels: Vec<(usize, &str, &str)> = Vec::new();
    for effect in moved.iter().flat_map(|option| &option.effects) {
        let place = KINDS.iter().position(|kind| *kind == effect.kind).unwrap_or(KINDS.len());
        let row = (place, effect.driver, effect.kind);
        if !labels.contains(&row) {
            labels.push(row);
        }
    }
    labels.sort_by_key(|(place, driver, _)| (*place, DRIVERS.iter().position(|each| each == driver)));
    if labels.is_empty() {
        return None;
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (_, driver, kind) in labels {
        let of = |option: &&OptionDifferenceReport| {
            let mut effects = option.effects.iter();
            let effect = effects.find(|effect| (effect.kind, effect.driver) == (kind, driver));
            effect.map_or_else(empty, effect_cell)
        };
        rows.push(std::iter::once(Cell::Text(label(kind, driver))).chain(moved.iter().map(of)).collect());
    }
    let sum = |option: &&OptionDifferenceReport| option.cost.as_ref().map_or_else(empty, delta);
    rows.push(std::iter::once(Cell::Text("sum".to_owned())).chain(moved.iter().map(sum)).collect());
    rows.extend(memo(&moved.iter().map(|option| &option.interaction).collect::<Vec<_>>()));
    let columns =
        std::iter::once("effect".to_owned()).chain(moved.iter().map(|option| option.option.clone()));
    Some(Table::new(columns.collect(), rows))
}

/// The order of the rows.
const KINDS: [&str; 5] = ["price", "quantity", "structure", "commitment", "option"];
const DRIVERS: [&str; 4] = ["prices", "traffic", "model", "scenario"];

/// A row for each charge that moved; nothing where none did.
pub(super) fn charges(options: &[OptionDifferenceReport]) -> Option<Table> {
    let row = |option: &OptionDifferenceReport, charge: &ChargeDifferenceReport| {
        vec![
            Cell::Text(option.option.clone()),
            Cell::Text(sign(charge.change).to_owned()),
            Cell::Text(title(charge)),
            Cell::Text(reckoning(charge)),
            cost(charge.before.as_ref().map(|side| &side.cost)),
            cost(charge.after.as_ref().map(|side| &side.cost)),
            delta(&charge.cost),
            percent_cell(Some(&charge.cost)),
            Cell::Text(told(&charge.effects, charge.other_part)),
        ]
    };
    // What is free and stays so is in JSON and CSV alone.
    let costs = |charge: &&ChargeDifferenceReport| !charge.effects.is_empty() || charge.cost.exact != "0";
    let rows: Vec<Vec<Cell>> = options
        .iter()
        .flat_map(|option| option.charges.iter().filter(costs).map(move |charge| row(option, charge)))
        .collect();
    let columns =
        vec!["option", "", "charge", "quantity at rate", "before", "now", "change", "percent", "why"];
    (!rows.is_empty()).then(|| Table::new(columns, rows))
}

/// A charge with what tells it from others of its price.
fn title(charge: &ChargeDifferenceReport) -> String {
    let commitment = charge.commitment.as_deref().unwrap_or_default();
    let parts = [&charge.component, &charge.environment, &charge.part].map(String::as_str);
    let parts = parts.into_iter().chain([commitment]).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    match parts.is_empty() {
        true => charge.price_id.clone(),
        false => format!("{} ({})", charge.price_id, parts.join(", ")),
    }
}

/// Quantity and rate, with an arrow where one moved.
fn reckoning(charge: &ChargeDifferenceReport) -> String {
    let number = |quantity: &str| Cell::Number(decimal(quantity)).shown();
    let rate = |rate: &str| Cell::Rate(decimal(rate)).shown();
    let arrow = |before: String, after: String| {
        if before == after { before } else { format!("{before} → {after}") }
    };
    match (&charge.before, &charge.after) {
        (Some(before), Some(after)) => {
            let unit = arrow(before.unit.clone(), after.unit.clone());
            let quantity = arrow(number(&before.quantity), number(&after.quantity));
            format!("{quantity} {unit} at {}", arrow(rate(&before.rate), rate(&after.rate)))
        }
        (Some(one), None) | (None, Some(one)) => {
            format!("{} {} at {}", number(&one.quantity), one.unit, rate(&one.rate))
        }
        (None, None) => "between the steps only".to_owned(),
    }
}
