//! What counts as a difference, and what is rounding only.

/// Figures closer than this, as a share of the largest, are one: they differ by rounding only.
pub(crate) const SAME: f64 = 1e-12;
