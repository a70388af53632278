//! Lightsail container service: nodes of one power at a monthly price, load balancer and TLS included.

use rust_decimal::Decimal;

use super::around::Around;
use super::headroom::fixed_note;
use super::sizing::{by_traits, count, least_replicas, no_gpu, replica, service, station, too_much_traffic};
use super::{
    Brief, Deployment, FailedNeed, Layout, Platform, Proposal, ReplicaGroup, ServerSize, ServiceLevel, Setup,
    jobs, sized,
};
use crate::capacity::{Fleet, Presence, Replica, Scaling, Serving, Station};
use crate::catalog::{Catalog, ContainerPower, Limit};
use crate::measure::Size;
use crate::money::{NotExact, approximate, number};
use crate::scenario::{Contradiction, Needs, Scenario, Section, Sessions, State, Values, section};
use crate::services::Flow;
use crate::time::Month;
use crate::units::Unit;
use crate::usage::{Quantity, Scope, Usage};

const ID: &str = "lightsail";
const TITLE: &str = "Lightsail";

/// The platform's row.
pub(super) const PLATFORM: Platform = Platform {
    id: ID,
    title: TITLE,
    summary: "A Lightsail container service: a fixed monthly price per node, load balancer and TLS included, no autoscaling.",
    settings: &[Settings::FIELDS],
    contradictions,
    assumptions,
    propose,
};

section! {
    /// Settings of a Lightsail option.
    pub(super) struct Settings {
        /// Power of each node; left out, the power that serves best for its price.
        pub power: Option<String> => Kind::Word(Known::ContainerPower), Optional;
        /// Nodes, each with all the components; left out, as many as the peak needs.
        pub nodes: Option<u32> => Kind::Count { least: 1, most: 20 }, Optional;
        /// Utilisation at the peak that the nodes are sized for.
        pub target_utilisation: Decimal => Kind::Share, Default("60 %");
    }
}

fn assumptions(scenario: &Scenario, _catalog: &Catalog) -> Vec<String> {
    let mut given = vec![
        "A Lightsail node runs one copy of each component, with the node's whole vCPU at all times: AWS documents no CPU credits for containers.".to_owned(),
        "Lightsail keeps container logs itself, for a few days; the others pay CloudWatch for theirs."
            .to_owned(),
        "AWS promises no service level for Lightsail containers: the one for single instances is taken."
            .to_owned(),
    ];
    // The monthly price is reached in the longest month.
    if scenario.header.month.is_partial() {
        given.push(
            "Of a part of a month Lightsail bills hours up to the monthly price, at 1/744 of it: each node is hours / 744 of a month."
                .to_owned(),
        );
    } else if scenario.header.month != Month::Average && scenario.header.month.hours() < 744 {
        given.push(
            "A Lightsail node costs its monthly price; AWS bills hours up to it, so a month under 744 h may cost less."
                .to_owned(),
        );
    }
    given
}

/// Nodes for a month: each at its monthly price, or for the hours of a part of a month at 1/744 of that price, which
/// the hours of no part of a month exceed.
///
/// Lightsail charges a fixed hourly price up to the monthly one (Amazon Lightsail user guide, "Billing and account
/// management"); its list of 2026-09-16 has a nano node at 7 USD a month and 0.009408602 USD an hour, which is 7 / 744.
fn node_months(nodes: u32, month: Month) -> Quantity {
    let nodes = Quantity::of(Unit::NodeMonths).times_each(nodes, "node", "nodes");
    match month.is_partial() {
        true => nodes.times(month.hours_exact() / Decimal::from(HOURS_OF_PRICE), "of a month of 744 hours"),
        false => nodes.times(1, "month"),
    }
}

/// Hours after which the monthly price is reached: those of 31 days.
const HOURS_OF_PRICE: u32 = 744;

fn contradictions(settings: &Values, needs: &Needs) -> Vec<Contradiction> {
    super::instances::too_few(settings, needs, "nodes")
}

#[derive(Clone)]
struct Nodes<'a> {
    brief: Brief<'a>,
    settings: Settings,
    notes: Vec<String>,
    power: &'a ContainerPower,
    nodes: u32,
    stations: Vec<Station>,
    fleet: Fleet,
}

fn propose<'a>(brief: &Brief<'a>) -> Proposal<'a> {
    let Some(settings) = Settings::build(brief.settings) else { return Proposal::Rejected(Vec::new()) };
    let mut failed = by_traits(ID, TITLE, brief);
    failed.extend(no_gpu(TITLE, brief));
    failed.extend(state_and_zones(brief));
    let powers = brief.catalog.container_powers.iter();
    let powers = powers.filter(|power| settings.power.as_ref().is_none_or(|wanted| *wanted == power.name));
    Proposal::from(failed, sized(powers.map(|power| size(brief, &settings, power, 1))))
}

/// The needs that no power can meet.
fn state_and_zones(brief: &Brief<'_>) -> Vec<FailedNeed> {
    let scenario = brief.scenario;
    let mut failed = Vec::new();
    let kept = scenario.components.iter().find(|component| component.state == State::LocalDisk);
    failed.extend(scenario.jobs.iter().filter(|job| job.disk.bytes() > 0).map(|job| {
        let offered = "Lightsail containers keep no disk".to_owned();
        jobs::refused(job, offered, "its data moves to a bucket")
    }));
    if let Some(component) = kept {
        failed.push(FailedNeed {
            need: "state".to_owned(),
            wanted: format!("a local disk of {} for {}", component.disk, component.name),
            offered: "Lightsail containers keep no disk".to_owned(),
            revisit_when: "the data moves to a bucket or a database".to_owned(),
        });
    }
    if scenario.needs.zones > 1 {
        failed.push(FailedNeed {
            need: "zones".to_owned(),
            wanted: format!("{} zones at once", scenario.needs.zones),
            offered: "AWS does not say in which zones the nodes of a container service run".to_owned(),
            revisit_when: "one zone is enough".to_owned(),
        });
    }
    let most = brief.catalog.limits.whole(Limit::LightsailContainerCountMax);
    let containers = scenario.components.len() + scenario.jobs.len();
    if containers > most as usize {
        failed.push(FailedNeed {
            need: "component".to_owned(),
            wanted: format!("{containers} components and jobs"),
            offered: format!("a deployment holds at most {most} containers"),
            revisit_when: "fewer containers are deployed together".to_owned(),
        });
    }
    failed
}

/// The nodes of one power that the peak needs, and at least so many where no number is stated.
fn size<'a>(
    brief: &Brief<'a>,
    settings: &Settings,
    power: &'a ContainerPower,
    fewest: u32,
) -> Result<Nodes<'a>, FailedNeed> {
    let scenario = brief.scenario;
    let vcpu: Decimal = scenario.components.iter().map(|component| component.vcpu).sum();
    let memory: Decimal = scenario.components.iter().map(|component| component.memory.mib()).sum();
    let (job_vcpu, job_mib) = jobs::reserved(scenario);
    let (all_vcpu, all_mib) = (vcpu + job_vcpu, memory + job_mib);
    if all_vcpu > power.vcpu || all_mib > Decimal::from(power.memory_mib) {
        return Err(FailedNeed {
            need: if all_vcpu > power.vcpu { "vcpu" } else { "memory" }.to_owned(),
            wanted: format!("{} vCPU and {} MB on each node", number(all_vcpu, 3), number(all_mib, 0)),
            offered: format!(
                "nodes of power {} have {} vCPU and {}",
                power.name,
                number(power.vcpu, 3),
                Size::from_mib(power.memory_mib)
            ),
            revisit_when: "a replica fits on a node, or another power is chosen".to_owned(),
        });
    }
    // The containers of a node share its vCPU in proportion to what each needs.
    let share = approximate(power.vcpu - job_vcpu) / approximate(vcpu);
    let replicas =
        scenario.components.iter().map(|each| replica(each, approximate(each.vcpu) * share, each.memory));
    let replicas: Vec<Replica> = replicas.collect::<Result<_, _>>()?;
    let target = approximate(settings.target_utilisation);
    let most = brief.catalog.limits.whole(Limit::LightsailContainerNodesMax);
    let least = least_replicas(brief, ID).max(fewest);
    let mut nodes = settings.nodes.unwrap_or(least);
    for (component, replica) in scenario.components.iter().zip(&replicas) {
        if settings.nodes.is_none() {
            nodes = nodes.max(count(scenario, component, *replica, target, (least, most))?);
        }
    }
    // A container service is in no VPC of the account: it reaches a table, and no node of a cache.
    let kept_outside = scenario.supporting.sessions == Sessions::Dynamodb;
    let session = scenario.components.iter().find(|each| each.state == State::Session && !kept_outside);
    if let Some(component) = session.filter(|_| nodes > 1) {
        return Err(FailedNeed {
            need: "state".to_owned(),
            wanted: format!("sessions in the memory of {} on {nodes} nodes", component.name),
            offered:
                "AWS states no stickiness for the Lightsail endpoint, so a request may reach another node"
                    .to_owned(),
            revisit_when: "sessions are kept in DynamoDB (`sessions` of [supporting]), or one node is enough"
                .to_owned(),
        });
    }
    let stations = scenario.components.iter().zip(&replicas);
    let stations = stations.map(|(component, replica)| station(scenario, component, *replica, nodes));
    let stations: Option<Vec<Station>> = stations.collect();
    let stations =
        stations.ok_or_else(|| too_much_traffic(&scenario.components[0], "its nodes can't hold it"))?;
    let services = scenario.components.iter().zip(&replicas);
    let memory = (Size::from_mib(power.memory_mib), 1);
    let fleet = Fleet {
        services: services.map(|(component, replica)| service(brief, component, *replica, memory)).collect(),
        processors: approximate(power.vcpu),
        scaling: Scaling::fixed(nodes),
        interruption: None,
        credits: None,
        host_share: 1.0,
    };
    Ok(Nodes { brief: *brief, settings: settings.clone(), notes: Vec::new(), power, nodes, stations, fleet })
}

impl Deployment for Nodes<'_> {
    fn size(&self) -> String {
        format!("{} × {}", self.nodes, self.power.name)
    }

    /// AWS tells nothing of how long a node takes to start, nor was it measured.
    fn layout(&self) -> Layout {
        let group = ReplicaGroup {
            component: None,
            size_name: Some(self.power.name.clone()),
            asked: jobs::with_components(self.brief.scenario),
            deployed: ServerSize {
                vcpu: self.power.vcpu,
                memory: Size::from_mib(self.power.memory_mib),
                storage: Size::default(),
            },
            range: (self.nodes, self.nodes),
            start: Vec::new(),
        };
        let holds = u32::try_from(self.brief.scenario.components.len()).ok();
        Layout { replicas: vec![group], hosts: None, zones: None, holds }
    }

    fn stations(&self) -> &[Station] {
        &self.stations
    }

    fn expected(&self) -> (Vec<Presence>, Option<Presence>) {
        (vec![Presence::steady(self.nodes)], None)
    }

    fn grow(&mut self, replicas: u32) -> bool {
        if self.settings.nodes.is_some() || replicas <= self.nodes {
            return false;
        }
        let larger = size(&self.brief, &self.settings, self.power, replicas);
        larger.is_ok_and(|larger| {
            *self = larger;
            self.notes.push(fixed_note(self.nodes, "nodes", "`nodes`"));
            true
        })
    }

    fn setup(&self) -> Setup {
        Setup::Fleets { fleets: vec![self.fleet.clone()], hosts: None }
    }

    /// A node that exists all month costs its monthly price, however many hours the month has: AWS bills hours up
    /// to that price, and a month of 31 days reaches it.
    fn meter(&self, serving: &Serving) -> Result<Usage, NotExact> {
        let mut usage = Usage::default();
        usage.add(
            format!("lightsail/container-node-months/{}", self.power.name),
            format!("{} container nodes", self.power.name),
            node_months(self.nodes, self.brief.scenario.header.month),
        )?;
        let included = self.brief.catalog.limits.get(Limit::LightsailContainerTransferGb);
        let (mut gb_in, mut gb_out) = (Decimal::ZERO, Decimal::ZERO);
        for flow in Flow::all_served(self.brief.scenario, serving)? {
            let (request, response) = match flow.internal {
                true => (Decimal::ZERO, Decimal::ZERO),
                false => (flow.request_size.gb(), flow.response_size.gb()),
            };
            gb_in += flow.requests * (request + flow.outside_response_size.gb());
            gb_out += flow.requests * (response + flow.outside_request_size.gb());
        }
        let beyond = (gb_in + gb_out - included).clamp(Decimal::ZERO, gb_out);
        let label = format!(
            "GB out beyond the {} GB included ({} in, {} out)",
            number(included, 0),
            number(gb_in, 1),
            number(gb_out, 1)
        );
        let because =
            Scope::because("egress", "more leaves and arrives than the price of the nodes includes");
        let overage = Quantity::of(Unit::Gb).times(beyond, label);
        usage.within(because, |usage| {
            usage.add("lightsail/transfer-overage-gb", "Data transfer overage", overage)
        })?;
        let around = Around { replicas: self.nodes, included: self.included(), ..Around::default() };
        around.meter(&self.brief, serving, &[], &mut usage)?;
        Ok(usage)
    }

    /// Load balancer, addresses, 500 GB of transfer, logs of a few days and the images are in the price of the nodes
    /// (Amazon Lightsail user guide, container services; read 2026-11-21).
    fn included(&self) -> &'static [&'static str] {
        &["load-balancer", "public-address", "egress", "logs", "registry"]
    }

    fn meter_under(&self, scenario: &Scenario, serving: &Serving) -> Result<Usage, NotExact> {
        let mut under: Nodes<'_> = self.clone();
        under.brief.scenario = scenario;
        under.meter(serving)
    }

    fn service_levels(&self) -> Vec<ServiceLevel> {
        self.brief.service_level(ID, "Lightsail container nodes", self.nodes > 1)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.notes.clone();
        notes.extend(jobs::notes(&self.brief));
        let needs = &self.brief.scenario.needs;
        // What is longer than the default idle timeout of AWS's load balancers is unusual enough to be tried first.
        let long = self.brief.catalog.limits.span(Limit::ElbIdleTimeoutDefaultSeconds);
        if needs.longest_request.is_some_and(|longest| longest > long) || needs.websocket || needs.streaming {
            notes.push(
                "AWS states no request time limit, streaming or WebSocket support for the Lightsail endpoint: try it first"
                    .to_owned(),
            );
        }
        notes
    }
}
