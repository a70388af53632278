//! How well a lead is known, when the values are known only so well.

use super::{Study, Unanswered, lead};
use crate::matrix::{Matrix, NoMatrix};

/// By how much the lead over a rival may be off, when each value may be off by its half-width, 0 where it is exact.
///
/// Each value goes to both of its ends while the others stay; the larger of the two changes of the lead counts, because
/// worth that is curved, clipped or stepped moves the lead by different amounts, and it is lost on the worse side. The
/// changes are added as the root of the sum of their squares, the rule for errors that have nothing to do with each
/// other (JCGM 100:2008, section 5.1.2). Errors that the two share, such as that of a common rate, would cancel in the
/// lead, so that they should be left out. Of a score that is a sum each change is the weight times that of the worth.
///
/// # Errors
/// Another shape than the matrix, a half-width that is negative or not finite, and ends that the method can't take.
///
/// ```
/// use weigh_decision::sensitivity::{Study, lead_uncertainty};
/// use weigh_decision::{Column, Matrix, Method, Parameters, Shape, ValueFunction, ValueScale};
/// let stars = |name, weight| {
///     let scale = ValueScale::new(10.0, 0.0, Shape::Linear).unwrap();
///     Column::valued(name, weight, ValueFunction::Scale(scale))
/// };
/// let rows = [vec![6.0, 5.0], vec![5.0, 5.0]];
/// let columns = vec![stars("ease", 0.5), stars("speed", 0.5)];
/// let matrix = Matrix::new(["a", "b"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
/// let parameters = Parameters::default();
/// let study = Study::new(&matrix, Method::find("weighted-sum").unwrap(), &parameters).unwrap();
/// let half_widths = [vec![0.3, 0.0], vec![0.4, 0.0]];
/// assert!((lead_uncertainty(&study, 1, &half_widths).unwrap() - 0.5 * 0.05).abs() < 1e-12);
/// ```
pub fn lead_uncertainty(
    study: &Study<'_>,
    rival: usize,
    half_widths: &[Vec<f64>],
) -> Result<f64, Unanswered> {
    let matrix = study.matrix();
    let columns = matrix.columns();
    let whole = half_widths.len() == matrix.alternatives().len()
        && half_widths.iter().all(|row| row.len() == columns.len());
    if !whole || rival >= matrix.alternatives().len() {
        return Err(NoMatrix::Shape.into());
    }
    let now = study.lead(rival);
    let (mut changed, mut changes) = (matrix.clone(), Vec::new());
    for (alternative, row) in half_widths.iter().enumerate() {
        for (criterion, half_width) in row.iter().enumerate() {
            let value = matrix.column(criterion)[alternative];
            let ends = [value - half_width, value + half_width];
            if !(*half_width >= 0.0 && ends.iter().all(|end| end.is_finite())) {
                let name = matrix.alternatives()[alternative].clone();
                return Err(NoMatrix::Cell(name, columns[criterion].criterion.clone()).into());
            }
            if *half_width > 0.0 {
                changes.push(largest_change(
                    study,
                    rival,
                    now,
                    (alternative, criterion),
                    ends,
                    &mut changed,
                )?);
                changed.set_value(alternative, criterion, value);
            }
        }
    }
    // By the largest, so that no square is lost or beyond every number.
    let largest = changes.iter().copied().fold(0.0, f64::max);
    if largest <= 0.0 {
        return Ok(0.0);
    }
    let squares = changes.iter().map(|change| (change / largest) * (change / largest));
    Ok(largest * libm::sqrt(squares.sum::<f64>()))
}

fn largest_change(
    study: &Study<'_>,
    rival: usize,
    now: f64,
    (alternative, criterion): (usize, usize),
    ends: [f64; 2],
    changed: &mut Matrix,
) -> Result<f64, Unanswered> {
    let mut largest = 0.0f64;
    for end in ends {
        changed.set_value(alternative, criterion, end);
        let there = lead(&study.rank(changed)?, study.leader(), rival);
        largest = largest.max((there - now).abs());
    }
    Ok(largest)
}
