//! The comparison as a report: what was compared, what was decided, and on which prices and assumptions.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::commitments::CommitmentReport;
use super::decision::product;
use super::latency::LatencyReport;
use super::lines::{ChargeReport, MissingReport, NeedReport};
use super::parts::{EnvironmentReport, PartReport};
use super::rules::RuleReport;
use super::supporting::{SupportingReport, off_note};
use super::{
    BookReport, BreakEvenReport, ChecksReport, CriterionReport, CurrencyReport, DecisionReport,
    OptionRangeReport, PriceAgeReport, RangesReport, SCHEMA_VERSION, WhyNotReport, annual, assumptions,
    recommendation, served,
};
use crate::bill::Bill;
use crate::catalog::Catalog;
use crate::compare::{Compared, Comparison, NeverCold, Verdict};
use crate::evaluate::Evaluation;
use crate::json_schema::{DayText, DecimalText};
use crate::money::dollars;
use crate::scenario::Scenario;
use crate::time::{Date, Month};

/// A comparison for programs. Amounts are decimal strings in US dollars; times end in their unit; shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ComparisonReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `comparison`.
    #[schemars(extend("const" = "comparison"))]
    pub kind: &'static str,
    /// What was compared, where and when.
    pub scenario: ScenarioReport,
    /// The name of the recommended option; null when none meets the needs.
    pub recommended: Option<String>,
    /// The recommendation in sentences.
    pub recommendation: Vec<String>,
    /// The options: ranked ones by rank, then rejected and unpriced ones.
    pub options: Vec<OptionReport>,
    /// The criteria with weight and scale.
    pub criteria: Vec<CriterionReport>,
    /// Why each option but the first is not recommended, and when to look again.
    pub why_not: Vec<WhyNotReport>,
    /// How the ranked options were weighed against each other; null where none is ranked.
    pub decision: Option<DecisionReport>,
    /// The weights that the values alone would give, as a check; null where none is ranked.
    pub checks: Option<ChecksReport>,
    /// Where the answer changes with the traffic; left out unless it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_even: Option<BreakEvenReport>,
    /// When to choose what, by the scenario's rules and by the documents'.
    pub rules: Vec<RuleReport>,
    /// The price book that answered.
    pub book: BookReport,
    /// How old and how well known the prices are; null when nothing was priced.
    pub prices: Option<PriceAgeReport>,
    /// Whether readers see how firm the decision is in all its tables; programs always do.
    #[serde(skip)]
    pub tells_robustness: bool,
    /// What was taken as given.
    pub assumptions: Vec<String>,
    /// What the annual costs rest on.
    pub annual_basis: String,
    /// What the scenario's ranges come to; left out where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranges: Option<RangesReport>,
}

/// What was compared, where and when.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ScenarioReport {
    /// The scenario's name.
    pub name: String,
    /// The region whose prices were used.
    pub region: String,
    /// The day whose prices were used.
    #[schemars(with = "DayText")]
    pub as_of: String,
    /// The hours of the month.
    pub month_hours: u32,
    /// The days that are billed, where they are a part of a month; left out for a whole month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial_month: Option<String>,
    /// The currency in which readers see totals too; left out where the scenario states none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<CurrencyReport>,
    /// The document that the scenario is from; left out where it names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Where in a document it is from; left out where it does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What the scenario says that it assumes; left out where it says nothing of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
    /// The traffic in words.
    pub traffic: String,
    /// Requests in the month, as a decimal string.
    #[schemars(with = "DecimalText")]
    pub requests_per_month: String,
}

/// An option and what became of it.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct OptionReport {
    /// The option's name.
    pub name: String,
    /// The platform's id.
    pub platform: &'static str,
    /// `ranked`, `rejected` or `unpriced`.
    #[schemars(extend("enum" = ["ranked", "rejected", "unpriced"]))]
    pub status: &'static str,
    /// The rank, from 1.
    pub rank: Option<usize>,
    /// The score, 0 to 1.
    pub score: Option<f64>,
    /// The deployment's size.
    pub size: Option<String>,
    /// US dollars a month.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
    /// The same without the account's free allowances.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost_without_allowances: Option<String>,
    /// US dollars a year: 12 times the month; null where only a part of the month is billed.
    #[schemars(with = "Option<DecimalText>")]
    pub annual_cost: Option<String>,
    /// US dollars in three years: 36 times the month; as `annual_cost`.
    #[schemars(with = "Option<DecimalText>")]
    pub three_year_cost: Option<String>,
    /// What it comes to at the ends of the scenario's ranges; left out where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<OptionRangeReport>,
    /// US dollars for a million requests.
    #[schemars(with = "Option<DecimalText>")]
    pub cost_per_million_requests: Option<String>,
    /// Latency at the slowest component; null when overloaded.
    pub latency: Option<LatencyReport>,
    /// The load offered to the busiest component's servers; 1 and more is unstable.
    pub utilisation: Option<f64>,
    /// The share of the requests that wait for a start.
    pub cold_start_share: Option<f64>,
    /// US dollars a month that the need `never_cold` costs; null where the scenario does not have it.
    #[schemars(with = "Option<DecimalText>")]
    pub never_cold_cost: Option<String>,
    /// The promised share of the month.
    pub availability: Option<f64>,
    /// What each criterion adds to the score, in the order of `criteria`.
    pub contributions: Vec<f64>,
    /// The charges of the month.
    pub charges: Vec<ChargeReport>,
    /// What became of the commitments that it pays for; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<CommitmentReport>,
    /// The needs that it fails.
    pub failed_needs: Vec<NeedReport>,
    /// The prices that it lacks.
    pub missing_prices: Vec<MissingReport>,
    /// The supporting services: what is charged, included or switched off, each with the reason.
    pub supporting_services: Vec<SupportingReport>,
    /// The parts of an option on several platforms or in several environments; else empty.
    pub parts: Vec<PartReport>,
    /// What each environment costs of it; empty where there is only one.
    pub environments: Vec<EnvironmentReport>,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// Builds the report of a comparison: what every format shows, as data.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{compare, vocabulary};
/// use weigh_core::report::comparison_report;
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let comparison = compare(&scenario, &catalog, &book).unwrap();
/// let report = serde_json::to_value(comparison_report(&scenario, &catalog, &comparison)).unwrap();
/// // Amounts are decimal strings, so that no reader rounds them.
/// assert!(report["options"][0]["monthly_cost"].is_string());
/// ```
#[must_use]
pub fn comparison_report(
    scenario: &Scenario,
    catalog: &Catalog,
    comparison: &Comparison,
) -> ComparisonReport {
    let total: f64 = comparison.columns.iter().map(|column| column.weight).sum();
    let decision = comparison.decision.as_ref().map(|decision| product::report(decision, scenario));
    let firmness = decision.as_ref().and_then(|decision| decision.firmness.as_ref());
    ComparisonReport {
        schema_version: SCHEMA_VERSION,
        kind: "comparison",
        scenario: scenario_report(scenario, comparison.as_of),
        recommended: comparison.ranked().next().map(|(option, _)| option.name.clone()),
        recommendation: recommendation::sentences(comparison, scenario.header.month, firmness),
        options: comparison.options.iter().map(|option| option_report(option, catalog, scenario)).collect(),
        criteria: comparison.columns.iter().filter_map(|column| CriterionReport::of(column, total)).collect(),
        why_not: WhyNotReport::of(comparison, decision.as_ref(), None),
        decision,
        checks: comparison.decision.as_ref().map(|decision| ChecksReport::of(&decision.matrix)),
        break_even: None,
        tells_robustness: false,
        rules: comparison.rules.iter().map(|ruling| RuleReport::of(ruling, catalog)).collect(),
        book: BookReport::from(&comparison.book),
        prices: PriceAgeReport::of(comparison),
        assumptions: assumptions::of(scenario, catalog, comparison),
        annual_basis: annual::basis(scenario),
        ranges: None,
    }
}

impl ScenarioReport {
    /// `month of 730 h`, or the days of a part of a month.
    pub(super) fn billed_time(&self) -> String {
        self.partial_month.clone().unwrap_or_else(|| format!("month of {} h", self.month_hours))
    }

    /// Where the scenario is from; nothing where it does not say.
    pub(super) fn origin(&self) -> Option<String> {
        match (&self.source, &self.document) {
            (Some(source), _) => Some(format!("Source: {source}.")),
            (None, Some(document)) => Some(format!("Source: document {document}.")),
            (None, None) => None,
        }
    }

    /// What the scenario says that it assumes, as sentences among the assumptions of the program.
    pub(super) fn stated_assumptions(&self) -> Vec<String> {
        self.assumptions.iter().map(|text| assumptions::stated(text)).collect()
    }

    /// What an amount is for, as [`annual::span`] says it.
    pub(super) fn span(&self) -> &'static str {
        if self.partial_month.is_some() { "in these days" } else { "a month" }
    }
}

pub(super) fn scenario_report(scenario: &Scenario, as_of: Date) -> ScenarioReport {
    ScenarioReport {
        name: scenario.header.name.clone(),
        region: scenario.header.region.clone(),
        as_of: as_of.to_string(),
        month_hours: scenario.header.month.hours(),
        partial_month: scenario.header.month.is_partial().then(|| scenario.header.month.to_string()),
        currency: scenario.header.currency.as_ref().map(CurrencyReport::from),
        document: scenario.header.document.clone(),
        source: scenario.header.source.clone(),
        assumptions: scenario.header.assumptions.clone(),
        traffic: scenario.traffic.describe(),
        requests_per_month: scenario.requests().normalize().to_string(),
    }
}

pub(super) fn option_report(option: &Compared, catalog: &Catalog, scenario: &Scenario) -> OptionReport {
    let mut report = OptionReport {
        name: option.name.clone(),
        platform: option.platform,
        status: "ranked",
        rank: None,
        score: None,
        size: None,
        monthly_cost: None,
        monthly_cost_without_allowances: None,
        annual_cost: None,
        three_year_cost: None,
        range: None,
        cost_per_million_requests: None,
        latency: None,
        utilisation: None,
        cold_start_share: None,
        never_cold_cost: None,
        availability: None,
        contributions: Vec::new(),
        charges: Vec::new(),
        commitments: Vec::new(),
        failed_needs: Vec::new(),
        missing_prices: Vec::new(),
        supporting_services: Vec::new(),
        parts: Vec::new(),
        environments: Vec::new(),
        notes: Vec::new(),
    };
    match &option.verdict {
        Verdict::Ranked(ranked) => {
            (report.rank, report.score) = (Some(ranked.rank), Some(ranked.score));
            report.contributions.clone_from(&ranked.contributions);
            add_evaluation(&mut report, &ranked.evaluation, catalog, scenario);
        }
        Verdict::Rejected { needs, nearest } => {
            report.status = "rejected";
            report.failed_needs = needs.iter().map(NeedReport::from).collect();
            if let Some(nearest) = nearest {
                add_evaluation(&mut report, nearest, catalog, scenario);
            }
        }
        Verdict::Unpriced { size, missing } => {
            report.status = "unpriced";
            report.size = Some(size.clone());
            report.missing_prices = missing.iter().map(MissingReport::from).collect();
        }
        Verdict::NotExact(why) => {
            report.status = "unpriced";
            report.notes.push(why.clone());
        }
    }
    if let Some(never_cold) = &option.never_cold {
        report.never_cold_cost = Some(never_cold.cost.normalize().to_string());
        report.notes.push(never_cold_note(never_cold, scenario.header.month));
    }
    if option.unpriced > 0 {
        report.notes.push(format!(
            "{} of {} sizes were not weighed: the book lacks a price of theirs",
            option.unpriced, option.weighed
        ));
    }
    report
}

fn add_evaluation(
    report: &mut OptionReport,
    evaluation: &Evaluation,
    catalog: &Catalog,
    scenario: &Scenario,
) {
    let month = scenario.header.month;
    let text = |bill: &Bill| Some(bill.total().normalize().to_string());
    report.size = Some(evaluation.size.clone());
    report.monthly_cost = text(&evaluation.bill);
    report.monthly_cost_without_allowances = text(&evaluation.bill_without_allowances);
    (report.annual_cost, report.three_year_cost) = annual::costs(evaluation.bill.total(), month);
    report.cost_per_million_requests = per_million(&evaluation.bill, scenario.requests());
    report.latency = evaluation.latency().map(LatencyReport::from);
    report.utilisation = Some(evaluation.utilisation());
    report.cold_start_share = Some(evaluation.cold_start_share());
    report.availability = evaluation.availability();
    report.charges =
        evaluation.bill.charges().iter().map(|charge| ChargeReport::of(charge, catalog)).collect();
    report.commitments = evaluation.bill.commitments().iter().map(CommitmentReport::from).collect();
    report.supporting_services = SupportingReport::of(evaluation);
    report.parts = PartReport::of(evaluation);
    report.environments = EnvironmentReport::of(evaluation);
    report.notes.clone_from(&evaluation.notes);
    report.notes.extend(off_note(evaluation));
    report.notes.extend(served::notes(evaluation, month));
    for part in &evaluation.parts {
        let own = served::notes(&part.evaluation, month);
        report.notes.extend(own.into_iter().map(|note| format!("{}: {note}", part.name)));
    }
}

/// `never cold costs $12.40 a month: without the need it is 512 MB, function-url`.
fn never_cold_note(never_cold: &NeverCold, month: Month) -> String {
    let cost = never_cold.cost;
    let told = match cost {
        cost if cost.is_zero() => {
            return format!(
                "never cold costs nothing: without the need it would be {}",
                never_cold.size_without
            );
        }
        cost if cost.is_sign_negative() => format!("saves {}", dollars(-cost)),
        cost => format!("costs {}", dollars(cost)),
    };
    let span = annual::span(month);
    format!("never cold {told} {span}: without the need it would be {}", never_cold.size_without)
}

/// US dollars for a million requests, to the hundredth of a cent.
fn per_million(bill: &Bill, requests: Decimal) -> Option<String> {
    let million = Decimal::from(1_000_000);
    let each = bill.total().checked_div(requests)?.checked_mul(million)?;
    Some(each.round_dp(4).normalize().to_string())
}
