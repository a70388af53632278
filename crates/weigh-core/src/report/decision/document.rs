//! A decision for readers: the matrix as a table, and the figures of the method.

use std::borrow::Cow;

use super::{CellReport, DecisionReport, WeighedCriterion};
use crate::report::{Block, Cell, Table};

/// More alternatives than this have no column each: the matrix is told by the line.
const COLUMNS_MOST: usize = 8;

impl DecisionReport {
    /// The matrix and the method's figures, under a heading.
    pub(in crate::report) fn blocks(&self, blocks: &mut Vec<Block>) {
        blocks.push(Block::Heading("Matrix".to_owned()));
        blocks.push(Block::Paragraph(self.legend()));
        blocks.push(Block::Table(self.matrix_table()));
        if !self.measures.is_empty() {
            blocks.push(Block::Table(self.measures_table()));
        }
        if let Some(chosen) = &self.chosen {
            let members =
                if chosen.members.is_empty() { "none".to_owned() } else { chosen.members.join(", ") };
            blocks.push(Block::Paragraph(format!("The {} is {members}: {}.", chosen.name, chosen.why)));
        }
        if !self.notes.is_empty() {
            blocks.push(Block::List(self.notes.clone()));
        }
    }

    /// `Weighted sum (S = …) with the fixed normalisation; the weights are …. Each cell: value · worth · what it adds.`
    fn legend(&self) -> String {
        let normalised = match self.normalisation {
            Some("fixed") => " of what values are worth between fixed ends".to_owned(),
            Some(id) => format!(" of values normalised by {id}"),
            None => " of the values as they are".to_owned(),
        };
        let cells = match self.criteria.first().and_then(|criterion| criterion.cells.first()) {
            Some(CellReport { adds: Some(_), .. }) => "value · worth from 0 to 1 · what it adds to the score",
            Some(CellReport { normalised: Some(_), .. }) => "value · normalised value",
            _ => "value",
        };
        let lower = if self.better == "lower" { "; the lower score is better" } else { "" };
        format!(
            "Ranked by {} ({}){normalised}{lower}. The weights are {}. In a cell: {cells}.",
            self.method_title, self.method_summary, self.weights_from
        )
    }

    fn matrix_table(&self) -> Table {
        if self.alternatives.len() > COLUMNS_MOST {
            return self.long_table();
        }
        let heads = ["criterion", "weight"].map(Cow::Borrowed).into_iter();
        let names = self.alternatives.iter().map(|name| Cow::Owned(name.clone()));
        let columns: Vec<Cow<'static, str>> = heads.chain(names).chain([Cow::Borrowed("best")]).collect();
        let row = |criterion: &WeighedCriterion| {
            let mut cells = vec![
                Cell::Text(criterion.title.clone()),
                Cell::Measured(format!("{:.2}", criterion.weight), criterion.weight),
            ];
            cells.extend(criterion.cells.iter().map(|cell| Cell::Text(cell.text())));
            cells.push(Cell::Text(self.winners(criterion)));
            cells
        };
        let mut rows: Vec<Vec<Cell>> = self.criteria.iter().map(row).collect();
        let mut last = vec![Cell::Text("score".to_owned()), Cell::Text(String::new())];
        last.extend(self.scores.iter().map(|score| Cell::Text(format!("{score:.3}"))));
        let first = self.ranks.iter().zip(&self.alternatives).filter(|(rank, _)| **rank == 1);
        last.push(Cell::Text(first.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ")));
        rows.push(last);
        Table::new(columns, rows)
    }

    /// A line for each alternative and criterion, for more alternatives than a table has room for.
    fn long_table(&self) -> Table {
        let mut rows = Vec::new();
        for (i, name) in self.alternatives.iter().enumerate() {
            for criterion in &self.criteria {
                rows.push(vec![
                    Cell::Text(name.clone()),
                    Cell::Text(criterion.title.clone()),
                    Cell::Measured(format!("{:.2}", criterion.weight), criterion.weight),
                    Cell::Text(criterion.cells[i].text()),
                ]);
            }
        }
        Table::new(vec!["alternative", "criterion", "weight", "cell"], rows)
    }

    /// The best by a criterion: one, several that tie, or all alike.
    fn winners(&self, criterion: &WeighedCriterion) -> String {
        match criterion.best.len() {
            all if all == self.alternatives.len() && all > 1 => "all alike".to_owned(),
            _ => criterion.best.join(" = "),
        }
    }

    fn measures_table(&self) -> Table {
        let names = self.measures.iter().map(|measure| Cow::Borrowed(measure.name));
        let columns: Vec<Cow<'static, str>> =
            [Cow::Borrowed("alternative"), Cow::Borrowed("rank")].into_iter().chain(names).collect();
        let row = |(i, name): (usize, &String)| {
            let mut cells = vec![Cell::Text(name.clone()), Cell::Number(self.ranks[i].into())];
            let figures = self.measures.iter().map(|measure| measure.values[i]);
            cells.extend(figures.map(|figure| Cell::Measured(format!("{figure:.4}"), figure)));
            cells
        };
        Table::new(columns, self.alternatives.iter().enumerate().map(row).collect())
    }
}

impl CellReport {
    /// `$34.37 · 0.69 · 0.207`.
    fn text(&self) -> String {
        let mut text = self.shown.clone();
        for (figure, places) in [(self.normalised, 2), (self.adds, 3)] {
            if let Some(figure) = figure {
                text.push_str(&format!(" · {figure:.places$}"));
            }
        }
        text
    }
}
