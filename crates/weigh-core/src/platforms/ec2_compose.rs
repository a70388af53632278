//! EC2 with Docker Compose: all containers on each instance; a load balancer when there is more than one.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::instances::{
    Fleet, Interfaces, Room, Trial, images_too_large, no_type, too_few, types, worth_trying,
};
use super::sizing::{
    CONNECTIONS, Replica, by_traits, least_replicas, load_balancer_notes, service_level,
    too_long_for_load_balancer, too_much_traffic,
};
use super::vpc::{Network, Vpc};
use super::{Brief, Deployment, FailedNeed, Platform, Proposal, ServiceLevel};
use crate::capacity::{Served, Station};
use crate::catalog::{Architecture, Catalog, InstanceType, Limit};
use crate::measure::Size;
use crate::money::{NotExact, approximate, number};
use crate::scenario::{Component, Contradiction, Needs, Scenario, Section, State, Values, section};
use crate::usage::Usage;

const ID: &str = "ec2-compose";
const TITLE: &str = "EC2 with Docker Compose";

/// The platform's row.
pub(super) const PLATFORM: Platform = Platform {
    id: ID,
    title: TITLE,
    summary: "EC2 instances that each run all containers with Docker Compose; a load balancer in front of more than one.",
    settings: Settings::FIELDS,
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
    let instances = Needs { min_replicas: needs.min_replicas.min(2), ..needs.clone() };
    too_few(settings, &instances, "instances")
}

struct Machines<'a> {
    brief: Brief<'a>,
    settings: Settings,
    fleet: Fleet<'a>,
    stations: Vec<Station>,
}

fn propose<'a>(brief: &Brief<'a>) -> Proposal<'a> {
    let Some(settings) = Settings::build(brief.settings) else { return Proposal::Rejected(Vec::new()) };
    let mut failed = by_traits(ID, TITLE, brief);
    failed.extend(images_too_large(brief.scenario, settings.disk));
    let stated = settings.instance_type.as_deref();
    // Two replicas or more need two instances, not one each: an instance runs several copies.
    let least = brief.scenario.needs.zones.max(least_replicas(brief, ID).min(2));
    let least = settings.instances.unwrap_or(least);
    let mut nowhere = None;
    let mut sized = Vec::new();
    for instance in types(brief.catalog, stated, settings.architecture, brief.scenario.needs.gpu) {
        match place(brief, &settings, instance, least) {
            Ok(deployment) => {
                let enough = deployment.fleet.is_enough(least, &deployment.stations);
                sized.push(Trial { instance, enough, deployment });
            }
            Err(why) => nowhere = Some(why),
        }
    }
    if sized.is_empty() {
        failed.push(nowhere.unwrap_or_else(|| no_type(brief, stated)));
    }
    let machines =
        worth_trying(sized).into_iter().map(|machines| Box::new(machines) as Box<dyn Deployment + 'a>);
    Proposal::unless(failed, machines.collect())
}

/// The instances of a type that the traffic needs.
fn place<'a>(
    brief: &Brief<'a>,
    settings: &Settings,
    instance: &'a InstanceType,
    least: u32,
) -> Result<Machines<'a>, FailedNeed> {
    let scenario = brief.scenario;
    let room = Room::of(instance, &brief.catalog.limits, settings.memory_reserve, Interfaces::Shared);
    let vcpu: Decimal = scenario.components.iter().map(|component| component.vcpu).sum();
    let memory: Decimal = scenario.components.iter().map(|component| component.memory.mib()).sum();
    if vcpu > room.vcpu || memory > room.memory_mib {
        return Err(FailedNeed {
            need: if vcpu > room.vcpu { "vcpu" } else { "memory" }.to_owned(),
            wanted: format!("{} vCPU and {} MB on each instance", number(vcpu, 3), number(memory, 0)),
            offered: format!(
                "the type {} has {} vCPU and {} MB beside the system",
                instance.name,
                number(room.vcpu, 0),
                number(room.memory_mib, 0)
            ),
            revisit_when: "the containers fit, or a larger type is chosen".to_owned(),
        });
    }
    // As many copies of all the containers as fit share the instance's vCPU in proportion to what each needs.
    let mut copies = (room.vcpu / vcpu).min(room.memory_mib / memory).floor().to_u32().unwrap_or(1).max(1);
    if scenario.needs.gpu {
        // Each container has a GPU of its own.
        copies =
            copies.min(instance.gpus / u32::try_from(scenario.components.len()).unwrap_or(u32::MAX)).max(1);
    }
    let least = least.max(match settings.instances {
        Some(stated) => stated,
        None => scenario.needs.min_replicas.div_ceil(copies),
    });
    let share = f64::from(instance.vcpu) / approximate(vcpu);
    let replica = |each: &Component| Replica::copies(each, approximate(each.vcpu) * share, copies);
    let target = approximate(settings.target_utilisation);
    let most = brief.catalog.limits.whole(Limit::EcsInstancesPerCluster);
    let mut instances = least;
    if settings.instances.is_none() {
        for component in &scenario.components {
            instances =
                instances.max(replica(component).count(scenario, component, target, (least, most))?);
        }
    }
    let mut stations = Vec::new();
    for component in &scenario.components {
        let replica = replica(component);
        let station = replica.station(scenario, component, instances);
        stations.push(station.ok_or_else(|| too_much_traffic(component, "its instances can't hold it"))?);
        let failed =
            (instances > 1).then(|| too_long_for_load_balancer(brief, replica.service_time_s)).flatten();
        if let Some(why) = failed {
            return Err(why);
        }
    }
    let fleet = Fleet::new(scenario, instance, instances, settings.disk);
    Ok(Machines { brief: *brief, settings: settings.clone(), fleet, stations })
}

impl Machines<'_> {
    fn vpc(&self) -> Vpc {
        let instances = self.fleet.instances;
        Vpc {
            load_balancer: instances > 1,
            network: self.settings.network,
            interfaces: instances,
            whose: "the instances",
            zones: self.brief.scenario.needs.zones.max(instances.min(2)),
        }
    }
}

impl Deployment for Machines<'_> {
    fn size(&self) -> String {
        self.fleet.size()
    }

    fn stations(&self) -> &[Station] {
        &self.stations
    }

    fn meter(&self, served: &[Served]) -> Result<Usage, NotExact> {
        let mut usage = Usage::default();
        self.fleet.meter(self.brief.scenario.header.month, &mut usage)?;
        self.vpc().meter(&self.brief, served, &mut usage)?;
        Ok(usage)
    }

    fn service_levels(&self) -> Vec<ServiceLevel> {
        let vpc = self.vpc();
        let mut levels = service_level(self.brief.catalog, ID, "EC2 instances", vpc.zones > 1);
        levels.extend(vpc.service_levels(&self.brief));
        levels
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let kept = |state| self.brief.scenario.components.iter().any(|each| each.state == state);
        if self.fleet.bursts() {
            notes.push(format!(
                "the traffic keeps {} above its CPU baseline: surplus credits are charged",
                self.fleet.size()
            ));
        }
        if self.fleet.instances > 1 {
            notes.extend(load_balancer_notes(&self.brief, self.fleet.instances));
        }
        if self.fleet.instances == 1 {
            notes.push(
                "one instance: TLS ends on it, and its failure is an outage until it is replaced".to_owned(),
            );
        } else if kept(State::LocalDisk) {
            notes.push("each instance has a disk of its own: data is not shared between them".to_owned());
        }
        notes
    }
}
