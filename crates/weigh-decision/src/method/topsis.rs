//! TOPSIS: near the best of every criterion, and far from the worst.

use super::{Better, Input, Measure, Method, Outcome, Refused, Takes};

/// `C = D⁻ / (D⁺ + D⁻)`, the distances of weighted normalised values from the worst and the best of each criterion.
/// Where all alternatives are alike, each is the best itself: 1.
pub(super) const TOPSIS: Method = Method {
    id: "topsis",
    title: "TOPSIS",
    summary: "C = D⁻ / (D⁺ + D⁻): distance from the worst and from the best of each criterion",
    source: "Hwang and Yoon, Multiple Attribute Decision Making, 1981",
    better: Better::Higher,
    takes: Takes::Normalised("min-max"),
    additive: false,
    run,
};

fn run(input: &Input<'_>) -> Result<Outcome, Refused> {
    let height = input.matrix.alternatives().len();
    let (mut to_best, mut to_worst) = (vec![0.0; height], vec![0.0; height]);
    for (column, weight) in input.normalised.chunks_exact(height).zip(input.matrix.weights()) {
        let best = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let worst = column.iter().copied().fold(f64::INFINITY, f64::min);
        for ((value, to_best), to_worst) in column.iter().zip(&mut to_best).zip(&mut to_worst) {
            let (short, ahead) = (weight * (best - value), weight * (value - worst));
            *to_best += short * short;
            *to_worst += ahead * ahead;
        }
    }
    for distance in to_best.iter_mut().chain(&mut to_worst) {
        *distance = libm::sqrt(*distance);
    }
    let closeness =
        |(best, worst): (&f64, &f64)| if best + worst > 0.0 { worst / (best + worst) } else { 1.0 };
    Ok(Outcome {
        scores: to_best.iter().zip(&to_worst).map(closeness).collect(),
        measures: vec![Measure { name: "D+", values: to_best }, Measure { name: "D-", values: to_worst }],
        ..Outcome::default()
    })
}
