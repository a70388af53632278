//! What could be saved as a report: each strategy alone, what it excludes, and the best together.

mod document;
mod sheet;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::comparison::scenario_report;
use super::lines::{MissingReport, NeedReport};
use super::{BookReport, SCHEMA_VERSION, ScenarioReport};
use crate::bill::Bill;
use crate::compare::Verdict;
use crate::json_schema::DecimalText;
use crate::money::approximate;
use crate::savings::{
    Change, Found, OptionSavings, STRATEGIES, Savings, Strategy, Tried, TriedOutcome, exclusion,
};
use crate::scenario::Scenario;

/// What could be saved, for programs. Amounts are decimal strings in US dollars, shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SavingsReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `savings`.
    #[schemars(extend("const" = "savings"))]
    pub kind: &'static str,
    /// The price book that answered.
    pub book: BookReport,
    /// What was looked at, where and when.
    pub scenario: ScenarioReport,
    /// The hours of the strategy `schedule`.
    pub schedule: ScheduleReport,
    /// The options, as the scenario states them.
    pub options: Vec<OptionSavingsReport>,
}

/// The hours in which servers run under the strategy `schedule`.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ScheduleReport {
    /// The spans of the day, in the traffic's time zone.
    pub hours: String,
    /// The days that have them.
    pub days: String,
    /// Whether they were asked for; the strategy is combined with others only then.
    pub stated: bool,
}

/// An option and what could be saved on it.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct OptionSavingsReport {
    /// The option's name.
    pub name: String,
    /// The platform's id.
    pub platform: &'static str,
    /// `priced`, `rejected` (it fails needs) or `unpriced`.
    #[schemars(extend("enum" = ["priced", "rejected", "unpriced"]))]
    pub status: &'static str,
    /// The deployment's size; null when none was proposed.
    pub size: Option<String>,
    /// US dollars a month as the scenario states it.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
    /// Every strategy; the one that saves most first, those that do not apply last.
    pub strategies: Vec<StrategyReport>,
    /// The best of those that go together; null where there is no bill.
    pub combined: Option<CombinedReport>,
    /// The needs that the option fails.
    pub failed_needs: Vec<NeedReport>,
    /// The prices that the option lacks.
    pub missing_prices: Vec<MissingReport>,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// A strategy alone.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct StrategyReport {
    /// The strategy's id.
    #[schemars(extend("enum" = strategy_ids()))]
    pub strategy: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// `saves`, `saves-nothing`, `fails` (a need), `not-applicable` or `unpriced`.
    #[schemars(extend("enum" = ["saves", "saves-nothing", "fails", "not-applicable", "unpriced"]))]
    pub status: &'static str,
    /// What was changed, in words.
    pub change: Option<String>,
    /// The size with it.
    pub size: Option<String>,
    /// US dollars a month with it, payments upfront spread over the term.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
    /// US dollars a month less than without; below 0 where it costs more.
    #[schemars(with = "Option<DecimalText>")]
    pub saving: Option<String>,
    /// The same as a share of the bill.
    pub saving_share: Option<f64>,
    /// US dollars that are paid at once.
    #[schemars(with = "Option<DecimalText>")]
    pub upfront: Option<String>,
    /// Whether it is part of the combination.
    pub combined: bool,
    /// Whether it is combined only if asked for.
    pub only_if_asked: bool,
    /// The strategies that it excludes, of those that could be priced.
    pub excludes: Vec<ExclusionReport>,
    /// The needs that the option then fails.
    pub failed_needs: Vec<NeedReport>,
    /// The prices that it lacks.
    pub missing_prices: Vec<MissingReport>,
    /// Why it does not apply.
    pub reason: Option<String>,
}

/// A strategy that another one excludes.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ExclusionReport {
    /// Its id.
    #[schemars(extend("enum" = strategy_ids()))]
    pub strategy: &'static str,
    /// Why the two do not go together.
    pub because: &'static str,
}

/// The best of the strategies that go together, all at once.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CombinedReport {
    /// Their ids; empty where none saves anything.
    pub strategies: Vec<&'static str>,
    /// What was changed, in words.
    pub change: String,
    /// The size with them.
    pub size: String,
    /// US dollars a month with them, payments upfront spread over the term.
    #[schemars(with = "DecimalText")]
    pub monthly_cost: String,
    /// US dollars a month that they save together; never below 0, never more than the bill.
    #[schemars(with = "DecimalText")]
    pub saving: String,
    /// The same as a share of the bill.
    pub saving_share: f64,
    /// US dollars that are paid at once.
    #[schemars(with = "DecimalText")]
    pub upfront: String,
    /// US dollars that they save one by one, added up.
    #[schemars(with = "DecimalText")]
    pub added_up: String,
    /// US dollars that all strategies save one by one, added up, although some exclude each other.
    #[schemars(with = "DecimalText")]
    pub all_added_up: String,
}

/// Builds the report of what could be saved.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::vocabulary;
/// use weigh_core::report::savings_report;
/// use weigh_core::savings::{SavingsQuestion, savings};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "lightsail", power = "xlarge" }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let savings = savings(&scenario, &catalog, &book, &SavingsQuestion::default()).unwrap();
/// let report = savings_report(&scenario, &savings);
/// let strategy = |id: &str| report.options[0].strategies.iter().find(|each| each.strategy == id).unwrap();
/// assert_eq!(strategy("right-sizing").status, "saves");
/// assert_eq!(strategy("spot").reason.as_deref(), Some("Lightsail has no Spot"));
/// ```
#[must_use]
pub fn savings_report(scenario: &Scenario, savings: &Savings) -> SavingsReport {
    let hours: Vec<String> = savings.server_hours.hours.iter().map(ToString::to_string).collect();
    SavingsReport {
        schema_version: SCHEMA_VERSION,
        kind: "savings",
        book: BookReport::from(&savings.book),
        scenario: scenario_report(scenario, savings.as_of),
        schedule: ScheduleReport {
            hours: hours.join(", "),
            days: savings.server_hours.days.to_string(),
            stated: savings.hours_stated,
        },
        options: savings.options.iter().map(option_report).collect(),
    }
}

fn option_report(option: &OptionSavings) -> OptionSavingsReport {
    let mut report = OptionSavingsReport {
        name: option.name.clone(),
        platform: option.platform,
        status: "unpriced",
        size: None,
        monthly_cost: None,
        strategies: Vec::new(),
        combined: None,
        failed_needs: Vec::new(),
        missing_prices: Vec::new(),
        notes: Vec::new(),
    };
    match &option.outcome {
        Ok(found) => add_found(&mut report, found),
        Err(Verdict::Unpriced { size, missing }) => {
            report.size = Some(size.clone());
            report.missing_prices = missing.iter().map(MissingReport::from).collect();
        }
        Err(Verdict::NotExact(why)) => report.notes.push(why.clone()),
        Err(Verdict::Rejected { needs, .. }) => {
            report.status = "rejected";
            report.failed_needs = needs.iter().map(NeedReport::from).collect();
        }
        // What is ranked was looked at.
        Err(Verdict::Ranked(_)) => {}
    }
    report
}

fn add_found(report: &mut OptionSavingsReport, found: &Found) {
    let base = found.base.bill.total();
    report.status = "priced";
    report.size = Some(found.base.size.clone());
    report.monthly_cost = Some(text(base));
    let mut strategies: Vec<(usize, Decimal, StrategyReport)> = STRATEGIES
        .iter()
        .zip(&found.strategies)
        .map(|(strategy, tried)| {
            let report = strategy_report(strategy, tried, found);
            let group = ["saves", "saves-nothing", "fails", "unpriced"];
            let place = group.iter().position(|status| *status == report.status).unwrap_or(group.len());
            (place, tried.saving().unwrap_or_default(), report)
        })
        .collect();
    strategies.sort_by_key(|(group, saving, _)| (*group, std::cmp::Reverse(*saving)));
    report.strategies = strategies.into_iter().map(|(_, _, strategy)| strategy).collect();
    let combined = &found.combined;
    let savings = found.strategies.iter().filter_map(Tried::saving).filter(|saving| *saving > Decimal::ZERO);
    report.combined = Some(CombinedReport {
        strategies: combined.strategies.clone(),
        change: combined.change.what.clone(),
        size: combined.change.size.clone(),
        monthly_cost: text(combined.change.bill.total()),
        saving: text(combined.change.saving),
        saving_share: share(combined.change.saving, base),
        upfront: text(upfront(&combined.change.bill)),
        added_up: text(combined.added_up),
        all_added_up: text(savings.sum()),
    });
}

fn strategy_report(strategy: &Strategy, tried: &Tried, found: &Found) -> StrategyReport {
    let priced = |id: &str| {
        let is = |each: &&Tried| each.id == id && matches!(each.outcome, TriedOutcome::Priced(_));
        found.strategies.iter().any(|each| is(&each))
    };
    let excludes =
        STRATEGIES.iter().filter(|other| priced(strategy.id) && priced(other.id)).filter_map(|other| {
            Some(ExclusionReport { strategy: other.id, because: exclusion(strategy.id, other.id)? })
        });
    let mut report = StrategyReport {
        strategy: strategy.id,
        summary: strategy.summary,
        status: "not-applicable",
        change: None,
        size: None,
        monthly_cost: None,
        saving: None,
        saving_share: None,
        upfront: None,
        combined: found.combined.strategies.contains(&strategy.id),
        only_if_asked: strategy.only_if_asked,
        excludes: excludes.collect(),
        failed_needs: Vec::new(),
        missing_prices: Vec::new(),
        reason: None,
    };
    match &tried.outcome {
        TriedOutcome::NotApplicable(why) => report.reason = Some(why.clone()),
        TriedOutcome::Unpriced(missing) => {
            report.status = "unpriced";
            report.missing_prices = missing.iter().map(MissingReport::from).collect();
        }
        TriedOutcome::Refused { what, needs } => {
            report.status = "fails";
            report.change = Some(what.clone());
            report.failed_needs = needs.iter().map(NeedReport::from).collect();
        }
        TriedOutcome::Priced(change) => add_change(&mut report, change, found.base.bill.total()),
    }
    report
}

fn add_change(report: &mut StrategyReport, change: &Change, base: Decimal) {
    report.status = match change.failed.is_empty() {
        false => "fails",
        true if change.saving > Decimal::ZERO => "saves",
        true => "saves-nothing",
    };
    report.change = Some(change.what.clone());
    report.size = Some(change.size.clone());
    report.monthly_cost = Some(text(change.bill.total()));
    report.saving = Some(text(change.saving));
    report.saving_share = Some(share(change.saving, base));
    report.upfront = Some(text(upfront(&change.bill)));
    report.failed_needs = change.failed.iter().map(NeedReport::from).collect();
}

/// The ids of all strategies, for the schema.
fn strategy_ids() -> Vec<&'static str> {
    STRATEGIES.iter().map(|strategy| strategy.id).collect()
}

fn share(saving: Decimal, base: Decimal) -> f64 {
    if base.is_zero() { 0.0 } else { approximate(saving / base) }
}

/// What a bill's commitments take at once.
fn upfront(bill: &Bill) -> Decimal {
    bill.commitments().iter().filter_map(|each| Some(each.cash().ok()?.upfront)).sum()
}

fn text(amount: Decimal) -> String {
    amount.normalize().to_string()
}
