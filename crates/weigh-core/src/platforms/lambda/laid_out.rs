//! What the functions are: the memory that was asked for and that each has, and how they start.

use rust_decimal::Decimal;

use super::Functions;
use crate::catalog::Limit;
use crate::measure::Size;
use crate::money::approximate;
use crate::platforms::{Layout, ReplicaGroup, ServerSize};

impl Functions<'_> {
    /// A function has the vCPU that comes with its memory: one for each 1,769 MB.
    pub(super) fn laid_out(&self) -> Layout {
        let (limits, storage) = (&self.brief.catalog.limits, self.settings.ephemeral_storage);
        let placing = limits.get(Limit::LambdaPlacementMs) / Decimal::ONE_THOUSAND;
        let per_vcpu = limits.get(Limit::LambdaMemoryPerVcpuMb);
        let each = self.brief.scenario.components.iter().zip(&self.functions);
        let replicas = each.map(|(component, function)| {
            let vcpu = Decimal::from(function.memory_mb).checked_div(per_vcpu).unwrap_or_default();
            ReplicaGroup {
                component: Some(component.name.clone()),
                size_name: None,
                asked: ServerSize {
                    vcpu: component.vcpu,
                    memory: self.settings.memory.unwrap_or(component.memory),
                    storage,
                },
                deployed: ServerSize {
                    vcpu: vcpu.round_dp(9).normalize(),
                    memory: Size::from_mib(function.memory_mb),
                    storage,
                },
                range: (0, 0),
                start: vec![
                    ("placing", approximate(placing)),
                    ("starting", approximate(function.start.before_s - placing)),
                    ("the first run", approximate(function.start.first_run_s)),
                ],
            }
        });
        let zones = self.settings.vpc.then(|| self.around().zones);
        Layout { replicas: replicas.collect(), hosts: None, zones, holds: None }
    }
}
