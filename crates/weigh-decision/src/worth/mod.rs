//! Value functions: what a criterion's value is worth, from 0 to 1, whatever the alternatives are.

mod inverse;
mod piecewise;
mod scale;
mod steps;

pub use piecewise::Piecewise;
pub use scale::{NoScale, Shape, ValueScale};
pub use steps::Steps;

use crate::matrix::Direction;

/// What the values of a criterion are worth. Its ends are stated and not taken from the alternatives, so that an
/// alternative that is added or dropped turns no order of the others.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueFunction {
    /// Between two ends, straight or by ratios.
    Scale(ValueScale),
    /// Straight between stated points.
    Piecewise(Piecewise),
    /// In steps: as much as the last limit that is reached.
    Steps(Steps),
}

impl ValueFunction {
    /// What `x` is worth: 0 to 1; beyond the ends as much as at them. NaN is worth 0.
    #[must_use]
    pub fn value(&self, x: f64) -> f64 {
        match self {
            ValueFunction::Scale(scale) => scale.value(x),
            ValueFunction::Piecewise(points) => points.value(x),
            ValueFunction::Steps(steps) => steps.value(x),
        }
    }

    /// Whether more or less of the criterion is worth more.
    #[must_use]
    pub fn direction(&self) -> Direction {
        let rises = match self {
            ValueFunction::Scale(scale) => scale.best() > scale.worst(),
            ValueFunction::Piecewise(points) => points.rises(),
            ValueFunction::Steps(steps) => steps.rises(),
        };
        if rises { Direction::Benefit } else { Direction::Cost }
    }
}

/// Why points or steps make no value function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoFunction(pub String);

impl std::fmt::Display for NoFunction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoFunction {}

/// Checks pairs of value and worth: finite, values rising, worth from 0 to 1 and going one way only.
fn checked(pairs: &[(f64, f64)], what: &str) -> Result<(), NoFunction> {
    let refuse = |why: &str| Err(NoFunction(format!("{what} {why}")));
    if pairs.len() < 2 {
        return refuse("need two pairs of a value and its worth, or more");
    }
    if !pairs.iter().all(|(x, worth)| x.is_finite() && (0.0..=1.0).contains(worth)) {
        return refuse("are finite values, each with a worth from 0 to 1");
    }
    if !pairs.windows(2).all(|pair| pair[0].0 < pair[1].0) {
        return refuse("have values that rise from one to the next");
    }
    let rises = pairs.windows(2).all(|pair| pair[0].1 <= pair[1].1);
    let falls = pairs.windows(2).all(|pair| pair[0].1 >= pair[1].1);
    if rises == falls {
        return refuse("have a worth that only rises, or only falls");
    }
    Ok(())
}
