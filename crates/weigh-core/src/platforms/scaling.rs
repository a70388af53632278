//! How the number of replicas follows the traffic: the settings that platforms with scaling share.

use std::time::Duration;

use rust_decimal::Decimal;

use super::Brief;
use super::sizing::{replicas_for, time_s};
use crate::capacity::{
    Bounds, Metric, MetricTiming, Policy, Presence, Replica, Rung, Scaling, StartUp, Threshold, whole,
    whole_up,
};
use crate::money::approximate;
use crate::scenario::{Component, Contradiction, FromDatum, Scenario, Values, choice, section};
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

choice! {
    /// How often metrics are measured.
    pub(super) enum Period {
        /// Every minute.
        Minute = "60 s",
        /// Every 20 seconds: high-resolution metrics.
        HighResolution = "20 s",
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
        /// Time after adding in which nothing is removed, and step scaling adds no more unless a higher step is reached; left out, ECS's 300 s.
        pub scale_out_cooldown: Option<Duration> => Kind::DurationOrZero, Optional;
        /// Time after removing in which nothing more is removed; left out, ECS's 300 s.
        pub scale_in_cooldown: Option<Duration> => Kind::DurationOrZero, Optional;
        /// Datapoints of the metrics: each minute when left out, or high-resolution ones, every 20 s.
        pub metric_period: Option<Period> => Kind::OneOf(Period::CHOICES), Optional;
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

/// Settings of scaling that contradict each other, or have no effect beside the others.
pub(super) fn contradictions(settings: &Values) -> Vec<Contradiction> {
    let stated = |key: &str| settings.get(key).is_some();
    let mode = Mode::from_datum(settings.get("scaling"));
    let mut found = counts(settings);
    let mut add = |wrong: bool, setting, need, message: String| {
        if wrong {
            found.push(Contradiction { setting, need, message });
        }
    };
    for (key, other) in [
        ("scheduled_hours", "scheduled_capacity"),
        ("scheduled_capacity", "scheduled_hours"),
        ("scheduled_days", "scheduled_hours"),
        ("on_demand_base", "spot_share"),
        ("spot_interruptions", "spot_share"),
    ] {
        add(stated(key) && !stated(other), key, other, format!("`{key}` does nothing without `{other}`"));
    }
    let taken = Decimal::from_datum(settings.get("spot_interruptions"));
    add(
        taken.is_some_and(|share| share >= Decimal::ONE),
        "spot_interruptions",
        "spot_share",
        "`spot_interruptions` of 100 % takes all Spot capacity away at once; it must be less".to_owned(),
    );
    const STEPS: [&str; 6] = [
        "scale_out_above",
        "scale_out_after",
        "scale_out_by",
        "scale_in_below",
        "scale_in_after",
        "scale_in_by",
    ];
    for key in STEPS {
        let wrong = stated(key) && mode != Some(Mode::Step);
        add(wrong, key, "scaling", format!("`{key}` does nothing without `scaling = \"step\"`"));
    }
    for key in ["target_cpu", "target_memory", "target_requests"] {
        let wrong = stated(key) && matches!(mode, Some(Mode::Step | Mode::Fixed));
        add(
            wrong,
            key,
            "scaling",
            format!("`{key}` does nothing beside another `scaling` than target-tracking"),
        );
    }
    for key in ["min_capacity", "max_capacity"] {
        let wrong = stated(key) && mode == Some(Mode::Fixed);
        add(wrong, key, "scaling", format!("`{key}` does nothing beside `scaling = \"fixed\"`"));
    }
    let share =
        |key: &str, otherwise: f64| Decimal::from_datum(settings.get(key)).map_or(otherwise, approximate);
    let overlap = share("scale_out_above", OUT_ABOVE) <= share("scale_in_below", IN_BELOW);
    let message = "`scale_out_above` is not above `scale_in_below`".to_owned();
    add(mode == Some(Mode::Step) && overlap, "scale_out_above", "scale_in_below", message);
    found
}

/// Counts that contradict each other.
fn counts(settings: &Values) -> Vec<Contradiction> {
    let count = |key: &str| u32::from_datum(settings.get(key));
    let is_fixed = Mode::from_datum(settings.get("scaling")) == Some(Mode::Fixed);
    let mut found = Vec::new();
    let mut add = |wrong: bool, setting, need, message: String| {
        if wrong {
            found.push(Contradiction { setting, need, message });
        }
    };
    for (low, high) in [
        ("min_capacity", "max_capacity"),
        ("scheduled_capacity", "max_capacity"),
        ("tasks", "max_capacity"),
        ("min_capacity", "tasks"),
    ] {
        if let Some((least, most)) = count(low).zip(count(high)) {
            add(least > most, low, high, format!("`{low} = {least}` is above `{high} = {most}`"));
        }
    }
    for (other, may_be) in [("min_capacity", true), ("tasks", is_fixed)] {
        if let Some((least, scheduled)) = count(other).zip(count("scheduled_capacity")).filter(|_| may_be) {
            let message =
                format!("`scheduled_capacity = {scheduled}` does nothing at or below `{other} = {least}`");
            add(scheduled <= least, "scheduled_capacity", other, message);
        }
    }
    found
}

/// What scaling takes as given where the traffic varies.
pub(super) fn assumptions(scenario: &Scenario) -> Vec<String> {
    if scenario.traffic.is_steady() {
        return Vec::new();
    }
    vec![
        "Target tracking adds after 3 datapoints above the target and removes after 15 below 0.9 of it (0.7 for instances), as AWS's alarms do; a decision falls 183 s after the last datapoint (26 s with 20-second metrics), derived from AWS's benchmark of June 2026."
            .to_owned(),
    ]
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
    /// When metrics are seen.
    fn timing(&self) -> MetricTiming {
        match self.metric_period {
            Some(Period::HighResolution) => MetricTiming::HIGH_RESOLUTION,
            Some(Period::Minute) | None => MetricTiming::MINUTE,
        }
    }

    /// The length of a datapoint, in seconds.
    fn period_s(&self) -> f64 {
        self.timing().period_s
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
        let stated = self.min_capacity.unwrap_or(0);
        let (least, most) = match follows {
            true => {
                let least = if stated > 0 { stated } else { sizing.bounds.0 };
                let most = self.max_capacity.unwrap_or(peak.saturating_mul(2).max(least));
                (least.min(most), most.min(sizing.bounds.1).max(least.min(most)))
            }
            false => (sizing.count.max(stated), sizing.count.max(stated)),
        };
        let start_time_s = self.start_time.map_or(sizing.start_up.time_s, time_s);
        let desired = if sizing.stated { sizing.count } else { first_count(brief, services, sizing.target) };
        Scaling {
            desired: desired.clamp(least, most),
            bounds: self.bounds(brief, least, most),
            policies: if follows { self.policies(services, sizing) } else { Vec::new() },
            out_cooldown_s: self.scale_out_cooldown.map_or(COOLDOWN_S, time_s),
            in_cooldown_s: self.scale_in_cooldown.map_or(COOLDOWN_S, time_s),
            timing: self.timing(),
            start_up: StartUp { time_s: start_time_s, ..sizing.start_up },
        }
    }

    fn policies(&self, services: &[(&Component, Replica)], sizing: &Sizing) -> Vec<Policy> {
        if self.scaling == Some(Mode::Step) {
            let threshold =
                |value: Option<Decimal>, otherwise: f64, after_s: f64, by: Option<u32>| Threshold {
                    value: value.map_or(otherwise, approximate),
                    periods: whole_up(after_s / self.period_s()).max(1),
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
        // Memory follows the requests only where one says what it takes.
        let takes_memory = services.iter().any(|(component, _)| component.memory_per_request.bytes() > 0);
        let stated = [
            (Metric::Processor, self.target_cpu),
            (Metric::Memory, self.target_memory.filter(|_| takes_memory)),
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

/// The replicas that the busiest minute keeps at the target.
fn peak_count(brief: &Brief<'_>, services: &[(&Component, Replica)], target: f64) -> u32 {
    count_at(brief.scenario.traffic.peak_per_s(brief.scenario.header.month), services, target)
}

/// The replicas that the first minute of the month keeps at the target, or the last one where that is less: what begins
/// with the month, a launch or a burst, is not prepared for.
fn first_count(brief: &Brief<'_>, services: &[(&Component, Replica)], target: f64) -> u32 {
    let (traffic, month) = (&brief.scenario.traffic, brief.scenario.header.month);
    let rate = match traffic.is_steady() {
        true => traffic.mean_per_s(month),
        false => {
            let profile = traffic.profile(month);
            let ends = [profile.rates_per_s.first(), profile.rates_per_s.last()];
            ends.into_iter().flatten().copied().reduce(f64::min).unwrap_or(0.0)
        }
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
