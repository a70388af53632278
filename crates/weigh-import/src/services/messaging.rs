//! APIs, queues, topics, events and workflows.

use super::{Rule, rule};

pub(super) const API_GATEWAY: &[Rule] = &[
    rule("api-gateway/http-requests", "Requests", "ApiGatewayHttpRequest"),
    rule("api-gateway/rest-requests", "Requests", "ApiGatewayRequest"),
    rule("api-gateway/websocket-messages", "Messages", "ApiGatewayMessage"),
    rule("api-gateway/websocket-connection-minutes", "Connection-Minutes", "ApiGatewayMinute"),
];

pub(super) const SQS: &[Rule] = &[
    // The same requests: in newer files as bands of one usage type.
    rule("sqs/standard-requests", "Requests", "Requests-RBP"),
    rule("sqs/standard-requests", "Requests", "Requests-Tier1"),
    rule("sqs/fifo-requests", "Requests", "Requests-FIFO-RBP"),
    rule("sqs/fifo-requests", "Requests", "Requests-FIFO-Tier1"),
];

pub(super) const SNS: &[Rule] = &[rule("sns/publish-requests", "Requests", "Requests-Tier1")];

pub(super) const EVENTS: &[Rule] = &[
    rule("eventbridge/custom-events", "Events", "Event-64K-Chunks"),
    rule("eventbridge/archive-processed-gb", "GB", "ArchivedEvents-Bytes"),
    rule("eventbridge/archive-storage-gb-months", "GB-Months", "TimedStorage-ByteHrs"),
    rule("eventbridge/scheduler-invocations", "Invocations", "ScheduledInvocation"),
];

pub(super) const STATES: &[Rule] = &[
    rule("step-functions/standard-transitions", "Transitions", "StateTransition"),
    rule("step-functions/express-requests", "Requests", "StepFunctions-Request"),
];
