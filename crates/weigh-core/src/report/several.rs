//! Several reports of one kind in one answer, each with the file that it is about.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Block, CommitmentsReport, ComparisonReport, Document, ExplanationReport, MonthComparisonReport,
    SCHEMA_VERSION, SavingsReport, Sheet,
};

/// Several reports of one kind, in the order of their files.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SeveralReports<R> {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `several`.
    #[schemars(extend("const" = "several"))]
    pub kind: &'static str,
    /// The kind of each report: `comparison`.
    #[schemars(extend("enum" = ["comparison", "commitments", "explanation", "month-comparison", "savings"]))]
    pub of: &'static str,
    /// The reports; none where there is no file.
    pub reports: Vec<FileReport<R>>,
}

/// The report of one file.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "FileReport")]
pub struct FileReport<R> {
    /// The file, as it was named or found.
    pub file: String,
    /// The report, as it is of this file alone.
    pub report: R,
}

/// The report of a command that takes several scenarios; with these as `R`, [`SeveralReports`] has the schema of all of them.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[serde(untagged)]
pub enum AnyReport {
    /// Of `weigh compare`.
    Comparison(Box<ComparisonReport>),
    /// Of `weigh commit`.
    Commitments(Box<CommitmentsReport>),
    /// Of `weigh explain`.
    Explanation(Box<ExplanationReport>),
    /// Of `weigh explain --month`.
    MonthComparison(Box<MonthComparisonReport>),
    /// Of `weigh savings`.
    Savings(Box<SavingsReport>),
}

impl<R> SeveralReports<R> {
    /// Reports of a kind, each with its file.
    ///
    /// ```
    /// use weigh_core::report::{Document, FileReport, SeveralReports, Sheet};
    /// let of = |file: &str| FileReport { file: file.to_owned(), report: 1 };
    /// let several = SeveralReports::of("count", vec![of("a.toml"), of("b.toml")]);
    /// let sheet = several.sheet(|count| Sheet { columns: vec!["count"], rows: vec![vec![count.to_string()]] });
    /// assert_eq!(sheet.columns, ["file", "count"]);
    /// assert_eq!(sheet.rows[1], ["b.toml", "1"]);
    /// ```
    #[must_use]
    pub fn of(of: &'static str, reports: Vec<FileReport<R>>) -> SeveralReports<R> {
        SeveralReports { schema_version: SCHEMA_VERSION, kind: "several", of, reports }
    }

    /// The documents one after the other, each with its file below the title.
    #[must_use]
    pub fn document(&self, document: impl Fn(&R) -> Document) -> Document {
        let mut blocks = Vec::new();
        for FileReport { file, report } in &self.reports {
            let mut own = document(report).blocks;
            let below = usize::from(matches!(own.first(), Some(Block::Title(_))));
            own.insert(below, Block::Paragraph(file.clone()));
            blocks.append(&mut own);
        }
        Document { blocks }
    }

    /// The rows of all in one sheet that begins with the file; a column that a report has not is empty in its rows.
    #[must_use]
    pub fn sheet(&self, sheet: impl Fn(&R) -> Sheet) -> Sheet {
        let sheets: Vec<Sheet> = self.reports.iter().map(|each| sheet(&each.report)).collect();
        let mut columns = vec!["file"];
        for column in sheets.iter().flat_map(|sheet| &sheet.columns) {
            if !columns.contains(column) {
                columns.push(column);
            }
        }
        let mut rows = Vec::new();
        for (FileReport { file, .. }, sheet) in self.reports.iter().zip(&sheets) {
            let places: Vec<Option<usize>> =
                columns.iter().map(|wanted| sheet.columns.iter().position(|own| own == wanted)).collect();
            for row in &sheet.rows {
                let values = places
                    .iter()
                    .skip(1)
                    .map(|place| place.and_then(|at| row.get(at)).cloned().unwrap_or_default());
                rows.push(std::iter::once(file.clone()).chain(values).collect());
            }
        }
        Sheet { columns, rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_one_report_lacks_is_empty_in_its_rows() {
        let of = |file: &str, columns: &[&'static str]| FileReport {
            file: file.to_owned(),
            report: columns.to_vec(),
        };
        let several = SeveralReports::of("x", vec![of("1", &["a", "b"]), of("2", &["a", "c", "b"])]);
        let sheet = several.sheet(|columns| Sheet {
            columns: columns.clone(),
            rows: vec![columns.iter().map(|column| column.to_uppercase()).collect()],
        });
        assert_eq!(sheet.columns, ["file", "a", "b", "c"]);
        assert_eq!(sheet.rows, [["1", "A", "B", ""], ["2", "A", "B", "C"]]);
    }

    #[test]
    fn the_file_stands_below_the_title() {
        let of = |file: &str| FileReport { file: file.to_owned(), report: () };
        let several = SeveralReports::of("x", vec![of("1"), of("2")]);
        let told = several.document(|()| Document { blocks: vec![Block::Title("T".to_owned())] });
        let file = |name: &str| Block::Paragraph(name.to_owned());
        let title = || Block::Title("T".to_owned());
        assert_eq!(told.blocks, [title(), file("1"), title(), file("2")]);
    }
}
