//! Comparisons of pairs (AHP) as a file states them: a whole matrix or its upper triangle, and whether they agree.

use super::Coherence;
use super::draft::Placed;
use crate::decision::weights::Judgements;
use crate::problem::Problem;

/// A whole matrix of comparisons, from a whole one or from its upper triangle.
pub(super) fn comparisons(
    rows: &Placed<Vec<Placed<Vec<Placed<f64>>>>>,
    names: &[&Placed<String>],
    told: &mut Vec<Problem>,
) -> Option<Vec<Vec<f64>>> {
    let (n, before) = (names.len(), told.len());
    let lengths: Vec<usize> = rows.value.iter().map(|row| row.value.len()).collect();
    let whole = lengths.iter().all(|length| *length == n) && lengths.len() == n;
    let triangle = |first: usize| lengths.iter().copied().eq((1..=first).rev());
    // Rows of the upper triangle begin at the diagonal, or right of it.
    let from = usize::from(!whole && !triangle(n));
    if !(whole || triangle(n) || triangle(n.saturating_sub(1))) {
        let message = format!("the comparisons are not those of {n} criteria");
        told.push(Problem::at(rows.span.clone(), message).allowing(format!(
            "{n} rows of {n}, in the order of the criteria; or the upper triangle, rows of {} down to 1",
            n.saturating_sub(1)
        )));
        return None;
    }
    let (mut full, mut refused) = (vec![vec![1.0; n]; n], false);
    for (i, row) in rows.value.iter().enumerate() {
        for (k, cell) in row.value.iter().enumerate() {
            let j = if whole { k } else { i + k + from };
            let (one, other) = (&names[i].value, &names[j].value);
            if cell.value.is_nan() {
                // What is no number was told where it was read.
                refused = true;
            } else if !(0.001..=1000.0).contains(&cell.value) {
                let message = format!("`{one}` beside `{other}` is {}", cell.value);
                told.push(Problem::at(cell.span.clone(), message).allowing(
                    "above 0, from a thousandth to 1000: 3 is three times as much, \"1/3\" a third",
                ));
            } else if i == j && (cell.value - 1.0).abs() > 1e-9 {
                told.push(
                    Problem::at(cell.span.clone(), format!("`{one}` beside itself is {}", cell.value))
                        .allowing("1"),
                );
            } else if whole && j < i && (cell.value * full[j][i] - 1.0).abs() > 0.01 {
                let told_above = full[j][i];
                let message = format!(
                    "`{one}` beside `{other}` is {}, `{other}` beside `{one}` is {told_above}",
                    cell.value
                );
                told.push(Problem::at(cell.span.clone(), message).allowing(
                    "one is the other's reciprocal, such as 3 and \"1/3\"; or the upper triangle alone",
                ));
            } else if i <= j {
                (full[i][j], full[j][i]) = (cell.value, 1.0 / cell.value);
            }
        }
    }
    (told.len() == before && !refused).then_some(full)
}

/// The largest consistency ratio that is accepted.
const LARGEST_RATIO: f64 = 0.10;

/// Tells comparisons that contradict each other, at the one that does so most.
pub(super) fn consistent(
    full: &[Vec<f64>],
    rows: &Placed<Vec<Placed<Vec<Placed<f64>>>>>,
    names: &[&Placed<String>],
    told: &mut Vec<Problem>,
) -> Option<()> {
    let priorities = match Judgements::new(full).and_then(|judgements| judgements.priorities()) {
        Ok(priorities) => priorities,
        Err(why) => {
            let wrong = Problem::at(rows.span.clone(), why.to_string());
            told.push(wrong.allowing("comparisons that agree to within a consistency ratio of 0.10"));
            return None;
        }
    };
    let consistency = priorities.consistency;
    let table = Coherence::table().id;
    let ratio = consistency.ratios.iter().find(|(id, _)| *id == table).and_then(|(_, ratio)| *ratio);
    // Beyond the end of the table there is no ratio: the report says so.
    let Some(ratio) = ratio.filter(|ratio| *ratio > LARGEST_RATIO) else { return Some(()) };
    let mut message = format!("the comparisons contradict each other: their consistency ratio is {ratio:.2}");
    let mut span = rows.span.clone();
    if let Some(worst) = consistency.worst {
        let (i, j) = worst.cell;
        let (one, other) = (&names[i].value, &names[j].value);
        let (judged, implied) = (worst.judged, worst.implied);
        message.push_str(&format!(
            ", most of all `{one}` beside `{other}`: {judged:.2}, where the others imply {implied:.2}"
        ));
        let row = &rows.value.get(i);
        let left_out = row.map_or(0, |row| full.len() - row.value.len());
        let cell = row.and_then(|row| row.value.get(j.checked_sub(left_out)?));
        span = cell.map_or(span, |cell| cell.span.clone());
    }
    told.push(
        Problem::at(span, message).allowing(format!(
            "a consistency ratio of at most {LARGEST_RATIO:.2}, by Saaty's random indices"
        )),
    );
    None
}
