//! How many requests come, and when: from a rate with a shape, or from a trace, to a rate for each minute of the month.

mod change;
mod profile;
mod shape;
mod trace;
mod zone;

use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;

pub use change::{Burst, Growth, Launch, Season};
pub use profile::Profile;
pub use shape::{Days, Hours, Shape};
pub use trace::{Finding, Trace, TraceProblem, TraceProblems, TraceReader};
pub use zone::Zone;

use crate::measure::Rate;
use crate::money::{approximate, number};
use crate::time::Month;
use zone::WEEK;

/// The traffic of a month: a mean rate, how it is spread over the month, and what changes it.
///
/// A shape and bursts move requests within the month: its mean stays the rate that is stated. Growth, a season and a
/// launch change how many there are. Time zones move the shape against UTC, in which months are billed.
///
/// ```
/// use weigh_core::time::Month;
/// use weigh_core::traffic::{Days, Hours, Shape, Traffic};
/// let hours = Hours::list("09:00-17:00").unwrap();
/// let shape = Shape::peak_hours(&hours, Days::ALL, 5.into()).unwrap();
/// let traffic = Traffic::steady("86_400/day".parse().unwrap()).with_shape(shape);
/// assert_eq!(traffic.describe(), "86,400/day, 5 × from 09:00 to 17:00");
/// let april: Month = "2026-04".parse().unwrap();
/// assert_eq!(traffic.requests(april).to_string(), "2592000");
/// // 8 hours at 5 and 16 hours at 1 are a mean of 56 / 24.
/// assert!((traffic.busy_hour_per_s(april) - 5.0 * 24.0 / 56.0).abs() < 1e-12);
/// ```
#[derive(Clone, Debug)]
pub struct Traffic {
    plan: Plan,
    /// The profile of the month that was asked for first: sizing asks for it again and again.
    known: OnceLock<(Month, Arc<Profile>)>,
}

impl PartialEq for Traffic {
    fn eq(&self, other: &Traffic) -> bool {
        self.plan == other.plan
    }
}

/// Where the number of requests comes from.
#[derive(Clone, Debug, PartialEq)]
enum Source {
    Rate(Rate),
    Trace(Arc<Trace>),
    /// A trace that is scaled to a rate.
    Scaled(Rate, Arc<Trace>),
}

/// What is stated of a traffic.
#[derive(Clone, Debug, PartialEq)]
struct Plan {
    source: Source,
    shape: Shape,
    zone: Zone,
    bursts: Vec<Burst>,
    launch: Option<Launch>,
    growth: Option<Growth>,
    seasons: Vec<Season>,
    arrival_variability: Option<f64>,
    /// What all of it is multiplied by.
    factor: Decimal,
}

impl Plan {
    fn of(source: Source) -> Plan {
        Plan {
            source,
            shape: Shape::steady(),
            zone: Zone::default(),
            bursts: Vec::new(),
            launch: None,
            growth: None,
            seasons: Vec::new(),
            arrival_variability: None,
            factor: Decimal::ONE,
        }
    }
}

impl From<Plan> for Traffic {
    fn from(plan: Plan) -> Traffic {
        Traffic { plan, known: OnceLock::new() }
    }
}

impl Traffic {
    /// The largest arrival variability: 100.
    pub const MOST_VARIABILITY: f64 = 100.0;

    /// The same mean rate all month long, with random (Poisson) arrivals.
    #[must_use]
    pub fn steady(rate: Rate) -> Traffic {
        Plan::of(Source::Rate(rate)).into()
    }

    /// The traffic that was counted.
    #[must_use]
    pub fn from_trace(trace: Trace) -> Traffic {
        Plan::of(Source::Trace(Arc::new(trace))).into()
    }

    /// The traffic that was counted, scaled so that its mean over the month is a rate.
    #[must_use]
    pub fn from_scaled_trace(trace: Trace, rate: Rate) -> Traffic {
        Plan::of(Source::Scaled(rate, Arc::new(trace))).into()
    }

    /// The trace that it rests on.
    #[must_use]
    pub fn trace(&self) -> Option<&Trace> {
        match &self.plan.source {
            Source::Rate(_) => None,
            Source::Trace(trace) | Source::Scaled(_, trace) => Some(trace),
        }
    }

    /// The same with its requests spread by a shape; the month's mean stays.
    #[must_use]
    pub fn with_shape(self, shape: Shape) -> Traffic {
        Plan { shape, ..self.plan }.into()
    }

    /// The same with its shape and its launch in the local time of a zone.
    #[must_use]
    pub fn with_zone(self, zone: Zone) -> Traffic {
        Plan { zone, ..self.plan }.into()
    }

    /// The same with bursts, which multiply each other where they meet; the month's mean stays.
    #[must_use]
    pub fn with_bursts(self, bursts: Vec<Burst>) -> Traffic {
        Plan { bursts, ..self.plan }.into()
    }

    /// The same with a launch on top.
    #[must_use]
    pub fn with_launch(self, launch: Launch) -> Traffic {
        Plan { launch: Some(launch), ..self.plan }.into()
    }

    /// The same after months of growth.
    #[must_use]
    pub fn with_growth(self, growth: Growth) -> Traffic {
        Plan { growth: Some(growth), ..self.plan }.into()
    }

    /// The same with seasons; that of the month counts, and several of one month multiply.
    #[must_use]
    pub fn with_seasons(self, seasons: Vec<Season>) -> Traffic {
        Plan { seasons, ..self.plan }.into()
    }

    /// The same with a stated arrival variability (ca²), taken into 0 to [`Traffic::MOST_VARIABILITY`]; NaN is 1.
    #[must_use]
    pub fn with_variability(self, variability: f64) -> Traffic {
        let variability =
            if variability.is_nan() { 1.0 } else { variability.clamp(0.0, Traffic::MOST_VARIABILITY) };
        Plan { arrival_variability: Some(variability), ..self.plan }.into()
    }

    /// The same traffic, all of it multiplied by a factor above 0.
    ///
    /// ```
    /// use weigh_core::{time::Month, traffic::Traffic};
    /// let less = Traffic::steady("100/day".parse().unwrap()).times("0.8".parse().unwrap());
    /// assert_eq!(less.requests("2026-04".parse::<Month>().unwrap()).to_string(), "2400");
    /// assert_eq!(less.describe(), "100/day, steady, times 0.8");
    /// ```
    #[must_use]
    pub fn times(self, factor: Decimal) -> Traffic {
        let factor = (self.plan.factor * factor).normalize();
        Plan { factor, ..self.plan }.into()
    }

    /// The same traffic with another mean rate: its shape, its bursts and what changes it stay.
    #[must_use]
    pub fn at_rate(self, rate: Rate) -> Traffic {
        let source = match self.plan.source {
            Source::Rate(_) => Source::Rate(rate),
            Source::Trace(trace) | Source::Scaled(_, trace) => Source::Scaled(rate, trace),
        };
        Plan { source, ..self.plan }.into()
    }

    /// Requests in the month, exactly: what is billed.
    ///
    /// Where growth, seasons or a launch make more than any bill can hold, it is the most that a rate may be, 10¹² a
    /// second; [`Traffic::is_too_much`] tells.
    ///
    /// ```
    /// use weigh_core::{time::Month, traffic::Traffic};
    /// let traffic = Traffic::steady("24/day".parse().unwrap());
    /// assert_eq!(traffic.requests(Month::Average).to_string(), "730");
    /// ```
    #[must_use]
    pub fn requests(&self, month: Month) -> Decimal {
        self.total(month).unwrap_or_else(|| most_requests(month))
    }

    /// Whether more would come in the month than 10¹² requests a second.
    #[must_use]
    pub fn is_too_much(&self, month: Month) -> bool {
        self.total(month).is_none()
    }

    /// All requests of the month; nothing when they are too many.
    fn total(&self, month: Month) -> Option<Decimal> {
        let usual = self.usual(month)?;
        let total = match &self.plan.launch {
            Some(launch) => {
                usual.checked_mul(Decimal::ONE + launch.share(month, &self.plan.zone))?.normalize()
            }
            None => usual,
        };
        (total <= most_requests(month)).then_some(total)
    }

    /// The requests without those of the launch.
    fn usual(&self, month: Month) -> Option<Decimal> {
        let stated = match &self.plan.source {
            Source::Rate(rate) | Source::Scaled(rate, _) => rate.per_month(month),
            Source::Trace(trace) => trace.requests(month),
        };
        let seasons = self.seasons_of(month).map(|season| Some(season.factor()));
        let growth = self.plan.growth.iter().map(|growth| growth.factor());
        seasons.chain(growth).chain([Some(self.plan.factor)]).try_fold(stated, |requests, factor| {
            let requests = requests.checked_mul(factor?)?.normalize();
            (requests <= most_requests(month)).then_some(requests)
        })
    }

    fn seasons_of(&self, month: Month) -> impl Iterator<Item = &Season> {
        self.plan.seasons.iter().filter(move |season| season.month() == month.whole())
    }

    /// Whether the rate is the same in every minute of the month, so that no profile is needed.
    #[must_use]
    pub fn is_steady(&self) -> bool {
        let Plan { shape, bursts, launch, .. } = &self.plan;
        self.trace().is_none() && shape.is_steady() && bursts.is_empty() && launch.is_none()
    }

    /// The mean rate over the month, in requests a second.
    #[must_use]
    pub fn mean_per_s(&self, month: Month) -> f64 {
        approximate(self.requests(month)) / approximate(month.seconds_exact())
    }

    /// The mean rate of the month's busiest hour, in requests a second: what capacity is sized for.
    ///
    /// Teletraffic's busy hour (ITU-T Recommendation E.600, 1993): peaks of minutes within it are left to the queue.
    #[must_use]
    pub fn busy_hour_per_s(&self, month: Month) -> f64 {
        if self.is_steady() { self.mean_per_s(month) } else { self.profile(month).busy_hour_per_s() }
    }

    /// The mean rate of the month's busiest minute, in requests a second.
    #[must_use]
    pub fn peak_per_s(&self, month: Month) -> f64 {
        if self.is_steady() { self.mean_per_s(month) } else { self.profile(month).peak_per_s() }
    }

    /// How irregular arrivals are at a given rate: the squared coefficient of variation of the time between them
    /// (ca²), 1 for Poisson arrivals. What is stated comes first, then what a trace tells, then 1.
    #[must_use]
    pub fn arrival_variability(&self) -> f64 {
        let of_trace = || self.trace().and_then(Trace::variability);
        self.plan.arrival_variability.or_else(of_trace).unwrap_or(1.0)
    }

    /// Whether the arrival variability is stated, not estimated or taken.
    #[must_use]
    pub fn has_stated_variability(&self) -> bool {
        self.plan.arrival_variability.is_some()
    }

    /// The mean rate of each minute of the month. The profile of one month is kept for the next question.
    #[must_use]
    pub fn profile(&self, month: Month) -> Arc<Profile> {
        let (known, profile) = self.known.get_or_init(|| (month, Arc::new(self.build(month))));
        if *known == month { profile.clone() } else { Arc::new(self.build(month)) }
    }

    fn build(&self, month: Month) -> Profile {
        let minutes = month.hours() as usize * 60;
        let mut rates = vec![1.0; minutes];
        if let Some(trace) = self.trace() {
            trace.spread(&mut rates, month);
        }
        if !self.plan.shape.is_steady() {
            self.spread(&mut rates, month);
        }
        self.plan.bursts.iter().for_each(|burst| burst.multiply(&mut rates));
        let seconds = approximate(month.seconds_exact());
        let mean_per_s = approximate(self.usual(month).unwrap_or_else(|| most_requests(month))) / seconds;
        let sum: f64 = rates.iter().sum();
        let scale = mean_per_s * (seconds / 60.0) / sum;
        rates.iter_mut().for_each(|rate| *rate *= scale);
        if let Some(launch) = &self.plan.launch {
            launch.add(&mut rates, mean_per_s, month, &self.plan.zone);
        }
        Profile::of(rates, self.arrival_variability())
    }

    /// Whether there are bursts shorter than a minute, whose requests the profile spreads over their minutes.
    #[must_use]
    pub fn spreads_bursts(&self) -> bool {
        self.plan.bursts.iter().any(Burst::is_spread)
    }

    /// Whether each minute of the month lies in hours of days, in the traffic's time zone.
    ///
    /// ```
    /// use weigh_core::time::Month;
    /// use weigh_core::traffic::{Days, Hours, Traffic};
    /// let hours = Hours::list("09:00-17:00").unwrap();
    /// let traffic = Traffic::steady("1/s".parse().unwrap());
    /// let within = traffic.within(&hours, "mon-fri".parse().unwrap(), Month::Average);
    /// assert_eq!(within.len(), 730 * 60);
    /// assert_eq!((within[9 * 60], within[8 * 60], within[5 * 24 * 60 + 9 * 60]), (true, false, false));
    /// ```
    #[must_use]
    pub fn within(&self, hours: &[Hours], days: Days, month: Month) -> Vec<bool> {
        let minutes = month.hours() as usize * 60;
        let Ok(shape) = Shape::peak_hours(hours, days, Decimal::TWO) else { return vec![false; minutes] };
        let mut weights = vec![1.0; minutes];
        self.clone().with_shape(shape).spread(&mut weights, month);
        weights.iter().map(|weight| *weight > 1.5).collect()
    }

    /// Multiplies the minutes of the month by the shape's weights, each in its local time.
    fn spread(&self, rates: &mut [f64], month: Month) {
        let week = self.plan.shape.week();
        let offsets = self.plan.zone.offsets(month);
        let ends = offsets.iter().skip(1).map(|(from, _)| *from as usize).chain([rates.len()]);
        for ((from, offset), end) in offsets.iter().zip(ends) {
            let first = i64::from(zone::first_minute_of_week(month)) + i64::from(*from) + i64::from(*offset);
            let first = usize::try_from(first.rem_euclid(i64::from(WEEK))).unwrap_or(0);
            let weights = week.iter().cycle().skip(first);
            rates[*from as usize..end].iter_mut().zip(weights).for_each(|(rate, weight)| *rate *= *weight);
        }
    }

    /// The traffic in words.
    #[must_use]
    pub fn describe(&self) -> String {
        let plan = &self.plan;
        let mut words = match &plan.source {
            Source::Rate(rate) => format!("{rate}, {}", plan.shape.describe()),
            Source::Trace(trace) => format!("{} on average, as in {}", trace.mean_words(), trace.name()),
            Source::Scaled(rate, trace) => format!("{rate}, as in {}", trace.name()),
        };
        if !plan.zone.is_utc() {
            words.push_str(&format!(" in {}", plan.zone));
        }
        let bursts = plan.bursts.iter().map(|burst| format!("bursts of {burst}"));
        let launch = plan.launch.iter().map(|launch| format!("a launch of {launch}"));
        let growth = plan.growth.iter().map(ToString::to_string);
        let seasons = plan.seasons.iter().map(ToString::to_string);
        let variability = plan.arrival_variability.map(|variability| {
            let shown = crate::money::exact(variability, "variability").unwrap_or_default();
            format!("arrival variability {}", number(shown, 2))
        });
        let factor = (plan.factor != Decimal::ONE).then(|| format!("times {}", number(plan.factor, 4)));
        let changes = bursts.chain(launch).chain(growth).chain(seasons);
        for part in changes.chain(variability).chain(factor) {
            words.push_str(", ");
            words.push_str(&part);
        }
        words
    }
}

/// The most requests that a month may have: 10¹² a second, the most that a stated rate may be.
fn most_requests(month: Month) -> Decimal {
    Decimal::from(1_000_000_000_000_u64) * month.seconds_exact()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
