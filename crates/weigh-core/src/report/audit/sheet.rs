//! An audit as a table for programs: a row for each claim, with the check that decides its verdict.

use super::{AuditReport, ClaimReport};
use crate::report::Sheet;

impl AuditReport {
    /// The claims that are shown as rows.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "file",
            "id",
            "document",
            "line",
            "about",
            "says",
            "stated_low",
            "stated_high",
            "unit",
            "check",
            "computed_low",
            "computed_high",
            "difference",
            "difference_percent",
            "verdict",
            "cause_kind",
            "cause",
            "why_not",
        ];
        Sheet { columns, rows: self.claims.iter().map(ClaimReport::row).collect() }
    }
}

impl ClaimReport {
    fn row(&self) -> Vec<String> {
        let known = |text: &Option<String>| text.clone().unwrap_or_default();
        let check = self.deciding();
        let computed = check.and_then(|check| check.computed.as_ref());
        let cause = check.and_then(|check| check.causes.first());
        // A choice has no figure: its name stands where the figure would.
        let stated = |end: fn(&super::FigureReport) -> &Option<String>| match &self.stated {
            Some(figure) => known(end(figure)),
            None => self.value.clone(),
        };
        let of_check = |value: fn(&super::ClaimCheckReport) -> &Option<String>| {
            check.map(|check| known(value(check))).unwrap_or_default()
        };
        vec![
            self.file.clone(),
            self.id.clone(),
            known(&self.document),
            self.line.map(|line| line.to_string()).unwrap_or_default(),
            self.about.unwrap_or_default().to_owned(),
            known(&self.says),
            stated(|figure| &figure.low),
            stated(|figure| &figure.high),
            known(&self.unit),
            check.map(|check| check.kind).unwrap_or_default().to_owned(),
            computed.map(|figure| known(&figure.low)).unwrap_or_default(),
            computed.map(|figure| known(&figure.high)).unwrap_or_default(),
            of_check(|check| &check.difference),
            of_check(|check| &check.difference_percent),
            self.verdict.to_owned(),
            cause.map(|cause| cause.kind).unwrap_or_default().to_owned(),
            cause.map(|cause| cause.words.clone()).unwrap_or_default(),
            of_check(|check| &check.why_not),
        ]
    }
}
