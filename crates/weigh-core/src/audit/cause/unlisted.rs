//! Charges that no other claim of the document speaks of: a list of parts leaves out what none of them counts.

use rust_decimal::Decimal;

use super::model::{Effect, Group, Model};
use super::option::{counts, option_of};
use super::search::{Change, Search};
use super::sets::name_of;
use super::words::{is_or_are, usd};
use crate::claim::Figure;
use crate::scenario::{About, Claim};

/// What the document's own list leaves out, which is known beforehand: it counts as no change beside another one.
pub(super) const ID: &str = "unlisted";

/// Claims that a list of parts has at least: one part alone is no list.
const LEAST: usize = 2;

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(model) = search.model.as_ref().filter(|model| model.is_sum()) else { return };
    if search.claim.entry.about != Some(About::Total) {
        return;
    }
    let Some(parts) = parts(search) else { return };
    let counted = |group: &Group<'_>| {
        let charges = group.charges.iter().flatten();
        charges.into_iter().any(|charge| {
            parts.iter().any(|part| part.entry.about.is_some_and(|about| counts(search, part, about, charge)))
        })
    };
    let costs = |place: &usize| model.groups[*place].costs.iter().any(|cost| !cost.is_zero());
    let places = model.places(0, true);
    let unlisted: Vec<usize> =
        places.iter().copied().filter(|place| costs(place) && !counted(&model.groups[*place])).collect();
    if unlisted.is_empty() || unlisted.len() == places.len() {
        return;
    }
    let (name, amount) = (name_of(model, &search.counted[0], &unlisted), usd(&model.cost(&unlisted)));
    let mut change = Change::costs(
        ID,
        0,
        format!("without {name}, which the document does not list ({amount} USD)"),
        nothing(model, &unlisted),
    );
    change.alone = format!(
        "equals what the document lists: {name} {} in no part of it ({amount} of {} USD)",
        is_or_are(&name),
        usd(&model.cost(&places))
    );
    let is_all =
        model.with(&nothing(model, &unlisted)).is_some_and(|figure| search.stated.matches(&figure).is_some());
    changes.push(change);
    if is_all {
        return;
    }
    let listed: Vec<usize> = places.iter().copied().filter(|place| !unlisted.contains(place)).collect();
    changes.extend(sum_of_the_list(search, &name, &amount, &usd(&model.cost(&listed))));
}

/// The claims that speak of parts of the total: where the document says which parts it adds up, these are all, and each must be one.
fn parts<'a>(search: &Search<'a>) -> Option<Vec<&'a Claim>> {
    // What is said to cost nothing is not listed.
    let costs = |claim: &&Claim| claim.figure.is_some_and(|figure| figure != Figure::of(Decimal::ZERO));
    let claims = || search.subject.scenario.claims.iter().filter(costs);
    let parts: Vec<&Claim> = match &search.claim.equals {
        None => claims().filter(|claim| is_part_of(search, claim)).collect(),
        Some(sum) => {
            let named = sum.claims();
            let parts = claims().filter(|claim| named.contains(&claim.entry.id.as_str()));
            parts.map(|claim| is_part_of(search, claim).then_some(claim)).collect::<Option<_>>()?
        }
    };
    (parts.len() >= LEAST).then_some(parts)
}

/// What the document's own parts add up to, which themselves may cost other than it says.
fn sum_of_the_list(search: &Search<'_>, unlisted: &str, amount: &str, listed: &str) -> Option<Change> {
    let known = |id: &str| {
        let claims = &search.subject.scenario.claims;
        let part = claims.iter().find(|claim| claim.entry.id == id)?;
        let unit = part.unit.as_ref()?;
        Some(part.figure?.map(|end| unit.to_base(end)))
    };
    let sum = search.claim.equals.as_ref()?.value(&known).ok()?;
    let words = format!(
        "adds up what the document lists: {unlisted} {} in no part of it ({amount} USD), and what it lists costs \
         {listed} USD",
        is_or_are(unlisted)
    );
    Some(Change::figure(ID, 1, words, sum))
}

/// Whether a claim speaks of a part of what this one is the total of.
fn is_part_of(search: &Search<'_>, part: &Claim) -> bool {
    let (own, other) = (&search.claim.entry, &part.entry);
    let of_a_part =
        matches!(other.about, Some(About::Component | About::Service | About::Charge | About::Platform));
    let option = |claim: &Claim| option_of(search, claim).map(|option| option.name.clone());
    of_a_part
        && own.document == other.document
        && own.environment == other.environment
        && option(search.claim) == option(part)
}

fn nothing(model: &Model<'_>, places: &[usize]) -> Vec<Effect> {
    places.iter().map(|place| (*place, vec![Decimal::ZERO; model.ends])).collect()
}
