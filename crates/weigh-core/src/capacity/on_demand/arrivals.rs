//! When requests come: the arrival processes, and what draws from them.

use super::super::refusal::{StationError, require};
use crate::capacity::random::Random;

/// How requests come: one after the other at the times that a process says.
///
/// Rates are requests a second, from 0 where a quiet state may be silent, to 1e9. Every process starts at its
/// beginning: [`Arrivals::MarkovModulated`] in its low state, the others at the start of their cycle.
///
/// # Example: the mean rate of bursts
///
/// ```
/// use weigh_core::capacity::on_demand::Arrivals;
///
/// let bursts = Arrivals::Bursts { low_per_s: 0.5, high_per_s: 5.0, every_s: 600.0, length_s: 60.0 };
/// assert!((bursts.mean_rate_per_s() - 0.95).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Arrivals {
    /// Independent of each other: exponential gaps.
    Poisson {
        /// Requests a second, from 1e-9.
        rate_per_s: f64,
    },
    /// On a timer: one at the end of each period.
    Periodic {
        /// Seconds from one to the next, from 1e-9 to 1e9.
        period_s: f64,
    },
    /// Gaps that are short or long: exponential of two means, in equal shares of the time (balanced means).
    Hyperexponential {
        /// Requests a second, from 1e-9.
        rate_per_s: f64,
        /// Standard deviation of the gap over its mean, from 1 to 1000.
        variation: f64,
    },
    /// Lognormal gaps.
    Lognormal {
        /// Requests a second, from 1e-9.
        rate_per_s: f64,
        /// Standard deviation of the gap over its mean, from 0 to 1000.
        variation: f64,
    },
    /// Poisson at a rate that changes at random between two states, each of an exponential time.
    MarkovModulated {
        /// Requests a second in the low state.
        low_per_s: f64,
        /// Requests a second in the high state.
        high_per_s: f64,
        /// Mean seconds in the low state at a time, from 1e-9 to 1e9.
        mean_low_s: f64,
        /// Mean seconds in the high state at a time, from 1e-9 to 1e9.
        mean_high_s: f64,
    },
    /// Poisson at a rate that is high at the start of every interval.
    Bursts {
        /// Requests a second outside the bursts.
        low_per_s: f64,
        /// Requests a second in a burst.
        high_per_s: f64,
        /// Seconds from one burst's start to the next one's, from 1e-9 to 1e9.
        every_s: f64,
        /// Seconds that a burst lasts, at most `every_s`.
        length_s: f64,
    },
    /// Poisson at the rate `rate (1 + amplitude sin(2π t / period))`.
    Sinusoidal {
        /// Mean requests a second, from 1e-9.
        rate_per_s: f64,
        /// The swing as a share of the mean, from 0 to 1.
        amplitude: f64,
        /// Seconds of a whole swing, from 1e-9 to 1e9.
        period_s: f64,
    },
    /// Poisson at rates that hold for a step each: a month by the minute, or what was counted.
    Steps {
        /// Seconds of a step, from 1e-9 to 1e9.
        step_s: f64,
        /// Requests a second in each step; at least one step.
        rates_per_s: Vec<f64>,
        /// Whether the first step follows the last one. If not, nothing comes after the last one.
        repeats: bool,
    },
}

const RATE: &str = "a number of requests a second from 1e-9 to 1e9";
const RATE_OR_NONE: &str = "a number of requests a second from 0 to 1e9";
const SECONDS: &str = "a number of seconds from 1e-9 to 1e9";
/// Bounds of rates and of seconds.
const LEAST: f64 = 1e-9;
const MOST: f64 = 1e9;

impl Arrivals {
    /// [`Arrivals::Steps`] of what was counted in each step.
    ///
    /// ```
    /// use weigh_core::capacity::on_demand::Arrivals;
    ///
    /// let minutes = Arrivals::from_counts(60.0, &[120, 0, 60], false);
    /// assert!((minutes.mean_rate_per_s() - 1.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn from_counts(step_s: f64, counts: &[u64], repeats: bool) -> Arrivals {
        Arrivals::Steps { step_s, rates_per_s: counts.iter().map(|n| *n as f64 / step_s).collect(), repeats }
    }

    /// Requests a second, on average over whole cycles or steps.
    #[must_use]
    pub fn mean_rate_per_s(&self) -> f64 {
        match self {
            Arrivals::Poisson { rate_per_s }
            | Arrivals::Hyperexponential { rate_per_s, .. }
            | Arrivals::Lognormal { rate_per_s, .. }
            | Arrivals::Sinusoidal { rate_per_s, .. } => *rate_per_s,
            Arrivals::Periodic { period_s } => 1.0 / period_s,
            Arrivals::MarkovModulated { low_per_s, high_per_s, mean_low_s, mean_high_s } => {
                (low_per_s * mean_low_s + high_per_s * mean_high_s) / (mean_low_s + mean_high_s)
            }
            Arrivals::Bursts { low_per_s, high_per_s, every_s, length_s } => {
                low_per_s + (high_per_s - low_per_s) * length_s / every_s
            }
            Arrivals::Steps { rates_per_s, .. } => {
                rates_per_s.iter().sum::<f64>() / rates_per_s.len().max(1) as f64
            }
        }
    }

    /// The highest rate that lasts: that of the busiest state, step or moment.
    #[must_use]
    pub fn peak_rate_per_s(&self) -> f64 {
        match self {
            Arrivals::MarkovModulated { low_per_s, high_per_s, .. }
            | Arrivals::Bursts { low_per_s, high_per_s, .. } => low_per_s.max(*high_per_s),
            Arrivals::Sinusoidal { rate_per_s, amplitude, .. } => rate_per_s * (1.0 + amplitude),
            Arrivals::Steps { rates_per_s, .. } => rates_per_s.iter().fold(0.0, |most, rate| most.max(*rate)),
            _ => self.mean_rate_per_s(),
        }
    }

    /// Whether every field is within its bounds.
    pub(super) fn check(&self) -> Result<(), StationError> {
        let seconds = |field, value| within(field, value, LEAST, MOST, SECONDS);
        let rate = |field, value| within(field, value, 0.0, MOST, RATE_OR_NONE);
        match self {
            Arrivals::Hyperexponential { variation, .. } => {
                within("variation", *variation, 1.0, 1e3, "a number from 1 to 1000")?;
            }
            Arrivals::Lognormal { variation, .. } => {
                within("variation", *variation, 0.0, 1e3, "a number from 0 to 1000")?;
            }
            Arrivals::MarkovModulated { low_per_s, high_per_s, mean_low_s, mean_high_s } => {
                rate("low_per_s", *low_per_s)?;
                rate("high_per_s", *high_per_s)?;
                seconds("mean_low_s", *mean_low_s)?;
                seconds("mean_high_s", *mean_high_s)?;
                let each_turn = low_per_s * mean_low_s + high_per_s * mean_high_s;
                let must = "at least one request in a million changes of state";
                require(each_turn >= 1e-6, "high_per_s", *high_per_s, must)?;
            }
            Arrivals::Bursts { low_per_s, high_per_s, every_s, length_s } => {
                rate("low_per_s", *low_per_s)?;
                rate("high_per_s", *high_per_s)?;
                seconds("every_s", *every_s)?;
                within("length_s", *length_s, 0.0, *every_s, "a number of seconds from 0 to every_s")?;
            }
            Arrivals::Sinusoidal { amplitude, period_s, .. } => {
                within("amplitude", *amplitude, 0.0, 1.0, "a number from 0 to 1")?;
                seconds("period_s", *period_s)?;
            }
            Arrivals::Steps { step_s, rates_per_s, repeats } => {
                seconds("step_s", *step_s)?;
                require(!rates_per_s.is_empty(), "rates_per_s", 0.0, "at least one step")?;
                rates_per_s.iter().try_for_each(|value| rate("rates_per_s", *value))?;
                if !repeats {
                    return Ok(());
                }
            }
            Arrivals::Poisson { .. } | Arrivals::Periodic { .. } => {}
        }
        within("the mean rate of arrivals", self.mean_rate_per_s(), LEAST, MOST, RATE)
    }
}

/// `value` is a number between two bounds.
fn within(
    field: &'static str,
    value: f64,
    least: f64,
    most: f64,
    must: &'static str,
) -> Result<(), StationError> {
    require((least..=most).contains(&value), field, value, must)
}

/// Draws the arrivals of a process, one after the other.
pub(super) enum Source {
    Poisson { gap_s: f64, now_s: f64 },
    Periodic { period_s: f64, count: u64 },
    Hyperexponential { often: f64, often_s: f64, seldom_s: f64, now_s: f64 },
    Lognormal { median_s: f64, deviation: f64, now_s: f64 },
    Sinusoidal { gap_s: f64, amplitude: f64, period_s: f64, now_s: f64 },
    Markov { states: [State; 2], high: bool, now_s: f64, until_s: f64 },
    Cycle(Cycle),
}

#[derive(Clone, Copy)]
pub(super) struct State {
    rate_per_s: f64,
    mean_s: f64,
}

impl Source {
    /// The beginning of a process whose fields were checked.
    pub(super) fn new(arrivals: &Arrivals) -> Source {
        let now_s = 0.0;
        match *arrivals {
            Arrivals::Poisson { rate_per_s } => Source::Poisson { gap_s: 1.0 / rate_per_s, now_s },
            Arrivals::Periodic { period_s } => Source::Periodic { period_s, count: 0 },
            Arrivals::Hyperexponential { rate_per_s, variation } => {
                let square = variation * variation;
                let often = (1.0 + ((square - 1.0) / (square + 1.0)).sqrt()) / 2.0;
                let gap_s = |share: f64| 0.5 / (share * rate_per_s);
                Source::Hyperexponential { often, often_s: gap_s(often), seldom_s: gap_s(1.0 - often), now_s }
            }
            Arrivals::Lognormal { rate_per_s, variation } => {
                let [median_s, deviation] = lognormal(1.0 / rate_per_s, variation);
                Source::Lognormal { median_s, deviation, now_s }
            }
            Arrivals::Sinusoidal { rate_per_s, amplitude, period_s } => {
                let gap_s = 1.0 / (rate_per_s * (1.0 + amplitude));
                Source::Sinusoidal { gap_s, amplitude, period_s, now_s }
            }
            Arrivals::MarkovModulated { low_per_s, high_per_s, mean_low_s, mean_high_s } => {
                let low = State { rate_per_s: low_per_s, mean_s: mean_low_s };
                let high = State { rate_per_s: high_per_s, mean_s: mean_high_s };
                // It turns to its first state, the low one, at the first draw.
                Source::Markov { states: [low, high], high: true, now_s, until_s: 0.0 }
            }
            Arrivals::Bursts { low_per_s, high_per_s, every_s, length_s } => {
                Source::Cycle(Cycle::new(vec![(length_s, high_per_s), (every_s, low_per_s)], true))
            }
            Arrivals::Steps { step_s, ref rates_per_s, repeats } => {
                let ends = (1_u32..).map(|step| f64::from(step) * step_s);
                Source::Cycle(Cycle::new(ends.zip(rates_per_s.iter().copied()).collect(), repeats))
            }
        }
    }

    /// When nothing more comes, in seconds; infinite for a process that goes on.
    pub(super) fn end_s(&self) -> f64 {
        match self {
            Source::Cycle(cycle) if !cycle.repeats => cycle.length_s,
            _ => f64::INFINITY,
        }
    }

    /// Fills in the times of the next arrivals, in seconds; fewer than there is room for when nothing more comes.
    pub(super) fn fill(&mut self, times_s: &mut [f64], random: &mut Random) -> usize {
        match self {
            Source::Poisson { gap_s, now_s } => {
                each(times_s, now_s, |now| now + *gap_s * random.exponential())
            }
            Source::Periodic { period_s, count } => {
                let mut last_s = 0.0;
                each(times_s, &mut last_s, |_| {
                    *count += 1;
                    *count as f64 * *period_s
                })
            }
            Source::Hyperexponential { often, often_s, seldom_s, now_s } => each(times_s, now_s, |now| {
                let gap_s = if random.uniform() < *often { *often_s } else { *seldom_s };
                now + gap_s * random.exponential()
            }),
            Source::Lognormal { median_s, deviation, now_s } => {
                each(times_s, now_s, |now| now + *median_s * libm::exp(*deviation * random.normal()))
            }
            Source::Sinusoidal { gap_s, amplitude, period_s, now_s } => each(times_s, now_s, |mut now| {
                // Lewis and Shedler's thinning (1979): drawn at the highest rate, and kept in proportion.
                loop {
                    now += *gap_s * random.exponential();
                    let kept = random.uniform() * (1.0 + *amplitude) - 1.0;
                    let turns = now / *period_s;
                    let angle = std::f64::consts::TAU * (turns - turns.floor());
                    if kept < -*amplitude || kept < *amplitude * libm::sin(angle) {
                        return now;
                    }
                }
            }),
            Source::Markov { states, high, now_s, until_s } => each(times_s, now_s, |mut now| {
                let mut due = random.exponential();
                let mut state = states[usize::from(*high)];
                while now + due / state.rate_per_s >= *until_s {
                    due -= (*until_s - now) * state.rate_per_s;
                    *high = !*high;
                    state = states[usize::from(*high)];
                    now = *until_s;
                    *until_s += state.mean_s * random.exponential();
                }
                now + due.max(0.0) / state.rate_per_s
            }),
            Source::Cycle(cycle) => {
                let next = times_s.iter_mut().map_while(|time| {
                    *time = cycle.next_s(random.exponential())?;
                    Some(())
                });
                next.count()
            }
        }
    }
}

/// Fills in a process that never ends.
#[inline]
fn each(times_s: &mut [f64], now_s: &mut f64, mut next: impl FnMut(f64) -> f64) -> usize {
    for time in &mut *times_s {
        *now_s = next(*now_s);
        *time = *now_s;
    }
    times_s.len()
}

/// The median of a lognormal distribution, and the deviation of its logarithm.
pub(super) fn lognormal(mean: f64, variation: f64) -> [f64; 2] {
    let spread = libm::log1p(variation * variation);
    [mean * libm::exp(-0.5 * spread), spread.sqrt()]
}

/// Poisson arrivals at rates that hold for a part of a cycle each.
pub(super) struct Cycle {
    /// Of each part its end within the cycle, and its rate.
    parts: Vec<(f64, f64)>,
    repeats: bool,
    length_s: f64,
    /// Requests expected in a whole cycle.
    expected: f64,
    start_s: f64,
    part: usize,
    now_s: f64,
}

impl Cycle {
    fn new(parts: Vec<(f64, f64)>, repeats: bool) -> Cycle {
        let mut cycle =
            Cycle { parts, repeats, length_s: 0.0, expected: 0.0, start_s: 0.0, part: 0, now_s: 0.0 };
        for (end_s, rate_per_s) in &cycle.parts {
            cycle.expected += rate_per_s * (end_s - cycle.length_s);
            cycle.length_s = *end_s;
        }
        cycle
    }

    /// The time at which as many requests as `due`, a fraction, have been expected since the last one.
    fn next_s(&mut self, mut due: f64) -> Option<f64> {
        loop {
            let Some((end_s, rate_per_s)) = self.parts.get(self.part) else {
                if !self.repeats {
                    return None;
                }
                // Cycles in which nothing comes are passed over at once.
                let empty = (due / self.expected).floor();
                due -= empty * self.expected;
                self.start_s += (empty + 1.0) * self.length_s;
                self.now_s = self.start_s;
                self.part = 0;
                continue;
            };
            let end_s = self.start_s + end_s;
            let expected = (end_s - self.now_s) * rate_per_s;
            if due < expected {
                self.now_s += due / rate_per_s;
                return Some(self.now_s);
            }
            due = (due - expected).max(0.0);
            self.now_s = self.now_s.max(end_s);
            self.part += 1;
        }
    }
}
