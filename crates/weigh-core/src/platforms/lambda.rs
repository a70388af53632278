//! Lambda: a function for each component, a server for each request, behind a function URL, HTTP API or load balancer.

mod limits;
mod meter;
mod start;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::sizing::{arrivals_per_s, by_traits, no_gpu, service_level, time_s, too_much_traffic};
use super::{Brief, Deployment, FailedNeed, Platform, Proposal, ServiceLevel, Setup, sized};
use crate::capacity::{PerRequest, Presence, Ramp, Servers, Serving, Station, servers_for_blocking};
use crate::catalog::{Architecture, Catalog, Limit};
use crate::measure::{Size, seconds};
use crate::money::{NotExact, approximate, number};
use crate::scenario::{Component, Contradiction, Needs, Scenario, Section, Values, choice, section};
use crate::services::{Flow, egress, logs};
use crate::traffic::{Days, Hours};
use crate::usage::Usage;

const ID: &str = "lambda";
const TITLE: &str = "Lambda";
/// Memory settings to try below 1 vCPU; above it a request that runs on one vCPU gets no faster.
const MEMORY_MB: [u32; 6] = [128, 256, 512, 1_024, 1_536, 1_769];
/// Start-up in seconds when neither time nor runtime is stated: the slow end of "under 100 ms to over 1 second" (Lambda
/// developer guide, execution environment life cycle; as known in November 2026).
const UNSTATED_START_UP: Decimal = Decimal::ONE;

/// How environments that are kept ready are counted in words.
const ENVIRONMENTS: [&str; 3] = ["environment", "environments", "environments on average"];

/// The platform's row.
pub(super) const PLATFORM: Platform = Platform {
    id: ID,
    title: TITLE,
    summary: "Lambda functions, paid per request and GB-second, behind a function URL, an HTTP API or a load balancer.",
    settings: &[Settings::FIELDS],
    contradictions,
    assumptions,
    propose,
};

choice! {
    /// What stands in front of the functions.
    pub(super) enum FrontDoor {
        /// A function URL: no charge of its own.
        FunctionUrl = "function-url",
        /// API Gateway, HTTP API.
        HttpApi = "http-api",
        /// An Application Load Balancer.
        LoadBalancer = "load-balancer",
    }
}

section! {
    /// Settings of a Lambda option.
    pub(super) struct Settings {
        /// Memory of each function; left out, the setting that serves best for its price.
        pub memory: Option<Size> => Kind::Size, Optional;
        /// What stands in front of the functions.
        pub front_door: FrontDoor => Kind::OneOf(FrontDoor::CHOICES), Default("function-url");
        /// Environments of each function kept ready; left out, none, or enough where the needs say `never_cold`.
        pub provisioned_concurrency: Option<u32> => Kind::Count { least: 0, most: 100_000 }, Optional;
        /// Hours of the day, in the traffic's time zone, in which the provisioned environments are kept; left out, always.
        pub provisioned_hours: Option<Vec<Hours>> => Kind::When(When::Hours), Optional;
        /// Days that have the `provisioned_hours`; left out, every day.
        pub provisioned_days: Option<Days> => Kind::When(When::Days), Optional;
        /// Concurrent executions that the account may have in the region; left out, AWS's default of 1,000.
        pub concurrency_quota: Option<u32> => Kind::Count { least: 1, most: 1_000_000 }, Optional;
        /// How long an idle environment stays warm; left out, the 6 minutes that were measured.
        pub keep_alive: Option<std::time::Duration> => Kind::Duration, Optional;
        /// Space under /tmp; the first 512 MB are free.
        pub ephemeral_storage: Size => Kind::Size, Default("512 MB");
        /// Processor architecture.
        pub architecture: Architecture => ARCHITECTURE, Default("x86");
    }
}

fn assumptions(_scenario: &Scenario, catalog: &Catalog) -> Vec<String> {
    let request = "A request on Lambda has the memory of a whole replica and one vCPU at most; the vCPU of a replica is not asked for.";
    let warm = format!(
        "Lambda keeps an idle environment for {} s (measured in 2021, undocumented), reuses the one used last, and places a new one in {} ms before it starts.",
        catalog.limits.whole(Limit::LambdaKeepAliveSeconds),
        catalog.limits.whole(Limit::LambdaPlacementMs)
    );
    vec![request.to_owned(), warm]
}

fn contradictions(settings: &Values, needs: &Needs) -> Vec<Contradiction> {
    let none_ready = settings.value::<Option<u32>>("provisioned_concurrency").flatten() == Some(0);
    let found = (needs.never_cold && none_ready).then(|| Contradiction {
        setting: "provisioned_concurrency",
        need: "never_cold",
        message: "`provisioned_concurrency = 0` contradicts the need `never_cold`".to_owned(),
    });
    found.into_iter().collect()
}

/// One function: a component at a memory setting.
#[derive(Clone, Debug)]
struct Function {
    memory_mb: u32,
    /// Mean billed duration in seconds, rounded up to a millisecond.
    billed_s: Decimal,
    /// Billed INIT time of a cold start in seconds.
    init_s: Decimal,
    provisioned: u32,
    /// What a cold request waits, in seconds.
    start_up_s: f64,
    keep_alive_s: f64,
    quota: u32,
}

struct Functions<'a> {
    brief: Brief<'a>,
    settings: Settings,
    functions: Vec<Function>,
    stations: Vec<Station>,
    notes: Vec<String>,
}

fn propose<'a>(brief: &Brief<'a>) -> Proposal<'a> {
    let Some(settings) = Settings::build(brief.settings) else { return Proposal::Rejected(Vec::new()) };
    let mut failed = by_traits(ID, TITLE, brief);
    failed.extend(no_gpu(TITLE, brief));
    failed.extend(limits::failed(brief, &settings));
    let tries = memories(brief, &settings).into_iter().map(|memory_mb| deploy(brief, &settings, memory_mb));
    Proposal::from(failed, sized(tries))
}

/// The memory settings to try: the one stated, else a ladder up to 1 vCPU, on which each function has at least what
/// its component needs.
fn memories(brief: &Brief<'_>, settings: &Settings) -> Vec<u32> {
    if let Some(memory) = settings.memory {
        return vec![mib(memory)];
    }
    let needs = || brief.scenario.components.iter().map(|component| mib(component.memory));
    let (smallest, largest) = (needs().min().unwrap_or(0), needs().max().unwrap_or(0));
    let least = brief.catalog.limits.whole(Limit::LambdaMemoryMinMb).max(smallest);
    let steps =
        MEMORY_MB.into_iter().filter(|memory| *memory > least && (*memory > smallest || *memory <= largest));
    [least].into_iter().chain(steps).collect()
}

fn mib(size: Size) -> u32 {
    size.mib().ceil().to_u32().unwrap_or(u32::MAX)
}

/// The functions at one memory setting, when their limits allow it.
fn deploy<'a>(brief: &Brief<'a>, settings: &Settings, memory_mb: u32) -> Result<Functions<'a>, FailedNeed> {
    let quota = settings
        .concurrency_quota
        .unwrap_or_else(|| brief.catalog.limits.whole(Limit::LambdaConcurrencyQuota));
    limits::provisioned(settings, quota)?;
    let mut functions = Functions {
        brief: *brief,
        settings: settings.clone(),
        functions: vec![],
        stations: vec![],
        notes: vec![],
    };
    for component in &brief.scenario.components {
        // A stated setting is the same for all; one that is tried never falls below what the component needs.
        let own_mb = if settings.memory.is_some() { memory_mb } else { memory_mb.max(mib(component.memory)) };
        limits::memory(brief, component, own_mb)?;
        functions.add(component, own_mb, quota)?;
    }
    limits::concurrency(&functions.stations, quota)?;
    Ok(functions)
}

impl Functions<'_> {
    fn add(&mut self, component: &Component, memory_mb: u32, quota: u32) -> Result<(), FailedNeed> {
        let (scenario, limits) = (self.brief.scenario, &self.brief.catalog.limits);
        let duration = self.duration_s(component, memory_mb);
        limits::duration(&self.brief, &self.settings, approximate(duration))?;
        let init = self.init_s(component, memory_mb);
        let rate = arrivals_per_s(scenario, component);
        let load = rate * approximate(duration);
        let ready = if scenario.needs.never_cold {
            servers_for_blocking(load, Needs::NEVER_COLD_SHARE * 0.9)
        } else {
            Some(0)
        };
        let provisioned = self.settings.provisioned_concurrency.or(ready).unwrap_or(u32::MAX);
        let keep_alive_s =
            self.settings.keep_alive.map_or(limits.measured(Limit::LambdaKeepAliveSeconds), time_s);
        let start_up_s = approximate(init) + limits.measured(Limit::LambdaPlacementMs) / 1_000.0;
        let servers = Servers::PerRequest {
            keep_alive_s,
            start_up_s,
            limit: quota,
            always_ready: provisioned.min(quota),
        };
        let station = Station::new(rate, approximate(duration), servers);
        let station = station.map_err(|why| too_much_traffic(component, why.to_string()))?;
        let billed_s = (duration * Decimal::ONE_THOUSAND).ceil() / Decimal::ONE_THOUSAND;
        let init_most = limits.get(Limit::LambdaInitBilledLimitSeconds);
        let init_s = init.min(init_most);
        if init > init_most {
            self.notes.push(format!(
                "{}: Lambda ends a start after {} s and starts again within the request, which is not priced",
                component.name,
                number(init_most, 0)
            ));
        }
        let provisioned = provisioned.min(quota);
        self.functions.push(Function {
            memory_mb,
            billed_s,
            init_s,
            provisioned,
            start_up_s,
            keep_alive_s,
            quota,
        });
        self.stations.push(station);
        Ok(())
    }

    /// The environments kept ready over the month: always, or in their hours.
    fn ready(&self, provisioned: u32) -> Vec<(f64, u32)> {
        let Some(hours) = self.settings.provisioned_hours.as_ref().filter(|_| provisioned > 0) else {
            return vec![(0.0, provisioned)];
        };
        let days = self.settings.provisioned_days.unwrap_or(Days::ALL);
        let scenario = self.brief.scenario;
        let within = scenario.traffic.within(hours, days, scenario.header.month);
        let mut ready: Vec<(f64, u32)> = Vec::new();
        let mut now_s = 0.0;
        for scheduled in within {
            let count = if scheduled { provisioned } else { 0 };
            if ready.last().is_none_or(|(_, last)| *last != count) {
                ready.push((now_s, count));
            }
            now_s += 60.0;
        }
        ready
    }

    /// Mean duration in seconds: `wait + CPU time / share`, where 1,769 MB are one vCPU and a request uses at most one.
    fn duration_s(&self, component: &Component, memory_mb: u32) -> Decimal {
        let per_vcpu = self.brief.catalog.limits.get(Limit::LambdaMemoryPerVcpuMb);
        let share = (Decimal::from(memory_mb) / per_vcpu).min(Decimal::ONE);
        seconds(component.wait_time) + seconds(component.cpu_time) / share
    }
}

impl Deployment for Functions<'_> {
    fn size(&self) -> String {
        let mut memory: Vec<String> =
            self.functions.iter().map(|function| function.memory_mb.to_string()).collect();
        let all = memory.len();
        if memory.iter().all(|each| *each == memory[0]) {
            memory.truncate(1);
        }
        let memory = match memory.as_slice() {
            [same] if all > 1 => format!("{all} × {same}"),
            several => several.join(" + "),
        };
        let ready: u32 = self.functions.iter().map(|function| function.provisioned).sum();
        let provisioned = if ready > 0 { format!(", {ready} provisioned") } else { String::new() };
        format!("{memory} MB, {}{provisioned}", self.settings.front_door.spelling())
    }

    fn stations(&self) -> &[Station] {
        &self.stations
    }

    fn expected(&self) -> (Vec<Presence>, Option<Presence>) {
        (self.functions.iter().map(|function| Presence::steady(function.provisioned)).collect(), None)
    }

    fn setup(&self) -> Setup {
        let limits = &self.brief.catalog.limits;
        let starts = limits.measured(Limit::LambdaScaleOutEnvironments);
        let each = self.brief.scenario.components.iter().zip(&self.functions).zip(&self.stations);
        let each = each.map(|((component, function), station)| PerRequest {
            share: approximate(component.traffic_share),
            service_time_s: station.service_time_s(),
            start_up_s: function.start_up_s,
            keep_alive: crate::capacity::on_demand::KeepAlive::Fixed { seconds: function.keep_alive_s },
            dispatch: crate::capacity::on_demand::Dispatch::MostRecentlyUsed,
            max_lifetime_s: Some(limits.measured(Limit::LambdaEnvironmentLifetimeSeconds)),
            limit: function.quota,
            ramp: Ramp { burst: starts, per_s: starts / 10.0 },
            most_per_s: f64::from(function.quota) * limits.measured(Limit::LambdaRequestsPerConcurrency),
            ready: self.ready(function.provisioned),
        });
        Setup::PerRequest(each.collect())
    }

    fn meter(&self, serving: &Serving) -> Result<Usage, NotExact> {
        let mut usage = Usage::default();
        let flows = Flow::all(self.brief.scenario);
        let served = serving.stations.iter().zip(&serving.fleets);
        for ((flow, function), served) in flows.iter().zip(&self.functions).zip(served) {
            self.meter_function(flow, function, served, &mut usage)?;
        }
        self.meter_front_door(&flows, serving, &mut usage)?;
        for flow in &flows {
            egress::meter(&mut usage, flow)?;
            logs::meter(&mut usage, flow)?;
        }
        Ok(usage)
    }

    fn service_levels(&self) -> Vec<ServiceLevel> {
        let catalog = self.brief.catalog;
        let mut levels = service_level(catalog, ID, "Lambda", true);
        levels.extend(match self.settings.front_door {
            FrontDoor::FunctionUrl => Vec::new(),
            FrontDoor::HttpApi => service_level(catalog, "api-gateway", "API Gateway", true),
            FrontDoor::LoadBalancer => {
                service_level(catalog, "application-load-balancer", "Application Load Balancer", true)
            }
        });
        levels
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.notes.clone();
        // Base64 makes four bytes of three.
        let payload = Size::from_mib(self.brief.catalog.limits.whole(Limit::LambdaPayloadMb)).bytes();
        if self.brief.scenario.needs.largest_upload.is_some_and(|size| size.bytes() > payload / 4 * 3) {
            notes.push(format!(
                "binary uploads above {} fail: base64 makes them a third larger, and a function takes {}",
                Size::from_bytes(payload / 4 * 3),
                Size::from_bytes(payload)
            ));
        }
        notes
    }
}
