//! Starts, times, throughput and room: no start at all, no waiting, one second a request, nothing that the system keeps.

use rust_decimal::Decimal;

use super::search::{Change, Search};
use crate::audit::computed::{Basis, Cause};
use crate::claim::{Agreement, Degree, Figure};
use crate::money::number;
use crate::scenario::About;

const ID: &str = "part-left-out";

/// How many seconds a day has.
const DAY_S: Decimal = Decimal::from_parts(86_400, 0, 0, false, 0);

/// How many times the mean the percentiles are of a time at random (exponential): −ln(1 − p).
const PERCENTILES: &[(&str, Decimal)] = &[
    ("p50", Decimal::from_parts(693_147, 0, 0, false, 6)),
    ("p95", Decimal::from_parts(2_995_732, 0, 0, false, 6)),
    ("p99", Decimal::from_parts(4_605_170, 0, 0, false, 6)),
];

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    match &search.computed.basis {
        Basis::Times(_) if search.claim.entry.about == Some(About::ColdStart) => {
            let words = "equals no start at all: true only where capacity is spare".to_owned();
            changes.push(Change::figure(ID, 0, words, Figure::of(Decimal::ZERO)));
        }
        Basis::Pace { at_once, each_s, .. } => {
            let words = format!(
                "equals the {} requests that are served at once, as if each took a second: it takes {} s",
                number(*at_once, 1),
                number(*each_s, 3)
            );
            changes.push(Change::figure(ID, 0, words, Figure::of(at_once * DAY_S)));
        }
        Basis::Room { by_vcpu, by_memory, instances } => {
            let room = by_vcpu.min(by_memory);
            let words = "equals what the memory holds, if the system kept nothing of it".to_owned();
            changes.push(Change::figure(ID, 0, words, Figure::of(room * instances)));
            let words = "equals what the vCPU hold: there is less memory".to_owned();
            changes.push(Change::figure(ID, 0, words, Figure::of(by_vcpu * instances)));
        }
        _ => {}
    }
}

/// What comes near without explaining it to the digit: the percentile of the computing alone; else what would be needed.
pub(super) fn near(search: &Search<'_>) -> Vec<Cause> {
    let Some((figure, unit)) = search.claim.figure.zip(search.claim.unit.as_ref()) else { return Vec::new() };
    let stated = figure.map(|end| unit.to_base(end));
    let found = match &search.computed.basis {
        Basis::Times(times) if search.claim.entry.about == Some(About::Latency) => {
            without_waiting(search, times, &stated).or_else(|| mean_needed(search, times, &stated))
        }
        Basis::Pace { each_s, replicas, .. } => pace_needed(search, *each_s, *replicas, &stated),
        _ => None,
    };
    found.into_iter().collect()
}

/// The time of a name.
fn time(times: &[(String, Decimal)], name: &str) -> Option<Decimal> {
    times.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
}

/// The percentile of the computing alone, where it comes within 10 % of the stated one.
fn without_waiting(search: &Search<'_>, times: &[(String, Decimal)], stated: &Figure) -> Option<Cause> {
    let of = search.claim.entry.of.as_deref().unwrap_or("p95");
    let (_, multiple) = PERCENTILES.iter().find(|(name, _)| *name == of)?;
    let waiting = time(times, "waiting for others").filter(|waiting| !waiting.is_zero())?;
    let figure = Figure::of(time(times, "computing")?.checked_mul(*multiple)?);
    (Agreement::of(stated, &figure).degree != Degree::Contradicts).then(|| Cause {
        kind: ID,
        words: format!(
            "comes to {} without the {} s that a request waits",
            search.shown(&figure),
            number(waiting, 3)
        ),
        figure,
        changes: 1,
    })
}

/// A factor that is needed, as so much in place of what it is.
fn told(needed: Decimal, known: Decimal) -> String {
    format!("{} s in place of {} s", number(needed.round_sf(2).unwrap_or(needed), 6), number(known, 3))
}

/// How long a request might take on average, where hardly any waits in a queue.
fn mean_needed(search: &Search<'_>, times: &[(String, Decimal)], stated: &Figure) -> Option<Cause> {
    let mean = time(times, "computing")? + time(times, "waiting for others")?;
    let computed = search.computed.figure.single()?;
    let needed = stated.single()?.checked_mul(mean)?.checked_div(computed)?;
    let words = format!("would need requests that take {} on average", told(needed, mean));
    Some(Cause { kind: Cause::WOULD_NEED, words, figure: *stated, changes: 1 })
}

/// How many replicas, or how short requests, a throughput would need.
fn pace_needed(search: &Search<'_>, each_s: Decimal, replicas: Decimal, stated: &Figure) -> Option<Cause> {
    let computed = search.computed.figure.single().filter(|computed| !computed.is_zero())?;
    let ratio = stated.low.or(stated.high)?.checked_div(computed)?;
    let least = if stated.high.is_none() { " at least" } else { "" };
    // Beyond a million of anything is no hint any more.
    if replicas * ratio > Decimal::from(1_000_000) {
        return None;
    }
    let words = match replicas.is_zero() {
        true => {
            format!("would need requests that take {} on average", told(each_s.checked_div(ratio)?, each_s))
        }
        false => format!(
            "would take {} replicas{least} in place of {}, or requests of {}",
            number((replicas * ratio).ceil(), 0),
            number(replicas, 0),
            told(each_s.checked_div(ratio)?, each_s)
        ),
    };
    Some(Cause { kind: Cause::WOULD_NEED, words, figure: *stated, changes: 1 })
}
