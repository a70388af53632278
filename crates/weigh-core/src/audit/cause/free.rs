//! Free allowances: counted by the model and not by the claim, or the other way round.

use rust_decimal::Decimal;

use super::left_out::side_of;
use super::model::{Effect, Model};
use super::search::{Change, Search};
use crate::audit::computed::{Basis, Line, Part};
use crate::money::number;

const ID: &str = "free-tier";

/// Things that share a price with others of which each is left out beside the allowance, at most.
const MOST_BESIDE: usize = 6;

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(model) = &search.model else { return };
    let parts: Vec<&Part> = match &search.computed.basis {
        Basis::Charges(part) => vec![part],
        Basis::Difference { of, against, .. } => vec![of, against],
        _ => return,
    };
    let mut all: Vec<Effect> = Vec::new();
    for (side, part) in parts.iter().enumerate() {
        let without = without(model, side, part, None);
        let of = side_of(search, side);
        for effect in without.iter().filter(|_| without.len() > 1) {
            let label = &model.groups[effect.0].label;
            let words = format!("without the free allowance of {label}{of}");
            changes.push(Change::costs(ID, 1, words, vec![effect.clone()]));
        }
        if !without.is_empty() {
            let words = format!("without {}{of}", told(search, model, &without));
            changes.push(Change::costs(ID, 0, words, without.clone()));
            // What an allowance covers as well as the rest is hidden by it: billed starts beside what runs.
            for what in beside(part) {
                let words = format!("without {}{of} and without {what}", told(search, model, &without));
                let effects = self::without(model, side, part, Some(&what));
                changes.push(Change::costs(ID, 1, words, effects));
            }
        }
        all.extend(without);
        with(search, model, side, changes);
    }
    if parts.len() > 1 && !all.is_empty() {
        changes.push(Change::costs(ID, 1, "without the free allowances on both sides".to_owned(), all));
    }
}

/// What lines are for that share their price and component with others, and that an allowance may cover.
fn beside(part: &Part) -> Vec<String> {
    let lines = || part.without_allowances.first().into_iter().flatten().filter(|line| line.counted);
    let shares = |line: &&Line| {
        let same = |other: &Line| {
            let (one, other) = (&line.charge, &other.charge);
            one.price_id == other.price_id
                && one.component == other.component
                && one.description != other.description
        };
        lines().any(same)
    };
    let mut found: Vec<String> = Vec::new();
    for line in lines().filter(shares) {
        let what = in_a_sentence(&line.charge.description);
        if !found.contains(&what) && found.len() < MOST_BESIDE {
            found.push(what);
        }
    }
    found
}

/// A description as it stands within a sentence: `starting app (INIT)`.
fn in_a_sentence(description: &str) -> String {
    let mut signs = description.chars();
    signs.next().map(|first| first.to_lowercase().chain(signs).collect()).unwrap_or_default()
}

/// The counted groups that cost more without allowances, with what they cost then; less lines that are for something.
fn without(model: &Model<'_>, side: usize, part: &Part, less: Option<&str>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for place in model.places(side, true) {
        let group = &model.groups[place];
        let Some(own) = group.charge else { continue };
        let same = |line: &&Line| {
            let charge = &line.charge;
            let reason = charge.reason.as_ref().map(|reason| reason.service);
            let place = (&charge.component, &charge.environment) == (&own.component, &own.environment);
            line.counted && charge.price_id == own.price_id && place && reason == group.service()
        };
        let costs: Vec<Decimal> = (0..model.ends)
            .map(|end| {
                let bill = part.without_allowances.get(end).or(part.without_allowances.first());
                let lines = bill.into_iter().flatten().filter(same);
                let kept = lines
                    .filter(|line| less.is_none_or(|less| in_a_sentence(&line.charge.description) != less));
                kept.map(|line| line.charge.cost).sum()
            })
            .collect();
        let more = costs.iter().zip(&group.costs).any(|(cost, known)| cost > known);
        if more {
            effects.push((place, costs));
        }
    }
    effects
}

/// The allowances by their size: `the free allowance (400,000 GB-Seconds)`.
fn told(search: &Search<'_>, model: &Model<'_>, effects: &[Effect]) -> String {
    let date = search.subject.comparison.as_of;
    let mut sizes: Vec<String> = Vec::new();
    for (place, _) in effects {
        let allowance = search.subject.prices.allowance(model.groups[*place].price_id(), date);
        let size = allowance.map(|(free, _)| format!("{} {}", number(free.quantity, 0), free.unit));
        sizes.extend(size.filter(|size| !sizes.contains(size)));
    }
    let many = if sizes.len() > 1 { "s" } else { "" };
    match sizes.len() {
        0 => "the free allowance".to_owned(),
        1..=3 => format!("the free allowance{many} ({})", sizes.join(", ")),
        _ => "the free allowances".to_owned(),
    }
}

/// The other way round: groups that no allowance has lowered, less what an account has free.
fn with(search: &Search<'_>, model: &Model<'_>, side: usize, changes: &mut Vec<Change>) {
    let date = search.subject.comparison.as_of;
    let mut effects: Vec<Effect> = Vec::new();
    for place in model.places(side, true) {
        let group = &model.groups[place];
        let used = group.charges.iter().flatten().any(|charge| charge.part == "free allowance");
        let Some((free, _)) = search.subject.prices.allowance(group.price_id(), date).filter(|_| !used)
        else {
            continue;
        };
        let less = |charges: &Vec<&crate::bill::Charge>| {
            let mut left = free.quantity;
            let each = charges.iter().map(|charge| {
                let taken = left.min(charge.quantity);
                left -= taken;
                charge.quantity.checked_sub(taken)?.checked_mul(charge.rate)
            });
            each.sum::<Option<Decimal>>()
        };
        if let Some(costs) = group.charges.iter().map(less).collect::<Option<Vec<Decimal>>>()
            && costs != group.costs
        {
            effects.push((place, costs));
        }
    }
    if !effects.is_empty() {
        let words = format!("less {}{}", told(search, model, &effects), side_of(search, side));
        changes.push(Change::costs(ID, 0, words, effects));
    }
}
