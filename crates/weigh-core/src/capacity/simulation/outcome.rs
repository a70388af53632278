//! What came out of a simulation: requests, latency, replica-hours, and where a bound was reached.

use crate::capacity::latency::Latency;

/// What became of the requests of one service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceOutcome {
    /// Requests that came.
    pub arrived: f64,
    /// Requests that were served.
    pub served: f64,
    /// Requests that were dropped, as they would have waited too long.
    pub dropped: f64,
    /// Requests still waiting at the end; `served + dropped + waiting = arrived`.
    pub waiting: f64,
    /// Requests that came while a backlog stood or more came than could be served.
    pub delayed: f64,
    /// Time from arrival to completion over all requests served; nothing when there were none.
    pub latency: Option<Latency>,
    /// The share of the capacity that was used, over all the time.
    pub utilisation: f64,
    /// The highest share of the capacity that was used in one step, at most 1.
    pub peak_utilisation: f64,
    /// Requests served in each hour.
    pub served_by_hour: Vec<f64>,
}

/// Time in which more came than could be served.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Saturation {
    /// How long in all, in seconds.
    pub duration_s: f64,
    /// How often it began.
    pub times: u32,
    /// The start of the longest one, in seconds from the start of the simulated time.
    pub longest_from_s: f64,
    /// The length of the longest one, in seconds.
    pub longest_s: f64,
    /// Requests that came meanwhile.
    pub requests: f64,
    /// Replicas that would have served the highest rate meanwhile.
    pub replicas_needed: u32,
}

/// Time in which policies wanted more replicas than the bounds allow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AtLimit {
    /// How long in all, in seconds.
    pub duration_s: f64,
    /// When it first was so, in seconds from the start.
    pub first_s: f64,
    /// Requests that came meanwhile.
    pub requests: f64,
}

/// What a fleet did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FleetOutcome {
    /// What became of the requests, for each of its services.
    pub services: Vec<ServiceOutcome>,
    /// Replicas that served, on average.
    pub mean_running: f64,
    /// Replicas that served or started, on average: those that are paid for.
    pub mean_present: f64,
    /// The same for each hour.
    pub present_by_hour: Vec<f64>,
    /// Those of the present ones that may be taken away, on average.
    pub mean_interruptible: f64,
    /// The fewest replicas that served at a time.
    pub fewest: u32,
    /// The most replicas that served at a time.
    pub most: u32,
    /// How often replicas were added and removed.
    pub scalings: u32,
    /// Replicas that were launched after the start.
    pub started: u32,
    /// When more came than could be served.
    pub saturation: Saturation,
    /// When the upper bound was in the way.
    pub at_limit: AtLimit,
    /// Replicas that were taken away.
    pub interrupted: u32,
    /// Processor-hours beyond the credits earned that are charged, over all replicas.
    pub surplus_processor_hours: f64,
    /// The share of the time in which credits were used up and processors ran slower.
    pub throttled_share: f64,
}

/// What the hosts did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HostOutcome {
    /// Hosts that ran or started, on average.
    pub mean_present: f64,
    /// The same for each hour.
    pub present_by_hour: Vec<f64>,
    /// Those of the present ones that may be taken away, on average.
    pub mean_interruptible: f64,
    /// The most hosts at a time.
    pub most: u32,
    /// Hosts that were launched after the start.
    pub started: u32,
    /// Hosts that were taken away.
    pub interrupted: u32,
    /// Processor-hours beyond the credits earned that are charged, over all hosts.
    pub surplus_processor_hours: f64,
    /// The share of the time in which credits were used up and processors ran slower.
    pub throttled_share: f64,
}

/// What came out of a simulated time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Simulation {
    /// Each fleet, in the order in which they were given.
    pub fleets: Vec<FleetOutcome>,
    /// The hosts, where there are any.
    pub hosts: Option<HostOutcome>,
    /// How long was simulated, in seconds.
    pub simulated_s: f64,
}

/// Collects time-weighted values hour by hour.
#[derive(Clone, Debug)]
pub(super) struct Hours {
    by_hour: Vec<f64>,
    current: f64,
    hour_from_s: f64,
    /// The end of the hour, but for rounding.
    closes_s: f64,
}

impl Default for Hours {
    fn default() -> Hours {
        Hours {
            by_hour: Vec::new(),
            current: 0.0,
            hour_from_s: 0.0,
            closes_s: Hours::HOUR_S - Hours::ROUNDING_S,
        }
    }
}

impl Hours {
    const HOUR_S: f64 = 3_600.0;
    const ROUNDING_S: f64 = 1e-6;

    /// Adds `amount` in a step that ends at `end_s`.
    pub(super) fn add(&mut self, amount: f64, end_s: f64) {
        self.current += amount;
        if end_s >= self.closes_s {
            self.close();
        }
    }

    #[cold]
    fn close(&mut self) {
        self.by_hour.push(self.current);
        self.current = 0.0;
        self.hour_from_s += Hours::HOUR_S;
        self.closes_s = self.hour_from_s + Hours::HOUR_S - Hours::ROUNDING_S;
    }

    /// The hours; one that was begun counts too.
    pub(super) fn finish(mut self, end_s: f64) -> Vec<f64> {
        if end_s > self.hour_from_s + Hours::ROUNDING_S {
            self.close();
        }
        self.by_hour
    }
}
