//! What can be rented, without its price: instance types, task sizes, container powers, runtimes, limits, traits.

mod limits;
mod names;
mod start_up;
mod traits;

use std::collections::BTreeMap;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::data::{DataFile, DataProblem, read_table};
pub use limits::{Limit, LimitRow, Limits};
pub use names::Names;
pub use start_up::{Measured, Package, Runtime, StartUp, StartUpTimes};
pub use traits::{Advice, DocumentRule, Trait};

const LIMITS: &str = "aws/shapes/limits.csv";
const INSTANCE_TYPES: &str = "aws/shapes/ec2-instance-types.csv";
const FARGATE_SIZES: &str = "aws/shapes/fargate-task-sizes.csv";
const CONTAINER_POWERS: &str = "aws/shapes/lightsail-container-powers.csv";

/// The processor architecture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// 64-bit Intel and AMD.
    X86,
    /// 64-bit ARM: AWS Graviton.
    Arm,
}

impl Architecture {
    /// The spelling in price ids and files.
    #[must_use]
    pub fn spelling(self) -> &'static str {
        match self {
            Architecture::X86 => "x86",
            Architecture::Arm => "arm",
        }
    }
}

impl FromStr for Architecture {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Architecture, &'static str> {
        match text {
            "x86" => Ok(Architecture::X86),
            "arm" => Ok(Architecture::Arm),
            _ => Err("an architecture is x86 or arm"),
        }
    }
}

/// An EC2 instance type.
#[derive(Clone, Debug, PartialEq)]
pub struct InstanceType {
    /// Its name: `t3.medium`.
    pub name: String,
    /// Its family: `t3`.
    pub family: String,
    /// Its processors' architecture.
    pub architecture: Architecture,
    /// vCPU.
    pub vcpu: u32,
    /// Memory in MiB.
    pub memory_mib: u32,
    /// GPUs.
    pub gpus: u32,
    /// The CPU share per vCPU that it may use for ever, in percent; nothing when it does not burst.
    pub burst_baseline_percent: Option<Decimal>,
    /// ECS tasks with a network interface of their own, without ENI trunking.
    pub awsvpc_tasks: u32,
    /// The same with ENI trunking; nothing when the type can't.
    pub awsvpc_tasks_trunking: Option<u32>,
}

/// A vCPU size of Fargate with the memory it may have.
#[derive(Clone, Debug, PartialEq)]
pub struct FargateSize {
    /// CPU units; 1,024 are one vCPU.
    pub cpu_units: u32,
    /// vCPU.
    pub vcpu: Decimal,
    /// Smallest memory in MiB.
    pub memory_min_mib: u32,
    /// Largest memory in MiB.
    pub memory_max_mib: u32,
    /// Step between in MiB; 0 when smallest and largest are the same.
    pub memory_step_mib: u32,
}

/// A power of a Lightsail container service.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerPower {
    /// Its name: `micro`.
    pub name: String,
    /// vCPU of a node.
    pub vcpu: Decimal,
    /// Memory of a node in MiB.
    pub memory_mib: u32,
}

/// Shapes, limits and traits: the facts that hold in every region.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// EC2 instance types, in the order of the data.
    pub instance_types: Vec<InstanceType>,
    /// Fargate's sizes, ascending.
    pub fargate_sizes: Vec<FargateSize>,
    /// Lightsail's container powers, ascending.
    pub container_powers: Vec<ContainerPower>,
    /// Lambda's runtimes with their start-up times; [`Catalog::start_up`] reads them.
    pub runtimes: Vec<Runtime>,
    /// Hard limits and quotas.
    pub limits: Limits,
    /// When to choose what, as the documents say it.
    pub rules: Vec<DocumentRule>,
    traits: BTreeMap<(String, String), Trait>,
    names: Names,
}

impl Catalog {
    /// Reads the shapes, limits and traits among the data files.
    ///
    /// # Errors
    /// Every row that is wrong, and every file or limit that is missing.
    ///
    /// ```
    /// use weigh_core::catalog::{Catalog, Limit};
    /// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// assert_eq!(catalog.instance_type("t3.medium").unwrap().memory_mib, 4_096);
    /// assert_eq!(catalog.limits.whole(Limit::LambdaTimeoutSeconds), 900);
    /// ```
    pub fn open(files: &[DataFile]) -> Result<Catalog, Vec<DataProblem>> {
        let mut problems = Vec::new();
        let problems_in = &mut problems;
        let limits = Limits::read(files.iter().find(|file| file.path == LIMITS), problems_in);
        let instance_types = rows(files, INSTANCE_TYPES, INSTANCE_TYPE_COLUMNS, problems_in, |row| {
            Ok(InstanceType {
                name: row.text(0).to_owned(),
                family: row.text(1).to_owned(),
                architecture: row.parse(2)?,
                vcpu: row.parse(3)?,
                memory_mib: row.parse(4)?,
                gpus: row.parse_optional(5)?.unwrap_or(0),
                burst_baseline_percent: row.parse_optional(6)?,
                awsvpc_tasks: row.parse(10)?,
                awsvpc_tasks_trunking: row.parse_optional(11)?,
            })
        });
        let fargate_sizes = rows(files, FARGATE_SIZES, FARGATE_COLUMNS, problems_in, |row| {
            Ok(FargateSize {
                cpu_units: row.parse(0)?,
                vcpu: row.parse(1)?,
                memory_min_mib: row.parse(2)?,
                memory_max_mib: row.parse(3)?,
                memory_step_mib: row.parse(4)?,
            })
        });
        let container_powers = rows(files, CONTAINER_POWERS, POWER_COLUMNS, problems_in, |row| {
            Ok(ContainerPower {
                name: row.text(0).to_owned(),
                vcpu: row.parse(1)?,
                memory_mib: row.parse(2)?,
            })
        });
        let runtimes = start_up::read(files, problems_in);
        let traits = traits::read(files, problems_in);
        let rules = traits::read_rules(files, problems_in);
        let names = Names::gather(files, problems_in);
        require(files, names::SOURCES, problems_in);
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Catalog {
            instance_types,
            fargate_sizes,
            container_powers,
            runtimes,
            limits,
            rules,
            traits,
            names,
        })
    }

    /// What is said of a platform, such as `operating-hours-low` of `fargate`.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// let stars = catalog.trait_of("lightsail", "stars/deployment-ease").unwrap();
    /// assert_eq!(stars.value, "5");
    /// assert!(catalog.source_title(&stars.source).contains("line 28"));
    /// ```
    #[must_use]
    pub fn trait_of(&self, platform: &str, name: &str) -> Option<&Trait> {
        self.traits.get(&(platform.to_owned(), name.to_owned()))
    }

    /// The names of the traits of any platform that begin with `prefix`, without it, sorted.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// assert!(catalog.trait_names("compliance/").contains(&"hipaa".to_owned()));
    /// ```
    #[must_use]
    pub fn trait_names(&self, prefix: &str) -> Vec<String> {
        let mut names: Vec<String> =
            self.traits.keys().filter_map(|(_, name)| name.strip_prefix(prefix)).map(str::to_owned).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The traits of some platforms, each name with the unit of its values, sorted.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// assert!(catalog.trait_units(&["lambda"]).contains(&("skills", "skills")));
    /// ```
    #[must_use]
    pub fn trait_units(&self, platforms: &[&str]) -> Vec<(&str, &str)> {
        let own = self.traits.iter().filter(|((platform, _), _)| platforms.contains(&platform.as_str()));
        let mut units: Vec<(&str, &str)> =
            own.map(|((_, name), known)| (name.as_str(), known.unit.as_str())).collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    /// The skills that some platform asks of a team, sorted.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// assert!(catalog.skills().contains(&"docker".to_owned()));
    /// ```
    #[must_use]
    pub fn skills(&self) -> Vec<String> {
        let lists = self.traits.values().filter(|known| known.unit == Trait::SKILLS);
        let mut skills: Vec<String> = lists.flat_map(Trait::words).map(str::to_owned).collect();
        skills.sort_unstable();
        skills.dedup();
        skills
    }

    /// An instance type, by its name.
    #[must_use]
    pub fn instance_type(&self, name: &str) -> Option<&InstanceType> {
        self.instance_types.iter().find(|known| known.name == name)
    }

    /// The full title of a source; its id when the data names none.
    #[must_use]
    pub fn source_title<'a>(&'a self, source: &'a str) -> &'a str {
        self.names.source_title(source)
    }

    /// The name of a region, such as `Europe (Ireland)`; empty when the data has none.
    #[must_use]
    pub fn region_name(&self, region: &str) -> &str {
        self.names.region(region)
    }
}

const INSTANCE_TYPE_COLUMNS: &[&str] = &[
    "instance_type",
    "family",
    "architecture",
    "vcpu",
    "memory_mib",
    "gpus",
    "burst_baseline_percent",
    "credits_per_hour",
    "max_credits",
    "max_enis",
    "awsvpc_tasks",
    "awsvpc_tasks_trunking",
    "network_baseline_gbps",
    "source",
    "mark",
    "listed_since",
    "current_generation",
    "bare_metal",
    "ipv4_per_interface",
];
const FARGATE_COLUMNS: &[&str] =
    &["cpu_units", "vcpu", "memory_min_mib", "memory_max_mib", "memory_step_mib", "source"];
const POWER_COLUMNS: &[&str] = &["power", "vcpu", "memory_mib", "source", "mark"];

/// Reads one table of the data into values; a file that is not there is a problem.
fn rows<T>(
    files: &[DataFile],
    path: &str,
    columns: &[&str],
    problems: &mut Vec<DataProblem>,
    mut value: impl FnMut(&crate::data::Row<'_>) -> Result<T, DataProblem>,
) -> Vec<T> {
    let mut values = Vec::new();
    require(files, path, problems);
    if let Some(file) = files.iter().find(|file| file.path == path) {
        read_table(file, columns, problems, |row| {
            values.push(value(row)?);
            Ok(())
        });
    }
    values
}

/// A file that is not there is a problem.
fn require(files: &[DataFile], path: &str, problems: &mut Vec<DataProblem>) {
    if !files.iter().any(|file| file.path == path) {
        let message = "the file is missing".to_owned();
        problems.push(DataProblem { path: path.to_owned(), line: 0, message });
    }
}
