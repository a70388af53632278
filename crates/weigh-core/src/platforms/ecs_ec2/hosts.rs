//! The instances of a cluster: which part of one a task takes, and how their number follows the tasks.

use super::{Cluster, INSTANCE_WARM_UP_S, NetworkMode, Settings};
use crate::capacity::{CreditPlan, Hosts, Presence, whole_up};
use crate::catalog::{InstanceType, Limit};
use crate::money::approximate;
use crate::platforms::instances::{Interfaces, Room, TaskNeed, pack};
use crate::platforms::sizing::time_s;
use crate::platforms::{Brief, jobs};

/// The room that an empty instance of a type has for tasks, as an option connects them.
pub(super) fn room(brief: &Brief<'_>, settings: &Settings, instance: &InstanceType) -> Room {
    let interfaces = match settings.network_mode {
        NetworkMode::Bridge => Interfaces::Shared,
        NetworkMode::Awsvpc if settings.eni_trunking => Interfaces::Trunked,
        NetworkMode::Awsvpc => Interfaces::Own,
    };
    let mut room = Room::of(instance, &brief.catalog.limits, settings.memory_reserve, interfaces);
    if brief.scenario.needs.gpu {
        room.tasks = room.tasks.min(instance.gpus);
    }
    room
}

/// Groups of tasks, and beside them the room for one run of a job.
pub(super) fn with_job(brief: &Brief<'_>, groups: &[(TaskNeed, u32)]) -> Vec<(TaskNeed, u32)> {
    let job = jobs::room(brief.scenario).map(|room| (room, 1));
    groups.iter().copied().chain(job).collect()
}

impl Cluster<'_> {
    /// Says which part of an instance each task takes, and between which bounds the number of instances follows the tasks.
    pub(super) fn share_hosts(&mut self, room: Room, (least, most): (u32, u32)) {
        let alone = self.tasks.len() == 1;
        for (fleet, (task, _)) in self.fleets.iter_mut().zip(&self.tasks) {
            fleet.host_share = match alone {
                true => 1.0 / f64::from(room.holds(*task).max(1)),
                false => room.share_of(*task),
            };
        }
        if self.settings.instances.is_some() || self.fleets.iter().all(|fleet| fleet.scaling.is_fixed()) {
            return;
        }
        let packed = |count: fn((u32, u32)) -> u32| {
            let ranges = self.fleets.iter().map(|fleet| count(fleet.scaling.range()));
            let groups: Vec<(TaskNeed, u32)> = self.tasks.iter().map(|(task, _)| *task).zip(ranges).collect();
            pack(room, &with_job(&self.brief, &groups)).unwrap_or(most)
        };
        let spare = self.settings.target_capacity.map_or(1.0, approximate);
        let highest = whole_up(f64::from(packed(|range| range.1)) / spare);
        self.hosts = (packed(|range| range.0).max(least).min(most), highest.max(least).min(most));
    }

    /// The instances that are expected on average.
    pub(super) fn expected_hosts(&self) -> Presence {
        let (least, most) = self.hosts;
        if least == most {
            return self.fleet.expecting(
                self.brief.scenario.header.month,
                self.spot.split(Presence::steady(least)),
                self.credits(),
            );
        }
        let shares = self.expected.iter().zip(&self.fleets);
        let needed: f64 = shares.map(|(presence, fleet)| presence.mean * fleet.host_share).sum();
        let mean = (needed / self.settings.target_capacity.map_or(1.0, approximate)).max(f64::from(least));
        let presence = Presence { mean, most, ..Presence::default() };
        self.fleet.expecting(self.brief.scenario.header.month, self.spot.split(presence), self.credits())
    }

    /// The CPU credits of each instance, where the type is burstable.
    pub(super) fn credits(&self) -> Option<CreditPlan> {
        self.fleet.credits(&self.brief.catalog.limits, self.settings.credits)
    }

    /// The instances as a simulation sees them.
    pub(super) fn hosts(&self) -> Hosts {
        let limits = &self.brief.catalog.limits;
        let (least, most) = self.hosts;
        Hosts {
            desired: self.fleet.instances.clamp(least, most),
            least,
            most,
            target: self.settings.target_capacity.map_or(1.0, approximate),
            steps: (1, 10_000),
            start_up_s: self
                .settings
                .instance_start_time
                .map_or(limits.measured(Limit::Ec2HostStartSeconds), time_s),
            warm_up_s: self.settings.instance_warm_up.map_or(INSTANCE_WARM_UP_S, time_s),
            in_periods: 15,
            credits: self.credits(),
            interruption: self.spot.interruption(),
        }
    }
}
