//! One line of a trace: what in it is the time, and what the count.

use std::ops::Range;

use super::super::zone::{offset_s, unix_s};
use crate::time::Date;

/// Epoch numbers from here on are milliseconds, not seconds.
const MILLISECONDS_FROM: i64 = 100_000_000_000;
/// Numbers below are no epoch seconds: the year 1973.
const SECONDS_FROM: i64 = 100_000_000;
/// A row may not count more.
const MOST: f64 = 1e12;

/// Nor, where it counts any, less: as little as a stated rate may be.
const LEAST: f64 = 1e-6;

/// A time as a trace writes it, in whole seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// In UTC, by its offset or as an epoch number.
    Utc(i64),
    /// On the clock of a zone that is not written.
    Local(i64),
}

/// What is wrong in a line, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) allowed: &'static str,
}

pub(super) const COUNT: &str = "a count: a number of 0 or more, such as 94 or 94.0";
pub(super) const TIME: &str = "a time, such as 2014-04-10 00:04:00, 2014-04-10T00:04:00Z or epoch seconds";

/// The columns of a line, split at one kind of separator outside quotes; blanks and quotes around them are left out.
pub(super) fn columns(line: &str, separator: u8) -> impl Iterator<Item = Range<usize>> {
    let bytes = line.as_bytes();
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let (mut quoted, mut end) = (false, start);
        while end < bytes.len() && (quoted || bytes[end] != separator) {
            quoted ^= bytes[end] == b'"';
            end += 1;
        }
        next = (end < bytes.len()).then_some(end + 1);
        let (mut first, mut last) = (start, end);
        let outside = |byte: u8| byte.is_ascii_whitespace() || byte == b'"';
        while first < last && outside(bytes[first]) {
            first += 1;
        }
        while first < last && outside(bytes[last - 1]) {
            last -= 1;
        }
        Some(first..last)
    })
}

/// The separator of a line: a semicolon or a tab where it has one, else a comma.
pub(super) fn separator(line: &str) -> u8 {
    [b';', b'\t'].into_iter().find(|byte| line.as_bytes().contains(byte)).unwrap_or(b',')
}

/// A count: digits, perhaps with a fraction, an exponent or separators of thousands. Nothing at all is no count.
pub(super) fn count(text: &str, span: Range<usize>) -> Result<Option<f64>, Wrong> {
    let refuse = |message: String| Wrong { span: span.clone(), message, allowed: COUNT };
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.len() <= 12 && bytes.iter().all(u8::is_ascii_digit) {
        let whole = bytes.iter().fold(0_u64, |number, digit| number * 10 + u64::from(digit - b'0'));
        #[allow(clippy::cast_precision_loss, reason = "at most twelve digits")]
        return Ok(Some(whole as f64));
    }
    let plain = thousands(text).ok_or_else(|| refuse(format!("`{text}` is no number")))?;
    // The parser of floats also knows words: `nan`, `inf`.
    let number = plain.bytes().any(|byte| byte.is_ascii_digit()).then(|| plain.parse::<f64>().ok()).flatten();
    match number {
        None => Err(refuse(format!("`{text}` is no number"))),
        Some(number) if number < 0.0 => Err(refuse(format!("`{text}` is negative"))),
        Some(number) if number > MOST => Err(refuse(format!("`{text}` is more than {MOST} requests"))),
        Some(number) if number > 0.0 && number < LEAST => {
            Err(refuse(format!("`{text}` is more than none and less than {LEAST} requests")))
        }
        // A zero may be written with a minus.
        Some(number) => Ok(Some(number.abs())),
    }
}

/// A number without its separators of thousands; nothing when a separator does not part groups of three digits.
fn thousands(text: &str) -> Option<String> {
    if !text.contains([',', ' ', '_', '\'']) {
        return Some(text.to_owned());
    }
    let (whole, fraction) =
        text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let groups: Vec<&str> = whole.split([',', ' ', '_', '\'']).collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let fits =
        groups.iter().all(digits) && groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
    fits.then(|| groups.concat() + &fraction)
}

/// Reads times; the day of the last one is kept, as the next one mostly has it too.
#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    day: [u8; 10],
    day_s: i64,
}

impl Times {
    /// A time in any of the forms that are known; nothing for what is none.
    pub(super) fn read(&mut self, text: &str) -> Option<Stamp> {
        let bytes = text.as_bytes();
        if bytes.len() < 10 || !matches!(bytes[4], b'-' | b'/') {
            return epoch(text);
        }
        if self.day != bytes[..10] {
            let date = Date::new(number(&bytes[..4])?, narrow(&bytes[5..7])?, narrow(&bytes[8..10])?)?;
            if bytes[7] != bytes[4] {
                return None;
            }
            self.day.copy_from_slice(&bytes[..10]);
            self.day_s = unix_s(date);
        }
        let rest = &bytes[10..];
        if rest.is_empty() {
            return Some(Stamp::Local(self.day_s));
        }
        if !matches!(rest[0], b' ' | b'T' | b't') || rest.len() < 6 || rest[3] != b':' {
            return None;
        }
        let (hour, minute) = (narrow(&rest[1..3])?, narrow(&rest[4..6])?);
        let (second, zone) = match rest.get(6) {
            Some(b':') => (narrow(rest.get(7..9)?)?, after_fraction(text.get(19..)?)),
            _ => (0, text.get(16..)?),
        };
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let at_s = self.day_s + i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second.min(59));
        match zone.trim_start() {
            "" => Some(Stamp::Local(at_s)),
            "Z" | "z" | "UTC" => Some(Stamp::Utc(at_s)),
            offset => offset_s(offset).map(|offset| Stamp::Utc(at_s - i64::from(offset))),
        }
    }
}

/// What follows the fraction of a second.
fn after_fraction(text: &str) -> &str {
    let Some(fraction) = text.strip_prefix(['.', ',']) else { return text };
    fraction.trim_start_matches(|c: char| c.is_ascii_digit())
}

/// Epoch seconds or milliseconds; a fraction is left out.
fn epoch(text: &str) -> Option<Stamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || whole.len() > 15 {
        return None;
    }
    match whole.parse::<i64>().ok()? {
        milliseconds if milliseconds >= MILLISECONDS_FROM => Some(Stamp::Utc(milliseconds / 1_000)),
        seconds if seconds >= SECONDS_FROM => Some(Stamp::Utc(seconds)),
        _ => None,
    }
}

fn number(digits: &[u8]) -> Option<u16> {
    let whole =
        |number: u16, digit: &u8| digit.is_ascii_digit().then(|| number * 10 + u16::from(digit - b'0'));
    digits.iter().try_fold(0, whole)
}

fn narrow(digits: &[u8]) -> Option<u8> {
    number(digits).and_then(|number| u8::try_from(number).ok())
}
