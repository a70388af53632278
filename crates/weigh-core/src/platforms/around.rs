//! What stands around the servers of a deployment: the facts of a platform, and a table that decides from them alike for all.

mod rows;

use std::time::Duration;

use rust_decimal::Decimal;

pub use rows::{SUPPORTING, SupportingService};

use super::{Brief, ServiceLevel};
use crate::capacity::{Presence, Serving};
use crate::catalog::Limit;
use crate::hours::ByHour;
use crate::measure::Size;
use crate::money::{NotExact, exact};
use crate::scenario::{Balancer, Component, Scenario, Section, Uploads, Values, choice, section};
use crate::services::Flow;
use crate::services::load_balancer::Targets;
use crate::usage::{Reason, Scope, Usage};

choice! {
    /// How what runs in the VPC reaches the internet.
    pub(super) enum Network {
        /// In public subnets, each with a public IPv4 address, shielded by security groups.
        Public = "public",
        /// In private subnets, through NAT gateways.
        Nat = "nat",
        /// In private subnets, with NAT gateways only where something calls out that no endpoint leads to.
        Private = "private",
    }
}

section! {
    /// Ways out of a VPC of an option whose servers run in one.
    pub(super) struct EndpointSettings {
        /// Services of AWS that VPC endpoints lead to, so that no NAT gateway is passed; interface endpoints cost hours in each zone.
        pub endpoints: Vec<String> => Kind::Words(Known::Endpoint), Optional;
        /// NAT gateways, where there are any, at most one in each zone; left out, one in each. What comes from a zone without one pays for crossing.
        pub nat_gateways: Option<u32> => Kind::Count { least: 1, most: 6 }, Optional;
    }
}

/// The NAT gateways of an option that runs in so many zones.
fn nat_gateways(settings: &Values, zones: u32) -> u32 {
    EndpointSettings::build(settings)
        .and_then(|built| built.nat_gateways)
        .map_or(zones, |stated| stated.min(zones))
}

/// The endpoints that an option states.
pub(super) fn endpoints(settings: &Values) -> Vec<String> {
    EndpointSettings::build(settings).map(|built| built.endpoints).unwrap_or_default()
}

/// What spreads the requests over the servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Front {
    /// A load balancer of one's own, and why.
    LoadBalancer(Targets, &'static str),
    /// An HTTP API of API Gateway.
    HttpApi,
    /// A REST API of API Gateway.
    RestApi,
    /// Nothing that is paid for: the one server is reached directly, or the platform's price includes it.
    None,
}

/// Why even one task needs a load balancer.
pub(super) const TASKS_COME_AND_GO: &str = "tasks come and go, and their addresses with them";

/// How the servers come by their images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Images {
    /// From ECR, once for each replica of a component that starts.
    EachReplica,
    /// From ECR, all of them once for each host that starts.
    EachHost,
    /// From ECR, by a cache of the platform's own that no NAT gateway is passed for.
    Cached,
    /// None, or from a store that the platform's price includes.
    None,
}

/// The facts of a platform that decide what its deployment needs beside its servers.
#[derive(Clone, Debug)]
pub(super) struct Around {
    pub(super) front: Front,
    /// How the servers reach the internet; nothing where they run in no VPC of the account.
    pub(super) network: Option<Network>,
    pub(super) endpoints: Vec<String>,
    /// What the interfaces belong to, in words.
    pub(super) whose: &'static str,
    /// Zones that it runs in.
    pub(super) zones: u32,
    /// Replicas of a component, at least.
    pub(super) replicas: u32,
    pub(super) images: Images,
    /// Whether the components run apart, so that their calls may go from zone to zone.
    pub(super) apart: bool,
    /// Whether local data of a component is on a file system that its replicas share.
    pub(super) shared_disk: bool,
    /// Whether what it writes to its log leaves by its own network, and so through a NAT gateway where there is one.
    pub(super) sends_logs: bool,
    /// Whether Container Insights can watch it.
    pub(super) tasks: bool,
    /// Supporting services that its price includes, or that it does itself.
    pub(super) included: &'static [&'static str],
    /// The largest request that it takes; nothing where it takes all.
    pub(super) largest_request: Option<Size>,
}

impl Default for Around {
    /// Nothing is needed: one replica, reached directly, in no VPC, without images.
    fn default() -> Around {
        Around {
            front: Front::None,
            network: None,
            endpoints: Vec::new(),
            whose: "",
            zones: 1,
            replicas: 1,
            images: Images::None,
            apart: false,
            shared_disk: false,
            sends_logs: false,
            tasks: false,
            included: &[],
            largest_request: None,
        }
    }
}

/// A deployment in its month, as the table of supporting services sees it.
pub(super) struct Month<'a> {
    pub(super) brief: Brief<'a>,
    pub(super) around: &'a Around,
    pub(super) serving: &'a Serving,
    /// Instances or tasks that had an interface of their own.
    pub(super) interfaces: &'a [Presence],
    /// Of those requests that were served.
    pub(super) flows: Vec<Flow>,
    pub(super) hours: Decimal,
}

impl Around {
    /// Adds the lines of every supporting service that the deployment needs in a month in which so many instances or tasks
    /// had an interface of their own, each with the reason.
    pub(super) fn meter(
        &self,
        brief: &Brief<'_>,
        serving: &Serving,
        interfaces: &[Presence],
        usage: &mut Usage,
    ) -> Result<(), NotExact> {
        let flows = Flow::all_served(brief.scenario, serving)?;
        let hours = brief.scenario.header.month.hours_exact();
        let month = Month { brief: *brief, around: self, serving, interfaces, flows, hours };
        let own = |row: &&SupportingService| !self.included.contains(&row.id);
        for row in SUPPORTING.iter().filter(own) {
            if let Some(because) = (row.because)(&month) {
                let scope = Scope { reason: Some(Reason { service: row.id, because }), ..Scope::default() };
                usage.within(scope, |usage| (row.meter)(&month, usage))?;
            }
        }
        Ok(())
    }

    /// The longest time that a request may take to answer: what a load balancer's longest idle timeout allows, unless the
    /// connection is not silent; nothing without one.
    pub(super) fn longest_request(&self, brief: &Brief<'_>) -> Option<Duration> {
        let needs = &brief.scenario.needs;
        let limited = matches!(self.front, Front::LoadBalancer(..)) && !needs.websocket && !needs.streaming;
        limited.then(|| brief.catalog.limits.span(Limit::ElbIdleTimeoutMaxSeconds))
    }

    /// The load balancer's promise, when there is one.
    pub(super) fn service_levels(&self, brief: &Brief<'_>) -> Vec<ServiceLevel> {
        if !rows::is_reached(brief.scenario) {
            return Vec::new();
        }
        match (self.front, brief.scenario.supporting.load_balancer) {
            (Front::LoadBalancer(..), Balancer::Application) => {
                brief.service_level("application-load-balancer", "Application Load Balancer", true)
            }
            (Front::LoadBalancer(..), _) => {
                brief.service_level("application-load-balancer", "Network Load Balancer", true)
            }
            (Front::HttpApi | Front::RestApi, _) => brief.service_level("api-gateway", "API Gateway", true),
            (Front::None, _) => Vec::new(),
        }
    }
}

impl Month<'_> {
    /// What comes to the front door: also what is refused behind it, and without the bodies that go to a bucket.
    fn at_the_door(&self) -> Vec<Flow> {
        let mut flows = Flow::all(self.brief.scenario);
        if self.brief.scenario.supporting.uploads == Uploads::S3 {
            let most = self.around.largest_request;
            let to_a_bucket = |flow: &&mut Flow| most.is_some_and(|most| flow.request_size > most);
            flows.iter_mut().filter(to_a_bucket).for_each(|flow| flow.request_size = Size::default());
        }
        flows
    }

    /// Whether an endpoint leads to a service of AWS.
    fn has_endpoint(&self, service: &str) -> bool {
        self.around.endpoints.iter().any(|known| known == service)
    }

    /// Multiples of the mean rate that each hour of the month has; empty where the traffic is steady.
    fn by_hour(&self) -> Vec<f64> {
        let (traffic, month) = (&self.brief.scenario.traffic, self.brief.scenario.header.month);
        if traffic.is_steady() {
            return Vec::new();
        }
        let mean = traffic.mean_per_s(month);
        let of = |hour: &[f64]| hour.iter().sum::<f64>() / hour.len() as f64 / mean;
        traffic.profile(month).rates_per_s.chunks(60).map(of).collect()
    }
}

/// Whether anything calls services outside AWS: with bytes that are stated, or by waiting for something.
pub(super) fn calls_out(scenario: &Scenario) -> bool {
    scenario.components.iter().flat_map(Component::kinds).any(|kind| {
        let outside = kind.outside_request_size.bytes() + kind.outside_response_size.bytes();
        outside > 0 || !kind.wait_time.is_zero()
    })
}

/// All the interfaces that there were on average.
fn addresses(interfaces: &[Presence]) -> Result<Decimal, NotExact> {
    let each = interfaces.iter().map(|presence| exact(presence.mean, "interfaces on average"));
    each.sum()
}

/// How all the interfaces fall on the hours of the month; nothing where all hours are alike.
fn interfaces_by_hour(interfaces: &[Presence]) -> Option<ByHour> {
    let hours = interfaces.iter().map(|presence| presence.by_hour.len()).max()?;
    let of = |presence: &Presence, hour: usize| presence.by_hour.get(hour).copied().unwrap_or(presence.mean);
    let sum = |hour| interfaces.iter().map(|presence| of(presence, hour)).sum::<f64>();
    ByHour::of(&(0..hours).map(sum).collect::<Vec<f64>>())
}

/// Requests in service at once that came through the front door, exactly.
pub(super) fn in_flight(scenario: &Scenario, serving: &Serving) -> Result<Decimal, NotExact> {
    let through =
        scenario.components.iter().zip(&serving.stations).filter(|(component, _)| !component.internal);
    exact(through.map(|(_, served)| served.mean_concurrency).sum(), "requests in service")
}

/// Zones that a load balancer stands in.
fn balancer_zones(month: &Month<'_>) -> u32 {
    month.around.zones.max(month.brief.catalog.limits.whole(Limit::ElbZonesMin))
}
