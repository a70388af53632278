//! Fargate: ECS tasks on AWS's own servers, in the sizes that AWS offers, behind a load balancer.

mod around;
mod job;
mod laid_out;
mod meter;

use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::around::{EndpointSettings, Network};
use super::headroom::{expecting_least, headroom_note, raise_minimum};
use super::scaling::{ScalingSettings, Sizing, expected};
use super::sizing::{
    CONNECTIONS, by_traits, count, latency_notes, least_replicas, load_balancer_notes, longest_kind_s,
    no_gpu, replica, service, single_writer_notes, station, time_s, too_long_for_load_balancer,
    too_much_traffic, vcpu_for_latency,
};
use super::spot::SpotSettings;
use super::{Brief, Deployment, FailedNeed, Layout, Platform, Proposal, ServiceLevel, Setup};
use crate::capacity::{Fleet, Presence, Replica, Serving, StartUp, Station};
use crate::catalog::{Architecture, Catalog, Limit};
use crate::measure::Size;
use crate::money::{NotExact, approximate, number};
use crate::scenario::{Component, Contradiction, Needs, Scenario, Section, State, Values, section};
use crate::usage::{Scope, Usage};

const ID: &str = "fargate";
const TITLE: &str = "Fargate";

/// How tasks are counted in words.
const TASKS: [&str; 3] = ["task", "tasks", "tasks on average"];

/// The platform's row.
pub(super) const PLATFORM: Platform = Platform {
    id: ID,
    title: TITLE,
    summary: "ECS tasks on Fargate behind an Application Load Balancer: containers without servers to manage.",
    settings: &[Settings::FIELDS, EndpointSettings::FIELDS, ScalingSettings::FIELDS, SpotSettings::FIELDS],
    contradictions,
    assumptions,
    propose,
};

section! {
    /// Settings of a Fargate option.
    pub(super) struct Settings {
        /// vCPU of each task, rounded up to a size that Fargate has; left out, the component's own.
        pub vcpu: Option<Decimal> => Kind::Number, Optional;
        /// Memory of each task, rounded up to a size that Fargate has; left out, the component's own.
        pub memory: Option<Size> => Kind::Size, Optional;
        /// Tasks of each component; left out, as many as the target utilisation needs.
        pub tasks: Option<u32> => Kind::Count { least: 1, most: 5_000 }, Optional;
        /// Utilisation that the tasks are sized for; AWS's examples of target tracking use 50 to 75 %.
        pub target_utilisation: Decimal => Kind::Share, Default("60 %");
        /// Processor architecture.
        pub architecture: Architecture => ARCHITECTURE, Default("x86");
        /// How tasks reach the internet.
        pub network: Network => Kind::OneOf(Network::CHOICES), Default("public");
        /// Ephemeral storage of each task; the first 20 GB are free.
        pub ephemeral_storage: Size => Kind::Size, Default("20 GB");
    }
}

fn assumptions(scenario: &Scenario, catalog: &Catalog) -> Vec<String> {
    let mut given = vec![CONNECTIONS.to_owned()];
    given.extend(super::scaling::assumptions(scenario));
    if !scenario.traffic.is_steady() {
        given.push(format!(
            "A new Fargate task serves after {} s (derived from AWS's benchmark of June 2026), its image at {} MiB/s (assumed, no source) and its start-up time; start_time states another.",
            catalog.limits.whole(Limit::FargateStartSeconds),
            catalog.limits.whole(Limit::FargateImagePullMibPerSecond)
        ));
    }
    given
}

fn contradictions(settings: &Values, needs: &Needs) -> Vec<Contradiction> {
    let mut found = super::instances::too_few(settings, needs, "tasks");
    found.extend(super::scaling::contradictions(settings));
    found
}

/// A task size that Fargate has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskSize {
    /// vCPU.
    pub vcpu: Decimal,
    /// Memory in MiB.
    pub memory_mib: u32,
}

/// The smallest vCPU size that holds the memory too, memory rounded up to its steps; nothing when none does.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::platforms::task_size;
/// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// // 1.5 vCPU and 1.75 GB: Fargate has 2 vCPU next, and they come with 4 GB at least.
/// let size = task_size(&catalog, "1.5".parse().unwrap(), "1792 MB".parse().unwrap()).unwrap();
/// assert_eq!((size.vcpu, size.memory_mib), (2.into(), 4_096));
/// assert!(task_size(&catalog, 1.into(), "900 GB".parse().unwrap()).is_none());
/// ```
#[must_use]
pub fn task_size(catalog: &Catalog, vcpu: Decimal, memory: Size) -> Option<TaskSize> {
    let wanted_mib = memory.mib().ceil().to_u32()?;
    catalog.fargate_sizes.iter().filter(|size| size.vcpu >= vcpu).find_map(|size| {
        let memory_mib = match size.memory_step_mib {
            0 => size.memory_min_mib,
            step => {
                size.memory_min_mib + wanted_mib.saturating_sub(size.memory_min_mib).div_ceil(step) * step
            }
        };
        let fits = memory_mib >= wanted_mib && memory_mib <= size.memory_max_mib;
        fits.then_some(TaskSize { vcpu: size.vcpu, memory_mib })
    })
}

/// The tasks of one component: their size, how many, and how they serve.
#[derive(Clone)]
struct TaskService {
    size: TaskSize,
    count: u32,
    fleet: Fleet,
    expected: Presence,
}

#[derive(Clone)]
struct Tasks<'a> {
    brief: Brief<'a>,
    settings: Settings,
    scaling: ScalingSettings,
    spot: SpotSettings,
    services: Vec<TaskService>,
    stations: Vec<Station>,
    notes: Vec<String>,
}

fn propose<'a>(brief: &Brief<'a>) -> Proposal<'a> {
    let built = Settings::build(brief.settings).zip(ScalingSettings::build(brief.settings));
    let Some(((settings, scaling), spot)) = built.zip(SpotSettings::build(brief.settings)) else {
        return Proposal::Rejected(Vec::new());
    };
    let mut failed = by_traits(ID, TITLE, brief);
    failed.extend(no_gpu(TITLE, brief));
    failed.extend(job::failed(brief));
    let mut tasks =
        Tasks { brief: *brief, settings, scaling, spot, services: vec![], stations: vec![], notes: vec![] };
    for component in &brief.scenario.components {
        if let Err(why) = tasks.add(component) {
            failed.push(why);
        }
    }
    let most =
        Size::from_bytes(u64::from(brief.catalog.limits.whole(Limit::FargateEphemeralStorageMaxGb)) << 30);
    if tasks.settings.ephemeral_storage > most {
        failed.push(FailedNeed {
            need: "ephemeral_storage".to_owned(),
            wanted: tasks.settings.ephemeral_storage.to_string(),
            offered: format!("a task has at most {most}"),
            revisit_when: "the data is kept in S3 or on a file system".to_owned(),
        });
    }
    Proposal::unless(failed, vec![Box::new(tasks)])
}

impl Tasks<'_> {
    fn add(&mut self, component: &Component) -> Result<(), FailedNeed> {
        let scenario = self.brief.scenario;
        let vcpu = self.settings.vcpu.unwrap_or_else(|| vcpu_for_latency(component, &scenario.needs));
        let memory = self.settings.memory.unwrap_or(component.memory);
        if vcpu < component.vcpu || memory < component.memory {
            return Err(FailedNeed {
                need: if vcpu < component.vcpu { "vcpu" } else { "memory" }.to_owned(),
                wanted: format!(
                    "{} vCPU and {} for {}",
                    number(component.vcpu, 3),
                    component.memory,
                    component.name
                ),
                offered: format!("the option states {} vCPU and {memory}", number(vcpu, 3)),
                revisit_when: "the component needs less, or the setting is larger".to_owned(),
            });
        }
        if component.image_size > self.settings.ephemeral_storage {
            return Err(FailedNeed {
                need: "image_size".to_owned(),
                wanted: format!("an image of {} for {}", component.image_size, component.name),
                offered: format!("a task has {} of ephemeral storage", self.settings.ephemeral_storage),
                revisit_when: "`ephemeral_storage` is larger".to_owned(),
            });
        }
        let size = task_size(self.brief.catalog, vcpu, memory).ok_or_else(|| FailedNeed {
            need: if self.brief.catalog.fargate_sizes.iter().any(|size| size.vcpu >= vcpu) {
                "memory"
            } else {
                "vcpu"
            }
            .to_owned(),
            wanted: format!("{} vCPU and {memory} for {}", number(vcpu, 3), component.name),
            offered: "no Fargate size in the data is that large".to_owned(),
            revisit_when: "the component is split into smaller replicas".to_owned(),
        })?;
        if (size.vcpu, Decimal::from(size.memory_mib)) != (vcpu, memory.mib()) {
            self.notes.push(format!(
                "{}: {} vCPU and {memory} is no Fargate size; rounded up to {} vCPU and {}",
                component.name,
                number(vcpu, 3),
                number(size.vcpu, 3),
                Size::from_mib(size.memory_mib),
            ));
        }
        let replica = replica(component, approximate(size.vcpu), Size::from_mib(size.memory_mib))?;
        if let Some(why) = too_long_for_load_balancer(&self.brief, longest_kind_s(component, &replica)) {
            return Err(why);
        }
        let target = approximate(self.settings.target_utilisation);
        let most = self.brief.catalog.limits.whole(Limit::EcsTasksPerService);
        let bounds = (least_replicas(&self.brief, ID).max(self.scaling.min_capacity.unwrap_or(0)), most);
        let count = match self.settings.tasks {
            Some(stated) => stated,
            None => count(scenario, component, replica, target, bounds)?,
        };
        let station = station(scenario, component, replica, count);
        let station = station.ok_or_else(|| too_much_traffic(component, "its tasks can't hold it"))?;
        if component.state == State::LocalDisk {
            self.notes.push(format!(
                "{}: its {} of local disk become an EFS file system",
                component.name, component.disk
            ));
        }
        let (fleet, expected) = self.fleet(component, replica, size, count, bounds);
        self.services.push(TaskService { size, count, fleet, expected });
        self.stations.push(station);
        Ok(())
    }

    /// The tasks of a component as a fleet, and how many are expected on average.
    fn fleet(
        &mut self,
        component: &Component,
        replica: Replica,
        size: TaskSize,
        count: u32,
        bounds: (u32, u32),
    ) -> (Fleet, Presence) {
        let limits = &self.brief.catalog.limits;
        let pull_s =
            approximate(component.image_size.mib()) / limits.measured(Limit::FargateImagePullMibPerSecond);
        let own_s = component.start_up_time.map_or(0.0, time_s);
        let start_up = StartUp {
            time_s: limits.measured(Limit::FargateStartSeconds) + pull_s + own_s,
            starts_per_s: limits.measured(Limit::FargateLaunchesPerSecond),
            burst: limits.measured(Limit::FargateLaunchBurst),
        };
        let sizing = Sizing {
            count,
            stated: self.settings.tasks.is_some(),
            bounds,
            target: approximate(self.settings.target_utilisation),
            start_up,
            in_share: 0.9,
        };
        let services = [(component, replica)];
        let scaling = self.scaling.of(&self.brief, &services, &sizing);
        let expected = expected(&self.brief, &services, &scaling, sizing.target);
        let mut fleet = Fleet {
            services: vec![service(&self.brief, component, replica, (Size::from_mib(size.memory_mib), 1))],
            processors: approximate(size.vcpu),
            scaling,
            interruption: self.spot.interruption(),
            credits: None,
            host_share: 1.0,
        };
        if self.scaling.min_capacity.is_none() && self.settings.tasks.is_none() {
            let raised = raise_minimum(&self.brief, &mut fleet, 0.0);
            self.notes.extend(raised.map(|least| headroom_note(&component.name, least, "tasks")));
            return (fleet, self.spot.split(expecting_least(expected, raised)));
        }
        let expected = self.spot.split(expected);
        (fleet, expected)
    }
}

impl Deployment for Tasks<'_> {
    fn size(&self) -> String {
        let mut sizes: Vec<(TaskSize, u32, u32)> = Vec::new();
        for service in &self.services {
            let (least, most) = service.fleet.scaling.range();
            match sizes.iter_mut().find(|(known, ..)| *known == service.size) {
                Some((_, fewest, highest)) => (*fewest, *highest) = (*fewest + least, *highest + most),
                None => sizes.push((service.size, least, most)),
            }
        }
        let each = sizes.iter().map(|(size, least, most)| {
            let tasks = if least == most { least.to_string() } else { format!("{least} to {most}") };
            format!("{tasks} × {} vCPU, {}", number(size.vcpu, 3), Size::from_mib(size.memory_mib))
        });
        each.collect::<Vec<_>>().join(" + ")
    }

    fn expected(&self) -> (Vec<Presence>, Option<Presence>) {
        (self.services.iter().map(|service| service.expected.clone()).collect(), None)
    }

    fn setup(&self) -> Setup {
        Setup::Fleets {
            fleets: self.services.iter().map(|service| service.fleet.clone()).collect(),
            hosts: None,
        }
    }

    fn layout(&self) -> Layout {
        self.laid_out()
    }

    fn stations(&self) -> &[Station] {
        &self.stations
    }

    fn meter(&self, serving: &Serving) -> Result<Usage, NotExact> {
        let mut usage = Usage::default();
        let components = self.brief.scenario.components.iter();
        for ((component, service), presence) in components.zip(&self.services).zip(&serving.fleets) {
            usage.within(Scope::of(&component.name), |usage| {
                self.meter_task(component, service.size, presence, usage)
            })?;
        }
        self.meter_jobs(&mut usage)?;
        self.around().meter(&self.brief, serving, &serving.fleets, &mut usage)?;
        Ok(usage)
    }

    fn meter_under(&self, scenario: &Scenario, serving: &Serving) -> Result<Usage, NotExact> {
        let mut under: Tasks<'_> = self.clone();
        under.brief.scenario = scenario;
        under.meter(serving)
    }

    fn longest_request(&self) -> Option<Duration> {
        self.around().longest_request(&self.brief)
    }

    fn service_levels(&self) -> Vec<ServiceLevel> {
        let around = self.around();
        let several = self.services.iter().all(|service| service.fleet.scaling.range().0 > 1);
        let mut levels = self.brief.service_level(ID, "Fargate tasks", around.zones > 1 && several);
        levels.extend(around.service_levels(&self.brief));
        levels
    }

    fn notes(&self) -> Vec<String> {
        let replicas = self.services.iter().map(|service| service.count).max().unwrap_or(1);
        let mut notes = self.notes.clone();
        notes.extend(self.spot.note());
        notes.extend(load_balancer_notes(&self.brief, replicas));
        let most = self.services.iter().map(|service| service.fleet.scaling.most());
        notes.extend(single_writer_notes(&self.brief, most));
        if self.settings.vcpu.is_none() {
            notes.extend(latency_notes(&self.brief, self.services.iter().map(|service| service.size.vcpu)));
        }
        notes
    }
}
