//! Markdown: for a pull request, a wiki, a document.

use std::fmt::Write;

use weigh_core::report::{Block, Cell, Document, Table};

use super::chart;

/// The document as Markdown.
pub(crate) fn render(document: &Document) -> String {
    blocks(&document.blocks)
}

fn blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        // Writing to a string can't fail.
        let _ = match block {
            Block::Title(title) => writeln!(out, "# {}", escaped(title)),
            Block::Heading(heading) => writeln!(out, "## {}", escaped(heading)),
            Block::Paragraph(text) => writeln!(out, "{}", escaped(text)),
            Block::List(points) => points.iter().try_for_each(|point| writeln!(out, "- {}", escaped(point))),
            Block::Table(table) => grid(&mut out, table),
            Block::Ledger(ledger) => grid(&mut out, &ledger.table),
            Block::Chart(chart) => {
                writeln!(out, "```text\n{}```", chart::render(chart, chart::WIDTH))
            }
            // GitHub and GitLab read Markdown in a block of HTML again after an empty line.
            Block::Details { summary, blocks } => {
                let inner = self::blocks(blocks);
                writeln!(out, "<details>\n<summary>{}</summary>\n\n{inner}\n</details>", in_html(summary))
            }
        };
    }
    out
}

fn grid(out: &mut String, table: &Table) -> std::fmt::Result {
    writeln!(out, "| {} |", table.columns.join(" | "))?;
    let right = |index: usize| table.rows.iter().any(|row| row.get(index).is_some_and(Cell::is_number));
    let rule: Vec<&str> =
        (0..table.columns.len()).map(|index| if right(index) { "---:" } else { "---" }).collect();
    writeln!(out, "| {} |", rule.join(" | "))?;
    table.rows.iter().try_for_each(|row| {
        let cells: Vec<String> = row.iter().map(|cell| escaped(&cell.shown())).collect();
        writeln!(out, "| {} |", cells.join(" | "))
    })
}

/// Text whose characters Markdown does not take for its own; `$` too, which some renderers take for mathematics. What stands
/// between two backticks is code, and stays as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character == '`'
            && let Some((code, behind)) = rest.as_str().split_once('`').filter(|(code, _)| is_code(code))
        {
            out.push_str(&format!("`{code}`"));
            rest = behind.chars();
            continue;
        }
        if matches!(character, '|' | '<' | '>' | '*' | '_' | '`' | '[' | ']' | '$' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// Whether a text can stand between backticks: on one line, and without what ends the cell of a table.
fn is_code(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains(['\n', '\r', '|'])
}

/// Text whose characters HTML does not take for its own, nor Markdown inside of it.
fn in_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' | '<' | '>' | '*' | '_' | '`' | '[' | ']' | '$' | '\\' | '~' => {
                out.push_str(&format!("&#{};", u32::from(character)));
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_would_take_for_its_own_is_escaped() {
        let table =
            Table::new(vec!["a", "b"], vec![vec![Cell::Text("x|y_z".to_owned()), Cell::Dollars(1.into())]]);
        let document = Document { blocks: vec![Block::Title("A*B".to_owned()), Block::Table(table)] };
        assert_eq!(render(&document), "# A\\*B\n\n| a | b |\n| --- | ---: |\n| x\\|y\\_z | \\$1.00 |\n");
    }

    #[test]
    fn what_stands_between_backticks_is_code() {
        for (text, shown) in [
            ("`weigh snapshot a_b --out <x>` accepts $1", "`weigh snapshot a_b --out <x>` accepts \\$1"),
            ("a ` b_c", "a \\` b\\_c"),
            ("`` `x|y` `a\nb`", "\\`\\` \\`x\\|y\\` \\`a\nb\\`"),
        ] {
            assert_eq!(escaped(text), shown);
        }
    }

    #[test]
    fn what_folds_away_has_a_line_that_is_html() {
        let list = Block::List(vec!["a_b".to_owned()]);
        let details = Block::Details { summary: "~ shop: +$1 & <2>".to_owned(), blocks: vec![list] };
        let shown =
            "<details>\n<summary>&#126; shop: +&#36;1 &#38; &#60;2&#62;</summary>\n\n- a\\_b\n\n</details>\n";
        assert_eq!(render(&Document { blocks: vec![details] }), shown);
    }
}
