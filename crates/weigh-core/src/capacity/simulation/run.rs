//! The simulation itself: one pass over the steps, fleet by fleet.

use super::burst::Burst;
use super::hosts::HostController;
use super::outcome::{FleetOutcome, HostOutcome, Hours, Simulation};
use super::state::FleetState;
use super::{Demand, Fleet, Hosts};
use crate::capacity::random::Random;
use crate::capacity::{whole, whole_up};

/// What one fleet does in one step, for a watcher.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// The fleet, by its place.
    pub fleet: usize,
    /// Start of the step, in seconds from the start of the simulated time.
    pub start_s: f64,
    /// Length of the step, in seconds.
    pub step_s: f64,
    /// Requests a second that came to all services of the fleet.
    pub rate_per_s: f64,
    /// Replicas that served.
    pub running: u32,
    /// Replicas that served or started.
    pub present: u32,
    /// Replicas that there should be at the end of the step.
    pub desired: u32,
    /// Requests a second that the busiest service could have finished; its share of the rate is `utilisation`.
    pub capacity_per_s: f64,
    /// The share of the capacity that was asked for at the busiest service; above 1 more came than could be served.
    pub utilisation: f64,
    /// Busy share of the processors.
    pub processor_utilisation: f64,
    /// Requests left waiting at the end of the step, over all services.
    pub waiting: f64,
    /// Requests dropped in the step, over all services.
    pub dropped: f64,
    /// Hosts that ran or started; 0 where there are none.
    pub hosts: u32,
}

/// Sees every step of a simulation; `()` sees nothing, and costs nothing.
pub trait Watch {
    /// Whether it wants to see anything.
    const SEES: bool = true;

    /// Called for each step of each fleet, in the order of time for each of them; fleets may be ahead of each other.
    fn see(&mut self, moment: &Moment);
}

impl Watch for () {
    const SEES: bool = false;

    fn see(&mut self, _moment: &Moment) {}
}

impl Watch for Vec<Moment> {
    fn see(&mut self, moment: &Moment) {
        self.push(*moment);
    }
}

/// Lets fleets serve a demand, from a state without backlog.
///
/// The same arguments give the same outcome, bit for bit; `seed` decides only when replicas are taken away, and is
/// without effect where none is. Steps are cut so that none is longer than a metric period. About 10 to 20 ns for a
/// step of a fleet with one service.
///
/// # Example: one minute of twice the load, and a fixed fleet that can't serve it
///
/// ```
/// use weigh_core::capacity::{Demand, Fleet, Replica, Scaling, Service, simulate};
///
/// let replica = Replica::new(1.0, 0.1, 0.0, 1)?; // 10 requests a second
/// let service = Service {
///     replica,
///     share: 1.0,
///     service_variability: 1.0,
///     longest_wait_s: 60.0,
///     memory_share_idle: 0.0,
///     memory_share_per_request: 0.0,
///     kinds: Vec::new(),
/// };
/// let fleet = Fleet {
///     services: vec![service],
///     processors: 1.0,
///     scaling: Scaling::fixed(1),
///     interruption: None,
///     credits: None,
///     host_share: 1.0,
/// };
/// let demand = Demand { step_s: 60.0, rates_per_s: &[5.0, 20.0, 5.0, 5.0], arrival_variability: 1.0 };
/// let simulation = simulate(&[fleet], None, &demand, 0, &mut ());
/// let service = &simulation.fleets[0].services[0];
/// // 600 requests too many in the second minute; they are served, late, in the two that follow.
/// assert_eq!((service.arrived, service.served, service.waiting), (2_100.0, 2_100.0, 0.0));
/// assert_eq!(simulation.fleets[0].saturation.replicas_needed, 3);
/// # Ok::<(), weigh_core::capacity::StationError>(())
/// ```
pub fn simulate<W: Watch>(
    fleets: &[Fleet],
    hosts: Option<&Hosts>,
    demand: &Demand<'_>,
    seed: u64,
    watch: &mut W,
) -> Simulation {
    let substeps = substeps(fleets, demand.step_s);
    let mut streams = Random::endless_streams(seed);
    let Some(hosts) = hosts else {
        // Fleets that share no hosts know nothing of each other.
        let each = fleets.iter().enumerate().zip(streams).map(|((place, fleet), random)| {
            let fleets = std::slice::from_ref(fleet);
            Run::new(fleets, place, None, demand.arrival_variability, random).through(demand, substeps, watch)
        });
        let mut all = Simulation { simulated_s: demand.length_s(), ..Simulation::default() };
        each.for_each(|one| all.fleets.extend(one.fleets));
        return all;
    };
    let Some(random) = streams.next() else { return Simulation::default() };
    Run::new(fleets, 0, Some(hosts), demand.arrival_variability, random).through(demand, substeps, watch)
}

/// Parts to cut a step into, so that none is longer than the metric period of a fleet with policies.
fn substeps(fleets: &[Fleet], step_s: f64) -> u32 {
    let scaled = fleets.iter().filter(|fleet| !fleet.scaling.policies.is_empty());
    let shortest = scaled.map(|fleet| fleet.scaling.timing.period_s).fold(step_s, f64::min);
    whole_up(step_s / shortest).max(1)
}

struct HostState<'a> {
    controller: HostController<'a>,
    hours: Hours,
    outcome: HostOutcome,
    burst: Option<Burst<'a>>,
    hosts: &'a Hosts,
    hazard: f64,
}

impl HostState<'_> {
    /// A time of `time_s` seconds, in which so many processor-seconds were used on all hosts.
    fn pass(&mut self, used_processor_s: f64, now_s: f64, time_s: f64) {
        let running = f64::from(self.controller.running());
        if let Some(burst) = &mut self.burst
            && running > 0.0
        {
            burst.spend(used_processor_s, time_s, running);
        }
        let present = self.controller.present();
        let exposed = self.hosts.interruption.map_or(0.0, |spot| spot.exposed(present));
        self.outcome.mean_present += f64::from(present) * time_s;
        self.outcome.mean_interruptible += exposed * time_s;
        self.outcome.most = self.outcome.most.max(self.controller.running());
        self.hours.add(f64::from(present) * time_s / 3_600.0, now_s + time_s);
    }
}

struct Run<'a> {
    fleets: &'a [Fleet],
    states: Vec<FleetState<'a>>,
    hosts: Option<HostState<'a>>,
    random: Random,
}

impl<'a> Run<'a> {
    /// A run of fleets, the first of which is at place `first` among all.
    fn new(
        fleets: &'a [Fleet],
        first: usize,
        hosts: Option<&'a Hosts>,
        arrival_variability: f64,
        mut random: Random,
    ) -> Run<'a> {
        let states = (first..).zip(fleets);
        let states = states.map(|fleet| FleetState::new(fleet, arrival_variability, &mut random)).collect();
        let hosts = hosts.map(|hosts| HostState {
            controller: HostController::new(hosts),
            hours: Hours::default(),
            outcome: HostOutcome::default(),
            burst: hosts.credits.as_ref().map(Burst::new),
            hosts,
            hazard: random.exponential(),
        });
        Run { fleets, states, hosts, random }
    }

    /// Goes through all steps, each cut into so many parts.
    fn through<W: Watch>(mut self, demand: &Demand<'_>, substeps: u32, watch: &mut W) -> Simulation {
        let step_s = demand.step_s / f64::from(substeps);
        let (mut rest, mut done) = (demand.rates_per_s, 0.0);
        while let Some(rate_per_s) = rest.first() {
            if substeps == 1
                && let ([alone], None) = (self.states.as_mut_slice(), &self.hosts)
            {
                let served = alone.steps_at_other_rates(rest, done, step_s, watch);
                rest = &rest[served..];
                done += served as f64;
                if served > 0 {
                    continue;
                }
            }
            let same = rest.iter().take_while(|next| next.to_bits() == rate_per_s.to_bits()).count();
            rest = &rest[same..];
            let mut left = u32::try_from(same).unwrap_or(u32::MAX).saturating_mul(substeps);
            while left > 0 {
                self.step(done * step_s, step_s, *rate_per_s, watch);
                (left, done) = (left - 1, done + 1.0);
                let alike = if left > 0 { self.alike(done * step_s, step_s).min(left) } else { 0 };
                if alike > 0 {
                    self.pass(alike, done * step_s, step_s, watch);
                    (left, done) = (left - alike, done + f64::from(alike));
                }
            }
        }
        self.finish(done * step_s, done)
    }

    fn step<W: Watch>(&mut self, now_s: f64, step_s: f64, rate_per_s: f64, watch: &mut W) {
        let speed = if self.hosts.is_some() { self.begin_hosts(now_s, step_s, rate_per_s) } else { 1.0 };
        let mut used_processor_s = 0.0;
        for index in 0..self.states.len() {
            let room = self.room(index);
            let state = &mut self.states[index];
            if let Some(hosts) = &self.hosts {
                state.last.hosts = hosts.controller.present();
            }
            state.step(now_s, step_s, rate_per_s, (room, speed), &mut self.random);
            used_processor_s += state.used_processor_s();
            watch.see(&state.last);
        }
        if let Some(hosts) = &mut self.hosts {
            hosts.pass(used_processor_s, now_s, step_s);
        }
    }

    /// How many steps from `now_s` on, at the rate of the last one, would be like it: up to the end of the hour.
    fn alike(&self, now_s: f64, step_s: f64) -> u32 {
        if let Some(hosts) = &self.hosts {
            let full_speed = hosts.burst.as_ref().is_none_or(Burst::never_slows);
            let desired = self.states.iter().map(FleetState::desired);
            if !full_speed
                || hosts.hosts.interruption.is_some()
                || !hosts.controller.is_calm(self.fleets, desired)
            {
                return 0;
            }
        }
        let hour_end_s = libm::ceil((now_s + 1e-6) / 3_600.0) * 3_600.0;
        let end_s = self.states.iter().map(FleetState::calm_until_s).fold(hour_end_s, f64::min);
        whole((end_s - now_s) / step_s + 1e-6)
    }

    /// Repeats the last step so often.
    fn pass<W: Watch>(&mut self, steps: u32, now_s: f64, step_s: f64, watch: &mut W) {
        let used_processor_s: f64 = self.states.iter().map(FleetState::used_processor_s).sum();
        if let Some(hosts) = &mut self.hosts {
            hosts.pass(used_processor_s * f64::from(steps), now_s, f64::from(steps) * step_s);
        }
        for state in &mut self.states {
            state.pass(steps, now_s, step_s);
            if let Some(hosts) = &self.hosts {
                state.last.hosts = hosts.controller.present();
            }
            for step in 0..steps {
                let start_s = now_s + f64::from(step) * step_s;
                watch.see(&Moment { start_s, ..state.last });
            }
        }
    }

    /// Brings the hosts to the start of a step: the speed of their processors.
    fn begin_hosts(&mut self, now_s: f64, step_s: f64, rate_per_s: f64) -> f64 {
        let Some(state) = &mut self.hosts else { return 1.0 };
        state.controller.begin(now_s, self.fleets, self.states.iter().map(FleetState::desired));
        if let Some(interruption) = state.hosts.interruption {
            let running = state.controller.running();
            let lost = interruption.strikes(running, step_s, &mut state.hazard, &mut self.random);
            if lost > 0 {
                state.controller.lose(lost);
                state.outcome.interrupted += lost;
                let share = f64::from(lost) / f64::from(running);
                self.states.iter_mut().for_each(|fleet| fleet.lose_share(share));
            }
        }
        let Some(burst) = &mut state.burst else { return 1.0 };
        let running = f64::from(state.controller.running()).max(1.0);
        let each = self.states.iter().map(|fleet| fleet.processor_s(rate_per_s, step_s));
        let (wanted_s, most_s) = each.fold((0.0, 0.0), |sum, each| (sum.0 + each.0, sum.1 + each.1));
        let speed = burst.speed(step_s, (wanted_s, most_s), running);
        if speed < 1.0 {
            state.outcome.throttled_share += step_s;
        }
        speed
    }

    /// Room for replicas of a fleet on the hosts.
    fn room(&self, index: usize) -> u32 {
        let Some(hosts) = &self.hosts else { return u32::MAX };
        let others = self.fleets.iter().zip(&self.states).enumerate().filter(|(other, _)| *other != index);
        let others = others.map(|(_, (fleet, state))| (fleet.host_share, state.present()));
        hosts.controller.room(others, self.fleets[index].host_share)
    }

    fn finish(self, end_s: f64, steps: f64) -> Simulation {
        let fleets: Vec<FleetOutcome> =
            self.states.into_iter().map(|state| state.finish(end_s, steps)).collect();
        let hosts = self.hosts.map(|state| {
            let mut outcome = state.outcome;
            if end_s > 0.0 {
                outcome.mean_present /= end_s;
                outcome.mean_interruptible /= end_s;
                outcome.throttled_share /= end_s;
            }
            outcome.started = state.controller.started();
            outcome.present_by_hour = state.hours.finish(end_s);
            outcome.surplus_processor_hours =
                state.burst.map_or(0.0, |burst| burst.surplus_processor_hours());
            outcome
        });
        Simulation { fleets, hosts, simulated_s: end_s }
    }
}
