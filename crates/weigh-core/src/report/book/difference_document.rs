//! A difference as a document for readers, and as a table for programs.

use super::changes::{ChangeReport, StateReport};
use super::difference::{DifferenceReport, SideReport};
use super::{counted, short};
use crate::report::{Block, Cell, Document, Sheet, Table, decimal};

impl DifferenceReport {
    /// The difference as a document for readers: the counts first, then a line for each band that differs.
    #[must_use]
    pub fn document(&self) -> Document {
        let (before, after) = (&self.before, &self.after);
        let mut blocks = vec![
            Block::Title(format!("Prices: {} → {}", before.label, after.label)),
            Block::Paragraph(format!("{} · {}", described(before), described(after))),
            Block::Paragraph(self.summary()),
        ];
        if !self.changes.is_empty() {
            blocks.push(Block::Table(self.table()));
        }
        if !self.notes.is_empty() {
            blocks.extend([Block::Heading("Notes".to_owned()), Block::List(self.notes.clone())]);
        }
        Document { blocks }
    }

    fn summary(&self) -> String {
        let counts = &self.counts;
        let region = self.region.as_ref().map(|region| format!(" of {region}")).unwrap_or_default();
        let service = self.service.as_ref().map(|service| format!(" of {service}")).unwrap_or_default();
        if counts.compared == 0 {
            return format!("Nothing to compare: neither side has a price{service}{region}.");
        }
        let compared = counted(counts.compared, "price", "prices");
        if counts.differ == 0 {
            let (is, same) = if counts.compared == 1 { ("is", "the same") } else { ("are", "the same") };
            return format!("No difference: {compared}{service}{region} {is} {same} on both sides.");
        }
        let percents = match (&counts.percent_lowest, &counts.percent_highest) {
            (Some(lowest), Some(highest)) if lowest == highest => format!(" ({})", percent(lowest)),
            (Some(lowest), Some(highest)) => format!(" ({} to {})", percent(lowest), percent(highest)),
            _ => String::new(),
        };
        let each = [
            (counts.changed, format!("changed{percents}")),
            (counts.added, "added".to_owned()),
            (counts.removed, "removed".to_owned()),
            (counts.offered, "newly offered".to_owned()),
            (counts.not_offered, "no longer offered".to_owned()),
            (counts.unit, "in another unit".to_owned()),
        ];
        let each: Vec<String> = each
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let verb = if counts.differ == 1 { "differs" } else { "differ" };
        format!("{} of {compared}{service}{region} {verb}: {}.", counts.differ, each.join(", "))
    }

    fn table(&self) -> Table {
        // Most prices have one band: the column of quantities is shown where it says something.
        let banded = self.changes.iter().any(|each| each.from_quantity != "0");
        let mut columns = vec!["region", "price id", "above", "before", "after", "change", "percent", "what"];
        if !banded {
            columns.remove(2);
        }
        let row = |each: &ChangeReport| {
            let signed = |text: &Option<String>, cell: fn(rust_decimal::Decimal) -> Cell| {
                text.as_deref().map_or(Cell::Text(String::new()), |text| cell(decimal(text)))
            };
            let what = [each.change, each.note.as_str(), each.after.mark];
            let what: Vec<&str> = what.into_iter().filter(|part| !part.is_empty()).collect();
            let mut cells = vec![
                Cell::Text(each.region.clone()),
                Cell::Text(each.price_id.clone()),
                Cell::Number(decimal(&each.from_quantity)),
                state(&each.before),
                state(&each.after),
                signed(&each.difference, Cell::Change),
                signed(&each.percent, Cell::Percent),
                Cell::Text(what.join(", ")),
            ];
            if !banded {
                cells.remove(2);
            }
            cells
        };
        Table::new(columns, self.changes.iter().map(row).collect())
    }

    /// The difference as a table for programs, a row for each band that differs.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "change",
            "region",
            "price_id",
            "from_quantity",
            "before_state",
            "before_usd",
            "before_unit",
            "before_from",
            "after_state",
            "after_usd",
            "after_unit",
            "after_from",
            "after_seen",
            "after_source",
            "after_mark",
            "difference_usd",
            "percent",
        ];
        let shown = |value: &Option<String>| value.clone().unwrap_or_default();
        let row = |each: &ChangeReport| {
            let ChangeReport { before, after, .. } = each;
            vec![
                each.change.to_owned(),
                each.region.clone(),
                each.price_id.clone(),
                each.from_quantity.clone(),
                before.state.to_owned(),
                shown(&before.rate),
                before.unit.to_owned(),
                shown(&before.from),
                after.state.to_owned(),
                shown(&after.rate),
                after.unit.to_owned(),
                shown(&after.from),
                shown(&after.seen),
                shown(&after.source),
                after.mark.to_owned(),
                shown(&each.difference),
                shown(&each.percent),
            ]
        };
        Sheet { columns, rows: self.changes.iter().map(row).collect() }
    }
}

/// A side with its day and its book.
fn described(side: &SideReport) -> String {
    let book = short(&side.book);
    match side.label == side.as_of {
        true => format!("{}: book {book}", side.label),
        false => format!("{}: prices of {}, book {book}", side.label, side.as_of),
    }
}

fn state(state: &StateReport) -> Cell {
    match state.rate.as_deref() {
        Some(rate) => Cell::Rate(decimal(rate)),
        None => Cell::Absent(state.state),
    }
}

fn percent(text: &str) -> String {
    Cell::Percent(decimal(text)).shown()
}
