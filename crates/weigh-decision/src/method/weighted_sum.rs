//! The weighted sum of values: the primary score.

use super::{Better, Input, Method, Outcome, Refused, Takes};
use crate::matrix::rows;

/// `S_i = Σ_j w_j · v_ij`. The additive value model; it holds when the criteria can be traded against each other
/// independently (Keeney and Raiffa 1976, chapter 3).
pub(super) const WEIGHTED_SUM: Method = Method {
    id: "weighted-sum",
    title: "weighted sum",
    summary: "S = Σ w·v: criteria are traded against each other",
    source: "Fishburn, Additive Utilities with Incomplete Product Set, Operations Research 15 (1967)",
    better: Better::Higher,
    takes: Takes::Worth,
    additive: true,
    scale_invariant: true,
    run,
};

fn run(input: &Input<'_>) -> Result<Outcome, Refused> {
    let (weighted, scores) = sums(input);
    Ok(Outcome { contributions: rows(&weighted, scores.len()), scores, ..Outcome::default() })
}

/// Each normalised value times its weight, one criterion after the other, and their sums.
pub(super) fn sums(input: &Input<'_>) -> (Vec<f64>, Vec<f64>) {
    let height = input.matrix.alternatives().len();
    let mut weighted = input.normalised.to_vec();
    let mut scores = vec![0.0; height];
    for (column, weight) in weighted.chunks_exact_mut(height).zip(input.matrix.weights()) {
        for (score, value) in scores.iter_mut().zip(column) {
            *value *= weight;
            *score += *value;
        }
    }
    (weighted, scores)
}

#[cfg(test)]
mod tests {
    use crate::{Column, Matrix, Method, Parameters, Ranking, Shape, ValueFunction, ValueScale};
    use proptest::prelude::*;

    fn ranking(weights: &[f64], rows: &[Vec<f64>]) -> Ranking {
        let scale = ValueScale::new(1.0, 0.0, Shape::Linear).unwrap();
        let column = |weight: &f64| Column::valued("c", *weight, ValueFunction::Scale(scale));
        let names = (0..rows.len()).map(|index| index.to_string()).collect();
        let matrix = Matrix::new(names, weights.iter().map(column).collect(), rows).unwrap();
        Method::find("weighted-sum").unwrap().rank(&matrix, &Parameters::default()).unwrap()
    }

    #[test]
    fn equal_scores_share_a_rank() {
        assert_eq!(ranking(&[1.0], &[vec![0.5], vec![0.9], vec![0.5], vec![0.1]]).ranks, [2, 1, 2, 4]);
    }

    proptest! {
        #[test]
        fn adding_an_alternative_changes_no_order(
            values in proptest::collection::vec(proptest::collection::vec(0.0f64..1.0, 3), 3),
            weights in proptest::collection::vec(0.01f64..1.0, 3),
        ) {
            let (all, fewer) = (ranking(&weights, &values), ranking(&weights, &values[..2]));
            prop_assert_eq!(&all.scores[..2], &fewer.scores[..]);
        }

        #[test]
        fn only_the_shares_of_the_weights_count(
            values in proptest::collection::vec(proptest::collection::vec(0.0f64..1.0, 2), 2),
            factor in 0.1f64..100.0,
        ) {
            let once = ranking(&[0.3, 0.7], &values);
            let scaled = ranking(&[0.3 * factor, 0.7 * factor], &values);
            for (a, b) in once.scores.iter().zip(&scaled.scores) {
                prop_assert!((a - b).abs() < 1e-12);
            }
        }
    }
}
