//! The lines that everything in a VPC carries alike: load balancer, addresses or NAT, egress, logs.

use rust_decimal::Decimal;

use super::sizing::service_level;
use super::{Brief, ServiceLevel};
use crate::capacity::{Presence, Serving};
use crate::catalog::Limit;
use crate::money::{NotExact, exact};
use crate::scenario::{Scenario, choice};
use crate::services::load_balancer::{Lcu, Load, Targets};
use crate::services::{Flow, egress, load_balancer, logs, nat_gateway, public_address};
use crate::usage::Usage;

choice! {
    /// How what runs in the VPC reaches the internet.
    pub(super) enum Network {
        /// In public subnets, each with a public IPv4 address, shielded by security groups.
        Public = "public",
        /// In private subnets, through a NAT gateway in each zone.
        Nat = "nat",
    }
}

/// What a deployment in a VPC has around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vpc {
    /// Whether a load balancer stands in front.
    pub(super) load_balancer: bool,
    /// How it reaches the internet.
    pub(super) network: Network,
    /// What the interfaces belong to, in words.
    pub(super) whose: &'static str,
    /// Zones that it runs in.
    pub(super) zones: u32,
}

impl Vpc {
    /// Adds the lines for a month in which so many instances or tasks had an interface of their own.
    pub(super) fn meter(
        &self,
        brief: &Brief<'_>,
        serving: &Serving,
        interfaces: &[Presence],
        usage: &mut Usage,
    ) -> Result<(), NotExact> {
        let hours = brief.scenario.header.month.hours_exact();
        let limits = &brief.catalog.limits;
        let flows = Flow::all_served(brief.scenario, serving)?;
        if self.load_balancer {
            let in_flight = in_flight(brief.scenario, serving)?;
            let unit = Lcu::new(limits, Targets::Addresses);
            load_balancer::meter(usage, Load::of(&flows, hours, in_flight), unit, hours)?;
            let zones = self.zones.max(limits.whole(Limit::ElbZonesMin));
            public_address::meter(usage, zones.into(), "the load balancer", hours)?;
        }
        match self.network {
            Network::Public => public_address::meter(usage, addresses(interfaces)?, self.whose, hours)?,
            Network::Nat => {
                nat_gateway::meter(usage, &flows, self.zones, hours)?;
                public_address::meter(usage, self.zones.into(), "the NAT gateways", hours)?;
            }
        }
        for flow in &flows {
            egress::meter(usage, flow)?;
            logs::meter(usage, flow)?;
        }
        Ok(())
    }

    /// The load balancer's promise, when there is one.
    pub(super) fn service_levels(&self, brief: &Brief<'_>) -> Vec<ServiceLevel> {
        if !self.load_balancer {
            return Vec::new();
        }
        service_level(brief.catalog, "application-load-balancer", "Application Load Balancer", true)
    }
}

/// All the interfaces that there were on average.
fn addresses(interfaces: &[Presence]) -> Result<Decimal, NotExact> {
    let each = interfaces.iter().map(|presence| exact(presence.mean, "interfaces on average"));
    each.sum()
}

/// Requests in service at once that came through the front door, exactly.
pub(super) fn in_flight(scenario: &Scenario, serving: &Serving) -> Result<Decimal, NotExact> {
    let through =
        scenario.components.iter().zip(&serving.stations).filter(|(component, _)| !component.internal);
    exact(through.map(|(_, served)| served.mean_concurrency).sum(), "requests in service")
}
