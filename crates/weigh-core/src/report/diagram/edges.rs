//! The edges of a picture: the way of the requests, and what uses what.

use super::EdgeKind;
use super::draft::{Draft, End, Key};
use super::nodes::is_reached;
use super::rows::{Link, SUPPORTING_ROWS, ServiceLink, service};
use crate::scenario::{Component, Scenario, ServiceRequest};

/// Adds every edge between the nodes that there are.
pub(super) fn add(draft: &mut Draft<'_>, scenario: &Scenario) {
    for part in 0..draft.parts.len() {
        ways(draft, scenario, part);
        around(draft, part);
    }
    for component in scenario.components.iter().filter(|component| component.internal) {
        calls(draft, scenario, component);
    }
    for (environment, _) in draft.environments.clone() {
        for stated in scenario.services.iter().filter(|service| service.is_in(environment)) {
            uses(draft, stated, environment);
        }
        let disks = draft.find(Key::Disks(environment)).map(End::Node);
        for (part, disks) in parts_in(draft, environment).into_iter().zip(disks.into_iter().cycle()) {
            let on_disks = part_with_disks(draft, part);
            if let Some(node) = on_disks {
                draft.edge(End::Node(node), disks, EdgeKind::Use);
            }
        }
    }
}

/// The parts of an environment.
fn parts_in(draft: &Draft<'_>, environment: &str) -> Vec<usize> {
    let own = draft.parts.iter().enumerate().filter(|(_, part)| part.environment == environment);
    own.map(|(place, _)| place).collect()
}

/// The instances of a part, where it has any.
fn part_with_disks(draft: &Draft<'_>, part: usize) -> Option<usize> {
    let on_instances = draft.parts[part].row().is_some_and(|row| row.prices.contains(&"ec2"));
    let node = draft.find(Key::Hosts(part)).or_else(|| draft.find(Key::Servers(part, 0)));
    node.filter(|_| on_instances)
}

/// What stands for a whole part: its one node, or the group of its nodes.
fn whole(draft: &Draft<'_>, part: usize) -> End {
    let known = &draft.parts[part];
    let is_own = |key: Key<'_>| match key {
        Key::Servers(of, _) | Key::Hosts(of) => of == part,
        Key::Job(environment, _) => known.is_first && environment == known.environment,
        _ => false,
    };
    let mut own = draft.nodes.iter().enumerate().filter(|(_, node)| is_own(node.key));
    match (own.next(), own.next()) {
        (Some((only, _)), None) => End::Node(only),
        _ => End::Group(draft.part_groups[part]),
    }
}

/// The node of the servers that hold a component in a part.
fn holding(draft: &Draft<'_>, part: usize, component: &str) -> Option<usize> {
    let mut servers = draft.servers[part].iter();
    let place = servers.position(|servers| servers.components.iter().any(|known| known == component))?;
    draft.find(Key::Servers(part, place))
}

/// The ways of the requests to the components of a part: from the users by what stands in front.
fn ways(draft: &mut Draft<'_>, scenario: &Scenario, part: usize) {
    let environment = draft.parts[part].environment;
    let mut before: Vec<(u8, &ServiceRequest)> = Vec::new();
    for stated in scenario.services.iter().filter(|service| service.is_in(environment)) {
        if let Some(ServiceLink::Before(order)) = service(&stated.kind).map(|row| row.link) {
            before.push((order, stated));
        }
    }
    before.sort_by_key(|(order, _)| *order);
    let fronts =
        SUPPORTING_ROWS.iter().filter(|row| row.link == Link::Front && draft.parts[part].has(row.id));
    let fronts: Vec<Key<'_>> = fronts.map(|row| Key::Supporting(environment, row.id)).collect();
    for component in scenario.components.iter().filter(|component| !component.internal) {
        let (Some(users), Some(servers)) = (draft.find(Key::Users), holding(draft, part, &component.name))
        else {
            continue;
        };
        let own = before.iter().filter(|(_, stated)| concerns(stated, component));
        let stated = own.filter_map(|(_, stated)| draft.find(Key::Service(environment, &stated.name)));
        let front = fronts.iter().filter_map(|key| draft.find(*key));
        let included = draft.find(Key::IncludedFront(part));
        let way: Vec<usize> = stated.chain(front).chain(included).chain([servers]).collect();
        let mut from = users;
        for to in way {
            draft.edge(End::Node(from), End::Node(to), EdgeKind::Request);
            from = to;
        }
    }
}

fn concerns(service: &ServiceRequest, component: &Component) -> bool {
    service.component.as_deref().is_none_or(|own| own == component.name)
}

/// What a part uses around itself, and how it reaches the internet.
fn around(draft: &mut Draft<'_>, part: usize) {
    let (from, environment) = (whole(draft, part), draft.parts[part].environment);
    for row in SUPPORTING_ROWS.iter().filter(|row| row.link != Link::Front) {
        let node = draft.find(Key::Supporting(environment, row.id)).filter(|_| draft.parts[part].has(row.id));
        let Some(node) = node else { continue };
        draft.edge(from, End::Node(node), EdgeKind::Use);
        if let (Link::Out, Some(internet)) = (row.link, draft.find(Key::Internet)) {
            draft.edge(End::Node(node), End::Node(internet), EdgeKind::Use);
        }
    }
}

/// The calls to an internal component by those that clients reach, of the same environment; who calls it is not stated.
fn calls(draft: &mut Draft<'_>, scenario: &Scenario, component: &Component) {
    for to_part in 0..draft.parts.len() {
        let Some(to) = holding(draft, to_part, &component.name) else { continue };
        let environment = draft.parts[to_part].environment;
        for from_part in parts_in(draft, environment) {
            let servers = draft.servers[from_part].iter().enumerate();
            let reached = servers.filter(|(_, servers)| is_reached(scenario, servers));
            let nodes: Vec<usize> =
                reached.filter_map(|(place, _)| draft.find(Key::Servers(from_part, place))).collect();
            for from in nodes {
                draft.edge(End::Node(from), End::Node(to), EdgeKind::Use);
            }
        }
    }
}

/// What uses a stated service: the component that it names, or else all parts of the environment.
fn uses(draft: &mut Draft<'_>, stated: &ServiceRequest, environment: &str) {
    let Some(node) = draft.find(Key::Service(environment, &stated.name)) else { return };
    match service(&stated.kind).map(|row| row.link) {
        Some(ServiceLink::Before(_)) => {}
        Some(ServiceLink::Asked) => {
            if let Some(users) = draft.find(Key::Users) {
                draft.edge(End::Node(users), End::Node(node), EdgeKind::Request);
            }
        }
        Some(ServiceLink::Used) | None => {
            for part in parts_in(draft, environment) {
                let from = match &stated.component {
                    Some(component) => holding(draft, part, component).map(End::Node),
                    None => Some(whole(draft, part)),
                };
                if let Some(from) = from {
                    draft.edge(from, End::Node(node), EdgeKind::Use);
                }
            }
        }
    }
}
