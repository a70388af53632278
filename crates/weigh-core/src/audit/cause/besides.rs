//! Charges that are counted besides: what the bill has and the claim does not count, or what is switched off.

use rust_decimal::Decimal;

use super::left_out::side_of;
use super::model::Effect;
use super::search::{Change, Search};
use super::words::{named, usd};
use crate::audit::computed::Subject;
use crate::compare::Verdict;
use crate::scenario::Claim;

const ID: &str = "counted-besides";

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(model) = &search.model else { return };
    let added = |places: &[usize]| -> Vec<Effect> {
        places.iter().map(|place| (*place, model.groups[*place].costs.clone())).collect()
    };
    let mut everything: Vec<Effect> = Vec::new();
    for side in 0..2 {
        for set in &search.uncounted[side] {
            let amount = usd(&model.cost(&set.places));
            let words = format!("with {}{} besides ({amount} USD)", set.name, side_of(search, side));
            // One price of a service whose others are not counted either is less plain than all of the service.
            let part = search.uncounted[side].iter().any(|other| {
                other.places.len() > set.places.len()
                    && set.places.iter().all(|place| other.places.contains(place))
            });
            let plain = set.plain + u32::from(part && set.name != "services");
            changes.push(Change::costs(ID, plain, words, added(&set.places)));
        }
        let billed = |place: &usize| model.groups[*place].charge.is_some();
        let rest: Vec<usize> = model.places(side, false).into_iter().filter(billed).collect();
        let effects = added(&rest);
        if !effects.is_empty() {
            let words = format!(
                "with everything else on the bill{} besides ({} USD)",
                side_of(search, side),
                usd(&model.cost(&rest))
            );
            changes.push(Change::costs(ID, 0, words, effects.clone()));
            everything.extend(effects);
        }
    }
    if !model.is_sum() && !everything.is_empty() {
        let words = "of the whole bills in place of the servers alone".to_owned();
        changes.push(Change::costs(ID, 0, words, everything));
    }
}

/// What the option of a claim needs and the scenario switches off, with what it would cost.
pub(super) fn switched_off(claim: &Claim, subject: &Subject<'_>) -> Vec<(String, Decimal)> {
    let options = &subject.comparison.options;
    let wanted = claim.entry.option.as_deref();
    let option = options.iter().find(|option| wanted.is_none_or(|name| option.name == name));
    let evaluation = option.and_then(|option| match &option.verdict {
        Verdict::Ranked(ranked) => Some(&ranked.evaluation),
        Verdict::Rejected { nearest, .. } => nearest.as_deref(),
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => None,
    });
    let off = evaluation.map(|evaluation| evaluation.off.as_slice()).unwrap_or_default();
    let priced = off.iter().filter_map(|off| Some((named(off.service), off.cost?)));
    priced.filter(|(_, cost)| !cost.is_zero()).collect()
}
