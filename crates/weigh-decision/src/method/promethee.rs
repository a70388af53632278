//! PROMETHEE II: what is preferred to the others less what the others are preferred by.

use super::{Better, Input, Measure, Method, Outcome, Refused, SAME, Takes, parameters};

/// `φ_i = φ⁺_i − φ⁻_i`, the means over the others of `π(i, l) = Σ_j w_j P_j(d_j(i, l))` and of `π(l, i)`. `P` has one of five
/// shapes and the thresholds of the criterion; without thresholds any difference is preferred fully. An alternative that
/// is alone has a flow of 0.
pub(super) const PROMETHEE: Method = Method {
    id: "promethee-2",
    title: "PROMETHEE II",
    summary: "φ = φ⁺ − φ⁻: mean preference over the others less mean preference of the others, by thresholds",
    source: "Brans and Vincke, A Preference Ranking Organisation Method, Management Science 31 (1985)",
    better: Better::Higher,
    takes: Takes::Raw,
    additive: true,
    scale_invariant: true,
    run,
};

fn run(input: &Input<'_>) -> Result<Outcome, Refused> {
    let matrix = input.matrix;
    let height = matrix.alternatives().len();
    let thresholds = parameters::thresholds(PROMETHEE.id, matrix)?;
    let (mut leaving, mut entering) = (vec![0.0; height], vec![0.0; height]);
    let shape = input.parameters.promethee_shape;
    for (j, (column, thresholds)) in matrix.columns().iter().zip(&thresholds).enumerate() {
        let (values, weight) = (matrix.column(j), matrix.weights()[j]);
        for (a, x) in values.iter().enumerate() {
            for (b, y) in values.iter().enumerate() {
                let preferred = weight * shape.of(column.advantage(*x, *y), thresholds);
                leaving[a] += preferred;
                entering[b] += preferred;
            }
        }
    }
    let others = height.saturating_sub(1).max(1) as f64;
    leaving.iter_mut().chain(&mut entering).for_each(|flow| *flow /= others);
    // What differs by rounding only is none.
    let net = |(out, into): (&f64, &f64)| {
        let net = out - into;
        if net.abs() > SAME * out.max(*into) { net } else { 0.0 }
    };
    let scores = leaving.iter().zip(&entering).map(net).collect();
    let mut notes = Vec::new();
    if matrix.columns().iter().all(|column| column.thresholds.is_none()) {
        notes.push("no criterion has thresholds: any difference is preferred fully".to_owned());
    }
    Ok(Outcome {
        scores,
        measures: vec![Measure { name: "phi+", values: leaving }, Measure { name: "phi-", values: entering }],
        notes,
        ..Outcome::default()
    })
}
