//! Threshold value functions: worth that changes only where a limit is reached.

use super::{NoFunction, checked};

/// Worth in steps: each limit says what values from it on are worth; below the first limit as much as at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    limits: Vec<(f64, f64)>,
}

impl Steps {
    /// Steps at limits, each with the worth from there on, by rising limit.
    ///
    /// # Errors
    /// Fewer than two limits, limits that don't rise, a worth outside 0 to 1, or one that both rises and falls.
    ///
    /// ```
    /// use weigh_decision::Steps;
    /// let latency = Steps::new(vec![(0.0, 1.0), (0.2, 0.5), (1.0, 0.0)]).unwrap();
    /// assert_eq!([0.1, 0.2, 0.9, 3.0].map(|x| latency.value(x)), [1.0, 0.5, 0.5, 0.0]);
    /// ```
    pub fn new(limits: Vec<(f64, f64)>) -> Result<Steps, NoFunction> {
        checked(&limits, "steps")?;
        Ok(Steps { limits })
    }

    /// The limits with the worth from there on, by rising limit.
    #[must_use]
    pub fn limits(&self) -> &[(f64, f64)] {
        &self.limits
    }

    /// Whether more is worth more.
    #[must_use]
    pub fn rises(&self) -> bool {
        self.limits.first().map(|limit| limit.1) < self.limits.last().map(|limit| limit.1)
    }

    /// What `x` is worth. NaN is worth 0.
    #[must_use]
    pub fn value(&self, x: f64) -> f64 {
        if x.is_nan() {
            return 0.0;
        }
        let reached = self.limits.partition_point(|(limit, _)| *limit <= x).max(1);
        self.limits.get(reached - 1).map_or(0.0, |limit| limit.1)
    }
}
