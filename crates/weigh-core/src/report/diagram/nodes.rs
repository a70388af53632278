//! The nodes of a picture: users, servers in their zones, and what stands around them.

use super::Billing;
use super::draft::{Draft, End, Key, Part};
use super::rows::{self, NodeKind};
use super::servers::Servers;
use super::{EdgeKind, rows::Link};
use crate::money::number;
use crate::platforms::SUPPORTING;
use crate::scenario::{Scenario, ServiceRequest};
use crate::services::stated::{StatedService, Zones};

/// Adds every node that follows from the scenario and the deployments; charges may add more.
pub(super) fn add<'a>(draft: &mut Draft<'a>, scenario: &'a Scenario) {
    if scenario.components.iter().any(|component| !component.internal) {
        draft.node(Key::Users, NodeKind::Users, "Users", None, "");
    }
    for place in 0..draft.parts.len() {
        let part = draft.parts[place];
        let around = environment(draft, scenario, part.environment);
        let group = draft.group("platform", part.title().to_owned(), Some(around));
        draft.part_groups.push(group);
        servers(draft, (place, part), group);
        if part.is_first {
            jobs(draft, scenario, &part, group);
        }
        supporting(draft, scenario, (place, part), around);
    }
    let environments = draft.environments.clone();
    for (environment, _) in environments {
        for stated in scenario.services.iter().filter(|service| service.is_in(environment)) {
            service(draft, scenario, stated, environment);
        }
    }
}

/// The group of an environment, which is added where there is none.
fn environment<'a>(draft: &mut Draft<'a>, scenario: &Scenario, name: &'a str) -> usize {
    draft.environment(name).unwrap_or_else(|| {
        let region = &scenario.header.region;
        let place = if name.is_empty() { String::new() } else { format!("{name}, ") };
        let title = format!("{place}AWS {region}");
        let group = draft.group("environment", title, None);
        draft.environments.push((name, group));
        group
    })
}

/// The servers of a part, the hosts beneath them, and how many of them stand in each zone.
fn servers<'a>(draft: &mut Draft<'a>, (place, part): (usize, Part<'a>), group: usize) {
    let layout = &part.evaluation.layout;
    // What stands in one zone stands there as it is; in several, each has its share of it.
    let only = layout.zones == Some(1);
    let rented_in = if only { zone(draft, 0, group) } else { group };
    let mut rented = Vec::new();
    let all = Servers::of(&part);
    let beneath = layout.hosts.as_ref().map(Servers::of_hosts);
    let hosts = beneath.as_ref().map(|hosts| {
        let key = Key::Hosts(place);
        let node = draft.node(key, NodeKind::Compute, "EC2 instances", Some(rented_in), part.environment);
        draft.nodes[node].details.push(hosts.describe());
        rented.push((node, hosts));
        node
    });
    for (index, servers) in all.iter().enumerate() {
        let key = Key::Servers(place, index);
        let title = servers.components.join(", ");
        let node = draft.node(key, NodeKind::Compute, &title, Some(rented_in), part.environment);
        draft.nodes[node].details.push(servers.describe());
        match hosts {
            Some(hosts) => draft.edge(End::Node(node), End::Node(hosts), EdgeKind::Stand),
            None => rented.push((node, servers)),
        }
    }
    let zones = layout.zones.filter(|_| !only).unwrap_or(0);
    for number in 0..zones {
        replicas(draft, (place, part.environment), group, (number, zones), &rented);
    }
}

/// The group of an availability zone, counted from 0. Which of an account's zones it is, nobody says.
fn zone(draft: &mut Draft<'_>, number: u32, group: usize) -> usize {
    draft.group("zone", format!("Availability zone {}", number + 1), Some(group))
}

/// What of the servers of a part stands in one of its zones; no zone where nothing ever does.
fn replicas<'a>(
    draft: &mut Draft<'a>,
    (part, environment): (usize, &'a str),
    group: usize,
    (number, zones): (u32, u32),
    rented: &[(usize, &Servers)],
) {
    let told = |servers: &Servers| match servers.count {
        Some(_) => servers.in_zone(number, zones),
        // Functions stand in all zones of their VPC, and nobody counts them.
        None => Some("runs here".to_owned()),
    };
    let standing = rented.iter().filter_map(|(node, servers)| Some((*node, told(servers)?)));
    let standing: Vec<(usize, String)> = standing.collect();
    if standing.is_empty() {
        return;
    }
    let within = zone(draft, number, group);
    for (node, told) in standing {
        let title = draft.nodes[node].title.clone();
        let key = Key::Replicas(part, node, number);
        let replicas = draft.node(key, NodeKind::Replicas, &title, Some(within), environment);
        draft.nodes[replicas].details.push(told);
        draft.edge(End::Node(node), End::Node(replicas), EdgeKind::Stand);
    }
}

fn jobs<'a>(draft: &mut Draft<'a>, scenario: &'a Scenario, part: &Part<'a>, group: usize) {
    for job in &scenario.jobs {
        let key = Key::Job(part.environment, &job.name);
        let node = draft.node(key, NodeKind::Compute, &job.name, Some(group), part.environment);
        let runs = number(job.runs_in(scenario.header.month), 2);
        draft.nodes[node].details.push(format!("job, {runs} runs"));
    }
}

/// What stands around a part: what it is charged for, what is switched off, and the front that its price includes.
fn supporting<'a>(
    draft: &mut Draft<'a>,
    scenario: &'a Scenario,
    (place, part): (usize, Part<'a>),
    around: usize,
) {
    for known in SUPPORTING.iter().filter(|known| part.has(known.id)) {
        let node = supporting_node(draft, scenario, part.environment, known.id, Some(around));
        if part.evaluation.off.iter().any(|off| off.service == known.id) {
            draft.nodes[node].billing = Billing::Off;
        }
        if rows::supporting(known.id).is_some_and(|row| row.link == Link::Out) {
            draft.node(Key::Internet, NodeKind::Outside, "Internet", None, "");
        }
    }
    let reached = draft.servers[place].iter().any(|servers| is_reached(scenario, servers));
    let included = part.evaluation.included.contains(&"load-balancer");
    if let Some(title) = part.row().and_then(|row| row.included_front).filter(|_| included && reached) {
        let key = Key::IncludedFront(place);
        let node = draft.node(key, NodeKind::Entry, title, Some(around), part.environment);
        draft.nodes[node].billing = Billing::Included;
    }
}

/// The node of a supporting service in an environment, which is added where there is none.
pub(super) fn supporting_node<'a>(
    draft: &mut Draft<'a>,
    scenario: &Scenario,
    environment: &'a str,
    id: &'static str,
    group: Option<usize>,
) -> usize {
    let row = rows::supporting(id);
    let title = row.map_or(id, |row| (row.title)(scenario));
    let kind = row.map_or(NodeKind::Other, |row| row.kind);
    draft.node(Key::Supporting(environment, id), kind, title, group, environment)
}

/// Whether clients reach a component that these servers hold.
pub(super) fn is_reached(scenario: &Scenario, servers: &Servers) -> bool {
    let mut components = scenario.components.iter();
    components.any(|component| !component.internal && servers.components.contains(&component.name))
}

/// The node of a stated service in an environment.
pub(super) fn service<'a>(
    draft: &mut Draft<'a>,
    scenario: &'a Scenario,
    service: &'a ServiceRequest,
    environment: &'a str,
) -> usize {
    let row = rows::service(&service.kind);
    let stated = StatedService::find(&service.kind);
    let regional = row.is_none_or(|row| row.regional);
    let group = draft.environment(environment).filter(|_| regional);
    let kind = row.map_or(NodeKind::Other, |row| row.kind);
    let key = Key::Service(environment, &service.name);
    let known_as = stated.map_or(service.kind.as_str(), |stated| stated.title);
    // One without a name of its own is called by its kind.
    let named = service.name != service.kind;
    let title = if named { &service.name } else { known_as };
    let node = draft.node(key, kind, title, group, environment);
    let drawn = &mut draft.nodes[node];
    if title != known_as {
        drawn.details.push(known_as.to_owned());
    }
    if !regional && scenario.environments.len() > 1 && !environment.is_empty() {
        drawn.details.push(format!("of {environment}"));
    }
    drawn.details.extend(match stated.and_then(|stated| (stated.zones)(&service.settings)) {
        Some(Zones::One) => Some("in one zone".to_owned()),
        Some(Zones::Several) => Some("in several zones".to_owned()),
        None => None,
    });
    if !service.enabled {
        drawn.billing = Billing::Off;
    }
    node
}
