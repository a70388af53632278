//! One option's month as a report: what came and what became of it, replicas, limits, failures, and the load day by day.

mod build;
mod document;
mod findings;
mod fleets;
mod load;
mod sheet;
mod timeline;
pub(super) mod words;

use schemars::JsonSchema;
use serde::Serialize;

use super::comparison::scenario_report;
use super::lines::{MissingReport, NeedReport};
use super::{BookReport, LatencyReport, SCHEMA_VERSION, ScenarioReport, Sheet};
use crate::compare::{SimulatedOption, Verdict};
use crate::json_schema::DecimalText;
use crate::platforms::{Platform, Setup};
use crate::scenario::Scenario;

pub use fleets::{
    AtLimitReport, FleetMonthReport, HostsMonthReport, RefusalReport, ReplacementReport, SaturationReport,
};
pub use load::{LoadReport, PointReport};
pub use timeline::{TimelineReport, TimelineRow, timeline_report};

/// A simulated month for programs. Amounts are decimal strings; times end in their unit; shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SimulationReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `simulation`.
    #[schemars(extend("const" = "simulation"))]
    pub kind: &'static str,
    /// The price book that answered.
    pub book: BookReport,
    /// What was simulated, where and when.
    pub scenario: ScenarioReport,
    /// The option, and what its month comes to.
    pub option: SimulatedOptionReport,
    /// The seed of what was drawn at random.
    pub seed: u64,
    /// Whether nothing changes over the month, so that cost, latency and cold starts are those of the long run.
    pub steady: bool,
    /// What each component did; empty when there is no deployment.
    pub components: Vec<ComponentMonthReport>,
    /// The fleets; empty for servers of each request.
    pub fleets: Vec<FleetMonthReport>,
    /// The hosts beneath them; null where there are none.
    pub hosts: Option<HostsMonthReport>,
    /// The load of each fleet, or of each component with servers of each request.
    pub load: Vec<LoadReport>,
    /// What the month shows, in sentences: saturation, limits, refusals, credits, failures.
    pub findings: Vec<String>,
}

/// The option, and what its month comes to.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SimulatedOptionReport {
    /// The option's name.
    pub name: String,
    /// The platform's id.
    pub platform: &'static str,
    /// `simulated`, `rejected` (it fails needs) or `unpriced`.
    #[schemars(extend("enum" = ["simulated", "rejected", "unpriced"]))]
    pub status: &'static str,
    /// The deployment's size; null when none was proposed.
    pub size: Option<String>,
    /// US dollars a month.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
    /// The same without the account's free allowances.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost_without_allowances: Option<String>,
    /// Latency at the slowest component; null when overloaded.
    pub latency: Option<LatencyReport>,
    /// The share of the requests that wait for a start.
    pub cold_start_share: Option<f64>,
    /// The needs that it fails.
    pub failed_needs: Vec<NeedReport>,
    /// The prices that it lacks.
    pub missing_prices: Vec<MissingReport>,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// What one component did in the month.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ComponentMonthReport {
    /// The component's name.
    pub component: String,
    /// Requests that came.
    pub arrived: f64,
    /// Requests that were served.
    pub served: f64,
    /// Requests that were dropped as they would have waited too long, or refused at a limit.
    pub dropped: f64,
    /// Requests still waiting when the month ended.
    pub waiting: f64,
    /// Requests that came while more came than could be served, or behind a backlog.
    pub delayed: f64,
    /// Latency over all requests served; null when overloaded.
    pub latency: Option<LatencyReport>,
    /// The highest share of the capacity that was used in a step.
    pub utilisation_highest: f64,
    /// Requests in service at once, on average.
    pub mean_concurrency: f64,
    /// The share of the requests that waited for a start.
    pub cold_start_share: f64,
    /// Cold starts of servers for each request; null for fleets.
    pub cold_starts: Option<ColdStartsReport>,
}

/// Cold starts of servers that each serve one request.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ColdStartsReport {
    /// `formula`, or `events`: requests simulated one by one.
    #[schemars(extend("enum" = ["formula", "events"]))]
    pub method: &'static str,
    /// Requests that were simulated; null with the formula.
    pub simulated_requests: Option<u64>,
    /// Half the width of the 95 % interval of the share; null with the formula.
    pub half_width: Option<f64>,
    /// The latency if no request waited for a start.
    pub latency_without: LatencyReport,
    /// Warm servers that idle, on average.
    pub mean_idle: f64,
    /// Servers kept ready, on average.
    pub mean_ready: f64,
    /// The highest mean concurrency in a step.
    pub peak_concurrency: f64,
    /// Requests refused; null when there were none.
    pub refusal: Option<RefusalReport>,
}

/// Builds the report of a simulated option.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{simulate_option, vocabulary};
/// use weigh_core::report::simulation_report;
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "10/s", peak_hours = "09:00-17:00", peak_factor = 5 }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let simulated = simulate_option(&scenario, &catalog, &book, "fargate", 1, false).unwrap();
/// let report = simulation_report(&scenario, &simulated);
/// assert!((report.components[0].arrived - 26_280_000.0).abs() < 1.0);
/// assert!(report.fleets[0].scalings > 0);
/// ```
#[must_use]
pub fn simulation_report(scenario: &Scenario, simulated: &SimulatedOption) -> SimulationReport {
    let mut report = SimulationReport {
        schema_version: SCHEMA_VERSION,
        kind: "simulation",
        book: BookReport::from(&simulated.book),
        scenario: scenario_report(scenario, simulated.as_of),
        option: SimulatedOptionReport::empty(&simulated.name, simulated.platform),
        seed: simulated.seed,
        steady: false,
        components: Vec::new(),
        fleets: Vec::new(),
        hosts: None,
        load: Vec::new(),
        findings: Vec::new(),
    };
    match &simulated.month {
        Ok(month) => build::add_month(&mut report, scenario, simulated.platform, month),
        Err(Verdict::Unpriced { size, missing }) => {
            report.option.status = "unpriced";
            report.option.size = Some(size.clone());
            report.option.missing_prices = missing.iter().map(MissingReport::from).collect();
        }
        Err(Verdict::NotExact(why)) => {
            report.option.status = "unpriced";
            report.option.notes.push(why.clone());
        }
        Err(Verdict::Rejected { needs, .. }) => {
            report.option.status = "rejected";
            report.option.failed_needs = needs.iter().map(NeedReport::from).collect();
        }
        // Only a comparison ranks.
        Err(Verdict::Ranked(_)) => {}
    }
    report
}

impl SimulatedOptionReport {
    fn empty(name: &str, platform: &Platform) -> SimulatedOptionReport {
        SimulatedOptionReport {
            name: name.to_owned(),
            platform: platform.id,
            status: "simulated",
            size: None,
            monthly_cost: None,
            monthly_cost_without_allowances: None,
            latency: None,
            cold_start_share: None,
            failed_needs: Vec::new(),
            missing_prices: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// The names of the fleets: of the components that each of them serves.
fn fleet_names(scenario: &Scenario, setup: &Setup) -> Vec<String> {
    let mut components = scenario.components.iter().map(|component| component.name.clone());
    match setup {
        Setup::PerRequest(_) => components.collect(),
        Setup::Fleets { fleets, .. } => {
            let each = fleets.iter().map(|fleet| {
                let own: Vec<String> = components.by_ref().take(fleet.services.len()).collect();
                own.join(" + ")
            });
            each.collect()
        }
    }
}

#[cfg(test)]
#[path = "simulation_tests.rs"]
mod tests;
