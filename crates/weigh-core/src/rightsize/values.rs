//! The values of an inventory: percent of a vCPU, sizes, counts and names, and why one is refused.

use rust_decimal::Decimal;

use crate::measure::{Size, decimal};

/// Why a value is refused, what is allowed, and what was probably meant.
pub(super) struct Refused {
    pub(super) message: String,
    pub(super) allowed: &'static str,
    pub(super) meant: Option<String>,
}

pub(super) const PERCENT: &str = "percent of one vCPU, 0 to 10,000, such as 12.5 % or 150 %";
pub(super) const SIZE: &str = "a size above 0 with its unit (B, KB, MB, GB or TB), such as 340 MiB or 1.2 GB";
pub(super) const USAGE: &str =
    "a size above 0 with its unit, such as 340 MiB, or as docker stats shows it: 943MiB / 7.6GiB";
pub(super) const REPLICAS: &str = "a whole number from 1 to 5,000";
const NAME: &str = "up to 80 letters, digits, spaces and `-_.+(),:/`, as in a scenario";

/// No single server has so many vCPU that a container could use more: 100 vCPU.
const MOST_PERCENT: u32 = 10_000;
/// As many tasks as a service of ECS may have (Amazon ECS Developer Guide, service quotas, read 2026-11-21).
const MOST_REPLICAS: u32 = 5_000;

fn refused(message: impl Into<String>, allowed: &'static str) -> Refused {
    Refused { message: message.into(), allowed, meant: None }
}

/// What `docker stats` shows for a container that does not run.
fn not_running(text: &str, allowed: &'static str) -> Option<Refused> {
    (text.trim_matches('-').is_empty() && !text.is_empty()).then(|| {
        refused(format!("`{text}` is what docker stats shows for a container that does not run"), allowed)
    })
}

/// A comma is a decimal point to some and parts thousands for others: neither is guessed.
fn comma(text: &str, allowed: &'static str) -> Option<Refused> {
    text.contains(',').then(|| Refused {
        message: format!("`{text}` holds a comma, which may part decimals or thousands"),
        allowed,
        meant: (text.matches(',').count() == 1 && !text.contains('.')).then(|| text.replace(',', ".")),
    })
}

/// Percent of one vCPU; the sign may be left out where the heading says it.
pub(super) fn percent(text: &str, said_by_heading: bool) -> Result<Decimal, Refused> {
    if let Some(why) = not_running(text, PERCENT).or_else(|| comma(text, PERCENT)) {
        return Err(why);
    }
    let number = match text.strip_suffix('%') {
        Some(number) => number.trim(),
        None if said_by_heading => text,
        None => {
            let meant = decimal(text).is_ok().then(|| format!("{text} %"));
            return Err(Refused { meant, ..refused(format!("`{text}` lacks its percent sign"), PERCENT) });
        }
    };
    let percent = decimal(number).map_err(|why| refused(format!("`{text}`: {why}"), PERCENT))?;
    if percent > Decimal::from(MOST_PERCENT) {
        return Err(refused(format!("`{text}` is more than 10,000 %, which is 100 vCPU"), PERCENT));
    }
    Ok(percent.normalize())
}

/// A size above 0.
pub(super) fn size(text: &str) -> Result<Size, Refused> {
    above_zero(text, SIZE)
}

/// A size above 0, or one with the limit behind it that `docker stats` shows.
pub(super) fn usage(text: &str) -> Result<Size, Refused> {
    let Some((used, limit)) = text.split_once('/') else { return above_zero(text, USAGE) };
    let used = above_zero(used.trim(), USAGE)?;
    above_zero(limit.trim(), USAGE)?;
    Ok(used)
}

fn above_zero(text: &str, allowed: &'static str) -> Result<Size, Refused> {
    if let Some(why) = not_running(text, allowed).or_else(|| comma(text, allowed)) {
        return Err(why);
    }
    match text.parse::<Size>() {
        Ok(size) if size.bytes() == 0 => {
            Err(refused(format!("`{text}` is nothing: a container that runs takes some"), allowed))
        }
        Ok(size) => Ok(size),
        Err(why) => {
            let meant = decimal(text).is_ok().then(|| format!("{text} MiB"));
            Err(Refused { meant, ..refused(why, allowed) })
        }
    }
}

/// A count of copies.
pub(super) fn replicas(text: &str) -> Result<u32, Refused> {
    let count = text.parse::<u32>().ok().filter(|count| (1..=MOST_REPLICAS).contains(count));
    count.ok_or_else(|| refused(format!("`{text}` is no count of replicas"), REPLICAS))
}

/// A name, as the components of a scenario may have it.
pub(super) fn name(text: &str) -> Result<String, Refused> {
    let fits = |letter: char| letter.is_alphanumeric() || " -_.+(),:/".contains(letter);
    if text.chars().count() > 80 {
        return Err(refused("the name is longer than 80 characters", NAME));
    }
    match text.chars().find(|letter| !fits(*letter)) {
        Some(letter) => Err(refused(format!("`{}` in a name", letter.escape_debug()), NAME)),
        None => Ok(text.to_owned()),
    }
}
