//! The sums behind central weights: the weights of those samples in which an alternative is first.

use super::LANES;
use super::number::Number;
use super::tally::Sums;

/// Lanes that are added up side by side.
const PARTS: usize = LANES / 4;

/// Sums of weights by group and criterion, of a block of samples: few enough that single precision holds them.
pub(super) struct Central<N> {
    criteria: usize,
    sums: Vec<[N; PARTS]>,
}

impl<N: Number> Central<N> {
    pub(super) fn new(groups: usize, criteria: usize) -> Central<N> {
        Central { criteria, sums: vec![[N::default(); PARTS]; groups * criteria] }
    }

    /// Adds the weights of a tile to those groups that nothing is better than.
    #[inline(always)]
    pub(super) fn add(&mut self, better: &[[u8; LANES]], weights: &[[N; LANES]]) {
        for (better, sums) in better.iter().zip(self.sums.chunks_exact_mut(self.criteria)) {
            let least = better.iter().fold(u8::MAX, |least, better| least.min(*better));
            if least > 0 {
                continue;
            }
            let mut first = [N::default(); LANES];
            for lane in 0..LANES {
                first[lane] = N::from(better[lane] == 0);
            }
            for (sum, weight) in sums.iter_mut().zip(weights) {
                for part in 0..PARTS {
                    let [a, b, c, d] = [part, part + PARTS, part + 2 * PARTS, part + 3 * PARTS];
                    sum[part] += (first[a] * weight[a] + first[b] * weight[b])
                        + (first[c] * weight[c] + first[d] * weight[d]);
                }
            }
        }
    }

    /// Moves the sums to the members of the groups; those that tie share.
    pub(super) fn flush(&mut self, groups: &[Vec<usize>], to: &mut Sums) {
        for (group, sums) in groups.iter().zip(self.sums.chunks_exact_mut(self.criteria)) {
            for (criterion, parts) in sums.iter_mut().enumerate() {
                let total: f64 = std::mem::take(parts).into_iter().map(Into::into).sum();
                for member in group {
                    to.weights[member * self.criteria + criterion] += total / group.len() as f64;
                }
            }
        }
    }
}
