//! The needs as vetoes: what an evaluation must not be, whatever its score.

use std::time::Duration;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::capacity::MOST_REFUSED;
use crate::criteria::{last_digit_of_seconds, show_seconds, show_share, whole};
use crate::evaluate::{ComponentServed, Evaluation};
use crate::measure::{seconds, show_duration};
use crate::money::{approximate, dollars};
use crate::platforms::FailedNeed;
use crate::scenario::Needs;

/// The needs that only an evaluation can tell: load, latency, cost, availability, cold starts.
pub(super) fn failed(needs: &Needs, evaluation: &Evaluation) -> Vec<FailedNeed> {
    if let Some(component) = evaluation.overloaded() {
        return vec![FailedNeed {
            need: "traffic".to_owned(),
            wanted: format!("the capacity for all requests of {}", component.component),
            offered: format!(
                "{} is unstable: utilisation {}",
                evaluation.size,
                show_share(component.served.utilisation)
            ),
            revisit_when: "it has more or larger replicas".to_owned(),
        }];
    }
    [
        refused(evaluation),
        latency(needs, evaluation),
        budget(needs, evaluation),
        available(needs, evaluation),
        warm(needs, evaluation),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How far a deployment is from meeting the needs: the largest ratio of what it is to what is needed; 1 is enough.
pub(super) fn distance(needs: &Needs, evaluation: &Evaluation) -> f64 {
    let refused = evaluation.components.iter().map(|each| each.served.throttled_share).fold(0.0, f64::max);
    let load = evaluation.utilisation().max(if refused > MOST_REFUSED { 1.0 + refused } else { 0.0 });
    let cost = needs.monthly_budget.map(|budget| approximate(evaluation.bill.total()) / approximate(budget));
    let slow = needs.p95_latency.zip(evaluation.latency());
    let slow = slow.map(|(limit, latency)| latency.p95_s / approximate(seconds(limit)));
    let down = needs.availability.zip(evaluation.availability());
    let down = down.map(|(wanted, promised)| (1.0 - promised) / (1.0 - approximate(wanted)).max(1e-9));
    let cold = needs.never_cold.then(|| evaluation.cold_start_share() / Needs::NEVER_COLD_SHARE);
    [cost, slow, down, cold].into_iter().flatten().fold(load, f64::max)
}

fn refused(evaluation: &Evaluation) -> Option<FailedNeed> {
    let too_much = |each: &&ComponentServed| each.served.throttled_share > MOST_REFUSED;
    let (place, each) = evaluation.components.iter().enumerate().find(|(_, each)| too_much(each))?;
    let share = show_share(each.served.throttled_share);
    let at_limit = evaluation.serving.per_request.get(place).filter(|did| did.refusing_s > 0.0);
    let (offered, revisit_when) = match at_limit {
        Some(did) => (
            format!(
                "{share} of them are refused; {} executions at once would have served them",
                did.limit_needed
            ),
            "AWS has raised the quota, and the option says so with `concurrency_quota`, or a request takes less time",
        ),
        None => (
            format!("{share} of them are dropped"),
            "the limit is raised, more is kept ready, or a request takes less time",
        ),
    };
    Some(FailedNeed {
        need: "traffic".to_owned(),
        wanted: format!("the capacity for all requests of {}", each.component),
        offered,
        revisit_when: revisit_when.to_owned(),
    })
}

fn latency(needs: &Needs, evaluation: &Evaluation) -> Option<FailedNeed> {
    let (limit, latency) = (needs.p95_latency?, evaluation.latency()?);
    (latency.p95_s > approximate(seconds(limit))).then(|| FailedNeed {
        need: "p95_latency".to_owned(),
        wanted: format!("95 % of the requests within {}", show_duration(limit)),
        offered: format!("{} takes {}", evaluation.size, beyond(latency.p95_s, limit)),
        revisit_when: {
            let enough = show_seconds(rounded_up(latency.p95_s));
            let rarer = if evaluation.cold_start_share() > 0.0 { ", or starts are rarer" } else { "" };
            format!("{enough} are enough, or a request takes less time{rarer}")
        },
    })
}

pub(super) fn budget(needs: &Needs, evaluation: &Evaluation) -> Option<FailedNeed> {
    let budget = needs.monthly_budget?;
    (evaluation.bill.total() > budget).then(|| FailedNeed {
        need: "monthly_budget".to_owned(),
        wanted: format!("at most {} a month", dollars(budget)),
        offered: format!("{} costs {}", evaluation.size, dollars(evaluation.bill.total())),
        revisit_when: format!(
            "the budget is {} or more, or less traffic comes",
            dollars(to_the_cent(evaluation))
        ),
    })
}

/// The month's cost, rounded up to a cent: a budget of as much is enough.
fn to_the_cent(evaluation: &Evaluation) -> Decimal {
    evaluation.bill.total().round_dp_with_strategy(2, RoundingStrategy::AwayFromZero)
}

/// A time that is beyond a limit, with as many digits as tell the two apart.
fn beyond(time_s: f64, limit: Duration) -> String {
    let shown = show_seconds(time_s);
    if shown == show_duration(limit) { format!("{:.3} ms", time_s * 1e3) } else { shown }
}

/// A time rounded up to what [`show_seconds`] shows, so that a limit of as much is enough.
fn rounded_up(time_s: f64) -> f64 {
    whole(time_s, last_digit_of_seconds(time_s), true)
}

fn available(needs: &Needs, evaluation: &Evaluation) -> Option<FailedNeed> {
    let wanted = approximate(needs.availability?);
    let promised = evaluation.availability();
    if promised.is_some_and(|promised| promised >= wanted - 1e-12) {
        return None;
    }
    let chain: Vec<String> = evaluation
        .service_levels
        .iter()
        .map(|level| format!("{} {}", level.what, level.share.map_or("unknown".to_owned(), show_share)))
        .collect();
    let more_in_two_zones = evaluation.service_levels.iter().any(|level| level.more_in_two_zones);
    Some(FailedNeed {
        need: "availability".to_owned(),
        wanted: show_share(wanted),
        offered: match promised {
            Some(promised) => format!("AWS promises {} ({})", show_share(promised), chain.join(" × ")),
            None => format!("not every service level is known ({})", chain.join(" × ")),
        },
        revisit_when: match promised {
            Some(promised) if more_in_two_zones => {
                format!("min_replicas = 2 spreads it over two zones, or {} is enough", show_share(promised))
            }
            Some(promised) => format!("{} is enough", show_share(promised)),
            None => "the unknown level is stated in traits/platforms.csv, or none is needed".to_owned(),
        },
    })
}

fn warm(needs: &Needs, evaluation: &Evaluation) -> Option<FailedNeed> {
    let cold = evaluation.cold_start_share();
    (needs.never_cold && cold >= Needs::NEVER_COLD_SHARE).then(|| FailedNeed {
        need: "never_cold".to_owned(),
        wanted: "no request that waits for a start".to_owned(),
        offered: format!("{} do", show_share(cold)),
        revisit_when: "enough is kept ready: concurrency that is provisioned, or a larger minimum".to_owned(),
    })
}
