//! What the conditions of rules may name, a row each: the scenario's own figures and needs.

use std::time::Duration;

use rust_decimal::Decimal;

use crate::condition::{Holds, Value, Variable};
use crate::measure::{Size, seconds};
use crate::money::exact;
use crate::scenario::{Component, Scenario, State};

/// A variable of conditions, and where its value comes from.
#[derive(Clone, Copy)]
pub struct RuleVariable {
    /// The variable.
    pub variable: Variable,
    /// Its value; nothing where the scenario does not state it.
    pub value: fn(&Scenario) -> Option<Value>,
}

/// Every variable, in the order of the documentation: traffic, the application, needs, team.
pub const VARIABLES: &[RuleVariable] = &[
    row("requests_per_day", Holds::Number, "Requests a day, on average over the month.", |scenario| {
        number(scenario.requests().checked_mul(DAY_HOURS)?.checked_div(scenario.header.month.hours_exact())?)
    }),
    row("requests_per_month", Holds::Number, "Requests in the month.", |scenario| {
        number(scenario.requests())
    }),
    row("peak_requests_per_second", Holds::Number, "Requests a second in the busiest hour.", |scenario| {
        measured(scenario.traffic.busy_hour_per_s(scenario.header.month))
    }),
    row("steady_traffic", Holds::Flag, "Whether the traffic is the same in every hour.", |scenario| {
        flag(scenario.traffic.is_steady())
    }),
    row(
        "components",
        Holds::Number,
        "Parts of the application that are deployed on their own.",
        |scenario| number(scenario.components.len().into()),
    ),
    row("services", Holds::Number, "Databases, caches and other services that it uses.", |scenario| {
        number(scenario.services.iter().filter(|service| service.enabled).count().into())
    }),
    row(
        "keeps_state",
        Holds::Flag,
        "Whether a component keeps sessions or files between requests.",
        |scenario| flag(scenario.components.iter().any(|component| component.state != State::None)),
    ),
    row("vcpu", Holds::Number, "vCPU of one replica of each component together.", |scenario| {
        number(scenario.components.iter().map(|component| component.vcpu).sum())
    }),
    row("memory", Holds::Size, "Memory of one replica of each component together.", |scenario| {
        let bytes = |component: &Component| Decimal::from(component.memory.bytes());
        number(scenario.components.iter().map(bytes).sum())
    }),
    row(
        "longest_request",
        Holds::Time,
        "Longest time that a request may take: `longest_request` of [needs].",
        |scenario| time(scenario.needs.longest_request),
    ),
    row(
        "largest_upload",
        Holds::Size,
        "Largest body of a request: `largest_upload` of [needs].",
        |scenario| size(scenario.needs.largest_upload),
    ),
    row(
        "p95_latency",
        Holds::Time,
        "Longest time that 95 % may take: `p95_latency` of [needs].",
        |scenario| time(scenario.needs.p95_latency),
    ),
    row(
        "availability",
        Holds::Share,
        "Share of the month that it must be up: `availability` of [needs].",
        |scenario| number(scenario.needs.availability?),
    ),
    row(
        "monthly_budget",
        Holds::Dollars,
        "Most that a month may cost: `monthly_budget` of [needs].",
        |scenario| number(scenario.needs.monthly_budget?),
    ),
    row("min_replicas", Holds::Number, "Replicas that must run: `min_replicas` of [needs].", |scenario| {
        number(scenario.needs.min_replicas.into())
    }),
    row("zones", Holds::Number, "Zones that it must run in: `zones` of [needs].", |scenario| {
        number(scenario.needs.zones.into())
    }),
    row("streaming", Holds::Flag, "Whether responses are streamed.", |scenario| {
        flag(scenario.needs.streaming)
    }),
    row("websocket", Holds::Flag, "Whether clients hold WebSockets.", |scenario| {
        flag(scenario.needs.websocket)
    }),
    row("gpu", Holds::Flag, "Whether it needs a GPU.", |scenario| flag(scenario.needs.gpu)),
    row("shell_access", Holds::Flag, "Whether a person must open a shell.", |scenario| {
        flag(scenario.needs.shell_access)
    }),
    row("never_cold", Holds::Flag, "Whether no request may wait for a start.", |scenario| {
        flag(scenario.needs.never_cold)
    }),
    row("developers", Holds::Number, "Developers of [team].", |scenario| {
        number(scenario.team.developers?.into())
    }),
    row("operations_engineers", Holds::Number, "Operations engineers of [team].", |scenario| {
        number(scenario.team.operations_engineers?.into())
    }),
    row("team_size", Holds::Number, "Developers and operations engineers of [team] together.", |scenario| {
        number(scenario.team.people()?.into())
    }),
    row("hourly_rate", Holds::Dollars, "US dollars of a working hour in [team].", |scenario| {
        number(scenario.team.hourly_rate?)
    }),
];

const DAY_HOURS: Decimal = Decimal::from_parts(24, 0, 0, false, 0);

const fn row(
    name: &'static str,
    holds: Holds,
    summary: &'static str,
    value: fn(&Scenario) -> Option<Value>,
) -> RuleVariable {
    RuleVariable { variable: Variable { name, holds, summary }, value }
}

fn number(value: Decimal) -> Option<Value> {
    // Rates by the second, the minute or the day do not end as decimals; a ten-millionth tells no two conditions apart.
    Some(Value::Number(value.round_dp(7)))
}

fn measured(value: f64) -> Option<Value> {
    exact(value, "a rate").ok().and_then(number)
}

#[allow(clippy::unnecessary_wraps, reason = "rows may be unknown")]
fn flag(value: bool) -> Option<Value> {
    Some(Value::Flag(value))
}

fn time(value: Option<Duration>) -> Option<Value> {
    number(seconds(value?))
}

fn size(value: Option<Size>) -> Option<Value> {
    number(value?.bytes().into())
}
