//! Takes a snapshot of a comparison.

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::parts::numbered;
use super::{
    ChargeSnapshot, DecisionSnapshot, OptionSnapshot, ScenarioSnapshot, ServedSnapshot, TraceSnapshot,
    WeightSnapshot,
};
use crate::bill::{Bill, Charge, CommitmentRole};
use crate::compare::{Compared, Comparison, Verdict};
use crate::decision::METHODS;
use crate::evaluate::Evaluation;
use crate::platforms::FailedNeed;
use crate::scenario::Scenario;

/// What a snapshot of a scenario is made of.
#[derive(Clone, Debug)]
pub struct Taken<'a> {
    /// The path of its file, with `/` between its parts.
    pub file: &'a str,
    /// The scenario as [`canonical`](crate::scenario::canonical) writes it.
    pub inputs: Vec<String>,
    /// The traces that it reads.
    pub traces: Vec<TraceSnapshot>,
    /// The scenario as it was read.
    pub scenario: &'a Scenario,
    /// What it came to.
    pub comparison: &'a Comparison,
}

impl ScenarioSnapshot {
    /// A snapshot of a scenario's comparison, at what is expected where quantities are ranges.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// use weigh_core::compare::{compare, vocabulary};
    /// use weigh_core::scenario::{Layer, Scenario, canonical};
    /// use weigh_core::snapshot::{ScenarioSnapshot, Taken};
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
    /// let comparison = compare(&scenario, &catalog, &book).unwrap();
    /// let inputs = canonical(&[Layer { path: "shop.toml".into(), text: text.into() }], &[]);
    /// let taken = Taken { file: "shop.toml", inputs, traces: Vec::new(), scenario: &scenario, comparison: &comparison };
    /// let snapshot = ScenarioSnapshot::of(taken);
    /// let fargate = snapshot.option("fargate").unwrap();
    /// let sum: rust_decimal::Decimal = fargate.charges.iter().map(|charge| charge.cost).sum();
    /// assert_eq!(fargate.monthly_cost, Some(sum));
    /// ```
    #[must_use]
    pub fn of(taken: Taken<'_>) -> ScenarioSnapshot {
        let Taken { file, inputs, traces, scenario, comparison } = taken;
        let mut options: Vec<OptionSnapshot> = comparison.options.iter().map(option).collect();
        options.sort_by(|a, b| a.option.cmp(&b.option));
        ScenarioSnapshot {
            file: file.to_owned(),
            name: scenario.header.name.clone(),
            scenario_hash: scenario_hash(&inputs, &traces),
            region: scenario.header.region.clone(),
            as_of: comparison.as_of.to_string(),
            decision: decision(comparison),
            options,
            inputs,
            traces,
        }
    }
}

/// The SHA-256 of a scenario's inputs and traces, in hexadecimal digits: the same for files that say the same.
///
/// ```
/// use weigh_core::snapshot::scenario_hash;
/// let lines = |text: &str| vec![text.to_owned()];
/// assert_eq!(scenario_hash(&lines("a = 1"), &[]), scenario_hash(&lines("a = 1"), &[]));
/// assert_ne!(scenario_hash(&lines("a = 1"), &[]), scenario_hash(&lines("a = 2"), &[]));
/// ```
#[must_use]
pub fn scenario_hash(inputs: &[String], traces: &[TraceSnapshot]) -> String {
    let mut hash = Sha256::new();
    for line in inputs {
        hash.update(line);
        hash.update("\n");
    }
    for trace in traces {
        // No line of TOML begins with a zero byte.
        hash.update(format!("\0{}\0{}", trace.file, trace.hash));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn decision(comparison: &Comparison) -> DecisionSnapshot {
    let ranking: Vec<String> = comparison.ranked().map(|(option, _)| option.name.clone()).collect();
    let total: f64 = comparison.columns.iter().map(|column| column.weight).sum();
    let decision = comparison.decision.as_ref();
    DecisionSnapshot {
        recommended: ranking.first().cloned(),
        method: decision.map(|decision| {
            let asked = decision.asked.method.as_deref();
            asked.unwrap_or(METHODS[0].id).to_owned()
        }),
        ranking,
        weights: comparison
            .columns
            .iter()
            .map(|column| WeightSnapshot {
                criterion: column.criterion.clone(),
                weight: significant(column.weight / total),
            })
            .collect(),
    }
}

fn option(compared: &Compared) -> OptionSnapshot {
    let mut snapshot = OptionSnapshot {
        option: compared.name.clone(),
        platform: compared.platform.to_owned(),
        status: "ranked".to_owned(),
        rank: None,
        score: None,
        size: None,
        monthly_cost: None,
        served: None,
        failed_needs: Vec::new(),
        missing_prices: Vec::new(),
        charges: Vec::new(),
    };
    match &compared.verdict {
        Verdict::Ranked(ranked) => {
            (snapshot.rank, snapshot.score) = (Some(ranked.rank), Some(significant(ranked.score)));
            evaluated(&mut snapshot, &ranked.evaluation);
        }
        Verdict::Rejected { needs, nearest } => {
            snapshot.status = "rejected".to_owned();
            snapshot.failed_needs = sorted(needs.iter().map(FailedNeed::to_string).collect());
            if let Some(nearest) = nearest {
                evaluated(&mut snapshot, nearest);
            }
        }
        Verdict::Unpriced { size, missing } => {
            snapshot.status = "unpriced".to_owned();
            snapshot.size = Some(size.clone());
            snapshot.missing_prices = sorted(missing.iter().map(|price| price.price_id.clone()).collect());
        }
        Verdict::NotExact(_) => snapshot.status = "unpriced".to_owned(),
    }
    snapshot
}

fn evaluated(snapshot: &mut OptionSnapshot, evaluation: &Evaluation) {
    snapshot.size = Some(evaluation.size.clone());
    snapshot.monthly_cost = Some(evaluation.bill.total().normalize());
    snapshot.charges = charges(&evaluation.bill);
    snapshot.served = Some(ServedSnapshot {
        latency_p95_ms: evaluation.latency().map(|latency| significant(latency.p95_s * 1_000.0)),
        utilisation: significant(evaluation.utilisation()),
        cold_start_share: significant(evaluation.cold_start_share()),
        availability: evaluation.availability().map(significant),
    });
}

/// The charges of a bill by their keys; those that agree in key and rate as one, those of another rate numbered in the order of
/// the bill.
fn charges(bill: &Bill) -> Vec<ChargeSnapshot> {
    let mut charges: Vec<ChargeSnapshot> = bill.charges().iter().map(|each| charge(bill, each)).collect();
    charges.sort_by(|a, b| a.key().cmp(&b.key()));
    let mut summed: Vec<ChargeSnapshot> = Vec::with_capacity(charges.len());
    for alike in charges.chunk_by(|a, b| a.key() == b.key()) {
        let first = summed.len();
        for charge in alike {
            let mut known = summed[first..].iter_mut();
            let same = known.find_map(|known| Some((together(known, charge)?, known)));
            if let Some(((quantity, cost), known)) = same {
                (known.quantity, known.cost) = (quantity, cost);
            } else {
                let number = summed.len() - first + 1;
                summed.push(ChargeSnapshot { part: numbered(&charge.part, number), ..charge.clone() });
            }
        }
    }
    summed.sort_by(|a, b| a.key().cmp(&b.key()));
    summed
}

/// The quantity and the cost of two charges of one key as one; nothing where rate or unit differ, or no decimal holds the sum.
fn together(one: &ChargeSnapshot, other: &ChargeSnapshot) -> Option<(Decimal, Decimal)> {
    let alike = (one.rate, &one.unit) == (other.rate, &other.unit);
    let sum = |one: Decimal, other: Decimal| one.checked_add(other).map(|sum| sum.normalize());
    sum(one.quantity, other.quantity).zip(sum(one.cost, other.cost)).filter(|_| alike)
}

fn charge(bill: &Bill, charge: &Charge) -> ChargeSnapshot {
    // What is covered is told without the rate of the plan: with another rate it is the same charge.
    let covering = charge.commitment.filter(|link| link.role != CommitmentRole::Fee);
    let covering = covering.and_then(|link| bill.commitments().get(link.place));
    ChargeSnapshot {
        component: charge.component.to_string(),
        environment: charge.environment.to_string(),
        price_id: charge.price_id.clone(),
        part: covering.map_or_else(|| charge.part.clone(), |outcome| outcome.commitment.covers()),
        commitment: charge.commitment.map(|link| match link.role {
            CommitmentRole::Fee => "fee".to_owned(),
            CommitmentRole::Covered { .. } => "covered".to_owned(),
        }),
        quantity: charge.quantity.normalize(),
        unit: charge.unit.spelling().to_owned(),
        rate: charge.rate.normalize(),
        cost: charge.cost.normalize(),
    }
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// A value to ten significant digits: more than any model here tells, and few enough to read.
fn significant(value: f64) -> f64 {
    // Writing and reading the shortest decimal is exact where a quotient of powers of ten is not.
    format!("{value:.9e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_digits_stay() {
        let rows =
            [(0.0, 0.0), (1.0, 1.0), (2.0 / 3.0, 0.666_666_666_7), (123_456.789_012_345, 123_456.789_0)];
        for (value, kept) in rows {
            assert!((significant(value) - kept).abs() <= f64::EPSILON * kept, "{value}");
        }
    }
}
