//! From what was served to a bill: what is used, less what is switched off, on the scenario's terms.

use super::{SwitchedOff, Unpriced};
use crate::bill::Bill;
use crate::capacity::Serving;
use crate::commitment::Commitment;
use crate::platforms::Deployment;
use crate::pricebook::{Committed, RegionPrices, Terms};
use crate::scenario::Scenario;
use crate::time::Date;
use crate::usage::{Reason, Usage, UsageLine};

/// The terms on which a scenario's month is priced, with some commitments.
pub(crate) fn terms<'a>(scenario: &'a Scenario, date: Date, commitments: &'a [Commitment]) -> Terms<'a> {
    let hours = scenario.header.month.hours_exact();
    Terms {
        date,
        with_allowances: scenario.header.free_tier,
        discounts: &scenario.discounts,
        stated: &scenario.rates,
        account: &scenario.account,
        committed: Committed { commitments, hours },
    }
}

/// What a deployment uses in the month, without what the scenario switches off, which is told beside it.
pub(super) fn metered(
    deployment: &dyn Deployment,
    serving: &Serving,
    scenario: &Scenario,
    book: &RegionPrices,
    date: Date,
) -> Result<(Usage, Vec<SwitchedOff>), Unpriced> {
    let mut usage = deployment.meter(serving).map_err(Unpriced::NotExact)?;
    let off = switched_off(usage.switch_off(&scenario.supporting.off), scenario, book, date);
    Ok((usage, off))
}

/// The bill of a month's usage, and the same without the account's free allowances.
pub(super) fn bills(
    size: &str,
    usage: &Usage,
    terms: &Terms<'_>,
    book: &RegionPrices,
) -> Result<(Bill, Bill), Unpriced> {
    let bill_with = |with_allowances| {
        let terms = Terms { with_allowances, ..*terms };
        book.price(usage, &terms).map_err(|prices| Unpriced::Missing { size: size.to_owned(), prices })
    };
    let without_allowances = bill_with(false)?;
    let bill = match terms.with_allowances {
        true => bill_with(true)?,
        false => without_allowances.clone(),
    };
    Ok((bill, without_allowances))
}

/// What was taken out of the usage, by service, with what it would cost.
fn switched_off(
    lines: Vec<UsageLine>,
    scenario: &Scenario,
    book: &RegionPrices,
    date: Date,
) -> Vec<SwitchedOff> {
    let mut off: Vec<(Reason, Usage)> = Vec::new();
    for line in lines {
        let Some(reason) = line.scope.reason.clone() else { continue };
        match off.iter_mut().find(|(known, _)| known.service == reason.service) {
            Some((_, usage)) => usage.push(line),
            None => off.push((reason, Usage::from(line))),
        }
    }
    let terms = terms(scenario, date, &[]);
    let priced = off.into_iter().map(|(Reason { service, because }, usage)| SwitchedOff {
        service,
        because,
        cost: book.price(&usage, &terms).ok().map(|bill| bill.total()),
    });
    priced.collect()
}
