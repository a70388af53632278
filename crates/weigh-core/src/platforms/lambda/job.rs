//! Jobs on Lambda: an invocation for each run of at most 15 minutes, with the memory that gives it its vCPU.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Functions, mib};
use crate::catalog::{Catalog, Limit};
use crate::measure::{Size, seconds, show_duration};
use crate::money::{NotExact, number};
use crate::platforms::jobs::{disk_too_large, refused};
use crate::platforms::{Brief, FailedNeed};
use crate::scenario::Job;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// The memory of a job's function: what it needs, and at least what gives it its vCPU (1,769 MB for each).
fn memory_mb(catalog: &Catalog, job: &Job) -> u32 {
    let limits = &catalog.limits;
    let for_vcpu = job.vcpu.checked_mul(limits.get(Limit::LambdaMemoryPerVcpuMb));
    let for_vcpu = for_vcpu.and_then(|memory| memory.ceil().to_u32()).unwrap_or(u32::MAX);
    for_vcpu.max(mib(job.memory)).max(limits.whole(Limit::LambdaMemoryMinMb))
}

/// The jobs that no function can run.
pub(super) fn failed(brief: &Brief<'_>) -> Vec<FailedNeed> {
    brief.scenario.jobs.iter().filter_map(|job| refusal(brief.catalog, job)).collect()
}

fn refusal(catalog: &Catalog, job: &Job) -> Option<FailedNeed> {
    let limits = &catalog.limits;
    let longest = limits.span(Limit::LambdaTimeoutSeconds);
    if job.duration > longest {
        let offered = format!("Lambda ends it after {}", show_duration(longest));
        return Some(refused(job, offered, "it is split, or runs on Fargate"));
    }
    let (wanted, most) = (memory_mb(catalog, job), limits.whole(Limit::LambdaMemoryMaxMb));
    if wanted > most {
        let offered = format!("a function has at most {most} MB, and its vCPU in proportion");
        return Some(refused(job, offered, "it is split, or runs on Fargate"));
    }
    let image_most = Size::from_mib(limits.whole(Limit::LambdaImageSizeGb).saturating_mul(1_024));
    if job.image_size > image_most {
        let offered = format!("Lambda takes an image of at most {image_most}");
        return Some(refused(job, offered, "its image is smaller"));
    }
    disk_too_large(job, Size::from_mib(limits.whole(Limit::LambdaEphemeralStorageMaxMb)), "a function")
}

impl Functions<'_> {
    /// Adds what the runs of all jobs use: invocations, GB-seconds to the millisecond, and space beyond what is free.
    pub(super) fn meter_jobs(&self, usage: &mut Usage) -> Result<(), NotExact> {
        let (month, limits) = (self.brief.scenario.header.month, &self.brief.catalog.limits);
        let variant = self.settings.architecture.spelling();
        for job in &self.brief.scenario.jobs {
            let (name, runs) = (&job.name, job.runs_in(month));
            let billed_s = (seconds(job.duration) * Decimal::ONE_THOUSAND).ceil() / Decimal::ONE_THOUSAND;
            let running = || Quantity::of(Unit::GbSeconds).times(runs, "runs").times(billed_s, "s");
            let invocations = Quantity::of(Unit::Requests).times(runs, "runs");
            usage.add("lambda/requests", format!("Job {name}: invocations"), invocations)?;
            let gb = Size::from_mib(memory_mb(self.brief.catalog, job)).gb();
            usage.add(
                format!("lambda/duration-gb-seconds/{variant}"),
                format!("Job {name}: running"),
                running().times(gb, "GB"),
            )?;
            let free = Size::from_mib(limits.whole(Limit::LambdaEphemeralStorageFreeMb)).gb();
            let beyond = (job.disk.gb() - free).max(Decimal::ZERO);
            usage.add(
                "lambda/ephemeral-storage-gb-seconds",
                format!("Job {name}: ephemeral storage"),
                running().times(beyond, format!("GB beyond the free {}", number(free, 2))),
            )?;
        }
        Ok(())
    }
}
