//! A matrix file as it was written: every value with its place, before anything is held against anything else.

use std::ops::Range;

use crate::decision::{Direction, Shape};

/// A value with its place in the text.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

impl<T> Placed<T> {
    pub(super) fn new(value: T, span: Range<usize>) -> Placed<T> {
        Placed { value, span }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    /// A number, and how it is written.
    Number(f64, String),
    /// Words, or a range.
    Text(String),
    /// True or false.
    Flag(bool),
    /// Nothing: an empty cell of a table.
    Nothing,
}

/// A matrix file.
#[derive(Default)]
pub(super) struct Draft {
    /// Whether it is CSV: a table that has no keys.
    pub(super) is_table: bool,
    pub(super) name: Option<String>,
    pub(super) source: Option<String>,
    pub(super) notes: Vec<String>,
    pub(super) winners: Vec<WinnerDraft>,
    pub(super) criteria: Vec<CriterionDraft>,
    pub(super) alternatives: Vec<AlternativeDraft>,
    pub(super) weights: Option<WeightsDraft>,
    pub(super) robustness: RobustnessDraft,
    /// What stands for the file as a whole where something is missing from it.
    pub(super) whole: Range<usize>,
}

/// Whom the source names as winner, and when.
pub(super) struct WinnerDraft {
    pub(super) names: Vec<Placed<String>>,
    pub(super) when: Option<String>,
    pub(super) criteria: Vec<Placed<String>>,
}

/// A criterion.
pub(super) struct CriterionDraft {
    pub(super) name: Placed<String>,
    pub(super) weight: Option<Placed<f64>>,
    pub(super) direction: Option<Placed<Direction>>,
    pub(super) unit: Option<String>,
    pub(super) best: Option<Placed<f64>>,
    pub(super) worst: Option<Placed<f64>>,
    pub(super) shape: Option<Placed<Shape>>,
    pub(super) points: Option<Placed<Vec<(f64, f64)>>>,
    pub(super) steps: Option<Placed<Vec<(f64, f64)>>>,
    pub(super) stars: Option<Placed<bool>>,
    pub(super) ordinal: Option<Placed<bool>>,
    pub(super) levels: Option<Placed<Vec<Placed<String>>>>,
    pub(super) at_least: Option<Placed<Written>>,
    pub(super) at_most: Option<Placed<Written>>,
    pub(super) indifference: Option<Placed<f64>>,
    pub(super) preference: Option<Placed<f64>>,
    pub(super) veto: Option<Placed<f64>>,
    pub(super) winners: Vec<Placed<String>>,
    pub(super) text: Vec<(Placed<String>, String)>,
    pub(super) excluded: Option<String>,
    /// The keys whose values were refused.
    pub(super) refused: Vec<&'static str>,
}

impl CriterionDraft {
    /// A criterion of which nothing but its name is known.
    pub(super) fn named(name: Placed<String>) -> CriterionDraft {
        CriterionDraft {
            name,
            weight: None,
            direction: None,
            unit: None,
            best: None,
            worst: None,
            shape: None,
            points: None,
            steps: None,
            stars: None,
            ordinal: None,
            levels: None,
            at_least: None,
            at_most: None,
            indifference: None,
            preference: None,
            veto: None,
            winners: Vec::new(),
            text: Vec::new(),
            excluded: None,
            refused: Vec::new(),
        }
    }
}

/// An alternative.
pub(super) struct AlternativeDraft {
    pub(super) name: Placed<String>,
    pub(super) values: ValuesDraft,
    /// Where its values stand.
    pub(super) span: Range<usize>,
    pub(super) excluded: Option<String>,
}

/// The values of an alternative.
pub(super) enum ValuesDraft {
    /// Each behind the name of its criterion.
    ByName(Cells),
    /// In the order of the criteria.
    InOrder(Vec<Placed<Written>>),
}

/// Values behind names of criteria.
pub(super) type Cells = Vec<(Placed<String>, Placed<Written>)>;

/// Numbers behind names of criteria.
pub(super) type ByCriterion = Vec<(Placed<String>, Placed<f64>)>;

/// How weights are stated.
pub(super) enum WeightsDraft {
    Direct(Placed<ByCriterion>),
    Points(Placed<ByCriterion>),
    Ranked {
        order: Placed<Vec<Placed<String>>>,
        by: Option<Placed<String>>,
    },
    Comparisons {
        rows: Placed<Vec<Placed<Vec<Placed<f64>>>>>,
        by: Option<Placed<String>>,
    },
    BestWorst {
        best: Placed<String>,
        worst: Placed<String>,
        best_to_others: Placed<ByCriterion>,
        others_to_worst: Placed<ByCriterion>,
    },
    /// In more ways than one, which was told.
    Several(Vec<WeightsDraft>),
    /// Stated, and so wrong that it was told already.
    Wrong,
}

/// What is known of the weights when they are drawn at random.
#[derive(Default)]
pub(super) struct RobustnessDraft {
    pub(super) order: Vec<Placed<String>>,
    pub(super) intervals: Cells,
    pub(super) concentration: Option<Placed<f64>>,
}
