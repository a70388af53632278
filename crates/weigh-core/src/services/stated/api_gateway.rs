//! API Gateway in front of the whole application: HTTP, REST and WebSocket APIs.

use rust_decimal::Decimal;

use super::shared::{idle, is_stated, kb, unless};
use super::{Context, StatedService, beside, settings};
use crate::catalog::Limit;
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, Values, Vocabulary, choice, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

choice! {
    /// The kind of an API.
    pub(super) enum Api {
        /// HTTP API: few features, in steps of 512 KB.
        Http = "http",
        /// REST API: caches, keys, validation.
        Rest = "rest",
        /// WebSocket API: connections that stay.
        WebSocket = "websocket",
    }
}

section! {
    /// Settings of an API.
    pub(super) struct Settings {
        /// The kind of API.
        pub api: Api => Kind::OneOf(Api::CHOICES), Required;
        /// Messages of one request over a WebSocket, in both directions.
        pub messages_per_request: Option<Decimal> => Kind::Number, Optional;
        /// Size of such a message; each 32 KB counts as one.
        pub message_size: Size => Kind::Size, Default("1 KB");
        /// WebSocket connections that are open at once, on average.
        pub connections: Option<Decimal> => Kind::NumberOrZero, Optional;
    }
}

/// An API bills each request: an HTTP API each 512 KB of the larger of request and response, a REST API whatever its size. A
/// WebSocket API bills messages, each 32 KB, and minutes of connections.
///
/// Stated as a service, it stands in front of every option, whatever that has in front by itself: a load balancer or an HTTP
/// API of a Lambda option is billed beside it. State it here when every option is to have it, and as the `front_door` of a
/// Lambda option when functions alone are. It takes what is refused behind it, too.
///
/// Source: Amazon API Gateway pricing page, as known in November 2026. AWS's example of ten thousand WebSocket connections of
/// twelve hours a day for 30 days has 216 million connection minutes; that is 5,000 on average in such a month.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let lines = worked("kind = \"api-gateway\"\napi = \"http\"", 1_000_000, &words, &catalog).unwrap();
/// assert_eq!(lines, ["api-gateway/http-requests: 1,000,000 requests × 1 steps of 512 KB = 1,000,000 Requests"]);
/// let chat = "kind = \"api-gateway\"\napi = \"websocket\"\nmessages_per_request = 2\nmessage_size = \"40 KB\"\nconnections = 100";
/// let lines = worked(chat, 1_000, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "api-gateway/websocket-messages: 1,000 requests × 2 messages × 2 steps of 32 KB = 4,000 Messages",
///     "api-gateway/websocket-connection-minutes: 100 connections × 730 hours × 60 minutes = 4,380,000 Connection-Minutes",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "api-gateway",
    title: "API Gateway",
    summary: "An API in front of every option: HTTP, REST or WebSocket.",
    metered: "requests (HTTP in steps of 512 KB, REST whatever their size), or messages in steps of 32 KB and connection minutes",
    settings: Settings::FIELDS,
    example: "api = \"rest\"",
    contradictions,
    meter,
    notes,
    zones: beside,
};

fn contradictions(values: &Values, _: &Vocabulary) -> Vec<Contradiction> {
    let own = ["messages_per_request", "message_size", "connections"];
    if values.value::<Api>("api") != Some(Api::WebSocket) {
        return idle(values, &own, "api", "without `api = \"websocket\"`");
    }
    let missing = ["messages_per_request", "connections"].into_iter().filter_map(|key| {
        let message = format!("a WebSocket API is billed by `{key}`, which is not stated");
        unless(is_stated(values, key), key, "api", message)
    });
    missing.collect()
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    match settings.api {
        Api::Http => {
            let step = kb(context.catalog.limits.whole(Limit::ApiGatewayMeteringStepKb).into());
            for flow in &context.arriving {
                let chunks = flow.request_size.max(flow.response_size).in_steps(step);
                let requests = Quantity::of(Unit::Requests)
                    .times(flow.requests, "requests")
                    .times(chunks, format!("steps of {step}"));
                let what = format!("requests of {}", flow.name());
                context.add(usage, "api-gateway/http-requests", what, requests)?;
            }
            Ok(())
        }
        Api::Rest => {
            let requests = Quantity::of(Unit::Requests).times(context.arrived(), "requests");
            context.add(usage, "api-gateway/rest-requests", "requests", requests)
        }
        Api::WebSocket => {
            let per_request = settings.messages_per_request.unwrap_or_default();
            let messages = Quantity::of(Unit::Messages)
                .times(context.arrived(), "requests")
                .times(per_request, "messages");
            let messages = messages.times(settings.message_size.in_steps(kb(32)), "steps of 32 KB");
            context.add(usage, "api-gateway/websocket-messages", "messages", messages)?;
            let minutes = Quantity::of(Unit::ConnectionMinutes)
                .times(settings.connections.unwrap_or_default(), "connections")
                .times(context.month.hours_exact(), "hours")
                .times(60, "minutes");
            context.add(usage, "api-gateway/websocket-connection-minutes", "connections", minutes)
        }
    }
}

fn notes(_: &Values) -> Vec<String> {
    let note = "it stands in front of every option, beside what an option has in front by itself; its time limit of 30 s (HTTP) or 29 s (REST) is not held against the needs";
    vec![note.to_owned()]
}
