//! What to commit to as a table for programs: a row for each level of each option.

use super::{CommitmentLevelReport, CommitmentsReport, OptionCommitmentsReport};
use crate::report::Sheet;

impl CommitmentsReport {
    /// Every level of every option as a table for programs; an option without one has a row that says why.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "option",
            "platform",
            "status",
            "commitment",
            "term",
            "payment",
            "monthly_cost_without_usd",
            "monthly_cost_usd",
            "saving_usd",
            "saving_share",
            "utilisation",
            "coverage",
            "break_even",
            "hourly_rate_usd",
            "upfront_usd",
            "then_monthly_usd",
            "monthly_cost_if_falls_usd",
            "saving_if_falls_usd",
            "reason",
        ];
        let rows = self.options.iter().flat_map(|option| match option.levels.is_empty() {
            true => vec![option.values(None)],
            false => option.levels.iter().map(|level| option.values(Some(level))).collect(),
        });
        Sheet { columns, rows: rows.collect() }
    }
}

impl OptionCommitmentsReport {
    fn values(&self, level: Option<&CommitmentLevelReport>) -> Vec<String> {
        let text = |pick: fn(&CommitmentLevelReport) -> String| level.map(pick).unwrap_or_default();
        let failed = self.failed_needs.iter().map(|need| need.need.clone());
        let missing = self.missing_prices.iter().chain(&self.unpriced_commitments);
        let missing = missing.map(|price| price.message.clone());
        let reasons: Vec<String> = match level {
            Some(_) => Vec::new(),
            None => failed.chain(missing).chain(self.notes.iter().cloned()).collect(),
        };
        vec![
            self.name.clone(),
            self.platform.to_owned(),
            self.status.to_owned(),
            text(CommitmentLevelReport::words),
            text(|level| level.commitments.first().map(|each| each.term.to_owned()).unwrap_or_default()),
            text(|level| level.commitments.first().map(|each| each.payment.to_owned()).unwrap_or_default()),
            self.monthly_cost.clone().unwrap_or_default(),
            text(|level| level.monthly_cost.clone()),
            text(|level| level.saving.clone()),
            text(|level| level.saving_share.to_string()),
            text(|level| level.each(|one| one.utilisation)),
            text(|level| level.each(|one| one.coverage)),
            text(|level| level.each(|one| one.break_even)),
            text(|level| level.hourly_rate.clone()),
            text(|level| level.upfront.clone()),
            text(|level| level.then_monthly.clone()),
            text(|level| level.monthly_cost_if_falls.clone()),
            text(|level| level.saving_if_falls.clone()),
            reasons.join("; "),
        ]
    }
}

impl CommitmentLevelReport {
    /// A share of each commitment, with a `+` between those of a mix.
    fn each(&self, pick: fn(&super::CommitmentReport) -> Option<f64>) -> String {
        let shares =
            self.commitments.iter().map(|each| pick(each).map(|share| share.to_string()).unwrap_or_default());
        shares.collect::<Vec<_>>().join("+")
    }
}
