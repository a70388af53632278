//! The header of an inventory: which column holds what, by its heading.

use crate::data::line::{cells, separator, unclosed};
use crate::data::nearest;
use crate::problem::Problem;

/// What a column of an inventory holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Cpu,
    Memory,
    ImageSize,
    Replicas,
    PeakCpu,
    PeakMemory,
    ReservedMemory,
    /// What nobody needs here: other columns of `docker stats`, and notes.
    Other,
}

/// Every heading with its column, the usual ones first; those behind them are what `docker stats` writes.
const HEADINGS: &[(&str, Column)] = &[
    ("name", Column::Name),
    ("cpu", Column::Cpu),
    ("memory", Column::Memory),
    ("image_size", Column::ImageSize),
    ("replicas", Column::Replicas),
    ("peak_cpu", Column::PeakCpu),
    ("peak_memory", Column::PeakMemory),
    ("reserved_memory", Column::ReservedMemory),
    ("note", Column::Other),
    ("cpu_%", Column::Cpu),
    ("cpu_percent", Column::Cpu),
    ("peak_cpu_%", Column::PeakCpu),
    ("peak_cpu_percent", Column::PeakCpu),
    ("mem_usage_/_limit", Column::Memory),
    ("mem_usage", Column::Memory),
    ("container_id", Column::Other),
    ("mem_%", Column::Other),
    ("net_i/o", Column::Other),
    ("block_i/o", Column::Other),
    ("pids", Column::Other),
];

/// How many of the headings are the usual ones, which messages name.
const USUAL: usize = 9;

impl Column {
    /// The usual heading.
    pub(super) fn name(self) -> &'static str {
        HEADINGS.iter().find(|(_, column)| *column == self).map_or("", |(name, _)| name)
    }

    /// What stands in it.
    pub(super) fn example(self) -> &'static str {
        match self {
            Column::Name => "a name, such as api",
            Column::Cpu | Column::PeakCpu => super::values::PERCENT,
            Column::Memory | Column::PeakMemory => super::values::USAGE,
            Column::ImageSize | Column::ReservedMemory => super::values::SIZE,
            Column::Replicas => super::values::REPLICAS,
            Column::Other => "",
        }
    }
}

/// The columns of an inventory, in their order.
pub(super) struct Header {
    pub(super) columns: Vec<Column>,
    pub(super) separator: char,
    percent: Vec<Column>,
}

impl Header {
    /// Reads the first line.
    ///
    /// Nothing where it is none at all. A heading that is misspelt counts as what was probably meant, so that the values
    /// below it are looked at too.
    pub(super) fn read(start: usize, line: &str, problems: &mut Vec<Problem>) -> Option<Header> {
        let separator = separator(line);
        let mut header = Header { columns: Vec::new(), separator, percent: Vec::new() };
        let headings = match cells(start, line, separator) {
            Ok(headings) => headings,
            Err(span) => {
                problems.push(unclosed(span));
                return None;
            }
        };
        let whole = start..start + line.trim_end().len();
        if headings.len() > 1 && headings.iter().all(|(text, _)| column_of(text).is_none()) {
            problems.push(Problem::at(whole, "the first line is no header").allowing(allowed()));
            return None;
        }
        for (text, span) in &headings {
            let column = column_of(text).or_else(|| {
                let meant = nearest(text, HEADINGS.iter().map(|(heading, _)| *heading));
                let unknown = Problem::at(span.clone(), format!("unknown column `{text}`"));
                problems.push(unknown.allowing(allowed()).suggesting(meant.map(str::to_owned)));
                meant.and_then(column_of)
            });
            let column = column.unwrap_or(Column::Other);
            let before = header.columns.iter().position(|known| *known == column && column != Column::Other);
            if let Some((_, first)) = before.and_then(|before| headings.get(before)) {
                let message = format!("the column `{}` stands twice", column.name());
                let twice = Problem::at(span.clone(), message).beside(first.clone(), "first here");
                problems.push(twice.allowing("each column once"));
            }
            if text.contains('%') || text.to_lowercase().contains("percent") {
                header.percent.push(column);
            }
            header.columns.push(column);
        }
        let required = [Column::Name, Column::Cpu, Column::Memory];
        for column in required.into_iter().filter(|column| !header.has(*column)) {
            let message = format!("the column `{}` is missing", column.name());
            problems.push(Problem::at(whole.clone(), message).allowing(allowed()));
        }
        Some(header)
    }

    /// Whether the header has a column.
    pub(super) fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }

    /// Whether a heading says that its numbers are percent, so that they may stand without the sign.
    pub(super) fn says_percent(&self, column: Column) -> bool {
        self.percent.contains(&column)
    }
}

/// The column of a heading; one without a heading holds nothing that is needed.
fn column_of(heading: &str) -> Option<Column> {
    let folded = heading.to_lowercase().replace([' ', '-'], "_");
    let known = HEADINGS.iter().find(|(heading, _)| *heading == folded).map(|(_, column)| *column);
    known.or(folded.is_empty().then_some(Column::Other))
}

/// What headings there are.
fn allowed() -> String {
    let usual: Vec<&str> = HEADINGS.iter().take(USUAL).map(|(heading, _)| *heading).collect();
    format!(
        "the columns {}, of which name, cpu and memory must be there; or those of `docker stats`",
        usual.join(", ")
    )
}
