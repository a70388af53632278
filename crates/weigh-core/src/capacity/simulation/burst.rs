//! Machines whose processors run on credits, as a simulation sees them: how fast they are in a step.

use crate::capacity::credits::{CreditMode, CreditPlan, Credits};

/// The credits of one machine that stands for all of a group.
pub(super) struct Burst<'a> {
    plan: &'a CreditPlan,
    credits: Credits,
    /// Charged so far, in processor-minutes over all machines.
    charged: f64,
    machines: f64,
}

impl<'a> Burst<'a> {
    /// A machine with the credits that it starts with.
    pub(super) fn new(plan: &'a CreditPlan) -> Burst<'a> {
        Burst { plan, credits: plan.start(), charged: 0.0, machines: 1.0 }
    }

    /// Whether the processors always run at full speed.
    pub(super) fn never_slows(&self) -> bool {
        self.plan.mode() == CreditMode::Unlimited
    }

    /// The share of their full speed that the processors reach in a step of `step_s` seconds, in which each machine is
    /// asked for `wanted_s` processor-seconds and could use `most_s` at full speed.
    pub(super) fn speed(&self, step_s: f64, wanted_s: f64, most_s: f64) -> f64 {
        let minutes = step_s / 60.0;
        let wanted = (wanted_s.min(most_s) / 60.0).min(self.plan.processors() * minutes);
        let used = self.plan.step(self.credits, minutes, wanted).used;
        if used >= wanted * (1.0 - 1e-9) { 1.0 } else { (used * 60.0 / most_s).min(1.0) }
    }

    /// Uses so many processor-seconds on each of `machines` machines in a step.
    pub(super) fn spend(&mut self, processor_s: f64, step_s: f64, machines: f64) {
        let spent = self.plan.step(self.credits, step_s / 60.0, processor_s / 60.0);
        self.charged += (spent.credits.charged - self.credits.charged) * machines;
        self.credits = spent.credits;
        self.machines = machines;
    }

    /// Processor-hours that are charged when all ends with the simulated time: those beyond what may be owed, and
    /// what is still owed at the end.
    pub(super) fn surplus_processor_hours(&self) -> f64 {
        (self.charged + self.credits.surplus * self.machines) / 60.0
    }
}
