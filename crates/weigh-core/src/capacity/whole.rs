//! Whole numbers out of floating-point ones.

/// A number of 0 or more as a whole one, rounded down; what is too large is the largest, and NaN is 0.
pub(crate) fn whole(number: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
    let whole = number as u32;
    whole
}

/// The same, rounded up: a billionth above a whole number is rounding.
pub(crate) fn whole_up(number: f64) -> u32 {
    whole(libm::ceil(number - 1e-9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_whole_number_holds_is_the_nearest_one() {
        assert_eq!([whole(2.9), whole(-1.0), whole(1e99), whole(f64::NAN)], [2, 0, u32::MAX, 0]);
        assert_eq!([whole_up(2.000_000_000_1), whole_up(2.1), whole_up(f64::INFINITY)], [2, 3, u32::MAX]);
    }
}
