//! Maximin: as good as the worst value.

use super::{Better, Input, Method, Outcome, Refused, Takes};

/// `M_i = min_j v_ij` over the criteria that weigh: how much they weigh doesn't count, only whether they do.
pub(super) const MAXIMIN: Method = Method {
    id: "maximin",
    title: "maximin",
    summary: "M = min v: an alternative is as good as its worst value; weights above 0 count alike",
    source: "Wald, Statistical Decision Functions Which Minimize the Maximum Risk, Annals of Mathematics 46 (1945)",
    better: Better::Higher,
    takes: Takes::Worth,
    additive: false,
    scale_invariant: true,
    run,
};

fn run(input: &Input<'_>) -> Result<Outcome, Refused> {
    let height = input.matrix.alternatives().len();
    let mut scores = vec![f64::INFINITY; height];
    let weighed = input.normalised.chunks_exact(height).zip(input.matrix.weights());
    for (column, _) in weighed.filter(|(_, weight)| **weight > 0.0) {
        for (score, value) in scores.iter_mut().zip(column) {
            *score = score.min(*value);
        }
    }
    Ok(Outcome { scores, ..Outcome::default() })
}
