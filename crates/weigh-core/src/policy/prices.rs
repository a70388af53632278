//! Rules about the prices behind a bill: how old they are, and how well they are known.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::judged::{Judged, Unit, Unknown};
use super::money::no_limit;
use super::{PolicySubject, PolicyVerdict};
use crate::bill::{Charge, Standing};
use crate::evaluate::Evaluation;
use crate::scenario::{Datum, Policy};

/// Prices that are told by name.
const TOLD: usize = 3;

/// `price_age_max_days`: days from the one on which a source last confirmed the oldest price to today; unknown on
/// a day before it. Own prices are left out: nobody confirms them but who states them.
pub(super) fn age(
    stated: &Datum,
    subject: &PolicySubject<'_>,
    (_, name, evaluation): (&Policy, &str, &Evaluation),
) -> Judged {
    let Datum::Count(limit) = stated else { return no_limit(Unit::Days, stated) };
    let limit = Decimal::from(*limit);
    let Some(today) = subject.today else {
        let why = "no day is known from which the age of prices counts";
        return Unknown::new(why, "`--today DATE` states it").judged(Unit::Days, stated);
    };
    let charges = evaluation.bill.charges();
    let is_own = |charge: &&Charge| charge.provenance.standing == Standing::Own;
    let own: BTreeSet<&str> = charges.iter().filter(is_own).map(|charge| charge.price_id.as_str()).collect();
    let left_out = match own.len() {
        0 => String::new(),
        count => format!("; {} of your own left out", Unit::Prices.shown(count.into())),
    };
    let Some(oldest) =
        charges.iter().filter(|charge| !is_own(charge)).min_by_key(|each| each.provenance.seen)
    else {
        let message = format!("{name} uses no price of the book{left_out}");
        return Judged::without_value(Unit::Days, Some(limit), true, message);
    };
    let seen = oldest.provenance.seen;
    let days = today.days_since(seen);
    if days < 0 {
        let price_id = &oldest.price_id;
        let why =
            format!("{price_id}, the oldest price of {name}, was last confirmed on {seen}, after {today}");
        let remedy = format!("`--today DATE` with a day from {seen} on");
        return Unknown::new(why, remedy).judged(Unit::Days, stated);
    }
    let days = Decimal::from(days);
    let fact = |shown: &str| {
        let price_id = &oldest.price_id;
        format!(
            "{price_id}, the oldest price of {name}, was last confirmed on {seen}, {shown} before {today}"
        )
    };
    Judged::at_most(Unit::Days, days, limit, fact).noting(&left_out)
}

/// `unverified_prices`: prices that no source confirms.
pub(super) fn unverified(stated: &Datum, _: &PolicySubject<'_>, of: (&Policy, &str, &Evaluation)) -> Judged {
    marked(stated, of, "that no source confirms", |charge| charge.provenance.standing == Standing::Unverified)
}

/// `derived_prices`: prices that follow from others by a rule.
pub(super) fn derived(stated: &Datum, _: &PolicySubject<'_>, of: (&Policy, &str, &Evaluation)) -> Judged {
    marked(stated, of, "derived from others", |charge| {
        charge.provenance.standing == Standing::Derived || charge.provenance.derivation.is_some()
    })
}

/// `borrowed_prices`: prices of another region.
pub(super) fn borrowed(stated: &Datum, _: &PolicySubject<'_>, of: (&Policy, &str, &Evaluation)) -> Judged {
    marked(stated, of, "borrowed from another region", |charge| charge.provenance.borrowed_from.is_some())
}

/// `single_source_prices`: prices that one source alone confirms.
pub(super) fn single_source(
    stated: &Datum,
    _: &PolicySubject<'_>,
    of: (&Policy, &str, &Evaluation),
) -> Judged {
    marked(stated, of, "that one source alone confirms", |charge| {
        charge.provenance.standing == Standing::Single
    })
}

/// Whether prices of a mark are used, where they are not allowed; each price counts once.
fn marked(
    stated: &Datum,
    (_, name, evaluation): (&Policy, &str, &Evaluation),
    what: &str,
    is_marked: fn(&Charge) -> bool,
) -> Judged {
    let Datum::Flag(allowed) = stated else { return no_limit(Unit::Prices, stated) };
    let charges = evaluation.bill.charges().iter().filter(|charge| is_marked(charge));
    let ids: BTreeSet<&str> = charges.map(|charge| charge.price_id.as_str()).collect();
    let passed = *allowed || ids.is_empty();
    let mut named: Vec<&str> = ids.iter().copied().take(TOLD).collect();
    if ids.len() > TOLD {
        named.push("...");
    }
    let message = match (ids.len(), allowed) {
        (0, _) => format!("{name} uses no prices {what}"),
        (count, true) => {
            format!("{name} uses {} {what}, which is allowed", Unit::Prices.shown(count.into()))
        }
        (count, false) => {
            format!("{name} uses {} {what}: {}", Unit::Prices.shown(count.into()), named.join(", "))
        }
    };
    Judged {
        limit: (!allowed).then(|| "0".to_owned()),
        value: Some(ids.len().to_string()),
        unit: Unit::Prices.word(),
        verdict: if passed { PolicyVerdict::Passed } else { PolicyVerdict::Failed },
        message,
        remedy: None,
    }
}

/// `sourced_cost_min`: the share of the bill at prices that one or more sources confirm for the region, and at own prices,
/// for which their owner answers. Of a bill of nothing all is.
pub(super) fn sourced_cost(
    stated: &Datum,
    _: &PolicySubject<'_>,
    (_, name, evaluation): (&Policy, &str, &Evaluation),
) -> Judged {
    let Datum::Number(limit) = stated else { return no_limit(Unit::Share, stated) };
    let is_sourced = |charge: &&Charge| {
        let known =
            matches!(charge.provenance.standing, Standing::Sourced | Standing::Single | Standing::Own);
        known && charge.provenance.borrowed_from.is_none() && charge.provenance.derivation.is_none()
    };
    let sourced: Decimal = evaluation.bill.charges().iter().filter(is_sourced).map(|each| each.cost).sum();
    let share = sourced.checked_div(evaluation.bill.total()).unwrap_or(Decimal::ONE);
    Judged::at_least(Unit::Share, share, *limit, |shown| {
        format!("{shown} of what {name} costs is at prices that a source confirms")
    })
}
