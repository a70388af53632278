//! Rules about serving: how long requests take, and how many wait for a start.

use rust_decimal::Decimal;

use super::PolicySubject;
use super::judged::{Judged, Unit, Unknown};
use super::money::no_limit;
use crate::capacity::Latency;
use crate::evaluate::{ComponentServed, Evaluation};
use crate::measure::seconds;
use crate::money::exact;
use crate::scenario::{Datum, Policy};

/// `latency_p50_max`.
pub(super) fn p50(stated: &Datum, _: &PolicySubject<'_>, of: (&Policy, &str, &Evaluation)) -> Judged {
    latency(stated, of, "half", |latency| latency.p50_s)
}

/// `latency_p95_max`.
pub(super) fn p95(stated: &Datum, _: &PolicySubject<'_>, of: (&Policy, &str, &Evaluation)) -> Judged {
    latency(stated, of, "95 %", |latency| latency.p95_s)
}

/// `latency_p99_max`.
pub(super) fn p99(stated: &Datum, _: &PolicySubject<'_>, of: (&Policy, &str, &Evaluation)) -> Judged {
    latency(stated, of, "99 %", |latency| latency.p99_s)
}

/// A percentile at the component whose is the longest; an overloaded component has none that bounds it.
fn latency(
    stated: &Datum,
    (_, name, evaluation): (&Policy, &str, &Evaluation),
    share: &str,
    percentile_s: fn(&Latency) -> f64,
) -> Judged {
    let Datum::Duration(limit) = stated else { return no_limit(Unit::Time, stated) };
    let limit = seconds(*limit);
    if let Some(component) = evaluation.overloaded() {
        let message = format!(
            "{} of {name} gets more than it can serve: requests take ever longer",
            component.component
        );
        return Judged::without_value(Unit::Time, Some(limit), false, message);
    }
    let each = evaluation.components.iter().filter_map(|component| {
        let latency = component.served.latency()?;
        Some((component.component.as_str(), percentile_s(&latency)))
    });
    let Some((component, longest_s)) = each.max_by(|one, other| one.1.total_cmp(&other.1)) else {
        let why = format!("nothing is known of how long requests to {name} take");
        return Unknown::new(why, "a component that serves requests").judged(Unit::Time, stated);
    };
    match exact(longest_s, "latency") {
        Ok(value) => Judged::at_most(Unit::Time, value, limit, |shown| {
            format!("{share} of the requests to {component} take at most {shown} on {name}")
        }),
        Err(why) => Unknown::new(why.to_string(), "a shorter service time").judged(Unit::Time, stated),
    }
}

/// `cold_start_share_max`: over the requests of all components.
pub(super) fn cold_start_share(
    stated: &Datum,
    _: &PolicySubject<'_>,
    (_, name, evaluation): (&Policy, &str, &Evaluation),
) -> Judged {
    let Datum::Number(limit) = stated else { return no_limit(Unit::Share, stated) };
    match exact(evaluation.cold_start_share(), "share of cold starts") {
        Ok(value) => Judged::at_most(Unit::Share, value, *limit, |shown| {
            format!("{shown} of the requests wait for a start on {name}")
        }),
        Err(why) => Unknown::new(why.to_string(), "traffic above 0").judged(Unit::Share, stated),
    }
}

/// `cold_start_latency_max`: the start and the service time behind it, on average, at the component where that is longest.
/// Where no request waits for a start there is nothing to limit.
pub(super) fn cold_start_latency(
    stated: &Datum,
    _: &PolicySubject<'_>,
    (_, name, evaluation): (&Policy, &str, &Evaluation),
) -> Judged {
    let Datum::Duration(limit) = stated else { return no_limit(Unit::Time, stated) };
    let limit = seconds(*limit);
    let parts = evaluation.parts.iter().map(|part| &part.evaluation);
    let alone = evaluation.parts.is_empty().then_some(evaluation);
    let mut longest: Option<(&str, Decimal)> = None;
    for own in alone.into_iter().chain(parts) {
        for component in own.components.iter().filter(|each| each.served.cold_start_share > 0.0) {
            let Some(cold) = cold_s(own, component) else {
                let why = format!("nothing tells how long {} takes to start on {name}", component.component);
                return Unknown::new(why, "`start_up_time` of the component").judged(Unit::Time, stated);
            };
            if longest.is_none_or(|(_, known)| cold > known) {
                longest = Some((&component.component, cold));
            }
        }
    }
    match longest {
        Some((component, value)) => Judged::at_most(Unit::Time, value, limit, |shown| {
            format!("a request to {component} that waits for a start takes {shown} on average on {name}")
        }),
        None => {
            let message = format!("no request waits for a start on {name}");
            Judged::without_value(Unit::Time, Some(limit), true, message)
        }
    }
}

/// Seconds of a request that waits for a start; nothing where a start has no known length.
fn cold_s(own: &Evaluation, component: &ComponentServed) -> Option<Decimal> {
    let is_its = |group: Option<&str>| group.is_none_or(|name| name == component.component);
    let group = own.layout.replicas.iter().find(|group| is_its(group.component.as_deref()))?;
    let steps =
        (!group.start.is_empty()).then(|| group.start.iter().map(|(_, span_s)| span_s).sum::<f64>())?;
    exact(steps + component.service_time_s, "cold start").ok()
}
