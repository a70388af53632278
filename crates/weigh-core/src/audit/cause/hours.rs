//! Other hours: a month of 720 or 744 hours, all day in place of some hours, some hours in place of all day.

use rust_decimal::Decimal;

use super::left_out::side_of;
use super::model::{Effect, Group, Model};
use super::search::{Change, Search};
use super::sets::is_server;
use crate::bill::Charge;
use crate::money::number;

const ID: &str = "hours";

/// Hours of a month, what they are called, and how plain a mistake they are.
const MONTHS: &[(u32, &str, u32)] = &[
    (720, "720 hours (30 days)", 0),
    (744, "744 hours (31 days)", 0),
    (730, "730 hours (all month)", 0),
    (672, "672 hours (28 days)", 2),
    (696, "696 hours (29 days)", 2),
    (240, "240 hours (8 a day)", 1),
    (360, "360 hours (12 a day)", 1),
    (480, "480 hours (16 a day)", 1),
    (176, "176 hours (22 days of 8)", 3),
    (264, "264 hours (22 days of 12)", 3),
    (352, "352 hours (22 days of 16)", 3),
    (528, "528 hours (22 days)", 3),
];

/// Hours a day of a month of 730 hours.
const A_DAY: &[u32] = &[8, 12, 16];

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(model) = &search.model else { return };
    let of_a_day = A_DAY.iter().map(|hours| {
        let share = Decimal::from(*hours) * Decimal::from(730) / Decimal::from(24);
        (share, format!("{} hours ({hours} a day)", number(share, 2)), 1)
    });
    let whole =
        MONTHS.iter().map(|(hours, words, plain)| (Decimal::from(*hours), (*words).to_owned(), *plain));
    let months: Vec<(Decimal, String, u32)> = whole.chain(of_a_day).collect();
    let least_of_a_month = Decimal::from(672);
    let server = |place: usize| is_server(&model.groups[place], search.subject.scenario);
    for (places, whose, further) in subjects(search, model) {
        let present = present(model, &places);
        for was in present {
            for (hours, words, plain) in months.iter().filter(|(hours, ..)| *hours != was) {
                // Servers may stop at night; what stands beside them does not.
                let at_night = *hours < least_of_a_month && places.iter().any(|place| !server(*place));
                let further = further + u32::from(at_night);
                let Some(effects) = at(model, &places, was, *hours) else { continue };
                let words = format!("at {words}{whose} in place of {}", number(was, 2));
                changes.push(Change::costs(ID, plain + further, words, effects));
            }
        }
    }
}

/// What may have other hours: everything that has hours, the servers alone, the rest alone; of a difference each side and both.
fn subjects(search: &Search<'_>, model: &Model<'_>) -> Vec<(Vec<usize>, String, u32)> {
    let scenario = search.subject.scenario;
    let is_timed =
        |group: &Group<'_>| group.charges.iter().flatten().any(|charge| hours_of(charge).is_some());
    let timed = |side: usize| -> Vec<usize> {
        let places = model.places(side, true).into_iter();
        places.filter(|place| is_timed(&model.groups[*place])).collect()
    };
    let mut subjects: Vec<(Vec<usize>, String, u32)> = Vec::new();
    let sides = [timed(0), timed(1)];
    subjects.push((sides.concat(), String::new(), 0));
    for (side, places) in sides.iter().enumerate() {
        let (servers, others): (Vec<usize>, Vec<usize>) =
            places.iter().partition(|place| is_server(&model.groups[**place], scenario));
        let of = side_of(search, side);
        subjects.push((places.clone(), of.clone(), 0));
        subjects.push((servers, format!(" of the servers{of}"), 0));
        subjects.push((others, format!(" of the services{of}"), 2));
    }
    let mut distinct: Vec<(Vec<usize>, String, u32)> = Vec::new();
    for subject in subjects {
        if !subject.0.is_empty() && distinct.iter().all(|(known, ..)| *known != subject.0) {
            distinct.push(subject);
        }
    }
    distinct
}

/// The hours in a charge's factors.
pub(super) fn hours_of(charge: &Charge) -> Option<Decimal> {
    let factor = charge.factors.iter().find(|factor| factor.label == "hours")?;
    (!factor.value.is_zero()).then_some(factor.value)
}

/// The hours that these groups have, each once; at most three.
fn present(model: &Model<'_>, places: &[usize]) -> Vec<Decimal> {
    let mut found: Vec<Decimal> = Vec::new();
    for place in places {
        for hours in model.groups[*place].charges.iter().flatten().filter_map(|charge| hours_of(charge)) {
            if !found.contains(&hours) && found.len() < 3 {
                found.push(hours);
            }
        }
    }
    found
}

/// What groups cost when charges of so many hours have others.
fn at(model: &Model<'_>, places: &[usize], was: Decimal, hours: Decimal) -> Option<Vec<Effect>> {
    let change = |charge: &Charge| match hours_of(charge) {
        Some(own) if own == was => charge.cost.checked_mul(hours)?.checked_div(was),
        _ => Some(charge.cost),
    };
    let effects = places.iter().map(|place| Some((*place, model.groups[*place].changed(change)?)));
    effects.collect()
}
