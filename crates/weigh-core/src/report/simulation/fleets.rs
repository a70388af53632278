//! What fleets and hosts did in the month, and the limits that stood in the way.

use schemars::JsonSchema;
use serde::Serialize;

use super::TimelineRow;
use crate::capacity::{Fleet, FleetOutcome, HostOutcome, PerRequest, PerRequestOutcome};

/// What a fleet did in the month.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct FleetMonthReport {
    /// The names of the components in it.
    pub fleet: String,
    /// Replicas that served, on average.
    pub mean_running: f64,
    /// Replicas that served or started, on average: those that are paid for.
    pub mean_present: f64,
    /// The fewest that served at a time.
    pub fewest: u32,
    /// The most that served at a time.
    pub most: u32,
    /// The fewest that there may be.
    pub least_allowed: u32,
    /// The most that there may be.
    pub most_allowed: u32,
    /// Hours of replicas that are paid for.
    pub replica_hours: f64,
    /// How often replicas were added and removed.
    pub scalings: u32,
    /// Replicas that were taken away.
    pub interrupted: u32,
    /// Processor-hours beyond the credits earned.
    pub surplus_processor_hours: f64,
    /// The share of the month in which credits were used up and processors ran slower.
    pub throttled_share: f64,
    /// When more came than could be served; null when that never was so.
    pub saturation: Option<SaturationReport>,
    /// When more replicas were wanted than there may be; null when that never was so.
    pub at_limit: Option<AtLimitReport>,
    /// What happens when a replica fails.
    pub replacement: ReplacementReport,
}

/// When more came than could be served.
#[derive(Clone, Copy, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SaturationReport {
    /// How long in all.
    pub duration_s: f64,
    /// How often it began.
    pub times: u32,
    /// The start of the longest time, from the start of the month.
    pub longest_from_s: f64,
    /// The length of the longest time.
    pub longest_s: f64,
    /// Requests that came meanwhile.
    pub requests: f64,
    /// Replicas that would have served the highest rate meanwhile.
    pub replicas_needed: u32,
}

/// When more replicas were wanted than there may be.
#[derive(Clone, Copy, Debug, PartialEq, JsonSchema, Serialize)]
pub struct AtLimitReport {
    /// How long in all.
    pub duration_s: f64,
    /// When it first was so, from the start of the month.
    pub first_s: f64,
    /// Requests that came meanwhile.
    pub requests: f64,
}

/// What happens when a replica fails.
#[derive(Clone, Copy, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ReplacementReport {
    /// From its failure being noticed until another serves; null when it is not known.
    pub start_up_s: Option<f64>,
    /// Whether the others carry the load meanwhile at any time of the month.
    pub others_carry: bool,
    /// The highest share of the others' capacity that would be asked for; null when there is at times no other.
    pub utilisation_highest: Option<f64>,
    /// How long in the month the others could not carry the load.
    pub not_carried_s: f64,
}

/// What the hosts did in the month.
#[derive(Clone, Copy, Debug, PartialEq, JsonSchema, Serialize)]
pub struct HostsMonthReport {
    /// Hosts that ran or started, on average.
    pub mean_present: f64,
    /// The most at a time.
    pub most: u32,
    /// The most that there may be.
    pub most_allowed: u32,
    /// Hours of hosts that are paid for.
    pub host_hours: f64,
    /// Hosts that were taken away.
    pub interrupted: u32,
    /// Processor-hours beyond the credits earned.
    pub surplus_processor_hours: f64,
    /// The share of the month in which credits were used up and processors ran slower.
    pub throttled_share: f64,
}

/// Requests that were refused.
#[derive(Clone, Copy, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RefusalReport {
    /// How many.
    pub requests: f64,
    /// How long more than 1 in 10,000 were refused.
    pub duration_s: f64,
    /// When that first was so, from the start of the month.
    pub first_s: f64,
    /// Servers that may be busy at once.
    pub limit: u32,
    /// The limit that would have refused fewer than 1 in 10,000.
    pub limit_needed: u32,
}

impl FleetMonthReport {
    /// From a fleet, what it did, and its rows.
    pub(super) fn of(
        name: &str,
        fleet: &Fleet,
        did: &FleetOutcome,
        hours: f64,
        rows: &[TimelineRow],
    ) -> Self {
        let FleetOutcome { saturation, at_limit, .. } = did;
        let (least_allowed, most_allowed) = fleet.scaling.range();
        FleetMonthReport {
            fleet: name.to_owned(),
            mean_running: did.mean_running,
            mean_present: did.mean_present,
            fewest: did.fewest,
            most: did.most,
            least_allowed,
            most_allowed,
            replica_hours: did.mean_present * hours,
            scalings: did.scalings,
            interrupted: did.interrupted,
            surplus_processor_hours: did.surplus_processor_hours,
            throttled_share: did.throttled_share,
            saturation: (saturation.times > 0).then_some(SaturationReport {
                duration_s: saturation.duration_s,
                times: saturation.times,
                longest_from_s: saturation.longest_from_s,
                longest_s: saturation.longest_s,
                requests: saturation.requests,
                replicas_needed: saturation.replicas_needed,
            }),
            at_limit: (at_limit.duration_s > 0.0).then_some(AtLimitReport {
                duration_s: at_limit.duration_s,
                first_s: at_limit.first_s,
                requests: at_limit.requests,
            }),
            replacement: ReplacementReport::of(name, fleet.scaling.start_up.time_s, rows),
        }
    }
}

impl ReplacementReport {
    /// Takes one replica away from each step. Steps that are saturated anyway are not carried, and not in the highest.
    fn of(name: &str, start_up_s: f64, rows: &[TimelineRow]) -> ReplacementReport {
        let (mut highest, mut alone, mut not_carried_s) = (None::<f64>, false, 0.0);
        for row in rows.iter().filter(|row| row.fleet == name && row.rate_per_s > 0.0) {
            let kept = (row.running - 1.0).max(0.0) / row.running.max(1.0);
            let asked = row.utilisation.unwrap_or(f64::INFINITY);
            alone |= kept <= 0.0;
            if asked.is_finite() {
                highest = Some(highest.unwrap_or(0.0).max(asked / kept.max(1e-9)));
            }
            if asked > kept {
                not_carried_s += row.step_s;
            }
        }
        ReplacementReport {
            start_up_s: Some(start_up_s).filter(|time_s| *time_s > 0.0),
            others_carry: not_carried_s <= 0.0,
            utilisation_highest: highest.filter(|_| !alone),
            not_carried_s,
        }
    }
}

impl HostsMonthReport {
    pub(super) fn of(did: &HostOutcome, most_allowed: u32, hours: f64) -> HostsMonthReport {
        HostsMonthReport {
            mean_present: did.mean_present,
            most: did.most,
            most_allowed,
            host_hours: did.mean_present * hours,
            interrupted: did.interrupted,
            surplus_processor_hours: did.surplus_processor_hours,
            throttled_share: did.throttled_share,
        }
    }
}

impl RefusalReport {
    /// From the servers and their month; nothing when less than one request was refused.
    pub(super) fn of(servers: &PerRequest, did: &PerRequestOutcome) -> Option<RefusalReport> {
        if did.refused < 1.0 {
            return None;
        }
        Some(RefusalReport {
            requests: did.refused,
            duration_s: did.refusing_s,
            first_s: did.refusing_from_s,
            limit: servers.limit,
            limit_needed: did.limit_needed,
        })
    }
}
