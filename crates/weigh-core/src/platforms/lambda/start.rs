//! How a function starts: what a cold request waits, and what of it is billed.

use rust_decimal::Decimal;

use super::Functions;
use crate::catalog::{Limit, Package};
use crate::measure::{Size, seconds};
use crate::money::{approximate, number};
use crate::platforms::FailedNeed;
use crate::scenario::Component;

/// Start-up in seconds when neither time nor runtime is stated: the slow end of "under 100 ms to over 1 second" (Lambda
/// developer guide, execution environment life cycle; as known in November 2026).
const UNSTATED_START_UP: Decimal = Decimal::ONE;

/// How a function starts, in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    /// INIT as it is billed with each cold start; 0 where a snapshot is restored.
    pub(super) init_billed_s: Decimal,
    /// How much longer the first run of the handler takes, which is billed as running.
    pub(super) first_run_s: Decimal,
    /// Placing, network, INIT or restore: all that comes before the first run.
    pub(super) before_s: Decimal,
    /// The memory of a snapshot in GB that is kept and restored at a price.
    pub(super) snapshot: Option<Decimal>,
}

impl Start {
    /// What a cold request waits longer than a warm one.
    pub(super) fn waited_s(&self) -> f64 {
        approximate(self.before_s + self.first_run_s)
    }
}

impl Functions<'_> {
    /// How a component's function starts with some memory.
    ///
    /// INIT is the component's own start-up time, else the measured median of its runtime and what the package adds,
    /// else a second, said aloud.
    pub(super) fn start(&mut self, component: &Component, memory_mb: u32) -> Result<Start, FailedNeed> {
        let limits = &self.brief.catalog.limits;
        let network =
            if self.settings.vpc { limits.get(Limit::LambdaStartUpNetworkMs) } else { Decimal::ZERO };
        let around_s = (limits.get(Limit::LambdaPlacementMs) + network) / Decimal::ONE_THOUSAND;
        let init_most = limits.get(Limit::LambdaInitBilledLimitSeconds);
        let (init_s, first_run_s) = self.init_s(component, memory_mb);
        if self.settings.snap_start {
            let restore_s = self.restore_s(component)?;
            let is_java = component.runtime.as_deref().is_some_and(|name| name.starts_with("java"));
            return Ok(Start {
                init_billed_s: Decimal::ZERO,
                first_run_s,
                before_s: around_s + restore_s,
                snapshot: (!is_java).then(|| Size::from_mib(memory_mb).gb()),
            });
        }
        if init_s > init_most {
            self.notes.push(format!(
                "{}: Lambda ends a start after {} s and starts again within the request, which is not priced",
                component.name,
                number(init_most, 0)
            ));
        }
        let before_s = around_s + init_s;
        Ok(Start { init_billed_s: init_s.min(init_most), first_run_s, before_s, snapshot: None })
    }

    /// INIT, and how much longer the first run takes, in seconds.
    fn init_s(&mut self, component: &Component, memory_mb: u32) -> (Decimal, Decimal) {
        if let Some(stated) = component.start_up_time {
            return (seconds(stated), Decimal::ZERO);
        }
        let (architecture, package) = (self.settings.architecture, self.settings.delivery());
        let code_mb = match package {
            Package::Zip => self.settings.package_size.map_or(Decimal::ZERO, Size::mib),
            Package::Image => Decimal::ZERO,
        };
        let code_s = self.brief.catalog.added_start_up_ms(code_mb, false) / Decimal::ONE_THOUSAND;
        let named = component.runtime.as_ref();
        let measured =
            named.and_then(|name| self.brief.catalog.start_up(name, package, architecture, memory_mb));
        let Some(start_up) = measured else {
            let note = format!("{}: neither start_up_time nor runtime is stated; 1 s taken", component.name);
            self.notes.push(note);
            return (UNSTATED_START_UP, Decimal::ZERO);
        };
        let (median_ms, first_ms) = (start_up.times.init_p50_ms, start_up.times.cold_handler_mean_ms);
        let code = match code_s.is_zero() {
            true => "the application's own adds to it".to_owned(),
            false => format!("{} s are added for its package", number(code_s, 2)),
        };
        self.notes.push(format!(
            "{}: start-up of an empty {} function ({}) of {memory_mb} MB measured on {}, {} ms and {} ms more in its first run; {code}",
            component.name,
            start_up.runtime.name,
            start_up.runtime.package.spelling(),
            start_up.runtime.architecture.spelling(),
            number(median_ms, 0),
            number(first_ms, 0)
        ));
        (median_ms / Decimal::ONE_THOUSAND + code_s, first_ms / Decimal::ONE_THOUSAND)
    }

    /// The time to restore a snapshot: stated, or measured of the runtime.
    fn restore_s(&mut self, component: &Component) -> Result<Decimal, FailedNeed> {
        if let Some(stated) = self.settings.restore_time {
            return Ok(seconds(stated));
        }
        let limit = match component.runtime.as_deref() {
            Some("java11") => Limit::LambdaSnapStartRestoreJava11Ms,
            Some("java17") => Limit::LambdaSnapStartRestoreJava17Ms,
            Some("java21") => Limit::LambdaSnapStartRestoreJava21Ms,
            _ => {
                return Err(FailedNeed {
                    need: "snap_start".to_owned(),
                    wanted: format!("the time to restore a snapshot of {}", component.name),
                    offered: "it was measured for java11, java17 and java21 alone".to_owned(),
                    revisit_when: "the option states `restore_time`".to_owned(),
                });
            }
        };
        let restore_ms = self.brief.catalog.limits.get(limit);
        self.notes.push(format!(
            "{}: a snapshot of an empty function is restored in {} ms (measured in 2025 at 1,024 MB)",
            component.name,
            number(restore_ms, 0)
        ));
        Ok(restore_ms / Decimal::ONE_THOUSAND)
    }
}
