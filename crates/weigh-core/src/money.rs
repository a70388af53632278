//! US dollars as they are shown, and the one checked bridge between measured numbers and exact decimals.

use rust_decimal::{Decimal, RoundingStrategy};

/// Why a measured number could not become an exact one.
#[derive(Clone, Debug, PartialEq)]
pub struct NotExact {
    /// What the number was meant to be, in words.
    pub what: String,
    /// The number that was refused.
    pub value: f64,
}

impl NotExact {
    /// What no decimal can hold: a product above 7.9 × 10²⁸, or of a negative number.
    #[must_use]
    pub fn too_large(what: String) -> NotExact {
        NotExact { what, value: f64::INFINITY }
    }
}

impl std::fmt::Display for NotExact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} came out as {}, which no bill can hold", self.what, self.value)
    }
}

impl std::error::Error for NotExact {}

/// The bridge from the measured world (`f64`) to the billed one (`Decimal`).
///
/// The value is taken to 15 significant digits, the most that an `f64` holds faithfully; what is below 10⁻²⁸ is 0.
///
/// # Errors
/// NaN, infinities, negative numbers and numbers above 7.9 × 10²⁸ are refused.
///
/// ```
/// use weigh_core::money::exact;
/// assert_eq!(exact(0.1 + 0.2, "cold starts").unwrap().to_string(), "0.3");
/// assert!(exact(f64::NAN, "cold starts").is_err());
/// assert!(exact(-1.0, "cold starts").is_err());
/// ```
pub fn exact(value: f64, what: &str) -> Result<Decimal, NotExact> {
    let refused = || NotExact { what: what.to_owned(), value };
    if !value.is_finite() || value < 0.0 {
        return Err(refused());
    }
    let decimal = Decimal::from_f64_retain(value).ok_or_else(refused)?;
    let rounded = decimal.round_sf_with_strategy(15, RoundingStrategy::MidpointNearestEven);
    Ok(rounded.ok_or_else(refused)?.normalize())
}

/// The bridge back: an exact decimal as a number to rank or to plot, never to bill.
#[must_use]
pub fn approximate(value: Decimal) -> f64 {
    rust_decimal::prelude::ToPrimitive::to_f64(&value).unwrap_or(f64::INFINITY)
}

/// Dollars to the cent, half up, as money is written.
///
/// An amount above zero that would show as `$0.00` shows as `<$0.01`, so that small is never taken for nothing.
///
/// ```
/// use rust_decimal::Decimal;
/// use weigh_core::money::dollars;
/// let usd = |text: &str| dollars(text.parse::<Decimal>().unwrap());
/// assert_eq!(usd("72.0802"), "$72.08");
/// assert_eq!(usd("1234567.895"), "$1,234,567.90");
/// assert_eq!(usd("0"), "$0.00");
/// assert_eq!(usd("0.0049"), "<$0.01");
/// assert_eq!(usd("-3.5"), "-$3.50");
/// ```
#[must_use]
pub fn dollars(amount: Decimal) -> String {
    let cents = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    if cents.is_zero() && amount > Decimal::ZERO {
        return "<$0.01".to_owned();
    }
    let sign = if cents < Decimal::ZERO { "-" } else { "" };
    format!("{sign}${}", grouped(&format!("{:.2}", cents.abs())))
}

/// Dollars that something grew or shrank by, with a sign: `shown` is what is told of them to the cent. What is too little to show
/// is not taken for nothing.
///
/// ```
/// use rust_decimal::Decimal;
/// use weigh_core::money::change;
/// let usd = |exact: &str, shown: &str| change(exact.parse::<Decimal>().unwrap(), shown.parse::<Decimal>().unwrap());
/// assert_eq!(usd("1.8", "1.80"), "+$1.80");
/// assert_eq!(usd("-0.0049", "0"), "-<$0.01");
/// assert_eq!(usd("0", "0"), "$0.00");
/// ```
#[must_use]
pub fn change(exact: Decimal, shown: Decimal) -> String {
    match (shown.is_zero(), exact.is_zero()) {
        (false, _) => format!("{}{}", sign(shown), dollars(shown.abs())),
        (true, true) => dollars(Decimal::ZERO),
        (true, false) => format!("{}<$0.01", sign(exact)),
    }
}

/// The sign of what grew or shrank: `+`, `-`, or nothing for 0.
///
/// ```
/// use weigh_core::money::sign;
/// assert_eq!([2, 0, -2].map(|value: i64| sign(value.into())), ["+", "", "-"]);
/// ```
#[must_use]
pub fn sign(value: Decimal) -> &'static str {
    match (value.is_zero(), value.is_sign_negative()) {
        (true, _) => "",
        (false, true) => "-",
        (false, false) => "+",
    }
}

/// A decimal with thousands separators and at most `places` digits after the point, trailing zeros dropped.
///
/// A value that is not 0 but smaller than the last place keeps its first eight significant digits.
///
/// ```
/// use rust_decimal::Decimal;
/// use weigh_core::money::number;
/// let shown = |text: &str| number(text.parse::<Decimal>().unwrap(), 4);
/// assert_eq!(shown("304166.666666667"), "304,166.6667");
/// assert_eq!(shown("730.00"), "730");
/// assert_eq!(shown("0.00004768371582"), "0.000047683716");
/// ```
#[must_use]
pub fn number(value: Decimal, places: u32) -> String {
    let strategy = RoundingStrategy::MidpointAwayFromZero;
    let mut rounded = value.round_dp_with_strategy(places, strategy);
    if value.abs() < Decimal::new(1, places) * Decimal::ONE_HUNDRED {
        rounded = value.round_sf_with_strategy(8, strategy).unwrap_or(value);
    }
    grouped(&rounded.normalize().to_string())
}

/// The digits of a percentage, to one place; one that would show as 0 keeps its first digit.
///
/// ```
/// use rust_decimal::Decimal;
/// use weigh_core::money::percentage;
/// let shown = |text: &str| percentage(text.parse::<Decimal>().unwrap());
/// assert_eq!(shown("10.8421"), "10.8");
/// assert_eq!(shown("-0.20958186"), "-0.2");
/// assert_eq!(shown("0.0421"), "0.04");
/// ```
#[must_use]
pub fn percentage(percent: Decimal) -> String {
    let shown = percent.round_dp(1);
    let shown = if shown.is_zero() { percent.round_sf(1).unwrap_or(percent) } else { shown };
    number(shown, 4)
}

/// Thousands separators in the digits before the point.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_bridge_refuses_what_no_bill_can_hold() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1e-9, 1e30] {
            assert!(exact(value, "requests").is_err(), "{value}");
        }
        assert_eq!(exact(0.0, "requests").unwrap(), Decimal::ZERO);
        assert_eq!(exact(1e-40, "requests").unwrap(), Decimal::ZERO);
    }

    proptest! {
        #[test]
        fn the_bridge_keeps_fifteen_digits(value in 1e-9f64..1e12) {
            let there_and_back = approximate(exact(value, "x").unwrap());
            prop_assert!((there_and_back - value).abs() <= value * 1e-14);
        }
    }
}
