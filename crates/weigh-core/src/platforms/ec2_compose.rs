//! EC2 with Docker Compose: all containers on each instance; a load balancer when there is more than one.

mod laid_out;

use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::around::{Around, EndpointSettings, Front, Images, Network, endpoints};
use super::disk::DiskSettings;
use super::fleet::{Credits, Fleet, credits_without_use, longest_start_s};
use super::headroom::{fixed_note, headroom_note, raise_minimum};
use super::instances::{
    Interfaces, OnInstances, Room, images_too_large, least_instances, on_types, too_few_instances,
};
use super::scaling::{ScalingSettings, Sizing, expected};
use super::sizing::{
    CONNECTIONS, by_traits, copies, count, load_balancer_notes, longest_kind_s, service, single_writer_notes,
    station, too_long_for_load_balancer, too_much_traffic, zones,
};
use super::spot::SpotSettings;
use super::{Brief, Deployment, FailedNeed, Layout, Platform, Proposal, ServiceLevel, Setup, jobs};
use crate::capacity::{self, Presence, Replica, Serving, StartUp, Station};
use crate::catalog::{Architecture, Catalog, InstanceType, Limit};
use crate::measure::Size;
use crate::money::{NotExact, approximate, number};
use crate::scenario::{Component, Contradiction, Needs, Scenario, Section, State, Values, section};
use crate::services::load_balancer::Targets;
use crate::usage::Usage;

const ID: &str = "ec2-compose";
const TITLE: &str = "EC2 with Docker Compose";

/// The platform's row.
pub(super) const PLATFORM: Platform = Platform {
    id: ID,
    title: TITLE,
    summary: "EC2 instances that each run all containers with Docker Compose; a load balancer in front of more than one.",
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

section! {
    /// Settings of an option on EC2 with Docker Compose.
    pub(super) struct Settings {
        /// Instance type; left out, the one that serves best for its price.
        pub instance_type: Option<String> => Kind::Word(Known::InstanceType), Optional;
        /// Instances, each with as many copies of all the components as fit; left out, as many as the target utilisation needs.
        pub instances: Option<u32> => Kind::Count { least: 1, most: 5_000 }, Optional;
        /// Utilisation that the instances are sized for.
        pub target_utilisation: Decimal => Kind::Share, Default("60 %");
        /// Memory kept back on each instance for the system and Docker; left out, 256 MB.
        pub memory_reserve: Option<Size> => Kind::SizeOrZero, Optional;
        /// Disk of each instance.
        pub disk: Size => Kind::Size, Default("30 GB");
        /// Processor architecture, when the type is left out.
        pub architecture: Architecture => ARCHITECTURE, Default("x86");
        /// What a burstable type does when its CPU credits are used up; left out, what AWS does by default for the type.
        pub credits: Option<Credits> => Kind::OneOf(Credits::CHOICES), Optional;
        /// How instances reach the internet.
        pub network: Network => Kind::OneOf(Network::CHOICES), Default("public");
    }
}

fn assumptions(_scenario: &Scenario, _catalog: &Catalog) -> Vec<String> {
    let hours =
        "No document gives operating hours for EC2 with Docker Compose: those of ECS on EC2 are taken.";
    vec![CONNECTIONS.to_owned(), hours.to_owned()]
}

fn contradictions(settings: &Values, needs: &Needs) -> Vec<Contradiction> {
    let mut found = too_few_instances(settings, needs);
    found.extend(super::scaling::contradictions(settings));
    found.extend(credits_without_use(settings));
    found.extend(super::disk::contradictions(settings));
    found
}

/// The settings of the platform, of scaling and of Spot.
type AllSettings = (Settings, (ScalingSettings, SpotSettings));

#[derive(Clone)]
struct Machines<'a> {
    brief: Brief<'a>,
    settings: AllSettings,
    fleet: Fleet<'a>,
    stations: Vec<Station>,
    machines: capacity::Fleet,
    expected: Presence,
    notes: Vec<String>,
}

fn propose<'a>(brief: &Brief<'a>) -> Proposal<'a> {
    let shared = ScalingSettings::build(brief.settings).zip(SpotSettings::build(brief.settings));
    let Some(settings) = Settings::build(brief.settings).zip(shared) else {
        return Proposal::Rejected(Vec::new());
    };
    let mut failed = by_traits(ID, TITLE, brief);
    failed.extend(images_too_large(brief.scenario, settings.0.disk));
    let stated = settings.0.instance_type.as_deref();
    let wanted = settings.1.0.min_capacity.unwrap_or(0);
    let least = settings.0.instances.unwrap_or_else(|| least_instances(brief, ID)).max(wanted);
    let machines = on_types(brief, stated, settings.0.architecture, |instance| {
        let machines = place(brief, &settings, instance, least)?;
        let enough = machines.fleet.is_enough(least, &machines.stations);
        Ok((machines, enough))
    });
    Proposal::from(failed, machines)
}

/// How many copies of all the containers fit on an instance and share its vCPU in proportion to what each needs.
fn copies_that_fit(scenario: &Scenario, instance: &InstanceType, room: &Room) -> Result<u32, FailedNeed> {
    let vcpu: Decimal = scenario.components.iter().map(|component| component.vcpu).sum();
    let memory: Decimal = scenario.components.iter().map(|component| component.memory.mib()).sum();
    let (job_vcpu, job_mib) = jobs::reserved(scenario);
    let (all_vcpu, all_mib) = (vcpu + job_vcpu, memory + job_mib);
    if all_vcpu > room.vcpu || all_mib > room.memory_mib {
        return Err(FailedNeed {
            need: if all_vcpu > room.vcpu { "vcpu" } else { "memory" }.to_owned(),
            wanted: format!("{} vCPU and {} MB on each instance", number(all_vcpu, 3), number(all_mib, 0)),
            offered: format!(
                "the type {} has {} vCPU and {} MB beside the system",
                instance.name,
                number(room.vcpu, 0),
                number(room.memory_mib, 0)
            ),
            revisit_when: "the containers fit, or a larger type is chosen".to_owned(),
        });
    }
    let (left_vcpu, left_mib) = (room.vcpu - job_vcpu, room.memory_mib - job_mib);
    let mut several = (left_vcpu / vcpu).min(left_mib / memory).floor().to_u32().unwrap_or(1).max(1);
    if scenario.needs.gpu {
        // Each container has a GPU of its own.
        let each = instance.gpus / u32::try_from(scenario.components.len()).unwrap_or(u32::MAX);
        several = several.min(each).max(1);
    }
    Ok(several)
}

/// The instances of a type that the traffic needs.
fn place<'a>(
    brief: &Brief<'a>,
    all: &AllSettings,
    instance: &'a InstanceType,
    least: u32,
) -> Result<Machines<'a>, FailedNeed> {
    let (scenario, (settings, (scaling, spot))) = (brief.scenario, all);
    let room = Room::of(instance, &brief.catalog.limits, settings.memory_reserve, Interfaces::Shared);
    let several = copies_that_fit(scenario, instance, &room)?;
    let vcpu: Decimal = scenario.components.iter().map(|component| component.vcpu).sum();
    let least = least.max(match settings.instances {
        Some(stated) => stated,
        None => scenario.needs.min_replicas.div_ceil(several),
    });
    let (for_jobs, _) = jobs::reserved(scenario);
    let share = approximate(Decimal::from(instance.vcpu) - for_jobs) / approximate(vcpu);
    let on_each = |each: &Component| copies(each, approximate(each.vcpu) * share, each.memory, several);
    let replicas = scenario.components.iter().map(on_each);
    let replicas: Vec<Replica> = replicas.collect::<Result<_, _>>()?;
    let services: Vec<(&Component, Replica)> = scenario.components.iter().zip(replicas).collect();
    let target = approximate(settings.target_utilisation);
    let most = brief.catalog.limits.whole(Limit::EcsInstancesPerCluster);
    let mut instances = least;
    if settings.instances.is_none() {
        for (component, replica) in &services {
            instances = instances.max(count(scenario, component, *replica, target, (least, most))?);
        }
    }
    let stations = stations(brief, &services, instances)?;
    let fleet = Fleet::new(brief, instance, instances, settings.disk);
    let sizing = sizing(
        brief,
        instances,
        settings.instances.is_some() || scaling.scaling.is_none(),
        (least, most),
        target,
    );
    let memory = (Size::from_mib(instance.memory_mib), several);
    let as_services = services.iter().map(|(component, replica)| service(brief, component, *replica, memory));
    let mut machines = capacity::Fleet {
        services: as_services.collect(),
        processors: f64::from(instance.vcpu),
        scaling: scaling.of(brief, &services, &sizing),
        interruption: spot.interruption(),
        credits: fleet.credits(&brief.catalog.limits, settings.credits),
        host_share: 1.0,
    };
    let mut headroom = None;
    if settings.instances.is_none() && scaling.min_capacity.is_none() {
        let names: Vec<&str> = scenario.components.iter().map(|each| each.name.as_str()).collect();
        let raised = raise_minimum(brief, &mut machines, 0.0);
        headroom = raised.map(|least| headroom_note(&names.join(" + "), least, "instances"));
    }
    let expected = fleet.expecting(
        scenario.header.month,
        spot.split(expected(brief, &services, &machines.scaling, target)),
        machines.credits,
    );
    Ok(Machines {
        brief: *brief,
        settings: all.clone(),
        fleet,
        stations,
        machines,
        expected,
        notes: headroom.into_iter().chain(spot.note()).collect(),
    })
}

/// The stations of so many instances, unless a request takes longer than the load balancer allows.
fn stations(
    brief: &Brief<'_>,
    services: &[(&Component, Replica)],
    instances: u32,
) -> Result<Vec<Station>, FailedNeed> {
    let scenario = brief.scenario;
    let mut stations = Vec::new();
    for (component, replica) in services {
        let station = station(scenario, component, *replica, instances);
        stations.push(station.ok_or_else(|| too_much_traffic(component, "its instances can't hold it"))?);
        let failed = (instances > 1)
            .then(|| too_long_for_load_balancer(brief, longest_kind_s(component, replica)))
            .flatten();
        if let Some(why) = failed {
            return Err(why);
        }
    }
    Ok(stations)
}

/// What scaling goes by: AWS removes instances below 0.7 of a target, tasks below 0.9.
fn sizing(brief: &Brief<'_>, count: u32, stated: bool, bounds: (u32, u32), target: f64) -> Sizing {
    let boot_s = brief.catalog.limits.measured(Limit::Ec2HostStartSeconds);
    let time_s = boot_s + longest_start_s(brief.scenario);
    let start_up = StartUp { time_s, starts_per_s: f64::INFINITY, burst: f64::INFINITY };
    Sizing { count, stated, bounds, target, start_up, in_share: 0.7 }
}

impl Machines<'_> {
    fn around(&self) -> Around {
        let instances = self.fleet.instances;
        let most = self.machines.scaling.most();
        let balancer = Front::LoadBalancer(Targets::Addresses, "requests are spread over several instances");
        Around {
            front: if most > 1 { balancer } else { Front::None },
            network: Some(self.settings.0.network),
            endpoints: endpoints(self.brief.settings),
            whose: "the instances",
            zones: zones(&self.brief.scenario.needs, instances),
            replicas: most,
            images: Images::EachHost,
            sends_logs: true,
            ..Around::default()
        }
    }
}

impl<'a> OnInstances<'a> for Machines<'a> {
    fn fleet(&mut self) -> &mut Fleet<'a> {
        &mut self.fleet
    }
}

impl Deployment for Machines<'_> {
    fn size(&self) -> String {
        self.fleet.size(self.machines.scaling.range())
    }

    fn expected(&self) -> (Vec<Presence>, Option<Presence>) {
        (vec![self.expected.clone()], None)
    }

    fn setup(&self) -> Setup {
        Setup::Fleets { fleets: vec![self.machines.clone()], hosts: None }
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

    fn grow(&mut self, replicas: u32) -> bool {
        let (settings, (scaling, _)) = &self.settings;
        let stated = settings.instances.is_some() || scaling.min_capacity.is_some();
        if stated || !self.machines.scaling.is_fixed() || replicas <= self.fleet.instances {
            return false;
        }
        let Ok(mut larger) = place(&self.brief, &self.settings, self.fleet.instance, replicas) else {
            return false;
        };
        larger.fleet.alike = std::mem::take(&mut self.fleet.alike);
        larger.notes.push(fixed_note(larger.fleet.instances, "instances", "`instances`"));
        *self = larger;
        true
    }

    fn meter_servers(&self, serving: &Serving) -> Result<Usage, NotExact> {
        let mut usage = Usage::default();
        if let Some(instances) = serving.fleets.first() {
            self.fleet.meter(self.brief.scenario.header.month, instances, &self.settings.1.1, &mut usage)?;
        }
        Ok(usage)
    }

    fn meter(&self, serving: &Serving) -> Result<Usage, NotExact> {
        let mut usage = self.meter_servers(serving)?;
        self.around().meter(&self.brief, serving, &serving.fleets, &mut usage)?;
        Ok(usage)
    }

    fn meter_under(&self, scenario: &Scenario, serving: &Serving) -> Result<Usage, NotExact> {
        let mut under: Machines<'_> = self.clone();
        under.brief.scenario = scenario;
        under.meter(serving)
    }

    fn longest_request(&self) -> Option<Duration> {
        self.around().longest_request(&self.brief)
    }

    fn service_levels(&self) -> Vec<ServiceLevel> {
        let around = self.around();
        let several_zones = around.zones > 1 && self.machines.scaling.range().0 > 1;
        let mut levels = self.brief.service_level(ID, "EC2 instances", several_zones);
        levels.extend(around.service_levels(&self.brief));
        levels
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.fleet.notes(self.machines.credits);
        notes.extend(self.notes.iter().cloned());
        notes.extend(jobs::notes(&self.brief));
        let kept = |state| self.brief.scenario.components.iter().any(|each| each.state == state);
        if self.fleet.instances > 1 {
            notes.extend(load_balancer_notes(&self.brief, self.fleet.instances));
        }
        if self.fleet.instances == 1 {
            notes.push(
                "one instance: TLS ends on it, and its failure is an outage until it is replaced".to_owned(),
            );
        } else if kept(State::LocalDisk) {
            notes.push("each instance has a disk of its own: data is not shared between them".to_owned());
            let most = self.machines.scaling.most();
            notes.extend(single_writer_notes(&self.brief, std::iter::repeat(most)));
        }
        notes
    }
}
