//! A matrix file in TOML.

use toml::de::DeTable;

use super::draft::{
    AlternativeDraft, CriterionDraft, Draft, Placed, RobustnessDraft, ValuesDraft, WeightsDraft, WinnerDraft,
};
use super::place::Place;
use crate::data::nearest;
use crate::decision::{Direction, Shape};
use crate::problem::Problem;

/// The keys of a `[[criterion]]`.
pub(super) const CRITERION: [&str; 21] = [
    "name",
    "weight",
    "direction",
    "unit",
    "best",
    "worst",
    "shape",
    "points",
    "steps",
    "stars",
    "ordinal",
    "levels",
    "at_least",
    "at_most",
    "indifference",
    "preference",
    "veto",
    "winners",
    "text",
    "excluded",
    "note",
];

/// Whether the text has the table that a matrix file begins with.
pub(super) fn is_matrix(text: &str) -> bool {
    DeTable::parse_recoverable(text).0.get_ref().contains_key("matrix")
}

/// Reads the text; nothing where it is no TOML.
pub(super) fn read(text: &str, told: &mut Vec<Problem>) -> Option<Draft> {
    let (root, syntax) = DeTable::parse_recoverable(text);
    for error in &syntax {
        let span = error.span().unwrap_or(0..0);
        told.push(Problem::at(span, format!("this is no TOML: {}", error.message())));
    }
    if !syntax.is_empty() {
        return None;
    }
    let whole = 0..text.find('\n').unwrap_or(text.len());
    let root = Place::new(root.get_ref(), "a matrix file", whole.clone());
    root.only(&["matrix", "criterion", "alternative", "weights", "robustness", "winner"], told);
    let mut draft = Draft { whole, ..Draft::default() };
    if let Some(matrix) = root.table_at("matrix", "[matrix]", told) {
        matrix.only(&["name", "source", "notes", "winners"], told);
        draft.name = matrix.text("name", told).map(|name| name.value);
        draft.source = matrix.text("source", told).map(|source| source.value);
        draft.notes = plain(matrix.texts("notes", told));
        if let Some(names) = matrix.texts("winners", told) {
            draft.winners.push(WinnerDraft { names: names.value, when: None, criteria: Vec::new() });
        }
    }
    draft.criteria =
        root.tables("criterion", told).iter().filter_map(|place| criterion(place, told)).collect();
    draft.alternatives =
        root.tables("alternative", told).iter().filter_map(|place| alternative(place, told)).collect();
    draft.winners.extend(root.tables("winner", told).iter().filter_map(|place| winner(place, told)));
    draft.weights = root.table_at("weights", "[weights]", told).map(|place| weights(&place, told));
    if let Some(place) = root.table_at("robustness", "[robustness]", told) {
        place.only(&["order", "intervals", "concentration"], told);
        draft.robustness = RobustnessDraft {
            order: place.texts("order", told).map(|order| order.value).unwrap_or_default(),
            intervals: place.cells("intervals", told).map(|cells| cells.value).unwrap_or_default(),
            concentration: place.number("concentration", told),
        };
    }
    Some(draft)
}

fn plain(texts: Option<Placed<Vec<Placed<String>>>>) -> Vec<String> {
    texts.map(|texts| texts.value.into_iter().map(|text| text.value).collect()).unwrap_or_default()
}

fn criterion(place: &Place<'_>, told: &mut Vec<Problem>) -> Option<CriterionDraft> {
    let before = told.len();
    place.only(&CRITERION, told);
    // A key that is misspelt counts as stated, so that nothing is told to be missing.
    let meant = told[before..].iter().filter_map(|problem| problem.suggestion.as_deref());
    let meant: Vec<&str> =
        meant.filter_map(|meant| CRITERION.into_iter().find(|key| *key == meant)).collect();
    let name = place.required("name", "the criterion's name", Place::text, told);
    let direction = place.text("direction", told).and_then(|word| {
        let direction = direction(&word.value);
        if direction.is_none() {
            told.push(not_among(&word, "direction", &["benefit", "cost"], true));
        }
        Some(Placed::new(direction?, word.span))
    });
    let shape = place.text("shape", told).and_then(|word| {
        let shape = shape(&word.value);
        if shape.is_none() {
            told.push(not_among(&word, "shape", &["linear", "logarithmic", "logarithmic-complement"], true));
        }
        Some(Placed::new(shape?, word.span))
    });
    let (weight, unit) = (place.number("weight", told), place.text("unit", told).map(|unit| unit.value));
    let draft = CriterionDraft {
        direction,
        shape,
        weight,
        unit,
        best: place.number("best", told),
        worst: place.number("worst", told),
        points: place.pairs("points", told),
        steps: place.pairs("steps", told),
        stars: place.flag("stars", told),
        ordinal: place.flag("ordinal", told),
        levels: place.texts("levels", told),
        at_least: place.cell("at_least", told),
        at_most: place.cell("at_most", told),
        indifference: place.number("indifference", told),
        preference: place.number("preference", told),
        veto: place.number("veto", told),
        winners: place.texts("winners", told).map(|winners| winners.value).unwrap_or_default(),
        text: place.named_texts("text", told),
        excluded: place.text("excluded", told).map(|reason| reason.value),
        ..CriterionDraft::named(Placed::new(String::new(), place.span.clone()))
    };
    let read = [
        ("weight", draft.weight.is_some()),
        ("direction", draft.direction.is_some()),
        ("best", draft.best.is_some()),
        ("worst", draft.worst.is_some()),
        ("points", draft.points.is_some()),
        ("steps", draft.steps.is_some()),
        ("stars", draft.stars.is_some()),
        ("levels", draft.levels.is_some()),
    ];
    let stated = |key: &str| place.has(key) || meant.contains(&key);
    let refused = read.into_iter().filter(|(key, read)| stated(key) && !read).map(|(key, _)| key).collect();
    Some(CriterionDraft { name: name?, refused, ..draft })
}

/// The direction of a word.
pub(super) fn direction(word: &str) -> Option<Direction> {
    match word {
        "benefit" => Some(Direction::Benefit),
        "cost" => Some(Direction::Cost),
        _ => None,
    }
}

/// The shape of a word.
pub(super) fn shape(word: &str) -> Option<Shape> {
    match word {
        "linear" => Some(Shape::Linear),
        "logarithmic" => Some(Shape::Logarithmic),
        "logarithmic-complement" => Some(Shape::LogarithmicComplement),
        _ => None,
    }
}

/// A word that is none of those that are allowed.
pub(super) fn not_among(word: &Placed<String>, key: &str, known: &[&str], quoted: bool) -> Problem {
    let meant = nearest(&word.value, known.iter().copied());
    let meant = meant.map(|meant| if quoted { format!("\"{meant}\"") } else { meant.to_owned() });
    Problem::at(word.span.clone(), format!("`{key}`: unknown word `{}`", word.value))
        .allowing(format!("`{key}` is one of {}", known.join(", ")))
        .suggesting(meant)
}

fn alternative(place: &Place<'_>, told: &mut Vec<Problem>) -> Option<AlternativeDraft> {
    place.only(&["name", "values", "excluded", "note"], told);
    let name = place.required("name", "the alternative's name", Place::text, told);
    let excluded = place.text("excluded", told).map(|reason| reason.value);
    let span = place.span_of("values");
    let values = match place.row("values", told) {
        Some(row) => ValuesDraft::InOrder(row),
        None => ValuesDraft::ByName(place.cells("values", told).map(|cells| cells.value).unwrap_or_default()),
    };
    Some(AlternativeDraft { name: name?, values, span, excluded })
}

fn winner(place: &Place<'_>, told: &mut Vec<Problem>) -> Option<WinnerDraft> {
    place.only(&["names", "when", "criteria"], told);
    let names = place.required("names", "whom the source names: a list of alternatives", Place::texts, told);
    let when = place.text("when", told).map(|when| when.value);
    let criteria = place.texts("criteria", told).map(|criteria| criteria.value).unwrap_or_default();
    Some(WinnerDraft { names: names?.value, when, criteria })
}

const WAYS: [&str; 5] = ["direct", "points", "ranked", "comparisons", "best_worst"];

fn weights(place: &Place<'_>, told: &mut Vec<Problem>) -> WeightsDraft {
    let before = told.len();
    place.only(&[&WAYS[..], &["by"]].concat(), told);
    let stated: Vec<&str> = WAYS.into_iter().filter(|way| place.has(way)).collect();
    if stated.len() != 1 && told.len() == before {
        let message = match stated.as_slice() {
            [] => "[weights] states no weights".to_owned(),
            several => format!("[weights] states weights in {} ways", several.len()),
        };
        told.push(Problem::at(place.span.clone(), message).allowing(format!("one of {}", WAYS.join(", "))));
    }
    if let ([way], true) = (stated.as_slice(), place.has("by"))
        && !matches!(*way, "ranked" | "comparisons")
    {
        let message = format!("`by` says nothing of weights that are {way}");
        told.push(Problem::at(place.span_of("by"), message).allowing(
            "beside `ranked` roc, rank-sum or reciprocal; beside `comparisons` eigenvector or geometric-mean",
        ));
    }
    let by = place.text("by", told);
    let mut drafts: Vec<WeightsDraft> =
        stated.iter().map(|way| one_way(place, way, by.clone(), told)).collect();
    match drafts.len() {
        0 => WeightsDraft::Wrong,
        1 => drafts.remove(0),
        _ => WeightsDraft::Several(drafts),
    }
}

/// Weights in one of the ways.
fn one_way(
    place: &Place<'_>,
    way: &str,
    by: Option<Placed<String>>,
    told: &mut Vec<Problem>,
) -> WeightsDraft {
    let draft = match way {
        "direct" => place.numbers(way, told).map(WeightsDraft::Direct),
        "points" => place.numbers(way, told).map(WeightsDraft::Points),
        "ranked" => place.texts(way, told).map(|order| WeightsDraft::Ranked { order, by }),
        "comparisons" => place.rows(way, told).map(|rows| WeightsDraft::Comparisons { rows, by }),
        _ => place.table_at(way, "[weights.best_worst]", told).and_then(|place| best_worst(&place, told)),
    };
    draft.unwrap_or(WeightsDraft::Wrong)
}

fn best_worst(place: &Place<'_>, told: &mut Vec<Problem>) -> Option<WeightsDraft> {
    place.only(&["best", "worst", "best_to_others", "others_to_worst"], told);
    let best = place.required("best", "the criterion that counts most", Place::text, told);
    let worst = place.required("worst", "the criterion that counts least", Place::text, told);
    let what = "how many times as much the best counts as each, 1 to 9";
    let best_to_others = place.required("best_to_others", what, Place::numbers, told);
    let what = "how many times as much each counts as the worst, 1 to 9";
    let others_to_worst = place.required("others_to_worst", what, Place::numbers, told);
    Some(WeightsDraft::BestWorst {
        best: best?,
        worst: worst?,
        best_to_others: best_to_others?,
        others_to_worst: others_to_worst?,
    })
}
