//! What to commit to as a report: each commitment at its best level, what it saves, costs and risks.

mod document;
mod outcome;
mod sheet;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::comparison::scenario_report;
use super::lines::{MissingReport, NeedReport};
use super::{BookReport, SCHEMA_VERSION, ScenarioReport};
use crate::bill::Bill;
use crate::compare::{CommitmentAdvice, CommitmentLevel, DeploymentCommitments, OptionCommitments, Verdict};
use crate::json_schema::DecimalText;
use crate::money::approximate;
use crate::scenario::Scenario;

pub use outcome::CommitmentReport;
pub(super) use outcome::commitments_table;

/// What to commit to, for programs. Amounts are decimal strings in US dollars, shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CommitmentsReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `commitments`.
    #[schemars(extend("const" = "commitments"))]
    pub kind: &'static str,
    /// The price book that answered.
    pub book: BookReport,
    /// What was looked at, where and when.
    pub scenario: ScenarioReport,
    /// The one term that was looked at; null for both.
    #[schemars(extend("enum" = ["1-year", "3-years"]))]
    pub term: Option<&'static str>,
    /// The share of the traffic that falls away, as a decimal string.
    #[schemars(with = "DecimalText")]
    pub falls: String,
    /// The options, as the scenario states them.
    pub options: Vec<OptionCommitmentsReport>,
}

/// An option and what could be committed to for it.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct OptionCommitmentsReport {
    /// The option's name.
    pub name: String,
    /// The platform's id.
    pub platform: &'static str,
    /// `priced`, `rejected` (it fails needs) or `unpriced`.
    #[schemars(extend("enum" = ["priced", "rejected", "unpriced"]))]
    pub status: &'static str,
    /// The deployment's size; null when none was proposed.
    pub size: Option<String>,
    /// US dollars a month without any commitment.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
    /// The same with less traffic.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost_if_falls: Option<String>,
    /// US dollars of the month that a commitment could cover.
    #[schemars(with = "Option<DecimalText>")]
    pub eligible: Option<String>,
    /// Each commitment at its best level, then mixes; the one that saves most first.
    pub levels: Vec<CommitmentLevelReport>,
    /// Commitments that save nothing at any level.
    pub not_worth: Vec<String>,
    /// Prices without which a commitment could not be looked at.
    pub unpriced_commitments: Vec<MissingReport>,
    /// The needs that it fails.
    pub failed_needs: Vec<NeedReport>,
    /// The prices that the option itself lacks.
    pub missing_prices: Vec<MissingReport>,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// A commitment, or a mix, at its best level.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CommitmentLevelReport {
    /// The commitments, and what became of each in the month.
    pub commitments: Vec<CommitmentReport>,
    /// US dollars a month with them, payments upfront spread over the term.
    #[schemars(with = "DecimalText")]
    pub monthly_cost: String,
    /// US dollars a month less than without.
    #[schemars(with = "DecimalText")]
    pub saving: String,
    /// The same as a share of the month without.
    pub saving_share: f64,
    /// US dollars a month with them and less traffic.
    #[schemars(with = "DecimalText")]
    pub monthly_cost_if_falls: String,
    /// US dollars a month that they then save; below 0 is a loss.
    #[schemars(with = "DecimalText")]
    pub saving_if_falls: String,
    /// US dollars an hour for all of them.
    #[schemars(with = "DecimalText")]
    pub hourly_rate: String,
    /// US dollars that are paid at once.
    #[schemars(with = "DecimalText")]
    pub upfront: String,
    /// US dollars a month that are then paid for everything.
    #[schemars(with = "DecimalText")]
    pub then_monthly: String,
}

/// Builds the report of what to commit to.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{CommitmentQuestion, advise, vocabulary};
/// use weigh_core::report::commitments_report;
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let question = CommitmentQuestion { option: None, term: None, falls: "20%".parse().unwrap() };
/// let advice = advise(&scenario, &catalog, &book, question).unwrap();
/// let report = commitments_report(&scenario, &advice);
/// assert!(report.options[0].levels[0].saving_share > 0.1);
/// ```
#[must_use]
pub fn commitments_report(scenario: &Scenario, advice: &CommitmentAdvice) -> CommitmentsReport {
    CommitmentsReport {
        schema_version: SCHEMA_VERSION,
        kind: "commitments",
        book: BookReport::from(&advice.book),
        scenario: scenario_report(scenario, advice.as_of),
        term: advice.question.term.map(crate::commitment::Term::spelling),
        falls: advice.question.falls.share().to_string(),
        options: advice.options.iter().map(|option| option_report(option, scenario)).collect(),
    }
}

fn option_report(option: &OptionCommitments, scenario: &Scenario) -> OptionCommitmentsReport {
    let mut report = OptionCommitmentsReport {
        name: option.name.clone(),
        platform: option.platform,
        status: "unpriced",
        size: None,
        monthly_cost: None,
        monthly_cost_if_falls: None,
        eligible: None,
        levels: Vec::new(),
        not_worth: Vec::new(),
        unpriced_commitments: Vec::new(),
        failed_needs: Vec::new(),
        missing_prices: Vec::new(),
        notes: Vec::new(),
    };
    match &option.outcome {
        Ok(found) => add_found(&mut report, found, scenario),
        Err(Verdict::Unpriced { size, missing }) => {
            report.size = Some(size.clone());
            report.missing_prices = missing.iter().map(MissingReport::from).collect();
        }
        Err(Verdict::NotExact(why)) => report.notes.push(why.clone()),
        Err(Verdict::Rejected { needs, .. }) => {
            report.status = "rejected";
            report.failed_needs = needs.iter().map(NeedReport::from).collect();
        }
        // Only a comparison ranks.
        Err(Verdict::Ranked(_)) => {}
    }
    report
}

fn add_found(report: &mut OptionCommitmentsReport, found: &DeploymentCommitments, scenario: &Scenario) {
    report.status = if found.failed.is_empty() { "priced" } else { "rejected" };
    report.failed_needs = found.failed.iter().map(NeedReport::from).collect();
    report.size = Some(found.size.clone());
    report.monthly_cost = Some(text(found.without.total()));
    report.monthly_cost_if_falls = Some(text(found.without_if_falls.total()));
    report.eligible = Some(text(found.eligible_worth));
    let mut levels: Vec<(Decimal, CommitmentLevelReport)> =
        found.levels.iter().map(|level| (level.saving(&found.without), level_report(level, found))).collect();
    levels.sort_by_key(|(saving, _)| std::cmp::Reverse(*saving));
    report.levels = levels.into_iter().map(|(_, level)| level).collect();
    report.not_worth.clone_from(&found.not_worth);
    report.unpriced_commitments = found.missing.iter().map(MissingReport::from).collect();
    if found.eligible_worth.is_zero() {
        let nothing = "nothing to commit to: no commitment covers what it uses";
        report.notes.push(nothing.to_owned());
    }
    if !scenario.commitments.is_empty() {
        let aside = "the commitments that the scenario states are left aside here";
        report.notes.push(aside.to_owned());
    }
}

fn level_report(level: &CommitmentLevel, found: &DeploymentCommitments) -> CommitmentLevelReport {
    let outcomes = level.with.commitments();
    let fees: Decimal = outcomes.iter().map(crate::commitment::CommitmentOutcome::fee).sum();
    let cash = |pick: fn(&crate::commitment::Cash) -> Decimal| -> Decimal {
        outcomes.iter().filter_map(|each| Some(pick(&each.cash().ok()?))).sum()
    };
    let hours = outcomes.first().map(|each| each.hours).unwrap_or_default();
    let saving = level.saving(&found.without);
    let lost = |bill: &Bill| found.without_if_falls.total() - bill.total();
    let share = saving.checked_div(found.without.total()).map_or(0.0, approximate);
    CommitmentLevelReport {
        commitments: outcomes.iter().map(CommitmentReport::from).collect(),
        monthly_cost: text(level.with.total()),
        saving: text(saving),
        saving_share: share,
        monthly_cost_if_falls: text(level.with_if_falls.total()),
        saving_if_falls: text(lost(&level.with_if_falls)),
        hourly_rate: text(outcomes.iter().map(|each| each.hourly).sum()),
        upfront: text(cash(|cash| cash.upfront)),
        then_monthly: text(level.with.total() - fees + cash(|cash| cash.hourly) * hours),
    }
}

fn text(amount: Decimal) -> String {
    amount.normalize().to_string()
}
