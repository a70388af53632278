//! Supporting services: what any platform may need beside itself, one file each, metered from the traffic.

pub mod api_gateway;
pub mod egress;
pub mod load_balancer;
pub mod logs;
pub mod nat_gateway;
pub mod public_address;
pub mod storage;

use rust_decimal::Decimal;

use crate::measure::Size;
use crate::scenario::{Component, Scenario};

/// What one component moves in a month, exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The component's name.
    pub component: String,
    /// Requests in the month.
    pub requests: Decimal,
    /// Whether only other components call it: nothing of it passes a front door or leaves AWS.
    pub internal: bool,
    /// Bytes in with each request.
    pub request_size: Size,
    /// Bytes out with each response.
    pub response_size: Size,
    /// Bytes of log with each request.
    pub log_size: Size,
    /// Bytes sent to services outside AWS with each request.
    pub outside_request_size: Size,
    /// Bytes received from them.
    pub outside_response_size: Size,
}

impl Flow {
    /// The flow of a component of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario, component: &Component) -> Flow {
        Flow {
            component: component.name.clone(),
            requests: requests(scenario, component),
            internal: component.internal,
            request_size: component.request_size,
            response_size: component.response_size,
            log_size: component.log_size,
            outside_request_size: component.outside_request_size,
            outside_response_size: component.outside_response_size,
        }
    }

    /// The flows of all components.
    #[must_use]
    pub fn all(scenario: &Scenario) -> Vec<Flow> {
        scenario.components.iter().map(|component| Flow::of(scenario, component)).collect()
    }
}

/// Requests in the month that reach a component, exactly.
#[must_use]
pub fn requests(scenario: &Scenario, component: &Component) -> Decimal {
    (scenario.traffic.requests(scenario.header.month) * component.traffic_share).normalize()
}
