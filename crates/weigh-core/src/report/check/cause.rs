//! The charge that a finding is about, and what moved it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::check::Cause;
use crate::json_schema::DecimalText;
use crate::money::change;
use crate::report::decimal;
use crate::snapshot::ChargeSnapshot;

/// Which charge of an option is meant; empty strings as in a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct CheckedChargeReport {
    /// The component or stated service that it is for.
    pub component: String,
    /// The environment that it is in.
    pub environment: String,
    /// The tariff.
    pub price_id: String,
    /// Which part of the metered line it is.
    pub part: String,
    /// `fee` or `covered` where a commitment pays for it.
    pub commitment: Option<String>,
}

/// A part of what changed, by what moved it.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct DriftCauseReport {
    /// `price`, `quantity`, `structure`, `commitment` or `option`; null where what moved is no cost.
    pub kind: Option<String>,
    /// `prices`, `model`, `traffic` or `scenario`.
    pub driver: String,
    /// US dollars a month, exactly; null where what moved is no cost.
    #[schemars(with = "Option<DecimalText>")]
    pub amount: Option<String>,
    /// The amount to the cent; those of a finding add up to its `difference_shown`.
    #[schemars(with = "Option<DecimalText>")]
    pub shown: Option<String>,
}

impl From<&Cause> for DriftCauseReport {
    fn from(cause: &Cause) -> DriftCauseReport {
        match cause {
            Cause::Effect(effect, shown) => DriftCauseReport {
                kind: Some(effect.kind.to_string()),
                driver: effect.driver.to_string(),
                amount: Some(effect.amount.normalize().to_string()),
                shown: Some(format!("{shown:.2}")),
            },
            Cause::Driver(driver) => {
                DriftCauseReport { kind: None, driver: driver.to_string(), amount: None, shown: None }
            }
        }
    }
}

impl DriftCauseReport {
    /// The cause in words: `prices (price +$1.20)`, `traffic`.
    #[must_use]
    pub fn told(&self) -> String {
        match (&self.kind, &self.amount, &self.shown) {
            (Some(kind), Some(amount), Some(shown)) => {
                format!("{} ({kind} {})", self.driver, change(decimal(amount), decimal(shown)))
            }
            _ => self.driver.clone(),
        }
    }
}

impl From<&ChargeSnapshot> for CheckedChargeReport {
    fn from(charge: &ChargeSnapshot) -> CheckedChargeReport {
        CheckedChargeReport {
            component: charge.component.clone(),
            environment: charge.environment.clone(),
            price_id: charge.price_id.clone(),
            part: charge.part.clone(),
            commitment: charge.commitment.clone(),
        }
    }
}

impl CheckedChargeReport {
    /// The charge in one line: `fargate/vcpu-hours (api, test, tier 2)`.
    #[must_use]
    pub fn told(&self) -> String {
        let parts = [&self.component, &self.environment, &self.part];
        let parts = parts.into_iter().map(String::as_str).chain(self.commitment.as_deref());
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        match parts.is_empty() {
            true => self.price_id.clone(),
            false => format!("{} ({})", self.price_id, parts.join(", ")),
        }
    }
}
