//! What the instances are: how large each is, how many there are, and how they start.

use super::{Machines, copies_that_fit};
use crate::catalog::Limit;
use crate::measure::Size;
use crate::platforms::fleet::longest_start_s;
use crate::platforms::instances::{Interfaces, Room};
use crate::platforms::{Layout, ReplicaGroup, ServerSize, jobs};

impl Machines<'_> {
    pub(super) fn laid_out(&self) -> Layout {
        let (scenario, limits) = (self.brief.scenario, &self.brief.catalog.limits);
        let instance = self.fleet.instance;
        let storage = self.fleet.disk.size;
        let room = Room::of(instance, limits, self.settings.0.memory_reserve, Interfaces::Shared);
        let copies = copies_that_fit(scenario, instance, &room).ok();
        let components = u32::try_from(scenario.components.len()).unwrap_or(u32::MAX);
        let group = ReplicaGroup {
            component: None,
            size_name: Some(instance.name.clone()),
            asked: ServerSize { storage, ..jobs::with_components(scenario) },
            deployed: ServerSize {
                vcpu: instance.vcpu.into(),
                memory: Size::from_mib(instance.memory_mib),
                storage,
            },
            range: self.machines.scaling.range(),
            start: vec![
                ("booting", limits.measured(Limit::Ec2HostStartSeconds)),
                ("starting", longest_start_s(scenario)),
            ],
        };
        let holds = copies.map(|copies| copies.saturating_mul(components));
        Layout { replicas: vec![group], hosts: None, zones: Some(self.around().zones), holds }
    }
}
