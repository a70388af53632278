//! The weighted sum of values: the primary score.

use super::matrix::{Matrix, Ranking};

/// Scores closer than this are one rank: they differ by rounding only.
const SAME: f64 = 1e-12;

/// Ranks the alternatives by `S_i = Σ_j w_j · v_j(x_ij)`, weights as shares of their sum.
///
/// The additive value model; it holds when the criteria can be traded against each other independently
/// (Keeney and Raiffa 1976, chapter 3). Equal scores share the better rank.
///
/// ```
/// use weigh_core::decision::{Column, Matrix, Shape, ValueScale, weighted_sum};
/// let stars = |weight| Column {
///     criterion: "ease".to_owned(),
///     weight,
///     scale: ValueScale::new(5.0, 1.0, Shape::Linear).unwrap(),
/// };
/// let matrix = Matrix::new(
///     vec!["a".to_owned(), "b".to_owned()],
///     vec![stars(3.0), stars(1.0)],
///     vec![vec![5.0, 1.0], vec![3.0, 5.0]],
/// )
/// .unwrap();
/// let ranking = weighted_sum(&matrix);
/// assert_eq!(ranking.scores, [0.75, 0.625]);
/// assert_eq!(ranking.ranks, [1, 2]);
/// ```
#[must_use]
pub fn weighted_sum(matrix: &Matrix) -> Ranking {
    let total: f64 = matrix.columns().iter().map(|column| column.weight).sum();
    let contributions: Vec<Vec<f64>> = matrix
        .values()
        .iter()
        .map(|row| {
            let worth = row.iter().zip(matrix.columns());
            worth.map(|(x, column)| column.weight / total * column.scale.value(*x)).collect()
        })
        .collect();
    let scores: Vec<f64> = contributions.iter().map(|row| row.iter().sum()).collect();
    let ranks =
        scores.iter().map(|own| 1 + scores.iter().filter(|other| **other > own + SAME).count()).collect();
    Ranking { scores, ranks, contributions }
}

#[cfg(test)]
mod tests {
    use super::super::{Column, Shape, ValueScale};
    use super::*;
    use proptest::prelude::*;

    fn matrix(weights: &[f64], values: Vec<Vec<f64>>) -> Matrix {
        let scale = ValueScale::new(1.0, 0.0, Shape::Linear).unwrap();
        let columns = weights
            .iter()
            .map(|weight| Column { criterion: "c".to_owned(), weight: *weight, scale })
            .collect();
        let names = (0..values.len()).map(|index| index.to_string()).collect();
        Matrix::new(names, columns, values).unwrap()
    }

    #[test]
    fn equal_scores_share_a_rank() {
        let ranking = weighted_sum(&matrix(&[1.0], vec![vec![0.5], vec![0.9], vec![0.5], vec![0.1]]));
        assert_eq!(ranking.ranks, [2, 1, 2, 4]);
    }

    proptest! {
        #[test]
        fn adding_an_alternative_changes_no_order(
            values in proptest::collection::vec(proptest::collection::vec(0.0f64..1.0, 3), 3),
            weights in proptest::collection::vec(0.01f64..1.0, 3),
        ) {
            let all = weighted_sum(&matrix(&weights, values.clone()));
            let fewer = weighted_sum(&matrix(&weights, values[..2].to_vec()));
            prop_assert_eq!(&all.scores[..2], &fewer.scores[..]);
        }

        #[test]
        fn only_the_shares_of_the_weights_count(
            values in proptest::collection::vec(proptest::collection::vec(0.0f64..1.0, 2), 2),
            factor in 0.1f64..100.0,
        ) {
            let once = weighted_sum(&matrix(&[0.3, 0.7], values.clone()));
            let scaled = weighted_sum(&matrix(&[0.3 * factor, 0.7 * factor], values));
            for (a, b) in once.scores.iter().zip(&scaled.scores) {
                prop_assert!((a - b).abs() < 1e-12);
            }
        }
    }
}
