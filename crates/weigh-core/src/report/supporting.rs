//! The supporting services of an option: what is charged and why, what its price includes, and what is switched off.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Cell, Table, decimal};
use crate::evaluate::Evaluation;
use crate::json_schema::DecimalText;
use crate::platforms::SUPPORTING;

/// A supporting service of an option.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SupportingReport {
    /// Its id: `nat-gateway`.
    pub service: &'static str,
    /// `charged`, `included` in the platform's price, or `off`.
    #[schemars(extend("enum" = ["charged", "included", "off"]))]
    pub status: &'static str,
    /// Why it is there.
    pub because: String,
    /// US dollars a month; of what is off, what it would cost; null where that has no price.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
}

impl SupportingReport {
    /// The supporting services of an evaluation, in the order of the table of them.
    pub(super) fn of(evaluation: &Evaluation) -> Vec<SupportingReport> {
        let each = SUPPORTING.iter().filter_map(|service| {
            if let Some(off) = evaluation.off.iter().find(|off| off.service == service.id) {
                let cost = off.cost.map(|cost| cost.normalize().to_string());
                let because = off.because.to_string();
                return Some(SupportingReport {
                    service: service.id,
                    status: "off",
                    because,
                    monthly_cost: cost,
                });
            }
            let charges = evaluation.bill.charges().iter();
            let own =
                charges.filter(|charge| charge.reason.as_ref().is_some_and(|why| why.service == service.id));
            let Some(reason) = own.clone().find_map(|charge| charge.reason.as_ref()) else {
                return evaluation.included.contains(&service.id).then(|| SupportingReport {
                    service: service.id,
                    status: "included",
                    because: "the platform's price includes it".to_owned(),
                    monthly_cost: Some(Decimal::ZERO.to_string()),
                });
            };
            let because = reason.because.to_string();
            let cost: Decimal = own.map(|charge| charge.cost).sum();
            let monthly_cost = Some(cost.normalize().to_string());
            Some(SupportingReport { service: service.id, status: "charged", because, monthly_cost })
        });
        each.collect()
    }
}

/// The supporting services as a table to read.
pub(super) fn table(services: &[SupportingReport]) -> Table {
    let rows = services.iter().map(|each| {
        let cost = match &each.monthly_cost {
            Some(cost) => Cell::Dollars(decimal(cost)),
            None => Cell::Absent("no price"),
        };
        vec![
            Cell::Text(each.service.to_owned()),
            Cell::Text(each.status.to_owned()),
            cost,
            Cell::Text(each.because.clone()),
        ]
    });
    Table::new(vec!["service", "status", "a month", "because"], rows.collect())
}

/// One line on what is switched off; nothing where nothing is.
pub(super) fn off_note(evaluation: &Evaluation) -> Option<String> {
    let off: Vec<String> = evaluation
        .off
        .iter()
        .map(|off| match off.cost {
            Some(cost) => {
                format!("{} ({} a month; {})", off.service, crate::money::dollars(cost), off.because)
            }
            None => format!("{} (no price is known; {})", off.service, off.because),
        })
        .collect();
    (!off.is_empty()).then(|| format!("switched off, and so not in the bill: {}", off.join(", ")))
}
