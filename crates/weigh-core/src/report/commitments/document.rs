//! What to commit to as a document for readers: for each option what its best levels save, and how they are paid.

use rust_decimal::Decimal;

use super::outcome::share_cell;
use super::{CommitmentLevelReport, CommitmentsReport, OptionCommitmentsReport};
use crate::criteria::show_share;
use crate::money::{approximate, dollars};
use crate::report::lines::NeedReport;
use crate::report::{Block, Cell, Document, Table, decimal};

impl CommitmentsReport {
    /// What to commit to as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let title = Block::Title(format!("{}: what to commit to", self.scenario.name));
        let mut blocks = vec![title, Block::Paragraph(self.opening())];
        for option in &self.options {
            option.add(&mut blocks, &self.fall());
        }
        blocks.extend([Block::Heading("Assumptions".to_owned()), Block::List(self.assumptions())]);
        blocks.push(Block::Paragraph(self.book.sentence()));
        Document { blocks }
    }

    fn opening(&self) -> String {
        let scenario = &self.scenario;
        let mut parts = vec![scenario.traffic.clone(), scenario.region.clone()];
        parts.push(format!("prices of {}", scenario.as_of));
        parts.push(format!("month of {} h", scenario.month_hours));
        parts.extend(self.term.map(|term| format!("commitments of {term} only")));
        parts.join(" · ")
    }

    /// How much less traffic: `20 %`.
    fn fall(&self) -> String {
        show_share(approximate(decimal(&self.falls)))
    }

    fn assumptions(&self) -> Vec<String> {
        let mut lines = vec![
            "Every hour of the term is like one of this month; each commitment is paid in all of them, used or not."
                .to_owned(),
            "Reservations come first, then Savings Plans; a plan pays what saves most first, and what it does not spend in an hour is lost (AWS's Savings Plans User Guide).".to_owned(),
            "Reserved instances cover their family by size, Linux on shared tenancy; families with accelerators their own size alone (assumed).".to_owned(),
            "A partial payment upfront is half of the whole: AWS takes at least half for Savings Plans; assumed for reservations.".to_owned(),
            "Free quantities are used up first, alike in all hours (assumed).".to_owned(),
        ];
        lines.push(format!(
            "With {} less traffic the same deployment serves, and scales as it does.",
            self.fall()
        ));
        lines
    }
}

impl OptionCommitmentsReport {
    fn add(&self, blocks: &mut Vec<Block>, fall: &str) {
        blocks.push(Block::Heading(self.name.clone()));
        blocks.push(Block::Paragraph(self.opening(fall)));
        let mut lines: Vec<String> = self.failed_needs.iter().map(NeedReport::sentence).collect();
        lines.extend(self.missing_prices.iter().map(|price| price.message.clone()));
        lines.extend(self.notes.iter().cloned());
        if !self.levels.is_empty() {
            blocks.extend([Block::Table(self.savings_table()), Block::Table(self.payment_table())]);
        }
        if !self.not_worth.is_empty() {
            lines.push(format!("not worth it at any level: {}", self.not_worth.join("; ")));
        }
        let unpriced = self.unpriced_commitments.iter();
        lines.extend(unpriced.map(|price| format!("not looked at: {}", price.message)));
        if !lines.is_empty() {
            blocks.push(Block::List(lines));
        }
    }

    fn opening(&self, fall: &str) -> String {
        let mut parts: Vec<String> = self.size.iter().cloned().collect();
        let Some((cost, eligible)) = self.monthly_cost.as_ref().zip(self.eligible.as_ref()) else {
            let why = match self.status {
                "rejected" => "rejected: there is no deployment to commit for",
                _ => "cannot be priced",
            };
            parts.push(why.to_owned());
            return parts.join(" · ");
        };
        parts.push(format!("{} a month on demand", dollars(decimal(cost))));
        parts.push(format!("{} of it could be covered", dollars(decimal(eligible))));
        let less = self.monthly_cost_if_falls.iter();
        parts.extend(less.map(|cost| format!("{} with {fall} less traffic", dollars(decimal(cost)))));
        let mut sentence = parts.join(" · ");
        if let Some(best) = self.levels.first().filter(|best| decimal(&best.saving) > Decimal::ZERO) {
            let (saving, share) = (dollars(decimal(&best.saving)), show_share(best.saving_share));
            sentence.push_str(&format!(". Most is saved by {}: {saving} a month, {share}.", best.words()));
        }
        sentence
    }

    fn savings_table(&self) -> Table {
        let rows = self.levels.iter().zip(1_u32..).map(|(level, number)| {
            vec![
                Cell::Number(number.into()),
                Cell::Text(level.words()),
                Cell::Dollars(decimal(&level.monthly_cost)),
                Cell::Dollars(decimal(&level.saving)),
                Cell::Measured(show_share(level.saving_share), level.saving_share),
                level.shares(|each| each.utilisation),
                level.shares(|each| each.coverage),
                level.shares(|each| each.break_even),
                Cell::Dollars(decimal(&level.saving_if_falls)),
            ]
        });
        let columns = vec![
            "#",
            "commitment",
            "a month",
            "saves",
            "share",
            "used",
            "covers",
            "break-even",
            "saves if it falls",
        ];
        Table::new(columns, rows.collect())
    }

    fn payment_table(&self) -> Table {
        let rows = self.levels.iter().zip(1_u32..).map(|(level, number)| {
            vec![
                Cell::Number(number.into()),
                Cell::Rate(decimal(&level.hourly_rate)),
                Cell::Dollars(decimal(&level.upfront)),
                Cell::Dollars(decimal(&level.then_monthly)),
                Cell::Dollars(decimal(&level.monthly_cost_if_falls)),
            ]
        });
        let columns = vec!["#", "an hour", "upfront", "then a month for all", "a month if it falls"];
        Table::new(columns, rows.collect())
    }
}

impl CommitmentLevelReport {
    /// The commitments in words.
    pub(super) fn words(&self) -> String {
        self.commitments.iter().map(|each| each.commitment.as_str()).collect::<Vec<_>>().join(" + ")
    }

    /// A share of each commitment: `100 % + 93.2 %`.
    fn shares(&self, pick: fn(&super::CommitmentReport) -> Option<f64>) -> Cell {
        match &self.commitments[..] {
            [only] => share_cell(pick(only)),
            several => Cell::Text(
                several.iter().map(|each| share_cell(pick(each)).shown()).collect::<Vec<_>>().join(" + "),
            ),
        }
    }
}
