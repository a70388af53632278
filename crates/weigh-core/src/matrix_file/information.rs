//! What is known of weights that are drawn at random: which is at least as large as which, and between which ends.

use std::collections::BTreeMap;

use super::cell;
use super::check::place_of;
use super::draft::{Placed, RobustnessDraft};
use super::{Information, Measure, Spread};
use crate::problem::Problem;

/// Reads `[robustness]`.
pub(super) fn information(
    draft: &RobustnessDraft,
    criteria: &[&Placed<String>],
    told: &mut Vec<Problem>,
) -> Information {
    let ways = [
        draft.order.first().map(|statement| &statement.span),
        draft.intervals.first().map(|(name, _)| &name.span),
        draft.concentration.as_ref().map(|placed| &placed.span),
    ];
    if let Some(second) = ways.into_iter().flatten().nth(1) {
        let twice = Problem::at(second.clone(), "[robustness] says in two ways what is known of the weights");
        told.push(twice.allowing("one of `order`, `intervals` and `concentration`"));
    }
    let mut order: Vec<(usize, usize)> = Vec::new();
    for statement in &draft.order {
        let Some(chain) = chain(statement, criteria, told) else { continue };
        for pair in chain.windows(2) {
            let (above, below) = (pair[0], pair[1]);
            if let Some(mut cycle) = path(&order, below, above) {
                cycle.push(below);
                let names: Vec<&str> =
                    cycle.iter().filter_map(|&place| Some(criteria.get(place)?.value.as_str())).collect();
                let message = format!("the order turns back on itself: {}", names.join(" > "));
                let wrong = Problem::at(statement.span.clone(), message);
                told.push(wrong.allowing("criteria that weigh alike are left out of the order"));
                break;
            }
            order.push((above, below));
        }
    }
    let concentration = draft.concentration.as_ref().and_then(|placed| {
        if placed.value <= 0.0 {
            told.push(Problem::at(placed.span.clone(), "`concentration` is above 0: the larger, the closer"));
        }
        Some(placed.value).filter(|value| *value > 0.0)
    });
    Information { order, intervals: intervals(draft, criteria, told), concentration }
}

/// `"cost > latency > ease"` as places.
fn chain(
    statement: &Placed<String>,
    criteria: &[&Placed<String>],
    told: &mut Vec<Problem>,
) -> Option<Vec<usize>> {
    let names: Vec<&str> =
        statement.value.split('>').map(|name| name.trim_start_matches('=').trim()).collect();
    if names.len() < 2 || names.iter().any(|name| name.is_empty()) {
        let message = format!("`{}` orders nothing", statement.value);
        let wrong = Problem::at(statement.span.clone(), message);
        told.push(wrong.allowing("two criteria or more, such as \"cost > latency\""));
        return None;
    }
    let mut places = Vec::new();
    for name in names {
        let placed = Placed::new(name.to_owned(), statement.span.clone());
        let before = told.len();
        places.extend(place_of(&placed, "criterion", criteria, told));
        // The span is that of the whole statement: what is suggested can't stand in its place.
        told.iter_mut().skip(before).for_each(|problem| problem.suggestion = None);
    }
    (places.len() >= 2).then_some(places)
}

/// A way from one criterion down to another; each is looked at once, however many ways lead to it.
fn path(order: &[(usize, usize)], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut came_from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            let mut way = vec![at];
            while let Some(before) = came_from.get(&way[0]).filter(|_| way[0] != from) {
                way.insert(0, *before);
            }
            return Some(way);
        }
        for (_, next) in order.iter().filter(|(above, _)| *above == at) {
            if *next != from && !came_from.contains_key(next) {
                came_from.insert(*next, at);
                open.push(*next);
            }
        }
    }
    None
}

fn intervals(
    draft: &RobustnessDraft,
    criteria: &[&Placed<String>],
    told: &mut Vec<Problem>,
) -> Vec<(f64, f64)> {
    let before = told.len();
    let mut intervals = vec![(0.0, 1.0); criteria.len()];
    for (name, written) in &draft.intervals {
        let place = place_of(name, "criterion", criteria, told);
        let ends = match cell::value(&Measure::Number, &written.value) {
            Ok(value) => Some(value.spread).filter(|spread| !matches!(spread, Spread::Triangular { .. })),
            Err(_) => None,
        };
        let ends = ends.map(Spread::ends).filter(|(low, high)| *low >= 0.0 && *high <= 1.0);
        match (place, ends) {
            (Some(place), Some(ends)) => intervals[place] = ends,
            (_, None) => {
                let message = format!("the weight of `{}` is no range of shares", name.value);
                told.push(
                    Problem::at(written.span.clone(), message)
                        .allowing("low..high within 0 and 1, such as \"0.2..0.5\""),
                );
            }
            (None, _) => {}
        }
    }
    let sum = |end: fn(&(f64, f64)) -> f64| intervals.iter().map(end).sum::<f64>();
    let (low, high) = (sum(|ends| ends.0), sum(|ends| ends.1));
    if let (Some((_, last)), true, true) =
        (draft.intervals.last(), told.len() == before, low > 1.0 + 1e-9 || high < 1.0 - 1e-9)
    {
        let message = format!(
            "no weights lie in the intervals: their low ends add up to {low}, their high ends to {high}"
        );
        told.push(
            Problem::at(last.span.clone(), message)
                .allowing("low ends of at most 1 together, high ends of at least 1"),
        );
    }
    if draft.intervals.is_empty() { Vec::new() } else { intervals }
}
