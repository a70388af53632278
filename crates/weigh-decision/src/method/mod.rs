//! The methods: each turns a matrix into scores and ranks. One file and one row of the table each.

mod electre;
mod lexicographic;
mod maximin;
mod parameters;
mod promethee;
mod topsis;
mod vikor;
mod waspas;
mod weighted_product;
mod weighted_sum;

pub use electre::Outranking;
pub use parameters::{PARAMETERS, Parameter, Parameters, Preference};
pub use topsis::Closeness;

use std::fmt;

use crate::matrix::{Matrix, rows};
use crate::normalisation::Normalisation;

/// A way to rank alternatives.
#[derive(Clone, Copy)]
pub struct Method {
    /// Its id: `weighted-sum`.
    pub id: &'static str,
    /// Its name in prose: `weighted sum`.
    pub title: &'static str,
    /// One line on what it does, with its formula.
    pub summary: &'static str,
    /// Where it is published.
    pub source: &'static str,
    /// Whether a higher or a lower score is better.
    pub better: Better,
    /// Which normalised values it ranks by.
    pub takes: Takes,
    /// Whether its score, or the logarithm of it, is a sum over criteria of weight times what is no matter of weights, so that
    /// which weights flip it has a closed form.
    pub additive: bool,
    /// Whether a criterion in another unit, its thresholds with it, changes no rank; with value functions they would have to
    /// be stated in the other unit, too.
    pub scale_invariant: bool,
    run: fn(&Input<'_>) -> Result<Outcome, Refused>,
}

/// Which values a method ranks by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Fixed value functions where every criterion has one, else min-max.
    Worth,
    /// The normalisation with this id, unless another is asked for.
    Normalised(&'static str),
    /// The values as they are; it scales them itself.
    Raw,
    /// The values as they are, unless a normalisation is asked for.
    RawUnlessAsked,
}

/// Whether a higher or a lower score is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
}

/// What a method works on.
pub(crate) struct Input<'a> {
    /// The matrix.
    pub(crate) matrix: &'a Matrix,
    /// The normalised values, one criterion after the other; empty for a method that takes them raw.
    pub(crate) normalised: &'a [f64],
    /// The id of the normalisation.
    pub(crate) normalisation: Option<&'static str>,
    /// What it is told.
    pub(crate) parameters: &'a Parameters,
}

impl<'a> Input<'a> {
    /// Normalised values, or none, of the normalisation that the parameters ask for.
    fn of(matrix: &'a Matrix, normalised: &'a [f64], parameters: &'a Parameters) -> Input<'a> {
        Input {
            matrix,
            normalised,
            normalisation: parameters.normalisation.map(|known| known.id),
            parameters,
        }
    }

    /// Why a cell can't be taken, by the places of its alternative and its criterion.
    fn refuse(&self, method: &'static str, alternative: usize, criterion: usize, why: &str) -> Refused {
        Refused {
            method,
            alternative: Some(self.matrix.alternatives()[alternative].clone()),
            criterion: Some(self.matrix.columns()[criterion].criterion.clone()),
            why: why.to_owned(),
        }
    }
}

/// What a method works out.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) scores: Vec<f64>,
    /// What it ranks by, where the scores lose it to rounding; empty where they don't.
    pub(crate) ranked_by: Vec<f64>,
    pub(crate) contributions: Vec<Vec<f64>>,
    pub(crate) measures: Vec<Measure>,
    pub(crate) chosen: Option<Chosen>,
    pub(crate) notes: Vec<String>,
}

/// What a method made of a matrix, in the order of its alternatives.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The method's id.
    pub method: &'static str,
    /// The normalisation's id; nothing where the method takes values raw.
    pub normalisation: Option<&'static str>,
    /// Whether a higher or a lower score is better.
    pub better: Better,
    /// The scores.
    pub scores: Vec<f64>,
    /// The ranks, from 1; equal scores share the better one.
    pub ranks: Vec<usize>,
    /// What each criterion adds to each score, a row for each alternative; empty where a score is no sum.
    pub contributions: Vec<Vec<f64>>,
    /// The normalised values, a row for each alternative; empty where values are taken raw.
    pub normalised: Vec<Vec<f64>>,
    /// Other figures that the method gives for each alternative, such as the regret of VIKOR.
    pub measures: Vec<Measure>,
    /// The set that the method chooses, where it chooses one.
    pub chosen: Option<Chosen>,
    /// What the reader should know, such as that a column was constant.
    pub notes: Vec<String>,
}

/// A figure for each alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What it is called in the literature: `S`, `R`, `phi+`.
    pub name: &'static str,
    /// Its value for each alternative.
    pub values: Vec<f64>,
}

/// A set that a method chooses: VIKOR's compromise, ELECTRE's kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// What it is called: `compromise set`.
    pub name: &'static str,
    /// The places of its members.
    pub members: Vec<usize>,
    /// Why these.
    pub why: String,
}

/// Why a method can't rank a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The id of the method or normalisation that can't.
    pub method: &'static str,
    /// The alternative of the cell to blame.
    pub alternative: Option<String>,
    /// The criterion to blame.
    pub criterion: Option<String>,
    /// What is wrong, and what is allowed.
    pub why: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.method)?;
        match (&self.criterion, &self.alternative) {
            (Some(criterion), Some(alternative)) => write!(f, "{criterion} of {alternative} ")?,
            (Some(one), None) | (None, Some(one)) => write!(f, "{one} ")?,
            (None, None) => {}
        }
        f.write_str(&self.why)
    }
}

impl std::error::Error for Refused {}

/// Every method, the default first.
pub const METHODS: &[Method] = &[
    weighted_sum::WEIGHTED_SUM,
    weighted_product::WEIGHTED_PRODUCT,
    waspas::WASPAS,
    topsis::TOPSIS,
    vikor::VIKOR,
    promethee::PROMETHEE,
    electre::ELECTRE,
    lexicographic::LEXICOGRAPHIC,
    maximin::MAXIMIN,
];

pub(crate) use crate::rounding::SAME;

impl Method {
    /// The method with an id.
    ///
    /// ```
    /// use weigh_decision::Method;
    /// assert_eq!(Method::find("topsis").unwrap().title, "TOPSIS");
    /// ```
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Method> {
        METHODS.iter().find(|known| known.id == id)
    }

    /// The normalisation that it ranks by; nothing where it takes values raw.
    #[must_use]
    pub fn normalisation(&self, matrix: &Matrix, parameters: &Parameters) -> Option<&'static Normalisation> {
        match self.takes {
            Takes::Raw => None,
            Takes::RawUnlessAsked => parameters.normalisation,
            _ if parameters.normalisation.is_some() => parameters.normalisation,
            Takes::Worth if matrix.columns().iter().all(|column| column.worth.is_some()) => {
                Normalisation::find("fixed")
            }
            Takes::Worth => Normalisation::find("min-max"),
            Takes::Normalised(id) => Normalisation::find(id),
        }
    }

    /// How many cells, or pairs of them, are looked at for one ranking; what questions that rank very often are held to.
    pub(crate) fn effort(&self, matrix: &Matrix) -> usize {
        let pairs = [promethee::PROMETHEE.id, electre::ELECTRE.id].contains(&self.id);
        // Beside the cells, what a ranking costs anyway.
        let cells = 2 * matrix.values().len() + 50;
        if pairs { cells.saturating_mul(matrix.alternatives().len()) } else { cells }
    }

    /// Whether a normalisation that is asked for changes what it ranks by.
    ///
    /// ```
    /// use weigh_decision::Method;
    /// assert!(Method::find("topsis").unwrap().takes_normalisation());
    /// assert!(!Method::find("vikor").unwrap().takes_normalisation());
    /// ```
    #[must_use]
    pub fn takes_normalisation(&self) -> bool {
        self.takes != Takes::Raw
    }

    /// Refuses a normalisation that is asked for and would change nothing.
    ///
    /// # Errors
    /// What the method takes in its place, and which methods take a normalisation.
    pub fn check_normalisation(&self, parameters: &Parameters) -> Result<(), Refused> {
        if parameters.normalisation.is_none() || self.takes_normalisation() {
            return Ok(());
        }
        let takers = METHODS.iter().filter(|method| method.takes_normalisation());
        let takers: Vec<&str> = takers.map(|method| method.id).collect();
        Err(Refused {
            method: self.id,
            alternative: None,
            criterion: None,
            why: format!(
                "takes the values as they are, and no normalisation; those that take one are {}",
                takers.join(", ")
            ),
        })
    }

    /// Ranks the alternatives of a matrix.
    ///
    /// # Errors
    /// The method and the cell that it can't take.
    ///
    /// ```
    /// use weigh_decision::{Column, Matrix, Method, Parameters};
    /// let columns = vec![Column::cost("price", 3.0), Column::benefit("comfort", 1.0)];
    /// let rows = [vec![20.0, 2.0], vec![50.0, 5.0], vec![30.0, 3.0]];
    /// let matrix = Matrix::new(["bus", "train", "coach"].map(str::to_owned).to_vec(), columns, &rows).unwrap();
    /// let ranking = Method::find("weighted-sum").unwrap().rank(&matrix, &Parameters::default()).unwrap();
    /// assert_eq!(ranking.normalisation, Some("min-max"));
    /// assert_eq!(ranking.ranks, [1, 3, 2]);
    /// ```
    pub fn rank(&self, matrix: &Matrix, parameters: &Parameters) -> Result<Ranking, Refused> {
        parameters::check(self.id, parameters)?;
        let normalisation = self.normalisation(matrix, parameters);
        let normalised = match normalisation {
            Some(normalisation) => normalisation.apply(matrix)?,
            None => Vec::new(),
        };
        let own = Parameters { normalisation, ..*parameters };
        let outcome = (self.run)(&Input::of(matrix, &normalised, &own))?;
        let ranked_by = if outcome.ranked_by.is_empty() { &outcome.scores } else { &outcome.ranked_by };
        Ok(Ranking {
            method: self.id,
            normalisation: normalisation.map(|known| known.id),
            better: self.better,
            ranks: ranks(ranked_by, self.better),
            scores: outcome.scores,
            contributions: outcome.contributions,
            normalised: match normalisation {
                Some(_) => rows(&normalised, matrix.alternatives().len()),
                None => Vec::new(),
            },
            measures: outcome.measures,
            chosen: outcome.chosen,
            notes: outcome.notes,
        })
    }
}

/// The ranks of scores, from 1; equal ones share the better rank.
#[must_use]
pub fn ranks(scores: &[f64], better: Better) -> Vec<usize> {
    let largest = scores.iter().fold(0.0f64, |largest, score| largest.max(score.abs()));
    let same = SAME * largest;
    let mut sorted = scores.to_vec();
    sorted.sort_by(f64::total_cmp);
    let before = |own: f64| match better {
        Better::Higher => sorted.len() - sorted.partition_point(|other| *other <= own + same),
        Better::Lower => sorted.partition_point(|other| *other < own - same),
    };
    scores.iter().map(|own| 1 + before(*own)).collect()
}
