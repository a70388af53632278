//! Processors that share themselves equally among the requests present: the sums that replicas and pools
//! need.

use super::erlang::inverse_blocking;

/// Processors of equal speed, shared by the requests present; one request uses at most one of them.
///
/// With `j` requests present they work at the total speed `min(j, P)`. The number present does not depend on
/// how the processor times are distributed (Baskett, Chandy, Muntz and Palacios 1975), so both sums are those
/// of exponential times. `P` need not be whole: the last processor may be a part of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sharing {
    /// `P`, at least 1.
    pub(super) processors: f64,
}

impl Sharing {
    /// Processors busy on average, when `customers` go round between these processors and a wait for which
    /// all may be at once, `wait` processor times long.
    ///
    /// `customers` is whole and at least 1, `wait` at least 0; both are finite.
    ///
    /// Formula: `j` of `k` customers are present with a probability in proportion to
    /// `w^(k-j) / (k-j)! / Π_{i<=j} min(i, P)`: the machine repair model.
    pub(super) fn busy_in_a_round(self, customers: f64, wait: f64) -> f64 {
        let mut busy = 0.0;
        let total = self.round(customers, wait, 0.0, |present, term| busy += term * self.speed(present));
        busy / total
    }

    /// The sum of the terms of [`Sharing::busy_in_a_round`], each of which is shown to `see`.
    ///
    /// They rise to one largest, which is set to about 1, and fall from there: the sum runs from it both
    /// ways, and ends where its terms no longer matter, but not before `reach` requests are present.
    fn round(self, customers: f64, wait: f64, reach: f64, mut see: impl FnMut(f64, f64)) -> f64 {
        /// A term this small beside the sum ends it: those after it fall faster still.
        const NEGLIGIBLE: f64 = 1e-21;
        let largest = self.likeliest(customers, wait);
        see(largest, 1.0);
        let (mut present, mut term, mut total) = (largest, 1.0, 1.0);
        while present > 0.0 && term > NEGLIGIBLE * total {
            term *= wait * self.speed(present) / (customers - present + 1.0);
            present -= 1.0;
            total += term;
            see(present, term);
        }
        (present, term) = (largest, 1.0);
        while present < customers && (term > NEGLIGIBLE * total || present < reach) {
            term *= (customers - present) / (wait * self.speed(present + 1.0));
            present += 1.0;
            total += term;
            see(present, term);
        }
        total
    }

    /// The total speed with `present` requests.
    pub(super) fn speed(self, present: f64) -> f64 {
        present.min(self.processors)
    }

    /// About the likeliest number present: where each further one turns less likely than the one before.
    fn likeliest(self, customers: f64, wait: f64) -> f64 {
        let all_served = (customers + 1.0) / (1.0 + wait);
        let shared = customers + 1.0 - wait * self.processors;
        let largest = if all_served <= self.processors { all_served } else { shared.max(self.processors) };
        libm::floor(largest).min(customers)
    }

    /// How much longer a request takes than alone, when requests come at random without limit; infinite at a
    /// load of `P` and above.
    ///
    /// `load` is the arrival rate times the time of a request alone, above 0.
    ///
    /// Formula: `1 + D (1 - (P-c)(1-ρ)) / (P - a)` with `c = ⌊P⌋`, `ρ = a/P`, `B` from Erlang for `c` and
    /// `a`, and `D = B / (1 - ρ + ρB)`; for a whole `P`, `D` is Erlang's `C`.
    pub(super) fn stretch(self, load: f64) -> f64 {
        let processors = self.processors;
        if load >= processors {
            return f64::INFINITY;
        }
        let whole = libm::floor(processors);
        let spare = (processors - load) / processors;
        let all_taken = 1.0 / (spare * inverse_blocking(whole, load) + load / processors);
        1.0 + all_taken * (1.0 - (processors - whole) * spare) / (processors - load)
    }

    /// Whether `limit` requests are at once within so rarely (below 1e-15) that the limit does not matter.
    ///
    /// Requests come at random; `waiting` of them are on average in the other wait, `computing` is their load
    /// here, below `P`.
    ///
    /// Formula: Chernoff's bound `θ^-K E[θ^N]`, with `E[θ^N] <= e^(s(θ-1)) (1 + 8 / (1-ρ))` for
    /// `θ <= (1 + 1/ρ) / 2` and `s` both loads together.
    pub(super) fn never_reaches(self, limit: f64, waiting: f64, computing: f64) -> bool {
        const LOG_RARELY: f64 = -35.0;
        const BASE_MAX: f64 = 1e6;
        let (sum, utilisation) = (waiting + computing, computing / self.processors);
        let base = (limit / sum).min(f64::midpoint(1.0, 1.0 / utilisation)).min(BASE_MAX);
        let beyond = libm::log1p(8.0 / (1.0 - utilisation));
        base > 1.0 && sum * (base - 1.0) - limit * libm::log(base) + beyond < LOG_RARELY
    }

    /// The number within a `limit`, distributed as the sum of a Poisson number of mean `waiting` and the
    /// number present here under the load `computing`, which is below `P`, given that it is at most the
    /// limit.
    ///
    /// The probabilities `G(n)` of the sum obey `G(n+1) = ρ G(n) + U_c(n+1) - ρ U_{c-1}(n)`, where `U_j(n)`
    /// is the part of them with at most `j` present here, `(n+1) U_c(n+1) = s U_c(n) - a (U_c(n) -
    /// U_{c-1}(n))`, and `c = ⌊P⌋`. Up to `c` they are Poisson with the mean `s` of both loads.
    ///
    /// The recurrence starts at `c` or, if that is higher, 7 standard deviations below `s`, where they are
    /// small (the number is at least that of a Poisson number of mean `s`), and ends at the limit, where they
    /// are small again, or where they fall geometrically. The answers are exact to about 1e-10.
    pub(super) fn within(self, limit: f64, waiting: f64, computing: f64) -> Within {
        const DEVIATIONS: f64 = 7.0;
        let sum = waiting + computing;
        let whole = libm::floor(self.processors);
        let low = libm::floor(sum - DEVIATIONS * sum.sqrt());
        if limit > whole && low > whole {
            let (few, exactly) = self.shares(low, waiting / computing, whole);
            let start = Climb { number: low, last: 1.0, few, exactly, total: 1.0, weighted: low };
            return start.to(limit, self.processors, waiting, computing);
        }
        let number = limit.min(whole);
        let inverse = inverse_blocking(number, sum);
        let weighted = sum * (inverse - 1.0);
        let exactly = libm::pow(computing / sum, whole);
        let start = Climb { number, last: 1.0, few: 1.0, exactly, total: inverse, weighted };
        start.to(limit, self.processors, waiting, computing)
    }

    /// The probabilities that at most and that exactly `count` of `customers` are here in a round.
    fn shares(self, customers: f64, wait: f64, count: f64) -> (f64, f64) {
        let (mut few, mut exactly) = (0.0, 0.0);
        let total = self.round(customers, wait, count, |present, term| {
            if present < count {
                few += term;
            } else if present <= count {
                exactly = term;
            }
        });
        ((few + exactly) / total, exactly / total)
    }
}

/// The recurrence of [`Sharing::within`] at one number, all in the same unit.
struct Climb {
    /// `n`.
    number: f64,
    /// `G(n)`.
    last: f64,
    /// `U_c(n)`.
    few: f64,
    /// `U_c(n) - U_{c-1}(n)`.
    exactly: f64,
    /// `Σ G` so far.
    total: f64,
    /// `Σ n G` so far.
    weighted: f64,
}

impl Climb {
    fn to(mut self, limit: f64, processors: f64, waiting: f64, computing: f64) -> Within {
        const NEGLIGIBLE: f64 = 1e-13;
        const LARGE: f64 = 1e250;
        /// The least fall until the limit for which the closed form of the rest does not cancel.
        const FALL_MIN: f64 = 0.01;
        let (sum, utilisation) = (waiting + computing, computing / processors);
        let (whole, spare) = (libm::floor(processors), (processors - computing) / processors);
        while self.number < limit {
            let next = self.number + 1.0;
            let shared = self.last - self.few + self.exactly;
            self.few = (sum * self.few - computing * self.exactly) * (1.0 / next);
            self.exactly *= waiting * (1.0 / (next - whole));
            let before = self.last;
            self.last = utilisation * shared + self.few;
            self.number = next;
            self.total += self.last;
            self.weighted += next * self.last;
            if self.last < before && self.last < NEGLIGIBLE * self.total * spare {
                return Within { mean: self.weighted / self.total, all: 0.0 };
            }
            if self.few < NEGLIGIBLE * self.last && (limit - next) * spare > FALL_MIN {
                return self.geometric_to(limit, spare);
            }
            if self.last > LARGE {
                self.rescale();
            }
        }
        Within { mean: self.weighted / self.total, all: self.last / self.total }
    }

    /// The end of the climb, where `G(n+1) = ρ G(n)` and `spare` is `1 - ρ`.
    fn geometric_to(self, limit: f64, spare: f64) -> Within {
        let left = limit - self.number;
        let fallen = -libm::expm1(left * libm::log1p(-spare));
        let steps = (1.0 - spare) * fallen / spare;
        let weighted_steps = (steps - left * (1.0 - fallen) * (1.0 - spare)) / spare;
        let total = self.total + self.last * steps;
        let weighted = self.weighted + self.last * (self.number * steps + weighted_steps);
        Within { mean: weighted / total, all: self.last * (1.0 - fallen) / total }
    }

    fn rescale(&mut self) {
        let Climb { number: _, last, few, exactly, total, weighted } = self;
        let unit = 1.0 / *last;
        for value in [few, exactly, total, weighted, last] {
            *value *= unit;
        }
    }
}

/// A number of requests, given that it does not pass a limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Within {
    /// Its mean.
    pub(super) mean: f64,
    /// The probability of the limit itself.
    pub(super) all: f64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    use super::{Sharing, Within};

    /// The same by the whole convolution of the two numbers, in logarithms.
    fn within_by_all_terms(processors: f64, limit: u32, waiting: f64, computing: f64) -> Within {
        let count = |value: usize| f64::from(u32::try_from(value).expect("a small number"));
        let (mut poisson, mut shared) = (vec![0.0], vec![0.0]);
        for next in 1..=limit {
            poisson.push(poisson[poisson.len() - 1] + libm::log(waiting / f64::from(next)));
            let ratio = computing / f64::from(next).min(processors);
            shared.push(shared[shared.len() - 1] + libm::log(ratio));
        }
        let log_of = |number: usize| (0..=number).map(move |here| (here, number - here));
        let logs: Vec<Vec<f64>> = (0..poisson.len())
            .map(|number| log_of(number).map(|(here, away)| shared[here] + poisson[away]).collect())
            .collect();
        let largest = logs.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
        let terms: Vec<f64> =
            logs.iter().map(|level| level.iter().map(|log| libm::exp(log - largest)).sum()).collect();
        let total: f64 = terms.iter().sum();
        let mean = terms.iter().enumerate().map(|(number, term)| count(number) * term).sum::<f64>() / total;
        Within { mean, all: terms[terms.len() - 1] / total }
    }

    #[test]
    fn the_stretch_is_that_of_a_queue_and_moves_evenly_between_whole_numbers() {
        for (processors, load) in [(1.0, 0.5), (2.0, 1.9), (40.0, 39.0)] {
            let sharing = |processors| Sharing { processors };
            let at = sharing(processors).stretch(load);
            for step in [1e-9, 1e-7] {
                let beside =
                    [sharing(processors - step), sharing(processors + step)].map(|one| one.stretch(load));
                assert!(beside[0] > at && at > beside[1] && beside[0] - beside[1] < 1e3 * step * at);
            }
        }
        assert!((Sharing { processors: 1.0 }.stretch(0.75) - 4.0).abs() < 1e-14);
        assert!(Sharing { processors: 2.0 }.stretch(2.0).is_infinite());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

        #[test]
        fn the_climb_agrees_with_the_whole_sum(
            processors in 1.0_f64..40.0, whole: bool, waiting in 0.001_f64..150.0, utilisation in 0.01..0.999,
            limit in 1_u32..400,
        ) {
            let processors = if whole { libm::floor(processors) } else { processors };
            let computing = utilisation * processors;
            let found = Sharing { processors }.within(f64::from(limit), waiting, computing);
            let exact = within_by_all_terms(processors, limit, waiting, computing);
            let sum = waiting + computing;
            // A limit far below what comes is never asked for: such a pool is beyond its capacity.
            if sum < f64::from(limit) {
                prop_assert!((found.mean / exact.mean - 1.0).abs() < 1e-9, "{found:?} {exact:?}");
                prop_assert!((found.all - exact.all).abs() < 1e-9, "{found:?} {exact:?}");
                let rare = Sharing { processors }.never_reaches(f64::from(limit), waiting, computing);
                prop_assert!(!rare || exact.all < 1e-15, "{exact:?}");
            }
        }
    }
}
