//! One replica: requests that share its processors for a part of their time, and wait for others in the rest.

use super::refusal::{StationError, finite, require};
use super::sharing::Sharing;
use super::whole::whole;

/// One of several equal servers of many requests at once: its processors, its workers, and what a request
/// needs.
///
/// A worker carries one request at a time. The request computes for `cpu_time_s`, on at most one processor at
/// a time, and waits for others (a database, a further service) for `wait_time_s`. Requests that compute
/// share the processors equally; requests that wait do not hinder each other. A replica with less than one
/// processor is one processor of that speed.
///
/// # Example: half a processor, 20 ms of computing and 80 ms of waiting, 8 requests at once
///
/// ```
/// use weigh_core::capacity::Replica;
///
/// let replica = Replica::new(0.5, 0.02, 0.08, 8)?;
/// assert!((replica.unloaded_time_s() - 0.12).abs() < 1e-15); // the half processor takes 40 ms
/// assert!((replica.saturation_rate_per_s() - 24.98).abs() < 0.01); // the processor allows 25 a second
/// # Ok::<(), weigh_core::capacity::StationError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Replica {
    processors: f64,
    cpu_time_s: f64,
    wait_time_s: f64,
    workers: u32,
    saturation_rate_per_s: f64,
}

impl Replica {
    /// A replica with `processors` processors and `workers` workers, for requests of `cpu_time_s` and
    /// `wait_time_s`.
    ///
    /// * `processors`: finite, above 0; 0.25 is a quarter of one.
    /// * `cpu_time_s`: mean time on a whole processor, in seconds, at least 0.
    /// * `wait_time_s`: mean time waiting for others, in seconds, at least 0.
    /// * `workers`: requests at once, at least 1.
    ///
    /// # Errors
    ///
    /// [`StationError`] names the first field out of its bounds, both times 0, or times so short that the
    /// rate they allow is beyond `f64`.
    ///
    /// # Example
    ///
    /// ```
    /// use weigh_core::capacity::Replica;
    ///
    /// let error = Replica::new(0.0, 0.02, 0.08, 8).unwrap_err();
    /// assert_eq!(error.to_string(), "processors is 0, but must be a finite number above 0");
    /// let error = Replica::new(1.0, 0.0, 0.0, 8).unwrap_err();
    /// assert_eq!(error.to_string(), "cpu_time_s + wait_time_s is 0, but must be a finite number above 0");
    /// ```
    pub fn new(
        processors: f64,
        cpu_time_s: f64,
        wait_time_s: f64,
        workers: u32,
    ) -> Result<Replica, StationError> {
        const ABOVE_0: &str = "a finite number above 0";
        require(processors.is_finite() && processors > 0.0, "processors", processors, ABOVE_0)?;
        finite("cpu_time_s", cpu_time_s)?;
        finite("wait_time_s", wait_time_s)?;
        let time_s = cpu_time_s + wait_time_s;
        require(time_s.is_finite() && time_s > 0.0, "cpu_time_s + wait_time_s", time_s, ABOVE_0)?;
        require(workers > 0, "workers", f64::from(workers), "at least 1")?;
        let unsaturated =
            Replica { processors, cpu_time_s, wait_time_s, workers, saturation_rate_per_s: 0.0 };
        let saturation_rate_per_s = unsaturated.round_rate_per_s();
        let usable = saturation_rate_per_s.is_finite() && saturation_rate_per_s > 0.0;
        require(usable, "the saturation rate", saturation_rate_per_s, ABOVE_0)?;
        Ok(Replica { saturation_rate_per_s, ..unsaturated })
    }

    /// This replica with all processors at `factor` of their speed: 0.5 is half as fast. It is the replica
    /// whose requests compute `1 / factor` times as long.
    ///
    /// # Errors
    ///
    /// [`StationError`] when `factor` is not a finite number above 0, or the times leave what `f64` holds.
    ///
    /// ```
    /// # use weigh_core::capacity::Replica;
    /// let throttled = Replica::new(2.0, 0.02, 0.08, 8)?.with_speed(0.2)?;
    /// assert!((throttled.cpu_time_s() - 0.1).abs() < 1e-15);
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    pub fn with_speed(&self, factor: f64) -> Result<Replica, StationError> {
        require(factor.is_finite() && factor > 0.0, "factor", factor, "a finite number above 0")?;
        Replica::new(self.processors, self.cpu_time_s / factor, self.wait_time_s, self.workers)
    }

    /// Its processors; below 1 a part of one.
    #[must_use]
    pub fn processors(&self) -> f64 {
        self.processors
    }

    /// Mean time of a request on a whole processor, in seconds.
    #[must_use]
    pub fn cpu_time_s(&self) -> f64 {
        self.cpu_time_s
    }

    /// Mean time of a request waiting for others, in seconds.
    #[must_use]
    pub fn wait_time_s(&self) -> f64 {
        self.wait_time_s
    }

    /// Requests it carries at once.
    #[must_use]
    pub fn workers(&self) -> u32 {
        self.workers
    }

    /// The mean time of a request that is alone, in seconds: `wait + cpu / min(processors, 1)`.
    ///
    /// ```
    /// # use weigh_core::capacity::Replica;
    /// assert_eq!(Replica::new(4.0, 0.5, 0.25, 8)?.unloaded_time_s(), 0.75);
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    #[must_use]
    pub fn unloaded_time_s(&self) -> f64 {
        self.wait_time_s + self.turn_s()
    }

    /// The most requests it finishes a second: what it does when each worker always has one.
    ///
    /// The workers then go round between the processors, which they share, and their waits, which overlap.
    /// The mean is exact for any distribution of the two times.
    ///
    /// Formula: with `s = cpu / min(processors, 1)` and `P = max(processors, 1)`, `j` of `k` workers compute
    /// with a probability in proportion to `(wait/s)^(k-j) / (k-j)! / Π_{i<=j} min(i, P)`, and the rate is
    /// the mean of `min(j, P) / s`. With one processor that is `(1 - ErlangB(k, wait/s)) / s`. Without
    /// computing it is `k / wait`.
    /// Source: the machine repair model (Palm 1947); insensitivity by Baskett, Chandy, Muntz and Palacios
    /// (1975).
    ///
    /// # Example: waiting leaves the processor free for others, to a point
    ///
    /// ```
    /// use weigh_core::capacity::Replica;
    ///
    /// let replica = |workers| Replica::new(1.0, 0.02, 0.08, workers);
    /// let rate = |workers| replica(workers).map(|replica| replica.saturation_rate_per_s());
    /// assert!((rate(1)? - 10.0).abs() < 1e-12);
    /// assert!((rate(4)? - 34.466).abs() < 1e-3);
    /// assert!((rate(40)? - 50.0).abs() < 1e-9);
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    #[must_use]
    pub fn saturation_rate_per_s(&self) -> f64 {
        self.saturation_rate_per_s
    }

    /// What computing takes a request that is alone, in seconds: `s = cpu / min(processors, 1)`.
    pub(super) fn turn_s(&self) -> f64 {
        self.cpu_time_s / self.processors.min(1.0)
    }

    /// Processors that requests share: `P`, each of which computes a request alone in [`Replica::turn_s`].
    pub(super) fn sharing(&self) -> Sharing {
        Sharing { processors: self.processors.max(1.0) }
    }

    /// The rate of [`Replica::saturation_rate_per_s`].
    fn round_rate_per_s(&self) -> f64 {
        let (workers, turn_s) = (f64::from(self.workers), self.turn_s());
        let wait = self.wait_time_s / turn_s;
        // Infinite also where computing takes too small a part of the time to be told from none.
        if wait.is_infinite() {
            return workers / self.wait_time_s;
        }
        let busy = if wait > 0.0 {
            self.sharing().busy_in_a_round(workers, wait)
        } else {
            self.sharing().speed(workers)
        };
        busy / turn_s
    }
}

/// The requests at once that memory has room for: `⌊(memory - base) / each⌋`.
///
/// * `memory_mib`: what there is, in MiB; `base_memory_mib`: what is in use without a request.
/// * `memory_per_request_mib`: what each request adds; at 0 memory has no say, and the answer is `u32::MAX`.
///
/// A request that fits but for rounding (one part in 10¹²) is counted. The answer is 0 when the base does not
/// leave room, and when an argument is NaN or negative.
///
/// # Example
///
/// ```
/// use weigh_core::capacity::workers_that_fit;
///
/// assert_eq!(workers_that_fit(2048.0, 512.0, 100.0), 15);
/// assert_eq!(workers_that_fit(512.0, 600.0, 100.0), 0);
/// assert_eq!(workers_that_fit(512.0, 100.0, 0.0), u32::MAX);
/// ```
#[must_use]
pub fn workers_that_fit(memory_mib: f64, base_memory_mib: f64, memory_per_request_mib: f64) -> u32 {
    const ROUNDING: f64 = 1e-12;
    let sizes = [memory_mib, base_memory_mib, memory_per_request_mib];
    if !sizes.iter().all(|size| *size >= 0.0) {
        return 0;
    }
    let room_mib = memory_mib - base_memory_mib;
    // Also when both sizes are infinite.
    if room_mib.is_nan() || room_mib < 0.0 {
        return 0;
    }
    if memory_per_request_mib <= 0.0 {
        return u32::MAX;
    }
    let fitting = libm::floor(room_mib / memory_per_request_mib * (1.0 + ROUNDING));
    whole(fitting)
}

#[cfg(test)]
#[path = "replica_tests.rs"]
mod tests;
