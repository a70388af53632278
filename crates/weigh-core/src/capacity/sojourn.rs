//! The time a request spends in a station whose servers share one queue: its mean, its tail, its quantiles.

use super::erlang::erlang_c;
use super::variability::wait_factor;

/// The time in a station of servers that share one queue, waiting and service together (M/M/c).
///
/// Poisson arrivals, exponential service, one request per server, first come first served. The mean also
/// holds for any other service times when the servers share their capacity equally among the requests present
/// (processor sharing: the number present is then insensitive); the quantiles do not.
///
/// With `a = λS` the load, `c` the servers, `μ = 1/S` and `C` from [`erlang_c`]:
/// the waiting time exceeds `t` with probability `C e^{-(c-a)μt}`, the time in the station with
/// `e^{-μt} [1 + C (1 - e^{-(c-1-a)μt}) / (c-1-a)]`, or `e^{-μt} (1 + Cμt)` when `c-1-a = 0`.
/// Source: Gross et al., *Fundamentals of Queueing Theory*, section 3.3.
///
/// # Example: two servers, 10 requests a second of 0.1 s each
///
/// ```
/// use weigh_core::capacity::Sojourn;
///
/// let station = Sojourn::new(2, 10.0, 0.1).expect("a load of 1 is below 2 servers");
/// assert!((station.wait_probability() - 1.0 / 3.0).abs() < 1e-15);
/// assert!((station.mean_s() - 0.1333333333333333).abs() < 1e-15);
/// assert!((station.quantile_s(0.95) - 0.3816460305167829).abs() < 1e-12);
/// assert!(Sojourn::new(2, 20.0, 0.1).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sojourn {
    /// `S`, in seconds; the other fields are in units of it.
    service_time_s: f64,
    /// `C`.
    wait_probability: f64,
    /// `c - a`: how many requests the full station finishes beyond those that come, in one service time.
    spare: f64,
    /// `c - 1 - a`, kept apart from `spare` because it is rounded only once.
    spare_less_one: f64,
}

impl Sojourn {
    /// The station with `servers` servers, `arrival_rate_per_s` requests a second and `service_time_s`
    /// seconds each.
    ///
    /// An arrival rate of 0 is allowed: a rare request then waits for nobody.
    ///
    /// # Errors
    ///
    /// `None` when the queue would grow without bound (`arrival_rate_per_s * service_time_s >= servers`),
    /// when an argument is NaN, infinite or negative, or when the service time is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use weigh_core::capacity::Sojourn;
    ///
    /// assert!(Sojourn::new(4, 19.9, 0.2).is_some());
    /// assert!(Sojourn::new(4, 20.0, 0.2).is_none());
    /// assert!(Sojourn::new(4, f64::NAN, 0.2).is_none());
    /// assert!(Sojourn::new(4, 1.0, 0.0).is_none());
    /// ```
    #[must_use]
    pub fn new(servers: u32, arrival_rate_per_s: f64, service_time_s: f64) -> Option<Sojourn> {
        let load = arrival_rate_per_s * service_time_s;
        let count = f64::from(servers);
        let valid = arrival_rate_per_s >= 0.0 && service_time_s > 0.0 && service_time_s.is_finite();
        // A NaN load compares false, so it is refused as well.
        (valid && load < count).then(|| Sojourn {
            service_time_s,
            wait_probability: erlang_c(servers, load),
            spare: count - load,
            spare_less_one: count - 1.0 - load,
        })
    }

    /// The station of [`Sojourn::new`], with arrivals and service times that vary more or less than at random
    /// (G/G/c, approximately).
    ///
    /// `arrival_variability` (ca²) and `service_variability` (cs²) are variance over squared mean of the time
    /// between arrivals and of a service time, at least 0; with 1 and 1 this is [`Sojourn::new`], to the bit.
    ///
    /// Formula: a request waits with the probability `C` of M/M/c, and then exponentially long, so that the
    /// mean wait is that of [`waiting_with_variability`](super::waiting_with_variability). Service stays
    /// exponential with its mean: `cs²` tells how the queue grows, and the mean is right, but the quantiles
    /// are rough. Against simulation (Ciw 3.2.7): for `cs² = 4` the 95th percentile is 12 to 15 % too small,
    /// the 99th 17 to 33 %, and the median a third too large; for `ca² = cs² = 0.25` the 95th is 43 % too
    /// large.
    ///
    /// # Errors
    ///
    /// `None` where [`Sojourn::new`] is, and when a variability is NaN, infinite or negative.
    ///
    /// # Example: constant service halves the wait
    ///
    /// ```
    /// use weigh_core::capacity::Sojourn;
    ///
    /// let station = Sojourn::with_variability(1, 8.0, 0.1, 1.0, 0.0).expect("stable");
    /// assert!((station.mean_wait_s() - 0.2).abs() < 1e-14);
    /// assert!((station.wait_probability() - 0.8).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn with_variability(
        servers: u32,
        arrival_rate_per_s: f64,
        service_time_s: f64,
        arrival_variability: f64,
        service_variability: f64,
    ) -> Option<Sojourn> {
        let station = Sojourn::new(servers, arrival_rate_per_s, service_time_s)?;
        let utilisation = arrival_rate_per_s * service_time_s / f64::from(servers);
        station.varied(utilisation, arrival_variability, service_variability)
    }

    /// The time in a station whose requests stay `service_time_s` in service, wait with `wait_probability`,
    /// and when all servers are busy leave `spare_rate_per_s` faster than they come. All are finite; the
    /// first and the last are above 0.
    pub(super) fn of_queue(service_time_s: f64, wait_probability: f64, spare_rate_per_s: f64) -> Sojourn {
        let spare = spare_rate_per_s * service_time_s;
        Sojourn { service_time_s, wait_probability, spare, spare_less_one: spare - 1.0 }
    }

    /// The mean time in service.
    pub(super) fn service_time_s(&self) -> f64 {
        self.service_time_s
    }

    /// The same wait for requests whose own time in service is so many times the mean, above 0.
    pub(super) fn with_own_time(self, multiple: f64) -> Sojourn {
        if (multiple - 1.0).abs() < f64::EPSILON {
            return self;
        }
        let spare = self.spare * multiple;
        let service_time_s = self.service_time_s * multiple;
        Sojourn { service_time_s, spare, spare_less_one: spare - 1.0, ..self }
    }

    /// This station with its waits stretched by [`wait_factor`]; `None` when a variability is no quantity.
    pub(super) fn varied(
        self,
        utilisation: f64,
        arrival_variability: f64,
        service_variability: f64,
    ) -> Option<Sojourn> {
        let valid = |variability: f64| variability.is_finite() && variability >= 0.0;
        if !valid(arrival_variability) || !valid(service_variability) {
            return None;
        }
        let factor =
            wait_factor(utilisation, self.wait_probability, arrival_variability, service_variability);
        let spare = self.spare / factor;
        // A wait too short to be told from none.
        if spare.is_infinite() {
            return Some(Sojourn { wait_probability: 0.0, ..self });
        }
        // The factor is exactly 1 for M/M/c, whose difference was rounded only once.
        let shift = spare - self.spare;
        Some(Sojourn { spare, spare_less_one: self.spare_less_one + shift, ..self })
    }

    /// The probability that a request finds all servers busy, in `[0, 1)`: [`erlang_c`].
    ///
    /// ```
    /// # use weigh_core::capacity::Sojourn;
    /// let station = Sojourn::new(1, 8.0, 0.1).expect("stable");
    /// assert!((station.wait_probability() - 0.8).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn wait_probability(&self) -> f64 {
        self.wait_probability
    }

    /// The mean waiting time before service, in seconds: `C S / (c - a)`.
    ///
    /// ```
    /// # use weigh_core::capacity::Sojourn;
    /// let station = Sojourn::new(1, 8.0, 0.1).expect("stable");
    /// assert!((station.mean_wait_s() - 0.4).abs() < 1e-14);
    /// ```
    #[must_use]
    pub fn mean_wait_s(&self) -> f64 {
        self.wait_probability / self.spare * self.service_time_s
    }

    /// The mean time in the station, in seconds: the mean wait and one service time.
    ///
    /// ```
    /// # use weigh_core::capacity::Sojourn;
    /// let station = Sojourn::new(1, 8.0, 0.1).expect("stable");
    /// assert!((station.mean_s() - 0.5).abs() < 1e-14);
    /// ```
    #[must_use]
    pub fn mean_s(&self) -> f64 {
        self.mean_wait_s() + self.service_time_s
    }

    /// The probability of waiting longer than `t_s` seconds: `C e^{-(c-a)t/S}`; 1 for a negative `t_s`.
    ///
    /// ```
    /// # use weigh_core::capacity::Sojourn;
    /// let station = Sojourn::new(1, 8.0, 0.1).expect("stable");
    /// assert!((station.wait_tail(0.0) - 0.8).abs() < 1e-15);
    /// assert!((station.wait_tail(0.5) - 0.8 * (-1.0_f64).exp()).abs() < 1e-14);
    /// ```
    #[must_use]
    pub fn wait_tail(&self, t_s: f64) -> f64 {
        if t_s < 0.0 { 1.0 } else { self.scaled_wait_tail(t_s / self.service_time_s) }
    }

    /// The waiting time that a share `p` of the requests does not exceed, in seconds.
    ///
    /// `p` is in `[0, 1]`; below 0 it is read as 0, from 1 on the answer is infinite, and NaN gives NaN.
    ///
    /// Formula: `max(0, S ln(C / (1-p)) / (c-a))`; 0 for the requests that do not wait.
    ///
    /// ```
    /// # use weigh_core::capacity::Sojourn;
    /// let station = Sojourn::new(1, 8.0, 0.1).expect("stable");
    /// assert_eq!(station.wait_quantile_s(0.1), 0.0);
    /// assert!((station.wait_quantile_s(0.95) - 0.5 * 16.0_f64.ln()).abs() < 1e-13);
    /// ```
    #[must_use]
    pub fn wait_quantile_s(&self, p: f64) -> f64 {
        if p.is_nan() {
            return f64::NAN;
        }
        if p >= 1.0 {
            return f64::INFINITY;
        }
        let beyond = libm::log(self.wait_probability / (1.0 - p.max(0.0)));
        (beyond / self.spare).max(0.0) * self.service_time_s
    }

    /// The probability of spending longer than `t_s` seconds in the station; 1 for a negative `t_s`.
    ///
    /// Exact to about 1e-13 (relative) also where `c-1-a` is 0 or beside it, and for any `t_s`.
    ///
    /// ```
    /// # use weigh_core::capacity::Sojourn;
    /// let station = Sojourn::new(2, 10.0, 0.1).expect("stable"); // c-1-a = 0
    /// let expected = (-2.0_f64).exp() * (1.0 + 2.0 / 3.0);
    /// assert!((station.tail(0.2) - expected).abs() < 1e-14);
    /// ```
    #[must_use]
    pub fn tail(&self, t_s: f64) -> f64 {
        if t_s < 0.0 { 1.0 } else { self.scaled_tail(t_s / self.service_time_s) }
    }

    /// The time in the station that a share `p` of the requests does not exceed, in seconds.
    ///
    /// `p` is in `[0, 1]`; below 0 it is read as 0, from 1 on the answer is infinite, and NaN gives NaN.
    /// Found from [`tail`](Sojourn::tail) by Newton's method inside a bracket, to about `1e-15 / p`
    /// (relative).
    ///
    /// ```
    /// # use weigh_core::capacity::Sojourn;
    /// let station = Sojourn::new(1, 8.0, 0.1).expect("stable"); // exponential with mean 0.5 s
    /// assert!((station.quantile_s(0.95) - 0.5 * 20.0_f64.ln()).abs() < 1e-13);
    /// ```
    #[must_use]
    pub fn quantile_s(&self, p: f64) -> f64 {
        /// Newton needs about 6 steps; halving the bracket alone could need all of these.
        const STEPS_MAX: u32 = 200;
        const TOLERANCE: f64 = 4.0 * f64::EPSILON;
        if p.is_nan() {
            return f64::NAN;
        }
        if p >= 1.0 {
            return f64::INFINITY;
        }
        let p = p.max(0.0);
        let log_beyond = libm::log1p(-p);
        let (mut low, mut high) = self.scaled_bracket(1.0 - p, log_beyond);
        let mut t = low;
        for _ in 0..STEPS_MAX {
            let tail = self.scaled_tail(t);
            let excess = libm::log(tail) - log_beyond;
            if excess > 0.0 {
                low = t;
            } else {
                high = t;
            }
            // The tail falls at the rate of the requests in service: d ln P(T>t) = -(1 - P(W>t)/P(T>t)) dt.
            let newton = t + excess / (1.0 - self.scaled_wait_tail(t) / tail);
            let inside = low <= newton && newton <= high;
            let next = if inside { newton } else { low + (high - low) / 2.0 };
            let step = (next - t).abs();
            t = next;
            if step <= TOLERANCE * t {
                break;
            }
        }
        t * self.service_time_s
    }

    /// `P(W > t)`, `t` in service times.
    fn scaled_wait_tail(&self, t: f64) -> f64 {
        self.wait_probability * libm::exp(-self.spare * t)
    }

    /// `P(T > t)`, `t` in service times, as two positive terms: service alone, and what waiting adds.
    ///
    /// The second is `C` times `(e^{-t} - e^{-(c-a)t}) / (c-1-a)`, with the slower exponential taken out, so
    /// that the other factor neither overflows nor cancels: `expm1` carries it through `c-1-a = 0`.
    fn scaled_tail(&self, t: f64) -> f64 {
        let slower = self.spare.min(1.0);
        let gap = self.spare_less_one.abs();
        let overlap = if gap > 0.0 { -libm::expm1(-gap * t) / gap } else { t };
        let waited = if slower * t > f64::MAX { 0.0 } else { libm::exp(-slower * t) * overlap };
        libm::exp(-t) + self.wait_probability * waited
    }

    /// Two times, in service times, between which `P(T > t)` passes `beyond`.
    ///
    /// Below: service alone, which never takes longer than waiting and service. Above: one of the two parts
    /// must exceed its share, so `P(T > x + w) <= P(service > x) + P(W > w)`, each set to half of `beyond`.
    fn scaled_bracket(&self, beyond: f64, log_beyond: f64) -> (f64, f64) {
        let half = beyond / 2.0;
        let wait = libm::log(self.wait_probability / half) / self.spare;
        (-log_beyond, -libm::log(half) + wait.max(0.0))
    }
}

#[cfg(test)]
#[path = "sojourn_tests.rs"]
mod tests;
