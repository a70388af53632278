//! What tasks and instances are: how large each is, how many there are, how many fit, and how they start.

use super::hosts::room;
use super::{Cluster, capacity};
use crate::catalog::Limit;
use crate::measure::Size;
use crate::platforms::instances::{Room, TaskNeed};
use crate::platforms::sizing::time_s;
use crate::platforms::{HostGroup, Layout, ReplicaGroup, ServerSize};

impl Cluster<'_> {
    pub(super) fn laid_out(&self) -> Layout {
        let instance = self.fleet.instance;
        let each = self.brief.scenario.components.iter().zip(&self.tasks).zip(&self.fleets);
        let replicas = each.map(|((component, (task, _)), fleet): (_, &capacity::Fleet)| {
            let size = ServerSize { vcpu: task.vcpu, memory: task.memory, storage: Size::default() };
            let own_s = component.start_up_time.map_or(0.0, time_s);
            ReplicaGroup {
                component: Some(component.name.clone()),
                size_name: None,
                asked: size,
                deployed: size,
                range: fleet.scaling.range(),
                start: vec![
                    ("pulling the image", fleet.scaling.start_up.time_s - own_s),
                    ("starting", own_s),
                ],
            }
        });
        let measured = self.brief.catalog.limits.measured(Limit::Ec2HostStartSeconds);
        let hosts = HostGroup {
            instance_type: instance.name.clone(),
            size: ServerSize {
                vcpu: instance.vcpu.into(),
                memory: Size::from_mib(instance.memory_mib),
                storage: self.fleet.disk.size,
            },
            range: self.hosts,
            start_s: self.settings.instance_start_time.map_or(measured, time_s),
        };
        let tasks: Vec<TaskNeed> = self.tasks.iter().map(|(task, _)| *task).collect();
        let holds = held(room(&self.brief, &self.settings, instance), &tasks);
        let zones = Some(self.around().zones);
        Layout { replicas: replicas.collect(), hosts: Some(hosts), zones, holds: Some(holds) }
    }
}

/// How many tasks one instance holds: of several components in turn, until none fits any more.
fn held(room: Room, tasks: &[TaskNeed]) -> u32 {
    if let [only] = tasks {
        return room.holds(*only);
    }
    // Whole rounds first; what is left holds less than one.
    let round = TaskNeed {
        vcpu: tasks.iter().map(|task| task.vcpu).sum(),
        memory: Size::from_bytes(tasks.iter().map(|task| task.memory.bytes()).fold(0, u64::saturating_add)),
    };
    let each = u32::try_from(tasks.len()).unwrap_or(u32::MAX).max(1);
    let rounds = Room { tasks: room.tasks / each, ..room }.holds(round);
    let mut left = room.less(round, rounds);
    left.tasks = room.tasks.saturating_sub(rounds.saturating_mul(each));
    let mut held = rounds.saturating_mul(each);
    for task in tasks {
        if left.holds(*task) > 0 {
            left = left.less(*task, 1);
            held += 1;
        }
    }
    held
}
