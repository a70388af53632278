//! The two precisions that scores and weights come in.

use std::ops::{Add, AddAssign, Mul, Sub};

/// A number of single or double precision.
pub(super) trait Number:
    Copy
    + Default
    + From<bool>
    + Into<f64>
    + PartialOrd
    + Add<Output = Self>
    + AddAssign
    + Sub<Output = Self>
    + Mul<Output = Self>
{
    /// Above every number.
    const INFINITY: Self;

    /// Without its sign.
    fn abs(self) -> Self;
}

impl Number for f32 {
    const INFINITY: f32 = f32::INFINITY;

    #[inline(always)]
    fn abs(self) -> f32 {
        f32::abs(self)
    }
}

impl Number for f64 {
    const INFINITY: f64 = f64::INFINITY;

    #[inline(always)]
    fn abs(self) -> f64 {
        f64::abs(self)
    }
}
