//! Claims about where an option stands among the others: which is recommended, and at which traffic one comes first.

use rust_decimal::Decimal;

use super::{Measures, not, plain, unit_of};
use crate::audit::{Computed, NotComputed};
use crate::claim::{Dimension, Figure};
use crate::compare::{Compared, TrafficLevel, Verdict};
use crate::money::number;
use crate::scenario::Claim;

/// The traffic up to which, or from which, an option comes first: between the two heights that the change lies between.
pub(super) fn threshold(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    unit_of(claim, &[Dimension::Rate])?;
    let subject = measures.subject();
    let name = match (&claim.entry.option, subject.comparison.options.as_slice()) {
        (Some(name), _) => name.as_str(),
        (None, [only]) => only.name.as_str(),
        (None, _) => return Err(not("it names no `option`, and there are several")),
    };
    let over = measures.over_traffic()?;
    let hours = subject.scenario.header.month.hours_exact();
    let of_day = |level: &TrafficLevel| (level.requests * Decimal::from(24) / hours).round_dp(9).normalize();
    let shown = |level: &TrafficLevel| number(of_day(level), 0);
    let (Some(first), Some(last)) = (over.levels.first(), over.levels.last()) else {
        return Err(not("no height of the traffic could be compared"));
    };
    let looked = format!("looked at from {} to {} requests a day", shown(first), shown(last));
    let spans = over.spans(TrafficLevel::leader);
    let mut led: Vec<(usize, usize)> = Vec::new();
    led.extend(spans.iter().filter(|span| span.what == Some(name)).map(|span| span.levels));
    let until = claim.entry.of.as_deref() == Some("until");
    let Some(&(from, to)) = (if until { led.last() } else { led.first() }) else {
        return Err(not(format!("{name} comes first at no height of the traffic, {looked}")));
    };
    let each: Vec<String> = led
        .iter()
        .filter_map(|(from, to)| {
            let (from, to) = (over.levels.get(*from)?, over.levels.get(*to)?);
            Some(format!("{} to {}", shown(from), shown(to)))
        })
        .collect();
    let figure = |inner: usize, outer: Option<usize>| {
        let inner = over.levels.get(inner).map(of_day);
        let outer = outer.and_then(|place| over.levels.get(place)).map(of_day);
        (inner, outer)
    };
    let figure = match until {
        true => {
            let (low, high) = figure(to, Some(to + 1));
            Figure { low, high }
        }
        false => {
            let (high, low) = figure(from, from.checked_sub(1));
            Figure { low, high }
        }
    };
    let closed = if over.limited { ", not all changes closed in on" } else { "" };
    let reckoning =
        format!("{name} comes first from {} requests a day, {looked}{closed}", each.join(" and "));
    Ok(plain(figure, reckoning, ""))
}

/// The option or platform that is recommended: the figure is the best rank that what the claim names has, 1 where the claim
/// is right; the last one of all where it is not ranked.
pub(super) fn choice(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    let comparison = measures.subject().comparison;
    let name = claim.entry.value.as_str();
    let Some((leader, _)) = comparison.ranked().next() else {
        return Err(not("no option meets the needs, so none is recommended"));
    };
    let stands = |option: &&Compared| match comparison.options.iter().any(|each| each.name == name) {
        true => option.name == name,
        false => on_platform(option, name),
    };
    let own: Vec<&Compared> = comparison.options.iter().filter(stands).collect();
    let rank = own.iter().filter_map(|option| match &option.verdict {
        Verdict::Ranked(ranked) => Some(ranked.rank),
        _ => None,
    });
    let ranked = comparison.ranked().count();
    let (rank, why) = match (rank.min(), own.first()) {
        (Some(1), _) => (1, String::new()),
        (Some(rank), _) => (rank, format!("; {name} comes as number {rank} of {ranked}")),
        (None, None) => return Err(not(format!("the comparison has no option on {name}"))),
        (None, Some(option)) => match &option.verdict {
            Verdict::Rejected { needs, .. } => {
                let needs: Vec<String> = needs.iter().map(ToString::to_string).collect();
                (ranked + 1, format!("; {name} is rejected: {}", needs.join(" ")))
            }
            _ => return Err(not(format!("{name} cannot be priced, and so is not ranked"))),
        },
    };
    let reckoning = format!("{} is recommended of {} options{why}", leader.name, comparison.options.len());
    Ok(plain(Figure::of(Decimal::from(rank)), reckoning, ""))
}

/// Whether an option stands on a platform, with a part of it at least.
fn on_platform(option: &Compared, platform: &str) -> bool {
    let evaluation = match &option.verdict {
        Verdict::Ranked(ranked) => Some(&ranked.evaluation),
        Verdict::Rejected { nearest, .. } => nearest.as_deref(),
        _ => None,
    };
    option.platform == platform
        || evaluation.is_some_and(|own| own.parts.iter().any(|part| part.platform == platform))
}
