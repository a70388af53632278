//! The size of one fleet over time: what its policies decide, and what is starting.

use std::collections::VecDeque;

use super::unseen::{Datapoint, Unseen};
use super::{Bounds, Measured, Metric, Policy, Scaling};
use crate::capacity::{whole, whole_up};

/// What a policy compares its metric with, and periods on end on either side.
#[derive(Clone, Copy, Debug)]
struct Streak {
    metric: Metric,
    /// Above this, periods count for scaling out; from `out_periods` on it is wanted.
    high: f64,
    out_periods: u32,
    above: u32,
    /// Below this, periods count for scaling in; from `in_periods` on it is wanted.
    low: f64,
    in_periods: u32,
    below: u32,
}

impl Streak {
    fn of(policy: &Policy) -> Streak {
        let (metric, high, out_periods, low, in_periods) = match policy {
            Policy::TargetTracking { metric, target, out_periods, in_share, in_periods } => {
                (*metric, *target, *out_periods, target * in_share, *in_periods)
            }
            Policy::Step { metric, out, back } => (*metric, out.value, out.periods, back.value, back.periods),
        };
        Streak { metric, high, out_periods, above: 0, low, in_periods, below: 0 }
    }

    /// Counts a datapoint: whether it is time to scale out, and to scale in.
    fn count(&mut self, measured: &Measured) -> (bool, bool) {
        let value = measured.of(self.metric);
        self.above = if value > self.high { self.above + 1 } else { 0 };
        self.below = if value < self.low { self.below + 1 } else { 0 };
        let out = self.above >= self.out_periods;
        (out, !out && self.below >= self.in_periods)
    }
}

/// Follows one fleet through time: its bounds, its alarms, its replicas that start.
///
/// Time is handed in, step by step: [`Controller::begin`] at the start of a step, [`Controller::observe`] at its end.
///
/// ```
/// use weigh_core::capacity::{Controller, Scaling};
/// let fixed = Scaling::fixed(2);
/// let mut fleet = Controller::new(&fixed);
/// fleet.begin(0.0, u32::MAX);
/// assert_eq!((fleet.running(), fleet.desired()), (2, 2));
/// ```
#[derive(Clone, Debug)]
pub struct Controller<'a> {
    scaling: &'a Scaling,
    desired: u32,
    running: u32,
    /// Replicas that were launched, and when they serve; in the order of time.
    starting: VecDeque<(f64, u32)>,
    /// The sum of `starting`.
    launched: u32,
    /// Replicas that were launched in all.
    started: u32,
    /// Starts that are allowed at once; below 0 where the latest step took what comes in it.
    tokens: f64,
    refilled_s: f64,
    /// The length of the latest step.
    step_s: f64,
    bounds: usize,
    next_bounds_s: f64,
    last_out_s: f64,
    /// Replicas before the latest scaling out.
    before_out: u32,
    last_in_s: f64,
    streaks: Vec<Streak>,
    /// Datapoints that no alarm has seen yet, in the order of time.
    unseen: Unseen,
    period: Measured,
    period_elapsed_s: f64,
    /// What the policies wanted most, before the bounds.
    wanted: u32,
}

impl<'a> Controller<'a> {
    /// A fleet at the start: the desired number of replicas runs.
    #[must_use]
    pub fn new(scaling: &'a Scaling) -> Controller<'a> {
        let desired = scaling
            .bounds
            .first()
            .map_or(scaling.desired, |first| scaling.desired.clamp(first.least, first.most.max(first.least)));
        Controller {
            scaling,
            desired,
            running: desired,
            starting: VecDeque::new(),
            launched: 0,
            started: 0,
            tokens: scaling.start_up.burst,
            refilled_s: 0.0,
            step_s: 0.0,
            bounds: 0,
            next_bounds_s: next_bounds_s(scaling, 0),
            last_out_s: f64::NEG_INFINITY,
            before_out: desired,
            last_in_s: f64::NEG_INFINITY,
            streaks: scaling.policies.iter().map(Streak::of).collect(),
            unseen: Unseen::none(),
            period: Measured::default(),
            period_elapsed_s: 0.0,
            wanted: desired,
        }
    }

    /// Replicas that serve.
    #[must_use]
    pub fn running(&self) -> u32 {
        self.running
    }

    /// Replicas that serve or start: those that are paid for.
    #[must_use]
    pub fn present(&self) -> u32 {
        self.running + self.launched
    }

    /// Replicas that were launched since the start.
    #[must_use]
    pub fn started(&self) -> u32 {
        self.started
    }

    /// Replicas that there should be.
    #[must_use]
    pub fn desired(&self) -> u32 {
        self.desired
    }

    /// Whether the policies want more than the bounds allow.
    #[must_use]
    pub fn held_back(&self) -> bool {
        self.wanted > self.desired
    }

    /// Begins a step at `now_s`: bounds that hold from now on, replicas that are ready, launches that are due; there
    /// is room for `room` replicas in all.
    #[inline]
    pub fn begin(&mut self, now_s: f64, room: u32) {
        if self.next_bounds_s <= now_s {
            self.change_bounds(now_s);
        }
        while self.launched > 0
            && let Some((ready_s, count)) = self.starting.front()
            && *ready_s <= now_s + 1e-6
        {
            self.launched -= count;
            self.running += count;
            self.starting.pop_front();
        }
        if self.present() != self.desired {
            self.match_desired(now_s, room);
        }
    }

    #[cold]
    fn change_bounds(&mut self, now_s: f64) {
        while let Some(next) = self.scaling.bounds.get(self.bounds + 1).filter(|next| next.from_s <= now_s) {
            self.bounds += 1;
            self.desired = self.desired.clamp(next.least, next.most.max(next.least));
        }
        self.next_bounds_s = next_bounds_s(self.scaling, self.bounds);
    }

    /// So many running replicas are lost; they are launched anew at the next step.
    pub fn lose(&mut self, replicas: u32) {
        self.running = self.running.saturating_sub(replicas);
    }

    /// Launches what is missing, as far as launches and room allow; stops what is too much, the youngest first.
    fn match_desired(&mut self, now_s: f64, room: u32) {
        let present = self.present();
        if present > self.desired {
            let mut surplus = present - self.desired;
            while let Some((_, count)) = self.starting.back_mut().filter(|_| surplus > 0) {
                let stopped = surplus.min(*count);
                *count -= stopped;
                self.launched -= stopped;
                surplus -= stopped;
                if *count == 0 {
                    self.starting.pop_back();
                }
            }
            self.running -= surplus;
            return;
        }
        let start_up = self.scaling.start_up;
        self.tokens =
            (self.tokens + (now_s - self.refilled_s) * start_up.starts_per_s).min(start_up.burst.max(1.0));
        // 0 s × an infinite rate.
        if self.tokens.is_nan() {
            self.tokens = start_up.burst;
        }
        self.refilled_s = now_s;
        let wanted = self.desired.min(room.max(self.running)).saturating_sub(present);
        let at_once = wanted.min(whole(self.tokens.max(0.0)));
        self.launch(at_once, now_s);
        // What the rate allows while the step lasts, which the next step finds taken; on average half of it is over.
        let (left, rate) = (wanted - at_once, start_up.starts_per_s);
        let meanwhile = left.min(whole(self.tokens + rate * self.step_s));
        if meanwhile > 0 && rate.is_finite() {
            self.launch(meanwhile, now_s + f64::from(meanwhile) / rate / 2.0);
        }
    }

    fn launch(&mut self, count: u32, at_s: f64) {
        if count == 0 {
            return;
        }
        self.tokens -= f64::from(count);
        self.started = self.started.saturating_add(count);
        if self.scaling.start_up.time_s <= 0.0 {
            self.running += count;
        } else {
            self.launched += count;
            self.starting.push_back((at_s + self.scaling.start_up.time_s, count));
        }
    }

    /// Ends a step of `step_s` seconds at `now_s`, in which this was measured.
    #[inline]
    pub fn observe(&mut self, now_s: f64, step_s: f64, measured: Measured) {
        self.step_s = step_s;
        if self.streaks.is_empty() {
            return;
        }
        let timing = self.scaling.timing;
        if self.period_elapsed_s <= 0.0 && step_s >= timing.period_s - 1e-6 {
            let seen_s = now_s + timing.delay_s;
            self.unseen.push(Datapoint { seen_s, measured, ran: self.running });
        } else {
            self.gather(now_s, step_s, measured);
        }
        // To the nearest step: a delay shorter than half a step is none.
        let by_s = now_s + step_s * 0.499;
        while let Some(datapoint) = self.unseen.pop_seen_by(by_s) {
            self.see(now_s, &datapoint);
        }
    }

    /// Whether nothing starts or stops, and the policies want no more than the bounds allow.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.running == self.desired && self.launched == 0 && self.wanted <= self.desired
    }

    /// Whether further steps that measure the same change nothing: nothing starts or waits for its alarm, and no
    /// policy can act on it.
    #[must_use]
    pub fn is_calm(&self, measured: &Measured) -> bool {
        if !self.is_settled() {
            return false;
        }
        let same = |unseen: &Datapoint| unseen.measured == *measured && unseen.ran == self.running;
        let Some(bounds) = self.scaling.bounds.get(self.bounds) else { return false };
        if self.period_elapsed_s > 0.0 || !self.unseen.all(same) {
            return false;
        }
        // One policy that wants as many as there are is enough to keep them.
        let keeps = |(policy, streak): (&Policy, &Streak)| {
            measured.of(streak.metric) >= streak.low
                || self.inwards(policy, measured, self.running) >= self.desired
        };
        let none_out = self.streaks.iter().all(|streak| measured.of(streak.metric) <= streak.high);
        let mut policies = self.scaling.policies.iter().zip(&self.streaks);
        none_out && (self.streaks.is_empty() || self.desired <= bounds.least || policies.any(keeps))
    }

    /// When the bounds change next, in seconds; infinite when they don't.
    #[must_use]
    pub fn next_bounds_s(&self) -> f64 {
        self.next_bounds_s
    }

    /// Lets `steps` steps of `step_s` seconds pass in which all stays as it is: [`Controller::is_calm`] held.
    pub fn pass(&mut self, steps: u32, step_s: f64, measured: &Measured) {
        let time_s = f64::from(steps) * step_s;
        self.unseen.delay(time_s);
        for streak in &mut self.streaks {
            let below = measured.of(streak.metric) < streak.low;
            streak.below = if below { streak.below.saturating_add(steps) } else { 0 };
            streak.above = 0;
        }
    }

    /// Adds a step to a period that is longer; a full one is a datapoint.
    #[inline]
    fn gather(&mut self, now_s: f64, step_s: f64, measured: Measured) {
        self.period.processor += measured.processor * step_s;
        self.period.memory += measured.memory * step_s;
        self.period.requests_per_minute += measured.requests_per_minute * step_s;
        self.period_elapsed_s += step_s;
        let timing = self.scaling.timing;
        if self.period_elapsed_s < timing.period_s - 1e-6 {
            return;
        }
        let mean = |sum: f64| sum / self.period_elapsed_s;
        let measured = Measured {
            processor: mean(self.period.processor),
            memory: mean(self.period.memory),
            requests_per_minute: mean(self.period.requests_per_minute),
        };
        self.unseen.push(Datapoint { seen_s: now_s + timing.delay_s, measured, ran: self.running });
        self.period = Measured::default();
        self.period_elapsed_s = 0.0;
    }

    /// Follows what the policies want after a datapoint: out when any wants, in only when all agree.
    #[inline]
    fn see(&mut self, now_s: f64, datapoint: &Datapoint) {
        let (mut any_out, mut all_in) = (false, true);
        for streak in &mut self.streaks {
            let (out, inwards) = streak.count(&datapoint.measured);
            any_out |= out;
            all_in &= inwards;
        }
        let Some(bounds) = self.scaling.bounds.get(self.bounds).copied() else { return };
        if any_out {
            self.scale_out(now_s, datapoint, bounds);
            return;
        }
        self.wanted = self.desired.min(self.wanted);
        if all_in && self.desired > bounds.least {
            self.scale_in(now_s, datapoint, bounds);
        }
    }

    /// Grows to the most that a policy which wants to scale out asks for.
    fn scale_out(&mut self, now_s: f64, datapoint: &Datapoint, bounds: Bounds) {
        let cooling = now_s - self.last_out_s < self.scaling.out_cooldown_s - 1e-6;
        // Within the cooldown what was added counts: only a higher rung adds more.
        let base = if cooling { self.before_out } else { self.running };
        let policies = self.scaling.policies.iter().zip(&self.streaks);
        let fired = policies.filter(|(_, streak)| streak.above >= streak.out_periods);
        let wishes = fired.map(|(policy, _)| match policy {
            Policy::TargetTracking { metric, target, .. } => {
                wanted(*metric, *target, &datapoint.measured, datapoint.ran)
            }
            Policy::Step { metric, out, .. } => {
                base.saturating_add(out.change(datapoint.measured.of(*metric) - out.value))
            }
        });
        self.wanted = wishes.max().unwrap_or(self.desired);
        let next = self.wanted.min(bounds.most).max(bounds.least);
        if next > self.desired {
            self.before_out = base;
            self.desired = next;
            self.last_out_s = now_s;
        }
    }

    /// Shrinks to the most that a policy asks for, unless something was added or removed just before.
    fn scale_in(&mut self, now_s: f64, datapoint: &Datapoint, bounds: Bounds) {
        let allowed = now_s - self.last_in_s >= self.scaling.in_cooldown_s - 1e-6
            && now_s - self.last_out_s >= self.scaling.out_cooldown_s - 1e-6;
        if !allowed {
            return;
        }
        let policies = self.scaling.policies.iter();
        let wishes = policies.map(|policy| self.inwards(policy, &datapoint.measured, datapoint.ran));
        let next = wishes.max().unwrap_or(self.desired).max(bounds.least);
        if next < self.desired {
            self.desired = next;
            self.wanted = next;
            self.last_in_s = now_s;
        }
    }

    /// The replicas that a policy would shrink to after a metric of so many replicas.
    fn inwards(&self, policy: &Policy, measured: &Measured, ran: u32) -> u32 {
        match policy {
            Policy::TargetTracking { metric, target, .. } => wanted(*metric, *target, measured, ran),
            Policy::Step { metric, back, .. } => {
                self.desired.saturating_sub(back.change(back.value - measured.of(*metric)))
            }
        }
    }
}

/// The replicas that would have had the target: a metric is a mean over the replicas of its time, and times their
/// number it is the load, whatever has started since.
fn wanted(metric: Metric, target: f64, measured: &Measured, ran: u32) -> u32 {
    whole_up(f64::from(ran) * measured.of(metric) / target)
}

/// When the bounds at a place are followed by others, in seconds; infinite when they are the last.
fn next_bounds_s(scaling: &Scaling, place: usize) -> f64 {
    scaling.bounds.get(place + 1).map_or(f64::INFINITY, |next| next.from_s)
}
