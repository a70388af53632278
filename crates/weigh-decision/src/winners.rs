//! Who is best at each criterion, and by how much.

use crate::matrix::Matrix;

/// Who is best at a criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// The place of the criterion.
    pub criterion: usize,
    /// The best value.
    pub value: f64,
    /// The places of those that have it, or come within the tolerance of it.
    pub winners: Vec<usize>,
    /// The best of the others, the first of equal ones; nothing where all win.
    pub next: Option<Next>,
}

/// The best of those that don't win.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Next {
    /// Its place.
    pub alternative: usize,
    /// Its value.
    pub value: f64,
    /// How far the best value is ahead of it, in the criterion's unit, above 0.
    pub margin: f64,
    /// How much more the best value is worth, 0 to 1; nothing where no function says it.
    pub worth: Option<f64>,
}

/// The best alternatives of every criterion, by its direction.
///
/// Alternatives within `tolerances` of the best value win too, in the criterion's unit; a criterion beyond the list has its
/// indifference threshold as tolerance, and without one only equal values win together.
///
/// ```
/// use weigh_decision::winners::winners;
/// use weigh_decision::{Column, Matrix};
/// let columns = vec![Column::cost("price", 1.0), Column::benefit("comfort", 1.0)];
/// let rows = [vec![20.0, 2.0], vec![50.0, 5.0], vec![21.0, 5.0]];
/// let matrix = Matrix::new(["bus", "train", "coach"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
/// let best = winners(&matrix, &[]);
/// assert_eq!(best[0].winners, [0]);
/// assert_eq!(best[0].next.unwrap().margin, 1.0);
/// assert_eq!(best[1].winners, [1, 2]);
/// assert_eq!(winners(&matrix, &[2.0])[0].winners, [0, 2]);
/// ```
#[must_use]
pub fn winners(matrix: &Matrix, tolerances: &[f64]) -> Vec<Best> {
    (0..matrix.columns().len()).filter_map(|at| best(matrix, at, tolerances.get(at).copied())).collect()
}

fn best(matrix: &Matrix, criterion: usize, tolerance: Option<f64>) -> Option<Best> {
    let (column, values) = (matrix.columns().get(criterion)?, matrix.column(criterion));
    let stated = column.thresholds.as_ref().map(|thresholds| thresholds.indifference);
    let tolerance = tolerance.or(stated).filter(|tolerance| *tolerance > 0.0).unwrap_or(0.0);
    let better = |a: f64, b: f64| column.advantage(a, b) > 0.0;
    let value =
        values.iter().copied().reduce(|best, value| if better(value, best) { value } else { best })?;
    let wins = |at: &usize| column.advantage(value, values[*at]) <= tolerance;
    let (winners, others): (Vec<usize>, Vec<usize>) = (0..values.len()).partition(wins);
    let second =
        others.into_iter().reduce(|best, at| if better(values[at], values[best]) { at } else { best });
    let next = second.map(|alternative| Next {
        alternative,
        value: values[alternative],
        margin: column.advantage(value, values[alternative]).min(f64::MAX),
        worth: column.worth_of(value).zip(column.worth_of(values[alternative])).map(|(a, b)| a - b),
    });
    Some(Best { criterion, value, winners, next })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, Thresholds};

    #[test]
    fn an_indifference_threshold_is_the_tolerance_and_all_may_win() {
        let mut column = Column::cost("price", 1.0);
        column.thresholds = Some(Thresholds { indifference: 1.0, ..Thresholds::default() });
        let names = || ["a", "b", "c"].map(str::to_owned).to_vec();
        let rows = [vec![3.0], vec![2.0], vec![4.0]];
        let matrix = Matrix::new(names(), vec![column], &rows).unwrap();
        let found = winners(&matrix, &[]);
        assert_eq!((found[0].winners.as_slice(), found[0].next.unwrap().alternative), ([0, 1].as_slice(), 2));
        assert_eq!(winners(&matrix, &[0.0])[0].winners, [1]);
        assert_eq!(winners(&matrix, &[5.0])[0].next, None);
        let alone = matrix.keeping(&[0]).unwrap();
        assert_eq!(
            (winners(&alone, &[])[0].winners.as_slice(), winners(&alone, &[])[0].next),
            ([0].as_slice(), None)
        );
    }
}
