//! So many EC2 instances of one type: their hours and disks, and the CPU credits of burstable ones.

use super::disk::volume;
use super::sizing::{busy_vcpu, time_s};
use super::spot::{SpotSettings, on_demand_and_spot};
use super::{Brief, jobs};
use rust_decimal::Decimal;

use crate::capacity::{CreditMode, CreditPlan, Outcome, Presence, Station};
use crate::catalog::{InstanceType, Limit, Limits};
use crate::measure::Size;
use crate::money::{NotExact, approximate, exact, number};
use crate::scenario::{Contradiction, Scenario, State, Values, choice};
use crate::services::storage::{self, Volume};
use crate::time::Month;
use crate::units::Unit;
use crate::usage::{Quantity, Scope, Usage};

choice! {
    /// What a burstable instance does when its CPU credits are used up.
    pub(super) enum Credits {
        /// It runs on at its baseline.
        Standard = "standard",
        /// It goes on at full speed; what a day's credits can't repay is charged.
        Unlimited = "unlimited",
    }
}

/// `credits` beside a stated type that has none: the burstable families are those whose name is a T and a number.
pub(super) fn credits_without_use(settings: &Values) -> Option<Contradiction> {
    let name = settings.value::<Option<String>>("instance_type").flatten()?;
    let after_t = name.strip_prefix('t').and_then(|rest| rest.chars().next());
    let burstable = after_t.is_some_and(|next| next.is_ascii_digit());
    (settings.get("credits").is_some() && !burstable).then(|| Contradiction {
        setting: "credits",
        need: "instance_type",
        message: format!(
            "`credits` does nothing for {name}, which has no CPU credits: the T families have them"
        ),
    })
}

/// The longest time that a component's process takes to serve, in seconds.
pub(super) fn longest_start_s(scenario: &Scenario) -> f64 {
    let times = scenario.components.iter().filter_map(|each| each.start_up_time);
    times.map(time_s).fold(0.0, f64::max)
}

/// So many instances of a type, with a disk each.
#[derive(Clone, Debug)]
pub(super) struct Fleet<'a> {
    pub(super) instance: &'a InstanceType,
    /// The types that would do the same, the first of which it was sized with.
    pub(super) alike: Vec<&'a InstanceType>,
    pub(super) instances: u32,
    pub(super) disk: Volume,
    /// vCPU that the traffic keeps busy on average, over all instances.
    pub(super) busy_vcpu: f64,
    /// Those of them that jobs keep busy.
    busy_with_jobs: f64,
}

impl<'a> Fleet<'a> {
    /// Instances whose disks hold the local data of components and jobs beside `disk`, kept busy by traffic and jobs.
    pub(super) fn new(
        brief: &Brief<'_>,
        instance: &'a InstanceType,
        instances: u32,
        disk: Size,
    ) -> Fleet<'a> {
        let scenario = brief.scenario;
        let kept = scenario.components.iter().filter(|each| each.state == State::LocalDisk);
        let kept: u64 = kept.map(|each| each.disk.bytes()).fold(0, u64::saturating_add);
        let of_jobs = scenario.jobs.iter().map(|job| job.disk.bytes()).fold(kept, u64::saturating_add);
        let disk = volume(brief, Size::from_bytes(disk.bytes().saturating_add(of_jobs)));
        let (busy_vcpu, busy_with_jobs) = (busy_vcpu(scenario), jobs::busy_vcpu(scenario));
        Fleet { instance, alike: vec![instance], instances, disk, busy_vcpu, busy_with_jobs }
    }

    /// Takes the type at a place among those that would do the same.
    pub(super) fn choose(&mut self, alternative: usize) {
        self.instance = self.alike.get(alternative).copied().unwrap_or(self.instance);
    }

    /// `2 × t3.medium`, or `2 to 6 × t3.medium`.
    pub(super) fn size(&self, (least, most): (u32, u32)) -> String {
        let count = if least == most { least.to_string() } else { format!("{least} to {most}") };
        format!("{count} × {}", self.instance.name)
    }

    /// The same number of instances with what their CPU credits cost when the traffic is the same all the time: vCPU-hours
    /// above the baseline, which a type in unlimited mode is charged for.
    pub(super) fn expecting(
        &self,
        month: Month,
        presence: Presence,
        credits: Option<CreditPlan>,
    ) -> Presence {
        if credits.is_none_or(|plan| plan.mode() == CreditMode::Standard) {
            return presence;
        }
        let beyond = self.busy_vcpu - self.baseline_vcpu().unwrap_or(f64::INFINITY) * presence.mean;
        let surplus_processor_hours = beyond.max(0.0) * f64::from(month.hours());
        Presence { surplus_processor_hours, ..presence }
    }

    /// vCPU that one instance may use for ever, where it earns credits.
    fn baseline_vcpu(&self) -> Option<f64> {
        let percent = self.instance.burst_baseline_percent?;
        Some(approximate(percent) / 100.0 * f64::from(self.instance.vcpu))
    }

    /// The CPU credits of an instance: earned at its baseline, kept for a day (EC2 user guide).
    ///
    /// AWS starts T2 in standard mode, with 30 launch credits a vCPU, and the later families in unlimited mode.
    pub(super) fn credits(&self, limits: &Limits, stated: Option<Credits>) -> Option<CreditPlan> {
        let baseline = self.baseline_vcpu()?;
        let is_t2 = self.instance.family == "t2";
        let mode = match stated.unwrap_or(if is_t2 { Credits::Standard } else { Credits::Unlimited }) {
            Credits::Standard => CreditMode::Standard,
            Credits::Unlimited => CreditMode::Unlimited,
        };
        let launch = match is_t2 && mode == CreditMode::Standard {
            true => limits.measured(Limit::Ec2T2LaunchCreditsPerVcpu) * f64::from(self.instance.vcpu),
            false => 0.0,
        };
        let earned_per_hour = baseline * 60.0;
        let vcpu = f64::from(self.instance.vcpu);
        let plan = CreditPlan::new(vcpu, earned_per_hour, earned_per_hour * 24.0, launch, mode).ok()?;
        Some(plan.with_background(self.busy_with_jobs))
    }

    /// Adds instance-hours, disks, and the credits that a burstable type uses beyond what it earns.
    ///
    /// Surplus credits are vCPU-hours above the baseline, which a type in unlimited mode is charged for
    /// (EC2 user guide, burstable performance instances).
    pub(super) fn meter(
        &self,
        month: Month,
        presence: &Presence,
        market: &SpotSettings,
        usage: &mut Usage,
    ) -> Result<(), NotExact> {
        let (on_demand, spot) = on_demand_and_spot(presence)?;
        let words = ["instance", "instances", "instances on average"];
        let running = |instances: Decimal| {
            Quantity::of(Unit::Hours).times_mean(instances, words).times(month.hours_exact(), "hours")
        };
        let name = &self.instance.name;
        let by_hour = market.on_demand_by_hour(presence);
        usage.within(Scope { by_hour, ..Scope::default() }, |usage| {
            let description = format!("{name} instances, Linux, on demand");
            usage.add(format!("ec2/instance-hours/{name}"), description, running(on_demand))
        })?;
        let by_hour = market.spot_by_hour(presence);
        usage.within(Scope { by_hour, ..Scope::default() }, |usage| {
            let description = format!("{name} instances, Linux, on Spot");
            usage.add(format!("ec2-spot/instance-hours/{name}"), description, running(spot))
        })?;
        storage::meter_volumes(usage, on_demand + spot, &self.disk, month)?;
        let Some(baseline) = self.baseline_vcpu() else { return Ok(()) };
        let beyond = exact(presence.surplus_processor_hours, "vCPU-hours above the baseline")?;
        let baseline = number(exact(baseline, "baseline of an instance")?, 2);
        let label = format!("vCPU-hours above the baseline of {baseline} vCPU each");
        let surplus = Quantity::of(Unit::VcpuHours).times(beyond, label);
        let price_id = format!("ec2/cpu-credit-vcpu-hours/{}", self.instance.family);
        usage.add(price_id, "CPU credits beyond those earned", surplus)
    }

    /// Whether there are as few as `least`, none overloaded and none above its CPU baseline.
    pub(super) fn is_enough(&self, least: u32, stations: &[Station]) -> bool {
        let stable = |station: &Station| matches!(station.serve().outcome, Outcome::Stable(_));
        self.instances <= least && !self.bursts() && stations.iter().all(stable)
    }

    /// What the reader should know of its CPU credits.
    pub(super) fn notes(&self, credits: Option<CreditPlan>) -> Vec<String> {
        if credits.is_none_or(|plan| plan.mode() == CreditMode::Standard) {
            return Vec::new();
        }
        let surplus = || {
            let size = self.size((self.instances, self.instances));
            format!("the traffic keeps {size} above its CPU baseline: surplus credits are charged")
        };
        self.bursts().then(surplus).into_iter().collect()
    }

    /// Whether the traffic keeps it busy above its baseline.
    fn bursts(&self) -> bool {
        self.instance.burst_baseline_percent.is_some_and(|percent| {
            self.busy_vcpu
                > approximate(percent) / 100.0 * f64::from(self.instance.vcpu) * f64::from(self.instances)
        })
    }
}
