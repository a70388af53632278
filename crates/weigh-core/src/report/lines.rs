//! Lines of a report: what an option is charged, which need it fails, which price it lacks.

use schemars::JsonSchema;
use serde::Serialize;

use super::AmountRange;
use crate::bill::{Charge, Discount};
use crate::catalog::Catalog;
use crate::json_schema::{DayText, DecimalText};
use crate::money::number;
use crate::platforms::FailedNeed;
use crate::pricebook::MissingPrice;

/// One line of a bill.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct ChargeReport {
    /// The tariff.
    pub price_id: String,
    /// What it pays for.
    pub description: String,
    /// The component or the stated service that it is for; empty for what all share.
    pub component: String,
    /// The environment that it is in; empty where there is only one.
    pub environment: String,
    /// The supporting service that it belongs to, such as `nat-gateway`; null for servers and what is stated by name.
    pub supporting: Option<&'static str>,
    /// Why the supporting service is there; null as above.
    pub because: Option<String>,
    /// Which part of the metered line, when it is split.
    pub part: String,
    /// The factors of the metered line, as a formula.
    pub formula: String,
    /// The amount of the whole metered line.
    #[schemars(with = "DecimalText")]
    pub metered: String,
    /// The amount in this charge.
    #[schemars(with = "DecimalText")]
    pub quantity: String,
    /// The unit of the amount.
    pub unit: &'static str,
    /// US dollars for one unit on the list.
    #[schemars(with = "DecimalText")]
    pub list_rate: String,
    /// What is taken off the list price; null without a discount.
    pub discount: Option<DiscountReport>,
    /// US dollars for one unit, as it is paid.
    #[schemars(with = "DecimalText")]
    pub rate: String,
    /// US dollars.
    #[schemars(with = "DecimalText")]
    pub cost: String,
    /// US dollars at the ends of the scenario's ranges; left out where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<AmountRange>,
    /// The source of the rate.
    pub source: String,
    /// The newest day on which the source confirms it.
    #[schemars(with = "DayText")]
    pub seen: String,
    /// `single`, `derived`, `unverified` or `own` when the rate is not AWS's own, fully sourced one; else empty.
    #[schemars(extend("enum" = ["", "single", "derived", "unverified", "own"]))]
    pub mark: &'static str,
    /// The region that the rate was borrowed from.
    pub borrowed_from: Option<String>,
    /// How the rate follows from another one: factor × price id; null when it stands in the book.
    pub derived_from: Option<String>,
}

/// What is taken off a list price.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct DiscountReport {
    /// The service that it is on, or `all`.
    pub service: String,
    /// Percent, as a decimal string.
    #[schemars(with = "DecimalText")]
    pub percent: String,
    /// What it rests on.
    pub note: String,
}

impl From<&Discount> for DiscountReport {
    fn from(discount: &Discount) -> DiscountReport {
        let Discount { service, percent, note } = discount.clone();
        DiscountReport { service, percent: percent.to_string(), note }
    }
}

impl DiscountReport {
    /// `20 % off fargate, agreement 4711`.
    pub(super) fn sentence(&self) -> String {
        let note = if self.note.is_empty() { String::new() } else { format!(", {}", self.note) };
        let what = if self.service == Discount::ALL { "everything" } else { &self.service };
        format!("{} % off {what}{note}", self.percent)
    }
}

impl ChargeReport {
    /// A charge with its source's title.
    #[must_use]
    pub fn of(charge: &Charge, catalog: &Catalog) -> ChargeReport {
        let factors: Vec<String> = charge
            .factors
            .iter()
            .map(|factor| format!("{} {}", number(factor.value, 6), factor.label))
            .collect();
        ChargeReport {
            price_id: charge.price_id.clone(),
            description: charge.description.clone(),
            component: charge.component.to_string(),
            environment: charge.environment.to_string(),
            supporting: charge.reason.as_ref().map(|reason| reason.service),
            because: charge.reason.as_ref().map(|reason| reason.because.to_string()),
            part: charge.part.clone(),
            formula: factors.join(" × "),
            metered: charge.metered.normalize().to_string(),
            quantity: charge.quantity.normalize().to_string(),
            unit: charge.unit.spelling(),
            list_rate: charge.list_rate.normalize().to_string(),
            discount: charge.discount.as_ref().map(DiscountReport::from),
            rate: charge.rate.normalize().to_string(),
            cost: charge.cost.normalize().to_string(),
            range: None,
            source: catalog.source_title(&charge.provenance.source).to_owned(),
            seen: charge.provenance.seen.to_string(),
            mark: charge.provenance.standing.word(),
            borrowed_from: charge.provenance.borrowed_from.clone(),
            derived_from: charge
                .provenance
                .derivation
                .as_ref()
                .map(|(base, factor)| format!("{} × {base}", factor.normalize())),
        }
    }
}

impl ChargeReport {
    /// What a reader must know of the rate: its mark, and the region that it was borrowed from.
    pub(super) fn marks(&self) -> String {
        let mark = if self.mark.is_empty() { String::new() } else { format!(", {}", self.mark) };
        let derived = self.derived_from.as_ref().map(|from| format!(" = {from}")).unwrap_or_default();
        let mark = mark + &derived;
        let borrowed = self.borrowed_from.as_ref().map(|region| format!(", borrowed from {region}"));
        mark + &borrowed.unwrap_or_default()
    }
}

/// A need that fails.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct NeedReport {
    /// The need.
    pub need: String,
    /// What is needed.
    pub wanted: String,
    /// What there is.
    pub offered: String,
    /// When that would change.
    pub revisit_when: String,
}

impl From<&FailedNeed> for NeedReport {
    fn from(failed: &FailedNeed) -> NeedReport {
        let FailedNeed { need, wanted, offered, revisit_when } = failed.clone();
        NeedReport { need, wanted, offered, revisit_when }
    }
}

impl NeedReport {
    /// The need in a sentence.
    pub(super) fn sentence(&self) -> String {
        let NeedReport { need, wanted, offered, revisit_when } = self;
        format!("{need}: needs {wanted}; {offered}. Revisit when {revisit_when}.")
    }
}

/// A price that the book lacks.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct MissingReport {
    /// The tariff.
    pub price_id: String,
    /// The region.
    pub region: String,
    /// The day.
    #[schemars(with = "DayText")]
    pub date: String,
    /// The file to add it to.
    pub file: String,
    /// All of it in words.
    pub message: String,
}

impl From<&MissingPrice> for MissingReport {
    fn from(missing: &MissingPrice) -> MissingReport {
        MissingReport {
            price_id: missing.price_id.clone(),
            region: missing.region.clone(),
            date: missing.date.to_string(),
            file: missing.file.clone(),
            message: missing.to_string(),
        }
    }
}
