//! VIKOR: a compromise between what all criteria lose and what the worst one loses.

use super::{Better, Chosen, Input, Measure, Method, Outcome, Refused, SAME, Takes};
use crate::matrix::{Column, Matrix};

/// `Q_i = v (S_i − S*) / (S⁻ − S*) + (1 − v) (R_i − R*) / (R⁻ − R*)`, where `S_i = Σ_j w_j d_ij` and `R_i = max_j w_j d_ij` of the
/// regrets `d_ij = (f*_j − f_ij) / (f*_j − f⁻_j)`. A criterion in which all are equal has no regret; where all `S` or all `R`
/// are equal, their term is 0.
///
/// The compromise set is the best alternative alone if it leads the second by `1 / (m − 1)` or more (1: acceptable
/// advantage) and also has the best `S` or `R` (2: acceptable stability); else the two, if only the second condition
/// fails; else all that lie behind by less than `1 / (m − 1)`.
pub(super) const VIKOR: Method = Method {
    id: "vikor",
    title: "VIKOR",
    summary: "Q = v·S + (1 − v)·R, both from 0 to 1: the sum of all regrets and the largest one",
    source: "Opricovic and Tzeng, Compromise solution by MCDM methods, European Journal of Operational Research 156 (2004)",
    better: Better::Lower,
    takes: Takes::Raw,
    additive: false,
    scale_invariant: true,
    run,
};

fn run(input: &Input<'_>) -> Result<Outcome, Refused> {
    let matrix = input.matrix;
    let height = matrix.alternatives().len();
    let (mut sums, mut largest) = (vec![0.0; height], vec![0.0f64; height]);
    for (j, (column, weight)) in matrix.columns().iter().zip(matrix.weights()).enumerate() {
        for (i, regret) in regrets(matrix.column(j), column).enumerate() {
            sums[i] += weight * regret;
            largest[i] = largest[i].max(weight * regret);
        }
    }
    let (of_sums, of_largest) = (from_best(&sums), from_best(&largest));
    let v = input.parameters.vikor_v;
    let scores: Vec<f64> = of_sums.iter().zip(&of_largest).map(|(s, r)| v * s + (1.0 - v) * r).collect();
    let chosen = compromise(matrix, &scores, &of_sums, &of_largest);
    let measures = [("S", sums), ("R", largest), ("Q", scores.clone())];
    Ok(Outcome {
        scores,
        measures: measures.map(|(name, values)| Measure { name, values }).into(),
        chosen: Some(chosen),
        ..Outcome::default()
    })
}

/// How far each value lies from the best, as a share of the range; halved, so that the widest range is finite too.
fn regrets(values: &[f64], column: &Column) -> impl Iterator<Item = f64> {
    let better = |best: f64, x: f64| if column.advantage(x, best) > 0.0 { x } else { best };
    let worse = |worst: f64, x: f64| if column.advantage(x, worst) < 0.0 { x } else { worst };
    let first = values.first().copied().unwrap_or_default();
    let (best, worst) =
        (values.iter().copied().fold(first, better), values.iter().copied().fold(first, worse));
    let range = (best / 2.0 - worst / 2.0).abs();
    values.iter().map(move |x| if range > 0.0 { (best / 2.0 - x / 2.0).abs() / range } else { 0.0 })
}

/// From 0 for the least to 1 for the largest; all 0 where they differ by rounding only.
fn from_best(values: &[f64]) -> Vec<f64> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(0.0, f64::max);
    let range = high - low;
    values.iter().map(|x| if range > SAME * high { (x - low) / range } else { 0.0 }).collect()
}

fn compromise(matrix: &Matrix, scores: &[f64], of_sums: &[f64], of_largest: &[f64]) -> Chosen {
    let name = "compromise set";
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    let named = |at: usize| matrix.alternatives()[at].as_str();
    let (Some(&first), Some(&second)) = (order.first(), order.get(1)) else {
        return Chosen { name, members: order, why: "it is the only alternative".to_owned() };
    };
    let needed = 1.0 / (scores.len() - 1) as f64;
    let lead = scores[second] - scores[first];
    let advantage = lead >= needed - SAME;
    let stable = of_sums[first] <= SAME || of_largest[first] <= SAME;
    let told = |holds: bool, yes: &str, no: &str| if holds { yes.to_owned() } else { no.to_owned() };
    let first_condition = format!(
        "{} leads {} by {lead:.4} in Q, which {} the advantage of {needed:.4} that is asked for",
        named(first),
        named(second),
        told(advantage, "is", "is less than")
    );
    let second_condition = format!("it {} first in S or R as well", told(stable, "is", "is not"));
    let mut members: Vec<usize> = match (advantage, stable) {
        (true, true) => vec![first],
        (true, false) => vec![first, second],
        (false, _) => order.into_iter().filter(|at| scores[*at] - scores[first] < needed - SAME).collect(),
    };
    members.sort_unstable();
    Chosen { name, members, why: format!("{first_condition}; {second_condition}") }
}
