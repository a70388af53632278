//! Piecewise-linear value functions: worth that is straight between stated points.

use super::{NoFunction, checked};

/// Worth that is straight between points (the additive value functions of UTA are of this form: Jacquet-Lagrèze and
/// Siskos 1982).
#[derive(Clone, Debug, PartialEq)]
pub struct Piecewise {
    points: Vec<(f64, f64)>,
}

impl Piecewise {
    /// Straight lines through points of a value and its worth, by rising value.
    ///
    /// # Errors
    /// Fewer than two points, values that don't rise, a worth outside 0 to 1, or one that both rises and falls.
    ///
    /// ```
    /// use weigh_decision::Piecewise;
    /// let cost = Piecewise::new(vec![(0.0, 1.0), (100.0, 0.8), (500.0, 0.0)]).unwrap();
    /// assert_eq!(cost.value(50.0), 0.9);
    /// assert_eq!(cost.value(900.0), 0.0);
    /// assert!(Piecewise::new(vec![(0.0, 0.0), (1.0, 1.0), (2.0, 0.5)]).is_err());
    /// ```
    pub fn new(points: Vec<(f64, f64)>) -> Result<Piecewise, NoFunction> {
        checked(&points, "points")?;
        Ok(Piecewise { points })
    }

    /// The points, by rising value.
    #[must_use]
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// Whether more is worth more.
    #[must_use]
    pub fn rises(&self) -> bool {
        self.points.first().map(|point| point.1) < self.points.last().map(|point| point.1)
    }

    /// What `x` is worth; beyond the ends as much as at them. NaN is worth 0.
    #[must_use]
    pub fn value(&self, x: f64) -> f64 {
        if x.is_nan() {
            return 0.0;
        }
        let at = self.points.partition_point(|(known, _)| *known <= x);
        match (at.checked_sub(1).and_then(|before| self.points.get(before)), self.points.get(at)) {
            (Some(low), Some(high)) => low.1 + (high.1 - low.1) * (x - low.0) / (high.0 - low.0),
            (Some(end), None) | (None, Some(end)) => end.1,
            (None, None) => 0.0,
        }
    }
}
