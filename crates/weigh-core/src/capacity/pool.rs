//! Several replicas behind one queue: how much they carry, and how long a request takes.

use super::replica::Replica;
use super::sharing::Sharing;
use super::sojourn::Sojourn;

/// Equal replicas behind one queue: each request goes to the replica with most room, and waits when all
/// workers of all replicas are taken.
///
/// The replicas are taken as one pool of `replicas × workers` workers and `replicas × processors` processors,
/// which is what joining the shortest queue comes near to. What the replicas cannot lend each other is taken
/// into account only where it limits: the pool carries no more than `replicas` times what one does.
///
/// # Example: two replicas of one processor
///
/// ```
/// use weigh_core::capacity::{Pool, Replica};
///
/// let pool = Pool { replica: Replica::new(1.0, 0.02, 0.08, 40)?, replicas: 2 };
/// assert!((pool.capacity_per_s() - 100.0).abs() < 1e-6);
/// let latency = pool.sojourn(70.0, 1.0, 1.0).expect("70 a second is below the capacity");
/// assert!((latency.mean_s() - 0.1192).abs() < 1e-4); // 0.1 s alone, and waiting for processors
/// assert!(pool.sojourn(100.1, 1.0, 1.0).is_none());
/// # Ok::<(), weigh_core::capacity::StationError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pool {
    /// What each replica is.
    pub replica: Replica,
    /// How many there are; with 0 nothing is served.
    pub replicas: u32,
}

/// The workers of a pool at an arrival rate below its capacity.
struct Busy {
    /// Mean time with a worker, in seconds.
    service_time_s: f64,
    /// The probability that all workers are taken.
    wait_probability: f64,
}

impl Pool {
    /// The most requests it finishes a second: `replicas` times
    /// [`saturation_rate_per_s`](Replica::saturation_rate_per_s).
    #[must_use]
    pub fn capacity_per_s(&self) -> f64 {
        f64::from(self.replicas) * self.replica.saturation_rate_per_s()
    }

    /// Mean time that a request keeps its worker, in seconds; NaN for a rate that is NaN or negative.
    ///
    /// It rises from [`unloaded_time_s`](Replica::unloaded_time_s) to `workers / capacity` as more requests
    /// share the processors, and stays there from the capacity on. The formula stands at [`Pool::sojourn`].
    ///
    /// ```
    /// use weigh_core::capacity::{Pool, Replica};
    ///
    /// let pool = Pool { replica: Replica::new(1.0, 0.02, 0.08, 40)?, replicas: 1 };
    /// assert!((pool.service_time_s(0.0) - 0.1).abs() < 1e-15);
    /// assert!((pool.service_time_s(25.0) - 0.12).abs() < 1e-12); // 0.08 + 0.02 / (1 - 0.5)
    /// assert!((pool.service_time_s(99.0) - 0.8).abs() < 1e-9); // 40 workers at 50 a second
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    #[must_use]
    pub fn service_time_s(&self, arrival_rate_per_s: f64) -> f64 {
        if arrival_rate_per_s >= self.capacity_per_s() {
            return f64::from(self.replica.workers()) / self.replica.saturation_rate_per_s();
        }
        if arrival_rate_per_s >= 0.0 { self.busy(arrival_rate_per_s).service_time_s } else { f64::NAN }
    }

    /// The time of a request from arrival to completion: for a free worker, for processors, and for others.
    ///
    /// * `arrival_rate_per_s`: requests a second, at least 0.
    /// * `arrival_variability`, `service_variability`: as in [`Sojourn::with_variability`]; 1 for arrivals
    ///   and times at random. They stretch the wait for a worker.
    ///
    /// Formula: `n` requests within the workers leave at the rate `X(n)` of a closed round of `n`
    /// ([`Replica::saturation_rate_per_s`] of the whole pool), and at the capacity when all `K` workers are
    /// taken: the flow-equivalent server. Its `n` is distributed as the sum of a Poisson number waiting for
    /// others and the number in an M/M/P with processor sharing, up to `K`, and geometrically beyond.
    /// Source: Chandy, Herzog and Woo (1975); for a limit on the requests within, Avi-Itzhak and Heyman
    /// (1973).
    ///
    /// Exact in the mean, for one replica, where workers never bind, where all time is computing and
    /// exponential, where each worker has a processor and times are exponential, and for a single worker.
    ///
    /// Bounds of error of the mean elsewhere, against event simulation of exponential parts, 1 to 64 workers
    /// and 1 to 4 processors for each replica, and the true `service_variability` of a request alone: for one
    /// replica at 0.6, 0.8, 0.9 and 0.95 of its capacity 5, 9, 14 and 17 %. Several replicas that share
    /// little come out too fast, since a replica's processors do not help the others: at 0.6, 0.8 and 0.9 by
    /// up to 14, 22 and 25 % for 8 replicas of one processor, 12, 25 and 32 % for 24; the root of the mean
    /// square is 4, 10 and 14 %.
    ///
    /// The time with a worker is taken as exponential. Sharing spreads it more: where most of it is time on
    /// shared processors at 0.7 to 0.9 of their capacity, the 95th percentile comes out about a quarter, the
    /// 99th up to 42 % too small for exponential times, and the median 1.6 times too large.
    ///
    /// # Errors
    ///
    /// `None` at or above [`Pool::capacity_per_s`], where the queue grows without bound, and when an argument
    /// is NaN, infinite or negative.
    #[must_use]
    pub fn sojourn(
        &self,
        arrival_rate_per_s: f64,
        arrival_variability: f64,
        service_variability: f64,
    ) -> Option<Sojourn> {
        let capacity_per_s = self.capacity_per_s();
        if !(0.0..capacity_per_s).contains(&arrival_rate_per_s) {
            return None;
        }
        let busy = self.busy(arrival_rate_per_s);
        let spare_rate_per_s = capacity_per_s - arrival_rate_per_s;
        let random = Sojourn::of_queue(busy.service_time_s, busy.wait_probability, spare_rate_per_s);
        random.varied(arrival_rate_per_s / capacity_per_s, arrival_variability, service_variability)
    }

    /// The share of its processors that is busy: `λ cpu / (replicas × processors)`, at most 1; 1 without
    /// replicas.
    #[must_use]
    pub fn processor_utilisation(&self, arrival_rate_per_s: f64) -> f64 {
        let processors = f64::from(self.replicas) * self.replica.processors();
        (arrival_rate_per_s * self.replica.cpu_time_s() / processors).min(1.0)
    }

    /// The share of its workers that has a request, at most 1; 1 without replicas.
    #[must_use]
    pub fn worker_utilisation(&self, arrival_rate_per_s: f64) -> f64 {
        (arrival_rate_per_s * self.service_time_s(arrival_rate_per_s) / self.workers()).min(1.0)
    }

    /// Requests that may be in service at once: `replicas × workers`.
    #[must_use]
    pub fn workers(&self) -> f64 {
        f64::from(self.replicas) * f64::from(self.replica.workers())
    }

    /// The time with a worker, and the probability that none is free, at a rate from 0 to below the capacity.
    fn busy(&self, arrival_rate_per_s: f64) -> Busy {
        /// Where fewer requests are present than this, none meets another.
        const LOAD_MIN: f64 = 1e-200;
        let (replica, turn_s) = (&self.replica, self.replica.turn_s());
        let sharing = Sharing { processors: replica.sharing().processors * f64::from(self.replicas) };
        let (waiting, computing) = (arrival_rate_per_s * replica.wait_time_s(), arrival_rate_per_s * turn_s);
        let alone = waiting + computing;
        if alone < LOAD_MIN {
            return Busy { service_time_s: replica.unloaded_time_s(), wait_probability: 0.0 };
        }
        let workers = self.workers();
        if sharing.never_reaches(workers, waiting, computing) {
            let service_time_s = replica.wait_time_s() + turn_s * sharing.stretch(computing);
            return Busy { service_time_s, wait_probability: 0.0 };
        }
        let within = sharing.within(workers, waiting, computing);
        let full = arrival_rate_per_s / self.capacity_per_s();
        let spare = (1.0 - full).max(0.0);
        let beyond = within.all * full;
        let total = spare + beyond;
        let taken = (within.mean * spare + workers * beyond) / total;
        Busy { service_time_s: taken / arrival_rate_per_s, wait_probability: within.all / total }
    }
}

#[cfg(test)]
#[path = "pool_tests.rs"]
mod tests;
