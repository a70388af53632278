//! A ranked matrix for readers.

use std::borrow::Cow;

use super::{RankingReport, SourceWinnerReport};
use crate::report::decision::names::joined;
use crate::report::{Block, Cell, Document, DominatedReport, Table};

impl RankingReport {
    /// The report for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let mut blocks = vec![Block::Title(self.name.clone())];
        blocks.extend(self.source.clone().map(|source| Block::Paragraph(format!("Source: {source}."))));
        blocks.push(Block::Paragraph(self.outcome()));
        if self.decision.is_some() {
            blocks.extend([Block::Heading("Ranking".to_owned()), Block::Table(self.ranks())]);
        }
        if let Some(decision) = &self.decision {
            decision.blocks(&mut blocks);
        }
        if let Some(firmness) = self.decision.as_ref().and_then(|decision| decision.firmness.as_ref()) {
            firmness.sensitivity(&self.wording, &mut blocks);
            if self.robustness_asked {
                firmness.other_views(&self.wording, &mut blocks);
            }
        }
        if let Some(checks) = self.checks.as_ref().filter(|_| self.robustness_asked) {
            checks.blocks(&self.wording, &mut blocks);
        }
        if let Some(stars) = &self.stars {
            blocks.push(Block::Paragraph(format!(
                "Stars are added up without weights over {}: {}.",
                counted(stars.criteria.len(), "criterion", "criteria"),
                stars.criteria.join(", ")
            )));
        }
        let mut list = |heading: &str, points: Vec<String>| {
            if !points.is_empty() {
                blocks.extend([Block::Heading(heading.to_owned()), Block::List(points)]);
            }
        };
        list(
            "Not ranked",
            self.unranked
                .iter()
                .map(|each| format!("{} is {}: {}.", each.alternative, each.status, each.why.join("; ")))
                .collect(),
        );
        list("Dominated", self.dominated());
        list("The winners of the source", self.source_points());
        list("Told and not counted", self.left_out());
        list("Notes", self.notes.clone());
        Document { blocks }
    }

    /// Who leads, or that nobody meets the needs.
    fn outcome(&self) -> String {
        let Some(decision) = &self.decision else {
            return "No alternative is ranked: each fails a need.".to_owned();
        };
        let first: Vec<&str> = decision
            .ranks
            .iter()
            .zip(&decision.alternatives)
            .filter(|(rank, _)| **rank == 1)
            .map(|(_, name)| name.as_str())
            .collect();
        let method = decision.method_title;
        let verdict = decision.firmness.as_ref().map(|firmness| firmness.verdict.clone());
        match first.as_slice() {
            _ if verdict.is_some() => verdict.unwrap_or_default(),
            [only] if decision.alternatives.len() == 1 => {
                format!("{only} is the only alternative that is ranked.")
            }
            [one] => format!("{one} is first by {method}."),
            several => {
                let several: Vec<String> = several.iter().map(|name| (*name).to_owned()).collect();
                format!("{} are first together by {method}.", joined(&several, "and"))
            }
        }
    }

    /// Who can't be first alone; with the other views it stands there.
    fn dominated(&self) -> Vec<String> {
        let firmness = self.decision.as_ref().and_then(|decision| decision.firmness.as_ref());
        let dominated =
            firmness.filter(|_| !self.robustness_asked).into_iter().flat_map(|firmness| &firmness.dominated);
        let sentence = |each: &DominatedReport| {
            let by = joined(&each.by, "or");
            format!(
                "{} is no better than {by} by any criterion, and worse by one or more: no weights put it first alone.",
                each.alternative
            )
        };
        dominated.map(sentence).collect()
    }

    /// Whom the source names; where it names the best by a criterion rightly, only how often.
    fn source_points(&self) -> Vec<String> {
        let all = self.source_winners.iter();
        let told = all.clone().filter(|winner| !(winner.of_one() && winner.agrees == "yes"));
        let mut points: Vec<String> = told.map(SourceWinnerReport::sentence).collect();
        let (of_one, same) = all.fold((0, 0), |(of_one, same), winner| match winner.of_one() {
            true => (of_one + 1, same + usize::from(winner.agrees == "yes")),
            false => (of_one, same),
        });
        if of_one > 0 {
            let named = counted(of_one, "criterion", "criteria");
            points.push(format!(
                "By {named} the source names a winner; {same} of them {} so here.",
                if same == 1 { "is" } else { "are" }
            ));
        }
        points
    }

    fn ranks(&self) -> Table {
        let mut columns: Vec<Cow<'static, str>> =
            ["rank", "alternative", "score"].map(Cow::Borrowed).to_vec();
        if self.stars.is_some() {
            columns.push(Cow::Borrowed("stars"));
        }
        let mut rows = Vec::new();
        if let Some(decision) = &self.decision {
            let mut order: Vec<usize> = (0..decision.alternatives.len()).collect();
            order.sort_by_key(|place| decision.ranks[*place]);
            for i in order {
                let name = &decision.alternatives[i];
                let mut row = vec![
                    Cell::Number(decision.ranks[i].into()),
                    Cell::Text(name.clone()),
                    Cell::Measured(format!("{:.3}", decision.scores[i]), decision.scores[i]),
                ];
                let sums = self.stars.iter().flat_map(|stars| &stars.sums);
                row.extend(
                    sums.filter(|each| each.alternative == *name)
                        .map(|each| Cell::Measured(each.sum.to_string(), each.sum)),
                );
                rows.push(row);
            }
        }
        Table::new(columns, rows)
    }

    /// The criteria that don't count, with what the source says of each alternative.
    fn left_out(&self) -> Vec<String> {
        let told = |name: &str| {
            let text = self.source_text.iter().filter(|each| each.criterion == name);
            let parts: Vec<String> = text.map(|each| format!("{} {}", each.alternative, each.text)).collect();
            if parts.is_empty() { String::new() } else { format!(" It says: {}.", parts.join("; ")) }
        };
        self.criteria_left_out
            .iter()
            .map(|each| format!("{}: {}.{}", each.criterion, each.why, told(&each.criterion)))
            .collect()
    }
}

impl SourceWinnerReport {
    /// `Lambda (low traffic; by Cost): first here too.`
    fn sentence(&self) -> String {
        let mut about: Vec<String> = self.when.iter().cloned().collect();
        about.push(match self.criteria.as_slice() {
            [] if self.when.is_some() => "by all criteria".to_owned(),
            [] => String::new(),
            some => format!("by {}", some.join(", ")),
        });
        about.retain(|part| !part.is_empty());
        let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join("; ")) };
        let computed = match self.computed.as_slice() {
            [] => "nobody".to_owned(),
            first => first.join(" = "),
        };
        let verdict = match self.agrees {
            "yes" => "first here too".to_owned(),
            "partly" => format!("partly so here, where first is {computed}"),
            _ => format!("not so here, where first is {computed}"),
        };
        format!("{}{about}: {verdict}.", self.names.join(" = "))
    }

    /// Whether it is the winner of one criterion alone.
    fn of_one(&self) -> bool {
        self.when.is_none() && self.criteria.len() == 1
    }
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
