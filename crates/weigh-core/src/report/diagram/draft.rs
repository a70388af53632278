//! A picture while it is drawn: nodes that are found again by what they stand for.

use rust_decimal::Decimal;

use super::super::annual;
use super::rows::{self, NodeKind, PlatformRow};
use super::servers::Servers;
use super::{Billing, DiagramEdge, DiagramGroup, DiagramNode, EdgeKind, charges, edges, nodes};
use crate::compare::{Compared, Verdict};
use crate::evaluate::Evaluation;
use crate::money::dollars;
use crate::platforms::Platform;
use crate::scenario::Scenario;

/// What a node stands for; names are those of the scenario, and the first name is always the environment's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    Users,
    Internet,
    Supporting(&'a str, &'static str),
    Service(&'a str, &'a str),
    /// The part, and the place of the servers in its layout.
    Servers(usize, usize),
    Hosts(usize),
    Replicas(usize, usize, u32),
    /// What the price of a part's servers includes in front of them.
    IncludedFront(usize),
    Job(&'a str, &'a str),
    Disks(&'a str),
    Commitments,
    Other(&'a str),
}

/// A deployment of an option: all of it, or one of its parts.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) environment: &'a str,
    pub(super) platform: &'static str,
    pub(super) evaluation: &'a Evaluation,
    /// Whether it is the first of its environment, with which go the jobs.
    pub(super) is_first: bool,
}

impl<'a> Part<'a> {
    /// The parts of an option, of which a single deployment is one.
    fn all(platform: &'static str, evaluation: &'a Evaluation) -> Vec<Part<'a>> {
        if evaluation.parts.is_empty() {
            return vec![Part { environment: "", platform, evaluation, is_first: true }];
        }
        let mut parts: Vec<Part<'a>> = Vec::new();
        for part in &evaluation.parts {
            let environment = part.environment.as_str();
            let is_first = parts.iter().all(|known| known.environment != environment);
            parts.push(Part { environment, platform: part.platform, evaluation: &part.evaluation, is_first });
        }
        parts
    }

    pub(super) fn row(&self) -> Option<&'static PlatformRow> {
        rows::platform(self.platform)
    }

    /// Its platform's name in prose.
    pub(super) fn title(&self) -> &'static str {
        Platform::find(self.platform).map_or(self.platform, |platform| platform.title)
    }

    /// Whether it needs a supporting service, which is on its bill or switched off.
    pub(super) fn has(&self, service: &str) -> bool {
        let charges = self.evaluation.bill.charges();
        let charged = |charge: &crate::bill::Charge| {
            charge.reason.as_ref().is_some_and(|reason| reason.service == service)
        };
        charges.iter().any(charged) || self.evaluation.off.iter().any(|off| off.service == service)
    }
}

/// A node while it is drawn.
pub(super) struct Node<'a> {
    pub(super) key: Key<'a>,
    pub(super) kind: NodeKind,
    pub(super) title: String,
    pub(super) details: Vec<String>,
    pub(super) group: Option<usize>,
    pub(super) environment: &'a str,
    pub(super) billing: Billing,
    pub(super) cost: Decimal,
    pub(super) marks: Vec<String>,
    pub(super) charges: Vec<usize>,
}

/// A group while it is drawn.
pub(super) struct Group {
    kind: &'static str,
    title: String,
    within: Option<usize>,
}

/// Where an edge begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Node(usize),
    Group(usize),
}

/// A picture while it is drawn.
#[derive(Default)]
pub(super) struct Draft<'a> {
    pub(super) parts: Vec<Part<'a>>,
    /// The servers of each part.
    pub(super) servers: Vec<Vec<Servers>>,
    /// The group of each part.
    pub(super) part_groups: Vec<usize>,
    /// The group of each environment, by its name.
    pub(super) environments: Vec<(&'a str, usize)>,
    groups: Vec<Group>,
    pub(super) nodes: Vec<Node<'a>>,
    edges: Vec<(End, End, EdgeKind)>,
}

/// The picture of an option that has a bill.
pub(super) fn of_evaluation<'a>(
    scenario: &'a Scenario,
    platform: &'static str,
    evaluation: &'a Evaluation,
) -> Draft<'a> {
    let parts = Part::all(platform, evaluation);
    let servers = parts.iter().map(Servers::of).collect();
    let mut draft = Draft { parts, servers, ..Draft::default() };
    nodes::add(&mut draft, scenario);
    charges::place(&mut draft, scenario, &evaluation.bill);
    edges::add(&mut draft, scenario);
    draft
}

/// The picture of an option that can't be priced: its size, and the services that the scenario states.
pub(super) fn without_prices<'a>(scenario: &'a Scenario, option: &'a Compared) -> Draft<'a> {
    let mut draft = Draft::default();
    let group = draft.group("environment", format!("AWS {}", scenario.header.region), None);
    draft.environments.push(("", group));
    let users = draft.node(Key::Users, NodeKind::Users, "Users", None, "");
    let title = Platform::find(option.platform).map_or(option.name.as_str(), |platform| platform.title);
    let servers = draft.node(Key::Servers(0, 0), NodeKind::Compute, title, Some(group), "");
    let size = match &option.verdict {
        Verdict::Unpriced { size, .. } => Some(size.clone()),
        Verdict::Ranked(_) | Verdict::Rejected { .. } | Verdict::NotExact(_) => None,
    };
    let names: Vec<&str> = scenario.components.iter().map(|each| each.name.as_str()).collect();
    draft.nodes[servers].details = size.into_iter().chain([names.join(", ")]).collect();
    draft.nodes[servers].billing = Billing::Unpriced;
    if scenario.components.iter().any(|component| !component.internal) {
        draft.edge(End::Node(users), End::Node(servers), EdgeKind::Request);
    }
    for service in &scenario.services {
        let node = nodes::service(&mut draft, scenario, service, "");
        if service.enabled {
            draft.nodes[node].billing = Billing::Unpriced;
        }
        draft.edge(End::Node(servers), End::Node(node), EdgeKind::Use);
    }
    draft
}

impl<'a> Draft<'a> {
    /// A group within another.
    pub(super) fn group(&mut self, kind: &'static str, title: String, within: Option<usize>) -> usize {
        self.groups.push(Group { kind, title, within });
        self.groups.len() - 1
    }

    /// The group of an environment.
    pub(super) fn environment(&self, name: &str) -> Option<usize> {
        self.environments.iter().find(|(known, _)| *known == name).map(|(_, group)| *group)
    }

    /// The node that stands for something.
    pub(super) fn find(&self, key: Key<'_>) -> Option<usize> {
        self.nodes.iter().position(|node| node.key == key)
    }

    /// The node that stands for something, which is added where there is none.
    pub(super) fn node(
        &mut self,
        key: Key<'a>,
        kind: NodeKind,
        title: &str,
        group: Option<usize>,
        environment: &'a str,
    ) -> usize {
        self.find(key).unwrap_or_else(|| {
            self.nodes.push(Node {
                key,
                kind,
                title: title.to_owned(),
                details: Vec::new(),
                group,
                environment,
                billing: Billing::None,
                cost: Decimal::ZERO,
                marks: Vec::new(),
                charges: Vec::new(),
            });
            self.nodes.len() - 1
        })
    }

    /// Adds an edge, unless it is there.
    pub(super) fn edge(&mut self, from: End, to: End, kind: EdgeKind) {
        if from != to && !self.edges.contains(&(from, to, kind)) {
            self.edges.push((from, to, kind));
        }
    }

    /// The picture as data.
    pub(super) fn finish(
        self,
        scenario: &Scenario,
    ) -> (Vec<DiagramGroup>, Vec<DiagramNode>, Vec<DiagramEdge>) {
        let group_id = |place: usize| format!("g{}", place + 1);
        let id = |end: End| match end {
            End::Node(place) => format!("n{}", place + 1),
            End::Group(place) => group_id(place),
        };
        let span = annual::span(scenario.header.month);
        let groups = self.groups.into_iter().enumerate().map(|(place, group)| DiagramGroup {
            id: group_id(place),
            kind: group.kind,
            title: group.title,
            group: group.within.map(group_id),
        });
        let nodes = self.nodes.into_iter().enumerate().map(|(place, node)| DiagramNode {
            id: id(End::Node(place)),
            kind: node.kind,
            title: node.title,
            details: node.details,
            group: node.group.map(group_id),
            environment: node.environment.to_owned(),
            billing: node.billing,
            monthly_cost: (!node.charges.is_empty()).then(|| node.cost.normalize().to_string()),
            cost: match node.billing {
                Billing::Charged => format!("{} {span}", dollars(node.cost)),
                Billing::Included => "included in the price of the servers".to_owned(),
                Billing::Off => "switched off, not in the bill".to_owned(),
                Billing::Unpriced => "no price".to_owned(),
                Billing::None => String::new(),
            },
            marks: node.marks,
            charges: node.charges,
        });
        let edge = |(from, to, kind): (End, End, EdgeKind)| DiagramEdge { from: id(from), to: id(to), kind };
        (groups.collect(), nodes.collect(), self.edges.into_iter().map(edge).collect())
    }
}
