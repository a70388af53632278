//! The month step by step: a row for each step of each fleet, alike for fleets and for servers of each request.

use schemars::JsonSchema;
use serde::Serialize;

use super::{SCHEMA_VERSION, Sheet, fleet_names};
use crate::capacity::{Moment, RequestMoment, whole};
use crate::compare::{OptionMonth, SimulatedOption, Steps};
use crate::scenario::Scenario;

/// A month step by step, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct TimelineReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `timeline`.
    #[schemars(extend("const" = "timeline"))]
    pub kind: &'static str,
    /// The scenario's name.
    pub scenario: String,
    /// The option's name.
    pub option: String,
    /// The seed of what was drawn at random.
    pub seed: u64,
    /// The steps in the order of time; of one step the fleets in their order.
    pub rows: Vec<TimelineRow>,
}

/// One step of a fleet, or of the servers of a component that has one for each request.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct TimelineRow {
    /// Start of the step, in seconds from the start of the month.
    pub start_s: f64,
    /// Length of the step, in seconds.
    pub step_s: f64,
    /// Day of the month, from 1, in UTC.
    pub day: u32,
    /// Time of the day at which the step starts, in UTC: `14:05:00`.
    pub time: String,
    /// The fleet: the names of the components in it.
    pub fleet: String,
    /// Requests a second that came.
    pub rate_per_s: f64,
    /// Replicas that served; for servers of each request those in service, on average.
    pub running: f64,
    /// Replicas that served or started; for servers of each request those in service, and those warm and idle.
    pub present: f64,
    /// Replicas that there should be at the end of the step; null for servers of each request.
    pub desired: Option<u32>,
    /// Requests a second that could have been served.
    pub capacity_per_s: f64,
    /// The share of the capacity that was asked for; above 1 more came; null when there was no capacity.
    pub utilisation: Option<f64>,
    /// Busy share of the processors; null for servers of each request.
    pub processor_utilisation: Option<f64>,
    /// Requests left waiting at the end of the step.
    pub waiting: f64,
    /// Requests dropped or refused in the step.
    pub dropped: f64,
    /// Hosts that ran or started; null where there are none.
    pub hosts: Option<u32>,
    /// Servers kept ready; null for fleets.
    pub ready: Option<u32>,
}

/// The timeline of a simulated option; without rows when there is no month.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{simulate_option, vocabulary};
/// use weigh_core::report::timeline_report;
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let simulated = simulate_option(&scenario, &catalog, &book, "fargate", 1, false).unwrap();
/// let rows = timeline_report(&scenario, &simulated).rows;
/// assert_eq!(rows.len(), 730 * 60);
/// assert_eq!((rows[1440].day, rows[1440].time.as_str()), (2, "00:00:00"));
/// ```
#[must_use]
pub fn timeline_report(scenario: &Scenario, simulated: &SimulatedOption) -> TimelineReport {
    TimelineReport {
        schema_version: SCHEMA_VERSION,
        kind: "timeline",
        scenario: scenario.header.name.clone(),
        option: simulated.name.clone(),
        seed: simulated.seed,
        rows: simulated.month.as_ref().map(|month| rows(scenario, month)).unwrap_or_default(),
    }
}

/// A row for each step.
pub(super) fn rows(scenario: &Scenario, month: &OptionMonth) -> Vec<TimelineRow> {
    let names = fleet_names(scenario, &month.setup);
    let name = |index: usize| names.get(index).cloned().unwrap_or_default();
    match &month.steps {
        Steps::Fleets(moments) => moments.iter().map(|moment| of_fleet(moment, name(moment.fleet))).collect(),
        Steps::PerRequest(components) => {
            let steps = components.iter().map(Vec::len).max().unwrap_or(0);
            let each =
                (0..steps).flat_map(|step| components.iter().map(move |all| all.get(step)).enumerate());
            each.filter_map(|(index, moment)| Some(of_requests(moment?, name(index)))).collect()
        }
    }
}

pub(super) fn of_fleet(moment: &Moment, fleet: String) -> TimelineRow {
    let (day, time) = day_and_time(moment.start_s);
    TimelineRow {
        start_s: moment.start_s,
        step_s: moment.step_s,
        day,
        time,
        fleet,
        rate_per_s: moment.rate_per_s,
        running: f64::from(moment.running),
        present: f64::from(moment.present),
        desired: Some(moment.desired),
        capacity_per_s: moment.capacity_per_s,
        utilisation: Some(moment.utilisation).filter(|share| share.is_finite()),
        processor_utilisation: Some(moment.processor_utilisation),
        waiting: moment.waiting,
        dropped: moment.dropped,
        hosts: Some(moment.hosts).filter(|hosts| *hosts > 0),
        ready: None,
    }
}

fn of_requests(moment: &RequestMoment, fleet: String) -> TimelineRow {
    let (day, time) = day_and_time(moment.start_s);
    TimelineRow {
        start_s: moment.start_s,
        step_s: moment.step_s,
        day,
        time,
        fleet,
        rate_per_s: moment.rate_per_s,
        running: moment.concurrency,
        present: moment.concurrency + moment.idle,
        desired: None,
        capacity_per_s: moment.capacity_per_s,
        utilisation: Some(moment.utilisation).filter(|share| share.is_finite()),
        processor_utilisation: None,
        waiting: 0.0,
        dropped: moment.refused,
        hosts: None,
        ready: Some(moment.ready),
    }
}

/// The day of the month, from 1, and the time of the day, in UTC.
pub(super) fn day_and_time(start_s: f64) -> (u32, String) {
    let seconds = whole(start_s + 1e-6);
    let (day, within) = (seconds / 86_400, seconds % 86_400);
    let time = format!("{:02}:{:02}:{:02}", within / 3_600, within / 60 % 60, within % 60);
    (day + 1, time)
}

impl TimelineReport {
    /// The steps as a table for programs.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "start_s",
            "step_s",
            "day",
            "time",
            "fleet",
            "rate_per_s",
            "running",
            "present",
            "desired",
            "capacity_per_s",
            "utilisation",
            "processor_utilisation",
            "waiting",
            "dropped",
            "hosts",
            "ready",
        ];
        Sheet { columns, rows: self.rows.iter().map(TimelineRow::values).collect() }
    }
}

impl TimelineRow {
    fn values(&self) -> Vec<String> {
        fn shown<T: ToString>(value: Option<T>) -> String {
            value.map_or(String::new(), |value| value.to_string())
        }
        vec![
            self.start_s.to_string(),
            self.step_s.to_string(),
            self.day.to_string(),
            self.time.clone(),
            self.fleet.clone(),
            self.rate_per_s.to_string(),
            self.running.to_string(),
            self.present.to_string(),
            shown(self.desired),
            self.capacity_per_s.to_string(),
            shown(self.utilisation),
            shown(self.processor_utilisation),
            self.waiting.to_string(),
            self.dropped.to_string(),
            shown(self.hosts),
            shown(self.ready),
        ]
    }
}
