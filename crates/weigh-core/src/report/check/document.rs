//! A check as a document for readers: what failed first, scenario by scenario, then warnings, then what was let pass.

use rust_decimal::Decimal;

use super::{CheckReport, CheckedScenarioReport, FindingReport, FindingSeverity};
use crate::money::change;
use crate::report::{Block, Cell, Document, Table, decimal};

/// More findings under one heading are counted for readers, not shown.
const SHOWN: usize = 200;

/// A value of more characters is told in a sentence, which breaks where a table does not.
const WIDEST: usize = 40;

impl CheckReport {
    /// The check as a document for readers.
    ///
    /// ```
    /// use weigh_core::report::{Block, CheckReport};
    /// let document = CheckReport::new(1, "0123".to_owned()).document();
    /// assert_eq!(document.blocks[0], Block::Title("Check passed".to_owned()));
    /// ```
    #[must_use]
    pub fn document(&self) -> Document {
        let mut blocks = vec![Block::Title(self.title()), Block::Paragraph(self.told())];
        for (heading, severity, open) in [
            ("Failed", FindingSeverity::Fail, true),
            ("Warnings", FindingSeverity::Warn, true),
            ("Let pass by a tolerance", FindingSeverity::Note, false),
            ("Not judged", FindingSeverity::Note, true),
        ] {
            let wanted = |finding: &&FindingReport| finding.severity == severity && finding.is_open() == open;
            let found: Vec<&FindingReport> = self.findings.iter().filter(wanted).collect();
            if !found.is_empty() {
                blocks.push(Block::Heading(heading.to_owned()));
                blocks.extend(tables(&found));
            }
        }
        blocks.extend(self.policies_that_hold());
        blocks.extend(self.notes());
        blocks.extend(self.remedies());
        blocks.extend(self.how());
        Document { blocks }
    }

    /// The result in a line: `Check failed: 2 failures, 1 warning`.
    #[must_use]
    pub fn title(&self) -> String {
        let result = if self.passes { "Check passed" } else { "Check failed" };
        let counted = [(self.counts.failures, "failure"), (self.counts.warnings, "warning")];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        let counted: Vec<String> = counted.map(|(count, what)| several(count, what)).collect();
        if counted.is_empty() { result.to_owned() } else { format!("{result}: {}", counted.join(", ")) }
    }

    fn told(&self) -> String {
        let counts = &self.counts;
        let what =
            format!("{} with {}", several(counts.scenarios, "scenario"), several(counts.options, "option"));
        let by = |model: u32, book: &str| format!("model {model} and price book {}", short(book));
        let now = by(self.model_version, &self.book_hash);
        let mut told = match &self.against {
            Some(against) => {
                let then = by(against.model_version, &against.book_hash);
                let same = then == now;
                let computed = if same {
                    format!("Both are computed with {now}.")
                } else {
                    format!("Computed with {now}; the snapshot with {then}.")
                };
                vec![format!("{what} against {}. {computed}", against.file)]
            }
            None => vec![format!("{what}, computed with {now}; no snapshot was compared.")],
        };
        let day = self.today.as_ref();
        told.extend(day.map(|day| format!("Ages of prices are those on {day}.")));
        let passed =
            |finding: &&FindingReport| finding.severity == FindingSeverity::Note && !finding.is_open();
        match self.findings.iter().filter(passed).count() {
            0 => {}
            count => told.push(format!("{} within a tolerance.", are(count, "drift"))),
        }
        told.join(" ")
    }

    /// Which policies hold, in one sentence.
    fn policies_that_hold(&self) -> Option<Block> {
        let is_judged = |rule: &str| rule.starts_with("policy/") && rule != "policy/unmatched";
        let judged = self.findings.iter().filter(|finding| is_judged(&finding.rule)).count();
        let hold = if self.counts.passed == 1 { "holds" } else { "hold" };
        let judged = (judged > 0).then(|| several(judged, "judged policy rule"))?;
        Some(Block::Paragraph(format!("{} of {judged} {hold}.", self.counts.passed)))
    }

    /// What could not be told apart, of which scenario.
    fn notes(&self) -> Vec<Block> {
        let of = |scenario: &CheckedScenarioReport| -> Vec<String> {
            scenario.notes.iter().map(|note| format!("{}: {note}", scenario.file)).collect()
        };
        let told: Vec<String> = self.scenarios.iter().flat_map(of).take(SHOWN).collect();
        match told.is_empty() {
            true => Vec::new(),
            false => vec![Block::Heading("Notes".to_owned()), Block::List(told)],
        }
    }

    /// What to do about drifts, each thing once; what helps with a policy stands with it.
    fn remedies(&self) -> Vec<Block> {
        let mut told: Vec<String> = Vec::new();
        let drifts = self.findings.iter().filter(|each| each.is_open() && each.policy.is_none());
        for remedy in drifts.filter_map(|each| each.remedy.as_ref()) {
            if !told.contains(remedy) {
                told.push(remedy.clone());
            }
        }
        let heading = (!told.is_empty()).then(|| Block::Heading("What helps".to_owned()));
        heading.into_iter().chain(told.into_iter().map(Block::Paragraph)).collect()
    }

    /// How costs are split into causes, where any is.
    fn how(&self) -> Option<Block> {
        let is_split =
            self.findings.iter().flat_map(|finding| &finding.causes).any(|cause| cause.amount.is_some());
        let method: Vec<String> = self.method.iter().map(|line| (*line).to_owned()).collect();
        let summary = "How a change is split".to_owned();
        is_split.then(|| Block::Details { summary, blocks: vec![Block::List(method)] })
    }
}

/// The findings, scenario by scenario: drifts as one table, what else there is as sentences.
fn tables(found: &[&FindingReport]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let shown = &found[..found.len().min(SHOWN)];
    for of_scenario in shown.chunk_by(|one, other| one.scenario == other.scenario) {
        blocks.push(Block::Paragraph(format!("{} ({}):", of_scenario[0].scenario, of_scenario[0].name)));
        let in_table = |finding: &&&FindingReport| {
            let values = [&finding.before, &finding.after];
            let fits =
                values.iter().all(|value| value.as_ref().is_none_or(|value| value.chars().count() <= WIDEST));
            values.iter().any(|value| value.is_some()) && fits && finding.policy.is_none()
        };
        let drifts: Vec<&FindingReport> = of_scenario.iter().filter(in_table).copied().collect();
        let others: Vec<&FindingReport> =
            of_scenario.iter().filter(|each| !in_table(each)).copied().collect();
        if !drifts.is_empty() {
            blocks.push(Block::Table(table(&drifts)));
        }
        if !others.is_empty() {
            blocks.push(Block::List(others.into_iter().map(sentence).collect()));
        }
    }
    if found.len() > SHOWN {
        let more = found.len().saturating_sub(SHOWN);
        blocks.push(Block::Paragraph(format!("And {more} more, which --format json lists.")));
    }
    blocks
}

/// A finding that no table shows: its rule, what it says, and where.
fn sentence(finding: &FindingReport) -> String {
    let place = (finding.line.is_some() || finding.file != finding.scenario)
        .then(|| format!(" [{}]", finding.place()));
    let policy = finding.policy.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
    let remedy = finding.remedy.as_ref().filter(|_| finding.policy.is_some() && finding.is_open());
    let remedy = remedy.map(|remedy| {
        let stop = if remedy.ends_with(['.', '?']) { "" } else { "." };
        format!(". What helps: {remedy}{stop}")
    });
    let (place, remedy) = (place.unwrap_or_default(), remedy.unwrap_or_default());
    format!("{}{policy}: {}{place}{remedy}", finding.rule, finding.told())
}

/// Drifts of one scenario: a row for each, and below it one for each further cause.
fn table(drifts: &[&FindingReport]) -> Table {
    let columns = vec!["rule", "option", "charge or figure", "before", "after", "unit", "a month", "cause"];
    let further = columns.len().saturating_sub(1);
    let rows = drifts.iter().flat_map(|finding| {
        let mut causes = finding.each_cause().into_iter().map(Cell::Text);
        let mut first = row(finding);
        first.push(causes.next().unwrap_or_else(|| Cell::Text(String::new())));
        let blank = vec![Cell::Text(String::new()); further];
        let below = causes.map(move |cause| blank.iter().cloned().chain([cause]).collect());
        std::iter::once(first).chain(below).collect::<Vec<Vec<Cell>>>()
    });
    let rows = rows.collect();
    Table::new(columns, rows)
}

/// A drift without its causes.
fn row(finding: &FindingReport) -> Vec<Cell> {
    let charge = finding.charge.as_ref().map(super::CheckedChargeReport::told);
    let what = charge.or_else(|| finding.figure.clone()).unwrap_or_default();
    // Readers see cents; data has every digit.
    let (in_dollars, unit) = match finding.unit.as_deref() {
        Some("USD") => (true, String::new()),
        unit => (false, unit.unwrap_or_default().to_owned()),
    };
    let told = |value: &Option<String>| match value {
        Some(amount) if in_dollars && amount.parse::<Decimal>().is_ok() => {
            Cell::Text(Cell::Dollars(decimal(amount)).shown())
        }
        Some(value) => Cell::Text(value.clone()),
        None => Cell::Text("none".to_owned()),
    };
    let difference = finding.difference.as_ref().zip(finding.difference_shown.as_ref());
    let difference = difference.map(|(exact, shown)| change(decimal(exact), decimal(shown)));
    vec![
        Cell::Text(finding.rule.clone()),
        Cell::Text(finding.option.clone().unwrap_or_default()),
        Cell::Text(what),
        told(&finding.before),
        told(&finding.after),
        Cell::Text(unit),
        Cell::Text(difference.unwrap_or_default()),
    ]
}

/// `1 claim`, `2 claims`.
fn several(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        count => format!("{} {what}s", Cell::Number(Decimal::from(count)).shown()),
    }
}

/// `1 drift is`, `2 drifts are`.
fn are(count: usize, what: &str) -> String {
    format!("{} {}", several(count, what), if count == 1 { "is" } else { "are" })
}

/// The first digits of a hash.
fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
