//! How firm a decision is, for readers: the tables behind the verdict.

use super::names::joined;
use super::{
    FirmnessReport, TornadoReport, TurnReport, ValueFlipReport, ViewReport, WeightSpanReport, Wording,
};
use crate::report::{Block, Cell, Table};

/// The values are told at which so many rivals are level, the best ones; programs have all.
const RIVALS_TOLD: usize = 4;

impl FirmnessReport {
    /// The tables behind the verdict, each under its heading.
    pub(in crate::report) fn blocks(&self, wording: &dyn Wording, blocks: &mut Vec<Block>) {
        self.sensitivity(wording, blocks);
        self.other_views(wording, blocks);
    }

    /// What would turn the ranking: weights and values.
    pub(in crate::report) fn sensitivity(&self, wording: &dyn Wording, blocks: &mut Vec<Block>) {
        if self.leads.is_empty() {
            return;
        }
        blocks.push(Block::Heading("How far weights may go".to_owned()));
        blocks.push(Block::Paragraph(
            "Each weight by itself, the others in proportion. Beyond these weights another is first."
                .to_owned(),
        ));
        blocks.push(Block::Table(self.weights_table(wording)));
        if let Some(nearest) = self.nearest_weights.as_ref().and_then(|all| all.first()) {
            blocks.push(Block::Paragraph(format!(
                "All weights together: {} is level where {:.3} of the weight lies elsewhere, the least of all changes.",
                nearest.rival,
                nearest.distance / 2.0
            )));
        }
        if !self.values.is_empty() {
            blocks.push(Block::Heading("How far values may go".to_owned()));
            if self.leads.len() > RIVALS_TOLD {
                blocks.push(Block::Paragraph(format!(
                    "Beside the best {RIVALS_TOLD} of {} rivals; --format json has all.",
                    self.leads.len()
                )));
            }
            blocks.push(Block::Table(self.values_table(wording)));
        }
        blocks.push(Block::Heading("Ten points of weight".to_owned()));
        blocks.push(Block::Paragraph(
            "The lead over the best rival when a weight is ten percentage points less (or 0) or more; below 0 the rival is first."
                .to_owned(),
        ));
        blocks.push(Block::Table(self.tornado_table(wording)));
        if !self.value_tornado.is_empty() {
            blocks.push(Block::Heading("What is not known of values".to_owned()));
            blocks.push(Block::Paragraph(
                "The lead over the best rival when the values of a criterion are as bad, and as good, for the leader as they may be."
                    .to_owned(),
            ));
            let columns = ["values of", "at worst", "at best"];
            blocks.push(Block::Table(bars(&self.value_tornado, columns, wording)));
        }
    }

    /// What other methods say, and other lists of alternatives.
    pub(in crate::report) fn other_views(&self, wording: &dyn Wording, blocks: &mut Vec<Block>) {
        if self.leads.is_empty() {
            return;
        }
        if let Some(acceptability) = &self.acceptability {
            let criteria: Vec<String> = self.weights.iter().map(|span| span.criterion.clone()).collect();
            acceptability.blocks(&criteria, wording, blocks);
        }
        blocks.push(Block::Heading("Other methods".to_owned()));
        blocks.push(Block::Paragraph(self.agreement_sentence()));
        blocks.push(Block::Table(self.agreement_table()));
        blocks.push(Block::Heading("Rank reversal and double counting".to_owned()));
        blocks.push(Block::List(self.findings(wording)));
    }

    fn weights_table(&self, wording: &dyn Wording) -> Table {
        let end = |turn: &Option<TurnReport>, open: &'static str| match turn {
            Some(turn) => [Cell::Measured(weight(turn.weight), turn.weight), Cell::Text(turn.rival.clone())],
            None => [Cell::Absent(open), Cell::Absent("nobody")],
        };
        let row = |span: &WeightSpanReport| {
            let own = [
                Cell::Text(wording.title(&span.criterion)),
                Cell::Measured(weight(span.weight), span.weight),
            ];
            own.into_iter().chain(end(&span.down, "0")).chain(end(&span.up, "1")).collect()
        };
        let columns = vec!["criterion", "weight", "down to", "then first", "up to", "then first"];
        Table::new(columns, self.weights.iter().map(row).collect())
    }

    fn values_table(&self, wording: &dyn Wording) -> Table {
        let row = |flip: &ValueFlipReport| {
            vec![
                Cell::Text(wording.title(&flip.criterion)),
                Cell::Text(flip.alternative.clone()),
                Cell::Text(flip.from_shown.clone()),
                Cell::Text(flip.to_shown.clone()),
                Cell::Text(flip.rival.clone()),
            ]
        };
        let columns = vec!["criterion", "of", "now", "level at", "with"];
        let best: Vec<&str> = self.leads.iter().take(RIVALS_TOLD).map(|lead| lead.rival.as_str()).collect();
        let told = self.values.iter().filter(|flip| best.contains(&flip.rival.as_str()));
        Table::new(columns, told.map(row).collect())
    }

    fn tornado_table(&self, wording: &dyn Wording) -> Table {
        bars(&self.tornado, ["weight of", "10 points less", "10 points more"], wording)
    }

    fn agreement_sentence(&self) -> String {
        let ranked = self.agreement.iter().filter(|view| view.agrees.is_some()).count();
        let agree = self.agreement.iter().filter(|view| view.agrees == Some(true)).count();
        let refused = self.agreement.iter().filter(|view| view.refused.is_some()).count();
        let undecided = match self.agreement.len() - ranked - refused {
            0 => String::new(),
            1 => "; one is undecided".to_owned(),
            many => format!("; {many} are undecided"),
        };
        let unable = match refused {
            0 => String::new(),
            1 => "; one cannot take these values".to_owned(),
            many => format!("; {many} cannot take these values"),
        };
        format!(
            "{agree} of {ranked} pairs of method and normalisation put the leader first{undecided}{unable}."
        )
    }

    /// The methods in their usual form.
    fn agreement_table(&self) -> Table {
        let row = |view: &ViewReport| {
            vec![
                Cell::Text(view.method.to_owned()),
                Cell::Text(view.normalisation.unwrap_or("values as they are").to_owned()),
                match &view.refused {
                    None => Cell::Text(view.first.join(" = ")),
                    Some(_) => Cell::Absent("cannot take these values"),
                },
                match view.kendall_tau {
                    Some(tau) => Cell::Measured(format!("{tau:.2}"), tau),
                    None => Cell::Absent("none"),
                },
            ]
        };
        let usual = self.agreement.iter().filter(|view| view.usual);
        Table::new(vec!["method", "normalisation", "first", "Kendall's tau"], usual.map(row).collect())
    }

    fn findings(&self, wording: &dyn Wording) -> Vec<String> {
        let test = &self.rank_reversal;
        let mut told = vec![match test.reversals.len() {
            0 => format!("{} alternatives dropped or added turn no order of the others.", test.changes),
            some => {
                format!("{some} of {} alternatives dropped or added turn the order of others.", test.changes)
            }
        }];
        for reversal in &test.reversals {
            let pairs: Vec<String> =
                reversal.turned.iter().map(|(was, now)| format!("{now} is ahead of {was}")).collect();
            let first = if reversal.turns_first { ", and another is first" } else { "" };
            let more = match reversal.turned_count.saturating_sub(pairs.len()) {
                0 => String::new(),
                more => format!(", and {more} more pairs turn"),
            };
            told.push(format!("{}: {}{more}{first}.", reversal.change, pairs.join(", ")));
        }
        told.extend(self.correlated.iter().map(|pair| {
            let (a, b) = (wording.title(&pair.criteria.0), wording.title(&pair.criteria.1));
            let how = if pair.correlation < 0.0 {
                "against each other"
            } else {
                "together, and count one thing twice"
            };
            format!("{a} and {b} go {how}: their correlation is {:.2}.", pair.correlation)
        }));
        told.extend(self.dominated.iter().map(|each| {
            format!(
                "{} is dominated by {}: no weights put it first alone.",
                each.alternative,
                joined(&each.by, "and")
            )
        }));
        told.extend(self.left_out.iter().cloned());
        told
    }
}

fn weight(share: f64) -> String {
    format!("{share:.3}")
}

/// The lead at both sides of each bar.
fn bars(all: &[TornadoReport], columns: [&'static str; 3], wording: &dyn Wording) -> Table {
    let lead = |lead: f64, rival: &str| Cell::Text(format!("{lead:+.3} over {rival}"));
    let rows = all.iter().map(|bar| {
        let title = Cell::Text(wording.title(&bar.criterion));
        vec![title, lead(bar.low, &bar.low_rival), lead(bar.high, &bar.high_rival)]
    });
    Table::new(columns.to_vec(), rows.collect())
}
