//! Lambda: a function for each component, a server for each request, behind a function URL, HTTP API or load balancer.

mod limits;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::sizing::{arrivals_per_s, by_traits, no_gpu, service_level, time_s, too_much_traffic};
use super::vpc::in_flight;
use super::{Brief, Deployment, FailedNeed, Platform, Proposal, ServiceLevel, sized};
use crate::capacity::{Served, Servers, Station, erlang_b, servers_for_blocking};
use crate::catalog::{Architecture, Catalog, Limit, Package};
use crate::measure::{Size, seconds};
use crate::money::{NotExact, approximate, exact, number};
use crate::scenario::{Component, Contradiction, Needs, Scenario, Section, Values, choice, section};
use crate::services::load_balancer::{Lcu, Load, Targets};
use crate::services::{Flow, api_gateway, egress, load_balancer, logs, public_address};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

const ID: &str = "lambda";
const TITLE: &str = "Lambda";
/// Memory settings to try below 1 vCPU; above it a request that runs on one vCPU gets no faster.
const MEMORY_MB: [u32; 6] = [128, 256, 512, 1_024, 1_536, 1_769];
/// Start-up in seconds when neither time nor runtime is stated: the slow end of "under 100 ms to over 1 second" (Lambda
/// developer guide, execution environment life cycle; as known in November 2026).
const UNSTATED_START_UP: Decimal = Decimal::ONE;

/// The platform's row.
pub(super) const PLATFORM: Platform = Platform {
    id: ID,
    title: TITLE,
    summary: "Lambda functions, paid per request and GB-second, behind a function URL, an HTTP API or a load balancer.",
    settings: Settings::FIELDS,
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
        let servers = Servers::PerRequest {
            keep_alive_s,
            start_up_s: approximate(init) + limits.measured(Limit::LambdaPlacementMs) / 1_000.0,
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
        self.functions.push(Function { memory_mb, billed_s, init_s, provisioned });
        self.stations.push(station);
        Ok(())
    }

    /// Mean duration in seconds: `wait + CPU time / share`, where 1,769 MB are one vCPU and a request uses at most one.
    fn duration_s(&self, component: &Component, memory_mb: u32) -> Decimal {
        let per_vcpu = self.brief.catalog.limits.get(Limit::LambdaMemoryPerVcpuMb);
        let share = (Decimal::from(memory_mb) / per_vcpu).min(Decimal::ONE);
        seconds(component.wait_time) + seconds(component.cpu_time) / share
    }

    /// Start-up in seconds: the component's own, else the measured median of its runtime with that memory, else a second,
    /// said aloud.
    fn init_s(&mut self, component: &Component, memory_mb: u32) -> Decimal {
        if let Some(stated) = component.start_up_time {
            return seconds(stated);
        }
        let architecture = self.settings.architecture;
        let measured = component
            .runtime
            .as_ref()
            .and_then(|name| self.brief.catalog.start_up(name, Package::Zip, architecture, memory_mb));
        match measured {
            Some(start_up) => {
                let median_ms = start_up.times.init_p50_ms;
                self.notes.push(format!(
                    "{}: start-up of an empty {} function of {memory_mb} MB measured on {}, {} ms; the application's own adds to it",
                    component.name,
                    start_up.runtime.name,
                    start_up.runtime.architecture.spelling(),
                    number(median_ms, 0)
                ));
                median_ms / Decimal::ONE_THOUSAND
            }
            None => {
                self.notes.push(format!(
                    "{}: neither start_up_time nor runtime is stated; 1 s taken",
                    component.name
                ));
                UNSTATED_START_UP
            }
        }
    }

    fn meter_function(
        &self,
        flow: &Flow,
        function: &Function,
        served: &Served,
        usage: &mut Usage,
    ) -> Result<(), NotExact> {
        let variant = self.settings.architecture.spelling();
        let gb = Size::from_mib(function.memory_mb).gb();
        let name = &flow.component;
        usage.add("lambda/requests", format!("Invocations of {name}"), {
            Quantity::of(Unit::Requests).times(flow.requests, "requests")
        })?;
        let run = |requests: Decimal, label: &'static str| {
            Quantity::of(Unit::GbSeconds).times(requests, label).times(function.billed_s, "s").times(gb, "GB")
        };
        let load = approximate(flow.requests) * approximate(function.billed_s)
            / approximate(self.brief.scenario.header.month.seconds_exact());
        let overflow = if function.provisioned == 0 {
            Decimal::ONE
        } else {
            exact(erlang_b(function.provisioned, load), "share of requests beyond provisioned concurrency")?
        };
        let beyond = flow.requests * overflow;
        usage.add(
            format!("lambda/duration-gb-seconds/{variant}"),
            format!("Running {name}"),
            run(beyond, "requests"),
        )?;
        let cold = flow.requests * exact(served.cold_start_share, "share of cold starts")?;
        usage.add(
            format!("lambda/duration-gb-seconds/{variant}"),
            format!("Starting {name} (INIT)"),
            Quantity::of(Unit::GbSeconds)
                .times(cold, "cold starts")
                .times(function.init_s, "s")
                .times(gb, "GB"),
        )?;
        let seconds = self.brief.scenario.header.month.seconds_exact();
        usage.add(
            format!("lambda/provisioned-concurrency-gb-seconds/{variant}"),
            format!("Provisioned concurrency of {name}"),
            Quantity::of(Unit::GbSeconds)
                .times_each(function.provisioned, "environment", "environments")
                .times(seconds, "s")
                .times(gb, "GB"),
        )?;
        usage.add(
            format!("lambda/provisioned-duration-gb-seconds/{variant}"),
            format!("Running {name} on provisioned concurrency"),
            run(flow.requests - beyond, "requests on provisioned environments"),
        )?;
        let free = Size::from_mib(self.brief.catalog.limits.whole(Limit::LambdaEphemeralStorageFreeMb)).gb();
        let space = (self.settings.ephemeral_storage.gb() - free).max(Decimal::ZERO);
        usage.add(
            "lambda/ephemeral-storage-gb-seconds",
            format!("Ephemeral storage of {name}"),
            Quantity::of(Unit::GbSeconds)
                .times(flow.requests, "requests")
                .times(function.billed_s, "s")
                .times(space, format!("GB beyond the free {}", number(free, 2))),
        )
    }

    fn meter_front_door(&self, flows: &[Flow], served: &[Served], usage: &mut Usage) -> Result<(), NotExact> {
        match self.settings.front_door {
            FrontDoor::FunctionUrl => Ok(()),
            FrontDoor::HttpApi => {
                let step_kb = self.brief.catalog.limits.whole(Limit::ApiGatewayMeteringStepKb);
                let step = Size::from_bytes(u64::from(step_kb) << 10);
                flows.iter().try_for_each(|flow| api_gateway::meter(usage, flow, step))
            }
            FrontDoor::LoadBalancer => {
                let hours = self.brief.scenario.header.month.hours_exact();
                let limits = &self.brief.catalog.limits;
                let load = Load::of(flows, hours, in_flight(self.brief.scenario, served)?);
                load_balancer::meter(usage, load, Lcu::new(limits, Targets::Functions), hours)?;
                public_address::meter(usage, limits.whole(Limit::ElbZonesMin), "the load balancer", hours)
            }
        }
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

    fn meter(&self, served: &[Served]) -> Result<Usage, NotExact> {
        let mut usage = Usage::default();
        let flows = Flow::all(self.brief.scenario);
        for ((flow, function), served) in flows.iter().zip(&self.functions).zip(served) {
            self.meter_function(flow, function, served, &mut usage)?;
        }
        self.meter_front_door(&flows, served, &mut usage)?;
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
