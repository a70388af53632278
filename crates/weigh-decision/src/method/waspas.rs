//! WASPAS: between the weighted sum and the weighted product.

use super::{Better, Input, Method, Outcome, Refused, Takes, weighted_product, weighted_sum};

/// `Q_i = λ Σ_j w_j·r_ij + (1 − λ) Π_j r_ij^(w_j)`, where `r` are ratios to the best unless another normalisation is asked
/// for. A 0 under a criterion that weighs makes the product 0.
pub(super) const WASPAS: Method = Method {
    id: "waspas",
    title: "WASPAS",
    summary: "Q = λ Σ w·r + (1 − λ) Π r^w: weighted sum and weighted product of ratios to the best",
    source: "Zavadskas, Turskis, Antucheviciene and Zakarevicius, Optimization of Weighted Aggregated Sum Product Assessment, Elektronika ir Elektrotechnika 122 (2012)",
    better: Better::Higher,
    takes: Takes::Normalised("linear"),
    additive: false,
    scale_invariant: true,
    run,
};

fn run(input: &Input<'_>) -> Result<Outcome, Refused> {
    let share = input.parameters.waspas_lambda;
    let products = weighted_product::products(input, WASPAS.id)?;
    let (_, sums) = weighted_sum::sums(input);
    let scores = sums.iter().zip(&products).map(|(sum, product)| share * sum + (1.0 - share) * product);
    Ok(Outcome { scores: scores.collect(), ..Outcome::default() })
}
