//! The parts of a snapshot: the decision, the options and their charges.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::json_schema::{DecimalText, HashText};

/// How the options of a scenario were weighed, and in which order they came.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize, Deserialize)]
pub struct DecisionSnapshot {
    /// The recommended option; null where none meets the needs.
    pub recommended: Option<String>,
    /// The decision method's id; null where nothing was weighed.
    pub method: Option<String>,
    /// The ranked options, best first.
    pub ranking: Vec<String>,
    /// The criteria with their weights, in the order of the comparison.
    pub weights: Vec<WeightSnapshot>,
}

/// The weight of a criterion, all of them adding up to 1.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize, Deserialize)]
pub struct WeightSnapshot {
    /// The criterion's id.
    pub criterion: String,
    /// Its weight, 0 to 1.
    pub weight: f64,
}

/// What became of an option.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize, Deserialize)]
pub struct OptionSnapshot {
    /// Its name.
    pub option: String,
    /// Its platform's id.
    pub platform: String,
    /// `ranked`, `rejected` or `unpriced`.
    #[schemars(extend("enum" = ["ranked", "rejected", "unpriced"]))]
    pub status: String,
    /// Its rank, from 1; null unless it is ranked.
    pub rank: Option<usize>,
    /// Its score, 0 to 1; null unless it is ranked.
    pub score: Option<f64>,
    /// The deployment's size; null where none could be proposed.
    pub size: Option<String>,
    /// US dollars a month; null where it has no price, which is never 0.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<Decimal>,
    /// How it serves; null where it was not evaluated.
    pub served: Option<ServedSnapshot>,
    /// The needs that it fails, in words.
    pub failed_needs: Vec<String>,
    /// The ids of the prices that it lacks.
    pub missing_prices: Vec<String>,
    /// What it is charged, sorted by component, environment, price id, part and commitment, which tell each from the others.
    pub charges: Vec<ChargeSnapshot>,
}

/// How an option serves; times in milliseconds, shares 0 to 1, all with ten significant digits.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize, Deserialize)]
pub struct ServedSnapshot {
    /// The 95th percentile of the latency at the slowest component; null when it is overloaded.
    pub latency_p95_ms: Option<f64>,
    /// The load offered to the busiest component's servers; 1 and more is unstable.
    pub utilisation: f64,
    /// The share of the requests that wait for a start.
    pub cold_start_share: f64,
    /// The promised share of the month; null where nothing is promised.
    pub availability: Option<f64>,
}

/// A charge: `cost` is exactly `quantity × rate`. Charges that agree in key and rate are one, with the sum of their quantities.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct ChargeSnapshot {
    /// The component or stated service that it is for; empty for what all share.
    pub component: String,
    /// The environment that it is in; empty where there is only one.
    pub environment: String,
    /// The tariff.
    pub price_id: String,
    /// Which part of the metered line it is, such as a tier or the free allowance; empty when the line is one charge. Of several
    /// that agree in all else and differ in rate, such as the fees of two Savings Plans, the second ends in `#2`.
    pub part: String,
    /// `fee` or `covered` where a commitment pays for it; null for everything else.
    #[schemars(extend("enum" = ["fee", "covered"]))]
    pub commitment: Option<String>,
    /// The amount.
    #[schemars(with = "DecimalText")]
    pub quantity: Decimal,
    /// The unit of the amount.
    pub unit: String,
    /// US dollars for one unit.
    #[schemars(with = "DecimalText")]
    pub rate: Decimal,
    /// US dollars.
    #[schemars(with = "DecimalText")]
    pub cost: Decimal,
}

/// What tells the charges of an option apart: component, environment, price id, part, commitment. No figure that drifts is in it.
pub type ChargeKey<'a> = (&'a str, &'a str, &'a str, &'a str, Option<&'a str>);

/// The fields of [`ChargeKey`], in their order, as they are named in a snapshot.
pub const CHARGE_KEY: [&str; 5] = ["component", "environment", "price_id", "part", "commitment"];

impl ChargeSnapshot {
    /// What tells it from the other charges of its option.
    #[must_use]
    pub fn key(&self) -> ChargeKey<'_> {
        (&self.component, &self.environment, &self.price_id, &self.part, self.commitment.as_deref())
    }
}

/// A part with the number of its charge among those that agree in all else; the first has none.
pub(crate) fn numbered(part: &str, number: usize) -> String {
    match (number, part) {
        (0 | 1, _) => part.to_owned(),
        (_, "") => format!("#{number}"),
        _ => format!("{part} #{number}"),
    }
}

/// A part without its number, and the number, where [`numbered`] wrote it.
pub(crate) fn part_and_number(part: &str) -> (&str, usize) {
    let told = part.rsplit_once('#').and_then(|(bare, number)| {
        let bare = bare.strip_suffix(' ').unwrap_or(bare);
        let number = usize::try_from(number.parse::<u32>().ok()?).ok()?;
        (number > 1 && numbered(bare, number) == part).then_some((bare, number))
    });
    told.unwrap_or((part, 1))
}

/// A trace that a scenario reads.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct TraceSnapshot {
    /// Its path, as the scenario names it.
    pub file: String,
    /// The SHA-256 of its bytes.
    #[schemars(with = "HashText")]
    pub hash: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_only_what_was_written_as_one() {
        for (part, number) in [("", 2), ("", 12), ("covered by a plan", 3)] {
            assert_eq!(part_and_number(&numbered(part, number)), (part, number));
        }
        for part in ["", "x", "#1", "#0", "#02", "#+2", "x#2", "x  #", "#18446744073709551615", "#4294967296"]
        {
            assert_eq!(part_and_number(part), (part, 1), "{part}");
        }
    }
}
