//! Spot: the part of tasks or instances that AWS may take away, and pays less.

use rust_decimal::Decimal;

use crate::capacity::{Interruption, Presence, whole};
use crate::hours::ByHour;
use crate::money::{NotExact, approximate, exact};
use crate::scenario::section;

/// What AWS takes away of Spot capacity in a month when nothing is stated: the middle of the Spot Instance Advisor's
/// bands (below 5 % to above 20 %, 2025-06-28). None is published for Fargate.
const INTERRUPTED: f64 = 0.10;
/// All of it at once has no rate: the settings refuse that much.
const SPOT_MOST: f64 = 0.9999;
const HOURS_PER_MONTH: f64 = 730.0;

section! {
    /// Settings of Spot, for options whose capacity may be taken away.
    pub(super) struct SpotSettings {
        /// Share of the tasks or instances above the `on_demand_base` that run on Spot; left out, none.
        pub spot_share: Option<Decimal> => Kind::Share, Optional;
        /// Tasks or instances that always run on demand, as a capacity provider's base; left out, none.
        pub on_demand_base: Option<u32> => Kind::Count { least: 0, most: 5_000 }, Optional;
        /// Share of the Spot capacity that AWS takes away in a month; left out, 10 %.
        pub spot_interruptions: Option<Decimal> => Kind::Share, Optional;
    }
}

impl SpotSettings {
    /// How often a replica on Spot is taken away; nothing where none runs there.
    ///
    /// Interruptions come at random: a share `p` in a month of 730 hours is a rate of `-ln(1 - p) / 730` an hour.
    pub(super) fn interruption(&self) -> Option<Interruption> {
        let share = approximate(self.spot_share?);
        let monthly = self.spot_interruptions.map_or(INTERRUPTED, approximate).min(SPOT_MOST);
        let rate_per_hour = -libm::log1p(-monthly) / HOURS_PER_MONTH;
        Some(Interruption { base: self.on_demand_base.unwrap_or(0), share, rate_per_hour })
    }

    /// A number that is always the same, with what of it runs on Spot.
    pub(super) fn split(&self, presence: Presence) -> Presence {
        let Some(spot) = self.interruption() else { return presence };
        let above = (presence.mean - f64::from(spot.base)).max(0.0);
        Presence { interruptible: above * spot.share, ..presence }
    }

    /// How what runs on demand falls on the hours of the month; nothing where all hours are alike.
    ///
    /// Within an hour the number goes between the whole ones next to its mean.
    pub(super) fn on_demand_by_hour(&self, presence: &Presence) -> Option<ByHour> {
        let Some(spot) = self.interruption() else { return ByHour::of(&presence.by_hour) };
        let on_demand = |count: u32| f64::from(count) - spot.exposed(count);
        let each = presence.by_hour.iter().map(|mean| {
            let (fewer, part) = (whole(libm::floor(*mean)), mean.fract());
            on_demand(fewer) * (1.0 - part) + on_demand(fewer.saturating_add(1)) * part
        });
        ByHour::of(&each.collect::<Vec<f64>>())
    }

    /// How what runs on Spot falls on the hours of the month; nothing where all hours are alike.
    pub(super) fn spot_by_hour(&self, presence: &Presence) -> Option<ByHour> {
        let spot = self.interruption()?;
        let each = presence.by_hour.iter().map(|mean| {
            let (fewer, part) = (whole(libm::floor(*mean)), mean.fract());
            spot.exposed(fewer) * (1.0 - part) + spot.exposed(fewer.saturating_add(1)) * part
        });
        ByHour::of(&each.collect::<Vec<f64>>())
    }

    /// One line on what is taken as given.
    pub(super) fn note(&self) -> Option<String> {
        let spot = self.interruption()?;
        let monthly = self.spot_interruptions.map_or(INTERRUPTED, approximate) * 100.0;
        let stated = if self.spot_interruptions.is_some() { "stated" } else { "assumed" };
        Some(format!(
            "Spot: {:.0} % of what runs above {} on demand; AWS takes {monthly:.0} % of it away in a month ({stated}), two minutes after a warning",
            spot.share * 100.0,
            spot.base
        ))
    }
}

/// What ran on demand and what on Spot, on average.
///
/// # Errors
/// A number that no bill can hold.
pub(super) fn on_demand_and_spot(presence: &Presence) -> Result<(Decimal, Decimal), NotExact> {
    let spot = exact(presence.interruptible, "on Spot on average")?;
    let all = exact(presence.mean, "running on average")?;
    Ok(((all - spot).max(Decimal::ZERO), spot))
}
