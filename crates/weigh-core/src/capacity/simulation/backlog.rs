//! The requests that a step can't serve: a backlog of fluid, served first, and dropped when it would wait too long.

/// What came out of one step of one service.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Flowed {
    /// Requests that came.
    pub(super) arrived: f64,
    /// Requests finished.
    pub(super) served: f64,
    /// Requests dropped.
    pub(super) dropped: f64,
    /// Mean time that those who came wait for the backlog before them, in seconds.
    pub(super) backlog_wait_s: f64,
}

/// Requests that wait because more came than could be served.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Backlog {
    waiting: f64,
}

impl Backlog {
    /// Requests waiting.
    pub(super) fn waiting(self) -> f64 {
        self.waiting
    }

    /// Serves a step of `step_s` seconds in which `rate_per_s` came and `capacity_per_s` could be finished: where more
    /// comes than can be served, or some wait already.
    ///
    /// `served + dropped + waiting after = arrived + waiting before`. Dropped is what would wait longer than
    /// `longest_wait_s` behind the others at the present capacity.
    pub(super) fn step(
        &mut self,
        rate_per_s: f64,
        capacity_per_s: f64,
        step_s: f64,
        longest_wait_s: f64,
    ) -> Flowed {
        let arrived = rate_per_s * step_s;
        let before = self.waiting;
        let possible = capacity_per_s * step_s;
        let demand = before + arrived;
        let served = demand.min(possible);
        let left = demand - served;
        let bound =
            if longest_wait_s.is_infinite() { f64::INFINITY } else { capacity_per_s * longest_wait_s };
        let dropped = (left - bound).max(0.0);
        self.waiting = left - dropped;
        // A remnant of rounding is no backlog.
        if self.waiting < 1e-9 * demand {
            self.waiting = 0.0;
        }
        let backlog_wait_s = match capacity_per_s > 0.0 {
            true => ((before + self.waiting) / 2.0 / capacity_per_s).min(longest_wait_s),
            false => longest_wait_s,
        };
        let served = demand - dropped - self.waiting;
        Flowed { arrived, served, dropped, backlog_wait_s }
    }
}
