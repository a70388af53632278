//! An audit as a document for readers: the counts first, then what contradicts and why, then statements that disagree.

use rust_decimal::Decimal;

use super::{AuditReport, ClaimCheckReport, ClaimCounts, ClaimReport, verdict_words};
use crate::audit::Cause;
use crate::report::{Block, Cell, Document, Entry, Ledger, Table, decimal};

impl AuditReport {
    /// The audit as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let mut blocks =
            vec![Block::Title(format!("Audit of {}", self.claims_in_files())), Block::Paragraph(self.told())];
        if self.documents.len() > 1 {
            let rows = self.documents.iter().map(|each| {
                (each.document.clone().unwrap_or_else(|| "no document named".to_owned()), each.counts)
            });
            blocks.push(table("document", rows));
        }
        let with_claims = self.scenarios.iter().filter(|scenario| scenario.counts.claims > 0);
        if with_claims.clone().count() > 1 {
            blocks.push(table("scenario", with_claims.map(|each| (each.file.clone(), each.counts))));
        }
        let contradicting = |claim: &&ClaimReport| claim.verdict == "contradicts";
        self.claims_by_file(&mut blocks, "Contradictions", &contradicting);
        if !self.disagreements.is_empty() {
            let told =
                self.disagreements.iter().map(|each| format!("{}: stated as {}", each.subject, each.words));
            blocks.extend([
                Block::Heading("Statements that contradict each other".to_owned()),
                Block::List(told.collect()),
            ]);
        }
        // What the document states as an input or an estimate is none that a model could compute.
        let expected = |claim: &&ClaimReport| matches!(claim.about, Some("input" | "estimate"));
        let unanswered = |claim: &&ClaimReport| claim.verdict == "not-computed" && !expected(claim);
        if !self.tells_all {
            self.claims_by_file(&mut blocks, "Not computed, though a model could", &unanswered);
        }
        let explained = |claim: &&ClaimReport| claim.verdict == "within-10" && claim.has_cause();
        if !self.tells_all {
            self.claims_by_file(&mut blocks, "Within 10 %, for a reason that was found", &explained);
        }
        if self.tells_all {
            self.claims_by_file(&mut blocks, "All other claims", &|claim| !contradicting(claim));
        }
        blocks.extend(self.book.as_ref().map(|book| Block::Paragraph(book.sentence())));
        Document { blocks }
    }

    /// `12 claims in 2 scenarios`.
    fn claims_in_files(&self) -> String {
        format!("{} in {}", several(self.counts.claims, "claim"), several(self.scenarios.len(), "scenario"))
    }

    fn told(&self) -> String {
        let ClaimCounts { within_1, within_10, contradict, not_computed, .. } = self.counts;
        let mut told = vec![format!(
            "{within_1} agree within 1 %, {within_10} within 10 %, {contradict} contradict, {not_computed} can't be computed."
        )];
        let things = self.disagreements.len();
        told.extend((things > 0).then(|| {
            format!("Of {} there are statements that contradict each other.", several(things, "thing"))
        }));
        let without = self.scenarios.iter().filter(|scenario| scenario.counts.claims == 0).count();
        told.extend((without > 0).then(|| match without {
            1 => "1 scenario has no claims.".to_owned(),
            several => format!("{several} scenarios have no claims."),
        }));
        told.join(" ")
    }

    /// Claims under a heading, file by file; nothing where there is none.
    fn claims_by_file(&self, blocks: &mut Vec<Block>, heading: &str, wanted: &dyn Fn(&&ClaimReport) -> bool) {
        let wanted: Vec<&ClaimReport> = self.claims.iter().filter(wanted).collect();
        if !wanted.is_empty() {
            blocks.push(Block::Heading(heading.to_owned()));
        }
        for of_file in wanted.chunk_by(|one, other| one.file == other.file) {
            if self.scenarios.len() > 1 {
                blocks.push(Block::Paragraph(format!("{}:", of_file[0].file)));
            }
            blocks.push(Block::Ledger(ledger(of_file)));
        }
    }
}

/// `1 claim`, `2 claims`.
fn several(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

fn table(what: &'static str, rows: impl Iterator<Item = (String, ClaimCounts)>) -> Block {
    let number = |count: usize| Cell::Number(Decimal::from(count));
    let row = |(name, counts): (String, ClaimCounts)| {
        let ClaimCounts { claims, within_1, within_10, contradict, not_computed } = counts;
        let numbers = [claims, within_1, within_10, contradict, not_computed].map(number);
        [Cell::Text(name)].into_iter().chain(numbers).collect()
    };
    let columns = vec![what, "claims", "in 1 %", "in 10 %", "contradict", "not computed"];
    Block::Table(Table::new(columns, rows.map(row).collect()))
}

/// The claims as entries to read, and as a table.
fn ledger(claims: &[&ClaimReport]) -> Ledger {
    let rows = claims.iter().map(|claim| {
        let check = claim.deciding();
        let computed = check.map(ClaimCheckReport::told).unwrap_or_default();
        let cause = check.and_then(|check| check.causes.first());
        vec![
            Cell::Text(claim.title()),
            Cell::Text(claim.shown.clone()),
            Cell::Text(computed),
            check.map_or(Cell::Absent(""), ClaimCheckReport::off),
            Cell::Text(verdict_words(claim.verdict).to_owned()),
            Cell::Text(cause.map(|cause| cause.words.clone()).unwrap_or_default()),
        ]
    });
    let columns = vec!["claim", "stated", "held against", "off", "verdict", "cause"];
    let table = Table::new(columns, rows.collect());
    Ledger { entries: claims.iter().map(|claim| claim.entry()).collect(), table }
}

impl ClaimReport {
    /// Whether a cause was found that is more than rounding.
    fn has_cause(&self) -> bool {
        let mut causes = self.checks.iter().flat_map(|check| &check.causes);
        causes.any(|cause| cause.kind != "rounded")
    }

    fn entry(&self) -> Entry {
        let mut lines = vec![self.opening()];
        for (place, check) in self.checks.iter().enumerate() {
            lines.extend(check.own_line(place));
            let causes = check.causes.iter().enumerate();
            lines.extend(causes.map(|(place, cause)| match place {
                0 if cause.kind == Cause::WOULD_NEED => format!("no cause was found; it {}", cause.words),
                0 => format!("cause: {}", cause.words),
                _ => format!("or: {}", cause.words),
            }));
            let searched = check.verdict == "contradicts" && matches!(check.kind, "model" | "equals");
            if searched && check.causes.is_empty() {
                lines.push("no cause was found".to_owned());
            }
            lines.extend(check.reckoned());
        }
        let amount = match self.deciding().map(ClaimCheckReport::off) {
            Some(cell) if cell.is_number() => cell,
            _ => Cell::Text(verdict_words(self.verdict).to_owned()),
        };
        Entry { title: self.title(), amount, lines }
    }

    /// `stated 52 USD/month, computed 63.07`: the share by which it is off stands at the edge, where it decides.
    fn opening(&self) -> String {
        let model = self.checks.iter().enumerate().find(|(_, check)| check.kind == "model");
        match model.and_then(|(place, check)| Some((check, check.computed.as_ref()?.shown(), place))) {
            Some((check, figure, place)) => {
                format!("stated {}, computed {figure}{}", self.shown, check.share(place))
            }
            None => format!("stated {}", self.shown),
        }
    }
}

impl ClaimCheckReport {
    /// By how much the stated figure is off, with its sign.
    fn off(&self) -> Cell {
        match (&self.difference_percent, self.verdict) {
            (_, "not-computed") => Cell::Absent(""),
            (Some(percent), _) => Cell::Percent(decimal(percent)),
            (None, _) => Cell::Absent("contradicts"),
        }
    }

    /// The share by which it is off, for all but the first check, whose share stands at the edge.
    fn share(&self, place: usize) -> String {
        match self.off() {
            cell if place > 0 && cell.is_number() => format!(" ({})", cell.shown()),
            _ => String::new(),
        }
    }

    /// What a check is, in a line of its own; the computed figure of the model stands in the first line.
    fn own_line(&self, place: usize) -> Option<String> {
        let is_told = self.kind == "model" && self.computed.is_some();
        (!is_told).then(|| self.told() + &self.share(place))
    }

    /// How the computed figure is reckoned, where the model says it.
    fn reckoned(&self) -> Option<String> {
        let (figure, reckoning) = (self.computed.as_ref()?, self.reckoning.as_ref()?);
        let source = self.source.as_ref().map(|source| format!(" [{source}]")).unwrap_or_default();
        (self.kind == "model").then(|| format!("{} = {reckoning}{source}", figure.shown()))
    }

    /// What the claim was held against, and the figure.
    fn told(&self) -> String {
        let of = self.of.as_deref().unwrap_or_default();
        if let Some(why) = &self.why_not {
            return match self.kind {
                "model" => format!("can't be computed: {why}"),
                _ => format!("can't be held against {of}: {why}"),
            };
        }
        let figure = self.computed.as_ref().map(super::FigureReport::shown);
        let reckoning = self.reckoning.as_deref().unwrap_or_default();
        match (self.kind, figure) {
            ("model", Some(figure)) => format!("computed {figure}"),
            ("model", None) => format!("computed {reckoning}"),
            ("equals", Some(figure)) => format!("own figures: {of} = {figure}"),
            ("at_most", Some(figure)) => format!("at most: {of} = {figure}"),
            (_, Some(figure)) => format!("lowest of {of}: the lowest other is {reckoning} with {figure}"),
            (_, None) => String::new(),
        }
    }
}
