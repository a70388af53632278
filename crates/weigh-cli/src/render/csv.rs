//! CSV: the report's main table, exact values without signs and units.

use weigh_core::report::{Block, Document};

/// The first table of the document; empty when it has none.
pub(crate) fn render(document: &Document) -> String {
    let table = document.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Ledger(ledger) => Some(&ledger.table),
        Block::Title(_) | Block::Heading(_) | Block::Paragraph(_) | Block::List(_) => None,
    });
    let Some(table) = table else { return String::new() };
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory can't fail, and every row has as many cells as there are columns.
    let _ = writer.write_record(&table.columns);
    for row in &table.rows {
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell.raw())));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Text that a spreadsheet does not take for a formula.
fn harmless(text: String) -> String {
    let formula = text.starts_with(['=', '+', '@', '\t', '\r'])
        || (text.starts_with('-') && text.parse::<f64>().is_err());
    if formula { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use weigh_core::report::{Cell, Table};

    #[test]
    fn values_are_whole_and_names_are_quoted() {
        let rows = vec![vec![Cell::Text("a, \"b\"".to_owned()), Cell::Dollars("72.0802".parse().unwrap())]];
        let document =
            Document { blocks: vec![Block::Table(Table { columns: vec!["option", "monthly cost"], rows })] };
        assert_eq!(render(&document), "option,monthly cost\n\"a, \"\"b\"\"\",72.0802\n");
        assert_eq!(harmless("=1+1".to_owned()), "'=1+1");
    }
}
