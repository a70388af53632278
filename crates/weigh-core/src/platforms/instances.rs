//! EC2 instances as a platform sees them: room for tasks, packing, and the types worth trying.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::fleet::Fleet;
use super::sizing::least_replicas;
use super::{Brief, Deployment, FailedNeed};
use crate::catalog::{Architecture, Catalog, InstanceType, Limit, Limits};
use crate::measure::Size;
use crate::money::approximate;
use crate::scenario::{Contradiction, FromDatum, Needs, Scenario, Values};

/// What one task needs of the instance that it is placed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskNeed {
    /// vCPU.
    pub vcpu: Decimal,
    /// Memory.
    pub memory: Size,
}

/// How tasks are connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interfaces {
    /// They share the instance's network interface: any number.
    Shared,
    /// Each has a network interface of its own, as many as the type has left.
    Own,
    /// The same, with ENI trunking.
    Trunked,
}

/// The room that an instance has for tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// vCPU.
    pub vcpu: Decimal,
    /// Memory in MiB.
    pub memory_mib: Decimal,
    /// Tasks.
    pub tasks: u32,
}

impl Room {
    /// An empty instance of a type: its vCPU, its memory less what kernel, agent and system take, its interfaces.
    ///
    /// Usable memory is `installed × (1 - 2.5 %) - reserve`; the reserve is 256 MiB unless stated. AWS's ECS guide shows an instance of 8,192 MiB that
    /// registers 7,985, and reserves 256 MiB for the agent and the system in its example.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// use weigh_core::platforms::{Interfaces, Room};
    /// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// let medium = catalog.instance_type("t3.medium").unwrap();
    /// let room = Room::of(medium, &catalog.limits, None, Interfaces::Own);
    /// assert_eq!((room.vcpu, room.memory_mib, room.tasks), (2.into(), 3_737.into(), 2));
    /// ```
    #[must_use]
    pub fn of(
        instance: &InstanceType,
        limits: &Limits,
        reserve: Option<Size>,
        interfaces: Interfaces,
    ) -> Room {
        let reserve = reserve.unwrap_or_else(|| Size::from_mib(limits.whole(Limit::EcsReservedMemoryMib)));
        let overhead = limits.get(Limit::Ec2PlatformMemoryOverheadPercent) / Decimal::ONE_HUNDRED;
        let installed = Decimal::from(instance.memory_mib);
        let memory_mib = (installed * (Decimal::ONE - overhead) - reserve.mib()).floor().max(Decimal::ZERO);
        let tasks = match interfaces {
            Interfaces::Shared => u32::MAX,
            Interfaces::Own => instance.awsvpc_tasks,
            Interfaces::Trunked => instance.awsvpc_tasks_trunking.unwrap_or(instance.awsvpc_tasks),
        };
        Room { vcpu: Decimal::from(instance.vcpu), memory_mib, tasks }
    }

    /// How many tasks of one size fit into the room.
    ///
    /// ```
    /// use weigh_core::platforms::{Room, TaskNeed};
    /// let room = Room { vcpu: 2.into(), memory_mib: 3_737.into(), tasks: u32::MAX };
    /// let task = TaskNeed { vcpu: 1.into(), memory: "2 GB".parse().unwrap() };
    /// assert_eq!(room.holds(task), 1); // the memory is the tighter one
    /// ```
    #[must_use]
    pub fn holds(&self, task: TaskNeed) -> u32 {
        let times = |room: Decimal, need: Decimal| {
            room.checked_div(need).and_then(|times| times.floor().to_u32()).unwrap_or(u32::MAX)
        };
        times(self.vcpu, task.vcpu).min(times(self.memory_mib, task.memory.mib())).min(self.tasks)
    }

    /// The share of the room that a task takes, by what it needs most of.
    pub(super) fn share_of(&self, task: TaskNeed) -> f64 {
        let of = |need: Decimal, room: Decimal| {
            if room.is_zero() { 1.0 } else { approximate(need) / approximate(room) }
        };
        let vcpu = of(task.vcpu, self.vcpu);
        vcpu.max(of(task.memory.mib(), self.memory_mib)).max(1.0 / f64::from(self.tasks.max(1)))
    }

    /// What is left of it beside so many tasks of one size.
    pub(super) fn less(self, task: TaskNeed, count: u32) -> Room {
        let times = Decimal::from(count);
        Room {
            vcpu: self.vcpu - task.vcpu * times,
            memory_mib: self.memory_mib - task.memory.mib() * times,
            tasks: self.tasks.saturating_sub(count),
        }
    }
}

/// The instances that groups of identical tasks take: first fit, the largest tasks first.
///
/// Nothing when a task fits on no instance. First fit decreasing needs at most 11/9 of the best packing plus one
/// (Johnson 1973); for identical tasks it is the best.
///
/// ```
/// use weigh_core::platforms::{Room, TaskNeed, pack};
/// // A t3.medium: 2 vCPU, 3,737 MiB beside kernel, system and agent, 2 interfaces for tasks.
/// let room = Room { vcpu: 2.into(), memory_mib: 3_737.into(), tasks: 2 };
/// let task = |memory: &str| TaskNeed { vcpu: 1.into(), memory: memory.parse().unwrap() };
/// assert_eq!(pack(room, &[(task("1 GB"), 2)]), Some(1));
/// assert_eq!(pack(room, &[(task("2 GB"), 2)]), Some(2));
/// assert_eq!(pack(room, &[(task("4 GB"), 1)]), None);
/// ```
#[must_use]
pub fn pack(empty: Room, groups: &[(TaskNeed, u32)]) -> Option<u32> {
    let share = |task: &TaskNeed| {
        let of = |need: Decimal, room: Decimal| if room.is_zero() { Decimal::ONE } else { need / room };
        of(task.vcpu, empty.vcpu).max(of(task.memory.mib(), empty.memory_mib))
    };
    let mut groups: Vec<(TaskNeed, u32)> = groups.to_vec();
    groups.sort_by_key(|(task, _)| std::cmp::Reverse(share(task)));
    // Instances in the order in which they were opened; alike ones are kept together as room × number.
    let mut open: Vec<(Room, u32)> = Vec::new();
    for (task, mut left) in groups {
        let each = empty.holds(task);
        if each == 0 && left > 0 {
            return None;
        }
        let mut next: Vec<(Room, u32)> = Vec::with_capacity(open.len() + 2);
        for (room, instances) in open {
            let (fits, wanted) = (room.holds(task), left);
            let filled = wanted.checked_div(fits).unwrap_or(0).min(instances);
            left -= filled * fits;
            let part = if fits > 0 && filled < instances { left.min(fits) } else { 0 };
            left -= part;
            let partly = u32::from(part > 0);
            next.extend([(room.less(task, fits), filled), (room.less(task, part), partly)]);
            next.push((room, instances - filled - partly));
        }
        if left > 0 {
            next.extend([
                (empty.less(task, each), left / each),
                (empty.less(task, left % each), u32::from(left % each > 0)),
            ]);
        }
        open = next.into_iter().filter(|(_, instances)| *instances > 0).collect();
    }
    Some(open.iter().map(|(_, instances)| instances).sum())
}

/// The types to try: the one that the option states, unless a GPU is needed and it has none; else all of the
/// architecture, with or without GPU as needed, by family and size.
fn types<'a>(
    catalog: &'a Catalog,
    stated: Option<&str>,
    architecture: Architecture,
    gpu: bool,
) -> Vec<&'a InstanceType> {
    let wanted = |known: &&InstanceType| match stated {
        Some(name) => known.name == name && (known.gpus > 0 || !gpu),
        None => known.architecture == architecture && (known.gpus > 0) == gpu,
    };
    let mut types: Vec<&InstanceType> = catalog.instance_types.iter().filter(wanted).collect();
    types.sort_by_key(|known| (&known.family, known.vcpu, known.memory_mib));
    types
}

/// The failed need when the images of components and jobs don't fit on the disk of an instance.
pub(super) fn images_too_large(scenario: &Scenario, disk: Size) -> Option<FailedNeed> {
    let of_components = scenario.components.iter().map(|each| each.image_size.bytes());
    let of_jobs = scenario.jobs.iter().map(|job| job.image_size.bytes());
    let images: u64 = of_components.chain(of_jobs).fold(0, u64::saturating_add);
    (images > disk.bytes()).then(|| FailedNeed {
        need: "image_size".to_owned(),
        wanted: format!("images of {} on each instance", Size::from_bytes(images)),
        offered: format!("the disk has {disk}"),
        revisit_when: "`disk` is larger".to_owned(),
    })
}

/// The failed need when the catalog has no type to try.
fn no_type(brief: &Brief<'_>, stated: Option<&str>) -> FailedNeed {
    let gpu = brief.scenario.needs.gpu;
    let (offered, revisit_when) = match stated {
        Some(name) => (format!("a {name} has none"), "a type with a GPU is stated, or none"),
        None => ("the catalog has none of this architecture".to_owned(), "the other architecture will do"),
    };
    FailedNeed {
        need: if gpu { "gpu" } else { "instance_type" }.to_owned(),
        wanted: if gpu { "an instance type with a GPU" } else { "an instance type" }.to_owned(),
        offered,
        revisit_when: revisit_when.to_owned(),
    }
}

/// A deployment on instances, which may be of one of several types.
pub(super) trait OnInstances<'a>: Deployment + 'a {
    /// The instances.
    fn fleet(&mut self) -> &mut Fleet<'a>;
}

/// All of a type that a deployment on it goes by. Burstable families differ in their credits, which are charged by
/// family.
type Shape<'a> = ([u32; 4], Option<u32>, Option<Decimal>, &'a str);

fn shape(of: &InstanceType) -> Shape<'_> {
    let family = if of.burst_baseline_percent.is_some() { of.family.as_str() } else { "" };
    let counts = [of.vcpu, of.memory_mib, of.gpus, of.awsvpc_tasks];
    (counts, of.awsvpc_tasks_trunking, of.burst_baseline_percent, family)
}

/// The deployments worth trying: one for each shape of types that `place` puts the application on, with whether it is
/// enough: as few instances as there may be, none of them overloaded or above its CPU baseline.
///
/// Of each family the sizes up to the first that is enough are kept, and one more for when that one has no price: what
/// is larger still costs more and serves no better.
pub(super) fn on_types<'a, T: OnInstances<'a>>(
    brief: &Brief<'a>,
    stated: Option<&str>,
    architecture: Architecture,
    place: impl Fn(&'a InstanceType) -> Result<(T, bool), FailedNeed>,
) -> Result<Vec<Box<dyn Deployment + 'a>>, FailedNeed> {
    let mut nowhere = None;
    let mut placed: Vec<(T, bool)> = Vec::new();
    let mut places: BTreeMap<Shape<'a>, usize> = BTreeMap::new();
    let mut enough: (&str, u32) = ("", 0);
    for instance in types(brief.catalog, stated, architecture, brief.scenario.needs.gpu) {
        if enough.0 != instance.family {
            enough = (&instance.family, 0);
        }
        if enough.1 == 2 {
            continue;
        }
        let is_enough = match places.get(&shape(instance)) {
            Some(known) => {
                let (deployment, is_enough) = &mut placed[*known];
                deployment.fleet().alike.push(instance);
                *is_enough
            }
            None => match place(instance) {
                Ok((deployment, is_enough)) => {
                    places.insert(shape(instance), placed.len());
                    placed.push((deployment, is_enough));
                    is_enough
                }
                Err(why) => {
                    nowhere = Some(why);
                    continue;
                }
            },
        };
        enough.1 += u32::from(is_enough || enough.1 > 0);
    }
    if placed.is_empty() {
        return Err(nowhere.unwrap_or_else(|| no_type(brief, stated)));
    }
    let deployments = placed.into_iter().map(|(deployment, _)| deployment);
    Ok(deployments.map(|deployment| Box::new(deployment) as Box<dyn Deployment + 'a>).collect())
}

/// A count in the settings that is smaller than the replicas or zones that are needed.
pub(super) fn too_few(settings: &Values, needs: &Needs, setting: &'static str) -> Vec<Contradiction> {
    let Some(count) = u32::from_datum(settings.get(setting)) else { return Vec::new() };
    let wanted = [("min_replicas", needs.min_replicas), ("zones", needs.zones)];
    let short = wanted.into_iter().filter(|(_, least)| count < *least);
    short
        .map(|(need, least)| Contradiction {
            setting,
            need,
            message: format!("`{setting} = {count}` contradicts the need `{need} = {least}`"),
        })
        .collect()
}

/// The fewest instances that the needs allow: one in each zone, and two where two replicas must run at all times, or
/// one failure ends both; not one each, as an instance runs several.
pub(super) fn least_instances(brief: &Brief<'_>, platform: &str) -> u32 {
    brief.scenario.needs.zones.max(least_replicas(brief, platform).min(2))
}

/// A stated number of instances that is smaller than the needs allow.
pub(super) fn too_few_instances(settings: &Values, needs: &Needs) -> Vec<Contradiction> {
    let instances = Needs { min_replicas: needs.min_replicas.min(2), ..needs.clone() };
    too_few(settings, &instances, "instances")
}
