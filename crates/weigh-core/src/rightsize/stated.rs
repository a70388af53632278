//! Containers on an instance type that was asked for: what fits on it, what does not, and the type that would do.

use rust_decimal::Decimal;

use super::Ground;
use super::instances::{CLUSTER, COMPOSE, ON_ONE, SPREAD, Way, room};
use super::packing::{Outcome, Packing, memory, vcpu};
use super::reservation::{Reservation, Together};
use crate::catalog::InstanceType;
use crate::money::{NotExact, number};
use crate::platforms::{FailedNeed, Room};

/// All containers on one instance of a type, or as many as fit in the order of the inventory.
pub(super) fn compose(
    ground: &Ground<'_>,
    reservations: &[Reservation],
    instance: &InstanceType,
) -> Result<Packing, NotExact> {
    if Way::OnOne.count(ground, reservations, instance).is_some() {
        return Ok(asked_for(instance, Way::OnOne.packed(ground, reservations, instance, 1)?));
    }
    let room = room(ground, instance);
    let all = Together::all(reservations);
    let larger = larger(ground, reservations, instance, Way::OnOne);
    let needs = short(instance, &room, (all.vcpu, all.memory_mib), "", &larger);
    let (mut held, mut left_out) = (Vec::new(), Vec::new());
    let (mut free_vcpu, mut free_mib) = (room.vcpu, room.memory_mib);
    for reserved in reservations {
        let own = Together::all(std::slice::from_ref(reserved));
        let fits = own.vcpu <= free_vcpu && own.memory_mib <= free_mib;
        if fits {
            free_vcpu -= own.vcpu;
            free_mib -= own.memory_mib;
        }
        if fits { &mut held } else { &mut left_out }.push(reserved.container.name.clone());
    }
    let outcome = Outcome::TooLarge { needs, held, left_out };
    Ok(asked_for(instance, Packing::new(COMPOSE, ON_ONE, outcome)))
}

/// All containers as tasks on as many instances of a type as they take, or those that fit on none.
pub(super) fn cluster(
    ground: &Ground<'_>,
    reservations: &[Reservation],
    instance: &InstanceType,
) -> Result<Packing, NotExact> {
    if let Some(count) = Way::Spread.count(ground, reservations, instance) {
        return Ok(asked_for(instance, Way::Spread.packed(ground, reservations, instance, count)?));
    }
    let room = room(ground, instance);
    let larger = larger(ground, reservations, instance, Way::Spread);
    let (mut needs, mut held, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for reserved in reservations {
        let name = &reserved.container.name;
        let own = (reserved.vcpu(), Decimal::from(reserved.memory_mib));
        let whose = format!(" for {name}");
        let short = short(instance, &room, own, &whose, &larger);
        if short.is_empty() { &mut held } else { &mut left_out }.push(name.clone());
        needs.extend(short);
    }
    if needs.is_empty() {
        needs.push(FailedNeed {
            need: "replicas".to_owned(),
            wanted: format!("{} tasks", Together::all(reservations).copies),
            offered: "a cluster has too few instances of the type for them".to_owned(),
            revisit_when: larger,
        });
        left_out.append(&mut held);
    }
    let outcome = Outcome::TooLarge { needs, held, left_out };
    Ok(asked_for(instance, Packing::new(CLUSTER, SPREAD, outcome)))
}

/// What an instance has too little of.
fn short(
    instance: &InstanceType,
    room: &Room,
    (wanted_vcpu, wanted_mib): (Decimal, Decimal),
    whose: &str,
    larger: &str,
) -> Vec<FailedNeed> {
    let name = &instance.name;
    let mut needs = Vec::new();
    if wanted_vcpu > room.vcpu {
        needs.push(FailedNeed {
            need: "vcpu".to_owned(),
            wanted: format!("{}{whose}", vcpu(wanted_vcpu)),
            offered: format!("a {name} has {}", vcpu(room.vcpu)),
            revisit_when: larger.to_owned(),
        });
    }
    if wanted_mib > room.memory_mib {
        needs.push(FailedNeed {
            need: "memory".to_owned(),
            wanted: format!("{}{whose}", memory(wanted_mib)),
            offered: format!("a {name} has {} MB beside the system", number(room.memory_mib, 0)),
            revisit_when: larger.to_owned(),
        });
    }
    needs
}

/// The smallest type of the family that holds all containers, in words.
fn larger(ground: &Ground<'_>, reservations: &[Reservation], instance: &InstanceType, way: Way) -> String {
    let family = ground.catalog.instance_types.iter().filter(|known| known.family == instance.family);
    let fitting = family.filter(|known| way.count(ground, reservations, known).is_some());
    let smallest = fitting.min_by_key(|known| (known.memory_mib, known.vcpu));
    match smallest {
        Some(known) => {
            let it = if reservations.len() == 1 { "it" } else { "them" };
            format!("the type is {}, the smallest of its family that holds {it}", known.name)
        }
        None => format!("the type is of another family: none of {} holds them", instance.family),
    }
}

fn asked_for(instance: &InstanceType, packing: Packing) -> Packing {
    Packing { asked_for: Some(instance.name.clone()), ..packing }
}
