//! The names that a scenario may use and that others know: regions, platforms with their settings, criteria, types.

use super::field::{Field, Values};
use super::{Contradiction, Needs};
use crate::condition::Variable;

/// A class of names that the catalog or the price book knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A region with prices.
    Region,
    /// A platform.
    Platform,
    /// A language runtime.
    Runtime,
    /// An EC2 instance type.
    InstanceType,
    /// A power of a Lightsail container service.
    ContainerPower,
    /// A compliance programme.
    Compliance,
    /// A service that price ids begin with, or all of them.
    Service,
    /// A service that a deployment needs beside its servers.
    Supporting,
    /// A service of AWS that a VPC endpoint leads to.
    Endpoint,
    /// A kind of supporting service.
    ServiceKind,
    /// A type of database instance.
    DatabaseType,
    /// A type of cache node.
    CacheType,
    /// A language model.
    Model,
    /// An order of priorities.
    Preset,
    /// A method that ranks.
    Method,
    /// A way to make values comparable.
    Normalisation,
    /// A trait of a platform.
    Trait,
    /// A skill of a team.
    Skill,
}

impl Known {
    /// The class as a noun, for messages.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Known::Region => "a region",
            Known::Platform => "a platform",
            Known::Runtime => "a runtime",
            Known::InstanceType => "an instance type",
            Known::ContainerPower => "a container power",
            Known::Compliance => "a compliance programme",
            Known::Service => "a service",
            Known::Supporting => "a supporting service",
            Known::Endpoint => "a service with endpoints",
            Known::ServiceKind => "a service kind",
            Known::DatabaseType => "a database type",
            Known::CacheType => "a cache node type",
            Known::Model => "a model",
            Known::Preset => "a preset",
            Known::Method => "a method",
            Known::Normalisation => "a normalisation",
            Known::Trait => "a trait",
            Known::Skill => "a skill",
        }
    }
}

/// A platform as a scenario sees it.
#[derive(Clone, Copy, Debug)]
pub struct PlatformWords {
    /// The platform's id: `fargate`.
    pub id: &'static str,
    /// One line on what it is.
    pub summary: &'static str,
    /// The settings that an option of it may state.
    pub settings: &'static [&'static [Field]],
    /// What in an option's settings the scenario's needs rule out.
    pub contradictions: fn(&Values, &Needs) -> Vec<Contradiction>,
}

/// A kind of supporting service as a scenario sees it.
#[derive(Clone, Copy, Debug)]
pub struct ServiceWords {
    /// The kind's id: `rds-postgresql`.
    pub id: &'static str,
    /// One line on what it is.
    pub summary: &'static str,
    /// The settings that a service of it may state.
    pub settings: &'static [Field],
    /// What in the settings contradicts something else in them, or what they must state of names that are not known.
    pub contradictions: fn(&Values, &Vocabulary) -> Vec<Contradiction>,
}

/// What the ends of a criterion's scale are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScaleUnit {
    /// US dollars a month.
    Dollars,
    /// Seconds, written as a time.
    Seconds,
    /// A share of a whole.
    Share,
    /// Hours a month, or hours once.
    Hours,
    /// Stars, 1 to 5.
    Stars,
    /// How many: people, skills.
    Count,
    /// A size, in bytes.
    Size,
}

/// A criterion as a scenario sees it.
#[derive(Clone, Copy, Debug)]
pub struct CriterionWords {
    /// The criterion's id: `monthly_cost`.
    pub id: &'static str,
    /// One line on what it measures.
    pub summary: &'static str,
    /// What its scale is written in.
    pub unit: ScaleUnit,
}

/// Everything that a scenario may name.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Regions with prices.
    pub regions: Vec<String>,
    /// Language runtimes.
    pub runtimes: Vec<String>,
    /// EC2 instance types.
    pub instance_types: Vec<String>,
    /// Powers of a Lightsail container service.
    pub container_powers: Vec<String>,
    /// Compliance programmes.
    pub compliance: Vec<String>,
    /// Services that price ids begin with, and `all`.
    pub services: Vec<String>,
    /// Services that a deployment needs beside its servers.
    pub supporting: Vec<String>,
    /// Services of AWS that VPC endpoints lead to.
    pub endpoints: Vec<String>,
    /// Platforms with their settings.
    pub platforms: Vec<PlatformWords>,
    /// Kinds of supporting service with their settings.
    pub service_kinds: Vec<ServiceWords>,
    /// Types of database instance.
    pub database_types: Vec<String>,
    /// Types of cache node.
    pub cache_types: Vec<String>,
    /// Language models.
    pub models: Vec<String>,
    /// Orders of priorities.
    pub presets: Vec<String>,
    /// Methods that rank.
    pub methods: Vec<String>,
    /// Ways to make values comparable.
    pub normalisations: Vec<String>,
    /// Traits of platforms, each with the unit of its values.
    pub traits: Vec<(String, String)>,
    /// Skills that a team may have.
    pub skills: Vec<String>,
    /// What the conditions of rules may name.
    pub variables: Vec<Variable>,
    /// Criteria with their scales.
    pub criteria: Vec<CriterionWords>,
    /// Says why the ends of a criterion's scale, as stated, make no scale beside the needs.
    pub scale_problem: Option<ScaleProblem>,
}

/// Why ends make no scale: criterion, needs, the value worth 1 and the value worth 0, as far as they are stated.
pub type ScaleProblem = fn(&str, &Needs, Option<f64>, Option<f64>) -> Option<String>;

impl Vocabulary {
    /// The names of a class.
    #[must_use]
    pub fn words(&self, known: Known) -> Vec<&str> {
        match known {
            Known::Region => self.regions.iter().map(String::as_str).collect(),
            Known::Platform => self.platforms.iter().map(|platform| platform.id).collect(),
            Known::Runtime => self.runtimes.iter().map(String::as_str).collect(),
            Known::InstanceType => self.instance_types.iter().map(String::as_str).collect(),
            Known::ContainerPower => self.container_powers.iter().map(String::as_str).collect(),
            Known::Compliance => self.compliance.iter().map(String::as_str).collect(),
            Known::Service => self.services.iter().map(String::as_str).collect(),
            Known::Supporting => self.supporting.iter().map(String::as_str).collect(),
            Known::Endpoint => self.endpoints.iter().map(String::as_str).collect(),
            Known::ServiceKind => self.service_kinds.iter().map(|kind| kind.id).collect(),
            Known::DatabaseType => self.database_types.iter().map(String::as_str).collect(),
            Known::CacheType => self.cache_types.iter().map(String::as_str).collect(),
            Known::Model => self.models.iter().map(String::as_str).collect(),
            Known::Preset => self.presets.iter().map(String::as_str).collect(),
            Known::Method => self.methods.iter().map(String::as_str).collect(),
            Known::Normalisation => self.normalisations.iter().map(String::as_str).collect(),
            Known::Trait => self.traits.iter().map(|(name, _)| name.as_str()).collect(),
            Known::Skill => self.skills.iter().map(String::as_str).collect(),
        }
    }

    /// What is allowed of a class, in words; a long list is shortened.
    #[must_use]
    pub fn allowed(&self, known: Known) -> String {
        let words = self.words(known);
        match words.len() {
            count if count > 16 && !matches!(known, Known::ServiceKind | Known::Trait) => {
                let noun = known.noun().trim_start_matches("an ").trim_start_matches("a ");
                format!("one of {count} {noun}s, such as {}", words[..3].join(", "))
            }
            _ => format!("one of {}", words.join(", ")),
        }
    }

    /// A platform, by its id.
    #[must_use]
    pub fn platform(&self, id: &str) -> Option<&PlatformWords> {
        self.platforms.iter().find(|platform| platform.id == id)
    }
}
