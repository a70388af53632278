//! Why a station, a replica or a simulation can't be: the field, its value, and what it must be.

use std::fmt;

/// Why a station cannot be: which field has which value, and what it must be instead.
///
/// # Example: the message names the field
///
/// ```
/// use weigh_core::capacity::{Servers, Station};
///
/// let error = Station::new(10.0, 0.0, Servers::Fixed { servers: 2 }).unwrap_err();
/// assert_eq!(error.to_string(), "service_time_s is 0, but must be a finite number above 0");
/// assert_eq!(error.field(), "service_time_s");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StationError {
    field: &'static str,
    value: f64,
    must: &'static str,
}

impl StationError {
    /// The name of the field whose value is refused.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }
}

impl fmt::Display for StationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} is {}, but must be {}", self.field, self.value, self.must)
    }
}

impl std::error::Error for StationError {}

/// `value` is a finite number, and at least 0.
pub(super) fn finite(field: &'static str, value: f64) -> Result<(), StationError> {
    require(value.is_finite() && value >= 0.0, field, value, "a finite number, at least 0")
}

/// Refuses the value of a field that does not hold.
pub(super) fn require(
    holds: bool,
    field: &'static str,
    value: f64,
    must: &'static str,
) -> Result<(), StationError> {
    if holds { Ok(()) } else { Err(StationError { field, value, must }) }
}
