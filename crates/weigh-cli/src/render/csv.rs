//! CSV: the report's sheet, or each sheet of a workbook; exact values without signs and units.

use weigh_core::report::{RowRole, Sheet, Workbook, WorkbookCell, WorkbookRow};

/// The sheet with its header row.
pub(crate) fn render(sheet: &Sheet) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory can't fail, and every row has as many values as there are columns.
    let _ = writer.write_record(&sheet.columns);
    for row in &sheet.rows {
        let _ = writer.write_record(row.iter().map(|value| harmless(value)));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Each sheet of a workbook under the name of its file: headings and lines, with what formulas come to. Titles and totals are left
/// out: a column of a file is to be added up without them.
pub(crate) fn sheets(workbook: &Workbook) -> Vec<(String, String)> {
    let sheets = workbook.sheets.iter().map(|sheet| {
        let rows = sheet.rows.iter().filter(|row| matches!(row.role, RowRole::Heading | RowRole::Line));
        let width = sheet.widths.len();
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in rows {
            let _ = writer.write_record(values(row, width, workbook));
        }
        let text = writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok());
        (format!("{}.csv", sheet.name), text.unwrap_or_default())
    });
    sheets.collect()
}

/// The cells of a row as so many values.
fn values(row: &WorkbookRow, width: usize, workbook: &Workbook) -> Vec<String> {
    let value = |cell: &WorkbookCell| match cell {
        WorkbookCell::Empty => String::new(),
        WorkbookCell::Text(words) => harmless(words),
        WorkbookCell::Link(place) => {
            workbook.sheets.get(*place).map_or(String::new(), |to| harmless(&to.name))
        }
        WorkbookCell::Day(day) => day.to_string(),
        WorkbookCell::Number { value, .. } | WorkbookCell::Formula { value, .. } => {
            value.normalize().to_string()
        }
    };
    let mut values: Vec<String> = row.cells.iter().map(value).collect();
    values.resize(width, String::new());
    values
}

/// Text that a spreadsheet does not take for a formula.
fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '@', '\t', '\r'])
        || (text.starts_with('-') && text.parse::<f64>().is_err());
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_and_formulas_are_harmless() {
        let row = |name: &str, cost: &str| vec![name.to_owned(), cost.to_owned()];
        let rows = vec![row("a, \"b\"", "72.0802"), row("=1+1", "-1.5")];
        let sheet = Sheet { columns: vec!["option", "monthly_cost_usd"], rows };
        assert_eq!(render(&sheet), "option,monthly_cost_usd\n\"a, \"\"b\"\"\",72.0802\n'=1+1,-1.5\n");
    }
}
