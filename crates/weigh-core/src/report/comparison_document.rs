//! The comparison as a document for readers: the table of options, what was decided, and on which prices.

use rust_decimal::Decimal;

use super::comparison::{ComparisonReport, OptionReport};
use super::decision::product::Criteria;
use super::lines::NeedReport;
use super::parts::parts_of_options;
use super::{
    Block, Cell, CurrencyReport, Document, PriceAgeReport, Table, decimal, policies, ranges, rules, why_not,
};
use crate::criteria::{show_seconds, show_share};
use crate::money::number;

/// `1 request`, `304,167 requests`.
fn requests(count: Decimal) -> String {
    match number(count, 0) {
        one if one == "1" => "1 request".to_owned(),
        many => format!("{many} requests"),
    }
}

impl ComparisonReport {
    /// The comparison as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let scenario = &self.scenario;
        let mut blocks = vec![
            Block::Title(scenario.name.clone()),
            Block::Paragraph(format!(
                "{} · {} {} · {} · prices of {} · {}",
                scenario.traffic,
                requests(decimal(&scenario.requests_per_month)),
                scenario.span(),
                scenario.region,
                scenario.as_of,
                scenario.billed_time()
            )),
        ];
        blocks.extend(scenario.origin().map(Block::Paragraph));
        if self.recommended.is_some() {
            blocks.push(Block::Table(self.options_table()));
            blocks.extend(scenario.currency.as_ref().map(|currency| {
                Block::Paragraph(format!(
                    "Converted {}; every other amount is in US dollars.",
                    currency.origin()
                ))
            }));
            let parts: Vec<_> =
                self.options.iter().map(|option| (option.name.as_str(), option.parts.as_slice())).collect();
            blocks.extend(parts_of_options(&parts));
        }
        blocks.push(Block::Heading("Recommendation".to_owned()));
        blocks.push(Block::Paragraph(self.recommendation.join(" ")));
        policies::blocks(&self.policies, &self.policies_left, &mut blocks);
        if let Some(told) = &self.ranges {
            ranges::blocks(told, &self.options.iter().collect::<Vec<_>>(), &mut blocks);
        }
        why_not::blocks(&self.why_not, &mut blocks);
        self.add_list("Notes", "ranked", |option| option.notes.clone(), &mut blocks);
        if let Some(break_even) = &self.break_even {
            break_even.blocks(&mut blocks);
        }
        if let Some(decision) = &self.decision {
            decision.blocks(&mut blocks);
            if let Some(firmness) = decision.firmness.as_ref().filter(|_| self.tells_robustness) {
                firmness.blocks(&Criteria, &mut blocks);
            }
        }
        if let Some(checks) = self.checks.as_ref().filter(|_| self.tells_robustness) {
            checks.blocks(&Criteria, &mut blocks);
        }
        rules::blocks(&self.rules, &mut blocks);
        if !self.criteria.is_empty() {
            blocks.push(Block::Heading("Criteria".to_owned()));
            blocks.push(Block::Table(self.criteria_table()));
        }
        blocks.push(Block::Heading("Prices".to_owned()));
        let none = "No option could be priced.".to_owned();
        let age = self.prices.as_ref().map_or(none, PriceAgeReport::sentence);
        blocks.push(Block::Paragraph(format!("{} {age}", self.book.sentence())));
        blocks.push(Block::Heading("Assumptions".to_owned()));
        blocks.push(Block::List(self.assumptions.clone()));
        Document { blocks }
    }

    fn options_table(&self) -> Table {
        let partial = self.scenario.partial_month.is_some();
        let mut columns = vec!["rank", "option", "size"];
        columns.extend(if partial { vec!["cost of these days"] } else { vec!["monthly cost", "a year"] });
        columns.extend(self.scenario.currency.as_ref().map(|_| "converted"));
        columns.extend(["per million", "P95", "cold starts", "availability", "score"]);
        let rows = self.options.iter().filter_map(|option| option.row(self.scenario.currency.as_ref()));
        Table::new(columns, rows.collect())
    }

    fn criteria_table(&self) -> Table {
        let rows = self.criteria.iter().map(|criterion| {
            vec![
                Cell::Text(criterion.title.to_owned()),
                Cell::Measured(format!("{:.2}", criterion.weight), criterion.weight),
                Cell::Text(criterion.best.clone()),
                Cell::Text(criterion.worst.clone()),
                Cell::Text(criterion.scale.to_owned()),
            ]
        });
        let columns = vec!["criterion", "weight", "worth 1 at", "worth 0 at", "between"];
        Table::new(columns, rows.collect())
    }

    /// Adds what the options of a status have to say, if anything, under a heading.
    fn add_list(
        &self,
        heading: &str,
        status: &str,
        lines: fn(&OptionReport) -> Vec<String>,
        blocks: &mut Vec<Block>,
    ) {
        let options = self.options.iter().filter(|option| option.status == status);
        let named = |option: &OptionReport| -> Vec<String> {
            lines(option).into_iter().map(|line| format!("{}: {line}", option.name)).collect()
        };
        let points: Vec<String> = options.flat_map(named).collect();
        if !points.is_empty() {
            blocks.push(Block::Heading(heading.to_owned()));
            blocks.push(Block::List(points));
        }
    }
}

impl OptionReport {
    /// The needs that it fails, in sentences.
    pub(super) fn failures(&self) -> Vec<String> {
        self.failed_needs.iter().map(NeedReport::sentence).collect()
    }

    /// The prices that it lacks, in sentences; else what hindered the pricing.
    pub(super) fn absences(&self) -> Vec<String> {
        match self.missing_prices.is_empty() {
            true => self.notes.clone(),
            false => self.missing_prices.iter().map(|price| price.message.clone()).collect(),
        }
    }

    /// The option as a row of the comparison; nothing when it is not ranked.
    fn row(&self, currency: Option<&CurrencyReport>) -> Option<Vec<Cell>> {
        let cold = self.cold_start_share?;
        let mut cells = vec![
            Cell::Number(Decimal::from(self.rank?)),
            Cell::Text(self.name.clone()),
            Cell::Text(self.size.clone()?),
            Cell::Dollars(decimal(self.monthly_cost.as_ref()?)),
        ];
        cells.extend(self.annual_cost.as_ref().map(|cost| Cell::Dollars(decimal(cost))));
        let monthly = decimal(self.monthly_cost.as_ref()?);
        cells.extend(currency.map(|currency| Cell::Converted(currency.shown(monthly))));
        cells.extend([
            Cell::Dollars(decimal(self.cost_per_million_requests.as_ref()?)),
            match self.latency {
                Some(latency) => Cell::Measured(show_seconds(latency.p95_ms / 1_000.0), latency.p95_ms),
                None => Cell::Absent("unstable"),
            },
            Cell::Measured(show_share(cold), cold),
            match self.availability {
                Some(availability) => Cell::Measured(show_share(availability), availability),
                None => Cell::Absent("unknown"),
            },
            Cell::Measured(format!("{:.3}", self.score?), self.score?),
        ]);
        Some(cells)
    }
}
