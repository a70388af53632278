//! A decision matrix in a file: alternatives, criteria, weights, and what its source says of it.

mod asked;
mod cannot;
mod cell;
mod check;
mod comparisons;
mod criterion;
mod draft;
mod from_csv;
mod from_toml;
mod information;
mod notes;
mod place;
mod ranked;
mod robust;
mod values;
mod weights;

use crate::decision::{Column, Direction, Thresholds, ValueFunction};
use crate::problem::Problem;

pub use asked::{AskedParameter, AskedWeights};
pub use cannot::CannotRank;
pub use ranked::{Asked, FIRMNESS_MOST, Ranked, Vetoed};
pub use values::Coherence;
pub use weights::{AhpBy, MatrixWeights, RankWeights};

/// How a matrix file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixFormat {
    /// TOML: everything can be said.
    Toml,
    /// CSV: alternatives below each other, criteria beside each other.
    Csv,
}

impl MatrixFormat {
    /// The format of a file: by the end of its name, and where that says nothing by its first line.
    ///
    /// ```
    /// use weigh_core::matrix_file::MatrixFormat;
    /// assert_eq!(MatrixFormat::of("cars.csv", ""), MatrixFormat::Csv);
    /// assert_eq!(MatrixFormat::of("<stdin>", "# mine\n[matrix]\n"), MatrixFormat::Toml);
    /// assert_eq!(MatrixFormat::of("<stdin>", "alternative,price\n"), MatrixFormat::Csv);
    /// ```
    #[must_use]
    pub fn of(name: &str, text: &str) -> MatrixFormat {
        let ends_in = |end: &str| name.to_lowercase().ends_with(end);
        if ends_in(".toml") {
            return MatrixFormat::Toml;
        }
        if ends_in(".csv") || ends_in(".tsv") {
            return MatrixFormat::Csv;
        }
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        match lines.next() {
            Some(line) if line.to_lowercase().starts_with("alternative") && !line.contains('=') => {
                MatrixFormat::Csv
            }
            _ => MatrixFormat::Toml,
        }
    }
}

/// A decision matrix as its file states it.
///
/// ```
/// use weigh_core::matrix_file::{MatrixFile, MatrixFormat};
/// let text = "alternative,price,comfort\ndirection,cost,benefit\nbus,20,2\ntrain,50,5\n";
/// let file = MatrixFile::parse(text, MatrixFormat::Csv).unwrap();
/// assert_eq!(file.alternatives[1].values[0].spread.expected(), 50.0);
/// let problems = MatrixFile::parse(&text.replace("benefit", "benifit"), MatrixFormat::Csv).unwrap_err();
/// assert_eq!(problems[0].suggestion.as_deref(), Some("benefit"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixFile {
    /// What is decided.
    pub name: String,
    /// Where the figures are from.
    pub source: Option<String>,
    /// What a reader should know.
    pub notes: Vec<String>,
    /// The criteria that count, at least one.
    pub criteria: Vec<Criterion>,
    /// The criteria that are told and don't count.
    pub criteria_left_out: Vec<LeftOut>,
    /// The alternatives that are ranked, at least one.
    pub alternatives: Vec<Alternative>,
    /// The alternatives that are named and not ranked.
    pub alternatives_left_out: Vec<LeftOut>,
    /// How the weights are stated.
    pub weights: MatrixWeights,
    /// What is known of the weights when they are drawn at random.
    pub information: Information,
    /// Whom the source names as winner.
    pub winners: Vec<StatedWinner>,
    /// Where the names of the criteria that count stand: the bytes of the text.
    pub criterion_spans: Vec<std::ops::Range<usize>>,
}

/// A criterion that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// Its name.
    pub name: String,
    /// What its values are in: `USD`.
    pub unit: Option<String>,
    /// What its values are.
    pub measure: Measure,
    /// Whether only the order of its values is known, and not how far they are apart.
    pub ordinal: bool,
    /// Whether more or less is better.
    pub direction: Direction,
    /// What its values are worth; nothing where no ends are stated.
    pub worth: Option<ValueFunction>,
    /// Which differences matter.
    pub thresholds: Option<Thresholds>,
    /// Alternatives with less than this are out.
    pub at_least: Option<f64>,
    /// Alternatives with more than this are out.
    pub at_most: Option<f64>,
    /// Whom the source names as winner of this criterion.
    pub winners: Vec<String>,
    /// What the source says of alternatives: name and text.
    pub text: Vec<(String, String)>,
}

impl Criterion {
    /// The column of a matrix, with this weight.
    #[must_use]
    pub fn column(&self, weight: f64) -> Column {
        Column {
            criterion: self.name.clone(),
            weight,
            direction: self.direction,
            worth: self.worth.clone(),
            thresholds: self.thresholds,
            domain: self.domain(),
        }
    }

    /// The least and the largest value that there can be, where that is known.
    fn domain(&self) -> Option<(f64, f64)> {
        match &self.measure {
            Measure::Number => None,
            Measure::Stars => Some((1.0, 5.0)),
            Measure::YesNo => Some((0.0, 1.0)),
            Measure::Levels(words) => {
                let last = u32::try_from(words.len().saturating_sub(1)).unwrap_or(u32::MAX);
                Some((0.0, f64::from(last)))
            }
        }
    }

    /// The next value that a reader can be told, not above `value` or not below it: a level, or three digits that count.
    #[must_use]
    pub fn whole(&self, value: f64, up: bool) -> f64 {
        let step = match self.measure {
            Measure::Levels(_) | Measure::YesNo => 1.0,
            Measure::Stars => 0.1,
            Measure::Number if value == 0.0 => return value,
            Measure::Number => libm::pow(10.0, libm::floor(libm::log10(value.abs())) - 2.0),
        };
        if !step.is_normal() {
            return value;
        }
        // What is whole but for rounding stays as it is.
        let steps = value / step;
        step * if up { libm::ceil(steps - 1e-6) } else { libm::floor(steps + 1e-6) }
    }

    /// A value as a reader sees it: `4 stars`, `Moderate`, `yes`, `40 USD`.
    #[must_use]
    pub fn shown(&self, value: f64) -> String {
        match &self.measure {
            Measure::Levels(words) => {
                let place = words.iter().zip(0_u32..).find(|(_, place)| f64::from(*place) >= value);
                place.map_or(String::new(), |(word, _)| word.clone())
            }
            Measure::YesNo => if value >= 0.5 { "yes" } else { "no" }.to_owned(),
            Measure::Stars => format!("{} stars", short(value)),
            Measure::Number => match &self.unit {
                Some(unit) => format!("{} {unit}", short(value)),
                None => short(value),
            },
        }
    }
}

/// A number with at most six digits that count.
fn short(value: f64) -> String {
    let rounded = format!("{value:.5e}").parse::<f64>().unwrap_or(value);
    match rounded.abs() {
        far if far != 0.0 && !(1e-9..1e15).contains(&far) => format!("{rounded:e}"),
        // No minus stands before a zero.
        _ => (rounded + 0.0).to_string(),
    }
}

/// What the values of a criterion are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Numbers.
    Number,
    /// One to five stars.
    Stars,
    /// Words, from worst to best: the first is 0, the next 1.
    Levels(Vec<String>),
    /// Yes, which is 1, or no, which is 0.
    YesNo,
}

/// An alternative that is ranked.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Its name.
    pub name: String,
    /// Its value for each criterion that counts.
    pub values: Vec<Value>,
}

/// A value as it is written and as it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// As the file has it.
    pub written: String,
    /// How far it may be off.
    pub spread: Spread,
}

/// A value and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// Known.
    Exact(f64),
    /// Anything between two ends alike.
    Range {
        /// The lower end.
        low: f64,
        /// The higher end.
        high: f64,
    },
    /// Between two ends, one value more likely than others.
    Triangular {
        /// The lower end.
        low: f64,
        /// What is most likely.
        expected: f64,
        /// The higher end.
        high: f64,
    },
}

impl Spread {
    /// The value that a ranking counts with: the known one, the most likely one, or the middle of a range.
    #[must_use]
    pub fn expected(self) -> f64 {
        match self {
            Spread::Exact(value) => value,
            // Halved first, so that the middle of the widest range is finite.
            Spread::Range { low, high } => low / 2.0 + high / 2.0,
            Spread::Triangular { expected, .. } => expected,
        }
    }

    /// The lowest and the highest value that it may have.
    #[must_use]
    pub fn ends(self) -> (f64, f64) {
        match self {
            Spread::Exact(value) => (value, value),
            Spread::Range { low, high } | Spread::Triangular { low, high, .. } => (low, high),
        }
    }
}

/// What is named and not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Why it is left out.
    pub why: String,
    /// What the source says of alternatives: name and text.
    pub text: Vec<(String, String)>,
}

/// Whom the source of a matrix names as winner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedWinner {
    /// The alternatives, one or several.
    pub names: Vec<String>,
    /// Under which condition; left out where there is none.
    pub when: Option<String>,
    /// The criteria that the condition speaks of, by their place; empty for all of them.
    pub criteria: Vec<usize>,
}

/// What is known of the weights when they are drawn at random.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Information {
    /// Pairs of criteria, by their place, of which the first weighs at least as much as the second; without a cycle.
    pub order: Vec<(usize, usize)>,
    /// The least and the most that each criterion weighs, as shares of 1; empty where nothing is stated.
    pub intervals: Vec<(f64, f64)>,
    /// How close drawn weights are to the stated ones: the sum of the parameters of a Dirichlet distribution.
    pub concentration: Option<f64>,
}

impl MatrixFile {
    /// Reads a matrix.
    ///
    /// # Errors
    /// Everything that is wrong in the text, in its order.
    pub fn parse(text: &str, format: MatrixFormat) -> Result<MatrixFile, Vec<Problem>> {
        let mut told = Vec::new();
        let draft = match format {
            MatrixFormat::Toml => from_toml::read(text, &mut told),
            MatrixFormat::Csv => from_csv::read(text, &mut told),
        };
        let file = draft.and_then(|draft| check::check(draft, &mut told));
        told.sort_by_key(|problem| problem.span.start);
        told.dedup();
        match file {
            Some(file) if told.is_empty() => Ok(file),
            _ if told.is_empty() => {
                // Never without a word, whatever a part of the reader forgot to tell.
                let unknown =
                    "the matrix can't be read, and the program can't say why: please report the file";
                Err(vec![Problem::at(0..0, unknown)])
            }
            _ => Err(told),
        }
    }

    /// Whether a TOML text is meant as a matrix and not as something else, by its table `[matrix]`.
    ///
    /// ```
    /// use weigh_core::matrix_file::MatrixFile;
    /// assert!(MatrixFile::is_matrix("[matrix]\nname = 'Cars'\n"));
    /// assert!(!MatrixFile::is_matrix("[scenario]\nname = 'Shop'\n"));
    /// ```
    #[must_use]
    pub fn is_matrix(text: &str) -> bool {
        from_toml::is_matrix(text)
    }
}

#[cfg(test)]
mod tests;
