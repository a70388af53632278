//! Random numbers for the samples of a tile side by side, bit-equal on every machine.

use super::LANES;

/// [`LANES`] streams of xoshiro128+ (Blackman and Vigna, *Scrambled Linear Pseudorandom Number Generators*, ACM
/// Transactions on Mathematical Software 47, 2021), one for each sample of a tile, so that a processor steps several at once.
pub(super) struct Random {
    state: [[u32; LANES]; 4],
}

impl Random {
    /// The streams of a block. Those of another block or purpose share nothing with them.
    pub(super) fn new(seed: u64, purpose: u64, block: u64) -> Random {
        let mut mix = Mix(Mix(Mix(seed).next() ^ purpose).next() ^ block);
        let mut state = [[0; LANES]; 4];
        for lane in 0..LANES {
            // Two numbers of one stream differ, so that no state is all zeros.
            let (first, second) = (mix.next(), mix.next());
            state[0][lane] = low(first);
            state[1][lane] = low(first >> 32);
            state[2][lane] = low(second);
            state[3][lane] = low(second >> 32);
        }
        Random { state }
    }

    /// 32 bits for each lane.
    #[inline(always)]
    fn bits(&mut self) -> [u32; LANES] {
        let [a, b, c, d] = &mut self.state;
        let mut bits = [0; LANES];
        for lane in 0..LANES {
            bits[lane] = a[lane].wrapping_add(d[lane]);
            let shifted = b[lane] << 9;
            c[lane] ^= a[lane];
            d[lane] ^= b[lane];
            b[lane] ^= c[lane];
            a[lane] ^= d[lane];
            c[lane] ^= shifted;
            d[lane] = d[lane].rotate_left(11);
        }
        bits
    }

    /// Uniform from 0 up to 1 without it: a whole number of 2^-24 for each lane, made of the upper bits, which are the
    /// good ones. Sums and differences of two of them within 0 and 1 are exact.
    #[inline(always)]
    pub(super) fn uniform(&mut self) -> [f32; LANES] {
        // Below 2^24 a signed number is the same, and the processor turns it into a float in one step.
        let (bits, mut uniform) = (self.bits(), [0.0; LANES]);
        for lane in 0..LANES {
            uniform[lane] = (bits[lane] >> 8).cast_signed() as f32 * (1.0 / 16_777_216.0);
        }
        uniform
    }
}

/// The one stream that is drawn from sample by sample, where a draw takes another number of draws each time: SplitMix64
/// (Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014).
pub(super) struct Single(Mix);

impl Single {
    /// The stream of a block.
    pub(super) fn new(seed: u64, purpose: u64, block: u64) -> Single {
        let Random { state: [a, b, ..] } = Random::new(seed, purpose, block);
        Single(Mix(u64::from(a[0]) << 32 | u64::from(b[0])))
    }

    /// Uniform in the open interval from 0 to 1: the middle of one of 2^52 equal parts.
    pub(super) fn uniform(&mut self) -> f64 {
        ((self.0.next() >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
    }

    /// A whole number below `count`, which is at least 1, each as likely to within `count / 2^64`.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let scaled = u128::from(self.0.next()) * count as u128;
        usize::try_from(scaled >> 64).unwrap_or(0)
    }

    /// Normal of mean 0 and deviation 1, by Marsaglia's polar method (1964); of each pair the first.
    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 && square > 0.0 {
                return x * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }

    /// The logarithm of a gamma variate of a shape above 0 and scale 1. It is a logarithm because variates of small
    /// shapes are too small for any number.
    ///
    /// Marsaglia and Tsang, *A Simple Method for Generating Gamma Variables*, ACM Transactions on Mathematical Software
    /// 26 (2000), with their rule for shapes below 1.
    pub(super) fn log_gamma(&mut self, shape: f64) -> f64 {
        let lifted = if shape < 1.0 { libm::log(self.uniform()) / shape } else { 0.0 };
        let d = if shape < 1.0 { shape + 1.0 } else { shape } - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let cube = (1.0 + c * x) * (1.0 + c * x) * (1.0 + c * x);
            if cube <= 0.0 {
                continue;
            }
            let uniform = self.uniform();
            // What passes the first test passes the second, and takes no logarithm.
            let passes = uniform < 1.0 - 0.0331 * (x * x) * (x * x)
                || libm::log(uniform) < 0.5 * x * x + d * (1.0 - cube + libm::log(cube));
            if passes {
                return lifted + libm::log(d * cube);
            }
        }
    }
}

/// SplitMix64: what seeds the streams.
struct Mix(u64);

impl Mix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// The lower half.
fn low(bits: u64) -> u32 {
    let [a, b, c, d, ..] = bits.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_always_and_its_blocks_differ() {
        let bits = |seed, purpose, block| Random::new(seed, purpose, block).bits();
        assert_eq!(bits(1, 2, 3), bits(1, 2, 3));
        for other in [bits(0, 2, 3), bits(1, 0, 3), bits(1, 2, 0), bits(1, 3, 2)] {
            assert!(bits(1, 2, 3).iter().zip(other).all(|(a, b)| *a != b));
        }
    }

    #[test]
    fn every_lane_is_uniform() {
        let mut random = Random::new(5, 0, 0);
        let count = 100_000;
        let (mut sum, mut squares) = ([0.0; LANES], [0.0; LANES]);
        for _ in 0..count {
            for (lane, value) in random.uniform().into_iter().enumerate() {
                assert!((0.0..1.0).contains(&value));
                sum[lane] += f64::from(value);
                squares[lane] += f64::from(value) * f64::from(value);
            }
        }
        let root = f64::from(count).sqrt();
        for lane in 0..LANES {
            let (mean, square) = (sum[lane] / f64::from(count), squares[lane] / f64::from(count));
            assert!((mean - 0.5).abs() < 4.5 * (1.0f64 / 12.0).sqrt() / root, "{mean}");
            assert!((square - 1.0 / 3.0).abs() < 4.5 * (4.0f64 / 45.0).sqrt() / root, "{square}");
        }
    }

    #[test]
    fn gamma_variates_have_the_mean_and_deviation_of_their_shape() {
        let mut random = Single::new(3, 0, 0);
        let count = 100_000;
        for shape in [0.05, 0.5, 1.0, 2.5, 40.0] {
            let draws = (0..count).map(|_| libm::exp(random.log_gamma(shape)));
            let (sum, squares) = draws.fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
            let (mean, square) = (sum / f64::from(count), squares / f64::from(count));
            let error = (shape / f64::from(count)).sqrt();
            assert!((mean - shape).abs() < 4.0 * error, "{shape}: {mean}");
            // E X² = a(a+1), E X⁴ = a(a+1)(a+2)(a+3).
            let true_square = shape * (shape + 1.0);
            let fourth = true_square * (shape + 2.0) * (shape + 3.0);
            let error = ((fourth - true_square * true_square) / f64::from(count)).sqrt();
            assert!((square - true_square).abs() < 4.0 * error, "{shape}: {square} for {true_square}");
        }
    }
}
