//! A criterion of a file: what its values are, which way is better, and what they are worth.

use std::ops::Range;

use super::cell;
use super::draft::{CriterionDraft, Placed, Written};
use super::{Criterion, Measure};
use crate::decision::{Direction, Piecewise, Shape, Steps, Thresholds, ValueFunction, ValueScale};
use crate::problem::Problem;

/// The ends of stars.
const STARS: (f64, f64) = (1.0, 5.0);

/// Reads a criterion whose cells are these; nothing when something in it is wrong.
pub(super) fn criterion(
    draft: &CriterionDraft,
    cells: &[&Placed<Written>],
    is_table: bool,
    told: &mut Vec<Problem>,
) -> Option<(Criterion, Measure)> {
    let before = told.len();
    let measure = measure(draft, cells, told)?;
    let worth = worth(draft, &measure, told);
    let stated = draft.direction.as_ref().map(|direction| direction.value);
    let direction = worth.as_ref().map(ValueFunction::direction).or(stated);
    if direction.is_none() && told.len() == before && draft.refused.iter().all(|key| *key == "weight") {
        let name = &draft.name.value;
        let lacks =
            Problem::at(draft.name.span.clone(), format!("`{name}` does not say which way is better"));
        told.push(lacks.allowing(match is_table {
            true => "a row `direction` with benefit or cost in this column; rows `best` and `worst` say it too",
            false => {
                "`direction` is benefit or cost; `best` and `worst`, `points`, `steps`, `stars` and `levels` say it too"
            }
        }));
    }
    if let (Some(direction), Some(stated), Some(at)) = (direction, stated, &draft.direction)
        && direction != stated
    {
        let message = format!("`direction` says {}, the ends say {}", word(stated), word(direction));
        told.push(Problem::at(at.span.clone(), message).allowing(
            "`best` above `worst` is a benefit, below it a cost; `levels` rise from worst to best",
        ));
    }
    let thresholds = thresholds(draft, told);
    let at_least = need(&measure, "at_least", draft.at_least.as_ref(), told);
    let at_most = need(&measure, "at_most", draft.at_most.as_ref(), told);
    if let (Some(least), Some(most), Some(at)) = (at_least, at_most, &draft.at_most)
        && least > most
    {
        told.push(Problem::at(at.span.clone(), "`at_most` is less than `at_least`: nothing meets both"));
    }
    let ordinal =
        matches!(measure, Measure::Levels(_)) || draft.ordinal.as_ref().is_some_and(|ordinal| ordinal.value);
    // A criterion that is wrong keeps its measure, so that its cells are looked at too.
    let direction = direction.unwrap_or(Direction::Benefit);
    let criterion = Criterion {
        name: draft.name.value.clone(),
        unit: draft.unit.clone(),
        measure: measure.clone(),
        ordinal,
        direction,
        worth,
        thresholds,
        at_least,
        at_most,
        winners: draft.winners.iter().map(|winner| winner.value.clone()).collect(),
        text: draft.text.iter().map(|(name, text)| (name.value.clone(), text.clone())).collect(),
    };
    Some((criterion, measure))
}

pub(super) fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Benefit => "benefit",
        Direction::Cost => "cost",
    }
}

fn measure(draft: &CriterionDraft, cells: &[&Placed<Written>], told: &mut Vec<Problem>) -> Option<Measure> {
    let stars = draft.stars.as_ref().filter(|stars| stars.value);
    if let (Some(stars), Some(levels)) = (stars, &draft.levels) {
        let both =
            Problem::at(levels.span.clone(), "`levels` beside `stars`").beside(stars.span.clone(), "here");
        told.push(both.allowing("values are stars, or words"));
        return None;
    }
    if let (Some(ordinal), None) = (&draft.ordinal, stars) {
        let alone = Problem::at(ordinal.span.clone(), "`ordinal` says that of stars only the order is known");
        told.push(alone.allowing("`stars = true` beside it; `levels` are always ordinal, numbers never"));
    }
    if stars.is_some() {
        return Some(Measure::Stars);
    }
    let Some(levels) = &draft.levels else {
        let flags = !cells.is_empty() && cells.iter().all(|cell| cell::yes_or_no(&cell.value).is_some());
        return Some(if flags { Measure::YesNo } else { Measure::Number });
    };
    let words: Vec<String> = levels.value.iter().map(|word| word.value.clone()).collect();
    if words.len() < 2 {
        let few = Problem::at(levels.span.clone(), "one level orders nothing");
        told.push(few.allowing("two words or more, from worst to best"));
        return None;
    }
    for (place, level) in levels.value.iter().enumerate() {
        if levels.value[..place].iter().any(|other| other.value.to_lowercase() == level.value.to_lowercase())
        {
            told.push(Problem::at(level.span.clone(), format!("the level `{}` stands twice", level.value)));
        }
    }
    Some(Measure::Levels(words))
}

/// What the values are worth; nothing where no ends are stated, or where they are wrong, which is told.
fn worth(draft: &CriterionDraft, measure: &Measure, told: &mut Vec<Problem>) -> Option<ValueFunction> {
    let falls = draft.direction.as_ref().is_some_and(|direction| direction.value == Direction::Cost);
    let ways: Vec<(&str, &Range<usize>)> = [
        draft
            .best
            .as_ref()
            .map(|end| ("best", &end.span))
            .or(draft.worst.as_ref().map(|end| ("worst", &end.span))),
        draft.points.as_ref().map(|points| ("points", &points.span)),
        draft.steps.as_ref().map(|steps| ("steps", &steps.span)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let fixed = match measure {
        Measure::Number => None,
        Measure::Stars => Some((STARS, falls)),
        Measure::YesNo => Some(((0.0, 1.0), falls)),
        Measure::Levels(words) => Some(((0.0, f64::from(u32::try_from(words.len() - 1).ok()?)), false)),
    };
    let first_allowed = usize::from(fixed.is_none());
    if let Some((what, span)) = ways.get(first_allowed) {
        let message = match fixed {
            Some(_) => format!("`{what}` of a criterion whose ends are known"),
            None => format!("`{what}` beside `{}`", ways[0].0),
        };
        let wrong = Problem::at((*span).clone(), message);
        told.push(wrong.allowing(
            "one of `best` and `worst`, `points` or `steps`; stars, levels and yes or no have their ends",
        ));
        return None;
    }
    if let (Some(shape), true) = (&draft.shape, draft.best.is_none() && draft.worst.is_none()) {
        let alone = Problem::at(shape.span.clone(), "`shape` says how worth grows between two ends");
        told.push(alone.allowing("`best` and `worst` beside it"));
        return None;
    }
    if let Some(((low, high), falls)) = fixed {
        let (best, worst) = if falls { (low, high) } else { (high, low) };
        return ValueScale::new(best, worst, Shape::Linear).ok().map(ValueFunction::Scale);
    }
    stated_worth(draft, told)
}

/// What numbers are worth by the ends, points or steps that are stated.
fn stated_worth(draft: &CriterionDraft, told: &mut Vec<Problem>) -> Option<ValueFunction> {
    let (read, span) = match (&draft.points, &draft.steps, &draft.best, &draft.worst) {
        (Some(points), ..) => {
            let read = Piecewise::new(points.value.clone()).map(ValueFunction::Piecewise);
            (read.map_err(|why| why.to_string()), &points.span)
        }
        (None, Some(steps), ..) => {
            let read = Steps::new(steps.value.clone()).map(ValueFunction::Steps);
            (read.map_err(|why| why.to_string()), &steps.span)
        }
        (None, None, Some(best), Some(worst)) => {
            let shape = draft.shape.as_ref().map_or(Shape::Linear, |shape| shape.value);
            let read = ValueScale::new(best.value, worst.value, shape).map(ValueFunction::Scale);
            (read.map_err(|why| why.to_string()), &best.span)
        }
        (None, None, Some(end), None) | (None, None, None, Some(end)) if draft.refused.is_empty() => {
            let why = "one end alone makes no scale: `best` and `worst` belong together".to_owned();
            (Err(why), &end.span)
        }
        _ => return None,
    };
    read.map_err(|why| told.push(Problem::at(span.clone(), why))).ok()
}

fn thresholds(draft: &CriterionDraft, told: &mut Vec<Problem>) -> Option<Thresholds> {
    let stated = [&draft.indifference, &draft.preference, &draft.veto];
    let mut least = 0.0;
    for placed in stated.iter().copied().flatten() {
        if placed.value < least {
            let message = "a threshold below 0, or below the one before it";
            told.push(Problem::at(placed.span.clone(), message).allowing(
                "0 or more, and `indifference` up to `preference` up to `veto`, in the criterion's unit",
            ));
        }
        least = placed.value;
    }
    let value = |placed: &Option<Placed<f64>>| placed.as_ref().map(|placed| placed.value);
    let indifference = value(&draft.indifference);
    stated.iter().any(|placed| placed.is_some()).then(|| Thresholds {
        indifference: indifference.unwrap_or(0.0),
        preference: value(&draft.preference).or(indifference).unwrap_or(0.0),
        veto: value(&draft.veto),
    })
}

fn need(
    measure: &Measure,
    key: &str,
    stated: Option<&Placed<Written>>,
    told: &mut Vec<Problem>,
) -> Option<f64> {
    let stated = stated?;
    let refused = match cell::value(measure, &stated.value) {
        Ok(value) => match value.spread {
            super::Spread::Exact(value) => return Some(value),
            _ => cell::Refused { message: "a need is one value and no range".to_owned(), meant: None },
        },
        Err(refused) => refused,
    };
    let wrong = Problem::at(stated.span.clone(), format!("`{key}`: {}", refused.message));
    told.push(wrong.allowing(cell::allowed(measure)).suggesting(refused.meant));
    None
}
