//! Containers on Fargate: each a task of its own, or all in one task.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Ground;
use super::packing::{Outcome, Packing, Price, Servers, memory, names, size, unknown_images, vcpu};
use super::reservation::{Reservation, Together};
use crate::catalog::Limit;
use crate::measure::Size;
use crate::money::{NotExact, number};
use crate::platforms::{FailedNeed, TaskSize, task_size};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// Containers that a task definition may have; AWS does not raise it (Amazon ECS Developer Guide, service quotas,
/// "Containers per task definition", read 2026-11-21).
pub const CONTAINERS_PER_TASK: u64 = 10;

const ID: &str = "fargate";
const EACH: &str = "each container a task";
const ALL: &str = "all containers in one task";

/// Tasks that are alike: their size, their ephemeral storage in GB, how many, and what runs in them.
struct Tasks {
    size: TaskSize,
    storage_gb: Decimal,
    count: u32,
    containers: Vec<String>,
}

/// Both ways, the cheaper one marked.
pub(super) fn both(ground: &Ground<'_>, reservations: &[Reservation]) -> Result<Vec<Packing>, NotExact> {
    let mut both =
        vec![pack(ground, reservations, EACH, each(ground, reservations))?, one(ground, reservations)?];
    if let [Some(each), Some(all)] = [both[0].total(), both[1].total()] {
        both[0].cheaper = each <= all;
        both[1].cheaper = all < each;
    }
    Ok(both)
}

/// Each container in tasks of its own, those of one size together; or what does not fit.
fn each(ground: &Ground<'_>, reservations: &[Reservation]) -> Result<Vec<Tasks>, Outcome> {
    let (mut tasks, mut needs): (Vec<Tasks>, Vec<FailedNeed>) = (Vec::new(), Vec::new());
    let (mut held, mut left_out) = (Vec::new(), Vec::new());
    for reserved in reservations {
        let container = &reserved.container;
        match task(ground, &container.name, reserved.vcpu(), reserved.memory(), reserved.image()) {
            Err(why) => {
                needs.push(why);
                left_out.push(container.name.clone());
            }
            Ok((size, storage_gb)) => {
                held.push(container.name.clone());
                let known = |each: &&mut Tasks| (each.size, each.storage_gb) == (size, storage_gb);
                match tasks.iter_mut().find(known) {
                    Some(known) => {
                        known.count = known.count.saturating_add(container.replicas);
                        known.containers.push(container.name.clone());
                    }
                    None => tasks.push(Tasks {
                        size,
                        storage_gb,
                        count: container.replicas,
                        containers: vec![container.name.clone()],
                    }),
                }
            }
        }
    }
    if needs.is_empty() { Ok(tasks) } else { Err(Outcome::TooLarge { needs, held, left_out }) }
}

/// All copies of all containers in one task.
fn one(ground: &Ground<'_>, reservations: &[Reservation]) -> Result<Packing, NotExact> {
    let all = Together::all(reservations);
    let whose = "all containers";
    let mut needs = Vec::new();
    if all.copies > CONTAINERS_PER_TASK {
        needs.push(FailedNeed {
            need: "containers".to_owned(),
            wanted: format!("{} containers in one task", all.copies),
            offered: format!("ECS allows {CONTAINERS_PER_TASK} in a task definition"),
            revisit_when: "some of them run in a task of their own".to_owned(),
        });
    }
    let bytes = all.memory_mib.to_u64().unwrap_or(u64::MAX).saturating_mul(1 << 20);
    let placed = task(ground, whose, all.vcpu, Size::from_bytes(bytes), all.images);
    let tasks = match placed {
        Ok((size, storage_gb)) if needs.is_empty() => {
            Ok(vec![Tasks { size, storage_gb, count: 1, containers: names(reservations) }])
        }
        Ok(_) => Err(Outcome::nowhere(needs, reservations)),
        Err(why) => {
            needs.push(why);
            Err(Outcome::nowhere(needs, reservations))
        }
    };
    let mut packing = pack(ground, reservations, ALL, tasks)?;
    if packing.holds() {
        packing.notes.push("one task starts, stops and scales as a whole".to_owned());
    }
    Ok(packing)
}

/// The smallest task that holds so much, and its ephemeral storage in GB.
fn task(
    ground: &Ground<'_>,
    whose: &str,
    needed: Decimal,
    held: Size,
    images: Size,
) -> Result<(TaskSize, Decimal), FailedNeed> {
    let catalog = ground.catalog;
    let size = task_size(catalog, needed, held).ok_or_else(|| {
        let largest = catalog.fargate_sizes.last();
        let largest = largest.map(|size| super::packing::size(size.vcpu, size.memory_max_mib));
        FailedNeed {
            need: "memory".to_owned(),
            wanted: format!("{} and {} for {whose}", vcpu(needed), memory(held.mib())),
            offered: format!("the largest task has {}", largest.unwrap_or_default()),
            revisit_when: "it is split into smaller parts".to_owned(),
        }
    })?;
    let (free, most) = (
        catalog.limits.get(Limit::FargateEphemeralStorageFreeGb),
        catalog.limits.get(Limit::FargateEphemeralStorageMaxGb),
    );
    let storage_gb = images.gb().ceil().max(free);
    if storage_gb > most {
        return Err(FailedNeed {
            need: "image_size".to_owned(),
            wanted: format!("an image of {images} for {whose}"),
            offered: format!("a task has at most {} GB of ephemeral storage", number(most, 0)),
            revisit_when: "the image is smaller".to_owned(),
        });
    }
    Ok((size, storage_gb))
}

/// Tasks with their price, or what does not fit.
fn pack(
    ground: &Ground<'_>,
    reservations: &[Reservation],
    way: &'static str,
    tasks: Result<Vec<Tasks>, Outcome>,
) -> Result<Packing, NotExact> {
    let tasks = match tasks {
        Ok(tasks) => tasks,
        Err(outcome) => return Ok(Packing::new(ID, way, outcome)),
    };
    let mut usage = Usage::default();
    for each in &tasks {
        meter(ground, each, &mut usage)?;
    }
    let price = Price::of(ground, &usage);
    let servers = tasks.into_iter().map(|each| Servers {
        count: u64::from(each.count),
        what: size(each.size.vcpu, each.size.memory_mib),
        containers: each.containers,
    });
    let mut packing = Packing::new(ID, way, Outcome::Packed { servers: servers.collect(), price });
    packing.notes.extend(unknown_images(reservations).filter(|_| way == EACH));
    Ok(packing)
}

fn meter(ground: &Ground<'_>, tasks: &Tasks, usage: &mut Usage) -> Result<(), NotExact> {
    let hours = ground.month.hours_exact();
    let what = size(tasks.size.vcpu, tasks.size.memory_mib);
    let free = ground.catalog.limits.get(Limit::FargateEphemeralStorageFreeGb);
    let running = |unit| Quantity::of(unit).times_each(tasks.count, "task", "tasks");
    usage.add(
        "fargate/vcpu-hours/linux-x86",
        format!("vCPU of tasks of {what}"),
        running(Unit::VcpuHours).times(tasks.size.vcpu, "vCPU").times(hours, "hours"),
    )?;
    usage.add(
        "fargate/memory-gb-hours/linux-x86",
        format!("Memory of tasks of {what}"),
        running(Unit::GbHours).times(Size::from_mib(tasks.size.memory_mib).gb(), "GB").times(hours, "hours"),
    )?;
    usage.add(
        "fargate/ephemeral-storage-gb-hours",
        format!("Ephemeral storage of tasks of {what}"),
        running(Unit::GbHours)
            .times(tasks.storage_gb - free, format!("GB beyond the free {}", number(free, 0)))
            .times(hours, "hours"),
    )
}
