//! What sources and regions are called.

use std::collections::BTreeMap;

use crate::data::{DataFile, DataProblem, read_table};

pub(super) const SOURCES: &str = "aws/sources.csv";
const REGIONS: &str = "aws/regions.csv";

/// The titles of sources and the names of regions; a book may lack either file, and then ids stand for themselves.
///
/// ```
/// use weigh_core::catalog::Names;
/// let names = Names::read(&weigh_prices::files()).unwrap();
/// assert_eq!(names.region("eu-west-1"), "Europe (Ireland)");
/// assert_eq!(names.region("eu-nowhere-9"), "");
/// assert!(names.source_title("botocore-1.44.5").starts_with("AWS API models"));
/// assert_eq!(names.source_title("own price in own.csv"), "own price in own.csv");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Names {
    sources: BTreeMap<String, String>,
    regions: BTreeMap<String, String>,
}

impl Names {
    /// Reads the names among the data files.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn read(files: &[DataFile]) -> Result<Names, Vec<DataProblem>> {
        let mut problems = Vec::new();
        let names = Names::gather(files, &mut problems);
        if problems.is_empty() { Ok(names) } else { Err(problems) }
    }

    /// The same, with the problems put to others.
    pub(super) fn gather(files: &[DataFile], problems: &mut Vec<DataProblem>) -> Names {
        let mut pairs = |path: &str, columns: &[&str]| {
            let mut pairs = BTreeMap::new();
            if let Some(file) = files.iter().find(|file| file.path == path) {
                read_table(file, columns, problems, |row| {
                    pairs.insert(row.text(0).to_owned(), row.text(1).to_owned());
                    Ok(())
                });
            }
            pairs
        };
        Names { sources: pairs(SOURCES, &["source", "title"]), regions: pairs(REGIONS, &["region", "name"]) }
    }

    /// The full title of a source; its id when the data names none.
    #[must_use]
    pub fn source_title<'a>(&'a self, source: &'a str) -> &'a str {
        self.sources.get(source).map_or(source, String::as_str)
    }

    /// The name of a region; empty when the data has none.
    #[must_use]
    pub fn region(&self, region: &str) -> &str {
        self.regions.get(region).map_or("", String::as_str)
    }
}
