//! Reports as plain data: a serialisable shape for programs, and a document of blocks for readers.
//!
//! # A new shape
//!
//! Its JSON Schema follows from the struct, by [`json_schema_of`](crate::json_schema::json_schema_of), and a test holds every output to it. So a shape
//!
//! - derives `JsonSchema` beside `Serialize`, and so does every shape in it; a doc comment becomes the description of its field, for readers
//!   who know no Rust: no links, no paths;
//! - names the form of a text that has one: `#[schemars(with = "DecimalText")]` (or `Option<DecimalText>`) for amounts, `DayText` for
//!   days, `HashText` for hashes, all of [`crate::json_schema`];
//! - lists the words of a field that knows only these: `#[schemars(extend("enum" = ["ranked", "rejected"]))]`, also from a constant; the
//!   null of an `Option` is added by itself;
//! - is called as no other shape of the same output is (`#[schemars(rename = "…")]` otherwise);
//! - and, where it is a whole output, begins with `schema_version` (`extend("const" = SCHEMA_VERSION)`) and `kind`
//!   (`extend("const" = "comparison")`), and has a row in `weigh-cli/src/schemas.rs` under the name that is its `kind`.

mod account;
mod annual;
mod assumptions;
mod audit;
mod book;
mod break_even;
mod check;
mod commitments;
mod comparison;
mod comparison_document;
mod components;
mod coverage;
mod criteria;
mod currency;
mod decision;
mod diagram;
mod difference;
mod explanation;
mod focus;
mod groups;
mod import;
mod latency;
mod lines;
mod listing;
mod months;
mod parts;
mod policies;
mod prices;
mod ranges;
mod ranking;
mod reckoning;
mod recommendation;
mod rightsizing;
mod rules;
mod savings;
mod served;
mod service_names;
mod settings;
mod several;
mod sheets;
mod simulation;
mod supporting;
mod thresholds;
mod verification;
mod why_not;
mod workbook;

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::money::{change, dollars, number, percentage, sign};

pub use account::{AccountReport, InAccountReport, account_report};
pub use audit::{
    AuditReport, CauseReport, ClaimCheckReport, ClaimCounts, ClaimReport, DisagreementReport, DocumentCounts,
    FigureReport, NameReport, PlaceReport, ScenarioAuditReport, StatementReport, VERDICTS, audit_report,
};
pub use book::{
    AllowanceReport, Asked, BandReport, BaseReport, ChangeReport, DifferenceCounts, DifferenceReport,
    ListedPriceReport, NoPrice, NotOfferedReport, PriceIdReport, PriceIdsReport, PriceListReport,
    PriceReport, RegionRateReport, RegionRatesReport, RegionReport, RegionsReport, Scope, Selection, Side,
    SideReport, SourceReport, SpotReport, StateReport, VersionReport, difference_report, nearest_ids,
    price_ids_report, price_list_report, price_report, regions_report,
};
pub use break_even::{
    BestSpanReport, BestSpansReport, BreakEvenReport, FeasibleReport, LeaderSpanReport, SpanReport,
};
pub use check::{
    AgainstReport, CHECK_RULES, CheckCounts, CheckReport, CheckRule, CheckedChargeReport,
    CheckedScenarioReport, DriftCauseReport, FindingReport, FindingSeverity, FindingVerdict, check_rule,
};
pub use commitments::{
    CommitmentLevelReport, CommitmentReport, CommitmentsReport, OptionCommitmentsReport, commitments_report,
};
pub use comparison::{ComparisonReport, OptionReport, ScenarioReport, comparison_report};
pub use components::{ColdStartReport, ComponentReport};
pub use coverage::{
    CoverageReport, PlatformCoverageReport, RegionCoverageReport, ServiceCoverageReport, coverage_report,
};
pub use criteria::CriterionReport;
pub use currency::CurrencyReport;
pub use decision::{
    AcceptabilityReport, AlternativeAcceptability, CellReport, CheckReport as FormulaCheckReport,
    ChecksReport, ChosenReport, CorrelatedReport, DecisionReport, DominatedReport, FirmnessReport,
    LeadReport, MeasureReport, NearestWeightsReport, ReversalCase, ReversalReport, TornadoReport, TurnReport,
    ValueFlipReport, ViewReport, WeighedCriterion, WeightSpanReport, Wording,
};
pub use diagram::{
    Billing, DiagramEdge, DiagramGroup, DiagramNode, DiagramReport, EdgeKind, NodeKind, diagram_report,
    option_to_draw,
};
pub use difference::{
    AmountReport, ChargeDifferenceReport, ChargeSideReport, DifferenceSide, DifferenceSideReport,
    DifferencesReport, EffectReport, FlipReport, InputChangeReport, OptionDifferenceReport, OptionSideReport,
    RecommendationDifferenceReport, RecommendedReport, ScenarioCounts, ScenarioDifferenceReport,
    ScenariosDifferenceReport, TotalDifferenceReport,
};
pub use explanation::{ExplanationReport, ScoreReport, ServiceLevelReport, explanation_report};
pub use focus::{FocusAccount, FocusRefused, focus_sheet};
pub use groups::{ChargeGroupReport, GroupBy, TotalsReport};
pub use import::{ImportReport, ImportedFileReport, OutcomeReport, SkippedReport};
pub use latency::LatencyReport;
pub use lines::{ChargeReport, DiscountReport, MissingReport, NeedReport};
pub use listing::{
    ListedOptionReport, ListedScenarioReport, ListingReport, StatedCostReport, listed_scenario,
    listing_report,
};
pub use months::{
    MonthAmountReport, MonthChargeReasonReport, MonthChargeReport, MonthComparisonReport, MonthEndReport,
    MonthGroupReport, MonthRangesReport, MonthReasonReport, MonthReport, MonthTotalsReport,
    month_comparison_report,
};
pub use parts::{EnvironmentReport, PartReport};
pub use policies::PolicyReport;
pub use prices::{BookReport, PriceAgeReport};
pub use ranges::{
    AmountRange, OptionEndReport, OptionRangeReport, QuantityReport, RangesReport, as_expected,
};
pub use ranking::{
    CriterionLeftOutReport, Named, RankingReport, SourceTextReport, SourceWinnerReport, StarSumReport,
    StarsReport, UnrankedReport, WeightConsistencyReport, ranking_report,
};
pub use rightsizing::{
    PackingReport, ReservationReport, RightsizingReport, ServersReport, TogetherReport, rightsizing_report,
};
pub use rules::RuleReport;
pub use savings::{
    CombinedReport, ExclusionReport, OptionSavingsReport, SavingsReport, ScheduleReport, StrategyReport,
    savings_report,
};
pub use service_names::ServiceName;
pub use settings::{SettingReport, SettingsReport, settings_report};
pub use several::{AnyReport, FileReport, SeveralReports};
pub use sheets::Sheet;
pub use simulation::{
    AtLimitReport, ColdStartsReport, ComponentMonthReport, FleetMonthReport, HostsMonthReport, LoadReport,
    PointReport, RefusalReport, ReplacementReport, SaturationReport, SimulatedOptionReport, SimulationReport,
    TimelineReport, TimelineRow, simulation_report, timeline_report,
};
pub use supporting::SupportingReport;
pub use thresholds::ThresholdReport;
pub use verification::{GapReport, ProblemReport, VerificationReport, verification_report};
pub use why_not::{LostBy, WhyNotReport};
pub use workbook::{
    CellPlace, Estimate, Formula, MOST_SHEETS, NumberKind, RowRole, Workbook, WorkbookCell, WorkbookRow,
    WorkbookSheet, estimate, workbook,
};

/// The version of the JSON shapes; it grows whenever a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// A report for readers: blocks in their order, for any renderer to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// The document's title.
    Title(String),
    /// The heading of what follows.
    Heading(String),
    /// Running text.
    Paragraph(String),
    /// Points, one a line.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// Amounts with the reckoning behind each.
    Ledger(Ledger),
    /// Values along an axis.
    Chart(Chart),
    /// What may be folded away under a line that says what it is; where nothing folds, the line is a heading.
    Details {
        /// The line.
        summary: String,
        /// What stands under it, none of them a heading.
        blocks: Vec<Block>,
    },
}

/// Values along an axis, one panel below the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What stands along the axis: `hour of the day, UTC`.
    pub axis: &'static str,
    /// The number of the first column.
    pub first: u32,
    /// Every so many columns one is labelled.
    pub every: usize,
    /// The panels, which have a value for each column.
    pub panels: Vec<Panel>,
}

/// Bars, and a line over them.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The bars.
    pub bars: Series,
    /// The line, on the scale of the bars.
    pub line: Option<Series>,
    /// The value at the top of the panel, above 0.
    pub top: f64,
    /// Lines of text that the panel takes.
    pub height: usize,
}

/// Values with their name.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What they are, their unit and their range: `requests/s, 0.9 to 4.4`.
    pub legend: String,
    /// A value for each column, each at least 0.
    pub values: Vec<f64>,
}

/// Amounts with the reckoning behind each, told twice: as entries to read, and as a table to compute with.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// The entries, the sum last.
    pub entries: Vec<Entry>,
    /// The same as a table.
    pub table: Table,
}

/// An amount and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is for.
    pub title: String,
    /// The amount.
    pub amount: Cell,
    /// The reckoning, a line each.
    pub lines: Vec<String>,
}

/// A table: every row has a cell for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The columns' headings.
    pub columns: Vec<Cow<'static, str>>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table with these headings.
    #[must_use]
    pub fn new<Heading: Into<Cow<'static, str>>>(columns: Vec<Heading>, rows: Vec<Vec<Cell>>) -> Table {
        Table { columns: columns.into_iter().map(Into::into).collect(), rows }
    }
}

/// A cell: a value with its kind, for a renderer to format.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// US dollars, shown to the cent.
    Dollars(Decimal),
    /// US dollars, shown with up to six places.
    ExactDollars(Decimal),
    /// US dollars that something adds up to, shown with all their digits.
    Sum(Decimal),
    /// US dollars for one unit, shown with all their digits.
    Rate(Decimal),
    /// What US dollars for one unit grew by, with its sign and all its digits.
    Change(Decimal),
    /// US dollars that something grew by, with a sign.
    Delta {
        /// Exactly.
        exact: Decimal,
        /// To the cent, in a way that a column adds up.
        shown: Decimal,
    },
    /// What something grew by in percent, with its sign.
    Percent(Decimal),
    /// A number, shown with at most six places.
    Number(Decimal),
    /// A measured number: what a reader sees, and the value.
    Measured(String, f64),
    /// An amount in another currency, as it is read.
    Converted(String),
    /// Nothing to show, and why in a word.
    Absent(&'static str),
}

impl Cell {
    /// The cell as a reader sees it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) | Cell::Converted(text) => text.clone(),
            Cell::Dollars(amount) => dollars(*amount),
            Cell::ExactDollars(amount) => exact_dollars(*amount, 6),
            Cell::Sum(amount) => exact_dollars(*amount, Decimal::MAX_SCALE),
            Cell::Rate(rate) => format!("${}", rate.normalize()),
            Cell::Change(amount) => format!("{}${}", sign(*amount), amount.abs().normalize()),
            Cell::Delta { exact, shown } => change(*exact, *shown),
            Cell::Percent(percent) => format!("{}{} %", sign(*percent), percentage(percent.abs())),
            Cell::Number(value) => number(*value, 6),
            Cell::Measured(shown, _) => shown.clone(),
            Cell::Absent(word) => (*word).to_owned(),
        }
    }

    /// Whether the cell is a number, and so belongs to the right.
    #[must_use]
    pub fn is_number(&self) -> bool {
        !matches!(self, Cell::Text(_) | Cell::Absent(_))
    }
}

/// Dollars with as many places as they have, at least two and at most so many: `$72.0802`.
fn exact_dollars(amount: Decimal, most: u32) -> String {
    let shown = amount.round_dp(most).normalize();
    match shown.scale() < 2 {
        true => dollars(shown),
        false => format!("${}", number(shown, most)),
    }
}

/// A decimal string of a report as the decimal that it was made from.
fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}
