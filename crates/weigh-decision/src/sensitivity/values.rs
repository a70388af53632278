//! One value at a time: how far it would have to change before a rival is ahead of the leader.

use super::search::{CLOSE, Probe, nearest, steps};
use super::{Found, Study};
use crate::matrix::{Column, Direction};
use crate::method::{Ranking, SAME};
use crate::worth::ValueFunction;

/// The value at which the order of leader and rival turns, everything else staying as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueFlip {
    /// The place of the criterion.
    pub criterion: usize,
    /// The place of the alternative whose value changes: the leader's gets worse, or the rival's gets better.
    pub alternative: usize,
    /// The place of the rival.
    pub rival: usize,
    /// The value now.
    pub from: f64,
    /// The value at which the two are level, so that beyond it the rival is ahead; of steps, the limit of the step.
    pub to: f64,
    /// How it was found.
    pub found: Found,
}

/// For every criterion the value of the leader, and that of a rival, at which their order turns, the leader's first;
/// none where no value of the criterion turns it.
///
/// Worked out where the score is a sum and the criterion has a value function that is used: what the function's worst
/// value doesn't turn, nothing does. Else searched: up to the ends of the value function where one is used, and
/// without one as far as 16 times the width of the column beyond the present value (of a column of equal values, 16
/// times the value). A column without a value below 0 is not searched below 0, no value outside of a criterion's
/// [domain](Column::domain) is given, and where the method can't take a value the search ends.
///
/// A value that differs from the present one by rounding only turns nothing: there is none, unless leader and rival are
/// level by their ranks, and then it is the present value itself. Of steps the present value may be the limit.
#[must_use]
pub fn value_flips(study: &Study<'_>, rival: usize) -> Vec<ValueFlip> {
    if rival >= study.matrix.alternatives().len() || rival == study.leader {
        return Vec::new();
    }
    let criteria = 0..study.matrix.columns().len();
    let both = criteria.flat_map(|criterion| [(criterion, study.leader), (criterion, rival)]);
    both.filter_map(|(criterion, alternative)| {
        let change = Change { study, criterion, alternative, rival };
        if study.sums_worth(criterion) { change.exact() } else { change.searched() }
    })
    .collect()
}

/// The value that changes, and who gains by it.
struct Change<'a> {
    study: &'a Study<'a>,
    criterion: usize,
    alternative: usize,
    rival: usize,
}

impl Change<'_> {
    fn column(&self) -> &Column {
        &self.study.matrix.columns()[self.criterion]
    }

    fn from(&self) -> f64 {
        self.study.matrix.column(self.criterion)[self.alternative]
    }

    /// Whether the leader's value gets worse; else the rival's gets better.
    fn worsens(&self) -> bool {
        self.alternative == self.study.leader
    }

    fn is_fixed(&self) -> bool {
        self.column().worth.is_some() && self.study.ranking.normalisation == Some("fixed")
    }

    fn exact(&self) -> Option<ValueFlip> {
        let weight = *self.study.matrix.weights().get(self.criterion)?;
        let worth = self.column().worth.as_ref()?;
        let lead = self.study.additive_lead(self.rival, &self.study.differences(self.rival)?);
        if weight <= 0.0 {
            return None;
        }
        let (now, step) = (worth.value(self.from()), lead / weight);
        let (least, most) = worth.range();
        let to = if self.worsens() {
            let level = now - step;
            if level <= least + SAME { None } else { worth.undercut_beyond(level) }
        } else {
            let level = now + step;
            if level >= most - SAME { None } else { worth.exceeded_beyond(level) }
        };
        let (worst, best) = worth.ends();
        self.flip(to?, (best - worst).abs(), Found::Exact)
    }

    /// The flip at a value, where there is one; `width` is how far a value was followed at most.
    fn flip(&self, to: f64, width: f64, found: Found) -> Option<ValueFlip> {
        let (criterion, alternative, rival) = (self.criterion, self.alternative, self.rival);
        let from = self.from();
        // At the limit of a step the present value itself is where it turns.
        let steps = found == Found::Exact && matches!(self.column().worth, Some(ValueFunction::Steps(_)));
        let same = !steps && (to - from).abs() <= SAME * from.abs().max(width);
        let level = self.study.ranking.ranks.get(rival) == Some(&1);
        let to = if same { from } else { to };
        let flip = ValueFlip { criterion, alternative, rival, from, to: to + 0.0, found };
        (to.is_finite() && (level || !same) && self.can_be(to)).then_some(flip)
    }

    /// Whether there can be a value, and values beyond it: at the end of the domain the rival has to be ahead there.
    fn can_be(&self, to: f64) -> bool {
        let Some((least, largest)) = self.column().domain else { return true };
        if least < to && to < largest {
            return true;
        }
        let beyond = if self.rises() { largest > to } else { least < to };
        if to < least || largest < to || beyond {
            return (least..=largest).contains(&to);
        }
        let changed = self.study.matrix.with_value(self.alternative, self.criterion, to);
        let there = changed.ok().and_then(|changed| self.study.rank(&changed).ok());
        there.is_some_and(|ranking| is_ahead(&ranking, self.rival, self.study.leader))
    }

    /// Whether the value that changes rises.
    fn rises(&self) -> bool {
        (self.column().direction == Direction::Benefit) != self.worsens()
    }

    fn searched(&self) -> Option<ValueFlip> {
        if self.study.matrix.weights().get(self.criterion).is_none_or(|weight| *weight <= 0.0) {
            return None;
        }
        let (from, reach) = (self.from(), self.reach()?);
        let mut changed = self.study.matrix.clone();
        // Steps widen with the distance, since most turns are near.
        let at = |share: f64| from + reach * share * share;
        let count = steps(self.study.matrix, STEPS);
        let shares = (1..=count).map(|step| f64::from(step) / f64::from(count));
        let (share, ()) = nearest(shares, |share| {
            if !at(share).is_finite() {
                return Probe::Stop;
            }
            changed.set_value(self.alternative, self.criterion, at(share));
            match self.study.rank(&changed) {
                Ok(ranking) if is_ahead(&ranking, self.rival, self.study.leader) => Probe::Turned(()),
                Ok(_) => Probe::Stays,
                Err(_) => Probe::Stop,
            }
        })?;
        let last = f64::from(count - 1) / f64::from(count);
        let step = reach.abs() * (1.0 - last * last);
        let found = Found::Searched { step, within: reach.abs() * 2.0 * CLOSE };
        self.flip(at(share), reach.abs(), found)
    }

    /// How far the value is followed, with its sign; nothing where there is no way.
    fn reach(&self) -> Option<f64> {
        let values = self.study.matrix.column(self.criterion);
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let rises = self.rises();
        let from = self.from();
        let end = match self.column().worth.as_ref().filter(|_| self.is_fixed()) {
            Some(worth) if self.worsens() => worth.ends().0,
            Some(worth) => worth.ends().1,
            None => {
                let width = match high - low {
                    width if width > 0.0 => width,
                    _ if from.abs() > 0.0 => from.abs(),
                    _ => 1.0,
                };
                let end = if rises { from + WIDTHS * width } else { from - WIDTHS * width };
                if low >= 0.0 { end.max(0.0) } else { end }
            }
        };
        let (least, largest) = self.column().domain.unwrap_or((f64::MIN, f64::MAX));
        // A domain that is no range holds nothing back.
        let end = if least <= largest { end.clamp(least, largest) } else { end };
        let reach = end.clamp(f64::MIN, f64::MAX) - from;
        (reach.is_finite() && reach.abs() > 0.0 && (reach > 0.0) == rises).then_some(reach)
    }
}

/// The steps of a search: by their squares the first is 0.4 % of a column's width, and the last half of it.
const STEPS: u32 = 64;

/// How many widths of the column a value without ends is followed.
const WIDTHS: f64 = 16.0;

fn is_ahead(ranking: &Ranking, a: usize, b: usize) -> bool {
    ranking.ranks[a] < ranking.ranks[b]
}
