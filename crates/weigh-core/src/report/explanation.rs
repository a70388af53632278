//! One option explained: how it serves, and every charge as its factors × rate = cost, with source and date.

use schemars::JsonSchema;
use serde::Serialize;

use super::commitments::commitments_table;
use super::comparison::{option_report, scenario_report};
use super::groups::{self, ChargeGroupReport, GroupBy, TotalsReport};
use super::lines::ChargeReport;
use super::reckoning::{charge_row, entry};
use super::{
    Block, BookReport, Cell, ComponentReport, Document, Entry, LatencyReport, Ledger, OptionReport,
    PriceAgeReport, RangesReport, SCHEMA_VERSION, ScenarioReport, Table, annual, decimal, parts, ranges,
    supporting,
};
use crate::bill::Charge;
use crate::catalog::Catalog;
use crate::compare::{Compared, Comparison, Ranked, Verdict};
use crate::criteria::{CRITERIA, show_seconds, show_share};
use crate::money::dollars;
use crate::platforms::ServiceLevel;
use crate::scenario::Scenario;

/// One option explained, for programs; the fields of the option are those of a comparison.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ExplanationReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `explanation`.
    #[schemars(extend("const" = "explanation"))]
    pub kind: &'static str,
    /// The price book that answered.
    pub book: BookReport,
    /// How old and how well known the prices of the option are; null when it has no bill.
    pub prices: Option<PriceAgeReport>,
    /// What was compared, where and when.
    pub scenario: ScenarioReport,
    /// The option.
    pub option: OptionReport,
    /// What its charges are grouped by: `component`, `service`, `tag` or `environment`; null when they stand in
    /// the order of metering.
    #[schemars(extend("enum" = GroupBy::ALL.map(GroupBy::word)))]
    pub grouped_by: Option<&'static str>,
    /// The groups; empty when the charges are not grouped.
    pub groups: Vec<ChargeGroupReport>,
    /// What each component, service and tag costs.
    pub totals: TotalsReport,
    /// How each component serves.
    pub components: Vec<ComponentReport>,
    /// The promises that it depends on, in series.
    pub service_levels: Vec<ServiceLevelReport>,
    /// How the score comes about, criterion by criterion.
    pub score: Vec<ScoreReport>,
    /// What the annual costs rest on.
    pub annual_basis: String,
    /// What the scenario's ranges come to; left out where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranges: Option<RangesReport>,
}

/// A promise of AWS.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ServiceLevelReport {
    /// What is promised to be up.
    pub what: String,
    /// The promised share of the month; null when it is not known.
    pub share: Option<f64>,
    /// Where it is promised.
    pub source: String,
    /// `derived` when AWS promises nothing for exactly this.
    pub mark: String,
}

/// What a criterion adds to the score.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ScoreReport {
    /// The criterion's id.
    pub criterion: String,
    /// Its name in prose.
    pub title: &'static str,
    /// The option's value, as a number in the criterion's unit.
    pub value: f64,
    /// The value as it is read.
    pub shown: String,
    /// What the value is worth, 0 to 1.
    pub worth: f64,
    /// The criterion's share of the weights.
    pub weight: f64,
    /// Worth times weight.
    pub adds: f64,
    /// Where the value is from, when it is not computed.
    pub sources: Vec<String>,
}

/// Builds the explanation of an option of a comparison.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{compare, vocabulary};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }, { platform = "lightsail", power = "nano" }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// use weigh_core::report::explanation_report;
/// let comparison = compare(&scenario, &catalog, &book).unwrap();
/// let explained = explanation_report(&scenario, &catalog, &comparison, &comparison.options[0]);
/// assert_eq!(explained.option.charges[0].formula, "2 tasks × 0.5 vCPU × 730 hours");
/// ```
#[must_use]
pub fn explanation_report(
    scenario: &Scenario,
    catalog: &Catalog,
    comparison: &Comparison,
    option: &Compared,
) -> ExplanationReport {
    let (evaluation, score) = match &option.verdict {
        Verdict::Ranked(ranked) => {
            (Some(&ranked.evaluation), score(comparison, scenario, catalog, option.platform, ranked))
        }
        Verdict::Rejected { nearest, .. } => (nearest.as_deref(), Vec::new()),
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => (None, Vec::new()),
    };
    let level = |level: &ServiceLevel| ServiceLevelReport {
        what: level.what.clone(),
        share: level.share,
        source: catalog.source_title(&level.source).to_owned(),
        mark: level.mark.clone(),
    };
    ExplanationReport {
        schema_version: SCHEMA_VERSION,
        kind: "explanation",
        book: BookReport::from(&comparison.book),
        prices: evaluation.and_then(|known| {
            let charges: Vec<&Charge> = known.bill.charges().iter().collect();
            PriceAgeReport::of_charges(&charges, comparison.as_of)
        }),
        scenario: scenario_report(scenario, comparison.as_of),
        option: option_report(option, catalog, scenario),
        grouped_by: None,
        groups: Vec::new(),
        totals: evaluation.map(|known| TotalsReport::of(&known.bill, scenario)).unwrap_or_default(),
        components: evaluation.map(ComponentReport::of).unwrap_or_default(),
        service_levels: evaluation
            .map(|known| known.service_levels.iter().map(level).collect())
            .unwrap_or_default(),
        score,
        annual_basis: annual::basis(scenario),
        ranges: None,
    }
}

/// The source of a trait, and its mark.
fn origin(scenario: &Scenario, catalog: &Catalog, platform: &str, name: &str) -> Option<String> {
    let known = scenario.trait_of(catalog, platform, name)?;
    let mark = if known.mark.is_empty() { String::new() } else { format!(" ({})", known.mark) };
    Some(format!("{}{mark}", catalog.source_title(&known.source)))
}

fn score(
    comparison: &Comparison,
    scenario: &Scenario,
    catalog: &Catalog,
    platform: &str,
    ranked: &Ranked,
) -> Vec<ScoreReport> {
    let total: f64 = comparison.columns.iter().map(|column| column.weight).sum();
    let rows = comparison.columns.iter().zip(&ranked.values).zip(&ranked.contributions);
    let report = rows.filter_map(|((column, value), adds)| {
        let criterion = CRITERIA.iter().find(|criterion| criterion.id == column.criterion)?;
        Some(ScoreReport {
            criterion: column.criterion.clone(),
            title: criterion.title,
            value: *value,
            shown: criterion.show(*value),
            worth: column.worth_of(*value).unwrap_or_default(),
            weight: column.weight / total,
            adds: *adds,
            sources: criterion
                .traits
                .iter()
                .filter_map(|name| origin(scenario, catalog, platform, name))
                .collect(),
        })
    });
    report.collect()
}

impl ExplanationReport {
    /// The same with its charges in groups, each with its sum; what belongs to none stands last.
    #[must_use]
    pub fn grouped_by(self, by: GroupBy) -> ExplanationReport {
        ExplanationReport { grouped_by: Some(by.word()), groups: self.totals.by(by).to_vec(), ..self }
    }

    /// The explanation as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let option = &self.option;
        let mut blocks = vec![
            Block::Title(format!("{}: {}", self.scenario.name, option.name)),
            Block::Paragraph(self.opening()),
        ];
        blocks.extend(self.scenario.origin().map(Block::Paragraph));
        if option.status == "unpriced" {
            blocks.extend([Block::Heading("Cannot be priced".to_owned()), Block::List(option.absences())]);
            if let Some(told) = &self.ranges {
                ranges::blocks(told, &[option], &mut blocks);
            }
            return Document { blocks };
        }
        if !option.failed_needs.is_empty() {
            blocks.extend([Block::Heading("Rejected".to_owned()), Block::List(option.failures())]);
        }
        blocks.extend(parts::blocks(&option.parts, &option.environments));
        if !option.charges.is_empty() {
            self.add_charges(&mut blocks);
        }
        if !option.commitments.is_empty() {
            let table = commitments_table(&option.commitments);
            blocks.extend([Block::Heading("Commitments".to_owned()), Block::Table(table)]);
        }
        if !option.supporting_services.is_empty() {
            let table = supporting::table(&option.supporting_services);
            blocks.extend([Block::Heading("Supporting services".to_owned()), Block::Table(table)]);
        }
        if let Some(told) = &self.ranges {
            ranges::blocks(told, &[option], &mut blocks);
        }
        if !self.components.is_empty() {
            blocks.extend([Block::Heading("Serving".to_owned()), Block::Table(self.serving_table())]);
            let cold: Vec<String> =
                self.components.iter().filter_map(ComponentReport::cold_start_sentence).collect();
            if !cold.is_empty() {
                blocks.push(Block::List(cold));
            }
            blocks.extend([Block::Heading("Availability".to_owned()), Block::Paragraph(self.availability())]);
        }
        if !self.score.is_empty() {
            blocks.extend([Block::Heading("Score".to_owned()), Block::Table(self.score_table())]);
            blocks.extend(self.origins().map(Block::List));
        }
        let mut notes = option.notes.clone();
        if option.monthly_cost.is_some() && self.annual_basis != annual::PLAIN {
            notes.push(self.annual_basis.clone());
        }
        if !notes.is_empty() {
            blocks.extend([Block::Heading("Notes".to_owned()), Block::List(notes)]);
        }
        let assumed = self.scenario.stated_assumptions();
        if !assumed.is_empty() {
            blocks.extend([Block::Heading("Assumptions".to_owned()), Block::List(assumed)]);
        }
        Document { blocks }
    }

    fn opening(&self) -> String {
        let (scenario, option) = (&self.scenario, &self.option);
        let mut parts: Vec<String> = option.size.iter().cloned().collect();
        let total = |cost: &str| {
            let cost = decimal(cost);
            let also = scenario.currency.as_ref().map(|currency| format!(" = {}", currency.shown(cost)));
            dollars(cost) + &also.unwrap_or_default()
        };
        if let (Some(cost), Some(list)) = (&option.monthly_cost, &option.monthly_cost_without_allowances) {
            let saved = match cost == list {
                true => String::new(),
                false => format!(" ({} before free allowances)", dollars(decimal(list))),
            };
            parts.push(format!("{} {}{saved}", total(cost), scenario.span()));
        }
        if let (Some(year), Some(years)) = (&option.annual_cost, &option.three_year_cost) {
            parts.push(format!("{} a year, {} in three", total(year), total(years)));
        }
        parts.extend([option.platform.to_owned(), scenario.region.clone()]);
        parts.extend([format!("prices of {}", scenario.as_of), scenario.billed_time()]);
        parts.join(" · ")
    }

    fn add_charges(&self, blocks: &mut Vec<Block>) {
        let mut sources: Vec<&str> = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        for charge in &self.option.charges {
            let known = sources.iter().position(|source| *source == charge.source);
            let place = known.unwrap_or(sources.len());
            if known.is_none() {
                sources.push(&charge.source);
            }
            entries.push(entry(charge, place + 1));
        }
        let total = self.option.monthly_cost.as_deref().map(decimal).unwrap_or_default();
        let total = Entry {
            title: "Total".to_owned(),
            amount: Cell::Sum(total),
            lines: match &self.scenario.currency {
                Some(currency) => vec![format!("{} {}", currency.shown(total), currency.origin())],
                None => Vec::new(),
            },
        };
        let columns =
            vec!["charge", "metered", "quantity", "× rate", groups::COST, "price id", "source, seen"];
        let place = |charge: &ChargeReport| {
            sources.iter().position(|source| *source == charge.source).unwrap_or(0) + 1
        };
        let rows = self.option.charges.iter().map(|charge| charge_row(charge, place(charge)));
        let mut table = Table::new(columns, rows.collect());
        match self.grouped_by.and_then(|word| word.parse().ok()) {
            Some(by) => blocks.extend(groups::blocks(by, &self.groups, &entries, &table, total)),
            None => {
                table.rows.push(groups::sum_row(&table, &total.title, total.amount.clone()));
                entries.push(total);
                blocks
                    .extend([Block::Heading("Charges".to_owned()), Block::Ledger(Ledger { entries, table })]);
            }
        }
        let listed = sources.iter().enumerate().map(|(index, source)| format!("[{}] {source}", index + 1));
        blocks.extend([Block::Heading("Sources".to_owned()), Block::List(listed.collect())]);
        let age = self.prices.as_ref().map(PriceAgeReport::sentence).unwrap_or_default();
        blocks.push(Block::Paragraph(format!("{} {age}", self.book.sentence())));
    }

    fn serving_table(&self) -> Table {
        let rows = self.components.iter().map(|each| {
            let time = |pick: fn(LatencyReport) -> f64| match each.latency {
                Some(latency) => Cell::Measured(show_seconds(pick(latency) / 1_000.0), pick(latency)),
                None => Cell::Absent("unstable"),
            };
            vec![
                Cell::Text(each.component.clone()),
                Cell::Measured(format!("{:.4}", each.arrival_rate_per_s), each.arrival_rate_per_s),
                Cell::Measured(show_seconds(each.service_time_ms / 1_000.0), each.service_time_ms),
                Cell::Measured(show_share(each.utilisation), each.utilisation),
                time(|latency| latency.p50_ms),
                time(|latency| latency.p95_ms),
                time(|latency| latency.p99_ms),
                Cell::Measured(show_share(each.cold_start_share), each.cold_start_share),
            ]
        });
        Table::new(
            vec![
                "component",
                "requests/s",
                "service time",
                "utilisation",
                "P50",
                "P95",
                "P99",
                "cold starts",
            ],
            rows.collect(),
        )
    }

    fn availability(&self) -> String {
        let each = self.service_levels.iter().map(|level| {
            let mark = if level.mark.is_empty() { String::new() } else { format!(" ({})", level.mark) };
            format!("{} {}{mark}", level.what, level.share.map_or("unknown".to_owned(), show_share))
        });
        match self.option.availability {
            Some(product) => {
                let chain = each.collect::<Vec<_>>().join(" × ");
                format!("{chain} = {}, the service levels in series.", show_share(product))
            }
            None => format!("{}: unknown.", each.collect::<Vec<_>>().join(" × ")),
        }
    }

    /// Where the values that are not computed come from.
    fn origins(&self) -> Option<Vec<String>> {
        let mut lines: Vec<String> = self
            .score
            .iter()
            .flat_map(|each| each.sources.iter().map(|source| format!("{}: {source}", each.title)))
            .collect();
        lines.dedup();
        (!lines.is_empty()).then_some(lines)
    }

    fn score_table(&self) -> Table {
        let rows = self.score.iter().map(|each| {
            vec![
                Cell::Text(each.title.to_owned()),
                Cell::Measured(each.shown.clone(), each.value),
                Cell::Measured(format!("{:.3}", each.worth), each.worth),
                Cell::Measured(format!("{:.2}", each.weight), each.weight),
                Cell::Measured(format!("{:.3}", each.adds), each.adds),
            ]
        });
        Table::new(vec!["criterion", "value", "worth", "× weight", "= adds"], rows.collect())
    }
}
