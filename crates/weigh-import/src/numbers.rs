//! Amounts and dates as AWS writes them.

use rust_decimal::{Decimal, RoundingStrategy};
use weigh_core::time::Date;

/// Hours of a year, as AWS counts them when it spreads what is paid up front.
const HOURS_OF_A_YEAR: u32 = 8_760;
/// AWS states no price with more digits after the point than this.
const PLACES: u32 = 10;

/// No price and no band of AWS is larger; up to there, what is computed with amounts cannot overflow.
const MOST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// An exact amount that is not negative: plain, or with an exponent as JSON allows (`1E-7`).
pub(crate) fn amount(text: &str) -> Result<Decimal, String> {
    let wrong = |why: &str| Err(format!("`{text}` is no amount: {why}"));
    if text.contains(',') {
        return wrong("write it without thousands marks, with a point before the decimals");
    }
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b".-+eE".contains(&byte));
    if !plain || !text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.') {
        return wrong("a decimal such as 0.0960000000 is expected");
    }
    let parsed = match text.split_once(['e', 'E']) {
        None => Decimal::from_str_exact(text).ok(),
        Some((digits, exponent)) => scaled(digits, exponent),
    };
    match parsed {
        None => wrong("a decimal of at most 28 digits is expected"),
        Some(value) if value.is_sign_negative() && !value.is_zero() => wrong("it is negative"),
        Some(value) if value > MOST => wrong("it is larger than 10^15"),
        Some(value) => Ok(value),
    }
}

/// `digits` × 10^`exponent`, when that is exact.
fn scaled(digits: &str, exponent: &str) -> Option<Decimal> {
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= 28)?;
    let mantissa = Decimal::from_str_exact(digits).ok()?;
    let mut power = Decimal::ONE;
    for _ in 0..exponent.abs() {
        power *= Decimal::TEN;
    }
    if exponent >= 0 {
        return mantissa.checked_mul(power);
    }
    let mut value = mantissa;
    let scale = mantissa.scale().checked_add(exponent.unsigned_abs())?;
    value.set_scale(scale).ok()?;
    Some(value)
}

/// The day of `2026-10-01` or `2026-10-01T00:00:00Z`.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    if text.contains('/') {
        return Err(format!(
            "`{text}` is an ambiguous date, as a spreadsheet writes it: AWS writes 2026-10-01; take the file as it was downloaded"
        ));
    }
    let date = text.split_once('T').map_or(text, |(date, _)| date);
    date.parse()
}

/// The price of an hour when `upfront` is paid once for so many years and `hourly` each hour, to 10 decimals.
pub(crate) fn effective_hourly(upfront: Decimal, hourly: Decimal, years: u32) -> Decimal {
    rounded(upfront / Decimal::from(HOURS_OF_A_YEAR * years) + hourly)
}

/// To 10 decimals, half to even.
pub(crate) fn rounded(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointNearestEven).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_or_refused() {
        let rows = [
            ("0.0960000000", Ok("0.0960000000")),
            ("3162", Ok("3162")),
            ("1E-7", Ok("0.0000001")),
            ("2.5e-6", Ok("0.0000025")),
            ("1.5E+3", Ok("1500.0")),
            ("1000000000000000", Ok("1000000000000000")),
            ("1000000000000001", Err("larger than 10^15")),
            ("9999999999999999999999999999", Err("larger than 10^15")),
            ("1E20", Err("larger than 10^15")),
            ("1,234.5", Err("thousands marks")),
            ("0,5", Err("thousands marks")),
            ("-1", Err("negative")),
            ("1E-40", Err("28 digits")),
            ("1E999999999999", Err("28 digits")),
            ("0.12345678901234567890123456789", Err("28 digits")),
            ("NaN", Err("a decimal such as")),
            ("$1", Err("a decimal such as")),
            ("", Err("a decimal such as")),
            (" 1", Err("a decimal such as")),
            ("e5", Err("a decimal such as")),
        ];
        for (text, expected) in rows {
            match (amount(text), expected) {
                (Ok(value), Ok(shown)) => assert_eq!(value.to_string(), shown),
                (Err(error), Err(part)) => assert!(error.contains(part), "{text}: {error}"),
                (got, _) => panic!("{text}: {got:?}"),
            }
        }
    }

    #[test]
    fn what_is_paid_up_front_is_spread_over_the_term() {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        let rows = [
            ("0", "0.06", 1, "0.06"),
            ("876", "0", 1, "0.1"),
            ("876", "0.05", 3, "0.0833333333"),
            ("496", "0", 1, "0.0566210046"),
        ];
        for (upfront, hourly, years, shown) in rows {
            assert_eq!(effective_hourly(decimal(upfront), decimal(hourly), years).to_string(), shown);
        }
    }

    #[test]
    fn a_date_with_slashes_is_ambiguous() {
        assert_eq!(day("2026-10-01T12:00:00Z").unwrap().to_string(), "2026-10-01");
        assert!(day("01/05/2017").unwrap_err().contains("ambiguous"));
    }
}
