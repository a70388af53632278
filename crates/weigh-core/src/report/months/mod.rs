//! An option in a month of the calendar beside the convention of 730 hours: charge by charge, and why they differ.

mod build;
mod document;
mod sheet;
mod words;

use schemars::JsonSchema;
use serde::Serialize;

use super::{BookReport, GroupBy, MissingReport, NeedReport, PriceAgeReport, SCHEMA_VERSION, ScenarioReport};
use crate::compare::MonthReason;
use crate::json_schema::DecimalText;

pub use build::month_comparison_report;

/// The ids of the reasons, for the schema.
const REASONS: [&str; MonthReason::ALL.len()] = {
    let mut ids = [""; MonthReason::ALL.len()];
    let mut place = 0;
    while place < ids.len() {
        ids[place] = MonthReason::ALL[place].id();
        place += 1;
    }
    ids
};

/// An option in two months, for programs. Amounts are decimal strings in US dollars.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct MonthComparisonReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `month-comparison`.
    #[schemars(extend("const" = "month-comparison"))]
    pub kind: &'static str,
    /// The price book that answered.
    pub book: BookReport,
    /// How old and how well known the prices are; null when there is no bill.
    pub prices: Option<PriceAgeReport>,
    /// What the scenario states, its own month among it.
    pub scenario: ScenarioReport,
    /// The option's name.
    pub option: String,
    /// The platform's id.
    pub platform: &'static str,
    /// `ranked`, `rejected` or `unpriced`, in the month that the scenario states.
    #[schemars(extend("enum" = ["ranked", "rejected", "unpriced"]))]
    pub status: &'static str,
    /// The deployment's size, the same in both months; null when there is none.
    pub size: Option<String>,
    /// The month of 730 hours.
    pub average: MonthReport,
    /// The month of the calendar.
    pub calendar: MonthReport,
    /// US dollars that the month of the calendar costs more: below 0 where it costs less. Null when there is no bill.
    #[schemars(with = "Option<DecimalText>")]
    pub difference: Option<String>,
    /// Why the bills differ; the differences add up to `difference`, exactly.
    pub reasons: Vec<MonthReasonReport>,
    /// The charges of both bills side by side.
    pub charges: Vec<MonthChargeReport>,
    /// What the charges are grouped by: `component`, `service`, `tag` or `environment`; null when they are not.
    #[schemars(extend("enum" = GroupBy::ALL.map(GroupBy::word)))]
    pub grouped_by: Option<&'static str>,
    /// The groups; empty when the charges are not grouped.
    pub groups: Vec<MonthGroupReport>,
    /// What each component, service, tag and environment costs in both months.
    pub totals: MonthTotalsReport,
    /// What a reader must know of the two figures, a list of sentences.
    pub findings: Vec<String>,
    /// The needs that the option fails in the month that the scenario states.
    pub failed_needs: Vec<NeedReport>,
    /// The prices that it lacks.
    pub missing_prices: Vec<MissingReport>,
    /// What both months cost at the ends of the scenario's ranges; left out where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranges: Option<MonthRangesReport>,
}

/// A month and what the option costs in it.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct MonthReport {
    /// `730 h` or `2026-02`.
    pub month: String,
    /// Its hours.
    pub hours: u32,
    /// Requests in it, as a decimal string.
    #[schemars(with = "DecimalText")]
    pub requests: String,
    /// US dollars; null when there is no bill.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
    /// What a comparison of this month makes of the option: `ranked`, `rejected` or `unpriced`.
    #[schemars(extend("enum" = ["ranked", "rejected", "unpriced"]))]
    pub status: &'static str,
    /// The size that a comparison of this month chooses for the option.
    pub chosen_size: Option<String>,
    /// US dollars of that size in this month.
    #[schemars(with = "Option<DecimalText>")]
    pub chosen_cost: Option<String>,
    /// The option that a comparison of this month recommends; null where none meets the needs.
    pub recommended: Option<String>,
}

/// A reason, and what it makes of the difference.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct MonthReasonReport {
    /// Its id: `hours`, `rate`, `commitment`, `season-or-launch`, `served`, `kept-for-days`, `allowance`, `monthly-price`,
    /// `monthly-cap` or `stated-by-month`.
    #[schemars(extend("enum" = REASONS))]
    pub reason: &'static str,
    /// The reason in a few words.
    pub title: &'static str,
    /// What it means, in a sentence or two.
    pub meaning: String,
    /// How many charges have it.
    pub charges: usize,
    /// US dollars of the difference, exactly.
    #[schemars(with = "DecimalText")]
    pub difference: String,
}

/// A charge in both months.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct MonthChargeReport {
    /// The tariff.
    pub price_id: String,
    /// What it pays for.
    pub description: String,
    /// The component or the stated service that it is for; empty for what all share.
    pub component: String,
    /// The environment that it is in; empty where there is only one.
    pub environment: String,
    /// Which part of the metered line, when it is split.
    pub part: String,
    /// The unit of the amounts.
    pub unit: &'static str,
    /// In 730 hours; null where only the month of the calendar has it.
    pub average: Option<MonthAmountReport>,
    /// In the month of the calendar; null where it does not have it.
    pub calendar: Option<MonthAmountReport>,
    /// US dollars that the month of the calendar costs more, exactly; below 0 where it costs less.
    #[schemars(with = "DecimalText")]
    pub difference: String,
    /// Why, the main reason first; the differences add up to that of the charge, exactly.
    pub reasons: Vec<MonthChargeReasonReport>,
}

/// A charge of one month.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct MonthAmountReport {
    /// The factors of the metered line, as a formula.
    pub formula: String,
    /// The amount of the whole metered line.
    #[schemars(with = "DecimalText")]
    pub metered: String,
    /// The amount in this charge.
    #[schemars(with = "DecimalText")]
    pub quantity: String,
    /// US dollars for one unit.
    #[schemars(with = "DecimalText")]
    pub rate: String,
    /// US dollars.
    #[schemars(with = "DecimalText")]
    pub cost: String,
}

/// Why a charge differs.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct MonthChargeReasonReport {
    /// The reason's id.
    #[schemars(extend("enum" = REASONS))]
    pub reason: &'static str,
    /// What it does to the charge, in words.
    pub because: String,
    /// US dollars of the difference.
    #[schemars(with = "DecimalText")]
    pub difference: String,
}

/// Charges that belong together, in both months.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct MonthGroupReport {
    /// The name; `shared` for nobody in particular, `untagged` for no tag.
    pub name: String,
    /// US dollars in 730 hours.
    #[schemars(with = "DecimalText")]
    pub average_cost: String,
    /// US dollars in the month of the calendar.
    #[schemars(with = "DecimalText")]
    pub calendar_cost: String,
    /// The second less the first.
    #[schemars(with = "DecimalText")]
    pub difference: String,
    /// The places of its charges in `charges`, from 0.
    pub charges: Vec<usize>,
}

/// What each component, service, tag and environment costs in both months; the sums of each list are the bills.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct MonthTotalsReport {
    /// By component, in the order of the charges; what is shared last.
    pub component: Vec<MonthGroupReport>,
    /// By service.
    pub service: Vec<MonthGroupReport>,
    /// By tag; what has none last.
    pub tag: Vec<MonthGroupReport>,
    /// By environment; where there is only one, all is shared.
    pub environment: Vec<MonthGroupReport>,
}

/// Both months at the ends of the scenario's ranges, each end with a deployment of its own.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct MonthRangesReport {
    /// With every range at its cheap end.
    pub low: MonthEndReport,
    /// With every range at its dear end.
    pub high: MonthEndReport,
}

/// Both months at one end of the ranges; null where there is no bill.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct MonthEndReport {
    /// The deployment's size.
    pub size: Option<String>,
    /// US dollars in 730 hours.
    #[schemars(with = "Option<DecimalText>")]
    pub average_cost: Option<String>,
    /// US dollars in the month of the calendar.
    #[schemars(with = "Option<DecimalText>")]
    pub calendar_cost: Option<String>,
    /// The second less the first.
    #[schemars(with = "Option<DecimalText>")]
    pub difference: Option<String>,
}
