//! Which node a charge is on: exactly one, so that the nodes add up to the bill.

use super::Billing;
use super::draft::{Draft, Key, Part};
use super::nodes::supporting_node;
use super::rows::{DISKS, NodeKind, PLATFORM_ROWS};
use crate::bill::{Bill, Charge, CommitmentRole, Standing};
use crate::scenario::{Job, Scenario};

/// How the descriptions of a job's charges begin; its name and a colon follow.
const JOB: &str = "Job ";

/// Puts each charge of a bill on its node.
pub(super) fn place<'a>(draft: &mut Draft<'a>, scenario: &'a Scenario, bill: &'a Bill) {
    for (place, charge) in bill.charges().iter().enumerate() {
        let node = node_of(draft, scenario, charge);
        let node = &mut draft.nodes[node];
        node.cost += charge.cost;
        node.charges.push(place);
        node.billing = Billing::Charged;
        for mark in marks(charge) {
            if !node.marks.contains(&mark) {
                node.marks.push(mark);
            }
        }
    }
}

/// What must be known of a price that is not AWS's own for the place; the user's own prices are the user's to know.
fn marks(charge: &Charge) -> Vec<String> {
    let standing = match charge.provenance.standing {
        Standing::Sourced | Standing::Single | Standing::Own => None,
        known @ (Standing::Derived | Standing::Unverified) => Some(known.word().to_owned()),
    };
    let borrowed = charge.provenance.borrowed_from.as_ref().map(|region| format!("borrowed from {region}"));
    standing.into_iter().chain(borrowed).collect()
}

fn node_of<'a>(draft: &mut Draft<'a>, scenario: &'a Scenario, charge: &'a Charge) -> usize {
    let environment: &'a str = &charge.environment;
    let group = draft.environment(environment);
    if charge.commitment.is_some_and(|link| link.role == CommitmentRole::Fee) {
        return draft.node(Key::Commitments, NodeKind::Commitment, "Commitments", None, "");
    }
    if let Some(reason) = &charge.reason {
        return supporting_node(draft, scenario, environment, reason.service, group);
    }
    if let Some(known) = named(draft, scenario, charge).and_then(|key| draft.find(key)) {
        return known;
    }
    if charge.price_id.split('/').next() == Some(DISKS) {
        return draft.node(Key::Disks(environment), NodeKind::Store, "EBS disks", group, environment);
    }
    let rented = rented(draft, charge)
        .and_then(|part| draft.find(Key::Hosts(part)).or_else(|| draft.find(Key::Servers(part, 0))));
    rented.unwrap_or_else(|| {
        draft.node(Key::Other(environment), NodeKind::Other, "Other charges", group, environment)
    })
}

/// What a charge is for by its name: a stated service, a job, or the servers of a component.
fn named<'a>(draft: &Draft<'a>, scenario: &'a Scenario, charge: &'a Charge) -> Option<Key<'a>> {
    let (environment, name): (&'a str, &'a str) = (&charge.environment, &charge.component);
    let is_of = |job: &&Job| {
        let rest = charge.description.strip_prefix(JOB).and_then(|rest| rest.strip_prefix(&job.name));
        rest.is_some_and(|rest| rest.starts_with(':')) && (name.is_empty() || name == job.name)
    };
    if let Some(job) = scenario.jobs.iter().find(is_of) {
        return Some(Key::Job(environment, &job.name));
    }
    let segment = charge.price_id.split('/').next().unwrap_or_default();
    let of_servers = PLATFORM_ROWS.iter().any(|row| row.prices.contains(&segment));
    if !of_servers && scenario.services.iter().any(|service| service.name == name) {
        return Some(Key::Service(environment, name));
    }
    let own = draft.parts.iter().zip(&draft.servers).enumerate();
    let mut own = own.filter(|(_, (part, _))| part.environment == environment);
    own.find_map(|(place, (_, servers))| {
        let index =
            servers.iter().position(|servers| servers.components.iter().any(|known| known == name))?;
        Some(Key::Servers(place, index))
    })
}

/// The part whose servers a charge without a name is for: the one that has it on a bill of its own, or else the first whose
/// platform has such prices.
fn rented(draft: &Draft<'_>, charge: &Charge) -> Option<usize> {
    let segment = charge.price_id.split('/').next().unwrap_or_default();
    let could = |part: &Part<'_>| {
        let prices = part.row().is_some_and(|row| row.prices.contains(&segment));
        part.environment == &*charge.environment && prices
    };
    let candidates = || draft.parts.iter().enumerate().filter(|(_, part)| could(part));
    let has = |alike: fn(&Charge, &Charge) -> bool| {
        let mut candidates = candidates();
        candidates.find(|(_, part)| part.evaluation.bill.charges().iter().any(|own| alike(own, charge)))
    };
    let same = has(|own, charge| own.price_id == charge.price_id && own.metered == charge.metered);
    let known = same.or_else(|| has(|own, charge| own.price_id == charge.price_id));
    known.or_else(|| candidates().next()).map(|(place, _)| place)
}
