//! What the platforms share: how fast a replica serves, how many are needed, and the needs that any platform checks.

use std::time::Duration;

use rust_decimal::Decimal;

use super::{Brief, FailedNeed, ServiceLevel, jobs};
use crate::capacity::{
    Pool, Replica, RequestKind, Service, Station, latency_of_kinds, mixed_variability, whole_up,
    workers_that_fit,
};
use crate::catalog::{Catalog, Limit};
use crate::measure::{Size, seconds, show_duration};
use crate::money::{approximate, number};
use crate::scenario::{Component, Needs, Scenario, Sessions, State};

/// How connections to a load balancer are counted.
pub(super) const CONNECTIONS: &str =
    "Every request opens a connection to the load balancer; clients that keep theirs open cost less.";

/// How one replica of a component serves on so many vCPU and so much memory.
pub(super) fn replica(component: &Component, vcpu: f64, memory: Size) -> Result<Replica, FailedNeed> {
    copies(component, vcpu, memory, 1)
}

/// So many copies of a component, each with so much memory, that share one machine's vCPU: taken as one replica with
/// all their workers. A copy serves as many requests at once as its memory holds, and computes on no more vCPU than it
/// has processes.
pub(super) fn copies(
    component: &Component,
    vcpu: f64,
    memory: Size,
    copies: u32,
) -> Result<Replica, FailedNeed> {
    let mib = |size: Size| approximate(size.mib());
    let idle = component.idle_memory.unwrap_or_default();
    let held = workers_that_fit(mib(memory), mib(idle), mib(component.memory_per_request));
    let workers = component.concurrency.min(held).saturating_mul(copies);
    let processes = component.processes.map_or(f64::INFINITY, |count| f64::from(count) * f64::from(copies));
    let (cpu_s, wait_s) = (approximate(component.cpu_s()), approximate(component.wait_s()));
    Replica::new(vcpu.min(processes), cpu_s, wait_s, workers)
        .map_err(|why| too_much_traffic(component, why.to_string()))
}

/// So many replicas behind one queue in the busy hour, as a station.
pub(super) fn station(
    scenario: &Scenario,
    component: &Component,
    replica: Replica,
    replicas: u32,
) -> Option<Station> {
    let station = Station::of_pool(arrivals_per_s(scenario, component), Pool { replica, replicas }).ok()?;
    let station =
        station.with_variability(scenario.traffic.arrival_variability(), service_variability(component));
    Some(station.with_kinds(several_kinds(component)))
}

/// The fewest replicas, from `least` to `most`, that stay at or below the target utilisation in the busy hour and meet
/// the P95 need where more replicas help.
pub(super) fn count(
    scenario: &Scenario,
    component: &Component,
    replica: Replica,
    target: f64,
    (least, most): (u32, u32),
) -> Result<u32, FailedNeed> {
    if least > most {
        return Err(FailedNeed {
            need: "min_replicas".to_owned(),
            wanted: format!("{least} replicas"),
            offered: format!("{most} are the most there may be"),
            revisit_when: "fewer are enough".to_owned(),
        });
    }
    let rate = arrivals_per_s(scenario, component);
    let fewest = replicas_for(replica, rate, target).max(least);
    if fewest > most {
        let offered = format!("{fewest} replicas would be needed, and {most} are the most");
        return Err(too_much_traffic(component, offered));
    }
    let Some(limit_s) = scenario.needs.p95_latency.map(time_s) else { return Ok(fewest) };
    let meets = |replicas: u32| {
        let latency = station(scenario, component, replica, replicas).and_then(|it| it.serve().latency());
        latency.is_some_and(|time| time.p95_s <= limit_s)
    };
    let alone = latency_of_kinds(&several_kinds(component), replica.unloaded_time_s());
    let queue_decides = alone.p95_s < limit_s * 0.999;
    if !queue_decides || meets(fewest) || !meets(most) {
        return Ok(fewest);
    }
    let (mut too_few, mut enough) = (fewest, most);
    while enough - too_few > 1 {
        let middle = too_few + (enough - too_few) / 2;
        if meets(middle) { enough = middle } else { too_few = middle }
    }
    Ok(enough)
}

/// The fewest replicas that a rate keeps at or below the target utilisation.
pub(super) fn replicas_for(replica: Replica, rate_per_s: f64, target: f64) -> u32 {
    whole_up(rate_per_s / replica.saturation_rate_per_s() / target)
}

/// A component as a simulation sees it: so many copies on a replica like this, which has so much memory in all. What
/// does not say how much memory it takes without requests takes all that it asks for.
pub(super) fn service(
    brief: &Brief<'_>,
    component: &Component,
    replica: Replica,
    (memory, copies): (Size, u32),
) -> Service {
    let share = |size: Size| approximate(size.mib()) / approximate(memory.mib());
    let idle = component.idle_memory.unwrap_or(component.memory);
    Service {
        replica,
        share: approximate(component.traffic_share),
        service_variability: service_variability(component),
        longest_wait_s: brief.catalog.limits.measured(Limit::ElbIdleTimeoutDefaultSeconds),
        memory_share_idle: share(idle) * f64::from(copies),
        memory_share_per_request: share(component.memory_per_request),
        kinds: several_kinds(component),
    }
}

/// The squared coefficient of variation of a request's time, over all kinds, whose CPU part and wait are exponential each.
fn service_variability(component: &Component) -> f64 {
    mixed_variability(&kinds(component))
}

fn kinds(component: &Component) -> Vec<RequestKind> {
    let each = component.kinds().into_iter().map(|kind| RequestKind {
        share: approximate(kind.share),
        cpu_time_s: time_s(kind.cpu_time),
        wait_time_s: time_s(kind.wait_time),
    });
    each.collect()
}

/// The kinds of request where there are several: each has percentiles of its own.
pub(super) fn several_kinds(component: &Component) -> Vec<RequestKind> {
    let kinds = kinds(component);
    if kinds.len() > 1 { kinds } else { Vec::new() }
}

/// Mean time of a request on so many vCPU, in seconds.
fn service_time_s(component: &Component, vcpu: f64) -> f64 {
    approximate(component.wait_s()) + approximate(component.cpu_s()) / vcpu.min(1.0)
}

/// Mean time of the longest kind of request that is alone on a replica, in seconds.
pub(super) fn longest_kind_s(component: &Component, replica: &Replica) -> f64 {
    let speed = replica.processors().min(1.0);
    let kinds = component.kinds().into_iter();
    kinds.map(|kind| time_s(kind.wait_time) + time_s(kind.cpu_time) / speed).fold(0.0, f64::max)
}

/// The vCPU to give each replica: what the component needs, or half or a whole one where only that makes a request
/// fast enough for the P95 need.
pub(super) fn vcpu_for_latency(component: &Component, needs: &Needs) -> Decimal {
    let Some(limit_s) = needs.p95_latency.map(time_s) else { return component.vcpu };
    let fast = |vcpu: Decimal| {
        let mean_s = service_time_s(component, approximate(vcpu));
        latency_of_kinds(&several_kinds(component), mean_s).p95_s < limit_s
    };
    let larger = [Decimal::new(5, 1), Decimal::ONE].into_iter().filter(|vcpu| *vcpu > component.vcpu);
    [component.vcpu].into_iter().chain(larger).find(|vcpu| fast(*vcpu)).unwrap_or(component.vcpu)
}

/// Says which components get more vCPU than they ask for, to be fast enough.
pub(super) fn latency_notes(brief: &Brief<'_>, given: impl Iterator<Item = Decimal>) -> Vec<String> {
    let more = brief.scenario.components.iter().zip(given).filter(|(component, vcpu)| {
        *vcpu > component.vcpu && vcpu_for_latency(component, &brief.scenario.needs) > component.vcpu
    });
    more.map(|(component, vcpu)| {
        let asked = number(component.vcpu, 3);
        format!("{}: {asked} vCPU is too slow for the P95 need; {} each", component.name, number(vcpu, 3))
    })
    .collect()
}

/// Replicas that the needs ask for: one in each zone, and two where only two reach the availability.
pub(super) fn least_replicas(brief: &Brief<'_>, platform: &str) -> u32 {
    let needs = &brief.scenario.needs;
    let promised = |name: &str| brief.trait_of(platform, name).and_then(|known| known.number());
    let (single, several) = (promised("sla-single-percent"), promised("sla-percent"));
    let wanted = needs.availability.map(|share| share * Decimal::ONE_HUNDRED);
    let two_help = wanted > single && several > single && wanted.is_some();
    needs.min_replicas.max(needs.zones).max(if two_help { 2 } else { 1 })
}

/// Requests a second that reach a component in the busiest hour.
pub(super) fn arrivals_per_s(scenario: &Scenario, component: &Component) -> f64 {
    scenario.traffic.busy_hour_per_s(scenario.header.month) * approximate(component.traffic_share)
}

/// A span of time in seconds, for the models.
pub(super) fn time_s(span: Duration) -> f64 {
    approximate(seconds(span))
}

/// The zones that so many replicas are spread over: as many as needed, two where there are two replicas.
pub(super) fn zones(needs: &Needs, replicas: u32) -> u32 {
    needs.zones.max(replicas.min(2))
}

/// The failed need when the traffic is beyond what a platform can hold.
pub(super) fn too_much_traffic(component: &Component, offered: impl Into<String>) -> FailedNeed {
    FailedNeed {
        need: "traffic".to_owned(),
        wanted: format!("the capacity for all requests of {}", component.name),
        offered: offered.into(),
        revisit_when: "a request takes less time, or less traffic comes".to_owned(),
    }
}

/// The needs that the traits of the platform decide: shell access and compliance.
pub(super) fn by_traits(platform: &str, title: &str, brief: &Brief<'_>) -> Vec<FailedNeed> {
    let needs = &brief.scenario.needs;
    let said = |name: &str| match brief.trait_of(platform, name) {
        Some(known) if known.mark != "unverified" => known.value.as_str(),
        _ => "unknown",
    };
    let mut failed = Vec::new();
    if needs.shell_access && said("shell-access") != "yes" {
        failed.push(FailedNeed {
            need: "shell_access".to_owned(),
            wanted: "a shell where it runs".to_owned(),
            offered: format!("{title} gives none"),
            revisit_when: "logs and metrics are enough to find faults".to_owned(),
        });
    }
    for name in &needs.compliance {
        let offered = match said(&format!("compliance/{name}")) {
            "yes" => continue,
            "no" => format!("{title} is not covered"),
            _ => format!("it is not known whether {title} is covered"),
        };
        let revisit_when = format!("AWS's services in scope list {title} for {name}");
        let wanted = format!("a platform in the scope of {name}");
        failed.push(FailedNeed { need: "compliance".to_owned(), wanted, offered, revisit_when });
    }
    failed
}

/// A GPU is needed and the platform has none.
pub(super) fn no_gpu(title: &str, brief: &Brief<'_>) -> Option<FailedNeed> {
    brief.scenario.needs.gpu.then(|| FailedNeed {
        need: "gpu".to_owned(),
        wanted: "a GPU".to_owned(),
        offered: format!("{title} has none"),
        revisit_when: "the model is called as a service, or the GPU part runs on EC2".to_owned(),
    })
}

/// A request may take longer than the platform lets it.
pub(super) fn too_long(brief: &Brief<'_>, mean_s: f64, most: Duration, whose: &str) -> Option<FailedNeed> {
    let stated = brief.scenario.needs.longest_request.filter(|longest| *longest > most);
    let wanted = match stated {
        Some(longest) => show_duration(longest),
        None if mean_s > time_s(most) => {
            format!(
                "{} on average",
                show_duration(Duration::try_from_secs_f64(mean_s).unwrap_or(Duration::MAX))
            )
        }
        None => return None,
    };
    Some(FailedNeed {
        need: "longest_request".to_owned(),
        wanted,
        offered: format!("{whose} ends a request after {}", show_duration(most)),
        revisit_when: format!(
            "every request ends within {}, or runs as a job in the background",
            show_duration(most)
        ),
    })
}

/// A request may take longer than a load balancer holds a silent connection; streams and WebSockets are not silent.
pub(super) fn too_long_for_load_balancer(brief: &Brief<'_>, mean_s: f64) -> Option<FailedNeed> {
    let needs = &brief.scenario.needs;
    if needs.websocket || needs.streaming {
        return None;
    }
    too_long(brief, mean_s, brief.catalog.limits.span(Limit::ElbIdleTimeoutMaxSeconds), "the load balancer")
}

/// What the reader should know of a load balancer in front of so many replicas.
pub(super) fn load_balancer_notes(brief: &Brief<'_>, replicas: u32) -> Vec<String> {
    let scenario = brief.scenario;
    let mut notes = Vec::new();
    let idle = brief.catalog.limits.span(Limit::ElbIdleTimeoutDefaultSeconds);
    if scenario.needs.longest_request.is_some_and(|longest| longest > idle) {
        notes.push(format!("the load balancer's idle timeout must be raised from {}", show_duration(idle)));
    }
    if scenario.needs.websocket || scenario.needs.streaming {
        notes.push("a connection that is silent for the load balancer's idle timeout is ended: send something before".to_owned());
    }
    let in_memory = scenario.supporting.sessions == Sessions::InMemory;
    if in_memory && replicas > 1 && scenario.components.iter().any(|each| each.state == State::Session) {
        notes.push(
            "sessions in memory: the load balancer must be sticky, and a replica that ends takes its sessions with it"
                .to_owned(),
        );
    }
    notes
}

/// Says which stores would run several times: most stores have a single writer, and two of them on one file system, or each
/// with a disk of its own, lose or split their data.
pub(super) fn single_writer_notes(brief: &Brief<'_>, most: impl Iterator<Item = u32>) -> Vec<String> {
    let several = brief.scenario.components.iter().zip(most);
    let several = several.filter(|(component, most)| component.state == State::LocalDisk && *most > 1);
    several
        .map(|(component, most)| {
            format!(
                "{}: up to {most} replicas keep data on disk; a store with a single writer must run once: place it in a part of its own with one replica",
                component.name
            )
        })
        .collect()
}

/// vCPU that the traffic of all components keeps busy, and the jobs, on average over the month.
pub(super) fn busy_vcpu(scenario: &Scenario) -> f64 {
    let rate = scenario.traffic.mean_per_s(scenario.header.month);
    let each = scenario.components.iter();
    let served: f64 =
        each.map(|each| rate * approximate(each.traffic_share) * approximate(each.cpu_s())).sum();
    served + jobs::busy_vcpu(scenario)
}

/// What AWS promises of a platform or a service, in one zone or in several.
pub(crate) fn service_level(
    scenario: &Scenario,
    catalog: &Catalog,
    platform: &str,
    what: &str,
    several_zones: bool,
) -> Vec<ServiceLevel> {
    let promised = |name: &str| {
        let known = scenario.trait_of(catalog, platform, name)?;
        Some((known, approximate(known.number()?) / 100.0))
    };
    let (several, single) = (promised("sla-percent"), promised("sla-single-percent"));
    let most = several.as_ref().map(|(_, most)| *most);
    let more = |share: f64| most.is_some_and(|most| most > share);
    let level = if several_zones { several } else { single };
    vec![ServiceLevel {
        what: what.to_owned(),
        share: level.as_ref().map(|(_, share)| *share),
        source: level.as_ref().map_or(String::new(), |(known, _)| known.source.clone()),
        mark: level.as_ref().map_or(String::new(), |(known, _)| known.mark.clone()),
        more_in_two_zones: level.as_ref().is_some_and(|(_, share)| more(*share)),
        share_in_several_zones: most,
    }]
}
