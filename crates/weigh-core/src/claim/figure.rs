//! A figure of a document: one value, a range, or a range with an open end.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::measure::decimal;
use crate::money::number;

/// A value or a range; an end that is left open is unlimited.
///
/// ```
/// use weigh_core::claim::Figure;
/// let range: Figure = "$210-300".parse().unwrap();
/// assert_eq!((range.low, range.high), (Some(210.into()), Some(300.into())));
/// assert_eq!("~52".parse::<Figure>().unwrap(), Figure::of(52.into()));
/// assert_eq!("600+".parse::<Figure>().unwrap().high, None);
/// assert_eq!("..90".parse::<Figure>().unwrap().low, None);
/// assert!("many".parse::<Figure>().is_err() && "3..2".parse::<Figure>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The low end; nothing where it is open.
    pub low: Option<Decimal>,
    /// The high end; nothing where it is open.
    pub high: Option<Decimal>,
}

/// The largest figure that is taken: 10¹⁵, so that units can be converted without a thought.
const LARGEST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// The most decimals that are taken, so that a part of the last digit is a number, too.
const MOST_DECIMALS: u32 = 18;

/// What a figure may look like.
const ALLOWED: &str = "a number, such as 52 or \"$16.20\"; a range, such as \"210..300\"; or one with an open end, such as \"600+\"";

impl Figure {
    /// One value.
    #[must_use]
    pub fn of(value: Decimal) -> Figure {
        Figure { low: Some(value), high: Some(value) }
    }

    /// From one value to another.
    ///
    /// ```
    /// use weigh_core::claim::Figure;
    /// assert_eq!(Figure::between(2.into(), 1.into()).low, Some(1.into()));
    /// ```
    #[must_use]
    pub fn between(one: Decimal, other: Decimal) -> Figure {
        Figure { low: Some(one.min(other)), high: Some(one.max(other)) }
    }

    /// Both ends, where neither is open.
    #[must_use]
    pub fn ends(&self) -> Option<(Decimal, Decimal)> {
        self.low.zip(self.high)
    }

    /// The value, where both ends are the same.
    ///
    /// ```
    /// use weigh_core::claim::Figure;
    /// assert_eq!(Figure::of(5.into()).single(), Some(5.into()));
    /// assert_eq!("5+".parse::<Figure>().unwrap().single(), None);
    /// ```
    #[must_use]
    pub fn single(&self) -> Option<Decimal> {
        self.ends().filter(|(low, high)| low == high).map(|(low, _)| low)
    }

    /// The same with each end changed; the ends are put in their order.
    ///
    /// ```
    /// use weigh_core::claim::Figure;
    /// let minutes: Figure = "1..2".parse().unwrap();
    /// assert_eq!(minutes.map(|end| end * rust_decimal::Decimal::from(60)).to_string(), "60 to 120");
    /// ```
    #[must_use]
    pub fn map(&self, change: impl Fn(Decimal) -> Decimal) -> Figure {
        match (self.low.map(&change), self.high.map(change)) {
            (Some(low), Some(high)) => Figure::between(low, high),
            (low, high) => Figure { low, high },
        }
    }

    /// The figure with at most so many decimals.
    ///
    /// ```
    /// use weigh_core::claim::Figure;
    /// assert_eq!("252.2807..500+".parse::<Figure>().is_err(), true);
    /// assert_eq!("252.2807..360.401".parse::<Figure>().unwrap().shown(2), "252.28 to 360.4");
    /// ```
    #[must_use]
    pub fn shown(&self, places: u32) -> String {
        let show = |value: Decimal| number(value, places);
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => show(low),
            (Some(low), Some(high)) => format!("{} to {}", show(low), show(high)),
            (Some(low), None) => format!("{} or more", show(low)),
            (None, Some(high)) => format!("up to {}", show(high)),
            (None, None) => "unlimited".to_owned(),
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown(28))
    }
}

impl FromStr for Figure {
    type Err = String;

    fn from_str(text: &str) -> Result<Figure, String> {
        let refused = || format!("`{}` is no figure: {ALLOWED}", text.trim());
        let bare: String = text.trim().trim_start_matches('~').trim().to_owned();
        let end = |text: &str| -> Result<Option<Decimal>, String> {
            match text.trim() {
                "" => Ok(None),
                text => match one(text) {
                    Some(value) if value.normalize().scale() > MOST_DECIMALS => {
                        Err(format!("`{text}` has more than {MOST_DECIMALS} decimals"))
                    }
                    value => value.ok_or_else(refused).map(Some),
                },
            }
        };
        if let Some(least) = bare.strip_suffix('+') {
            let low = end(least)?.ok_or_else(refused)?;
            return Ok(Figure { low: Some(low), high: None });
        }
        let parts = bare.split_once("..").or_else(|| dash(&bare));
        let Some((low, high)) = parts else { return end(&bare)?.map(Figure::of).ok_or_else(refused) };
        match (end(low)?, end(high)?) {
            (None, None) => Err(refused()),
            (Some(low), Some(high)) if low > high => {
                Err(format!("`{}`: the range begins above its end", text.trim()))
            }
            (low, high) => Ok(Figure { low, high }),
        }
    }
}

/// A number as documents write it: with a dollar sign, thousands, or a k or M behind it.
fn one(text: &str) -> Option<Decimal> {
    let bare = text.trim().trim_start_matches(['~', '$']).trim_end_matches('%').trim();
    if let Some(positive) = bare.strip_prefix('-') {
        return one(positive).map(|value| -value);
    }
    let (digits, times) = match bare.chars().next_back()? {
        'k' | 'K' => (&bare[..bare.len() - 1], Decimal::ONE_THOUSAND),
        'M' => (&bare[..bare.len() - 1], Decimal::from(1_000_000)),
        _ => (bare, Decimal::ONE),
    };
    decimal(digits.trim()).ok()?.checked_mul(times).filter(|value| value.abs() <= LARGEST)
}

/// Splits `210-300` at the dash between two numbers, of whatever length it is written.
fn dash(text: &str) -> Option<(&str, &str)> {
    let (at, sign) = text.char_indices().skip(1).find(|(_, sign)| matches!(sign, '-' | '–' | '—'))?;
    let (low, high) = (text[..at].trim(), text[at + sign.len_utf8()..].trim());
    (!low.is_empty() && !high.is_empty()).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_documents_write_them() {
        let cases = [
            ("52", "52"),
            ("~$52", "52"),
            ("$ 1,404-1,800", "1404 to 1800"),
            ("10_000", "10000"),
            ("10K..100k", "10000 to 100000"),
            ("1M", "1000000"),
            ("-20..5", "-20 to 5"),
            ("0.0000166667", "0.0000166667"),
            ("40 – 60 %", "40 to 60"),
            ("0.000000000000000001", "0.000000000000000001"),
            ("1.50000000000000000000000000", "1.5"),
            ("600+", "600 or more"),
            ("600..", "600 or more"),
            ("..5000", "up to 5000"),
            ("1_000_000_000M", "1000000000000000"),
        ];
        for (text, shown) in cases {
            let figure = text.parse::<Figure>().map(|figure| figure.to_string());
            assert_eq!(figure.unwrap().replace(',', ""), shown, "{text}");
        }
        for text in ["", "..", "+", "many", "1..2..3", "5-", "$", "12x", "30..20", "1000000000000001"] {
            assert!(text.parse::<Figure>().is_err(), "{text}");
        }
        for text in ["0.0000000000000000001", "1..2.0000000000000000000000000021", "-0.0000000000000000001"] {
            let why = text.parse::<Figure>().unwrap_err();
            assert!(why.ends_with("` has more than 18 decimals"), "{text}: {why}");
        }
    }
}
