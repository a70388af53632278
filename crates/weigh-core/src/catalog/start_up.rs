//! How long a function takes to start on Lambda: by runtime, package, architecture and memory, as it was measured.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::{Architecture, Catalog, Limit, rows};
use crate::data::{DataFile, DataProblem, Row};

const RUNTIMES: &str = "aws/shapes/lambda-runtimes.csv";
const COLUMNS: &[&str] = &[
    "runtime",
    "package",
    "architecture",
    "memory_mb",
    "cold_starts",
    "init_p10_ms",
    "init_p50_ms",
    "init_p90_ms",
    "init_p95_ms",
    "init_p99_ms",
    "cold_handler_mean_ms",
    "memory_used_mb",
    "source",
];

/// How a function's code is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Package {
    /// A zip archive.
    Zip,
    /// A container image.
    Image,
}

impl Package {
    /// The spelling in files.
    #[must_use]
    pub fn spelling(self) -> &'static str {
        match self {
            Package::Zip => "zip",
            Package::Image => "image",
        }
    }
}

impl FromStr for Package {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Package, &'static str> {
        match text {
            "zip" => Ok(Package::Zip),
            "image" => Ok(Package::Image),
            _ => Err("a package is zip or image"),
        }
    }
}

/// A runtime in a package on an architecture, with its start-ups at each memory that was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Runtime {
    /// Its name: `python3.13`.
    pub name: String,
    /// How the function was delivered.
    pub package: Package,
    /// The architecture that it was measured on.
    pub architecture: Architecture,
    /// At least one, by memory, ascending.
    pub measured: Vec<Measured>,
}

/// The start-ups of an empty function with some memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The function's memory in MB.
    pub memory_mb: u32,
    /// Cold starts that were measured.
    pub cold_starts: u32,
    /// How long they took.
    pub times: StartUpTimes,
    /// The most memory in use, in MB, on average.
    pub memory_used_mb: Decimal,
    /// The id of the source.
    pub source: String,
}

/// How long an empty function takes to start, in ms: the INIT phase, without the placing of its environment and the
/// download of its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartUpTimes {
    /// INIT that one start in ten does not exceed.
    pub init_p10_ms: Decimal,
    /// Median INIT.
    pub init_p50_ms: Decimal,
    /// INIT that 90 of 100 starts do not exceed.
    pub init_p90_ms: Decimal,
    /// INIT that 95 of 100 starts do not exceed.
    pub init_p95_ms: Decimal,
    /// INIT that 99 of 100 starts do not exceed.
    pub init_p99_ms: Decimal,
    /// The mean of the first run of the handler, which comes after INIT and is slower than the later ones.
    pub cold_handler_mean_ms: Decimal,
}

impl StartUpTimes {
    /// The straight line from these times to those of `to`, at a share of the way, rounded to 0.1 ms.
    fn towards(&self, to: &StartUpTimes, share: Decimal) -> StartUpTimes {
        let between = |from: Decimal, to: Decimal| (from + (to - from) * share).round_dp(1).normalize();
        StartUpTimes {
            init_p10_ms: between(self.init_p10_ms, to.init_p10_ms),
            init_p50_ms: between(self.init_p50_ms, to.init_p50_ms),
            init_p90_ms: between(self.init_p90_ms, to.init_p90_ms),
            init_p95_ms: between(self.init_p95_ms, to.init_p95_ms),
            init_p99_ms: between(self.init_p99_ms, to.init_p99_ms),
            cold_handler_mean_ms: between(self.cold_handler_mean_ms, to.cold_handler_mean_ms),
        }
    }
}

/// The start-up of an empty function, and what it really was measured on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartUp<'a> {
    /// The runtime in the package and on the architecture that was measured.
    pub runtime: &'a Runtime,
    /// The times at the memory asked for.
    pub times: StartUpTimes,
}

impl Runtime {
    /// The times at a memory: on the line between the nearest measured ones, and beyond the ends that of the end.
    fn times(&self, memory_mb: u32) -> Option<StartUpTimes> {
        let above = self.measured.partition_point(|measured| measured.memory_mb < memory_mb);
        let Some(upper) = self.measured.get(above) else {
            return self.measured.last().map(|last| last.times);
        };
        let Some(lower) = above.checked_sub(1).and_then(|below| self.measured.get(below)) else {
            return Some(upper.times);
        };
        let way = Decimal::from(upper.memory_mb - lower.memory_mb);
        Some(lower.times.towards(&upper.times, Decimal::from(memory_mb - lower.memory_mb) / way))
    }
}

impl Catalog {
    /// How long an empty function of a runtime takes to start with some memory, in MB.
    ///
    /// Measured are 128, 256, 512 and 1,024 MB; in between it is the straight line, beyond it the end. Where the
    /// package or the architecture was not measured, it is the same package on the other architecture, else the other
    /// package: [`StartUp::runtime`] says which. Nothing when the runtime was not measured at all.
    ///
    /// Source: the rows of `aws/shapes/lambda-runtimes.csv`, each with its own.
    ///
    /// ```
    /// use weigh_core::catalog::{Architecture, Catalog, Package};
    /// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// let python = |memory_mb| {
    ///     catalog.start_up("python3.13", Package::Zip, Architecture::X86, memory_mb).unwrap().times.init_p50_ms
    /// };
    /// assert!(python(1_024) < python(128) && python(10_240) == python(1_024));
    /// // Quarkus was measured on x86 alone.
    /// let quarkus = catalog.start_up("quarkus", Package::Zip, Architecture::Arm, 512).unwrap();
    /// assert_eq!(quarkus.runtime.architecture, Architecture::X86);
    /// assert!(catalog.start_up("cobol", Package::Zip, Architecture::X86, 512).is_none());
    /// ```
    #[must_use]
    pub fn start_up(
        &self,
        runtime: &str,
        package: Package,
        architecture: Architecture,
        memory_mb: u32,
    ) -> Option<StartUp<'_>> {
        let known = self.runtimes.iter().filter(|known| known.name == runtime);
        let nearest =
            known.min_by_key(|known| (known.package != package, known.architecture != architecture))?;
        Some(StartUp { runtime: nearest, times: nearest.times(memory_mb)? })
    }

    /// What code and network add to the start-up of an empty function, in ms.
    ///
    /// * `package_mb`: the zip archive beyond an empty one, in MB, at least 0.
    /// * `in_network`: whether the function is attached to a VPC.
    ///
    /// A straight line through what clients saw in 2021 with JavaScript. It holds the download of the code besides
    /// its loading, so not all of it is billed.
    ///
    /// Source: the limits `lambda/start-up-ms-per-package-mb` and `lambda/start-up-network-ms`.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// assert_eq!(catalog.added_start_up_ms(10.into(), true), 1_250.into());
    /// ```
    #[must_use]
    pub fn added_start_up_ms(&self, package_mb: Decimal, in_network: bool) -> Decimal {
        let network = if in_network { self.limits.get(Limit::LambdaStartUpNetworkMs) } else { Decimal::ZERO };
        self.limits.get(Limit::LambdaStartUpMsPerPackageMb).saturating_mul(package_mb.max(Decimal::ZERO))
            + network
    }
}

/// Reads the table: rows of one runtime, package and architecture stand together, by memory.
pub(super) fn read(files: &[DataFile], problems: &mut Vec<DataProblem>) -> Vec<Runtime> {
    let mut runtimes: Vec<Runtime> = Vec::new();
    rows(files, RUNTIMES, COLUMNS, problems, |row| {
        let (package, architecture) = (row.parse(1)?, row.parse(2)?);
        let measured = measured(row)?;
        let same = runtimes.last_mut().filter(|last| {
            last.name == row.text(0) && last.package == package && last.architecture == architecture
        });
        match same {
            Some(last) => {
                if last.measured.last().is_some_and(|before| before.memory_mb >= measured.memory_mb) {
                    return Err(row.problem("memory_mb must be above that of the row before"));
                }
                last.measured.push(measured);
            }
            None => runtimes.push(Runtime {
                name: row.text(0).to_owned(),
                package,
                architecture,
                measured: vec![measured],
            }),
        }
        Ok(())
    });
    runtimes
}

fn measured(row: &Row<'_>) -> Result<Measured, DataProblem> {
    let times = StartUpTimes {
        init_p10_ms: row.parse(5)?,
        init_p50_ms: row.parse(6)?,
        init_p90_ms: row.parse(7)?,
        init_p95_ms: row.parse(8)?,
        init_p99_ms: row.parse(9)?,
        cold_handler_mean_ms: row.parse(10)?,
    };
    Ok(Measured {
        memory_mb: row.parse(3)?,
        cold_starts: row.parse(4)?,
        times,
        memory_used_mb: row.parse(11)?,
        source: row.text(12).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, DataFile, RUNTIMES, read};

    fn table(rows: &str) -> Vec<DataFile> {
        let text = format!("{}\n{rows}", COLUMNS.join(","));
        vec![DataFile { path: RUNTIMES.into(), text: text.into() }]
    }

    #[test]
    fn between_two_memories_it_is_the_line_and_beyond_them_the_end() {
        let mut problems = Vec::new();
        let rows = "go,zip,arm,128,800,1,2,3,4,5,60.5,30,x\ngo,zip,arm,256,800,2,4,6,8,10,20.5,30,x\n";
        let runtimes = read(&table(rows), &mut problems);
        assert!(problems.is_empty() && runtimes.len() == 1, "{problems:?}");
        let median = |memory| runtimes[0].times(memory).unwrap().init_p50_ms.to_string();
        assert_eq!([1, 128, 160, 192, 256, 9_999].map(median), ["2", "2", "2.5", "3", "4", "4"]);
        assert_eq!(runtimes[0].times(192).unwrap().cold_handler_mean_ms.to_string(), "40.5");
    }

    #[test]
    fn rows_that_are_wrong_are_named() {
        let mut problems = Vec::new();
        let rows = "go,tar,arm,128,800,1,2,3,4,5,60.5,30,x\ngo,zip,arm,128,800,1,2,3,4,5,60.5,30,x\n\
                    go,zip,arm,128,800,1,2,3,4,5,60.5,30,x\n";
        assert_eq!(read(&table(rows), &mut problems).len(), 1);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(told[0].ends_with(":2: package `tar`: a package is zip or image"), "{told:?}");
        assert!(told[1].ends_with(":4: memory_mb must be above that of the row before"), "{told:?}");
    }
}
