//! One service of a fleet in the middle of a simulation: its capacity, its backlog, and what its requests met so far.

use super::Service;
use super::backlog::Backlog;
use super::bins::{Bins, SPEEDS, gathered_wait_s};
use super::outcome::{Hours, ServiceOutcome};

/// One service of a fleet.
pub(super) struct ServiceState {
    pub(super) service: Service,
    /// Replicas that serve, and their processors' speed in parts of [`SPEEDS`].
    serving: (u32, u32),
    /// Requests a second that a replica finishes at most, at that speed, and all of them together.
    rate_per_replica: f64,
    capacity_per_s: f64,
    backlog: Backlog,
    bins: Bins,
    outcome: ServiceOutcome,
    hours: Hours,
    /// Capacity used, in seconds of all of it.
    used_s: f64,
    arrival_variability: f64,
    /// How long more came than could be served until now, and when the latest such step ended.
    saturated_s: f64,
    saturated_until_s: f64,
}

/// What a service did in one step.
#[derive(Clone, Copy, Default)]
pub(super) struct Step {
    pub(super) served_per_s: f64,
    pub(super) utilisation: f64,
    pub(super) capacity_per_s: f64,
    pub(super) saturated: bool,
    pub(super) replicas_needed: f64,
    pub(super) dropped: f64,
}

impl ServiceState {
    pub(super) fn new(service: &Service, arrival_variability: f64) -> ServiceState {
        ServiceState {
            service: service.clone(),
            serving: (0, SPEEDS),
            rate_per_replica: service.replica.saturation_rate_per_s(),
            capacity_per_s: 0.0,
            backlog: Backlog::default(),
            bins: Bins::default(),
            outcome: ServiceOutcome::default(),
            hours: Hours::default(),
            used_s: 0.0,
            arrival_variability,
            saturated_s: 0.0,
            saturated_until_s: 0.0,
        }
    }

    /// Requests waiting.
    pub(super) fn waiting(&self) -> f64 {
        self.backlog.waiting()
    }

    /// Processor-seconds that a step would ask for, what waits included, and the most that so many replicas could use in
    /// it at full speed.
    pub(super) fn processor_s(&self, running: u32, rate_per_s: f64, step_s: f64) -> (f64, f64) {
        let replica = &self.service.replica;
        let requests = rate_per_s * self.service.share * step_s + self.waiting();
        let most = replica.saturation_rate_per_s() * f64::from(running) * step_s;
        (requests * replica.cpu_time_s(), most * replica.cpu_time_s())
    }

    /// The demand below which so many replicas at full speed serve all that comes, a rounding less; 0 while some wait.
    pub(super) fn demand_most_per_s(&self, running: u32) -> f64 {
        match (self.backlog.waiting() > 0.0, self.service.share > 0.0) {
            (true, _) => 0.0,
            (false, false) => f64::INFINITY,
            (false, true) => {
                self.rate_per_replica * f64::from(running) / self.service.share * (1.0 - 4.0 * f64::EPSILON)
            }
        }
    }

    /// Serves a step at the demand `rate_per_s`, with so many replicas at a speed.
    #[inline]
    pub(super) fn step(&mut self, end_s: f64, step_s: f64, rate_per_s: f64, serving: (u32, u32)) -> Step {
        if serving != self.serving {
            self.served_by(serving);
        }
        let (rate, capacity) = (rate_per_s * self.service.share, self.capacity_per_s);
        if self.backlog.waiting() > 0.0 || rate >= capacity {
            return self.saturated(end_s, step_s, rate);
        }
        let arrived = rate * step_s;
        self.outcome.arrived += arrived;
        self.outcome.served += arrived;
        self.hours.add(arrived, end_s);
        let utilisation = rate / capacity;
        if rate > 0.0 {
            self.bins.stationary(serving, rate, utilisation, arrived);
        }
        self.used_s += utilisation * step_s;
        self.outcome.peak_utilisation = self.outcome.peak_utilisation.max(utilisation);
        Step { served_per_s: rate, utilisation, capacity_per_s: capacity, ..Step::default() }
    }

    /// The same where more comes than can be served, or a backlog stands.
    #[cold]
    fn saturated(&mut self, end_s: f64, step_s: f64, rate: f64) -> Step {
        let capacity = self.capacity_per_s;
        let flowed = self.backlog.step(rate, capacity, step_s, self.service.longest_wait_s);
        let outcome = &mut self.outcome;
        outcome.arrived += flowed.arrived;
        outcome.served += flowed.served;
        outcome.dropped += flowed.dropped;
        outcome.delayed += flowed.arrived;
        self.hours.add(flowed.served, end_s);
        let served_per_s = flowed.served / step_s;
        let (mut utilisation, mut used) = (f64::INFINITY, 0.0);
        if capacity > 0.0 {
            (utilisation, used) = (rate / capacity, (served_per_s / capacity).min(1.0));
            let service_s = f64::from(self.service.replica.workers()) / self.rate_per_replica;
            let since_s = if self.saturated_until_s < end_s - 1.5 * step_s { 0.0 } else { self.saturated_s };
            self.saturated_s = since_s + step_s;
            self.saturated_until_s = end_s;
            let variability = self.arrival_variability + self.service.service_variability;
            let gathered_s = gathered_wait_s(variability, self.saturated_s, capacity);
            self.bins.delayed((flowed.backlog_wait_s, gathered_s), service_s, flowed.served);
        }
        outcome.peak_utilisation = outcome.peak_utilisation.max(used);
        self.used_s += used * step_s;
        Step {
            served_per_s,
            utilisation,
            capacity_per_s: capacity,
            saturated: true,
            replicas_needed: rate / self.rate_per_replica,
            dropped: flowed.dropped,
        }
    }

    /// A time without backlog, at a rate that was served before.
    pub(super) fn pass(&mut self, end_s: f64, time_s: f64, rate_per_s: f64) {
        let rate = rate_per_s * self.service.share;
        let arrived = rate * time_s;
        self.outcome.arrived += arrived;
        self.outcome.served += arrived;
        if rate > 0.0 {
            let utilisation = rate / self.capacity_per_s;
            self.bins.stationary(self.serving, rate, utilisation, arrived);
            self.used_s += utilisation * time_s;
        }
        self.hours.add(arrived, end_s);
    }

    /// Takes so many replicas at a speed, of which a throttled machine has less.
    fn served_by(&mut self, (running, speed): (u32, u32)) {
        if speed != self.serving.1
            && let Ok(replica) = self.service.replica.with_speed(f64::from(speed) / f64::from(SPEEDS))
        {
            self.rate_per_replica = replica.saturation_rate_per_s();
        }
        self.capacity_per_s = self.rate_per_replica * f64::from(running);
        self.serving = (running, speed);
    }

    pub(super) fn finish(mut self, end_s: f64, arrival_variability: f64) -> ServiceOutcome {
        self.outcome.waiting = self.backlog.waiting();
        self.outcome.latency = self.bins.latency(&self.service, arrival_variability);
        self.outcome.utilisation = if end_s > 0.0 { self.used_s / end_s } else { 0.0 };
        self.outcome.served_by_hour = self.hours.finish(end_s);
        self.outcome
    }
}
