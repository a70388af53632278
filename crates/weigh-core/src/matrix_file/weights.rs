//! How a file states its weights: as shares or points, by rank, by comparisons of pairs, or against the best and the worst.

use super::check::place_of;
use super::comparisons::{comparisons, consistent};
use super::draft::{ByCriterion, CriterionDraft, Draft, Placed, WeightsDraft};
use super::from_toml::not_among;
use crate::problem::Problem;

/// How a file states its weights, for each criterion that counts in its order.
#[derive(Clone, Debug, PartialEq)]
pub enum MatrixWeights {
    /// Not at all: all criteria weigh the same.
    Equal,
    /// As shares or in any unit; only the share of the sum counts.
    Direct(Vec<f64>),
    /// As points.
    Points(Vec<f64>),
    /// By their rank: the places of the criteria from most to least important.
    Ranked {
        /// The places.
        order: Vec<usize>,
        /// How ranks become weights.
        by: RankWeights,
    },
    /// By comparisons of pairs (AHP): how many times as much the criterion of the row counts as that of the column.
    Comparisons {
        /// The comparisons, reciprocal.
        rows: Vec<Vec<f64>>,
        /// How they become weights.
        by: AhpBy,
    },
    /// Against the best and the worst criterion (best-worst method).
    BestWorst {
        /// The place of the criterion that counts most.
        best: usize,
        /// The place of the one that counts least.
        worst: usize,
        /// How many times as much the best counts as each.
        best_to_others: Vec<f64>,
        /// How many times as much each counts as the worst.
        others_to_worst: Vec<f64>,
    },
}

/// How ranks become weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankWeights {
    /// Rank order centroid: `w_i = 1/n · Σ_{j=i..n} 1/j`.
    Centroid,
    /// Rank sum: `w_i = 2 (n + 1 − i) / (n (n + 1))`.
    Sum,
    /// Reciprocal: `w_i = (1/i) / Σ 1/j`.
    Reciprocal,
}

/// How comparisons become weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AhpBy {
    /// The principal eigenvector.
    Eigenvector,
    /// The geometric mean of each row.
    GeometricMean,
}

const RANKS: [(&str, RankWeights); 5] = [
    ("roc", RankWeights::Centroid),
    ("rank-sum", RankWeights::Sum),
    ("reciprocal", RankWeights::Reciprocal),
    ("rank-order-centroid", RankWeights::Centroid),
    ("rank-reciprocal", RankWeights::Reciprocal),
];
const AHP: [(&str, AhpBy); 2] =
    [("eigenvector", AhpBy::Eigenvector), ("geometric-mean", AhpBy::GeometricMean)];

/// Reads the weights; nothing when they are wrong.
pub(super) fn weights(draft: &Draft, counted: &[usize], told: &mut Vec<Problem>) -> Option<MatrixWeights> {
    let criteria: Vec<&CriterionDraft> = counted.iter().filter_map(|&j| draft.criteria.get(j)).collect();
    let names: Vec<&Placed<String>> = criteria.iter().map(|each| &each.name).collect();
    let own = criteria.iter().find_map(|each| each.weight.as_ref());
    let Some(stated) = &draft.weights else { return own_weights(&criteria, own.is_some(), told) };
    if let Some(own) = own {
        let twice = Problem::at(own.span.clone(), "`weight` beside [weights]: weights are stated twice");
        told.push(twice.allowing("`weight` at each criterion, or [weights]"));
        return None;
    }
    stated_weights(stated, &names, told)
}

/// The weights of `[weights]`.
fn stated_weights(
    stated: &WeightsDraft,
    names: &[&Placed<String>],
    told: &mut Vec<Problem>,
) -> Option<MatrixWeights> {
    match stated {
        WeightsDraft::Wrong => None,
        WeightsDraft::Several(ways) => {
            // Told already that they are several; what is wrong in each is told with it.
            for way in ways {
                let _ = stated_weights(way, names, told);
            }
            None
        }
        WeightsDraft::Points(points) => each(points, names, None, told).map(MatrixWeights::Points),
        WeightsDraft::Direct(shares) => {
            let read = each(shares, names, None, told)?;
            let sum: f64 = read.iter().sum();
            if (sum - 1.0).abs() > 1e-6 {
                let message = format!("the shares add up to {}", (sum * 1e6).round() / 1e6);
                told.push(
                    Problem::at(shares.span.clone(), message)
                        .allowing("shares that add up to 1; weights of any sum are `points`"),
                );
                return None;
            }
            Some(MatrixWeights::Direct(read))
        }
        WeightsDraft::Ranked { order, by } => {
            let by = one_of(by.as_ref(), RANKS[0].1, &RANKS, told);
            let order = ranked(order, names, told);
            Some(MatrixWeights::Ranked { order: order?, by: by? })
        }
        WeightsDraft::Comparisons { rows, by } => {
            let by = one_of(by.as_ref(), AHP[0].1, &AHP, told);
            let full = comparisons(rows, names, told)?;
            consistent(&full, rows, names, told)?;
            Some(MatrixWeights::Comparisons { rows: full, by: by? })
        }
        WeightsDraft::BestWorst { best, worst, best_to_others, others_to_worst } => {
            best_worst((best, worst), (best_to_others, others_to_worst), names, told)
        }
    }
}

/// Comparisons with the best and the worst criterion.
fn best_worst(
    (best, worst): (&Placed<String>, &Placed<String>),
    (best_to_others, others_to_worst): (&Placed<ByCriterion>, &Placed<ByCriterion>),
    names: &[&Placed<String>],
    told: &mut Vec<Problem>,
) -> Option<MatrixWeights> {
    let best_at = place_of(best, "criterion", names, told);
    let worst_at = place_of(worst, "criterion", names, told);
    let one = best_at.is_some() && best_at == worst_at && names.len() > 1;
    if one {
        let message = format!("the best criterion, `{}`, is the worst one too", best.value);
        told.push(Problem::at(worst.span.clone(), message).allowing(format!(
            "two of {}",
            names.iter().map(|name| name.value.as_str()).collect::<Vec<_>>().join(", ")
        )));
    }
    let down = times(best_to_others, names, best_at, told);
    // Where one is both, which of them is meant is not known, and neither list is held against it.
    let up = times(others_to_worst, names, worst_at.filter(|_| !one), told);
    let (best_at, worst_at, down, up) = (best_at?, worst_at?, down?, up?);
    if one {
        return None;
    }
    if (down[worst_at] - up[best_at]).abs() > 1e-9 {
        let message = format!(
            "`{}` counts {} times as much as `{}` in one list and {} times in the other",
            best.value, down[worst_at], worst.value, up[best_at]
        );
        told.push(Problem::at(others_to_worst.span.clone(), message).allowing("the same number in both"));
        return None;
    }
    Some(MatrixWeights::BestWorst {
        best: best_at,
        worst: worst_at,
        best_to_others: down,
        others_to_worst: up,
    })
}

/// The weights that stand at the criteria.
fn own_weights(criteria: &[&CriterionDraft], any: bool, told: &mut Vec<Problem>) -> Option<MatrixWeights> {
    if !any {
        return Some(MatrixWeights::Equal);
    }
    let before = told.len();
    for each in criteria.iter().filter(|each| each.weight.is_none() && !each.refused.contains(&"weight")) {
        let message = format!("`{}` has no weight, other criteria have one", each.name.value);
        let lacks = Problem::at(each.name.span.clone(), message);
        told.push(
            lacks.allowing("a weight for every criterion, which may be 0, or for none: then they are equal"),
        );
    }
    let weights: Vec<&Placed<f64>> = criteria.iter().filter_map(|each| each.weight.as_ref()).collect();
    weighing(&weights, told);
    (told.len() == before).then(|| MatrixWeights::Direct(weights.iter().map(|weight| weight.value).collect()))
}

/// Tells negative weights, and those that weigh nothing together.
fn weighing(weights: &[&Placed<f64>], told: &mut Vec<Problem>) {
    let before = told.len();
    for weight in weights.iter().filter(|weight| weight.value < 0.0) {
        let message = format!("the weight {} is negative", weight.value);
        let wrong = Problem::at(weight.span.clone(), message);
        told.push(
            wrong.allowing("0 or more; a criterion of which less is better has `direction = \"cost\"`"),
        );
    }
    let sum: f64 = weights.iter().map(|weight| weight.value).sum();
    if let (Some(last), true, true) = (weights.last(), told.len() == before, sum <= 0.0 || !sum.is_finite()) {
        let message = format!("the weights add up to {sum}: nothing would count");
        told.push(
            Problem::at(last.span.clone(), message).allowing("at least one weight above 0, and a finite sum"),
        );
    }
}

/// A number for each criterion; one may be left out, and is 1 then.
fn each(
    stated: &Placed<ByCriterion>,
    names: &[&Placed<String>],
    left_out: Option<usize>,
    told: &mut Vec<Problem>,
) -> Option<Vec<f64>> {
    let before = told.len();
    let mut found: Vec<Option<f64>> = vec![None; names.len()];
    for (name, number) in &stated.value {
        if let Some(place) = place_of(name, "criterion", names, told) {
            found[place] = Some(number.value);
        }
    }
    let missing: Vec<&str> = names
        .iter()
        .zip(&found)
        .enumerate()
        .filter(|(place, (_, found))| found.is_none() && Some(*place) != left_out)
        .map(|(_, (name, _))| name.value.as_str())
        .collect();
    if !missing.is_empty() && told.len() == before {
        let message = format!("nothing is said of {}", missing.join(", "));
        told.push(
            Problem::at(stated.span.clone(), message).allowing("a number for every criterion that counts"),
        );
    }
    if left_out.is_none() {
        weighing(&stated.value.iter().map(|(_, number)| number).collect::<Vec<_>>(), told);
    }
    (told.len() == before).then(|| found.into_iter().map(|found| found.unwrap_or(1.0)).collect())
}

/// How many times as much, 1 to 9, for each criterion but the one that is compared with itself.
fn times(
    stated: &Placed<ByCriterion>,
    names: &[&Placed<String>],
    own: Option<usize>,
    told: &mut Vec<Problem>,
) -> Option<Vec<f64>> {
    let before = told.len();
    // Where it is not known which one may be left out, none is told to be missing.
    let read = match own {
        Some(_) => each(stated, names, own, told),
        None => {
            for (name, _) in &stated.value {
                let _ = place_of(name, "criterion", names, told);
            }
            None
        }
    };
    for (name, number) in &stated.value {
        let itself = own.and_then(|own| names.get(own)).is_some_and(|own| own.value == name.value);
        let fits =
            if itself { (number.value - 1.0).abs() < 1e-9 } else { (1.0..=9.0).contains(&number.value) };
        if !fits {
            let message = format!("{} times as much", number.value);
            let wrong = Problem::at(number.span.clone(), message);
            told.push(wrong.allowing("1 (as much) to 9 (very much more); a criterion beside itself is 1"));
        }
    }
    read.filter(|_| told.len() == before)
}

/// The criteria from most to least important, each once.
fn ranked(
    order: &Placed<Vec<Placed<String>>>,
    names: &[&Placed<String>],
    told: &mut Vec<Problem>,
) -> Option<Vec<usize>> {
    let (before, mut unknown) = (told.len(), false);
    let mut places: Vec<usize> = Vec::new();
    for name in &order.value {
        let Some(place) = place_of(name, "criterion", names, told) else {
            unknown = true;
            continue;
        };
        if places.contains(&place) {
            let message = format!("the criterion `{}` is ranked twice", name.value);
            told.push(Problem::at(name.span.clone(), message).allowing("every criterion that counts, once"));
        }
        places.push(place);
    }
    let missing = names.iter().enumerate().filter(|(place, _)| !places.contains(place));
    let missing: Vec<&str> = missing.map(|(_, name)| name.value.as_str()).collect();
    // One that is misspelt is not told to be missing, too.
    if !missing.is_empty() && !unknown {
        let message = format!("the order lacks {}", missing.join(", "));
        told.push(Problem::at(order.span.clone(), message).allowing("every criterion that counts, once"));
    }
    (told.len() == before).then_some(places)
}

fn one_of<T: Copy>(
    word: Option<&Placed<String>>,
    default: T,
    known: &[(&str, T)],
    told: &mut Vec<Problem>,
) -> Option<T> {
    let Some(word) = word else { return Some(default) };
    let found = known.iter().find(|(name, _)| *name == word.value).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        told.push(not_among(word, "by", &names, true));
    }
    found
}
