//! Lexicographic: the criterion that weighs most decides, the next only where it leaves a tie.

use super::{Better, Input, Method, Outcome, Refused, Takes, parameters};
use crate::matrix::Thresholds;

/// Criteria are asked by falling weight; of equal weights the one that stands first in the matrix is asked first, and a note
/// says so. What is behind the best by no more than the indifference threshold ties with it, then what is behind the best
/// of the rest, and so on; ties go on to the next criterion. A criterion of weight 0 is not asked. The score is how many
/// alternatives come after.
pub(super) const LEXICOGRAPHIC: Method = Method {
    id: "lexicographic",
    title: "lexicographic",
    summary: "the heaviest criterion decides, the next where it leaves a tie; the score is how many come after",
    source: "Fishburn, Lexicographic Orders, Utilities and Decision Rules, Management Science 20 (1974); Tversky, Intransitivity of Preferences, Psychological Review 76 (1969)",
    better: Better::Higher,
    takes: Takes::Raw,
    additive: false,
    scale_invariant: true,
    run,
};

fn run(input: &Input<'_>) -> Result<Outcome, Refused> {
    let matrix = input.matrix;
    let thresholds = parameters::thresholds(LEXICOGRAPHIC.id, matrix)?;
    let weights = matrix.weights();
    let mut criteria: Vec<usize> = (0..weights.len()).filter(|j| weights[*j] > 0.0).collect();
    criteria.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
    let mut ties = vec![(0..matrix.alternatives().len()).collect::<Vec<usize>>()];
    for j in &criteria {
        ties = ties.into_iter().flat_map(|tied| split(input, *j, &thresholds[*j], tied)).collect();
    }
    let mut scores = vec![0.0; matrix.alternatives().len()];
    let mut after = 0;
    for tied in ties.iter().rev() {
        tied.iter().for_each(|at| scores[*at] = f64::from(after));
        after += u32::try_from(tied.len()).unwrap_or(u32::MAX);
    }
    let named = |j: &usize| matrix.columns()[*j].criterion.as_str();
    let mut notes: Vec<String> = Vec::new();
    for pair in criteria.windows(2).filter(|pair| weights[pair[0]] - weights[pair[1]] <= 0.0) {
        notes.push(format!(
            "{} and {} weigh the same: the one that stands first in the matrix is asked first",
            named(&pair[0]),
            named(&pair[1])
        ));
    }
    Ok(Outcome { scores, notes, ..Outcome::default() })
}

/// Splits alternatives that tie so far by a criterion, the best first.
fn split(input: &Input<'_>, j: usize, thresholds: &Thresholds, mut tied: Vec<usize>) -> Vec<Vec<usize>> {
    let (column, values) = (&input.matrix.columns()[j], input.matrix.column(j));
    // Stable, so that what is equal stays in the order of the matrix; -0 and 0 are equal.
    tied.sort_by(|a, b| {
        column.advantage(values[*b], values[*a]).partial_cmp(&0.0).unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in tied {
        match groups.last_mut() {
            Some(group) if column.advantage(values[group[0]], values[at]) <= thresholds.indifference => {
                group.push(at);
            }
            _ => groups.push(vec![at]),
        }
    }
    groups
}
