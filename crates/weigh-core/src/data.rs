//! Data files as text, and the table reader that names file, line and column of whatever is wrong in them.

pub(crate) mod line;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// One data file: its path inside the data folder and its whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// The path below the data folder, with `/`: `aws/us-east-1/fargate.csv`.
    pub path: Cow<'static, str>,
    /// The text.
    pub text: Cow<'static, str>,
}

/// Something wrong in a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataProblem {
    /// The file's path.
    pub path: String,
    /// The line, from 1; 0 when the file as a whole is meant.
    pub line: u64,
    /// What is wrong, and what is allowed.
    pub message: String,
}

impl fmt::Display for DataProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

/// One row of a data table.
pub(crate) struct Row<'a> {
    path: &'a str,
    line: u64,
    columns: &'a [&'a str],
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    /// The path of the file.
    pub(crate) fn path(&self) -> &str {
        self.path
    }

    /// The line, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The text in a column, by its place.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or("").trim()
    }

    /// The value in a column.
    pub(crate) fn parse<T: FromStr>(&self, column: usize) -> Result<T, DataProblem>
    where
        T::Err: fmt::Display,
    {
        let text = self.text(column);
        text.parse().map_err(|why| self.problem(&format!("{} `{text}`: {why}", self.columns[column])))
    }

    /// The value in a column, or nothing where the column is empty.
    pub(crate) fn parse_optional<T: FromStr>(&self, column: usize) -> Result<Option<T>, DataProblem>
    where
        T::Err: fmt::Display,
    {
        if self.text(column).is_empty() { Ok(None) } else { self.parse(column).map(Some) }
    }

    /// A problem in this row.
    pub(crate) fn problem(&self, message: &str) -> DataProblem {
        DataProblem { path: self.path.to_owned(), line: self.line, message: message.to_owned() }
    }
}

/// Reads a table whose header must be `columns`, row by row; a row that is wrong becomes a problem, the rest is read.
pub(crate) fn read_table(
    file: &DataFile,
    columns: &[&str],
    problems: &mut Vec<DataProblem>,
    mut each: impl FnMut(&Row<'_>) -> Result<(), DataProblem>,
) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file.text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut first = true;
    loop {
        let read = reader.read_record(&mut record);
        let line = record.position().map_or(0, csv::Position::line);
        let row = Row { path: &file.path, line, columns, record: &record };
        let outcome = match read {
            Ok(false) => break,
            Err(error) => Err(DataProblem {
                path: file.path.to_string(),
                line: error.position().map_or(0, csv::Position::line),
                message: format!("the row can't be read: {error}"),
            }),
            Ok(true) if std::mem::take(&mut first) => {
                let same = record.iter().map(str::trim).eq(columns.iter().copied());
                if same {
                    continue;
                } else {
                    Err(row.problem(&format!("the header must be {}", columns.join(","))))
                }
            }
            Ok(true) => each(&row),
        };
        problems.extend(outcome.err());
    }
    if first {
        let message = format!("the file is empty; its header must be {}", columns.join(","));
        problems.push(DataProblem { path: file.path.to_string(), line: 0, message });
    }
}

/// The one among `known` that is nearest to `text`, if any is near enough to be meant: a slip of the fingers away, or
/// else the only one of which `text` is a whole word, or that is a whole word of `text`.
///
/// ```
/// use weigh_core::data::nearest;
/// assert_eq!(nearest("fargte", ["lambda", "fargate"]), Some("fargate"));
/// assert_eq!(nearest("budget", ["monthly_budget", "p95_latency"]), Some("monthly_budget"));
/// assert_eq!(nearest("kubernetes", ["lambda", "fargate"]), None);
/// ```
pub fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |word: &str| word.to_lowercase().replace(['-', ' '], "_");
    let wanted = fold(text);
    let known: Vec<(String, &str)> = known.into_iter().map(|word| (fold(word), word)).collect();
    let slip = known
        .iter()
        .map(|(folded, word)| (strsim::damerau_levenshtein(&wanted, folded), word))
        .filter(|(distance, word)| *distance <= (word.len().max(wanted.len()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance);
    if let Some((_, word)) = slip {
        return Some(word);
    }
    let mut sharing =
        known.iter().filter(|(folded, _)| has_words(folded, &wanted) || has_words(&wanted, folded));
    match (sharing.next(), sharing.next()) {
        (Some((_, only)), None) => Some(only),
        _ => None,
    }
}

/// Whether `part` stands in `whole` between underscores or ends; words of one or two letters say too little.
fn has_words(whole: &str, part: &str) -> bool {
    part.len() > 2 && format!("_{whole}_").contains(&format!("_{part}_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(String, u32)>, Vec<String>) {
        let file = DataFile { path: "t.csv".into(), text: text.to_owned().into() };
        let (mut rows, mut problems) = (Vec::new(), Vec::new());
        read_table(&file, &["name", "count"], &mut problems, |row| {
            rows.push((row.text(0).to_owned(), row.parse(1)?));
            Ok(())
        });
        (rows, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn every_wrong_row_is_named_with_its_line_and_the_rest_is_read() {
        let (rows, problems) = read("name,count\na,1\nb,x\nc,3,4\nd,5\n");
        assert_eq!(rows, [("a".to_owned(), 1), ("d".to_owned(), 5)]);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert_eq!(problems[0], "t.csv:3: count `x`: invalid digit found in string");
        assert!(problems[1].starts_with("t.csv:4: the row can't be read"), "{problems:?}");
    }

    #[test]
    fn the_nearest_name_is_a_slip_away_or_shares_its_words_with_no_other() {
        let keys = ["vcpu", "memory", "cpu_time", "wait_time", "p95_latency", "us-east-1"];
        let meant = [
            ("cpu", Some("vcpu")),
            ("memory_mib", Some("memory")),
            ("latency", Some("p95_latency")),
            ("P95", Some("p95_latency")),
            ("us_east", Some("us-east-1")),
            ("time", None),
            ("us", None),
            ("", None),
        ];
        for (text, name) in meant {
            assert_eq!(nearest(text, keys), name, "{text}");
        }
    }

    #[test]
    fn a_wrong_header_and_an_empty_file_are_named() {
        assert_eq!(read("name;count\n").1, ["t.csv:1: the header must be name,count"]);
        assert_eq!(read("").1, ["t.csv: the file is empty; its header must be name,count"]);
    }
}
