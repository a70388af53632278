//! Another option of the scenario: the claim's figure is that of another one.

use rust_decimal::Decimal;

use super::search::{Change, Search};
use super::sets::is_component;
use crate::bill::{Bill, Charge};
use crate::claim::Figure;
use crate::compare::{Comparison, Verdict};
use crate::scenario::{About, Claim, OptionRequest};

const ID: &str = "other-option";

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(about) = search.claim.entry.about else { return };
    let is_cost =
        matches!(about, About::Total | About::Platform | About::Component | About::Service | About::Charge);
    let own = search.claim.entry.option.as_deref();
    let options = search.subject.comparison.options.iter().map(|option| option.name.as_str());
    for name in options.filter(|name| is_cost && own.is_some_and(|own| own != *name)) {
        let ends = search.subject.ends.map(|ends| [&ends.low, &ends.high]);
        let all = [search.subject.comparison].into_iter().chain(ends.into_iter().flatten());
        let sums: Option<Vec<Decimal>> = all.map(|comparison| sum(search, comparison, name, about)).collect();
        let Some(sums) = sums else { continue };
        if let (Some(low), Some(high)) = (sums.iter().min(), sums.iter().max())
            && !high.is_zero()
        {
            let words = format!("equals the cost of option {name}");
            changes.push(Change::figure(ID, 2, words, Figure::between(*low, *high)));
        }
    }
}

/// What an option's charges cost that a claim of this kind counts.
fn sum(search: &Search<'_>, comparison: &Comparison, name: &str, about: About) -> Option<Decimal> {
    let option = comparison.options.iter().find(|option| option.name == name)?;
    let bill: &Bill = match &option.verdict {
        Verdict::Ranked(ranked) => &ranked.evaluation.bill,
        Verdict::Rejected { nearest, .. } => &nearest.as_ref()?.bill,
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => return None,
    };
    let counted = bill.charges().iter().filter(|charge| counts(search, search.claim, about, charge));
    Some(counted.map(|charge| charge.cost).sum())
}

/// Whether a claim of this kind counts a charge.
pub(super) fn counts(search: &Search<'_>, claim: &Claim, about: About, charge: &Charge) -> bool {
    let entry = &claim.entry;
    let is = |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
    let service = charge.reason.as_ref().map(|reason| reason.service);
    let component = &*charge.component;
    let of_servers = || {
        let own = component.is_empty() || is_component(search.subject.scenario, component);
        service.is_none() && own
    };
    let counted = match about {
        About::Platform => of_servers(),
        About::Component => of_servers() && is(&entry.component, component),
        About::Service => {
            service.map_or(is(&entry.service, component), |service| is(&entry.service, service))
        }
        About::Charge => entry.price_id.as_ref().is_some_and(|begin| charge.price_id.starts_with(begin)),
        _ => true,
    };
    counted && is(&entry.environment, &charge.environment)
}

/// The option that a claim is about: the only one, where it names none.
pub(super) fn option_of<'a>(search: &Search<'a>, claim: &Claim) -> Option<&'a OptionRequest> {
    let options = &search.subject.scenario.options;
    match &claim.entry.option {
        Some(name) => options.iter().find(|option| option.name == *name),
        None => options.first(),
    }
}
