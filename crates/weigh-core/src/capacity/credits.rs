//! Processors that earn credits while they idle, and spend them when they work above their share.

use super::refusal::{StationError, finite, require};

/// What happens when no credit is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditMode {
    /// The processors do what they earn, and no more: their baseline.
    Standard,
    /// They go on, on credits of the next day; what the next day cannot repay is charged.
    Unlimited,
}

/// How processors earn and keep credits. One credit is one processor working for one minute.
///
/// # Example: two processors with a baseline of 5 % each, at full work for five hours after a night of rest
///
/// ```
/// use weigh_core::capacity::{CreditMode, CreditPlan};
///
/// let plan = CreditPlan::new(2.0, 6.0, 144.0, 0.0, CreditMode::Unlimited)?;
/// let rested = plan.step(plan.start(), 12.0 * 60.0, 0.0).credits;
/// assert_eq!(rested.balance, 72.0);
/// let worked = plan.step(rested, 300.0, 600.0);
/// assert_eq!((worked.used, worked.credits.balance), (600.0, 0.0));
/// // Of 600 credits 72 were there, 30 came meanwhile, 144 the next day may repay; the rest is charged.
/// assert_eq!((worked.credits.surplus, worked.credits.charged), (144.0, 354.0));
/// # Ok::<(), weigh_core::capacity::StationError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CreditPlan {
    processors: f64,
    earned_per_hour: f64,
    cap: f64,
    launch_credits: f64,
    mode: CreditMode,
    background: f64,
}

/// The account of credits at a moment. All are in credits, and at least 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Credits {
    /// Earned and not yet spent, at most the cap.
    pub balance: f64,
    /// Given at the start and not yet spent. They are spent first, and do not count towards the cap.
    pub launch: f64,
    /// Spent in advance and not yet repaid, at most the cap; 0 while there is a balance.
    pub surplus: f64,
    /// Charged so far: what was spent beyond a surplus of one cap.
    pub charged: f64,
}

/// What a step of time did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spent {
    /// The account after it.
    pub credits: Credits,
    /// Work done, in processor-minutes.
    pub used: f64,
    /// Work asked for and not done, in processor-minutes.
    pub unserved: f64,
}

impl Credits {
    /// What is charged in all when the processors are given back now: a surplus is then no longer repaid.
    ///
    /// ```
    /// # use weigh_core::capacity::Credits;
    /// let credits = Credits { surplus: 144.0, charged: 10.0, ..Credits::default() };
    /// assert_eq!(credits.charged_if_ended(), 154.0);
    /// ```
    #[must_use]
    pub fn charged_if_ended(&self) -> f64 {
        self.charged + self.surplus
    }
}

impl CreditPlan {
    /// The plan of `processors` processors that earn `earned_per_hour` credits together and keep at most
    /// `cap`.
    ///
    /// * `processors`: at least a part of one; finite, above 0.
    /// * `earned_per_hour`: credits an hour, from 0 to `60 * processors`.
    /// * `cap`: the most credits that can be saved, and the most that can be spent in advance; finite, at
    ///   least 0.
    /// * `launch_credits`: credits given at the start; finite, at least 0.
    ///
    /// # Errors
    ///
    /// [`StationError`] names the first field out of its bounds.
    ///
    /// # Example
    ///
    /// ```
    /// use weigh_core::capacity::{CreditMode, CreditPlan};
    ///
    /// let error = CreditPlan::new(2.0, 130.0, 144.0, 0.0, CreditMode::Standard).unwrap_err();
    /// assert_eq!(error.to_string(), "earned_per_hour is 130, but must be at most 60 for each processor");
    /// ```
    pub fn new(
        processors: f64,
        earned_per_hour: f64,
        cap: f64,
        launch_credits: f64,
        mode: CreditMode,
    ) -> Result<CreditPlan, StationError> {
        finite("processors", processors)?;
        require(processors > 0.0, "processors", processors, "a finite number above 0")?;
        finite("earned_per_hour", earned_per_hour)?;
        let possible = earned_per_hour <= 60.0 * processors;
        require(possible, "earned_per_hour", earned_per_hour, "at most 60 for each processor")?;
        finite("cap", cap)?;
        finite("launch_credits", launch_credits)?;
        Ok(CreditPlan { processors, earned_per_hour, cap, launch_credits, mode, background: 0.0 })
    }

    /// The same for machines that something else keeps busy beside their requests: so many processors on average, over all
    /// machines together, finite and at least 0. [`CreditPlan::step`] takes the work that it is given; who follows machines
    /// over time adds this.
    ///
    /// ```
    /// use weigh_core::capacity::{CreditMode, CreditPlan};
    /// let plan = CreditPlan::new(2.0, 24.0, 576.0, 0.0, CreditMode::Unlimited)?.with_background(0.5);
    /// assert_eq!(plan.background(), 0.5);
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    #[must_use]
    pub fn with_background(self, processors: f64) -> CreditPlan {
        CreditPlan { background: processors.max(0.0), ..self }
    }

    /// Processors that something else keeps busy on average, over all machines.
    #[must_use]
    pub fn background(&self) -> f64 {
        self.background
    }

    /// The account at the start: no balance, and the launch credits.
    #[must_use]
    pub fn start(&self) -> Credits {
        Credits { launch: self.launch_credits, ..Credits::default() }
    }

    /// What happens when no credit is left.
    #[must_use]
    pub fn mode(&self) -> CreditMode {
        self.mode
    }

    /// Processors.
    #[must_use]
    pub fn processors(&self) -> f64 {
        self.processors
    }

    /// The share of each processor that can be used for ever without credits, in `[0, 1]`.
    ///
    /// ```
    /// use weigh_core::capacity::{CreditMode, CreditPlan};
    ///
    /// let plan = CreditPlan::new(2.0, 36.0, 864.0, 0.0, CreditMode::Standard)?;
    /// assert_eq!(plan.baseline_share(), 0.3);
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    #[must_use]
    pub fn baseline_share(&self) -> f64 {
        self.earned_per_hour / (60.0 * self.processors)
    }

    /// The account after `minutes` in which work for `demand` processor-minutes is spread evenly.
    ///
    /// Both are finite and at least 0; below 0 and NaN are read as 0. Demand beyond what the processors can
    /// do at full speed is unserved. The step may be of any length: while the demand is even the account
    /// moves along straight lines, so one step of a month and 5-minute steps give the same, but for rounding
    /// (about 1e-9 credits after a month of them).
    ///
    /// Formula: launch credits are spent first, while the balance grows to its cap. From then on `adj =
    /// (balance - surplus) + earned - used`. At 0 and above, `balance = min(cap, adj)` and `surplus = 0`.
    /// Below 0, in [`CreditMode::Unlimited`], `charged` grows by `max(-adj - cap, 0)` and `surplus = min(cap,
    /// -adj)`; in [`CreditMode::Standard`] nothing is left, and `-adj` is unserved. A surplus from an earlier
    /// mode is charged at once in [`CreditMode::Standard`].
    ///
    /// Source: the rules that are published for burstable processors; the tests hold the two worked examples
    /// given with them (2018 to 2026).
    ///
    /// # Example: without credits left only the baseline is done
    ///
    /// ```
    /// use weigh_core::capacity::{CreditMode, CreditPlan};
    ///
    /// let plan = CreditPlan::new(1.0, 3.0, 72.0, 30.0, CreditMode::Standard)?;
    /// let hour = plan.step(plan.start(), 60.0, 60.0);
    /// assert_eq!((hour.used, hour.unserved), (33.0, 27.0));
    /// # Ok::<(), weigh_core::capacity::StationError>(())
    /// ```
    #[must_use]
    pub fn step(&self, credits: Credits, minutes: f64, demand: f64) -> Spent {
        let (minutes, demand) = (minutes.max(0.0), demand.max(0.0));
        let asked = demand.min(self.processors * minutes);
        let earned = self.earned_per_hour / 60.0 * minutes;
        let mut credits = credits;
        if self.mode == CreditMode::Standard {
            credits.charged += credits.surplus;
            credits.surplus = 0.0;
        }
        // The part of the step for which launch credits last, and what of them it takes.
        let from_launch = asked.min(credits.launch);
        let launch_part = if asked > 0.0 { from_launch / asked } else { 0.0 };
        credits.launch -= from_launch;
        let saved = (credits.balance - credits.surplus + earned * launch_part).min(self.cap);
        let adjusted = saved + (earned * (1.0 - launch_part) - (asked - from_launch));
        credits.balance = adjusted.clamp(0.0, self.cap);
        let short = (-adjusted).max(0.0);
        let missing = match self.mode {
            CreditMode::Standard => short,
            CreditMode::Unlimited => {
                credits.surplus = short.min(self.cap);
                credits.charged += (short - self.cap).max(0.0);
                0.0
            }
        };
        let used = asked - missing;
        Spent { credits, used, unserved: demand - used }
    }
}

#[cfg(test)]
#[path = "credits_tests.rs"]
mod tests;
