//! Weights between bounds, uniform over all that keep them.

use super::random::{Random, Single};
use super::simplex::{Simplex, middle};
use super::{LANES, refused};
use crate::matrix::Matrix;
use crate::method::Refused;

/// A sampler of weights between bounds.
///
/// What lies between the lower bounds and 1, or between the upper bounds and 1 where that is less, is shared out
/// uniformly. Shares that are too large are drawn again, which leaves the rest exactly uniform. Where fewer than one in a
/// hundred would be left, a walk takes its place (hit-and-run: Smith, *Efficient Monte Carlo Procedures for Generating
/// Points Uniformly Distributed over Bounded Regions*, Operations Research 32, 1984): each step moves weight between two
/// criteria, uniformly within what their bounds allow. It begins in each block anew, and is uniform but for what remains
/// of its beginning.
pub(super) struct Bounds {
    /// The weights where nothing is shared out.
    base: Vec<f64>,
    /// What is shared out: added to the lower bounds, or taken from the upper ones.
    slack: f64,
    /// The criteria whose weights are not settled.
    open: Vec<usize>,
    /// The most that each of those may get.
    caps: Vec<f64>,
    simplex: Simplex,
    walks: bool,
}

/// What bounds leave.
pub(super) enum Left {
    /// One set of weights.
    Point(Vec<f64>),
    /// More than one.
    Open(Bounds),
}

/// Steps of the walk before its first sample, and between samples, for each open criterion.
const BEFORE: usize = 500;
const BETWEEN: usize = 8;

/// Bounds that miss 1 by less than this were meant to meet it.
const ROUNDING: f64 = 1e-9;

impl Bounds {
    /// What is left between a lower and an upper bound for each criterion.
    ///
    /// # Errors
    /// Bounds that are not between 0 and 1, cross each other, or between which no weights add up to 1.
    pub(super) fn between(matrix: &Matrix, bounds: &[(f64, f64)]) -> Result<Left, Refused> {
        check(matrix, bounds)?;
        let sum_low: f64 = bounds.iter().map(|bound| bound.0).sum();
        let sum_high: f64 = bounds.iter().map(|bound| bound.1).sum();
        let (above, under) = ((1.0 - sum_low).max(0.0), (sum_high - 1.0).max(0.0));
        let slack = above.min(under);
        let from_low = above <= under;
        let mut base: Vec<f64> =
            bounds.iter().map(|(low, high)| if from_low { *low } else { *high }).collect();
        let open: Vec<usize> = (0..bounds.len()).filter(|at| bounds[*at].1 - bounds[*at].0 > 0.0).collect();
        if let [only] = open[..] {
            base[only] += if from_low { above } else { -under };
        }
        if slack <= ROUNDING || open.len() < 2 {
            return Ok(Left::Point(base));
        }
        let caps = open.iter().map(|at| (bounds[*at].1 - bounds[*at].0) / slack).collect();
        let slack = if from_low { slack } else { -slack };
        let simplex = Simplex::of(open.len());
        let mut found = Bounds { base, slack, open, caps, simplex, walks: false };
        found.walks = found.accepted() < PILOT_TILES * LANES / 100;
        Ok(Left::Open(found))
    }

    /// Whether samples come from a walk.
    pub(super) fn walks(&self) -> bool {
        self.walks
    }

    /// How many of some shares are small enough. It is the same for every seed, so that the way of drawing is.
    fn accepted(&self) -> usize {
        let mut random = Random::new(0, 0, 0);
        let mut shares = vec![[0.0; LANES]; self.open.len()];
        let tiles = (0..PILOT_TILES).map(|_| {
            self.simplex.fill(&mut random, &mut shares);
            (0..LANES).filter(|lane| self.keeps(&shares, *lane)).count()
        });
        tiles.sum()
    }

    fn keeps(&self, shares: &[[f32; LANES]], lane: usize) -> bool {
        let count = self.open.len();
        shares.iter().zip(&self.caps).all(|(share, cap)| middle(share[lane], count) <= *cap)
    }

    /// Fills the weights of a tile. `place` is where the walk is, and empty where it has not begun.
    pub(super) fn fill(
        &self,
        (random, single): (&mut Random, &mut Single),
        shares: &mut [[f32; LANES]],
        place: &mut Vec<f64>,
        weights: &mut [[f64; LANES]],
    ) {
        for (weight, base) in weights.iter_mut().zip(&self.base) {
            *weight = [*base; LANES];
        }
        if self.walks {
            for lane in 0..LANES {
                self.walk(single, place);
                for (at, share) in self.open.iter().zip(place.iter()) {
                    weights[*at][lane] += self.slack * share;
                }
            }
            return;
        }
        let shares = &mut shares[..self.open.len()];
        let mut filled = 0;
        while filled < LANES {
            self.simplex.fill(random, shares);
            for lane in 0..LANES {
                if filled < LANES && self.keeps(shares, lane) {
                    for (at, share) in self.open.iter().zip(shares.iter()) {
                        weights[*at][filled] += self.slack * middle(share[lane], self.open.len());
                    }
                    filled += 1;
                }
            }
        }
    }

    /// Walks to the next sample.
    fn walk(&self, single: &mut Single, place: &mut Vec<f64>) {
        let count = self.open.len();
        let mut steps = BETWEEN * count;
        if place.is_empty() {
            let all: f64 = self.caps.iter().sum();
            place.extend(self.caps.iter().map(|cap| cap / all));
            steps = BEFORE * count;
        }
        for _ in 0..steps {
            let one = single.below(count);
            let other = (one + 1 + single.below(count - 1)) % count;
            let both = place[one] + place[other];
            let low = (both - self.caps[other]).max(0.0);
            let high = both.min(self.caps[one]);
            place[one] = low + (high - low).max(0.0) * single.uniform();
            place[other] = (both - place[one]).max(0.0);
        }
    }
}

/// Tiles that are drawn to see how many would be left.
const PILOT_TILES: usize = 64;

fn check(matrix: &Matrix, bounds: &[(f64, f64)]) -> Result<(), Refused> {
    let names = || matrix.columns().iter().map(|column| &column.criterion);
    for (criterion, (low, high)) in names().zip(bounds) {
        let why = if !((0.0..=1.0).contains(low) && (0.0..=1.0).contains(high)) {
            format!("has a weight from {low} to {high}; bounds lie between 0 and 1")
        } else if low > high {
            format!("has a least weight of {low} above its largest of {high}")
        } else {
            continue;
        };
        return Err(Refused { criterion: Some(criterion.clone()), ..refused(why) });
    }
    let told = |pick: fn(&(f64, f64)) -> f64| {
        let each = names().zip(bounds).map(|(name, bound)| format!("{name} {}", pick(bound)));
        each.collect::<Vec<_>>().join(", ")
    };
    let sum = |pick: fn(&(f64, f64)) -> f64| bounds.iter().map(pick).sum::<f64>();
    if sum(|bound| bound.0) > 1.0 + ROUNDING {
        let (sum, each) = (sum(|bound| bound.0), told(|bound| bound.0));
        return Err(refused(format!("no weights add up to 1: the least ones add up to {sum} ({each})")));
    }
    if sum(|bound| bound.1) < 1.0 - ROUNDING {
        let (sum, each) = (sum(|bound| bound.1), told(|bound| bound.1));
        return Err(refused(format!("no weights add up to 1: the largest ones add up to {sum} ({each})")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::Column;

    /// The walk comes to the same weights as drawing again, by mean and mean square.
    #[test]
    fn walking_and_drawing_again_agree() {
        let columns = (0..4).map(|j| Column::benefit(&format!("c{j}"), 1.0)).collect();
        let matrix = Matrix::new(vec!["a".to_owned()], columns, &[vec![1.0; 4]]).unwrap();
        let bounds = [(0.1, 0.4), (0.0, 0.3), (0.05, 0.9), (0.2, 0.25)];
        let moments = |walks: bool| {
            let Left::Open(mut bounds) = Bounds::between(&matrix, &bounds).unwrap() else {
                panic!("more than a point")
            };
            assert!(!bounds.walks());
            bounds.walks = walks;
            let (mut random, mut single, mut place) =
                (Random::new(1, 0, 0), Single::new(1, 1, 0), Vec::new());
            let (mut shares, mut weights) = (vec![[0.0; LANES]; 4], vec![[0.0; LANES]; 4]);
            let (mut moments, tiles) = (vec![(0.0, 0.0); 4], 2_000);
            for _ in 0..tiles {
                bounds.fill((&mut random, &mut single), &mut shares, &mut place, &mut weights);
                for lane in 0..LANES {
                    let sum: f64 = weights.iter().map(|weight| weight[lane]).sum();
                    assert!((sum - 1.0).abs() < 1e-12);
                    for (weight, moments) in weights.iter().zip(&mut moments) {
                        moments.0 += weight[lane];
                        moments.1 += weight[lane] * weight[lane];
                    }
                }
            }
            let count = f64::from(tiles) * LANES as f64;
            moments.into_iter().map(move |(sum, squares)| (sum / count, squares / count)).collect::<Vec<_>>()
        };
        for (drawn, walked) in moments(false).into_iter().zip(moments(true)) {
            assert!((drawn.0 - walked.0).abs() < 0.001, "{drawn:?} {walked:?}");
            assert!((drawn.1 - walked.1).abs() < 0.001, "{drawn:?} {walked:?}");
        }
    }
}
