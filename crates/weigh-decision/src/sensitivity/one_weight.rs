//! One weight at a time: how far it may go, the others keeping their proportions, before another is first.

use super::search::{Probe, nearest, steps};
use super::{Found, Study};
use crate::matrix::Matrix;
use crate::method::{Ranking, Refused, SAME};

/// The weight of a criterion at which a rival draws level with the leader, by the closed form
/// `d = L / ((r_bj − S_b) − (r_aj − S_a))`, `L` being the lead and `S` the score over the other criteria.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightFlip {
    /// The place of the criterion.
    pub criterion: usize,
    /// The place of the rival.
    pub rival: usize,
    /// The change of the weight; 0 where the two are level now.
    pub delta: f64,
    /// The weight after it; outside of 0 to 1 where no weight does it.
    pub weight: f64,
    /// Whether the weight after it is 0 to 1.
    pub feasible: bool,
    /// Whether the rival is ahead beyond it; at a weight of 0 or 1 there is no beyond, and the two are level only.
    pub overtakes: bool,
    /// Whether the rival gains as the weight rises.
    pub rises: bool,
}

/// A change of a weight, or the end of how far it may go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// The place of the alternative that draws level there, and is ahead beyond.
    pub rival: usize,
    /// The weight there.
    pub weight: f64,
    /// The change that leads there; 0 where the two are level now.
    pub delta: f64,
}

/// How far a weight may go before another than the leader is first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightSpan {
    /// The place of the criterion.
    pub criterion: usize,
    /// Its weight as a share of the sum.
    pub weight: f64,
    /// How far it may fall; nothing where the leader is still first at 0.
    pub down: Option<Turn>,
    /// How far it may rise; nothing where the leader is still first at 1.
    pub up: Option<Turn>,
    /// How the two were found.
    pub found: Found,
}

impl WeightSpan {
    /// The smaller of the two changes.
    #[must_use]
    pub fn smallest(&self) -> Option<&Turn> {
        match (&self.down, &self.up) {
            (Some(down), Some(up)) => Some(if up.delta <= -down.delta { up } else { down }),
            (down, up) => down.as_ref().or(up.as_ref()),
        }
    }
}

/// The smallest change of a single weight that turns the ranking, with its criterion; the first of equal ones.
#[must_use]
pub fn most_critical(spans: &[WeightSpan]) -> Option<(&WeightSpan, &Turn)> {
    let turns = spans.iter().filter_map(|span| Some((span, span.smallest()?)));
    turns.min_by(|a, b| a.1.delta.abs().total_cmp(&b.1.delta.abs()))
}

/// The weights when one of them becomes `to`, 0 to 1, and the others keep their proportions; others that have no weight
/// at all share what is left equally, for lack of proportions. Of a single criterion the weight stays 1.
///
/// ```
/// use weigh_decision::sensitivity::with_one_weight;
/// assert_eq!(with_one_weight(&[0.5, 0.25, 0.25], 0, 0.0), [0.0, 0.5, 0.5]);
/// assert_eq!(with_one_weight(&[1.0, 0.0, 0.0], 0, 0.5), [0.5, 0.25, 0.25]);
/// ```
#[must_use]
pub fn with_one_weight(weights: &[f64], criterion: usize, to: f64) -> Vec<f64> {
    let mut shares = shares_of_others(weights, criterion);
    for share in &mut shares {
        *share *= 1.0 - to;
    }
    if let Some(own) = shares.get_mut(criterion) {
        *own = if weights.len() == 1 { 1.0 } else { to };
    }
    shares
}

/// What share of the rest each other criterion has; 0 for the criterion itself.
fn shares_of_others(weights: &[f64], criterion: usize) -> Vec<f64> {
    let others = || weights.iter().enumerate().filter(|(at, _)| *at != criterion);
    let (total, count) = (others().map(|(_, weight)| weight).sum::<f64>(), others().count());
    let share = |(at, weight): (usize, &f64)| match () {
        () if at == criterion => 0.0,
        () if total > 0.0 => weight / total,
        () => 1.0 / count as f64,
    };
    weights.iter().enumerate().map(share).collect()
}

/// For every criterion and rival the change of that weight at which the rival draws level, rival by rival as they stand
/// in the matrix; none where the weight makes no difference between the two. Nothing where the method is no sum.
#[must_use]
pub fn one_weight_flips(study: &Study<'_>) -> Option<Vec<WeightFlip>> {
    let width = study.matrix.columns().len();
    let mut flips = Vec::new();
    let mut rivals = study.rivals();
    rivals.sort_unstable();
    study.additive.as_ref()?;
    for rival in rivals {
        flips.extend((0..width).filter_map(|criterion| flip(study, criterion, rival)));
    }
    Some(flips)
}

fn flip(study: &Study<'_>, criterion: usize, rival: usize) -> Option<WeightFlip> {
    let values = study.additive.as_ref()?;
    let weights = study.matrix.weights();
    if weights.len() < 2 {
        return None;
    }
    let shares = shares_of_others(weights, criterion);
    let rest = |row: &[f64]| row.iter().zip(&shares).map(|(value, share)| value * share).sum::<f64>();
    let (own, other) = (values.get(study.leader)?, values.get(rival)?);
    let (own, own_rest) = (*own.get(criterion)?, rest(own));
    let (other, other_rest) = (*other.get(criterion)?, rest(other));
    let gain = (other - other_rest) - (own - own_rest);
    let largest = [own, own_rest, other, other_rest].iter().fold(0.0f64, |most, value| most.max(value.abs()));
    if gain.abs() <= SAME * largest {
        return None;
    }
    let lead = study.additive_lead(rival, &study.differences(rival)?);
    let delta = lead / gain + 0.0;
    let weight = weights.get(criterion)? + delta;
    let feasible = (-SAME..=1.0 + SAME).contains(&weight);
    let beyond = if gain > 0.0 { weight < 1.0 - SAME } else { weight > SAME };
    let rises = gain > 0.0;
    Some(WeightFlip { criterion, rival, delta, weight, feasible, overtakes: feasible && beyond, rises })
}

/// How far each weight may go before another than the leader is first, the other weights keeping their proportions.
///
/// Who is level with the leader from the start ends the span at the present weight, on the side on which it gains. Who is
/// ahead at 0 or at 1 alone, with nothing beyond, ends no span: a dominated rival that draws level there, or one that a
/// method ranks otherwise when a criterion is left out altogether. With one alternative or one criterion nothing ends one.
/// Weights that the method can't take (such as any above 0 on a column with a 0 in a product) end the search on that side
/// without a turn.
#[must_use]
pub fn weight_spans(study: &Study<'_>) -> Vec<WeightSpan> {
    let weights = study.matrix.weights().iter().enumerate();
    match one_weight_flips(study) {
        Some(flips) => weights.map(|(criterion, weight)| exact(&flips, criterion, *weight)).collect(),
        None => weights.map(|(criterion, weight)| searched(study, criterion, *weight)).collect(),
    }
}

fn exact(flips: &[WeightFlip], criterion: usize, weight: f64) -> WeightSpan {
    let nearest = |rises: bool| {
        let side =
            flips.iter().filter(|flip| flip.criterion == criterion && flip.overtakes && flip.rises == rises);
        let flip = side.min_by(|a, b| a.delta.abs().total_cmp(&b.delta.abs()))?;
        Some(Turn { rival: flip.rival, weight: flip.weight.clamp(0.0, 1.0), delta: flip.delta })
    };
    WeightSpan { criterion, weight, down: nearest(false), up: nearest(true), found: Found::Exact }
}

/// The steps from a weight to each end of its range.
const STEPS: u32 = 200;

/// How close a searched weight is known.
const WITHIN: f64 = 1e-10;

fn searched(study: &Study<'_>, criterion: usize, weight: f64) -> WeightSpan {
    let found = Found::Searched {
        step: weight.max(1.0 - weight) / f64::from(steps(study.matrix, STEPS)),
        within: WITHIN,
    };
    let span = WeightSpan { criterion, weight, down: None, up: None, found };
    if study.matrix.columns().len() < 2 || study.matrix.alternatives().len() < 2 {
        return span;
    }
    WeightSpan { down: towards(study, criterion, 0.0), up: towards(study, criterion, 1.0), ..span }
}

fn towards(study: &Study<'_>, criterion: usize, end: f64) -> Option<Turn> {
    let weights = study.matrix.weights();
    let from = weights.get(criterion).copied().unwrap_or(0.0);
    let at = |share: f64| from + (end - from) * share;
    if (end - from).abs() <= f64::EPSILON {
        return None;
    }
    let count = steps(study.matrix, STEPS);
    let (share, rival) = nearest((1..=count).map(|step| f64::from(step) / f64::from(count)), |share| {
        match ranking_at(study, &with_one_weight(weights, criterion, at(share))) {
            Ok(ranking) => first_other(&ranking, study.leader).map_or(Probe::Stays, Probe::Turned),
            Err(_) => Probe::Stop,
        }
    })?;
    let weight = at(share);
    ((end - weight).abs() > WITHIN).then_some(Turn { rival, weight, delta: weight - from })
}

/// The ranking with other weights, which add up to 1.
fn ranking_at(study: &Study<'_>, weights: &[f64]) -> Result<Ranking, Refused> {
    let changed: Result<Matrix, _> = study.matrix.with_weights(weights);
    study.rank(changed.as_ref().unwrap_or(study.matrix))
}

/// Who is first where that is not the leader; of several, the first.
fn first_other(ranking: &Ranking, leader: usize) -> Option<usize> {
    match ranking.ranks.get(leader) {
        Some(1) | None => None,
        Some(_) => ranking.ranks.iter().position(|rank| *rank == 1),
    }
}
