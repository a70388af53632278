//! Servers that start on demand, simulated event by event: for what no formula holds for.
//!
//! [`cold_starts`](super::cold_starts) answers for Poisson arrivals and the most recently used server first. Here
//! arrivals may come on a timer, in bursts or as they were counted, and servers may be taken by another rule,
//! grow too old, or not start fast enough. All numbers come from a seed, so that a run can be repeated bit by
//! bit.

mod arrivals;
mod counts;
mod run;
mod servers;

pub use arrivals::Arrivals;
pub use run::{OnDemandRun, Stop, WarmUp, simulate};

use super::refusal::{StationError, require};

/// Servers that start on demand: what comes, how long it takes, and which servers serve it.
///
/// A request is served at once or refused; nothing queues. It takes an idle server that is always ready; else
/// a warm one, by the rule of `dispatch`; else it starts one, is *cold*, and holds it for the start-up too.
///
/// # Example: a request every five minutes finds the server of the one before
///
/// ```
/// use weigh_core::capacity::on_demand::{Arrivals, OnDemand, ServiceTime, Stop, WarmUp, simulate};
///
/// let service = ServiceTime::Exponential { mean_s: 0.2 };
/// let timer = OnDemand::new(Arrivals::Periodic { period_s: 300.0 }, service, 360.0);
/// let run = simulate(&timer, WarmUp::Seconds(0.0), Stop::Requests(1_000), 1)?;
/// assert_eq!((run.requests, run.cold), (1_000, 1));
/// # Ok::<(), weigh_core::capacity::StationError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OnDemand {
    /// When requests come.
    pub arrivals: Arrivals,
    /// How long a request keeps its server, start-up apart.
    pub service: ServiceTime,
    /// Seconds that a server takes to start, from 0 to 1e9: what a cold request takes longer.
    pub start_up_s: f64,
    /// How long an idle server stays warm.
    pub keep_alive: KeepAlive,
    /// Which of the idle servers a request takes.
    pub dispatch: Dispatch,
    /// Seconds after its start from which on a server takes no further request, above 0. What it serves then
    /// is finished, and an idle one is given up.
    pub max_lifetime_s: Option<f64>,
    /// Servers that may be busy at once, at least 1; a request beyond them is refused. Idle ones don't count.
    pub limit: u32,
    /// How fast servers may be started; a request that would need one sooner is refused.
    pub ramp: Option<Ramp>,
    /// Servers that are warm at all times and serve first, from 0 to `limit`; they don't age.
    pub always_ready: u32,
    /// Later numbers of such servers: seconds from the start, above 0 and in order, and how many there are from then
    /// on, from 0 to `limit`. A busy one that is no longer kept finishes its request.
    pub ready_later: Vec<(f64, u32)>,
}

impl OnDemand {
    /// Servers that start at once, stay warm for `keep_alive_s` seconds and are taken most recently used
    /// first, without any limit.
    #[must_use]
    pub fn new(arrivals: Arrivals, service: ServiceTime, keep_alive_s: f64) -> OnDemand {
        OnDemand {
            arrivals,
            service,
            start_up_s: 0.0,
            keep_alive: KeepAlive::Fixed { seconds: keep_alive_s },
            dispatch: Dispatch::MostRecentlyUsed,
            max_lifetime_s: None,
            limit: u32::MAX,
            ramp: None,
            always_ready: 0,
            ready_later: Vec::new(),
        }
    }

    /// Whether every field is within its bounds.
    fn check(&self) -> Result<(), StationError> {
        /// Servers that a run may hold: more would not fit into memory.
        const SERVERS_MOST: f64 = 1e7;
        self.arrivals.check()?;
        self.service.check()?;
        require_seconds("start_up_s", self.start_up_s)?;
        self.keep_alive.check()?;
        if let Some(lifetime_s) = self.max_lifetime_s {
            require(lifetime_s > 0.0, "max_lifetime_s", lifetime_s, "a number of seconds above 0")?;
        }
        require(self.limit > 0, "limit", f64::from(self.limit), "at least 1")?;
        let ready = f64::from(self.always_ready);
        require(self.always_ready <= self.limit, "always_ready", ready, "at most the limit")?;
        let mut before_s = 0.0;
        for (from_s, count) in &self.ready_later {
            require(*from_s > before_s, "ready_later", *from_s, "a time above the one before it")?;
            require_seconds("ready_later", *from_s)?;
            require(*count <= self.limit, "ready_later", f64::from(*count), "at most the limit")?;
            before_s = *from_s;
        }
        if let Some(ramp) = self.ramp {
            require(ramp.burst >= 1.0, "burst", ramp.burst, "at least 1")?;
            require(ramp.per_s >= 0.0, "per_s", ramp.per_s, "a number of servers a second, at least 0")?;
        }
        let most = self.arrivals.peak_rate_per_s() * (self.service.mean_s() + self.start_up_s);
        let most = most.min(f64::from(self.limit));
        require(most <= SERVERS_MOST, "the load at the highest rate", most, "at most 1e7 servers")
    }

    /// Seconds after which a run that began empty has forgotten it; the rule stands at [`WarmUp::Settled`].
    pub(super) fn settling_s(&self) -> f64 {
        let keep_alives = match self.dispatch {
            Dispatch::MostRecentlyUsed | Dispatch::NewestCreated => 2.0,
            Dispatch::LeastRecentlyUsed | Dispatch::Random => 10.0,
        };
        let served_s = self.service.mean_s() + self.start_up_s;
        let lifetime_s = self.max_lifetime_s.filter(|seconds| seconds.is_finite()).unwrap_or(0.0);
        keep_alives * self.keep_alive.longest_s() + 20.0 * served_s + 3.0 * lifetime_s
    }
}

/// How long a request keeps its server, start-up apart: in seconds, from 0 to 1e9.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ServiceTime {
    /// Exponential.
    Exponential {
        /// The mean.
        mean_s: f64,
    },
    /// Always the same.
    Constant {
        /// The time.
        seconds: f64,
    },
    /// Lognormal.
    Lognormal {
        /// The mean.
        mean_s: f64,
        /// Standard deviation over mean, from 0 to 1000.
        variation: f64,
    },
}

impl ServiceTime {
    /// The mean, in seconds.
    #[must_use]
    pub fn mean_s(&self) -> f64 {
        match *self {
            ServiceTime::Exponential { mean_s } | ServiceTime::Lognormal { mean_s, .. } => mean_s,
            ServiceTime::Constant { seconds } => seconds,
        }
    }

    fn check(&self) -> Result<(), StationError> {
        if let ServiceTime::Lognormal { variation, .. } = *self {
            require((0.0..=1e3).contains(&variation), "variation", variation, "a number from 0 to 1000")?;
        }
        require_seconds("the mean service time", self.mean_s())
    }
}

/// How long an idle server stays warm after its last request.
#[derive(Clone, Debug, PartialEq)]
pub enum KeepAlive {
    /// Always as long.
    Fixed {
        /// The seconds, from 0 to 1e9.
        seconds: f64,
    },
    /// Drawn anew for each idle time of each server.
    Distribution {
        /// Seconds, and the share of servers that are given up by then; linear in between. The share of the
        /// first point is given up just then. Neither falls, and the last share is 1.
        points: Vec<[f64; 2]>,
    },
}

impl KeepAlive {
    /// What was measured in January 2021: 0.3 % are given up by 4 minutes of idleness, and all the others
    /// between 5 and 7 minutes.
    ///
    /// Source: mikhail.io, `data/coldstart_aws_interval.json`, January 2021: gone after 4, 5, 6 and 7 minutes without
    /// a request are the shares 0.003, 0.003, 0.406 and 1.
    ///
    /// ```
    /// use weigh_core::capacity::on_demand::KeepAlive;
    ///
    /// assert!((KeepAlive::measured_2021().mean_s() - 365.4).abs() < 0.1);
    /// ```
    #[must_use]
    pub fn measured_2021() -> KeepAlive {
        let points = vec![[240.0, 1.0 / 330.0], [300.0, 1.0 / 330.0], [360.0, 134.0 / 330.0], [420.0, 1.0]];
        KeepAlive::Distribution { points }
    }

    /// The mean, in seconds.
    #[must_use]
    pub fn mean_s(&self) -> f64 {
        match self {
            KeepAlive::Fixed { seconds } => *seconds,
            KeepAlive::Distribution { points } => {
                let first = points.first().map_or(0.0, |point| point[0] * point[1]);
                let parts =
                    points.windows(2).map(|ends| (ends[1][1] - ends[0][1]) * (ends[0][0] + ends[1][0]) / 2.0);
                first + parts.sum::<f64>()
            }
        }
    }

    pub(super) fn longest_s(&self) -> f64 {
        match self {
            KeepAlive::Fixed { seconds } => *seconds,
            KeepAlive::Distribution { points } => points.last().map_or(0.0, |point| point[0]),
        }
    }

    /// Keep-alives that stand for all of them, in seconds, each with its share: two in each stretch between points
    /// (Gauss and Legendre), which is exact to the third power of the seconds.
    pub(super) fn shares(&self) -> Vec<(f64, f64)> {
        /// 1 / √3.
        const OFF_MIDDLE: f64 = 0.577_350_269_189_625_8;
        let points = match self {
            KeepAlive::Fixed { seconds } => return vec![(*seconds, 1.0)],
            KeepAlive::Distribution { points } => points,
        };
        let mut shares: Vec<(f64, f64)> =
            points.first().map(|point| (point[0], point[1])).into_iter().collect();
        for ends in points.windows(2) {
            let (middle_s, half_s) = ((ends[0][0] + ends[1][0]) / 2.0, (ends[1][0] - ends[0][0]) / 2.0);
            let share = (ends[1][1] - ends[0][1]) / 2.0;
            shares.push((middle_s - half_s * OFF_MIDDLE, share));
            shares.push((middle_s + half_s * OFF_MIDDLE, share));
        }
        shares.retain(|(_, share)| *share > 0.0);
        shares
    }

    /// The seconds by which a share of servers is given up.
    fn quantile_s(points: &[[f64; 2]], share: f64) -> f64 {
        let at = points.partition_point(|point| point[1] < share).min(points.len().saturating_sub(1));
        match points.get(at.saturating_sub(1)..=at) {
            Some([from, to]) if to[1] > from[1] => {
                from[0] + (to[0] - from[0]) * (share - from[1]) / (to[1] - from[1])
            }
            Some([.., last]) => last[0],
            _ => 0.0,
        }
    }

    fn check(&self) -> Result<(), StationError> {
        match self {
            KeepAlive::Fixed { seconds } => require_seconds("keep_alive", *seconds),
            KeepAlive::Distribution { points } => {
                let mut before = [0.0, 0.0];
                for point in points {
                    require_seconds("keep_alive", point[0])?;
                    require(point[0] >= before[0], "keep_alive", point[0], "at least the seconds before it")?;
                    require(point[1] >= before[1], "keep_alive", point[1], "at least the share before it")?;
                    before = *point;
                }
                let whole = (before[1] - 1.0).abs() < 1e-12;
                require(whole, "keep_alive", before[1], "1, the share by the last point")
            }
        }
    }
}

/// Which of the idle servers a request takes.
///
/// It decides how many requests are cold: at 1 request a second of 0.2 s, kept 360 s, 8.4e-4 of them with the
/// first two rules, and 1.5e-7 with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dispatch {
    /// The one that served last. What is not needed for long is given up.
    MostRecentlyUsed,
    /// The one that was started last.
    NewestCreated,
    /// The one that is idle for longest. All are used again and again, so that few are given up.
    LeastRecentlyUsed,
    /// Any, each as likely.
    Random,
}

/// A store of tokens: starting a server takes one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ramp {
    /// Tokens in a full store, which it is at the start; at least 1.
    pub burst: f64,
    /// Tokens that come back a second, at least 0.
    pub per_s: f64,
}

fn require_seconds(field: &'static str, value: f64) -> Result<(), StationError> {
    require((0.0..=1e9).contains(&value), field, value, "a number of seconds from 0 to 1e9")
}

#[cfg(test)]
#[path = "on_demand_tests.rs"]
mod tests;
