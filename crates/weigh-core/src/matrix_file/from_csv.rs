//! A matrix file in CSV: alternatives below each other, criteria beside each other.

use std::ops::Range;

use super::draft::{AlternativeDraft, CriterionDraft, Draft, Placed, ValuesDraft, Written};
use super::from_toml::{direction, not_among, shape};
use crate::data::line::{Cell, cells, lines, separator, unclosed};
use crate::data::nearest;
use crate::problem::Problem;

/// The rows that say something of the criteria; they stand above the alternatives.
const ABOUT: [&str; 8] = ["weight", "direction", "unit", "best", "worst", "shape", "at_least", "at_most"];

/// The smallest matrix.
const EXAMPLE: &str =
    "a header and rows: alternative,price,comfort; direction,cost,benefit; bus,20,2; train,50,5";

/// Reads the text; nothing where there is no header.
pub(super) fn read(text: &str, told: &mut Vec<Problem>) -> Option<Draft> {
    let mut lines = lines(text);
    let Some((start, line)) = lines.next() else {
        told.push(Problem::at(0..0, "the matrix is empty").allowing(EXAMPLE));
        return None;
    };
    let separator = separator(line);
    let header = values(start, line, separator, told)?;
    let whole = start..start + line.trim_end().len();
    let ((first, span), criteria) = header.split_first()?;
    if !["alternative", "alternatives"].contains(&first.to_lowercase().as_str()) {
        let wrong = Problem::at(span.clone(), format!("the header begins with `{first}`"));
        told.push(wrong.allowing("`alternative` first, then a criterion for each column"));
    }
    let mut draft = Draft { whole, is_table: true, ..Draft::default() };
    let mut stated: Vec<&str> = Vec::new();
    for (name, span) in criteria {
        if name.is_empty() {
            told.push(Problem::at(span.clone(), "a column without a name"));
        }
        draft.criteria.push(CriterionDraft::named(Placed::new((*name).to_owned(), span.clone())));
    }
    for (start, line) in lines {
        let Some(row) = values(start, line, separator, told) else { continue };
        let line = start..start + line.trim_end().len();
        if row.len() != header.len() {
            let message = format!("the row has {} values, the header {}", row.len(), header.len());
            let allowed = "a value for each heading; one that holds the separator in double quotes";
            told.push(Problem::at(line, message).allowing(allowed));
            continue;
        }
        let Some(((name, span), cells)) = row.split_first() else { continue };
        let key = name.to_lowercase().replace(['-', ' '], "_");
        let mut about = ABOUT.into_iter().find(|about| *about == key);
        let near = meant(name, cells).filter(|_| draft.alternatives.is_empty()).or_else(|| slip(&key));
        if let (None, Some(meant)) = (about, near.filter(|near| !stated.contains(near))) {
            told.push(misspelt(name, span, meant));
            about = Some(meant);
            if !draft.alternatives.is_empty() {
                continue;
            }
        }
        stated.extend(about);
        match about {
            Some(about) if draft.alternatives.is_empty() => {
                for (criterion, cell) in draft.criteria.iter_mut().zip(cells) {
                    say(criterion, about, cell, told);
                }
            }
            Some(about) => {
                let message = format!("the row `{about}` stands below an alternative");
                let below =
                    Problem::at(span.clone(), message).allowing("what is said of criteria above them");
                let first = draft.alternatives.first().map(|first| first.name.span.clone());
                told.push(match first {
                    Some(first) => below.beside(first, "an alternative, unless its name is misspelt"),
                    None => below,
                });
            }
            None => draft.alternatives.push(alternative((name, span.clone()), cells, line, told)),
        }
    }
    Some(draft)
}

fn values<'t>(
    start: usize,
    line: &'t str,
    separator: char,
    told: &mut Vec<Problem>,
) -> Option<Vec<Cell<'t>>> {
    cells(start, line, separator).map_err(|span| told.push(unclosed(span))).ok()
}

/// What a row says of a criterion.
fn say(
    criterion: &mut CriterionDraft,
    about: &'static str,
    (text, span): &Cell<'_>,
    told: &mut Vec<Problem>,
) {
    if text.is_empty() {
        return;
    }
    let word = || Placed::new((*text).to_owned(), span.clone());
    let before = told.len();
    let mut number = || {
        let number = finite(text);
        if number.is_none() {
            let wrong = Problem::at(span.clone(), format!("`{about}`: `{text}` is no number"));
            told.push(wrong.allowing("a number, such as 0.25"));
        }
        Some(Placed::new(number?, span.clone()))
    };
    match about {
        "weight" => criterion.weight = number(),
        "best" => criterion.best = number(),
        "worst" => criterion.worst = number(),
        "unit" => criterion.unit = Some((*text).to_owned()),
        "at_least" => criterion.at_least = Some(Placed::new(written(text), span.clone())),
        "at_most" => criterion.at_most = Some(Placed::new(written(text), span.clone())),
        "shape" => match shape(text) {
            Some(shape) => criterion.shape = Some(Placed::new(shape, span.clone())),
            None => told.push(not_among(&word(), about, &["linear", "logarithmic"], false)),
        },
        _ => match direction(text) {
            Some(direction) => criterion.direction = Some(Placed::new(direction, span.clone())),
            None => told.push(not_among(&word(), about, &["benefit", "cost"], false)),
        },
    }
    if told.len() > before {
        criterion.refused.push(about);
    }
}

fn alternative(
    (name, at): (&str, Range<usize>),
    cells: &[Cell<'_>],
    span: Range<usize>,
    told: &mut Vec<Problem>,
) -> AlternativeDraft {
    if name.is_empty() {
        told.push(Problem::at(span.clone(), "an alternative without a name"));
    }
    let cells = cells.iter().map(|(text, span)| Placed::new(written(text), span.clone())).collect();
    let name = Placed::new(name.to_owned(), at);
    AlternativeDraft { name, values: ValuesDraft::InOrder(cells), span, excluded: None }
}

/// What a row above the alternatives says of criteria, where its name is misspelt: it has words where values belong.
fn meant(name: &str, cells: &[Cell<'_>]) -> Option<&'static str> {
    let words = cells.iter().all(|(text, _)| finite(text).is_none() && !text.contains(".."));
    nearest(name, ABOUT).filter(|_| words)
}

/// A row that is neither an alternative nor what is said of criteria.
fn misspelt(name: &str, span: &Range<usize>, meant: &str) -> Problem {
    let message = format!("the row `{name}` is no alternative and no row `{meant}`");
    let allowed = format!(
        "above the alternatives rows {}; an alternative of this name where a row `{meant}` stands above it, if an empty one",
        ABOUT.join(", ")
    );
    Problem::at(span.clone(), message).allowing(allowed).suggesting(Some(meant.to_owned()))
}

/// The row that a name is one slip of the fingers away from.
fn slip(key: &str) -> Option<&'static str> {
    ABOUT.into_iter().find(|about| *about != key && strsim::damerau_levenshtein(key, about) <= 1)
}

fn written(text: &str) -> Written {
    match finite(text) {
        Some(number) => Written::Number(number, text.to_owned()),
        None if text.is_empty() => Written::Nothing,
        None => Written::Text(text.to_owned()),
    }
}

fn finite(text: &str) -> Option<f64> {
    text.replace('_', "").parse().ok().filter(|number: &f64| number.is_finite())
}
