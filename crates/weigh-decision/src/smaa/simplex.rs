//! Points drawn uniformly from a simplex: shares that add up to 1, each set of shares as likely as any other.

use super::LANES;
use super::random::Random;

/// Draws shares of 1 as the spacings between sorted uniform numbers (Devroye, *Non-Uniform Random Variate Generation*,
/// 1986, chapter V.2), which takes no logarithm.
pub(super) struct Simplex {
    network: Vec<(usize, usize)>,
}

impl Simplex {
    /// Of so many shares.
    pub(super) fn of(count: usize) -> Simplex {
        Simplex { network: network(count.saturating_sub(1)) }
    }

    /// Fills `shares` for each lane. Each is a whole number of 2^-24, and they add up to exactly 1.
    #[inline(always)]
    pub(super) fn fill(&self, random: &mut Random, shares: &mut [[f32; LANES]]) {
        let Some((last, cuts)) = shares.split_last_mut() else { return };
        cuts.iter_mut().for_each(|cut| *cut = random.uniform());
        sort(&self.network, cuts);
        *last = [1.0; LANES];
        for at in (1..shares.len()).rev() {
            let (before, from) = shares.split_at_mut(at);
            for (upper, lower) in from[0].iter_mut().zip(&before[at - 1]) {
                *upper -= lower;
            }
        }
    }
}

/// What a share stands for: the middle of its part, so that none is 0; they add up to 1 again.
#[inline(always)]
pub(super) fn middle(share: f32, count: usize) -> f64 {
    const HALF: f64 = 1.0 / 33_554_432.0;
    (f64::from(share) + HALF) / (1.0 + count as f64 * HALF)
}

/// Sorts each lane of the columns in rising order.
#[inline(always)]
pub(super) fn sort(network: &[(usize, usize)], columns: &mut [[f32; LANES]]) {
    for (low, high) in network {
        let (before, from) = columns.split_at_mut(*high);
        let (Some(a), Some(b)) = (before.get_mut(*low), from.first_mut()) else { continue };
        // Of copies, so that nothing stands in the way of doing several lanes at once.
        let (x, y) = (*a, *b);
        for lane in 0..LANES {
            a[lane] = if x[lane] < y[lane] { x[lane] } else { y[lane] };
            b[lane] = if y[lane] > x[lane] { y[lane] } else { x[lane] };
        }
    }
}

/// Which places to compare, one pair after the other, to sort so many values whatever they are: merge exchange (Batcher
/// 1968; Knuth, *The Art of Computer Programming* 3, section 5.2.2, algorithm M).
pub(super) fn network(count: usize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let top = count.next_power_of_two() / 2;
    let mut step = top;
    while step > 0 {
        let (mut merge, mut rest, mut apart) = (top, 0, step);
        loop {
            let lows = (0..count.saturating_sub(apart)).filter(|low| low & step == rest);
            pairs.extend(lows.map(|low| (low, low + apart)));
            if merge == step {
                break;
            }
            (apart, merge, rest) = (merge - step, merge / 2, step);
        }
        step /= 2;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What sorts all zeros and ones sorts everything (Knuth, section 5.3.4).
    #[test]
    fn the_network_sorts_every_order() {
        for count in 0..=12_usize {
            let pairs = network(count);
            for mask in 0..1_u32 << count {
                let mut columns: Vec<[f32; LANES]> =
                    (0..count).map(|at| [f32::from(u8::from(mask >> at & 1 == 1)); LANES]).collect();
                sort(&pairs, &mut columns);
                assert!(columns.windows(2).all(|pair| pair[0] <= pair[1]), "{count} {mask:b}");
            }
        }
    }

    #[test]
    fn shares_add_up_to_one_and_have_the_moments_of_the_uniform_simplex() {
        let mut random = Random::new(1, 0, 0);
        for count in [1_u16, 2, 3, 10] {
            let simplex = Simplex::of(usize::from(count));
            let mut shares = vec![[0.0; LANES]; usize::from(count)];
            let (tiles, n) = (4_000, f64::from(count));
            let mut sums = vec![(0.0, 0.0); usize::from(count)];
            for _ in 0..tiles {
                simplex.fill(&mut random, &mut shares);
                for lane in 0..LANES {
                    let total: f32 = shares.iter().map(|share| share[lane]).sum();
                    assert!((total - 1.0).abs() < f32::EPSILON);
                    for (share, (sum, squares)) in shares.iter().zip(&mut sums) {
                        assert!(share[lane] >= 0.0);
                        *sum += f64::from(share[lane]);
                        *squares += f64::from(share[lane]) * f64::from(share[lane]);
                    }
                }
            }
            let draws = f64::from(tiles) * LANES as f64;
            let square = 2.0 / (n * (n + 1.0));
            for (sum, squares) in sums {
                let error = ((square - 1.0 / (n * n)).max(0.0) / draws).sqrt();
                assert!((sum / draws - 1.0 / n).abs() <= 4.0 * error + 1e-12, "{count}");
                assert!((squares / draws - square).abs() <= 5.0 * error + 1e-12, "{count}");
            }
        }
    }
}
