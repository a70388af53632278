//! Acceptabilities without samples, for two criteria.

use super::run::shares;
use super::tally::Sums;
use super::values::{Cell, Values};
use super::{Acceptability, Drawing};

/// Under two criteria a score is a straight line over the first weight. Between the places where two lines cross the order
/// is the same, and its share is their distance; the mean weight there is the middle.
pub(super) fn for_two(values: &Values) -> Option<Acceptability> {
    let lines = values.rows().map(|row| match row {
        [Cell::Certain(first), Cell::Certain(second)] => Some((*first, *second)),
        _ => None,
    });
    let lines: Vec<(f64, f64)> = lines.collect::<Option<_>>()?;
    let mut cuts = vec![0.0, 1.0];
    for (at, one) in lines.iter().enumerate() {
        for other in &lines[..at] {
            let (first, second) = (one.0 - other.0, one.1 - other.1);
            let crossing = second / (second - first);
            cuts.extend(Some(crossing).filter(|crossing| (0.0..=1.0).contains(crossing)));
        }
    }
    cuts.sort_by(f64::total_cmp);
    let mut sums = Sums::new(lines.len(), 2);
    for pair in cuts.windows(2).filter(|pair| pair[1] > pair[0]) {
        let (length, middle) = (pair[1] - pair[0], f64::midpoint(pair[0], pair[1]));
        let scores: Vec<f64> = lines.iter().map(|line| middle * line.0 + (1.0 - middle) * line.1).collect();
        sums.count(&scores, &[middle, 1.0 - middle].into_iter(), length);
    }
    let mut found = shares(&sums, 1.0);
    for rows in [&mut found.rank_errors, &mut found.pairwise_errors] {
        rows.iter_mut().flatten().for_each(|error| *error = 0.0);
    }
    for (alternative, central) in found.central_weights.iter().enumerate() {
        let scores = |weights: &Vec<f64>| -> Vec<f64> {
            lines.iter().map(|line| weights[0] * line.0 + weights[1] * line.1).collect()
        };
        let share =
            central.as_ref().map(|weights| super::tally::share_of_first(&scores(weights), alternative));
        found.confidence[alternative] = share;
        found.confidence_errors[alternative] = share.map(|_| 0.0);
    }
    found.drawing = Drawing::Uniform;
    Some(found)
}
