//! The size of one fleet over time: what its policies decide, and what is starting.

use std::collections::VecDeque;

use super::{Measured, Policy, Scaling, Threshold};

/// Periods on end on either side of a policy's thresholds.
#[derive(Clone, Copy, Debug, Default)]
struct Streak {
    above: u32,
    below: u32,
}

/// What a policy wants after a datapoint.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wish {
    /// At least so many.
    Out(u32),
    /// No more than so many.
    In(u32),
    /// No change.
    Stay,
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
    tokens: f64,
    refilled_s: f64,
    bounds: usize,
    last_out_s: f64,
    /// Replicas before the latest scaling out.
    before_out: u32,
    last_in_s: f64,
    streaks: Vec<Streak>,
    /// Datapoints that no alarm has seen yet, with the time at which it will, and the replicas that ran then.
    unseen: VecDeque<(f64, Measured, u32)>,
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
            tokens: scaling.start_up.burst,
            refilled_s: 0.0,
            bounds: 0,
            last_out_s: f64::NEG_INFINITY,
            before_out: desired,
            last_in_s: f64::NEG_INFINITY,
            streaks: vec![Streak::default(); scaling.policies.len()],
            unseen: VecDeque::new(),
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
    pub fn begin(&mut self, now_s: f64, room: u32) {
        while let Some(next) = self.scaling.bounds.get(self.bounds + 1).filter(|next| next.from_s <= now_s) {
            self.bounds += 1;
            self.desired = self.desired.clamp(next.least, next.most.max(next.least));
        }
        while let Some((_, count)) =
            self.starting.front().copied().filter(|(ready, _)| *ready <= now_s + 1e-6)
        {
            self.starting.pop_front();
            self.launched -= count;
            self.running += count;
        }
        if self.present() != self.desired {
            self.match_desired(now_s, room);
        }
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
        let count = wanted.min(whole(self.tokens));
        if count == 0 {
            return;
        }
        self.tokens -= f64::from(count);
        if start_up.time_s <= 0.0 {
            self.running += count;
        } else {
            self.launched += count;
            self.starting.push_back((now_s + start_up.time_s, count));
        }
    }

    /// Ends a step of `step_s` seconds at `now_s`, in which this was measured.
    pub fn observe(&mut self, now_s: f64, step_s: f64, measured: &Measured) {
        if self.scaling.policies.is_empty() {
            return;
        }
        let timing = self.scaling.timing;
        if self.period_elapsed_s <= 0.0 && step_s >= timing.period_s - 1e-6 {
            self.unseen.push_back((now_s + timing.delay_s, *measured, self.running));
        } else {
            self.gather(now_s, step_s, measured);
        }
        // To the nearest step: a delay shorter than half a step is none.
        while let Some((_, datapoint, ran)) =
            self.unseen.front().copied().filter(|(seen_s, ..)| *seen_s <= now_s + step_s * 0.499)
        {
            self.unseen.pop_front();
            self.decide(now_s, &datapoint, ran);
        }
    }

    /// Whether further steps that measure the same change nothing: nothing starts or waits for its alarm, and no
    /// policy can act on it.
    #[must_use]
    pub fn is_calm(&self, measured: &Measured) -> bool {
        if self.present() != self.desired || self.launched > 0 || self.wanted > self.desired {
            return false;
        }
        let same = |(_, seen, ran): &(f64, Measured, u32)| seen == measured && *ran == self.running;
        let Some(bounds) = self.scaling.bounds.get(self.bounds) else { return false };
        let still = |policy: &Policy| match policy {
            Policy::TargetTracking { metric, target, in_share, .. } => {
                let value = measured.of(*metric);
                value <= *target && (value >= target * in_share || self.desired <= bounds.least)
            }
            Policy::Step { metric, out, back } => {
                let value = measured.of(*metric);
                value <= out.value && (value >= back.value || self.desired <= bounds.least)
            }
        };
        self.period_elapsed_s <= 0.0
            && self.unseen.iter().all(same)
            && self.scaling.policies.iter().all(still)
    }

    /// When the bounds change next, in seconds; infinite when they don't.
    #[must_use]
    pub fn next_bounds_s(&self) -> f64 {
        self.scaling.bounds.get(self.bounds + 1).map_or(f64::INFINITY, |next| next.from_s)
    }

    /// Lets `steps` steps of `step_s` seconds pass in which all stays as it is: [`Controller::is_calm`] held.
    pub fn pass(&mut self, steps: u32, step_s: f64, measured: &Measured) {
        let time_s = f64::from(steps) * step_s;
        for (seen_s, ..) in &mut self.unseen {
            *seen_s += time_s;
        }
        for (streak, policy) in self.streaks.iter_mut().zip(&self.scaling.policies) {
            let below = match policy {
                Policy::TargetTracking { metric, target, in_share, .. } => {
                    measured.of(*metric) < target * in_share
                }
                Policy::Step { metric, back, .. } => measured.of(*metric) < back.value,
            };
            streak.below = if below { streak.below.saturating_add(steps) } else { 0 };
            streak.above = 0;
        }
    }

    /// Adds a step to a period that is longer; a full one is a datapoint.
    fn gather(&mut self, now_s: f64, step_s: f64, measured: &Measured) {
        self.period.processor += measured.processor * step_s;
        self.period.memory += measured.memory * step_s;
        self.period.requests_per_minute += measured.requests_per_minute * step_s;
        self.period_elapsed_s += step_s;
        let timing = self.scaling.timing;
        if self.period_elapsed_s < timing.period_s - 1e-6 {
            return;
        }
        let mean = |sum: f64| sum / self.period_elapsed_s;
        let datapoint = Measured {
            processor: mean(self.period.processor),
            memory: mean(self.period.memory),
            requests_per_minute: mean(self.period.requests_per_minute),
        };
        self.unseen.push_back((now_s + timing.delay_s, datapoint, self.running));
        self.period = Measured::default();
        self.period_elapsed_s = 0.0;
    }

    /// What the policies want after a datapoint: out when any wants, in only when all agree.
    /// A metric is a mean over the replicas of its time, `ran`: times that number it is the load, whatever has started since.
    fn decide(&mut self, now_s: f64, datapoint: &Measured, ran: u32) {
        let in_allowed = now_s - self.last_in_s >= self.scaling.in_cooldown_s - 1e-6
            && now_s - self.last_out_s >= self.scaling.out_cooldown_s - 1e-6;
        let (mut out, mut inwards, mut all_in) = (None::<u32>, 0, true);
        for index in 0..self.scaling.policies.len() {
            match self.wish(index, now_s, datapoint, ran) {
                Wish::Out(count) => {
                    out = Some(out.map_or(count, |known| known.max(count)));
                    all_in = false;
                }
                Wish::In(count) => inwards = inwards.max(count),
                Wish::Stay => all_in = false,
            }
        }
        let Some(bounds) = self.scaling.bounds.get(self.bounds) else { return };
        if let Some(count) = out {
            self.wanted = count;
            let next = count.min(bounds.most).max(bounds.least);
            if next > self.desired {
                let cooling = now_s - self.last_out_s < self.scaling.out_cooldown_s - 1e-6;
                self.before_out = if cooling { self.before_out } else { self.running };
                self.desired = next;
                self.last_out_s = now_s;
            }
            return;
        }
        self.wanted = self.desired.min(self.wanted);
        let next = inwards.max(bounds.least);
        if all_in && in_allowed && next < self.desired {
            self.desired = next;
            self.wanted = next;
            self.last_in_s = now_s;
        }
    }

    /// Counts a datapoint for one policy, and says what the policy wants.
    fn wish(&mut self, index: usize, now_s: f64, datapoint: &Measured, ran: u32) -> Wish {
        let streak = &mut self.streaks[index];
        match &self.scaling.policies[index] {
            Policy::TargetTracking { metric, target, out_periods, in_share, in_periods } => {
                let value = datapoint.of(*metric);
                streak.above = if value > *target { streak.above + 1 } else { 0 };
                streak.below = if value < target * in_share { streak.below + 1 } else { 0 };
                let count = || whole(libm::ceil(f64::from(ran) * value / target - 1e-9));
                if streak.above >= *out_periods {
                    Wish::Out(count())
                } else if streak.below >= *in_periods {
                    Wish::In(count())
                } else {
                    Wish::Stay
                }
            }
            Policy::Step { metric, out, back } => {
                let value = datapoint.of(*metric);
                streak.above = if value > out.value { streak.above + 1 } else { 0 };
                streak.below = if value < back.value { streak.below + 1 } else { 0 };
                if streak.above >= out.periods {
                    // Within the cooldown what was added counts: only a higher rung adds more.
                    let cooling = now_s - self.last_out_s < self.scaling.out_cooldown_s - 1e-6;
                    let base = if cooling { self.before_out } else { self.running };
                    Wish::Out(base.saturating_add(change(out, value - out.value)))
                } else if streak.below >= back.periods {
                    Wish::In(self.desired.saturating_sub(change(back, back.value - value)))
                } else {
                    Wish::Stay
                }
            }
        }
    }
}

/// What a threshold does at a distance beyond it.
fn change(threshold: &Threshold, distance: f64) -> u32 {
    let reached = threshold.rungs.iter().rev().find(|rung| distance >= rung.from);
    reached.map_or(0, |rung| rung.change)
}

/// A number of 0 or more as a whole one, rounded down; what is too large is the largest.
fn whole(number: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
    let whole = number as u32;
    whole
}
