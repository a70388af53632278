//! Value functions read backwards: the value at which a worth is left behind.

use super::ValueFunction;
use crate::matrix::Direction;
use crate::rounding::SAME;

impl ValueFunction {
    /// The least and the most that a value can be worth.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        match self {
            ValueFunction::Scale(_) => (0.0, 1.0),
            ValueFunction::Piecewise(points) => least_and_most(points.points()),
            ValueFunction::Steps(steps) => least_and_most(steps.limits()),
        }
    }

    /// The value beyond which a worth is undercut as values get worse: the end of a plateau, not its beginning, and of
    /// steps the limit. Nothing where no value is worth less.
    ///
    /// ```
    /// use weigh_decision::{Shape, Steps, ValueFunction, ValueScale};
    /// let cost = ValueFunction::Scale(ValueScale::new(0.0, 200.0, Shape::Linear).unwrap());
    /// assert_eq!(cost.undercut_beyond(0.75), Some(50.0));
    /// assert_eq!(cost.undercut_beyond(0.0), None);
    /// let latency = ValueFunction::Steps(Steps::new(vec![(0.0, 1.0), (0.2, 0.5), (1.0, 0.0)]).unwrap());
    /// assert_eq!(latency.undercut_beyond(0.7), Some(0.2));
    /// ```
    #[must_use]
    pub fn undercut_beyond(&self, worth: f64) -> Option<f64> {
        match self {
            ValueFunction::Scale(scale) => (worth > 0.0).then(|| scale.at(worth.min(1.0))),
            ValueFunction::Piecewise(points) => {
                let rising = self.rising(points.points());
                let last = rising.iter().rposition(|(_, known)| *known < worth)?;
                Some(crossing(&rising, last, worth))
            }
            ValueFunction::Steps(steps) => {
                let limits = steps.limits();
                if self.direction() == Direction::Benefit {
                    // Below the limit that follows the last one that is worth less.
                    let last = limits.iter().rposition(|(_, known)| *known < worth - SAME)?;
                    Some(limits.get(last + 1).unwrap_or(&limits[last]).0)
                } else {
                    limits.iter().find(|(_, known)| *known < worth - SAME).map(|limit| limit.0)
                }
            }
        }
    }

    /// The value beyond which a worth is exceeded as values get better. Nothing where no value is worth more.
    ///
    /// ```
    /// use weigh_decision::{Shape, ValueFunction, ValueScale};
    /// let cost = ValueFunction::Scale(ValueScale::new(0.0, 200.0, Shape::Linear).unwrap());
    /// assert_eq!(cost.exceeded_beyond(0.75), Some(50.0));
    /// assert_eq!(cost.exceeded_beyond(1.0), None);
    /// ```
    #[must_use]
    pub fn exceeded_beyond(&self, worth: f64) -> Option<f64> {
        match self {
            ValueFunction::Scale(scale) => (worth < 1.0).then(|| scale.at(worth.max(0.0))),
            ValueFunction::Piecewise(points) => {
                let rising = self.rising(points.points());
                match rising.iter().position(|(_, known)| *known > worth)? {
                    0 => rising.first().map(|end| end.0),
                    first => Some(crossing(&rising, first - 1, worth)),
                }
            }
            ValueFunction::Steps(steps) => {
                let limits = steps.limits();
                if self.direction() == Direction::Benefit {
                    limits.iter().find(|(_, known)| *known > worth + SAME).map(|limit| limit.0)
                } else {
                    let last = limits.iter().rposition(|(_, known)| *known > worth + SAME)?;
                    Some(limits.get(last + 1).unwrap_or(&limits[last]).0)
                }
            }
        }
    }

    /// The value that is worth least and the value that is worth most, of plateaus the ends that are farthest apart.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        let apart = |pairs: &[(f64, f64)]| {
            let ends = (pairs.first().map_or(0.0, |end| end.0), pairs.last().map_or(0.0, |end| end.0));
            if self.direction() == Direction::Benefit { ends } else { (ends.1, ends.0) }
        };
        match self {
            ValueFunction::Scale(scale) => (scale.worst(), scale.best()),
            ValueFunction::Piecewise(points) => apart(points.points()),
            ValueFunction::Steps(steps) => apart(steps.limits()),
        }
    }

    fn rising(&self, pairs: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let mut pairs = pairs.to_vec();
        if self.direction() == Direction::Cost {
            pairs.reverse();
        }
        pairs
    }
}

fn least_and_most(pairs: &[(f64, f64)]) -> (f64, f64) {
    let least = pairs.iter().fold(1.0f64, |least, pair| least.min(pair.1));
    (least, pairs.iter().fold(0.0f64, |most, pair| most.max(pair.1)))
}

/// Where the line from a point to the next has a worth; the point itself where there is no next, or no rise.
fn crossing(points: &[(f64, f64)], at: usize, worth: f64) -> f64 {
    let (low, high) = (points[at], points.get(at + 1).copied().unwrap_or(points[at]));
    let rise = high.1 - low.1;
    if rise > 0.0 {
        let share = ((worth - low.1) / rise).clamp(0.0, 1.0);
        low.0 * (1.0 - share) + high.0 * share
    } else {
        low.0
    }
}

#[cfg(test)]
mod tests {
    use crate::{Piecewise, Shape, Steps, ValueFunction, ValueScale};
    use proptest::prelude::*;

    fn functions() -> Vec<ValueFunction> {
        let scale = |best, worst, shape| ValueFunction::Scale(ValueScale::new(best, worst, shape).unwrap());
        let points = |pairs: &[(f64, f64)]| ValueFunction::Piecewise(Piecewise::new(pairs.to_vec()).unwrap());
        let steps = |pairs: &[(f64, f64)]| ValueFunction::Steps(Steps::new(pairs.to_vec()).unwrap());
        vec![
            scale(10.0, 1_000.0, Shape::Logarithmic),
            scale(-5.0, 20.0, Shape::Linear),
            scale(0.9999, 0.9, Shape::LogarithmicComplement),
            points(&[(0.0, 1.0), (5.0, 1.0), (10.0, 0.4), (20.0, 0.4), (30.0, 0.1)]),
            points(&[(0.0, 0.0), (5.0, 0.3), (10.0, 0.3), (20.0, 0.9)]),
            steps(&[(0.0, 1.0), (5.0, 0.5), (10.0, 0.5), (20.0, 0.1)]),
            steps(&[(0.0, 0.2), (5.0, 0.5), (10.0, 0.8)]),
        ]
    }

    proptest! {
        /// On the one side nothing is worth less, on the other everything is; the same for more.
        #[test]
        fn a_worth_is_left_behind_just_there(at in 0usize..7, worth in 0.0f64..=1.0) {
            let function = &functions()[at];
            let (worst, best) = function.ends();
            let towards = (best - worst).signum() * (best - worst).abs() * 1e-9;
            let (least, most) = function.range();
            match function.undercut_beyond(worth) {
                Some(x) => {
                    prop_assert!(function.value(x - towards) < worth, "{x}");
                    prop_assert!(worth > most || function.value(x + towards) >= worth - 1e-9, "{x}");
                }
                None => prop_assert!(worth <= least + 1e-9),
            }
            match function.exceeded_beyond(worth) {
                Some(x) => {
                    prop_assert!(function.value(x + towards) > worth, "{x}");
                    prop_assert!(worth < least || function.value(x - towards) <= worth + 1e-9, "{x}");
                }
                None => prop_assert!(worth >= most - 1e-9),
            }
        }
    }
}
