//! Claims about costs: which charges of an option's bill each of them counts.

use super::option::{Asked, Point};
use super::{Measures, not, unit_of};
use crate::audit::{Basis, Computed, Line, NotComputed, Part};
use crate::bill::{Bill, Charge, CommitmentLink, CommitmentRole};
use crate::claim::Dimension;
use crate::commitment::CommitmentKind;
use crate::data::nearest;
use crate::money::{dollars, number};
use crate::scenario::{Claim, Scenario};

/// Lines that a reckoning shows; the rest is counted.
const LINES_SHOWN: usize = 6;

/// The part of a metered line that the account's free allowance covers.
const FREE: &str = "free allowance";

/// What a charge is for.
#[derive(Clone, Copy, PartialEq)]
enum Purpose<'a> {
    /// The platform's servers and their disks, of a component or a job; empty for what they share.
    Servers(&'a str),
    /// A service that the scenario states, by its name.
    Stated(&'a str),
    /// A service that the deployment needs beside itself, by its id.
    Supporting(&'a str),
}

/// The whole bill.
pub(super) fn total(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    cost(claim, measures, |_, _| true, |_| Ok(String::new()))
}

/// What servers and their disks cost.
pub(super) fn platform(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    cost(claim, measures, |purpose, _| is_of_servers(purpose), |_| Ok(String::new()))
}

/// What the servers of one component cost.
pub(super) fn component(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    let Some(name) = claim.entry.component.as_deref() else { return Err(not("it names no `component`")) };
    let counts = |purpose: Purpose<'_>, _: &Charge| purpose == Purpose::Servers(name);
    // Where containers share instances or nodes, no charge is a component's own.
    cost(claim, measures, counts, |_| {
        Err(not(format!("no charge is {name}'s alone: the servers that it runs on are billed as a whole")))
    })
}

/// What a supporting or a stated service costs.
pub(super) fn service(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    let Some(id) = claim.entry.service.as_deref() else { return Err(not("it names no `service`")) };
    let scenario = measures.subject().scenario;
    let counts = |purpose: Purpose<'_>, charge: &Charge| {
        is_service(scenario, purpose, id) && is_for(charge, claim.entry.component.as_deref())
    };
    cost(claim, measures, counts, |point| without(point, id))
}

/// What the charges cost whose price ids begin so.
pub(super) fn charge(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    let Some(prefix) = claim.entry.price_id.as_deref() else { return Err(not("it names no `price_id`")) };
    let scenario = measures.subject().scenario;
    let counts = |purpose: Purpose<'_>, charge: &Charge| {
        let service = claim.entry.service.as_deref();
        charge.price_id.starts_with(prefix)
            && service.is_none_or(|id| is_service(scenario, purpose, id))
            && is_for(charge, claim.entry.component.as_deref())
    };
    cost(claim, measures, counts, |point| {
        let known: Vec<&str> =
            point.evaluation.bill.charges().iter().map(|charge| charge.price_id.as_str()).collect();
        // The text may be cut off anywhere, so as much of each id is held against it.
        let begun = known.iter().map(|id| id.get(..prefix.len()).unwrap_or(id));
        let near = nearest(prefix, begun).and_then(|near| known.iter().find(|id| id.starts_with(near)));
        let hint = near.map(|near| format!("; it has {near}")).unwrap_or_default();
        Err(not(format!("the bill has no charge whose price id begins with {prefix}{hint}")))
    })
}

/// The charges of an option that a claim about servers or about everything counts, in one part.
pub(super) fn part_of(asked: &Asked<'_>, platform_alone: bool) -> Part {
    part(asked, None, |purpose, _| !platform_alone || is_of_servers(purpose))
}

fn cost(
    claim: &Claim,
    measures: &Measures<'_>,
    counts: impl Fn(Purpose<'_>, &Charge) -> bool,
    nothing: impl Fn(&Point<'_>) -> Result<String, NotComputed>,
) -> Result<Computed, NotComputed> {
    unit_of(claim, &[Dimension::MoneyPerMonth])?;
    let asked = Asked::find(measures.subject(), claim.entry.option.as_deref())?;
    let part = part(&asked, claim.entry.environment.as_deref(), counts);
    let Some(figure) = part.sum() else { return Err(not("the option has no bill")) };
    let counted = part.bills.iter().flatten().any(|line| line.counted);
    let reckoning = match asked.points.first().filter(|_| !counted) {
        Some(expected) => nothing(expected)?,
        None => reckoning(&part),
    };
    let reckoning = if reckoning.is_empty() { "the bill has no such charge".to_owned() } else { reckoning };
    let reckoning = asked.remarked(reckoning);
    Ok(Computed { figure, reckoning, source: String::new(), basis: Basis::Charges(part) })
}

/// The charges of an option at each reading of its ranges, with those marked that are counted.
fn part(asked: &Asked<'_>, environment: Option<&str>, counts: impl Fn(Purpose<'_>, &Charge) -> bool) -> Part {
    let lines = |point: &Point<'_>, bill: &Bill| -> Vec<Line> {
        let line = |charge: &Charge| {
            let (purpose, stands) = purpose(point.scenario, bill, charge);
            let here = environment.is_none_or(|name| stands == name);
            Line { charge: charge.clone(), counted: here && counts(purpose, charge) }
        };
        bill.charges().iter().map(line).collect()
    };
    Part {
        option: asked.compared.name.clone(),
        bills: asked.points.iter().map(|point| lines(point, &point.evaluation.bill)).collect(),
        without_allowances: asked
            .points
            .iter()
            .map(|point| lines(point, &point.evaluation.bill_without_allowances))
            .collect(),
    }
}

/// What a charge is for, and in which environment. A commitment's fee is for what the commitment covers; one that covers
/// several components or environments is of what they share.
fn purpose<'a>(scenario: &'a Scenario, bill: &'a Bill, charge: &'a Charge) -> (Purpose<'a>, &'a str) {
    let Some(CommitmentLink { place, role: CommitmentRole::Fee }) = charge.commitment else {
        return (own_purpose(scenario, charge), &charge.environment);
    };
    let covered = bill.charges().iter().filter(|other| {
        let link = other.commitment.filter(|link| link.place == place);
        link.is_some_and(|link| link.role != CommitmentRole::Fee)
    });
    let covered: Vec<(Purpose<'_>, &str)> =
        covered.map(|other| (own_purpose(scenario, other), &*other.environment)).collect();
    match covered.as_slice() {
        [] => (unused(scenario, bill, place), &charge.environment),
        [first, rest @ ..] => {
            let same = rest.iter().all(|(purpose, _)| *purpose == first.0);
            let purpose = match first.0 {
                Purpose::Servers(_) if !same => Purpose::Servers(""),
                purpose => purpose,
            };
            let here = rest.iter().all(|(_, environment)| *environment == first.1);
            (purpose, if here { first.1 } else { "" })
        }
    }
}

/// What a commitment would cover that covers nothing.
fn unused<'a>(scenario: &'a Scenario, bill: &'a Bill, place: usize) -> Purpose<'a> {
    let stated = |kind: &str| {
        let found = scenario.services.iter().find(|service| service.kind == kind);
        Purpose::Stated(found.map_or("", |service| service.name.as_str()))
    };
    match bill.commitments().get(place).map(|outcome| &outcome.commitment.kind) {
        Some(CommitmentKind::ReservedDatabase { .. }) => stated("rds-postgresql"),
        Some(CommitmentKind::ReservedCacheNode { .. }) => stated("elasticache"),
        _ => Purpose::Servers(""),
    }
}

fn own_purpose<'a>(scenario: &'a Scenario, charge: &'a Charge) -> Purpose<'a> {
    if let Some(reason) = &charge.reason {
        return Purpose::Supporting(reason.service);
    }
    let name: &str = &charge.component;
    let service = scenario.services.iter().any(|service| service.name == name);
    let server = scenario.components.iter().any(|component| component.name == name)
        || scenario.jobs.iter().any(|job| job.name == name);
    // A service may be called like a component; what it is billed for tells them apart then.
    match service && !(server && is_rented(&charge.price_id)) {
        true => Purpose::Stated(name),
        false => Purpose::Servers(name),
    }
}

/// Whether a price id is of what platforms rent.
fn is_rented(price_id: &str) -> bool {
    const RENTED: [&str; 7] = ["ebs", "ec2", "ec2-spot", "fargate", "fargate-spot", "lambda", "lightsail"];
    RENTED.contains(&price_id.split('/').next().unwrap_or_default())
}

fn is_of_servers(purpose: Purpose<'_>) -> bool {
    matches!(purpose, Purpose::Servers(_))
}

/// Whether a charge is of a service, by the id of a supporting one, or the name or kind of a stated one.
fn is_service(scenario: &Scenario, purpose: Purpose<'_>, id: &str) -> bool {
    match purpose {
        Purpose::Servers(_) => false,
        Purpose::Supporting(service) => service == id,
        Purpose::Stated(name) if name == id => true,
        Purpose::Stated(name) => {
            let named = scenario.services.iter().find(|service| service.name == name);
            named.is_some_and(|service| service.kind == id)
        }
    }
}

/// Whether a charge is for a component, where one is named.
fn is_for(charge: &Charge, component: Option<&str>) -> bool {
    component.is_none_or(|name| *charge.component == *name)
}

/// Why a bill has no charge of a service, where that makes it nothing; it can't be computed where the scenario has it not billed.
fn without(point: &Point<'_>, id: &str) -> Result<String, NotComputed> {
    let Point { scenario, evaluation } = point;
    if let Some(off) = evaluation.off.iter().find(|off| off.service == id) {
        let would = off.cost.map(|cost| format!("; it would cost {} a month", dollars(cost)));
        let would = would.unwrap_or_default();
        return Err(not(format!("the scenario switches {id} off{would}")));
    }
    if let Some(service) = scenario.services.iter().find(|each| each.name == id || each.kind == id) {
        if !service.enabled {
            return Err(not(format!("the scenario switches {} off", service.name)));
        }
        return Ok(format!("{} uses nothing that is charged", service.name));
    }
    let included = evaluation.included.contains(&id)
        || evaluation.parts.iter().any(|part| part.evaluation.included.contains(&id));
    Ok(match included {
        true => format!("the price of the servers includes {id}"),
        false => format!("the deployment has no {id}"),
    })
}

/// The counted charges as factors × rate, of the bill as it is expected; where that is nothing, of the high end of a range,
/// and else what is counted and costs nothing.
fn reckoning(part: &Part) -> String {
    let bill = |lines: &'static str, place: usize| {
        let cost: Vec<&Charge> = counted(part, place).filter(|charge| !charge.cost.is_zero()).collect();
        (!cost.is_empty()).then(|| format!("{lines}{}", sum_of(cost)))
    };
    let charged = bill("", 0).or_else(|| bill("at the high end ", 2)).or_else(|| bill("at the low end ", 1));
    charged.unwrap_or_else(|| {
        let free: Vec<&Charge> = counted(part, 0).filter(|charge| !charge.quantity.is_zero()).collect();
        let all_free = !free.is_empty() && free.iter().all(|charge| charge.part == FREE);
        let why =
            if all_free { "all of it is in the free allowance: " } else { "nothing of it is charged: " };
        let lines = if free.is_empty() { counted(part, 0).collect() } else { free };
        format!("{why}{}", sum_of(lines))
    })
}

/// The counted charges of one of the bills.
fn counted(part: &Part, place: usize) -> impl Iterator<Item = &Charge> {
    let lines = part.bills.get(place).into_iter().flatten();
    lines.filter(|line| line.counted).map(|line| &line.charge)
}

/// Charges as factors × rate, the largest first.
fn sum_of(mut charges: Vec<&Charge>) -> String {
    charges.sort_by_key(|charge| std::cmp::Reverse(charge.cost));
    let shown: Vec<String> = charges.iter().take(LINES_SHOWN).map(|charge| formula(charge)).collect();
    let mut shown = shown.join(" + ");
    let rest = charges.get(LINES_SHOWN..).unwrap_or_default();
    if !rest.is_empty() {
        let sum = rest.iter().map(|charge| charge.cost).sum();
        let lines = if rest.len() == 1 { "charge" } else { "charges" };
        shown.push_str(&format!(" + {} of {} more {lines}", dollars(sum), rest.len()));
    }
    shown
}

/// A charge as its factors times its rate; of a part of a line as the amount in that part.
fn formula(charge: &Charge) -> String {
    let rate = number(charge.rate, 10);
    if !charge.part.is_empty() || charge.factors.is_empty() {
        let part = if charge.part.is_empty() { String::new() } else { format!(" ({})", charge.part) };
        return format!("{} {}{part} × ${rate}", number(charge.quantity, 6), charge.unit);
    }
    let factors: Vec<String> =
        charge.factors.iter().map(|factor| format!("{} {}", number(factor.value, 6), factor.label)).collect();
    format!("{} × ${rate}", factors.join(" × "))
}
