//! The tornado: what each criterion's values, or each weight, can do to the lead, the most first.

use super::one_weight::with_one_weight;
use super::uncertainty::check;
use super::{Study, Unanswered, lead};
use crate::matrix::{Direction, Matrix, NoMatrix};
use crate::method::Ranking;

/// How far the leader is ahead of its best rival.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lead {
    /// In units of the score; below 0 where the rival is ahead.
    pub lead: f64,
    /// The place of the rival.
    pub rival: usize,
}

/// What a criterion can do to the lead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The place of the criterion.
    pub criterion: usize,
    /// At the low ends of its values, at the lower weight, or where its values are worst for the leader.
    pub low: Lead,
    /// At the high ends, at the higher weight, or where its values are best for the leader.
    pub high: Lead,
}

impl Bar {
    /// How far apart the two leads are.
    #[must_use]
    pub fn swing(&self) -> f64 {
        (self.high.lead - self.low.lead).abs()
    }

    /// Whether a rival is ahead at one of its ends.
    #[must_use]
    pub fn turns(&self) -> bool {
        self.low.lead < 0.0 || self.high.lead < 0.0
    }
}

/// How the uncertain values of a criterion move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// All to their low ends, then all to their high ends: what is unknown is common to them, such as a rate.
    Together,
    /// The leader's to its worse end and the others' to their better ones, then the other way round: each has its own
    /// error, and this is the most that they can do.
    Opposed,
}

/// By how much a weight is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WeightStep {
    /// By so much of the whole weight: 0.1 for 10 percentage points.
    Points(f64),
    /// By this share of itself.
    Share(f64),
}

/// The lead at both ends of each criterion's values, the widest swing first; `ranges` has the low and the high end of each
/// value, a row for each alternative. Without a rival there are no bars, and there is none for a criterion at one of
/// whose ends the method can't rank.
///
/// # Errors
/// Another shape than the matrix, and ends that are not finite or the wrong way round.
pub fn tornado(study: &Study<'_>, ranges: &[Vec<(f64, f64)>], ends: Ends) -> Result<Vec<Bar>, Unanswered> {
    check(study.matrix(), ranges)?;
    let (matrix, columns) = (study.matrix(), study.matrix().columns());
    let mut bars = Vec::new();
    for (criterion, column) in columns.iter().enumerate() {
        let at = |second: bool| {
            let mut changed = matrix.clone();
            for (alternative, row) in ranges.iter().enumerate() {
                // The higher end is the better one of a benefit.
                let better = (alternative == study.leader()) == second;
                let high = match ends {
                    Ends::Together => second,
                    Ends::Opposed => better == (column.direction == Direction::Benefit),
                };
                changed.set_value(
                    alternative,
                    criterion,
                    if high { row[criterion].1 } else { row[criterion].0 },
                );
            }
            changed
        };
        bars.extend(bar(study, criterion, &at(false), &at(true)));
    }
    Ok(widest_first(bars))
}

/// The lead with each weight lower and higher by a step, within 0 to 1, the others keeping their proportions; the widest
/// swing first. Without a rival there are no bars, and there is none for a criterion at one of whose weights the method
/// can't rank.
///
/// # Errors
/// A step that is no number.
pub fn weight_tornado(study: &Study<'_>, step: WeightStep) -> Result<Vec<Bar>, Unanswered> {
    let weights = study.matrix().weights();
    let mut bars = Vec::new();
    for (criterion, weight) in weights.iter().enumerate() {
        let step = match step {
            WeightStep::Points(points) => points.abs(),
            WeightStep::Share(share) => (share * weight).abs(),
        };
        if !step.is_finite() {
            return Err(NoMatrix::Weight(study.matrix().columns()[criterion].criterion.clone()).into());
        }
        let at = |weight: f64| {
            study.matrix().with_weights(&with_one_weight(weights, criterion, weight.clamp(0.0, 1.0)))
        };
        bars.extend(bar(study, criterion, &at(weight - step)?, &at(weight + step)?));
    }
    Ok(widest_first(bars))
}

fn bar(study: &Study<'_>, criterion: usize, low: &Matrix, high: &Matrix) -> Option<Bar> {
    let low = smallest_lead(&study.rank(low).ok()?, study.leader())?;
    let high = smallest_lead(&study.rank(high).ok()?, study.leader())?;
    Some(Bar { criterion, low, high })
}

fn smallest_lead(ranking: &Ranking, leader: usize) -> Option<Lead> {
    let rivals = (0..ranking.scores.len()).filter(|at| *at != leader);
    let leads = rivals.map(|rival| Lead { lead: lead(ranking, leader, rival), rival });
    leads.min_by(|a, b| a.lead.total_cmp(&b.lead))
}

fn widest_first(mut bars: Vec<Bar>) -> Vec<Bar> {
    bars.sort_by(|a, b| b.swing().total_cmp(&a.swing()));
    bars
}
