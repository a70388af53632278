//! What could be saved as a document for readers: for each option what every strategy saves alone, and the best together.

use rust_decimal::Decimal;

use super::{CombinedReport, OptionSavingsReport, SavingsReport, StrategyReport};
use crate::criteria::show_share;
use crate::money::dollars;
use crate::report::lines::NeedReport;
use crate::report::{Block, Cell, Document, Table, decimal};

impl SavingsReport {
    /// What could be saved as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let title = Block::Title(format!("{}: what could be saved", self.scenario.name));
        let scenario = &self.scenario;
        let opening = [
            scenario.traffic.clone(),
            scenario.region.clone(),
            format!("prices of {}", scenario.as_of),
            format!("month of {} h", scenario.month_hours),
        ];
        let mut blocks = vec![title, Block::Paragraph(opening.join(" · "))];
        for option in &self.options {
            option.add(&mut blocks, self.schedule.stated);
        }
        blocks.extend([Block::Heading("Assumptions".to_owned()), Block::List(self.assumptions())]);
        blocks.push(Block::Paragraph(self.book.sentence()));
        Document { blocks }
    }

    fn assumptions(&self) -> Vec<String> {
        let mut lines = vec![
            "Each strategy is a change of the scenario or the option, which is sized, served, metered and priced again; its saving is the difference of the two bills.".to_owned(),
            "The combination is evaluated with all its changes at once, and commitments are found last, for what is then left to cover.".to_owned(),
            "Payments upfront are spread over the term.".to_owned(),
        ];
        let (hours, days) = (&self.schedule.hours, &self.schedule.days);
        lines.push(format!(
            "The schedule stops servers outside {hours} on {days}: their hours and addresses are not paid then. Load balancers, gateways, disks and what is paid by requests are paid all month."
        ));
        lines
    }
}

impl OptionSavingsReport {
    fn add(&self, blocks: &mut Vec<Block>, asked: bool) {
        blocks.push(Block::Heading(self.name.clone()));
        let mut opening: Vec<String> = self.size.iter().cloned().collect();
        match (&self.monthly_cost, self.status) {
            (Some(cost), _) => opening.push(format!("{} a month", dollars(decimal(cost)))),
            (None, "rejected") => opening.push("rejected: there is no bill to save on".to_owned()),
            (None, _) => opening.push("cannot be priced".to_owned()),
        }
        blocks.push(Block::Paragraph(opening.join(" · ")));
        let tried = self.strategies.iter().filter(|each| each.monthly_cost.is_some());
        let rows: Vec<Vec<Cell>> = tried.map(|each| each.row(asked)).collect();
        if !rows.is_empty() {
            let columns = vec!["strategy", "a month", "saves", "share", "upfront", "combined"];
            blocks.push(Block::Table(Table::new(columns, rows)));
        }
        blocks.extend(self.combined.as_ref().map(|combined| Block::Paragraph(combined.sentence())));
        let mut lines: Vec<String> = self.failed_needs.iter().map(NeedReport::sentence).collect();
        lines.extend(self.missing_prices.iter().map(|price| price.message.clone()));
        lines.extend(self.notes.iter().cloned());
        lines.extend(self.exclusions());
        lines.extend(self.strategies.iter().filter_map(StrategyReport::remark));
        if !lines.is_empty() {
            blocks.push(Block::List(lines));
        }
    }

    /// Which of the strategies that save exclude each other: a line for each reason.
    fn exclusions(&self) -> Vec<String> {
        let mut lines: Vec<(&str, Vec<&str>)> = Vec::new();
        let saving: Vec<&StrategyReport> =
            self.strategies.iter().filter(|each| each.status == "saves").collect();
        for one in &saving {
            for other in
                one.excludes.iter().filter(|other| saving.iter().any(|each| each.strategy == other.strategy))
            {
                let at = lines.iter().position(|(known, _)| *known == other.because).unwrap_or_else(|| {
                    lines.push((other.because, Vec::new()));
                    lines.len() - 1
                });
                if !lines[at].1.contains(&one.strategy) {
                    lines[at].1.push(one.strategy);
                }
            }
        }
        lines
            .iter()
            .map(|(because, all)| format!("exclude each other: {} ({because})", all.join(", ")))
            .collect()
    }
}

impl StrategyReport {
    fn row(&self, asked: bool) -> Vec<Cell> {
        let amount = |text: &Option<String>| text.as_ref().map_or(Decimal::ZERO, |text| decimal(text));
        let share = self.saving_share.unwrap_or_default();
        let saved = match self.status {
            "fails" => Cell::Absent("fails a need"),
            "saves" => Cell::Dollars(amount(&self.saving)),
            _ => Cell::Text(format!("nothing here: {}", dollars(amount(&self.saving)))),
        };
        let is_saved = self.status == "saves";
        let combined = match (self.combined, self.only_if_asked && !asked && is_saved) {
            (true, _) => "yes",
            (false, true) => "only if asked",
            (false, false) => "",
        };
        vec![
            Cell::Text(self.strategy.to_owned()),
            Cell::Dollars(amount(&self.monthly_cost)),
            saved,
            if is_saved { Cell::Measured(show_share(share), share) } else { Cell::Text(String::new()) },
            match amount(&self.upfront) {
                nothing if nothing.is_zero() => Cell::Text(String::new()),
                upfront => Cell::Dollars(upfront),
            },
            Cell::Text(combined.to_owned()),
        ]
    }

    /// What a strategy changes, why it does not apply, or what fails with it.
    fn remark(&self) -> Option<String> {
        let mut reasons: Vec<String> = self.change.iter().chain(&self.reason).cloned().collect();
        reasons.extend(self.failed_needs.iter().map(|need| format!("fails {}", need.sentence())));
        reasons.extend(self.missing_prices.iter().map(|price| price.message.clone()));
        (!reasons.is_empty()).then(|| format!("{}: {}", self.strategy, reasons.join("; ")))
    }
}

impl CombinedReport {
    fn sentence(&self) -> String {
        let amount = |text: &str| dollars(decimal(text));
        if self.strategies.is_empty() {
            return "Together: nothing here saves anything.".to_owned();
        }
        let mut words = format!(
            "Together {}: {} a month, {} less ({}).",
            self.strategies.join(" + "),
            amount(&self.monthly_cost),
            amount(&self.saving),
            show_share(self.saving_share),
        );
        let [saving, one_by_one, all] =
            [&self.saving, &self.added_up, &self.all_added_up].map(|text| decimal(text));
        if one_by_one > saving {
            words.push_str(&format!(
                " One by one they save {}: {} of it is saved twice, on lines that another of them has made smaller already.",
                dollars(one_by_one),
                dollars(one_by_one - saving),
            ));
        } else if one_by_one < saving {
            words.push_str(&format!(
                " One by one they save {}: one makes room for another.",
                dollars(one_by_one)
            ));
        }
        if all > one_by_one {
            words.push_str(&format!(
                " All strategies added up come to {}, which nobody can save: some of them exclude each other, cost more together, or are not asked for.",
                dollars(all)
            ));
        }
        let upfront = decimal(&self.upfront);
        if !upfront.is_zero() {
            words.push_str(&format!(" Paid at once: {}.", dollars(upfront)));
        }
        words
    }
}
