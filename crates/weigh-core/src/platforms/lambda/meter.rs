//! What functions use: invocations, GB-seconds, what is kept ready, and what stands in front of them.

use rust_decimal::Decimal;

use super::limits::largest_request;
use super::settings::FrontDoor;
use super::{ENVIRONMENTS, Function, Functions};
use crate::capacity::{Presence, Served};
use crate::catalog::{Limit, Package};
use crate::measure::Size;
use crate::money::{NotExact, exact, number};
use crate::platforms::around::{Around, Front, Images, Network, endpoints};
use crate::platforms::sizing::zones;
use crate::scenario::Component;
use crate::services::load_balancer::Targets;
use crate::services::requests;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

impl Functions<'_> {
    pub(super) fn meter_function(
        &self,
        component: &Component,
        function: &Function,
        (served, ready): (&Served, &Presence),
        usage: &mut Usage,
    ) -> Result<(), NotExact> {
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
        usage.add("lambda/requests", format!("Invocations of {name}"), {
            Quantity::of(Unit::Requests).times(executed, "requests")
        })?;
        usage.add(
            format!("lambda/duration-gb-seconds/{variant}"),
            format!("Running {name}"),
            run(beyond, "requests"),
        )?;
        let cold = executed * exact(served.cold_start_share, "share of cold starts")?;
        usage.add(
            format!("lambda/duration-gb-seconds/{variant}"),
            format!("Starting {name} (INIT)"),
            Quantity::of(Unit::GbSeconds)
                .times(cold, "cold starts")
                .times(function.start.init_billed_s, "s")
                .times(gb, "GB"),
        )?;
        usage.add(
            format!("lambda/duration-gb-seconds/{variant}"),
            format!("First runs of {name}, slower than later ones"),
            Quantity::of(Unit::GbSeconds)
                .times(cold, "cold starts")
                .times(function.start.first_run_s, "s")
                .times(gb, "GB"),
        )?;
        self.meter_snapshot(name, function, cold, usage)?;
        let seconds = self.brief.scenario.header.month.seconds_exact();
        usage.add(
            format!("lambda/provisioned-concurrency-gb-seconds/{variant}"),
            format!("Provisioned concurrency of {name}"),
            Quantity::of(Unit::GbSeconds)
                .times_mean(exact(ready.mean, "environments kept ready")?, ENVIRONMENTS)
                .times(seconds, "s")
                .times(gb, "GB"),
        )?;
        usage.add(
            format!("lambda/provisioned-duration-gb-seconds/{variant}"),
            format!("Running {name} on provisioned concurrency"),
            run(executed - beyond, "requests on provisioned environments"),
        )?;
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
