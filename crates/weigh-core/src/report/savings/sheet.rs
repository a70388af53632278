//! What could be saved as a table for programs: a row for each strategy of each option, and one for the combination.

use super::{CombinedReport, OptionSavingsReport, SavingsReport, StrategyReport};
use crate::report::Sheet;

impl SavingsReport {
    /// Every strategy of every option as a table for programs; an option without a bill has one row that says why.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "option",
            "platform",
            "option_status",
            "strategy",
            "status",
            "change",
            "size",
            "monthly_cost_without_usd",
            "monthly_cost_usd",
            "saving_usd",
            "saving_share",
            "upfront_usd",
            "combined",
            "excludes",
            "reason",
        ];
        let mut rows = Vec::new();
        for option in &self.options {
            rows.extend(option.strategies.iter().map(|strategy| option.strategy_row(strategy)));
            rows.push(match &option.combined {
                Some(combined) => option.combined_row(combined),
                None => option.reason_row(),
            });
        }
        Sheet { columns, rows }
    }
}

impl OptionSavingsReport {
    /// What all rows of an option begin with.
    fn head(&self) -> Vec<String> {
        vec![self.name.clone(), self.platform.to_owned(), self.status.to_owned()]
    }

    fn strategy_row(&self, strategy: &StrategyReport) -> Vec<String> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let excludes: Vec<&str> = strategy.excludes.iter().map(|each| each.strategy).collect();
        let needs = strategy.failed_needs.iter().map(|need| need.need.clone());
        let missing = strategy.missing_prices.iter().map(|price| price.message.clone());
        let reasons: Vec<String> = strategy.reason.iter().cloned().chain(needs).chain(missing).collect();
        let own = vec![
            strategy.strategy.to_owned(),
            strategy.status.to_owned(),
            text(&strategy.change),
            text(&strategy.size),
            text(&self.monthly_cost),
            text(&strategy.monthly_cost),
            text(&strategy.saving),
            strategy.saving_share.map(|share| share.to_string()).unwrap_or_default(),
            text(&strategy.upfront),
            strategy.combined.to_string(),
            excludes.join(" "),
            reasons.join("; "),
        ];
        [self.head(), own].concat()
    }

    fn combined_row(&self, combined: &CombinedReport) -> Vec<String> {
        let own = vec![
            combined.strategies.join("+"),
            "combined".to_owned(),
            combined.change.clone(),
            combined.size.clone(),
            self.monthly_cost.clone().unwrap_or_default(),
            combined.monthly_cost.clone(),
            combined.saving.clone(),
            combined.saving_share.to_string(),
            combined.upfront.clone(),
            "true".to_owned(),
            String::new(),
            String::new(),
        ];
        [self.head(), own].concat()
    }

    fn reason_row(&self) -> Vec<String> {
        let needs = self.failed_needs.iter().map(|need| need.need.clone());
        let missing = self.missing_prices.iter().map(|price| price.message.clone());
        let reasons: Vec<String> = needs.chain(missing).chain(self.notes.iter().cloned()).collect();
        let mut row = self.head();
        row.resize(14, String::new());
        row.push(reasons.join("; "));
        row
    }
}
