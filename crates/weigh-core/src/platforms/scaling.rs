//! How the number of replicas follows the traffic: the settings that platforms with scaling share.

use std::time::Duration;

use rust_decimal::Decimal;

use super::Brief;
use super::sizing::{replicas_for, time_s, whole};
use crate::capacity::{
    Bounds, Demand, Fleet, Metric, MetricTiming, Policy, Presence, Replica, Rung, Scaling, StartUp,
    Threshold, simulate,
};
use crate::money::approximate;
use crate::scenario::{Component, Needs, choice, section};
use crate::traffic::{Days, Hours};

choice! {
    /// How the number of replicas follows the traffic.
    pub(super) enum Mode {
        /// It does not: as many all month long as the busy hour needs, or as are stated.
        Fixed = "fixed",
        /// Target tracking: each stated target; without one, requests per replica at the `target_utilisation`.
        TargetTracking = "target-tracking",
        /// Steps: `scale_out_by` more above one threshold, `scale_in_by` fewer below another.
        Step = "step",
    }
}

section! {
    /// Settings of scaling, for options whose replicas can be more and fewer.
    pub(super) struct ScalingSettings {
        /// How the number follows the traffic; left out, target tracking where the traffic varies and no number is stated.
        pub scaling: Option<Mode> => Kind::OneOf(Mode::CHOICES), Optional;
        /// The fewest that scaling may leave; left out, what the needs ask for.
        pub min_capacity: Option<u32> => Kind::Count { least: 1, most: 5_000 }, Optional;
        /// The most that scaling may start; left out, twice what the busiest minute needs.
        pub max_capacity: Option<u32> => Kind::Count { least: 1, most: 5_000 }, Optional;
        /// Busy share of the vCPU that target tracking holds.
        pub target_cpu: Option<Decimal> => Kind::Share, Optional;
        /// Share of the memory in use that target tracking holds; needs `memory_per_request` of a component.
        pub target_memory: Option<Decimal> => Kind::Share, Optional;
        /// Requests a minute to each replica that target tracking holds.
        pub target_requests: Option<Decimal> => Kind::Number, Optional;
        /// Busy share of the vCPU above which step scaling adds; left out, 70 %.
        pub scale_out_above: Option<Decimal> => Kind::Share, Optional;
        /// How long it must be above; left out, 5 min.
        pub scale_out_after: Option<Duration> => Kind::Duration, Optional;
        /// How many step scaling adds; left out, 1.
        pub scale_out_by: Option<u32> => Kind::Count { least: 1, most: 1_000 }, Optional;
        /// Busy share of the vCPU below which step scaling removes; left out, 30 %.
        pub scale_in_below: Option<Decimal> => Kind::Share, Optional;
        /// How long it must be below; left out, 10 min.
        pub scale_in_after: Option<Duration> => Kind::Duration, Optional;
        /// How many step scaling removes; left out, 1.
        pub scale_in_by: Option<u32> => Kind::Count { least: 1, most: 1_000 }, Optional;
        /// Time after adding in which nothing is removed; left out, ECS's 300 s.
        pub scale_out_cooldown: Option<Duration> => Kind::DurationOrZero, Optional;
        /// Time after removing in which nothing more is removed; left out, ECS's 300 s.
        pub scale_in_cooldown: Option<Duration> => Kind::DurationOrZero, Optional;
        /// Length of a datapoint of the metrics: 60 s when left out, or "20 s" for high-resolution ones.
        pub metric_period: Option<Duration> => Kind::Duration, Optional;
        /// Time from the decision until a new replica serves; left out, what the platform and the image need.
        pub start_time: Option<Duration> => Kind::DurationOrZero, Optional;
        /// Hours of the day, in the traffic's time zone, that have at least `scheduled_capacity`.
        pub scheduled_hours: Option<Vec<Hours>> => Kind::When(When::Hours), Optional;
        /// Days that have the `scheduled_hours`; left out, every day.
        pub scheduled_days: Option<Days> => Kind::When(When::Days), Optional;
        /// The fewest in the `scheduled_hours`.
        pub scheduled_capacity: Option<u32> => Kind::Count { least: 1, most: 5_000 }, Optional;
    }
}

/// What a fleet is sized by.
#[derive(Clone, Copy)]
pub(super) struct Sizing {
    /// How a replica serves, for each of its services the same count.
    pub(super) count: u32,
    /// Whether the option states the count.
    pub(super) stated: bool,
    /// The fewest that the needs allow, and the most that the platform allows.
    pub(super) bounds: (u32, u32),
    /// The share of its capacity that a replica is sized for.
    pub(super) target: f64,
    /// From the decision until a new replica serves, in seconds.
    pub(super) start_up: StartUp,
    /// Below this share of the target, target tracking removes.
    pub(super) in_share: f64,
}

/// Cooldowns when none is stated: the default of Application Auto Scaling for ECS (its user guide, 2026).
const COOLDOWN_S: f64 = 300.0;
/// Step scaling when no threshold is stated: above 70 % for 5 minutes, below 30 % for 10, as document 001 of the
/// mission has it (lines 119 to 121, 2025).
const OUT_ABOVE: f64 = 0.70;
const OUT_AFTER_S: f64 = 300.0;
const IN_BELOW: f64 = 0.30;
const IN_AFTER_S: f64 = 600.0;

impl ScalingSettings {
    /// The length of a datapoint, in seconds.
    fn period_s(&self) -> f64 {
        self.metric_period.map_or(MetricTiming::MINUTE.period_s, time_s)
    }

    /// Whether the number of replicas follows the traffic.
    fn follows(&self, brief: &Brief<'_>, stated: bool) -> bool {
        match self.scaling {
            Some(mode) => mode != Mode::Fixed,
            None => {
                let asked = self.target_cpu.is_some()
                    || self.target_memory.is_some()
                    || self.target_requests.is_some()
                    || self.max_capacity.is_some();
                asked || (!stated && !brief.scenario.traffic.is_steady())
            }
        }
    }

    /// The scaling of a fleet whose replicas serve these components.
    pub(super) fn of(
        &self,
        brief: &Brief<'_>,
        services: &[(&Component, Replica)],
        sizing: &Sizing,
    ) -> Scaling {
        let follows = self.follows(brief, sizing.stated);
        let peak = peak_count(brief, services, sizing.target).max(sizing.count);
        let least = self.min_capacity.unwrap_or(if follows { sizing.bounds.0 } else { sizing.count });
        let (least, most) = match follows {
            true => {
                let most = self.max_capacity.unwrap_or(peak.saturating_mul(2)).min(sizing.bounds.1);
                (least.min(most), most.max(least))
            }
            false => (sizing.count, sizing.count),
        };
        let period_s = self.period_s();
        let timing = match period_s < MetricTiming::MINUTE.period_s {
            true => MetricTiming { period_s, ..MetricTiming::HIGH_RESOLUTION },
            false => MetricTiming { period_s, ..MetricTiming::MINUTE },
        };
        let start_time_s = self.start_time.map_or(sizing.start_up.time_s, time_s);
        let desired = if sizing.stated { sizing.count } else { first_count(brief, services, sizing.target) };
        Scaling {
            desired: desired.clamp(least, most),
            bounds: self.bounds(brief, least, most),
            policies: if follows { self.policies(services, sizing) } else { Vec::new() },
            out_cooldown_s: self.scale_out_cooldown.map_or(COOLDOWN_S, time_s),
            in_cooldown_s: self.scale_in_cooldown.map_or(COOLDOWN_S, time_s),
            timing,
            start_up: StartUp { time_s: start_time_s, ..sizing.start_up },
        }
    }

    fn policies(&self, services: &[(&Component, Replica)], sizing: &Sizing) -> Vec<Policy> {
        if self.scaling == Some(Mode::Step) {
            let threshold =
                |value: Option<Decimal>, otherwise: f64, after_s: f64, by: Option<u32>| Threshold {
                    value: value.map_or(otherwise, approximate),
                    periods: whole((after_s / self.period_s()).ceil()).max(1),
                    rungs: vec![Rung { from: 0.0, change: by.unwrap_or(1) }],
                };
            let (out_s, in_s) = (
                self.scale_out_after.map_or(OUT_AFTER_S, time_s),
                self.scale_in_after.map_or(IN_AFTER_S, time_s),
            );
            return vec![Policy::Step {
                metric: Metric::Processor,
                out: threshold(self.scale_out_above, OUT_ABOVE, out_s, self.scale_out_by),
                back: threshold(self.scale_in_below, IN_BELOW, in_s, self.scale_in_by),
            }];
        }
        let tracking = |metric, target| Policy::TargetTracking {
            metric,
            target,
            out_periods: 3,
            in_share: sizing.in_share,
            in_periods: 15,
        };
        let stated = [
            (Metric::Processor, self.target_cpu),
            (Metric::Memory, self.target_memory),
            (Metric::RequestsPerMinute, self.target_requests),
        ];
        let policies =
            stated.into_iter().filter_map(|(metric, target)| Some(tracking(metric, approximate(target?))));
        let policies: Vec<Policy> = policies.collect();
        if !policies.is_empty() {
            return policies;
        }
        // All services of a replica get their share of the same traffic: the one that is full first decides.
        let per_minute = services.iter().map(|(component, replica)| {
            replica.saturation_rate_per_s() / approximate(component.traffic_share)
        });
        let first_full = per_minute.fold(f64::INFINITY, f64::min);
        let shares: f64 = services.iter().map(|(component, _)| approximate(component.traffic_share)).sum();
        vec![tracking(Metric::RequestsPerMinute, first_full * shares * 60.0 * sizing.target)]
    }

    /// The bounds over the month: `least` and `most`, and at least the scheduled capacity in its hours.
    fn bounds(&self, brief: &Brief<'_>, least: u32, most: u32) -> Vec<Bounds> {
        let mut bounds = vec![Bounds { from_s: 0.0, least, most }];
        let (Some(hours), Some(capacity)) = (&self.scheduled_hours, self.scheduled_capacity) else {
            return bounds;
        };
        let days = self.scheduled_days.unwrap_or(Days::ALL);
        let scenario = brief.scenario;
        let within = scenario.traffic.within(hours, days, scenario.header.month);
        let mut minute_s = 0.0;
        let mut last = None;
        for scheduled in within {
            if last != Some(scheduled) {
                let fewest = if scheduled { least.max(capacity) } else { least };
                let next = Bounds { from_s: minute_s, least: fewest, most: most.max(fewest) };
                if last.is_none() {
                    bounds[0] = next;
                } else {
                    bounds.push(next);
                }
                last = Some(scheduled);
            }
            minute_s += 60.0;
        }
        bounds
    }
}

/// The fleet with the smallest minimum that leaves hardly any request waiting for a start in the month, where the needs
/// say `never_cold` and the option states no minimum. `later_s`: how much later replicas start than the fleet says.
///
/// A minimum that holds the busiest minute is enough by itself; below it the simulated months decide.
pub(super) fn never_cold(
    brief: &Brief<'_>,
    settings: &ScalingSettings,
    fleet: Fleet,
    (peak, later_s): (u32, f64),
) -> Fleet {
    let scenario = brief.scenario;
    let wanted = scenario.needs.never_cold && settings.min_capacity.is_none();
    if !wanted || fleet.scaling.is_fixed() || scenario.traffic.is_steady() {
        return fleet;
    }
    let profile = scenario.traffic.profile(scenario.header.month);
    let demand = Demand {
        step_s: f64::from(profile.step_s),
        rates_per_s: &profile.rates_per_s,
        arrival_variability: profile.arrival_variability,
    };
    let holds = |least: u32| {
        let mut tried = fleet.clone().with_minimum(least);
        tried.scaling.start_up.time_s += later_s;
        let month = simulate(&[tried], None, &demand, SEED, &mut ());
        let services = month.fleets.iter().flat_map(|fleet| &fleet.services);
        let (delayed, arrived) =
            services.fold((0.0, 0.0), |sum, each| (sum.0 + each.delayed, sum.1 + each.arrived));
        delayed <= Needs::NEVER_COLD_SHARE * 0.9 * arrived
    };
    let mut below = fleet.scaling.bounds.first().map_or(1, |bounds| bounds.least);
    let mut enough = peak.max(below);
    while below < enough {
        let middle = below + (enough - below) / 2;
        if holds(middle) { enough = middle } else { below = middle + 1 }
    }
    fleet.with_minimum(enough)
}

/// Interruptions come out of it; a minimum is looked for in the month that they make.
const SEED: u64 = 1;

impl Fleet {
    /// The same with at least so many replicas at all times.
    fn with_minimum(mut self, least: u32) -> Fleet {
        for bounds in &mut self.scaling.bounds {
            bounds.least = bounds.least.max(least);
            bounds.most = bounds.most.max(bounds.least);
        }
        self.scaling.desired = self.scaling.desired.max(least);
        self
    }
}

/// The replicas that the busiest minute keeps at the target.
pub(super) fn peak_count(brief: &Brief<'_>, services: &[(&Component, Replica)], target: f64) -> u32 {
    count_at(brief.scenario.traffic.peak_per_s(brief.scenario.header.month), services, target)
}

/// The replicas that the first minute of the month keeps at the target.
fn first_count(brief: &Brief<'_>, services: &[(&Component, Replica)], target: f64) -> u32 {
    let (traffic, month) = (&brief.scenario.traffic, brief.scenario.header.month);
    let rate = match traffic.is_steady() {
        true => traffic.mean_per_s(month),
        false => traffic.profile(month).rates_per_s.first().copied().unwrap_or(0.0),
    };
    count_at(rate, services, target)
}

fn count_at(rate_per_s: f64, services: &[(&Component, Replica)], target: f64) -> u32 {
    let each = services.iter().map(|(component, replica)| {
        replicas_for(*replica, rate_per_s * approximate(component.traffic_share), target)
    });
    each.max().unwrap_or(1).max(1)
}

/// How many replicas there will be on average, hour by hour at the target: an estimate that a search reckons with.
pub(super) fn expected(
    brief: &Brief<'_>,
    services: &[(&Component, Replica)],
    scaling: &Scaling,
    target: f64,
) -> Presence {
    let Some(bounds) = scaling.bounds.first().filter(|_| !scaling.is_fixed()) else {
        return Presence::steady(scaling.desired);
    };
    let (traffic, month) = (&brief.scenario.traffic, brief.scenario.header.month);
    if traffic.is_steady() {
        return Presence::steady(first_count(brief, services, target).clamp(bounds.least, bounds.most));
    }
    let profile = traffic.profile(month);
    let hours = profile.rates_per_s.chunks(60);
    let counts = hours.map(|hour| {
        let highest = hour.iter().copied().fold(0.0, f64::max);
        f64::from(count_at(highest, services, target).clamp(bounds.least, bounds.most))
    });
    let by_hour: Vec<f64> = counts.collect();
    let most = by_hour.iter().copied().fold(0.0, f64::max);
    let count = f64::from(month.hours()).max(1.0);
    Presence { mean: by_hour.iter().sum::<f64>() / count, most: whole(most), ..Presence::default() }
}
