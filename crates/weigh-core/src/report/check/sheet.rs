//! A check as a table for programs: a row for each finding.

use super::{CheckReport, FindingReport};
use crate::report::Sheet;

impl CheckReport {
    /// The findings as a table for programs.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "severity",
            "verdict",
            "rule",
            "policy",
            "scenario",
            "name",
            "option",
            "component",
            "environment",
            "price_id",
            "part",
            "commitment",
            "figure",
            "limit",
            "before",
            "after",
            "unit",
            "difference_usd",
            "difference_shown_usd",
            "causes",
            "file",
            "line",
            "column",
            "message",
        ];
        Sheet { columns, rows: self.findings.iter().map(FindingReport::values).collect() }
    }
}

impl FindingReport {
    /// The causes with their exact amounts, in US dollars: `price by prices 7.3; quantity by traffic 0.0625`.
    fn causes_exact(&self) -> String {
        let told = self.causes.iter().map(|cause| match (&cause.kind, &cause.amount) {
            (Some(kind), Some(amount)) => format!("{kind} by {} {amount}", cause.driver),
            _ => cause.driver.clone(),
        });
        told.collect::<Vec<_>>().join("; ")
    }

    /// The finding as a row of the sheet.
    fn values(&self) -> Vec<String> {
        fn shown<T: ToString>(value: Option<T>) -> String {
            value.map_or(String::new(), |value| value.to_string())
        }
        let of_charge = match &self.charge {
            Some(charge) => vec![
                charge.component.clone(),
                charge.environment.clone(),
                charge.price_id.clone(),
                charge.part.clone(),
                shown(charge.commitment.as_ref()),
            ],
            None => vec![String::new(); 5],
        };
        let before = vec![
            self.severity.word().to_owned(),
            self.verdict.word().to_owned(),
            self.rule.clone(),
            shown(self.policy.as_ref()),
            self.scenario.clone(),
            self.name.clone(),
            shown(self.option.as_ref()),
        ];
        let after = vec![
            shown(self.figure.as_ref()),
            shown(self.limit.as_ref()),
            shown(self.before.as_ref()),
            shown(self.after.as_ref()),
            shown(self.unit.as_ref()),
            shown(self.difference.as_ref()),
            shown(self.difference_shown.as_ref()),
            self.causes_exact(),
            self.file.clone(),
            shown(self.line),
            shown(self.column),
            self.message.clone(),
        ];
        before.into_iter().chain(of_charge).chain(after).collect()
    }
}
