//! Headroom: the smallest minimum of a fleet that carries what comes while new replicas start.

use super::Brief;
use super::sizing::time_s;
use crate::capacity::{Demand, Fleet, MOST_REFUSED, Presence, SEED, Served, Serving, simulate};
use crate::scenario::Needs;

/// Raises the minimum of a fleet that scales to the smallest one with which its simulated month meets the needs: next to
/// no request dropped, the P95, and no waiting for a start where nothing may be cold. Returns the new minimum, where
/// the first one was not enough.
///
/// `further_start_s` is what a new replica waits for besides its own start-up, such as for a host. A larger minimum never
/// serves worse, but for what chance takes away, so doubling and halving find it; where not even the most allowed are enough, nothing is raised.
pub(super) fn raise_minimum(brief: &Brief<'_>, fleet: &mut Fleet, further_start_s: f64) -> Option<u32> {
    let scenario = brief.scenario;
    if fleet.scaling.is_fixed() || scenario.traffic.is_steady() {
        return None;
    }
    let profile = scenario.traffic.profile(scenario.header.month);
    let demand = Demand::from(profile.as_ref());
    let first = fleet.scaling.range().0;
    let mut alone = fleet.clone();
    alone.scaling.start_up.time_s += further_start_s;
    alone.credits = None;
    let meets = |least: u32| {
        let mut trial = alone.clone();
        trial.scaling.at_least(least);
        let fleets = std::slice::from_ref(&trial);
        let serving = Serving::of(simulate(fleets, None, &demand, SEED, &mut ()), fleets);
        serving.stations.iter().all(|served| meets_needs(&scenario.needs, served))
    };
    let most = fleet.scaling.most();
    if meets(first) || !meets(most) {
        return None;
    }
    let (mut too_few, mut more) = (first, 1);
    let mut enough = loop {
        let tried = too_few.saturating_add(more).min(most);
        if tried == most || meets(tried) {
            break tried;
        }
        (too_few, more) = (tried, more * 2);
    };
    while enough - too_few > 1 {
        let middle = too_few + (enough - too_few) / 2;
        if meets(middle) { enough = middle } else { too_few = middle }
    }
    fleet.scaling.at_least(enough);
    Some(enough)
}

fn meets_needs(needs: &Needs, served: &Served) -> bool {
    let slow =
        needs.p95_latency.zip(served.latency()).is_some_and(|(limit, time)| time.p95_s > time_s(limit));
    let cold = needs.never_cold && served.cold_start_share >= Needs::NEVER_COLD_SHARE;
    served.throttled_share <= MOST_REFUSED && !slow && !cold
}

/// Says why so many replicas of something are kept: `tasks` of a component.
pub(super) fn headroom_note(whose: &str, least: u32, replicas: &str) -> String {
    format!(
        "{whose}: at least {least} {replicas} are kept, or requests would be dropped or wait while more start; min_capacity states another number"
    )
}

/// Says why a fixed number of replicas is as large as it is.
pub(super) fn fixed_note(number: u32, replicas: &str, setting: &str) -> String {
    format!(
        "{number} {replicas}, as with fewer requests would be dropped or late in the month's highest minutes; {setting} states another number"
    )
}

/// The expected number with a larger minimum: at least that.
pub(super) fn expecting_least(presence: Presence, least: Option<u32>) -> Presence {
    Presence { mean: presence.mean.max(f64::from(least.unwrap_or(0))), ..presence }
}
