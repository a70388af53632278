//! The table of supporting services: what of a workload asks for each, on which facts of a platform, and what it meters.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{
    Front, Images, Month, Network, addresses, balancer_zones, calls_out, in_flight, interfaces_by_hour,
};
use crate::capacity::Presence;
use crate::catalog::Limit;
use crate::measure::Size;
use crate::money::{NotExact, exact};
use crate::scenario::{Component, Scenario, Sessions, State, Uploads};
use crate::services::load_balancer::{CapacityUnit, Load};
use crate::services::{
    Flow, api_gateway, between_zones, egress, endpoints, load_balancer, logs, nat_gateway, public_address,
    registry, sessions, storage, task_metrics, uploads,
};
use crate::usage::{Scope, Usage};

/// A service that a deployment may need beside its servers.
#[derive(Clone, Copy)]
pub struct SupportingService {
    /// Its id, as `[supporting] off` and reports name it.
    pub id: &'static str,
    /// The property of the workload that asks for it, and where.
    pub needed_for: &'static str,
    /// Why the deployment needs it; nothing when it does not.
    pub(super) because: fn(&Month<'_>) -> Option<Cow<'static, str>>,
    /// Its lines.
    pub(super) meter: fn(&Month<'_>, &mut Usage) -> Result<(), NotExact>,
}

/// Every supporting service, in the order of a bill. A platform states facts about itself; what follows from them stands
/// here once, for all platforms alike.
pub const SUPPORTING: &[SupportingService] = &[
    SupportingService {
        id: "load-balancer",
        needed_for: "more than one replica, or tasks whose addresses change; not where the platform includes one",
        because: |month| match month.around.front {
            Front::LoadBalancer(_, because) if is_reached(month.brief.scenario) => Some(because.into()),
            Front::LoadBalancer(..) | Front::HttpApi | Front::RestApi | Front::None => None,
        },
        meter: meter_load_balancer,
    },
    SupportingService {
        id: "api-gateway",
        needed_for: "functions behind an API of API Gateway, where the option states it",
        because: |month| {
            let stated = matches!(month.around.front, Front::HttpApi | Front::RestApi);
            stated.then_some("the option states it".into())
        },
        meter: |month, usage| {
            let step_kb = month.brief.catalog.limits.whole(Limit::ApiGatewayMeteringStepKb);
            let step = Size::from_bytes(u64::from(step_kb) << 10);
            month.at_the_door().iter().try_for_each(|flow| {
                usage.within(Scope::of(&flow.component), |usage| match month.around.front {
                    Front::RestApi => api_gateway::meter_rest(usage, flow),
                    _ => api_gateway::meter(usage, flow, step),
                })
            })
        },
    },
    SupportingService {
        id: "public-address",
        needed_for: "servers in public subnets, which call out and are called by addresses of their own",
        because: |month| {
            let because = "each has a public IPv4 address of its own to call out with";
            (month.around.network == Some(Network::Public)).then_some(because.into())
        },
        meter: |month, usage| {
            let scope = Scope { by_hour: interfaces_by_hour(month.interfaces), ..Scope::default() };
            let all = addresses(month.interfaces)?;
            usage.within(scope, |usage| public_address::meter(usage, all, month.around.whose, month.hours))
        },
    },
    SupportingService {
        id: "nat-gateway",
        needed_for: "servers in private subnets that call out, load images or send logs without an endpoint",
        because: nat,
        meter: meter_nat,
    },
    SupportingService {
        id: "endpoint",
        needed_for: "servers in private subnets, for each service that the option states an endpoint to",
        because: |month| {
            let private = month.around.network.is_some_and(|network| network != Network::Public);
            let stated = !month.around.endpoints.is_empty();
            (private && stated)
                .then_some("the option states endpoints: what they lead to passes no NAT gateway".into())
        },
        meter: meter_endpoints,
    },
    SupportingService {
        id: "egress",
        needed_for: "responses to the internet and calls to services outside AWS",
        because: |_| Some("responses leave to the internet, and calls to services outside AWS".into()),
        meter: |month, usage| each_flow(month, usage, egress::meter),
    },
    SupportingService {
        id: "between-zones",
        needed_for: "components that call each other and run apart in more than one zone",
        because: |month| {
            let crosses = month.around.apart && month.around.zones > 1;
            crosses.then_some("components call each other in different zones".into())
        },
        meter: |month, usage| {
            each_flow(month, usage, |usage, flow| between_zones::meter(usage, flow, month.around.zones))
        },
    },
    SupportingService {
        id: "logs",
        needed_for: "requests that write a log; not where the platform keeps logs itself",
        because: |_| Some("each request writes a log".into()),
        meter: |month, usage| {
            let (retention, length) =
                (month.brief.scenario.supporting.log_retention, month.brief.scenario.header.month);
            each_flow(month, usage, |usage, flow| logs::meter(usage, flow, retention, length))
        },
    },
    SupportingService {
        id: "registry",
        needed_for: "container images; not where the platform stores them itself, nor for zip archives",
        because: |month| {
            (month.around.images != Images::None)
                .then_some("it starts from container images, which ECR keeps".into())
        },
        meter: meter_registry,
    },
    SupportingService {
        id: "shared-disk",
        needed_for: "local data that must outlive a task without a disk of its own",
        because: |month| {
            let keeps = |each: &Component| each.state == State::LocalDisk;
            let needed = month.around.shared_disk && month.brief.scenario.components.iter().any(keeps);
            needed.then_some("local data must outlive its task".into())
        },
        meter: meter_shared_disk,
    },
    SupportingService {
        id: "session-store",
        needed_for: "sessions that more than one replica serves, where the scenario keeps them outside memory",
        because: |month| {
            let keeps = |each: &Component| each.state == State::Session;
            let outside = month.brief.scenario.supporting.sessions != Sessions::InMemory;
            let needed =
                outside && month.around.replicas > 1 && month.brief.scenario.components.iter().any(keeps);
            needed.then_some("a user's next request may meet another replica".into())
        },
        meter: meter_sessions,
    },
    SupportingService {
        id: "upload-bucket",
        needed_for: "uploads that are larger than the platform takes, where the scenario lets them go to S3",
        because: |month| {
            let allowed = month.brief.scenario.supporting.uploads == Uploads::S3;
            let most = month.around.largest_request.filter(|_| allowed)?;
            Some(format!("uploads above {most} go to a bucket, by a presigned URL").into())
        },
        meter: |month, usage| {
            let Some(most) = month.around.largest_request else { return Ok(()) };
            let hours = month.brief.scenario.header.month.whole().hours_exact();
            each_flow(month, usage, |usage, flow| uploads::meter(usage, flow, most, hours))
        },
    },
    SupportingService {
        id: "container-insights",
        needed_for: "tasks on ECS, where the scenario asks for Container Insights",
        because: |month| {
            let asked = month.brief.scenario.supporting.container_insights && month.around.tasks;
            asked.then_some("the scenario asks for Container Insights".into())
        },
        meter: |month, usage| {
            let services = u32::try_from(month.brief.scenario.components.len()).unwrap_or(u32::MAX);
            task_metrics::meter(usage, services, month.brief.scenario.header.month.share_exact())
        },
    },
];

/// Whether clients reach any of it; internal components find each other by names.
pub(super) fn is_reached(scenario: &Scenario) -> bool {
    scenario.components.iter().any(|component| !component.internal)
}

/// Meters each flow in the scope of its component.
fn each_flow(
    month: &Month<'_>,
    usage: &mut Usage,
    meter: impl Fn(&mut Usage, &Flow) -> Result<(), NotExact>,
) -> Result<(), NotExact> {
    month
        .flows
        .iter()
        .try_for_each(|flow| usage.within(Scope::of(&flow.component), |usage| meter(usage, flow)))
}

fn meter_load_balancer(month: &Month<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let Front::LoadBalancer(targets, _) = month.around.front else { return Ok(()) };
    let (scenario, limits) = (month.brief.scenario, &month.brief.catalog.limits);
    let around = &scenario.supporting;
    let in_flight = in_flight(scenario, month.serving)?;
    let flows = month.at_the_door();
    let load = Load::of((&flows, &month.flows), month.hours, in_flight, around, limits);
    let unit = CapacityUnit::of(around.load_balancer, limits, targets);
    let by_hour = if around.open_connections > 0 { month.by_hour() } else { Vec::new() };
    let open = (around.open_connections, by_hour.as_slice());
    load_balancer::meter(usage, (around.load_balancer, unit), load, open, month.hours)?;
    public_address::meter(usage, balancer_zones(month).into(), "the load balancer", month.hours)
}

/// Why private subnets need a NAT gateway.
fn nat(month: &Month<'_>) -> Option<Cow<'static, str>> {
    let network = month.around.network.filter(|network| *network != Network::Public)?;
    let mut passes = Vec::new();
    if calls_out(month.brief.scenario) {
        passes.push("call out, or wait for what may be outside,");
    }
    let pulls = matches!(month.around.images, Images::EachReplica | Images::EachHost);
    if pulls && !(month.has_endpoint("ecr") && month.has_endpoint("s3")) {
        passes.push("load images");
    }
    if month.around.sends_logs
        && !month.has_endpoint("logs")
        && month.flows.iter().any(|flow| flow.log_size.bytes() > 0)
    {
        passes.push("send logs");
    }
    match (passes.as_slice(), network) {
        ([], Network::Nat) => Some("the option states it".into()),
        ([], _) => None,
        (passes, _) => {
            Some(format!("{} in private subnets {}", month.around.whose, passes.join(", ")).into())
        }
    }
}

fn meter_nat(month: &Month<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let zones = month.around.zones;
    let gateways = super::nat_gateways(month.brief.settings, zones);
    nat_gateway::meter(usage, gateways, zones, month.hours)?;
    public_address::meter(usage, gateways.into(), "the NAT gateways", month.hours)?;
    let with_logs = month.around.sends_logs && !month.has_endpoint("logs");
    each_flow(month, usage, |usage, flow| {
        nat_gateway::meter_flow(usage, flow, with_logs)?;
        nat_gateway::meter_crossing(usage, flow, with_logs, gateways, zones)
    })?;
    if month.has_endpoint("s3") {
        // The layers of an image, which are nearly all of it, come from S3.
        return Ok(());
    }
    for (name, image, pulls) in pulls(month)? {
        usage.within(Scope::of(name), |usage| nat_gateway::meter_pulls(usage, name, pulls, image))?;
    }
    Ok(())
}

/// How often the image of each component and job is pulled: by each replica or host that starts in the month, and again with
/// each release by all that run; that of a job by each run where it has a task of its own.
fn pulls<'a>(month: &Month<'a>) -> Result<Vec<(&'a str, Size, Decimal)>, NotExact> {
    let scenario = month.brief.scenario;
    let length = scenario.header.month;
    let releases = scenario.supporting.releases.per_month(length);
    let host = month.serving.hosts.as_ref().or(month.serving.fleets.first());
    let of = |presence: Option<&Presence>| -> Result<Decimal, NotExact> {
        let Some(presence) = presence else { return Ok(Decimal::ZERO) };
        let running = exact(presence.mean, "replicas on average")?;
        Ok((Decimal::from(presence.started) + running * releases).round_dp(3).normalize())
    };
    let mut pulled = Vec::new();
    for (index, component) in scenario.components.iter().enumerate() {
        let presence = match month.around.images {
            Images::EachReplica => month.serving.fleets.get(index),
            Images::EachHost => host,
            Images::Cached | Images::None => return Ok(pulled),
        };
        pulled.push((component.name.as_str(), component.image_size, of(presence)?));
    }
    for job in &scenario.jobs {
        let runs = match month.around.images {
            Images::EachReplica => job.runs_in(length),
            Images::EachHost | Images::Cached | Images::None => of(host)?,
        };
        pulled.push((job.name.as_str(), job.image_size, runs.round_dp(3).normalize()));
    }
    Ok(pulled)
}

fn meter_endpoints(month: &Month<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let logs: Decimal = month.flows.iter().map(|flow| flow.requests * flow.log_size.gb()).sum();
    for service in &month.around.endpoints {
        let gb = if service == "logs" { logs.round_dp(9) } else { Decimal::ZERO };
        endpoints::meter(usage, service, (month.around.zones, month.hours), gb)?;
    }
    Ok(())
}

fn meter_registry(month: &Month<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let scenario = month.brief.scenario;
    let versions = scenario.supporting.image_versions;
    let share = scenario.header.month.share_exact();
    let components = scenario.components.iter().map(|each| (&each.name, each.image_size));
    let jobs = scenario.jobs.iter().map(|job| (&job.name, job.image_size));
    components.chain(jobs).try_for_each(|(name, image)| {
        usage.within(Scope::of(name), |usage| registry::meter(usage, name, image, versions, share))
    })
}

fn meter_shared_disk(month: &Month<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let scenario = month.brief.scenario;
    let kept = scenario.components.iter().filter(|each| each.state == State::LocalDisk);
    kept.into_iter().try_for_each(|component| {
        usage.within(Scope::of(&component.name), |usage| {
            storage::meter_file_system(usage, &component.name, component.disk, scenario.header.month)?;
            let own = |flow: &&Flow| flow.component == component.name;
            let requests = month.flows.iter().filter(own).map(|flow| flow.requests).sum();
            let moved = (component.disk_read_size, component.disk_write_size);
            storage::meter_file_access(usage, &component.name, requests, moved)
        })
    })
}

fn meter_sessions(month: &Month<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let scenario = month.brief.scenario;
    match scenario.supporting.sessions {
        Sessions::InMemory => Ok(()),
        Sessions::Valkey => sessions::meter_node(usage, month.hours),
        Sessions::Dynamodb => {
            let keep = scenario.components.iter().filter(|each| each.state == State::Session);
            keep.into_iter().try_for_each(|component| {
                let own: Vec<Flow> =
                    month.flows.iter().filter(|flow| flow.component == component.name).cloned().collect();
                let (requests, size) = (sessions::requests(&own), scenario.supporting.session_size);
                usage.within(Scope::of(&component.name), |usage| {
                    sessions::meter_table(usage, &component.name, requests, size)
                })
            })
        }
    }
}
