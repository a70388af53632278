//! Random numbers from a seed, bit-equal on every machine: uniform, exponential and normal.

use std::sync::LazyLock;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// Layers of the ziggurat: one for each value of a byte.
const LAYERS: usize = 256;

/// A stream of random numbers, with the table for its exponential ones.
pub(in crate::capacity) struct Random {
    bits: Xoshiro256PlusPlus,
    ziggurat: &'static Ziggurat,
}

impl Random {
    /// Streams of one seed that do not overlap: each starts 2^128 numbers after the one before.
    pub(in crate::capacity) fn streams<const COUNT: usize>(seed: u64) -> [Random; COUNT] {
        let mut next = Xoshiro256PlusPlus::seed_from_u64(seed);
        std::array::from_fn(|_| Random::before_jump(&mut next))
    }

    /// The same streams, as many as are asked for.
    pub(in crate::capacity) fn endless_streams(seed: u64) -> impl Iterator<Item = Random> {
        let mut next = Xoshiro256PlusPlus::seed_from_u64(seed);
        std::iter::repeat_with(move || Random::before_jump(&mut next))
    }

    fn before_jump(next: &mut Xoshiro256PlusPlus) -> Random {
        let bits = next.clone();
        next.jump();
        Random { bits, ziggurat: &ZIGGURAT }
    }

    /// Uniform in the open interval from 0 to 1.
    pub(in crate::capacity) fn uniform(&mut self) -> f64 {
        open(self.bits.next_u64())
    }

    /// A whole number below `count`, each as likely to within `count / 2^64`; `count` is at least 1.
    pub(in crate::capacity) fn below(&mut self, count: usize) -> usize {
        let scaled = u128::from(self.bits.next_u64()) * count as u128;
        usize::try_from(scaled >> 64).unwrap_or(0)
    }

    /// Exponential of mean 1.
    #[inline]
    pub(in crate::capacity) fn exponential(&mut self) -> f64 {
        loop {
            let bits = self.bits.next_u64();
            // The low byte chooses the layer; the place in it is made of the others.
            let layer = usize::from(bits.to_le_bytes()[0]);
            let [outer, inner] = self.ziggurat.widths[layer];
            let x = open(bits) * outer;
            if x < inner {
                return x;
            }
            if let Some(x) = self.at_the_edge(layer, x) {
                return x;
            }
        }
    }

    /// What is drawn outside the part of a layer that lies wholly under the curve; once in about 90 draws.
    #[cold]
    fn at_the_edge(&mut self, layer: usize, x: f64) -> Option<f64> {
        if layer == 0 {
            return Some(TAIL - libm::log(self.uniform()));
        }
        let heights = &self.ziggurat.heights;
        let (low, high) = (heights[layer], heights[layer + 1]);
        let height = low + (high - low) * self.uniform();
        (height < libm::exp(-x)).then_some(x)
    }

    /// Normal of mean 0 and deviation 1, by Marsaglia's polar method (1964); of each pair the first.
    pub(in crate::capacity) fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 && square > 0.0 {
                return x * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }
}

/// The middle of one of 2^52 equal parts of the interval from 0 to 1: bits 12 to 63 say which.
#[inline]
fn open(bits: u64) -> f64 {
    const PART: f64 = 1.0 / 4_503_599_627_370_496.0;
    ((bits >> 12) as f64 + 0.5) * PART
}

/// Where the tail begins, and the area of every layer, for 256 layers: Marsaglia and Tsang, *The Ziggurat
/// Method for Generating Random Variables*, 2000.
const TAIL: f64 = 7.697_117_470_131_05;
const AREA: f64 = 0.003_949_659_822_581_572;

/// The table, computed once: the same on every machine.
static ZIGGURAT: LazyLock<Ziggurat> = LazyLock::new(Ziggurat::new);

/// Layers of equal area that cover the curve `e^{-x}`, from the tail up.
struct Ziggurat {
    /// Of each layer its width, and the part of it that lies wholly under the curve.
    widths: [[f64; 2]; LAYERS],
    /// The curve at the ends of the layers, from below.
    heights: [f64; LAYERS + 1],
}

impl Ziggurat {
    fn new() -> Ziggurat {
        let mut ends = [0.0; LAYERS + 1];
        ends[0] = AREA * libm::exp(TAIL);
        ends[1] = TAIL;
        for layer in 2..LAYERS {
            let below: f64 = ends[layer - 1];
            ends[layer] = -libm::log(AREA / below + libm::exp(-below));
        }
        let mut widths = [[0.0; 2]; LAYERS];
        for (layer, width) in widths.iter_mut().enumerate() {
            *width = [ends[layer], ends[layer + 1]];
        }
        Ziggurat { widths, heights: ends.map(|end| libm::exp(-end)) }
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    /// Mean and mean square of what is drawn, within 4 standard errors of the true ones.
    #[track_caller]
    fn moments(draws: usize, expected: [f64; 2], deviations: [f64; 2], draw: impl Fn(&mut Random) -> f64) {
        let [mut random] = Random::streams(7);
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..draws {
            let value = draw(&mut random);
            sum += value;
            squares += value * value;
        }
        let count = draws as f64;
        for (value, (mean, deviation)) in [sum, squares].into_iter().zip(expected.into_iter().zip(deviations))
        {
            let error = (value / count - mean).abs();
            assert!(error < 4.0 * deviation / count.sqrt(), "{} for {mean}", value / count);
        }
    }

    #[test]
    fn draws_have_the_moments_of_their_distributions() {
        let third = 1.0 / 3.0_f64;
        moments(100_000, [0.5, third], [(1.0 / 12.0_f64).sqrt(), (4.0 / 45.0_f64).sqrt()], Random::uniform);
        moments(100_000, [1.0, 2.0], [1.0, 20.0_f64.sqrt()], Random::exponential);
        moments(100_000, [0.0, 1.0], [1.0, 2.0_f64.sqrt()], Random::normal);
        moments(100_000, [4.5, 28.5], [2.9, 26.0], |random| {
            f64::from(u8::try_from(random.below(10)).expect("below 10"))
        });
    }

    #[test]
    fn the_exponential_has_its_tail_and_its_edges() {
        let [mut random] = Random::streams(11);
        let draws: u32 = 200_000;
        let mut beyond = [0_u32; 5];
        let bounds = [0.01, 0.5, 2.0, 5.0, 8.0];
        for _ in 0..draws {
            let value = random.exponential();
            assert!(value > 0.0 && value.is_finite());
            for (count, bound) in beyond.iter_mut().zip(bounds) {
                *count += u32::from(value > bound);
            }
        }
        for (count, bound) in beyond.into_iter().zip(bounds) {
            let expected = libm::exp(-bound);
            let deviation = (expected * (1.0 - expected) / f64::from(draws)).sqrt();
            let share = f64::from(count) / f64::from(draws);
            assert!((share - expected).abs() < 4.0 * deviation, "beyond {bound}: {share} for {expected}");
        }
    }

    #[test]
    fn a_seed_gives_the_same_numbers_always_and_its_streams_differ() {
        let [mut first, mut second] = Random::streams(1);
        let drawn = [first.uniform(), first.exponential(), first.normal(), second.uniform()];
        assert_eq!(
            drawn.map(f64::to_bits),
            [
                4_605_485_571_977_896_057,
                4_607_767_776_856_780_346,
                13_824_730_353_368_830_361,
                4_605_880_263_605_862_393,
            ]
        );
    }
}
