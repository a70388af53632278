//! When a fleet grows and shrinks: bounds, policies on metrics, schedules, and how fast new replicas start.

mod controller;
mod unseen;

pub use controller::Controller;

/// What a policy looks at; a value for each metric period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// The share of the processors that is busy, 0 to 1, averaged over the replicas.
    Processor,
    /// The share of the memory that is in use, averaged over the replicas.
    Memory,
    /// Requests that came to each replica in a minute, on average.
    RequestsPerMinute,
}

/// The metrics of one period.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measured {
    /// The share of the processors that is busy, 0 to 1.
    pub processor: f64,
    /// The share of the memory that is in use, 0 and more.
    pub memory: f64,
    /// Requests that came to each replica in a minute.
    pub requests_per_minute: f64,
}

impl Measured {
    /// The value of one metric.
    #[must_use]
    pub fn of(&self, metric: Metric) -> f64 {
        match metric {
            Metric::Processor => self.processor,
            Metric::Memory => self.memory,
            Metric::RequestsPerMinute => self.requests_per_minute,
        }
    }
}

/// When metrics are seen: every period is one datapoint, which an alarm sees after a delay.
///
/// The reaction to a step in the load takes `periods × period_s + delay_s` until an alarm fires. The benchmark that
/// the maker of Application Auto Scaling published in June 2026 measured 363 s for three periods of 60 s, and 86 s
/// for three of 20 s: delays of 183 s and 26 s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricTiming {
    /// Length of a period in seconds, above 0.
    pub period_s: f64,
    /// Time from the end of a period until an alarm has acted on it, in seconds, at least 0.
    pub delay_s: f64,
}

impl MetricTiming {
    /// Datapoints of a minute, with the delay that the benchmark implies (363 s in all).
    pub const MINUTE: MetricTiming = MetricTiming { period_s: 60.0, delay_s: 183.0 };
    /// Datapoints of 20 seconds, with the delay that the benchmark implies (86 s in all).
    pub const HIGH_RESOLUTION: MetricTiming = MetricTiming { period_s: 20.0, delay_s: 26.0 };
}

/// One rung of a step policy: what is done when the metric is beyond its threshold by so much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// The rung holds from this distance beyond the threshold on, in the metric's unit; at least 0.
    pub from: f64,
    /// Replicas added (removed, for a rung of scaling in).
    pub change: u32,
}

/// A threshold that must be passed for some periods on end, and what is then done.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// The value that is compared with, in the metric's unit.
    pub value: f64,
    /// Periods on end beyond the value, at least 1.
    pub periods: u32,
    /// What is done, by distance beyond the value, the smallest distance first; the last one that is reached holds.
    pub rungs: Vec<Rung>,
}

impl Threshold {
    /// What it does at a distance beyond the value.
    fn change(&self, distance: f64) -> u32 {
        let reached = self.rungs.iter().rev().find(|rung| distance >= rung.from);
        reached.map_or(0, |rung| rung.change)
    }
}

/// A rule that changes the number of replicas.
#[derive(Clone, Debug, PartialEq)]
pub enum Policy {
    /// Keeps a metric near a target: `⌈replicas × metric / target⌉` replicas, up when the metric is above the target
    /// for some periods, down when it is below a share of the target for more.
    ///
    /// Source: Application Auto Scaling user guide, target tracking; the alarms it creates are 3 periods above the
    /// target and 15 periods below 0.9 of it, as observed (0.7 where groups of machines are scaled).
    TargetTracking {
        /// What is kept near the target.
        metric: Metric,
        /// The target in the metric's unit, above 0.
        target: f64,
        /// Periods on end above the target before replicas are added.
        out_periods: u32,
        /// The share of the target below which replicas are removed.
        in_share: f64,
        /// Periods on end below that before replicas are removed.
        in_periods: u32,
    },
    /// Adds and removes fixed numbers beyond thresholds.
    Step {
        /// What is compared.
        metric: Metric,
        /// Above this, replicas are added.
        out: Threshold,
        /// Below this, they are removed.
        back: Threshold,
    },
}

impl Policy {
    /// Target tracking with the alarms that Application Auto Scaling creates: 3 periods, and 15 below 0.9 of the target.
    ///
    /// ```
    /// use weigh_core::capacity::{Metric, Policy};
    /// let Policy::TargetTracking { out_periods, in_periods, .. } = Policy::target(Metric::Processor, 0.7) else {
    ///     unreachable!()
    /// };
    /// assert_eq!((out_periods, in_periods), (3, 15));
    /// ```
    #[must_use]
    pub fn target(metric: Metric, target: f64) -> Policy {
        Policy::TargetTracking { metric, target, out_periods: 3, in_share: 0.9, in_periods: 15 }
    }
}

/// How long a new replica takes, and how many may start at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartUp {
    /// From the decision until the replica serves, in seconds, at least 0.
    pub time_s: f64,
    /// Starts a second that the provider allows in the long run; infinite when it sets no bound.
    pub starts_per_s: f64,
    /// Starts that it allows at once after a pause.
    pub burst: f64,
}

/// Bounds that hold from a time on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Seconds from the start of the simulated time.
    pub from_s: f64,
    /// The fewest replicas.
    pub least: u32,
    /// The most replicas, at least `least`.
    pub most: u32,
}

/// How the number of replicas of a fleet follows its load.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// Replicas at the start.
    pub desired: u32,
    /// The bounds: the first from 0 s on, further ones by schedule, in the order of time.
    pub bounds: Vec<Bounds>,
    /// The policies; out when any wants, in only when all agree. None is a fleet that follows its bounds alone.
    pub policies: Vec<Policy>,
    /// After adding, no policy removes for so long, and a step policy adds no more than its step asks for beyond what there was
    /// before; in seconds.
    pub out_cooldown_s: f64,
    /// After removing, no policy removes again for so long; in seconds.
    pub in_cooldown_s: f64,
    /// When metrics are seen.
    pub timing: MetricTiming,
    /// How new replicas start.
    pub start_up: StartUp,
}

impl Scaling {
    /// A fleet whose size never changes.
    ///
    /// ```
    /// use weigh_core::capacity::Scaling;
    /// let fixed = Scaling::fixed(3);
    /// assert_eq!((fixed.desired, fixed.policies.len()), (3, 0));
    /// assert!(fixed.is_fixed());
    /// ```
    #[must_use]
    pub fn fixed(replicas: u32) -> Scaling {
        Scaling {
            desired: replicas,
            bounds: vec![Bounds { from_s: 0.0, least: replicas, most: replicas }],
            policies: Vec::new(),
            out_cooldown_s: 0.0,
            in_cooldown_s: 0.0,
            timing: MetricTiming::MINUTE,
            start_up: StartUp { time_s: 0.0, starts_per_s: f64::INFINITY, burst: f64::INFINITY },
        }
    }

    /// Whether the number of replicas can't change.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        matches!(self.bounds.as_slice(), [only] if only.least == only.most)
    }

    /// Raises every lower bound, and the number at the start, to at least so many; upper bounds rise where they must.
    ///
    /// ```
    /// use weigh_core::capacity::Scaling;
    /// let mut scaling = Scaling::fixed(2);
    /// scaling.at_least(3);
    /// assert_eq!((scaling.desired, scaling.range()), (3, (3, 3)));
    /// ```
    pub fn at_least(&mut self, replicas: u32) {
        self.desired = self.desired.max(replicas);
        for bounds in &mut self.bounds {
            bounds.least = bounds.least.max(replicas);
            bounds.most = bounds.most.max(bounds.least);
        }
    }

    /// The fewest and the most replicas that there may ever be.
    #[must_use]
    pub fn range(&self) -> (u32, u32) {
        let least = self.bounds.iter().map(|bounds| bounds.least).min();
        (least.unwrap_or(self.desired), self.most())
    }

    /// The most replicas that there may ever be.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.bounds.iter().map(|bounds| bounds.most).max().unwrap_or(self.desired)
    }
}
