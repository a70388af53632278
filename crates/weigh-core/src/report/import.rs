//! What an import of price files did, as a report.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Block, Cell, Document, SCHEMA_VERSION, Sheet, Table};
use crate::json_schema::HashText;
use crate::pricebook::Outcome;

/// More lines of one kind are counted for readers, not shown.
const SHOWN: usize = 50;

/// What an import did, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ImportReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `import`.
    #[schemars(extend("const" = "import"))]
    pub kind: &'static str,
    /// The folder of the book that was written.
    pub folder: String,
    /// What the book was before: the folder itself, `the embedded book` or `nothing`.
    pub base: String,
    /// The SHA-256 of the new book.
    #[schemars(with = "HashText")]
    pub hash: String,
    /// The files that were read.
    pub files: Vec<ImportedFileReport>,
    /// What became of the prices that were taken.
    pub outcomes: OutcomeReport,
    /// Prices of which one file says two different things, and which were left out.
    pub conflicts: Vec<String>,
    /// Prices that contradict a list of the same day or a later one, and which were left out.
    pub contradicted: Vec<String>,
    /// What was left out and why, over all files, the most first.
    pub skipped: Vec<SkippedReport>,
    /// Regions that were touched.
    pub regions: Vec<String>,
}

/// One file that was read.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ImportedFileReport {
    /// Its name, as it was given.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// Products in it.
    pub products: u64,
    /// Prices taken from it, a row for each band.
    pub rows: u64,
    /// Spot savings taken from it.
    pub savings: u64,
    /// Products and prices left out.
    pub skipped: u64,
}

/// How many were left out for a reason.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SkippedReport {
    /// The reason.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// What became of the prices that were taken: prices and Spot savings together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct OutcomeReport {
    /// The region had no such price.
    pub added: usize,
    /// It differs from the price until then.
    pub changed: usize,
    /// It is the price that was known.
    pub confirmed: usize,
    /// It is a price of the past that was not known.
    pub older: usize,
    /// It contradicts a list of the same day or a later one, and was left out.
    pub contradicted: usize,
}

impl OutcomeReport {
    /// Counts one more.
    ///
    /// ```
    /// use weigh_core::pricebook::Outcome;
    /// use weigh_core::report::OutcomeReport;
    /// let mut outcomes = OutcomeReport::default();
    /// outcomes.count(Outcome::Added);
    /// assert_eq!(outcomes.added, 1);
    /// ```
    pub fn count(&mut self, outcome: Outcome) {
        let counter = match outcome {
            Outcome::Added => &mut self.added,
            Outcome::Changed => &mut self.changed,
            Outcome::Confirmed => &mut self.confirmed,
            Outcome::Older => &mut self.older,
            Outcome::Contradicted => &mut self.contradicted,
        };
        *counter += 1;
    }
}

impl ImportReport {
    /// A report with nothing in it yet.
    ///
    /// ```
    /// use weigh_core::report::ImportReport;
    /// let report = ImportReport::of("book".to_owned(), "nothing".to_owned());
    /// assert_eq!(report.outcomes.added, 0);
    /// ```
    #[must_use]
    pub fn of(folder: String, base: String) -> ImportReport {
        ImportReport {
            schema_version: SCHEMA_VERSION,
            kind: "import",
            folder,
            base,
            hash: String::new(),
            files: Vec::new(),
            outcomes: OutcomeReport::default(),
            conflicts: Vec::new(),
            contradicted: Vec::new(),
            skipped: Vec::new(),
            regions: Vec::new(),
        }
    }

    /// The report as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let short: String = self.hash.chars().take(12).collect();
        let OutcomeReport { added, changed, confirmed, older, contradicted } = self.outcomes;
        let mut blocks = vec![
            Block::Title("Import of prices".to_owned()),
            Block::Paragraph(format!(
                "Written to {}, based on {}: price book {short}. {added} added, {changed} changed, {confirmed} \
                 confirmed, {older} of the past, {contradicted} left out as contradicted, in {}.",
                self.folder,
                self.base,
                if self.regions.is_empty() { "no region".to_owned() } else { self.regions.join(", ") }
            )),
            Block::Heading("Files".to_owned()),
            Block::Table(self.files_table()),
        ];
        if !self.skipped.is_empty() {
            let rows = self
                .skipped
                .iter()
                .map(|each| vec![Cell::Text(each.reason.clone()), Cell::Number(each.count.into())]);
            let table = Table::new(vec!["left out because", "count"], rows.collect());
            blocks.extend([Block::Heading("Left out".to_owned()), Block::Table(table)]);
        }
        for (heading, lines) in [("Conflicts", &self.conflicts), ("Contradicted", &self.contradicted)] {
            if !lines.is_empty() {
                let mut told: Vec<String> = lines.iter().take(SHOWN).cloned().collect();
                if let Some(more) = lines.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                    told.push(format!("and {more} more, which --format json lists"));
                }
                blocks.extend([Block::Heading(heading.to_owned()), Block::List(told)]);
            }
        }
        Document { blocks }
    }

    fn files_table(&self) -> Table {
        let rows = self.files.iter().map(|file| {
            let counts = [file.bytes, file.products, file.rows, file.savings, file.skipped];
            let cells = counts.into_iter().map(|count| Cell::Number(count.into()));
            std::iter::once(Cell::Text(file.file.clone())).chain(cells).collect()
        });
        Table::new(vec!["file", "bytes", "products", "prices", "Spot savings", "left out"], rows.collect())
    }

    /// The files as a table for programs.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let row = |file: &ImportedFileReport| {
            let counts = [file.bytes, file.products, file.rows, file.savings, file.skipped];
            std::iter::once(file.file.clone()).chain(counts.map(|count| count.to_string())).collect()
        };
        Sheet {
            columns: vec!["file", "bytes", "products", "rows", "savings", "skipped"],
            rows: self.files.iter().map(row).collect(),
        }
    }
}
