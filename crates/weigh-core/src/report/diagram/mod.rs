//! The architecture of an option as a picture: nodes with their monthly cost, groups around them, and edges between them.

mod charges;
mod draft;
mod edges;
mod nodes;
mod rows;
mod servers;
mod told;

use schemars::JsonSchema;
use serde::Serialize;

use super::comparison::scenario_report;
use super::lines::MissingReport;
use super::{BookReport, NeedReport, PriceAgeReport, SCHEMA_VERSION, ScenarioReport};
use crate::bill::Charge;
use crate::compare::{Compared, Comparison, Verdict};
use crate::evaluate::Evaluation;
use crate::json_schema::DecimalText;
use crate::scenario::Scenario;

pub use rows::NodeKind;

/// The picture of an option, for programs and for renderers. Amounts are decimal strings in US dollars.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct DiagramReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `diagram`.
    #[schemars(extend("const" = "diagram"))]
    pub kind: &'static str,
    /// The price book that answered.
    pub book: BookReport,
    /// How old and how well known the prices of the option are; null when it has no bill.
    pub prices: Option<PriceAgeReport>,
    /// What was compared, where and when.
    pub scenario: ScenarioReport,
    /// The name of the option.
    pub option: String,
    /// The platform's id.
    pub platform: &'static str,
    /// `ranked`, `rejected` or `unpriced`.
    #[schemars(extend("enum" = ["ranked", "rejected", "unpriced"]))]
    pub status: &'static str,
    /// The rank, from 1.
    pub rank: Option<usize>,
    /// The title: scenario, option, and the cost of the month.
    pub title: String,
    /// What a reader should know beside the picture, a sentence or two each.
    pub remarks: Vec<String>,
    /// US dollars a month; null where it has no bill.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
    /// The needs that it fails.
    pub failed_needs: Vec<NeedReport>,
    /// The prices that it lacks.
    pub missing_prices: Vec<MissingReport>,
    /// What stands around nodes, outer ones before those within.
    pub groups: Vec<DiagramGroup>,
    /// The nodes.
    pub nodes: Vec<DiagramNode>,
    /// The edges: what passes requests on or uses something.
    pub edges: Vec<DiagramEdge>,
}

/// What stands around nodes.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct DiagramGroup {
    /// Its id, unique among nodes and groups: `g1`.
    pub id: String,
    /// `environment`, `platform` or `zone`.
    #[schemars(extend("enum" = ["environment", "platform", "zone"]))]
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// The id of the group that it stands in; null for an outermost one.
    pub group: Option<String>,
}

/// A node, with what it costs. Each charge of the bill is on exactly one node.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct DiagramNode {
    /// Its id, unique among nodes and groups: `n1`.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
    /// Its title.
    pub title: String,
    /// What is said of it below, a line each: sizes, counts, zones.
    pub details: Vec<String>,
    /// The id of the group that it stands in; null where it stands in none.
    pub group: Option<String>,
    /// The environment that it belongs to; empty where there is only one.
    pub environment: String,
    /// Whether and how it is paid for.
    pub billing: Billing,
    /// US dollars a month: the exact sum of its charges; null where none is on it.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
    /// The cost as it is read, or why there is none; empty where nothing is to be said.
    pub cost: String,
    /// What must be known of its prices, such as `unverified` or `borrowed from us-east-1`.
    pub marks: Vec<String>,
    /// The places of its charges in the bill, from 0.
    pub charges: Vec<usize>,
}

/// Whether and how a node is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Billing {
    /// By charges of the bill.
    Charged,
    /// Within the price of the servers.
    Included,
    /// The scenario switches it off, and so it is not in the bill.
    Off,
    /// It has a price that is not known.
    Unpriced,
    /// Nothing is charged for it.
    None,
}

/// An edge between two nodes, or between a group and a node.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct DiagramEdge {
    /// The id of the node or the group where it begins.
    pub from: String,
    /// The id of the node or the group where it ends.
    pub to: String,
    /// What it says.
    pub kind: EdgeKind,
}

/// What an edge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EdgeKind {
    /// Requests come this way.
    Request,
    /// The first uses the second, or may call it.
    Use,
    /// The first stands on the second, or consists of it.
    Stand,
}

/// The option whose picture is asked for when none is named: the recommended one; where none meets the needs, the first with
/// a deployment, and where there is none either, the first that can't be priced.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::{compare, vocabulary}, report::option_to_draw, scenario::Scenario};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// # let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "lightsail", power = "nano" }, { platform = "fargate", tasks = 2 }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let comparison = compare(&scenario, &catalog, &book).unwrap();
/// assert_eq!(option_to_draw(&comparison).unwrap().name, "fargate");
/// ```
#[must_use]
pub fn option_to_draw(comparison: &Comparison) -> Option<&Compared> {
    let recommended = comparison.ranked().next().map(|(option, _)| option);
    let first =
        |wanted: fn(&Verdict) -> bool| comparison.options.iter().find(|option| wanted(&option.verdict));
    recommended
        .or_else(|| first(|verdict| matches!(verdict, Verdict::Rejected { nearest: Some(_), .. })))
        .or_else(|| first(|verdict| matches!(verdict, Verdict::Unpriced { .. } | Verdict::NotExact(_))))
}

/// Builds the picture of an option of a comparison; nothing where its platform has no deployment at all.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::{compare, vocabulary}, report::diagram_report, scenario::Scenario};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// # let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let comparison = compare(&scenario, &catalog, &book).unwrap();
/// let diagram = diagram_report(&scenario, &comparison, &comparison.options[0]).unwrap();
/// let api = diagram.nodes.iter().find(|node| node.title == "api").unwrap();
/// assert_eq!(api.details, ["2 tasks × 0.5 vCPU, 1 GB"]);
/// ```
#[must_use]
pub fn diagram_report(
    scenario: &Scenario,
    comparison: &Comparison,
    option: &Compared,
) -> Option<DiagramReport> {
    let (status, rank, evaluation) = match &option.verdict {
        Verdict::Ranked(ranked) => ("ranked", Some(ranked.rank), Some(&ranked.evaluation)),
        Verdict::Rejected { nearest: Some(nearest), .. } => ("rejected", None, Some(nearest.as_ref())),
        Verdict::Rejected { nearest: None, .. } => return None,
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => ("unpriced", None, None),
    };
    let (failed_needs, missing_prices) = told::refusals(option);
    let draft = match evaluation {
        Some(evaluation) => draft::of_evaluation(scenario, option.platform, evaluation),
        None => draft::without_prices(scenario, option),
    };
    let (groups, nodes, edges) = draft.finish(scenario);
    let total = |evaluation: &Evaluation| evaluation.bill.total().normalize().to_string();
    let mut report = DiagramReport {
        schema_version: SCHEMA_VERSION,
        kind: "diagram",
        book: BookReport::from(&comparison.book),
        prices: evaluation.and_then(|known| {
            let charges: Vec<&Charge> = known.bill.charges().iter().collect();
            PriceAgeReport::of_charges(&charges, comparison.as_of)
        }),
        scenario: scenario_report(scenario, comparison.as_of),
        option: option.name.clone(),
        platform: option.platform,
        status,
        rank,
        title: told::title(scenario, option, evaluation),
        remarks: Vec::new(),
        monthly_cost: evaluation.map(total),
        failed_needs,
        missing_prices,
        groups,
        nodes,
        edges,
    };
    report.remarks = told::remarks(&report, comparison, option, scenario);
    Some(report)
}
