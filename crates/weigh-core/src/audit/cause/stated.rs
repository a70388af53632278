//! The stated figure as it is written: its ends, and how far each may be off by rounding.

use rust_decimal::Decimal;

use crate::claim::Figure;
use crate::scenario::{About, Claim};

/// How near a figure comes to the stated one, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// To the cent, or to a millionth, of a figure that is written with four digits at least.
    Exact,
    /// It is rounded to what is written.
    Rounded,
    /// Within the tolerance, and not rounded to what is written.
    Near,
    /// It is rounded to what is written, with one digit or two.
    Rough,
    /// It lies in the range that is written.
    Within,
}

/// How near, and how far off as a share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) nearness: Nearness,
    /// The difference as a share of the stated figure.
    pub(super) distance: Decimal,
    /// The difference as a share of what may be rounded off.
    pub(super) of_tolerance: Decimal,
}

/// An end of a stated figure, in the base unit.
#[derive(Clone, Copy, Debug)]
struct End {
    value: Decimal,
    /// Half a unit of the last digit that is written.
    half: Decimal,
    /// Whether nothing but rounding excuses a difference, as where 99.9 and 99.99 are far apart.
    strict: bool,
}

/// A stated figure, in the base unit of its dimension.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    low: Option<End>,
    high: Option<End>,
    /// The fewest significant digits of an end.
    pub(super) digits: u32,
}

/// Two and a half percent: the most that rounding is taken to explain.
const MOST: Decimal = Decimal::from_parts(25, 0, 0, false, 3);
/// Half a percent: what is nearer is near.
const LEAST: Decimal = Decimal::from_parts(5, 0, 0, false, 3);
/// Seven and a half percent: the most that rounding to one digit is taken to explain.
const ROUGHLY: Decimal = Decimal::from_parts(75, 0, 0, false, 3);
/// As much as half a unit of the fourth digit is at most.
const FOUR_DIGITS: Decimal = Decimal::from_parts(5, 0, 0, false, 4);
const FOUR: Decimal = Decimal::from_parts(4, 0, 0, false, 0);
const MILLIONTH: Decimal = Decimal::from_parts(1, 0, 0, false, 6);
const CENT: Decimal = Decimal::from_parts(1, 0, 0, false, 2);
/// The widest range in which lying within says anything, as a share of its high end.
const WIDEST: Decimal = Decimal::from_parts(25, 0, 0, false, 2);

impl Stated {
    /// The figure that a claim states; nothing of a choice.
    pub(super) fn of(claim: &Claim) -> Option<Stated> {
        let (figure, unit) = (claim.figure?, claim.unit.as_ref()?);
        let strict = claim.entry.about == Some(About::Availability);
        let written = written(&claim.entry.value);
        let end = |value: Option<Decimal>, last: bool| {
            let value = value?;
            let of_value = |(half, _): &(Decimal, u32)| *half;
            let half = if last { written.last() } else { written.first() }.map(of_value);
            let half = half.unwrap_or_else(|| value.abs() * LEAST);
            Some(End { value: unit.to_base(value), half: unit.to_base(half), strict })
        };
        // A zero is written with one digit.
        let digits = written.iter().map(|(_, digits)| (*digits).max(1)).min().unwrap_or(0);
        Some(Stated { low: end(figure.low, false), high: end(figure.high, true), digits })
    }

    /// Whether it is a range with two ends.
    pub(super) fn is_range(&self) -> bool {
        self.low.zip(self.high).is_some_and(|(low, high)| low.value != high.value)
    }

    /// Whether nothing but rounding excuses a difference.
    pub(super) fn is_strict(&self) -> bool {
        self.low.or(self.high).is_some_and(|end| end.strict)
    }

    /// How many figures of its size it tells from each other as it is written, where `off_by` as a share excuses more: what
    /// both ends of a range tell apart multiplies. Of what only lies in a range, how narrow that is.
    pub(super) fn told_apart(&self, found: &Match, off_by: Decimal) -> Decimal {
        if let (Nearness::Within, Some((low, high))) = (found.nearness, self.ends()) {
            return high.checked_div(high - low).unwrap_or(Decimal::MAX);
        }
        let one = |end: End| {
            let size = end.value.abs();
            let rough = found.nearness == Nearness::Rough;
            let excused = if rough { end.half } else { end.half.min(size * off_by) };
            // What comes nearer than it had to says more, within bounds: that it comes nearest is chance too.
            let off = (size * found.distance).max(excused / FOUR).max(size * MILLIONTH);
            let window = if found.nearness == Nearness::Near { off } else { off.min(excused) };
            size.checked_div(window + window).unwrap_or(Decimal::ONE).max(Decimal::ONE)
        };
        match (self.low, self.high) {
            (Some(low), Some(high)) if low.value != high.value => one(low).saturating_mul(one(high)),
            (low, high) => low.or(high).map_or(Decimal::ONE, one),
        }
    }

    /// The ends, where neither is open.
    pub(super) fn ends(&self) -> Option<(Decimal, Decimal)> {
        self.low.zip(self.high).map(|(low, high)| (low.value, high.value))
    }

    /// How near a figure comes; nothing where it does not.
    ///
    /// Two ranges must meet at both ends. A range that a single stated figure is held against must meet it at one end. A
    /// single figure that is held against a stated range must lie in it. Of an open range the one end that it has counts.
    pub(super) fn matches(&self, figure: &Figure) -> Option<Match> {
        let (low, high) = figure.ends()?;
        match (self.low, self.high) {
            (Some(one), Some(other)) if one.value == other.value => {
                if low == high {
                    return one.matches(low);
                }
                let best = [one.matches(low), one.matches(high)].into_iter().flatten();
                let best = best.min_by_key(|found| (found.nearness, found.distance))?;
                Some(Match { nearness: best.nearness.max(Nearness::Near), ..best })
            }
            (Some(one), Some(other)) if low == high => {
                let within = one.value <= low && low <= other.value;
                let narrow = other.value - one.value <= other.value.abs() * WIDEST;
                (within && narrow).then_some(Match {
                    nearness: Nearness::Within,
                    distance: Decimal::ZERO,
                    of_tolerance: Decimal::ZERO,
                })
            }
            (Some(one), Some(other)) => {
                let (one, other) = (one.matches(low)?, other.matches(high)?);
                Some(Match {
                    nearness: one.nearness.max(other.nearness),
                    distance: one.distance.max(other.distance),
                    of_tolerance: one.of_tolerance.max(other.of_tolerance),
                })
            }
            (Some(one), None) => one.matches(low),
            (None, Some(other)) => other.matches(high),
            (None, None) => None,
        }
    }
}

impl End {
    fn matches(self, value: Decimal) -> Option<Match> {
        let size = self.value.abs();
        let off = (value - self.value).abs();
        let distance = off.checked_div(size).unwrap_or(if off.is_zero() { off } else { Decimal::ONE });
        let least = if self.strict { self.half } else { size * LEAST };
        let tolerance = self.half.clamp(least, (size * MOST).max(least));
        let exactly = CENT.min(self.half).max(size * MILLIONTH);
        let nearness = match () {
            () if off <= exactly && self.half <= size * FOUR_DIGITS => Nearness::Exact,
            () if off <= self.half.min(size * MOST) => Nearness::Rounded,
            () if off <= tolerance => Nearness::Near,
            () if off <= self.half.min(size * ROUGHLY) => Nearness::Rough,
            () => return None,
        };
        let of_tolerance = off.checked_div(tolerance).unwrap_or(Decimal::ZERO);
        Some(Match { nearness, distance, of_tolerance })
    }
}

/// Of each number in a text: half a unit of its last significant digit, and how many significant digits it has.
///
/// Zeros at the end of a whole number are none: 210 may be 205 to 215.
fn written(text: &str) -> Vec<(Decimal, u32)> {
    let signs: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < signs.len() {
        if !signs[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let (mut digits, mut decimals): (String, Option<u32>) = (String::new(), None);
        while let Some(sign) = signs.get(at) {
            let next_is_digit = signs.get(at + 1).is_some_and(char::is_ascii_digit);
            match sign {
                '0'..='9' => {
                    digits.push(*sign);
                    decimals = decimals.map(|places| places + 1);
                }
                ',' | '_' if next_is_digit => {}
                '.' if decimals.is_none() && next_is_digit => decimals = Some(0),
                _ => break,
            }
            at += 1;
        }
        let thousands = match signs.get(at) {
            Some('k' | 'K') => 3,
            Some('M') => 6,
            _ => 0,
        };
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        let places = match decimals {
            Some(places) => i64::from(places),
            None => -(zeros.min(digits.len() - 1) as i64),
        };
        let significant = digits.trim_start_matches('0');
        let count =
            if decimals.is_some() { significant.len() } else { significant.trim_end_matches('0').len() };
        let half = half_of(places - thousands);
        found.push((half, u32::try_from(count).unwrap_or(u32::MAX)));
    }
    found
}

/// Half of the unit at so many places behind the point; before it, where that is below 0.
fn half_of(places: i64) -> Decimal {
    let five = |scale: i64| Decimal::new(5, u32::try_from(scale.clamp(0, 27)).unwrap_or(0));
    match places {
        0.. => five(places + 1),
        _ => {
            let zeros = u32::try_from((-places - 1).min(18)).unwrap_or(0);
            Decimal::from(5 * 10_i64.pow(zeros))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_as_they_are_written() {
        let cases = [
            ("52", "0.5 of 2"),
            ("$16.20", "0.005 of 4"),
            ("210-300", "5 of 2; 50 of 1"),
            ("1,404..1,800", "0.5 of 4; 50 of 2"),
            ("10K", "5000 of 1"),
            ("12K", "500 of 2"),
            ("0.0416", "0.00005 of 3"),
            ("600+", "50 of 1"),
            ("1.5..2", "0.05 of 2; 0.5 of 1"),
            ("0", "0.5 of 0"),
        ];
        for (text, expected) in cases {
            let told: Vec<String> = written(text)
                .iter()
                .map(|(half, digits)| format!("{} of {digits}", half.normalize()))
                .collect();
            assert_eq!(told.join("; "), expected, "{text}");
        }
    }
}
