//! Machines whose processors run on credits, as a simulation sees them: how fast they are in a step.

use crate::capacity::credits::{CreditMode, CreditPlan, Credits};

/// The credits of the machines of a group, as those of one that has their mean.
pub(super) struct Burst<'a> {
    plan: &'a CreditPlan,
    credits: Credits,
    /// Charged so far, in processor-minutes over all machines.
    charged: f64,
    machines: f64,
}

impl<'a> Burst<'a> {
    /// Machines with the credits that they start with.
    pub(super) fn new(plan: &'a CreditPlan) -> Burst<'a> {
        Burst { plan, credits: plan.start(), charged: 0.0, machines: 0.0 }
    }

    /// Whether the processors always run at full speed.
    pub(super) fn never_slows(&self) -> bool {
        self.plan.mode() == CreditMode::Unlimited
    }

    /// Takes so many machines, at least 1: who joins has the credits of a start, who leaves pays what is owed.
    fn settle(&mut self, machines: f64) {
        let (before, credits) = (self.machines, &mut self.credits);
        if before > 0.0 && machines > before {
            let (stay, start) = (before / machines, self.plan.start());
            credits.balance *= stay;
            credits.surplus *= stay;
            credits.launch = credits.launch * stay + start.launch * (1.0 - stay);
        } else if machines < before {
            self.charged += credits.surplus * (before - machines);
        }
        self.machines = machines;
    }

    /// Processor-seconds on each machine that something else takes in a time.
    fn beside_s(&self, time_s: f64) -> f64 {
        self.plan.background() / self.machines.max(1.0) * time_s
    }

    /// The share of their full speed that the processors of so many machines reach in a step of `step_s` seconds, in which
    /// all are asked for `wanted_s` processor-seconds and could use `most_s` at full speed.
    pub(super) fn speed(&mut self, step_s: f64, (wanted_s, most_s): (f64, f64), machines: f64) -> f64 {
        self.settle(machines);
        let (wanted_s, most_s, beside_s) = (wanted_s / machines, most_s / machines, self.beside_s(step_s));
        let minutes = step_s / 60.0;
        let wanted = ((wanted_s.min(most_s) + beside_s) / 60.0).min(self.plan.processors() * minutes);
        let used = self.plan.step(self.credits, minutes, wanted).used;
        match used >= wanted * (1.0 - 1e-9) {
            true => 1.0,
            false => ((used * 60.0 - beside_s).max(0.0) / most_s).min(1.0),
        }
    }

    /// Uses so many processor-seconds on all of so many machines in a time.
    pub(super) fn spend(&mut self, processor_s: f64, time_s: f64, machines: f64) {
        self.settle(machines);
        let each_s = processor_s / machines + self.beside_s(time_s);
        let spent = self.plan.step(self.credits, time_s / 60.0, each_s / 60.0);
        self.charged += (spent.credits.charged - self.credits.charged) * machines;
        self.credits = spent.credits;
    }

    /// Processor-hours that are charged when all ends with the simulated time: those beyond what may be owed, and
    /// what is still owed at the end.
    pub(super) fn surplus_processor_hours(&self) -> f64 {
        (self.charged + self.credits.surplus * self.machines) / 60.0
    }
}
