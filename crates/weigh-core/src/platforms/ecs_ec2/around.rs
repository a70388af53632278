//! What stands around the instances of a cluster.

use super::{Cluster, NetworkMode};
use crate::platforms::around::{Around, Front, Images, Network, TASKS_COME_AND_GO, calls_out, endpoints};
use crate::platforms::sizing::zones;
use crate::services::load_balancer::Targets;

impl Cluster<'_> {
    pub(super) fn around(&self) -> Around {
        // A task with an interface of its own has no public address on EC2: whatever it calls, it calls through NAT.
        let needs_nat = calls_out(self.brief.scenario) && self.settings.network_mode == NetworkMode::Awsvpc;
        let public = self.settings.network == Network::Public;
        Around {
            front: Front::LoadBalancer(Targets::Addresses, TASKS_COME_AND_GO),
            network: Some(if needs_nat && public { Network::Nat } else { self.settings.network }),
            endpoints: endpoints(self.brief.settings),
            whose: "the instances",
            zones: zones(&self.brief.scenario.needs, self.fleet.instances),
            replicas: self.fleets.iter().map(|fleet| fleet.scaling.most()).max().unwrap_or(1),
            images: Images::EachHost,
            apart: true,
            sends_logs: true,
            tasks: true,
            ..Around::default()
        }
    }
}
