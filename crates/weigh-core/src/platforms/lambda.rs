//! Lambda: a function for each component, a server for each request, behind a function URL, HTTP API or load balancer.

mod job;
mod laid_out;
mod limits;
mod meter;
mod settings;
mod start;

use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::around::EndpointSettings;
use super::sizing::{arrivals_per_s, by_traits, no_gpu, several_kinds, too_much_traffic};
use super::{Brief, Deployment, FailedNeed, Layout, Platform, Proposal, ServiceLevel, Setup, sized};
use crate::capacity::{PerRequest, Presence, Ramp, Servers, Serving, Station, servers_ready_for};
use crate::catalog::{Catalog, Limit};
use crate::hours::ByHour;
use crate::measure::{Size, seconds};
use crate::money::{NotExact, approximate};
use crate::scenario::{Component, Contradiction, Needs, RequestClass, Scenario, Section, Uploads, Values};
use crate::traffic::Days;
use crate::usage::{Scope, Usage};
use settings::{Delivery, Settings};
use start::Start;

const ID: &str = "lambda";
const TITLE: &str = "Lambda";
/// Memory settings to try below 1 vCPU; above it a request that runs on one vCPU gets no faster.
const MEMORY_MB: [u32; 6] = [128, 256, 512, 1_024, 1_536, 1_769];
/// How environments that are kept ready are counted in words.
const ENVIRONMENTS: [&str; 3] = ["environment", "environments", "environments on average"];

/// The platform's row.
pub(super) const PLATFORM: Platform = Platform {
    id: ID,
    title: TITLE,
    summary: "Lambda functions, paid per request and GB-second, behind a function URL, an HTTP API or a load balancer.",
    settings: &[Settings::FIELDS, EndpointSettings::FIELDS],
    contradictions,
    assumptions,
    propose,
};

fn assumptions(_scenario: &Scenario, catalog: &Catalog) -> Vec<String> {
    let request = "A request on Lambda has the memory of a whole replica and one vCPU at most; the vCPU of a replica is not asked for.";
    let whole = |limit| catalog.limits.whole(limit);
    let warm = format!(
        "Lambda, unless the option states otherwise, keeps an idle environment for {} s (measured in 2021, undocumented), reuses the one used last (undocumented, and the rule with the most cold starts), gives one up at an age of {} s (measured), and places a new one in {} ms before it starts.",
        whole(Limit::LambdaKeepAliveSeconds),
        whole(Limit::LambdaEnvironmentLifetimeSeconds),
        whole(Limit::LambdaPlacementMs)
    );
    vec![request.to_owned(), warm]
}

fn contradictions(settings: &Values, needs: &Needs) -> Vec<Contradiction> {
    let stated = |key: &str| settings.get(key).is_some();
    let ready = settings.value::<Option<u32>>("provisioned_concurrency").flatten();
    let snapshots = settings.value::<bool>("snap_start") == Some(true);
    let image = settings.value::<Delivery>("package") == Some(Delivery::Image);
    let mut found = Vec::new();
    let mut add = |wrong: bool, setting, need, message: &str| {
        if wrong {
            found.push(Contradiction { setting, need, message: message.to_owned() });
        }
    };
    add(
        needs.never_cold && ready == Some(0),
        "provisioned_concurrency",
        "never_cold",
        "`provisioned_concurrency = 0` contradicts the need `never_cold`",
    );
    add(
        needs.never_cold && snapshots,
        "snap_start",
        "never_cold",
        "`snap_start = true` leaves every start cold, which contradicts the need `never_cold`",
    );
    add(
        stated("provisioned_hours") && !needs.never_cold && ready.unwrap_or(0) == 0,
        "provisioned_hours",
        "provisioned_concurrency",
        "`provisioned_hours` does nothing without `provisioned_concurrency` above 0",
    );
    add(
        stated("provisioned_days") && !stated("provisioned_hours"),
        "provisioned_days",
        "provisioned_hours",
        "`provisioned_days` does nothing without `provisioned_hours`",
    );
    add(
        stated("keep_alive") && stated("keep_alive_distribution"),
        "keep_alive_distribution",
        "keep_alive",
        "`keep_alive` and `keep_alive_distribution` state the same thing twice",
    );
    add(
        stated("restore_time") && !snapshots,
        "restore_time",
        "snap_start",
        "`restore_time` does nothing without `snap_start = true`",
    );
    add(
        stated("package_size") && image,
        "package_size",
        "package",
        "`package_size` is that of a zip archive, and does nothing beside `package = \"image\"`",
    );
    found
}

/// One function: a component at a memory setting.
#[derive(Clone, Debug)]
struct Function {
    memory_mb: u32,
    /// Mean billed duration in seconds, that of each kind of request rounded up to a millisecond.
    billed_s: Decimal,
    /// How it starts.
    start: Start,
    provisioned: u32,
}

#[derive(Clone)]
struct Functions<'a> {
    brief: Brief<'a>,
    settings: Settings,
    /// Executions at once that the account may have.
    quota: u32,
    functions: Vec<Function>,
    stations: Vec<Station>,
    notes: Vec<String>,
}

fn propose<'a>(brief: &Brief<'a>) -> Proposal<'a> {
    let Some(settings) = Settings::build(brief.settings) else { return Proposal::Rejected(Vec::new()) };
    let mut failed = by_traits(ID, TITLE, brief);
    failed.extend(no_gpu(TITLE, brief));
    failed.extend(limits::failed(brief, &settings));
    failed.extend(job::failed(brief));
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
    let mut functions = Functions {
        brief: *brief,
        settings: settings.clone(),
        quota,
        functions: vec![],
        stations: vec![],
        notes: vec![],
    };
    for component in &brief.scenario.components {
        // A stated setting is the same for all; one that is tried never falls below what the component needs.
        let own_mb = if settings.memory.is_some() { memory_mb } else { memory_mb.max(mib(component.memory)) };
        limits::memory(brief, component, own_mb)?;
        functions.add(component, own_mb)?;
    }
    let ready = functions.functions.iter().map(|function| u64::from(function.provisioned)).sum();
    limits::provisioned(ready, quota)?;
    Ok(functions)
}

impl Functions<'_> {
    fn add(&mut self, component: &Component, memory_mb: u32) -> Result<(), FailedNeed> {
        let quota = self.quota;
        let (scenario, limits) = (self.brief.scenario, &self.brief.catalog.limits);
        let durations = self.durations_s(component, memory_mb);
        let longest = durations.iter().map(|(_, each)| *each).max().unwrap_or_default();
        limits::duration(&self.brief, &self.settings, approximate(longest))?;
        let duration: Decimal = durations.iter().map(|(share, each)| share * each).sum();
        let start = self.start(component, memory_mb)?;
        let rate = arrivals_per_s(scenario, component);
        let ready = if scenario.needs.never_cold { self.ready_enough(component, duration) } else { Some(0) };
        // Where no number is enough, all that there may be.
        let provisioned = self.settings.provisioned_concurrency.or(ready).unwrap_or(quota);
        let servers = Servers::PerRequest {
            keep_alive_s: self.settings.keep_alive(limits).mean_s(),
            start_up_s: start.waited_s(),
            limit: quota,
            always_ready: provisioned.min(quota),
        };
        let station = Station::new(rate, approximate(duration), servers);
        let station = station.map_err(|why| too_much_traffic(component, why.to_string()))?;
        let billed = |each: &Decimal| (each * Decimal::ONE_THOUSAND).ceil() / Decimal::ONE_THOUSAND;
        let billed_s: Decimal = durations.iter().map(|(share, each)| share * billed(each)).sum();
        let station = station.with_kinds(several_kinds(component));
        self.functions.push(Function { memory_mb, billed_s, start, provisioned });
        self.stations.push(station);
        Ok(())
    }

    /// The environments that all but a few requests of the month find idle, whatever keep-alive does, which is no promise.
    fn ready_enough(&self, component: &Component, duration: Decimal) -> Option<u32> {
        let (traffic, month) = (&self.brief.scenario.traffic, self.brief.scenario.header.month);
        let (share, most) = (approximate(component.traffic_share), Needs::NEVER_COLD_SHARE * 0.9);
        let load_per_rate = share * approximate(duration);
        match traffic.is_steady() {
            true => servers_ready_for(&[traffic.mean_per_s(month)], load_per_rate, most),
            false => servers_ready_for(&traffic.profile(month).rates_per_s, load_per_rate, most),
        }
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

    /// Share and mean duration in seconds of each kind of request: `wait + CPU time / share of a vCPU`, where 1,769 MB are
    /// one vCPU and a request uses at most one.
    fn durations_s(&self, component: &Component, memory_mb: u32) -> Vec<(Decimal, Decimal)> {
        let per_vcpu = self.brief.catalog.limits.get(Limit::LambdaMemoryPerVcpuMb);
        let speed = (Decimal::from(memory_mb) / per_vcpu).min(Decimal::ONE);
        let duration = |kind: &RequestClass| seconds(kind.wait_time) + seconds(kind.cpu_time) / speed;
        component.kinds().iter().map(|kind| (kind.share, duration(kind))).collect()
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

    fn layout(&self) -> Layout {
        self.laid_out()
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
        // All functions share the account's quota, and the requests a second that follow from it.
        let loads: f64 = self.stations.iter().map(Station::offered_load).sum();
        let rates: f64 = self.stations.iter().map(Station::arrival_rate_per_s).sum();
        let part = |own: f64, all: f64| if own > 0.0 { all / own } else { 1.0 };
        let each = each.map(|((component, function), station)| PerRequest {
            share: approximate(component.traffic_share),
            service_time_s: station.service_time_s(),
            start_up_s: function.start.waited_s(),
            keep_alive: self.settings.keep_alive(limits),
            dispatch: self.settings.rule(),
            max_lifetime_s: Some(limits.measured(Limit::LambdaEnvironmentLifetimeSeconds)),
            limit: self.quota,
            ramp: Ramp { burst: starts, per_s: starts / 10.0 },
            most_per_s: f64::from(self.quota) * limits.measured(Limit::LambdaRequestsPerConcurrency)
                / part(station.arrival_rate_per_s(), rates),
            beside: part(station.offered_load(), loads) - 1.0,
            kinds: several_kinds(component),
            ready: self.ready(function.provisioned),
        });
        Setup::PerRequest(each.collect())
    }

    fn meter(&self, serving: &Serving) -> Result<Usage, NotExact> {
        let mut usage = Usage::default();
        let served = serving.stations.iter().zip(&serving.fleets);
        let components = self.brief.scenario.components.iter();
        let mut months = serving.per_request.iter();
        for ((component, function), served) in components.zip(&self.functions).zip(served) {
            let by_hour = months.next().and_then(|month| ByHour::of(&month.concurrency_by_hour));
            usage.within(Scope::of(&component.name), |usage| {
                self.meter_function(component, function, served, by_hour, usage)
            })?;
        }
        self.meter_jobs(&mut usage)?;
        self.around().meter(&self.brief, serving, &[], &mut usage)?;
        Ok(usage)
    }

    fn meter_under(&self, scenario: &Scenario, serving: &Serving) -> Result<Usage, NotExact> {
        let mut under: Functions<'_> = self.clone();
        under.brief.scenario = scenario;
        under.meter(serving)
    }

    fn longest_request(&self) -> Option<Duration> {
        Some(limits::longest_request(&self.brief, &self.settings).0)
    }

    fn largest_upload(&self) -> Option<Size> {
        let direct = self.brief.scenario.supporting.uploads == Uploads::Direct;
        direct.then(|| limits::largest_request(self.brief.catalog, &self.settings))
    }

    fn service_levels(&self) -> Vec<ServiceLevel> {
        let mut levels = self.brief.service_level(ID, "Lambda", true);
        levels.extend(self.around().service_levels(&self.brief));
        levels
    }

    fn included(&self) -> &'static [&'static str] {
        self.around().included
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.notes.clone();
        let at_once = Size::from_mib(self.brief.catalog.limits.whole(Limit::LambdaPackageZipMb));
        if self.settings.package_size.is_some_and(|size| size > at_once) {
            notes.push(format!("a zip archive above {at_once} is uploaded through S3"));
        }
        // Base64 makes four bytes of three.
        let payload = Size::from_mib(self.brief.catalog.limits.whole(Limit::LambdaPayloadMb)).bytes();
        let direct = self.brief.scenario.supporting.uploads == Uploads::Direct;
        let upload = self.brief.scenario.needs.largest_upload.filter(|_| direct);
        if upload.is_some_and(|size| size.bytes() > payload / 4 * 3) {
            notes.push(format!(
                "binary uploads above {} fail: base64 makes them a third larger, and a function takes {}",
                Size::from_bytes(payload / 4 * 3),
                Size::from_bytes(payload)
            ));
        }
        notes
    }
}
