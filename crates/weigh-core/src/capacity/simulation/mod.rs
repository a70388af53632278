//! Fleets that serve a changing load, step by step: what they cost in replica-hours, and how long requests take.
//!
//! Within a step the queue is taken as stationary (the pointwise stationary approximation of Green and Kolesar, 1991);
//! what a step can't serve stays as a backlog of fluid (Newell, *Applications of Queueing Theory*, 1982) for the next.

mod backlog;
mod bins;
mod burst;
mod hosts;
mod outcome;
mod run;
mod service;
mod state;

use super::credits::CreditPlan;
use super::mixture::RequestKind;
use super::replica::Replica;
use super::scaling::Scaling;
use crate::traffic::Profile;

pub use hosts::{Hosts, reservation};
pub use outcome::{AtLimit, FleetOutcome, HostOutcome, Saturation, ServiceOutcome, Simulation};
pub use run::{Moment, Watch, simulate};

/// The seed where none is asked for: interruptions and simulated requests come out of it.
pub const SEED: u64 = 1;

/// The load: the mean arrival rate in each step of the simulated time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand<'a> {
    /// Length of a step in seconds, above 0; a minute or finer.
    pub step_s: f64,
    /// Arrivals a second in each step, each at least 0.
    pub rates_per_s: &'a [f64],
    /// Variability of the arrivals: the squared coefficient of variation of the time between them; 1 for Poisson.
    pub arrival_variability: f64,
}

impl<'a> From<&'a Profile> for Demand<'a> {
    fn from(profile: &'a Profile) -> Demand<'a> {
        Demand {
            step_s: f64::from(profile.step_s),
            rates_per_s: &profile.rates_per_s,
            arrival_variability: profile.arrival_variability,
        }
    }
}

impl Demand<'_> {
    /// The time that it covers, in seconds.
    ///
    /// ```
    /// use weigh_core::capacity::Demand;
    /// let demand = Demand { step_s: 60.0, rates_per_s: &[1.0, 2.0], arrival_variability: 1.0 };
    /// assert_eq!(demand.length_s(), 120.0);
    /// ```
    #[must_use]
    pub fn length_s(&self) -> f64 {
        self.rates_per_s.len() as f64 * self.step_s
    }
}

/// What one kind of request meets in each replica of a fleet.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// How a replica serves it.
    pub replica: Replica,
    /// The share of the demand that comes here, at least 0.
    pub share: f64,
    /// Squared coefficient of variation of the service times; 1 for exponential.
    pub service_variability: f64,
    /// Requests that would wait longer than this are dropped, in seconds, at least 0; infinite where all wait.
    pub longest_wait_s: f64,
    /// The share of a replica's memory in use without a request, 0 and more.
    pub memory_share_idle: f64,
    /// The share of a replica's memory that each request in service adds, 0 and more.
    pub memory_share_per_request: f64,
    /// The kinds of request, whose percentiles are those of the mixture; empty where all are of one.
    pub kinds: Vec<RequestKind>,
}

impl Service {
    /// The share of a replica's memory that a service uses, with the requests in service that its rate implies.
    fn memory_share(&self, served_per_s: f64, running: u32) -> f64 {
        if self.memory_share_per_request <= 0.0 {
            return self.memory_share_idle;
        }
        let replica = &self.replica;
        let each = served_per_s * replica.unloaded_time_s() / f64::from(running).max(1.0);
        self.memory_share_idle + self.memory_share_per_request * each.min(f64::from(replica.workers()))
    }
}

/// Replicas that may be taken away at any time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interruption {
    /// Replicas that are never taken away.
    pub base: u32,
    /// The share of the replicas above the base that may be taken away, 0 to 1; whole replicas, rounded down.
    pub share: f64,
    /// How often each of them is, in interruptions an hour, at least 0.
    pub rate_per_hour: f64,
}

/// Replicas that are alike, and scaled together.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    /// What each replica serves, side by side.
    pub services: Vec<Service>,
    /// Processors of a replica, for all its services, above 0.
    pub processors: f64,
    /// How many replicas there are, and when.
    pub scaling: Scaling,
    /// What may be taken away; nothing where all replicas stay.
    pub interruption: Option<Interruption>,
    /// Processor credits of each replica, where the replica is a burstable machine by itself.
    pub credits: Option<CreditPlan>,
    /// The share of a host that a replica takes, above 0, of which whole ones fit; used only where there are hosts.
    pub host_share: f64,
}

#[cfg(test)]
#[path = "simulation_tests.rs"]
mod tests;
