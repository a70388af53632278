//! A difference of scenarios for readers: the sum first, then each scenario, which may be folded away.

use super::table;
use super::{DifferenceSideReport, ScenarioDifferenceReport, ScenariosDifferenceReport};
use crate::money::dollars;
use crate::report::{Block, Cell, Document, decimal};

/// Hexadecimal digits that are enough to tell books apart.
const SHORT: usize = 12;

impl ScenariosDifferenceReport {
    /// The difference as a document: a line that says all, a row for each scenario, and the details of each to unfold.
    #[must_use]
    pub fn document(&self) -> Document {
        let (before, after) = (&self.before, &self.after);
        let mut blocks = vec![
            Block::Title(format!("Difference: {} → {}", before.label, after.label)),
            Block::Paragraph(self.summary()),
            Block::Paragraph(format!("Before: {}. Now: {}.", told(before), told(after))),
        ];
        if !self.scenarios.is_empty() {
            blocks.push(Block::Table(table::scenarios(&self.scenarios)));
        }
        if self.total.scenarios > 1 && !self.total.effects.is_empty() {
            blocks.push(Block::Heading("What the recommended options cost together".to_owned()));
            blocks.push(Block::Table(table::total(&self.total)));
        }
        let detailed = self
            .scenarios
            .iter()
            .filter(|scenario| !scenario.options.is_empty() || !scenario.inputs.is_empty());
        blocks.extend(detailed.map(details));
        if self.counts.changed > 0 {
            let method = self.method.iter().map(|line| (*line).to_owned()).collect();
            let blocks_of_method = vec![Block::List(method)];
            blocks.push(Block::Details {
                summary: "How a change is split".to_owned(),
                blocks: blocks_of_method,
            });
        }
        Document { blocks }
    }

    /// The difference in some sentences.
    fn summary(&self) -> String {
        let counts = &self.counts;
        let scenarios = |count: usize| format!("{count} scenario{}", if count == 1 { "" } else { "s" });
        let each: Vec<String> = [
            (counts.changed, "changed"),
            (counts.added, "added"),
            (counts.removed, "removed"),
            (counts.same, "the same"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
        let mut told = vec![format!("{}: {}.", scenarios(counts.all), each.join(", "))];
        if counts.same_in_other_words > 0 {
            told.push(format!(
                "{} of the same say something else that moves no figure.",
                counts.same_in_other_words
            ));
        }
        match counts.flipped {
            0 if counts.changed > 0 => told.push("No recommendation changes.".to_owned()),
            0 => {}
            1 => told.push("The recommendation changes in 1.".to_owned()),
            count => told.push(format!("The recommendation changes in {count}.")),
        }
        let total = &self.total;
        if total.scenarios > 0 && counts.changed > 0 {
            let change = table::change(&total.change);
            let percent = total.change.percent.as_deref().map(table::percent).unwrap_or_default();
            let [before, after] = [&total.before, &total.after].map(|amount| dollars(decimal(amount)));
            let what = if total.scenarios == 1 {
                "The recommended option costs"
            } else {
                "Recommended options cost"
            };
            told.push(format!("{what} {before} → {after} a month: {change}{percent}."));
        }
        told.join(" ")
    }
}

/// A side with what it was computed with.
fn told(side: &DifferenceSideReport) -> String {
    let hash = side.book_hash.get(..SHORT).unwrap_or(&side.book_hash);
    let kind = match (side.kind, &side.as_of) {
        ("snapshot", _) => "a snapshot".to_owned(),
        (_, Some(day)) => format!("prices of {day}, computed"),
        (_, None) => "computed".to_owned(),
    };
    format!("{kind} with model version {} and price book {hash}", side.model_version)
}

/// A scenario, to unfold.
fn details(scenario: &ScenarioDifferenceReport) -> Block {
    let mut blocks = Vec::new();
    if !scenario.inputs.is_empty() {
        blocks.push(Block::Paragraph("The scenario says otherwise:".to_owned()));
        blocks.push(Block::List(scenario.inputs.iter().map(|input| input.told.clone()).collect()));
    }
    let recommendation = &scenario.recommendation;
    match (&recommendation.flip, &recommendation.after) {
        (Some(flip), _) => blocks.push(Block::List(flip.told.clone())),
        (None, Some(after)) => {
            blocks.push(Block::Paragraph(format!("The recommendation stays {}.", after.option)));
        }
        (None, None) => blocks.push(Block::Paragraph("No option is recommended, before and now.".to_owned())),
    }
    if !scenario.options.is_empty() {
        blocks.push(Block::Table(table::options(&scenario.options)));
    }
    if let Some(causes) = table::causes(scenario) {
        blocks.push(Block::Table(causes));
    }
    let also = scenario.options.iter().filter(|option| !option.also.is_empty() || option.unknown.is_some());
    let also: Vec<String> = also
        .map(|option| {
            let unknown =
                option.unknown.iter().map(|why| format!("the change of its cost is unknown: {why}"));
            let all: Vec<String> = unknown.chain(option.also.iter().cloned()).collect();
            format!("{}: {}", option.option, all.join("; "))
        })
        .collect();
    if !also.is_empty() {
        blocks.push(Block::List(also));
    }
    if let Some(charges) = table::charges(&scenario.options) {
        blocks.push(Block::Table(charges));
    }
    if !scenario.notes.is_empty() {
        blocks.push(Block::List(scenario.notes.clone()));
    }
    Block::Details { summary: summary(scenario), blocks }
}

/// A scenario in a line.
fn summary(scenario: &ScenarioDifferenceReport) -> String {
    let change = match (&scenario.recommendation.change, &scenario.recommendation.flip) {
        (Some(amount), flip) => {
            let flip = if flip.is_some() { ", another recommendation" } else { "" };
            let percent = amount.percent.as_deref().map(table::percent).unwrap_or_default();
            format!("{} a month{percent}{flip}", table::change(amount))
        }
        (None, Some(_)) => "another recommendation".to_owned(),
        (None, None) => "none recommended".to_owned(),
    };
    let old = scenario.old_file.as_ref().map(|old| format!("{old} → ")).unwrap_or_default();
    let sign = table::sign(scenario.change);
    let space = if sign.is_empty() { "" } else { " " };
    format!("{sign}{space}{old}{}: {change}", scenario.file)
}

/// A cell that is empty on purpose.
pub(super) fn empty() -> Cell {
    Cell::Text(String::new())
}
