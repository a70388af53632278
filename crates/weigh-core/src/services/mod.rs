//! Supporting services: what any platform may need beside itself, one file each, metered from the traffic.

pub mod api_gateway;
pub mod between_zones;
pub mod egress;
pub mod endpoints;
pub mod load_balancer;
pub mod logs;
pub mod nat_gateway;
pub mod public_address;
pub mod registry;
pub mod sessions;
pub mod stated;
pub mod storage;
pub mod task_metrics;
pub mod uploads;

use rust_decimal::Decimal;

use crate::capacity::{MOST_REFUSED, Served, Serving};
use crate::measure::Size;
use crate::money::{NotExact, exact};
use crate::scenario::{Component, Scenario};

/// What one kind of request of a component moves in a month, exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The component's name.
    pub component: String,
    /// The kind of request, where a component has several; else empty.
    pub kind: String,
    /// Requests in the month.
    pub requests: Decimal,
    /// Whether only other components call it: nothing of it passes a front door or leaves AWS.
    pub internal: bool,
    /// Whether a content delivery network stands in front: responses leave AWS through it, free of charge at their origin.
    pub through_cdn: bool,
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
    /// The flows of a component of a scenario, one for each kind of request.
    #[must_use]
    pub fn of(scenario: &Scenario, component: &Component) -> Vec<Flow> {
        let all = requests(scenario, component);
        let through_cdn = stated::is_behind_cdn(scenario, component);
        let flows = component.kinds().into_iter().map(|kind| Flow {
            component: component.name.clone(),
            kind: kind.name,
            requests: (all * kind.share).normalize(),
            internal: component.internal,
            through_cdn,
            request_size: kind.request_size,
            response_size: kind.response_size,
            log_size: kind.log_size,
            outside_request_size: kind.outside_request_size,
            outside_response_size: kind.outside_response_size,
        });
        flows.collect()
    }

    /// How it is called on a bill: `api`, or `api (upload)` where there are several kinds of request.
    #[must_use]
    pub fn name(&self) -> String {
        match self.kind.as_str() {
            "" => self.component.clone(),
            kind => format!("{} ({kind})", self.component),
        }
    }

    /// The flows of all components.
    #[must_use]
    pub fn all(scenario: &Scenario) -> Vec<Flow> {
        scenario.components.iter().flat_map(|component| Flow::of(scenario, component)).collect()
    }

    /// The flows of all components, of those requests alone that were served where more than a few were not: what is dropped
    /// or refused gets no response, calls nobody and writes no log.
    ///
    /// # Errors
    /// A share that no bill can hold.
    pub fn all_served(scenario: &Scenario, serving: &Serving) -> Result<Vec<Flow>, NotExact> {
        let mut flows = Vec::new();
        for (component, served) in scenario.components.iter().zip(&serving.stations) {
            flows.extend(Flow::served(scenario, component, served)?);
        }
        Ok(flows)
    }

    /// The flows of one component, as [`Flow::all_served`] has them.
    ///
    /// # Errors
    /// A share that no bill can hold.
    pub fn served(
        scenario: &Scenario,
        component: &Component,
        served: &Served,
    ) -> Result<Vec<Flow>, NotExact> {
        let mut own = Flow::of(scenario, component);
        if served.throttled_share > MOST_REFUSED {
            let share = exact(1.0 - served.throttled_share, "share of requests that are served")?;
            own.iter_mut().for_each(|flow| flow.requests = (flow.requests * share).round_dp(3).normalize());
        }
        Ok(own)
    }
}

/// Requests in the month that reach a component, exactly.
#[must_use]
pub fn requests(scenario: &Scenario, component: &Component) -> Decimal {
    (scenario.traffic.requests(scenario.header.month) * component.traffic_share).normalize()
}
