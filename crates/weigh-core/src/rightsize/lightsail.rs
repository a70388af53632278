//! Containers on Lightsail: a service of nodes, each with a copy of every container.

use rust_decimal::Decimal;

use super::Ground;
use super::packing::{Outcome, Packing, Price, Servers, memory, names, size, vcpu};
use super::reservation::{Reservation, Together};
use crate::catalog::Limit;
use crate::money::NotExact;
use crate::platforms::FailedNeed;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

const ID: &str = "lightsail";
const WAY: &str = "all containers in one service";

/// The nodes of the smallest power that holds all containers, as many as the container with the most copies has.
pub(super) fn nodes(ground: &Ground<'_>, reservations: &[Reservation]) -> Result<Packing, NotExact> {
    let once = Together::once(reservations);
    let count = reservations.iter().map(|each| each.container.replicas).max().unwrap_or(1);
    let limits = &ground.catalog.limits;
    let mut needs = Vec::new();
    let most = limits.whole(Limit::LightsailContainerCountMax);
    if once.copies > u64::from(most) {
        needs.push(FailedNeed {
            need: "containers".to_owned(),
            wanted: format!("{} containers in one service", once.copies),
            offered: format!("a deployment holds at most {most}"),
            revisit_when: format!("they are split over {} services", once.copies.div_ceil(u64::from(most))),
        });
    }
    let most_nodes = limits.whole(Limit::LightsailContainerNodesMax);
    if count > most_nodes {
        needs.push(FailedNeed {
            need: "replicas".to_owned(),
            wanted: format!("{count} copies, each on a node"),
            offered: format!("a service has at most {most_nodes} nodes"),
            revisit_when: "fewer copies are enough".to_owned(),
        });
    }
    let powers = &ground.catalog.container_powers;
    let fitting = powers
        .iter()
        .find(|power| power.vcpu >= once.vcpu && Decimal::from(power.memory_mib) >= once.memory_mib);
    let Some(power) = fitting else {
        let largest = powers.last().map(|power| size(power.vcpu, power.memory_mib)).unwrap_or_default();
        let wanted = format!("{} and {} on each node", vcpu(once.vcpu), memory(once.memory_mib));
        needs.push(FailedNeed {
            need: "memory".to_owned(),
            wanted,
            offered: format!("the largest power has {largest}"),
            revisit_when: "the containers are split over several services".to_owned(),
        });
        return Ok(Packing::new(ID, WAY, Outcome::nowhere(needs, reservations)));
    };
    if !needs.is_empty() {
        return Ok(Packing::new(ID, WAY, Outcome::nowhere(needs, reservations)));
    }
    let mut usage = Usage::default();
    usage.add(
        format!("lightsail/container-node-months/{}", power.name),
        format!("{} container nodes", power.name),
        Quantity::of(Unit::NodeMonths).times_each(count, "node", "nodes").times(1, "month"),
    )?;
    let what = format!("{} ({})", power.name, size(power.vcpu, power.memory_mib));
    let servers = vec![Servers { count: u64::from(count), what, containers: names(reservations) }];
    let outcome = Outcome::Packed { servers, price: Price::of(ground, &usage) };
    let mut packing = Packing::new(ID, WAY, outcome);
    if reservations.iter().any(|each| each.container.replicas < count) {
        packing.notes.push(format!("each of the {count} nodes runs a copy of every container"));
    }
    Ok(packing)
}
