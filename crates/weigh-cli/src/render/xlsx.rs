//! XLSX: a workbook as Excel and LibreOffice open it, byte for byte the same for the same workbook.

use weigh_core::report::Workbook;

use crate::output::Failure;

/// The file of a workbook.
#[cfg(not(feature = "xlsx"))]
pub(crate) fn xlsx(_: &Workbook) -> Result<Vec<u8>, Failure> {
    Err(Failure::with_help(
        "--out: this build of weigh writes no .xlsx: it was made without the feature `xlsx`",
        "name a folder, such as `estimate/`, for the same sheets as CSV; or build with `--features xlsx`",
    ))
}

/// The file of a workbook.
#[cfg(feature = "xlsx")]
pub(crate) fn xlsx(workbook: &Workbook) -> Result<Vec<u8>, Failure> {
    written::file(workbook)
        .map_err(|why| Failure::text(format!("--out: the workbook can't be written: {why}")))
}

#[cfg(feature = "xlsx")]
mod written {
    //! What needs the library that writes the format.

    use rust_xlsxwriter::{
        Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Url, Worksheet,
        XlsxError,
    };
    use weigh_core::report::{NumberKind, RowRole, Workbook, WorkbookCell, WorkbookRow, WorkbookSheet};
    use weigh_core::time::Date;

    /// The most characters of a cell (Microsoft: "Excel specifications and limits"), less some for the mark that text was cut.
    const MOST_TEXT: usize = 32_000;
    /// Columns of words that are wider are wrapped.
    const WIDE: u16 = 40;
    /// A4, as the format numbers paper.
    const A4: u8 = 9;
    const GREY: Color = Color::RGB(0xE7_EA_EE);

    /// The bytes of the file. The day of the workbook stands for the moment at which it is made, which would differ each time.
    pub(super) fn file(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
        let mut file = rust_xlsxwriter::Workbook::new();
        let made = DocProperties::new().set_title(&workbook.title).set_author("weigh");
        let made = match date(workbook.day) {
            Some(day) => made.set_creation_datetime(&day),
            None => made.set_creation_datetime(&ExcelDateTime::from_ymd(1900, 1, 1)?),
        };
        file.set_properties(&made);
        for (at, sheet) in workbook.sheets.iter().enumerate() {
            write_sheet(file.add_worksheet(), sheet, at, workbook)?;
        }
        file.save_to_buffer()
    }

    fn write_sheet(
        to: &mut Worksheet,
        sheet: &WorkbookSheet,
        at: usize,
        workbook: &Workbook,
    ) -> Result<(), XlsxError> {
        to.set_name(&sheet.name)?;
        for (column, width) in (0u16..).zip(&sheet.widths) {
            to.set_column_width(column, *width)?;
        }
        for (row, content) in (0u32..).zip(&sheet.rows) {
            for (column, cell) in (0u16..).zip(&content.cells) {
                let wide = sheet.widths.get(usize::from(column)).is_some_and(|width| *width >= WIDE);
                write_cell(to, (row, column), cell, content, wide, at, workbook)?;
            }
        }
        to.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        to.set_footer("&L&F&C&A&RPage &P of &N");
        if let Some(row) = sheet.headings().and_then(|row| u32::try_from(row).ok()) {
            to.set_freeze_panes(row + 1, 0)?;
            to.set_repeat_rows(row, row)?;
        }
        Ok(())
    }

    fn write_cell(
        to: &mut Worksheet,
        (row, column): (u32, u16),
        cell: &WorkbookCell,
        of: &WorkbookRow,
        wide: bool,
        at: usize,
        workbook: &Workbook,
    ) -> Result<(), XlsxError> {
        let plain = format(of.role);
        match cell {
            WorkbookCell::Empty if of.role == RowRole::Total => to.write_blank(row, column, &plain)?,
            WorkbookCell::Empty => to,
            WorkbookCell::Text(words) => {
                let plain = if wide && of.role == RowRole::Line { plain.set_text_wrap() } else { plain };
                // Whoever edits such a text would otherwise make a formula of it.
                let quoted = words.starts_with(['=', '+', '-', '@']);
                let plain = if quoted { plain.set_quote_prefix() } else { plain };
                to.write_string_with_format(row, column, shortened(words), &plain)?
            }
            WorkbookCell::Link(place) => match workbook.sheets.get(*place) {
                Some(sheet) => {
                    let link = format!("internal:'{}'!A1", sheet.name.replace('\'', "''"));
                    to.write_url_with_text(row, column, Url::new(link), &*sheet.name)?
                }
                None => to,
            },
            WorkbookCell::Day(day) => match date(*day) {
                Some(known) => {
                    let plain = plain.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left);
                    to.write_datetime_with_format(row, column, &known, &plain)?
                }
                None => to.write_string_with_format(row, column, day.to_string(), &plain)?,
            },
            WorkbookCell::Number { value, kind } => {
                let plain = plain.set_num_format(shown(*kind));
                to.write_number_with_format(row, column, nearest(&value.to_string()), &plain)?
            }
            WorkbookCell::Formula { formula, value, kind } => {
                let plain = plain.set_num_format(shown(*kind));
                let formula = Formula::new(formula.spelling(at, &workbook.sheets));
                let formula = formula.set_result(nearest(&value.to_string()).to_string());
                to.write_formula_with_format(row, column, formula, &plain)?
            }
        };
        Ok(())
    }

    /// The number of the format that is nearest to a decimal: spreadsheets have doubles alone.
    fn nearest(decimal: &str) -> f64 {
        // A decimal is always a number that a double comes near to.
        decimal.parse().unwrap_or(f64::NAN)
    }

    /// How a row looks.
    fn format(role: RowRole) -> Format {
        let plain = Format::new().set_align(FormatAlign::Top);
        match role {
            RowRole::Title => plain.set_bold().set_font_size(14),
            RowRole::Remark => plain.set_italic(),
            RowRole::Heading => {
                let filled = plain.set_bold().set_background_color(GREY).set_text_wrap();
                filled.set_border_bottom(FormatBorder::Thin)
            }
            RowRole::Line => plain,
            RowRole::Total => plain.set_bold().set_border_top(FormatBorder::Hair),
        }
    }

    /// How a number is shown. What is small is shown with all its digits, so that it is never taken for nothing.
    pub(super) fn shown(kind: NumberKind) -> &'static str {
        match kind {
            NumberKind::Count => "0",
            NumberKind::Quantity => "[=0]0;[<0.01]General;#,##0.00####",
            NumberKind::Rate => "[=0]0.00;[<0.000000000001]General;#,##0.00##########",
            NumberKind::Cost => "[=0]0.00;[<0.000001]General;#,##0.00####",
            NumberKind::Total => "[=0]0.00;[<0.01]General;#,##0.00",
            NumberKind::Converted { places: 0 } => "[=0]0;[<1]General;#,##0",
            NumberKind::Converted { places: 3 } => "[=0]0.000;[<0.001]General;#,##0.000",
            NumberKind::Converted { .. } => "[=0]0.00;[<0.01]General;#,##0.00",
            NumberKind::Share => "0.00##%",
        }
    }

    /// A day as the format counts it; nothing for days before 1900, which it does not have.
    fn date(day: Date) -> Option<ExcelDateTime> {
        ExcelDateTime::parse_from_str(&day.to_string()).ok()
    }

    /// A text that fits into a cell.
    fn shortened(words: &str) -> String {
        match words.char_indices().nth(MOST_TEXT) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words.to_owned(),
        }
    }
}

#[cfg(all(test, feature = "xlsx"))]
mod tests {
    use calamine::Reader;
    use weigh_core::report::{NumberKind, RowRole, WorkbookCell, WorkbookRow, WorkbookSheet};

    use super::*;

    #[test]
    fn nothing_small_is_shown_as_nothing() {
        let amounts = [NumberKind::Quantity, NumberKind::Rate, NumberKind::Cost, NumberKind::Total];
        let converted = [0, 2, 3].map(|places| NumberKind::Converted { places });
        for kind in amounts.into_iter().chain(converted) {
            assert!(
                written::shown(kind).starts_with("[=0]0") && written::shown(kind).contains("]General;"),
                "{kind:?}"
            );
        }
        assert_eq!(written::shown(NumberKind::Converted { places: 0 }), "[=0]0;[<1]General;#,##0");
    }

    /// Words that spreadsheets would run, that the format uses itself, or that are longer than a cell.
    #[test]
    fn whatever_words_say_they_are_words() {
        let long = "x".repeat(40_000);
        let words =
            ["=1+1", "+1", "-1", "@SUM(A1)", "<a> & \"b\"", "tab\tand \u{1}", "_x0041_", "數 🙂", &long];
        let row = |word: &str| WorkbookRow {
            role: RowRole::Line,
            cells: vec![WorkbookCell::Text(word.to_owned()), WorkbookCell::Link(0)],
        };
        let rows = words.iter().map(|word| row(word)).collect();
        let sheet = WorkbookSheet { name: "it's".to_owned(), widths: vec![50, 10], rows };
        let day = "2026-10-08".parse().unwrap();
        let made = Workbook { title: "=1".to_owned(), day, sheets: vec![sheet] };
        let bytes = xlsx(&made).ok().unwrap();
        let mut read: calamine::Xlsx<_> = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(read.worksheet_formula("it's").unwrap().used_cells().count(), 0);
        let cells = read.worksheet_range("it's").unwrap();
        for (row, word) in words.iter().enumerate() {
            let told = cells.get((row, 0)).unwrap().to_string();
            let kept = word.chars().count() <= 32_000;
            assert_eq!(told, if kept { (*word).to_owned() } else { format!("{}…", &word[..32_000]) });
        }
    }
}
