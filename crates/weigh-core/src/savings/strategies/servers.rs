//! Strategies that change the servers: their size, their number, their market and their hours.

use rust_decimal::Decimal;

use crate::catalog::{Architecture, Catalog, InstanceType};
use crate::criteria::show_share;
use crate::savings::plan::{Placement, Plan};
use crate::scenario::{Datum, Wish};

/// Settings that state a size or a number.
const SIZES: [&str; 7] = ["instance_type", "vcpu", "memory", "tasks", "instances", "power", "nodes"];

/// Leaves sizes and numbers that are stated to the program, and lets cost alone choose.
pub(super) fn right_sizing(plan: &mut Plan<'_>) -> Result<String, String> {
    let words = plan.each(|at| {
        let stated: Vec<&str> = SIZES.into_iter().filter(|key| at.has(key) && at.states(key)).collect();
        if stated.is_empty() {
            return Err("no size or number is stated: the program chooses them already".to_owned());
        }
        stated.iter().for_each(|key| at.leave_out(key));
        let stated: Vec<String> = stated.iter().map(|key| format!("`{key}`")).collect();
        Ok(format!("{} left to the program, for the lowest cost", stated.join(", ")))
    })?;
    let cost = Wish { criterion: "monthly_cost".to_owned(), weight: 1.0, best: None, worst: None };
    plan.scenario.wishes = vec![cost];
    Ok(words)
}

/// Runs on ARM.
pub(super) fn graviton(plan: &mut Plan<'_>) -> Result<String, String> {
    plan.each(|at| {
        if !at.has("architecture") {
            return Err(format!("{} offers no ARM", at.platform.title));
        }
        let known = |name: &str| at.catalog.instance_types.iter().find(|each| each.name == name);
        match at.word("instance_type").as_deref().map(|name| (known(name), name)) {
            Some((Some(stated), _)) if stated.architecture == Architecture::Arm => {
                Err(format!("{} is an ARM type already", stated.name))
            }
            Some((stated, name)) => {
                let like = stated.and_then(|stated| counterpart(at.catalog, stated));
                let arm = like.ok_or_else(|| format!("there is no ARM type like {name}"))?.name.clone();
                let words = format!("{arm} in place of {name}; images must be built for ARM");
                at.set("instance_type", Datum::Text(arm));
                Ok(words)
            }
            None if at.word("architecture").as_deref() == Some(Architecture::Arm.spelling()) => {
                Err("it runs on ARM already".to_owned())
            }
            None => {
                at.set("architecture", Datum::Text(Architecture::Arm.spelling().to_owned()));
                Ok("ARM in place of x86; images must be built for ARM".to_owned())
            }
        }
    })
}

/// The plain Graviton type of the same kind, vCPU and memory, of the same generation or the first one after it.
fn counterpart<'a>(catalog: &'a Catalog, stated: &InstanceType) -> Option<&'a InstanceType> {
    let (kind, generation, _) = family(&stated.family)?;
    let alike = catalog.instance_types.iter().filter_map(|each| {
        let (own, number, rest) = family(&each.family)?;
        let same = (each.vcpu, each.memory_mib) == (stated.vcpu, stated.memory_mib);
        (own == kind && rest == "g" && number >= generation && same).then_some((number, each))
    });
    alike.min_by_key(|(number, _)| *number).map(|(_, each)| each)
}

/// `m6i` as its kind, generation and the rest: `m`, 6, `i`.
fn family(name: &str) -> Option<(&str, u32, &str)> {
    let (kind, after) = name.split_at(name.find(|letter: char| letter.is_ascii_digit())?);
    let (number, rest) =
        after.split_at(after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len()));
    Some((kind, number.parse().ok()?, rest))
}

/// Whether the replicas of a placement are instances.
fn on_instances(at: &Placement<'_>) -> bool {
    !at.has("tasks")
}

/// Lets a fixed number of replicas follow the traffic.
pub(super) fn autoscaling(plan: &mut Plan<'_>) -> Result<String, String> {
    plan.each(|at| {
        if !at.has("scaling") {
            return Err(format!("{} has no scaling to set", at.platform.title));
        }
        let is_fixed = at.word("scaling").as_deref() == Some("fixed");
        let asked = ["scaling", "target_cpu", "target_memory", "target_requests", "max_capacity"];
        if !is_fixed && asked.iter().any(|key| at.states(key)) {
            return Err("the number follows the traffic already".to_owned());
        }
        let stated = at.count(if on_instances(at) { "instances" } else { "tasks" });
        if stated.is_none() && !is_fixed {
            return Err("no number is stated: it follows the traffic wherever that varies".to_owned());
        }
        let least = at.count("min_capacity").unwrap_or_else(|| at.least(on_instances(at)));
        if stated.is_some_and(|count| count <= least) {
            return Err(format!("{least} are the fewest that the needs allow"));
        }
        at.set("scaling", Datum::Text("target-tracking".to_owned()));
        at.set("min_capacity", Datum::Count(least));
        if !on_instances(at) {
            at.leave_out("instances");
        }
        match stated {
            Some(count) => {
                at.set("max_capacity", Datum::Count(count));
                Ok(format!("target tracking between {least} and {count} in place of {count}"))
            }
            None => Ok(format!("target tracking from {least} on in place of a fixed number")),
        }
    })
}

/// Runs on Spot what is above the fewest that the needs ask for.
pub(super) fn spot(plan: &mut Plan<'_>) -> Result<String, String> {
    plan.each(|at| {
        if !at.has("spot_share") {
            return Err(format!("{} has no Spot", at.platform.title));
        }
        if at.states("spot_share") {
            return Err("the option states its share of Spot already".to_owned());
        }
        let least = at.least(at.has("instance_type"));
        at.set("spot_share", Datum::Number(Decimal::ONE));
        at.set("on_demand_base", Datum::Count(least));
        Ok(format!("all above {least} on demand runs on Spot and may be interrupted"))
    })
}

/// Stops the servers outside of some hours.
pub(super) fn schedule(plan: &mut Plan<'_>) -> Result<String, String> {
    plan.each(|at| match at.has("scaling") {
        true => Ok(String::new()),
        false => Err(format!("{} bills no servers by the hour that could be stopped", at.platform.title)),
    })?;
    let when = plan.server_hours;
    plan.scenario.server_hours = Some(when.clone());
    let hours: Vec<String> = when.hours.iter().map(ToString::to_string).collect();
    let missed = show_share(plan.scenario.requests_while_stopped());
    let hours = hours.join(" and ");
    Ok(format!(
        "servers run from {hours} on {} only; {missed} of the requests come outside and are not served",
        when.days
    ))
}
