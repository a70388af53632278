//! Jobs on machines that run anyway: the room that is kept for them, and the vCPU that they keep busy.

use rust_decimal::Decimal;

use super::instances::TaskNeed;
use super::{Brief, FailedNeed, ServerSize};
use crate::measure::{Size, show_duration};
use crate::money::{approximate, number};
use crate::scenario::{Job, Scenario};

/// The room that any one of the jobs needs beside what runs; nothing without jobs.
pub(super) fn room(scenario: &Scenario) -> Option<TaskNeed> {
    let vcpu = scenario.jobs.iter().map(|job| job.vcpu).max()?;
    let memory = scenario.jobs.iter().map(|job| job.memory).max()?;
    Some(TaskNeed { vcpu, memory })
}

/// vCPU and memory in MiB of [`room`]; 0 without jobs.
pub(super) fn reserved(scenario: &Scenario) -> (Decimal, Decimal) {
    room(scenario).map_or((Decimal::ZERO, Decimal::ZERO), |room| (room.vcpu, room.memory.mib()))
}

/// What one copy of every component and a run of any job need together, on a machine that holds them all.
pub(super) fn with_components(scenario: &Scenario) -> ServerSize {
    let (vcpu, _) = reserved(scenario);
    let for_jobs = room(scenario).map_or(0, |room| room.memory.bytes());
    let memory =
        scenario.components.iter().map(|each| each.memory.bytes()).fold(for_jobs, u64::saturating_add);
    ServerSize {
        vcpu: vcpu + scenario.components.iter().map(|each| each.vcpu).sum::<Decimal>(),
        memory: Size::from_bytes(memory),
        storage: Size::default(),
    }
}

/// vCPU that the jobs keep busy on average over the month.
pub(super) fn busy_vcpu(scenario: &Scenario) -> f64 {
    let busy = |job: &Job| approximate(job.running_share(scenario.header.month)) * approximate(job.vcpu);
    scenario.jobs.iter().map(busy).sum()
}

/// What the reader should know of jobs that run beside the containers.
pub(super) fn notes(brief: &Brief<'_>) -> Vec<String> {
    let Some(TaskNeed { vcpu, memory }) = room(brief.scenario) else { return Vec::new() };
    let names: Vec<&str> = brief.scenario.jobs.iter().map(|job| job.name.as_str()).collect();
    let room = format!("{} vCPU and {memory}", number(vcpu, 3));
    let named = names.join(", ");
    vec![match names.len() {
        1 => format!("the job {named} runs beside the containers: {room} are kept free for it"),
        _ => format!(
            "the jobs {named} run beside the containers, one at a time: {room} are kept free for them"
        ),
    }]
}

/// The failed need of a job that a platform can't run.
pub(super) fn refused(job: &Job, offered: String, revisit_when: impl Into<String>) -> FailedNeed {
    FailedNeed {
        need: "job".to_owned(),
        wanted: format!(
            "{} vCPU and {} for {} for {}",
            number(job.vcpu, 3),
            job.memory,
            show_duration(job.duration),
            job.name
        ),
        offered,
        revisit_when: revisit_when.into(),
    }
}

/// The failed need when a job keeps more on its disk than there may be.
pub(super) fn disk_too_large(job: &Job, most: Size, whose: &str) -> Option<FailedNeed> {
    (job.disk > most).then(|| {
        let offered = format!("its {} of disk are more than the {most} that {whose} has", job.disk);
        refused(job, offered, "its data is kept in S3 or on a file system")
    })
}
