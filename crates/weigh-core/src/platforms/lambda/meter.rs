//! What functions use: invocations, GB-seconds, what is kept ready, and what stands in front of them.

use rust_decimal::Decimal;

use super::limits::largest_request;
use super::settings::FrontDoor;
use super::{ENVIRONMENTS, Function, Functions};
use crate::capacity::{Presence, Served};
use crate::catalog::{Limit, Package};
use crate::hours::ByHour;
use crate::measure::Size;
use crate::money::{NotExact, exact, number};
use crate::platforms::around::{Around, Front, Images, Network, endpoints};
use crate::platforms::sizing::zones;
use crate::scenario::Component;
use crate::services::load_balancer::Targets;
use crate::services::requests;
use crate::units::Unit;
use crate::usage::{Quantity, Scope, Usage};

impl Functions<'_> {
    /// What a function uses, of which `by_hour` says how it falls on the hours of the month.
    pub(super) fn meter_function(
        &self,
        component: &Component,
        function: &Function,
        (served, ready): (&Served, &Presence),
        by_hour: Option<ByHour>,
        usage: &mut Usage,
    ) -> Result<(), NotExact> {
        let busy = Scope { by_hour, ..Scope::default() };
        let kept = Scope { by_hour: ByHour::of(&ready.by_hour), ..Scope::default() };
        let variant = self.settings.architecture.spelling();
        let gb = Size::from_mib(function.memory_mb).gb();
        let name = &component.name;
        let requests = requests(self.brief.scenario, component);
        let run = |requests: Decimal, label: &'static str| {
            Quantity::of(Unit::GbSeconds).times(requests, label).times(function.billed_s, "s").times(gb, "GB")
        };
        let served_share = exact(1.0 - served.throttled_share, "share of requests that are not throttled")?;
        let overflow = exact(1.0 - served.ready_share, "share of requests beyond provisioned concurrency")?;
        let executed = (requests * served_share).normalize();
        let beyond = executed * overflow;
        // AWS charges no invocation that it throttles.
        let invocations = Quantity::of(Unit::Requests).times(executed, "requests");
        usage.add("lambda/requests", format!("Invocations of {name}"), invocations)?;
        let cold = executed * exact(served.cold_start_share, "share of cold starts")?;
        let starting = |time_s| {
            Quantity::of(Unit::GbSeconds).times(cold, "cold starts").times(time_s, "s").times(gb, "GB")
        };
        usage.within(busy.clone(), |usage| {
            let price_id = || format!("lambda/duration-gb-seconds/{variant}");
            usage.add(price_id(), format!("Running {name}"), run(beyond, "requests"))?;
            let init = starting(function.start.init_billed_s);
            usage.add(price_id(), format!("Starting {name} (INIT)"), init)?;
            let first = starting(function.start.first_run_s);
            usage.add(price_id(), format!("First runs of {name}, slower than later ones"), first)
        })?;
        self.meter_snapshot(name, function, cold, usage)?;
        let seconds = self.brief.scenario.header.month.seconds_exact();
        let environments = exact(ready.mean, "environments kept ready")?;
        usage.within(kept, |usage| {
            usage.add(
                format!("lambda/provisioned-concurrency-gb-seconds/{variant}"),
                format!("Provisioned concurrency of {name}"),
                Quantity::of(Unit::GbSeconds)
                    .times_mean(environments, ENVIRONMENTS)
                    .times(seconds, "s")
                    .times(gb, "GB"),
            )
        })?;
        usage.within(busy, |usage| {
            usage.add(
                format!("lambda/provisioned-duration-gb-seconds/{variant}"),
                format!("Running {name} on provisioned concurrency"),
                run(executed - beyond, "requests on provisioned environments"),
            )
        })?;
        let free = Size::from_mib(self.brief.catalog.limits.whole(Limit::LambdaEphemeralStorageFreeMb)).gb();
        let space = (self.settings.ephemeral_storage.gb() - free).max(Decimal::ZERO);
        usage.add(
            "lambda/ephemeral-storage-gb-seconds",
            format!("Ephemeral storage of {name}"),
            Quantity::of(Unit::GbSeconds)
                .times(requests, "requests")
                .times(function.billed_s, "s")
                .times(space, format!("GB beyond the free {}", number(free, 2))),
        )
    }

    /// A snapshot of one version is cached all month, and restored with each cold start; Java's are free (AWS Lambda
    /// Developer Guide, SnapStart pricing; as known in November 2026).
    fn meter_snapshot(
        &self,
        name: &str,
        function: &Function,
        cold: Decimal,
        usage: &mut Usage,
    ) -> Result<(), NotExact> {
        let Some(gb) = function.start.snapshot else { return Ok(()) };
        let seconds = self.brief.scenario.header.month.seconds_exact();
        usage.add(
            "lambda/snapstart-cache-gb-seconds",
            format!("Snapshot of {name}, kept"),
            Quantity::of(Unit::GbSeconds).times(gb, "GB").times(seconds, "s"),
        )?;
        usage.add(
            "lambda/snapstart-restore-gb",
            format!("Snapshot of {name}, restored"),
            Quantity::of(Unit::Gb).times(cold, "cold starts").times(gb, "GB"),
        )
    }

    /// What stands around the functions. Lambda spreads the requests itself; a load balancer is there where the option
    /// states it.
    pub(super) fn around(&self) -> Around {
        let front = match self.settings.front_door {
            FrontDoor::FunctionUrl => Front::None,
            FrontDoor::HttpApi => Front::HttpApi,
            FrontDoor::RestApi => Front::RestApi,
            FrontDoor::LoadBalancer => Front::LoadBalancer(Targets::Functions, "the option states it"),
        };
        let in_vpc = self.settings.vpc;
        Around {
            front,
            network: in_vpc.then_some(Network::Private),
            endpoints: endpoints(self.brief.settings),
            whose: "the functions",
            zones: if in_vpc { zones(&self.brief.scenario.needs, 2) } else { 1 },
            replicas: u32::MAX,
            images: if self.settings.delivery() == Package::Image { Images::Cached } else { Images::None },
            largest_request: Some(largest_request(self.brief.catalog, &self.settings)),
            included: if front == Front::None { &["load-balancer"] } else { &[] },
            ..Around::default()
        }
    }
}
