//! One fleet in the middle of a simulation: its replicas, its services, its credits, and what was counted so far.

use super::backlog::Backlog;
use super::bins::{Bins, SPEEDS};
use super::burst::Burst;
use super::outcome::{FleetOutcome, Hours, ServiceOutcome};
use super::run::Moment;
use super::{Fleet, Interruption, Service};
use crate::capacity::random::Random;
use crate::capacity::scaling::{Controller, Measured};

impl Interruption {
    /// How many of so many replicas may be taken away.
    pub(super) fn exposed(&self, replicas: u32) -> f64 {
        f64::from(replicas.saturating_sub(self.base)) * self.share
    }

    /// How many of `running` replicas are taken away in a step: the first when the hazard is used up, drawn anew then.
    pub(super) fn strikes(&self, running: u32, step_s: f64, hazard: &mut f64, random: &mut Random) -> u32 {
        let exposed = self.exposed(running);
        *hazard -= exposed * self.rate_per_hour * step_s / 3_600.0;
        let mut lost = 0;
        while *hazard <= 0.0 && f64::from(lost) < exposed {
            lost += 1;
            *hazard += random.exponential();
        }
        lost
    }
}

/// A second in hours.
const HOURS_PER_SECOND: f64 = 1.0 / 3_600.0;

/// One service of a fleet.
struct ServiceState {
    service: Service,
    /// Requests a second that a replica finishes at most, at the speed below.
    rate_per_replica: f64,
    /// The processors' speed, in parts of [`SPEEDS`].
    speed: u32,
    backlog: Backlog,
    bins: Bins,
    outcome: ServiceOutcome,
    hours: Hours,
    /// Replica-seconds of capacity used and present.
    used_s: f64,
}

/// What a service did in one step.
#[derive(Clone, Copy, Default)]
struct Step {
    served_per_s: f64,
    utilisation: f64,
    capacity_per_s: f64,
    saturated: bool,
    replicas_needed: f64,
    dropped: f64,
}

impl ServiceState {
    fn step(&mut self, end_s: f64, step_s: f64, rate_per_s: f64, (running, speed): (u32, u32)) -> Step {
        self.at_speed(speed);
        let rate = rate_per_s * self.service.share;
        let capacity = self.rate_per_replica * f64::from(running);
        let flowed = self.backlog.step(rate, capacity, step_s, self.service.longest_wait_s);
        let outcome = &mut self.outcome;
        outcome.arrived += flowed.arrived;
        outcome.served += flowed.served;
        outcome.dropped += flowed.dropped;
        if !flowed.saturated {
            let utilisation = if rate > 0.0 { rate / capacity } else { 0.0 };
            if rate > 0.0 {
                self.bins.stationary(running, self.speed, rate, utilisation, flowed.served);
            }
            self.used_s += utilisation * step_s;
            outcome.peak_utilisation = outcome.peak_utilisation.max(utilisation);
            self.hours.add(flowed.served, end_s);
            let calm = Step { served_per_s: rate, utilisation, capacity_per_s: capacity, ..Step::default() };
            return calm;
        }
        outcome.delayed += flowed.arrived;
        let served_per_s = flowed.served / step_s;
        let (mut utilisation, mut used) = (f64::INFINITY, 0.0);
        if capacity > 0.0 {
            (utilisation, used) = (rate / capacity, (served_per_s / capacity).min(1.0));
            let service_s = f64::from(self.service.replica.workers()) / self.rate_per_replica;
            self.bins.delayed(flowed.backlog_wait_s, service_s, flowed.served);
        }
        outcome.peak_utilisation = outcome.peak_utilisation.max(used);
        self.used_s += used * step_s;
        self.hours.add(flowed.served, end_s);
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
    fn pass(&mut self, end_s: f64, time_s: f64, rate_per_s: f64, running: u32) {
        let rate = rate_per_s * self.service.share;
        let (arrived, capacity) = (rate * time_s, self.rate_per_replica * f64::from(running));
        self.outcome.arrived += arrived;
        self.outcome.served += arrived;
        if rate > 0.0 {
            self.bins.stationary(running, self.speed, rate, rate / capacity, arrived);
            self.used_s += rate / capacity * time_s;
        }
        self.hours.add(arrived, end_s);
    }

    /// Takes the processors' speed, which a throttled machine has less of.
    fn at_speed(&mut self, speed: u32) {
        if speed == self.speed {
            return;
        }
        self.speed = speed;
        if let Ok(replica) = self.service.replica.with_speed(f64::from(speed) / f64::from(SPEEDS)) {
            self.rate_per_replica = replica.saturation_rate_per_s();
        }
    }

    fn finish(mut self, end_s: f64, arrival_variability: f64) -> ServiceOutcome {
        self.outcome.waiting = self.backlog.waiting();
        self.outcome.latency = self.bins.latency(&self.service, arrival_variability);
        self.outcome.utilisation = if end_s > 0.0 { self.used_s / end_s } else { 0.0 };
        self.outcome.served_by_hour = self.hours.finish(end_s);
        self.outcome
    }
}

/// One fleet over time.
pub(super) struct FleetState<'a> {
    fleet: &'a Fleet,
    arrival_variability: f64,
    controller: Controller<'a>,
    services: Vec<ServiceState>,
    burst: Option<Burst<'a>>,
    hours: Hours,
    outcome: FleetOutcome,
    used_processor_s: f64,
    /// One over the processors of a replica.
    processor_s: f64,
    hazard: f64,
    saturated_from_s: Option<f64>,
    measured: Measured,
    /// The rate of the demand in the latest step, and what came of it.
    demand_per_s: f64,
    pub(super) last: Moment,
}

impl<'a> FleetState<'a> {
    pub(super) fn new(fleet: &'a Fleet, arrival_variability: f64, random: &mut Random) -> FleetState<'a> {
        let service = |service: &Service| ServiceState {
            service: *service,
            rate_per_replica: service.replica.saturation_rate_per_s(),
            speed: SPEEDS,
            backlog: Backlog::default(),
            bins: Bins::default(),
            outcome: ServiceOutcome::default(),
            hours: Hours::default(),
            used_s: 0.0,
        };
        FleetState {
            fleet,
            arrival_variability,
            controller: Controller::new(&fleet.scaling),
            services: fleet.services.iter().map(service).collect(),
            burst: fleet.credits.as_ref().map(Burst::new),
            hours: Hours::default(),
            outcome: FleetOutcome { fewest: u32::MAX, ..FleetOutcome::default() },
            used_processor_s: 0.0,
            processor_s: 1.0 / fleet.processors,
            hazard: if fleet.interruption.is_some() { random.exponential() } else { 0.0 },
            saturated_from_s: None,
            measured: Measured::default(),
            demand_per_s: 0.0,
            last: Moment::default(),
        }
    }

    /// Until when further steps at the same rate are like the last one; 0 when they may not be.
    pub(super) fn calm_until_s(&self) -> f64 {
        let full_speed = self.burst.as_ref().is_none_or(Burst::never_slows);
        let alone = full_speed && self.fleet.interruption.is_none();
        let calm = alone && self.last.utilisation < 1.0 && self.saturated_from_s.is_none();
        match calm && self.controller.is_calm(&self.measured) {
            true => self.controller.next_bounds_s(),
            false => 0.0,
        }
    }

    /// Repeats the last step so often, up to the end of the hour.
    pub(super) fn pass(&mut self, steps: u32, now_s: f64, step_s: f64) {
        let time_s = f64::from(steps) * step_s;
        let running = self.controller.running();
        for service in &mut self.services {
            service.pass(now_s + time_s, time_s, self.demand_per_s, running);
        }
        self.controller.pass(steps, step_s, &self.measured);
        if let Some(burst) = &mut self.burst {
            let machines = f64::from(running).max(1.0);
            burst.spend(self.used_processor_s * f64::from(steps) / machines, time_s, machines);
        }
        self.outcome.mean_running += f64::from(running) * time_s;
        self.outcome.mean_present += f64::from(running) * time_s;
        self.hours.add(f64::from(running) * time_s * HOURS_PER_SECOND, now_s + time_s);
    }

    pub(super) fn desired(&self) -> u32 {
        self.controller.desired()
    }

    pub(super) fn present(&self) -> u32 {
        self.controller.present()
    }

    /// Processor-seconds that a step would ask for, and the most that the replicas could use in it.
    pub(super) fn processor_s(&self, rate_per_s: f64, step_s: f64) -> (f64, f64) {
        processor_s(&self.services, self.controller.running(), rate_per_s, step_s)
    }

    /// Processor-seconds used in the latest step.
    pub(super) fn used_processor_s(&self) -> f64 {
        self.used_processor_s
    }

    /// Loses the replicas on a share of the hosts.
    pub(super) fn lose_share(&mut self, share: f64) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
        let lost = libm::ceil(f64::from(self.controller.running()) * share - 1e-9) as u32;
        self.controller.lose(lost);
        self.outcome.interrupted += lost;
    }

    /// How fast the processors are in a step: as credits allow where replicas are burstable, else as their hosts are.
    fn speed(&self, rate_per_s: f64, step_s: f64, host_speed: f64) -> f64 {
        let Some(burst) = &self.burst else { return host_speed };
        let machines = f64::from(self.controller.running()).max(1.0);
        let (wanted_s, most_s) = self.processor_s(rate_per_s, step_s);
        burst.speed(step_s, wanted_s / machines, most_s / machines)
    }

    /// Loses the replicas that are taken away in a step.
    fn interrupt(&mut self, step_s: f64, random: &mut Random) {
        let Some(interruption) = self.fleet.interruption else { return };
        let running = self.controller.running();
        let lost = interruption.strikes(running, step_s, &mut self.hazard, random);
        self.controller.lose(lost);
        self.outcome.interrupted += lost;
    }

    /// Serves one step: what fits into the room on the hosts, at their speed where there are hosts.
    pub(super) fn step(
        &mut self,
        now_s: f64,
        step_s: f64,
        rate_per_s: f64,
        (room, host_speed): (u32, f64),
        random: &mut Random,
    ) -> Moment {
        self.interrupt(step_s, random);
        self.controller.begin(now_s, room);
        let running = self.controller.running();
        let speed = self.speed(rate_per_s, step_s, host_speed);
        let end_s = now_s + step_s;
        // Rounded down, so that no more is used than there is.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of full speed")]
        let parts = ((speed * f64::from(SPEEDS) + 1e-6) as u32).clamp(1, SPEEDS);
        let mut busiest = Step::default();
        let (mut cpu_per_s, mut memory) = (0.0, 0.0);
        let (mut waiting, mut dropped, mut arriving) = (0.0, 0.0, 0.0);
        for service in &mut self.services {
            let step = service.step(end_s, step_s, rate_per_s, (running, parts));
            let replica = &service.service.replica;
            cpu_per_s += step.served_per_s * replica.cpu_time_s();
            memory += service.service.memory_share(step.served_per_s, running);
            waiting += service.backlog.waiting();
            dropped += step.dropped;
            arriving += rate_per_s * service.service.share;
            busiest.saturated |= step.saturated;
            busiest.replicas_needed = busiest.replicas_needed.max(step.replicas_needed);
            if step.utilisation >= busiest.utilisation {
                (busiest.utilisation, busiest.capacity_per_s) = (step.utilisation, step.capacity_per_s);
            }
        }
        let count = f64::from(running).max(1.0);
        let each = 1.0 / count;
        let processor = (cpu_per_s * each * self.processor_s).min(1.0);
        self.used_processor_s = cpu_per_s * step_s;
        if let Some(burst) = &mut self.burst {
            burst.spend(cpu_per_s * step_s * each, step_s, count);
            if speed < 1.0 {
                self.outcome.throttled_share += step_s;
            }
        }
        let before = self.controller.desired();
        let measured = Measured { processor, memory, requests_per_minute: arriving * 60.0 * each };
        self.controller.observe(end_s, step_s, &measured);
        self.measured = measured;
        self.count(now_s, step_s, arriving * step_s, &busiest, before);
        self.last = Moment {
            fleet: 0,
            start_s: now_s,
            step_s,
            rate_per_s: arriving,
            running,
            present: self.controller.present(),
            desired: self.controller.desired(),
            capacity_per_s: busiest.capacity_per_s,
            utilisation: busiest.utilisation,
            processor_utilisation: processor,
            waiting,
            dropped,
            hosts: 0,
        };
        self.demand_per_s = rate_per_s;
        self.last
    }

    /// Counts a step in the outcome.
    fn count(&mut self, now_s: f64, step_s: f64, arrived: f64, busiest: &Step, desired_before: u32) {
        let outcome = &mut self.outcome;
        let (running, present) = (self.controller.running(), self.controller.present());
        outcome.mean_running += f64::from(running) * step_s;
        outcome.mean_present += f64::from(present) * step_s;
        outcome.mean_interruptible +=
            self.fleet.interruption.map_or(0.0, |interruption| interruption.exposed(present)) * step_s;
        outcome.fewest = outcome.fewest.min(running);
        outcome.most = outcome.most.max(running);
        outcome.scalings += u32::from(self.controller.desired() != desired_before);
        self.hours.add(f64::from(present) * step_s * HOURS_PER_SECOND, now_s + step_s);
        if self.controller.held_back() {
            if outcome.at_limit.duration_s <= 0.0 {
                outcome.at_limit.first_s = now_s;
            }
            outcome.at_limit.duration_s += step_s;
            outcome.at_limit.requests += arrived;
        }
        let saturation = &mut outcome.saturation;
        if !busiest.saturated {
            self.saturated_from_s = None;
            return;
        }
        let from_s = *self.saturated_from_s.get_or_insert_with(|| {
            saturation.times += 1;
            now_s
        });
        saturation.duration_s += step_s;
        saturation.requests += arrived;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
        let needed = libm::floor(busiest.replicas_needed + 1e-9) as u32;
        saturation.replicas_needed = saturation.replicas_needed.max(needed.saturating_add(1));
        let length_s = now_s + step_s - from_s;
        if length_s > saturation.longest_s {
            (saturation.longest_from_s, saturation.longest_s) = (from_s, length_s);
        }
    }

    pub(super) fn finish(self, end_s: f64) -> FleetOutcome {
        let mut outcome = self.outcome;
        if end_s > 0.0 {
            outcome.mean_running /= end_s;
            outcome.mean_present /= end_s;
            outcome.mean_interruptible /= end_s;
            outcome.throttled_share /= end_s;
        }
        outcome.fewest = outcome.fewest.min(outcome.most);
        outcome.present_by_hour = self.hours.finish(end_s);
        outcome.surplus_processor_hours = self.burst.map_or(0.0, |burst| burst.surplus_processor_hours());
        let variability = self.arrival_variability;
        outcome.services =
            self.services.into_iter().map(|service| service.finish(end_s, variability)).collect();
        outcome
    }
}

/// Processor-seconds that services are asked for in a step, what waits included, and the most that so many replicas
/// could use at full speed.
fn processor_s(services: &[ServiceState], running: u32, rate_per_s: f64, step_s: f64) -> (f64, f64) {
    let each = services.iter().map(|state| {
        let replica = &state.service.replica;
        let requests = rate_per_s * state.service.share * step_s + state.backlog.waiting();
        let most = replica.saturation_rate_per_s() * f64::from(running) * step_s;
        (requests * replica.cpu_time_s(), most * replica.cpu_time_s())
    });
    each.fold((0.0, 0.0), |sum, each| (sum.0 + each.0, sum.1 + each.1))
}
