//! Containers on EC2: on one instance with Docker Compose, or spread over a cluster of ECS; the cheapest type in the book.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::Ground;
use super::packing::{Outcome, Packing, Price, Servers, memory, names, unknown_images, vcpu};
use super::reservation::{Reservation, Together};
use crate::catalog::{Architecture, InstanceType, Limit};
use crate::measure::Size;
use crate::money::NotExact;
use crate::platforms::{FailedNeed, Interfaces, Room, TaskNeed, pack};
use crate::services::storage;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

pub(super) const COMPOSE: &str = "ec2-compose";
pub(super) const CLUSTER: &str = "ecs-ec2";
pub(super) const ON_ONE: &str = "all containers on one instance";
pub(super) const SPREAD: &str = "tasks packed onto instances";

/// Disk that the system takes beside the images: assumed, as large as the root volume of Amazon Linux 2023 is made by
/// default (Amazon Linux 2023 User Guide: 8 GiB). Data that containers write is not in it.
pub const SYSTEM_DISK: Size = Size::from_mib(8 * 1_024);
/// The least disk of an instance of ECS: the root volume of the ECS-optimised image (Amazon ECS Developer Guide, AMI
/// storage configuration: 30 GiB; from memory, not read again: assumed).
pub const CLUSTER_DISK: Size = Size::from_mib(30 * 1_024);

/// How containers are put on instances.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// All on one.
    OnOne,
    /// As many as they take.
    Spread,
}

impl Way {
    /// The platform and the words.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Way::OnOne => (COMPOSE, ON_ONE),
            Way::Spread => (CLUSTER, SPREAD),
        }
    }

    /// How many instances of a type hold all containers; nothing where none does.
    pub(super) fn count(
        self,
        ground: &Ground<'_>,
        reservations: &[Reservation],
        instance: &InstanceType,
    ) -> Option<u32> {
        let room = room(ground, instance);
        match self {
            Way::OnOne => {
                let all = Together::all(reservations);
                (all.vcpu <= room.vcpu && all.memory_mib <= room.memory_mib).then_some(1)
            }
            Way::Spread => {
                let groups: Vec<(TaskNeed, u32)> =
                    reservations.iter().map(|each| (each.need(), each.container.replicas)).collect();
                let most = ground.catalog.limits.whole(Limit::EcsInstancesPerCluster);
                pack(room, &groups).filter(|count| *count <= most)
            }
        }
    }

    /// The disk of each instance: the system, and the images of all containers.
    fn disk(self, reservations: &[Reservation]) -> Size {
        let images = Together::all(reservations).images.bytes();
        let bytes = images.saturating_add(SYSTEM_DISK.bytes());
        let whole = Size::from_bytes(bytes.div_ceil(1 << 30).saturating_mul(1 << 30));
        if self == Way::Spread { whole.max(CLUSTER_DISK) } else { whole }
    }

    /// So many instances of a type, with their price.
    pub(super) fn packed(
        self,
        ground: &Ground<'_>,
        reservations: &[Reservation],
        instance: &InstanceType,
        count: u32,
    ) -> Result<Packing, NotExact> {
        let disk = self.disk(reservations);
        let mut usage = Usage::default();
        let name = &instance.name;
        usage.add(
            format!("ec2/instance-hours/{name}"),
            format!("{name} instances, Linux, on demand"),
            Quantity::of(Unit::Hours)
                .times_each(count, "instance", "instances")
                .times(ground.month.hours_exact(), "hours"),
        )?;
        storage::meter_volumes(&mut usage, Decimal::from(count), &storage::Volume::of(disk), ground.month)?;
        let servers =
            vec![Servers { count: u64::from(count), what: name.clone(), containers: names(reservations) }];
        let price = Price::of(ground, &usage);
        let (platform, way) = self.names();
        let mut packing = Packing::new(platform, way, Outcome::Packed { servers, price });
        packing.notes.push(match self == Way::Spread && disk == CLUSTER_DISK {
            true => format!("{disk} of gp3 on each instance, the least with ECS, hold system and images"),
            false => format!("{disk} of gp3 on each instance: {SYSTEM_DISK} for the system, and all images"),
        });
        packing.notes.extend(unknown_images(reservations));
        if bursts(reservations, instance, count) {
            packing.notes.push(format!(
                "the measured CPU keeps {name} above its baseline: surplus credits are charged, and not counted here"
            ));
        }
        Ok(packing)
    }
}

/// Whether the measured CPU is more than burstable instances earn credits for.
fn bursts(reservations: &[Reservation], instance: &InstanceType, count: u32) -> bool {
    let busy = Together::all(reservations).busy_vcpu;
    instance.burst_baseline_percent.is_some_and(|percent| {
        busy > percent / Decimal::ONE_HUNDRED * Decimal::from(instance.vcpu) * Decimal::from(count)
    })
}

/// The room of an instance beside system and agent, whose tasks share its network interface.
pub(super) fn room(ground: &Ground<'_>, instance: &InstanceType) -> Room {
    Room::of(instance, &ground.catalog.limits, None, Interfaces::Shared)
}

/// All containers on one instance of the cheapest type that holds them.
pub(super) fn compose(ground: &Ground<'_>, reservations: &[Reservation]) -> Result<Packing, NotExact> {
    cheapest(ground, reservations, Way::OnOne)
}

/// All containers as tasks on instances of the cheapest type and number.
pub(super) fn cluster(ground: &Ground<'_>, reservations: &[Reservation]) -> Result<Packing, NotExact> {
    cheapest(ground, reservations, Way::Spread)
}

/// The cheapest type that holds the containers: x86 without GPU, none that the measured CPU keeps above its baseline.
fn cheapest(ground: &Ground<'_>, reservations: &[Reservation], way: Way) -> Result<Packing, NotExact> {
    let (mut best, mut unpriced): (Option<Packing>, Option<Packing>) = (None, None);
    let mut without_price = 0_usize;
    for instance in &ground.catalog.instance_types {
        if instance.architecture != Architecture::X86 || instance.gpus > 0 {
            continue;
        }
        let Some(count) = way.count(ground, reservations, instance) else { continue };
        if bursts(reservations, instance, count) {
            continue;
        }
        let packing = way.packed(ground, reservations, instance, count)?;
        if packing.total().is_none() {
            without_price += 1;
            unpriced = unpriced.or(Some(packing));
        } else if best.as_ref().is_none_or(|best| order(&packing, best) == Ordering::Less) {
            best = Some(packing);
        }
    }
    let Some(mut packing) = best.or(unpriced) else { return Ok(nowhere(ground, reservations, way)) };
    if without_price > 0 && packing.total().is_some() {
        let types = if without_price == 1 { "1 type" } else { &format!("{without_price} types") };
        packing.notes.push(format!("{types} would hold them too, and have no price in the region"));
    }
    Ok(packing)
}

/// The cheaper first, then the fewer instances; else as the catalog has them.
fn order(one: &Packing, other: &Packing) -> Ordering {
    let count = |packing: &Packing| match &packing.outcome {
        Outcome::Packed { servers, .. } => servers.iter().map(|each| each.count).sum(),
        Outcome::TooLarge { .. } => u64::MAX,
    };
    one.total().cmp(&other.total()).then_with(|| count(one).cmp(&count(other)))
}

/// That no type of the catalog holds the containers.
fn nowhere(ground: &Ground<'_>, reservations: &[Reservation], way: Way) -> Packing {
    let types = ground.catalog.instance_types.iter();
    let types = types.filter(|known| known.architecture == Architecture::X86 && known.gpus == 0);
    let largest = types.max_by_key(|known| (known.memory_mib, known.vcpu));
    let offered = largest.map_or("the catalog has no type".to_owned(), |largest| {
        let room = room(ground, largest);
        let (cpu, held) = (vcpu(room.vcpu), memory(room.memory_mib));
        format!("the type with the most memory, {}, has {cpu} and {held} beside the system", largest.name)
    });
    let (wanted, revisit_when) = match way {
        Way::OnOne => {
            let all = Together::all(reservations);
            let wanted = format!("{} and {} on one instance", vcpu(all.vcpu), memory(all.memory_mib));
            (wanted, "the containers are spread over several instances")
        }
        Way::Spread => {
            let largest = reservations.iter().max_by_key(|each| (each.memory_mib, each.cpu_units));
            let wanted = largest.map(|each| {
                format!(
                    "{} and {} for {}",
                    vcpu(each.vcpu()),
                    memory(each.memory().mib()),
                    each.container.name
                )
            });
            (wanted.unwrap_or_default(), "it is split into smaller parts")
        }
    };
    let need =
        FailedNeed { need: "memory".to_owned(), wanted, offered, revisit_when: revisit_when.to_owned() };
    let (platform, words) = way.names();
    Packing::new(platform, words, Outcome::nowhere(vec![need], reservations))
}
