//! Value scales: worth between two ends that are stated beforehand, straight or by ratios.

use std::fmt;

/// How worth grows between the ends of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Equal differences are worth the same.
    Linear,
    /// Equal ratios are worth the same: halving a cost counts alike at 20 and at 2,000.
    Logarithmic,
    /// Equal ratios of what is missing to 1 are worth the same: from 0.99 to 0.999 as from 0.999 to 0.9999.
    LogarithmicComplement,
}

/// A value function with fixed ends (Keeney and Raiffa, *Decisions with Multiple Objectives*, 1976).
///
/// The ends don't come from the alternatives, so that adding one never changes the order of the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueScale {
    best: f64,
    worst: f64,
    shape: Shape,
}

/// Why two numbers make no scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoScale {
    best: f64,
    worst: f64,
    shape: Shape,
}

impl fmt::Display for NoScale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let range = match self.shape {
            Shape::Linear => "finite",
            Shape::Logarithmic => "above 0",
            Shape::LogarithmicComplement => "below 1",
        };
        write!(f, "a scale from {} to {} needs two different ends, both {range}", self.worst, self.best)
    }
}

impl std::error::Error for NoScale {}

impl ValueScale {
    /// A scale on which `best` is worth 1 and `worst` is worth 0; either may be the larger.
    ///
    /// # Errors
    /// Ends that are equal or not finite, ends of 0 or less on a logarithmic scale, ends of 1 or more on a
    /// logarithmic scale of the complement.
    ///
    /// ```
    /// use weigh_decision::{Shape, ValueScale};
    /// let cost = ValueScale::new(10.0, 1_000.0, Shape::Logarithmic).unwrap();
    /// assert!((cost.value(100.0) - 0.5).abs() < 1e-12);
    /// assert_eq!(cost.value(5.0), 1.0);
    /// let stars = ValueScale::new(5.0, 1.0, Shape::Linear).unwrap();
    /// assert_eq!(stars.value(4.0), 0.75);
    /// assert!(ValueScale::new(1.0, 1.0, Shape::Linear).is_err());
    /// ```
    pub fn new(best: f64, worst: f64, shape: Shape) -> Result<ValueScale, NoScale> {
        let usable = |end: f64| match shape {
            Shape::Linear => end.is_finite(),
            Shape::Logarithmic => end.is_finite() && end > 0.0,
            Shape::LogarithmicComplement => end.is_finite() && end < 1.0,
        };
        let apart = (best - worst).abs() > 1e-12 * best.abs().max(worst.abs());
        if usable(best) && usable(worst) && apart {
            Ok(ValueScale { best, worst, shape })
        } else {
            Err(NoScale { best, worst, shape })
        }
    }

    /// The value that is worth 1.
    #[must_use]
    pub fn best(&self) -> f64 {
        self.best
    }

    /// The value that is worth 0.
    #[must_use]
    pub fn worst(&self) -> f64 {
        self.worst
    }

    /// How worth grows between the ends.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// What `x` is worth: 0 to 1, beyond the ends as much as at them; NaN is worth 0.
    #[must_use]
    pub fn value(&self, x: f64) -> f64 {
        let along = |x: f64| match self.shape {
            Shape::Linear => x,
            Shape::Logarithmic => libm::log(x.max(f64::MIN_POSITIVE)),
            Shape::LogarithmicComplement => -libm::log((1.0 - x).max(f64::MIN_POSITIVE)),
        };
        let worth = (along(x) - along(self.worst)) / (along(self.best) - along(self.worst));
        if worth.is_nan() { 0.0 } else { worth.clamp(0.0, 1.0) }
    }
}

impl ValueScale {
    /// The value between the ends that is worth `worth`, 0 to 1.
    pub(super) fn at(&self, worth: f64) -> f64 {
        let between = |worst: f64, best: f64| worst * (1.0 - worth) + best * worth;
        let x = match self.shape {
            Shape::Linear => between(self.worst, self.best),
            Shape::Logarithmic => libm::exp(between(libm::log(self.worst), libm::log(self.best))),
            Shape::LogarithmicComplement => {
                1.0 - libm::exp(between(libm::log(1.0 - self.worst), libm::log(1.0 - self.best)))
            }
        };
        x.clamp(self.worst.min(self.best), self.worst.max(self.best))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_complement_scale_counts_nines() {
        let scale = ValueScale::new(0.9999, 0.99, Shape::LogarithmicComplement).unwrap();
        for (availability, worth) in [(0.99, 0.0), (0.999, 0.5), (0.9999, 1.0), (1.0, 1.0), (0.5, 0.0)] {
            assert!((scale.value(availability) - worth).abs() < 1e-9, "{availability}");
        }
    }

    #[test]
    fn impossible_ends_are_refused_and_nan_is_worth_nothing() {
        for (best, worst, shape) in [
            (0.0, 10.0, Shape::Logarithmic),
            (1.0, 0.9, Shape::LogarithmicComplement),
            (f64::NAN, 1.0, Shape::Linear),
            (f64::INFINITY, 1.0, Shape::Linear),
            (3.0, 3.0, Shape::Linear),
        ] {
            assert!(ValueScale::new(best, worst, shape).is_err(), "{best} {worst} {shape:?}");
        }
        let scale = ValueScale::new(0.0, 10.0, Shape::Linear).unwrap();
        assert!(scale.value(f64::NAN).abs() < f64::EPSILON);
        assert!(scale.value(f64::INFINITY).abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn better_is_never_worth_less(a in 0.001f64..1e6, b in 0.001f64..1e6) {
            let scale = ValueScale::new(1.0, 10_000.0, Shape::Logarithmic).unwrap();
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(scale.value(low) >= scale.value(high));
            prop_assert!((0.0..=1.0).contains(&scale.value(a)));
        }
    }
}
