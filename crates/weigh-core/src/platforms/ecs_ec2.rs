//! ECS on EC2: tasks packed onto instances of one type, behind a load balancer.

mod around;
mod hosts;
mod laid_out;

use std::time::Duration;

use rust_decimal::Decimal;

use super::around::{EndpointSettings, Network};
use super::disk::DiskSettings;
use super::fleet::{Credits, Fleet, credits_without_use};
use super::headroom::{expecting_least, headroom_note, raise_minimum};
use super::instances::{
    OnInstances, TaskNeed, images_too_large, least_instances, on_types, pack, too_few, too_few_instances,
};
use super::scaling::{ScalingSettings, Sizing, expected};
use super::sizing::{
    CONNECTIONS, by_traits, count, latency_notes, least_replicas, load_balancer_notes, longest_kind_s,
    replica, service as as_service, single_writer_notes, station, time_s, too_long_for_load_balancer,
    too_much_traffic, vcpu_for_latency,
};
use super::spot::SpotSettings;
use super::{Brief, Deployment, FailedNeed, Layout, Platform, Proposal, ServiceLevel, Setup, jobs};
use crate::capacity::{self, Presence, Serving, StartUp, Station};
use crate::catalog::{Architecture, Catalog, InstanceType, Limit};
use crate::measure::Size;
use crate::money::{NotExact, approximate, number};
use crate::scenario::{Component, Contradiction, Needs, Scenario, Section, State, Values, choice, section};
use crate::usage::Usage;
use hosts::{room, with_job};

const ID: &str = "ecs-ec2";
const TITLE: &str = "ECS on EC2";
/// Warm-up of instances when none is stated: the default of ECS cluster auto scaling (its user guide, 2026).
const INSTANCE_WARM_UP_S: f64 = 300.0;

/// The platform's row.
pub(super) const PLATFORM: Platform = Platform {
    id: ID,
    title: TITLE,
    summary: "ECS tasks packed onto EC2 instances behind an Application Load Balancer.",
    settings: &[
        Settings::FIELDS,
        DiskSettings::FIELDS,
        EndpointSettings::FIELDS,
        ScalingSettings::FIELDS,
        SpotSettings::FIELDS,
    ],
    contradictions,
    assumptions,
    propose,
};

choice! {
    /// How tasks are connected to the network.
    pub(super) enum NetworkMode {
        /// A network interface for each task; the instance type limits how many.
        Awsvpc = "awsvpc",
        /// Tasks share the instance's interface.
        Bridge = "bridge",
    }
}

section! {
    /// Settings of an ECS on EC2 option.
    pub(super) struct Settings {
        /// Instance type; left out, the one that serves best for its price.
        pub instance_type: Option<String> => Kind::Word(Known::InstanceType), Optional;
        /// Instances; left out, as many as the tasks need.
        pub instances: Option<u32> => Kind::Count { least: 1, most: 5_000 }, Optional;
        /// Tasks of each component; left out, as many as the target utilisation needs.
        pub tasks: Option<u32> => Kind::Count { least: 1, most: 5_000 }, Optional;
        /// Utilisation that the tasks are sized for.
        pub target_utilisation: Decimal => Kind::Share, Default("60 %");
        /// How tasks are connected: bridge is the default of ECS on Linux; in awsvpc mode an instance holds as many tasks as it has network interfaces for.
        pub network_mode: NetworkMode => Kind::OneOf(NetworkMode::CHOICES), Default("bridge");
        /// Whether ENI trunking gives an instance more interfaces for tasks.
        pub eni_trunking: bool => Kind::Flag, Default("false");
        /// Memory kept back on each instance for the system and the agent; left out, AWS's example of 256 MB.
        pub memory_reserve: Option<Size> => Kind::SizeOrZero, Optional;
        /// Share of the instances that the tasks should need; left out, all; less keeps spare room for tasks that start.
        pub target_capacity: Option<Decimal> => Kind::Share, Optional;
        /// Time from the decision until an instance can hold tasks; left out, the 150 s that were measured.
        pub instance_start_time: Option<Duration> => Kind::DurationOrZero, Optional;
        /// Time after adding instances in which no more are added; left out, ECS's 300 s.
        pub instance_warm_up: Option<Duration> => Kind::DurationOrZero, Optional;
        /// What a burstable type does when its CPU credits are used up; left out, what AWS does by default for the type.
        pub credits: Option<Credits> => Kind::OneOf(Credits::CHOICES), Optional;
        /// Disk of each instance; 30 GB is the root volume of the ECS-optimized Amazon Linux image.
        pub disk: Size => Kind::Size, Default("30 GB");
        /// Processor architecture, when the type is left out.
        pub architecture: Architecture => ARCHITECTURE, Default("x86");
        /// How instances reach the internet.
        pub network: Network => Kind::OneOf(Network::CHOICES), Default("public");
    }
}

fn assumptions(scenario: &Scenario, catalog: &Catalog) -> Vec<String> {
    let mut given = vec![CONNECTIONS.to_owned()];
    given.extend(super::scaling::assumptions(scenario));
    if !scenario.traffic.is_steady() {
        given.push(format!(
            "A new instance of the cluster holds tasks after {} s (measured by V. Ionescu in 2022); instance_start_time states another.",
            catalog.limits.whole(Limit::Ec2HostStartSeconds)
        ));
    }
    given
}

fn contradictions(settings: &Values, needs: &Needs) -> Vec<Contradiction> {
    let mut found = too_few(settings, needs, "tasks");
    found.extend(too_few_instances(settings, needs));
    found.extend(super::scaling::contradictions(settings));
    found.extend(credits_without_use(settings));
    found.extend(super::disk::contradictions(settings));
    found
}

#[derive(Clone)]
struct Cluster<'a> {
    brief: Brief<'a>,
    settings: Settings,
    spot: SpotSettings,
    fleet: Fleet<'a>,
    /// What each component's tasks need, and how many there are.
    tasks: Vec<(TaskNeed, u32)>,
    stations: Vec<Station>,
    fleets: Vec<capacity::Fleet>,
    expected: Vec<Presence>,
    /// The fewest and the most instances.
    hosts: (u32, u32),
    notes: Vec<String>,
}

fn propose<'a>(brief: &Brief<'a>) -> Proposal<'a> {
    let built = Settings::build(brief.settings).zip(ScalingSettings::build(brief.settings));
    let Some(((settings, scaling), spot)) = built.zip(SpotSettings::build(brief.settings)) else {
        return Proposal::Rejected(Vec::new());
    };
    let mut failed = by_traits(ID, TITLE, brief);
    failed.extend(images_too_large(brief.scenario, settings.disk));
    let mut services = Vec::new();
    for component in &brief.scenario.components {
        match service(brief, &settings, &scaling, component) {
            Ok(service) => services.push(service),
            Err(why) => failed.push(why),
        }
    }
    if !failed.is_empty() {
        return Proposal::Rejected(failed);
    }
    let stated = settings.instance_type.as_deref();
    let place = |instance| place(brief, (&settings, &spot), instance, &services);
    Proposal::from(failed, on_types(brief, stated, settings.architecture, place))
}

/// The tasks of one component: what each needs, how many there are, and how they serve.
struct Service {
    task: TaskNeed,
    count: u32,
    station: Station,
    fleet: capacity::Fleet,
    expected: Presence,
    note: Option<String>,
}

/// How many tasks a component needs, and how they serve.
fn service(
    brief: &Brief<'_>,
    settings: &Settings,
    scaling_settings: &ScalingSettings,
    component: &Component,
) -> Result<Service, FailedNeed> {
    let scenario = brief.scenario;
    let vcpu = vcpu_for_latency(component, &scenario.needs);
    let replica = replica(component, approximate(vcpu), component.memory)?;
    if let Some(why) = too_long_for_load_balancer(brief, longest_kind_s(component, &replica)) {
        return Err(why);
    }
    let target = approximate(settings.target_utilisation);
    let least = least_replicas(brief, ID).max(scaling_settings.min_capacity.unwrap_or(0));
    let bounds = (least, brief.catalog.limits.whole(Limit::EcsTasksPerService));
    let count = match settings.tasks {
        Some(stated) => stated,
        None => count(scenario, component, replica, target, bounds)?,
    };
    let station = station(scenario, component, replica, count);
    let station = station.ok_or_else(|| too_much_traffic(component, "its tasks can't hold it"))?;
    let limits = &brief.catalog.limits;
    let pull_s =
        approximate(component.image_size.mib()) / limits.measured(Limit::FargateImagePullMibPerSecond);
    let sizing = Sizing {
        count,
        stated: settings.tasks.is_some(),
        bounds,
        target,
        start_up: StartUp {
            time_s: pull_s + component.start_up_time.map_or(0.0, time_s),
            starts_per_s: f64::INFINITY,
            burst: f64::INFINITY,
        },
        in_share: 0.9,
    };
    let services = [(component, replica)];
    let scaling = scaling_settings.of(brief, &services, &sizing);
    let expected = expected(brief, &services, &scaling, target);
    let mut fleet = capacity::Fleet {
        services: vec![as_service(brief, component, replica, (component.memory, 1))],
        processors: approximate(vcpu),
        scaling,
        interruption: None,
        credits: None,
        host_share: 1.0,
    };
    let host_s = settings.instance_start_time.map_or(limits.measured(Limit::Ec2HostStartSeconds), time_s);
    let stated = scaling_settings.min_capacity.or(settings.tasks);
    let raised = if stated.is_some() { None } else { raise_minimum(brief, &mut fleet, host_s) };
    Ok(Service {
        task: TaskNeed { vcpu, memory: component.memory },
        count,
        station,
        fleet,
        expected: expecting_least(expected, raised),
        note: raised.map(|least| headroom_note(&component.name, least, "tasks")),
    })
}

/// Packs the tasks onto instances of a type; with whether a larger type could do no better.
fn place<'a>(
    brief: &Brief<'a>,
    (settings, spot): (&Settings, &SpotSettings),
    instance: &'a InstanceType,
    services: &[Service],
) -> Result<(Cluster<'a>, bool), FailedNeed> {
    let room = room(brief, settings, instance);
    let groups: Vec<(TaskNeed, u32)> = services.iter().map(|service| (service.task, service.count)).collect();
    let packed = pack(room, &with_job(brief, &groups)).ok_or_else(|| FailedNeed {
        need: "memory".to_owned(),
        wanted: "room for a task of every component and job".to_owned(),
        offered: format!(
            "the type {} has {} vCPU and {} MB for tasks",
            instance.name,
            number(room.vcpu, 0),
            number(room.memory_mib, 0)
        ),
        revisit_when: "the tasks are smaller or the instance type is larger".to_owned(),
    })?;
    let least = least_instances(brief, ID);
    let instances = settings.instances.unwrap_or(packed.max(least));
    let most = brief.catalog.limits.whole(Limit::EcsInstancesPerCluster);
    if instances < packed || instances > most {
        let (offered, revisit_when) = match settings.instances {
            Some(stated) => {
                (format!("the option states {stated}"), "more or larger instances are stated, or fewer tasks")
            }
            None => (
                format!("a cluster holds at most {most}"),
                "the instance type is larger, or less traffic comes",
            ),
        };
        return Err(FailedNeed {
            need: "instances".to_owned(),
            wanted: format!("{packed} × {} for the tasks", instance.name),
            offered,
            revisit_when: revisit_when.to_owned(),
        });
    }
    let mut cluster = Cluster {
        brief: *brief,
        settings: settings.clone(),
        spot: spot.clone(),
        fleet: Fleet::new(brief, instance, instances, settings.disk),
        tasks: groups,
        stations: services.iter().map(|service| service.station.clone()).collect(),
        fleets: services.iter().map(|service| service.fleet.clone()).collect(),
        expected: services.iter().map(|service| service.expected.clone()).collect(),
        hosts: (instances, instances),
        notes: services.iter().filter_map(|service| service.note.clone()).collect(),
    };
    cluster.share_hosts(room, (least, most));
    let enough = cluster.fleet.is_enough(settings.instances.unwrap_or(least), &cluster.stations);
    Ok((cluster, enough))
}

impl<'a> OnInstances<'a> for Cluster<'a> {
    fn fleet(&mut self) -> &mut Fleet<'a> {
        &mut self.fleet
    }
}

impl Deployment for Cluster<'_> {
    fn size(&self) -> String {
        match self.tasks.iter().map(|(_, count)| count).sum() {
            1_u32 => format!("{}, 1 task", self.fleet.size(self.hosts)),
            tasks => {
                let ranges = self.fleets.iter().map(|fleet| fleet.scaling.range());
                let (least, most) = ranges.fold((0, 0), |sum, range| (sum.0 + range.0, sum.1 + range.1));
                let tasks = if least == most { tasks.to_string() } else { format!("{least} to {most}") };
                format!("{}, {tasks} tasks", self.fleet.size(self.hosts))
            }
        }
    }

    fn expected(&self) -> (Vec<Presence>, Option<Presence>) {
        (self.expected.clone(), Some(self.expected_hosts()))
    }

    fn setup(&self) -> Setup {
        Setup::Fleets { fleets: self.fleets.clone(), hosts: Some(self.hosts()) }
    }

    fn layout(&self) -> Layout {
        self.laid_out()
    }

    fn stations(&self) -> &[Station] {
        &self.stations
    }

    fn alternatives(&self) -> usize {
        self.fleet.alike.len()
    }

    fn choose(&mut self, alternative: usize) {
        self.fleet.choose(alternative);
    }

    fn meter_servers(&self, serving: &Serving) -> Result<Usage, NotExact> {
        let mut usage = Usage::default();
        if let Some(instances) = &serving.hosts {
            self.fleet.meter(self.brief.scenario.header.month, instances, &self.spot, &mut usage)?;
        }
        Ok(usage)
    }

    fn meter(&self, serving: &Serving) -> Result<Usage, NotExact> {
        let mut usage = self.meter_servers(serving)?;
        let Some(instances) = &serving.hosts else { return Ok(usage) };
        self.around().meter(&self.brief, serving, std::slice::from_ref(instances), &mut usage)?;
        Ok(usage)
    }

    fn meter_under(&self, scenario: &Scenario, serving: &Serving) -> Result<Usage, NotExact> {
        let mut under: Cluster<'_> = self.clone();
        under.brief.scenario = scenario;
        under.meter(serving)
    }

    fn longest_request(&self) -> Option<Duration> {
        self.around().longest_request(&self.brief)
    }

    fn service_levels(&self) -> Vec<ServiceLevel> {
        let around = self.around();
        // A component with a single task is in one zone, however many the instances are in.
        let several = self.hosts.0 > 1 && self.fleets.iter().all(|fleet| fleet.scaling.range().0 > 1);
        let several_zones = around.zones > 1 && several;
        let mut levels = self.brief.service_level(ID, "EC2 instances", several_zones);
        levels.extend(around.service_levels(&self.brief));
        levels
    }

    fn notes(&self) -> Vec<String> {
        let replicas = self.tasks.iter().map(|(_, count)| *count).max().unwrap_or(1);
        let mut notes = load_balancer_notes(&self.brief, replicas);
        notes.extend(latency_notes(&self.brief, self.tasks.iter().map(|(task, _)| task.vcpu)));
        notes.extend(self.fleet.notes(self.credits()));
        notes.extend(self.notes.iter().cloned());
        let most = self.fleets.iter().map(|fleet| fleet.scaling.most());
        notes.extend(single_writer_notes(&self.brief, most));
        notes.extend(self.spot.note());
        notes.extend(jobs::notes(&self.brief));
        if self.around().network != Some(self.settings.network) {
            notes.push(
                "tasks in awsvpc mode have no public address on EC2: what they call, they call through a NAT gateway"
                    .to_owned(),
            );
        }
        if self.brief.scenario.components.iter().any(|each| each.state == State::LocalDisk) {
            notes.push(
                "local disks stay with their instance: a task that moves to another one leaves its data"
                    .to_owned(),
            );
        }
        notes
    }
}
