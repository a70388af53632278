//! A price book held against itself, as a report.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Block, Document, SCHEMA_VERSION, Sheet};
use crate::json_schema::HashText;
use crate::verify::Verified;

/// A verified book, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct VerificationReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `verification`.
    #[schemars(extend("const" = "verification"))]
    pub kind: &'static str,
    /// Whether nothing is wrong.
    pub passed: bool,
    /// The hash of all that its files say.
    #[schemars(with = "HashText")]
    pub hash: String,
    /// Regions with prices.
    pub regions: usize,
    /// Price ids of any region.
    pub price_ids: usize,
    /// What is wrong.
    pub problems: Vec<ProblemReport>,
    /// What is not wrong and should be known: filled gaps, types with a price and no shape.
    pub notes: Vec<ProblemReport>,
    /// What is known to be missing.
    pub gaps: Vec<GapReport>,
}

/// Something wrong in a data file.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ProblemReport {
    /// The file, below the folder of the book.
    pub file: String,
    /// The line, from 1; 0 when the file as a whole is meant.
    pub line: u64,
    /// What is wrong, and what is allowed.
    pub message: String,
}

/// A price that is known to be unknown.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct GapReport {
    /// The region.
    pub region: String,
    /// The price id.
    pub price_id: String,
    /// Why nothing is known.
    pub note: String,
}

/// Builds the report of a verification.
///
/// ```
/// use weigh_core::report::verification_report;
/// use weigh_core::verify::verify;
/// let report = verification_report(&verify(&[]));
/// assert!(!report.passed && report.regions == 0);
/// ```
#[must_use]
pub fn verification_report(verified: &Verified) -> VerificationReport {
    let problem = |problem: &crate::data::DataProblem| ProblemReport {
        file: problem.path.clone(),
        line: problem.line,
        message: problem.message.clone(),
    };
    VerificationReport {
        schema_version: SCHEMA_VERSION,
        kind: "verification",
        passed: verified.problems.is_empty(),
        hash: verified.book.hash().to_string(),
        regions: verified.book.regions().len(),
        price_ids: verified.book.price_ids().count(),
        problems: verified.problems.iter().map(problem).collect(),
        notes: verified.notes.iter().map(problem).collect(),
        gaps: verified
            .gaps
            .iter()
            .map(|gap| GapReport {
                region: gap.region.clone(),
                price_id: gap.price_id.clone(),
                note: gap.note.clone(),
            })
            .collect(),
    }
}

impl VerificationReport {
    /// The report as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let count = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        let mut opening = match self.problems.len() {
            0 => "Nothing is wrong".to_owned(),
            problems => count(problems, "problem"),
        };
        let short: String = self.hash.chars().take(12).collect();
        let (regions, ids) = (count(self.regions, "region"), count(self.price_ids, "price id"));
        opening.push_str(&format!(" in price book {short}: {regions}, {ids}"));
        let mut blocks = vec![
            Block::Title("Verification of the price book".to_owned()),
            Block::Paragraph(format!("{opening}.")),
        ];
        for (heading, problems) in [("Problems", &self.problems), ("To know", &self.notes)] {
            if !problems.is_empty() {
                let told = problems.iter().map(|problem| match problem.line {
                    0 => format!("{}: {}", problem.file, problem.message),
                    line => format!("{}:{line}: {}", problem.file, problem.message),
                });
                blocks.extend([Block::Heading(heading.to_owned()), Block::List(told.collect())]);
            }
        }
        if !self.gaps.is_empty() {
            let told = self.gaps.iter().map(|gap| format!("{} {}: {}", gap.region, gap.price_id, gap.note));
            blocks.extend([Block::Heading("Known gaps".to_owned()), Block::List(told.collect())]);
        }
        Document { blocks }
    }

    /// The problems as a table for programs.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let row = |problem: &ProblemReport| {
            vec![problem.file.clone(), problem.line.to_string(), problem.message.clone()]
        };
        Sheet { columns: vec!["file", "line", "message"], rows: self.problems.iter().map(row).collect() }
    }
}
