//! The platforms: one file each, and the table of them. A platform knows shapes and price ids, never a price.

mod around;
mod disk;
mod ec2_compose;
mod ecs_ec2;
mod fargate;
mod fleet;
mod headroom;
mod instances;
mod jobs;
mod lambda;
mod layout;
mod lightsail;
mod scaling;
mod sizing;
mod spot;

use std::fmt;
use std::time::Duration;

use crate::capacity::{Fleet, Hosts, PerRequest, Presence, Serving, Station};
use crate::catalog::{Catalog, Trait};
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Contradiction, Field, Needs, PlatformWords, Scenario, Values};
use crate::usage::Usage;

pub use around::{SUPPORTING, SupportingService};
pub use fargate::{TaskSize, task_size};
pub use instances::{Interfaces, Room, TaskNeed, pack};
pub use layout::{HostGroup, Layout, ReplicaGroup, ServerSize, StartStep};
pub(crate) use sizing::service_level;

/// Every platform, by name.
pub const PLATFORMS: &[Platform] =
    &[ec2_compose::PLATFORM, ecs_ec2::PLATFORM, fargate::PLATFORM, lambda::PLATFORM, lightsail::PLATFORM];

/// A way to deploy.
#[derive(Clone, Copy)]
pub struct Platform {
    /// Its id in scenarios and data: `fargate`.
    pub id: &'static str,
    /// Its name in prose: `Fargate`.
    pub title: &'static str,
    /// One line on what it is.
    pub summary: &'static str,
    /// The settings of an option.
    pub settings: &'static [&'static [Field]],
    /// What in the settings the needs rule out.
    pub contradictions: fn(&Values, &Needs) -> Vec<Contradiction>,
    /// What a comparison takes as given when the platform is in it, a sentence each.
    pub assumptions: fn(&Scenario, &Catalog) -> Vec<String>,
    /// Sizes deployments for a scenario, or says which needs fail.
    pub propose: for<'a> fn(&Brief<'a>) -> Proposal<'a>,
}

impl Platform {
    /// Every setting of an option.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.settings.iter().flat_map(|list| list.iter())
    }

    /// The platform as a scenario sees it.
    #[must_use]
    pub fn words(&self) -> PlatformWords {
        PlatformWords {
            id: self.id,
            summary: self.summary,
            settings: self.settings,
            contradictions: self.contradictions,
        }
    }

    /// The platform with this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Platform> {
        PLATFORMS.iter().find(|platform| platform.id == id)
    }
}

/// What a platform is asked to deploy.
#[derive(Clone, Copy)]
pub struct Brief<'a> {
    /// The application, its traffic and its needs.
    pub scenario: &'a Scenario,
    /// What can be rented.
    pub catalog: &'a Catalog,
    /// The settings of the option, defaults included.
    pub settings: &'a Values,
}

impl<'a> Brief<'a> {
    /// What is said of a platform, by the scenario or else by the data.
    fn trait_of(&self, platform: &str, name: &str) -> Option<&'a Trait> {
        self.scenario.trait_of(self.catalog, platform, name)
    }

    /// What AWS promises of a platform or a service, in one zone or in several.
    fn service_level(&self, id: &str, what: &str, several_zones: bool) -> Vec<ServiceLevel> {
        service_level(self.scenario, self.catalog, id, what, several_zones)
    }
}

/// The fewest replicas that the needs of a scenario ask for on a platform; of instances that each hold all components no
/// more than one in each zone, or two.
pub(crate) fn least_servers(platform: &Platform, brief: &Brief<'_>, instances: bool) -> u32 {
    match instances {
        true => instances::least_instances(brief, platform.id),
        false => sizing::least_replicas(brief, platform.id),
    }
}

/// A platform's answer to a brief.
pub enum Proposal<'a> {
    /// Deployments that could do it, differing in size.
    Deployments(Vec<Box<dyn Deployment + 'a>>),
    /// The needs that no deployment on the platform can meet.
    Rejected(Vec<FailedNeed>),
}

impl<'a> Proposal<'a> {
    /// A rejection when any need fails, else the deployments.
    pub(crate) fn unless(
        failed: Vec<FailedNeed>,
        deployments: Vec<Box<dyn Deployment + 'a>>,
    ) -> Proposal<'a> {
        if failed.is_empty() { Proposal::Deployments(deployments) } else { Proposal::Rejected(failed) }
    }

    /// The same, where no deployment at all is one more failed need.
    pub(crate) fn from(
        mut failed: Vec<FailedNeed>,
        deployments: Result<Vec<Box<dyn Deployment + 'a>>, FailedNeed>,
    ) -> Proposal<'a> {
        let deployments = deployments.map_err(|why| failed.push(why)).unwrap_or_default();
        Proposal::unless(failed, deployments)
    }
}

/// The deployments of the tries that came out; when none did, why the last one didn't.
fn sized<'a, T: Deployment + 'a>(
    tries: impl Iterator<Item = Result<T, FailedNeed>>,
) -> Result<Vec<Box<dyn Deployment + 'a>>, FailedNeed> {
    let mut deployments: Vec<Box<dyn Deployment + 'a>> = Vec::new();
    let mut failure = None;
    for each in tries {
        match each {
            Ok(deployment) => deployments.push(Box::new(deployment)),
            Err(why) => failure = Some(why),
        }
    }
    failure.filter(|_| deployments.is_empty()).map_or(Ok(deployments), Err)
}

/// A need that an option can't meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedNeed {
    /// The need's key in the scenario, or what the application demands by itself: `memory`, `state`, `traffic`.
    pub need: String,
    /// What is needed.
    pub wanted: String,
    /// What the platform or the option offers.
    pub offered: String,
    /// When that would change.
    pub revisit_when: String,
}

impl fmt::Display for FailedNeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FailedNeed { need, wanted, offered, revisit_when } = self;
        write!(f, "{need}: needs {wanted}; {offered}. Revisit when {revisit_when}.")
    }
}

/// A promise of AWS that the deployment depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceLevel {
    /// What is promised to be up.
    pub what: String,
    /// The promised share of the month; nothing when the data states none.
    pub share: Option<f64>,
    /// The id of its source.
    pub source: String,
    /// `derived` when AWS promises nothing for exactly this.
    pub mark: String,
    /// Whether AWS promises more for replicas in two zones.
    pub more_in_two_zones: bool,
    /// The share that AWS promises in several zones, where it promises one.
    pub share_in_several_zones: Option<f64>,
}

/// How a deployment serves a month.
#[derive(Clone, Debug, PartialEq)]
pub enum Setup {
    /// Replicas that share queues: one fleet for each component, or one whose replicas hold all components.
    Fleets {
        /// The fleets; their services are the components, in order.
        fleets: Vec<Fleet>,
        /// What the replicas run on, where that is rented by itself.
        hosts: Option<Hosts>,
    },
    /// A server for each request, for each component.
    PerRequest(Vec<PerRequest>),
}

/// An option made concrete: sizes and counts.
pub trait Deployment {
    /// The size in a few words: `2 tasks × 1 vCPU, 2 GB`.
    fn size(&self) -> String;

    /// What it consists of: replicas and instances, how large they are, and how they start.
    fn layout(&self) -> Layout;

    /// The deployment as queueing sees it in its busy hour: one station for each component, in the order of the
    /// scenario.
    fn stations(&self) -> &[Station];

    /// The replicas that are expected on average, by fleet, and the hosts: what a search reckons with.
    fn expected(&self) -> (Vec<Presence>, Option<Presence>);

    /// How it serves a month.
    fn setup(&self) -> Setup;

    /// How many ways there are to rent it that serve alike, and differ in nothing but what [`meter_servers`] tells.
    ///
    /// [`meter_servers`]: Deployment::meter_servers
    fn alternatives(&self) -> usize {
        1
    }

    /// Takes the alternative at a place, counted from 0.
    fn choose(&mut self, _alternative: usize) {}

    /// Takes at least so many replicas, where their number is fixed and nobody stated it; whether it now has more.
    fn grow(&mut self, _replicas: u32) -> bool {
        false
    }

    /// What its servers alone use in the month: the part of [`Deployment::meter`] in which alternatives differ.
    ///
    /// # Errors
    /// A measured number that no bill can hold.
    fn meter_servers(&self, serving: &Serving) -> Result<Usage, NotExact> {
        self.meter(serving)
    }

    /// What the deployment uses in the month, given how it served.
    ///
    /// # Errors
    /// A measured number that no bill can hold.
    fn meter(&self, serving: &Serving) -> Result<Usage, NotExact>;

    /// The same as [`Deployment::meter`] under a scenario that differs in its traffic alone: the deployment stays as it is.
    ///
    /// # Errors
    /// A measured number that no bill can hold.
    fn meter_under(&self, scenario: &Scenario, serving: &Serving) -> Result<Usage, NotExact>;

    /// Supporting services that its price includes, or that it does itself: ids of [`SUPPORTING`].
    fn included(&self) -> &'static [&'static str] {
        &[]
    }

    /// The longest time that a request may take to answer; nothing where no limit is known.
    fn longest_request(&self) -> Option<Duration> {
        None
    }

    /// The largest body that a request may have; nothing where no limit is known.
    fn largest_upload(&self) -> Option<Size> {
        None
    }

    /// The promises it depends on, in series.
    fn service_levels(&self) -> Vec<ServiceLevel>;

    /// What the reader should know: sizes rounded up, limits near, parts not priced.
    fn notes(&self) -> Vec<String>;
}

#[cfg(test)]
mod tests;
