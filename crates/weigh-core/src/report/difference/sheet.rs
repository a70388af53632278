//! A difference as a table for programs: a row for each effect on each charge.

use super::{
    ChargeDifferenceReport, OptionDifferenceReport, ScenarioDifferenceReport, ScenariosDifferenceReport,
};
use crate::report::Sheet;

/// Columns behind those of the option, for a charge and its effect.
const OF_CHARGE: usize = 16;

impl ScenariosDifferenceReport {
    /// A row for each effect on each charge: `effect_usd` adds up to the change of the option's cost. An option whose change is
    /// unknown, one whose cost did not move, and a scenario on one side only have a row without a charge.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "scenario",
            "scenario_change",
            "option",
            "option_change",
            "monthly_cost_before_usd",
            "monthly_cost_after_usd",
            "price_id",
            "component",
            "environment",
            "part",
            "commitment",
            "charge_change",
            "unit",
            "quantity_before",
            "rate_before_usd",
            "cost_before_usd",
            "quantity_after",
            "rate_after_usd",
            "cost_after_usd",
            "kind",
            "driver",
            "effect_usd",
        ];
        Sheet { columns, rows: self.scenarios.iter().flat_map(rows).collect() }
    }
}

fn rows(scenario: &ScenarioDifferenceReport) -> Vec<Vec<String>> {
    let head = vec![scenario.file.clone(), scenario.change.to_owned()];
    if scenario.options.is_empty() {
        let told = &scenario.recommendation;
        let name = told.after.as_ref().or(told.before.as_ref()).map(|side| side.option.clone());
        let cost = |side: &Option<super::RecommendedReport>| {
            side.as_ref().map(|side| side.monthly_cost.clone()).unwrap_or_default()
        };
        let option = [name.unwrap_or_default(), String::new(), cost(&told.before), cost(&told.after)];
        return vec![[head, option.to_vec(), vec![String::new(); OF_CHARGE]].concat()];
    }
    scenario.options.iter().flat_map(|option| option_rows(&head, option)).collect()
}

fn option_rows(head: &[String], option: &OptionDifferenceReport) -> Vec<Vec<String>> {
    let cost = |side: &Option<super::OptionSideReport>| {
        side.as_ref().and_then(|side| side.monthly_cost.clone()).unwrap_or_default()
    };
    let own =
        vec![option.option.clone(), option.change.to_owned(), cost(&option.before), cost(&option.after)];
    let head = [head.to_vec(), own].concat();
    let effects = option.charges.iter().flat_map(|charge| effect_rows(&head, charge));
    let rows: Vec<Vec<String>> = effects.collect();
    match rows.is_empty() {
        true => vec![[head, vec![String::new(); OF_CHARGE]].concat()],
        false => rows,
    }
}

fn effect_rows(head: &[String], charge: &ChargeDifferenceReport) -> Vec<Vec<String>> {
    let side = |side: &Option<super::ChargeSideReport>| match side {
        Some(side) => [side.quantity.clone(), side.rate.clone(), side.cost.clone()],
        None => [const { String::new() }; 3],
    };
    let unit = charge.after.as_ref().or(charge.before.as_ref()).map(|side| side.unit.clone());
    let own = [
        charge.price_id.clone(),
        charge.component.clone(),
        charge.environment.clone(),
        charge.part.clone(),
        charge.commitment.clone().unwrap_or_default(),
        charge.change.to_owned(),
        unit.unwrap_or_default(),
    ];
    let head = [head, &own, &side(&charge.before), &side(&charge.after)].concat();
    let effect = |kind: &str, driver: &str, amount: &str| {
        [head.clone(), vec![kind.to_owned(), driver.to_owned(), amount.to_owned()]].concat()
    };
    match charge.effects.is_empty() {
        true => vec![effect("", "", "0")],
        false => charge.effects.iter().map(|each| effect(each.kind, each.driver, &each.amount)).collect(),
    }
}
