//! What the tasks are: how large each was asked for and is, how many there are, and how they start.

use super::Tasks;
use crate::catalog::Limit;
use crate::measure::Size;
use crate::money::approximate;
use crate::platforms::sizing::{time_s, vcpu_for_latency};
use crate::platforms::{Layout, ReplicaGroup, ServerSize};

impl Tasks<'_> {
    pub(super) fn laid_out(&self) -> Layout {
        let limits = &self.brief.catalog.limits;
        let (needs, storage) = (&self.brief.scenario.needs, self.settings.ephemeral_storage);
        let each = self.brief.scenario.components.iter().zip(&self.services);
        let replicas = each.map(|(component, service)| ReplicaGroup {
            component: Some(component.name.clone()),
            size_name: None,
            asked: ServerSize {
                vcpu: self.settings.vcpu.unwrap_or_else(|| vcpu_for_latency(component, needs)),
                memory: self.settings.memory.unwrap_or(component.memory),
                storage,
            },
            deployed: ServerSize {
                vcpu: service.size.vcpu,
                memory: Size::from_mib(service.size.memory_mib),
                storage,
            },
            range: service.fleet.scaling.range(),
            start: vec![
                ("launching", limits.measured(Limit::FargateStartSeconds)),
                (
                    "pulling the image",
                    approximate(component.image_size.mib())
                        / limits.measured(Limit::FargateImagePullMibPerSecond),
                ),
                ("starting", component.start_up_time.map_or(0.0, time_s)),
            ],
        });
        Layout { replicas: replicas.collect(), hosts: None, zones: Some(self.around().zones), holds: None }
    }
}
