//! How long a function takes to start.

use rust_decimal::Decimal;

use super::{Functions, UNSTATED_START_UP};
use crate::catalog::Package;
use crate::measure::seconds;
use crate::money::number;
use crate::scenario::Component;

impl Functions<'_> {
    /// Start-up in seconds: the component's own, else the measured median of its runtime with that memory, else a second,
    /// said aloud.
    pub(super) fn init_s(&mut self, component: &Component, memory_mb: u32) -> Decimal {
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
}
