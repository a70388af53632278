//! Scenarios side by side: platform and cost of each, beside what its document says.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Block, Cell, Document, SCHEMA_VERSION, Sheet, Table, comparison_report, decimal};
use crate::audit::{Measures, held_against};
use crate::claim::Dimension;
use crate::json_schema::DecimalText;
use crate::money::{dollars, number};
use crate::scenario::{About, Claim};

/// Scenarios with what their options cost and what their documents say.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ListingReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `listing`.
    #[schemars(extend("const" = "listing"))]
    pub kind: &'static str,
    /// The scenarios, in the order in which they were given.
    pub scenarios: Vec<ListedScenarioReport>,
}

/// A scenario of a list.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ListedScenarioReport {
    /// Its file.
    pub file: String,
    /// Its name.
    pub name: String,
    /// Its region.
    pub region: String,
    /// Its document; null where it states none.
    pub document: Option<String>,
    /// The recommended option; null where none meets the needs.
    pub recommended: Option<String>,
    /// The option or platform that its document chooses; null where it says none.
    pub document_chooses: Option<String>,
    /// Its options: ranked ones first, by rank.
    pub options: Vec<ListedOptionReport>,
}

/// An option of a listed scenario.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ListedOptionReport {
    /// Its name.
    pub option: String,
    /// Its platform's id; of an option in parts that of each, joined by ` + `.
    pub platform: String,
    /// `ranked`, `rejected` or `unpriced`.
    #[schemars(extend("enum" = ["ranked", "rejected", "unpriced"]))]
    pub status: &'static str,
    /// The deployment's size; null where none could be found.
    pub size: Option<String>,
    /// US dollars a month; null where it can't be priced.
    #[schemars(with = "Option<DecimalText>")]
    pub monthly_cost: Option<String>,
    /// US dollars a month at the cheap and the dear end of the scenario's ranges; null without ranges.
    #[schemars(with = "Option<(DecimalText, DecimalText)>")]
    pub monthly_cost_range: Option<(String, String)>,
    /// What the document says that it costs.
    pub stated: Vec<StatedCostReport>,
}

/// What a document says that an option costs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct StatedCostReport {
    /// The claim's id.
    pub claim: String,
    /// The line of the document; null where it is not said.
    pub line: Option<u32>,
    /// `total` for all, `platform` for the servers alone.
    #[schemars(extend("enum" = ["total", "platform"]))]
    pub about: &'static str,
    /// As the document states it, with its unit: `210..300 USD/month`.
    pub value: String,
    /// What it comes to, in the same unit.
    pub computed: String,
    /// By how much the document is off, as a share of what was computed; null where that is 0.
    #[schemars(with = "Option<DecimalText>")]
    pub difference_share: Option<String>,
    /// How well it agrees, in words.
    pub verdict: &'static str,
}

/// Builds the entry of one scenario from its file's name and what its claims are computed from.
#[must_use]
pub fn listed_scenario(file: &str, measures: &Measures<'_>) -> ListedScenarioReport {
    let subject = measures.subject();
    let scenario = subject.scenario;
    let mut report = comparison_report(scenario, subject.catalog, subject.comparison);
    if let Some((ranged, ends)) = subject.ranged.zip(subject.ends) {
        report = report.with_ends(ranged, subject.catalog, ends);
    }
    let options = report.options.iter().map(|option| ListedOptionReport {
        option: option.name.clone(),
        platform: match option.parts.is_empty() {
            true => option.platform.to_owned(),
            false => {
                let mut platforms: Vec<&str> = Vec::new();
                for part in &option.parts {
                    if !platforms.contains(&part.platform) {
                        platforms.push(part.platform);
                    }
                }
                platforms.join(" + ")
            }
        },
        status: option.status,
        size: option.size.clone(),
        monthly_cost: option.monthly_cost.clone(),
        monthly_cost_range: option
            .range
            .as_ref()
            .and_then(|range| range.monthly_cost.low.clone().zip(range.monthly_cost.high.clone())),
        stated: scenario.claims.iter().filter_map(|claim| stated(claim, &option.name, measures)).collect(),
    });
    let choice = scenario.claims.iter().find(|claim| claim.entry.about == Some(About::Choice));
    ListedScenarioReport {
        file: file.to_owned(),
        name: scenario.header.name.clone(),
        region: scenario.header.region.clone(),
        document: scenario.header.document.clone(),
        recommended: report.recommended.clone(),
        document_chooses: choice.map(|claim| claim.entry.value.clone()),
        options: options.collect(),
    }
}

/// What a claim says that an option costs in all, or its servers; nothing where it says something else.
fn stated(claim: &Claim, option: &str, measures: &Measures<'_>) -> Option<StatedCostReport> {
    let about = claim.entry.about.filter(|about| matches!(about, About::Total | About::Platform))?;
    let unit = claim.unit.as_ref().filter(|unit| unit.dimension == Dimension::MoneyPerMonth)?;
    let own = claim.entry.option.as_deref();
    let only = measures.subject().comparison.options.len() == 1;
    if claim.entry.environment.is_some() || !own.map_or(only, |own| own == option) {
        return None;
    }
    let computed = measures.computed(claim).ok()?;
    let agreement = held_against(claim, &computed)?;
    Some(StatedCostReport {
        claim: claim.entry.id.clone(),
        line: claim.entry.line,
        about: about.spelling(),
        value: format!("{} {unit}", claim.figure?.shown(2)),
        computed: computed.figure.map(|end| unit.from_base(end)).shown(2),
        difference_share: agreement.share.map(|share| share.round_dp(6).normalize().to_string()),
        verdict: agreement.degree.words(),
    })
}

/// Builds the report.
#[must_use]
pub fn listing_report(scenarios: Vec<ListedScenarioReport>) -> ListingReport {
    ListingReport { schema_version: SCHEMA_VERSION, kind: "listing", scenarios }
}

impl ListedScenarioReport {
    /// The options that the list shows: the recommended one, or else the first; and those of which the document says
    /// what they cost.
    fn shown(&self) -> impl Iterator<Item = &ListedOptionReport> {
        let first = self.recommended.as_ref().or(self.options.first().map(|option| &option.option));
        self.options.iter().filter(move |option| Some(&option.option) == first || !option.stated.is_empty())
    }
}

impl ListedOptionReport {
    /// US dollars a month, or from the cheap to the dear end.
    fn cost(&self) -> Cell {
        match (&self.monthly_cost_range, &self.monthly_cost) {
            (Some((low, high)), _) if low != high => {
                Cell::Text(format!("{} to {}", dollars(decimal(low)), dollars(decimal(high))))
            }
            (_, Some(cost)) => Cell::Dollars(decimal(cost)),
            (_, None) => Cell::Absent("unknown"),
        }
    }
}

impl StatedCostReport {
    /// What the document says, in words: `155 to 185`, `72.07 for the servers`.
    fn words(&self) -> String {
        let value = self.value.strip_suffix(" USD/month").unwrap_or(&self.value);
        let of = if self.about == "platform" { " for the servers" } else { "" };
        format!("{value}{of}")
    }

    /// How far the document is off.
    fn off(&self) -> Cell {
        match &self.difference_share {
            Some(share) if decimal(share).is_zero() => Cell::Absent("none"),
            Some(share) => Cell::Percent(decimal(share) * Decimal::ONE_HUNDRED),
            None => Cell::Absent("all of it"),
        }
    }
}

impl ListingReport {
    /// The report as a document for readers: a row for each scenario's leading option, and for each of which its document
    /// states a cost.
    #[must_use]
    pub fn document(&self) -> Document {
        let mut rows = Vec::new();
        for scenario in &self.scenarios {
            let chooses = scenario.document_chooses.as_ref();
            for option in scenario.shown() {
                let told = option.stated.first();
                let own = chooses.filter(|_| told.is_none()).map(|choice| format!("chooses {choice}"));
                let status = if option.status == "ranked" { "" } else { option.status };
                rows.push(vec![
                    Cell::Text(scenario.file.clone()),
                    Cell::Text(option.option.clone()),
                    Cell::Text(option.platform.clone()),
                    option.cost(),
                    Cell::Text(status.to_owned()),
                    told.map(|stated| Cell::Text(stated.words()))
                        .or(own.map(Cell::Text))
                        .unwrap_or(Cell::Text(String::new())),
                    told.map_or(Cell::Text(String::new()), StatedCostReport::off),
                ]);
            }
        }
        let columns = vec!["file", "option", "platform", "a month", "", "its document says", "off by"];
        let count = number(Decimal::from(self.scenarios.len()), 0);
        let each = if self.scenarios.len() == 1 { "scenario" } else { "scenarios, each" };
        let told = format!(
            "{count} {each} with the option that leads and those of which its document states the cost, in US dollars a month."
        );
        let table = Block::Table(Table::new(columns, rows));
        Document { blocks: vec![Block::Title("Scenarios".to_owned()), Block::Paragraph(told), table] }
    }

    /// The report as rows: one for each option and each cost that its document states.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let mut rows = Vec::new();
        for scenario in &self.scenarios {
            for option in &scenario.options {
                let range = option.monthly_cost_range.clone().unzip();
                let own = vec![
                    scenario.file.clone(),
                    scenario.name.clone(),
                    scenario.region.clone(),
                    scenario.document.clone().unwrap_or_default(),
                    scenario.recommended.clone().unwrap_or_default(),
                    scenario.document_chooses.clone().unwrap_or_default(),
                    option.option.clone(),
                    option.platform.clone(),
                    option.status.to_owned(),
                    option.size.clone().unwrap_or_default(),
                    option.monthly_cost.clone().unwrap_or_default(),
                    range.0.unwrap_or_default(),
                    range.1.unwrap_or_default(),
                ];
                let stated = |stated: &StatedCostReport| {
                    let line = stated.line.map(|line| line.to_string()).unwrap_or_default();
                    let share = stated.difference_share.clone().unwrap_or_default();
                    let of = [
                        &stated.claim,
                        &line,
                        stated.about,
                        &stated.value,
                        &stated.computed,
                        &share,
                        stated.verdict,
                    ]
                    .map(str::to_owned);
                    own.iter().cloned().chain(of).collect::<Vec<_>>()
                };
                match option.stated.is_empty() {
                    true => rows.push(own.iter().cloned().chain(vec![String::new(); 7]).collect()),
                    false => rows.extend(option.stated.iter().map(stated)),
                }
            }
        }
        let columns = vec![
            "file",
            "name",
            "region",
            "document",
            "recommended",
            "document_chooses",
            "option",
            "platform",
            "status",
            "size",
            "monthly_cost",
            "monthly_cost_low",
            "monthly_cost_high",
            "claim",
            "line",
            "about",
            "stated",
            "computed",
            "difference_share",
            "verdict",
        ];
        Sheet { columns, rows }
    }
}
