//! Charges that are counted twice, or three times.

use rust_decimal::Decimal;

use super::left_out::side_of;
use super::model::Effect;
use super::search::{Change, Search};
use super::words::usd;

const ID: &str = "counted-twice";

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(model) = &search.model else { return };
    for side in 0..2 {
        let all: Vec<usize> = model.places(side, true);
        let sets = search.counted[side].iter().map(|set| (set.name.as_str(), &set.places, set.plain));
        let everything = [("everything", &all, 0)].into_iter().filter(|_| model.is_sum() && all.len() > 1);
        for (name, places, plain) in everything.chain(sets) {
            for (times, word, further) in [(2, "twice", 1), (3, "three times", 3)] {
                let often = |place: &usize| -> Option<Effect> {
                    Some((*place, model.groups[*place].times(Decimal::from(times))?))
                };
                let Some(effects) = places.iter().map(often).collect::<Option<Vec<Effect>>>() else {
                    continue;
                };
                let of = side_of(search, side);
                let words = format!("with {name}{of} counted {word} ({} USD once)", usd(&model.cost(places)));
                changes.push(Change::costs(ID, plain + further, words, effects));
            }
        }
    }
}
