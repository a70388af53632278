//! Ranges in reports: which quantities are ranges, what the options cost at their ends, and what changes there.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::comparison::option_report;
use super::{
    Block, Cell, ChargeReport, ComparisonReport, ExplanationReport, OptionReport, SimulationReport, Table,
    decimal,
};
use crate::catalog::Catalog;
use crate::compare::{Comparison, Ends};
use crate::json_schema::DecimalText;
use crate::money::dollars;
use crate::scenario::{RangedScenario, Scenario, StatedRange};

/// What a comparison says of the ranges of its scenario.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RangesReport {
    /// The quantities that are ranges.
    pub quantities: Vec<QuantityReport>,
    /// The recommended option with every range at its low end; null when none meets the needs there.
    pub recommended_low: Option<String>,
    /// The same at the high ends.
    pub recommended_high: Option<String>,
    /// What is otherwise at an end than with what is expected, a list of sentences.
    pub findings: Vec<String>,
}

/// A quantity that is a range.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct QuantityReport {
    /// What it is: `response_size of [[component]] api`.
    pub what: String,
    /// As it is written: `10..60 KB`.
    pub text: String,
    /// The value at the cheap end.
    pub low: String,
    /// The value that is expected.
    pub expected: String,
    /// The value at the dear end.
    pub high: String,
    /// Why more of it is cheaper, so that `low` is the largest value; null where more is dearer.
    pub cheaper_with_more: Option<&'static str>,
}

/// What an option comes to at the ends of the ranges.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct OptionRangeReport {
    /// US dollars a month.
    pub monthly_cost: AmountRange,
    /// US dollars a year; null where only a part of the month is billed.
    pub annual_cost: Option<AmountRange>,
    /// US dollars in three years; as `annual_cost`.
    pub three_year_cost: Option<AmountRange>,
    /// What becomes of it with every range at its low end.
    pub low: OptionEndReport,
    /// What becomes of it with every range at its high end.
    pub high: OptionEndReport,
}

/// What becomes of an option at one end of the ranges.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct OptionEndReport {
    /// `ranked`, `rejected` or `unpriced`.
    #[schemars(extend("enum" = ["ranked", "rejected", "unpriced"]))]
    pub status: &'static str,
    /// The rank, from 1.
    pub rank: Option<usize>,
    /// The deployment's size.
    pub size: Option<String>,
    /// Why it is not ranked, in sentences.
    pub reasons: Vec<String>,
    /// The charges that it has at this end only.
    pub further_charges: Vec<ChargeReport>,
}

/// An amount of dollars at the ends of the ranges, in their order: low ≤ expected ≤ high. Null is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct AmountRange {
    /// The least of the three.
    #[schemars(with = "Option<DecimalText>")]
    pub low: Option<String>,
    /// With what is expected.
    #[schemars(with = "Option<DecimalText>")]
    pub expected: Option<String>,
    /// The most of the three.
    #[schemars(with = "Option<DecimalText>")]
    pub high: Option<String>,
}

impl AmountRange {
    /// Amounts at the low end, as expected and at the high end, put in their order; an end that is unknown stays so.
    fn of([low, expected, high]: [Option<&String>; 3]) -> AmountRange {
        let known: Vec<&String> = [low, expected, high].into_iter().flatten().collect();
        let least = known.iter().min_by_key(|text| decimal(text));
        let most = known.iter().max_by_key(|text| decimal(text));
        AmountRange {
            low: low.and(least).map(|text| (*text).clone()),
            expected: expected.cloned(),
            high: high.and(most).map(|text| (*text).clone()),
        }
    }

    fn is_known(&self) -> bool {
        self.low.is_some() || self.expected.is_some() || self.high.is_some()
    }

    fn cells(&self) -> [Cell; 3] {
        [&self.low, &self.expected, &self.high].map(|text| match text {
            Some(text) => Cell::Dollars(decimal(text)),
            None => Cell::Absent("unknown"),
        })
    }

    /// `$10.00 to $20.00, $15.00 expected`.
    pub(super) fn sentence(&self) -> String {
        let shown = |text: &Option<String>| {
            text.as_deref().map_or("unknown".to_owned(), |text| dollars(decimal(text)))
        };
        format!("{} to {}, {} expected", shown(&self.low), shown(&self.high), shown(&self.expected))
    }
}

impl From<&StatedRange> for QuantityReport {
    fn from(range: &StatedRange) -> QuantityReport {
        let StatedRange { what, text, low, expected, high, cheaper_with_more } = range.clone();
        QuantityReport { what, text, low, expected, high, cheaper_with_more }
    }
}

impl QuantityReport {
    /// The quantity in a sentence.
    fn sentence(&self) -> String {
        let why = self.cheaper_with_more.map(|why| format!("; more is cheaper: {why}")).unwrap_or_default();
        format!("{}: {} to {}, {} expected{why}", self.what, self.low, self.high, self.expected)
    }
}

/// The options of a comparison at one end, as reports.
fn options_at(comparison: &Comparison, catalog: &Catalog, scenario: &Scenario) -> Vec<OptionReport> {
    comparison.options.iter().map(|option| option_report(option, catalog, scenario)).collect()
}

fn recommended(comparison: &Comparison) -> Option<String> {
    comparison.ranked().next().map(|(option, _)| option.name.clone())
}

impl ComparisonReport {
    /// The report with what the ends of the scenario's ranges come to.
    #[must_use]
    pub fn with_ends(mut self, ranged: &RangedScenario, catalog: &Catalog, ends: &Ends) -> ComparisonReport {
        let low = options_at(&ends.low, catalog, &ranged.low);
        let high = options_at(&ends.high, catalog, &ranged.high);
        self.ranges = Some(ranges(ranged, ends, self.recommended.as_deref()));
        let mut told = Vec::new();
        for option in &mut self.options {
            told.extend(option.add_ends(&low, &high));
        }
        if let Some(ranges) = &mut self.ranges {
            ranges.findings.extend(told);
        }
        self
    }
}

impl ExplanationReport {
    /// The explanation with what the ends of the scenario's ranges come to; `recommended` is what the comparison
    /// recommends with what is expected.
    #[must_use]
    pub fn with_ends(
        mut self,
        ranged: &RangedScenario,
        catalog: &Catalog,
        ends: &Ends,
        recommended: Option<&str>,
    ) -> ExplanationReport {
        let low = options_at(&ends.low, catalog, &ranged.low);
        let high = options_at(&ends.high, catalog, &ranged.high);
        let mut ranges = ranges(ranged, ends, recommended);
        ranges.findings.extend(self.option.add_ends(&low, &high));
        self.ranges = Some(ranges);
        self
    }
}

impl SimulationReport {
    /// The report with a note that the scenario's ranges were taken at what is expected.
    #[must_use]
    pub fn noting(mut self, ranged: &RangedScenario) -> SimulationReport {
        self.option.notes.push(as_expected(ranged));
        self
    }
}

/// A note that the scenario's ranges were taken at what is expected.
#[must_use]
pub fn as_expected(ranged: &RangedScenario) -> String {
    let taken = ranged.ranges.iter().map(|range| format!("{} = {}", range.what, range.expected));
    format!("ranges are taken at what is expected: {}", taken.collect::<Vec<_>>().join(", "))
}

/// Which quantities are ranges, and what is recommended at their ends.
fn ranges(ranged: &RangedScenario, ends: &Ends, expected: Option<&str>) -> RangesReport {
    let (low, high) = (recommended(&ends.low), recommended(&ends.high));
    let otherwise = [("low", &low), ("high", &high)].into_iter().filter_map(|(end, at_end)| {
        let at_end = at_end.as_deref();
        (at_end != expected).then(|| match (at_end, expected) {
            (Some(other), Some(expected)) => {
                format!("At the {end} end of the ranges {other} is recommended, not {expected}.")
            }
            (Some(other), None) => {
                format!(
                    "At the {end} end of the ranges {other} is recommended; with what is expected none is."
                )
            }
            (None, _) => {
                format!("At the {end} end of the ranges no option meets the needs and can be priced.")
            }
        })
    });
    RangesReport {
        quantities: ranged.ranges.iter().map(QuantityReport::from).collect(),
        findings: otherwise.collect(),
        recommended_low: low,
        recommended_high: high,
    }
}

impl OptionReport {
    /// Adds what the option of the same name comes to at both ends; what is otherwise there is told.
    fn add_ends(&mut self, low: &[OptionReport], high: &[OptionReport]) -> Vec<String> {
        let same = |options: &[OptionReport]| options.iter().find(|option| option.name == self.name).cloned();
        let (Some(low), Some(high)) = (same(low), same(high)) else { return Vec::new() };
        let amount = |pick: fn(&OptionReport) -> Option<&String>| {
            AmountRange::of([pick(&low), pick(self), pick(&high)])
        };
        let monthly_cost = amount(|option| option.monthly_cost.as_ref());
        let annual_cost = amount(|option| option.annual_cost.as_ref());
        let three_year_cost = amount(|option| option.three_year_cost.as_ref());
        let otherwise = [("low", &low), ("high", &high)].into_iter();
        let otherwise = otherwise.filter(|(_, other)| other.status != self.status);
        let findings = otherwise.map(|(end, other)| match other.status {
            "ranked" => {
                format!("At the {end} end {} is ranked, although it is {} here.", self.name, self.status)
            }
            "rejected" => {
                format!("At the {end} end {} is rejected: {}", self.name, other.failures().join(" "))
            }
            _ => format!("At the {end} end {} can't be priced: {}", self.name, other.absences().join(" ")),
        });
        let findings = findings.collect();
        let further = |other: &OptionReport| {
            let new = |charge: &&ChargeReport| !self.charges.iter().any(|known| known.is_like(charge));
            other.charges.iter().filter(new).cloned().collect::<Vec<_>>()
        };
        let (further_low, further_high) = (further(&low), further(&high));
        for charge in &mut self.charges {
            charge.range = Some(charge.between(&low, &high));
        }
        self.range = Some(OptionRangeReport {
            monthly_cost,
            annual_cost: annual_cost.is_known().then_some(annual_cost),
            three_year_cost: three_year_cost.is_known().then_some(three_year_cost),
            low: low.at_end(further_low),
            high: high.at_end(further_high),
        });
        findings
    }

    fn at_end(&self, further_charges: Vec<ChargeReport>) -> OptionEndReport {
        OptionEndReport {
            status: self.status,
            rank: self.rank,
            size: self.size.clone(),
            reasons: match self.status {
                "rejected" => self.failures(),
                "unpriced" => self.absences(),
                _ => Vec::new(),
            },
            further_charges,
        }
    }

    /// The option's costs at the ends as a row; nothing without ranges.
    fn range_row(&self) -> Option<Vec<Cell>> {
        let range = self.range.as_ref()?;
        let annual = range.annual_cost.clone().unwrap_or_default();
        let name = Cell::Text(self.name.clone());
        let cells = [name].into_iter().chain(range.monthly_cost.cells());
        Some(match range.annual_cost.is_some() {
            true => cells.chain(annual.cells()).collect(),
            false => cells.collect(),
        })
    }
}

impl ChargeReport {
    /// Whether it is the same charge of another bill.
    fn is_like(&self, other: &ChargeReport) -> bool {
        self.key() == other.key()
    }

    fn key(&self) -> [&str; 5] {
        [&self.price_id, &self.environment, &self.component, &self.description, &self.part]
    }

    /// Its cost at both ends; 0 on a bill that does not have it, unknown where there is no bill.
    fn between(&self, low: &OptionReport, high: &OptionReport) -> AmountRange {
        let cost = |option: &OptionReport| {
            option.monthly_cost.as_ref()?;
            let costs = option.charges.iter().filter(|charge| self.is_like(charge));
            Some(costs.map(|charge| decimal(&charge.cost)).sum::<Decimal>().normalize().to_string())
        };
        AmountRange::of([cost(low).as_ref(), Some(&self.cost), cost(high).as_ref()])
    }
}

/// The ranges as blocks for readers: the quantities, what options cost at the ends, and what changes there.
pub(super) fn blocks(ranges: &RangesReport, options: &[&OptionReport], blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("Ranges".to_owned()));
    blocks.push(Block::List(ranges.quantities.iter().map(QuantityReport::sentence).collect()));
    let rows: Vec<Vec<Cell>> = options.iter().filter_map(|option| option.range_row()).collect();
    let mut columns = vec!["option", "month, low", "expected", "high"];
    if rows.iter().any(|row| row.len() > columns.len()) {
        columns.extend(["year, low", "expected", "high"]);
    }
    let width = columns.len();
    let padded = rows.into_iter().map(|mut row| {
        row.resize(width, Cell::Absent("unknown"));
        row
    });
    blocks.push(Block::Table(Table::new(columns, padded.collect())));
    let together = "All ranges are at their low ends together, or at their high ones; each end has the deployment that suits it.";
    blocks.push(Block::Paragraph(together.to_owned()));
    if !ranges.findings.is_empty() {
        blocks.push(Block::List(ranges.findings.clone()));
    }
}
