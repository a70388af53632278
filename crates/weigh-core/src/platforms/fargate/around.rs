//! What stands around the tasks.

use super::Tasks;
use crate::platforms::around::{Around, Front, Images, TASKS_COME_AND_GO, endpoints};
use crate::platforms::sizing::zones;
use crate::services::load_balancer::Targets;

impl Tasks<'_> {
    pub(super) fn around(&self) -> Around {
        let fewest = self.services.iter().map(|service| service.count).min().unwrap_or(1);
        let most = self.services.iter().map(|service| service.fleet.scaling.most()).max().unwrap_or(1);
        Around {
            front: Front::LoadBalancer(Targets::Addresses, TASKS_COME_AND_GO),
            network: Some(self.settings.network),
            endpoints: endpoints(self.brief.settings),
            whose: "the tasks",
            zones: zones(&self.brief.scenario.needs, fewest),
            replicas: most,
            images: Images::EachReplica,
            apart: true,
            shared_disk: true,
            sends_logs: true,
            tasks: true,
            ..Around::default()
        }
    }
}
