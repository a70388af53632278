//! A drafted matrix held against itself: names once, a value in every cell, weights that weigh something.

use std::ops::Range;

use super::cell;
use super::criterion::criterion;
use super::draft::{AlternativeDraft, CriterionDraft, Draft, Placed, ValuesDraft, Written};
use super::{
    Alternative, Criterion, LeftOut, MatrixFile, Measure, StatedWinner, Value, information, weights,
};
use crate::data::nearest;
use crate::problem::Problem;

/// Longer names fit in no table.
const LONGEST: usize = 80;

/// The matrix of a draft; nothing when something in it is wrong.
pub(super) fn check(draft: Draft, told: &mut Vec<Problem>) -> Option<MatrixFile> {
    let criteria: Vec<&Placed<String>> = draft.criteria.iter().map(|each| &each.name).collect();
    let alternatives: Vec<&Placed<String>> = draft.alternatives.iter().map(|each| &each.name).collect();
    names("criterion", &criteria, told);
    names("alternative", &alternatives, told);
    let counted: Vec<usize> = places(&draft.criteria, |each| each.excluded.is_none());
    let ranked: Vec<usize> = places(&draft.alternatives, |each| each.excluded.is_none());
    for (what, none) in [("criterion", counted.is_empty()), ("alternative", ranked.is_empty())] {
        if none && told.is_empty() {
            let lacks = Problem::at(draft.whole.clone(), format!("the matrix has no {what} that counts"));
            told.push(lacks.allowing(match (draft.is_table, what) {
                (false, _) => format!("at least one `[[{what}]]` that is not `excluded`"),
                (true, "criterion") => "a column for each criterion, beside `alternative`".to_owned(),
                (true, _) => {
                    "a row for each alternative: its name, and a value for each criterion".to_owned()
                }
            }));
        }
    }
    let grid: Vec<Vec<Option<&Placed<Written>>>> =
        draft.alternatives.iter().map(|each| row(each, &draft.criteria, &counted, told)).collect();
    let mut columns: Vec<Option<(Criterion, Measure)>> = Vec::new();
    for &j in &counted {
        let cells: Vec<&Placed<Written>> = ranked.iter().filter_map(|&i| grid[i][j]).collect();
        columns.push(criterion(&draft.criteria[j], &cells, draft.is_table, told));
    }
    let measures: Vec<Option<&Measure>> =
        columns.iter().map(|column| column.as_ref().map(|(_, measure)| measure)).collect();
    let mut rows = Vec::new();
    for &i in &ranked {
        let own = &draft.alternatives[i];
        rows.push(values(own, &grid[i], (&draft, &counted), &measures, told));
    }
    for each in draft.criteria.iter() {
        known(&each.winners, "alternative", &alternatives, told);
        known(each.text.iter().map(|(name, _)| name), "alternative", &alternatives, told);
    }
    let counted_names: Vec<&Placed<String>> = counted.iter().map(|&j| criteria[j]).collect();
    let winners = winners(&draft, &alternatives, &counted_names, told);
    let weights = weights::weights(&draft, &counted, told);
    let information = information::information(&draft.robustness, &counted_names, told);
    if !told.is_empty() {
        return None;
    }
    let named = |&i: &usize| draft.alternatives[i].name.value.clone();
    let alternatives =
        ranked.iter().zip(rows).map(|(i, values)| Some(Alternative { name: named(i), values: values? }));
    Some(MatrixFile {
        alternatives: alternatives.collect::<Option<_>>()?,
        criteria: columns.into_iter().map(|column| Some(column?.0)).collect::<Option<_>>()?,
        criteria_left_out: draft.criteria.iter().filter_map(left_out_criterion).collect(),
        alternatives_left_out: draft.alternatives.iter().filter_map(left_out).collect(),
        name: draft.name.unwrap_or_else(|| "Decision matrix".to_owned()),
        source: draft.source,
        notes: draft.notes,
        weights: weights?,
        information,
        winners,
        criterion_spans: counted_names.iter().map(|name| name.span.clone()).collect(),
    })
}

fn places<T>(all: &[T], wanted: impl Fn(&T) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, each)| wanted(each)).map(|(place, _)| place).collect()
}

fn left_out_criterion(draft: &CriterionDraft) -> Option<LeftOut> {
    let text = draft.text.iter().map(|(name, text)| (name.value.clone(), text.clone())).collect();
    Some(LeftOut { name: draft.name.value.clone(), why: draft.excluded.clone()?, text })
}

fn left_out(draft: &AlternativeDraft) -> Option<LeftOut> {
    Some(LeftOut { name: draft.name.value.clone(), why: draft.excluded.clone()?, text: Vec::new() })
}

/// Tells names that are too long, and those that stand twice.
fn names(what: &str, names: &[&Placed<String>], told: &mut Vec<Problem>) {
    for (place, name) in names.iter().enumerate() {
        let first = names[..place].iter().find(|other| other.value == name.value);
        if let (Some(first), false) = (first, name.value.is_empty()) {
            let twice = Problem::at(name.span.clone(), format!("the {what} `{}` stands twice", name.value));
            told.push(twice.beside(first.span.clone(), "first here").allowing("each name once"));
        }
        if name.value.chars().count() > LONGEST || name.value.contains(char::is_control) {
            let message =
                format!("the name of the {what} is longer than {LONGEST} characters, or has several lines");
            let allowed = format!("one line of at most {LONGEST} characters");
            told.push(Problem::at(name.span.clone(), message).allowing(allowed));
        }
    }
}

/// The place of a name among those that are known; one that is not is told, with the nearest that is.
pub(super) fn place_of(
    name: &Placed<String>,
    what: &str,
    known: &[&Placed<String>],
    told: &mut Vec<Problem>,
) -> Option<usize> {
    let found = known.iter().position(|other| other.value == name.value);
    if found.is_none() {
        let meant = nearest(&name.value, known.iter().map(|other| other.value.as_str()));
        let mut listed: Vec<&str> = Vec::new();
        for other in known.iter().map(|other| other.value.as_str()) {
            if !listed.contains(&other) {
                listed.push(other);
            }
        }
        let unknown = Problem::at(name.span.clone(), format!("unknown {what} `{}`", name.value));
        let meant = meant.map(|meant| format!("\"{meant}\""));
        told.push(unknown.allowing(format!("the matrix has {}", listed.join(", "))).suggesting(meant));
    }
    found
}

fn known<'d>(
    names: impl IntoIterator<Item = &'d Placed<String>>,
    what: &str,
    all: &[&Placed<String>],
    told: &mut Vec<Problem>,
) {
    for name in names {
        let _ = place_of(name, what, all, told);
    }
}

/// The cells of an alternative, one for each criterion of the file.
fn row<'d>(
    draft: &'d AlternativeDraft,
    criteria: &[CriterionDraft],
    counted: &[usize],
    told: &mut Vec<Problem>,
) -> Vec<Option<&'d Placed<Written>>> {
    let mut cells = vec![None; criteria.len()];
    match &draft.values {
        ValuesDraft::ByName(named) => {
            let all: Vec<&Placed<String>> = criteria.iter().map(|each| &each.name).collect();
            for (name, cell) in named {
                // A name that is misspelt counts as what was probably meant, so that its value is looked at too.
                let meant = || nearest(&name.value, all.iter().map(|other| other.value.as_str()));
                let place = place_of(name, "criterion", &all, told)
                    .or_else(|| meant().and_then(|meant| all.iter().position(|other| other.value == meant)));
                if let Some(place) = place {
                    cells[place] = Some(cell);
                }
            }
        }
        ValuesDraft::InOrder(row) if row.len() == criteria.len() => {
            for (place, cell) in row.iter().enumerate() {
                cells[place] = Some(cell);
            }
        }
        ValuesDraft::InOrder(row) if row.len() == counted.len() => {
            for (place, cell) in counted.iter().zip(row) {
                cells[*place] = Some(cell);
            }
        }
        ValuesDraft::InOrder(row) => {
            let name = &draft.name.value;
            let message = format!("`{name}` has {} values for {} criteria", row.len(), counted.len());
            let names: Vec<&str> = counted.iter().map(|&j| criteria[j].name.value.as_str()).collect();
            told.push(
                Problem::at(draft.span.clone(), message)
                    .allowing(format!("a value for each of {}", names.join(", "))),
            );
        }
    }
    cells
}

/// The values of an alternative that is ranked; nothing when one is missing or wrong.
fn values(
    draft: &AlternativeDraft,
    row: &[Option<&Placed<Written>>],
    (whole_draft, counted): (&Draft, &[usize]),
    measures: &[Option<&Measure>],
    told: &mut Vec<Problem>,
) -> Option<Vec<Value>> {
    let own = &draft.name.value;
    let mut values = Vec::new();
    // A row of a wrong length was told as a whole, a column without a name too.
    let whole = row.iter().any(Option::is_some)
        || matches!(&draft.values, ValuesDraft::ByName(named) if named.is_empty());
    for (&j, measure) in counted.iter().zip(measures) {
        let (criterion, Some(measure)) = (&whole_draft.criteria[j].name.value, measure) else { continue };
        let cell = row[j].map(|cell| (cell, cell.value != Written::Nothing));
        let Some((cell, true)) = cell else {
            let span: Range<usize> = cell.map_or(draft.span.clone(), |(cell, _)| cell.span.clone());
            if whole && !(span.is_empty() && span.start == 0) {
                let missing = Problem::at(span, format!("`{own}` has no value for `{criterion}`"));
                let otherwise = match whole_draft.is_table {
                    true => "has no row",
                    false => "is `excluded = \"why\"`",
                };
                told.push(missing.allowing(format!(
                    "{}; an alternative that can't be ranked {otherwise}",
                    cell::allowed(measure)
                )));
            }
            continue;
        };
        match cell::value(measure, &cell.value) {
            Ok(value) => values.push(value),
            Err(refused) => {
                let message = format!("`{criterion}` of `{own}`: {}", refused.message);
                let meant = refused.meant.map(|meant| match &cell.value {
                    Written::Text(_) if meant.parse::<f64>().is_err() => format!("\"{meant}\""),
                    _ => meant,
                });
                let wrong = Problem::at(cell.span.clone(), message).allowing(cell::allowed(measure));
                told.push(wrong.suggesting(meant));
            }
        }
    }
    (values.len() == counted.len()).then_some(values)
}

fn winners(
    draft: &Draft,
    alternatives: &[&Placed<String>],
    criteria: &[&Placed<String>],
    told: &mut Vec<Problem>,
) -> Vec<StatedWinner> {
    let mut winners = Vec::new();
    for winner in &draft.winners {
        known(&winner.names, "alternative", alternatives, told);
        let places = winner.criteria.iter().filter_map(|name| place_of(name, "criterion", criteria, told));
        winners.push(StatedWinner {
            names: winner.names.iter().map(|name| name.value.clone()).collect(),
            when: winner.when.clone(),
            criteria: places.collect(),
        });
    }
    winners
}
