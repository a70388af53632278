//! One fleet in the middle of a simulation: its replicas, its services, its credits, and what was counted so far.

use super::bins::SPEEDS;
use super::burst::Burst;
use super::outcome::{FleetOutcome, Hours};
use super::run::{Moment, Watch};
use super::service::{ServiceState, Step};
use super::{Fleet, Interruption};
use crate::capacity::random::Random;
use crate::capacity::scaling::{Controller, Measured};
use crate::capacity::{whole, whole_up};

impl Interruption {
    /// How many of so many replicas may be taken away: whole ones, of a part the rest stays.
    ///
    /// ```
    /// use weigh_core::capacity::Interruption;
    /// // One replica stays; of the others three in four may go.
    /// let rule = Interruption { base: 1, share: 0.75, rate_per_hour: 0.01 };
    /// assert_eq!([1, 2, 4, 5].map(|replicas| rule.exposed(replicas)), [0.0, 0.0, 2.0, 3.0]);
    /// ```
    #[must_use]
    pub fn exposed(&self, replicas: u32) -> f64 {
        f64::from(whole(f64::from(replicas.saturating_sub(self.base)) * self.share + 1e-9))
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

/// What all services did in one step.
#[derive(Clone, Copy, Default)]
struct Flow {
    /// The rate of the demand, and what of it comes to the fleet.
    demand_per_s: f64,
    arriving_per_s: f64,
    used_processor_s: f64,
    measured: Measured,
    waiting: f64,
    dropped: f64,
    /// Of each number that of the service for which it is highest.
    busiest: Step,
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
    /// Replicas that served, and those that served or started, summed over the steps.
    running_steps: u64,
    present_steps: u64,
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
    /// The fleet at a place among all, before the first step.
    pub(super) fn new(
        (place, fleet): (usize, &'a Fleet),
        arrival_variability: f64,
        random: &mut Random,
    ) -> FleetState<'a> {
        FleetState {
            fleet,
            arrival_variability,
            controller: Controller::new(&fleet.scaling),
            services: fleet
                .services
                .iter()
                .map(|service| ServiceState::new(service, arrival_variability))
                .collect(),
            burst: fleet.credits.as_ref().map(Burst::new),
            hours: Hours::default(),
            outcome: FleetOutcome { fewest: u32::MAX, ..FleetOutcome::default() },
            running_steps: 0,
            present_steps: 0,
            used_processor_s: 0.0,
            processor_s: 1.0 / fleet.processors,
            hazard: if fleet.interruption.is_some() { random.exponential() } else { 0.0 },
            saturated_from_s: None,
            measured: Measured::default(),
            demand_per_s: 0.0,
            last: Moment { fleet: place, ..Moment::default() },
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
            service.pass(now_s + time_s, time_s, self.demand_per_s);
        }
        self.controller.pass(steps, step_s, &self.measured);
        if let Some(burst) = &mut self.burst {
            let machines = f64::from(running).max(1.0);
            burst.spend(self.used_processor_s * f64::from(steps), time_s, machines);
        }
        self.running_steps += u64::from(running) * u64::from(steps);
        self.present_steps += u64::from(running) * u64::from(steps);
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
        let running = self.controller.running();
        let each = self.services.iter().map(|service| service.processor_s(running, rate_per_s, step_s));
        each.fold((0.0, 0.0), |sum, each| (sum.0 + each.0, sum.1 + each.1))
    }

    /// Processor-seconds used in the latest step.
    pub(super) fn used_processor_s(&self) -> f64 {
        self.used_processor_s
    }

    /// Loses the replicas on a share of the hosts.
    pub(super) fn lose_share(&mut self, share: f64) {
        let lost = whole_up(f64::from(self.controller.running()) * share);
        self.controller.lose(lost);
        self.outcome.interrupted += lost;
    }

    /// How fast the processors are in a step: as credits allow where replicas are burstable, else as their hosts are.
    fn speed(&mut self, rate_per_s: f64, step_s: f64, host_speed: f64) -> f64 {
        if self.burst.is_none() {
            return host_speed;
        }
        let machines = f64::from(self.controller.running()).max(1.0);
        let asked_s = self.processor_s(rate_per_s, step_s);
        self.burst.as_mut().map_or(host_speed, |burst| burst.speed(step_s, asked_s, machines))
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
    ) {
        self.interrupt(step_s, random);
        self.controller.begin(now_s, room);
        let running = self.controller.running();
        let speed = self.speed(rate_per_s, step_s, host_speed);
        let end_s = now_s + step_s;
        // Rounded down, so that no more is used than there is.
        let parts = whole(speed * f64::from(SPEEDS) + 1e-6).clamp(1, SPEEDS);
        let before = self.controller.desired();
        let flow = self.serve((end_s, step_s), rate_per_s, (running, parts));
        if let Some(burst) = &mut self.burst {
            let machines = f64::from(running).max(1.0);
            burst.spend(flow.used_processor_s, step_s, machines);
            if speed < 1.0 {
                self.outcome.throttled_share += step_s;
            }
        }
        self.hours.add(f64::from(self.controller.present()) * step_s * HOURS_PER_SECOND, end_s);
        self.count(now_s, step_s, flow.arriving_per_s * step_s, &flow.busiest, before);
        self.keep(now_s, step_s, &flow);
    }

    /// Serves steps of which each is at another rate than the next, until replicas come or go or requests wait; returns
    /// how many. It is [`FleetState::step`] many times over, without what is the same each time.
    pub(super) fn steps_at_other_rates<W: Watch>(
        &mut self,
        rates_per_s: &[f64],
        done: f64,
        step_s: f64,
        watch: &mut W,
    ) -> usize {
        let alone = self.burst.is_none() && self.fleet.interruption.is_none();
        let (running, until_s) = (self.controller.running(), self.controller.next_bounds_s());
        if !alone || running == 0 || !self.controller.is_settled() {
            return 0;
        }
        let present_h = f64::from(running) * step_s * HOURS_PER_SECOND;
        let each = self.services.iter().map(|service| service.demand_most_per_s(running));
        let most_per_s = each.fold(f64::INFINITY, f64::min);
        let (mut flow, mut latest_s, mut served) = (Flow::default(), 0.0, 0);
        for rates in rates_per_s.windows(2) {
            let start_s = (done + served as f64) * step_s;
            let (rate_per_s, end_s) = (rates[0], start_s + step_s);
            let alike = rate_per_s.to_bits() == rates[1].to_bits();
            if alike || start_s >= until_s || rate_per_s >= most_per_s {
                break;
            }
            (flow, latest_s) = (self.serve((end_s, step_s), rate_per_s, (running, SPEEDS)), start_s);
            self.hours.add(present_h, end_s);
            if W::SEES {
                watch.see(&self.moment(latest_s, step_s, &flow));
            }
            served += 1;
            if !self.controller.is_settled() {
                break;
            }
        }
        if served > 0 {
            // What all but the last step count is the same each time.
            let replica_steps = u64::from(running) * (served as u64 - 1);
            self.running_steps += replica_steps;
            self.present_steps += replica_steps;
            self.count(latest_s, step_s, flow.arriving_per_s * step_s, &flow.busiest, running);
            self.keep(latest_s, step_s, &flow);
        }
        served
    }

    /// Lets all services serve a step that ends at `end_s`, and the controller see what that measures.
    #[inline]
    fn serve(&mut self, (end_s, step_s): (f64, f64), rate_per_s: f64, serving: (u32, u32)) -> Flow {
        let (running, _) = serving;
        let (mut cpu_per_s, mut memory, mut arriving_per_s) = (0.0, 0.0, 0.0);
        let (mut waiting, mut dropped) = (0.0, 0.0);
        let mut busiest = Step::default();
        for service in &mut self.services {
            let step = service.step(end_s, step_s, rate_per_s, serving);
            let replica = &service.service.replica;
            cpu_per_s += step.served_per_s * replica.cpu_time_s();
            memory += service.service.memory_share(step.served_per_s, running);
            waiting += service.waiting();
            dropped += step.dropped;
            arriving_per_s += rate_per_s * service.service.share;
            busiest.saturated |= step.saturated;
            busiest.replicas_needed = busiest.replicas_needed.max(step.replicas_needed);
            if step.utilisation >= busiest.utilisation {
                busiest.capacity_per_s = step.capacity_per_s;
            }
            busiest.utilisation = busiest.utilisation.max(step.utilisation);
        }
        let each = 1.0 / f64::from(running).max(1.0);
        let processor = (cpu_per_s * each * self.processor_s).min(1.0);
        let requests_per_minute = arriving_per_s * 60.0 * each;
        let measured = Measured { processor, memory, requests_per_minute };
        self.controller.observe(end_s, step_s, measured);
        let used_processor_s = cpu_per_s * step_s;
        Flow {
            demand_per_s: rate_per_s,
            arriving_per_s,
            used_processor_s,
            measured,
            waiting,
            dropped,
            busiest,
        }
    }

    /// Keeps what the next steps go by.
    fn keep(&mut self, start_s: f64, step_s: f64, flow: &Flow) {
        self.last = self.moment(start_s, step_s, flow);
        self.measured = flow.measured;
        self.demand_per_s = flow.demand_per_s;
        self.used_processor_s = flow.used_processor_s;
    }

    fn moment(&self, start_s: f64, step_s: f64, flow: &Flow) -> Moment {
        Moment {
            start_s,
            step_s,
            rate_per_s: flow.arriving_per_s,
            running: self.controller.running(),
            present: self.controller.present(),
            desired: self.controller.desired(),
            capacity_per_s: flow.busiest.capacity_per_s,
            utilisation: flow.busiest.utilisation,
            processor_utilisation: flow.measured.processor,
            waiting: flow.waiting,
            dropped: flow.dropped,
            ..self.last
        }
    }

    /// Counts a step in the outcome.
    fn count(&mut self, now_s: f64, step_s: f64, arrived: f64, busiest: &Step, desired_before: u32) {
        let outcome = &mut self.outcome;
        let (running, present) = (self.controller.running(), self.controller.present());
        self.running_steps += u64::from(running);
        self.present_steps += u64::from(present);
        outcome.mean_interruptible +=
            self.fleet.interruption.map_or(0.0, |interruption| interruption.exposed(present)) * step_s;
        outcome.fewest = outcome.fewest.min(running);
        outcome.most = outcome.most.max(running);
        outcome.scalings += u32::from(self.controller.desired() != desired_before);
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
        let needed = whole(busiest.replicas_needed + 1e-9);
        saturation.replicas_needed = saturation.replicas_needed.max(needed.saturating_add(1));
        let length_s = now_s + step_s - from_s;
        if length_s > saturation.longest_s {
            (saturation.longest_from_s, saturation.longest_s) = (from_s, length_s);
        }
    }

    pub(super) fn finish(self, end_s: f64, steps: f64) -> FleetOutcome {
        let mut outcome = self.outcome;
        if end_s > 0.0 {
            outcome.mean_running = self.running_steps as f64 / steps;
            outcome.mean_present = self.present_steps as f64 / steps;
            outcome.mean_interruptible /= end_s;
            outcome.throttled_share /= end_s;
        }
        outcome.fewest = outcome.fewest.min(outcome.most);
        outcome.started = self.controller.started();
        outcome.present_by_hour = self.hours.finish(end_s);
        outcome.surplus_processor_hours = self.burst.map_or(0.0, |burst| burst.surplus_processor_hours());
        let variability = self.arrival_variability;
        outcome.services =
            self.services.into_iter().map(|service| service.finish(end_s, variability)).collect();
        outcome
    }
}
