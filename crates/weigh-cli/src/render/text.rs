//! Text for a terminal: headings, wrapped paragraphs, tables that fit the width.

use std::fmt::Write;

use comfy_table::{
    Cell as TableCell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width,
};
use textwrap::{Options, WordSplitter};
use weigh_core::report::{Block, Document, Ledger, Table};

use super::chart;

/// Paragraphs are no wider than this, however wide the terminal.
const READABLE: usize = 110;
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// A line below the headings, and none between the rows.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// The columns of the terminal; nothing for a pipe or a file, which tables may then exceed.
pub(crate) fn width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(std::io::stdout())?;
    Some(usize::from(width.0))
}

/// The document as styled text; who prints it strips the styles where they don't belong.
pub(crate) fn render(document: &Document, width: Option<usize>) -> String {
    let mut out = String::new();
    add(&mut out, &document.blocks, width);
    out
}

fn add(out: &mut String, blocks: &[Block], width: Option<usize>) {
    let readable = width.map_or(READABLE, |width| width.clamp(20, READABLE));
    for block in blocks {
        if !out.is_empty() && !matches!(block, Block::Heading(_) | Block::Details { .. }) {
            // A heading brings its own empty line, and what follows it none.
            let after_heading = out.ends_with("\u{1b}[0m\n");
            if !after_heading {
                out.push('\n');
            }
        }
        // Writing to a string can't fail.
        let _ = match block {
            Block::Title(title) => writeln!(out, "{BOLD}{}{PLAIN}", filled(title, readable, "", "")),
            Block::Heading(heading) => writeln!(out, "\n{BOLD}{}{PLAIN}", filled(heading, readable, "", "")),
            Block::Paragraph(text) => writeln!(out, "{}", filled(text, readable, "", "")),
            Block::List(points) => {
                points.iter().try_for_each(|point| writeln!(out, "{}", filled(point, readable, "- ", "  ")))
            }
            Block::Ledger(entries) => ledger(out, entries, readable),
            Block::Chart(chart) => {
                write!(out, "{}", chart::render(chart, width.unwrap_or(chart::WIDTH)))
            }
            Block::Table(table) => match width.filter(|width| !fits(table, *width)) {
                Some(width) => stack(out, table, width),
                None => writeln!(out, "{}", grid(table, width)),
            },
            Block::Details { summary, blocks } => {
                let _ = writeln!(out, "\n{BOLD}{}{PLAIN}", filled(summary, readable, "", ""));
                add(out, blocks, width);
                Ok(())
            }
        };
    }
}

/// Text broken at spaces only, so that a date or a name stays whole.
pub(crate) fn filled(text: &str, width: usize, first: &str, rest: &str) -> String {
    let options = Options::new(width).word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(text, options.initial_indent(first).subsequent_indent(rest))
}

/// Each entry with its amount at the right edge, and the reckoning below it.
fn ledger(out: &mut String, ledger: &Ledger, width: usize) -> std::fmt::Result {
    for entry in &ledger.entries {
        let amount = entry.amount.shown();
        let room = width.saturating_sub(amount.chars().count() + 1).max(10);
        let title = filled(&entry.title, room, "", "");
        let last = title.lines().last().map_or(0, |line| line.chars().count());
        let gap = width.saturating_sub(last + amount.chars().count()).max(1);
        writeln!(out, "{title}{}{amount}", " ".repeat(gap))?;
        for line in &entry.lines {
            writeln!(out, "{}", filled(line, width, "    ", "      "))?;
        }
    }
    Ok(())
}

fn grid(table: &Table, width: Option<usize>) -> String {
    let mut grid = comfy_table::Table::new();
    grid.load_style(STYLE).set_header(&table.columns);
    if let Some(width) = width {
        grid.set_content_arrangement(ContentArrangement::Dynamic);
        grid.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    }
    for row in &table.rows {
        grid.add_row(row.iter().map(|cell| {
            let alignment = if cell.is_number() { CellAlignment::Right } else { CellAlignment::Left };
            TableCell::new(cell.shown()).set_alignment(alignment)
        }));
    }
    if let Some(width) = width {
        keep_whole(&mut grid, table, width);
    }
    let lines: Vec<String> = grid.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

/// The longest piece of each column that must not break: a number, or a word.
fn longest_pieces(table: &Table) -> Vec<usize> {
    let longest = |index: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(index));
        let whole = cells.flat_map(|cell| match cell.is_number() {
            true => vec![cell.shown().chars().count()],
            false => cell.shown().split(' ').map(|word| word.chars().count()).collect(),
        });
        whole.max().unwrap_or(0)
    };
    (0..table.columns.len()).map(longest).collect()
}

/// The width of a table whose columns are as narrow as they may be, with so much padding each.
fn narrowest(pieces: &[usize], padding: usize) -> usize {
    pieces.iter().map(|piece| piece + padding).sum::<usize>() + pieces.len().saturating_sub(1)
}

/// Whether the table can be shown without breaking a number or a word.
fn fits(table: &Table, width: usize) -> bool {
    narrowest(&longest_pieces(table), 1) <= width
}

/// Lets only headings and spaces break: numbers and names stay whole.
fn keep_whole(grid: &mut comfy_table::Table, table: &Table, width: usize) {
    let pieces = longest_pieces(table);
    let padding = if narrowest(&pieces, 2) <= width { (1, 1) } else { (0, 1) };
    for (column, piece) in grid.column_iter_mut().zip(pieces) {
        column.set_padding(padding);
        let least = u16::try_from(piece).unwrap_or(u16::MAX).saturating_add(padding.0 + padding.1);
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
    }
}

/// The rows one below the other, a line for each column: for a terminal that is too narrow for the table.
fn stack(out: &mut String, table: &Table, width: usize) -> std::fmt::Result {
    let heading = table.columns.iter().map(|column| column.chars().count()).max().unwrap_or(0);
    // Below this there is no room for values beside the headings.
    let width = width.max(heading + 18);
    for (index, row) in table.rows.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        for (column, cell) in table.columns.iter().zip(row) {
            let first = format!("{column:<heading$}  ");
            writeln!(out, "{}", filled(&cell.shown(), width, &first, &" ".repeat(heading + 2)))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use weigh_core::report::Cell;

    fn document() -> Document {
        let table = Table::new(
            vec!["option", "monthly cost"],
            vec![
                vec![Cell::Text("fargate".to_owned()), Cell::Dollars(72.into())],
                vec![Cell::Text("a much longer name than that".to_owned()), Cell::Absent("unknown")],
            ],
        );
        Document {
            blocks: vec![
                Block::Title("Shop".to_owned()),
                Block::Paragraph("Words that are long enough to be broken in a narrow terminal.".to_owned()),
                Block::Table(table),
                Block::Heading("Notes".to_owned()),
                Block::List(vec!["one".to_owned(), "two".to_owned()]),
            ],
        }
    }

    #[test]
    fn a_narrow_terminal_wraps_and_no_line_is_wider() {
        let shown = render(&document(), Some(30)).replace(BOLD, "").replace(PLAIN, "");
        assert!(shown.lines().all(|line| line.chars().count() <= 30), "{shown}");
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn numbers_and_names_break_last() {
        for width in [32, 36, 48] {
            let shown = render(&document(), Some(width));
            assert!(shown.contains("$72.00") && shown.contains("unknown"), "{shown}");
            assert!(shown.contains("fargate") && shown.contains("longer"), "{shown}");
        }
    }

    #[test]
    fn where_a_table_cannot_fit_its_rows_are_stacked() {
        let shown = render(&document(), Some(14)).replace(BOLD, "").replace(PLAIN, "");
        assert!(shown.contains("option        fargate\nmonthly cost  $72.00\n"), "{shown}");
    }

    #[test]
    fn a_pipe_has_whole_rows() {
        insta::assert_snapshot!(render(&document(), None).replace(BOLD, "*").replace(PLAIN, "*"));
    }

    /// A matrix has as many columns as alternatives: where they don't fit they stand one below the other.
    #[test]
    fn a_ranked_matrix_fits_every_terminal() {
        use weigh_core::decision::METHODS;
        use weigh_core::matrix_file::{Asked, MatrixFile, MatrixFormat};
        let text = include_str!("../../../../scenarios/matrices/ai-prism-services.toml");
        let file = MatrixFile::parse(text, MatrixFormat::Toml).unwrap();
        let ranked = file.rank(&Asked::by(&METHODS[0])).unwrap();
        let mut report = weigh_core::report::ranking_report(&file, &ranked);
        report.robustness_asked = true;
        for width in [44, 60, 80, 120] {
            let shown = render(&report.document(), Some(width)).replace(BOLD, "").replace(PLAIN, "");
            let wide: Vec<&str> = shown.lines().filter(|line| line.chars().count() > width).collect();
            assert!(wide.is_empty(), "{width}: {wide:?}");
        }
    }
}
