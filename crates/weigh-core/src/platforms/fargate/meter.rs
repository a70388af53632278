//! What the tasks of a component use: vCPU and memory on demand and on Spot, and storage.

use rust_decimal::Decimal;

use super::{TASKS, TaskSize, Tasks};
use crate::capacity::Presence;
use crate::catalog::Limit;
use crate::measure::Size;
use crate::money::{NotExact, number};
use crate::platforms::spot::on_demand_and_spot;
use crate::scenario::Component;
use crate::units::Unit;
use crate::usage::{Quantity, Scope, Usage};

impl Tasks<'_> {
    /// Adds what the tasks of a component use.
    pub(super) fn meter_task(
        &self,
        component: &Component,
        size: TaskSize,
        presence: &Presence,
        usage: &mut Usage,
    ) -> Result<(), NotExact> {
        let hours = self.brief.scenario.header.month.hours_exact();
        let variant = self.settings.architecture.spelling();
        let (on_demand, spot) = on_demand_and_spot(presence)?;
        let memory = Size::from_mib(size.memory_mib).gb();
        let by_hour = self.spot.on_demand_by_hour(presence);
        let on_spot = self.spot.spot_by_hour(presence);
        let markets = [(on_demand, "fargate", "", by_hour), (spot, "fargate-spot", " on Spot", on_spot)];
        for (tasks, service, market, by_hour) in markets {
            let running = |unit| Quantity::of(unit).times_mean(tasks, TASKS);
            usage.within(Scope { by_hour, ..Scope::default() }, |usage| {
                usage.add(
                    format!("{service}/vcpu-hours/linux-{variant}"),
                    format!("vCPU of the tasks of {}{market}", component.name),
                    running(Unit::VcpuHours).times(size.vcpu, "vCPU").times(hours, "hours"),
                )?;
                usage.add(
                    format!("{service}/memory-gb-hours/linux-{variant}"),
                    format!("Memory of the tasks of {}{market}", component.name),
                    running(Unit::GbHours).times(memory, "GB").times(hours, "hours"),
                )
            })?;
        }
        let running = |unit| Quantity::of(unit).times_mean(on_demand + spot, TASKS);
        let free = self.brief.catalog.limits.get(Limit::FargateEphemeralStorageFreeGb);
        let beyond = (self.settings.ephemeral_storage.gb() - free).max(Decimal::ZERO);
        usage.add(
            "fargate/ephemeral-storage-gb-hours",
            format!("Ephemeral storage of the tasks of {}", component.name),
            running(Unit::GbHours)
                .times(beyond, format!("GB beyond the free {}", number(free, 0)))
                .times(hours, "hours"),
        )
    }
}
