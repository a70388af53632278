//! CSV: the report's sheet, exact values without signs and units.

use weigh_core::report::Sheet;

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
