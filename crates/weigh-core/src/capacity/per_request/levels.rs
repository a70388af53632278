//! The levels of concurrency at a rate: how often the load passes each, on a grid that all rates of a month share.

use crate::capacity::erlang::inverse_blocking;

/// Levels of concurrency: each of the first ones, and then one for several.
pub(super) struct Grid {
    /// The levels, ascending from 0.
    pub(super) marks: Vec<f64>,
    /// How many levels each stands for.
    pub(super) weights: Vec<f64>,
}

/// Standard deviations of the load below and above it that count.
const DEVIATIONS: f64 = 12.0;
/// Levels that count even at the smallest load.
const MORE: f64 = 40.0;
/// A level stands for as many as this part of its root: what is summed changes more slowly.
const OF_ROOT: f64 = 6.0;

impl Grid {
    /// The levels up to those that a load passes at times, and at most `limit`.
    pub(super) fn up_to(load: f64, limit: u32) -> Grid {
        let last = (load + DEVIATIONS * load.sqrt() + MORE).min(f64::from(limit) - 1.0);
        let mut marks = vec![0.0];
        while let Some(level) = marks.last().copied().filter(|level| *level < last) {
            marks.push(level + libm::floor(level.sqrt() / OF_ROOT).max(1.0));
        }
        let gap = |mark: usize| marks.get(mark + 1).map_or(1.0, |next| next - marks[mark]);
        let before = |mark: usize| if mark == 0 { 1.0 } else { gap(mark - 1) };
        let weights = (0..marks.len()).map(|mark| (before(mark) + gap(mark)) / 2.0).collect();
        Grid { marks, weights }
    }

    /// The share of each mark's levels at or above so many ready servers.
    pub(super) fn uncovered(&self, ready: u32) -> Vec<f64> {
        let first = f64::from(ready) - 0.5;
        let each = self.marks.iter().zip(&self.weights);
        each.map(|(level, weight)| ((level + weight / 2.0 - first) / weight).clamp(0.0, 1.0)).collect()
    }

    /// Ready servers above the last level: they are idle all the time.
    pub(super) fn beyond(&self, ready: u32) -> f64 {
        (f64::from(ready) - self.marks.last().copied().unwrap_or(0.0) - 1.0).max(0.0)
    }
}

/// What a rate makes of each level of a grid.
pub(super) struct Levels {
    /// How often the load passes the level from below, a second: `θ_n`.
    pub(super) passes_per_s: Vec<f64>,
    /// The chance that no more than the level are busy: `Π_n`.
    pub(super) below: Vec<f64>,
    /// Busy servers on average.
    load: f64,
}

impl Levels {
    /// Those of a rate, with so many busy servers on average. The recurrence is that of
    /// [`cold_starts`](crate::capacity::cold_starts).
    pub(super) fn of(grid: &Grid, rate_per_s: f64, load: f64) -> Levels {
        let count = grid.marks.len();
        if rate_per_s <= 0.0 || load <= 0.0 {
            // Without a load every request finds level 0, and passes it.
            let mut passes_per_s = vec![0.0; count];
            passes_per_s[0] = rate_per_s.max(0.0);
            return Levels { passes_per_s, below: vec![1.0; count], load };
        }
        let (mut passes_per_s, mut below) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut level = libm::floor((load - DEVIATIONS * load.sqrt()).max(0.0));
        let mut inverse_b = inverse_blocking(level, load);
        let mut weight = 1.0;
        let mut passage = inverse_b * inverse_b;
        for mark in &grid.marks {
            if *mark < level {
                passes_per_s.push(rate_per_s / passage);
                below.push(0.0);
                continue;
            }
            while level < *mark && passage.is_finite() {
                level += 1.0;
                let ratio = level / load * inverse_b;
                inverse_b = 1.0 + ratio;
                let kept = if ratio < f64::MAX { ratio / inverse_b } else { 1.0 };
                weight /= kept;
                passage = inverse_b + kept * passage;
            }
            passes_per_s.push(rate_per_s / passage);
            below.push(weight);
        }
        below.iter_mut().for_each(|share| *share = (*share / weight).min(1.0));
        Levels { passes_per_s, below, load }
    }

    /// Servers that are started a second, beyond those that idleness costs, because servers are given up at an age.
    ///
    /// A server that is lost leaves the highest warm level without one: the others move down. It is missed if the load
    /// passes that level before it would have been given up anyway. With `x = θ_n T` and the age of its idleness as it is
    /// below `T`, that has the chance `1 - x / (e^x - 1)`. `N` servers, of which idleness takes `C` a second, reach the age
    /// `L` at the rate `h / (e^{h L / N} - 1)` with `h = C o`, where `o` is the share of those that idleness takes which are
    /// the older of two: see [`Recycling`].
    pub(super) fn renewed_per_s(
        &self,
        grid: &Grid,
        uncovered: &[f64],
        keep_s: f64,
        recycling: Recycling,
    ) -> f64 {
        let (age_s, older_share) = (recycling.age_s, recycling.older_share(self.load));
        let count = grid.marks.len();
        let gone = |mark: usize| match mark < count {
            true => self.below[mark] * libm::exp(-self.passes_per_s[mark] * keep_s),
            false => 1.0,
        };
        let (mut servers, mut idled_per_s, mut missed) = (0.0, 0.0, 0.0);
        let mut gone_here = gone(0);
        for (mark, uncovered) in uncovered.iter().enumerate() {
            let weight = grid.weights[mark] * uncovered;
            servers += weight * (1.0 - gone_here);
            idled_per_s += weight * self.passes_per_s[mark] * gone_here;
            let gone_above = gone(mark + 1);
            let highest = (gone_above - gone_here).max(0.0) * uncovered;
            missed += highest * missed_share(self.passes_per_s[mark] * keep_s);
            gone_here = gone_above;
        }
        let hazard = idled_per_s * older_share;
        let exponent = hazard * age_s / servers.max(1e-300);
        let aged_per_s = match exponent > 1e-9 {
            true => hazard / libm::expm1(exponent.min(700.0)),
            false => servers / age_s,
        };
        aged_per_s * missed
    }
}

/// When servers are given up for their age.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recycling {
    /// The age in seconds.
    pub(super) age_s: f64,
    /// How long they start up, in service times.
    pub(super) start_ups: f64,
}

impl Recycling {
    /// Of the servers that idleness takes, those that are older than one which stays, at a load.
    ///
    /// Of two that are busy at once the one that ends last stays; the newer starts up for `s` before it serves, and with
    /// exponential services of mean `S` ends first with the chance `e^{-s / S} / 2` alone. Among many, whether a server ends
    /// early says little of its age: from one to the other with `e^{-a}`, the chance that no other is busy.
    fn older_share(&self, load: f64) -> f64 {
        0.5 + (0.5 - libm::exp(-self.start_ups) / 2.0) * libm::exp(-load)
    }
}

/// `1 - x / (e^x - 1)` for `x >= 0`.
fn missed_share(x: f64) -> f64 {
    match x {
        x if x < 1e-5 => x / 2.0,
        x if x > 60.0 => 1.0,
        x => 1.0 - x / libm::expm1(x),
    }
}
