//! Rules about money: what a month and a year cost, and how much more than before.

use rust_decimal::Decimal;

use super::judged::{Judged, Unit, Unknown};
use super::{Before, PolicySubject, PolicyVerdict};
use crate::evaluate::Evaluation;
use crate::measure::Change;
use crate::money::dollars;
use crate::scenario::{Datum, Policy};
use crate::snapshot::ScenarioSnapshot;

/// A bill for a part of a month.
const PART: &str = "a whole month as `month` of [scenario]";

/// `monthly_cost_max`: the bill of the month. Where only a part of the month is billed, that part may already be too much,
/// and else nothing is known.
pub(super) fn monthly_cost(
    stated: &Datum,
    subject: &PolicySubject<'_>,
    (_, name, evaluation): (&Policy, &str, &Evaluation),
) -> Judged {
    let Datum::Number(limit) = stated else { return no_limit(Unit::Dollars, stated) };
    let (cost, month) = (evaluation.bill.total(), subject.scenario.header.month);
    let span = if month.is_partial() { "in these days" } else { "a month" };
    let judged = Judged::at_most(Unit::Dollars, cost, *limit, |shown| format!("{name} costs {shown} {span}"));
    match month.is_partial() && judged.verdict == PolicyVerdict::Passed {
        true => {
            let why = format!("only {month} is billed: {name} costs {} in these days", dollars(cost));
            Unknown::new(why, PART).judged(Unit::Dollars, stated)
        }
        false => judged,
    }
}

/// `annual_cost_max`: twelve times the month.
pub(super) fn annual_cost(
    stated: &Datum,
    subject: &PolicySubject<'_>,
    (_, name, evaluation): (&Policy, &str, &Evaluation),
) -> Judged {
    let Datum::Number(limit) = stated else { return no_limit(Unit::Dollars, stated) };
    let month = subject.scenario.header.month;
    if month.is_partial() {
        let why = format!("only {month} is billed, which stands for no year");
        return Unknown::new(why, PART).judged(Unit::Dollars, stated);
    }
    match evaluation.bill.total().checked_mul(Decimal::from(12)) {
        Some(cost) => {
            Judged::at_most(Unit::Dollars, cost, *limit, |shown| format!("{name} costs {shown} a year"))
        }
        None => {
            Unknown::new(format!("a year of {name} costs more than can be reckoned with"), "less traffic")
                .judged(Unit::Dollars, stated)
        }
    }
}

/// `increase_max`: what the option costs more than in the snapshot; where the policy is about the recommended option, more
/// than what was recommended there.
pub(super) fn increase(
    stated: &Datum,
    subject: &PolicySubject<'_>,
    (policy, name, evaluation): (&Policy, &str, &Evaluation),
) -> Judged {
    let Datum::Change(limit) = stated else { return no_limit(Unit::Change, stated) };
    let before = match earlier(subject, policy, name) {
        Ok(before) => before,
        Err(unknown) => return unknown.judged(Unit::Change, stated),
    };
    let now = evaluation.bill.total();
    let (was, now_shown) = (dollars(before.cost), dollars(now));
    let than = match before.option == name {
        true => String::new(),
        false => format!(" of {}, recommended then,", before.option),
    };
    // Neither is below 0, and so the difference is no larger than the larger of them.
    let grown = now.saturating_sub(before.cost);
    let fact = |shown: &str| match grown {
        grown if grown.is_zero() => format!("{name} costs {now_shown} a month, as much as before{than}"),
        grown => {
            let grows = if grown.is_sign_negative() { "falls" } else { "grows" };
            let by = shown.trim_start_matches('-');
            format!("{name} {grows} from {was}{than} to {now_shown} a month, by {by}")
        }
    };
    match limit {
        Change::Dollars(most) => Judged::at_most(Unit::Dollars, grown, *most, fact),
        Change::Percent(percent) => {
            let most = percent / Decimal::ONE_HUNDRED;
            match grown.checked_div(before.cost) {
                Some(share) => Judged::at_most(Unit::Share, share, most, fact),
                // Of nothing any percentage is nothing.
                None if grown.is_zero() => Judged::at_most(Unit::Share, Decimal::ZERO, most, fact),
                None => {
                    let message = format!(
                        "{name} grows from {was}{than} to {now_shown} a month, which no percentage allows"
                    );
                    Judged::without_value(Unit::Share, Some(most), false, message)
                }
            }
        }
    }
}

/// An option and what it cost before.
struct Earlier<'a> {
    option: &'a str,
    cost: Decimal,
}

/// What the snapshot says of an option, or of the one that it recommends.
fn earlier<'a>(subject: &PolicySubject<'a>, policy: &Policy, name: &'a str) -> Result<Earlier<'a>, Unknown> {
    let again = "`weigh snapshot` makes it anew";
    let before: &ScenarioSnapshot = match subject.before {
        Before::Known(before) => before,
        Before::NotAsked | Before::Absent => {
            return Err(Unknown::new(format!("the snapshot does not have {}", subject.file), again));
        }
    };
    let option = match policy.option {
        Some(_) => name,
        None => before
            .decision
            .recommended
            .as_deref()
            .ok_or_else(|| Unknown::new("the snapshot recommends no option", again))?,
    };
    let known = before
        .option(option)
        .ok_or_else(|| Unknown::new(format!("the snapshot does not have {option}"), again))?;
    match known.monthly_cost {
        Some(cost) if cost < Decimal::ZERO => Err(Unknown::new(
            format!("{option} costs {}, less than nothing, in the snapshot", dollars(cost)),
            again,
        )),
        Some(cost) if known.status == "ranked" => Ok(Earlier { option, cost }),
        _ => Err(Unknown::new(format!("{option} is {} in the snapshot", known.status), again)),
    }
}

/// A limit of another kind than the rule reads, which the reader lets nobody state.
pub(super) fn no_limit(unit: Unit, stated: &Datum) -> Judged {
    Unknown::new("the limit can't be read", "a limit as the rule states it").judged(unit, stated)
}
