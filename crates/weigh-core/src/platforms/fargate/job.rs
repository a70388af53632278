//! Jobs on Fargate: a task of its own for each run, paid from the pull of the image to the end.

use rust_decimal::Decimal;

use super::{TaskSize, Tasks, task_size};
use crate::catalog::{Catalog, Limit};
use crate::measure::{Size, seconds};
use crate::money::{NotExact, number};
use crate::platforms::around::Network;
use crate::platforms::jobs::{disk_too_large, refused};
use crate::platforms::{Brief, FailedNeed};
use crate::scenario::Job;
use crate::units::Unit;
use crate::usage::{Quantity, Scope, Usage};

/// The jobs that no task can run.
pub(super) fn failed(brief: &Brief<'_>) -> Vec<FailedNeed> {
    let limits = &brief.catalog.limits;
    let most = Size::from_mib(limits.whole(Limit::FargateEphemeralStorageMaxGb).saturating_mul(1_024));
    let too_large = |job: &Job| match task_size(brief.catalog, job.vcpu, job.memory) {
        None => {
            Some(refused(job, "no Fargate size in the data is that large".to_owned(), "the job is split"))
        }
        Some(_) => disk_too_large(job, most, "a task"),
    };
    brief.scenario.jobs.iter().filter_map(too_large).collect()
}

/// The hours that a run is billed: pull of the image and run, rounded up to a second, a minute at least.
///
/// Source: AWS's pricing page of Fargate, by way of the minimum in `aws/shapes/limits.csv` (as known in November 2026).
fn billed_hours(catalog: &Catalog, job: &Job) -> Decimal {
    let limits = &catalog.limits;
    let pull_s = job.image_size.mib() / limits.get(Limit::FargateImagePullMibPerSecond);
    let billed_s = (pull_s + seconds(job.duration)).ceil();
    billed_s.max(limits.get(Limit::FargateBillingMinimumSeconds)) / Decimal::from(3_600)
}

impl Tasks<'_> {
    /// Adds what the runs of all jobs use.
    pub(super) fn meter_jobs(&self, usage: &mut Usage) -> Result<(), NotExact> {
        for job in &self.brief.scenario.jobs {
            if let Some(size) = task_size(self.brief.catalog, job.vcpu, job.memory) {
                usage.within(Scope::of(&job.name), |usage| self.meter_job(job, size, usage))?;
            }
        }
        Ok(())
    }

    fn meter_job(&self, job: &Job, size: TaskSize, usage: &mut Usage) -> Result<(), NotExact> {
        let (name, variant) = (&job.name, self.settings.architecture.spelling());
        let (runs, hours) =
            (job.runs_in(self.brief.scenario.header.month), billed_hours(self.brief.catalog, job));
        let running = |unit| Quantity::of(unit).times(runs, "runs").times(hours, "hours");
        usage.add(
            format!("fargate/vcpu-hours/linux-{variant}"),
            format!("Job {name}: vCPU"),
            running(Unit::VcpuHours).times(size.vcpu, "vCPU"),
        )?;
        usage.add(
            format!("fargate/memory-gb-hours/linux-{variant}"),
            format!("Job {name}: memory"),
            running(Unit::GbHours).times(Size::from_mib(size.memory_mib).gb(), "GB"),
        )?;
        let free = self.brief.catalog.limits.get(Limit::FargateEphemeralStorageFreeGb);
        let beyond = (job.disk.gb() - free).max(Decimal::ZERO);
        usage.add(
            "fargate/ephemeral-storage-gb-hours",
            format!("Job {name}: ephemeral storage"),
            running(Unit::GbHours).times(beyond, format!("GB beyond the free {}", number(free, 0))),
        )?;
        match self.settings.network {
            Network::Public => {
                let address = running(Unit::Hours).times(1, "address");
                usage.add("vpc/public-ipv4-hours", format!("Job {name}: public IPv4 address"), address)
            }
            Network::Nat | Network::Private => Ok(()),
        }
    }
}
