//! A scenario that was read, with what it needs to be answered.

use std::sync::Arc;

use weigh_core::catalog::Catalog;
use weigh_core::coverage::{RegionCoverage, region_coverage, uses};
use weigh_core::criteria::Preset;
use weigh_core::pricebook::{PriceBook, RegionPrices};
use weigh_core::scenario::{RangedScenario, Scenario};
use weigh_core::time::Date;

use crate::args::DecisionArgs;
use crate::output::Failure;

/// A scenario with what it needs to be answered.
#[derive(Clone)]
pub(crate) struct Loaded {
    pub(crate) scenario: Scenario,
    /// The same at both ends of its ranges, where it has any.
    pub(crate) ranged: Option<RangedScenario>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) prices: RegionPrices,
    /// The path of its file, with `/` between its parts.
    pub(crate) file: String,
    /// The book that the prices are from.
    pub(super) book: PriceBook,
}

impl Loaded {
    /// What its region has on a day of what the platforms need; what it borrows it has not.
    pub(crate) fn coverage(&self, as_of: Date) -> Result<RegionCoverage, Failure> {
        let uses = uses(&self.catalog, &self.book).map_err(Failure::text)?;
        let own = self.book.open(self.prices.region(), None).map_err(Failure::InData)?;
        Ok(region_coverage(&uses, &self.book, &own, as_of))
    }

    /// The same, weighed as the command line says.
    pub(crate) fn decided_by(&self, args: &DecisionArgs) -> Loaded {
        let mut decided = self.clone();
        let ends = decided.ranged.iter_mut().flat_map(|ranged| [&mut ranged.low, &mut ranged.high]);
        for scenario in [&mut decided.scenario].into_iter().chain(ends) {
            if let Some(preset) = args.preset.as_deref().and_then(Preset::find) {
                preset.weigh(scenario);
            }
            if let Some(weights) = &args.weights {
                weights.weigh(scenario);
            }
            let decision = &mut scenario.decision;
            decision.method = args.method.clone().or_else(|| decision.method.take());
            decision.normalisation = args.normalisation.clone().or_else(|| decision.normalisation.take());
        }
        decided
    }
}
