//! Counting: who is how often on which rank, who beats whom, and with which weights one is first.

use super::LANES;
use super::number::Number;
use crate::method::SAME;

/// What the samples add up to. Every place is a number of samples; alternatives that tie share theirs.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    pub(super) alternatives: usize,
    /// By alternative and rank.
    pub(super) ranks: Vec<f64>,
    /// By alternative and the one that it beats.
    pub(super) wins: Vec<f64>,
    /// By alternative and criterion: the weights with which it was first.
    pub(super) weights: Vec<f64>,
}

impl Sums {
    pub(super) fn new(alternatives: usize, criteria: usize) -> Sums {
        let square = vec![0.0; alternatives * alternatives];
        let weights = vec![0.0; alternatives * criteria];
        Sums { alternatives, ranks: square.clone(), wins: square, weights }
    }

    /// Adds what another part of the samples came to.
    pub(super) fn add(&mut self, other: &Sums) {
        let pairs = [
            (&mut self.ranks, &other.ranks),
            (&mut self.wins, &other.wins),
            (&mut self.weights, &other.weights),
        ];
        for (own, other) in pairs {
            own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        }
    }

    /// Counts one sample by its scores and its weights, as so many.
    pub(super) fn count(
        &mut self,
        scores: &[f64],
        weights: &(impl Iterator<Item = f64> + Clone),
        as_many: f64,
    ) {
        let criteria = self.weights.len() / self.alternatives.max(1);
        let order = by_score(scores);
        let mut first = 0;
        while first < order.len() {
            let end = end_of_tie(scores, &order, first);
            let share = as_many / (end - first) as f64;
            for (at, own) in order.iter().enumerate().take(end).skip(first) {
                let row = own * self.alternatives;
                self.ranks[row + first..row + end].iter_mut().for_each(|sum| *sum += share);
                for (place, other) in order.iter().enumerate().skip(first) {
                    let won = if place >= end { as_many } else { as_many / 2.0 };
                    self.wins[row + other] += if place == at { 0.0 } else { won };
                }
                if first == 0 {
                    let sums = &mut self.weights[own * criteria..(own + 1) * criteria];
                    sums.iter_mut().zip(weights.clone()).for_each(|(sum, weight)| *sum += share * weight);
                }
            }
            first = end;
        }
    }
}

/// The places of scores, the highest first.
fn by_score(scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
    order
}

/// Where the tie ends that begins at a place of an order: each differs from the one before by rounding only.
fn end_of_tie(scores: &[f64], order: &[usize], first: usize) -> usize {
    let same = SAME * order.iter().fold(0.0, |largest: f64, at| largest.max(scores[*at].abs()));
    let tied = |pair: &&[usize]| scores[pair[0]] - scores[pair[1]] <= same;
    first + 1 + order[first..].windows(2).take_while(tied).count()
}

/// The share of the first rank that an alternative has with these scores.
pub(super) fn share_of_first(scores: &[f64], alternative: usize) -> f64 {
    let order = by_score(scores);
    let tied = &order[..end_of_tie(scores, &order, 0)];
    if tied.contains(&alternative) { 1.0 / tied.len() as f64 } else { 0.0 }
}

/// Counts whole tiles of samples, and gives back those in which two scores come too close for the numbers that they come
/// in. Alternatives that are the same in everything are counted as one.
pub(super) struct Tally {
    /// The alternatives, those that are the same together.
    groups: Vec<Vec<usize>>,
    sizes: Vec<u8>,
    alternatives: usize,
    tiles: u8,
    /// Of the tile at hand: for each pair of groups all bits where the first one wins; and how many alternatives are
    /// better than each group.
    masks: Vec<[u8; LANES]>,
    better: Vec<[u8; LANES]>,
    /// Counts by pair of groups, and by group and rank.
    wins: Vec<[u8; LANES]>,
    ranks: Vec<[u8; LANES]>,
}

/// As many tiles as a byte counts.
pub(super) const TILES: usize = u8::MAX as usize;

impl Tally {
    /// Nothing counted yet. There are at most 255 alternatives.
    pub(super) fn new(groups: Vec<Vec<usize>>, alternatives: usize) -> Tally {
        let count = groups.len();
        let sizes = groups.iter().map(|group| u8::try_from(group.len()).unwrap_or(u8::MAX)).collect();
        Tally {
            sizes,
            alternatives,
            tiles: 0,
            masks: vec![[0; LANES]; count * count.saturating_sub(1) / 2],
            better: vec![[0; LANES]; count],
            wins: vec![[0; LANES]; count * count.saturating_sub(1) / 2],
            ranks: vec![[0; LANES]; count * alternatives],
            groups,
        }
    }

    /// Counts a tile by the scores of the groups; false, and nothing counted, where two are closer than `close`.
    #[inline(always)]
    pub(super) fn count<N: Number>(&mut self, scores: &[[N; LANES]], close: N) -> bool {
        if self.compare(scores) < close {
            return false;
        }
        for (count, mask) in self.wins.iter_mut().zip(&self.masks) {
            for (count, mask) in count.iter_mut().zip(mask) {
                *count = count.wrapping_sub(*mask);
            }
        }
        for (better, ranks) in self.better.iter().zip(self.ranks.chunks_exact_mut(self.alternatives)) {
            for (rank, count) in (0_u8..).zip(ranks) {
                for lane in 0..LANES {
                    count[lane] = count[lane].wrapping_add(u8::from(better[lane] == rank));
                }
            }
        }
        self.tiles += 1;
        true
    }

    /// Compares every two groups and gives the least difference.
    #[inline(always)]
    fn compare<N: Number>(&mut self, scores: &[[N; LANES]]) -> N {
        let mut least = [N::INFINITY; LANES];
        self.better.iter_mut().for_each(|better| *better = [0; LANES]);
        let mut masks = self.masks.iter_mut();
        for (at, own) in scores.iter().enumerate() {
            let (before, after) = self.better.split_at_mut(at + 1);
            let (Some(own_better), Some(own_size)) = (before.last_mut(), self.sizes.get(at)) else {
                continue;
            };
            let others = scores[at + 1..].iter().zip(after).zip(&self.sizes[at + 1..]).zip(&mut masks);
            for (((other, other_better), other_size), mask) in others {
                for lane in 0..LANES {
                    let apart = own[lane] - other[lane];
                    let distance = apart.abs();
                    least[lane] = if distance < least[lane] { distance } else { least[lane] };
                    mask[lane] = if own[lane] > other[lane] { u8::MAX } else { 0 };
                }
                for lane in 0..LANES {
                    own_better[lane] = own_better[lane].wrapping_add(!mask[lane] & other_size);
                    other_better[lane] = other_better[lane].wrapping_add(mask[lane] & own_size);
                }
            }
        }
        least.into_iter().fold(N::INFINITY, |least, distance| if distance < least { distance } else { least })
    }

    /// How many alternatives are better than each group, in each lane of the tile that was counted last.
    #[inline(always)]
    pub(super) fn better(&self) -> &[[u8; LANES]] {
        &self.better
    }

    /// Moves what was counted into sums.
    pub(super) fn flush(&mut self, sums: &mut Sums) {
        let total = |lanes: &mut [u8; LANES]| {
            let total: u32 = lanes.iter().map(|count| u32::from(*count)).sum();
            *lanes = [0; LANES];
            f64::from(total)
        };
        let all = f64::from(u32::from(self.tiles)) * LANES as f64;
        self.tiles = 0;
        let width = self.alternatives;
        let mut wins = self.wins.iter_mut();
        for (at, group) in self.groups.iter().enumerate() {
            let size = group.len();
            for (rank, lanes) in self.ranks[at * width..(at + 1) * width].iter_mut().enumerate() {
                let share = total(lanes) / size as f64;
                for member in group {
                    let row = member * width + rank;
                    sums.ranks[row..(row + size).min((member + 1) * width)]
                        .iter_mut()
                        .for_each(|sum| *sum += share);
                }
            }
            for (place, own) in group.iter().enumerate() {
                for other in &group[..place] {
                    sums.wins[own * width + other] += all / 2.0;
                    sums.wins[other * width + own] += all / 2.0;
                }
            }
            for (others, lanes) in self.groups[at + 1..].iter().zip(&mut wins) {
                let won = total(lanes);
                for (own, other) in group.iter().flat_map(|own| others.iter().map(move |other| (own, other)))
                {
                    sums.wins[own * width + other] += won;
                    sums.wins[other * width + own] += all - won;
                }
            }
        }
    }
}
