//! One analysis: blocks of samples, shared out among threads, drawn, scored and counted.

use std::ops::Range;

use super::central::Central;
use super::random::Random;
use super::tally::{Sums, TILES, Tally, share_of_first};
use super::values::{Cell, Values};
use super::weights::{Source, State, exact};
use super::{Acceptability, Drawing, LANES, Sampling, WeightInformation};
use crate::matrix::Matrix;
use crate::method::{Refused, SAME};

/// Samples of a block: as many as the counters of a tally hold.
const BLOCK: u64 = (LANES * TILES) as u64;

/// The most parts that are shared out; each keeps sums of its own.
const PARTS: u64 = 64;

/// Scores are 1 at most, so that those which are further apart differ by more than rounding.
const APART: f64 = 2.0 * SAME;

/// The most alternatives whose ranks a byte holds.
const MOST_TALLIED: usize = u8::MAX as usize;

/// An analysis.
pub(super) struct Run {
    values: Values,
    source: Source,
    sampling: Sampling,
    alternatives: usize,
    criteria: usize,
    groups: Vec<Vec<usize>>,
    /// The worth of each group in single precision, where weights are free and all values certain.
    single: Option<Vec<f32>>,
}

impl Run {
    pub(super) fn new(
        matrix: &Matrix,
        values: Values,
        weights: &WeightInformation,
        sampling: Sampling,
    ) -> Result<Run, Refused> {
        let source = Source::new(matrix, weights)?;
        let groups = values.groups();
        let rows: Vec<&[Cell]> = values.rows().collect();
        let firsts = groups.iter().filter_map(|group| group.first()).flat_map(|first| rows[*first]);
        #[expect(clippy::cast_possible_truncation, reason = "what is lost is within what counts as close")]
        let certain = firsts.map(|cell| match cell {
            Cell::Certain(worth) => Some(*worth as f32),
            Cell::Drawn(_) => None,
        });
        let certain = certain.collect::<Option<Vec<f32>>>();
        let single = certain.filter(|_| matches!(source, Source::Free(_)));
        let (alternatives, criteria) = (matrix.alternatives().len(), matrix.columns().len());
        Ok(Run { values, source, sampling, alternatives, criteria, groups, single })
    }

    /// Draws, counts, and works out the shares.
    pub(super) fn acceptability(&self) -> Acceptability {
        let settled = matches!(self.source, Source::Fixed(_)) && self.values.places() == 0;
        let samples = if settled { 1 } else { self.sampling.samples };
        let parts = self.parts(samples, |blocks| self.part(samples, blocks));
        let mut sums = Sums::new(self.alternatives, self.criteria);
        parts.iter().for_each(|part| sums.add(part));
        let mut found = shares(&sums, samples as f64);
        if let Source::Fixed(weights) = &self.source {
            let ever = found.central_weights.iter_mut().flatten();
            ever.for_each(|central| central.clone_from(weights));
        }
        self.confidence(samples, &mut found);
        if settled {
            let errors = found.rank_errors.iter_mut().chain(&mut found.pairwise_errors);
            errors
                .flatten()
                .chain(found.confidence_errors.iter_mut().flatten())
                .for_each(|error| *error = 0.0);
        }
        (found.samples, found.seed, found.drawing) = (samples, self.sampling.seed, self.source.drawing());
        found
    }

    /// What each part of the blocks comes to, in their order, whichever thread did it.
    fn parts<T: Send>(&self, samples: u64, work: impl Fn(Range<u64>) -> T + Sync) -> Vec<T> {
        let blocks = samples.div_ceil(BLOCK);
        let count = blocks.min(PARTS);
        // In 128 bits, which no number of samples overflows.
        let bound = |part: u64| {
            u64::try_from(u128::from(blocks) * u128::from(part) / u128::from(count)).unwrap_or(blocks)
        };
        let do_part = |part: u64| work(bound(part)..bound(part + 1));
        let threads = (self.sampling.threads.max(1) as u64).min(count);
        if threads < 2 {
            return (0..count).map(do_part).collect();
        }
        let mut done: Vec<(u64, T)> = std::thread::scope(|scope| {
            let each = |thread| {
                let share = (thread..count).step_by(usize::try_from(threads).unwrap_or(1));
                let do_part = &do_part;
                scope.spawn(move || share.map(|part| (part, do_part(part))).collect::<Vec<_>>())
            };
            let running: Vec<_> = (0..threads).map(each).collect();
            let joined = running.into_iter().map(|thread| match thread.join() {
                Ok(parts) => parts,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            joined.flatten().collect()
        });
        done.sort_by_key(|(part, _)| *part);
        done.into_iter().map(|(_, sums)| sums).collect()
    }

    /// The sums of some blocks.
    fn part(&self, samples: u64, blocks: Range<u64>) -> Sums {
        let mut worker = Worker::new(self);
        for block in blocks {
            worker.block(block, BLOCK.min(samples - block * BLOCK));
        }
        worker.sums
    }

    /// How sure each alternative is of the first rank under its central weights.
    fn confidence(&self, samples: u64, found: &mut Acceptability) {
        if matches!(self.source, Source::Fixed(_)) {
            for (alternative, central) in found.central_weights.iter().enumerate() {
                let known = central.is_some();
                found.confidence[alternative] = known.then(|| found.rank_acceptability[alternative][0]);
                found.confidence_errors[alternative] = known.then(|| found.rank_errors[alternative][0]);
            }
            return;
        }
        let samples = if self.values.places() == 0 { 1 } else { samples };
        let central = &found.central_weights;
        let parts = self.parts(samples, |blocks| self.confidence_of(samples, blocks, central));
        for (alternative, central) in central.iter().enumerate() {
            let first: f64 = parts.iter().map(|part| part[alternative]).sum();
            let share = central.as_ref().map(|_| (first / samples as f64).min(1.0));
            found.confidence[alternative] = share;
            found.confidence_errors[alternative] = share.map(|share| match samples {
                1 => 0.0,
                _ => error(share, samples as f64),
            });
        }
    }

    /// In how many samples of some blocks each alternative is first under its central weights.
    fn confidence_of(&self, samples: u64, blocks: Range<u64>, central: &[Option<Vec<f64>>]) -> Vec<f64> {
        let mut first = vec![0.0; self.alternatives];
        let mut drawn = vec![[0.0; LANES]; self.values.places()];
        let mut scratch = vec![[0.0; LANES]; self.values.places()];
        let mut scores = vec![[0.0; LANES]; self.alternatives];
        let mut of_lane = vec![0.0; self.alternatives];
        for block in blocks {
            let mut random = Random::new(self.sampling.seed, 3, block);
            let mut left = usize::try_from(BLOCK.min(samples - block * BLOCK)).unwrap_or(0);
            while left > 0 {
                self.values.fill(&mut random, &mut scratch, &mut drawn);
                for (own, weights) in central.iter().enumerate() {
                    let Some(weights) = weights else { continue };
                    for (score, row) in scores.iter_mut().zip(self.values.rows()) {
                        let mut certain = 0.0;
                        *score = [0.0; LANES];
                        for (weight, cell) in weights.iter().zip(row) {
                            match cell {
                                Cell::Certain(worth) => certain += weight * worth,
                                Cell::Drawn(place) => add(score, *weight, &drawn[*place]),
                            }
                        }
                        score.iter_mut().for_each(|score| *score += certain);
                    }
                    let lead = lead(&scores, own);
                    for (lane, lead) in lead.into_iter().enumerate().take(left) {
                        if lead > APART {
                            first[own] += 1.0;
                        } else if lead >= -APART {
                            of_lane.iter_mut().zip(&scores).for_each(|(to, score)| *to = score[lane]);
                            first[own] += share_of_first(&of_lane, own);
                        }
                    }
                }
                left = left.saturating_sub(LANES);
            }
        }
        first
    }
}

/// How far an alternative is ahead of the best of the others, in each lane; below 0 where it is behind.
fn lead(scores: &[[f64; LANES]], own: usize) -> [f64; LANES] {
    let mut best = [f64::NEG_INFINITY; LANES];
    for (_, other) in scores.iter().enumerate().filter(|(at, _)| *at != own) {
        for lane in 0..LANES {
            best[lane] = if other[lane] > best[lane] { other[lane] } else { best[lane] };
        }
    }
    for lane in 0..LANES {
        best[lane] = scores[own][lane] - best[lane];
    }
    best
}

#[inline(always)]
fn add(score: &mut [f64; LANES], weight: f64, worth: &[f64; LANES]) {
    for lane in 0..LANES {
        score[lane] += weight * worth[lane];
    }
}

/// What one thread works with.
struct Worker<'a> {
    run: &'a Run,
    sums: Sums,
    tally: Option<Tally>,
    central_single: Central<f32>,
    central: Central<f64>,
    weights: Vec<[f64; LANES]>,
    drawn: Vec<[f64; LANES]>,
    scratch: Vec<[f32; LANES]>,
    scores_single: Vec<[f32; LANES]>,
    scores: Vec<[f64; LANES]>,
}

impl<'a> Worker<'a> {
    fn new(run: &'a Run) -> Worker<'a> {
        let (groups, criteria, places) = (run.groups.len(), run.criteria, run.values.places());
        let tallied = run.alternatives <= MOST_TALLIED;
        Worker {
            run,
            sums: Sums::new(run.alternatives, criteria),
            tally: tallied.then(|| Tally::new(run.groups.clone(), run.alternatives)),
            central_single: Central::new(groups, criteria),
            central: Central::new(groups, criteria),
            weights: vec![[0.0; LANES]; criteria],
            drawn: vec![[0.0; LANES]; places],
            scratch: vec![[0.0; LANES]; places],
            scores_single: vec![[0.0; LANES]; groups],
            scores: vec![[0.0; LANES]; groups],
        }
    }

    /// Draws and counts a block of so many samples.
    fn block(&mut self, block: u64, samples: u64) {
        let run = self.run;
        let mut state = State::new(run.sampling.seed, block, run.criteria);
        let mut random = Random::new(run.sampling.seed, 0, block);
        let mut left = usize::try_from(samples).unwrap_or(0);
        if let (Some(worth), Source::Free(simplex)) = (&run.single, &run.source) {
            while left >= LANES {
                simplex.fill(&mut state.random, &mut state.shares);
                if !self.count_single(worth, &state.shares) {
                    exact(&state.shares, &mut self.weights);
                    self.count(LANES);
                }
                left -= LANES;
            }
        }
        while left > 0 {
            run.source.fill(&mut state, &mut self.weights);
            run.values.fill(&mut random, &mut self.scratch, &mut self.drawn);
            self.count(left.min(LANES));
            left = left.saturating_sub(LANES);
        }
        if let Some(tally) = &mut self.tally {
            tally.flush(&mut self.sums);
        }
        self.central_single.flush(&run.groups, &mut self.sums);
        self.central.flush(&run.groups, &mut self.sums);
    }

    /// Scores and counts a tile in single precision; false where that is not enough for every lane.
    #[inline(always)]
    fn count_single(&mut self, worth: &[f32], weights: &[[f32; LANES]]) -> bool {
        let Some(tally) = &mut self.tally else { return false };
        for (score, row) in self.scores_single.iter_mut().zip(worth.chunks_exact(self.run.criteria)) {
            let mut sum = [0.0; LANES];
            for (weight, worth) in weights.iter().zip(row) {
                for lane in 0..LANES {
                    sum[lane] += weight[lane] * worth;
                }
            }
            *score = sum;
        }
        // Worth, products and sums are each off by at most 2^-25 of at most 1, a weight by 2^-25 for what its middle is
        // not; both scores, and some more.
        let close = (self.run.criteria + 4) as f32 * (4.0 / 16_777_216.0);
        let counted = tally.count(&self.scores_single, close);
        if counted {
            self.central_single.add(tally.better(), weights);
        }
        counted
    }

    /// Scores and counts the first lanes of a tile by the weights and values that were drawn.
    fn count(&mut self, lanes: usize) {
        let run = self.run;
        let mut rows = run.values.rows();
        let mut row = 0;
        for (score, group) in self.scores.iter_mut().zip(&run.groups) {
            let first = group.first().copied().unwrap_or(0);
            let cells = rows.nth(first - row).unwrap_or_default();
            row = first + 1;
            *score = [0.0; LANES];
            for (weight, cell) in self.weights.iter().zip(cells) {
                match cell {
                    Cell::Certain(worth) => add(score, *worth, weight),
                    Cell::Drawn(place) => {
                        let worth = &self.drawn[*place];
                        for lane in 0..LANES {
                            score[lane] += weight[lane] * worth[lane];
                        }
                    }
                }
            }
        }
        let whole = self.tally.as_mut().filter(|_| lanes == LANES);
        if let Some(tally) = whole
            && tally.count(&self.scores, APART)
        {
            self.central.add(tally.better(), &self.weights);
            return;
        }
        let mut of_lane = vec![0.0; run.alternatives];
        for lane in 0..lanes {
            for (group, score) in run.groups.iter().zip(&self.scores) {
                group.iter().for_each(|member| of_lane[*member] = score[lane]);
            }
            let weights = self.weights.iter().map(|weight| weight[lane]);
            self.sums.count(&of_lane, &weights, 1.0);
        }
    }
}

/// Sums as shares of so many samples.
pub(super) fn shares(sums: &Sums, samples: f64) -> Acceptability {
    let rows = |of: &[f64]| -> Vec<Vec<f64>> {
        let rows = of.chunks_exact(sums.alternatives);
        rows.map(|row| row.iter().map(|sum| (sum / samples).min(1.0)).collect()).collect()
    };
    let errors = |rows: &[Vec<f64>]| -> Vec<Vec<f64>> {
        rows.iter().map(|row| row.iter().map(|share| error(*share, samples)).collect()).collect()
    };
    let (ranks, pairwise) = (rows(&sums.ranks), rows(&sums.wins));
    let criteria = sums.weights.len() / sums.alternatives.max(1);
    let firsts = sums.ranks.chunks_exact(sums.alternatives).map(|ranks| ranks[0]);
    let central = firsts.zip(sums.weights.chunks_exact(criteria)).map(|(first, weights)| {
        (first > 0.0).then(|| {
            // By their own sum, which is that of the samples to rounding: the weights add up to 1.
            let total: f64 = weights.iter().sum();
            weights.iter().map(|weight| weight / total).collect()
        })
    });
    Acceptability {
        rank_errors: errors(&ranks),
        rank_acceptability: ranks,
        central_weights: central.collect(),
        confidence: vec![None; sums.alternatives],
        confidence_errors: vec![None; sums.alternatives],
        pairwise_errors: errors(&pairwise),
        pairwise,
        samples: 0,
        seed: 0,
        drawing: Drawing::Uniform,
    }
}

/// The standard error of a share.
fn error(share: f64, samples: f64) -> f64 {
    (share * (1.0 - share) / samples).max(0.0).sqrt()
}
